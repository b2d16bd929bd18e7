//! Derived columns are those that a fresh catalog has which is given the same documents, whatever edits led there.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use open_llm_catalog::db::database::Database;
use proptest::{
    prelude::*,
    sample::select,
    strategy::{BoxedStrategy, ValueTree},
};
use sea_orm::{ConnectionTrait, FromQueryResult, JsonValue, Statement};
use serde_json::{Value as Json, json};

use crate::as_of::random;
use crate::support::{App, TestDatabase, connect, runner};
use crate::trials;

pub fn trials() -> Vec<Trial> {
    trials![on both:
        derived_columns_do_not_depend_on_the_way,
        a_change_of_a_source_shows_at_once,
        a_renamed_subject_keeps_its_evidence,
    ]
}

/// The columns of tables that follow from the documents, with slugs instead of ids.
const DERIVED: [(&str, &str); 12] = [
    (
        "model",
        "SELECT m.slug, m.name_key, m.search_text, m.commercial_use, m.max_parameters, m.max_training_tokens, m.max_context_length, m.release_date, b.slug AS base,
           m.lowest_confidence, m.source_count, m.conflict_count, m.unsourced_count FROM model m LEFT JOIN model b ON b.id = m.base_model_id",
    ),
    (
        "model_size",
        "SELECT m.slug, s.label, l.slug AS license, s.commercial_use, s.release_date, s.context_length, s.extended_context_length, s.status,
           s.knowledge_cutoff, CAST(s.modalities AS TEXT) AS modalities, s.cache_per_token, s.cache_fixed, s.cache_per_token_in_windows,
           s.lowest_confidence, s.source_count, s.conflict_count, s.unsourced_count
         FROM model_size s JOIN model m ON m.id = s.model_id LEFT JOIN license l ON l.id = s.effective_license_id",
    ),
    (
        "checkpoint",
        "SELECT m.slug, c.repository_key, c.hub, c.path, c.revision, s.label, l.slug AS license, u.slug AS use_license, c.commercial_use, c.release_date,
           c.context_length, c.extended_context_length, c.status, c.knowledge_cutoff, CAST(c.modalities AS TEXT) AS modalities,
           c.lowest_confidence, c.source_count, c.conflict_count, c.unsourced_count
         FROM checkpoint c JOIN model m ON m.id = c.model_id LEFT JOIN model_size s ON s.id = c.size_id
         LEFT JOIN license l ON l.id = c.effective_license_id LEFT JOIN license u ON u.id = c.use_license_id",
    ),
    (
        "model_license",
        "SELECT m.slug, l.slug AS license, x.position FROM model_license x JOIN model m ON m.id = x.model_id JOIN license l ON l.id = x.license_id",
    ),
    (
        "inherited_license",
        "SELECT m.slug, s.label, l.slug AS license FROM inherited_license x JOIN model m ON m.id = x.model_id
         JOIN model_size s ON s.id = x.model_size_id LEFT JOIN license l ON l.id = x.license_id",
    ),
    (
        "model_base",
        "SELECT m.slug, x.position, b.slug AS base, f.slug AS first FROM model_base x JOIN model m ON m.id = x.model_id
         JOIN model b ON b.id = x.base_id LEFT JOIN model f ON f.id = x.first_base_id",
    ),
    (
        "license",
        "SELECT slug, name_key, search_text, lowest_confidence, source_count, conflict_count, unsourced_count FROM license",
    ),
    (
        "dataset",
        "SELECT slug, name_key, search_text, lowest_confidence, source_count, conflict_count, unsourced_count FROM dataset",
    ),
    (
        "organization",
        "SELECT slug, name_key, search_text, lowest_confidence, source_count, conflict_count, unsourced_count FROM organization",
    ),
    ("source", "SELECT slug, name_key, search_text FROM source"),
    (
        "evidence",
        "SELECT COALESCE(m.slug, l.slug, o.slug, d.slug) AS slug, e.subject_type, e.part, e.field, e.value, s.slug AS source, e.confidence, e.rank, e.agrees
         FROM evidence e JOIN source s ON s.id = e.source_id
         LEFT JOIN model m ON m.id = e.subject_id AND e.subject_type = 'MODEL'
         LEFT JOIN license l ON l.id = e.subject_id AND e.subject_type = 'LICENSE'
         LEFT JOIN organization o ON o.id = e.subject_id AND e.subject_type = 'ORGANIZATION'
         LEFT JOIN dataset d ON d.id = e.subject_id AND e.subject_type = 'DATASET'
         WHERE e.removed_revision IS NULL",
    ),
    (
        "conflict",
        "SELECT COALESCE(m.slug, l.slug, o.slug, d.slug) AS slug, c.subject_type, c.part, c.field, c.contradicted FROM conflict c
         LEFT JOIN model m ON m.id = c.subject_id AND c.subject_type = 'MODEL'
         LEFT JOIN license l ON l.id = c.subject_id AND c.subject_type = 'LICENSE'
         LEFT JOIN organization o ON o.id = c.subject_id AND c.subject_type = 'ORGANIZATION'
         LEFT JOIN dataset d ON d.id = c.subject_id AND c.subject_type = 'DATASET'
         WHERE c.removed_revision IS NULL",
    ),
];

/// The rows of a query, in a fixed order.
async fn rows(database: &Database, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(database.backend(), sql);
    let rows = database.read().query_all_raw(statement).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    let rows = rows.iter().map(|row| JsonValue::from_query_result(row, "").expect("JSON").to_string());
    let mut rows = rows.collect::<Vec<_>>();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// Asserts that a new catalog, into which the documents of this one are imported, has the same derived columns.
async fn check_against_a_fresh_catalog(app: &App, after: &str) {
    let export = app.request("GET", "/export/catalog.json").send().await.expect("a response");
    let export = export.text().await.expect("text");
    let (test_database, url) = TestDatabase::empty_like(app).await;
    let fresh = app.with_connections(connect(&url).await);
    let fresh = fresh.with_token(&fresh.token(Role::Admin).await);
    let import = "mutation($content: String!) { importCatalog(input: { format: JSON, content: $content }) { written rows { problems { column message } } } }";
    let report = fresh.data_with(import, json!({ "content": export })).await["importCatalog"].take();
    assert_eq!(report["written"], true, "{after}: {report}");
    let again = fresh.request("GET", "/export/catalog.json").send().await.expect("a response");
    let documents = |export: &str| export.split_once(',').map(|(_, documents)| documents.to_owned());
    assert_eq!(documents(&again.text().await.expect("text")), documents(&export), "{after}: the documents");
    for (table, sql) in DERIVED {
        let (stored, computed) = (rows(&app.database, sql).await, rows(&fresh.database, sql).await);
        let only = |one: &[String], other: &[String]| {
            one.iter().filter(|row| !other.contains(row)).cloned().collect::<Vec<_>>()
        };
        assert_eq!(
            (only(&stored, &computed), only(&computed, &stored)),
            (vec![], vec![]),
            "{after}: {table}: only stored, and only computed"
        );
    }
    fresh.database.close().await.expect("the connections close");
    test_database.remove().await;
}

/// A mutation of evidence, or of a source.
fn evidence() -> BoxedStrategy<String> {
    let slug = select(random::SLUGS.to_vec());
    let of_models = vec![
        "contextLength: 4096",
        "contextLength: 131072",
        "license: \"a\"",
        "license: \"b\"",
        "baseModel: \"c\"",
        "organizations: [\"a\"]",
        "organizations: [\"b\", \"a\"]",
        "languages: [\"en\", \"zh-Hant\"]",
        "bases: [{ model: \"b\", relation: \"MERGED\" }]",
        "datasets: [\"a\", \"b\"]",
        "releaseDate: \"2024\"",
        "releaseDate: \"2024-02\"",
        "status: \"RELEASED\"",
        "kind: \"DERIVED\"",
        "architecture: \"d\"",
        "purposes: [\"CODE\"]",
        "commercialUse: \"PROHIBITED\"",
    ];
    let values = prop_oneof![
        12 => (Just("Model"), select(of_models)),
        2 => (Just("License"), select(vec!["commercialUse: \"ALLOWED\"", "commercialUse: \"PROHIBITED\"", "spdxId: \"MIT\"", "osiApproved: true"])),
        2 => (Just("Organization"), select(vec!["country: \"FR\"", "country: \"CN\"", "kind: \"COMPANY\""])),
        2 => (Just("Dataset"), select(vec!["tokens: \"7B\"", "license: \"a\"", "bytes: 1"])),
    ];
    let confidence = select(vec!["EXACT", "REPORTED", "CITED", "INFERRED"]);
    let rank = select(vec!["", "", "", ", rank: PREFERRED", ", rank: DEPRECATED, reason: \"wrong\""]);
    let added = (slug.clone(), slug.clone(), values, confidence, rank, select(vec!["", ", locator: \"x#L1\""])).prop_map(
        |(subject, source, (kind, values), confidence, rank, locator)| {
            format!(
                "update{kind}(input: {{ slug: \"{subject}\", evidence: {{ add: [{{ source: {{ slug: \"{source}\" }}, values: {{ {values} }},
                   confidence: {confidence}{rank}{locator} }}] }} }}) {{ revision }}"
            )
        },
    );
    let source = (
        slug.clone(),
        select(vec!["CONFIG", "LIST", "MODEL_CARD", "PAPER"]),
        slug.clone(),
        slug,
        select(vec!["null", "\"2023\"", "\"2024-05\""]),
    );
    let source = source.prop_map(|(source, kind, publisher, original, date)| {
        let original = if original < source { format!("\"{original}\"") } else { "null".to_owned() };
        format!(
            "updateSource(input: {{ slug: \"{source}\", kind: {kind}, publisher: {{ slug: \"{publisher}\" }}, derivedFrom: {original}, publishedAt: {date} }}) {{ revision }}"
        )
    });
    prop_oneof![5 => added, 1 => source].boxed()
}

async fn derived_columns_do_not_depend_on_the_way(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    let mut runner = runner();
    for subject in ["Organization", "License", "Source", "Architecture", "Dataset", "Model"] {
        for slug in random::SLUGS {
            let (name, required) = (random::name_field(subject), random::required(subject));
            app.data(&format!(
                "mutation {{ create{subject}(input: {{ slug: \"{slug}\", {name}: \"{slug}\"{required} }}) {{ revision }} }}"
            ))
            .await;
        }
    }
    let mut done = Vec::new();
    for number in 0..320 {
        let revisions = app.data("{ catalog { revision } }").await["catalog"]["revision"].as_i64().expect("a number");
        let plain = random::mutation(i32::try_from(revisions).expect("a few"));
        let mutation = prop_oneof![1 => plain, 1 => evidence()].new_tree(&mut runner).expect("a mutation").current();
        let with_reason = mutation.replacen("}) { revision }", "}, reason: \"a test\") { revision }", 1);
        let (_, answer) = app.post(&json!({ "query": format!("mutation {{ {with_reason} }}") })).await;
        if answer["errors"].is_null() {
            done.push(mutation);
        }
        if number % 80 == 79 {
            check_against_a_fresh_catalog(
                &app,
                &format!("after {} mutations, the last {:#?}", done.len(), &done[done.len().saturating_sub(12)..]),
            )
            .await;
        }
    }
    assert!(done.len() > 100, "most mutations succeed: {}", done.len());
}

/// A model with a statement of each of two sources, one of which belongs to its maker.
async fn with_two_sources(app: &App) -> App {
    let app = app.with_token(&app.token(Role::Admin).await);
    app.data(
        "mutation {
           a: createOrganization(input: { slug: \"maker\", name: \"Maker\" }) { revision }
           b: upsertSources(input: { sources: [{ slug: \"one\", title: \"One\", kind: PAPER }, { slug: \"two\", title: \"Two\", kind: PAPER }] }) { revision }
           c: createLicense(input: { slug: \"terms\", name: \"Terms\", commercialUse: ALLOWED }) { revision }
           d: createModel(input: { slug: \"m\", name: \"M\", kind: FOUNDATION, organizations: [{ slug: \"maker\" }], license: { slug: \"terms\" }, contextLength: 4096,
             evidence: [
               { source: { slug: \"one\" }, values: { contextLength: 4096, license: \"terms\", organizations: [\"maker\"] }, locator: \"p. 1\", confidence: REPORTED },
               { source: { slug: \"two\" }, values: { contextLength: 8192 }, locator: \"p. 2\", confidence: CITED }] }) { revision } }",
    )
    .await;
    app
}

async fn state(app: &App, as_of: &str) -> Json {
    let query = format!(
        "{{ models(where: {{ name: {{ eq: \"M\" }} }}{as_of}) {{ nodes {{ contextLength provenance {{ confidence sourceCount conflictCount unsourcedCount }}
             evidence {{ nodes {{ field value agrees }} }} }} }}
           conflicts{} {{ nodes {{ field contradicted }} }} }}",
        if as_of.is_empty() { String::new() } else { format!("({})", &as_of[2..]) }
    );
    app.data(&query).await
}

async fn now(app: &App) -> String {
    format!(", asOf: {}", app.data("{ catalog { updatedAt } }").await["catalog"]["updatedAt"])
}

async fn a_change_of_a_source_shows_at_once(app: App) {
    let app = with_two_sources(&app).await;
    let (before, time) = (state(&app, "").await, now(&app).await);
    assert_eq!(before["conflicts"]["nodes"], json!([{ "field": "contextLength", "contradicted": false }]));
    // It turns out that the maker wrote the other one: its statement holds now, and the value contradicts it.
    let edit = "mutation { updateSource(input: { slug: \"two\", publisher: { slug: \"maker\" } }) { revision } }";
    let revision = app.data(edit).await["updateSource"]["revision"].clone();
    let after = state(&app, "").await;
    assert_eq!(after["models"]["nodes"][0]["contextLength"], 4096, "values move when their subject is saved");
    assert_eq!(after["conflicts"]["nodes"], json!([{ "field": "contextLength", "contradicted": true }]));
    assert_eq!(state(&app, &time).await, before);
    let later = now(&app).await;
    assert_eq!(state(&app, &later).await, after);
    // A copy does not count beside its original.
    app.data("mutation { updateSource(input: { slug: \"two\", derivedFrom: \"one\" }) { revision } }").await;
    assert_eq!(state(&app, "").await["models"]["nodes"][0]["provenance"]["sourceCount"], 1);
    assert_eq!(state(&app, &later).await, after);
    check_against_a_fresh_catalog(&app, "sources changed").await;
    app.data(&format!("mutation {{ revertRevision(input: {{ number: {revision}, force: true }}) {{ revision }} }}"))
        .await;
    assert_eq!(state(&app, "").await, before);
    check_against_a_fresh_catalog(&app, "the change was undone").await;
}

async fn a_renamed_subject_keeps_its_evidence(app: App) {
    let app = with_two_sources(&app).await;
    let (before, time) = (state(&app, "").await, now(&app).await);
    let renamed =
        app.data("mutation { updateLicense(input: { slug: \"terms\", newSlug: \"new-terms\" }) { revision } }").await;
    app.data("mutation { updateOrganization(input: { slug: \"maker\", newSlug: \"new-maker\" }) { revision } }").await;
    let after = state(&app, "").await;
    assert_eq!(after["models"]["nodes"][0]["provenance"], before["models"]["nodes"][0]["provenance"]);
    check_against_a_fresh_catalog(&app, "a license and an organization were renamed").await;
    // The next save of the model finds no contradiction either.
    app.data("mutation { updateModel(input: { slug: \"m\", status: RELEASED }) { revision } }").await;
    assert_eq!(state(&app, "").await["conflicts"]["nodes"], before["conflicts"]["nodes"]);
    assert_eq!(
        state(&app, &time).await["models"]["nodes"][0]["provenance"],
        before["models"]["nodes"][0]["provenance"]
    );
    let undo = format!(
        "mutation {{ revertRevision(input: {{ number: {} }}) {{ revision }} }}",
        renamed["updateLicense"]["revision"]
    );
    app.data(&undo).await;
    assert_eq!(
        app.data("{ license(slug: \"terms\") { slug models { nodes { slug } } } }").await["license"]["models"]["nodes"],
        json!([{ "slug": "m" }])
    );
    check_against_a_fresh_catalog(&app, "the license has its old slug").await;
}
