//! The tools for AI agents at `/mcp`.

use libtest_mimic::Trial;
use open_llm_catalog::domain::license::LicenseDocument;
use open_llm_catalog::domain::model::ModelDocument;
use open_llm_catalog::domain::organization::OrganizationDocument;
use open_llm_catalog::domain::source::SourceDocument;
use open_llm_catalog::http::limits::rate_limit::RateLimits;
use serde_json::{Value as Json, json};

use crate::{
    export::save,
    support::{App, options},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        twenty_questions_are_answered,
        the_tools_are_described_in_few_characters,
        mistakes_are_explained,
        a_session_is_neither_opened_nor_needed,
        tool_calls_count_against_the_rate_limit,
    ]
}

/// Sends a message and returns the status and the answer.
async fn send(app: &App, message: &Json) -> (u16, Json) {
    let request = app.request("POST", "/mcp").header("accept", "application/json, text/event-stream");
    let response = request.json(message).send().await.expect("the server responds");
    let status = response.status().as_u16();
    let text = response.text().await.expect("a body");
    (status, serde_json::from_str(&text).unwrap_or(Json::String(text)))
}

async fn request(app: &App, method: &str, params: Json) -> Json {
    let (status, answer) = send(app, &json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params })).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

/// Calls a tool and returns its result, or its message if it fails.
async fn call(app: &App, tool: &str, arguments: Json) -> Result<Json, String> {
    let answer = request(app, "tools/call", json!({ "name": tool, "arguments": arguments })).await;
    if let Some(error) = answer["error"]["message"].as_str() {
        return Err(error.to_owned());
    }
    let result = &answer["result"];
    let text = result["content"][0]["text"].as_str().unwrap_or_else(|| panic!("no text: {answer}"));
    if result["isError"] == true {
        return Err(text.to_owned());
    }
    Ok(serde_json::from_str(text).expect("the result is JSON"))
}

/// A maker with a license that has conditions and two models, one derived from the other.
async fn add_subjects(app: &App) {
    let organizations = json!([{ "slug": "owl-lab", "name": "Owl Lab", "aliases": ["夜枭"], "country": "FR" }]);
    save::<OrganizationDocument>(app, organizations).await;
    let sources = json!([{
        "slug": "owl-card", "title": "Owl model card", "kind": "MODEL_CARD", "publisher": "owl-lab",
        "url": "https://github.com/owl-lab/owl", "snapshots": [{ "accessed": "2025-03-01", "revision": "a".repeat(40) }],
    }]);
    save::<SourceDocument>(app, sources).await;
    let licenses = json!([{
        "slug": "owl-license", "name": "Owl License", "spdxId": "LicenseRef-Owl", "commercialUse": "CONDITIONAL",
        "termsReviewed": "2025-03-01",
        "terms": [
            { "effect": "AUTHORIZATION_REQUIRED", "when": { "monthlyUsersOver": 1_000_000 }, "quote": "more than one million users" },
            { "effect": "ATTRIBUTION", "quote": "display Built with Owl" },
        ],
    }]);
    save::<LicenseDocument>(app, licenses).await;
    let evidence = json!([{
        "source": "owl-card", "confidence": "REPORTED", "locator": "README.md#L7", "quote": "trained on 9 trillion tokens",
        "values": { "trainingTokens": "9T", "trainingTokensBasis": "SEEN" },
    }]);
    let layers =
        json!([{ "layers": 36, "kind": "FULL", "keyValueHeads": 8, "keyDimension": 128, "valueDimension": 128 }]);
    let models = json!([
        {
            "slug": "owl-2", "name": "Owl 2", "organizations": ["owl-lab"], "license": "owl-license", "releaseDate": "2025-02",
            "contextLength": 131_072, "purposes": ["CHAT"], "modalities": { "input": ["TEXT", "IMAGE"], "output": ["TEXT"] },
            "sizes": [
                { "label": "8B", "parameters": 8_000_000_000_i64, "trainingTokens": 9_000_000_000_000_i64,
                  "trainingTokensBasis": "SEEN", "layers": 36, "cacheLayers": layers, "evidence": evidence },
                { "label": "70B", "parameters": 70_000_000_000_i64, "cacheLayers": layers },
            ],
            "checkpoints": [{ "repository": "owl-lab/Owl-2-8B-Instruct", "size": "8B", "variant": "instruct", "official": true }],
        },
        {
            "slug": "owlet", "name": "Owlet", "kind": "DERIVED", "releaseDate": "2025-05-01", "purposes": ["CODE"],
            "bases": [{ "model": "owl-2", "relation": "FINE_TUNED" }],
            "sizes": [{ "label": "8B", "parameters": 8_000_000_000_i64 }],
        },
    ]);
    save::<ModelDocument>(app, models).await;
}

/// Questions that people ask, each answered by one call: the tool, its arguments, the place of the answer, the answer.
fn questions() -> Vec<(&'static str, &'static str, Json, &'static str, Json)> {
    vec![
        (
            "How many models have a size below 5B?",
            "find_models",
            json!({ "max_parameters": "5B" }),
            "/models/totalCount",
            json!(6),
        ),
        ("Which is the newest model?", "find_models", json!({ "limit": 1 }), "/models/nodes/0/name", json!("Owlet")),
        (
            "Which is the largest?",
            "find_models",
            json!({ "order": "largest", "limit": 1 }),
            "/models/nodes/0/slug",
            json!("falcon"),
        ),
        (
            "Which models come from France?",
            "find_models",
            json!({ "country": "FR" }),
            "/models/nodes/0/slug",
            json!("owl-2"),
        ),
        ("What did 夜枭 make?", "find_models", json!({ "maker": "夜枭" }), "/models/nodes/0/name", json!("Owl 2")),
        ("Which read images?", "find_models", json!({ "reads": "IMAGE" }), "/models/totalCount", json!(1)),
        (
            "Which were made for code?",
            "find_models",
            json!({ "purpose": "CODE" }),
            "/models/nodes/0/slug",
            json!("owlet"),
        ),
        (
            "Which read 100,000 tokens at once?",
            "find_models",
            json!({ "min_context": 100_000 }),
            "/models/totalCount",
            json!(1),
        ),
        ("Where is the page of Skywork?", "get_model", json!({ "model": "天工" }), "/model/slug", json!("skywork")),
        (
            "How long was Owl 2 trained?",
            "get_model",
            json!({ "model": "Owl 2" }),
            "/model/sizes/0/trainingTokens",
            json!(9_000_000_000_000_i64),
        ),
        (
            "Who says so?",
            "get_model",
            json!({ "model": "owl-2" }),
            "/model/sizes/0/evidence/0/quote",
            json!("trained on 9 trillion tokens"),
        ),
        (
            "Which model is owl-lab/Owl-2-8B-Instruct?",
            "get_model",
            json!({ "model": "owl-lab/Owl-2-8B-Instruct" }),
            "/model/name",
            json!("Owl 2"),
        ),
        (
            "What was Owlet made from?",
            "get_model",
            json!({ "model": "Owlet" }),
            "/model/bases/0/model/slug",
            json!("owl-2"),
        ),
        (
            "What fits 8 GiB, made this year?",
            "what_fits",
            json!({ "memory_gib": 8, "released_since": "2025" }),
            "/sizes/nodes/0/label",
            json!("8B"),
        ),
        (
            "And 80 GiB?",
            "what_fits",
            json!({ "memory_gib": 80, "released_since": "2025" }),
            "/sizes/nodes/0/label",
            json!("70B"),
        ),
        (
            "May a shop with 2 million users use Owl 2?",
            "license_terms",
            json!({ "model": "owl-2", "monthly_users": 2_000_000 }),
            "/model/sizes/0/use/verdict",
            json!("AUTHORIZATION_REQUIRED"),
        ),
        (
            "With 1,000 users?",
            "license_terms",
            json!({ "model": "owl-2", "monthly_users": 1000 }),
            "/model/sizes/0/use/verdict",
            json!("ALLOWED"),
        ),
        (
            "From how many users on is it different?",
            "license_terms",
            json!({ "license": "LicenseRef-Owl" }),
            "/license/terms/0/when/monthlyUsersOver",
            json!(1_000_000),
        ),
        (
            "Does Owlet inherit that?",
            "license_terms",
            json!({ "model": "owlet", "monthly_users": 2_000_000 }),
            "/model/sizes/0/use/verdict",
            json!("AUTHORIZATION_REQUIRED"),
        ),
        (
            "Owl 2 or Falcon: which has longer context?",
            "compare_models",
            json!({ "models": ["Owl 2", "falcon"] }),
            "/models/1/contextLength",
            json!(131_072),
        ),
    ]
}

async fn twenty_questions_are_answered(app: App) {
    add_subjects(&app).await;
    let questions = questions();
    assert_eq!(questions.len(), 20);
    for (question, tool, arguments, place, expected) in questions {
        let answer = call(&app, tool, arguments).await.unwrap_or_else(|message| panic!("{question} {message}"));
        assert_eq!(answer.pointer(place), Some(&expected), "{question} {answer:#}");
    }
    let model = call(&app, "get_model", json!({ "model": "owl-2" })).await.expect("there is one");
    let page = model["model"]["page"].as_str().expect("an address");
    assert!(page.starts_with("http://") && page.ends_with("/models/owl-2"), "{page}");
    // What is unknown is left out.
    assert_eq!(model["model"].get("knowledgeCutoff"), None);
    let changes = call(&app, "what_changed", json!({ "slug": "owlet" })).await.expect("there is one");
    assert_eq!(changes["revisions"]["nodes"][0]["reason"], "values at random");
}

async fn the_tools_are_described_in_few_characters(app: App) {
    let answer = request(&app, "tools/list", json!({})).await;
    let tools = answer["result"]["tools"].as_array().expect("a list");
    let mut names = tools.iter().map(|tool| tool["name"].as_str().expect("a name")).collect::<Vec<_>>();
    names.sort_unstable();
    assert_eq!(names, ["compare_models", "find_models", "get_model", "license_terms", "what_changed", "what_fits"]);
    let length = answer["result"]["tools"].to_string().len();
    assert!(length <= 8000, "{length}");
    for tool in tools {
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{tool}");
        assert!(tool["description"].as_str().is_some_and(|text| !text.is_empty()), "{tool}");
        let fields = tool["inputSchema"]["properties"].as_object().expect("arguments");
        for (name, field) in fields {
            assert!(field["description"].is_string(), "{name}: {field}");
            // A client that knows one type for an argument sends a text otherwise.
            assert!(["type", "$ref"].iter().any(|key| field[key].is_string()), "{name}: {field}");
            assert_ne!(field.get("default"), Some(&Json::Null), "{name}: {field}");
        }
    }
}

async fn mistakes_are_explained(app: App) {
    let message = |tool, arguments| {
        let app = &app;
        async move { call(app, tool, arguments).await.expect_err("a mistake") }
    };
    let unknown = message("get_model", json!({ "model": "No such model" })).await;
    assert!(unknown.contains("No model is called \"No such model\""), "{unknown}");
    let repository = message("get_model", json!({ "model": "nobody/Nothing" })).await;
    assert!(repository.contains("No model has a checkpoint \"nobody/Nothing\""), "{repository}");
    let several = message("get_model", json!({ "model": "wizard" })).await;
    assert!(several.contains("wizardcoder") && several.contains("wizardmath"), "{several}");
    let amount = message("find_models", json!({ "max_parameters": "many" })).await;
    assert!(amount.contains("parameters.lte") && amount.contains("\"7B\""), "{amount}");
    let argument = message("find_models", json!({ "maximum": "7B" })).await;
    assert!(argument.contains("`maximum`, expected one of `search`, `max_parameters`"), "{argument}");
    let neither = message("license_terms", json!({})).await;
    assert!(neither.contains("`license` or `model`"), "{neither}");
    let few = message("compare_models", json!({ "models": ["falcon"] })).await;
    assert!(few.contains("two to five"), "{few}");
    let memory = message("what_fits", json!({ "memory_gib": -1 })).await;
    assert!(memory.contains("fits.memory") && memory.contains("\"24GiB\""), "{memory}");
    let tool = message("delete_model", json!({})).await;
    assert_eq!(tool, "tool not found");
}

async fn a_session_is_neither_opened_nor_needed(app: App) {
    let hello = json!({
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "test", "version": "1" },
    });
    let request = app.request("POST", "/mcp").header("accept", "application/json, text/event-stream");
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello });
    let response = request.json(&message).send().await.expect("the server responds");
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers().get("mcp-session-id"), None);
    let answer: Json = response.json().await.expect("JSON");
    assert_eq!(answer["result"]["serverInfo"]["name"], "open-llm-catalog");
    assert!(answer["result"]["instructions"].as_str().is_some_and(|text| text.contains("do not guess")));
    for method in ["GET", "DELETE"] {
        let request = app.request(method, "/mcp").header("accept", "text/event-stream");
        assert_eq!(request.send().await.expect("the server responds").status(), 405, "{method}");
    }
    let (status, _) = send(&app, &json!("no message")).await;
    assert!((400..500).contains(&status), "{status}");
    let large =
        json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": { "cursor": "x".repeat(70_000) } });
    assert_eq!(send(&app, &large).await.0, 413);
}

async fn tool_calls_count_against_the_rate_limit(app: App) {
    let mut limited = options();
    limited.rate_limits = RateLimits { requests: std::num::NonZeroU32::new(3), cost: None, proposals: None };
    let server = app.with_options(limited);
    let mut answers = Vec::new();
    for _ in 0..5 {
        answers.push(call(&server, "what_changed", json!({})).await);
    }
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 3);
    let refused = answers.last().and_then(|answer| answer.as_ref().err()).expect("refused");
    assert!(refused.contains("requests per minute"), "{refused}");
}
