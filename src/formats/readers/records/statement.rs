//! Reads records that state one fact each, with the place and the words of their source.

use std::sync::LazyLock;

use entity::vocabulary::{Confidence, Qualifier, SourceKind, SubjectType};
use regex::{Captures, Regex};
use serde_json::{Map, Value as Json, json};

use crate::domain::facts::Facts;
use crate::domain::facts::value::Kind;
use crate::domain::limits::MAX_QUOTE_CHARACTERS;
use crate::domain::model::{ModelDocument, SizeDocument};
use crate::domain::text::static_regex;
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::{amount, date, sizes};
use crate::formats::readers::records::map::{StatementMap, value_at};
use crate::formats::readers::records::{count_of, text_of};
use crate::formats::record::{ParsedEntry, Provenance};

/// The largest number of words of a quote.
const MAX_QUOTE_WORDS: usize = 25;

/// Reads a record. Each is a record of its own, because each has its own place in the source.
pub fn read(record: &Map<String, Json>, line: usize, map: &StatementMap) -> Vec<ParsedEntry> {
    let text = |path: &str| value_at(record, path).map(text_of).unwrap_or_default();
    let (name, fact, quote) = (text(&map.name), text(&map.fact), text(&map.quote));
    let mut builder = RecordBuilder::new(SubjectType::Model, line, &name);
    let Some(target) = map.facts.get(&fact) else {
        builder.warn(&fact, &text(&map.value), "a fact that is not stored from such records; left out");
        return vec![builder.ignore()];
    };
    let Some(value) = value_at(record, &map.value).and_then(|value| read_value(target, value)) else {
        builder.warn(&fact, &text(&map.value), "not a value of this fact; left out");
        return vec![builder.ignore()];
    };
    if let Some(number) = value.as_i64()
        && !amount::states(&quote, number)
    {
        builder.warn(&fact, &quote, format!("the words of the source do not state {number}; left out"));
        return vec![builder.ignore()];
    }
    let label = text(&map.size);
    let mut part = String::new();
    let of_size = SizeDocument::FACTS.iter().any(|known| known.name == target);
    match sizes::parse_label(&label, &mut false).filter(|_| of_size) {
        // The parameters of the label, unless the record states those of the size.
        Some(size) => {
            let Some(parameters) = size.parameters else {
                builder.warn(&map.size, &label, "size without a number of parameters; left out");
                return vec![builder.ignore()];
            };
            let mut fields = json!({ "label": size.label, "parameters": parameters });
            if target == "parameters" {
                fields["parametersBasis"] = json!("REPORTED");
            }
            fields[target] = value;
            part.clone_from(&size.label);
            builder.push("sizes", fields);
        }
        None if label.is_empty() && ModelDocument::FACTS.iter().any(|known| known.name == target) => {
            builder.set(target, value);
        }
        None => {
            builder.warn(&map.size, &label, "a fact of a size that is not named; left out");
            return vec![builder.ignore()];
        }
    }
    let qualifier = text(&map.qualifier);
    match qualifier.as_str() {
        "approximate" => builder.qualify(&part, target, Qualifier::Approximate),
        "lower bound" => builder.qualify(&part, target, Qualifier::AtLeast),
        "upper bound" => builder.qualify(&part, target, Qualifier::AtMost),
        _ => {}
    }
    let url = filled(&map.source, record);
    let title = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest).to_owned();
    let publisher = text(&map.publisher);
    let publisher = publisher.split('/').next().unwrap_or_default();
    let is_short = quote.split_whitespace().count() <= MAX_QUOTE_WORDS && quote.chars().count() <= MAX_QUOTE_CHARACTERS;
    builder.cite(
        Map::from_iter([
            ("title".to_owned(), json!(title)),
            ("url".to_owned(), json!(url)),
            ("kind".to_owned(), json!(SourceKind::Repository)),
            ("publisher".to_owned(), json!(publisher)),
        ]),
        Provenance {
            source: title.clone(),
            locator: Some(filled(&map.locator, record)),
            quote: Some(quote).filter(|quote| is_short && !quote.trim().is_empty()),
            confidence: if qualifier == "exact" { Confidence::Exact } else { Confidence::Reported },
        },
    );
    builder.finish()
}

/// Returns the value of a fact as in a document.
fn read_value(fact: &str, value: &Json) -> Option<Json> {
    let mut facts = SizeDocument::FACTS.iter().chain(ModelDocument::FACTS);
    match facts.find(|known| known.name == fact)?.kind {
        Kind::Count => count_of(value).map(|count| json!(count)),
        Kind::Integer => value.as_i64().filter(|number| *number > 0 && i32::try_from(*number).is_ok()).map(Json::from),
        Kind::PartialDate => date::parse_date(&text_of(value)).ok().map(|date| json!(date)),
        _ => None,
    }
}

/// Replaces the paths in braces by the values of a record.
fn filled(template: &str, record: &Map<String, Json>) -> String {
    static PATH: LazyLock<Regex> = LazyLock::new(|| static_regex(r"\{(?P<path>[^{}]+)\}"));
    let value = |parts: &Captures<'_>| value_at(record, &parts["path"]).map(text_of).unwrap_or_default();
    PATH.replace_all(template, value).into_owned()
}
