//! Merging what a source states into what the catalog says.
//!
//! What says nothing (null, blank, an empty list) clears nothing. A value that differs replaces; objects merge field by
//! field; lists of words unite; sizes merge by their labels and links by their addresses. What the source does not speak
//! of stays.

use crate::domain::text::normalize;
use crate::formats::record::Warning;
use entity::vocabulary::DataUnit;
use serde_json::{Map, Value as Json, map::Entry};

/// Merges the fields that a source states into those of a document.
pub fn merge(document: &mut Map<String, Json>, stated: Map<String, Json>) {
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
                        // The amount of training data is what its text says: another text says another amount.
                        if entry.key() == "dataScale"
                            && new.get("text").is_some_and(|text| !is_empty(text) && Some(text) != old.get("text"))
                        {
                            old.remove("amount");
                        } else if entry.key() == "dataScale" {
                            // That nobody says what the same words count clears nothing.
                            new.retain(|field, value| field != "unit" || *value != DataUnit::Unknown.word());
                        }
                        merge(&mut old, new);
                        old.into()
                    }
                    (Json::Array(old), Json::Array(new)) => merge_list(entry.key(), old, new).into(),
                    (_, value) => value,
                };
                entry.insert(merged);
            }
        }
    }
}

/// Whether a value is no statement at all.
pub fn is_empty(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::String(text) => text.trim().is_empty(),
        Json::Array(items) => items.iter().all(is_empty),
        Json::Object(fields) => fields.values().all(is_empty),
        Json::Bool(_) | Json::Number(_) => false,
    }
}

/// What tells the elements of a list apart, where they are objects.
fn key_of(field: &str) -> Option<&'static str> {
    match field {
        "sizes" => Some("label"),
        "links" => Some("url"),
        _ => None,
    }
}

/// The elements of both lists, those that the catalog has first and in their order.
fn merge_list(field: &str, old: Vec<Json>, new: Vec<Json>) -> Vec<Json> {
    let known = old.len();
    let mut list = old;
    // An element of the catalog is met by one of the source, so that two links to one address stay two.
    let mut met = vec![false; known];
    for value in new {
        if is_empty(&value) {
            continue;
        }
        let same = |index: &usize| (value.is_string() || !met[*index]) && same(field, &list[*index], &value);
        let place = (0..known).find(same);
        match (place, value) {
            (Some(place), Json::Object(mut stated)) => {
                met[place] = true;
                if let (Json::Object(fields), Some(key)) = (&mut list[place], key_of(field)) {
                    // It identifies what is there and says nothing new of it.
                    stated.remove(key);
                    merge(fields, stated);
                }
            }
            (Some(_), _) => {}
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

/// Whether an element of the catalog and one of the source are the same thing.
fn same(field: &str, old: &Json, new: &Json) -> bool {
    let normalized = |value: &Json| value.as_str().map(normalize);
    match key_of(field) {
        Some("label") => old.get("label").and_then(normalized) == new.get("label").and_then(normalized),
        Some(key) => old.get(key) == new.get(key),
        None => old == new || (old.is_string() && normalized(old) == normalized(new)),
    }
}

/// Takes out of a statement the prose that states nothing: where the catalog has some in that language, and what is one of
/// its other texts. What differs is told.
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
                        message: format!("the catalog says {old:?}, which stays"),
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

/// Every text in a document but its summary.
pub fn texts(document: &Map<String, Json>) -> Vec<String> {
    fn gather(value: &Json, texts: &mut Vec<String>) {
        match value {
            Json::String(text) => texts.push(text.clone()),
            Json::Array(items) => items.iter().for_each(|item| gather(item, texts)),
            Json::Object(fields) => fields.values().for_each(|field| gather(field, texts)),
            _ => {}
        }
    }
    let mut texts = Vec::new();
    document.iter().filter(|(field, _)| *field != "summary").for_each(|(_, value)| gather(value, &mut texts));
    texts
}
