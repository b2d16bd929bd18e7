//! Malicious requests: too deep, too wide, or with text that is meant as SQL.

use entity::vocabulary::{Role, SubjectType};
use libtest_mimic::Trial;
use open_llm_catalog::store::change::Change;
use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::{Value as Json, json};

use crate::{
    as_of::random::name_field,
    errors::{INVALID, refuses, refuses_with, shows_nothing_internal},
    support::App,
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        deep_requests_are_rejected,
        wide_requests_are_rejected,
        exponential_fragments_are_rejected,
        texts_cannot_inject_sql,
        dates_out_of_range_are_rejected,
        lists_over_their_bounds_are_rejected,
        texts_beyond_their_bounds_are_rejected,
        stored_texts_beyond_their_bounds_stay_readable,
    ]
}

/// A filter that nests `levels` filters by `wrap`.
fn nested(levels: usize, wrap: fn(Json) -> Json) -> Json {
    (0..levels).fold(json!({ "slug": { "eq": "llama" } }), |filter, _| wrap(filter))
}

const BY_FILTER: &str = "query($where: ModelFilter) { models(where: $where) { totalCount } }";

async fn exponential_fragments_are_rejected(app: App) {
    // Each fragment spreads the next one twice: 2^28 fields in a kilobyte.
    let doubling = (0..28).map(|number| format!("fragment f{number} on Query {{ ...f{0} ...f{0} }}", number + 1));
    let bomb = format!("{{ ...f0 }} {} fragment f28 on Query {{ __typename }}", doubling.collect::<Vec<_>>().join(" "));
    let (code, message) = app.error(&bomb).await;
    assert_eq!(code, "DOCUMENT_TOO_LARGE");
    assert!(message.contains("at most 10000 are allowed"), "{message}");
    // The same where no operation spreads them.
    assert!(app.error(&bomb.replacen("{ ...f0 }", "{ __typename }", 1)).await.1.contains("10000"));
    // A long chain of fragments: small, and as deep as a document can be.
    let chain = (0..5000).map(|number| format!("fragment f{number} on Query {{ ...f{} }}", number + 1));
    let chain = format!("{{ ...f0 }} {} fragment f5000 on Query {{ __typename }}", chain.collect::<Vec<_>>().join(" "));
    let (status, _) = app.post(&json!({ "query": chain })).await;
    assert!(status < 500, "{status}");
    // Cycles are rejected, with everything that refers to them.
    let circle = "{ ...a } fragment a on Query { ...b ...b } fragment b on Query { ...a ...a __typename }";
    let (status, answer) = app.post(&json!({ "query": circle })).await;
    assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (400, &json!("GRAPHQL_VALIDATION_FAILED")));
    assert_eq!(app.data("{ __typename }").await, json!({ "__typename": "Query" }));
}

async fn deep_requests_are_rejected(app: App) {
    let and: fn(Json) -> Json = |filter| json!({ "and": [filter] });
    let not: fn(Json) -> Json = |filter| json!({ "not": filter });
    let base: fn(Json) -> Json = |filter| json!({ "organizations": { "none": { "models": { "some": filter } } } });
    for (levels, wrap, total) in [(14, and, 1), (28, not, 1), (7, base, 31)] {
        let data = app.data_with(BY_FILTER, json!({ "where": nested(levels, wrap) })).await;
        let found = &data["models"]["totalCount"];
        assert!(found == total || found == 30, "{levels} levels find {found}");
    }
    for (levels, wrap) in [(17, and), (60, and), (33, not), (120, not), (20, base)] {
        let variables = json!({ "where": nested(levels, wrap) });
        refuses_with(&app, BY_FILTER, &variables, INVALID, "levels deep; at most 32 are allowed").await;
    }
    let variables = json!({ "where": nested(200, and) });
    refuses_with(&app, BY_FILTER, &variables, "BAD_REQUEST", "recursion limit").await;

    let literal = |levels| {
        format!("{{ models(where: {}{{}}{}) {{ totalCount }} }}", "{ and: [".repeat(levels), "] }".repeat(levels))
    };
    assert_eq!(app.data(&literal(10)).await["models"]["totalCount"], 31);
    refuses(&app, &literal(20), INVALID, "levels deep; at most 32 are allowed").await;
    let selections =
        |levels| format!("{{ models {{ nodes {}{{ slug }}{} }} }}", "{ baseModel ".repeat(levels), "}".repeat(levels));
    refuses(&app, &selections(40), "DOCUMENT_TOO_LARGE", "43 levels of fields; at most 32").await;
    for document in [literal(200), literal(50_000), selections(200), selections(50_000), "{".repeat(100_000)] {
        let (code, message) = app.error(&document).await;
        let large = ["brackets open at once", "tokens", "bytes"].iter().any(|limit| message.contains(limit));
        assert!(code == "DOCUMENT_TOO_LARGE" && large, "{code}: {message}");
        let get = app.request("GET", "/graphql").query(&[("query", &document[..document.len().min(10_000)])]);
        assert_eq!(get.send().await.expect("the server answers").status(), 400);
    }
    refuses(
        &app,
        "{ ...F } fragment F on Query { ...F }",
        "GRAPHQL_VALIDATION_FAILED",
        "The fragment `F` spreads itself",
    )
    .await;
    assert_eq!(app.data("{ catalog { revision } }").await["catalog"]["revision"], 44);
}

async fn wide_requests_are_rejected(app: App) {
    let alternatives = |count: usize| json!({ "where": { "or": vec![json!({}); count] } });
    assert_eq!(app.data_with(BY_FILTER, alternatives(498)).await["models"]["totalCount"], 31);
    // The maximum of both at once.
    let wide_below = (0..26).fold(json!({ "or": vec![json!({}); 460] }), |filter, _| json!({ "not": filter }));
    let wide_all_the_way = (0..14).fold(json!({}), |filter, _| {
        let mut filters = vec![json!({}); 32];
        filters.push(filter);
        json!({ "or": filters })
    });
    let related = (0..7).fold(
        json!({ "or": vec![json!({}); 450] }),
        |filter, _| json!({ "organizations": { "every": { "models": { "every": filter } } } }),
    );
    for filter in [wide_below, wide_all_the_way] {
        let data = app.data_with(BY_FILTER, json!({ "where": filter })).await;
        assert_eq!(data["models"]["totalCount"], 31);
    }
    // SQLite counts what is nested below what is related several times over.
    if app.database.backend() == DbBackend::Sqlite {
        let refusal = "This asks for too much at once";
        refuses_with(&app, BY_FILTER, &json!({ "where": related }), "INVALID_ARGUMENT", refusal).await;
    } else {
        assert_eq!(app.data_with(BY_FILTER, json!({ "where": related })).await["models"]["totalCount"], 31);
    }
    let many = "including lists and objects; at most 500 are allowed";
    refuses_with(&app, BY_FILTER, &alternatives(499), INVALID, many).await;
    for variables in [alternatives(20_000), json!({ "where": { "slug": { "in": vec!["llama"; 70_000] } } })] {
        refuses_with(&app, BY_FILTER, &variables, INVALID, "including lists and objects; at most 10000 are allowed")
            .await;
    }
    // A variable is counted at each use.
    let repeated =
        format!("query($one: ModelFilter!) {{ models(where: {{ or: [{}] }}) {{ totalCount }} }}", "$one ".repeat(200));
    let one = json!({ "one": { "slug": { "eq": "llama" } } });
    refuses_with(&app, &repeated, &one, INVALID, many).await;
    let words = json!({ "query": "a ".repeat(500) });
    let search =
        "query($query: String!) { search(query: $query) { totalCount } models(search: $query) { totalCount } }";
    assert_eq!(app.data_with(search, words).await["models"]["totalCount"], 22);
    let long = json!({ "query": "a ".repeat(5_000) });
    refuses_with(&app, search, &long, INVALID, "`query` has a string of 10000 characters; at most 1000 are allowed")
        .await;
}

async fn texts_cannot_inject_sql(app: App) {
    let long = "é".repeat(10_000);
    let ligatures = "\u{fdfa}".repeat(1_000);
    let texts = [
        "'",
        "\"",
        "\\",
        "%",
        "_",
        "\\%",
        "'; DROP TABLE model; --",
        "\" OR \"\" = \"",
        "$1",
        "?",
        ":a",
        "\0",
        "a\0b",
        "🦙",
        "\u{202e}",
        "\n",
        "\r\n\t",
        "{}",
        "[]",
        "*",
        "a'b\"c\\d%e_f",
        &long,
        &ligatures,
    ];
    let operators = ["eq: $t", "ne: $t", "in: [$t]", "contains: $t", "startsWith: $t", "endsWith: $t"];
    let mut fields = vec![
        "search(query: $t) { totalCount nodes { __typename } }".to_owned(),
        "node(id: $t) { id }".to_owned(),
        "nodes(ids: [$t]) { id }".to_owned(),
        "models(where: { maxParameters: { eq: $t } }) { totalCount }".to_owned(),
        "models(where: { createdAt: { eq: $t } }) { totalCount }".to_owned(),
        "models { nodes { summary(language: $t) } }".to_owned(),
    ];
    for subject in SubjectType::ALL {
        let (list, name) = (subject.plural(), name_field(subject.name()));
        fields.push(format!("{}(slug: $t) {{ {name} }}", subject.table()));
        fields.push(format!("{list}(search: $t, after: $t) {{ totalCount }}"));
        fields.push(format!("{list}(search: $t) {{ totalCount nodes {{ slug }} }}"));
        for operator in operators {
            fields
                .push(format!("{list}(where: {{ {name}: {{ {operator} }} slug: {{ {operator} }} }}) {{ totalCount }}"));
        }
    }
    for operator in operators {
        fields.push(format!("sizes(where: {{ label: {{ {operator} }} }}) {{ totalCount }}"));
        fields.push(format!("revisions(where: {{ actor: {{ {operator} }} }}) {{ totalCount }}"));
    }
    for field in &fields {
        for text in texts {
            // As a literal in the document, which has the type of its position.
            let query = format!("{{ {} }}", field.replace("$t", &Json::from(text).to_string()));
            let (status, answer) = app.post(&json!({ "query": query })).await;
            let shown = text.chars().take(20).collect::<String>();
            assert!(status < 500, "{field} with {shown:?} gets {answer}");
            for error in answer["errors"].as_array().into_iter().flatten() {
                let code = error["extensions"]["code"].as_str().expect("a code");
                assert!(!["INTERNAL", "SERVICE_UNAVAILABLE"].contains(&code), "{field} with {shown:?} gets {answer}");
                // The message may repeat the input.
                if !text.contains("DROP") {
                    shows_nothing_internal(error["message"].as_str().expect("a message"));
                }
            }
        }
    }
    assert_eq!(app.data("{ catalog { revision counts { models } } }").await["catalog"]["counts"]["models"], 31);
}

/// Whether models in JSON could be imported.
async fn import(app: &App, models: &Json) -> Json {
    let import =
        "mutation($content: String!) { importCatalog(input: { format: JSON, content: $content }) { written } }";
    let variables = json!({ "content": json!({ "models": models }).to_string() });
    app.data_with(import, variables).await["importCatalog"].clone()
}

async fn dates_out_of_range_are_rejected(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    for day in ["+262142-12-31", "-262143-01-01", "-0001-01-01", "0000-01-01", "10000-01-01"] {
        let model = json!([{ "slug": "late", "name": "Late", "releaseDate": day }]);
        assert_eq!(import(&app, &model).await["written"], false, "{day}");
        let create = format!(
            "mutation {{ createModel(input: {{ name: \"Late\", kind: FOUNDATION, releaseDate: \"{day}\" }}) {{ revision }} }}"
        );
        let (code, _) = app.error(&create).await;
        assert!([INVALID, "INVALID_DOCUMENT"].contains(&&*code), "{day}: {code}");
        if day != "0000-01-01" {
            let filter = format!("{{ models(where: {{ releaseDate: {{ gte: \"{day}\" }} }}) {{ totalCount }} }}");
            assert_eq!(app.error(&filter).await.0, INVALID, "{day}");
        }
    }
    let past = "{ models(asOf: \"9999-12-31T23:59:59Z\") { totalCount } }";
    assert_eq!(app.data(past).await["models"]["totalCount"], 31);
}

async fn lists_over_their_bounds_are_rejected(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    let sizes = |count: i32| {
        (1..=count)
            .map(|size| json!({ "label": format!("{size}B"), "parameters": format!("{size}B") }))
            .collect::<Vec<_>>()
    };
    let model = |count: i32| json!([{ "slug": "much", "name": "Much", "sizes": sizes(count) }]);
    assert_eq!(import(&app, &model(1001)).await["written"], false);
    assert_eq!(import(&app, &model(51)).await["written"], false);
    let create = "mutation($sizes: [ModelSizeInput!]) { createModel(input: { name: \"Much\", kind: FOUNDATION, sizes: $sizes }) { revision } }";
    let (_, answer) = app.post(&json!({ "query": create, "variables": { "sizes": sizes(51) } })).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "INVALID_DOCUMENT", "{answer}");
    assert_eq!(app.data("{ catalog { revision } }").await["catalog"]["revision"], 44);
    assert_eq!(import(&app, &model(50)).await["written"], true);
}

async fn texts_beyond_their_bounds_are_rejected(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    let name = |length: usize| "n".repeat(length);
    let aliases = |count: usize| (0..count).map(|number| format!("alias {number}")).collect::<Vec<_>>();
    let links = |count: usize| vec![json!({ "kind": "PAPER", "url": "https://example.org/" }); count];
    let link = |title: usize, url: usize| json!([{ "kind": "PAPER", "title": name(title), "url": format!("https://a.b/{}", name(url - 12)) }]);
    // What is just within the bound, what is just beyond it, and the problem that names both field and bound.
    let cases = [
        (json!({ "name": name(200) }), json!({ "name": name(201) }), "name has more than 200 characters"),
        (json!({ "aliases": aliases(100) }), json!({ "aliases": aliases(101) }), "aliases has more than 100 elements"),
        (
            json!({ "aliases": [name(200)] }),
            json!({ "aliases": [name(201)] }),
            "aliases.0 has more than 200 characters",
        ),
        (
            json!({ "summary": { "zh": "长".repeat(2000) } }),
            json!({ "summary": { "en": name(2001) } }),
            "summary.en has more than 2000 characters",
        ),
        (
            json!({ "dataScale": { "text": name(500), "unit": "TOKENS" } }),
            json!({ "dataScale": { "text": name(501), "unit": "TOKENS" } }),
            "dataScale.text has more than 500 characters",
        ),
        (json!({ "links": links(50) }), json!({ "links": links(51) }), "links has more than 50 elements"),
        (
            json!({ "links": link(500, 2000) }),
            json!({ "links": link(501, 2000) }),
            "links.0.title has more than 500 characters",
        ),
        (
            json!({ "links": link(500, 2000) }),
            json!({ "links": link(500, 2001) }),
            "links.0.url has more than 2000 characters",
        ),
    ];
    let create = "mutation($input: CreateModelInput!) { createModel(input: $input) { revision } }";
    for (index, (within, beyond, problem)) in cases.into_iter().enumerate() {
        let input = |facts: &Json| {
            let mut input = json!({ "slug": format!("bound-{index}"), "name": "Bound", "kind": "FOUNDATION" });
            let facts = facts.as_object().expect("an object").clone();
            input.as_object_mut().expect("an object").extend(facts);
            input
        };
        let (_, answer) = app.post(&json!({ "query": create, "variables": { "input": input(&beyond) } })).await;
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"]["code"], "INVALID_DOCUMENT", "{answer}");
        assert!(error["message"].as_str().is_some_and(|message| message.contains(problem)), "{problem}: {answer}");
        assert_eq!(import(&app, &json!([input(&beyond)])).await["written"], false, "{problem}");
        app.data_with(create, json!({ "input": input(&within) })).await;
    }
}

async fn stored_texts_beyond_their_bounds_stay_readable(app: App) {
    let spoil = "UPDATE model SET summary_en = REPLACE('xxxxxxxxxx', 'x', REPLACE('xxxxxxxxxx', 'x', 'a long story ... ')) \
        || REPLACE('xxxxxxxxxx', 'x', REPLACE('xxxxxxxxxx', 'x', 'a long story ... ')) WHERE slug = 'llama'";
    let change = Change::begin(&app.database, "test").await.expect("no other connection writes");
    change.transaction().execute_unprepared(spoil).await.expect("it can be written");
    change.commit().await.expect("it can be written");
    let data = app.data("{ model(slug: \"llama\") { summary } }").await;
    assert_eq!(data["model"]["summary"].as_str().map(str::len), Some(3400));
}
