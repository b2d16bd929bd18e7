//! The evidence of a model and its checkpoints. `web/src/app/model/evidence.tsx` and `checkpoints.tsx` render the same.

use entity::vocabulary::SubjectType;
use maud::{Markup, html};
use serde_json::Value as Json;

use crate::http::pages::components::{date, field_label, format_value, list, outside, page_address, text};
use crate::http::pages::i18n::Translations;

/// Renders the statements of sources about a model and its sizes; nothing without any.
pub fn evidence(texts: &Translations, model: &Json) -> Markup {
    let of_sizes = list(&model["evidenceOfSizes"]).iter().flat_map(|size| {
        list(&size["evidence"]["nodes"]).iter().map(|statement| (Some(text(&size["label"])), statement))
    });
    let statements = list(&model["evidence"]["nodes"]).iter().map(|statement| (None, statement)).chain(of_sizes);
    // The basis of a number is left out: it comes with the number.
    let statements =
        statements.filter(|(_, statement)| !text(&statement["field"]).ends_with("Basis")).collect::<Vec<_>>();
    let mut sources = statements.iter().map(|(_, statement)| text(&statement["source"]["slug"])).collect::<Vec<_>>();
    sources.sort_unstable();
    sources.dedup();
    let count = texts.with("evidence.count", &[("count", &statements.len().to_string())]);
    let sources = texts.with("evidence.sources", &[("count", &sources.len().to_string())]);
    html! {
        @if !statements.is_empty() {
            section {
                h2 { (texts.text("evidence.title")) }
                details.evidence {
                    summary { (count) " · " (sources) }
                    div.scroll tabindex="0" role="region" aria-label=(texts.text("evidence.title")) {
                        table.data {
                            thead {
                                tr {
                                    @for key in ["history.field", "evidence.value", "evidence.source", "evidence.words"] { th scope="col" { (texts.text(key)) } }
                                }
                            }
                            tbody { @for (size, statement) in statements { (row(texts, size, statement)) } }
                        }
                    }
                }
            }
        }
    }
}

fn row(texts: &Translations, size: Option<&str>, statement: &Json) -> Markup {
    let subject_type = if size.is_some() { "ModelSize" } else { SubjectType::Model.name() };
    let source = &statement["source"];
    let locator = statement["locator"].as_str();
    html! {
        tr {
            th scope="row" {
                @if let Some(size) = size { span.chip { (size) } " " }
                (field_label(texts, subject_type, text(&statement["field"])))
            }
            td {
                @if statement["stance"] == "STATED" { (format_value(&statement["value"])) }
                @else { span.unknown { (texts.enum_text("Stance", &statement["stance"])) } }
                @if statement["agrees"] == false { " " span.tag.deleted { (texts.text("evidence.differs")) } }
            }
            td {
                a href={ "/sources/" (text(&source["slug"])) } { (text(&source["title"])) }
                @if let Some(locator) = locator {
                    " " span.unit { @if let Some(url) = page_address(&statement["url"]) { (outside(&url.into(), Some(locator))) } @else { (locator) } }
                }
            }
            td {
                @if let Some(quote) = statement["quote"].as_str() { q { (quote) } " " }
                span.unit { (texts.enum_text("Confidence", &statement["confidence"])) }
            }
        }
    }
}

/// Renders the checkpoints of a model; nothing without any.
pub fn checkpoints(texts: &Translations, model: &Json) -> Markup {
    let nodes = list(&model["checkpoints"]["nodes"]);
    let further = model["checkpoints"]["totalCount"].as_u64().unwrap_or(0).saturating_sub(nodes.len() as u64);
    let or_dash = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
    html! {
        @if !nodes.is_empty() {
            section {
                h2 { (texts.text("checkpoint.title")) }
                div.scroll tabindex="0" role="region" aria-label=(texts.text("checkpoint.title")) {
                    table.data {
                        thead {
                            tr {
                                @for key in ["checkpoint.address", "fact.ModelSize.label", "checkpoint.variant", "fact.Model.releaseDate", "fact.Model.license"] {
                                    th scope="col" { (texts.text(key)) }
                                }
                            }
                        }
                        tbody {
                            @for checkpoint in nodes {
                                tr {
                                    th scope="row" { (outside(&checkpoint["url"], checkpoint["repository"].as_str())) }
                                    td { @if let Some(label) = checkpoint["size"]["label"].as_str() { span.chip { (label) } } @else { "–" } }
                                    td { (or_dash(checkpoint["variant"].as_str().map(str::to_owned))) }
                                    td { (or_dash(date(texts, &checkpoint["releaseDate"]))) }
                                    td {
                                        @if let Some(name) = checkpoint["license"]["name"].as_str() {
                                            a href={ "/licenses/" (text(&checkpoint["license"]["slug"])) } { (name) }
                                        } @else { "–" }
                                    }
                                }
                            }
                        }
                    }
                }
                @if further > 0 { p.unit { "+" (further) } }
            }
        }
    }
}
