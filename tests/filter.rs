//! The operators of `where`, most of them compared with a list that is filtered in the test.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::{support::App, trials};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        counts_and_numbers_are_compared,
        times_and_dates_are_compared,
        texts_are_compared,
        text_filters_match_special_characters_literally,
        enums_are_compared,
        empty_conditions_match_everything,
        and_or_and_not_combine_conditions,
        the_filter_of_the_readme_finds_its_models,
    ]
}

const BY_FILTER: &str =
    "query($where: ModelFilter) { models(first: 100, where: $where) { totalCount nodes { slug } } }";

/// The slugs of the models that match a filter, in the order of the list.
async fn slugs(app: &App, filter: Json) -> Vec<String> {
    let data = app.data_with(BY_FILTER, json!({ "where": filter })).await;
    let nodes = data["models"]["nodes"].as_array().expect("a list");
    assert_eq!(data["models"]["totalCount"], nodes.len());
    let slug = |node: &Json| node["slug"].as_str().expect("a slug").to_owned();
    nodes.iter().map(slug).collect()
}

/// Asserts the models that match a filter, in the order of the list.
pub async fn takes(app: &App, filter: Json, expected: &[&str]) {
    assert_eq!(slugs(app, filter.clone()).await, expected, "{filter}");
}

/// Asserts the number of models that match a filter.
pub async fn counts(app: &App, filter: Json, expected: usize) {
    assert_eq!(slugs(app, filter.clone()).await.len(), expected, "{filter}");
}

/// All models, in the order of the list.
async fn models(app: &App) -> Vec<Json> {
    let query = "{ models(first: 100) { nodes { slug name position maxParameters maxTrainingTokens createdAt } } }";
    let nodes = app.data(query).await["models"]["nodes"].take();
    nodes.as_array().expect("a list").clone()
}

type Holds = fn(i64, i64) -> bool;

const OPERATORS: [(&str, Holds); 6] = [
    ("eq", |a, b| a == b),
    ("ne", |a, b| a != b),
    ("lt", |a, b| a < b),
    ("lte", |a, b| a <= b),
    ("gt", |a, b| a > b),
    ("gte", |a, b| a >= b),
];

/// The slugs of the models whose `field`, where it is known, satisfies a condition.
fn by_hand(models: &[Json], field: &str, holds: impl Fn(i64) -> bool) -> Vec<String> {
    let rows = models.iter().filter(|model| model[field].as_i64().is_some_and(&holds));
    rows.map(|model| model["slug"].as_str().expect("a slug").to_owned()).collect()
}

async fn counts_and_numbers_are_compared(app: App) {
    let models = models(&app).await;
    for (field, values) in [
        ("maxParameters", [7_000_000_000, 13_000_000_000, 0]),
        ("maxTrainingTokens", [1_000_000_000_000, 1_400_000_000_000, (1 << 53) - 1]),
        ("position", [1, 7, -5]),
    ] {
        for value in values {
            for (operator, holds) in OPERATORS {
                let found = slugs(&app, json!({ field: { operator: value } })).await;
                let expected = by_hand(&models, field, |held| holds(held, value));
                assert_eq!(found, expected, "{field} {operator} {value}");
            }
        }
        let [one, other, _] = values;
        let among = slugs(&app, json!({ field: { "in": [other, one, other] } })).await;
        assert_eq!(among, by_hand(&models, field, |held| held == one || held == other));
        assert_eq!(
            among.len(),
            by_hand(&models, field, |held| held == one).len() + by_hand(&models, field, |held| held == other).len()
        );
        let between = slugs(&app, json!({ field: { "gte": one, "lt": other } })).await;
        assert_eq!(between, by_hand(&models, field, |held| (one..other).contains(&held)));
        let known = slugs(&app, json!({ field: { "isNull": false } })).await;
        assert_eq!(known, by_hand(&models, field, |_| true));
        counts(&app, json!({ field: { "isNull": true } }), 31 - known.len()).await;
        counts(&app, json!({ field: { "isNull": true, "gte": 0 } }), 0).await;
        counts(&app, json!({ field: { "in": [] } }), 0).await;
        counts(&app, json!({ field: { "eq": null, "isNull": null } }), 31).await;
    }
    takes(&app, json!({ "maxParameters": { "eq": "7B" } }), &["stablelm", "redpajama-incite", "xgen", "aquila"]).await;
    takes(&app, json!({ "maxParameters": { "gt": "100B" } }), &["falcon", "bloom", "galactica", "opt"]).await;
    takes(&app, json!({ "position": { "lte": 2 } }), &["llama-2", "falcon"]).await;
}

async fn times_and_dates_are_compared(app: App) {
    let models = models(&app).await;
    let time = |model: &Json| {
        let text = model["createdAt"].as_str().expect("a time");
        chrono::DateTime::parse_from_rfc3339(text).expect("a time").timestamp_micros()
    };
    let middle = models.iter().find(|model| model["slug"] == "llama").expect("there is llama");
    for (operator, holds) in OPERATORS {
        let found = slugs(&app, json!({ "createdAt": { operator: middle["createdAt"] } })).await;
        let expected = models.iter().filter(|model| holds(time(model), time(middle)));
        assert_eq!(
            found,
            expected.map(|model| model["slug"].as_str().expect("a slug")).collect::<Vec<_>>(),
            "{operator}"
        );
    }
    // Times with other offsets.
    counts(&app, json!({ "createdAt": { "lt": "2020-01-01T00:00:00+08:00" } }), 0).await;
    counts(&app, json!({ "updatedAt": { "gt": "2020-01-01T00:00:00-08:00", "isNull": false } }), 31).await;
    counts(&app, json!({ "createdAt": { "in": [] } }), 0).await;
    // The fixture has no release dates, and null matches only `isNull`.
    counts(&app, json!({ "releaseDate": { "isNull": true } }), 31).await;
    for filter in
        [json!({ "isNull": false }), json!({ "ne": "2023-07-18" }), json!({ "gt": "0001-01-01" }), json!({ "in": [] })]
    {
        counts(&app, json!({ "releaseDate": filter }), 0).await;
        counts(&app, json!({ "not": { "releaseDate": filter } }), 31).await;
    }
}

async fn texts_are_compared(app: App) {
    for (filter, expected) in [
        (json!({ "eq": "LLaMA" }), &["llama"][..]),
        (json!({ "eq": "llama" }), &[]),
        (json!({ "in": ["LLaMA", "Qwen", "qwen"] }), &["llama", "qwen"]),
        (json!({ "contains": "llama" }), &["llama-2", "llama", "openllama", "codellama"]),
        (json!({ "contains": "ＬＬＡＭＡ" }), &["llama-2", "llama", "openllama", "codellama"]),
        (json!({ "startsWith": "LLAMA" }), &["llama-2", "llama"]),
        (json!({ "endsWith": "lLaMa" }), &["llama", "openllama", "codellama"]),
        (json!({ "startsWith": "Deepseek", "endsWith": "Coder" }), &["deepseek-coder"]),
        (json!({ "contains": "seek  cod" }), &["deepseek-coder"]),
        (json!({ "in": [] }), &[]),
        (json!({ "isNull": true }), &[]),
    ] {
        takes(&app, json!({ "name": filter }), expected).await;
    }
    counts(&app, json!({ "name": { "ne": "LLaMA" } }), 30).await;
    counts(&app, json!({ "name": { "isNull": false } }), 31).await;
    counts(&app, json!({ "name": { "contains": "" } }), 31).await;
    takes(&app, json!({ "slug": { "startsWith": "LLAMA" } }), &["llama-2", "llama"]).await;
    takes(&app, json!({ "slug": { "eq": "LLAMA" } }), &[]).await;
    // A missing text does not match `ne` either.
    let unknown = |filter: Json| json!({ "license": { "spdxId": filter } });
    counts(&app, unknown(json!({ "ne": "MIT" })), 0).await;
    counts(&app, unknown(json!({ "isNull": true })), 5).await;
    counts(&app, json!({ "not": unknown(json!({ "eq": "MIT" })) }), 31).await;
}

async fn text_filters_match_special_characters_literally(app: App) {
    for operator in ["contains", "startsWith", "endsWith"] {
        for sign in ["%", "_", "\\", "%%", "l%a", "ll_ma", "\\l", "llama\\", "*", "?", "[l]", "'"] {
            for field in ["name", "slug"] {
                takes(&app, json!({ field: { operator: sign } }), &[]).await;
            }
        }
    }
    takes(&app, json!({ "name": { "startsWith": "llama-" } }), &["llama-2"]).await;
}

async fn enums_are_compared(app: App) {
    let allowed = ["llama-2", "bloom"];
    for (filter, expected) in [
        (json!({ "eq": "ALLOWED" }), &allowed[..]),
        (json!({ "in": ["ALLOWED", "PROHIBITED"] }), &["llama-2", "bloom", "llama"]),
        (json!({ "in": [] }), &[]),
        (json!({ "ne": "UNKNOWN", "in": ["UNKNOWN", "PROHIBITED"] }), &["llama"]),
        (json!({ "eq": "ALLOWED", "ne": "ALLOWED" }), &[]),
    ] {
        takes(&app, json!({ "commercialUse": filter }), expected).await;
    }
    counts(&app, json!({ "commercialUse": { "ne": "UNKNOWN" } }), 5).await;
    counts(&app, json!({ "kind": { "eq": "DERIVED" } }), 7).await;
    counts(&app, json!({ "kind": { "ne": "DERIVED" } }), 24).await;
    takes(&app, json!({ "license": { "commercialUse": { "eq": "ALLOWED" } } }), &allowed).await;
}

async fn empty_conditions_match_everything(app: App) {
    for filter in [
        json!(null),
        json!({}),
        json!({ "and": [] }),
        json!({ "and": [{}] }),
        json!({ "or": [{}] }),
        json!({ "or": [{ "slug": { "eq": "x" } }, {}] }),
        json!({ "slug": {} }),
        json!({ "slug": null, "not": null, "and": null, "or": null, "sizes": null }),
        json!({ "sizes": {} }),
        json!({ "sizes": { "every": {} } }),
        json!({ "not": { "or": [] } }),
        json!({ "not": { "not": {} } }),
    ] {
        counts(&app, filter, 31).await;
    }
    for filter in [
        json!({ "or": [] }),
        json!({ "not": {} }),
        json!({ "not": { "and": [] } }),
        json!({ "and": [{ "or": [] }] }),
        json!({ "or": [{ "or": [] }, { "not": {} }] }),
        json!({ "slug": { "eq": "llama" }, "or": [] }),
    ] {
        counts(&app, filter, 0).await;
    }
}

async fn and_or_and_not_combine_conditions(app: App) {
    let name = |part: &str| json!({ "name": { "contains": part } });
    let few = json!({ "in": ["llama", "llama-2", "qwen"] });
    for (filter, expected) in [
        (json!({ "and": [name("llama"), name("open")] }), &["openllama"][..]),
        (json!({ "or": [name("open"), name("llama-2")] }), &["llama-2", "openllama"]),
        (json!({ "slug": few, "or": [name("open"), name("qwen"), name("-2")] }), &["llama-2", "qwen"]),
        (json!({ "slug": few, "not": name("qwen") }), &["llama-2", "llama"]),
        (json!({ "slug": few, "not": { "not": name("qwen") } }), &["qwen"]),
        (json!({ "slug": few, "not": { "or": [name("qwen"), name("-2")] } }), &["llama"]),
        (json!({ "slug": few, "and": [{ "or": [name("qwen"), name("-2")] }], "or": [name("llama")] }), &["llama-2"]),
        // An unknown value makes a negation true, not unknown.
        (json!({ "slug": { "in": ["prithvi", "qwen"] }, "not": { "maxParameters": { "gt": 1 } } }), &["prithvi"]),
    ] {
        takes(&app, filter, expected).await;
    }
}

async fn the_filter_of_the_readme_finds_its_models(app: App) {
    let mut filter = json!({
        "sizes": { "some": { "parameters": { "lt": "13B" } } },
        "commercialUse": { "eq": "ALLOWED" },
        "maxTrainingTokens": { "gte": "1T" },
    });
    takes(&app, filter.clone(), &["llama-2"]).await;
    filter["maxTrainingTokens"] = Json::Null;
    takes(&app, filter, &["llama-2", "bloom"]).await;
}
