//! Pages of single models: the Hugging Face Hub and models.dev.

use std::path::Path;

use libtest_mimic::Trial;
use open_llm_catalog::formats::readers::{huggingface, models_dev};
use serde_json::{Value as Json, json};

use super::{messages, models, with_facts};
use crate::trials;

pub fn trials() -> Vec<Trial> {
    trials![plain:
        hugging_face_models_are_read,
        missing_hugging_face_fields_are_accepted,
        gated_hugging_face_models_are_rejected,
        models_dev_models_are_read,
        models_without_open_weights_are_rejected,
        pages_of_files_are_not_models,
        counts_of_weights_are_parameters,
        copies_are_not_models,
        models_dev_states_more_than_a_name,
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

fn pages_of_files_are_not_models() {
    let read = |page: Json| {
        let entries = huggingface::read(page.to_string().as_bytes());
        (models(&entries), entries.iter().any(|entry| entry.as_ref().err().is_some_and(|rejected| rejected.ignorable)))
    };
    for page in [
        json!({ "id": "a/b", "library_name": "peft" }),
        json!({ "id": "a/b", "tags": ["lora"] }),
        json!({ "id": "a/b", "tags": ["base_model:adapter:c/d"] }),
        json!({ "id": "a/b", "siblings": [{ "rfilename": "adapter_config.json" }] }),
        json!({ "id": "a/b", "tags": ["base_model:quantized:c/d"] }),
        json!({ "id": "a/b", "cardData": { "base_model": "c/d", "base_model_relation": "quantized" } }),
        json!({ "id": "a/b", "cardData": { "base_model": "c/d" }, "siblings": [{ "rfilename": "b.gguf" }] }),
    ] {
        assert_eq!(read(page.clone()), (json!({}), true), "{page}");
    }
    let lines = "{\"id\":\"a/tuned\",\"cardData\":{\"base_model\":\"a/base\",\"base_model_relation\":\"finetune\"}}\n{\"id\":\"a/base\"}\n";
    let entries = huggingface::read(lines.as_bytes());
    let ids = entries.iter().flatten().filter_map(|record| record.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids, ["a/base", "a/tuned"]);
    assert_eq!(models(&entries)["tuned"]["bases"], json!([{ "model": "a/base", "relation": "FINE_TUNED" }]));
}

fn counts_of_weights_are_parameters() {
    let size = |id: &str, safetensors: Json| {
        let entries = huggingface::read(json!({ "id": id, "safetensors": safetensors }).to_string().as_bytes());
        let name = id.split_once('/').map_or(id, |(_, name)| name);
        let size = models(&entries)[name]["sizes"][0].clone();
        (size["label"].as_str().map(str::to_owned), size["parameters"].as_i64())
    };
    let found = |label: &str, parameters: i64| (Some(label.to_owned()), Some(parameters));
    assert_eq!(size("a/b-8B", json!({ "parameters": { "BF16": 8_190_735_360_i64 } })), found("8B", 8_190_735_360));
    assert_eq!(
        size("a/b", json!({ "parameters": { "BF16": 7_615_616_512_i64 }, "total": 333_312 })),
        found("7615616512", 7_615_616_512)
    );
    assert_eq!(size("a/b-2b", json!({ "total": 2_506_172_416_i64 })), found("2b", 2_506_172_416));
    assert_eq!(size("a/b-mini-4k", json!({ "total": 3_821_079_552_i64 })), found("3821079552", 3_821_079_552));
    assert_eq!(size("a/b-1M", json!({ "total": 6_738_415_616_i64 })), found("6738415616", 6_738_415_616));
    assert_eq!(
        size("a/b-7B", json!({ "parameters": { "F16": 7_000_000_000_i64, "I64": 512 }, "total": 7_000_000_512_i64 })),
        found("7B", 7_000_000_000)
    );
    assert_eq!(size("a/b-7B", json!({ "parameters": { "F16": 300, "I32": 900 }, "total": 1200 })), (None, None));
}

fn copies_are_not_models() {
    let entries = huggingface::read(br#"[{"id":"a/B-7B-GGUF"},{"id":"a/B-AWQ"},{"id":"a/B-7B"}]"#);
    let read = models(&entries);
    assert_eq!(read.as_object().into_iter().flatten().map(|(name, _)| name).collect::<Vec<_>>(), ["B-7B"]);
}

fn models_dev_states_more_than_a_name() {
    let text = "name = \"A\"\nopen_weights = true\nrelease_date = 2024-12-06\nknowledge = \"2024-06\"\n[limit]\ncontext = 128_000\n\
                [modalities]\ninput = [\"text\", \"image\", \"pdf\"]\noutput = [\"text\"]\n[[benchmarks]]\nname = \"x\"\n";
    let entries = models_dev::read(text.as_bytes(), Some(Path::new("x/models/maker/a.toml")));
    let expected = json!({ "A": {
        "organizations": ["maker"], "contextLength": 128_000, "releaseDate": "2024-12-06", "knowledgeCutoff": "2024-06",
        "modalities": { "input": ["TEXT", "IMAGE", "OTHER"], "output": ["TEXT"] } } });
    assert_eq!(models(&entries), expected);
    assert_eq!(messages(&entries), ["benchmarks: keys without a field in the catalog; ignored"]);
    for text in ["name = \"A\"\nenv = [\"K\"]\nnpm = \"x\"\n", "name = \"A\"\nopen_weights = true\n[cost]\ninput = 1\n"]
    {
        let entries = models_dev::read(text.as_bytes(), None);
        assert!(matches!(&entries[..], [Err(rejected)] if !rejected.ignorable), "{text}");
    }
    assert_eq!(
        models(&models_dev::read(b"name = \"A\"\nopen_weights = true\n", Some(Path::new("a.toml"))))["A"],
        json!({})
    );
}
