//! Every error has a code and a message with what the client needs to correct the request.

use entity::vocabulary::{Role, SubjectType};
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::{support::App, trials};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        unknown_slugs_are_not_found,
        invalid_cursors_are_rejected_with_a_reason,
        invalid_page_arguments_are_rejected,
        invalid_ids_differ_from_ids_of_deleted_subjects,
        invalid_counts_are_rejected_with_their_path_and_the_format,
        validation_errors_have_locations,
        missing_and_invalid_variables_are_rejected,
        unknown_operation_names_are_rejected,
        a_root_field_that_fails_does_not_affect_the_others,
    ]
}

/// The code of a document or a variable that does not fit the schema.
pub const INVALID: &str = "GRAPHQL_VALIDATION_FAILED";

/// Asserts code and message of the one error of a query.
pub async fn refuses(app: &App, query: &str, code: &str, part: &str) {
    let (given, message) = app.error(query).await;
    assert!(given == code && message.contains(part), "{query} gets {given}: {message}");
    shows_nothing_internal(&message);
}

/// Asserts code and message of the one error of a query with variables.
pub async fn refuses_with(app: &App, query: &str, variables: &Json, code: &str, part: &str) {
    let (status, answer) = app.post(&json!({ "query": query, "variables": variables })).await;
    let (given, message) = (&answer["errors"][0]["extensions"]["code"], answer["errors"][0]["message"].to_string());
    assert!(status < 500 && answer["errors"][1].is_null(), "{query} gets {answer}");
    assert!(given == code && message.contains(part), "{query} gets {given}: {message}");
    shows_nothing_internal(&message);
}

pub fn shows_nothing_internal(message: &str) {
    for word in ["sqlite", "SQLite", "sqlx", "SELECT", "postgres", "Postgre", "sea_orm", "src/", "panicked"] {
        assert!(!message.contains(word), "{word} in {message}");
    }
}

async fn unknown_slugs_are_not_found(app: App) {
    for subject in SubjectType::ALL.iter().map(|subject| subject.table()) {
        let (status, answer) =
            app.post(&json!({ "query": format!("{{ {subject}(slug: \"No-Such\") {{ slug }} }}") })).await;
        let error = json!({
            "message": format!("There is no {subject} with the slug \"No-Such\"."), "path": [subject],
            "locations": [{ "line": 1, "column": 3 }], "extensions": { "code": "NOT_FOUND" },
        });
        assert_eq!(
            (status, answer),
            (200, json!({ "data": { subject: null }, "errors": [error], "extensions": { "cost": 1 } }))
        );
    }
}

async fn invalid_cursors_are_rejected_with_a_reason(app: App) {
    let data = app
        .data(
            "{ a: models(first: 1) { pageInfo { endCursor } }
               b: models(first: 1, orderBy: [{ field: NAME }]) { pageInfo { endCursor } }
               c: search(query: \"llama\", first: 1) { pageInfo { endCursor } } }",
        )
        .await;
    let cursor = |list: &str| data[list]["pageInfo"]["endCursor"].as_str().expect("a cursor").to_owned();
    let (position, name, hit) = (cursor("a"), cursor("b"), cursor("c"));
    let (malformed, other) = ("it is malformed", "it belongs to another order");
    // Forged cursors: `["position~+ id+",[1,"x"]]`, and one with a NUL as a name.
    let forged = "WyJwb3NpdGlvbn4rIGlkKyIsWzEsIngiXV0";
    let nul = "WyJuYW1lKyBpZCsiLFsiYVx1MDAwMCIsMV1d";
    for (list, cursor, reason) in [
        ("models", "garbage", malformed),
        ("models", "", malformed),
        ("models", "%%%", malformed),
        ("models", &position[..position.len() - 3], malformed),
        ("models", &name, other),
        ("models", &hit, other),
        ("models", forged, malformed),
        ("datasets", nul, malformed),
        ("sizes", &position, other),
    ] {
        for argument in ["after", "before"] {
            let query = format!("{{ {list}({argument}: \"{cursor}\") {{ totalCount }} }}");
            refuses(&app, &query, "INVALID_CURSOR", reason).await;
        }
    }
    let query = format!("{{ search(query: \"llama\", after: \"{position}\") {{ totalCount }} }}");
    refuses(&app, &query, "INVALID_CURSOR", other).await;
    let query = "{ models(after: \"a\\u0000b\") { totalCount } }";
    refuses(&app, query, INVALID, "`after` has a string with the character U+0000").await;
}

async fn invalid_page_arguments_are_rejected(app: App) {
    for list in ["models", "sizes", "datasets", "licenses", "organizations", "architectures", "revisions"] {
        for (arguments, message) in [
            ("first: -1", "`first` is -1; a page has from 0 to 100 rows."),
            ("first: 101", "`first` is 101; a page has from 0 to 100 rows."),
            ("first: 1000", "`first` is 1000; a page has from 0 to 100 rows."),
            ("last: -1", "`last` is -1; a page has from 0 to 100 rows."),
            ("last: 101", "`last` is 101; a page has from 0 to 100 rows."),
            ("first: 1, last: 1", "Give `first` or `last`, not both."),
        ] {
            let error = app.error(&format!("{{ {list}({arguments}) {{ totalCount }} }}")).await;
            assert_eq!(error, ("INVALID_PAGE".to_owned(), message.to_owned()), "{list}({arguments})");
        }
    }
    refuses(&app, "{ search(query: \"a\", first: 101) { totalCount } }", "INVALID_PAGE", "`first` is 101").await;
    refuses(&app, "{ models(first: 5000000000) { totalCount } }", INVALID, "2147483647").await;
    refuses(&app, "{ models(first: \"5\") { totalCount } }", INVALID, "\"first\", expected type \"Int\"").await;
    let twice = "{ models(orderBy: [{ field: NAME }, { field: NAME, direction: DESC }]) { totalCount } }";
    refuses(&app, twice, "INVALID_ARGUMENT", "`orderBy` has the same field twice").await;
}

async fn invalid_ids_differ_from_ids_of_deleted_subjects(app: App) {
    // Of the last four: `Model:x`, `Token:1`, `Model`, `Model:99999999999`.
    let bad = ["", "x", "1", "llama", "%", "TW9kZWw6eA", "VG9rZW46MQ", "TW9kZWw", "TW9kZWw6OTk5OTk5OTk5OTk"];
    for id in bad {
        refuses(&app, &format!("{{ node(id: \"{id}\") {{ id }} }}"), "INVALID_ID", "is not an id of this catalog")
            .await;
        refuses(&app, &format!("{{ nodes(ids: [\"{id}\"]) {{ id }} }}"), "INVALID_ID", "is not an id of this catalog")
            .await;
    }
    // `Model:99999`.
    assert_eq!(app.data("{ node(id: \"TW9kZWw6OTk5OTk\") { id } }").await, json!({ "node": null }));
    let many = json!({ "ids": vec!["TW9kZWw6MQ"; 101] });
    let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    refuses_with(&app, query, &many, "INVALID_ARGUMENT", "`ids` has 101 ids; give at most 100").await;
}

async fn invalid_counts_are_rejected_with_their_path_and_the_format(app: App) {
    let bad = [
        json!("12Q"),
        json!(1_u64 << 60),
        json!(9_007_199_254_740_992_u64),
        json!(-1),
        json!(1.5),
        json!("7.1234567890123B"),
        json!("-7B"),
        json!(""),
        json!("B"),
        json!("7 B"),
        json!("1e9"),
        json!("1152921504606846976"),
        json!(true),
    ];
    let what = "a Count is a whole number from 0 to 9007199254740991 (2^53 - 1), such as 7000000000 or \"7B\"";
    for count in bad {
        let expected = format!("\"where.maxParameters.lt\", expected type \"Count\"; {what}");
        let literal = format!("{{ models(where: {{ maxParameters: {{ lt: {count} }} }}) {{ totalCount }} }}");
        refuses(&app, &literal, INVALID, &expected).await;
        let escaped = expected.replace('"', "\\\"");
        let variable = "query($count: Count) { models(where: { maxParameters: { lt: $count } }) { totalCount } }";
        refuses_with(&app, variable, &json!({ "count": count }), INVALID, &escaped).await;
        let filter = "query($where: ModelFilter) { models(where: $where) { totalCount } }";
        let variables = json!({ "where": { "maxParameters": { "lt": count } } });
        refuses_with(&app, filter, &variables, INVALID, &escaped).await;
    }
    for count in ["7000000000", "\"7B\"", "\"7.0b\"", "\"7000M\"", "\"0.007T\"", "\"7000000K\""] {
        let query = format!("{{ models(where: {{ maxParameters: {{ eq: {count} }} }}) {{ totalCount }} }}");
        assert_eq!(app.data(&query).await["models"]["totalCount"], 4, "{count}");
    }
    let day = "{ models(where: { releaseDate: { eq: \"2023-7-18\" } }) { totalCount } }";
    refuses(&app, day, INVALID, "a PartialDate is a date such as \"2023-07-18\", \"2023-07\" or \"2023\"").await;
    let time = "{ models(where: { createdAt: { eq: \"2023-07-18\" } }) { totalCount } }";
    refuses(&app, time, INVALID, "a DateTime is a time such as \"2023-12-19T06:43:38Z\"").await;
}

async fn validation_errors_have_locations(app: App) {
    for (query, part) in [
        ("{ foo }", "Unknown field \"foo\" on type \"Query\""),
        ("{ models { nodes { nam } } }", "Unknown field \"nam\" on type \"Model\""),
        ("{ models(foo: 1) { totalCount } }", "Unknown argument \"foo\" on field \"models\""),
        ("{ models(where: { foo: 1 }) { totalCount } }", "foo"),
        ("{ models(where: { kind: { eq: FOO } }) { totalCount } }", "\"where.kind.eq\""),
        ("{ models }", "models"),
        ("{ model { name } }", "slug"),
        ("{ viewer { role { __typename } } }", "role"),
        ("{ models { ...F } }", "F"),
        ("mutation { x }", "Unknown field \"x\" on type \"Mutation\""),
    ] {
        refuses(&app, query, INVALID, part).await;
    }
    for query in ["", "{", "{ models( }", "{}", "nonsense", "{ a } }"] {
        refuses(&app, query, "GRAPHQL_PARSE_FAILED", "expected").await;
    }
}

async fn missing_and_invalid_variables_are_rejected(app: App) {
    let slug = "query($slug: String!) { model(slug: $slug) { name } }";
    let first = "query($first: Int!) { models(first: $first) { totalCount } }";
    let missing = [
        (slug, json!({}), "`$slug` of type `String!` must have a value"),
        (slug, json!({ "slug": null }), "`$slug` of type `String!` must have a value"),
        (first, json!({}), "`$first` of type `Int!` must have a value"),
        (first, json!({ "First": 1 }), "`$first` of type `Int!` must have a value"),
    ];
    for (query, variables, part) in missing {
        refuses_with(&app, query, &variables, INVALID, part).await;
    }
    for (query, variables) in [
        (slug, json!({ "slug": 5 })),
        (slug, json!({ "slug": ["llama"] })),
        (first, json!({ "first": "5" })),
        (first, json!({ "first": 1.5 })),
    ] {
        refuses_with(&app, query, &variables, INVALID, "expected type").await;
    }
    let default = "query($first: Int! = 2) { models(first: $first) { nodes { slug } } }";
    assert_eq!(app.data(default).await["models"]["nodes"].as_array().map(Vec::len), Some(2));
    refuses(&app, "{ models(first: $x) { totalCount } }", INVALID, "Variable \"$x\" is not defined").await;
    let two = json!({ "query": format!("query A {{ __typename }} {}", first.replacen("query", "query B", 1)), "operationName": "A" });
    assert_eq!(app.post(&two).await, (200, json!({ "data": { "__typename": "Query" }, "extensions": { "cost": 1 } })));
}

async fn unknown_operation_names_are_rejected(app: App) {
    let two = "query A { __typename } query B { __typename }";
    refuses(&app, two, INVALID, "Operation name required").await;
    for (query, name) in [(two, "C"), ("query A { __typename }", "C"), ("{ __typename }", "C")] {
        let (status, answer) = app.post(&json!({ "query": query, "operationName": name })).await;
        let error = &answer["errors"][0];
        assert_eq!((status, &error["extensions"]["code"]), (400, &json!(INVALID)), "{query}");
        assert_eq!(error["message"], "Unknown operation named \"C\"", "{query}");
    }
}

async fn a_root_field_that_fails_does_not_affect_the_others(app: App) {
    for failing in [
        "models(after: \"garbage\") { totalCount }",
        "sizes(orderBy: [{ field: PARAMETERS }, { field: PARAMETERS }]) { totalCount }",
        "revisions(last: -1) { totalCount }",
        "search(query: \"\") { totalCount }",
        "node(id: \"garbage\") { id }",
        "model(slug: \"nope\") { slug }",
    ] {
        let query = format!("{{ catalog {{ revision }} failing: {failing} viewer {{ role }} }}");
        let (status, answer) = app.post(&json!({ "query": query })).await;
        let data = json!({ "catalog": { "revision": 44 }, "failing": null, "viewer": { "role": "READER" } });
        assert_eq!(
            (status, &answer["data"], &answer["errors"][0]["path"]),
            (200, &data, &json!(["failing"])),
            "{answer}"
        );
    }
    // What a mutation has done is in the response, whatever happens to the next.
    let editor = app.with_token(&app.token(Role::Editor).await);
    let query = "mutation { a: updateModel(input: { slug: \"qwen\", aliases: [\"x\"] }) { revision }
        b: updateModel(input: { slug: \"nope\" }) { outcome } c: deleteModel(input: { slug: \"nope\" }) { revision }
        d: upsertModels(input: { models: [{ slug: \"x\", name: \"\", kind: DERIVED }] }) { revision }
        e: createModel(input: { slug: \"qwen\", name: \"Qwen\", kind: DERIVED }) { revision }
        f: importCatalog(input: { format: JSON, content: \"[]\" }) { written }
        g: revertRevision(input: { number: 45 }) { revision } h: revokeApiToken(input: { name: \"x\" }) { token { name } }
        i: updateModel(input: { slug: \"qwen\", aliases: [\"y\"] }) { revision } }";
    let (status, answer) = editor.post(&json!({ "query": query })).await;
    let null = Json::Null;
    let data = json!({ "a": { "revision": 45 }, "b": null, "c": null, "d": null, "e": null, "f": null, "g": null, "h": null,
        "i": { "revision": 46 } });
    assert_eq!((status, &answer["data"]), (200, &data), "{answer}");
    let paths = answer["errors"].as_array().expect("errors").iter().map(|error| error["path"][0].clone());
    assert_eq!(paths.collect::<Vec<_>>(), ["b", "c", "d", "e", "f", "g", "h"].map(Json::from));
    assert_ne!(answer["errors"][0]["extensions"]["code"], null);
}
