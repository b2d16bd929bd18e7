//! The page of changes between two states: a summary by type and fact, and the subjects with what differs.

use chrono::{DateTime, Days, Months, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, Utc};
use entity::vocabulary::SubjectType;
use maud::{Markup, html};
use serde_json::{Value as Json, json};

use crate::domain::date::PartialDate;
use crate::graphql::types::changes::SUBJECTS_PER_PAGE;
use crate::http::pages::components::{field_label, list, text};
use crate::http::pages::i18n::Translations;
use crate::http::pages::revision::changed_fields;

/// Which end of a period a text names.
#[derive(Clone, Copy, PartialEq)]
pub enum End {
    /// The state before the period.
    From,
    /// The state at its end.
    To,
}

/// Returns the state that a text names as a `CatalogState`: the number of a revision, a time, or a date with the precision of its
/// digits. From a date means: from the beginning of that day, month or year; to a date: to its end. None for another text.
pub fn state(text: &str, end: End) -> Option<Json> {
    let number = text.trim_start_matches('#');
    if let Ok(number) = number.parse::<i32>()
        && (number < 1000 || text.len() != 4 || text.starts_with('#'))
    {
        return Some(json!({ "revision": number }));
    }
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(json!({ "time": time.to_rfc3339() }));
    }
    let date = text.parse::<PartialDate>().ok()?;
    let first = date.first_day();
    let next = match (end, date.as_str().len()) {
        (End::From, _) => Some(first),
        (End::To, 4) => first.checked_add_months(Months::new(12)),
        (End::To, 7) => first.checked_add_months(Months::new(1)),
        (End::To, _) => first.checked_add_days(Days::new(1)),
    };
    // Times have milliseconds.
    let time = start_of(next?).checked_sub_signed(TimeDelta::milliseconds(1))?;
    Some(json!({ "time": time.to_rfc3339_opts(SecondsFormat::Millis, true) }))
}

fn start_of(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}

/// Renders the summary and a page of subjects. `address` returns the address of the page after a revision.
pub fn content(texts: &Translations, data: &Json, address: impl Fn(&str) -> String) -> Markup {
    let found = &data["changes"];
    let (summary, subjects) = (list(&found["summary"]), list(&found["subjects"]));
    let next = subjects.last().filter(|_| subjects.len() == SUBJECTS_PER_PAGE).map(|last| last["revision"].to_string());
    let range = [("from", found["from"].to_string()), ("to", found["to"].to_string())];
    let range = range.each_ref().map(|(name, number)| (*name, number.as_str()));
    html! {
        p.above { (texts.with("changes.between", &range)) }
        @if !summary.is_empty() {
            table.summary {
                thead {
                    tr {
                        @for key in ["changes.type", "changes.field", "changes.subjects", "changes.count"] {
                            th scope="col" { (texts.text(key)) }
                        }
                    }
                }
                tbody { @for row in summary { (summary_row(texts, row)) } }
            }
        }
        ol.revisions {
            @for each in subjects {
                li.revision data-key=(each["revision"]) {
                    p {
                        (subject(texts, each))
                        span class={ "tag " (text(&each["action"]).to_lowercase()) } { (texts.enum_text("RevisionAction", &each["action"])) }
                    }
                    (changed_fields(texts, subject_type(each), each, true, None))
                }
            }
        }
        @if subjects.is_empty() { p.empty { (texts.text("changes.none")) } }
        p.buttons {
            @if let Some(next) = next { a.button rel="next" href=(address(&next)) { (texts.text("changes.more")) } }
        }
    }
}

fn summary_row(texts: &Translations, row: &Json) -> Markup {
    let kind = subject_type(row);
    let field = row["field"].as_str().map(|field| match field.split_once('.') {
        Some(("sizes", fact)) => field_label(texts, "ModelSize", fact),
        Some(("checkpoints", fact)) => field_label(texts, "Checkpoint", fact),
        _ => field_label(texts, kind.name(), field),
    });
    html! {
        tr {
            th scope="row" { (texts.enum_text("SubjectType", &row["subjectType"])) }
            td { (field.unwrap_or_else(|| texts.enum_text("RevisionAction", &row["action"]))) }
            td.number { (row["subjects"]) }
            td.number { (row["changes"]) }
        }
    }
}

/// Returns the type of the subject of a revision.
pub fn subject_type(revision: &Json) -> SubjectType {
    let word = text(&revision["subjectType"]);
    SubjectType::ALL.iter().copied().find(|subject| subject.word() == word).unwrap_or(SubjectType::Model)
}

/// Renders the subject of a revision by its name, as a link if it exists. A deleted one has the name that it had, if the revision
/// has it.
pub fn subject(texts: &Translations, revision: &Json) -> Markup {
    let kind = subject_type(revision);
    let names = list(&revision["changes"]).iter().filter(|change| ["name", "title"].contains(&text(&change["field"])));
    let former = names.flat_map(|change| [&change["after"], &change["before"]]).find_map(Json::as_str);
    let current = &revision["subject"];
    html! {
        span.unit { (texts.enum_text("SubjectType", &revision["subjectType"])) } " "
        @if let Some(name) = current["name"].as_str() {
            a href={ "/" (kind.plural()) "/" (text(&current["slug"])) } { (name) }
        } @else { strong { (former.unwrap_or_else(|| text(&revision["subjectSlug"]))) } }
        " "
    }
}
