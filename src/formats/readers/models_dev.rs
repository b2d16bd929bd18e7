//! Reads what models.dev tells of a model: a TOML file of its `models` folder.

use entity::vocabulary::{LinkKind, SubjectType};
use serde_json::{Map, Value as Json, json};

use crate::formats::parse::implied_subjects::add_implied_subjects;
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::row::cell::license_at;
use crate::formats::parse::source::{beginning, reject_all, reject_line};
use crate::formats::parse::{date, notes, parameter_count, source};
use crate::formats::readers::huggingface::unknown_keys;
use crate::formats::record::ParsedEntry;

/// The bytes of a file that are read.
pub const MAX_BYTES: usize = 1 << 20;

/// The keys that are read.
const KEYS: [&str; 8] =
    ["name", "description", "release_date", "open_weights", "license", "links", "weights", "parameters"];

/// Reads a file. A license with a text of its own comes before the model.
pub fn read(bytes: &[u8]) -> Vec<ParsedEntry> {
    let text = match source::text(bytes, MAX_BYTES) {
        Ok(text) => text,
        Err(rejected) => return reject_all(rejected),
    };
    let file = match toml::from_str::<Map<String, Json>>(text) {
        Ok(file) => file,
        Err(error) => {
            let line = source::line_at(text.as_bytes(), error.span().map_or(0, |span| span.start.min(text.len())));
            return reject_all(reject_line(line, "", &beginning(text), &format!("is not TOML: {}", error.message())));
        }
    };
    let string = |key: &str| file.get(key).and_then(Json::as_str).map(str::trim).filter(|text| !text.is_empty());
    // There a base model is the entry that a provider serves, not a model that another was derived from.
    if let Some(base) = file.get("base_model") {
        let message = format!("is a provider's offer of {base}, not a model; read that file of the models folder");
        return reject_all(reject_line(1, string("name").unwrap_or_default(), &base.to_string(), &message));
    }
    let Some(name) = string("name") else {
        return reject_all(reject_line(1, "", &beginning(text), "has no name"));
    };
    let mut draft = RecordBuilder::new(SubjectType::Model, 1, name);
    match file.get("open_weights") {
        Some(Json::Bool(true)) => {}
        Some(Json::Bool(false)) => {
            draft.warn("open_weights", "false", "says that the weights are not open: such models are not recorded");
            return vec![draft.reject()];
        }
        other => {
            let raw = other.map(Json::to_string).unwrap_or_default();
            draft.warn("open_weights", &raw, "does not say whether the weights are open");
        }
    }
    if let Some(description) = string("description") {
        notes::summary(&mut draft, description);
    }
    if let Some(day) = string("release_date") {
        match date::parse(day) {
            Ok(day) => draft.set("releaseDate", json!(day)),
            Err(doubt) => draft.warn("release_date", day, doubt),
        }
    } else if let Some(other) = file.get("release_date") {
        draft.warn("release_date", &other.to_string(), "is not text such as \"2023-07-18\"; not read");
    }
    for weights in tables(file.get("weights")) {
        if let Some(url) = weights.get("url").and_then(Json::as_str) {
            draft.link("weights", LinkKind::Weights, weights.get("label").and_then(Json::as_str), url);
        }
    }
    links(&mut draft, tables(file.get("links")), string("license"));
    if let Some(license) = string("license") {
        draft.set("license", license);
    }
    parameter_count::state(&mut draft, "parameters", name, file.get("parameters"), None);
    unknown_keys(&mut draft, file.keys().filter(|key| !KEYS.contains(&key.as_str())).cloned());
    add_implied_subjects(draft.finish())
}

fn links<'a>(draft: &mut RecordBuilder, links: impl Iterator<Item = &'a Map<String, Json>>, license: Option<&str>) {
    for link in links {
        let text = |key: &str| link.get(key).and_then(Json::as_str);
        let Some(url) = text("url") else { continue };
        let kind = match text("type") {
            Some("license") => {
                match license {
                    Some(name) => license_at(draft, "links", name, url),
                    None => draft.warn("links", url, "is the text of a license that is not named; not read"),
                }
                continue;
            }
            Some("announcement" | "blog") => LinkKind::Article,
            Some("paper") => LinkKind::Paper,
            Some("weights") => LinkKind::Weights,
            _ => LinkKind::Other,
        };
        draft.link("links", kind, text("label"), url);
    }
}

/// The tables of a list.
fn tables(json: Option<&Json>) -> impl Iterator<Item = &Map<String, Json>> {
    json.and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_object)
}
