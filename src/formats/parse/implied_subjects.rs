//! Adds records for the organizations, licenses, architectures and datasets that other records name. Base models are not
//! added, because a model needs more than a name.

use std::collections::HashSet;

use crate::domain::text::normalize;
use crate::formats::record::{ImportedRecord, ParsedEntry, SourceLocation};
use entity::vocabulary::SubjectType;
use serde_json::{Map, Value as Json};

/// Inserts a record with only a name before the first record that refers to it, unless an earlier record is about it.
pub fn add_implied_subjects(entries: Vec<ParsedEntry>) -> Vec<ParsedEntry> {
    let mut seen = HashSet::new();
    let mut result = Vec::with_capacity(entries.len());
    for entry in entries {
        if let Ok(ImportedRecord { place, subject, fields, .. }) = &entry {
            seen.extend(fields.get("name").and_then(Json::as_str).map(|name| (*subject, normalize(name))));
            for (subject, name) in referenced_names(fields) {
                if seen.insert((subject, normalize(name))) {
                    result.push(Ok(name_only_record(subject, place.line, name)));
                }
            }
        }
        result.push(entry);
    }
    result
}

/// Returns the subjects that the fields of a record refer to, by type and name.
fn referenced_names(fields: &Map<String, Json>) -> impl Iterator<Item = (SubjectType, &str)> {
    let list = |field: &str| fields.get(field).and_then(Json::as_array).into_iter().flatten();
    let organizations = list("organizations").map(|name| (SubjectType::Organization, name));
    let license = fields.get("license").into_iter().chain(list("sizes").filter_map(|size| size.get("license")));
    let license = license.map(|name| (SubjectType::License, name));
    let architecture = fields.get("architecture").into_iter().map(|name| (SubjectType::Architecture, name));
    let publisher = fields.get("publisher").into_iter().map(|name| (SubjectType::Organization, name));
    let organizations = organizations.chain(publisher);
    let datasets = list("datasets").map(|name| (SubjectType::Dataset, name));
    let references = organizations.chain(license).chain(architecture).chain(datasets);
    references.filter_map(|(subject, name)| Some((subject, name.as_str()?)))
}

/// Makes a record that states only a name.
fn name_only_record(subject: SubjectType, line: usize, name: &str) -> ImportedRecord {
    let fields = Map::from_iter([("name".to_owned(), name.into())]);
    let record = ImportedRecord::new(SourceLocation { line, row: name.to_owned() }, subject, fields);
    ImportedRecord { is_implied: true, ..record }
}
