//! Whether merged fields are a document.

use serde_json::{Map, Value as Json};
use serde_path_to_error::Segment;

use crate::domain::validation::{MAX_LIST, TOO_LONG};
use crate::formats::record::Warning;
use crate::store::documents::Persist;

/// The most characters of a text, as in mutations.
const MAX_TEXT: usize = 10_000;

/// Makes a document of its fields.
///
/// # Errors
/// Everything that is wrong with them.
pub fn document<D: Persist>(mut fields: Map<String, Json>) -> Result<D, Vec<Warning>> {
    let mut problems = Vec::<Warning>::new();
    loop {
        let whole = Json::Object(fields);
        let error = match serde_path_to_error::deserialize::<_, D>(&whole) {
            Ok(mut document) => {
                document.sort();
                for problem in Vec::<crate::error::Problem>::from(document.validate()) {
                    let raw = raw(at(&whole, &problem.field));
                    problems.push(Warning { column: problem.field, raw, message: problem.message });
                }
                return if problems.is_empty() { Ok(document) } else { Err(problems) };
            }
            Err(error) => error,
        };
        let path = error.path().iter().filter_map(|segment| match segment {
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Map { key } => Some(key.clone()),
            Segment::Enum { .. } | Segment::Unknown => None,
        });
        let path = path.collect::<Vec<_>>();
        let message = error.inner().to_string();
        // What is absent has no path.
        let absent = message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
        let column = path.iter().map(String::as_str).chain(absent).collect::<Vec<_>>().join(".");
        let known = problems.iter().any(|problem| problem.column == column);
        if !known {
            let raw = raw(at(&whole, &column));
            problems.push(Warning { column, raw, message: message.clone() });
        }
        let Json::Object(rest) = whole else { return Err(problems) };
        fields = rest;
        // One mistake hides others: without its field the rest is looked at too.
        if path.first().and_then(|field| fields.remove(field)).is_none() {
            return Err(problems);
        }
    }
}

/// Texts and lists that the databases, or people, could not take.
pub fn invalid_values(fields: &Map<String, Json>) -> Vec<Warning> {
    fn visit(column: &str, value: &Json, problems: &mut Vec<Warning>) {
        match value {
            Json::String(text) => {
                let message = if text.contains('\0') {
                    "has the sign U+0000, which no text of the catalog can hold"
                } else if text.chars().count() > MAX_TEXT {
                    "has more than 10000 characters"
                } else {
                    return;
                };
                problems.push(Warning {
                    column: column.to_owned(),
                    raw: raw(Some(value)),
                    message: message.to_owned(),
                });
            }
            Json::Array(items) if items.len() > MAX_LIST => {
                problems.push(Warning { column: column.to_owned(), raw: String::new(), message: TOO_LONG.to_owned() });
            }
            Json::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    visit(&format!("{column}.{index}"), item, problems);
                }
            }
            Json::Object(fields) => {
                for (name, field) in fields {
                    visit(&format!("{column}.{name}"), field, problems);
                }
            }
            _ => {}
        }
    }
    let mut problems = Vec::new();
    for (name, field) in fields {
        visit(name, field, &mut problems);
    }
    problems
}

/// The value at a path such as `sizes.0.label`.
fn at<'a>(value: &'a Json, path: &str) -> Option<&'a Json> {
    path.split('.').try_fold(value, |value, part| match value {
        Json::Object(fields) => fields.get(part),
        Json::Array(items) => items.get(part.parse::<usize>().ok()?),
        _ => None,
    })
}

/// A value as its source wrote it, as far as that is short.
fn raw(value: Option<&Json>) -> String {
    let text = match value {
        None => String::new(),
        Some(Json::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    text.chars().filter(|c| *c != '\0').take(200).collect()
}
