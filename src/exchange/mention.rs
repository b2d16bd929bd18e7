//! What a source names, it says to be there: makers, licenses, architectures and datasets without anything else to say of
//! them. Not so base models: a model is more than its name.

use std::collections::HashSet;

use entity::vocabulary::SubjectType;
use serde_json::{Map, Value as Json};

use super::statement::{Entry, Place, Statement};
use crate::catalog::text::normalize;

/// The fields that name something.
const FIELDS: [(&str, SubjectType); 4] = [
    ("organizations", SubjectType::Organization),
    ("license", SubjectType::License),
    ("architecture", SubjectType::Architecture),
    ("datasets", SubjectType::Dataset),
];

/// States what statements name, once, before the first that names it, unless something was said of it before.
pub fn with_mentions(entries: Vec<Entry>) -> Vec<Entry> {
    let mut known = HashSet::new();
    let mut all = Vec::with_capacity(entries.len());
    for entry in entries {
        if let Ok(Statement { place, subject, fields, .. }) = &entry {
            known.extend(fields.get("name").and_then(Json::as_str).map(|name| (*subject, normalize(name))));
            for (field, subject) in FIELDS {
                let named = fields.get(field).map_or(&[][..], |named| named.as_array().map_or(std::slice::from_ref(named), |list| list));
                for name in named.iter().filter_map(Json::as_str) {
                    if known.insert((subject, normalize(name))) {
                        all.push(Ok(mention(subject, place.line, name)));
                    }
                }
            }
        }
        all.push(entry);
    }
    all
}

fn mention(subject: SubjectType, line: usize, name: &str) -> Statement {
    let fields = Map::from_iter([("name".to_owned(), name.into())]);
    Statement { place: Place { line, row: name.to_owned() }, subject, fields, warnings: Vec::new() }
}
