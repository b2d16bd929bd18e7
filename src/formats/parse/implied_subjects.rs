//! What a source names, it says to be there: makers, licenses, architectures and datasets without anything else to say of
//! them. Not so base models: a model is more than its name.

use std::collections::HashSet;

use crate::domain::text::normalize;
use crate::formats::record::{ImportedRecord, ParsedEntry, SourceLocation};
use entity::vocabulary::SubjectType;
use serde_json::{Map, Value as Json};

/// States what statements name, once, before the first that names it, unless something was said of it before.
pub fn add_implied_subjects(entries: Vec<ParsedEntry>) -> Vec<ParsedEntry> {
    let mut known = HashSet::new();
    let mut all = Vec::with_capacity(entries.len());
    for entry in entries {
        if let Ok(ImportedRecord { place, subject, fields, .. }) = &entry {
            known.extend(fields.get("name").and_then(Json::as_str).map(|name| (*subject, normalize(name))));
            for (subject, name) in named(fields) {
                if known.insert((subject, normalize(name))) {
                    all.push(Ok(mention(subject, place.line, name)));
                }
            }
        }
        all.push(entry);
    }
    all
}

/// What the fields of a statement name.
fn named(fields: &Map<String, Json>) -> impl Iterator<Item = (SubjectType, &str)> {
    let list = |field: &str| fields.get(field).and_then(Json::as_array).into_iter().flatten();
    let organizations = list("organizations").map(|name| (SubjectType::Organization, name));
    let license = fields.get("license").into_iter().chain(list("sizes").filter_map(|size| size.get("license")));
    let license = license.map(|name| (SubjectType::License, name));
    let architecture = fields.get("architecture").into_iter().map(|name| (SubjectType::Architecture, name));
    let datasets = list("datasets").map(|name| (SubjectType::Dataset, name));
    let all = organizations.chain(license).chain(architecture).chain(datasets);
    all.filter_map(|(subject, name)| Some((subject, name.as_str()?)))
}

fn mention(subject: SubjectType, line: usize, name: &str) -> ImportedRecord {
    let fields = Map::from_iter([("name".to_owned(), name.into())]);
    ImportedRecord { place: SourceLocation { line, row: name.to_owned() }, subject, fields, warnings: Vec::new() }
}
