//! Reads what the Hugging Face Hub tells of a model: a saved answer of `/api/models/{id}`.

use crate::formats::parse::implied_subjects::add_implied_subjects;
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::row::cell::license_at;
use crate::formats::parse::source::{beginning, reject_all, reject_line};
use crate::formats::parse::{parameter_count, record_builder, source};
use crate::formats::record::ParsedEntry;
use entity::vocabulary::{LinkKind, ModelKind, SubjectType};
use serde_json::{Map, Value as Json, json, value::RawValue};

/// The bytes of an answer that are read.
pub const MAX_BYTES: usize = 16 << 20;

/// The site that ids are addresses on.
const HUB: &str = "https://huggingface.co";

/// The keys that are read.
const KEYS: [&str; 13] = [
    "_id",
    "id",
    "modelId",
    "author",
    "private",
    "disabled",
    "gated",
    "safetensors",
    "gguf",
    "tags",
    "cardData",
    "baseModels",
    "createdAt",
];

/// The keys of the model card's own metadata that are read.
const CARD_KEYS: [&str; 6] = ["license", "license_name", "license_link", "datasets", "base_model", "tags"];

/// Reads an answer about one model, or about a list of them. What a model refers to comes before it.
pub fn read(bytes: &[u8]) -> Vec<ParsedEntry> {
    let text = match source::text(bytes, MAX_BYTES) {
        Ok(text) => text,
        Err(rejected) => return reject_all(rejected),
    };
    let entries = match serde_json::from_str::<Vec<&RawValue>>(text) {
        Ok(models) => {
            let (mut read, mut line) = (0, 1);
            let entries = models.into_iter().flat_map(|found| {
                let offset = found.get().as_ptr() as usize - text.as_ptr() as usize;
                line += text[read..offset].matches('\n').count();
                read = offset;
                model(found.get(), line)
            });
            entries.collect()
        }
        Err(_) => model(text, 1),
    };
    add_implied_subjects(entries)
}

/// Reads what an answer says of the model that begins at a line.
fn model(text: &str, line: usize) -> Vec<ParsedEntry> {
    let answer = match serde_json::from_str::<Json>(text) {
        Ok(Json::Object(answer)) => answer,
        Ok(_) => {
            let message = "is not the object that the Hub tells of a model";
            return reject_all(reject_line(line, &beginning(text), &beginning(text), message));
        }
        Err(error) => {
            let line = line + error.line().saturating_sub(1);
            return reject_all(reject_line(line, "", &beginning(text), &format!("is not JSON: {error}")));
        }
    };
    let Some(id) = answer.get("id").or(answer.get("modelId")).and_then(Json::as_str).filter(|id| is_id(id)) else {
        return reject_all(reject_line(line, "", &beginning(text), "has no id such as \"Qwen/Qwen3-8B\""));
    };
    let name = name_of(id);
    let mut draft = RecordBuilder::new(SubjectType::Model, line, name);
    for (key, message) in
        [("private", "is private: its weights are not open"), ("disabled", "is disabled: its weights are not open")]
    {
        if answer.get(key) == Some(&Json::Bool(true)) {
            draft.warn(key, "true", message);
            return vec![draft.reject()];
        }
    }
    draft.link("id", LinkKind::Weights, None, &format!("{HUB}/{id}"));
    if let Some(author) = answer.get("author").and_then(Json::as_str).or(id.split_once('/').map(|(author, _)| author)) {
        draft.push("organizations", author);
        draft.warn("author", author, "is the name of an account on the Hub; recorded as the maker's");
    }
    let empty = Map::new();
    let card = answer.get("cardData").and_then(Json::as_object).unwrap_or(&empty);
    let tags = texts(answer.get("tags"));
    let tagged =
        |prefix: &str| tags.iter().filter_map(|tag| tag.strip_prefix(prefix).map(str::to_owned)).collect::<Vec<_>>();
    license(&mut draft, id, card, tagged("license:"));
    for dataset in stated(card.get("datasets"), tagged("dataset:")) {
        let link = record_builder::link(LinkKind::Dataset, None, &format!("{HUB}/datasets/{dataset}"));
        draft.state(
            SubjectType::Dataset,
            &dataset,
            Map::from_iter(link.map(|link| ("links".to_owned(), json!([link])))),
        );
        draft.push("datasets", dataset);
    }
    base_model(&mut draft, &answer, card, tagged("base_model:"));
    for paper in tagged("arxiv:") {
        draft.link("tags", LinkKind::Paper, None, &format!("https://arxiv.org/abs/{paper}"));
    }
    let weights = ["safetensors", "gguf"].into_iter().find_map(|key| Some((key, answer.get(key)?.as_object()?)));
    if let Some((key, weights)) = weights {
        parameter_count::state(&mut draft, key, name, weights.get("total"), weights.get("parameters"));
    }
    if let Some(created) = answer.get("createdAt").and_then(Json::as_str) {
        draft.warn("createdAt", created, "is when the page was made, not when the model was released; not read");
    }
    let unread = answer.keys().filter(|key| !KEYS.contains(&key.as_str())).cloned();
    let unread =
        unread.chain(card.keys().filter(|key| !CARD_KEYS.contains(&key.as_str())).map(|key| format!("cardData.{key}")));
    unknown_keys(&mut draft, unread);
    draft.finish()
}

/// Tells in one warning which keys say nothing that is recorded.
pub fn unknown_keys(draft: &mut RecordBuilder, keys: impl Iterator<Item = String>) {
    let keys = keys.collect::<Vec<_>>().join(", ");
    if !keys.is_empty() {
        draft.warn("", &keys, "say nothing that is recorded of models; not read");
    }
}

/// Whether a text is an id: a name, or an account and a name.
fn is_id(text: &str) -> bool {
    let name = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    text.split('/').all(name) && text.split('/').count() <= 2
}

/// The name of a model by its id.
fn name_of(id: &str) -> &str {
    id.split_once('/').map_or(id, |(_, name)| name)
}

fn license(draft: &mut RecordBuilder, id: &str, card: &Map<String, Json>, tagged: Vec<String>) {
    let text = |key: &str| card.get(key).and_then(Json::as_str).filter(|text| !text.trim().is_empty());
    let names = stated(card.get("license"), tagged);
    let name = match &names[..] {
        [] => return,
        [name] if name == "unknown" => return,
        [name] if name == "other" => match text("license_name") {
            Some(name) => name.to_owned(),
            None => return draft.warn("license", name, "does not name the license; not read"),
        },
        [name] => name.clone(),
        _ => {
            return draft.warn(
                "license",
                &names.join(", "),
                "is more than one license; which holds is not said; not read",
            );
        }
    };
    if let Some(link) = text("license_link") {
        // A file's name alone stands in the model's own repository.
        let url = if link.contains("://") { link.to_owned() } else { format!("{HUB}/{id}/blob/main/{link}") };
        license_at(draft, "license_link", &name, &url);
    }
    draft.set("license", name);
}

fn base_model(draft: &mut RecordBuilder, answer: &Map<String, Json>, card: &Map<String, Json>, tagged: Vec<String>) {
    let tree = answer.get("baseModels").and_then(|tree| tree.get("models")).and_then(Json::as_array);
    let tree =
        tree.into_iter().flatten().filter_map(|model| model.get("id")?.as_str()).map(str::to_owned).collect::<Vec<_>>();
    // A tag with a relation repeats the one without.
    let tagged =
        tagged.into_iter().map(|tag| tag.rsplit(':').next().unwrap_or_default().to_owned()).collect::<Vec<_>>();
    let mut bases = if tree.is_empty() { stated(card.get("base_model"), tagged) } else { tree };
    bases.sort();
    bases.dedup();
    match &bases[..] {
        [] => return,
        [base] => draft.set("baseModel", name_of(base)),
        _ => draft.warn("base_model", &bases.join(", "), "are several base models, of which one is recorded; not read"),
    }
    draft.set("kind", ModelKind::Derived.word());
}

/// What the card says, or else the tags that are made of it.
fn stated(card: Option<&Json>, tagged: Vec<String>) -> Vec<String> {
    let said = texts(card);
    if said.is_empty() { tagged } else { said }
}

/// A text or a list of texts.
fn texts(json: Option<&Json>) -> Vec<String> {
    let clean = |text: &str| !text.trim().is_empty() && !text.chars().any(char::is_control);
    match json {
        Some(Json::String(text)) if clean(text) => vec![text.clone()],
        Some(Json::Array(list)) => {
            list.iter().filter_map(Json::as_str).filter(|text| clean(text)).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}
