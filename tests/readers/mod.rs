//! Readers turn sources into records, which state the facts of the source and no more.

mod hostile;
mod kinds;
mod list;
mod pages;
mod table;

use libtest_mimic::Trial;
use open_llm_catalog::formats::record::{ImportedRecord, ParsedEntry};
use serde_json::{Value as Json, json};

pub fn trials() -> Vec<Trial> {
    [list::trials(), table::trials(), pages::trials(), kinds::trials(), hostile::trials()]
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
