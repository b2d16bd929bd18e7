//! A catalog that an earlier release has written, with edits and history, is migrated without loss.

use std::collections::BTreeMap;

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use open_llm_catalog::store::migrate::migrate;
use sea_orm::ConnectionTrait;
use serde_json::{Value as Json, json};

use crate::{
    support::{App, Backend, TestDatabase, connect},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        revisions_states_and_documents_are_those_of_the_earlier_release,
        edits_before_the_migration_are_undone_after_it,
    ]
}

/// What the earlier release returned: see `tests/data/release/README.md`.
fn expected() -> Json {
    serde_json::from_str(include_str!("data/release/expected.json")).expect("JSON")
}

/// A server of the catalog of the earlier release, after the migration.
async fn migrated(app: &App) -> (TestDatabase, App) {
    let test_database = TestDatabase::new(app.backend()).expect("the test runs there already");
    test_database.create().await;
    let (url, dump) = match app.backend() {
        Backend::Sqlite => (format!("{}?mode=rwc", test_database.url()), include_str!("data/release/sqlite.sql")),
        Backend::Postgres => (test_database.url(), include_str!("data/release/postgres.sql")),
    };
    let db = sea_orm::Database::connect(url).await.expect("the database is there");
    db.execute_unprepared(dump).await.expect("the dump is right");
    db.close().await.expect("the connections close");
    let database = connect(&test_database.url()).await;
    migrate(&database).await.expect("the migrations run");
    let old = app.with_connections(database);
    let old = old.with_token(&old.token(Role::Admin).await);
    (test_database, old)
}

async fn end(test_database: TestDatabase, old: App) {
    old.database.close().await.expect("the connections close");
    test_database.remove().await;
}

/// A value without the fields of objects that are null.
fn bare(value: Json) -> Json {
    match value {
        Json::Object(fields) => {
            fields.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name, bare(value))).collect()
        }
        Json::Array(elements) => elements.into_iter().map(bare).collect(),
        value => value,
    }
}

/// The query that `expected.json` has the responses of.
const STATE: &str = "query ($t: DateTime) {
    models(first: 100, orderBy: [{ field: NAME }], asOf: $t) { nodes { slug name aliases kind position releaseDate trainingFlops
      zh: summary(language: ZH) en: summary(language: EN) organizations { slug } license { slug } commercialUse architecture { slug }
      baseModel { slug } datasets { slug } links { kind title url } dataScale { text amount unit } maxParameters maxTrainingTokens version
      sizes { label parameters activeParameters trainingTokens } } }
    licenses(first: 100, orderBy: [{ field: NAME }], asOf: $t) { nodes { slug name spdxId commercialUse url en: conditions(language: EN) version links { kind url } } }
    datasets(first: 100, orderBy: [{ field: NAME }], asOf: $t) { nodes { slug name tokens bytes license { slug } links { kind url } version } }
    organizations(first: 100, orderBy: [{ field: NAME }], asOf: $t) { nodes { slug zh: name(language: ZH) en: name(language: EN) version } }
    architectures(first: 100, orderBy: [{ field: NAME }], asOf: $t) { nodes { slug name version } }
  }";

/// The revisions, each with its time, which is not part of it.
async fn revisions(app: &App) -> Vec<(String, Json)> {
    let data = app
        .data("{ revisions(first: 100) { nodes { number createdAt actor action subjectType subjectSlug changes { field before after } } } }")
        .await;
    let mut revisions = data["revisions"]["nodes"].as_array().expect("revisions").clone();
    revisions.sort_by_key(|revision| revision["number"].as_i64());
    let with_time = |mut revision: Json| {
        let time = revision.as_object_mut().and_then(|fields| fields.remove("createdAt")).expect("a time");
        (time.as_str().expect("a text").to_owned(), revision)
    };
    revisions.into_iter().map(with_time).collect()
}

/// Checks the state as of each of the times. The commercial use of a model is VARIES now where its sizes have licenses of their own.
async fn check_states(app: &App, times: &[String], expected: &Json) {
    for (time, state) in times.iter().zip(expected["states"].as_array().expect("states")) {
        let mut found = bare(app.data_with(STATE, json!({ "t": time })).await);
        let mut state = state.clone();
        let models = found.pointer_mut("/models/nodes").and_then(Json::as_array_mut).expect("models");
        for (index, model) in models.iter_mut().enumerate() {
            if model["commercialUse"] == "VARIES" {
                assert_eq!(model["slug"], "owl");
                model["commercialUse"] = state["models"]["nodes"][index]["commercialUse"].take();
                state["models"]["nodes"][index]["commercialUse"] = model["commercialUse"].clone();
            }
        }
        assert_eq!(found, state, "as of {time}");
    }
}

async fn revisions_states_and_documents_are_those_of_the_earlier_release(app: App) {
    let (test_database, old) = migrated(&app).await;
    let expected = expected();
    let revisions = revisions(&old).await;
    let found = revisions.iter().map(|(_, revision)| revision.clone()).collect::<Json>();
    assert_eq!(found, expected["revisions"]);
    assert_eq!(revisions.len(), 31);
    let times = revisions.into_iter().map(|(time, _)| time).collect::<Vec<_>>();
    check_states(&old, &times, &expected).await;

    // The documents of the export have all fields that they had.
    let export = old.request("GET", "/export/catalog.json").send().await.expect("a response");
    let export = export.json::<Json>().await.expect("JSON");
    for (plural, documents) in expected["export"].as_object().expect("an export") {
        let Some(documents) = documents.as_array() else { continue };
        let by_slug = |documents: &Json| {
            let documents = documents.as_array().expect("documents").iter();
            documents.map(|one| (one["slug"].to_string(), one.clone())).collect::<BTreeMap<_, _>>()
        };
        let now = by_slug(&export[plural]);
        assert_eq!(now.len(), documents.len(), "{plural}");
        for document in documents {
            for (field, value) in document.as_object().expect("a document") {
                assert_eq!(now[&document["slug"].to_string()][field], *value, "{field} of {document}");
            }
        }
    }

    // Tokens are those that there were, and one of this test.
    let tokens = old.column("{ apiTokens { name role } }", "/apiTokens", "name").await;
    assert!(tokens.contains(&json!("curator")) && tokens.len() == 2, "{tokens:?}");
    end(test_database, old).await;
}

async fn edits_before_the_migration_are_undone_after_it(app: App) {
    let (test_database, old) = migrated(&app).await;
    let expected = expected();
    let times = revisions(&old).await.into_iter().map(|(time, _)| time).collect::<Vec<_>>();
    let undo = async |number: usize, force: bool| {
        let mutation =
            format!("mutation {{ revertRevision(input: {{ number: {number}, force: {force} }}) {{ revision }} }}");
        old.data(&mutation).await["revertRevision"]["revision"].as_i64()
    };
    let now = async || bare(old.data_with(STATE, json!({ "t": null })).await);
    let at = |number: usize| expected["states"][number - 1].clone();
    let named = |state: &Json, list: &str, slug: &str| {
        let mut found = state[list]["nodes"].as_array().expect("a list").iter();
        let mut found = found.find(|one| one["slug"] == slug).cloned().unwrap_or_default();
        found.as_object_mut().map(|fields| fields.remove("version"));
        found
    };
    // A model that was created in revision 23 and deleted in revision 24.
    assert_eq!(named(&now().await, "models", "dodo"), Json::Null);
    assert_eq!(undo(24, false).await, Some(32));
    assert_eq!(named(&now().await, "models", "dodo"), named(&at(23), "models", "dodo"));
    // An update of a dataset, one of two that were made together (revisions 28 and 29 have one time), and one of a model that later
    // revisions changed again.
    assert_eq!(undo(30, false).await, Some(33));
    assert_eq!(named(&now().await, "datasets", "seeds"), named(&at(29), "datasets", "seeds"));
    assert_eq!(undo(29, false).await, Some(34));
    assert_eq!(named(&now().await, "models", "heron"), named(&at(27), "models", "heron"));
    let (code, message) = old.error("mutation { revertRevision(input: { number: 11 }) { revision } }").await;
    assert_eq!(code, "CONFLICT");
    assert!(message.contains("13, 18"), "{message}");
    assert_eq!(undo(11, true).await, Some(35));
    let mut owl = named(&now().await, "models", "owl");
    let mut then = named(&at(10), "models", "owl");
    // The organization has another slug now.
    then["organizations"][1]["slug"] = json!("nest-lab");
    assert_eq!((owl["commercialUse"].take(), then["commercialUse"].take()), (json!("VARIES"), json!("ALLOWED")));
    assert_eq!(owl, then);
    // Undoing an undo, across the migration.
    assert_eq!(undo(22, true).await, Some(36));
    assert_eq!(named(&now().await, "licenses", "owl-1-license"), named(&at(21), "licenses", "owl-1-license"));
    // The past is as it was.
    check_states(&old, &times, &expected).await;
    end(test_database, old).await;
}
