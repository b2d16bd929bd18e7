//! Builds the record of a row, page or list item.

use entity::vocabulary::{LinkKind, Qualifier, SubjectType};
use serde_json::{Map, Value as Json, json};

use crate::domain::limits::{MAX_ALIASES, MAX_DATASETS, MAX_MODEL_LINKS, MAX_ORGANIZATIONS};
use crate::domain::link::resolve_url;
use crate::domain::text::normalize;
use crate::formats::parse::dictionary;
use crate::formats::record::{ImportedRecord, ParsedEntry, Provenance, Rejected, SourceLocation, Warning};

/// The warning about a URL that a browser must not follow.
pub const INVALID_LINK: &str = "not an http(s) URL or a path in the list's repository; ignored";

/// The record of one place in a source, and records of the subjects that it refers to.
pub struct RecordBuilder {
    record: ImportedRecord,
    related: Vec<ImportedRecord>,
}

impl RecordBuilder {
    /// Creates a record that has only a name.
    pub fn new(subject: SubjectType, line: usize, name: &str) -> Self {
        Self { record: name_only_record(subject, line, name), related: Vec::new() }
    }

    /// Returns the name of the subject in the source.
    pub fn name(&self) -> &str {
        &self.record.place.row
    }

    /// Whether the subject is a model.
    pub fn is_model(&self) -> bool {
        self.record.subject == SubjectType::Model
    }

    /// Whether the subject is a dataset.
    pub fn is_dataset(&self) -> bool {
        self.record.subject == SubjectType::Dataset
    }

    /// Returns the value of a field, if it is set.
    pub fn get(&self, field: &str) -> Option<&Json> {
        self.record.fields.get(field)
    }

    /// Sets a field.
    pub fn set(&mut self, field: &str, value: impl Into<Json>) {
        self.record.fields.insert(field.to_owned(), value.into());
    }

    /// Removes a field.
    pub fn unset(&mut self, field: &str) {
        self.record.fields.remove(field);
    }

    /// Adds a value to a list field, unless the list contains it.
    pub fn push(&mut self, field: &str, value: impl Into<Json>) {
        let value = value.into();
        let list = self.record.fields.entry(field).or_insert_with(|| json!([]));
        if let Json::Array(list) = list
            && !list.contains(&value)
        {
            list.push(value);
        }
    }

    /// Adds a link, or warns if a browser must not follow its URL. Returns whether the link was added.
    pub fn push_link(&mut self, column: &str, kind: LinkKind, title: Option<&str>, url: &str) -> bool {
        let link = link_json(kind, title, url);
        match &link {
            Some(link) => self.push("links", link.clone()),
            None if url.is_empty() => {
                self.warn(column, title.unwrap_or_default(), "link without a URL; kept as text");
            }
            None => self.warn(column, url, INVALID_LINK),
        }
        link.is_some()
    }

    /// Adds a link of a text. Its kind is the stated one, else that of its title or URL.
    pub fn push_written_link(&mut self, column: &str, title: &str, url: &str, kind: Option<LinkKind>) -> bool {
        let title = title.trim();
        let kind = kind.unwrap_or_else(|| dictionary::link_kind(title, url));
        self.push_link(column, kind, Some(title), url)
    }

    /// Adds a warning about the text `raw` of a column.
    pub fn warn(&mut self, column: &str, raw: &str, message: impl Into<String>) {
        let (column, raw, message) = (column.to_owned(), raw.to_owned(), message.into());
        self.record.warnings.push(Warning { column, raw, message });
    }

    /// States how the value of a fact is to be read. `part` is the label of the size that the fact belongs to, or empty.
    pub fn qualify(&mut self, part: &str, fact: &str, qualifier: Qualifier) {
        self.record.qualifiers.insert((part.to_owned(), fact.to_owned()), qualifier);
    }

    /// Adds a record of another subject, placed before this one.
    pub fn add_related(&mut self, subject: SubjectType, name: &str, fields: Map<String, Json>) {
        let mut record = name_only_record(subject, self.record.place.line, name);
        record.fields.extend(fields);
        record.is_implied = true;
        let is_same = |other: &ImportedRecord| other.subject == subject && other.fields == record.fields;
        if !self.related.iter().any(is_same) {
            self.related.push(record);
        }
    }

    /// States that the base may be unknown.
    pub fn allow_unknown_base(&mut self) {
        self.record.base_is_optional = true;
    }

    /// Sets facts of a size that the source does not name.
    pub fn set_unlabelled(&mut self, facts: Map<String, Json>) {
        self.record.unlabelled = facts;
    }

    /// States the full id of the page that the record was read from.
    pub fn identify(&mut self, id: &str) {
        self.record.id = Some(id.to_owned());
    }

    /// States where the facts come from. The source gets a record of its own, with these fields.
    pub fn cite(&mut self, source: Map<String, Json>, provenance: Provenance) {
        let mut record = name_only_record(SubjectType::Source, self.record.place.line, &provenance.source);
        record.fields = source;
        record.is_implied = true;
        // Before the subjects whose facts it states.
        self.related.insert(0, record);
        for record in &mut self.related {
            record.provenance.get_or_insert_with(|| provenance.clone());
        }
        self.record.provenance = Some(provenance);
    }

    /// Returns the related records, then this one.
    pub fn finish(mut self) -> Vec<ParsedEntry> {
        self.shorten_lists();
        self.related.into_iter().chain([self.record]).map(Ok).collect()
    }

    /// Shortens lists that are longer than those of a model may be.
    fn shorten_lists(&mut self) {
        const LISTS: [(&str, usize); 4] = [
            ("organizations", MAX_ORGANIZATIONS),
            ("datasets", MAX_DATASETS),
            ("aliases", MAX_ALIASES),
            ("links", MAX_MODEL_LINKS),
        ];
        if !self.is_model() {
            return;
        }
        for (field, max) in LISTS {
            let Some(Json::Array(list)) = self.record.fields.get_mut(field) else { continue };
            let rest = list.split_off(list.len().min(max));
            if !rest.is_empty() {
                let message = format!("a model has at most {max} {field}; the others were left out");
                self.warn(field, &Json::from(rest).to_string(), message);
            }
        }
    }

    /// Returns the record without the related ones.
    pub fn into_record(self) -> ImportedRecord {
        self.record
    }

    /// Rejects the place. The warnings become the problems.
    pub fn reject(self) -> ParsedEntry {
        self.leave_out(false)
    }

    /// Leaves out the place, which is not about a subject of the catalog. The import continues without it.
    pub fn ignore(self) -> ParsedEntry {
        self.leave_out(true)
    }

    fn leave_out(self, ignorable: bool) -> ParsedEntry {
        let ImportedRecord { place, subject, warnings, .. } = self.record;
        Err(Rejected { ignorable, place, subject: Some(subject), problems: warnings })
    }
}

/// Makes a record that has only a name.
fn name_only_record(subject: SubjectType, line: usize, name: &str) -> ImportedRecord {
    let place = SourceLocation { line, row: name.to_owned() };
    let fields = Map::from_iter([("name".to_owned(), Json::from(name))]);
    ImportedRecord::new(place, subject, fields)
}

/// Returns a link as in a document, or `None` if a browser must not follow its URL.
pub fn link_json(kind: LinkKind, title: Option<&str>, url: &str) -> Option<Json> {
    // A fragment alone refers to the page of the list.
    let url = (!url.starts_with('#') && resolve_url(url).is_some()).then_some(url)?;
    let title = title.filter(|title| !normalize(title).is_empty() && *title != url);
    Some(match title {
        Some(title) => json!({ "kind": kind, "title": title, "url": url }),
        None => json!({ "kind": kind, "url": url }),
    })
}
