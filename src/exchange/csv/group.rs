//! The rows of one model, brought together.

use std::collections::HashMap;

use entity::vocabulary::SubjectType;
use serde_json::Value as Json;

use crate::{
    catalog::text::normalize,
    exchange::statement::{Entry, Rejected, Statement, Warning},
};

/// What rows said so far, in the order in which subjects came first.
#[derive(Default)]
pub struct Groups {
    statements: Vec<Statement>,
    places: HashMap<(SubjectType, String), usize>,
    /// The line in which each field of each statement was said first.
    lines: Vec<HashMap<String, usize>>,
}

impl Groups {
    /// Adds what a row says.
    pub fn add(&mut self, statement: Statement) {
        let text = |field: &str| statement.fields.get(field).and_then(Json::as_str);
        let key = (statement.subject, normalize(text("slug").or(text("name")).unwrap_or_default()));
        match self.places.get(&key) {
            None => {
                let line = statement.place.line;
                self.places.insert(key, self.statements.len());
                self.lines.push(statement.fields.keys().map(|field| (field.clone(), line)).collect());
                self.statements.push(statement);
            }
            Some(place) => {
                let place = *place;
                self.merge(place, statement);
            }
        }
    }

    fn merge(&mut self, place: usize, mut other: Statement) {
        let (known, lines) = (&mut self.statements[place], &mut self.lines[place]);
        known.warnings.append(&mut other.warnings);
        let line = other.place.line;
        for (field, value) in other.fields {
            match known.fields.get_mut(&field) {
                None => {
                    lines.insert(field.clone(), line);
                    known.fields.insert(field, value);
                }
                Some(Json::Array(sizes)) if field == "sizes" => {
                    for size in value.as_array().into_iter().flatten() {
                        add_size(sizes, size, line, &mut known.warnings);
                    }
                }
                Some(first) if *first == value => {}
                Some(first) => {
                    let message = format!(
                        "line {} says {first} and line {line} says {value}; the first was recorded",
                        lines.get(&field).copied().unwrap_or(known.place.line)
                    );
                    known.warnings.push(Warning { column: field, raw: value.to_string(), message });
                }
            }
        }
    }

    /// Everything that was found, by line.
    pub fn finish(self, rejected: Vec<Rejected>) -> Vec<Entry> {
        let mut statements = self.statements;
        for statement in &mut statements {
            if let Some(Json::Array(sizes)) = statement.fields.get_mut("sizes") {
                sizes.sort_by_key(|size| (size["parameters"].as_i64(), size["label"].as_str().map(str::to_owned)));
            }
        }
        let mut entries = Vec::from_iter(statements.into_iter().map(Ok).chain(rejected.into_iter().map(Err)));
        entries.sort_by_key(|entry| match entry {
            Ok(Statement { place, .. }) | Err(Rejected { place, .. }) => place.line,
        });
        entries
    }
}

fn add_size(sizes: &mut Vec<Json>, size: &Json, line: usize, warnings: &mut Vec<Warning>) {
    match sizes.iter().find(|other| other["label"] == size["label"]) {
        None => sizes.push(size.clone()),
        Some(first) if first == size => {}
        Some(first) => {
            let message = format!("line {line} says {size}, an earlier line {first}; the first was recorded");
            warnings.push(Warning { column: "size".to_owned(), raw: size.to_string(), message });
        }
    }
}
