//! Pages of single models: the Hugging Face Hub and models.dev.

use libtest_mimic::Trial;
use open_llm_catalog::formats::readers::{huggingface, models_dev};
use serde_json::{Value as Json, json};

use super::with_facts;
use crate::trials;

pub fn trials() -> Vec<Trial> {
    trials![plain:
        hugging_face_models_are_read,
        missing_hugging_face_fields_are_accepted,
        gated_hugging_face_models_are_rejected,
        models_dev_models_are_read,
        models_without_open_weights_are_rejected,
    ]
}

const PAGE: &str = include_str!("../data/huggingface.json");
const FILE: &str = include_str!("../data/models-dev.toml");

fn hugging_face_models_are_read() {
    let expected = json!([
        { "line": 1, "row": "huggingface.co/Qwen/Qwen3-30B-A3B", "subject": "SOURCE", "fields": {
            "title": "huggingface.co/Qwen/Qwen3-30B-A3B", "url": "https://huggingface.co/Qwen/Qwen3-30B-A3B",
            "kind": "MODEL_CARD", "publisher": "Qwen" } },
        { "line": 1, "row": "apache-2.0", "subject": "LICENSE", "fields": {
            "name": "apache-2.0", "url": "https://huggingface.co/Qwen/Qwen3-30B-A3B/blob/main/LICENSE" } },
        { "line": 1, "row": "allenai/dolma", "subject": "DATASET", "fields": {
            "name": "allenai/dolma",
            "links": [{ "kind": "DATASET", "url": "https://huggingface.co/datasets/allenai/dolma" }] } },
        { "line": 1, "row": "Qwen3-30B-A3B", "subject": "MODEL", "fields": {
            "name": "Qwen3-30B-A3B", "kind": "DERIVED", "organizations": ["Qwen"], "license": "apache-2.0",
            "bases": [{ "model": "Qwen/Qwen3-30B-A3B-Base", "relation": "FINE_TUNED" }], "datasets": ["allenai/dolma"],
            "links": [
                { "kind": "WEIGHTS", "url": "https://huggingface.co/Qwen/Qwen3-30B-A3B" },
                { "kind": "PAPER", "url": "https://arxiv.org/abs/2309.00071" },
            ],
            "sizes": [
                { "label": "30B-A3B", "parameters": 30_532_122_624_i64, "parametersBasis": "COUNTED", "activeParameters": 3_000_000_000_i64 },
            ] },
          "warnings": [
            "author | Qwen | name of the account on the Hub; stored as the organization",
            "createdAt | 2025-04-27T03:43:05.000Z | creation of the repository on the Hub, not the release of the model; ignored",
            " | config, downloads, lastModified, likes, pipeline_tag, sha, usedStorage, cardData.pipeline_tag | keys without a field in the catalog; ignored",
          ] },
    ]);
    assert_eq!(with_facts(&huggingface::read(PAGE.as_bytes())), expected);
}

/// The model's fields and warnings in a page with other values.
fn hub(changes: &Json) -> (Json, Vec<String>) {
    let mut page = json!({ "id": "acme/demo" });
    for (key, value) in changes.as_object().expect("an object") {
        page[key] = value.clone();
    }
    let shown = with_facts(&huggingface::read(page.to_string().as_bytes()));
    let last = shown.as_array().and_then(|list| list.last()).expect("an entry");
    let warnings = last["warnings"].as_array().into_iter().flatten().filter_map(Json::as_str).map(str::to_owned);
    (last["fields"].clone(), warnings.skip(1).collect())
}

fn missing_hugging_face_fields_are_accepted() {
    let link = json!([{ "kind": "WEIGHTS", "url": "https://huggingface.co/acme/demo" }]);
    let bare = json!({ "name": "demo", "organizations": ["acme"], "links": link });
    assert_eq!(hub(&json!({})), (bare.clone(), vec![]));
    assert_eq!(hub(&json!({ "cardData": { "license": "unknown" } })), (bare.clone(), vec![]));
    let other = hub(
        &json!({ "cardData": { "license": "other", "license_name": "acme-1.0", "license_link": "https://acme.org/l" } }),
    );
    assert_eq!(other.0["license"], "acme-1.0");
    let merged = hub(&json!({ "cardData": { "base_model": ["a/b", "c/d"] } }));
    assert_eq!((&merged.0["kind"], merged.0.get("baseModel")), (&json!("DERIVED"), None));
    assert_eq!(merged.0["bases"], json!([{ "model": "a/b" }, { "model": "c/d" }]));
    let tagged = hub(&json!({ "tags": ["base_model:a/Base-7B"] }));
    assert_eq!((&tagged.0["kind"], &tagged.0["baseModel"]), (&json!("DERIVED"), &json!("a/Base-7B")));
    let packed = hub(
        &json!({ "safetensors": { "total": 1_200_000_000_i64, "parameters": { "I32": 900_000_000, "F16": 300_000_000 } } }),
    );
    assert_eq!(packed.0, bare);
    assert_eq!(
        packed.1,
        ["safetensors | 1200000000 | number of quantized (packed) weights, not of parameters; ignored"]
    );
    let exact = hub(&json!({ "safetensors": { "total": 1_100_048_384 } }));
    assert_eq!(
        exact.0["sizes"],
        json!([{ "label": "1100048384", "parameters": 1_100_048_384, "parametersBasis": "COUNTED" }])
    );
    let far = hub(&json!({ "id": "acme/demo-7B-it", "safetensors": { "total": 1_100_048_384 } }));
    assert_eq!(
        far.1,
        [
            "safetensors | 1100048384 | differs by more than 25% from the 7000000000 parameters in the name; stored without that size"
        ]
    );
}

fn gated_hugging_face_models_are_rejected() {
    let first = |text: &str| with_facts(&huggingface::read(text.as_bytes()))[0].clone();
    let private = first(r#"{ "id": "acme/demo", "private": true }"#);
    assert_eq!(
        private["warnings"],
        json!([
            "private | true | the model is private, so its weights are not open; only models with open weights are imported"
        ])
    );
    assert_eq!((&private["rejected"], &private["row"]), (&json!(true), &json!("demo")));
    for text in
        ["{", "\"x\"", "{}", "{\"id\": \"../../etc\"}", "{\"id\": \"a/b/c\"}", &"[".repeat(100_000), "{\"id\": 7}"]
    {
        assert_eq!(first(text)["rejected"], true, "{}", &text[..text.len().min(20)]);
    }
}

fn models_dev_models_are_read() {
    let expected = json!([
        { "line": 1, "row": "Example License 1.0", "subject": "LICENSE", "fields": {
            "name": "Example License 1.0", "url": "https://example.org/license" } },
        { "line": 1, "row": "Example 27B", "subject": "MODEL", "fields": {
            "name": "Example 27B", "releaseDate": "2026-04-07", "license": "Example License 1.0",
            "summary": { "en": "Strong open model for coding, terminals, and repositories" },
            "contextLength": 204_800, "knowledgeCutoff": "2025-12", "modalities": { "input": ["TEXT"], "output": ["TEXT"] },
            "links": [
                { "kind": "WEIGHTS", "title": "Hugging Face", "url": "https://huggingface.co/example/Example-27B" },
                { "kind": "ARTICLE", "title": "Example 27B", "url": "https://example.org/blog/27b" },
            ],
            "sizes": [{ "label": "27B", "parameters": 27_356_000_000_i64, "parametersBasis": "REPORTED" }] },
          "warnings": [
            "links | javascript:alert(1) | not an http(s) URL or a path in the list's repository; ignored",
            " | attachment, benchmarks, family, last_updated, reasoning, structured_output, temperature, tool_call | keys without a field in the catalog; ignored",
          ] },
    ]);
    assert_eq!(with_facts(&models_dev::read(FILE.as_bytes(), None)), expected);
    let doubtful = with_facts(&models_dev::read(b"name = \"A\"\nrelease_date = \"4/2026/3\"\n", None));
    assert_eq!(doubtful[0]["fields"], json!({ "name": "A" }));
    assert_eq!(
        doubtful[0]["warnings"],
        json!([
            "open_weights |  | not true or false; the weights were assumed to be open",
            "release_date | 4/2026/3 | not a date such as 2023-07-18, 2023-07 or 2023; ignored",
        ])
    );
}

fn models_without_open_weights_are_rejected() {
    let first = |text: &str| with_facts(&models_dev::read(text.as_bytes(), None))[0].clone();
    let closed = first(&FILE.replace("open_weights = true", "open_weights = false"));
    let reason = json!(["open_weights | false | the weights are not open; only models with open weights are imported"]);
    assert_eq!(
        (&closed["rejected"], &closed["row"], &closed["warnings"]),
        (&json!(true), &json!("Example 27B"), &reason)
    );
    let offer = first("base_model = \"deepseek/deepseek-v4.1-flash\"\n\n[cost]\ninput = 0.1\n");
    assert_eq!(
        offer["warnings"][0],
        " | \"deepseek/deepseek-v4.1-flash\" | a provider's entry for \
        \"deepseek/deepseek-v4.1-flash\", not a model; import the file of that model in the models folder"
    );
    assert_eq!(first("name = \"A\"\n\nname = \"B\"\n")["line"], 3);
    for text in ["x = 1", "name = 7", "name", &format!("a = {}", "[".repeat(100_000)), &"[a.".repeat(10_000)] {
        assert_eq!(first(text)["rejected"], true, "{}", &text[..text.len().min(20)]);
    }
}
