//! Reads a document in TOML, as exports to a folder and the data sets have it: `models/qwen.toml`.

use std::path::Path;

use entity::vocabulary::SubjectType;
use serde_json::{Map, Value as Json};

use crate::formats::parse::source::{reject_all, reject_line};
use crate::formats::parse::{source, toml};
use crate::formats::readers::json::record;
use crate::formats::record::{ParsedEntry, Rejected};

/// The maximum size of a file, in bytes.
pub const MAX_BYTES: usize = 4 << 20;

/// Returns the type of the document in a file, which its folder names.
pub fn subject_of(path: &Path) -> Option<SubjectType> {
    let folder = path.parent()?.file_name()?.to_str()?;
    SubjectType::ALL.iter().copied().find(|subject| subject.plural() == folder)
}

/// Reads a file. `path` is that of the file, if it is known: its folder names the type of the document, and its name is the slug.
pub fn read(bytes: &[u8], path: Option<&Path>) -> Vec<ParsedEntry> {
    let Some((path, subject)) = path.and_then(|path| Some((path, subject_of(path)?))) else {
        let folders = SubjectType::ALL.iter().map(|subject| subject.plural()).collect::<Vec<_>>().join(", ");
        let message = format!("the folder of a document names its type; expected a file in a folder {folders}");
        return reject_all(reject_line(1, "", "", &message));
    };
    let fields = source::text(bytes, MAX_BYTES).and_then(toml::fields);
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let record = fields.and_then(|fields| check_slug(fields, stem)).and_then(|fields| {
        let fields = fields.into_iter().map(|(name, value)| (name, with_nulls(value)));
        record(fields.collect(), 1, stem, Some(subject))
    });
    vec![record]
}

/// Returns a value with null for the empty texts of evidence that states no value: TOML has no null.
fn with_nulls(value: Json) -> Json {
    match value {
        Json::Array(items) => items.into_iter().map(with_nulls).collect(),
        Json::Object(mut fields) => {
            let states_none = fields.get("stance").is_some_and(|stance| stance != "STATED");
            if let Some(values) = fields.get_mut("values").and_then(Json::as_object_mut).filter(|_| states_none) {
                values.values_mut().filter(|value| *value == "").for_each(|value| *value = Json::Null);
            }
            fields.into_iter().map(|(name, value)| (name, with_nulls(value))).collect()
        }
        other => other,
    }
}

/// Checks that a document has the slug that its file is named after.
fn check_slug(fields: Map<String, Json>, stem: &str) -> Result<Map<String, Json>, Rejected> {
    let message = match fields.get("slug").and_then(Json::as_str) {
        Some(slug) if slug == stem => return Ok(fields),
        Some(_) => format!("the slug is not the name of the file, {stem}.toml"),
        None => "a document without slug; a file of models.dev needs --format models-dev".to_owned(),
    };
    let raw = fields.get("slug").map(Json::to_string).unwrap_or_default();
    Err(reject_line(1, stem, &raw, &message))
}
