//! Merges the fields of a record into those of a document.
//!
//! An empty value (null, blank, an empty list) clears nothing. A different value replaces the old one. Objects merge field
//! by field, lists of texts are united, sizes merge by label, checkpoints by address, bases by model and links by URL. The terms
//! of a license and the groups of layers of a size replace the old ones: they were read together. Fields that the source does not state stay unchanged.

use crate::domain::checkpoint::{CheckpointKey, DEFAULT_HUB};
use crate::domain::count::Count;
use crate::domain::text::normalize;
use crate::formats::record::Warning;
use entity::vocabulary::DataUnit;
use serde::Deserialize;
use serde_json::{Map, Value as Json, map::Entry};

/// Merges the stated fields into those of a document.
pub fn merge(document: &mut Map<String, Json>, stated: Map<String, Json>) {
    for (field, basis) in [("parameters", "parametersBasis"), ("trainingTokens", "trainingTokensBasis")] {
        // The basis belongs to the number, so another number invalidates it.
        let replaced =
            stated.get(field).is_some_and(|new| !is_empty(new) && count(new) != document.get(field).and_then(count));
        if replaced {
            document.remove(basis);
        }
    }
    for (field, value) in stated {
        if is_empty(&value) {
            continue;
        }
        match (document.entry(field), value) {
            (Entry::Vacant(entry), Json::Object(new)) => {
                let mut fields = Map::new();
                merge(&mut fields, new);
                entry.insert(fields.into());
            }
            (Entry::Vacant(entry), Json::Array(new)) => {
                let list = merge_list(entry.key(), Vec::new(), new);
                entry.insert(list.into());
            }
            (Entry::Vacant(entry), value) => {
                entry.insert(value);
            }
            (Entry::Occupied(mut entry), value) => {
                let old = entry.insert(Json::Null);
                let merged = match (old, value) {
                    (Json::Object(mut old), Json::Object(mut new)) => {
                        // The amount belongs to the text, so another text invalidates it.
                        if entry.key() == "dataScale"
                            && new.get("text").is_some_and(|text| !is_empty(text) && Some(text) != old.get("text"))
                        {
                            old.remove("amount");
                        } else if entry.key() == "dataScale" {
                            // For the same text an unknown unit does not replace a known one.
                            new.retain(|field, value| field != "unit" || *value != DataUnit::Unknown.word());
                        }
                        merge(&mut old, new);
                        old.into()
                    }
                    (Json::Array(_), Json::Array(new)) if matches!(entry.key().as_str(), "terms" | "cacheLayers") => {
                        merge_list(entry.key(), Vec::new(), new).into()
                    }
                    (Json::Array(old), Json::Array(new)) => merge_list(entry.key(), old, new).into(),
                    (_, value) => value,
                };
                entry.insert(merged);
            }
        }
    }
}

/// Returns a count that is written as a number or as text.
pub fn count(value: &Json) -> Option<Count> {
    Count::deserialize(value).ok()
}

/// Whether a value states nothing.
pub fn is_empty(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::String(text) => text.trim().is_empty(),
        Json::Array(items) => items.iter().all(is_empty),
        Json::Object(fields) => fields.values().all(is_empty),
        Json::Bool(_) | Json::Number(_) => false,
    }
}

/// Returns the field that identifies the objects of a list.
fn element_key(field: &str) -> Option<&'static str> {
    match field {
        "sizes" => Some("label"),
        "links" => Some("url"),
        "bases" => Some("model"),
        "datasets" => Some("dataset"),
        "checkpoints" => Some("repository"),
        _ => None,
    }
}

/// Unites two lists: first the elements of the catalog in their order, then the new ones.
fn merge_list(field: &str, old: Vec<Json>, new: Vec<Json>) -> Vec<Json> {
    let known = old.len();
    let (mut list, new) = match field {
        "datasets" => (dataset_objects(old), dataset_objects(new)),
        _ => (old, new),
    };
    // Each element of the catalog matches at most one object of the source, so two links to one URL stay two.
    let mut matched = vec![false; known];
    for value in new {
        if is_empty(&value) {
            continue;
        }
        let matches = |index: &usize| (value.is_string() || !matched[*index]) && is_same(field, &list[*index], &value);
        let index = (0..known).find(matches);
        match (index, value) {
            (Some(index), Json::Object(mut stated)) => {
                matched[index] = true;
                if let (Json::Object(fields), Some(key)) = (&mut list[index], element_key(field)) {
                    // The key of the existing element keeps its spelling.
                    stated.remove(key);
                    // The number in a label does not replace one that was counted or reported.
                    let is_label = |label: &Json| {
                        label
                            .as_str()
                            .is_some_and(|label| label.parse().ok() == stated.get("parameters").and_then(count))
                    };
                    if field == "sizes"
                        && fields.contains_key("parametersBasis")
                        && !stated.contains_key("parametersBasis")
                        && fields.get(key).is_some_and(is_label)
                    {
                        stated.remove("parameters");
                    }
                    merge(fields, stated);
                }
            }
            (Some(_), _) => {}
            // Null in the values of evidence is a statement.
            (None, value) if field == "evidence" => list.push(value),
            (None, Json::Object(stated)) => {
                let mut fields = Map::new();
                merge(&mut fields, stated);
                list.push(fields.into());
            }
            (None, value) => {
                if !list[known..].contains(&value) {
                    list.push(value);
                }
            }
        }
    }
    list
}

/// Replaces the slugs of datasets by objects, so that they merge with objects that say more.
fn dataset_objects(list: Vec<Json>) -> Vec<Json> {
    let object = |dataset: Json| match dataset {
        Json::String(slug) => serde_json::json!({ "dataset": slug }),
        other => other,
    };
    list.into_iter().map(object).collect()
}

/// Whether an element of the catalog and one of the source are the same.
fn is_same(field: &str, old: &Json, new: &Json) -> bool {
    let normalized = |value: &Json| value.as_str().map(normalize);
    match element_key(field) {
        Some("label") => old.get("label").and_then(normalized) == new.get("label").and_then(normalized),
        Some("repository") => address(old) == address(new),
        Some(key) => old.get(key) == new.get(key),
        None => old == new || (old.is_string() && normalized(old) == normalized(new)),
    }
}

/// Returns the key of the checkpoint in a JSON document.
fn address(checkpoint: &Json) -> Option<CheckpointKey> {
    let text = |field: &str| checkpoint.get(field).and_then(Json::as_str).filter(|text| !text.is_empty());
    let hub = text("hub").unwrap_or(DEFAULT_HUB);
    Some(CheckpointKey::new(
        hub,
        text("repository")?,
        text("revision").unwrap_or_default(),
        text("path").unwrap_or_default(),
    ))
}

/// Removes summaries that add nothing: the catalog has a summary in that language, or the text is one of `known`. Returns a
/// warning for each removed summary that differs from that of the catalog.
pub fn drop_redundant_summary(
    document: &Map<String, Json>,
    stated: &mut Map<String, Json>,
    known: &[String],
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let Some(Json::Object(texts)) = stated.get_mut("summary") else { return warnings };
    texts.retain(|language, text| {
        let Json::String(text) = text else { return true };
        let old = document.get("summary").and_then(|summary| summary.get(language)?.as_str());
        match old {
            Some(old) => {
                if normalize(old) != normalize(text) && !text.trim().is_empty() {
                    warnings.push(Warning {
                        column: format!("summary.{language}"),
                        raw: text.clone(),
                        message: format!("the catalog has {old:?}, which was kept; a row with a slug replaces it"),
                    });
                }
                false
            }
            None => {
                let normalized = normalize(text);
                !known.iter().any(|known| normalize(known) == normalized)
            }
        }
    });
    warnings
}

/// Removes the address of a license's text if the terms of the license in the catalog were read at another address. Sources that
/// name a license link to copies of it. Returns a warning if it was removed.
pub fn drop_url_of_copy(document: &Map<String, Json>, stated: &mut Map<String, Json>) -> Option<Warning> {
    let known = document.get("url").filter(|_| document.contains_key("termsReviewed"))?.as_str()?;
    let raw = stated.get("url")?.as_str().filter(|url| *url != known)?.to_owned();
    stated.remove("url");
    let message =
        format!("the terms of this license were read at {known:?}, which was kept; a row with a slug replaces it");
    Some(Warning { column: "url".to_owned(), raw, message })
}

/// Returns all texts of a document except its summary.
pub fn texts(document: &Map<String, Json>) -> Vec<String> {
    fn collect(value: &Json, texts: &mut Vec<String>) {
        match value {
            Json::String(text) => texts.push(text.clone()),
            Json::Array(items) => items.iter().for_each(|item| collect(item, texts)),
            Json::Object(fields) => fields.values().for_each(|field| collect(field, texts)),
            _ => {}
        }
    }
    let mut texts = Vec::new();
    document.iter().filter(|(field, _)| *field != "summary").for_each(|(_, value)| collect(value, &mut texts));
    texts
}
