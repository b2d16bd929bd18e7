//! Reads documents in JSON: an array of documents, or an object with an array for each subject type.

pub mod no_duplicate_keys;

use std::{fmt, ops::Range};

use entity::vocabulary::SubjectType;
use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, Visitor},
};
use serde_aux::serde_introspection::serde_introspect;
use serde_json::{Map, Value as Json, value::RawValue};

use crate::domain::subject::with_document;
use crate::formats::parse::source;
use crate::formats::parse::source::{beginning, reject_all, reject_line};
use crate::formats::readers::json::no_duplicate_keys::NoDuplicateKeys;
use crate::formats::record::{ImportedRecord, ParsedEntry, Rejected, SourceLocation, Warning};

/// The maximum size of a source, in bytes.
pub const MAX_BYTES: usize = 64 << 20;

/// Reads documents. Subjects come before the subjects that can refer to them.
pub fn read(bytes: &[u8]) -> Vec<ParsedEntry> {
    let text = match source::text(bytes, MAX_BYTES) {
        Ok(text) => text,
        Err(rejected) => return reject_all(rejected),
    };
    match documents(text) {
        Ok(documents) => documents.into_iter().map(|document| document.read(text)).collect(),
        Err(rejected) => reject_all(rejected),
    }
}

/// The place of a document in the source.
struct Document {
    subject: Option<SubjectType>,
    line: usize,
    range: Range<usize>,
}

impl Document {
    fn read(self, text: &str) -> ParsedEntry {
        document(&text[self.range], self.line, self.subject)
    }
}

/// Finds the documents of a source without parsing them, so that an invalid document does not hide the others.
fn documents(text: &str) -> Result<Vec<Document>, Rejected> {
    let reject = |error: &serde_json::Error, base: usize| {
        reject_line(base + error.line(), "", "", &format!("not valid JSON: {error}"))
    };
    let mut documents = Vec::new();
    let mut lines = LineOffsets { text, offset: 0, line: 1 };
    let mut add_list = |list: &RawValue, subject| -> Result<(), Rejected> {
        let start = lines.at(list.get());
        let items = serde_json::from_str::<Vec<&RawValue>>(list.get()).map_err(|error| reject(&error, start - 1))?;
        for item in items {
            let line = lines.at(item.get());
            let offset = offset(text, item.get());
            documents.push(Document { subject, line, range: offset..offset + item.get().len() });
        }
        Ok(())
    };
    let whole = serde_json::from_str::<&RawValue>(text).map_err(|error| reject(&error, 0))?;
    if whole.get().starts_with('{') {
        let lists = serde_json::from_str::<Keyed<'_>>(whole.get()).map_err(|error| reject(&error, 0))?;
        // An exported catalog contains its revision number, which has no meaning in this one, and the license of its data.
        for (key, list) in lists.0.into_iter().filter(|(key, _)| !["revision", "license"].contains(&key.as_str())) {
            let Some(subject) = SubjectType::ALL.iter().find(|subject| subject.plural() == key) else {
                let known = join(SubjectType::plural);
                let message = format!("unknown list; expected {known}");
                return Err(rejected_document(1, &key, None, vec![problem(&key, &beginning(list.get()), message)]));
            };
            add_list(list, Some(*subject))?;
        }
    } else {
        add_list(whole, None)?;
    }
    // Documents in a list of several types state their type themselves.
    let rank = |document: &Document| {
        let subject = document.subject.or_else(|| stated_type(&text[document.range.clone()]));
        SubjectType::referenced_first().position(|other| Some(other) == subject.or(Some(SubjectType::Model)))
    };
    documents.sort_by_cached_key(rank);
    Ok(documents)
}

/// Reads the document that begins at a line. Its type is the given one, else the one in its field `type`, else a model.
pub fn document(text: &str, line: usize, expected: Option<SubjectType>) -> ParsedEntry {
    let reject = |error: serde_json::Error| {
        // The message ends with a line number that counts from the beginning of the document, so it is removed.
        let place = format!(" at line {} column {}", error.line(), error.column());
        let message = error.to_string();
        let message = format!("{}, at column {}", message.strip_suffix(&place).unwrap_or(&message), error.column());
        reject_line(line + error.line().saturating_sub(1), &beginning(text), &beginning(text), &message)
    };
    let NoDuplicateKeys(value) = serde_json::from_str(text).map_err(reject)?;
    let Json::Object(fields) = value else {
        return Err(reject_line(line, &beginning(text), &beginning(text), "not a document; expected a JSON object"));
    };
    record(fields, line, text, expected)
}

/// Returns the record of a document's fields. `text` names its row if it has no name.
///
/// # Errors
/// The document is of another type than the expected one, or has fields that documents of its type do not have.
pub fn record(mut fields: Map<String, Json>, line: usize, text: &str, expected: Option<SubjectType>) -> ParsedEntry {
    let name = ["name", "title", "slug"].iter().find_map(|field| fields.get(*field)?.as_str()).map(beginning);
    let row = name.unwrap_or_else(|| beginning(text));
    let subject = match fields.remove("type") {
        None => expected.unwrap_or(SubjectType::Model),
        Some(stated) => {
            let named = stated.as_str().and_then(subject_of);
            let valid = named.filter(|named| expected.is_none_or(|expected| expected == *named));
            let known = join(SubjectType::name);
            let message = format!("unknown type of document; expected {known}");
            valid.ok_or_else(|| {
                rejected_document(line, &row, expected, vec![problem("type", &stated.to_string(), message)])
            })?
        }
    };
    let unknown = unknown_fields(&fields, subject);
    if !unknown.is_empty() {
        return Err(rejected_document(line, &row, Some(subject), unknown));
    }
    Ok(ImportedRecord::new(SourceLocation { line, row }, subject, fields))
}

/// Returns the problems of fields that documents of the type do not have.
fn unknown_fields(stated: &Map<String, Json>, subject: SubjectType) -> Vec<Warning> {
    let known = with_document!(subject, D => serde_introspect::<D>());
    let unknown = stated.iter().filter(|(field, _)| !known.contains(&field.as_str()));
    let message = || format!("unknown field of a {}; expected {}", subject.word().to_lowercase(), known.join(", "));
    unknown.map(|(field, value)| problem(field, &beginning(&value.to_string()), message())).collect()
}

/// Joins the names of all subject types, for messages.
fn join(name: fn(SubjectType) -> &'static str) -> String {
    SubjectType::ALL.iter().copied().map(name).collect::<Vec<_>>().join(", ")
}

fn subject_of(name: &str) -> Option<SubjectType> {
    SubjectType::ALL.iter().copied().find(|subject| subject.name().eq_ignore_ascii_case(name))
}

/// Returns the type in the field `type` of a document; `None` if it is missing or unknown, or if the document is invalid.
fn stated_type(text: &str) -> Option<SubjectType> {
    #[derive(Deserialize)]
    struct Typed {
        r#type: String,
    }
    subject_of(&serde_json::from_str::<Typed>(text).ok()?.r#type)
}

fn problem(column: &str, raw: &str, message: String) -> Warning {
    Warning { column: column.to_owned(), raw: raw.to_owned(), message }
}

fn rejected_document(line: usize, row: &str, subject: Option<SubjectType>, problems: Vec<Warning>) -> Rejected {
    Rejected { ignorable: false, place: SourceLocation { line, row: row.to_owned() }, subject, problems }
}

/// The values of an object by their keys, in the order of the source. A duplicate key is an error.
struct Keyed<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Keyed<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Self(Vec::new()))
    }
}

impl<'de: 'a, 'a> Visitor<'de> for Keyed<'a> {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list, or an object of lists")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut fields: A) -> Result<Self, A::Error> {
        while let Some((key, value)) = fields.next_entry::<String, &RawValue>()? {
            if self.0.iter().any(|(other, _)| *other == key) {
                return Err(A::Error::custom(format_args!("the key {key:?} is given twice")));
            }
            self.0.push((key, value));
        }
        Ok(self)
    }
}

/// Counts the lines before parts of a text, which must be given in their order.
struct LineOffsets<'a> {
    text: &'a str,
    offset: usize,
    line: usize,
}

impl LineOffsets<'_> {
    /// Returns the line in which a part of the text begins. The part must not begin before the last one.
    fn at(&mut self, part: &str) -> usize {
        let offset = offset(self.text, part);
        let passed = self.text.as_bytes().get(self.offset..offset).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count();
        self.offset = offset;
        self.line
    }
}

/// Returns the byte offset at which a part of a text begins.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}
