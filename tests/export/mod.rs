//! Exports: all formats state the same facts, from one snapshot, and a part is never mistaken for the whole.

mod cli;
mod csv;
mod download;
mod hostile;
mod list;
mod parquet;
mod random;
mod revisions;
mod round_trip;
mod stream;
mod tables;
mod toml;

use std::collections::{BTreeMap, BTreeSet};

use entity::{
    revision,
    vocabulary::{Role, SubjectType},
};
use futures_util::TryStreamExt;
use libtest_mimic::Trial;
use open_llm_catalog::db::database::Database;
use open_llm_catalog::db::url::DatabaseUrl;
use open_llm_catalog::domain::architecture::ArchitectureDocument;
use open_llm_catalog::domain::dataset::DatasetDocument;
use open_llm_catalog::domain::license::LicenseDocument;
use open_llm_catalog::domain::model::ModelDocument;
use open_llm_catalog::domain::organization::OrganizationDocument;
use open_llm_catalog::store::change::Change;
use open_llm_catalog::store::documents::Persist;
use open_llm_catalog::store::scan::scan_all;
use proptest::strategy::{Strategy, ValueTree};
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};
use serde_json::{Value as Json, json};

use crate::{
    http::read,
    support::{App, POOL, documents, runner},
    trials,
};

pub fn trials() -> Vec<Trial> {
    let trials = trials![on both:
        a_catalog_export_holds_every_document,
        importing_a_catalog_export_restores_the_catalog,
        ndjson_lines_refer_only_to_earlier_lines,
        cycles_of_base_models_are_exported,
        filtered_exports_hold_the_models_and_their_references,
    ];
    [
        trials,
        cli::trials(),
        csv::trials(),
        download::trials(),
        hostile::trials(),
        list::trials(),
        parquet::trials(),
        revisions::trials(),
        round_trip::trials(),
        stream::trials(),
        tables::trials(),
        toml::trials(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Saves documents as an import does.
pub async fn save<D: Persist>(app: &App, documents: Json) {
    let documents = serde_json::from_value::<Vec<D>>(documents).expect("documents");
    let mut change = Change::begin(&app.database, "tester").await.expect("no other connection writes");
    change.set_reason(Some("values at random".to_owned()));
    change.save_all(&documents).await.expect("they can be saved");
    change.commit().await.expect("it can be written");
}

/// The text of a file that the server offers.
pub async fn file(app: &App, path: &str) -> String {
    let (status, _, body) = read(app.request("GET", path)).await;
    assert_eq!(status, 200, "{path}: {body}");
    body
}

async fn catalog(app: &App, path: &str) -> Json {
    serde_json::from_str(&file(app, path).await).expect("JSON")
}

fn slugs(list: &Json) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|document| document["slug"].as_str().expect("a slug")).collect()
}

/// The documents that the history ends with, by type and slug.
async fn last_documents(app: &App) -> Vec<(SubjectType, Json)> {
    let revisions = revision::Entity::find().order_by_asc(revision::Column::Number).all(app.database.read()).await;
    let mut last = BTreeMap::new();
    for row in revisions.expect("there is a history") {
        last.insert((row.subject_type.word(), row.subject_id), (row.subject_type, row.after));
    }
    last.into_values().filter_map(|(subject, after)| Some((subject, after?))).collect()
}

async fn a_catalog_export_holds_every_document(app: App) {
    rename_and_delete(&app).await;
    let catalog = catalog(&app, "/export/catalog.json").await;
    let expected = last_documents(&app).await;
    let revision = app.data("{ catalog { revision } }").await["catalog"]["revision"].clone();
    assert_eq!(
        (&catalog["revision"], catalog.as_object().map(serde_json::Map::len)),
        (&revision, Some(SubjectType::ALL.len() + 1))
    );
    for subject in SubjectType::ALL {
        let list = subject.plural();
        let mut expected = Vec::from_iter(expected.iter().filter(|(of, _)| of == subject).map(|(_, json)| json));
        let mut found = Vec::from_iter(catalog[list].as_array().expect("a list"));
        expected.sort_by_key(|document| document["slug"].to_string());
        found.sort_by_key(|document| document["slug"].to_string());
        assert_eq!(found, expected, "{list}");
    }
    assert_eq!(self::catalog(&app, "/export/models.json").await, catalog);
}

/// A history with changed slugs and deleted subjects.
async fn rename_and_delete(app: &App) {
    let editor = app.with_token(&app.token(Role::Editor).await);
    editor.data("mutation { updateModel(input: { slug: \"qwen\", newSlug: \"qwen-1\" }) { revision } }").await;
    editor.data("mutation { deleteModel(input: { slug: \"alpaca\" }) { revision } }").await;
}

async fn importing_a_catalog_export_restores_the_catalog(app: App) {
    let mut runner = runner();
    let models = documents::models(60).new_tree(&mut runner).expect("documents").current();
    save::<ModelDocument>(&app, json!(models)).await;
    let catalog = catalog(&app, "/export/catalog.json").await;
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let url = DatabaseUrl::Sqlite(folder.path().join("other.db"));
    let other = Database::connect(&url, POOL).await.expect("it can be made");
    open_llm_catalog::store::migrate::migrate(&other).await.expect("it can be migrated");
    let mut change = Change::begin(&other, "tester").await.expect("no other connection writes");
    fill::<OrganizationDocument>(&mut change, &catalog["organizations"]).await;
    fill::<LicenseDocument>(&mut change, &catalog["licenses"]).await;
    fill::<ArchitectureDocument>(&mut change, &catalog["architectures"]).await;
    fill::<DatasetDocument>(&mut change, &catalog["datasets"]).await;
    fill::<ModelDocument>(&mut change, &catalog["models"]).await;
    change.commit().await.expect("it can be written");
    assert_eq!(all::<OrganizationDocument>(&app.database).await, all(&other).await);
    assert_eq!(all::<LicenseDocument>(&app.database).await, all(&other).await);
    assert_eq!(all::<ArchitectureDocument>(&app.database).await, all(&other).await);
    assert_eq!(all::<DatasetDocument>(&app.database).await, all(&other).await);
    assert_eq!(all::<ModelDocument>(&app.database).await, all(&other).await);
    other.close().await.expect("it can be closed");
}

async fn fill<D: Persist>(change: &mut Change, list: &Json) {
    let documents = serde_json::from_value::<Vec<D>>(list.clone()).expect("documents");
    change.save_all(&documents).await.expect("they can be saved in this order");
}

async fn all<D: Persist>(database: &Database) -> Vec<D> {
    scan_all(database.read()).try_collect().await.expect("they can be read")
}

/// Models that were created before their base models.
async fn turn_round(app: &App) {
    let model =
        |slug: &str, base: Option<&str>| json!({ "slug": slug, "name": slug, "kind": "DERIVED", "baseModel": base });
    save::<ModelDocument>(
        app,
        json!([model("a", None), model("b", Some("a")), model("c", None), model("d", Some("c"))]),
    )
    .await;
    save::<ModelDocument>(app, json!([model("a", Some("d"))])).await;
}

async fn ndjson_lines_refer_only_to_earlier_lines(app: App) {
    turn_round(&app).await;
    let text = file(&app, "/export/models.ndjson").await;
    let mut known = BTreeSet::new();
    for line in text.lines() {
        assert!(line.starts_with("{\"type\":\""), "{line}");
        let mut document: Json = serde_json::from_str(line).expect("JSON");
        let subject = document["type"].take().as_str().expect("a type").to_owned();
        document.as_object_mut().expect("an object").remove("type");
        let references = match subject.as_str() {
            "Model" => references(&serde_json::from_value::<ModelDocument>(document.clone()).expect("a document")),
            "Dataset" => references(&serde_json::from_value::<DatasetDocument>(document.clone()).expect("a document")),
            _ => Vec::new(),
        };
        for reference in references {
            assert!(known.contains(&reference), "{reference:?} follows {line}");
        }
        known.insert((subject.to_lowercase(), document["slug"].as_str().expect("a slug").to_owned()));
    }
    assert_eq!(known.len(), 44 + 4);
    let places = ["a", "b", "c", "d"].map(|slug| text.find(&format!("\"slug\":\"{slug}\"")).expect("it is there"));
    assert!(places[2] < places[3] && places[3] < places[0] && places[0] < places[1], "{places:?}");
}

fn references<D: Persist>(document: &D) -> Vec<(String, String)> {
    let references = document.references().into_iter();
    references.map(|reference| (reference.subject.table().to_owned(), reference.slug.to_string())).collect()
}

async fn cycles_of_base_models_are_exported(app: App) {
    turn_round(&app).await;
    // Earlier releases allowed cycles.
    let change = Change::begin(&app.database, "test").await.expect("a change begins");
    let statement = "INSERT INTO model_base (model_id, position, base_id, first_base_id)
        SELECT c.id, 0, b.id, b.id FROM model c, model b WHERE c.slug = 'c' AND b.slug = 'b'";
    change.transaction().execute_unprepared(statement).await.expect("the statement is right");
    change.commit().await.expect("the change is committed");
    let whole = catalog(&app, "/export/catalog.json").await;
    assert_eq!(whole["models"].as_array().map(Vec::len), Some(35));
    let part = catalog(&app, "/export/models.json?search=d&kind=derived").await;
    let mut found = slugs(&part["models"]);
    found.sort_unstable();
    found.retain(|slug| slug.len() == 1);
    assert_eq!(found, ["a", "b", "c", "d"]);
}

async fn filtered_exports_hold_the_models_and_their_references(app: App) {
    save::<LicenseDocument>(&app, json!([{ "slug": "of-data", "name": "Of data", "commercialUse": "ALLOWED" }])).await;
    save::<DatasetDocument>(&app, json!([{ "slug": "licensed", "name": "Licensed", "license": "of-data" }])).await;
    let model = json!([{
        "slug": "tuned", "name": "Tuned", "kind": "DERIVED", "baseModel": "llama-2", "datasets": ["licensed"], "architecture": "gptq",
        "organizations": ["ibm"], "sizes": [{ "label": "7B", "parameters": "7B", "license": "internlm-license" }],
    }]);
    save::<ModelDocument>(&app, model).await;
    let part = catalog(&app, "/export/models.json?organization=ibm&kind=derived").await;
    let expected = [
        ("organizations", vec!["ibm"]),
        ("licenses", vec!["internlm-license", "llama-2-community-license", "of-data"]),
        ("architectures", vec!["gptq"]),
        ("datasets", vec!["licensed"]),
        ("models", vec!["llama-2", "tuned"]),
    ];
    for (list, expected) in expected {
        assert_eq!(slugs(&part[list]), expected, "{list}");
    }
    for (query, expected) in [
        ("license=llama-license", vec!["llama"]),
        ("search=wizard", vec!["wizardcoder", "wizardlm", "wizardmath"]),
        ("organization=nasa", vec!["prithvi"]),
        ("search=%E5%A4%A9%E5%B7%A5", vec!["skywork"]),
        ("search=llama&kind=foundation&license=llama-license", vec!["llama"]),
        ("search=nothing-like-that", vec![]),
    ] {
        let part = catalog(&app, &format!("/export/models.json?{query}")).await;
        let mut found = slugs(&part["models"]);
        found.sort_unstable();
        assert_eq!(found, expected, "{query}");
        let table = file(&app, &format!("/export/models.csv?{query}")).await;
        let mut rows = table.lines().skip(1).filter_map(|line| line.split(',').next()).collect::<Vec<_>>();
        rows.dedup();
        rows.sort_unstable();
        assert_eq!(rows, expected, "{query}");
    }
    // A table has the matching models, not their base models.
    let table = file(&app, "/export/models.csv?organization=ibm&kind=derived").await;
    assert_eq!(table.lines().count(), 2);
}
