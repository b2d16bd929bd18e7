//! `importCatalog`: a source is merged into the catalog completely or not at all, and the report has each row.

use entity::vocabulary::Role;
use futures_util::TryStreamExt;
use libtest_mimic::Trial;
use open_llm_catalog::db::database::Database;
use open_llm_catalog::domain::license::LicenseDocument;
use open_llm_catalog::domain::model::ModelDocument;
use open_llm_catalog::formats::import::Import;
use open_llm_catalog::formats::import::report::Row;
use open_llm_catalog::formats::readers::format::{ImportFormat, ReadOptions};
use open_llm_catalog::store::change::Change;
use open_llm_catalog::store::scan::scan_all;
use proptest::strategy::{Strategy, ValueTree};
use sea_orm::DbBackend;
use serde_json::{Value as Json, json};

use crate::{
    edit::{dump, refused},
    support::{App, POOL, documents, runner},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        stated_fields_are_merged_and_others_stay,
        lists_are_merged_by_label_and_url,
        names_are_matched_in_any_spelling,
        ambiguous_names_are_rejected,
        prose_is_imported_only_into_empty_fields,
        importing_twice_changes_nothing,
        one_rejected_row_rejects_the_import,
        all_problems_of_a_document_are_reported,
        a_dry_run_returns_the_same_report_and_writes_nothing,
        base_models_may_follow_their_models,
        repeated_subjects_are_merged_in_order,
        imported_documents_equal_their_source,
        an_import_with_an_idempotency_key_writes_once,
        importing_needs_the_role_admin,
        mutations_wait_for_another_writer_or_are_rejected,
        large_files_are_accepted,
        the_kind_of_a_model_stays_unknown_unless_it_is_stated,
        markdown_lists_are_imported,
        faults_that_only_the_save_finds_reject_their_rows,
        rejected_rows_are_skipped_if_asked,
        facts_get_evidence_of_a_named_source,
        maps_name_the_fields_of_records,
    ]
}

const IMPORT: &str = "mutation ($format: ImportFormat!, $content: String!, $dryRun: Boolean! = false) {
    importCatalog(input: { format: $format, content: $content, dryRun: $dryRun }) {
      written created updated unchanged rejected revision
      rows { line row subjectType slug outcome changes { field before after } warnings { column raw message } problems { column raw message } } } }";

async fn admin(app: &App) -> App {
    app.with_token(&app.token(Role::Admin).await)
}

async fn import(app: &App, documents: Json) -> Json {
    let variables = json!({ "format": "JSON", "content": documents.to_string() });
    app.data_with(IMPORT, variables).await["importCatalog"].take()
}

/// The outcome of each row, and its changed fields.
fn outcomes(report: &Json) -> Vec<(String, Vec<String>)> {
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let rows = report["rows"].as_array().expect("a list").iter();
    rows.map(|row| {
        let fields = row["changes"].as_array().expect("a list").iter().map(|change| text(&change["field"]));
        (format!("{} {}", text(&row["outcome"]), text(&row["slug"])), fields.collect())
    })
    .collect()
}

/// The columns and messages of the problems of a row.
fn remarks(row: &Json, kind: &str) -> Vec<(String, String)> {
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let remarks = row[kind].as_array().expect("a list").iter();
    remarks.map(|remark| (text(&remark["column"]), text(&remark["message"]))).collect()
}

async fn stated_fields_are_merged_and_others_stay(app: App) {
    let app = admin(&app).await;
    let before = dump(&app).await;
    let report = import(
        &app,
        json!([{ "name": "BLOOM", "position": 55, "releaseDate": "2022-07-11", "license": null, "aliases": [], "dataScale": { "text": " " },
                 "summary": { "en": "" }, "commercialUse": "ALLOWED" }]),
    )
    .await;
    let row = &report["rows"][0];
    let change = |field: &str, before: Json, after: Json| json!({ "field": field, "before": before, "after": after });
    let mut changes =
        vec![change("position", json!(5), json!(55)), change("releaseDate", Json::Null, json!("2022-07-11"))];
    if row["changes"].as_array().map(Vec::len) == Some(3) {
        // For some models the list repeats the terms of their license.
        changes.insert(0, change("commercialUse", Json::Null, json!("ALLOWED")));
    }
    let reported = (&report["written"], &report["updated"], &report["revision"], &row["outcome"], &row["changes"]);
    assert_eq!(reported, (&json!(true), &json!(1), &json!(45), &json!("UPDATED"), &json!(changes)));
    let after = dump(&app).await;
    let models = |dump: &Json| dump["models"]["nodes"].as_array().expect("a list").clone();
    for (mut old, mut new) in models(&before).into_iter().zip(models(&after)) {
        if new["slug"] == "bloom" {
            assert_eq!(
                (&new["position"], &new["releaseDate"], &new["version"]),
                (&json!(55), &json!("2022-07-11"), &json!(2))
            );
            for field in ["position", "releaseDate", "version", "commercialUse"] {
                old[field] = Json::Null;
                new[field] = Json::Null;
            }
            // The sizes have the release date of the model.
            for size in [&mut old, &mut new].into_iter().flat_map(|model| model["sizes"].as_array_mut()).flatten() {
                size["releaseDate"] = Json::Null;
            }
        }
        assert_eq!(new, old);
    }
    let revision = app.data("{ revisions(last: 1) { nodes { action actor subjectSlug } } }").await;
    let revision = &revision["revisions"]["nodes"][0];
    assert_eq!((&revision["action"], &revision["subjectSlug"]), (&json!("IMPORTED"), &json!("bloom")));
    assert!(revision["actor"].as_str().is_some_and(|actor| actor.starts_with("admin-")), "{revision}");
}

async fn lists_are_merged_by_label_and_url(app: App) {
    let app = admin(&app).await;
    let link = "https://example.org/qwen";
    let report = import(
        &app,
        json!([{ "slug": "qwen", "aliases": ["千问", "Tongyi"], "organizations": ["meta"],
                 "sizes": [{ "label": "72b", "parameters": "72B" }, { "label": "7b", "trainingTokens": "2.5T" }, { "label": "1.8B", "parameters": "1.8B" }],
                 "links": [{ "kind": "PAPER", "url": link }], "dataScale": { "text": "3T" } },
               { "slug": "qwen", "links": [{ "kind": "ARTICLE", "url": link, "title": "Report" }], "organizations": ["ibm", "Meta"] }]),
    )
    .await;
    assert_eq!(report["written"], true, "{report}");
    let data = app
        .data("{ model(slug: \"qwen\") { version aliases organizations { slug } sizes { label parameters trainingTokens } links { kind title url } dataScale { text amount unit } } }")
        .await;
    assert_eq!(model_scale(&data), json!({ "text": "3T", "amount": null, "unit": "TOKENS" }));
    let size = |label: &str, parameters: i64, tokens: Option<i64>| json!({ "label": label, "parameters": parameters, "trainingTokens": tokens });
    let model = &data["model"];
    assert_eq!(model["aliases"], json!(["通义千问", "千问", "Tongyi"]));
    assert_eq!(model["organizations"], json!([{ "slug": "meta" }, { "slug": "ibm" }]));
    let billion = 1_000_000_000;
    assert_eq!(
        model["sizes"],
        json!([
            size("1.8B", 1_800_000_000, None),
            size("7B", 7 * billion, Some(2500 * billion)),
            size("14B", 14 * billion, Some(3000 * billion)),
            size("72b", 72 * billion, None),
        ])
    );
    assert_eq!(model["links"].as_array().map(Vec::len), Some(2));
    assert_eq!(model["links"][1], json!({ "kind": "ARTICLE", "title": "Report", "url": link }));
    assert_eq!(model["version"], 3);
}

fn model_scale(data: &Json) -> Json {
    data["model"]["dataScale"].clone()
}

async fn names_are_matched_in_any_spelling(app: App) {
    let app = admin(&app).await;
    let names = ["Qwen", "QWen", "ｑｗｅｎ", "千问", " 通义千问 ", "qwen"];
    let stated = names.map(|name| json!({ "name": name, "kind": "FOUNDATION" }));
    let report = import(&app, Json::from_iter(stated)).await;
    assert_eq!(outcomes(&report), names.map(|_| ("UNCHANGED qwen".to_owned(), vec![])), "{report}");
    // A name that only identifies a subject does not rename it; together with the slug it does.
    let report = import(&app, json!([{ "slug": "qwen", "name": "QWEN" }, { "name": "llama 2" }])).await;
    assert_eq!(
        outcomes(&report),
        [("UPDATED qwen".to_owned(), vec!["name".to_owned()]), ("UNCHANGED llama-2".to_owned(), vec![])]
    );
    // So are references, which may also be SPDX identifiers.
    let report = import(
        &app,
        json!({ "models": [{ "name": "New", "kind": "DERIVED", "license": "mit", "organizations": ["昆仑万维", "NASA"], "baseModel": "千问",
                             "datasets": ["The  Pile"], "sizes": [{ "label": "1B", "parameters": "1B", "license": "LLAMA License" }] }],
                "licenses": [{ "name": "The MIT License", "spdxId": "MIT", "commercialUse": "ALLOWED" }] }),
    )
    .await;
    assert_eq!(report["created"], 2, "{report}");
    let data = app
        .data("{ model(slug: \"new\") { license { slug } organizations { slug } baseModel { slug } datasets { slug } sizes { license { slug } } } }")
        .await;
    let slugs = |slugs: &[&str]| Json::from_iter(slugs.iter().map(|slug| json!({ "slug": slug })));
    let expected = json!({ "license": { "slug": "the-mit-license" }, "organizations": slugs(&["kunlun-wanwei", "nasa"]), "baseModel": { "slug": "qwen" },
        "datasets": slugs(&["the-pile"]), "sizes": [{ "license": { "slug": "llama-license" } }] });
    assert_eq!(data["model"], expected);
    // `+` distinguishes names; case and hyphens do not.
    let names = ["Command R", "Command R+", "Command-R", "command r +"]
        .map(|name| json!({ "name": name, "kind": "FOUNDATION" }));
    let outcomes =
        outcomes(&import(&app, Json::from_iter(names)).await).into_iter().map(|(row, _)| row).collect::<Vec<_>>();
    assert_eq!(
        outcomes,
        ["CREATED command-r", "CREATED command-r-plus", "UNCHANGED command-r", "UNCHANGED command-r-plus"]
    );
}

async fn ambiguous_names_are_rejected(app: App) {
    let app = admin(&app).await;
    let two =
        ["one", "two"].map(|slug| json!({ "slug": slug, "name": slug, "kind": "DERIVED", "aliases": ["Shared"] }));
    assert_eq!(import(&app, Json::from_iter(two)).await["created"], 2);
    let report = import(
        &app,
        json!([{ "name": "shared", "kind": "DERIVED" }, { "name": "x", "kind": "DERIVED", "baseModel": "Shared" }]),
    )
    .await;
    let several =
        |column: &str, subject: &str| vec![(column.to_owned(), format!("matches several {subject}s; give the slug"))];
    assert_eq!(remarks(&report["rows"][0], "problems"), several("name", "model"));
    assert_eq!(remarks(&report["rows"][1], "problems"), several("baseModel", "model"));
    // The own name ranks before an alias of another model.
    let report = import(
        &app,
        json!([{ "slug": "three", "name": "Shared", "kind": "DERIVED" }, { "name": "SHARED", "position": 7 }]),
    )
    .await;
    assert_eq!(outcomes(&report)[1].0, "UPDATED three");
}

async fn prose_is_imported_only_into_empty_fields(app: App) {
    let app = admin(&app).await;
    let report = import(
        &app,
        json!([{ "name": "Prithvi", "summary": { "zh": "别的话", "en": " GEOSPATIAL " } },
               { "name": "Qwen", "summary": { "zh": "新的话" } },
               { "name": "Skywork", "summary": { "zh": "天工" } },
               { "name": "baichuan-2", "summary": { "zh": "开放，商用需授权" } }]),
    )
    .await;
    let rows = outcomes(&report).into_iter().map(|(row, _)| row).collect::<Vec<_>>();
    assert_eq!(rows, ["UNCHANGED prithvi", "UPDATED qwen", "UNCHANGED skywork", "UNCHANGED baichuan-2"]);
    let warning = (
        "summary.zh".to_owned(),
        "the catalog has \"地理空间\", which was kept; a row with a slug replaces it".to_owned(),
    );
    assert_eq!(remarks(&report["rows"][0], "warnings"), [warning]);
    assert_eq!(report["rows"][0]["warnings"][0]["raw"], "别的话");
    let data = app.data("{ model(slug: \"qwen\") { summary(language: ZH) } }").await;
    assert_eq!(data["model"]["summary"], "新的话");
}

async fn importing_twice_changes_nothing(app: App) {
    let app = admin(&app).await;
    let source = json!({
        "organizations": [{ "name": "Mistral AI", "localizedName": { "zh": "米斯特拉尔" } }],
        "licenses": [{ "name": "Apache License 2.0", "spdxId": "Apache-2.0", "commercialUse": "ALLOWED" }],
        "models": [{ "name": "Mixtral", "kind": "DERIVED", "aliases": ["Mixtral", "MIXTRAL"], "organizations": ["米斯特拉尔"], "license": "apache 2.0",
            "baseModel": "Mistral", "links": [{ "kind": "PAPER", "url": "https://a.b" }, { "kind": "ARTICLE", "url": "https://a.b" }],
            "sizes": [{ "label": "8x7B", "parameters": "46.7B", "activeParameters": "12.9B" }], "summary": { "en": "Experts" } },
          { "name": "Mistral", "kind": "FOUNDATION" }, { "name": "Qwen", "position": 5, "trainingFlops": 1.5e23 }],
    });
    let mut source = source;
    source["models"][0]["license"] = json!("Apache-2.0");
    let first = import(&app, source.clone()).await;
    assert_eq!((&first["created"], &first["updated"]), (&json!(4), &json!(1)), "{first}");
    let after = dump(&app).await;
    let second = import(&app, source).await;
    assert_eq!(
        (&second["unchanged"], &second["written"], &second["revision"]),
        (&json!(5), &json!(true), &first["revision"]),
        "{second}"
    );
    assert_eq!(dump(&app).await, after);
}

async fn one_rejected_row_rejects_the_import(app: App) {
    let app = admin(&app).await;
    let before = dump(&app).await;
    let content = "{\"name\": \"Good\", \"kind\": \"DERIVED\"}\n\n{\"name\": \"Bad\", \"kind\": \"DERIVED\", \"license\": \"No Such\"}\n{\"name\": \"Qwen\", \"position\": 3}\n";
    let report = app.data_with(IMPORT, json!({ "format": "NDJSON", "content": content })).await["importCatalog"].take();
    let counts = ["written", "created", "updated", "rejected", "revision"].map(|count| report[count].clone());
    assert_eq!(counts, [json!(false), json!(1), json!(1), json!(1), json!(44)]);
    let row = &report["rows"][1];
    assert_eq!((&row["line"], &row["row"], &row["slug"]), (&json!(3), &json!("Bad"), &json!("bad")));
    let message = "no license matches \"No Such\"; add it before this row, or remove the reference";
    assert_eq!(row["problems"], json!([{ "column": "license", "raw": "No Such", "message": message }]));
    assert_eq!(dump(&app).await, before);
}

async fn all_problems_of_a_document_are_reported(app: App) {
    let app = admin(&app).await;
    let content = r#"[
  { "name": "A", "kind": "NEITHER", "position": "x", "sizes": [{ "label": "1B", "parameters": "many" }], "organizations": ["nobody"],
    "trainingFlops": -1, "links": [{ "kind": "OTHER", "url": "javascript:alert(1)" }] },
  { "name": "B", "kind": "DERIVED", "sizes": [{ "label": "2B", "parameters": 0 }, { "label": "2B", "parameters": 1, "more": true }] },
  { "name": "C", "licence": "MIT", "kind": "DERIVED" },
  { "name": "D", "kind": "DERIVED",
    "name": "E" },
  { "position": 3 },
  { "slug": "Not A Slug" },
  { "type": "Organization", "slug": "nameless" },
  { "type": "Modell", "name": "G" },
  { "name": "！！！", "kind": "DERIVED" },
  { "name": "H", "kind": "DERIVED", "position": 100000000000, "trainingFlops": 1e300, "dataScale": { "text": "much" } },
  7
]"#;
    let report = app.data_with(IMPORT, json!({ "format": "JSON", "content": content })).await["importCatalog"].take();
    let rows = report["rows"].as_array().expect("a list");
    assert_eq!(report["rejected"], 11, "{report}");
    let lines = rows.iter().map(|row| row["line"].as_u64().expect("a number")).collect::<Vec<_>>();
    assert_eq!(lines, [2, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14]);
    let columns = |row: usize| {
        let mut columns = remarks(&rows[row], "problems").into_iter().map(|(column, _)| column).collect::<Vec<_>>();
        columns.sort();
        columns
    };
    let all = ["kind", "links.0.url", "organizations.0", "position", "sizes.0.parameters", "trainingFlops"];
    assert_eq!(columns(0), all);
    assert_eq!(columns(1), ["sizes.1.more"]);
    let unknown = remarks(&rows[2], "problems").remove(0);
    assert!(
        unknown.0 == "licence" && unknown.1.starts_with("unknown field of a model; expected slug, name, aliases, kind"),
        "{unknown:?}"
    );
    assert!(remarks(&rows[3], "problems")[0].1.starts_with("the key \"name\" is given twice"), "{}", rows[3]);
    let messages = [
        (4, "name", "there is neither a name nor a slug"),
        (5, "slug", "\"Not A Slug\" is not a slug"),
        (6, "name", "missing field `name`"),
        (7, "type", "unknown type of document; expected Model, Dataset"),
        (8, "name", "no unused slug can be derived from this name"),
        (10, "", "not a document; expected a JSON object"),
    ];
    for (row, column, message) in messages {
        let problem = remarks(&rows[row], "problems").remove(0);
        assert!(problem.0 == column && problem.1.starts_with(message), "{problem:?}");
    }
    assert_eq!(columns(9), ["position", "trainingFlops"]);
}

async fn a_dry_run_returns_the_same_report_and_writes_nothing(app: App) {
    let app = admin(&app).await;
    let before = dump(&app).await;
    let content = json!([{ "name": "New", "kind": "DERIVED" }, { "name": "Qwen", "position": 3 }]).to_string();
    let dry =
        app.data_with(IMPORT, json!({ "format": "JSON", "content": content, "dryRun": true })).await["importCatalog"]
            .take();
    assert_eq!((&dry["written"], &dry["revision"]), (&json!(false), &json!(44)));
    assert_eq!(dump(&app).await, before);
    let wet = app.data_with(IMPORT, json!({ "format": "JSON", "content": content })).await["importCatalog"].take();
    assert_eq!((&wet["rows"], &wet["written"], &wet["revision"]), (&dry["rows"], &json!(true), &json!(46)));
}

async fn base_models_may_follow_their_models(app: App) {
    let app = admin(&app).await;
    let model = |name: &str, base: &str| json!({ "slug": name, "name": name, "kind": "DERIVED", "baseModel": base });
    let source =
        json!([model("a", "b"), model("b", "c"), model("c", "d"), { "slug": "a", "position": 3 }, model("d", "qwen")]);
    let report = import(&app, source.clone()).await;
    assert_eq!((&report["created"], &report["written"]), (&json!(4), &json!(true)), "{report}");
    let bases = app
        .column("{ models(where: { slug: { in: [\"a\", \"b\", \"c\", \"d\"] } }, orderBy: [{ field: NAME }]) { nodes { baseModel { slug } } } }", "/models/nodes", "baseModel")
        .await;
    assert_eq!(bases, ["b", "c", "d", "qwen"].map(|slug| json!({ "slug": slug })));
    assert_eq!(import(&app, source).await["unchanged"], 5);
    let report = import(&app, json!([model("e", "Never Came"), model("f", "e")])).await;
    // Without line numbers, a row that waits for its base model is reported last.
    assert_eq!(outcomes(&report).into_iter().map(|(row, _)| row).collect::<Vec<_>>(), ["CREATED f", "REJECTED e"]);
    assert_eq!(remarks(&report["rows"][1], "problems")[0].0, "baseModel");
    assert_eq!(report["written"], false);
}

async fn repeated_subjects_are_merged_in_order(app: App) {
    let app = admin(&app).await;
    let report = import(
        &app,
        json!([{ "name": "Twice", "kind": "DERIVED", "position": 1 }, { "name": "TWICE", "position": 2 }, { "name": "twice", "position": 2 },
               { "name": "Twice", "aliases": ["Thrice"] }, { "name": "thrice", "position": 1 }]),
    )
    .await;
    let rows = outcomes(&report).into_iter().map(|(row, _)| row).collect::<Vec<_>>();
    assert_eq!(rows, ["CREATED twice", "UPDATED twice", "UNCHANGED twice", "UPDATED twice", "UPDATED twice"]);
    let data = app.data("{ model(slug: \"twice\") { version position revisions { totalCount } } }").await;
    assert_eq!(data["model"], json!({ "version": 4, "position": 1, "revisions": { "totalCount": 4 } }));
}

async fn imported_documents_equal_their_source(app: App) {
    let licenses =
        scan_all::<LicenseDocument, _>(app.database.read()).try_collect::<Vec<_>>().await.expect("they can be read");
    let mut runner = runner();
    for _ in 0..12 {
        let mut models = documents::models(25).new_tree(&mut runner).expect("documents").current();
        models.reverse();
        let lines = models.iter().map(|model| {
            let mut json = serde_json::to_value(model).expect("JSON");
            json["type"] = json!("Model");
            json.to_string()
        });
        let source = licenses.iter().map(|license| {
            let mut json = serde_json::to_value(license).expect("JSON");
            json["type"] = json!("License");
            json.to_string()
        });
        let source = source.chain(lines).collect::<Vec<_>>().join("\r\n");
        let mut change = Change::begin(&app.database, "import").await.expect("no other connection writes");
        for outcome in ["CREATED", "UNCHANGED"] {
            let mut rows = Vec::<Row>::new();
            let mut import = Import::new(&mut change, &mut rows);
            for entry in ImportFormat::Ndjson.read(source.as_bytes(), ReadOptions::default()).expect("it can be read") {
                import.add(entry.expect("it can be read")).await.expect("the database works");
            }
            let totals = import.finish().await.expect("the database works");
            assert_eq!(totals.rejected + totals.warnings, 0, "{rows:#?}");
            let count = if outcome == "CREATED" { totals.created } else { totals.unchanged };
            assert!(count >= 25, "{outcome}: {totals:?}");
        }
        let slugs = models.iter().map(|model| model.slug.clone()).collect::<Vec<_>>();
        let mut found =
            change.load_all::<ModelDocument>(&slugs.iter().collect::<Vec<_>>()).await.expect("they can be read");
        for model in models {
            assert_eq!(found.remove(&model.slug).map(|(_, found)| found), Some(model));
        }
    }
}

async fn an_import_with_an_idempotency_key_writes_once(app: App) {
    let app = admin(&app).await;
    let body = json!({ "query": IMPORT, "variables": { "format": "JSON", "content": "[{\"name\": \"Once\", \"kind\": \"DERIVED\"}]" } });
    let mut answers = Vec::new();
    for _ in 0..2 {
        let request = app.request("POST", "/graphql").header("idempotency-key", "k").json(&body).send().await;
        answers.push(request.expect("the server answers").json::<Json>().await.expect("JSON"));
    }
    assert_eq!(answers[0]["data"]["importCatalog"]["rows"][0]["outcome"], "CREATED");
    assert_eq!(answers[0], answers[1]);
    assert_eq!(app.data("{ catalog { revision } }").await["catalog"]["revision"], 45);
}

async fn mutations_wait_for_another_writer_or_are_rejected(app: App) {
    let editor = app.with_token(&app.token(Role::Editor).await);
    let other = Database::connect(&app.url.parse().expect("a URL"), POOL).await.expect("it is there");
    let change = Change::begin(&other, "import").await.expect("no other connection writes");
    let edit = "mutation { updateModel(input: { slug: \"qwen\", position: 3 }) { revision } }";
    let end = async |change: Change| {
        // Reads do not wait.
        assert_eq!(app.data("{ catalog { revision } }").await["catalog"]["revision"], 44);
        drop(change);
    };
    if app.database.backend() == DbBackend::Sqlite {
        let (status, answer) = editor.post(&json!({ "query": edit })).await;
        assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (503, &json!("SERVICE_UNAVAILABLE")));
        assert_eq!(
            answer["errors"][0]["message"],
            "Another process is writing, perhaps a long import. Nothing was changed; try again in a few seconds."
        );
        end(change).await;
        assert_eq!(editor.data(edit).await["updateModel"]["revision"], 45);
    } else {
        let (edited, ()) = tokio::join!(editor.data(edit), end(change));
        assert_eq!(edited["updateModel"]["revision"], 45);
    }
    other.close().await.expect("it can be closed");
}

async fn importing_needs_the_role_admin(app: App) {
    let mutation = "mutation { importCatalog(input: { format: JSON, content: \"[]\" }) { written } }";
    assert_eq!(refused(&app, mutation).await.0, "FORBIDDEN");
    let editor = app.with_token(&app.token(Role::Editor).await);
    assert_eq!(refused(&editor, mutation).await.0, "FORBIDDEN");
    assert_eq!(admin(&app).await.data(mutation).await["importCatalog"]["written"], true);
}

async fn large_files_are_accepted(app: App) {
    let app = admin(&app).await;
    let models = (0..1200).map(|number| json!({ "name": format!("Model {number}"), "kind": "DERIVED", "summary": { "en": "word ".repeat(120).trim() } }));
    let report = import(&app, models.collect()).await;
    assert_eq!((&report["created"], &report["written"]), (&json!(1200), &json!(true)));
    // The limits for other texts are unchanged.
    let long = json!({ "query": "mutation ($name: String!) { createModel(input: { name: $name, kind: DERIVED }) { revision } }", "variables": { "name": "x".repeat(10_001) } });
    let (_, answer) = app.post(&long).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED");
    let report =
        import(&app, json!([{ "name": "Long", "kind": "DERIVED", "summary": { "en": "x".repeat(2001) } }])).await;
    assert_eq!(
        remarks(&report["rows"][0], "problems"),
        [("summary.en".to_owned(), "has more than 2000 characters".to_owned())]
    );
}

async fn the_kind_of_a_model_stays_unknown_unless_it_is_stated(app: App) {
    let app = admin(&app).await;
    let report = import(
        &app,
        json!({ "licenses": [{ "name": "Some License" }],
                "models": [{ "name": "Foundation", "dataScale": { "text": "much" } }, { "name": "Derived", "baseModel": "Foundation" }] }),
    )
    .await;
    assert_eq!(
        (remarks(&report["rows"][1], "warnings"), remarks(&report["rows"][2], "warnings")),
        (vec![], vec![]),
        "{report}"
    );
    let data = app.data("{ license(slug: \"some-license\") { commercialUse } model(slug: \"foundation\") { kind dataScale { text amount unit } }
        derived: model(slug: \"derived\") { kind baseModel { slug } }
        unknown: models(where: { slug: { in: [\"foundation\", \"derived\", \"qwen\"] }, kind: { isNull: true } }) { totalCount }
        known: models(where: { slug: { in: [\"foundation\", \"derived\", \"qwen\"] }, kind: { isNull: false } }) { nodes { slug } } }").await;
    let scale = json!({ "text": "much", "amount": null, "unit": "UNKNOWN" });
    assert_eq!(
        data,
        json!({ "license": { "commercialUse": "UNKNOWN" }, "model": { "kind": null, "dataScale": scale },
            "derived": { "kind": null, "baseModel": { "slug": "foundation" } }, "unknown": { "totalCount": 2 },
            "known": { "nodes": [{ "slug": "qwen" }] } })
    );
    // A list has models of unknown kind below a heading of their own, and reading it states none.
    let path = "/export/models.md?search=foundation";
    let list = app.request("GET", path).send().await.expect("a response").text().await.expect("text");
    assert!(list.contains("## 模型\n"), "{list}");
    app.data("mutation { deleteModel(input: { slug: \"derived\" }) { revision } }").await;
    app.data("mutation { deleteModel(input: { slug: \"foundation\" }) { revision } }").await;
    app.data_with(IMPORT, json!({ "format": "MARKDOWN", "content": list })).await;
    assert_eq!(app.data("{ model(slug: \"foundation\") { kind } }").await["model"]["kind"], json!(null));
}

async fn markdown_lists_are_imported(app: App) {
    let app = admin(&app).await;
    let content = "| 序号 | 名称 | 参数规模 | 数据规模 | 说明 |\n|---|---|---|---|---|\n| 1 | LLaMA-2 | 7B,13B,34B,70B | 2T | 可商用 |\n| 25 | Brand New | 3B | 1T | |\n";
    let report =
        app.data_with(IMPORT, json!({ "format": "MARKDOWN", "content": content })).await["importCatalog"].take();
    assert_eq!((&report["created"], &report["rejected"]), (&json!(1), &json!(0)), "{report}");
    let data = app.data("{ model(slug: \"brand-new\") { position sizes { label trainingTokens } } }").await;
    assert_eq!(
        data["model"],
        json!({ "position": 25, "sizes": [{ "label": "3B", "trainingTokens": 1_000_000_000_000_i64 }] })
    );
}

const WITH_OPTIONS: &str = "mutation ($input: ImportCatalogInput!) { importCatalog(input: $input) {
      written created updated unchanged rejected rows { line row outcome slug problems { column message } } } }";

async fn import_with(app: &App, input: Json) -> Json {
    app.data_with(WITH_OPTIONS, json!({ "input": input })).await["importCatalog"].take()
}

/// The code and the message of the error of an import that writes nothing.
async fn refusal(app: &App, input: Json) -> (String, String) {
    let before = dump(app).await;
    let (_, answer) = app.post(&json!({ "query": WITH_OPTIONS, "variables": { "input": input } })).await;
    assert_eq!(dump(app).await, before, "{answer}");
    let error = &answer["errors"][0];
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    (text(&error["extensions"]["code"]), text(&error["message"]))
}

/// The rejected rows of a report, each with its first problem.
fn rejected_rows(report: &Json) -> Vec<(u64, String)> {
    let rows = report["rows"].as_array().into_iter().flatten().filter(|row| row["outcome"] == "REJECTED");
    let problem = |row: &Json| {
        let Json::Object(problem) = row["problems"][0].clone() else { return "no problem".to_owned() };
        format!(
            "{}: {}",
            problem["column"].as_str().unwrap_or_default(),
            problem["message"].as_str().unwrap_or_default()
        )
    };
    rows.map(|row| (row["line"].as_u64().unwrap_or_default(), problem(row))).collect()
}

fn lines(documents: &[Json]) -> String {
    documents.iter().map(|document| document.to_string() + "\n").collect()
}

/// Documents of which some cannot be saved, and the problems of their rows.
fn unsavable() -> (String, Vec<(u64, String)>) {
    let checkpoint = |repository: &str| json!([{ "repository": repository }]);
    let text = lines(&[
        json!({ "name": "Alpha", "checkpoints": checkpoint("x/alpha") }),
        json!({ "name": "Beta", "checkpoints": checkpoint("x/alpha") }),
        json!({ "name": "Gamma" }),
        json!({ "name": "Delta", "checkpoints": checkpoint("X/Alpha") }),
        json!({ "name": "Cycle A", "baseModel": "Cycle B" }),
        json!({ "name": "Cycle B", "baseModel": "Cycle A" }),
        json!({ "name": "Orphan", "license": "no-such-license" }),
    ]);
    let taken = |repository: &str| {
        format!(
            "checkpoints.0.repository: {repository:?} is a checkpoint of the model \"alpha\"; a checkpoint belongs to one model"
        )
    };
    let cycle = |path: &str| format!("baseModel: makes a cycle of models that are derived from each other: {path}");
    let problems = vec![
        (2, taken("x/alpha")),
        (4, taken("X/Alpha")),
        (5, cycle("\"cycle-a\" → \"cycle-b\" → \"cycle-a\"")),
        (6, cycle("\"cycle-b\" → \"cycle-a\" → \"cycle-b\"")),
        (
            7,
            "license: no license matches \"no-such-license\"; add it before this row, or remove the reference"
                .to_owned(),
        ),
    ];
    (text, problems)
}

async fn faults_that_only_the_save_finds_reject_their_rows(app: App) {
    let admin = admin(&app).await;
    let before = dump(&app).await;
    let (text, problems) = unsavable();
    let report = import_with(&admin, json!({ "format": "NDJSON", "content": text })).await;
    assert_eq!((&report["written"], rejected_rows(&report)), (&json!(false), problems));
    assert_eq!(report["created"], 2);
    assert_eq!(dump(&app).await, before);
}

async fn rejected_rows_are_skipped_if_asked(app: App) {
    let admin = admin(&app).await;
    let (text, mut problems) = unsavable();
    let text = text
        + &lines(&[json!({ "name": "Child", "baseModel": "Beta" }), json!({ "name": "Heir", "baseModel": "Alpha" })]);
    problems
        .push((8, "baseModel: no model matches \"Beta\"; add it before this row, or remove the reference".to_owned()));
    let input = json!({ "format": "NDJSON", "content": text, "skipRejected": true });
    let report = import_with(&admin, input.clone()).await;
    assert_eq!(
        (&report["written"], &report["created"], rejected_rows(&report)),
        (&json!(true), &json!(3), problems.clone())
    );
    let query = "{ alpha: model(slug: \"alpha\") { checkpoints(first: 5) { nodes { repository } } }
        heir: model(slug: \"heir\") { baseModel { slug } } gamma: model(slug: \"gamma\") { slug } }";
    let expected = json!({ "alpha": { "checkpoints": { "nodes": [{ "repository": "x/alpha" }] } }, "heir": { "baseModel": { "slug": "alpha" } },
        "gamma": { "slug": "gamma" } });
    assert_eq!(app.data(query).await, expected);
    let again = import_with(&admin, input).await;
    assert_eq!((&again["unchanged"], rejected_rows(&again)), (&json!(3), problems), "the rejected rows stay rejected");
}

async fn facts_get_evidence_of_a_named_source(app: App) {
    let admin = admin(&app).await;
    let content = "| Model | Parameters | License |\n|---|---|---|\n| Sourced | 7B | MIT |\n";
    let input = json!({ "format": "MARKDOWN", "content": content, "source": "https://example.org/list" });
    let report = import_with(&admin, input.clone()).await;
    assert_eq!(report["written"], true, "{report}");
    let query =
        "{ model(slug: \"sourced\") { evidence(first: 5) { nodes { source { url kind } confidence locator } } } }";
    let evidence = app.data(query).await["model"]["evidence"]["nodes"].take();
    assert_eq!(evidence[0]["source"], json!({ "url": "https://example.org/list", "kind": "LIST" }), "{evidence}");
    assert_eq!(
        (&evidence[0]["confidence"], &evidence[0]["locator"]),
        (&json!("CITED"), &json!("line 3")),
        "{evidence}"
    );
    let again = import_with(&admin, input).await;
    assert_eq!((&again["updated"], &again["created"]), (&json!(0), &json!(0)));
    let wrong = json!({ "format": "MARKDOWN", "content": content, "source": "no such source" });
    let (code, message) = refusal(&admin, wrong).await;
    assert_eq!(code, "INVALID_ARGUMENT");
    assert_eq!(message, "\"no such source\" is neither an address nor the slug of a source");
}

async fn maps_name_the_fields_of_records(app: App) {
    let admin = admin(&app).await;
    let content = json!([{ "title": "Mapped", "count": "7B", "window": { "tokens": 4096 } }]).to_string();
    for (format, map) in [
        ("RECORDS", "title=name,count=parameters,window.tokens=contextLength"),
        ("JSON", "title=name,count=parameters"),
        ("YAML", "title=name,count=parameters"),
    ] {
        let report = import_with(&admin, json!({ "format": format, "content": content, "map": map })).await;
        assert_eq!((&report["written"], &report["rejected"]), (&json!(true), &json!(0)), "{report}");
    }
    let yaml = json!({ "format": "YAML", "content": "- title: Mapped\n  cutoff: 2024-01\n", "map": "title=name,cutoff=knowledgeCutoff" });
    assert_eq!(import_with(&admin, yaml).await["updated"], 1);
    let query = "{ model(slug: \"mapped\") { contextLength knowledgeCutoff sizes { label } } }";
    let model = app.data(query).await["model"].take();
    assert_eq!(model, json!({ "contextLength": 4096, "knowledgeCutoff": "2024-01", "sizes": [{ "label": "7B" }] }));
    for (format, map) in [
        ("RECORDS", Json::Null),
        ("YAML", Json::Null),
        ("RECORDS", json!("no-such-map")),
        ("MARKDOWN", json!("a=name")),
    ] {
        let (code, message) = refusal(&admin, json!({ "format": format, "content": content, "map": map })).await;
        assert!(code == "INVALID_ARGUMENT" && message.contains("map"), "{code} {message}");
    }
}
