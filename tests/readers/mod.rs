//! Readers turn sources into records, which state the facts of the source and no more.

mod generated_tables;
mod hostile;
mod list;
mod markdown_cells;
mod markdown_tables;
mod pages;
mod records;
mod table;
mod yaml;

use entity::vocabulary::SubjectType;
use libtest_mimic::Trial;
use open_llm_catalog::formats::readers::markdown;
use open_llm_catalog::formats::record::{ImportedRecord, ParsedEntry};
use serde_json::{Value as Json, json};

pub fn trials() -> Vec<Trial> {
    [
        list::trials(),
        markdown_tables::trials(),
        markdown_cells::trials(),
        generated_tables::trials(),
        table::trials(),
        pages::trials(),
        records::trials(),
        yaml::trials(),
        hostile::trials(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Entries as JSON, in which a warning is `column | raw | message`.
pub fn shown(entries: &[ParsedEntry]) -> Json {
    Json::from_iter(entries.iter().map(|entry| {
        let (place, subject, warnings) = match entry {
            Ok(said) => (&said.place, Some(said.subject), &said.warnings),
            Err(rejected) => (&rejected.place, rejected.subject, &rejected.problems),
        };
        let warnings =
            warnings.iter().map(|warning| format!("{} | {} | {}", warning.column, warning.raw, warning.message));
        let warnings = warnings.collect::<Vec<_>>();
        let mut shown = json!({ "line": place.line, "row": place.row, "subject": subject });
        match entry {
            Ok(said) => shown["fields"] = Json::Object(said.fields.clone()),
            Err(rejected) => shown[if rejected.ignorable { "beside" } else { "rejected" }] = true.into(),
        }
        if !warnings.is_empty() {
            shown["warnings"] = warnings.into();
        }
        shown
    }))
}

/// The same without records that only name a subject.
pub fn with_facts(entries: &[ParsedEntry]) -> Json {
    let Json::Array(mut shown) = shown(entries) else { return Json::Null };
    let bare = |entry: &Json| {
        entry["subject"] != "MODEL" && entry["fields"].as_object().is_some_and(|fields| fields.keys().eq(["name"]))
    };
    shown.retain(|entry| !bare(entry));
    shown.into()
}

/// The records of a source in which nothing is rejected.
pub fn statements(entries: Vec<ParsedEntry>) -> Vec<ImportedRecord> {
    entries.into_iter().map(|entry| entry.expect("nothing is rejected")).collect()
}

/// The models in a list, by name, without their kinds.
pub fn models(entries: &[ParsedEntry]) -> Json {
    let models = entries.iter().flatten().filter(|record| record.subject == SubjectType::Model);
    let named = models.map(|record| {
        let mut fields = record.fields.clone();
        let name = fields.remove("name").and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
        fields.remove("kind");
        (name, Json::Object(fields))
    });
    Json::Object(named.collect())
}

/// The messages of all warnings.
pub fn messages(entries: &[ParsedEntry]) -> Vec<String> {
    let remarks = entries.iter().flat_map(|entry| match entry {
        Ok(record) => &record.warnings,
        Err(rejected) => &rejected.problems,
    });
    remarks.map(|warning| format!("{}: {}", warning.raw, warning.message)).collect()
}

/// The models in a list in Markdown.
pub fn list(text: &str) -> Json {
    models(&markdown::read(text.as_bytes()))
}
