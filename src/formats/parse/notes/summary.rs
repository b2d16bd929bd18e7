//! The summary of a model: the text of its notes that is not a fact.

use serde_json::{Value as Json, json};

use crate::formats::parse::record_builder::RecordBuilder;

/// Appends a text to the summary in its language.
pub fn append(builder: &mut RecordBuilder, text: &str) {
    if text.is_empty() {
        return;
    }
    append_in(builder, if is_chinese(text) { "zh" } else { "en" }, text);
}

/// Appends a text to the summary in a language.
pub fn append_in(builder: &mut RecordBuilder, language: &str, text: &str) {
    let mut summary = builder.get("summary").cloned().unwrap_or_else(|| json!({}));
    let appended = match summary.get(language).and_then(Json::as_str) {
        Some(existing) => format!("{existing}{}{text}", if language == "zh" { "；" } else { "; " }),
        None => text.to_owned(),
    };
    summary[language] = appended.into();
    builder.set("summary", summary);
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'))
}

/// Returns the comma of the language of a text.
pub fn comma(text: &str) -> &'static str {
    if is_chinese(text) { "，" } else { ", " }
}
