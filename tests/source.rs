//! Sources: their references, snapshots and dates, in mutations, lists, imports, pages and history.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::{
    edit::{dump, refused},
    http::read,
    support::App,
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        a_source_is_created_with_what_it_refers_to,
        an_update_changes_some_fields_and_clears_others,
        invalid_sources_are_rejected_with_all_problems,
        lists_are_filtered_and_ordered,
        subjects_that_sources_refer_to_are_in_use,
        sources_are_not_copies_of_each_other_in_a_cycle,
        an_import_may_read_a_copy_before_its_original,
        a_deleted_source_can_be_restored,
        search_and_pages_show_sources,
    ]
}

const FIELDS: &str = "slug title kind url publishedAt publisher { slug } license { slug } derivedFrom { slug title }
    snapshots { accessed revision hash } version";

async fn admin(app: &App) -> App {
    app.with_token(&app.token(Role::Admin).await)
}

/// Creates a paper of a new organization, a list that copies it, and a model card.
async fn sources(app: &App) -> App {
    let app = admin(app).await;
    app.data(
        "mutation {
           a: createSource(input: { slug: \"paper\", title: \"The Paper\", kind: PAPER, url: \"https://example.org/paper\",
             publishedAt: \"2023-07-18\", publisher: { create: { name: \"The Lab\" } }, license: { slug: \"llama-license\" },
             snapshots: [{ accessed: \"2024-02-29\", revision: \"v2\", hash: \"sha256:ab\" }, { accessed: \"2024-03-01\" }] }) { revision }
           b: createSource(input: { slug: \"list\", title: \"A list\", kind: LIST, publishedAt: \"2023\", derivedFrom: \"paper\",
             publisher: { slug: \"meta\" } }) { revision }
           c: createSource(input: { title: \"Model card\", kind: MODEL_CARD, publishedAt: \"2024-02\" }) { revision } }",
    )
    .await;
    app
}

async fn source(app: &App, slug: &str) -> Json {
    app.data(&format!("{{ source(slug: {slug:?}) {{ {FIELDS} }} }}")).await["source"].take()
}

async fn a_source_is_created_with_what_it_refers_to(app: App) {
    let app = sources(&app).await;
    assert_eq!(
        source(&app, "paper").await,
        json!({
            "slug": "paper", "title": "The Paper", "kind": "PAPER", "url": "https://example.org/paper", "publishedAt": "2023-07-18",
            "publisher": { "slug": "the-lab" }, "license": { "slug": "llama-license" }, "derivedFrom": null, "version": 1,
            "snapshots": [{ "accessed": "2024-02-29", "revision": "v2", "hash": "sha256:ab" },
                          { "accessed": "2024-03-01", "revision": null, "hash": null }],
        })
    );
    assert_eq!(source(&app, "list").await["derivedFrom"], json!({ "slug": "paper", "title": "The Paper" }));
    let bare = json!({
        "slug": "model-card", "title": "Model card", "kind": "MODEL_CARD", "url": null, "publishedAt": "2024-02", "publisher": null,
        "license": null, "derivedFrom": null, "snapshots": [], "version": 1,
    });
    assert_eq!(source(&app, "model-card").await, bare);
    let upsert = "mutation { upsertSources(input: { sources: [{ slug: \"base\", title: \"Base\", kind: OTHER },
        { slug: \"copy\", title: \"Copy\", kind: OTHER, derivedFrom: \"base\" },
        { title: \"Model card\", kind: MODEL_CARD, publishedAt: \"2024-02\" }] }) { results { outcome source { slug } } } }";
    let data = app.data(upsert).await;
    let result = |outcome: &str, slug: &str| json!({ "outcome": outcome, "source": { "slug": slug } });
    let results = json!([result("CREATED", "base"), result("CREATED", "copy"), result("UNCHANGED", "model-card")]);
    assert_eq!(data["upsertSources"]["results"], results);
    assert_eq!(source(&app, "copy").await["derivedFrom"]["slug"], "base");
}

async fn an_update_changes_some_fields_and_clears_others(app: App) {
    let app = sources(&app).await;
    let update = "mutation { updateSource(input: { slug: \"paper\", newSlug: \"report\", title: \"The Report\", license: null,
        publishedAt: \"2023-07\", publisher: { slug: \"meta\" }, snapshots: [{ accessed: \"2025-01-01\" }] }) { outcome revision } }";
    let data = app.data(update).await;
    assert_eq!(data["updateSource"]["outcome"], "UPDATED");
    let after = source(&app, "report").await;
    assert_eq!(
        (&after["title"], &after["license"], &after["publishedAt"]),
        (&json!("The Report"), &Json::Null, &json!("2023-07"))
    );
    assert_eq!((&after["url"], &after["kind"]), (&json!("https://example.org/paper"), &json!("PAPER")));
    assert_eq!(after["snapshots"], json!([{ "accessed": "2025-01-01", "revision": null, "hash": null }]));
    assert_eq!(source(&app, "list").await["derivedFrom"], json!({ "slug": "report", "title": "The Report" }));
    let changes = "{ source(slug: \"report\") { revisions(last: 1) { nodes { changes { field } } } } }";
    let data = app.data(changes).await;
    let changes = data["source"]["revisions"]["nodes"][0]["changes"].as_array().expect("a list");
    let fields = changes.iter().map(|change| change["field"].as_str().expect("a name")).collect::<Vec<_>>();
    assert_eq!(fields, ["license", "publishedAt", "publisher", "slug", "snapshots", "title"]);
    let clear = "mutation { updateSource(input: { slug: \"report\", url: null, publisher: null, snapshots: null, publishedAt: null }) {
        source { url publisher { slug } snapshots { accessed } publishedAt } } }";
    let cleared = json!({ "url": null, "publisher": null, "snapshots": [], "publishedAt": null });
    assert_eq!(app.data(clear).await["updateSource"]["source"], cleared);
}

async fn invalid_sources_are_rejected_with_all_problems(app: App) {
    let app = sources(&app).await;
    let snapshots =
        (0..21).map(|day| format!("{{ accessed: \"2024-01-01\", revision: \"{day}\" }}")).collect::<String>();
    for (input, paths) in [
        (
            "title: \" \", kind: PAPER, url: \"ftp://example.org\", derivedFrom: \"nothing\", license: { slug: \"nothing\" }".to_owned(),
            json!(["input.title", "input.title", "input.url", "input.license", "input.derivedFrom"]),
        ),
        (format!("title: \"T\", kind: PAPER, snapshots: [{snapshots}]"), json!(["input.snapshots"])),
        (
            "title: \"T\", kind: PAPER, snapshots: [{ accessed: \"2024-01-01\" }, { accessed: \"2024-01-01\", hash: \"\" },
               { accessed: \"2024-01-01\" }]"
                .to_owned(),
            json!(["input.snapshots", "input.snapshots.1.hash"]),
        ),
        ("slug: \"t\", title: \"T\", kind: PAPER, derivedFrom: \"t\"".to_owned(), json!(["input.derivedFrom", "input.derivedFrom"])),
    ] {
        let slug = if input.contains("slug: \"t\"") { "" } else { "slug: \"new\", " };
        let query = format!("mutation {{ createSource(input: {{ {slug}{input} }}) {{ revision }} }}");
        let (code, extensions, _) = refused(&app, &query).await;
        let fields = extensions["fields"].as_array().expect("a list").iter();
        let found = fields.map(|field| field["path"].clone()).collect::<Json>();
        assert_eq!((code.as_str(), &found), ("INVALID_DOCUMENT", &paths), "{input}");
    }
    let query = "mutation { updateSource(input: { slug: \"paper\", kind: null, title: null }) { revision } }";
    let (code, extensions, _) = refused(&app, query).await;
    assert_eq!(code, "INVALID_DOCUMENT");
    assert_eq!(extensions["fields"].as_array().map(Vec::len), Some(2));
}

async fn lists_are_filtered_and_ordered(app: App) {
    let app = sources(&app).await;
    let slugs = async |arguments: &str| {
        let data = app.data(&format!("{{ sources({arguments}) {{ nodes {{ slug }} }} }}")).await;
        let nodes = data["sources"]["nodes"].as_array().expect("a list").iter();
        nodes.map(|node| node["slug"].as_str().expect("a slug").to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(slugs("first: 9").await, "list model-card paper");
    assert_eq!(slugs("orderBy: [{ field: PUBLISHED_AT, direction: DESC }]").await, "model-card paper list");
    assert_eq!(slugs("orderBy: [{ field: CREATED_AT }]").await, "paper list model-card");
    for (filter, found) in [
        ("kind: { in: [LIST, PAPER] }", "list paper"),
        ("publishedAt: { eq: \"2023\" }", "list paper"),
        ("publishedAt: { lte: \"2023-07\" }", "paper"),
        ("title: { contains: \"CARD\" }", "model-card"),
        ("publisher: { name: { startsWith: \"The\" } }", "paper"),
        ("license: { slug: { eq: \"llama-license\" } }", "paper"),
        ("derivedFrom: { publisher: { slug: { eq: \"the-lab\" } } }", "list"),
        ("not: { derivedFrom: {} }", "model-card paper"),
        ("or: [{ kind: { eq: LIST } }, { slug: { eq: \"paper\" } }], and: [{ kind: { ne: PAPER } }]", "list"),
    ] {
        assert_eq!(slugs(&format!("where: {{ {filter} }}")).await, found, "{filter}");
    }
}

async fn subjects_that_sources_refer_to_are_in_use(app: App) {
    let app = sources(&app).await;
    for (subject, slug, by) in [
        ("Source", "paper", "the source \"list\""),
        ("Organization", "the-lab", "the source \"paper\""),
        ("License", "llama-license", "the source \"paper\""),
    ] {
        let query = format!("mutation {{ delete{subject}(input: {{ slug: {slug:?} }}) {{ revision }} }}");
        let (code, _, message) = refused(&app, &query).await;
        assert!(code == "IN_USE" && message.contains(by), "{code}: {message}");
    }
    app.data("mutation { a: deleteSource(input: { slug: \"list\" }) { revision } b: deleteSource(input: { slug: \"paper\" }) { revision }
        c: deleteOrganization(input: { slug: \"the-lab\" }) { revision } }")
        .await;
    assert_eq!(app.data("{ sources { nodes { slug } } }").await["sources"]["nodes"], json!([{ "slug": "model-card" }]));
}

async fn sources_are_not_copies_of_each_other_in_a_cycle(app: App) {
    let app = sources(&app).await;
    let query = "mutation { updateSource(input: { slug: \"paper\", derivedFrom: \"list\" }) { revision } }";
    let (code, extensions, _) = refused(&app, query).await;
    let message = "makes a cycle of sources that are derived from each other: \"paper\" → \"list\" → \"paper\"";
    assert_eq!(
        (code.as_str(), &extensions["fields"]),
        ("INVALID_DOCUMENT", &json!([{ "path": "input.derivedFrom", "message": message }]))
    );
    // A cycle that a later input breaks is none, and a model with the slug of a source is another subject.
    app.data(
        "mutation { createModel(input: { slug: \"paper\", name: \"Paper\", kind: DERIVED, baseModel: \"qwen\" }) { revision }
           upsertSources(input: { sources: [{ slug: \"paper\", title: \"P\", kind: PAPER, derivedFrom: \"list\" },
             { slug: \"list\", title: \"L\", kind: LIST }] }) { revision } }",
    )
    .await;
    assert_eq!(source(&app, "paper").await["derivedFrom"]["slug"], "list");
}

async fn an_import_may_read_a_copy_before_its_original(app: App) {
    let app = admin(&app).await;
    let import = async |content: String, format: &str| {
        let query = format!(
            "mutation($content: String!) {{ importCatalog(input: {{ format: {format}, content: $content }})
               {{ written created updated unchanged rejected rows {{ slug outcome problems {{ column message }} warnings {{ column message }} }} }} }}"
        );
        app.data_with(&query, json!({ "content": content })).await["importCatalog"].take()
    };
    let sources = json!({ "sources": [
        { "title": "The copy", "kind": "LIST", "derivedFrom": "The original", "publisher": "Meta",
          "snapshots": [{ "accessed": "2024-01-01" }] },
        { "slug": "the-original", "title": "The original", "publishedAt": "2022-12" },
    ] });
    let report = import(sources.to_string(), "JSON").await;
    assert_eq!(
        (&report["written"], &report["created"], &report["rejected"]),
        (&json!(true), &json!(2), &json!(0)),
        "{report}"
    );
    let warning = json!([{ "column": "kind", "message": "not stated for a new source; stored as OTHER" }]);
    assert_eq!(
        report["rows"]
            .as_array()
            .and_then(|rows| rows.iter().find(|row| row["slug"] == "the-original"))
            .map(|row| &row["warnings"]),
        Some(&warning)
    );
    let copy = source(&app, "the-copy").await;
    assert_eq!((&copy["derivedFrom"]["slug"], &copy["publisher"]["slug"]), (&json!("the-original"), &json!("meta")));
    // The line adds what it states, to the source that its title names.
    let line =
        "{ \"type\": \"Source\", \"title\": \"the copy\", \"publishedAt\": \"2023\", \"license\": \"llama-license\" }";
    let report = import(line.to_owned(), "NDJSON").await;
    assert_eq!((&report["updated"], &report["rejected"]), (&json!(1), &json!(0)), "{report}");
    let after = source(&app, "the-copy").await;
    assert_eq!(
        (&after["title"], &after["publishedAt"], &after["snapshots"]),
        (&json!("The copy"), &json!("2023"), &copy["snapshots"])
    );
    let before = dump(&app).await;
    let cycle = json!([{ "type": "Source", "slug": "the-original", "derivedFrom": "the-copy" }, { "type": "Source", "kind": "LIST" }]);
    let report = import(cycle.to_string(), "JSON").await;
    let problems = report["rows"].as_array().expect("a list").iter().map(|row| row["problems"][0]["column"].clone());
    assert_eq!(
        (&report["written"], problems.collect::<Vec<_>>()),
        (&json!(false), vec![json!("title"), json!("derivedFrom")]),
        "{report}"
    );
    assert_eq!(dump(&app).await, before);
}

async fn a_deleted_source_can_be_restored(app: App) {
    let app = sources(&app).await;
    let before = source(&app, "list").await;
    let changed =
        "mutation { updateSource(input: { slug: \"list\", derivedFrom: null, title: \"Another\" }) { revision } }";
    let changed = app.data(changed).await["updateSource"]["revision"].take();
    let deleted =
        app.data("mutation { deleteSource(input: { slug: \"list\" }) { revision } }").await["deleteSource"]["revision"]
            .take();
    for number in [deleted, changed] {
        app.data(&format!("mutation {{ revertRevision(input: {{ number: {number}, force: true }}) {{ outcome }} }}"))
            .await;
    }
    let after = source(&app, "list").await;
    assert_eq!(
        (&after["title"], &after["derivedFrom"], &after["version"]),
        (&before["title"], &before["derivedFrom"], &json!(5))
    );
}

async fn search_and_pages_show_sources(app: App) {
    let app = sources(&app).await;
    let search = "{ search(query: \"the paper\") { nodes { __typename ... on Source { title } } } }";
    assert_eq!(app.data(search).await["search"]["nodes"], json!([{ "__typename": "Source", "title": "The Paper" }]));
    assert_eq!(app.data("{ catalog { counts { sources } } }").await["catalog"]["counts"], json!({ "sources": 3 }));
    for (path, parts) in [
        (
            "/sources/paper",
            vec![
                "<title>The Paper – Open LLM Catalog</title>",
                "<h1>The Paper</h1>",
                "<div class=\"value\">Paper</div>",
                "href=\"https://example.org/paper\"",
                "<div class=\"value\">18 Jul 2023</div>",
                "href=\"/organizations/the-lab\"",
                "href=\"/licenses/llama-license\"",
                "<li>29 Feb 2024 · v2 · sha256:ab</li><li>1 Mar 2024</li>",
            ],
        ),
        ("/sources/list", vec!["href=\"/sources/paper\">The Paper</a>", ">2023</div>"]),
        ("/sources?q=card", vec!["Sources – Open LLM Catalog", "href=\"/sources/model-card\">Model card</a>"]),
        ("/", vec!["href=\"/sources\""]),
        ("/feed.atom", vec!["The Paper added"]),
    ] {
        let (status, _, page) = read(app.request("GET", path)).await;
        assert_eq!(status, 200, "{path}");
        for part in parts {
            assert!(page.contains(part), "{path} has no {part}: {page}");
        }
    }
}
