//! Each saved change is recorded as a revision, and derived columns follow.

use libtest_mimic::Trial;
use open_llm_catalog::domain::dataset::DatasetDocument;
use open_llm_catalog::domain::license::LicenseDocument;
use open_llm_catalog::domain::model::ModelDocument;
use open_llm_catalog::domain::organization::OrganizationDocument;
use open_llm_catalog::domain::slug::Slug;
use open_llm_catalog::error::Error;
use open_llm_catalog::store::change::{Change, Outcome};
use open_llm_catalog::store::documents::Persist;
use serde_json::{Value as Json, json};

use crate::{support::App, trials};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        every_subject_has_its_revisions,
        a_revision_lists_the_changed_fields,
        models_follow_their_license,
        search_finds_models_by_renamed_organizations,
        sizes_keep_their_ids_while_labels_stay,
        a_document_with_problems_changes_nothing,
        an_uncommitted_change_is_rolled_back,
        referenced_subjects_cannot_be_deleted,
        a_deleted_subject_keeps_its_history,
        a_subject_is_created_once,
        an_outdated_version_is_a_conflict,
    ]
}

/// Saves a document in a separate change.
async fn save<D: Persist>(app: &App, document: Json) -> Outcome {
    let document = serde_json::from_value::<D>(document).expect("a document");
    let mut change = Change::begin(&app.database, "tester").await.expect("no other connection writes");
    let saved = change.save(&document).await.expect("it can be saved");
    change.commit().await.expect("it can be committed");
    saved.outcome
}

async fn every_subject_has_its_revisions(app: App) {
    let subjects = [
        ("model", "qwen"),
        ("dataset", "the-pile"),
        ("license", "llama-license"),
        ("organization", "meta"),
        ("architecture", "gptq"),
    ];
    for (name, slug) in subjects {
        let query = format!(
            "{{ subject: {name}(slug: \"{slug}\") {{ id version createdAt updatedAt revisions {{ totalCount nodes {{
                 number actor action subjectType subjectSlug createdAt subject {{ id }} changes {{ field before after }} }} }} }} }}"
        );
        let data = app.data(&query).await;
        let subject = &data["subject"];
        let revision = &subject["revisions"]["nodes"][0];
        assert_eq!((&subject["version"], &subject["revisions"]["totalCount"]), (&json!(1), &json!(1)), "{name}");
        assert_eq!(subject["createdAt"], subject["updatedAt"]);
        assert_eq!(revision["createdAt"], subject["createdAt"]);
        assert_eq!(revision["subject"]["id"], subject["id"]);
        let recorded = ["actor", "action", "subjectType", "subjectSlug"].map(|field| revision[field].clone());
        assert_eq!(recorded, [json!("seed"), json!("CREATED"), json!(name.to_uppercase()), json!(slug)]);
        let changes = revision["changes"].as_array().expect("a list");
        assert!(changes.contains(&json!({ "field": "slug", "before": null, "after": slug })), "{changes:?}");
    }
    let numbers = app.column("{ revisions(first: 100) { nodes { number } } }", "/revisions/nodes", "number").await;
    assert_eq!(numbers, (1..=44).map(Json::from).collect::<Vec<_>>());
}

const XVERSE: &str = r#"{ "slug": "xverse", "name": "XVERSE", "kind": "FOUNDATION", "position": 19,
    "dataScale": { "text": "1.4T", "amount": 1400000000000, "unit": "TOKENS" },
    "sizes": [{ "label": "13B", "parameters": 13000000000, "trainingTokens": 1400000000000 }] }"#;

fn xverse(change: impl Fn(&mut Json)) -> Json {
    let mut document = serde_json::from_str(XVERSE).expect("JSON");
    change(&mut document);
    document
}

async fn a_revision_lists_the_changed_fields(app: App) {
    assert_eq!(save::<ModelDocument>(&app, xverse(|_| {})).await, Outcome::Unchanged);
    let changed = xverse(|document| {
        document["releaseDate"] = json!("2023-08-07");
        document["dataScale"] = Json::Null;
        document["summary"] = json!({ "en": "A model" });
        document["sizes"] = json!([
            { "label": "7B", "parameters": "7B" },
            { "label": "13B", "parameters": "13B", "trainingTokens": "1.5T" },
        ]);
    });
    assert_eq!(save::<ModelDocument>(&app, changed).await, Outcome::Updated);
    let data = app
        .data(
            "{ model(slug: \"xverse\") { version maxParameters maxTrainingTokens releaseDate sizes { label trainingTokens }
                 revisions(last: 1) { nodes { number actor action changes { field before after } } } }
               catalog { revision } }",
        )
        .await;
    let change = |field: &str, before: Json, after: Json| json!({ "field": field, "before": before, "after": after });
    let changes = [
        change("dataScale.amount", json!(1_400_000_000_000_i64), Json::Null),
        change("dataScale.text", json!("1.4T"), Json::Null),
        change("dataScale.unit", json!("TOKENS"), Json::Null),
        change("releaseDate", Json::Null, json!("2023-08-07")),
        change("sizes.13B.trainingTokens", json!(1_400_000_000_000_i64), json!(1_500_000_000_000_i64)),
        change("sizes.7B.label", Json::Null, json!("7B")),
        change("sizes.7B.parameters", Json::Null, json!(7_000_000_000_i64)),
        change("summary.en", Json::Null, json!("A model")),
    ];
    let revision = json!({ "number": 45, "actor": "tester", "action": "UPDATED", "changes": changes });
    let expected = json!({
        "version": 2, "maxParameters": 13_000_000_000_i64, "maxTrainingTokens": 1_500_000_000_000_i64,
        "releaseDate": "2023-08-07",
        "sizes": [{ "label": "7B", "trainingTokens": null }, { "label": "13B", "trainingTokens": 1_500_000_000_000_i64 }],
        "revisions": { "nodes": [revision] },
    });
    assert_eq!(data["model"], expected);
    assert_eq!(data["catalog"]["revision"], 45);
}

async fn models_follow_their_license(app: App) {
    let licensed = xverse(|document| document["license"] = json!("llama-license"));
    save::<ModelDocument>(&app, licensed).await;
    let uses = "{ xverse: model(slug: \"xverse\") { commercialUse } llama: model(slug: \"llama\") { commercialUse } }";
    let uses_are = |xverse: &str, llama: &str| json!({ "xverse": { "commercialUse": xverse }, "llama": { "commercialUse": llama } });
    assert_eq!(app.data(uses).await, uses_are("PROHIBITED", "PROHIBITED"));
    // The list prohibits the use of LLaMA explicitly; for XVERSE it states nothing.
    let license = json!({ "slug": "llama-license", "name": "LLaMA License", "commercialUse": "ALLOWED" });
    save::<LicenseDocument>(&app, license).await;
    assert_eq!(app.data(uses).await, uses_are("ALLOWED", "PROHIBITED"));
}

async fn search_finds_models_by_renamed_organizations(app: App) {
    let found = "{ models(search: \"国际商业机器\") { nodes { slug } } }";
    assert_eq!(app.data(found).await["models"]["nodes"], json!([]));
    let organization = json!({ "slug": "ibm", "name": "IBM", "localizedName": { "zh": "国际商业机器公司" } });
    save::<OrganizationDocument>(&app, organization).await;
    assert_eq!(app.data(found).await["models"]["nodes"], json!([{ "slug": "prithvi" }]));
}

async fn sizes_keep_their_ids_while_labels_stay(app: App) {
    let ids = "{ model(slug: \"xverse\") { sizes { id label } } }";
    let before = app.column(ids, "/model/sizes", "id").await;
    let more = xverse(|document| {
        document["sizes"] = json!([{ "label": "7B", "parameters": "7B" }, { "label": "13B", "parameters": "13.5B" }]);
    });
    save::<ModelDocument>(&app, more).await;
    let after = app.column(ids, "/model/sizes", "id").await;
    assert_eq!((after.len(), &after[1]), (2, &before[0]));
}

async fn a_document_with_problems_changes_nothing(app: App) {
    let wrong = xverse(|document| {
        document["name"] = json!(" ");
        document["position"] = json!(0);
        document["aliases"] = json!(["X", "X"]);
        document["trainingFlops"] = json!(-1.0);
        document["links"] = json!([{ "kind": "OTHER", "url": "javascript:alert(1)" }]);
        document["sizes"] = json!([{ "label": "13B", "parameters": 13 }, { "label": "7B", "parameters": 0 }]);
    });
    let document = serde_json::from_value::<ModelDocument>(wrong).expect("a document");
    let mut change = Change::begin(&app.database, "tester").await.expect("no other connection writes");
    let error = change.save(&document).await.expect_err("it has problems");
    let expected =
        ["name", "name", "aliases", "position", "trainingFlops", "links.0.url", "sizes.1.parameters", "sizes"];
    assert_eq!((error.code(), fields(&error)), ("INVALID_DOCUMENT", expected.map(str::to_owned).to_vec()));
    let unknown = xverse(|document| {
        document["license"] = json!("no-such-license");
        document["datasets"] = json!(["the-pile", "no-such-dataset"]);
    });
    let document = serde_json::from_value::<ModelDocument>(unknown).expect("a document");
    let error = change.save(&document).await.expect_err("it refers to nothing");
    assert_eq!(fields(&error), ["license", "datasets.1"]);
    assert!(error.to_string().contains("no-such-license"), "{error}");
    drop(change);
    assert_eq!(app.data("{ catalog { revision } }").await["catalog"]["revision"], 44);
}

async fn an_uncommitted_change_is_rolled_back(app: App) {
    let document = xverse(|document| document["name"] = json!("Renamed"));
    let document = serde_json::from_value::<ModelDocument>(document).expect("a document");
    let mut change = Change::begin(&app.database, "tester").await.expect("no other connection writes");
    assert_eq!(change.save(&document).await.expect("it can be saved").outcome, Outcome::Updated);
    drop(change);
    let data = app.data("{ model(slug: \"xverse\") { name version } catalog { revision } }").await;
    assert_eq!(data, json!({ "model": { "name": "XVERSE", "version": 1 }, "catalog": { "revision": 44 } }));
    // The next change can write.
    assert_eq!(
        save::<ModelDocument>(&app, xverse(|document| document["name"] = json!("Renamed"))).await,
        Outcome::Updated
    );
}

/// The fields that have problems.
fn fields(error: &Error) -> Vec<String> {
    let Error::InvalidDocument { problems, .. } = error else { panic!("{error}") };
    problems.iter().map(|problem| problem.field.clone()).collect()
}

async fn referenced_subjects_cannot_be_deleted(app: App) {
    let mut change = Change::begin(&app.database, "tester").await.expect("no other connection writes");
    let slug = |text: &str| text.parse::<Slug>().expect("a slug");
    let (subject, before) = change.load::<OrganizationDocument>(&slug("ibm"), None).await.expect("it is there");
    let error = change.delete(subject, &before).await.expect_err("Prithvi is made by it");
    assert_eq!(
        (error.code(), error.to_string()),
        ("IN_USE", r#"The organization "ibm" is in use by the model "prithvi"; change those first."#.to_owned())
    );
    let (subject, before) = change.load::<DatasetDocument>(&slug("the-pile"), None).await.expect("it is there");
    assert_eq!(change.delete(subject, &before).await.expect_err("GPT-NeoX was trained on it").code(), "IN_USE");
    let (subject, before) = change.load::<LicenseDocument>(&slug("llama-license"), None).await.expect("it is there");
    assert_eq!(change.delete(subject, &before).await.expect_err("LLaMA is under it").code(), "IN_USE");
    assert_eq!(change.commit().await.expect("it can be committed"), 44);
}

async fn a_deleted_subject_keeps_its_history(app: App) {
    let mut change = Change::begin(&app.database, "tester").await.expect("no other connection writes");
    let slug = "bloom".parse::<Slug>().expect("a slug");
    let (subject, before) = change.load::<ModelDocument>(&slug, Some(1)).await.expect("it is there");
    change.delete(subject, &before).await.expect("nobody refers to it");
    assert_eq!(change.commit().await.expect("it can be committed"), 45);
    let data = app
        .data(
            "{ catalog { counts { models sizes licenses } } revisions(last: 1) { nodes {
                 number action subjectType subjectSlug subject { id } changes { field before after } } } }",
        )
        .await;
    assert_eq!(data["catalog"]["counts"], json!({ "models": 30, "sizes": 52, "licenses": 5 }));
    let revision = &data["revisions"]["nodes"][0];
    let recorded = ["number", "action", "subjectType", "subjectSlug", "subject"].map(|field| revision[field].clone());
    assert_eq!(recorded, [json!(45), json!("DELETED"), json!("MODEL"), json!("bloom"), Json::Null]);
    let changes = revision["changes"].as_array().expect("a list");
    assert!(changes.contains(&json!({ "field": "name", "before": "BLOOM", "after": null })), "{changes:?}");
    assert_eq!(app.error("{ model(slug: \"bloom\") { slug } }").await.0, "NOT_FOUND");
}

async fn a_subject_is_created_once(app: App) {
    let document = serde_json::from_value::<ModelDocument>(xverse(|_| {})).expect("a document");
    let mut change = Change::begin(&app.database, "tester").await.expect("no other connection writes");
    assert_eq!(change.create(&document).await.expect_err("it is there").code(), "ALREADY_EXISTS");
    // Nor can another subject take its slug.
    let slug = "xgen".parse::<Slug>().expect("a slug");
    let (subject, before) = change.load::<ModelDocument>(&slug, None).await.expect("it is there");
    assert_eq!(change.update(subject, &before, &document).await.expect_err("it is taken").code(), "ALREADY_EXISTS");
    let renamed = ModelDocument { slug: "xgen-7b".parse().expect("a slug"), ..before.clone() };
    assert_eq!(change.update(subject, &before, &renamed).await.expect("it is free").outcome, Outcome::Updated);
    change.commit().await.expect("it can be committed");
    let data = app.data("{ model(slug: \"xgen-7b\") { name version revisions { totalCount } } }").await;
    assert_eq!(data["model"], json!({ "name": "XGen", "version": 2, "revisions": { "totalCount": 2 } }));
}

async fn an_outdated_version_is_a_conflict(app: App) {
    let change = Change::begin(&app.database, "tester").await.expect("no other connection writes");
    let slug = "xgen".parse::<Slug>().expect("a slug");
    let error = change.load::<ModelDocument>(&slug, Some(7)).await.expect_err("it is at version 1");
    let message = r#"The model "xgen" is at version 1, not 7: someone else has changed it. Read it again."#;
    assert_eq!((error.code(), error.to_string()), ("CONFLICT", message.to_owned()));
}
