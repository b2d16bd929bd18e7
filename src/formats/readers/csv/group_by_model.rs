//! The rows of one model, brought together.

use std::collections::HashMap;

use crate::domain::text::normalize;
use crate::formats::parse::implied_subjects::add_implied_subjects;
use crate::formats::record::{ImportedRecord, ParsedEntry, Rejected, Warning};
use entity::vocabulary::SubjectType;
use serde_json::{Map, Value as Json};

/// What rows said so far, in the order in which subjects came first.
#[derive(Default)]
pub struct Groups {
    statements: Vec<ImportedRecord>,
    places: HashMap<(SubjectType, String), usize>,
    /// Where each statement comes from.
    origins: Vec<Origins>,
}

/// Where a statement comes from.
#[derive(Default)]
struct Origins {
    /// The line in which each field was said first.
    fields: HashMap<String, usize>,
    /// The place in the list and the line of each size, by its label.
    sizes: HashMap<String, (usize, usize)>,
}

impl Groups {
    /// Adds what a row says.
    pub fn add(&mut self, statement: ImportedRecord) {
        let text = |field: &str| statement.fields.get(field).and_then(Json::as_str);
        let key = (statement.subject, normalize(text("slug").or(text("name")).unwrap_or_default()));
        let next = self.statements.len();
        let place = *self.places.entry(key).or_insert(next);
        if place == next {
            self.statements.push(ImportedRecord { fields: Map::new(), warnings: Vec::new(), ..statement.clone() });
            self.origins.push(Origins::default());
        }
        self.merge(place, statement);
    }

    fn merge(&mut self, place: usize, mut other: ImportedRecord) {
        let (known, origins) = (&mut self.statements[place], &mut self.origins[place]);
        known.warnings.append(&mut other.warnings);
        let line = other.place.line;
        for (field, value) in other.fields {
            if field == "sizes" {
                let sizes = known.fields.entry(field).or_insert_with(|| Json::Array(Vec::new()));
                let (Json::Array(sizes), Json::Array(more)) = (sizes, value) else { continue };
                known.warnings.extend(more.into_iter().filter_map(|size| origins.add_size(sizes, size, line)));
                continue;
            }
            match known.fields.get(&field) {
                None => {
                    origins.fields.insert(field.clone(), line);
                    known.fields.insert(field, value);
                }
                Some(first) if *first == value => {}
                Some(first) => {
                    let before = origins.fields.get(&field).copied().unwrap_or(known.place.line);
                    let message =
                        format!("line {before} says {first} and line {line} says {value}; the first was recorded");
                    known.warnings.push(Warning { column: field, raw: value.to_string(), message });
                }
            }
        }
    }

    /// Everything that was found, by line.
    pub fn finish(self, rejected: Vec<Rejected>) -> Vec<ParsedEntry> {
        let mut statements = self.statements;
        for statement in &mut statements {
            if let Some(Json::Array(sizes)) = statement.fields.get_mut("sizes") {
                sizes.sort_by_key(|size| (size["parameters"].as_i64(), size["label"].as_str().map(str::to_owned)));
            }
        }
        let mut entries = Vec::from_iter(statements.into_iter().map(Ok).chain(rejected.into_iter().map(Err)));
        entries.sort_by_key(|entry| match entry {
            Ok(ImportedRecord { place, .. }) | Err(Rejected { place, .. }) => place.line,
        });
        add_implied_subjects(entries)
    }
}

impl Origins {
    /// Adds a size, or warns that an earlier row says otherwise of it.
    fn add_size(&mut self, sizes: &mut Vec<Json>, size: Json, line: usize) -> Option<Warning> {
        let label = size["label"].as_str().unwrap_or_default().to_owned();
        let Some((place, before)) = self.sizes.get(&label) else {
            self.sizes.insert(label, (sizes.len(), line));
            sizes.push(size);
            return None;
        };
        let first = &sizes[*place];
        let message = format!("line {before} says {first} and line {line} says {size}; the first was recorded");
        (*first != size).then(|| Warning { column: "size".to_owned(), raw: size.to_string(), message })
    }
}
