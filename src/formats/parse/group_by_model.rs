//! Merges the rows of each model into one record.

use std::collections::{HashMap, HashSet};

use crate::domain::facts::Facts;
use crate::domain::model::SizeDocument;
use crate::domain::slug::Slug;
use crate::domain::text::normalize;
use crate::formats::parse::dictionary::weights_repositories;
use crate::formats::parse::implied_subjects::add_implied_subjects;
use crate::formats::record::{ImportedRecord, ParsedEntry, Rejected, Warning};
use entity::vocabulary::SubjectType;
use serde_json::{Map, Value as Json};

/// The largest number of rows of a record that are kept.
const MAX_ROWS: usize = 1000;

/// The records of the rows so far, in the order of their first rows.
#[derive(Default)]
pub struct Groups {
    records: Vec<ImportedRecord>,
    /// The index of each record by its subject type and normalized slug or name.
    indexes: HashMap<(SubjectType, String), usize>,
    /// The lines of the values of each record.
    value_lines: Vec<ValueLines>,
    /// The rows about pages of each record, as they were read.
    rows: Vec<Vec<ImportedRecord>>,
    /// The number of all rows of each record.
    counts: Vec<usize>,
}

/// The lines of the values of a record.
#[derive(Default)]
struct ValueLines {
    /// The first line of each field.
    fields: HashMap<String, usize>,
    /// The index and the line of each size by its label.
    sizes: HashMap<String, (usize, usize)>,
    /// Whether each row has the amount of data of its own size, which is not that of the model.
    has_scale_of_sizes: bool,
}

impl Groups {
    /// Adds the record of a row.
    pub fn add(&mut self, record: ImportedRecord) {
        let text = |field: &str| record.fields.get(field).and_then(Json::as_str);
        let name = record.id.as_deref().or(text("slug")).or(text("name")).or(text("title"));
        let key = (record.subject, normalize(name.unwrap_or_default()));
        let next = self.records.len();
        let index = *self.indexes.entry(key).or_insert(next);
        if index == next {
            self.records.push(ImportedRecord { fields: Map::new(), warnings: Vec::new(), ..record.clone() });
            self.value_lines.push(ValueLines::default());
            self.rows.push(Vec::new());
            self.counts.push(0);
        }
        // Only rows about pages can be rows of different subjects.
        self.counts[index] += 1;
        if self.rows[index].len() < MAX_ROWS && weights_repositories(&record.fields).next().is_some() {
            self.rows[index].push(record.clone());
        }
        self.merge(index, record);
    }

    fn merge(&mut self, index: usize, mut other: ImportedRecord) {
        let (record, value_lines) = (&mut self.records[index], &mut self.value_lines[index]);
        record.warnings.append(&mut other.warnings);
        record.qualifiers.append(&mut other.qualifiers);
        record.base_is_optional |= other.base_is_optional;
        let line = other.place.line;
        value_lines.has_scale_of_sizes |= move_to_size(record, &mut other.fields);
        if line != record.place.line {
            let labels = other.fields.get("sizes").and_then(Json::as_array).into_iter().flatten();
            let labels = labels.filter_map(|size| size["label"].as_str()).map(str::to_owned);
            for label in labels {
                record.size_lines.entry(label).or_insert(line);
            }
        }
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
                // The rows of a list are numbered, and each row may link to its own size.
                Some(_) if field == "position" => {}
                Some(Json::Array(_)) if field == "links" => {
                    if let (Some(Json::Array(links)), Json::Array(new)) = (record.fields.get_mut(&field), value) {
                        let new = new.into_iter().filter(|link| !links.contains(link)).collect::<Vec<_>>();
                        links.extend(new);
                    }
                }
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
        for ((record, value_lines), (rows, count)) in
            records.iter_mut().zip(&self.value_lines).zip(self.rows.into_iter().zip(self.counts))
        {
            // Each row may be about a page of its own.
            if record.subject == SubjectType::Model && count > 1 && rows.len() == count {
                record.rows = rows;
            }
            if value_lines.has_scale_of_sizes {
                record.fields.remove("dataScale");
            }
            if let Some(Json::Array(sizes)) = record.fields.get_mut("sizes") {
                sizes.sort_by_key(|size| (size["parameters"].as_i64(), size["label"].as_str().map(str::to_owned)));
            }
        }
        mark_bases(&mut records);
        let mut entries = Vec::from_iter(records.into_iter().map(Ok).chain(rejected.into_iter().map(Err)));
        entries.sort_by_key(|entry| match entry {
            Ok(ImportedRecord { place, .. }) | Err(Rejected { place, .. }) => place.line,
        });
        add_implied_subjects(entries)
    }
}

/// Moves facts that differ from those of the earlier rows to the size of the row, if the row has one size. Returns whether the
/// amounts of data of the rows are those of their sizes.
fn move_to_size(record: &mut ImportedRecord, fields: &mut Map<String, Json>) -> bool {
    let Some(Json::Array(sizes)) = fields.get("sizes").cloned() else { return false };
    let [Json::Object(size)] = &sizes[..] else { return false };
    let mut size = size.clone();
    let mut moved = Vec::new();
    for (field, value) in fields.iter() {
        let of_size = field == "license" || SizeDocument::FACTS.iter().any(|fact| fact.name == field);
        let differs = record.fields.get(field).is_some_and(|first| first != value);
        if of_size && differs && !size.contains_key(field) {
            size.insert(field.clone(), value.clone());
            moved.push(field.clone());
        }
    }
    // Each row has the amount of data of its own size.
    let differs = fields.get("dataScale").zip(record.fields.get("dataScale")).is_some_and(|(new, first)| new != first);
    let is_of_size = differs && size.contains_key("trainingTokens");
    if is_of_size {
        moved.push("dataScale".to_owned());
    }
    for field in moved {
        fields.remove(&field);
        // Of different dates, each size states its own.
        let first = record.fields.get(&field).filter(|_| field == "releaseDate").cloned();
        let earlier = record.fields.get_mut("sizes").and_then(Json::as_array_mut).into_iter().flatten();
        for earlier in earlier.filter_map(Json::as_object_mut) {
            if let Some(first) = &first {
                earlier.entry(field.clone()).or_insert_with(|| first.clone());
            }
        }
    }
    fields.insert("sizes".to_owned(), Json::Array(vec![size.into()]));
    is_of_size
}

/// Marks the bases that are among the records: those need not be in the catalog.
fn mark_bases(records: &mut [ImportedRecord]) {
    let keys = |name: &str| [Some(normalize(name)), Slug::of(name).map(|slug| slug.to_string())].into_iter().flatten();
    let models = records.iter().filter(|record| record.subject == SubjectType::Model);
    let names = models.flat_map(|record| {
        let aliases = record.fields.get("aliases").and_then(Json::as_array).into_iter().flatten();
        ["name", "slug"]
            .into_iter()
            .filter_map(|field| record.fields.get(field))
            .chain(aliases)
            .filter_map(Json::as_str)
    });
    let known = names.flat_map(keys).collect::<HashSet<_>>();
    for record in records.iter_mut().filter(|record| record.base_is_optional) {
        let base = record.fields.get("baseModel").and_then(Json::as_str).unwrap_or_default();
        record.base_is_optional = !keys(base).any(|key| known.contains(&key));
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
