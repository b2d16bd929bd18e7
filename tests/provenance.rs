//! Values and their evidence: which value holds, what contradicts it, and how a conflict is decided and undone.

use std::collections::HashMap;

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use open_llm_catalog::domain::model::ModelDocument;
use open_llm_catalog::domain::source::SourceDocument;
use open_llm_catalog::store::change::Change;
use serde_json::{Value as Json, json};

use crate::{edit::dump, export::file, support::App, trials};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        contradicting_imports_give_the_same_value_in_either_order,
        a_basis_follows_its_number,
        a_conflict_is_settled_and_undone,
        an_edit_needs_evidence_or_a_reason_against_evidence,
        values_follow_new_evidence,
        a_value_that_would_make_a_document_invalid_stays,
        what_evidence_says_in_sum_is_filtered_and_read_as_of_a_time,
        many_sources_of_a_change_keep_their_authority,
        an_undisclosed_value_is_unsourced,
        bases_have_evidence,
        every_value_of_a_model_can_be_cited,
        places_in_repositories_have_addresses,
        provenance_needs_no_statement,
        licenses_and_organizations_have_evidence,
        evidence_of_an_organization_may_cite_a_later_source,
        a_source_is_found_by_its_address,
        a_reason_stays_in_the_revision,
        evidence_agrees_as_of_a_time,
        a_renamed_size_keeps_its_contradiction,
    ]
}

/// An app with the role ADMIN, a maker, its card and its configuration, and a database of someone else.
async fn sources(app: &App) -> App {
    let app = app.with_token(&app.token(Role::Admin).await);
    app.data(
        "mutation {
            createOrganization(input: { slug: \"maker\", name: \"Maker\" }) { revision }
            upsertSources(input: { sources: [
                { slug: \"card\", title: \"Card\", kind: MODEL_CARD, publisher: { slug: \"maker\" }, url: \"https://example.org/card\" },
                { slug: \"config\", title: \"Config\", kind: CONFIG, publisher: { slug: \"maker\" } },
                { slug: \"database\", title: \"Database\", kind: DATABASE, publishedAt: \"2024\" },
                { slug: \"copy\", title: \"Copy\", kind: DATABASE, derivedFrom: \"database\" }
            ] }) { revision }
        }",
    )
    .await;
    app
}

/// Imports documents as NDJSON. Returns the report.
async fn import(app: &App, documents: &[Json]) -> Json {
    let lines = documents.iter().map(|document| format!("{document}\n")).collect::<String>();
    let query =
        "mutation($content: String!) { importCatalog(input: { format: NDJSON, content: $content }, reason: \"files\")
        { written rejected revision rows { outcome warnings { column message } problems { column message } } } }";
    app.data_with(query, json!({ "content": lines })).await["importCatalog"].take()
}

async fn imported(app: &App, document: Json) -> Json {
    let report = import(app, &[document]).await;
    assert_eq!(report["written"], true, "{report}");
    report
}

/// The document of a model `m` in which a source states values of the size 7B, with a locator, as NDJSON has it.
fn stating(source: &str, confidence: &str, values: &Json) -> Json {
    let mut size = values.clone();
    size["label"] = json!("7B");
    size["evidence"] = json!([{ "values": values, "source": source, "locator": "file#L1", "confidence": confidence }]);
    json!({ "type": "Model", "slug": "m", "name": "M", "organizations": ["maker"], "sizes": [size] })
}

const SIZE: &str = "{ model(slug: \"m\") { sizes { parameters contextLength trainingTokens
    provenance { confidence sourceCount conflictCount unsourcedCount } evidence { nodes { field value agrees rank source { slug } } } } } }";

async fn size(app: &App) -> Json {
    app.data(SIZE).await["model"]["sizes"][0].take()
}

const CONFLICTS: &str =
    "{ conflicts { nodes { field contradicted about { ... on ModelSize { label } ... on Model { slug } }
    evidence { nodes { id value source { slug } } } } } }";

async fn conflicts(app: &App) -> Vec<Json> {
    app.data(CONFLICTS).await["conflicts"]["nodes"].as_array().expect("a list").clone()
}

async fn contradicting_imports_give_the_same_value_in_either_order(app: App) {
    let app = sources(&app).await;
    let statements = [
        stating("database", "CITED", &json!({ "parameters": "7B", "contextLength": 8192, "trainingTokens": "1T" })),
        stating("card", "REPORTED", &json!({ "parameters": "6.7B", "contextLength": 4096, "trainingTokens": "2T" })),
        stating("config", "EXACT", &json!({ "parameters": 6_738_415_616_i64, "contextLength": 4096 })),
    ];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        for index in order {
            imported(&app, statements[index].clone()).await;
        }
        let size = size(&app).await;
        assert_eq!(
            (&size["parameters"], &size["contextLength"], &size["trainingTokens"]),
            (&json!(6_738_415_616_i64), &json!(4096), &json!(2_000_000_000_000_i64)),
            "{order:?}"
        );
        assert_eq!(size["evidence"]["nodes"].as_array().expect("a list").len(), 8, "all statements stand");
        // 7B, 6.7B and 6,738,415,616 agree; the lengths of the context and the tokens do not.
        let expected = json!({ "confidence": "REPORTED", "sourceCount": 3, "conflictCount": 2, "unsourcedCount": 0 });
        assert_eq!(size["provenance"], expected, "{order:?}");
        let conflicts = conflicts(&app).await;
        let mut fields =
            conflicts.iter().map(|conflict| conflict["field"].as_str().expect("a text")).collect::<Vec<_>>();
        fields.sort_unstable();
        assert_eq!(fields, ["contextLength", "trainingTokens"], "{order:?}");
        app.data("mutation { deleteModel(input: { slug: \"m\" }) { revision } }").await;
        assert_eq!(app.data(CONFLICTS).await["conflicts"]["nodes"], json!([]), "{order:?}");
    }
    // A value without evidence does not replace one with evidence, and the report says so.
    imported(&app, statements[1].clone()).await;
    let bare = json!({ "type": "Model", "slug": "m", "sizes": [{ "label": "7B", "contextLength": 2048 }] });
    let report = imported(&app, bare).await;
    assert_eq!(size(&app).await["contextLength"], 4096);
    let warning = &report["rows"][0]["warnings"][0];
    assert_eq!(warning["column"], "sizes.0.contextLength");
    assert!(warning["message"].as_str().expect("a text").contains("stored as 4096"), "{warning}");
}

/// What a number counts is that of the source whose number holds, and numbers of different things do not contradict each other.
async fn a_basis_follows_its_number(app: App) {
    let app = sources(&app).await;
    let statements = [
        stating(
            "database",
            "CITED",
            &json!({ "parameters": "8B", "parametersBasis": "LABEL", "trainingTokens": "1T",
            "trainingTokensBasis": "DATASET" }),
        ),
        stating(
            "card",
            "REPORTED",
            &json!({ "parameters": "6.7B", "parametersBasis": "REPORTED", "trainingTokens": "2T",
            "trainingTokensBasis": "SEEN" }),
        ),
        stating("config", "EXACT", &json!({ "parameters": 6_738_415_616_i64, "parametersBasis": "COUNTED" })),
    ];
    let bases = "{ model(slug: \"m\") { sizes { parametersBasis trainingTokensBasis } } }";
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        for index in order {
            imported(&app, statements[index].clone()).await;
        }
        let size = size(&app).await;
        assert_eq!(
            (&size["parameters"], &size["trainingTokens"]),
            (&json!(6_738_415_616_i64), &json!(2_000_000_000_000_i64)),
            "{order:?}"
        );
        let expected = json!([{ "parametersBasis": "COUNTED", "trainingTokensBasis": "SEEN" }]);
        assert_eq!(app.data(bases).await["model"]["sizes"], expected, "{order:?}");
        assert_eq!(conflicts(&app).await, Vec::<Json>::new(), "{order:?}");
        app.data("mutation { deleteModel(input: { slug: \"m\" }) { revision } }").await;
    }
    // A basis that differs from that of the number that holds is a contradiction.
    imported(&app, statements[2].clone()).await;
    let edit = "mutation { updateModel(reason: \"a test\", input: { slug: \"m\",
        sizes: [{ label: \"7B\", parameters: \"6738415616\", parametersBasis: REPORTED }] }) { revision } }";
    app.data(edit).await;
    let conflicts = conflicts(&app).await;
    assert_eq!((&conflicts[0]["field"], &conflicts[0]["contradicted"]), (&json!("parametersBasis"), &json!(true)));
    // Two numbers of the same kind contradict each other, and their bases do not add a second conflict.
    app.data("mutation { deleteModel(input: { slug: \"m\" }) { revision } }").await;
    for (source, number, basis) in [("card", "7B", "REPORTED"), ("config", "9B", "COUNTED")] {
        imported(&app, stating(source, "REPORTED", &json!({ "parameters": number, "parametersBasis": basis }))).await;
    }
    let conflicts = app.data(CONFLICTS).await["conflicts"]["nodes"].take();
    let fields = conflicts.as_array().into_iter().flatten().map(|conflict| &conflict["field"]).collect::<Vec<_>>();
    assert_eq!(fields, [&json!("parameters")]);
}

async fn a_conflict_is_settled_and_undone(app: App) {
    let app = sources(&app).await;
    imported(&app, stating("database", "CITED", &json!({ "parameters": "7B", "trainingTokens": "1T" }))).await;
    imported(&app, stating("card", "REPORTED", &json!({ "parameters": "7B", "trainingTokens": "2T" }))).await;
    let before = (dump(&app).await, size(&app).await, conflicts(&app).await);
    let [conflict] = &before.2[..] else { panic!("one fact is in conflict: {:?}", before.2) };
    assert_eq!((&conflict["field"], &conflict["contradicted"]), (&json!("trainingTokens"), &json!(false)));
    let evidence = conflict["evidence"]["nodes"].as_array().expect("a list");
    let chosen = evidence.iter().find(|evidence| evidence["source"]["slug"] == "database").expect("both are listed");
    let settle = format!(
        "mutation {{ settleConflict(input: {{ evidence: {}, reason: \"the card counts epochs\" }}) {{ outcome revision
            subject {{ ... on Model {{ slug }} }} }} }}",
        chosen["id"]
    );
    let settled = app.data(&settle).await["settleConflict"].take();
    assert_eq!((&settled["outcome"], &settled["subject"]["slug"]), (&json!("UPDATED"), &json!("m")));
    let after = size(&app).await;
    assert_eq!(
        (&after["trainingTokens"], &after["provenance"]["conflictCount"]),
        (&json!(1_000_000_000_000_i64), &json!(0))
    );
    assert_eq!(conflicts(&app).await, Vec::<Json>::new());
    let disagrees = |evidence: &&Json| evidence["agrees"] == false;
    let other = after["evidence"]["nodes"].as_array().expect("a list").iter().filter(disagrees).collect::<Vec<_>>();
    assert_eq!((other.len(), &other[0]["source"]["slug"]), (1, &json!("card")), "the other statement stands");
    let history = "{ revisions(last: 1) { nodes { reason changes { field } evidenceAdded { rank reason } } } }";
    let revision = app.data(history).await["revisions"]["nodes"][0].take();
    assert_eq!(
        revision,
        json!({ "reason": "the card counts epochs", "changes": [{ "field": "sizes.7B.trainingTokens" }],
            "evidenceAdded": [{ "rank": "PREFERRED", "reason": "the card counts epochs" }] })
    );
    let (code, _) = app.error(&settle).await;
    assert_eq!(code, "INVALID_ID", "the evidence was replaced");
    let undo = format!("mutation {{ revertRevision(input: {{ number: {} }}) {{ outcome }} }}", settled["revision"]);
    app.data(&undo).await;
    let without_ids = |conflicts: &[Json]| {
        let nodes = conflicts.iter().flat_map(|conflict| conflict["evidence"]["nodes"].as_array().expect("a list"));
        let mut nodes = nodes.map(|node| format!("{} {}", node["value"], node["source"]["slug"])).collect::<Vec<_>>();
        nodes.sort_unstable();
        nodes
    };
    assert_eq!(without_ids(&conflicts(&app).await), without_ids(&before.2), "the conflict is back");
    assert_eq!(size(&app).await["trainingTokens"], before.1["trainingTokens"]);
    assert_eq!(size(&app).await["provenance"], before.1["provenance"]);
    let names = |dump: &Json| dump["models"]["nodes"].as_array().map_or(0, Vec::len);
    assert_eq!(names(&dump(&app).await), names(&before.0));
}

async fn an_edit_needs_evidence_or_a_reason_against_evidence(app: App) {
    let app = sources(&app).await;
    imported(&app, stating("card", "REPORTED", &json!({ "parameters": "7B", "trainingTokens": "2T" }))).await;
    let id = app.data("{ model(slug: \"m\") { sizes { id } } }").await["model"]["sizes"][0]["id"].take();
    let update = |fields: &str, reason: &str| {
        format!(
            "mutation {{ updateModelSize(input: {{ id: {id}, {fields} }}{reason}) {{ size {{ trainingTokens }} }} }}"
        )
    };
    let (code, message) = app.error(&update("trainingTokens: \"1T\"", "")).await;
    assert_eq!(code, "INVALID_DOCUMENT");
    assert!(message.contains("input.trainingTokens") && message.contains("\"card\", which says \"2T\""), "{message}");
    // All problems of an input are named at once.
    let (_, message) = app.error(&update("trainingTokens: \"1T\", activeParameters: \"8B\"", "")).await;
    assert!(
        message.contains("trainingTokens contradicts") && message.contains("activeParameters is greater"),
        "{message}"
    );
    let (code, _) = app.error(&update("trainingTokens: \"1T\"", ", reason: \" \"")).await;
    assert_eq!(code, "INVALID_ARGUMENT", "a reason is not empty");
    // What the statement allows needs neither.
    app.data(&update("trainingTokens: \"2.1T\"", "")).await;
    app.data(&update("trainingTokens: \"1T\"", ", reason: \"misprint\"")).await;
    let listed = conflicts(&app).await;
    assert_eq!((listed.len(), &listed[0]["contradicted"]), (1, &json!(true)));
    // The value stays when another field changes, and when it gets the evidence of its own.
    app.data(&update("contextLength: 4096", "")).await;
    assert_eq!(size(&app).await["trainingTokens"], 1_000_000_000_000_i64);
    let own = "trainingTokens: \"1.4T\", evidence: { add: [{ values: { trainingTokens: \"1.4T\" }, source: { slug: \"database\" },
        confidence: CITED }] }";
    app.data(&update(own, "")).await;
    assert_eq!(size(&app).await["trainingTokens"], 1_400_000_000_000_i64);
    assert_eq!(conflicts(&app).await.len(), 1);
}

async fn values_follow_new_evidence(app: App) {
    let app = sources(&app).await;
    // An amount in an object agrees with the same amount in another form.
    let scale = "dataScale: { text: \"2T\", amount: \"2T\", unit: TOKENS }";
    let cite = format!(
        "mutation {{ createModel(input: {{ slug: \"scale\", name: \"Scale\", {scale}, evidence: [{{ values: {{ {scale} }},
        source: {{ slug: \"card\" }}, confidence: CITED }}] }}) {{ model {{ provenance {{ conflictCount }} }} }} }}"
    );
    let cite = cite.replace(
        "values: { dataScale: { text: \"2T\", amount: \"2T\", unit: TOKENS",
        "values: { dataScale: { text: \"2T\", amount: \"2T\", unit: \"TOKENS\"",
    );
    assert_eq!(app.data(&cite).await["createModel"]["model"]["provenance"]["conflictCount"], 0);
    let add = |source: &str, value: &str| {
        format!(
            "mutation {{ updateModel(input: {{ slug: \"m\", evidence: {{ add: [{{ values: {{ releaseDate: {value:?} }},
            source: {{ slug: {source:?} }}, locator: \"L1\", confidence: CITED }}] }} }}) {{ model {{ releaseDate }} }} }}"
        )
    };
    let date = async |query: String| app.data(&query).await["updateModel"]["model"]["releaseDate"].take();
    let create = "mutation { createModel(input: { slug: \"m\", name: \"M\", organizations: [{ slug: \"maker\" }] }) { revision } }";
    app.data(create).await;
    assert_eq!(date(add("database", "2023-05")).await, "2023-05", "an unknown value is the stated one");
    assert_eq!(date(add("card", "2023")).await, "2023-05", "the finer one holds where both agree");
    assert_eq!(date(add("card", "2023-07-18")).await, "2023-07-18", "the statement of the maker holds");
    assert_eq!(date(add("database", "2024")).await, "2023-07-18");
}

async fn a_value_that_would_make_a_document_invalid_stays(app: App) {
    let app = sources(&app).await;
    imported(&app, stating("database", "CITED", &json!({ "parameters": "7B", "activeParameters": "1B" }))).await;
    let more = json!({ "type": "Model", "slug": "m", "sizes": [{ "label": "7B",
        "evidence": [{ "values": { "activeParameters": "13B" }, "source": "card", "locator": "L1", "confidence": "REPORTED" }] }] });
    imported(&app, more).await;
    let found = app.data("{ model(slug: \"m\") { sizes { activeParameters } } }").await;
    assert_eq!(found["model"]["sizes"][0]["activeParameters"], 1_000_000_000);
    let listed = conflicts(&app).await;
    assert_eq!((listed.len(), &listed[0]["contradicted"]), (1, &json!(true)));
}

async fn what_evidence_says_in_sum_is_filtered_and_read_as_of_a_time(app: App) {
    let app = sources(&app).await;
    imported(&app, stating("card", "REPORTED", &json!({ "parameters": "7B", "trainingTokens": "2T" }))).await;
    let time = app.data("{ catalog { updatedAt } }").await["catalog"]["updatedAt"].take();
    let then = size(&app).await["provenance"].take();
    assert_eq!(then, json!({ "confidence": "REPORTED", "sourceCount": 1, "conflictCount": 0, "unsourcedCount": 0 }));
    imported(&app, stating("database", "CITED", &json!({ "parameters": "7B", "trainingTokens": "1T" }))).await;
    imported(&app, stating("copy", "CITED", &json!({ "parameters": "7B", "trainingTokens": "1T" }))).await;
    imported(&app, json!({ "type": "Model", "slug": "m", "sizes": [{ "label": "7B", "contextLength": 4096 }] })).await;
    let now = size(&app).await["provenance"].take();
    let expected = json!({ "confidence": "REPORTED", "sourceCount": 2, "conflictCount": 1, "unsourcedCount": 1 });
    assert_eq!(now, expected, "a copy does not count beside its original");
    let as_of = format!("{{ model(slug: \"m\", asOf: {time}) {{ sizes {{ provenance {{ confidence sourceCount conflictCount unsourcedCount }}
        evidence {{ nodes {{ agrees }} }} }} }} conflicts(asOf: {time}) {{ nodes {{ field }} }} }}");
    let found = app.data(&as_of).await;
    assert_eq!(found["model"]["sizes"][0]["provenance"], then);
    assert_eq!(found["model"]["sizes"][0]["evidence"]["nodes"][0]["agrees"], true);
    assert_eq!(found["conflicts"]["nodes"], json!([]));
    let sizes = async |filter: &str, arguments: &str| {
        let query = format!(
            "{{ sizes(where: {{ label: {{ eq: \"7B\" }}, model: {{ slug: {{ eq: \"m\" }} }}, {filter} }}{arguments}) {{ totalCount }} }}"
        );
        app.data(&query).await["sizes"]["totalCount"].as_i64().expect("a number")
    };
    for (filter, matches) in [
        ("conflicting: true", true),
        ("conflicting: false", false),
        ("unsourced: true", true),
        ("unsourced: false", false),
        ("confidence: { in: [EXACT, REPORTED] }", true),
        ("confidence: { eq: CITED }", false),
    ] {
        assert_eq!(sizes(filter, "").await, i64::from(matches), "{filter}");
    }
    assert_eq!(sizes("conflicting: true", &format!(", asOf: {time}")).await, 0);
    assert_eq!(sizes("unsourced: false", &format!(", asOf: {time}")).await, 1);
}

async fn many_sources_of_a_change_keep_their_authority(app: App) {
    let source = |slug: &str, kind: &str| {
        let source = json!({ "slug": slug, "title": slug, "kind": kind, "publisher": "maker" });
        serde_json::from_value::<SourceDocument>(source).expect("a source")
    };
    let model = |values: &[(&str, &str)]| {
        let evidence = values.iter().map(|(source, date)| {
            json!({ "values": { "releaseDate": date }, "source": source, "locator": "L1", "confidence": "REPORTED" })
        });
        let model = json!({ "slug": "m", "name": "M", "organizations": ["maker"], "releaseDate": values[0].1,
            "evidence": evidence.collect::<Vec<_>>() });
        serde_json::from_value::<ModelDocument>(model).expect("a model")
    };
    let mut change = Change::begin(&app.database, "tester").await.expect("no other connection writes");
    change.mark_as_import();
    // None of them is saved yet when the model is compared with its evidence.
    for (slug, kind) in [("own-config", "CONFIG"), ("a-list", "LIST")] {
        change.announce_source(&source(slug, kind));
    }
    for number in 0..12_000 {
        change.announce_source(&source(&format!("source-{number}"), "OTHER"));
    }
    let (before, after) = (model(&[("own-config", "2024")]), model(&[("a-list", "2023"), ("own-config", "2024")]));
    let reconciled = change.reconcile(Some(&before), &after).await.expect("no value contradicts");
    assert_eq!(reconciled.document, Some(ModelDocument { release_date: before.release_date.clone(), ..after }));
}

async fn an_undisclosed_value_is_unsourced(app: App) {
    let app = sources(&app).await;
    app.data(
        "mutation { createDataset(input: { slug: \"d\", name: \"D\", tokens: \"1T\", evidence: [{ values: { tokens: null },
            stance: UNDISCLOSED, source: { slug: \"card\" }, confidence: REPORTED }] }) { revision } }",
    )
    .await;
    let found = app
        .data("{ dataset(slug: \"d\") { provenance { confidence sourceCount conflictCount unsourcedCount } } }")
        .await;
    let expected = json!({ "confidence": null, "sourceCount": 1, "conflictCount": 0, "unsourcedCount": 1 });
    assert_eq!(found["dataset"]["provenance"], expected, "a source that discloses no value states none");
}

async fn bases_have_evidence(app: App) {
    let app = sources(&app).await;
    let relation = "bases: [{ model: \"base\", relation: FINE_TUNED }]";
    let cited = |values: &str| {
        format!("{relation}, evidence: [{{ values: {values}, source: {{ slug: \"card\" }}, confidence: REPORTED }}]")
    };
    app.data(&format!(
        "mutation {{ upsertModels(input: {{ models: [{{ slug: \"base\", name: \"Base\" }}, {{ slug: \"a\", name: \"A\", {} }},
            {{ slug: \"b\", name: \"B\", {} }}, {{ slug: \"c\", name: \"C\", {} }}, {{ slug: \"d\", name: \"D\", {relation} }}] }}, reason: \"The card is old.\") {{ revision }} }}",
        cited("{ bases: [{ model: \"base\", relation: \"FINE_TUNED\" }] }"),
        cited("{ baseModel: \"base\" }"),
        cited("{ bases: [{ model: \"base\", relation: \"MERGED\" }] }"),
    ))
    .await;
    let query = "{ models(where: { slug: { in: [\"a\", \"b\", \"c\", \"d\"] } }, orderBy: { field: NAME }) { nodes {
        provenance { unsourcedCount } evidence { nodes { field agrees } } } } }";
    let found = app.data(query).await;
    let expected = json!([
        { "provenance": { "unsourcedCount": 0 }, "evidence": { "nodes": [{ "field": "bases", "agrees": true }] } },
        // The source names the base, but not how the model was derived from it.
        { "provenance": { "unsourcedCount": 1 }, "evidence": { "nodes": [{ "field": "baseModel", "agrees": true }] } },
        { "provenance": { "unsourcedCount": 0 }, "evidence": { "nodes": [{ "field": "bases", "agrees": false }] } },
        { "provenance": { "unsourcedCount": 1 }, "evidence": { "nodes": [] } },
    ]);
    assert_eq!(found["models"]["nodes"], expected);
}

async fn every_value_of_a_model_can_be_cited(app: App) {
    let app = sources(&app).await;
    let evidence = |values: &str| {
        format!("evidence: [{{ values: {values}, source: {{ slug: \"card\" }}, confidence: REPORTED }}]")
    };
    app.data(&format!(
        "mutation {{ createModel(input: {{ slug: \"m\", name: \"M\", languages: [\"zh\", \"en\"], purposes: [\"CHAT\"], {},
            sizes: [{{ label: \"7B\", parameters: \"7B\", {} }}, {{ label: \"8B\", parameters: \"8B\" }}] }}) {{ revision }} }}",
        evidence("{ languages: [\"en\", \"zh\"], purposes: [\"CHAT\"] }"),
        // A basis that documents leave out, because it is the default, is a value nevertheless.
        evidence("{ parameters: \"7B\", parametersBasis: \"LABEL\" }"),
    ))
    .await;
    let query = "{ model(slug: \"m\") { provenance { unsourcedCount } evidence { nodes { field agrees } }
        sizes { provenance { unsourcedCount } evidence { nodes { field agrees } } } } }";
    let agrees = |fields: &[&str]| json!({ "nodes": fields.iter().map(|field| json!({ "field": field, "agrees": true })).collect::<Vec<_>>() });
    let expected = json!({
        "provenance": { "unsourcedCount": 0 }, "evidence": agrees(&["languages", "purposes"]),
        "sizes": [
            { "provenance": { "unsourcedCount": 0 }, "evidence": agrees(&["parameters", "parametersBasis"]) },
            { "provenance": { "unsourcedCount": 1 }, "evidence": agrees(&[]) },
        ],
    });
    assert_eq!(app.data(query).await["model"], expected);
}

async fn places_in_repositories_have_addresses(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    let repository = "https://github.com/q/q-lab";
    let places = [
        (repository, "README.md#L17", Some("https://github.com/q/q-lab/blob/abc123/README.md?plain=1#L17")),
        (
            repository,
            "models/a b/config.json#L3-L5",
            Some("https://github.com/q/q-lab/blob/abc123/models/a%20b/config.json#L3-L5"),
        ),
        (repository, "docs/card.md", Some("https://github.com/q/q-lab/blob/abc123/docs/card.md?plain=1")),
        (repository, "Table 2", None),
        // The address of a file is an address of a place already, and other sites have addresses of their own.
        ("https://github.com/q/q-lab/blob/main/list.json", "list.json#L3", None),
        ("https://example.org/q/q-lab", "README.md#L17", None),
    ];
    let sources = places.iter().enumerate().map(|(index, (url, ..))| {
        json!({ "slug": format!("s-{index}"), "title": "S", "kind": "REPOSITORY", "url": url,
            "snapshots": [{ "accessed": "2026-01-02", "revision": "abc123" }, { "accessed": "2025-01-02", "revision": "old" }] })
    });
    let evidence = places.iter().enumerate().map(|(index, (_, locator, _))| {
        json!({ "values": { "releaseDate": "2025" }, "source": { "slug": format!("s-{index}") }, "locator": locator, "confidence": "REPORTED" })
    });
    let variables = json!({ "sources": sources.collect::<Vec<_>>(), "evidence": evidence.collect::<Vec<_>>() });
    app.data_with(
        "mutation ($sources: [CreateSourceInput!]!, $evidence: [EvidenceInput!]) { upsertSources(input: { sources: $sources }) { revision }
            createModel(input: { slug: \"m\", name: \"M\", releaseDate: \"2025\", evidence: $evidence }) { revision } }",
        variables,
    )
    .await;
    let found = app.data("{ model(slug: \"m\") { evidence { nodes { locator url source { slug } } } } }").await;
    let found = found["model"]["evidence"]["nodes"].as_array().expect("a list").iter();
    let found = found.map(|one| (one["source"]["slug"].clone(), one["url"].clone())).collect::<HashMap<_, _>>();
    for (index, (url, locator, expected)) in places.iter().enumerate() {
        assert_eq!(found[&json!(format!("s-{index}"))], json!(expected), "{locator} of {url}");
    }
    // A statement that was read on the day of another snapshot is about that one.
    app.data(
        "mutation { updateModel(input: { slug: \"m\", evidence: { add: [{ values: { releaseDate: \"2025\" }, source: { slug: \"s-0\" },
            locator: \"LICENSE#L1\", accessed: \"2025-01-02\", confidence: REPORTED }] } }) { revision } }",
    )
    .await;
    let found = app.data("{ model(slug: \"m\") { evidence(last: 1) { nodes { url } } } }").await;
    assert_eq!(found["model"]["evidence"]["nodes"][0]["url"], "https://github.com/q/q-lab/blob/old/LICENSE#L1");
}

async fn provenance_needs_no_statement(app: App) {
    let query = |provenance: &str| {
        format!("{{ models(first: 24) {{ nodes {{ name license {{ name {provenance} }} organizations {{ name {provenance} }}
            {provenance} sizes {{ label {provenance} }} }} }} }}")
    };
    let (_, without) = app.with_own_connections().await.counted(&query("")).await;
    let provenance = "provenance { confidence sourceCount conflictCount unsourcedCount }";
    let (data, with) = app.with_own_connections().await.counted(&query(provenance)).await;
    assert_eq!(with, without);
    assert!(with <= 4, "{with} statements");
    assert!(data["models"]["nodes"][0]["provenance"]["unsourcedCount"].as_i64().expect("a number") > 0, "{data}");
}

async fn licenses_and_organizations_have_evidence(app: App) {
    let app = sources(&app).await;
    app.data(
        "mutation {
            updateOrganization(input: { slug: \"maker\", country: \"FR\", evidence: { add: [{ values: { country: \"FR\" },
                source: { slug: \"card\" }, locator: \"imprint\", confidence: REPORTED }] } }) { revision }
            createLicense(input: { slug: \"own\", name: \"Own\", commercialUse: UNKNOWN, osiApproved: false, evidence: [{ values: { osiApproved: false },
                source: { create: { slug: \"register\", title: \"Register\", kind: DATABASE, publisher: { create: { slug: \"keeper\",
                name: \"Keeper\", country: \"US\", evidence: [{ values: { country: \"US\" }, source: { slug: \"database\" }, confidence: CITED }] } } } },
                confidence: CITED }] }) { revision }
        }",
    )
    .await;
    let query = "{ organization(slug: \"maker\") { provenance { confidence unsourcedCount } evidence { nodes { value about { ... on Organization { slug } } } } }
        license(slug: \"own\") { provenance { sourceCount } evidence { nodes { field value } } }
        organization2: organization(slug: \"keeper\") { evidence { totalCount } }
        organizations(where: { confidence: { eq: REPORTED } }) { nodes { slug } } }";
    let found = app.data(query).await;
    assert_eq!(
        found,
        json!({
            "organization": { "provenance": { "confidence": "REPORTED", "unsourcedCount": 0 },
                "evidence": { "nodes": [{ "value": "FR", "about": { "slug": "maker" } }] } },
            "license": { "provenance": { "sourceCount": 1 }, "evidence": { "nodes": [{ "field": "osiApproved", "value": false }] } },
            "organization2": { "evidence": { "totalCount": 1 } },
            "organizations": { "nodes": [{ "slug": "maker" }] },
        })
    );
    let catalog = file(&app, "/export/catalog.json").await;
    let catalog = serde_json::from_str::<Json>(&catalog).expect("JSON");
    let maker = catalog["organizations"].as_array().expect("a list").iter().find(|one| one["slug"] == "maker").cloned();
    assert_eq!(maker.expect("it is exported")["evidence"][0]["values"], json!({ "country": "FR" }));
    // A part of the catalog has all sources that its evidence cites, and those that these rest on.
    imported(&app, json!({ "type": "Model", "slug": "m", "name": "M", "license": "own" })).await;
    let part = file(&app, "/export/models.ndjson?license=own").await;
    let part = part.lines().map(|line| serde_json::from_str::<Json>(line).expect("JSON")).collect::<Vec<_>>();
    let slugs = |of_type: &str| {
        let own = part.iter().filter(|document| document["type"] == of_type);
        let mut slugs = own.map(|document| document["slug"].as_str().expect("a slug")).collect::<Vec<_>>();
        slugs.sort_unstable();
        slugs
    };
    assert_eq!((slugs("Source"), slugs("Organization")), (vec!["database", "register"], vec!["keeper"]));
}

async fn evidence_of_an_organization_may_cite_a_later_source(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    let organization = json!({ "type": "Organization", "slug": "lab", "name": "Lab", "country": "FR",
        "evidence": [{ "values": { "country": "FR" }, "source": "imprint", "locator": "L1", "confidence": "REPORTED" }] });
    let again = json!({ "type": "Organization", "slug": "lab", "kind": "COMPANY",
        "evidence": [{ "values": { "kind": "COMPANY" }, "source": "imprint", "locator": "L2", "confidence": "REPORTED" }] });
    let source =
        json!({ "type": "Source", "slug": "imprint", "title": "Imprint", "kind": "OTHER", "publisher": "lab" });
    let report = import(&app, &[organization.clone(), again.clone()]).await;
    assert_eq!((&report["written"], &report["rejected"]), (&json!(false), &json!(2)), "{report}");
    assert!(
        report["rows"][0]["problems"][0]["message"].as_str().expect("a text").contains("no source matches"),
        "{report}"
    );
    let report = import(&app, &[organization, again, source]).await;
    assert_eq!(report["written"], true, "{report}");
    let query = "{ organization(slug: \"lab\") { country provenance { confidence sourceCount unsourcedCount } evidence { nodes { field } } } }";
    assert_eq!(
        app.data(query).await["organization"],
        json!({ "country": "FR", "provenance": { "confidence": "REPORTED", "sourceCount": 1, "unsourcedCount": 0 },
            "evidence": { "nodes": [{ "field": "country" }, { "field": "kind" }] } })
    );
    let time = app.data("{ catalog { updatedAt } }").await["catalog"]["updatedAt"].take();
    let as_of = format!("{{ organization(slug: \"lab\", asOf: {time}) {{ provenance {{ unsourcedCount }} }} }}");
    assert_eq!(app.data(&as_of).await["organization"]["provenance"]["unsourcedCount"], 0);
}

async fn a_source_is_found_by_its_address(app: App) {
    let app = sources(&app).await;
    let add = |url: &str| {
        format!(
            "mutation {{ updateModel(input: {{ slug: \"qwen\", evidence: {{ add: [{{ values: {{ releaseDate: \"2023\" }},
            source: {{ url: {url:?} }}, confidence: CITED }}] }} }}) {{ model {{ evidence {{ nodes {{ source {{ slug }} }} }} }} }} }}"
        )
    };
    let found = app.data(&add("https://example.org/card")).await;
    assert_eq!(found["updateModel"]["model"]["evidence"]["nodes"][0]["source"]["slug"], "card");
    let (code, message) = app.error(&add("https://example.org/none")).await;
    assert!(code == "INVALID_DOCUMENT" && message.contains("is the address of no source"), "{code}: {message}");
    app.data("mutation { createSource(input: { slug: \"twin\", title: \"Twin\", kind: OTHER, url: \"https://example.org/card\" }) { revision } }")
        .await;
    let (_, message) = app.error(&add("https://example.org/card")).await;
    assert!(message.contains("is the address of several sources"), "{message}");
}

async fn a_reason_stays_in_the_revision(app: App) {
    let app = sources(&app).await;
    let mutations = [
        "createDataset(input: { slug: \"d\", name: \"D\" }, reason: \"one\")",
        "updateDataset(input: { slug: \"d\", tokens: \"1T\" }, reason: \"two\")",
        "upsertDatasets(input: { datasets: [{ slug: \"d\", name: \"D\" }] }, reason: \"three\")",
        "deleteDataset(input: { slug: \"d\" }, reason: \"four\")",
    ];
    let mut last = Json::Null;
    for mutation in mutations {
        let mut data = app.data(&format!("mutation {{ done: {mutation} {{ revision }} }}")).await;
        last = data["done"]["revision"].take();
    }
    app.data(&format!("mutation {{ revertRevision(input: {{ number: {last} }}, reason: \"five\") {{ revision }} }}"))
        .await;
    imported(&app, json!({ "type": "Dataset", "slug": "d", "tokens": "2T" })).await;
    let found = app.column("{ revisions(last: 6) { nodes { reason } } }", "/revisions/nodes", "reason").await;
    assert_eq!(found, ["one", "two", "three", "four", "five", "files"]);
}

async fn evidence_agrees_as_of_a_time(app: App) {
    let app = sources(&app).await;
    imported(&app, stating("card", "REPORTED", &json!({ "parameters": "7B", "trainingTokens": "2T" }))).await;
    let id = app.data("{ model(slug: \"m\") { sizes { id } } }").await["model"]["sizes"][0]["id"].take();
    let mut states = Vec::new();
    for tokens in ["2T", "1T", "2T", "3T", "3.1T"] {
        let update = format!(
            "mutation {{ updateModelSize(input: {{ id: {id}, trainingTokens: \"{tokens}\" }}, reason: \"a test\") {{ revision }} }}"
        );
        app.data(&update).await;
        let time = app.data("{ catalog { updatedAt } }").await["catalog"]["updatedAt"].take();
        states.push((time, tokens == "2T"));
    }
    for (time, agrees) in states {
        let query = format!(
            "{{ model(slug: \"m\", asOf: {time}) {{ sizes {{ evidence(fields: [\"trainingTokens\"]) {{ nodes {{ agrees }} }} }} }} }}"
        );
        assert_eq!(
            app.data(&query).await["model"]["sizes"][0]["evidence"]["nodes"],
            json!([{ "agrees": agrees }]),
            "{time}"
        );
    }
}

async fn a_renamed_size_keeps_its_contradiction(app: App) {
    let app = sources(&app).await;
    imported(&app, stating("card", "REPORTED", &json!({ "parameters": "7B", "trainingTokens": "2T" }))).await;
    let id = app.data("{ model(slug: \"m\") { sizes { id } } }").await["model"]["sizes"][0]["id"].take();
    app.data(&format!(
        "mutation {{ updateModelSize(input: {{ id: {id}, trainingTokens: \"1T\" }}, reason: \"misprint\") {{ revision }} }}"
    ))
    .await;
    // The value was decided before; the label is no fact.
    let renamed = format!(
        "mutation {{ updateModelSize(input: {{ id: {id}, label: \"7B-v1\" }}) {{ size {{ id trainingTokens }} }} }}"
    );
    let size = app.data(&renamed).await["updateModelSize"]["size"].take();
    assert_eq!(size["trainingTokens"], 1_000_000_000_000_i64);
    let listed = conflicts(&app).await;
    assert_eq!(listed.len(), 1);
    assert_eq!((&listed[0]["about"]["label"], &listed[0]["contradicted"]), (&json!("7B-v1"), &json!(true)));
    // Another value needs a reason as always, also together with a label.
    let other = |reason: &str| {
        format!(
            "mutation {{ updateModelSize(input: {{ id: {}, label: \"7B-v2\", trainingTokens: \"3T\" }}{reason}) {{ revision }} }}",
            size["id"]
        )
    };
    assert_eq!(app.error(&other("")).await.0, "INVALID_DOCUMENT");
    app.data(&other(", reason: \"misprint\"")).await;
}
