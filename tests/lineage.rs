//! Models are never derived from each other in a cycle.

use std::collections::{BTreeMap, BTreeSet};

use entity::vocabulary::Role;
use futures_util::future::join;
use libtest_mimic::Trial;
use open_llm_catalog::domain::model::ModelDocument;
use open_llm_catalog::store::change::Change;
use proptest::strategy::{Strategy, ValueTree};
use serde_json::{Value as Json, json};

use crate::{
    edit::refused,
    support::{App, documents, runner},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        updates_make_no_cycles,
        upserts_are_checked_when_all_are_saved,
        imports_report_the_rows_of_a_cycle,
        reverts_make_no_cycles,
        concurrent_writers_make_no_cycles,
        cycles_through_any_base_are_rejected,
        bases_have_relations_and_sizes,
        a_single_base_is_the_base_model,
        bases_are_validated,
        models_are_found_by_their_bases,
        lineage_is_followed_by_one_statement,
        bases_in_files_may_follow_their_models,
        imports_add_to_bases_and_replace_the_base_model,
        bases_of_earlier_releases_stay,
        licenses_follow_all_bases_but_teachers_and_predecessors,
        licenses_follow_the_bases_of_a_size,
        inherited_licenses_follow_the_rule_in_random_catalogs,
    ]
}

/// Creates the models a, b and c: b is derived from a, and c from b.
async fn chain(app: &App) -> App {
    let app = app.with_token(&app.token(Role::Admin).await);
    app.data(
        "mutation { upsertModels(input: { models: [{ slug: \"a\", name: \"A\", kind: FOUNDATION },
           { slug: \"b\", name: \"B\", kind: DERIVED, baseModel: \"a\" }, { slug: \"c\", name: \"C\", kind: DERIVED, baseModel: \"b\" }] })
           { revision } }",
    )
    .await;
    app
}

async fn bases(app: &App) -> Json {
    let query = "{ a: model(slug: \"a\") { baseModel { slug } } b: model(slug: \"b\") { baseModel { slug } }
                   c: model(slug: \"c\") { baseModel { slug } } }";
    let data = app.data(query).await;
    ["a", "b", "c"].map(|model| data[model]["baseModel"]["slug"].clone()).to_vec().into()
}

fn cycle(path: &str, chain: &str) -> Json {
    json!([{ "path": path, "message": format!("makes a cycle of models that are derived from each other: {chain}") }])
}

async fn updates_make_no_cycles(app: App) {
    let app = chain(&app).await;
    let query = "mutation { updateModel(input: { slug: \"a\", baseModel: \"c\" }) { revision } }";
    let (code, extensions, _) = refused(&app, query).await;
    let expected = cycle("input.baseModel", "\"a\" → \"c\" → \"b\" → \"a\"");
    assert_eq!((code.as_str(), &extensions["fields"]), ("INVALID_DOCUMENT", &expected));
    // With another slug too, and in a model that is renamed at the same time.
    let query = "mutation { updateModel(input: { slug: \"a\", newSlug: \"z\", baseModel: \"b\" }) { revision } }";
    let (_, extensions, _) = refused(&app, query).await;
    assert_eq!(extensions["fields"], cycle("input.baseModel", "\"z\" → \"b\" → \"z\""));
    assert_eq!(bases(&app).await, json!([null, "a", "b"]));
}

async fn upserts_are_checked_when_all_are_saved(app: App) {
    let app = chain(&app).await;
    let upsert = |models: &str| format!("mutation {{ upsertModels(input: {{ models: [{models}] }}) {{ revision }} }}");
    let model =
        |slug: &str, base: &str| format!("{{ slug: \"{slug}\", name: \"{slug}\", kind: DERIVED, baseModel: {base} }}");
    let query = upsert(&format!("{} {}", model("new", "\"c\""), model("a", "\"new\"")));
    let (code, extensions, _) = refused(&app, &query).await;
    let expected = cycle("input.models.1.baseModel", "\"a\" → \"new\" → \"c\" → \"b\" → \"a\"");
    assert_eq!((code.as_str(), &extensions["fields"]), ("INVALID_DOCUMENT", &expected));
    // A cycle that a later input breaks is none.
    app.data(&upsert(&format!("{} {} {}", model("a", "\"c\""), model("c", "\"b\""), model("b", "null")))).await;
    assert_eq!(bases(&app).await, json!(["c", null, "b"]));
}

async fn imports_report_the_rows_of_a_cycle(app: App) {
    let app = chain(&app).await;
    let import = async |rows: Json| {
        let query = "mutation($content: String!) { importCatalog(input: { format: JSON, content: $content })
            { written rejected rows { slug outcome problems { column message } } } }";
        app.data_with(query, json!({ "content": rows.to_string() })).await["importCatalog"].take()
    };
    let row = |slug: &str, base: &str| json!({ "slug": slug, "name": slug, "kind": "DERIVED", "baseModel": base });
    let problems = |report: &Json| {
        let rows = report["rows"].as_array().expect("a list").iter();
        let rejected = rows.filter(|row| row["outcome"] == "REJECTED");
        rejected.map(|row| (row["slug"].clone(), row["problems"][0].clone())).collect::<Vec<_>>()
    };
    let message = |chain: &str| {
        let message = format!("makes a cycle of models that are derived from each other: {chain}");
        json!({ "column": "baseModel", "message": message })
    };
    // Of existing models, and of new ones of which the first refers to the second.
    let report = import(json!([row("a", "c"), row("d", "a")])).await;
    assert_eq!(report["written"], false);
    assert_eq!(problems(&report), [(json!("a"), message("\"a\" → \"c\" → \"b\" → \"a\""))]);
    let report = import(json!([row("x", "y"), row("y", "x")])).await;
    assert_eq!(report["written"], false);
    let expected = [(json!("x"), message("\"x\" → \"y\" → \"x\"")), (json!("y"), message("\"y\" → \"x\" → \"y\""))];
    assert_eq!(problems(&report), expected);
    assert_eq!(bases(&app).await, json!([null, "a", "b"]));
    // A cycle that a later row breaks is none.
    let report = import(json!([row("a", "c"), row("b", "qwen")])).await;
    assert_eq!((&report["written"], &report["rejected"]), (&json!(true), &json!(0)), "{report}");
    assert_eq!(bases(&app).await, json!(["c", "qwen", "b"]));
}

async fn reverts_make_no_cycles(app: App) {
    let app = chain(&app).await;
    let data = app
        .data(
            "mutation { a: updateModel(input: { slug: \"b\", baseModel: null }) { revision }
               b: updateModel(input: { slug: \"a\", baseModel: \"c\" }) { revision } }",
        )
        .await;
    let query = format!("mutation {{ revertRevision(input: {{ number: {} }}) {{ revision }} }}", data["a"]["revision"]);
    let (code, extensions, _) = refused(&app, &query).await;
    assert_eq!((code.as_str(), &extensions["fields"][0]["path"]), ("INVALID_DOCUMENT", &json!("baseModel")));
    assert_eq!(bases(&app).await, json!(["c", null, "b"]));
}

async fn concurrent_writers_make_no_cycles(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    let other = app.with_own_connections().await.with_token(&app.token(Role::Admin).await);
    for round in 0..10 {
        let (one, two) = (format!("one-{round}"), format!("two-{round}"));
        for slug in [&one, &two] {
            app.data(&format!("mutation {{ createModel(input: {{ name: {slug:?}, kind: DERIVED }}) {{ revision }} }}"))
                .await;
        }
        let derive = |model: &str, base: &str| json!({ "query": format!("mutation {{ updateModel(input: {{ slug: {model:?}, baseModel: {base:?} }}) {{ revision }} }}") });
        let (one, two) = (derive(&one, &two), derive(&two, &one));
        let ((_, one), (_, two)) = join(app.post(&one), other.post(&two)).await;
        let failed = [&one, &two].iter().filter(|answer| !answer["errors"].is_null()).count();
        assert_eq!(failed, 1, "{one} {two}");
    }
}

/// Llama 2 with two sizes; a merge of it and Qwen, a chat model of each size, and a model after them.
async fn family(app: &App) -> App {
    let app = app.with_token(&app.token(Role::Admin).await);
    app.data(
        "mutation { upsertModels(input: { models: [
           { slug: \"base\", name: \"Base\", kind: FOUNDATION, sizes: [{ label: \"7B\", parameters: \"7B\" }, { label: \"70B\", parameters: \"70B\" }] },
           { slug: \"chat\", name: \"Chat\", kind: DERIVED, sizes: [{ label: \"7B\", parameters: \"7B\" }, { label: \"70B\", parameters: \"70B\" }],
             bases: [{ model: \"base\", relation: FINE_TUNED, size: \"7B\", of: \"7B\" }, { model: \"base\", relation: FINE_TUNED, size: \"70B\", of: \"70B\" }] },
           { slug: \"merge\", name: \"Merge\", kind: DERIVED, bases: [{ model: \"chat\", relation: MERGED }, { model: \"qwen\", relation: MERGED }] },
           { slug: \"next\", name: \"Next\", kind: DERIVED, bases: [{ model: \"merge\" }, { model: \"base\", relation: SUCCEEDS, size: \"8x7B\" }] },
           { slug: \"plain\", name: \"Plain\", kind: DERIVED, baseModel: \"base\" }] }) { revision } }",
    )
    .await;
    app
}

const BASES: &str = "baseModel { slug } bases { model { slug } relation size { label } sizeLabel of { label } }";

async fn bases_of(app: &App, slug: &str) -> Json {
    let data = app.data(&format!("{{ model(slug: {slug:?}) {{ {BASES} }} }}")).await;
    let bases = data["model"]["bases"].as_array().expect("a list").iter();
    let first = bases.clone().next().map_or(&Json::Null, |base| &base["model"]["slug"]);
    assert_eq!(data["model"]["baseModel"]["slug"], *first, "{data}");
    let text = |value: &Json| value.as_str().unwrap_or("-").to_owned();
    let base = |base: &Json| {
        assert!(base["size"].is_null() || base["size"]["label"] == base["sizeLabel"], "{base}");
        [&base["model"]["slug"], &base["relation"], &base["sizeLabel"], &base["of"]["label"]].map(text).join(" ")
    };
    Json::from_iter(bases.map(base))
}

async fn cycles_through_any_base_are_rejected(app: App) {
    let app = family(&app).await;
    for (bases, chain) in [
        (
            "{ model: \"qwen\" }, { model: \"next\", relation: DISTILLED }",
            "\"base\" → \"next\" → \"merge\" → \"chat\" → \"base\"",
        ),
        ("{ model: \"qwen\" }, { model: \"plain\", relation: SUCCEEDS }", "\"base\" → \"plain\" → \"base\""),
    ] {
        let query = format!("mutation {{ updateModel(input: {{ slug: \"base\", bases: [{bases}] }}) {{ revision }} }}");
        let (code, extensions, _) = refused(&app, &query).await;
        assert_eq!((code.as_str(), &extensions["fields"]), ("INVALID_DOCUMENT", &cycle("input.bases", chain)));
    }
    // Two ways to one ancestor are no cycle.
    app.data("mutation { updateModel(input: { slug: \"plain\", bases: [{ model: \"next\" }, { model: \"chat\" }, { model: \"base\" }] }) { revision } }").await;
    assert_eq!(bases_of(&app, "plain").await, json!(["next - - -", "chat - - -", "base - - -"]));
}

async fn bases_have_relations_and_sizes(app: App) {
    let app = family(&app).await;
    assert_eq!(bases_of(&app, "chat").await, json!(["base FINE_TUNED 7B 7B", "base FINE_TUNED 70B 70B"]));
    // The base has no such size, but what the source says stays.
    assert_eq!(bases_of(&app, "next").await, json!(["merge - - -", "base SUCCEEDS 8x7B -"]));
    let data = app.data("{ model(slug: \"next\") { bases { size { label } } } }").await;
    assert_eq!(data["model"]["bases"][1]["size"], Json::Null);
    // A size that gets another label keeps what it was derived from.
    let data = app.data("{ model(slug: \"chat\") { sizes { id label } } }").await;
    let id = data["model"]["sizes"][1]["id"].as_str().expect("an id");
    app.data(&format!("mutation {{ updateModelSize(input: {{ id: {id:?}, label: \"72B\" }}) {{ revision }} }}")).await;
    assert_eq!(bases_of(&app, "chat").await, json!(["base FINE_TUNED 7B 7B", "base FINE_TUNED 70B 72B"]));
    let (code, extensions, _) = refused(&app, "mutation { deleteModel(input: { slug: \"qwen\" }) { revision } }").await;
    assert_eq!((code.as_str(), &extensions["by"]), ("IN_USE", &json!(["the model \"merge\""])));
    // Undo and as-of.
    let before = app.data("{ catalog { updatedAt } }").await["catalog"]["updatedAt"].clone();
    let data = app.data("mutation { updateModel(input: { slug: \"merge\", bases: null }) { revision } }").await;
    assert_eq!(bases_of(&app, "merge").await, json!([]));
    let past = app.data(&format!("{{ model(slug: \"merge\", asOf: {before}) {{ {BASES} }} }}")).await;
    app.data(&format!(
        "mutation {{ revertRevision(input: {{ number: {} }}) {{ revision }} }}",
        data["updateModel"]["revision"]
    ))
    .await;
    assert_eq!(bases_of(&app, "merge").await, json!(["chat MERGED - -", "qwen MERGED - -"]));
    assert_eq!(app.data(&format!("{{ model(slug: \"merge\") {{ {BASES} }} }}")).await, past);
}

async fn a_single_base_is_the_base_model(app: App) {
    let app = family(&app).await;
    let update = async |fields: &str| {
        let query =
            format!("mutation {{ updateModel(input: {{ slug: \"plain\", {fields} }}) {{ outcome revision }} }}");
        let data = app.data(&query).await;
        let outcome = data["updateModel"]["outcome"].as_str().expect("an outcome").to_owned();
        (outcome, bases_of(&app, "plain").await)
    };
    let state = |outcome: &str, bases: &[&str]| (outcome.to_owned(), json!(bases));
    assert_eq!(update("bases: [{ model: \"base\" }]").await, state("UNCHANGED", &["base - - -"]));
    assert_eq!(update("bases: [{ model: \"base\", relation: PRUNED }]").await, state("UPDATED", &["base PRUNED - -"]));
    let revision = app.data("{ revisions(last: 1) { nodes { changes { field before after } } } }").await;
    let changes = json!([{ "field": "baseModel", "before": "base", "after": null },
        { "field": "bases", "before": null, "after": [{ "model": "base", "relation": "PRUNED" }] }]);
    assert_eq!(revision["revisions"]["nodes"][0]["changes"], changes);
    // The base model that is known already says nothing new; another replaces it.
    assert_eq!(update("baseModel: \"base\"").await, state("UNCHANGED", &["base PRUNED - -"]));
    assert_eq!(update("baseModel: \"qwen\"").await, state("UPDATED", &["qwen - - -"]));
    assert_eq!(update("baseModel: null").await, state("UPDATED", &[]));
}

async fn bases_are_validated(app: App) {
    let app = family(&app).await;
    let too_many = (0..21).map(|n| format!("{{ model: \"base\", size: \"{n}B\" }}")).collect::<Vec<_>>().join(", ");
    for (fields, path, message) in [
        (
            "baseModel: \"base\", bases: [{ model: \"chat\" }]",
            "baseModel",
            "is given together with `bases`, which has all bases",
        ),
        ("bases: [{ model: \"plain\", relation: MERGED }]", "bases.0.model", "is the model itself"),
        ("bases: [{ model: \"base\" }, { model: \"base\" }]", "bases", "has the same element twice"),
        ("bases: [{ model: \"base\", of: \"7B\" }]", "bases.0.of", "is not the label of a size of the model"),
        ("bases: [{ model: \"base\", size: \"\" }]", "bases.0.size", "is empty"),
        (
            "bases: [{ model: \"base\" }, { model: \"no-such\" }]",
            "bases.1.model",
            "refers to the model \"no-such\", which does not exist",
        ),
        (&format!("bases: [{too_many}]"), "bases", "has more than 20 elements"),
    ] {
        let query = format!("mutation {{ updateModel(input: {{ slug: \"plain\", {fields} }}) {{ revision }} }}");
        let (code, extensions, _) = refused(&app, &query).await;
        let problem = json!({ "path": format!("input.{path}"), "message": message });
        assert_eq!((code.as_str(), &extensions["fields"][0]), ("INVALID_DOCUMENT", &problem), "{fields}");
    }
}

async fn models_are_found_by_their_bases(app: App) {
    let app = family(&app).await;
    for (filter, expected) in [
        ("bases: { some: { relation: { eq: MERGED } } }", &["merge"][..]),
        ("bases: { some: { model: { slug: { eq: \"base\" } } } }", &["chat", "next", "plain"]),
        ("bases: { some: { relation: { eq: MERGED }, model: { slug: { eq: \"base\" } } } }", &[]),
        (
            "kind: { eq: DERIVED }, bases: { some: {}, none: { relation: { in: [MERGED, SUCCEEDS] } } }",
            &["chat", "plain"],
        ),
        ("baseModel: { slug: { eq: \"chat\" } }", &["merge"]),
    ] {
        let slugs = app
            .column(
                &format!("{{ models(where: {{ {filter} }}, orderBy: [{{ field: NAME }}]) {{ nodes {{ slug }} }} }}"),
                "/models/nodes",
                "slug",
            )
            .await;
        assert_eq!(slugs, expected, "{filter}");
    }
    // A model of several sizes counts once.
    let data = app
        .data("{ model(slug: \"base\") { derivedModels(orderBy: [{ field: NAME }]) { totalCount nodes { slug } } } }")
        .await;
    let nodes = json!([{ "slug": "chat" }, { "slug": "next" }, { "slug": "plain" }]);
    assert_eq!(data["model"]["derivedModels"], json!({ "totalCount": 3, "nodes": nodes }));
}

async fn lineage_is_followed_by_one_statement(app: App) {
    family(&app).await;
    let steps = |rows: &Json| {
        let rows = rows.as_array().expect("a list").iter();
        Vec::from_iter(rows.map(|row| format!("{} {}", row["depth"], row["model"]["slug"].as_str().expect("a slug"))))
    };
    let query = "{ models(where: { slug: { in: [\"base\", \"chat\", \"next\", \"qwen\"] } }, orderBy: [{ field: NAME }]) { nodes {
        ancestors { depth model { slug } } descendants { depth model { slug } } } } }";
    let (data, statements) = app.counted(query).await;
    // The models, their ancestors, and their descendants.
    assert_eq!(statements, 3);
    let nodes = data["models"]["nodes"].as_array().expect("models").clone();
    let found =
        nodes.iter().map(|model| (steps(&model["ancestors"]), steps(&model["descendants"]))).collect::<Vec<_>>();
    let [base, chat, next, qwen] = &found[..] else { panic!("{found:?}") };
    assert_eq!(base, &(vec![], ["1 chat", "1 next", "1 plain", "2 merge"].map(str::to_owned).to_vec()));
    assert_eq!(chat, &(vec!["1 base".to_owned()], ["1 merge", "2 next"].map(str::to_owned).to_vec()));
    // By id among those of one distance.
    assert_eq!(next, &(["1 base", "1 merge", "2 qwen", "2 chat"].map(str::to_owned).to_vec(), vec![]));
    assert_eq!(qwen, &(vec![], ["1 merge", "2 next"].map(str::to_owned).to_vec()));
    let data = app.data("{ model(slug: \"next\") { ancestors(depth: 1) { depth model { slug } } } }").await;
    assert_eq!(steps(&data["model"]["ancestors"]), ["1 base", "1 merge"]);
    for depth in [0, 11] {
        let query = format!("{{ model(slug: \"next\") {{ ancestors(depth: {depth}) {{ depth }} }} }}");
        let (_, answer) = app.post(&json!({ "query": query })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INVALID_ARGUMENT");
    }
}

async fn import(app: &App, rows: &Json) -> Json {
    let query = "mutation($content: String!) { importCatalog(input: { format: JSON, content: $content })
        { written rejected unchanged rows { slug outcome problems { column message } } } }";
    app.data_with(query, json!({ "content": rows.to_string() })).await["importCatalog"].take()
}

async fn bases_in_files_may_follow_their_models(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    let rows = json!([
        { "slug": "x", "name": "X", "bases": [{ "model": "Y", "relation": "MERGED" }, { "model": "千问", "relation": "MERGED" }, { "model": "z", "size": "7B" }] },
        { "slug": "y", "name": "Y", "baseModel": "z" },
        { "slug": "x", "position": 7 },
        { "slug": "z", "name": "Z", "kind": "FOUNDATION" },
    ]);
    let report = import(&app, &rows).await;
    assert_eq!((&report["written"], &report["rejected"]), (&json!(true), &json!(0)), "{report}");
    assert_eq!(bases_of(&app, "x").await, json!(["y MERGED - -", "qwen MERGED - -", "z - 7B -"]));
    assert_eq!(bases_of(&app, "y").await, json!(["z - - -"]));
    assert_eq!(import(&app, &rows).await["unchanged"], 4);
    let data = app.data("{ model(slug: \"z\") { descendants { depth model { slug } } } }").await;
    let step = |depth: i32, slug: &str| json!({ "depth": depth, "model": { "slug": slug } });
    assert_eq!(data["model"]["descendants"], json!([step(1, "x"), step(1, "y")]));
    // An export can be imported into an empty catalog.
    let export = app.request("GET", "/export/catalog.json").send().await.expect("a response");
    let export = export.json::<Json>().await.expect("JSON");
    let x =
        export["models"].as_array().expect("models").iter().find(|model| model["slug"] == "x").expect("x is exported");
    assert_eq!(x["bases"][2], json!({ "model": "z", "size": "7B" }));
    assert_eq!(import(&app, &export).await["rejected"], 0);
    let rejected = import(
        &app,
        &json!([{ "slug": "w", "name": "W", "bases": [{ "model": "z", "relation": "MERGED" }, { "model": "Never" }] }]),
    )
    .await;
    let problem = json!({ "column": "bases.1.model", "message": "no model matches \"Never\"; add it before this row, or remove the reference" });
    assert_eq!((&rejected["written"], &rejected["rows"][0]["problems"]), (&json!(false), &json!([problem])));
}

async fn imports_add_to_bases_and_replace_the_base_model(app: App) {
    let app = family(&app).await;
    for (row, expected) in [
        (
            json!({ "slug": "plain", "bases": [{ "model": "base", "relation": "CONTINUED" }] }),
            &["base CONTINUED - -"][..],
        ),
        (json!({ "slug": "plain", "baseModel": "Base" }), &["base CONTINUED - -"]),
        (
            json!({ "slug": "plain", "bases": [{ "model": "qwen" }, { "model": "base", "size": "7B" }] }),
            &["base CONTINUED 7B -", "qwen - - -"],
        ),
        (json!({ "slug": "plain", "baseModel": "chat" }), &["chat - - -"]),
    ] {
        assert_eq!(import(&app, &json!([row])).await["rejected"], 0);
        assert_eq!(bases_of(&app, "plain").await, json!(expected), "{row}");
    }
}

async fn bases_of_earlier_releases_stay(app: App) {
    let app = chain(&app).await;
    let time = app.data("{ catalog { updatedAt } }").await["catalog"]["updatedAt"].clone();
    app.revert_migrations_from("model_bases").await;
    open_llm_catalog::store::migrate::migrate(&app.database).await.expect("the migrations run");
    let app = app.second_server().with_token(&app.token(Role::Admin).await);
    assert_eq!(bases_of(&app, "c").await, json!(["b - - -"]));
    let data = app.data("mutation { updateModel(input: { slug: \"c\", bases: [{ model: \"b\", relation: DISTILLED }, { model: \"a\" }] }) { revision } }").await;
    let past = app
        .data(&format!("{{ model(slug: \"c\", asOf: {time}) {{ {BASES} ancestors {{ depth model {{ slug }} }} }} }}"))
        .await;
    assert_eq!(
        past["model"]["bases"],
        json!([{ "model": { "slug": "b" }, "relation": null, "size": null, "sizeLabel": null, "of": null }])
    );
    assert_eq!(past["model"]["ancestors"][1], json!({ "depth": 2, "model": { "slug": "a" } }));
    app.data(&format!(
        "mutation {{ revertRevision(input: {{ number: {} }}) {{ revision }} }}",
        data["updateModel"]["revision"]
    ))
    .await;
    assert_eq!(bases_of(&app, "c").await, json!(["b - - -"]));
}

async fn licenses_follow_all_bases_but_teachers_and_predecessors(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    let licenses = ["merged", "distilled", "succeeds", "unknown", "own"].map(|slug| {
        format!("{slug}: createLicense(input: {{ slug: \"{slug}\", name: \"{slug}\", commercialUse: ALLOWED }}) {{ revision }}")
    });
    let models = ["merged", "distilled", "succeeds", "unknown"].map(|slug| {
        format!("m{slug}: createModel(input: {{ slug: \"{slug}\", name: \"{slug}\", kind: FOUNDATION, license: {{ slug: \"{slug}\" }} }}) {{ revision }}")
    });
    app.data(&format!(
        "mutation {{ {} {} child: createModel(input: {{ slug: \"child\", name: \"Child\", kind: DERIVED, license: {{ slug: \"own\" }},
           sizes: [{{ label: \"7B\", parameters: \"7B\" }}], bases: [{{ model: \"distilled\", relation: DISTILLED }},
             {{ model: \"succeeds\", relation: SUCCEEDS }}, {{ model: \"merged\", relation: MERGED }}, {{ model: \"unknown\" }}] }}) {{ revision }} }}",
        licenses.join(" "), models.join(" ")
    ))
    .await;
    for as_of in ["", ", asOf: \"9999-01-01T00:00:00Z\""] {
        let query = format!(
            "{{ model(slug: \"child\"{as_of}) {{ sizes {{ use(for: {{ commercial: true }}) {{ licenses {{ slug }} }} }} }} }}"
        );
        let data = app.data(&query).await;
        let licenses = data["model"]["sizes"][0]["use"]["licenses"].as_array().expect("licenses").iter();
        let mut licenses = licenses.map(|license| license["slug"].as_str().expect("a slug")).collect::<Vec<_>>();
        licenses.sort_unstable();
        assert_eq!(licenses, ["merged", "own", "unknown"], "{as_of}");
    }
}

/// A model whose 7B was made from one base and whose 70B from another, and one made from its 70B.
async fn licenses_follow_the_bases_of_a_size(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    let licenses = ["one", "other", "large", "own"].map(|slug| {
        format!("{slug}: createLicense(input: {{ slug: \"{slug}\", name: \"{slug}\", commercialUse: ALLOWED }}) {{ revision }}")
    });
    let sizes = "sizes: [{ label: \"7B\", parameters: \"7B\" }, { label: \"70B\", parameters: \"70B\" }]";
    app.data(&format!(
        "mutation {{ {}
           a: createModel(input: {{ slug: \"base-one\", name: \"One\", kind: FOUNDATION, license: {{ slug: \"one\" }}, {sizes} }}) {{ revision }}
           b: createModel(input: {{ slug: \"base-other\", name: \"Other\", kind: FOUNDATION, license: {{ slug: \"other\" }}, sizes: [
             {{ label: \"8B\", parameters: \"8B\" }}, {{ label: \"72B\", parameters: \"72B\", license: {{ slug: \"large\" }} }}] }}) {{ revision }}
           c: createModel(input: {{ slug: \"child\", name: \"Child\", kind: DERIVED, license: {{ slug: \"own\" }}, {sizes}, bases: [
             {{ model: \"base-one\", relation: FINE_TUNED, size: \"7B\", of: \"7B\" }},
             {{ model: \"base-other\", relation: FINE_TUNED, size: \"72B\", of: \"70B\" }}] }}) {{ revision }}
           d: createModel(input: {{ slug: \"grandchild\", name: \"Grandchild\", kind: DERIVED, license: {{ slug: \"own\" }}, sizes: [
             {{ label: \"Large\", parameters: \"70B\" }}, {{ label: \"Small\", parameters: \"7B\" }}],
             bases: [{{ model: \"child\", size: \"70B\", of: \"Large\" }}, {{ model: \"child\", of: \"Small\" }}] }}) {{ revision }} }}",
        licenses.join(" ")
    ))
    .await;
    for as_of in ["", ", asOf: \"9999-01-01T00:00:00Z\""] {
        for (model, label, expected) in [
            ("child", "7B", vec!["one", "own"]),
            ("child", "70B", vec!["large", "own"]),
            ("grandchild", "Large", vec!["large", "own"]),
            // It is not known which size of the child this one was made from.
            ("grandchild", "Small", vec!["large", "one", "own"]),
        ] {
            let query = format!(
                "{{ model(slug: \"{model}\"{as_of}) {{ sizes {{ label use(for: {{ commercial: true }}) {{ licenses {{ slug }} }} }} }} }}"
            );
            let data = app.data(&query).await;
            let sizes = data["model"]["sizes"].as_array().expect("sizes");
            let size = sizes.iter().find(|size| size["label"] == label).expect("there is one");
            let licenses = size["use"]["licenses"].as_array().expect("licenses").iter();
            let mut licenses = licenses.map(|license| license["slug"].as_str().expect("a slug")).collect::<Vec<_>>();
            licenses.sort_unstable();
            assert_eq!(licenses, expected, "{model} {label} {as_of}");
        }
    }
}

/// The licenses that a size inherits, by the rule of `ModelDocument::bases_of_size`, which lint uses.
fn inherited(models: &BTreeMap<String, ModelDocument>, model: &ModelDocument, label: &str) -> BTreeSet<String> {
    let (mut found, mut next, mut seen) = (BTreeSet::new(), vec![(model, label.to_owned())], BTreeSet::new());
    while let Some((model, label)) = next.pop() {
        for base in model.bases_of_size(&label) {
            let (ancestor, label) = (&models[base.model.as_str()], base.size_for(&label).to_owned());
            if !seen.insert((ancestor.slug.to_string(), label.clone())) {
                continue;
            }
            let same = ancestor.sizes.iter().filter(|size| size.label == label).collect::<Vec<_>>();
            let sizes = if same.is_empty() { ancestor.sizes.iter().collect() } else { same };
            let of_sizes = sizes.iter().map(|size| size.license.as_ref().or(ancestor.license.as_ref()));
            let of_model = ancestor.sizes.is_empty().then_some(ancestor.license.as_ref());
            found.extend(of_sizes.chain(of_model).flatten().map(ToString::to_string));
            next.push((ancestor, label));
        }
    }
    found
}

async fn inherited_licenses_follow_the_rule_in_random_catalogs(app: App) {
    let mut runner = runner();
    let mut models = BTreeMap::new();
    let mut change = Change::begin(&app.database, "test").await.expect("no other connection writes");
    for number in 0..24 {
        let model = documents::model(number).new_tree(&mut runner).expect("a document").current();
        change.save(&model).await.expect("it can be saved");
        models.insert(model.slug.to_string(), model);
    }
    change.commit().await.expect("it can be committed");
    for as_of in ["", ", asOf: \"9999-01-01T00:00:00Z\""] {
        for (slug, model) in &models {
            let query = format!(
                "{{ model(slug: {slug:?}{as_of}) {{ sizes {{ label license {{ slug }} use(for: {{ commercial: true }}) {{ licenses {{ slug }} }} }} }} }}"
            );
            let data = app.data(&query).await;
            for size in data["model"]["sizes"].as_array().expect("sizes") {
                let label = size["label"].as_str().expect("a label");
                let mut expected = inherited(&models, model, label);
                expected.extend(size["license"]["slug"].as_str().map(str::to_owned));
                let licenses = size["use"]["licenses"].as_array().expect("licenses").iter();
                let licenses = licenses.map(|license| license["slug"].as_str().expect("a slug").to_owned());
                assert_eq!(licenses.collect::<BTreeSet<_>>(), expected, "{slug} {label}{as_of}");
            }
        }
    }
}
