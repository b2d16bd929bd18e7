//! Evidence in documents: imported, exported, compared, undone, and in rows with the revisions that added and removed them.

use entity::{evidence, vocabulary::Role};
use libtest_mimic::Trial;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value as Json, json};

use crate::{
    cli::{folder, run},
    edit::dump,
    export::file,
    support::App,
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        imported_evidence_is_exported_unchanged,
        equal_evidence_in_another_form_changes_nothing,
        rows_have_the_revisions_that_added_and_removed_them,
        a_change_of_evidence_alone_is_a_revision_without_changed_fields,
        undo_reverses_only_the_evidence_of_its_revision,
        a_deleted_subject_is_restored_with_its_evidence,
        a_cited_source_is_in_use,
        invalid_evidence_is_rejected_with_its_place,
        a_database_export_has_all_evidence,
        a_filtered_export_has_the_cited_sources,
        evidence_is_listed_for_subjects_sizes_and_sources,
        evidence_of_many_subjects_is_read_by_one_statement,
        evidence_is_read_as_of_a_time,
        revisions_list_the_evidence_that_they_added_and_removed,
        mutations_add_and_remove_evidence,
        problems_have_the_paths_of_the_inputs,
    ]
}

/// An app with the role ADMIN, and the sources `card` and `list`.
async fn sources(app: &App) -> App {
    let app = app.with_token(&app.token(Role::Admin).await);
    app.data(
        "mutation { upsertSources(input: { sources: [{ slug: \"card\", title: \"Card\", kind: MODEL_CARD },
           { slug: \"list\", title: \"List\", kind: LIST }] }) { revision } }",
    )
    .await;
    app
}

/// The report of an import of documents.
async fn report(app: &App, documents: Json) -> Json {
    let query = "mutation($content: String!) { importCatalog(input: { format: JSON, content: $content })
        { written created updated unchanged rejected revision rows { slug outcome problems { column message } } } }";
    app.data_with(query, json!({ "content": documents.to_string() })).await["importCatalog"].take()
}

/// Imports one document; returns the number of its revision.
async fn import(app: &App, document: Json) -> i64 {
    let report = report(app, json!([document])).await;
    assert_eq!((&report["written"], &report["rejected"]), (&json!(true), &json!(0)), "{report}");
    report["revision"].as_i64().expect("a number")
}

/// The document of a model in an export.
async fn model(app: &App, slug: &str) -> Json {
    let catalog = serde_json::from_str::<Json>(&file(app, "/export/catalog.json").await).expect("JSON");
    catalog["models"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|model| model["slug"] == slug)
        .cloned()
        .unwrap_or_default()
}

/// The evidence of a model and of its sizes, as `field=value source` in the order of the export.
async fn facts(app: &App, slug: &str) -> Vec<String> {
    let model = model(app, slug).await;
    let own = [(String::new(), model["evidence"].clone())];
    let sizes = model["sizes"].as_array().into_iter().flatten();
    let sizes = sizes.map(|size| (format!("{}.", size["label"].as_str().expect("a label")), size["evidence"].clone()));
    let mut facts = Vec::new();
    for (part, list) in own.into_iter().chain(sizes) {
        for evidence in list.as_array().into_iter().flatten() {
            for (field, value) in evidence["values"].as_object().expect("values") {
                facts.push(format!("{part}{field}={value} {}", evidence["source"].as_str().expect("a slug")));
            }
        }
    }
    facts
}

fn full() -> Json {
    json!({
        "type": "Model", "slug": "m", "name": "M", "kind": "FOUNDATION", "releaseDate": "2023-07-18",
        "evidence": [
            { "values": { "releaseDate": "2023-07", "license": "llama-license" }, "source": "card", "locator": "README.md#L3",
              "quote": "released in July", "accessed": "2024-02-29", "confidence": "REPORTED", "qualifier": "APPROXIMATE" },
            { "values": { "releaseDate": "2023" }, "source": "list", "confidence": "CITED", "rank": "DEPRECATED", "reason": "coarse" },
            { "values": { "trainingFlops": null, "dataScale": null }, "source": "card", "confidence": "REPORTED", "stance": "UNDISCLOSED" },
        ],
        "sizes": [
            { "label": "0.6B", "parameters": 596_049_920, "evidence": [
                { "values": { "parameters": "0.6B" }, "source": "card", "confidence": "REPORTED" },
                { "values": { "parameters": 596_049_920 }, "source": "list", "confidence": "EXACT", "rank": "PREFERRED" },
            ] },
            { "label": "7B", "parameters": "7B", "evidence": [
                { "values": { "activeParameters": null }, "source": "card", "confidence": "REPORTED", "stance": "NONE" },
            ] },
        ],
    })
}

async fn imported_evidence_is_exported_unchanged(app: App) {
    let app = sources(&app).await;
    let dataset = json!({ "type": "Dataset", "slug": "d", "name": "D",
        "evidence": [{ "values": { "tokens": "1.4T", "bytes": 5 }, "source": "list", "confidence": "ESTIMATED", "qualifier": "AT_LEAST" }] });
    import(&app, full()).await;
    import(&app, dataset.clone()).await;
    let mut expected = full();
    for field in ["type", "name", "kind", "releaseDate", "slug"] {
        expected.as_object_mut().expect("an object").remove(field);
    }
    // Evidence is in the order of its sources and texts.
    expected["evidence"] = json!([full()["evidence"][2], full()["evidence"][0], full()["evidence"][1]]);
    expected["sizes"][1]["parameters"] = json!(7_000_000_000_i64);
    let mut found = model(&app, "m").await;
    let sorted = |list: &mut Json| list.as_array_mut().expect("a list").sort_by_key(Json::to_string);
    for json in [&mut expected, &mut found] {
        sorted(&mut json["evidence"]);
        for size in json["sizes"].as_array_mut().expect("a list") {
            sorted(&mut size["evidence"]);
        }
    }
    assert_eq!((&found["evidence"], &found["sizes"]), (&expected["evidence"], &expected["sizes"]));
    let catalog = serde_json::from_str::<Json>(&file(&app, "/export/catalog.json").await).expect("JSON");
    let found = catalog["datasets"].as_array().expect("a list").iter().find(|dataset| dataset["slug"] == "d");
    assert_eq!(found.map(|found| &found["evidence"]), Some(&dataset["evidence"]));
    let report = report(&app, json!([full(), dataset])).await;
    assert_eq!((&report["unchanged"], &report["rejected"]), (&json!(2), &json!(0)), "{report}");
}

async fn equal_evidence_in_another_form_changes_nothing(app: App) {
    let app = sources(&app).await;
    let revision = import(&app, full()).await;
    let cite = |values: Json| {
        json!({ "values": values, "source": "card", "locator": "README.md#L3", "quote": "released in July",
        "accessed": "2024-02-29", "confidence": "REPORTED", "qualifier": "APPROXIMATE", "rank": "NORMAL", "stance": "STATED" })
    };
    let split = json!([
        cite(json!({ "license": "llama-license" })),
        cite(json!({ "releaseDate": "2023-07" })),
        cite(json!({ "releaseDate": "2023-07" }))
    ]);
    assert_eq!(import(&app, json!({ "type": "Model", "slug": "m", "evidence": split })).await, revision);
    let without_null = json!([{ "values": { "trainingFlops": "" }, "source": "card", "confidence": "REPORTED", "stance": "UNDISCLOSED" }]);
    assert_eq!(import(&app, json!({ "type": "Model", "slug": "m", "evidence": without_null })).await, revision);
    // Another value of the same source is another statement.
    let other = json!([cite(json!({ "releaseDate": "2023-08" }))]);
    assert_eq!(import(&app, json!({ "type": "Model", "slug": "m", "evidence": other })).await, revision + 1);
    let dates = facts(&app, "m").await.into_iter().filter(|fact| fact.starts_with("releaseDate")).collect::<Vec<_>>();
    assert_eq!(dates, ["releaseDate=\"2023-07\" card", "releaseDate=\"2023-08\" card", "releaseDate=\"2023\" list"]);
}

async fn rows_have_the_revisions_that_added_and_removed_them(app: App) {
    let app = sources(&app).await;
    let created = import(&app, full()).await;
    // An upsert replaces the whole subject, so nothing is left of its evidence.
    let upsert = "mutation { upsertModels(input: { models: [{ slug: \"m\", name: \"M\", kind: FOUNDATION, releaseDate: \"2023-07-18\" }] })
        { revision } }";
    let replaced = app.data(upsert).await["upsertModels"]["revision"].as_i64().expect("a number");
    let again = import(&app, json!({ "type": "Model", "slug": "m", "evidence": [full()["evidence"][1]] })).await;
    let rows = evidence::Entity::find()
        .order_by_asc(evidence::Column::Id)
        .all(app.database.read())
        .await
        .expect("it is there");
    let mut found = rows
        .iter()
        .map(|row| {
            (
                row.part.as_str(),
                row.field.as_str(),
                row.value.as_deref(),
                row.added_revision.into(),
                row.removed_revision.map(i64::from),
            )
        })
        .collect::<Vec<_>>();
    found.sort_unstable();
    let gone = Some(replaced);
    assert_eq!(
        found,
        [
            ("", "dataScale", None, created, gone),
            ("", "license", Some("\"llama-license\""), created, gone),
            ("", "releaseDate", Some("\"2023\""), created, gone),
            ("", "releaseDate", Some("\"2023\""), again, None),
            ("", "releaseDate", Some("\"2023-07\""), created, gone),
            ("", "trainingFlops", None, created, gone),
            ("0.6B", "parameters", Some("\"0.6B\""), created, gone),
            ("0.6B", "parameters", Some("596049920"), created, gone),
            ("7B", "activeParameters", None, created, gone),
        ]
    );
}

async fn a_change_of_evidence_alone_is_a_revision_without_changed_fields(app: App) {
    let app = sources(&app).await;
    import(&app, json!({ "type": "Model", "slug": "qwen", "releaseDate": "2023-08" })).await;
    let before = dump(&app).await;
    let cited = json!([{ "values": { "releaseDate": "2023" }, "source": "list", "confidence": "CITED" }]);
    let revision = import(&app, json!({ "type": "Model", "slug": "qwen", "evidence": cited })).await;
    assert_eq!(revision, before["catalog"]["revision"].as_i64().expect("a number") + 1);
    let query = format!(
        "{{ revisions(where: {{ number: {{ eq: {revision} }} }}) {{ nodes {{ action subjectSlug changes {{ field }} }} }} }}"
    );
    let expected =
        json!({ "revisions": { "nodes": [{ "action": "IMPORTED", "subjectSlug": "qwen", "changes": [] }] } });
    assert_eq!(app.data(&query).await, expected);
    assert_eq!(facts(&app, "qwen").await, ["releaseDate=\"2023\" list"]);
    // Other changes keep the evidence, also where the slug of the source changes.
    app.data(
        "mutation { updateModel(input: { slug: \"qwen\", name: \"Other\" }) { revision }
        updateSource(input: { slug: \"list\", newSlug: \"old-list\" }) { revision } }",
    )
    .await;
    assert_eq!(facts(&app, "qwen").await, ["releaseDate=\"2023\" old-list"]);
}

async fn undo_reverses_only_the_evidence_of_its_revision(app: App) {
    let app = sources(&app).await;
    import(&app, json!({ "type": "Model", "slug": "m", "name": "M", "kind": "FOUNDATION", "releaseDate": "2023-05" }))
        .await;
    let cite = |source: &str, value: &str| {
        json!({ "type": "Model", "slug": "m",
        "evidence": [{ "values": { "releaseDate": value }, "source": source, "confidence": "CITED" }] })
    };
    let first = import(&app, cite("card", "2023")).await;
    import(&app, cite("list", "2024")).await;
    app.data(
        "mutation { updateModel(input: { slug: \"m\", name: \"N\", releaseDate: \"2024\" }, reason: \"asked\") { revision } }",
    )
    .await;
    let undo = async |number: i64| {
        app.data(&format!(
            "mutation {{ revertRevision(input: {{ number: {number}, force: true }}) {{ outcome revision }} }}"
        ))
        .await["revertRevision"]
            .take()
    };
    let undone = undo(first).await;
    assert_eq!(undone["outcome"], "UPDATED");
    assert_eq!(facts(&app, "m").await, ["releaseDate=\"2024\" list"]);
    let found = app.data("{ model(slug: \"m\") { name releaseDate version } }").await;
    assert_eq!(found["model"], json!({ "name": "N", "releaseDate": "2024", "version": 5 }), "it touches nothing else");
    assert_eq!(undo(first).await["outcome"], "UNCHANGED");
    // Undoing the undo brings it back.
    undo(undone["revision"].as_i64().expect("a number")).await;
    assert_eq!(facts(&app, "m").await, ["releaseDate=\"2023\" card", "releaseDate=\"2024\" list"]);
}

async fn a_deleted_subject_is_restored_with_its_evidence(app: App) {
    let app = sources(&app).await;
    import(&app, full()).await;
    let before = model(&app, "m").await;
    let deleted =
        app.data("mutation { deleteModel(input: { slug: \"m\" }) { revision } }").await["deleteModel"]["revision"]
            .take();
    assert_eq!(facts(&app, "m").await, Vec::<String>::new());
    app.data(&format!("mutation {{ revertRevision(input: {{ number: {deleted} }}) {{ revision }} }}")).await;
    assert_eq!(model(&app, "m").await, before);
    // A size takes its evidence with it.
    let resize =
        "mutation { updateModel(input: { slug: \"m\", sizes: [{ label: \"7B\", parameters: \"7B\" }] }) { revision } }";
    let resized = app.data(resize).await["updateModel"]["revision"].take();
    assert!(!facts(&app, "m").await.iter().any(|fact| fact.starts_with("0.6B")));
    app.data(&format!("mutation {{ revertRevision(input: {{ number: {resized} }}) {{ revision }} }}")).await;
    assert_eq!(model(&app, "m").await, before);
}

async fn a_cited_source_is_in_use(app: App) {
    let app = sources(&app).await;
    import(&app, full()).await;
    let delete = "mutation { deleteSource(input: { slug: \"list\" }) { revision } }";
    let (code, message) = app.error(delete).await;
    assert!(code == "IN_USE" && message.contains("the model \"m\""), "{code}: {message}");
    let upsert =
        "mutation { upsertModels(input: { models: [{ slug: \"m\", name: \"M\", kind: FOUNDATION }] }) { revision } }";
    let removed = app.data(upsert).await["upsertModels"]["revision"].take();
    let deleted = app.data(delete).await["deleteSource"]["revision"].take();
    let undo = |number: &Json| format!("mutation {{ revertRevision(input: {{ number: {number} }}) {{ revision }} }}");
    let (code, message) = app.error(&undo(&removed)).await;
    assert!(code == "INVALID_DOCUMENT" && message.contains("deleted since"), "{code}: {message}");
    app.data(&undo(&deleted)).await;
    app.data(&undo(&removed)).await;
    assert_eq!(facts(&app, "m").await.len(), 8);
}

async fn invalid_evidence_is_rejected_with_its_place(app: App) {
    let app = sources(&app).await;
    let before = dump(&app).await;
    let words = vec!["word"; 26].join(" ");
    let evidence = json!([
        { "values": { "releaseDate": "soon", "name": "M", "maxParameters": 1 }, "source": "card", "confidence": "CITED" },
        { "values": { "releaseDate": null, "kind": "DERIVED" }, "source": "card", "confidence": "CITED", "rank": "DEPRECATED" },
        { "values": {}, "source": "card", "confidence": "CITED", "quote": words, "accessed": "0000-01-01", "locator": " " },
        { "values": { "releaseDate": "2023" }, "source": "card", "confidence": "CITED", "stance": "NONE", "quote": "x".repeat(201) },
    ]);
    let sizes = json!([{ "label": "7B", "parameters": "7B", "evidence": [{ "values": { "parameters": -1, "label": "8B" }, "source": "card", "confidence": "CITED" }] }]);
    let document = json!({ "type": "Model", "name": "M", "kind": "FOUNDATION", "evidence": evidence, "sizes": sizes });
    let report = report(&app, json!([document])).await;
    let problems = report["rows"][0]["problems"].as_array().expect("a list");
    let columns = problems.iter().map(|problem| problem["column"].as_str().expect("a name")).collect::<Vec<_>>();
    assert_eq!(
        columns,
        [
            "evidence.0.values.maxParameters",
            "evidence.0.values.name",
            "evidence.0.values.releaseDate",
            "evidence.1.values.releaseDate",
            "evidence.1.reason",
            "evidence.2.values",
            "evidence.2.locator",
            "evidence.2.quote",
            "evidence.2.accessed",
            "evidence.3.values.releaseDate",
            "evidence.3.quote",
            "sizes.0.evidence.0.values.label",
            "sizes.0.evidence.0.values.parameters",
        ],
        "{report}"
    );
    let many = (0..201).map(|day| json!({ "values": { "position": 1, "releaseDate": "2023" }, "source": "card", "confidence": "CITED", "locator": day.to_string() }));
    for (evidence, column) in [
        (many.collect::<Json>(), "evidence"),
        (json!([{ "values": { "kind": "DERIVED" }, "source": "nobody", "confidence": "CITED" }]), "evidence.0.source"),
        (json!([{ "values": { "kind": "DERIVED" }, "source": "card" }]), "evidence.0.confidence"),
        (json!([{ "values": { "kind": "DERIVED" }, "source": "card", "confidence": "SURE" }]), "evidence.0.confidence"),
    ] {
        let report =
            self::report(&app, json!([{ "type": "Model", "name": "M", "kind": "FOUNDATION", "evidence": evidence }]))
                .await;
        assert_eq!(report["rows"][0]["problems"][0]["column"], column, "{report}");
    }
    assert_eq!(dump(&app).await, before);
}

async fn a_database_export_has_all_evidence(app: App) {
    let app = sources(&app).await;
    import(&app, full()).await;
    app.data(
        "mutation { updateModel(input: { slug: \"m\", sizes: [{ label: \"7B\", parameters: \"7B\" }] }) { revision } }",
    )
    .await;
    let folder = folder();
    let (code, _, errors) = run(folder.path(), &["export", "--output", "copy.db"], &[("DATABASE_URL", &app.url)]);
    assert_eq!((code, errors.as_str()), (0, ""));
    let rows = async |database: &sea_orm::DatabaseConnection| {
        evidence::Entity::find().order_by_asc(evidence::Column::Id).all(database).await.expect("the table is there")
    };
    let own = evidence::Entity::find()
        .order_by_asc(evidence::Column::Id)
        .all(app.database.read())
        .await
        .expect("it is there");
    let copy = format!("sqlite://{}", folder.path().join("copy.db").display());
    let copy = sea_orm::Database::connect(copy).await.expect("the file is a database");
    assert_eq!(own.len(), 8);
    assert_eq!(rows(&copy).await, own);
    copy.close().await.expect("it closes");
}

async fn a_filtered_export_has_the_cited_sources(app: App) {
    let app = sources(&app).await;
    app.data(
        "mutation { updateSource(input: { slug: \"list\", derivedFrom: \"card\" }) { revision } 
        createSource(input: { title: \"Unused\", kind: OTHER }) { revision } }",
    )
    .await;
    let cited = json!([{ "values": { "releaseDate": "2023" }, "source": "list", "confidence": "CITED" }]);
    import(&app, json!({ "type": "Model", "slug": "m", "name": "M", "kind": "DERIVED", "evidence": cited })).await;
    import(&app, json!({ "type": "Model", "slug": "n", "name": "N", "kind": "FOUNDATION" })).await;
    let lines = async |filter: &str| {
        let text = file(&app, &format!("/export/models.ndjson?{filter}")).await;
        let lines = text.lines().map(|line| serde_json::from_str::<Json>(line).expect("JSON"));
        lines
            .filter(|line| line["type"] == "Source")
            .map(|line| line["slug"].as_str().expect("a slug").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(lines("search=m&kind=derived").await, ["card", "list"]);
    assert_eq!(lines("kind=foundation").await, Vec::<String>::new());
    assert_eq!(lines("").await, ["card", "list", "unused"]);
}

const EVIDENCE: &str = "field value stance source { slug } locator quote accessed confidence qualifier rank reason";

async fn evidence_is_listed_for_subjects_sizes_and_sources(app: App) {
    let app = sources(&app).await;
    import(&app, full()).await;
    let query = format!(
        "{{ model(slug: \"m\") {{ evidence(fields: [\"releaseDate\"]) {{ totalCount nodes {{ {EVIDENCE} about {{ ... on Model {{ slug }} }} }} }}
             deprecated: evidence(rank: DEPRECATED) {{ nodes {{ field }} }} all: evidence {{ totalCount }}
             sizes {{ label evidence(first: 1) {{ totalCount nodes {{ field value rank about {{ ... on ModelSize {{ label }} }} }} pageInfo {{ hasNextPage }} }} }} }}
           source(slug: \"card\") {{ evidence(last: 100) {{ totalCount nodes {{ about {{ __typename }} }} }} }} }}"
    );
    let data = app.data(&query).await;
    let mut dates = data["model"]["evidence"].clone();
    dates["nodes"].as_array_mut().expect("a list").sort_by_key(|node| node["value"].to_string());
    assert_eq!(
        dates,
        json!({ "totalCount": 2, "nodes": [
            { "field": "releaseDate", "value": "2023", "stance": "STATED", "source": { "slug": "list" }, "locator": null, "quote": null,
              "accessed": null, "confidence": "CITED", "qualifier": null, "rank": "DEPRECATED", "reason": "coarse", "about": { "slug": "m" } },
            { "field": "releaseDate", "value": "2023-07", "stance": "STATED", "source": { "slug": "card" }, "locator": "README.md#L3",
              "quote": "released in July", "accessed": "2024-02-29", "confidence": "REPORTED", "qualifier": "APPROXIMATE", "rank": "NORMAL",
              "reason": null, "about": { "slug": "m" } },
        ] })
    );
    assert_eq!(data["model"]["deprecated"]["nodes"], json!([{ "field": "releaseDate" }]));
    assert_eq!(data["model"]["all"]["totalCount"], 5);
    let sizes = &data["model"]["sizes"];
    assert_eq!(
        (&sizes[0]["evidence"]["totalCount"], &sizes[0]["evidence"]["pageInfo"]),
        (&json!(2), &json!({ "hasNextPage": true }))
    );
    let none = json!({ "field": "activeParameters", "value": null, "rank": "NORMAL", "about": { "label": "7B" } });
    assert_eq!(sizes[1]["evidence"]["nodes"], json!([none]));
    assert_eq!(data["source"]["evidence"]["totalCount"], 6);
    let types = data["source"]["evidence"]["nodes"].as_array().expect("a list").iter();
    assert_eq!(types.filter(|node| node["about"]["__typename"] == "ModelSize").count(), 2);
}

async fn evidence_of_many_subjects_is_read_by_one_statement(app: App) {
    let app = sources(&app).await;
    let cite = |slug: &str| {
        json!({ "type": "Model", "slug": slug,
        "evidence": [{ "values": { "releaseDate": "2023" }, "source": "list", "confidence": "CITED" }] })
    };
    let query = |first: usize| {
        format!("{{ models(first: {first}, orderBy: [{{ field: NAME }}]) {{ nodes {{ evidence {{ nodes {{ field source {{ slug }} about {{ id }} }} }}
        sizes {{ evidence {{ nodes {{ field }} }} }} }} }} }}")
    };
    let slugs = app
        .column("{ models(first: 20, orderBy: [{ field: NAME }]) { nodes { slug } } }", "/models/nodes", "slug")
        .await;
    for slug in slugs {
        import(&app, cite(slug.as_str().expect("a slug"))).await;
    }
    let (_, few) = app.with_own_connections().await.counted(&query(2)).await;
    let (data, many) = app.with_own_connections().await.counted(&query(20)).await;
    assert_eq!(data["models"]["nodes"][19]["evidence"]["nodes"][0]["source"]["slug"], "list");
    assert_eq!(few, many);
    assert!(many <= 6, "{many} statements");
}

async fn evidence_is_read_as_of_a_time(app: App) {
    let app = sources(&app).await;
    import(&app, full()).await;
    let time = app.data("{ catalog { updatedAt } }").await["catalog"]["updatedAt"].take();
    let read = |time: &str| {
        format!("{{ model(slug: \"m\"{time}) {{ evidence {{ totalCount nodes {{ {EVIDENCE} }} }} sizes {{ label evidence {{ nodes {{ {EVIDENCE} }} }} }} }}
        source(slug: \"list\"{time}) {{ evidence {{ totalCount }} }} }}")
    };
    let as_of = read(&format!(", asOf: {time}"));
    let before = app.data(&read("")).await;
    assert_eq!(app.data(&as_of).await, before);
    app.data(
        "mutation { upsertModels(input: { models: [{ slug: \"m\", name: \"M\", kind: FOUNDATION }] }) { revision }
        updateSource(input: { slug: \"card\", newSlug: \"new-card\" }) { revision } }",
    )
    .await;
    import(&app, json!({ "type": "Model", "slug": "m", "evidence": [full()["evidence"][1]] })).await;
    assert_eq!(app.data(&as_of).await, before);
    assert_eq!(app.data(&read("")).await["model"]["evidence"]["totalCount"], 1);
}

async fn revisions_list_the_evidence_that_they_added_and_removed(app: App) {
    let app = sources(&app).await;
    import(&app, json!({ "type": "Model", "slug": "m", "name": "M", "kind": "FOUNDATION", "releaseDate": "2023-05" }))
        .await;
    let cited = json!([{ "values": { "releaseDate": "2023" }, "source": "list", "confidence": "CITED" }]);
    let added = import(&app, json!({ "type": "Model", "slug": "m", "evidence": cited })).await;
    let id =
        app.data("{ model(slug: \"m\") { evidence { nodes { id } } } }").await["model"]["evidence"]["nodes"][0]["id"]
            .take();
    let remove = format!(
        "mutation {{ updateModel(input: {{ slug: \"m\", evidence: {{ remove: [{id}] }} }}) {{ revision outcome }} }}"
    );
    let removed = app.data(&remove).await["updateModel"].take();
    assert_eq!(removed["outcome"], "UPDATED");
    let query = format!(
        "{{ revisions(where: {{ number: {{ in: [{added}, {}] }} }}) {{ nodes {{ changes {{ field }} evidenceAdded {{ id value }} evidenceRemoved {{ id value }} }} }} }}",
        removed["revision"]
    );
    let cited = json!([{ "id": id, "value": "2023" }]);
    assert_eq!(
        app.data(&query).await["revisions"]["nodes"],
        json!([{ "changes": [], "evidenceAdded": cited, "evidenceRemoved": [] }, { "changes": [], "evidenceAdded": [], "evidenceRemoved": cited }])
    );
    let node = app
        .data(&format!(
            "{{ node(id: {id}) {{ __typename id ... on Evidence {{ value about {{ ... on Model {{ name }} }} }} }} }}"
        ))
        .await;
    assert_eq!(node["node"], json!({ "__typename": "Evidence", "id": id, "value": "2023", "about": { "name": "M" } }));
}

async fn mutations_add_and_remove_evidence(app: App) {
    let app = sources(&app).await;
    let error = async |query: &str| {
        let (_, answer) = app.post(&json!({ "query": query })).await;
        let fields = answer["errors"][0]["extensions"]["fields"].as_array().expect("a list").iter();
        fields.map(|field| field["path"].as_str().expect("a path").to_owned()).collect::<Vec<_>>()
    };
    let query = "mutation { createModel(input: { name: \"N\", kind: FOUNDATION,
        evidence: [{ values: [1], source: { slug: \"card\" }, confidence: CITED }] }) { revision } }";
    assert_eq!(error(query).await, ["input.evidence.0.values", "input.evidence.0.values"]);
    let create = "mutation { createModel(input: { slug: \"m\", name: \"M\", kind: FOUNDATION, releaseDate: \"2023-07\",
         evidence: [{ values: { releaseDate: \"2023-07\" }, source: { create: { slug: \"post\", title: \"Post\", kind: ANNOUNCEMENT } }, confidence: REPORTED }],
         sizes: [{ label: \"7B\", parameters: \"7B\", evidence: [{ values: { activeParameters: null }, stance: NONE, source: { slug: \"card\" }, confidence: REPORTED },
           { values: { trainingTokens: \"2T\" }, source: { slug: \"card\" }, confidence: REPORTED, qualifier: AT_LEAST, rank: PREFERRED }] }] })
         { model { evidence { nodes { value source { slug } } } } }
       createDataset(input: { slug: \"d\", name: \"D\", evidence: [{ values: { tokens: 5 }, source: { slug: \"list\" }, confidence: CITED }] })
         { dataset { evidence { nodes { value } } } } }";
    let data = app.data(create).await;
    assert_eq!(
        data["createModel"]["model"]["evidence"]["nodes"],
        json!([{ "value": "2023-07", "source": { "slug": "post" } }])
    );
    assert_eq!(data["createDataset"]["dataset"]["evidence"]["nodes"], json!([{ "value": 5 }]));
    let all = ["releaseDate=\"2023-07\" post", "7B.activeParameters=null card", "7B.trainingTokens=\"2T\" card"];
    let sorted = async || {
        let mut facts = facts(&app, "m").await;
        facts.sort_by_key(|fact| fact.contains('.'));
        facts
    };
    assert_eq!(sorted().await, all);
    // Sizes with the same labels keep their evidence.
    app.data("mutation { updateModel(input: { slug: \"m\", sizes: [{ label: \"7B\", parameters: \"6.7B\" }, { label: \"1B\", parameters: \"1B\" }] }, reason: \"asked\") { revision } }").await;
    assert_eq!(sorted().await, all);
    let ids = app
        .data("{ model(slug: \"m\") { evidence { nodes { id } } sizes { id label evidence { nodes { id field } } } } }")
        .await["model"]
        .take();
    let (own, size) = (&ids["evidence"]["nodes"][0]["id"], &ids["sizes"][1]);
    let tokens = size["evidence"]["nodes"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|node| node["field"] == "trainingTokens")
        .expect("there is one");
    // Evidence of another object, of none, and of a source that does not exist.
    for id in [own, &size["id"], &json!("RXZpZGVuY2U6OTk5OTk")] {
        let query = format!(
            "mutation {{ updateModelSize(input: {{ id: {}, evidence: {{ remove: [{id}] }} }}) {{ revision }} }}",
            size["id"]
        );
        assert_eq!(error(&query).await, ["input.evidence.remove.0"]);
    }
    // A model removes evidence of its sizes together with other changes of them, in one revision.
    let none =
        size["evidence"]["nodes"].as_array().expect("a list").iter().find(|node| node["field"] == "activeParameters");
    let update = format!(
        "mutation {{ updateModel(input: {{ slug: \"m\", evidence: {{ remove: [{}] }},
           sizes: [{{ label: \"7B\", parameters: \"6.7B\", evidence: [{{ values: {{ layers: 32 }}, source: {{ slug: \"card\" }}, confidence: CITED }}] }},
             {{ label: \"1B\", parameters: \"1B\" }}] }}, reason: \"asked\") {{ revision }} }}",
        none.expect("there is one")["id"]
    );
    let revision = app.data(&update).await["updateModel"]["revision"].take();
    assert_eq!(sorted().await, [all[0], "7B.layers=32 card", all[2]]);
    app.data(&format!("mutation {{ revertRevision(input: {{ number: {revision} }}) {{ revision }} }}")).await;
    assert_eq!(sorted().await, all);
    let query = "mutation { updateModel(input: { slug: \"m\", evidence: { add: [{ values: { kind: \"DERIVED\" }, source: { slug: \"nobody\" }, confidence: CITED }] } }) { revision } }";
    assert_eq!(error(query).await, ["input.evidence.add.0.source"]);
    let update = format!(
        "mutation {{ updateModelSize(input: {{ id: {}, label: \"7B-base\", evidence: {{ remove: [{}], add: [{{ values: {{ trainingTokens: \"2.4T\" }}, source: {{ slug: \"list\" }}, confidence: CITED }}] }} }}, reason: \"asked\")
           {{ size {{ evidence {{ nodes {{ field value }} }} }} }}
           updateModel(input: {{ slug: \"m\", evidence: {{ remove: [{own}] }} }}) {{ model {{ evidence {{ totalCount }} }} }} }}",
        size["id"], tokens["id"]
    );
    let data = app.data(&update).await;
    assert_eq!(data["updateModel"]["model"]["evidence"]["totalCount"], 0);
    assert_eq!(sorted().await, ["7B-base.activeParameters=null card", "7B-base.trainingTokens=\"2.4T\" list"]);
}

/// Sizes are sorted, evidence is added before that which there is, and the size of a mutation is one of several: none of this is
/// seen in the paths of problems.
async fn problems_have_the_paths_of_the_inputs(app: App) {
    let app = sources(&app).await;
    let of = |values: &str, source: &str| {
        format!("{{ values: {values}, source: {{ slug: \"{source}\" }}, confidence: CITED }}")
    };
    let (good, wrong) = (of("{ experts: 5 }", "card"), of("{ layers: 0.5 }", "card"));
    let sizes = format!(
        "sizes: [{{ label: \"7B\", parameters: \"7B\", contextLength: 0 }},
           {{ label: \"3B\", parameters: \"3B\", evidence: [{good}, {wrong}] }}, {{ label: \"1B\", parameters: \"1B\" }}]"
    );
    app.data(
        "mutation { createModel(input: { slug: \"m\", name: \"M\", sizes: [{ label: \"1B\", parameters: \"1B\" }, { label: \"9B\", parameters: \"9B\" }] }) { revision }
           createDataset(input: { slug: \"d\", name: \"D\" }) { revision } }",
    )
    .await;
    let size = app.data("{ model(slug: \"m\") { sizes { id } } }").await["model"]["sizes"][1]["id"].take();
    let (own, own_wrong) = (of("{ kind: \"DERIVED\" }", "card"), of("{ kind: 1 }", "card"));
    let value = |list: &str| format!("{list}.1.values.layers");
    let cases = [
        (
            format!("createModel(input: {{ name: \"N\", {sizes} }})"),
            vec!["input.sizes.0.contextLength".to_owned(), value("input.sizes.1.evidence")],
        ),
        (
            format!("updateModel(input: {{ slug: \"m\", {sizes}, evidence: {{ add: [{own}, {own_wrong}] }} }})"),
            vec![
                "input.evidence.add.1.values.kind".to_owned(),
                "input.sizes.0.contextLength".to_owned(),
                value("input.sizes.1.evidence"),
            ],
        ),
        (
            format!("upsertModels(input: {{ models: [{{ name: \"N\" }}, {{ name: \"O\", {sizes} }}] }})"),
            vec!["input.models.1.sizes.0.contextLength".to_owned(), value("input.models.1.sizes.1.evidence")],
        ),
        (
            format!(
                "createModelSize(input: {{ model: \"m\", size: {{ label: \"0.5B\", parameters: \"0.5B\", contextLength: 0, evidence: [{good}, {wrong}] }} }})"
            ),
            vec!["input.size.contextLength".to_owned(), value("input.size.evidence")],
        ),
        (
            format!(
                "updateModelSize(input: {{ id: {size}, parameters: \"0.5B\", contextLength: 0, evidence: {{ add: [{good}, {wrong}] }} }})"
            ),
            vec!["input.contextLength".to_owned(), value("input.evidence.add")],
        ),
        (
            format!(
                "updateDataset(input: {{ slug: \"d\", evidence: {{ add: [{}, {}] }} }})",
                of("{ tokens: 5 }", "card"),
                of("{ tokens: {} }", "card")
            ),
            vec!["input.evidence.add.1.values.tokens".to_owned()],
        ),
        (
            format!(
                "updateDataset(input: {{ slug: \"d\", evidence: {{ add: [{}] }} }})",
                of("{ tokens: 5 }", "nobody")
            ),
            vec!["input.evidence.add.0.source".to_owned()],
        ),
        (
            format!(
                "updateModelSize(input: {{ id: {size}, evidence: {{ add: [{}] }} }})",
                of("{ layers: 5 }", "nobody")
            ),
            vec!["input.evidence.add.0.source".to_owned()],
        ),
    ];
    for (mutation, expected) in cases {
        let (_, answer) = app.post(&json!({ "query": format!("mutation {{ {mutation} {{ revision }} }}") })).await;
        let fields =
            answer["errors"][0]["extensions"]["fields"].as_array().unwrap_or_else(|| panic!("{answer}")).iter();
        let mut paths = fields.map(|field| field["path"].as_str().expect("a path").to_owned()).collect::<Vec<_>>();
        paths.sort();
        assert_eq!(paths, expected, "{mutation}");
    }
}
