//! A statement while it is being read.

use entity::vocabulary::{LinkKind, SubjectType};
use serde_json::{Map, Value as Json, json};

use crate::domain::link::resolve_url;
use crate::domain::text::normalize;
use crate::formats::parse::dictionary;
use crate::formats::record::{ImportedRecord, ParsedEntry, Rejected, SourceLocation, Warning};

/// Why an address is no link.
pub const NO_LINK: &str = "is neither an http(s) address nor a path of the list's repository; left out";

/// What has been read at one place: a statement, and those about what it refers to.
pub struct RecordBuilder {
    statement: ImportedRecord,
    before: Vec<ImportedRecord>,
}

impl RecordBuilder {
    /// A statement that says nothing yet but what it is about.
    pub fn new(subject: SubjectType, line: usize, name: &str) -> Self {
        Self { statement: named(subject, line, name), before: Vec::new() }
    }

    /// What the source calls the subject.
    pub fn name(&self) -> &str {
        &self.statement.place.row
    }

    /// Whether it is about a model.
    pub fn is_model(&self) -> bool {
        self.statement.subject == SubjectType::Model
    }

    /// The value of a field, if the source has stated it so far.
    pub fn get(&self, field: &str) -> Option<&Json> {
        self.statement.fields.get(field)
    }

    /// States a field.
    pub fn set(&mut self, field: &str, value: impl Into<Json>) {
        self.statement.fields.insert(field.to_owned(), value.into());
    }

    /// Leaves a field unsaid.
    pub fn unset(&mut self, field: &str) {
        self.statement.fields.remove(field);
    }

    /// Adds to a field that is a list, unless it is there already.
    pub fn push(&mut self, field: &str, value: impl Into<Json>) {
        let value = value.into();
        let list = self.statement.fields.entry(field).or_insert_with(|| json!([]));
        if let Json::Array(list) = list
            && !list.contains(&value)
        {
            list.push(value);
        }
    }

    /// Adds a link, or warns where a browser should not follow it. Tells whether it was added.
    pub fn link(&mut self, column: &str, kind: LinkKind, title: Option<&str>, url: &str) -> bool {
        let link = link(kind, title, url);
        match &link {
            Some(link) => self.push("links", link.clone()),
            None if url.is_empty() => {
                self.warn(column, title.unwrap_or_default(), "is a link without an address; kept as words");
            }
            None => self.warn(column, url, NO_LINK),
        }
        link.is_some()
    }

    /// Adds a link of a text.
    pub fn written_link(&mut self, column: &str, title: &str, url: &str, kind: Option<LinkKind>) -> bool {
        let title = title.trim();
        let kind = kind.unwrap_or_else(|| dictionary::link_kind(title, url));
        self.link(column, kind, Some(title), url)
    }

    /// Tells what is doubtful.
    pub fn warn(&mut self, column: &str, raw: &str, message: impl Into<String>) {
        let (column, raw, message) = (column.to_owned(), raw.to_owned(), message.into());
        self.statement.warnings.push(Warning { column, raw, message });
    }

    /// States something about another subject, which comes before this one's statement.
    pub fn state(&mut self, subject: SubjectType, name: &str, fields: Map<String, Json>) {
        let mut statement = named(subject, self.statement.place.line, name);
        statement.fields.extend(fields);
        let same = |other: &ImportedRecord| other.subject == subject && other.fields == statement.fields;
        if !self.before.iter().any(same) {
            self.before.push(statement);
        }
    }

    /// What was found, the subjects that are referred to before the one that refers to them.
    pub fn finish(self) -> Vec<ParsedEntry> {
        self.before.into_iter().chain([self.statement]).map(Ok).collect()
    }

    /// The statement alone.
    pub fn into_statement(self) -> ImportedRecord {
        self.statement
    }

    /// Refuses the place, with every reason so far.
    pub fn reject(self) -> ParsedEntry {
        let ImportedRecord { place, subject, warnings, .. } = self.statement;
        Err(Rejected { beside: false, place, subject: Some(subject), problems: warnings })
    }
}

fn named(subject: SubjectType, line: usize, name: &str) -> ImportedRecord {
    let place = SourceLocation { line, row: name.to_owned() };
    let fields = Map::from_iter([("name".to_owned(), Json::from(name))]);
    ImportedRecord { place, subject, fields, warnings: Vec::new() }
}

/// A link as documents hold it, or `None` where a browser should not follow it.
pub fn link(kind: LinkKind, title: Option<&str>, url: &str) -> Option<Json> {
    // A fragment alone is a place on the list's own page.
    let url = (!url.starts_with('#') && resolve_url(url).is_some()).then_some(url)?;
    let title = title.filter(|title| !normalize(title).is_empty() && *title != url);
    Some(match title {
        Some(title) => json!({ "kind": kind, "title": title, "url": url }),
        None => json!({ "kind": kind, "url": url }),
    })
}
