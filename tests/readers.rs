//! Readers turn sources into statements, which say what the source says and no more.

use libtest_mimic::Trial;
use open_llm_catalog::exchange::{markdown, statement::Entry};
use serde_json::{Value as Json, json};

use crate::trials;

pub fn trials() -> Vec<Trial> {
    trials![plain: prints]
}

/// Entries as JSON.
pub fn shown(entries: &[Entry]) -> Json {
    Json::from_iter(entries.iter().map(|entry| match entry {
        Ok(said) => json!({
            "line": said.place.line, "row": said.place.row, "subject": said.subject,
            "fields": said.fields, "warnings": said.warnings,
        }),
        Err(rejected) => json!({
            "line": rejected.place.line, "row": rejected.place.row, "subject": rejected.subject,
            "rejected": rejected.problems,
        }),
    }))
}

fn prints() {
    for entry in shown(&markdown::read(include_bytes!("data/list.md"))).as_array().expect("a list") {
        println!("{entry}");
    }
}
