//! Merges the rows of each model into one record.

use std::collections::HashMap;

use crate::domain::text::normalize;
use crate::formats::parse::implied_subjects::add_implied_subjects;
use crate::formats::record::{ImportedRecord, ParsedEntry, Rejected, Warning};
use entity::vocabulary::SubjectType;
use serde_json::{Map, Value as Json};

/// The records of the rows so far, in the order of their first rows.
#[derive(Default)]
pub struct Groups {
    records: Vec<ImportedRecord>,
    /// The index of each record by its subject type and normalized slug or name.
    indexes: HashMap<(SubjectType, String), usize>,
    /// The lines of the values of each record.
    value_lines: Vec<ValueLines>,
}

/// The lines of the values of a record.
#[derive(Default)]
struct ValueLines {
    /// The first line of each field.
    fields: HashMap<String, usize>,
    /// The index and the line of each size by its label.
    sizes: HashMap<String, (usize, usize)>,
}

impl Groups {
    /// Adds the record of a row.
    pub fn add(&mut self, record: ImportedRecord) {
        let text = |field: &str| record.fields.get(field).and_then(Json::as_str);
        let key = (record.subject, normalize(text("slug").or(text("name")).unwrap_or_default()));
        let next = self.records.len();
        let index = *self.indexes.entry(key).or_insert(next);
        if index == next {
            self.records.push(ImportedRecord { fields: Map::new(), warnings: Vec::new(), ..record.clone() });
            self.value_lines.push(ValueLines::default());
        }
        self.merge(index, record);
    }

    fn merge(&mut self, index: usize, mut other: ImportedRecord) {
        let (record, value_lines) = (&mut self.records[index], &mut self.value_lines[index]);
        record.warnings.append(&mut other.warnings);
        let line = other.place.line;
        for (field, value) in other.fields {
            if field == "sizes" {
                let sizes = record.fields.entry(field).or_insert_with(|| Json::Array(Vec::new()));
                let (Json::Array(sizes), Json::Array(new)) = (sizes, value) else { continue };
                record.warnings.extend(new.into_iter().filter_map(|size| value_lines.add_size(sizes, size, line)));
                continue;
            }
            match record.fields.get(&field) {
                None => {
                    value_lines.fields.insert(field.clone(), line);
                    record.fields.insert(field, value);
                }
                Some(first) if *first == value => {}
                Some(first) => {
                    let first_line = value_lines.fields.get(&field).copied().unwrap_or(record.place.line);
                    let message =
                        format!("line {first_line} has {first}, line {line} has {value}; the first value was stored");
                    record.warnings.push(Warning { column: field, raw: value.to_string(), message });
                }
            }
        }
    }

    /// Returns all entries in the order of their lines.
    pub fn finish(self, rejected: Vec<Rejected>) -> Vec<ParsedEntry> {
        let mut records = self.records;
        for record in &mut records {
            if let Some(Json::Array(sizes)) = record.fields.get_mut("sizes") {
                sizes.sort_by_key(|size| (size["parameters"].as_i64(), size["label"].as_str().map(str::to_owned)));
            }
        }
        let mut entries = Vec::from_iter(records.into_iter().map(Ok).chain(rejected.into_iter().map(Err)));
        entries.sort_by_key(|entry| match entry {
            Ok(ImportedRecord { place, .. }) | Err(Rejected { place, .. }) => place.line,
        });
        add_implied_subjects(entries)
    }
}

impl ValueLines {
    /// Adds a size. Returns a warning if an earlier row has a different size with this label.
    fn add_size(&mut self, sizes: &mut Vec<Json>, size: Json, line: usize) -> Option<Warning> {
        let label = size["label"].as_str().unwrap_or_default().to_owned();
        let Some((index, first_line)) = self.sizes.get(&label) else {
            self.sizes.insert(label, (sizes.len(), line));
            sizes.push(size);
            return None;
        };
        let first = &sizes[*index];
        let message = format!("line {first_line} has {first}, line {line} has {size}; the first value was stored");
        (*first != size).then(|| Warning { column: "size".to_owned(), raw: size.to_string(), message })
    }
}
