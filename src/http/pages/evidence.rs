//! The evidence of facts: a mark after each fact, and the table of all statements.

use entity::vocabulary::SubjectType;
use maud::{Markup, html};
use serde_json::Value as Json;

use crate::domain::facts::Facts;
use crate::domain::facts::value::Kind;
use crate::domain::model::SizeDocument;
use crate::domain::subject::with_document;
use crate::http::pages::components::{
    date, fact_value, field_label, format_value, group_digits, list, outside, page_address, text, words,
};
use crate::http::pages::i18n::Translations;

/// The statements of sources about the facts of a subject or of a size.
pub struct Statements<'a> {
    texts: &'a Translations,
    type_name: &'static str,
    all: Vec<&'a Json>,
}

impl<'a> Statements<'a> {
    /// Takes the nodes of a connection of evidence. The basis of a number is left out: it comes with the number.
    pub fn of(texts: &'a Translations, type_name: &'static str, evidence: &'a Json) -> Self {
        let all = list(&evidence["nodes"]).iter().filter(|statement| !text(&statement["field"]).ends_with("Basis"));
        Self { texts, type_name, all: all.collect() }
    }

    /// Renders the mark of a fact, which opens its evidence; nothing without evidence.
    pub fn mark(&self, field: &str) -> Markup {
        // A single base of which no relation is known is stated as `baseModel`.
        let is_about = |stated: &str| stated == field || stated == "baseModel" && field == "bases";
        let statements = self.all.iter().filter(|each| is_about(text(&each["field"]))).collect::<Vec<_>>();
        if statements.is_empty() {
            return html! {};
        }
        let disputed = statements.iter().any(|statement| is_disputed(statement));
        let count = statements.len().to_string();
        let name = field_label(self.texts, self.type_name, field);
        let label = self.texts.with("evidence.of", &[("name", name), ("count", &count)]);
        let label = if disputed { format!("{label}, {}", self.texts.text("evidence.differs")) } else { label };
        html! {
            details.why {
                summary.disputed[disputed] title=(label) aria-label=(label) { @if disputed { "≠" } @else { "❝ " (count) } }
                ul.panel { @for statement in statements { li { (self.statement(statement)) } } }
            }
        }
    }

    fn statement(&self, statement: &Json) -> Markup {
        html! {
            p { strong { (value(self.texts, self.type_name, statement)) } (signs(self.texts, statement)) }
            @if let Some(quote) = statement["quote"].as_str() { q { (quote) } }
            @if let Some(reason) = statement["reason"].as_str() { p { (reason) } }
            p.unit { (origin(self.texts, statement)) }
        }
    }
}

/// Returns whether a statement contradicts the value of the catalog.
fn is_disputed(statement: &Json) -> bool {
    statement["agrees"] == false && statement["rank"] != "DEPRECATED"
}

fn value(texts: &Translations, type_name: &str, statement: &Json) -> Markup {
    html! {
        @if statement["stance"] == "STATED" {
            @if let qualifier @ ("AT_LEAST" | "AT_MOST" | "APPROXIMATE") = text(&statement["qualifier"]) { (qualifier_sign(qualifier)) }
            (stated_value(texts, type_name, text(&statement["field"]), &statement["value"]))
        } @else { span.unknown { (texts.enum_text("Stance", &statement["stance"])) } }
    }
}

/// Renders a value as a source states it: with all digits, and words of the catalog in the language of the page.
fn stated_value(texts: &Translations, type_name: &str, field: &str, value: &Json) -> Markup {
    let subject = SubjectType::ALL.iter().find(|subject| subject.name() == type_name);
    let facts = subject.map_or(SizeDocument::FACTS, |subject| with_document!(*subject, D => D::FACTS));
    let declared = facts.iter().find(|fact| fact.name == field);
    let listed = matches!(field, "languages" | "purposes").then(|| words(texts, field, list(value))).flatten();
    let worded = declared.and_then(|fact| match fact.kind {
        Kind::Count | Kind::Integer => value.as_u64().map(|number| html! { (group_digits(number)) }),
        Kind::Float => None,
        _ => fact_value(texts, fact, value),
    });
    worded.or(listed).unwrap_or_else(
        || html! { (format_value(Some(&value["text"]).filter(|text| text.is_string()).unwrap_or(value))) },
    )
}

fn qualifier_sign(qualifier: &str) -> &'static str {
    match qualifier {
        "AT_LEAST" => "≥ ",
        "AT_MOST" => "≤ ",
        _ => "≈ ",
    }
}

/// Renders whether the statement differs from the value, and whether it is out of use.
fn signs(texts: &Translations, statement: &Json) -> Markup {
    html! {
        @if is_disputed(statement) { " " span.tag.deleted { (texts.text("evidence.differs")) } }
        @if statement["rank"] == "DEPRECATED" { " " span.tag { (texts.enum_text("EvidenceRank", &statement["rank"])) } }
    }
}

/// Renders the source of a statement with the place in it, its date and the confidence.
fn origin(texts: &Translations, statement: &Json) -> Markup {
    let source = &statement["source"];
    let locator = statement["locator"].as_str();
    let day = date(texts, &statement["accessed"]).or_else(|| date(texts, &source["publishedAt"]));
    let words = [day, Some(texts.enum_text("Confidence", &statement["confidence"]).to_owned())];
    html! {
        @if !source.is_null() { a href={ "/sources/" (text(&source["slug"])) } { (text(&source["title"])) } }
        @if let Some(url) = page_address(&statement["url"]) { " · " (outside(&url.into(), Some(locator.unwrap_or("↗")))) }
        @else if let Some(locator) = locator { " · " (locator) }
        @for word in words.into_iter().flatten() { " · " (word) }
    }
}

/// A row of the table of evidence: what the statement is about, if the table is about several things, and the statement.
pub type Row<'a> = (Option<Markup>, &'static str, &'a Json);

/// Renders the table of statements of sources, closed; nothing without any. `further` is the number of those that it leaves out.
pub fn evidence(texts: &Translations, title: &str, statements: Vec<Row>, further: u64) -> Markup {
    let statements = statements
        .into_iter()
        .filter(|(.., statement)| !text(&statement["field"]).ends_with("Basis"))
        .collect::<Vec<_>>();
    let mut sources = statements.iter().map(|(.., statement)| text(&statement["source"]["slug"])).collect::<Vec<_>>();
    sources.sort_unstable();
    sources.dedup();
    let about = statements.iter().any(|(about, ..)| about.is_some());
    let count = texts.with("evidence.count", &[("count", &(statements.len() as u64 + further).to_string())]);
    let sources = texts.with("evidence.sources", &[("count", &sources.len().to_string())]);
    html! {
        @if !statements.is_empty() {
            section {
                h2 { (texts.text(title)) }
                details.evidence {
                    summary { (count) " · " (sources) }
                    div.scroll tabindex="0" role="region" aria-label=(texts.text(title)) {
                        table.data {
                            thead {
                                tr {
                                    @if about { th scope="col" { (texts.text("evidence.about")) } }
                                    @for key in ["history.field", "evidence.value", "evidence.source", "evidence.words"] { th scope="col" { (texts.text(key)) } }
                                }
                            }
                            tbody {
                                @for (place, type_name, statement) in statements {
                                    tr {
                                        @if about { td { (place.unwrap_or_default()) } }
                                        th scope="row" { (field_label(texts, type_name, text(&statement["field"]))) }
                                        td { (value(texts, type_name, statement)) (signs(texts, statement)) }
                                        td { (origin(texts, statement)) }
                                        td { @if let Some(quote) = statement["quote"].as_str() { q { (quote) } } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
