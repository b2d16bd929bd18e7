//! Models are never derived from each other in a cycle.

use entity::vocabulary::Role;
use futures_util::future::join;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::{edit::refused, support::App, trials};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        updates_make_no_cycles,
        upserts_are_checked_when_all_are_saved,
        imports_report_the_rows_of_a_cycle,
        reverts_make_no_cycles,
        concurrent_writers_make_no_cycles,
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
