//! Turns merged fields into documents and validates them.

use serde_json::{Map, Value as Json};
use serde_path_to_error::Segment;

use crate::domain::limits::{MAX_LIST, TOO_LONG};
use crate::formats::record::Warning;
use crate::store::documents::Persist;

/// Deserializes and validates a document.
///
/// # Errors
/// Returns all problems of the fields.
pub fn document<D: Persist>(mut fields: Map<String, Json>) -> Result<D, Vec<Warning>> {
    let mut problems = Vec::<Warning>::new();
    loop {
        let value = Json::Object(fields);
        // Following the path takes time, and most documents have no error.
        let read = D::deserialize(&value).or_else(|_| serde_path_to_error::deserialize::<_, D>(&value));
        let error = match read {
            Ok(mut document) => {
                document.sort();
                for problem in Vec::<crate::error::Problem>::from(document.validate()) {
                    let raw = raw_text(value_at(&value, &problem.field));
                    problems.push(Warning { column: problem.field, raw, message: problem.message });
                }
                if D::HAS_EVIDENCE {
                    // In the order in which documents are loaded, so that an unchanged one is equal.
                    document.set_citations(document.citations());
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
        // The path of the error does not contain a missing field.
        let missing = message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
        let column = path.iter().map(String::as_str).chain(missing).collect::<Vec<_>>().join(".");
        let is_reported = problems.iter().any(|problem| problem.column == column);
        if !is_reported {
            let raw = raw_text(value_at(&value, &column));
            problems.push(Warning { column, raw, message: message.clone() });
        }
        let Json::Object(rest) = value else { return Err(problems) };
        fields = rest;
        // Deserialization stops at the first error, so it is repeated without the wrong field.
        if path.first().and_then(|field| fields.remove(field)).is_none() {
            return Err(problems);
        }
    }
}

/// Returns the problems of texts that contain U+0000, and of lists that are too long.
pub fn invalid_values(fields: &Map<String, Json>) -> Vec<Warning> {
    fn visit(column: &str, value: &Json, problems: &mut Vec<Warning>) {
        match value {
            Json::String(text) if text.contains('\0') => problems.push(Warning {
                column: column.to_owned(),
                raw: raw_text(Some(value)),
                message: "contains the character U+0000, which the databases cannot store".to_owned(),
            }),
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

/// Returns the value at a path such as `sizes.0.label`.
fn value_at<'a>(value: &'a Json, path: &str) -> Option<&'a Json> {
    path.split('.').try_fold(value, |value, part| match value {
        Json::Object(fields) => fields.get(part),
        Json::Array(items) => items.get(part.parse::<usize>().ok()?),
        _ => None,
    })
}

/// Returns the first 200 characters of a value as written in the source.
fn raw_text(value: Option<&Json>) -> String {
    let text = match value {
        None => String::new(),
        Some(Json::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    text.chars().filter(|c| *c != '\0').take(200).collect()
}
