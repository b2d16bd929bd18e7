//! A license is found by its name, its SPDX identifier and its other names, in the spellings of model hubs.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::{support::App, trials};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        imports_find_licenses_by_their_other_names,
        the_names_of_hubs_find_licenses,
        a_copy_of_a_reviewed_license_leaves_its_address,
        searches_find_licenses_by_their_other_names,
    ]
}

/// An editor of a catalog that has two licenses with other names.
async fn with_licenses(app: &App) -> App {
    let app = app.with_token(&app.token(Role::Admin).await);
    app.data(
        "mutation { upsertLicenses(input: { licenses: [
           { slug: \"apache-license-2-0\", name: \"Apache License 2.0\", spdxId: \"Apache-2.0\", aliases: [\"Apache 2\", \"ASL 2.0\", \"Apache License, Version 2.0\"],
             commercialUse: ALLOWED, termsReviewed: \"2026-11-20\", url: \"https://www.apache.org/licenses/LICENSE-2.0\" }
           { slug: \"llama-3-1-community-license\", name: \"Llama 3.1 Community License\", aliases: [\"llama3.1\"], commercialUse: UNKNOWN }] })
           { revision } }",
    )
    .await;
    app
}

async fn import(app: &App, format: &str, content: &Json) -> Json {
    let mutation = "mutation ($format: ImportFormat!, $content: String!) { importCatalog(input: { format: $format, content: $content }) {
        written rows { subjectType slug outcome warnings { column message } problems { column message } } } }";
    let variables = json!({ "format": format, "content": content.to_string() });
    app.data_with(mutation, variables).await["importCatalog"].take()
}

async fn license_of(app: &App, model: &str) -> Json {
    app.data(&format!("{{ model(slug: {model:?}) {{ license {{ slug }} }} }}")).await["model"]["license"]["slug"].take()
}

async fn imports_find_licenses_by_their_other_names(app: App) {
    let app = with_licenses(&app).await;
    for (spelling, slug) in [
        ("apache-2.0", "apache-license-2-0"),
        ("Apache 2.0", "apache-license-2-0"),
        ("Apache-2.0", "apache-license-2-0"),
        ("Apache License 2.0", "apache-license-2-0"),
        ("apache license, version 2.0", "apache-license-2-0"),
        ("asl 2.0", "apache-license-2-0"),
        ("llama3.1", "llama-3-1-community-license"),
        ("LLaMA3.1", "llama-3-1-community-license"),
    ] {
        let model = json!({ "models": [{ "name": "New", "kind": "FOUNDATION", "license": spelling }] });
        let report = import(&app, "JSON", &model).await;
        assert_eq!(report["written"], true, "{spelling}: {report}");
        assert_eq!(license_of(&app, "new").await, slug, "{spelling}");
    }
    // A document of the license itself is found by them too.
    let report = import(&app, "JSON", &json!({ "licenses": [{ "name": "ASL 2.0", "osiApproved": true }] })).await;
    assert_eq!(
        (&report["rows"][0]["slug"], &report["rows"][0]["outcome"]),
        (&json!("apache-license-2-0"), &json!("UPDATED"))
    );
}

async fn the_names_of_hubs_find_licenses(app: App) {
    let app = with_licenses(&app).await;
    let licenses = app.data("{ licenses { totalCount } }").await;
    for (card, slug) in [
        (json!({ "license": "apache-2.0" }), "apache-license-2-0"),
        (json!({ "license": "llama3.1" }), "llama-3-1-community-license"),
        (json!({ "license": "other", "license_name": "llama3.1" }), "llama-3-1-community-license"),
        (json!({ "license": "other", "license_name": "Llama 3.1 Community License" }), "llama-3-1-community-license"),
    ] {
        let report = import(&app, "HUGGING_FACE", &json!({ "id": "maker/new", "cardData": card })).await;
        assert_eq!(report["written"], true, "{card}: {report}");
        assert_eq!(license_of(&app, "new").await, slug, "{card}");
    }
    assert_eq!(app.data("{ licenses { totalCount } }").await, licenses);
}

async fn a_copy_of_a_reviewed_license_leaves_its_address(app: App) {
    let app = with_licenses(&app).await;
    let url =
        async |slug: &str| app.data(&format!("{{ license(slug: {slug:?}) {{ url }} }}")).await["license"]["url"].take();
    let card =
        |license: &str| json!({ "id": "maker/new", "cardData": { "license": license, "license_link": "LICENSE" } });
    let report = import(&app, "HUGGING_FACE", &card("apache-2.0")).await;
    let message = "the terms of this license were read at \"https://www.apache.org/licenses/LICENSE-2.0\", which was kept; a row with a slug replaces it";
    let row = report["rows"].as_array().expect("a list").iter().find(|row| row["subjectType"] == "LICENSE");
    let row = row.expect("a row of the license");
    let expected = json!([{ "column": "url", "message": message }]);
    assert_eq!((&row["outcome"], &row["warnings"]), (&json!("UNCHANGED"), &expected));
    assert_eq!(url("apache-license-2-0").await, "https://www.apache.org/licenses/LICENSE-2.0");
    // The address of another license is a fact like any other.
    import(&app, "HUGGING_FACE", &card("llama3.1")).await;
    assert_eq!(url("llama-3-1-community-license").await, "https://huggingface.co/maker/new/blob/main/LICENSE");
}

async fn searches_find_licenses_by_their_other_names(app: App) {
    let app = with_licenses(&app).await;
    for (words, slug) in [
        ("apache-2.0", "apache-license-2-0"),
        ("Apache 2.0", "apache-license-2-0"),
        ("apache license 2.0", "apache-license-2-0"),
        ("asl 2.0", "apache-license-2-0"),
        ("llama3.1", "llama-3-1-community-license"),
        ("llama31", "llama-3-1-community-license"),
    ] {
        let data = app
            .data(&format!("{{ licenses(search: {words:?}) {{ nodes {{ slug }} }} search(query: {words:?}, first: 1) {{ nodes {{ ... on License {{ slug }} }} }} }}"))
            .await;
        assert_eq!(data["licenses"]["nodes"], json!([{ "slug": slug }]), "{words}");
        assert_eq!(data["search"]["nodes"][0]["slug"], slug, "{words}");
    }
}
