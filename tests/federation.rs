//! The API as a subgraph of Apollo Federation: its SDL, and the entities that routers ask for.

use entity::vocabulary::SubjectType;
use libtest_mimic::Trial;
use open_llm_catalog::graphql::sdl;
use open_llm_catalog::http::server::options::Options;
use serde_json::json;

use crate::{
    cli::{folder, run},
    support::{App, options},
    trials,
};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![on both:
        entities_are_found_by_their_slugs,
        entities_are_loaded_together,
        invalid_representations_are_rejected,
        a_server_without_federation_has_no_entities,
    ];
    trials.extend(trials![plain: the_subgraph_has_the_keys_and_the_schema_has_none]);
    trials
}

fn subgraph(app: &App) -> App {
    app.with_options(Options { federation: true, ..options() })
}

const ENTITIES: &str = "query ($representations: [_Any!]!) { _entities(representations: $representations) {
    __typename ... on Model { name sizes { label } } ... on License { name } ... on Source { title } } }";

async fn entities_are_found_by_their_slugs(app: App) {
    let subgraph = subgraph(&app);
    let representations = json!([
        { "__typename": "Model", "slug": "qwen" },
        { "__typename": "License", "slug": "llama-license" },
        { "__typename": "Model", "slug": "nobody" },
        { "__typename": "Model", "slug": "falcon" },
    ]);
    let data = subgraph.data_with(ENTITIES, json!({ "representations": representations })).await;
    let expected = json!([
        { "__typename": "Model", "name": "Qwen", "sizes": [{ "label": "7B" }, { "label": "14B" }] },
        { "__typename": "License", "name": "LLaMA License" },
        null,
        { "__typename": "Model", "name": "Falcon", "sizes": [{ "label": "7B" }, { "label": "40B" }, { "label": "180B" }] },
    ]);
    assert_eq!(data["_entities"], expected);
    // The rest of the API is as without federation.
    assert_eq!(subgraph.data("{ model(slug: \"qwen\") { name } }").await["model"]["name"], "Qwen");
    let printed = subgraph.data("{ _service { sdl } }").await["_service"]["sdl"].take();
    assert!(printed.as_str().is_some_and(|sdl| sdl.contains("type Model implements Node @key(fields: \"slug\")")));
}

async fn entities_are_loaded_together(app: App) {
    let subgraph = subgraph(&app);
    let slugs = app.column("{ models(first: 30) { nodes { slug } } }", "/models/nodes", "slug").await;
    let mut costs = Vec::new();
    for count in [2, 30] {
        let models = slugs.iter().take(count).map(|slug| format!("{{ __typename: \"Model\", slug: {slug} }}"));
        let models = models.collect::<Vec<_>>().join(", ");
        let query = format!(
            "{{ _entities(representations: [{models}]) {{ ... on Model {{ name sizes {{ label }} license {{ name }} }} }} }}"
        );
        let (data, statements) = subgraph.counted(&query).await;
        assert_eq!(data["_entities"].as_array().map(Vec::len), Some(count));
        assert_eq!(statements, 2, "the models, then their relations: {count}");
        let (_, answer) = subgraph.post(&json!({ "query": query })).await;
        costs.push(answer["extensions"]["cost"].as_u64().expect("a cost"));
    }
    assert!(costs[1] >= 14 * costs[0] && costs[0] >= 2, "{costs:?}");
}

async fn invalid_representations_are_rejected(app: App) {
    let subgraph = subgraph(&app);
    for wrong in [
        json!([{ "slug": "qwen" }]),
        json!([{ "__typename": "Planet", "slug": "mars" }]),
        json!([{ "__typename": "Model" }]),
        json!([{ "__typename": "Model", "slug": 7 }]),
        json!(["qwen"]),
        json!([null]),
    ] {
        let (_, answer) = subgraph.post(&json!({ "query": ENTITIES, "variables": { "representations": wrong } })).await;
        let error = &answer["errors"][0];
        let code = error["extensions"]["code"].as_str().unwrap_or_default();
        assert!(["INVALID_ARGUMENT", "GRAPHQL_VALIDATION_FAILED", "BAD_REQUEST"].contains(&code), "{wrong}: {answer}");
    }
}

async fn a_server_without_federation_has_no_entities(app: App) {
    for query in [
        "{ _service { sdl } }",
        "{ _entities(representations: [{ __typename: \"Model\", slug: \"qwen\" }]) { __typename } }",
        "fragment Name on _Entity { __typename } { node(id: \"x\") { ...Name } }",
    ] {
        assert_eq!(app.error(query).await.0, "GRAPHQL_VALIDATION_FAILED", "{query}");
    }
    let types = app.data("{ __schema { types { name } } }").await;
    let has = |name: &str| {
        types["__schema"]["types"].as_array().is_some_and(|types| types.contains(&json!({ "name": name })))
    };
    assert_eq!([has("Model"), has("_Entity"), has("_Service"), has("_Any")], [true, false, false, false]);
}

fn the_subgraph_has_the_keys_and_the_schema_has_none() {
    let (code, output, errors) = run(folder().path(), &["schema", "subgraph"], &[]);
    assert_eq!((code, errors.as_str()), (0, ""));
    for subject in SubjectType::ALL.iter().map(|subject| subject.name()) {
        let line = output.lines().find(|line| line.starts_with(&format!("type {subject} ")));
        assert!(line.is_some_and(|line| line.contains("@key(fields: \"slug\")")), "{subject}: {line:?}");
    }
    assert!(output.contains("type PageInfo @shareable {"), "others have it too");
    assert!(output.contains("url: \"https://specs.apollo.dev/federation/v2."));
    for word in ["@key", "@shareable", "_Entity", "_Any", "_Service", "_service", "_entities", "@link"] {
        assert!(!sdl().contains(word), "{word}");
    }
}
