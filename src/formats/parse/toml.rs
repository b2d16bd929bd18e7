//! Parses TOML files.

use serde_json::{Map, Value as Json};

use crate::formats::parse::source;
use crate::formats::parse::source::{beginning, reject_line};
use crate::formats::record::Rejected;

/// Returns the fields of a file. Dates and times are texts.
///
/// # Errors
/// The text is not TOML.
pub fn fields(text: &str) -> Result<Map<String, Json>, Rejected> {
    let fields = toml::from_str::<Map<String, Json>>(text).map_err(|error| {
        let line = source::line_at(text.as_bytes(), error.span().map_or(0, |span| span.start.min(text.len())));
        reject_line(line, "", &beginning(text), &format!("not valid TOML: {}", error.message()))
    })?;
    Ok(fields.into_iter().map(|(key, value)| (key, with_texts(value))).collect())
}

/// Returns a value of TOML with dates and times as texts.
fn with_texts(value: Json) -> Json {
    match value {
        Json::Object(fields) => match &fields.iter().collect::<Vec<_>>()[..] {
            [(key, Json::String(text))] if key.starts_with("$__toml_private") => text.clone().into(),
            _ => fields.into_iter().map(|(key, value)| (key, with_texts(value))).collect(),
        },
        Json::Array(items) => items.into_iter().map(with_texts).collect(),
        other => other,
    }
}
