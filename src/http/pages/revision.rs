//! Revisions: the history of a subject, and what a revision changed.

use entity::vocabulary::SubjectType;
use maud::{Markup, html};
use serde_json::{Value as Json, json};

use crate::http::pages::components::{field_label, format_time, format_value, list, text};
use crate::http::pages::i18n::Translations;
use crate::http::pages::layout::inline_island;

/// The maximum number of changed fields of a revision in a list.
const MAX_FIELDS: usize = 6;
/// The maximum number of characters of a value in a list.
const MAX_CHARACTERS: usize = 160;

/// Renders the revisions of a subject, the last first, and its current version.
pub fn history(texts: &Translations, subject_type: SubjectType, subject: &Json) -> Markup {
    let version = subject["version"].to_string();
    let time = format_time(texts, &subject["updatedAt"]);
    let name = text(&subject["name"]);
    html! {
        section {
            h2 { (texts.text("history.title")) }
            ol.revisions {
                @for each in list(&subject["revisions"]["nodes"]).iter().rev() { (revision(texts, subject_type, name, each, None, false)) }
            }
            p.unit { (texts.with("history.version", &[("version", &version), ("time", &time)])) }
        }
    }
}

/// Renders a revision with its changed fields, and for admins a way to undo it. `subject` is rendered with it on pages about
/// several subjects; `name` is its name, if it is known. Unless it is `whole`, it has a part of long changes and a link to its page.
pub fn revision(
    texts: &Translations,
    subject_type: SubjectType,
    name: &str,
    revision: &Json,
    subject: Option<Markup>,
    whole: bool,
) -> Markup {
    let (action, changes) = (text(&revision["action"]), list(&revision["changes"]));
    // By itself, by an import, or by undoing a deletion.
    let creation =
        changes.iter().any(|change| ["name", "title"].contains(&text(&change["field"])) && change["before"].is_null());
    let undo = json!({ "number": revision["number"], "creation": creation, "type": subject_type.name(), "name": name });
    let address = format!("/changes/{}", revision["number"]);
    html! {
        li.revision data-key=(revision["number"]) {
            p {
                a.number href=(address) { "#" (revision["number"]) } " " (subject.unwrap_or_default())
                span class={ "tag " (action.to_lowercase()) } { (texts.enum_text("RevisionAction", &revision["action"])) } " "
                span.unit {
                    (texts.with("history.by", &[("actor", text(&revision["actor"]))])) " · "
                    @if let Some(proposer) = revision["proposer"].as_str() {
                        (texts.with("history.proposed", &[("proposer", proposer)])) " · "
                    }
                    time datetime=(text(&revision["createdAt"])) { (format_time(texts, &revision["createdAt"])) }
                }
                @if let Some(reason) = revision["reason"].as_str() { " " q.reason { (reason) } }
                (inline_island("undo", &undo))
            }
            (changed_fields(texts, subject_type, revision, whole, Some(&address)))
        }
    }
}

/// Renders the changed fields of a revision, or of a subject between two states. Unless they are shown as a `whole`, they are a part of
/// long changes, with a link to the page at `address`, if there is one.
pub fn changed_fields(
    texts: &Translations,
    subject_type: SubjectType,
    revision: &Json,
    whole: bool,
    address: Option<&str>,
) -> Markup {
    let changes = list(&revision["changes"]);
    let count = changes.len().to_string();
    let (fields, characters) = if whole { (usize::MAX, usize::MAX) } else { (MAX_FIELDS, MAX_CHARACTERS) };
    let is_long = |value: &Json| format_value(value).chars().nth(characters).is_some();
    let is_cut = changes.len() > fields
        || changes.iter().take(fields).any(|change| is_long(&change["before"]) || is_long(&change["after"]));
    let cell = |value: &Json, mark: fn(String) -> Markup| {
        let mut text = format_value(value);
        if let Some((end, _)) = text.char_indices().nth(characters) {
            text.truncate(end);
            text.push('…');
        }
        html! { td { @if value.is_null() { span.unknown { "–" } } @else { (mark(text)) } } }
    };
    html! {
        @if !changes.is_empty() {
            details open[(whole && address.is_some()) || (revision["action"] == "UPDATED" && changes.len() <= MAX_FIELDS)] {
                summary { (texts.with("history.fields", &[("count", &count)])) }
                table.fields {
                    tbody {
                        @for change in changes.iter().take(fields) {
                            tr {
                                th scope="row" { (field_label(texts, subject_type.name(), text(&change["field"]))) }
                                (cell(&change["before"], |text| html! { del { (text) } }))
                                (cell(&change["after"], |text| html! { ins { (text) } }))
                            }
                        }
                    }
                }
                @if let Some(address) = address.filter(|_| is_cut) { p { a href=(address) { (texts.text("history.whole")) } } }
            }
        }
    }
}
