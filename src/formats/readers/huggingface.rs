//! Reads responses of the Hugging Face Hub API: the object of `/api/models/{id}`, or a list of such objects.

use crate::formats::parse::implied_subjects::add_implied_subjects;
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::row::cell::add_license_url;
use crate::formats::parse::source::{beginning, reject_all, reject_line};
use crate::formats::parse::{parameter_count, record_builder, source};
use crate::formats::record::ParsedEntry;
use entity::vocabulary::{LinkKind, ModelKind, ParametersBasis, SubjectType};
use serde_json::{Map, Value as Json, json, value::RawValue};

/// The maximum size of a response, in bytes.
pub const MAX_BYTES: usize = 16 << 20;

/// The base URL of model ids.
const HUB_URL: &str = "https://huggingface.co";

/// The keys that are read or deliberately ignored.
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

/// The keys of the model card's metadata that are read.
const CARD_KEYS: [&str; 6] = ["license", "license_name", "license_link", "datasets", "base_model", "tags"];

/// Reads a response about one model or a list of models. Records of licenses and datasets come before the models that refer to
/// them.
pub fn read(bytes: &[u8]) -> Vec<ParsedEntry> {
    let text = match source::text(bytes, MAX_BYTES) {
        Ok(text) => text,
        Err(rejected) => return reject_all(rejected),
    };
    let entries = match serde_json::from_str::<Vec<&RawValue>>(text) {
        Ok(models) => {
            let (mut position, mut line) = (0, 1);
            let entries = models.into_iter().flat_map(|object| {
                let offset = object.get().as_ptr() as usize - text.as_ptr() as usize;
                line += text[position..offset].matches('\n').count();
                position = offset;
                read_model(object.get(), line)
            });
            entries.collect()
        }
        Err(_) => read_model(text, 1),
    };
    add_implied_subjects(entries)
}

/// Reads the object of a model that begins at a line.
fn read_model(text: &str, line: usize) -> Vec<ParsedEntry> {
    let response = match serde_json::from_str::<Json>(text) {
        Ok(Json::Object(response)) => response,
        Ok(_) => {
            let message = "not the JSON object of a model as returned by /api/models/{id}";
            return reject_all(reject_line(line, &beginning(text), &beginning(text), message));
        }
        Err(error) => {
            let line = line + error.line().saturating_sub(1);
            return reject_all(reject_line(line, "", &beginning(text), &format!("not valid JSON: {error}")));
        }
    };
    let Some(id) = response.get("id").or(response.get("modelId")).and_then(Json::as_str).filter(|id| is_id(id)) else {
        return reject_all(reject_line(line, "", &beginning(text), "no valid id such as \"Qwen/Qwen3-8B\""));
    };
    let name = name_from_id(id);
    let mut builder = RecordBuilder::new(SubjectType::Model, line, name);
    for (key, message) in [
        ("private", "the model is private, so its weights are not open; only models with open weights are imported"),
        ("disabled", "the model is disabled, so its weights are not open; only models with open weights are imported"),
    ] {
        if response.get(key) == Some(&Json::Bool(true)) {
            builder.warn(key, "true", message);
            return vec![builder.reject()];
        }
    }
    builder.push_link("id", LinkKind::Weights, None, &format!("{HUB_URL}/{id}"));
    if let Some(author) = response.get("author").and_then(Json::as_str).or(id.split_once('/').map(|(author, _)| author))
    {
        builder.push("organizations", author);
        builder.warn("author", author, "name of the account on the Hub; stored as the organization");
    }
    let empty = Map::new();
    let card = response.get("cardData").and_then(Json::as_object).unwrap_or(&empty);
    let tags = texts(response.get("tags"));
    let tagged =
        |prefix: &str| tags.iter().filter_map(|tag| tag.strip_prefix(prefix).map(str::to_owned)).collect::<Vec<_>>();
    read_license(&mut builder, id, card, tagged("license:"));
    for dataset in card_or_tags(card.get("datasets"), tagged("dataset:")) {
        let link = record_builder::link_json(LinkKind::Dataset, None, &format!("{HUB_URL}/datasets/{dataset}"));
        builder.add_related(
            SubjectType::Dataset,
            &dataset,
            Map::from_iter(link.map(|link| ("links".to_owned(), json!([link])))),
        );
        builder.push("datasets", dataset);
    }
    read_base_model(&mut builder, &response, card, tagged("base_model:"));
    for paper in tagged("arxiv:") {
        builder.push_link("tags", LinkKind::Paper, None, &format!("https://arxiv.org/abs/{paper}"));
    }
    let weights = ["safetensors", "gguf"].into_iter().find_map(|key| Some((key, response.get(key)?.as_object()?)));
    if let Some((key, weights)) = weights {
        parameter_count::read_parameter_count(
            &mut builder,
            key,
            name,
            weights.get("total"),
            weights.get("parameters"),
            ParametersBasis::Counted,
        );
    }
    if let Some(created) = response.get("createdAt").and_then(Json::as_str) {
        builder.warn(
            "createdAt",
            created,
            "creation of the repository on the Hub, not the release of the model; ignored",
        );
    }
    let unread = response.keys().filter(|key| !KEYS.contains(&key.as_str())).cloned();
    let unread =
        unread.chain(card.keys().filter(|key| !CARD_KEYS.contains(&key.as_str())).map(|key| format!("cardData.{key}")));
    warn_unknown_keys(&mut builder, unread);
    builder.finish()
}

/// Adds one warning with all keys that are not read.
pub fn warn_unknown_keys(builder: &mut RecordBuilder, keys: impl Iterator<Item = String>) {
    let keys = keys.collect::<Vec<_>>().join(", ");
    if !keys.is_empty() {
        builder.warn("", &keys, "keys without a field in the catalog; ignored");
    }
}

/// Whether a text is a model id: a name, or an account and a name.
fn is_id(text: &str) -> bool {
    let is_valid =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    text.split('/').all(is_valid) && text.split('/').count() <= 2
}

/// Returns the name in a model id.
fn name_from_id(id: &str) -> &str {
    id.split_once('/').map_or(id, |(_, name)| name)
}

/// Reads the license and the URL of its text.
fn read_license(builder: &mut RecordBuilder, id: &str, card: &Map<String, Json>, tagged: Vec<String>) {
    let text = |key: &str| card.get(key).and_then(Json::as_str).filter(|text| !text.trim().is_empty());
    let names = card_or_tags(card.get("license"), tagged);
    let name = match &names[..] {
        [] => return,
        [name] if name == "unknown" => return,
        [name] if name == "other" => match text("license_name") {
            Some(name) => name.to_owned(),
            None => {
                return builder.warn("license", name, "the license is \"other\", but license_name is missing; ignored");
            }
        },
        [name] => name.clone(),
        _ => {
            return builder.warn(
                "license",
                &names.join(", "),
                "more than one license; name the one that applies; ignored",
            );
        }
    };
    if let Some(link) = text("license_link") {
        // A file name without a URL refers to the model's repository.
        let url = if link.contains("://") { link.to_owned() } else { format!("{HUB_URL}/{id}/blob/main/{link}") };
        add_license_url(builder, "license_link", &name, &url);
    }
    builder.set("license", name);
}

/// Reads the base model, from the model tree, else from the card or the tags.
fn read_base_model(
    builder: &mut RecordBuilder,
    response: &Map<String, Json>,
    card: &Map<String, Json>,
    tagged: Vec<String>,
) {
    let tree = response.get("baseModels").and_then(|tree| tree.get("models")).and_then(Json::as_array);
    let tree =
        tree.into_iter().flatten().filter_map(|model| model.get("id")?.as_str()).map(str::to_owned).collect::<Vec<_>>();
    // A tag with a relation, such as `base_model:quantized:a/b`, repeats the tag without it.
    let tagged =
        tagged.into_iter().map(|tag| tag.rsplit(':').next().unwrap_or_default().to_owned()).collect::<Vec<_>>();
    let mut bases = if tree.is_empty() { card_or_tags(card.get("base_model"), tagged) } else { tree };
    bases.sort();
    bases.dedup();
    match &bases[..] {
        [] => return,
        [base] => builder.set("baseModel", name_from_id(base)),
        _ => {
            builder.warn(
                "base_model",
                &bases.join(", "),
                "more than one base model, but a model has only one; ignored",
            );
        }
    }
    builder.set("kind", ModelKind::Derived.word());
}

/// Returns the texts of the card, else those of the tags that the Hub derives from the card.
fn card_or_tags(card: Option<&Json>, tagged: Vec<String>) -> Vec<String> {
    let stated = texts(card);
    if stated.is_empty() { tagged } else { stated }
}

/// Returns the texts of a text or a list. Blank texts and texts with control characters are left out.
fn texts(json: Option<&Json>) -> Vec<String> {
    let is_clean = |text: &str| !text.trim().is_empty() && !text.chars().any(char::is_control);
    match json {
        Some(Json::String(text)) if is_clean(text) => vec![text.clone()],
        Some(Json::Array(list)) => {
            list.iter().filter_map(Json::as_str).filter(|text| is_clean(text)).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}
