//! Reads responses of the Hugging Face Hub API: the object of `/api/models/{id}`, or a list of such objects.

use std::collections::HashMap;

use crate::domain::count::Count;
use crate::formats::parse::implied_subjects::add_implied_subjects;
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::row::cell::add_license_url;
use crate::formats::parse::source::{beginning, reject_all, reject_line};
use crate::formats::parse::{dictionary, parameter_count, record_builder, source};
use crate::formats::readers::json::no_duplicate_keys::NoDuplicateKeys;
use crate::formats::readers::records::is_copy;
use crate::formats::record::{ParsedEntry, Provenance};
use entity::vocabulary::{Confidence, LineageRelation, LinkKind, ModelKind, ParametersBasis, SourceKind, SubjectType};
use serde_json::{Map, Value as Json, json, value::RawValue};

/// The maximum size of a response, in bytes.
pub const MAX_BYTES: usize = 16 << 20;

/// The base URL of model ids.
const HUB_URL: &str = "https://huggingface.co";

/// The keys that are read or deliberately ignored.
const KEYS: [&str; 15] = [
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
    "library_name",
    "siblings",
];

/// The keys of the model card's metadata that are read.
const CARD_KEYS: [&str; 9] = [
    "license",
    "license_name",
    "license_link",
    "datasets",
    "base_model",
    "base_model_relation",
    "language",
    "library_name",
    "tags",
];

/// Reads a response about one model, a list of models, or one model per line. Records of licenses and datasets come before the models
/// that refer to them, and models before those that are derived from them.
pub fn read(bytes: &[u8]) -> Vec<ParsedEntry> {
    let text = match source::text(bytes, MAX_BYTES) {
        Ok(text) => text,
        Err(rejected) => return reject_all(rejected),
    };
    let (mut position, mut line) = (0, 1);
    let objects = objects(text).into_iter().map(|object| {
        let offset = object.as_ptr() as usize - text.as_ptr() as usize;
        line += text[position..offset].matches('\n').count();
        position = offset;
        (object, line)
    });
    let mut pages = objects.map(|(object, line)| read_model(object, line)).collect::<Vec<_>>();
    bases_first(&mut pages);
    add_implied_subjects(pages.into_iter().flatten().collect())
}

/// Returns the texts of the objects of a source: those of a list, those of its lines, or all of it.
fn objects(text: &str) -> Vec<&str> {
    if let Ok(list) = serde_json::from_str::<Vec<&RawValue>>(text) {
        return list.into_iter().map(RawValue::get).collect();
    }
    let lines = text.lines().filter(|line| !line.trim().is_empty()).map(str::trim);
    if lines.clone().all(|line| line.starts_with('{') && line.ends_with('}')) && lines.clone().count() > 1 {
        return lines.collect();
    }
    vec![text]
}

/// Moves the pages of models that others are derived from before those.
fn bases_first(pages: &mut [Vec<ParsedEntry>]) {
    let model = |page: &Vec<ParsedEntry>| page.iter().flatten().find(|record| record.id.is_some()).cloned();
    let models = pages.iter().map(model).collect::<Vec<_>>();
    let bases = models.iter().flatten().map(|record| {
        let single = record.fields.get("baseModel").and_then(Json::as_str);
        let list = record.fields.get("bases").and_then(Json::as_array).into_iter().flatten();
        let all = single.into_iter().chain(list.filter_map(|base| base["model"].as_str())).map(str::to_lowercase);
        (record.id.as_deref().unwrap_or_default().to_lowercase(), all.collect::<Vec<_>>())
    });
    let bases = bases.collect::<HashMap<_, _>>();
    // Longer chains and cycles need no more than a few steps.
    let depth = |page: &Vec<ParsedEntry>| {
        let mut id = model(page).and_then(|record| record.id).map(|id| id.to_lowercase());
        (0..8)
            .take_while(|_| {
                id = id.take().and_then(|id| bases.get(&id)?.iter().find(|base| bases.contains_key(*base)).cloned());
                id.is_some()
            })
            .count()
    };
    pages.sort_by_cached_key(depth);
}

/// Reads the object of a model that begins at a line.
fn read_model(text: &str, line: usize) -> Vec<ParsedEntry> {
    let response = match serde_json::from_str(text) {
        Ok(NoDuplicateKeys(Json::Object(response))) => response,
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
    let empty = Map::new();
    let card = response.get("cardData").and_then(Json::as_object).unwrap_or(&empty);
    let tags = texts(response.get("tags"));
    if let Some((column, raw, message)) = no_model(&response, card, &tags) {
        builder.warn(column, &raw, message);
        return vec![builder.ignore()];
    }
    let url = format!("{HUB_URL}/{id}");
    builder.identify(id);
    builder.push_link("id", LinkKind::Weights, None, &url);
    let account = response.get("author").and_then(Json::as_str).or(id.split_once('/').map(|(author, _)| author));
    if let Some(author) = account {
        builder.push("organizations", author);
        builder.warn("author", author, "name of the account on the Hub; stored as the organization");
    }
    let tagged =
        |prefix: &str| tags.iter().filter_map(|tag| tag.strip_prefix(prefix).map(str::to_owned)).collect::<Vec<_>>();
    read_license(&mut builder, id, card, tagged("license:"));
    for dataset in card_or_tags(card.get("datasets"), tagged("dataset:")) {
        let dataset =
            dataset.strip_prefix(HUB_URL).map_or(dataset.as_str(), |path| path.trim_start_matches("/datasets/"));
        let dataset = dataset.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
        if !is_id(dataset) {
            builder.warn("datasets", dataset, "not the id of a dataset such as \"allenai/dolma\"; ignored");
            continue;
        }
        let link = record_builder::link_json(LinkKind::Dataset, None, &format!("{HUB_URL}/datasets/{dataset}"));
        builder.add_related(
            SubjectType::Dataset,
            dataset,
            Map::from_iter(link.map(|link| ("links".to_owned(), json!([link])))),
        );
        builder.push("datasets", dataset);
    }
    read_bases(&mut builder, id, &response, card, &tags);
    for paper in tagged("arxiv:") {
        builder.push_link("tags", LinkKind::Paper, None, &format!("https://arxiv.org/abs/{paper}"));
    }
    for language in texts(card.get("language")) {
        if language.len() <= 3 && language.bytes().all(|byte| byte.is_ascii_lowercase()) {
            builder.push("languages", language);
        }
    }
    read_weights(&mut builder, name, &response);
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
    let title = format!("huggingface.co/{id}");
    let page = [("title", json!(title)), ("url", json!(url)), ("kind", json!(SourceKind::ModelCard))];
    let publisher = account.map(|account| ("publisher", json!(account)));
    builder.cite(
        Map::from_iter(page.into_iter().chain(publisher).map(|(field, value)| (field.to_owned(), value))),
        Provenance { source: title, locator: Some("page".to_owned()), quote: None, confidence: Confidence::Reported },
    );
    builder.finish()
}

/// Returns why a page is not that of a model: the key, its text and the reason. An adapter or a quantization is a file of another
/// model.
fn no_model(
    response: &Map<String, Json>,
    card: &Map<String, Json>,
    tags: &[String],
) -> Option<(&'static str, String, &'static str)> {
    const ADAPTER: &str = "the page is an adapter (LoRA), whose weights are not those of a model; ignored";
    const QUANTIZED: &str = "the page is a quantization of another model, not a model; ignored";
    let library = ["library_name"].iter().find_map(|key| response.get(*key).or(card.get(*key))?.as_str());
    if let Some(library) = library.filter(|library| matches!(*library, "peft" | "adapter-transformers")) {
        return Some(("library_name", library.to_owned(), ADAPTER));
    }
    let relation = card.get("base_model_relation").and_then(Json::as_str);
    let relation = relation.or_else(|| response.get("baseModels")?.get("relation")?.as_str());
    match relation {
        Some("adapter") => return Some(("base_model_relation", "adapter".to_owned(), ADAPTER)),
        Some("quantized") => return Some(("base_model_relation", "quantized".to_owned(), QUANTIZED)),
        _ => {}
    }
    let tag = |words: &[&str], prefix: &str| {
        tags.iter().find(|tag| words.contains(&tag.to_lowercase().as_str()) || tag.starts_with(prefix)).cloned()
    };
    if let Some(tag) = tag(&["lora", "peft", "qlora"], "base_model:adapter:") {
        return Some(("tags", tag, ADAPTER));
    }
    if let Some(tag) = tags.iter().find(|tag| tag.starts_with("base_model:quantized:")) {
        return Some(("tags", tag.clone(), QUANTIZED));
    }
    let files = response.get("siblings").and_then(Json::as_array).into_iter().flatten();
    let files = files.filter_map(|file| file.get("rfilename").and_then(Json::as_str)).collect::<Vec<_>>();
    if let Some(file) = files.iter().find(|file| **file == "adapter_config.json") {
        return Some(("siblings", (*file).to_owned(), ADAPTER));
    }
    let id = ["id", "modelId"].into_iter().find_map(|key| response.get(key)?.as_str()).unwrap_or_default();
    if is_copy(id.rsplit('/').next().unwrap_or(id)) {
        return Some(("id", id.to_owned(), QUANTIZED));
    }
    let has_base = card.contains_key("base_model") || tags.iter().any(|tag| tag.starts_with("base_model:"));
    let weights = |extension: &str| files.iter().any(|file| file.ends_with(extension));
    let only_gguf = weights(".gguf") && !weights(".safetensors") && !weights(".bin");
    (has_base && (only_gguf || library == Some("gguf"))).then(|| ("siblings", "gguf".to_owned(), QUANTIZED))
}

/// Reads the number of parameters: the sum of the types of the weights, else the total.
fn read_weights(builder: &mut RecordBuilder, name: &str, response: &Map<String, Json>) {
    let weights = ["safetensors", "gguf"].into_iter().find_map(|key| Some((key, response.get(key)?.as_object()?)));
    let Some((key, weights)) = weights else { return };
    let total = weights.get("total").filter(|total| !total.is_null());
    let types = weights.get("parameters").and_then(Json::as_object).into_iter().flatten();
    let (mut unpacked, mut packed) = (0_i64, 0_i64);
    for (kind, count) in types {
        // Integers hold several weights each, or positions and the like.
        let is_packed = ["I8", "U8", "I16", "U16", "I32", "U32", "I64", "U64", "BOOL"].contains(&kind.as_str());
        let sum = if is_packed { &mut packed } else { &mut unpacked };
        *sum = sum.saturating_add(parameter_count::parse_count(count).map_or(0, Count::get));
    }
    let raw = total.map_or_else(|| (unpacked + packed).to_string(), Json::to_string);
    if packed.saturating_mul(100) > unpacked && packed > 0 {
        return builder.warn(key, &raw, "number of quantized (packed) weights, not of parameters; ignored");
    }
    let stated = total.and_then(parameter_count::parse_count).map(Count::get).filter(|count| *count > 0);
    if total.is_some() && stated.is_none() && unpacked == 0 {
        return builder.warn(key, &raw, "not a parameter count such as 7000000000 or 7B; ignored");
    }
    if let Some(stated) = stated.filter(|stated| unpacked > 0 && *stated != unpacked && *stated != unpacked + packed) {
        let message =
            format!("the total differs from the sum {unpacked} of the types of the weights, which was stored");
        builder.warn(key, &stated.to_string(), message);
    }
    let count = if unpacked > 0 { Some(unpacked) } else { stated };
    let Some(count) = count.and_then(|count| Count::new(count).ok()) else { return };
    parameter_count::read_parameter_count(builder, key, name, count, ParametersBasis::Counted);
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
        [name] if dictionary::is_blank(name) => return,
        [name] if name == "other" => match text("license_name").filter(|name| !dictionary::is_blank(name)) {
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

/// Reads the bases with their relation, from the model tree, else from the card or the tags. They are ids of pages.
fn read_bases(
    builder: &mut RecordBuilder,
    id: &str,
    response: &Map<String, Json>,
    card: &Map<String, Json>,
    tags: &[String],
) {
    let tagged = tags.iter().filter_map(|tag| tag.strip_prefix("base_model:")).collect::<Vec<_>>();
    let tree = response.get("baseModels").and_then(|tree| tree.get("models")).and_then(Json::as_array);
    let tree =
        tree.into_iter().flatten().filter_map(|model| model.get("id")?.as_str()).map(str::to_owned).collect::<Vec<_>>();
    // A tag with a relation, such as `base_model:finetune:a/b`, repeats the tag without it.
    let of_tags = tagged.iter().map(|tag| tag.rsplit(':').next().unwrap_or_default().to_owned()).collect::<Vec<_>>();
    let mut bases = if tree.is_empty() { card_or_tags(card.get("base_model"), of_tags) } else { tree };
    for base in &mut bases {
        if let Some(path) = base.strip_prefix(HUB_URL) {
            *base = path.trim_matches('/').to_owned();
        }
    }
    bases.sort();
    bases.dedup();
    bases.retain(|base| {
        let is_base = is_id(base) && base != id;
        if !is_base {
            builder.warn("base_model", base, "not the id of another model; ignored");
        }
        is_base
    });
    let stated = card.get("base_model_relation").and_then(Json::as_str);
    let stated = stated.or_else(|| response.get("baseModels")?.get("relation")?.as_str());
    let relation = |base: &str| {
        let tagged = tagged.iter().find_map(|tag| tag.strip_suffix(base)?.strip_suffix(':'));
        match stated.or(tagged)? {
            "finetune" => Some(LineageRelation::FineTuned),
            "merge" => Some(LineageRelation::Merged),
            _ => None,
        }
    };
    match &bases[..] {
        [] => return,
        [base] if relation(base).is_none() => builder.set("baseModel", base.as_str()),
        _ => {
            for base in &bases {
                let mut entry = json!({ "model": base });
                if let Some(relation) = relation(base) {
                    entry["relation"] = json!(relation);
                }
                builder.push("bases", entry);
            }
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
