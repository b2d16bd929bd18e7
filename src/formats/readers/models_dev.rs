//! Reads models.dev: a TOML file of its `models` folder.

use std::path::Path;

use entity::vocabulary::{LinkKind, Modality, ParametersBasis, SubjectType};
use serde_json::{Map, Value as Json, json};

use crate::formats::parse::implied_subjects::add_implied_subjects;
use crate::formats::parse::notes::summary;
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::row::cell::add_license_url;
use crate::formats::parse::source::{beginning, reject_all, reject_line};
use crate::formats::parse::{date, parameter_count, source, toml};
use crate::formats::readers::huggingface::warn_unknown_keys;
use crate::formats::record::ParsedEntry;

/// The maximum size of a file, in bytes.
pub const MAX_BYTES: usize = 1 << 20;

/// The keys that are read.
const KEYS: [&str; 11] = [
    "name",
    "description",
    "release_date",
    "open_weights",
    "license",
    "links",
    "weights",
    "parameters",
    "limit",
    "modalities",
    "knowledge",
];

/// Reads a file. The record of a license with a URL comes before the model. `path` is that of the file, if it is known: in
/// `models/alibaba/qwen3-32b.toml` the folder names the maker.
pub fn read(bytes: &[u8], path: Option<&Path>) -> Vec<ParsedEntry> {
    let text = match source::text(bytes, MAX_BYTES) {
        Ok(text) => text,
        Err(rejected) => return reject_all(rejected),
    };
    let file = match toml::fields(text) {
        Ok(file) => file,
        Err(rejected) => return reject_all(rejected),
    };
    let string = |key: &str| file.get(key).and_then(Json::as_str).map(str::trim).filter(|text| !text.is_empty());
    // `base_model` refers to the model that a provider serves, not to the model that this one was derived from.
    if let Some(base) = file.get("base_model") {
        let message =
            format!("a provider's entry for {base}, not a model; import the file of that model in the models folder");
        return reject_all(reject_line(1, string("name").unwrap_or_default(), &base.to_string(), &message));
    }
    let first = |keys: &[&str]| keys.iter().find(|key| file.contains_key(**key)).map(|key| (*key).to_owned());
    let is_model = ["open_weights", "modalities", "limit", "release_date"].iter().any(|key| file.contains_key(*key));
    if let Some(key) = first(&["env", "npm", "api"]).filter(|_| !is_model) {
        let message = "a provider, not a model; import the files of the models folder";
        return reject_all(reject_line(1, string("name").unwrap_or_default(), &key, message));
    }
    if let Some(key) = first(&["cost", "provider"]) {
        let message =
            "a provider's offer with its price, not a model; import the file of that model in the models folder";
        return reject_all(reject_line(1, string("name").unwrap_or_default(), &key, message));
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
    if let Some(total) = file.get("parameters") {
        match parameter_count::parse_count(total).filter(|count| count.get() > 0) {
            Some(count) => parameter_count::read_parameter_count(
                &mut builder,
                "parameters",
                name,
                count,
                ParametersBasis::Reported,
            ),
            None => {
                builder.warn(
                    "parameters",
                    &total.to_string(),
                    "not a parameter count such as 7000000000 or 7B; ignored",
                );
            }
        }
    }
    if let Some(maker) = path.and_then(maker) {
        builder.push("organizations", maker);
    }
    read_facts(&mut builder, &file);
    warn_unknown_keys(&mut builder, file.keys().filter(|key| !KEYS.contains(&key.as_str())).cloned());
    add_implied_subjects(builder.finish())
}

/// Returns the maker in the path of a file: the folder in `models`.
fn maker(path: &Path) -> Option<&str> {
    let mut parts = path.components().rev().skip(1).filter_map(|part| part.as_os_str().to_str());
    let maker = parts.next().filter(|maker| *maker != "models")?;
    let is_in_models = parts.take(3).any(|part| part == "models");
    is_in_models.then_some(maker)
}

/// Reads the length of context, the modalities and the date up to which the training data reaches.
fn read_facts(builder: &mut RecordBuilder, file: &Map<String, Json>) {
    if let Some(context) = file.get("limit").and_then(|limit| limit.get("context")) {
        match context.as_i64().and_then(|context| i32::try_from(context).ok()).filter(|context| *context > 0) {
            Some(context) => builder.set("contextLength", context),
            None => builder.warn("limit.context", &context.to_string(), "not a number of tokens; ignored"),
        }
    }
    if let Some(modalities) = file.get("modalities") {
        let list = |side: &str| {
            let words = modalities.get(side)?.as_array()?;
            let mut found = Vec::new();
            for word in words {
                let word = match word.as_str()? {
                    "text" => Modality::Text,
                    "image" => Modality::Image,
                    "audio" => Modality::Audio,
                    "video" => Modality::Video,
                    _ => Modality::Other,
                };
                if !found.contains(&word) {
                    found.push(word);
                }
            }
            (!found.is_empty()).then_some(found)
        };
        match (list("input"), list("output")) {
            (Some(input), Some(output)) => builder.set("modalities", json!({ "input": input, "output": output })),
            _ => builder.warn(
                "modalities",
                &modalities.to_string(),
                "not the kinds of data that it reads and writes; ignored",
            ),
        }
    }
    if let Some(text) = file.get("knowledge").and_then(Json::as_str) {
        match date::parse_date(text) {
            Ok(date) => builder.set("knowledgeCutoff", json!(date)),
            Err(message) => builder.warn("knowledge", text, message),
        }
    }
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
