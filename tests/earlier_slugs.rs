//! A slug that a subject had before it was renamed leads to it, until another subject takes the slug.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use reqwest::redirect::Policy;
use serde_json::{Value as Json, json};

use crate::{support::App, trials};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        subjects_of_all_types_are_found_by_earlier_slugs,
        an_earlier_slug_belongs_to_the_last_subject_with_it,
        earlier_slugs_survive_undo_and_deletion,
        as_of_queries_find_the_subject_that_had_the_slug_then,
        a_known_slug_costs_one_statement_and_an_earlier_one_two,
        pages_redirect_to_the_current_slug,
    ]
}

async fn editor(app: &App) -> App {
    app.with_token(&app.token(Role::Admin).await)
}

/// The subject with a slug: its current slug and its name. Null if there is none.
async fn model(app: &App, slug: &str) -> Json {
    let query = format!("{{ model(slug: \"{slug}\") {{ slug name }} }}");
    app.post(&json!({ "query": query })).await.1["data"]["model"].take()
}

async fn rename(app: &App, slug: &str, new: &str) -> i64 {
    let query = format!("mutation {{ updateModel(input: {{ slug: \"{slug}\", newSlug: \"{new}\" }}) {{ revision }} }}");
    app.data(&query).await["updateModel"]["revision"].as_i64().expect("a number")
}

const TYPES: [(&str, &str, &str, &str); 5] = [
    ("model", "models", "Model", ", kind: DERIVED"),
    ("license", "licenses", "License", ", commercialUse: ALLOWED"),
    ("dataset", "datasets", "Dataset", ""),
    ("organization", "organizations", "Organization", ""),
    ("architecture", "architectures", "Architecture", ""),
];

/// Creates a subject of each type and renames it twice.
async fn rename_all(app: &App) {
    for (_, _, subject, known) in TYPES {
        app.data(&format!(
            "mutation {{ a: create{subject}(input: {{ slug: \"one\", name: \"Subject\"{known} }}) {{ revision }}
               b: update{subject}(input: {{ slug: \"one\", newSlug: \"two\" }}) {{ revision }}
               c: update{subject}(input: {{ slug: \"two\", newSlug: \"three\" }}) {{ revision }} }}"
        ))
        .await;
    }
}

async fn subjects_of_all_types_are_found_by_earlier_slugs(app: App) {
    let app = editor(&app).await;
    rename_all(&app).await;
    for (field, ..) in TYPES {
        let query = format!(
            "{{ one: {field}(slug: \"one\") {{ slug }} two: {field}(slug: \"two\") {{ slug }} three: {field}(slug: \"three\") {{ slug }} }}"
        );
        let found = json!({ "slug": "three" });
        assert_eq!(app.data(&query).await, json!({ "one": found, "two": found, "three": found }));
        assert_eq!(app.error(&format!("{{ {field}(slug: \"four\") {{ slug }} }}")).await.0, "NOT_FOUND");
    }
}

async fn an_earlier_slug_belongs_to_the_last_subject_with_it(app: App) {
    let app = editor(&app).await;
    rename(&app, "qwen", "qwen-1").await;
    assert_eq!(model(&app, "qwen").await["slug"], "qwen-1");
    app.data("mutation { createModel(input: { slug: \"qwen\", name: \"Other\", kind: DERIVED }) { revision } }").await;
    assert_eq!(model(&app, "qwen").await, json!({ "slug": "qwen", "name": "Other" }));
    rename(&app, "qwen", "other").await;
    assert_eq!(model(&app, "qwen").await["slug"], "other");
    assert_eq!(model(&app, "qwen-1").await["slug"], "qwen-1");
    app.data("mutation { deleteModel(input: { slug: \"other\" }) { revision } }").await;
    assert_eq!(model(&app, "qwen").await, Json::Null);
}

async fn earlier_slugs_survive_undo_and_deletion(app: App) {
    let app = editor(&app).await;
    let renamed = rename(&app, "qwen", "qwen-1").await;
    let revert = async |number: i64| {
        let query = format!("mutation {{ revertRevision(input: {{ number: {number} }}) {{ revision }} }}");
        app.data(&query).await["revertRevision"]["revision"].as_i64().expect("a number")
    };
    let reverted = revert(renamed).await;
    assert_eq!(model(&app, "qwen-1").await["slug"], "qwen");
    revert(reverted).await;
    assert_eq!(model(&app, "qwen").await["slug"], "qwen-1");
    let deleted = app.data("mutation { deleteModel(input: { slug: \"qwen-1\" }) { revision } }").await;
    assert_eq!(model(&app, "qwen").await, Json::Null);
    revert(deleted["deleteModel"]["revision"].as_i64().expect("a number")).await;
    assert_eq!(model(&app, "qwen").await["slug"], "qwen-1");
}

async fn as_of_queries_find_the_subject_that_had_the_slug_then(app: App) {
    let app = editor(&app).await;
    let time = async || app.data("{ catalog { updatedAt } }").await["catalog"]["updatedAt"].clone();
    let first = time().await;
    rename(&app, "qwen", "qwen-1").await;
    let second = time().await;
    app.data("mutation { createModel(input: { slug: \"qwen\", name: \"Other\", kind: DERIVED }) { revision } }").await;
    let query = format!(
        "{{ a: model(slug: \"qwen\", asOf: {first}) {{ slug name }} b: model(slug: \"qwen\", asOf: {second}) {{ slug name }}
            c: model(slug: \"qwen\") {{ slug name }} }}"
    );
    let expected = json!({ "a": { "slug": "qwen", "name": "Qwen" }, "b": { "slug": "qwen-1", "name": "Qwen" },
        "c": { "slug": "qwen", "name": "Other" } });
    assert_eq!(app.data(&query).await, expected);
}

async fn a_known_slug_costs_one_statement_and_an_earlier_one_two(app: App) {
    let editor = editor(&app).await;
    rename(&editor, "qwen", "qwen-1").await;
    rename(&editor, "bloom", "bloom-1").await;
    assert_eq!(app.counted("{ model(slug: \"qwen-1\") { slug } }").await.1, 1);
    let query =
        "{ a: model(slug: \"qwen\") { slug } b: model(slug: \"bloom\") { slug } c: model(slug: \"opt\") { slug } }";
    let (data, statements) = app.counted(query).await;
    assert_eq!(data, json!({ "a": { "slug": "qwen-1" }, "b": { "slug": "bloom-1" }, "c": { "slug": "opt" } }));
    assert_eq!(statements, 2);
}

async fn pages_redirect_to_the_current_slug(app: App) {
    let app = editor(&app).await;
    rename_all(&app).await;
    let client = reqwest::Client::builder().redirect(Policy::none()).build().expect("a client can be created");
    for (_, plural, subject, known) in TYPES {
        let get = async |path: String| client.get(format!("{}{path}", app.address)).send().await.expect("a response");
        let response = get(format!("/{plural}/one?lang=en")).await;
        let location = response.headers().get("location").and_then(|location| location.to_str().ok());
        assert_eq!((response.status().as_u16(), location), (301, Some(&*format!("/{plural}/three?lang=en"))));
        assert_eq!(get(format!("/{plural}/three")).await.status(), 200);
        assert_eq!(get(format!("/{plural}/four")).await.status(), 404);
        app.data(&format!(
            "mutation {{ create{subject}(input: {{ slug: \"one\", name: \"Other\"{known} }}) {{ revision }} }}"
        ))
        .await;
        assert_eq!(get(format!("/{plural}/one")).await.status(), 200);
    }
}
