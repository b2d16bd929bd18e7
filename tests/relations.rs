//! Filters by related objects.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::{
    filter::{counts, takes},
    support::App,
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        models_are_filtered_by_their_sizes,
        models_are_filtered_by_datasets_and_organizations,
        subjects_are_filtered_by_their_models,
        relation_filters_can_be_nested,
        a_missing_relation_matches_no_condition,
        sizes_and_revisions_can_be_filtered,
        sizes_of_a_model_can_be_filtered,
    ]
}

/// The models of which no size is known.
const WITHOUT_SIZES: [&str; 7] = ["prithvi", "alpaca", "guanaco", "vicuna", "wizardcoder", "wizardlm", "wizardmath"];

async fn models_are_filtered_by_their_sizes(app: App) {
    let large = json!({ "parameters": { "gte": "100B" } });
    takes(&app, json!({ "sizes": { "some": large } }), &["falcon", "bloom", "galactica", "opt"]).await;
    counts(&app, json!({ "sizes": { "none": large } }), 27).await;
    let mut expected = vec!["moss-moon", "gpt-neox", "xverse", "prithvi", "skywork"];
    expected.extend(&WITHOUT_SIZES[1..]);
    takes(&app, json!({ "sizes": { "every": { "parameters": { "gte": "13B" } } } }), &expected).await;
    takes(&app, json!({ "sizes": { "none": { "parameters": { "lt": "13B" } } } }), &expected).await;
    takes(&app, json!({ "sizes": { "none": {} } }), &WITHOUT_SIZES).await;
    takes(&app, json!({ "sizes": { "every": { "or": [] } } }), &WITHOUT_SIZES).await;
    counts(&app, json!({ "sizes": { "some": {} } }), 24).await;
    // Two conditions on one size are not a condition on each of two.
    let one = json!({ "sizes": { "some": { "label": { "eq": "7B" }, "trainingTokens": { "gte": "3T" } } } });
    takes(&app, one, &[]).await;
    let two = json!({ "and": [
        { "sizes": { "some": { "label": { "eq": "7B" } } } }, { "sizes": { "some": { "trainingTokens": { "gte": "3T" } } } },
    ] });
    takes(&app, two, &["qwen"]).await;
    // A size without known tokens does not match.
    let every = json!({ "sizes": { "every": { "trainingTokens": { "gt": 0 } }, "some": {} } });
    takes(&app, every, &["moss-moon", "chatglm2", "xgen", "qwen", "xverse", "skywork"]).await;
}

async fn models_are_filtered_by_datasets_and_organizations(app: App) {
    let pile = json!({ "slug": { "eq": "the-pile" } });
    takes(&app, json!({ "datasets": { "some": pile } }), &["gpt-neox"]).await;
    takes(&app, json!({ "datasets": { "some": { "bytes": { "gte": "800B" } } } }), &["gpt-neox"]).await;
    takes(&app, json!({ "datasets": { "some": {}, "every": pile } }), &["gpt-neox"]).await;
    takes(&app, json!({ "datasets": { "some": {}, "none": pile } }), &["falcon"]).await;
    counts(&app, json!({ "datasets": { "every": pile } }), 30).await;
    counts(&app, json!({ "datasets": { "none": pile } }), 30).await;
    takes(&app, json!({ "organizations": { "some": { "name": { "contains": "昆仑" } } } }), &["skywork"]).await;
    takes(&app, json!({ "organizations": { "some": { "slug": { "in": ["ibm", "meta"] } } } }), &["llama", "prithvi"])
        .await;
    let ibm = json!({ "slug": { "eq": "ibm" } });
    takes(&app, json!({ "organizations": { "some": ibm, "every": ibm } }), &[]).await;
    takes(&app, json!({ "organizations": { "some": { "not": ibm } } }), &["llama", "prithvi", "skywork"]).await;
    counts(&app, json!({ "organizations": { "none": {} } }), 28).await;
}

async fn subjects_are_filtered_by_their_models(app: App) {
    let named = |slug: &str| json!({ "slug": { "eq": slug } });
    let large = json!({ "maxParameters": { "gte": "100B" } });
    for (list, models, expected) in [
        ("datasets", json!({ "some": named("falcon") }), &["refinedweb"][..]),
        ("datasets", json!({ "none": large }), &["the-pile"]),
        ("datasets", json!({ "every": large }), &["refinedweb"]),
        ("licenses", json!({ "some": named("llama") }), &["llama-license"]),
        ("licenses", json!({ "some": large }), &["bigscience-bloom-rail-1-0"]),
        (
            "licenses",
            json!({ "every": { "position": { "lte": 3 } } }),
            &["baichuan-2-community-license", "llama-2-community-license"],
        ),
        ("organizations", json!({ "some": named("prithvi") }), &["ibm", "nasa"]),
        ("organizations", json!({ "none": named("prithvi") }), &["meta", "kunlun-wanwei"]),
        ("architectures", json!({ "none": {} }), &["gptq", "llama"]),
        ("architectures", json!({ "some": {} }), &[]),
    ] {
        let data = app
            .data(&format!("{{ {list}(where: {{ models: {} }}) {{ totalCount nodes {{ slug }} }} }}", literal(&models)))
            .await;
        let nodes = expected.iter().map(|slug| json!({ "slug": slug }));
        let expected = json!({ "totalCount": expected.len(), "nodes": nodes.collect::<Vec<_>>() });
        assert_eq!(data[list], expected, "{list} by {models}");
    }
}

/// JSON as GraphQL writes it.
fn literal(value: &Json) -> String {
    match value {
        Json::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| format!("{name}: {}", literal(value)));
            format!("{{ {} }}", fields.collect::<Vec<_>>().join(", "))
        }
        value => value.to_string(),
    }
}

async fn relation_filters_can_be_nested(app: App) {
    let named = |slug: &str| json!({ "slug": { "eq": slug } });
    for (filter, expected) in [
        (json!({ "license": { "models": { "some": named("llama") } } }), &["llama"][..]),
        (
            json!({ "license": { "models": { "none": named("llama") } } }),
            &["llama-2", "baichuan-2", "internlm", "bloom"],
        ),
        (
            json!({ "organizations": { "some": { "models": { "some": { "license": named("llama-license") } } } } }),
            &["llama"],
        ),
        (
            json!({ "datasets": { "some": { "models": { "every": { "sizes": { "some": { "label": { "eq": "180B" } } } } } } } }),
            &["falcon"],
        ),
        (
            json!({ "sizes": { "some": { "model": { "license": { "models": { "some": named("llama-2") } } } } } }),
            &["llama-2"],
        ),
        (json!({ "sizes": { "some": { "model": named("qwen") }, "none": { "model": named("llama") } } }), &["qwen"]),
    ] {
        takes(&app, filter, expected).await;
    }
    let sizes =
        "{ sizes(where: { parameters: { lt: \"13B\" }, model: { license: { commercialUse: { eq: ALLOWED } } } }) {
        nodes { label model { slug } } } }";
    let size = |label: &str, slug: &str| json!({ "label": label, "model": { "slug": slug } });
    let expected = [size("3B", "bloom"), size("7B", "llama-2"), size("7.1B", "bloom")];
    assert_eq!(app.data(sizes).await["sizes"]["nodes"], Json::from_iter(expected));
}

async fn a_missing_relation_matches_no_condition(app: App) {
    counts(&app, json!({ "license": {} }), 5).await;
    counts(&app, json!({ "not": { "license": {} } }), 26).await;
    for relation in ["architecture", "baseModel"] {
        counts(&app, json!({ relation: {} }), 0).await;
        counts(&app, json!({ relation: { "not": { "slug": { "eq": "llama" } } } }), 0).await;
        counts(&app, json!({ "not": { relation: { "slug": { "eq": "llama" } } } }), 31).await;
        counts(&app, json!({ "baseModel": { relation: {} } }), 0).await;
    }
}

async fn sizes_and_revisions_can_be_filtered(app: App) {
    for (list, filter, expected) in [
        ("sizes", "label: { eq: \"7B\" }", 14),
        ("sizes", "trainingTokens: { isNull: false }", 7),
        ("sizes", "activeParameters: { isNull: true }", 55),
        ("sizes", "license: {}", 15),
        ("sizes", "not: { license: {} }", 40),
        ("sizes", "or: [{ label: { eq: \"65B\" } }, { parameters: { gt: \"170B\" } }]", 4),
        ("revisions", "subjectType: { eq: DATASET }", 2),
        ("revisions", "subjectType: { in: [DATASET, LICENSE] }", 7),
        ("revisions", "action: { eq: CREATED }, actor: { eq: \"seed\" }", 44),
        ("revisions", "action: { ne: CREATED }", 0),
        ("revisions", "number: { gte: 40 }", 5),
        ("revisions", "number: { in: [1, 2, 99] }", 2),
        ("revisions", "subjectSlug: { eq: \"llama\" }", 2),
        ("revisions", "not: { subjectSlug: { startsWith: \"LLAMA\" } }", 39),
        ("revisions", "createdAt: { lt: \"2020-01-01T00:00:00Z\" }", 0),
    ] {
        let data = app.data(&format!("{{ {list}(where: {{ {filter} }}) {{ totalCount }} }}")).await;
        assert_eq!(data[list]["totalCount"], expected, "{list} where {filter}");
    }
}

async fn sizes_of_a_model_can_be_filtered(app: App) {
    let data = app
        .data(
            "{ model(slug: \"llama-2\") { sizes { label } small: sizes(where: { parameters: { lte: \"13B\" } }) { label }
               none: sizes(where: { label: { eq: \"8B\" } }) { label } every: sizes(where: {}) { label } } }",
        )
        .await;
    let labels = |name: &str| {
        data["model"][name].as_array().expect("a list").iter().map(|size| size["label"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(labels("small"), ["7B", "13B"], "the smallest first");
    assert_eq!(labels("none"), Vec::<Json>::new());
    assert_eq!(labels("every"), labels("sizes"));
    // Each model has its own, read by one statement.
    let page = |first: usize| {
        format!(
            "{{ models(first: {first}) {{ nodes {{ slug sizes(where: {{ parameters: {{ lte: \"7B\" }} }}) {{ label parameters }} }} }} }}"
        )
    };
    for first in [5, 31] {
        let (data, statements) = app.counted(&page(first)).await;
        assert_eq!(statements, 2, "for {first} models");
        let models = data["models"]["nodes"].as_array().expect("a list");
        let mut sizes = models.iter().flat_map(|model| model["sizes"].as_array().expect("a list"));
        assert!(sizes.all(|size| size["parameters"].as_u64().is_some_and(|parameters| parameters <= 7_000_000_000)));
    }
}
