//! Reads models.dev: a TOML file of its `models` folder.

use entity::vocabulary::{LinkKind, ParametersBasis, SubjectType};
use serde_json::{Map, Value as Json, json};

use crate::formats::parse::implied_subjects::add_implied_subjects;
use crate::formats::parse::notes::summary;
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::row::cell::add_license_url;
use crate::formats::parse::source::{beginning, reject_all, reject_line};
use crate::formats::parse::{date, parameter_count, source};
use crate::formats::readers::huggingface::warn_unknown_keys;
use crate::formats::record::ParsedEntry;

/// The maximum size of a file, in bytes.
pub const MAX_BYTES: usize = 1 << 20;

/// The keys that are read.
const KEYS: [&str; 8] =
    ["name", "description", "release_date", "open_weights", "license", "links", "weights", "parameters"];

/// Reads a file. The record of a license with a URL comes before the model.
pub fn read(bytes: &[u8]) -> Vec<ParsedEntry> {
    let text = match source::text(bytes, MAX_BYTES) {
        Ok(text) => text,
        Err(rejected) => return reject_all(rejected),
    };
    let file = match toml::from_str::<Map<String, Json>>(text) {
        Ok(file) => file,
        Err(error) => {
            let line = source::line_at(text.as_bytes(), error.span().map_or(0, |span| span.start.min(text.len())));
            return reject_all(reject_line(
                line,
                "",
                &beginning(text),
                &format!("not valid TOML: {}", error.message()),
            ));
        }
    };
    let string = |key: &str| file.get(key).and_then(Json::as_str).map(str::trim).filter(|text| !text.is_empty());
    // `base_model` refers to the model that a provider serves, not to the model that this one was derived from.
    if let Some(base) = file.get("base_model") {
        let message =
            format!("a provider's entry for {base}, not a model; import the file of that model in the models folder");
        return reject_all(reject_line(1, string("name").unwrap_or_default(), &base.to_string(), &message));
    }
    let Some(name) = string("name") else {
        return reject_all(reject_line(1, "", &beginning(text), "the key `name` is missing or is not a text"));
    };
    let mut builder = RecordBuilder::new(SubjectType::Model, 1, name);
    match file.get("open_weights") {
        Some(Json::Bool(true)) => {}
        Some(Json::Bool(false)) => {
            builder.warn(
                "open_weights",
                "false",
                "the weights are not open; only models with open weights are imported",
            );
            return vec![builder.reject()];
        }
        other => {
            let raw = other.map(Json::to_string).unwrap_or_default();
            builder.warn("open_weights", &raw, "not true or false; the weights were assumed to be open");
        }
    }
    if let Some(description) = string("description") {
        summary::append(&mut builder, description);
    }
    if let Some(text) = string("release_date") {
        match date::parse_date(text) {
            Ok(date) => builder.set("releaseDate", json!(date)),
            Err(message) => builder.warn("release_date", text, message),
        }
    } else if let Some(other) = file.get("release_date") {
        builder.warn("release_date", &other.to_string(), "not a text such as \"2023-07-18\"; ignored");
    }
    for weights in tables(file.get("weights")) {
        if let Some(url) = weights.get("url").and_then(Json::as_str) {
            builder.push_link("weights", LinkKind::Weights, weights.get("label").and_then(Json::as_str), url);
        }
    }
    read_links(&mut builder, tables(file.get("links")), string("license"));
    if let Some(license) = string("license") {
        builder.set("license", license);
    }
    parameter_count::read_parameter_count(
        &mut builder,
        "parameters",
        name,
        file.get("parameters"),
        None,
        ParametersBasis::Reported,
    );
    warn_unknown_keys(&mut builder, file.keys().filter(|key| !KEYS.contains(&key.as_str())).cloned());
    add_implied_subjects(builder.finish())
}

/// Adds the links, and the URL of the license text to the license.
fn read_links<'a>(
    builder: &mut RecordBuilder,
    links: impl Iterator<Item = &'a Map<String, Json>>,
    license: Option<&str>,
) {
    for link in links {
        let text = |key: &str| link.get(key).and_then(Json::as_str);
        let Some(url) = text("url") else { continue };
        let kind = match text("type") {
            Some("license") => {
                match license {
                    Some(name) => add_license_url(builder, "links", name, url),
                    None => builder.warn("links", url, "URL of a license text, but the license is not named; ignored"),
                }
                continue;
            }
            Some("announcement" | "blog") => LinkKind::Article,
            Some("paper") => LinkKind::Paper,
            Some("weights") => LinkKind::Weights,
            _ => LinkKind::Other,
        };
        builder.push_link("links", kind, text("label"), url);
    }
}

/// Returns the tables of a list.
fn tables(json: Option<&Json>) -> impl Iterator<Item = &Map<String, Json>> {
    json.and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_object)
}
