//! Rules of the GraphQL specification that async-graphql does not check: variables, values, merging of fields, and the syntax of
//! September 2025.

use async_graphql::{
    Request,
    parser::{parse_query, types::ExecutableDocument},
};
use libtest_mimic::Trial;
use open_llm_catalog::graphql::document::parser::parse;
use open_llm_catalog::graphql::limits::analyze;
use open_llm_catalog::graphql::limits::settings::Limits;
use serde_json::{Value as Json, json};

use crate::{errors::INVALID, support::App, trials};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![plain:
        documents_are_parsed_as_by_async_graphql,
        undeclared_variables_are_dropped,
        the_values_of_variables_are_limited,
        hostile_merges_are_checked_in_time,
    ];
    trials.extend(trials![on both:
        defaults_of_variables_reach_directives_and_arguments,
        absent_variables_leave_defaults_of_arguments,
        variables_are_defined_once,
        variables_have_the_types_of_their_positions,
        fields_with_one_key_are_the_same_field,
        values_have_the_types_of_their_positions,
        strings_have_the_escapes_of_2025,
        definitions_may_have_descriptions,
        syntax_errors_have_positions,
        empty_pages_have_page_info_and_count,
    ]);
    trials
}

/// Asserts that a request is rejected before execution, with a message that has all the parts.
async fn rejects(app: &App, query: &str, variables: Json, parts: &[&str]) {
    let (status, answer) = app.post(&json!({ "query": query, "variables": variables })).await;
    assert_eq!((status, answer.get("data")), (400, None), "{query} with {variables}: {answer}");
    let error = &answer["errors"][0];
    let code = if parts[0].starts_with("Syntax") { "GRAPHQL_PARSE_FAILED" } else { INVALID };
    assert_eq!(error["extensions"]["code"], code, "{answer}");
    let message = error["message"].as_str().expect("a message");
    for part in parts {
        assert!(message.contains(part), "no {part} in {message}");
    }
    assert!(error["locations"][0]["line"].is_u64(), "{answer}");
}

async fn defaults_of_variables_reach_directives_and_arguments(app: App) {
    let with = json!({ "catalog": { "revision": 44, "counts": { "models": 31 } } });
    let without = json!({ "catalog": { "revision": 44 } });
    for (definition, directive, shown) in [
        ("$i: Boolean = true", "@include(if: $i)", true),
        ("$i: Boolean! = true", "@include(if: $i)", true),
        ("$i: Boolean! = false", "@include(if: $i)", false),
        ("$i: Boolean = true", "@skip(if: $i)", false),
    ] {
        let expected = if shown { &with } else { &without };
        let query = format!("query({definition}) {{ catalog {{ revision counts {directive} {{ models }} }} }}");
        assert_eq!(app.data(&query).await, *expected, "{query}");
        let spread = format!(
            "query({definition}) {{ catalog {{ revision ...f {directive} }} }} fragment f on Catalog {{ counts {{ models }} }}"
        );
        assert_eq!(app.data(&spread).await, *expected, "{spread}");
        let within = format!(
            "query({definition}) {{ catalog {{ revision ...f }} }} fragment f on Catalog {{ counts {directive} {{ models }} }}"
        );
        assert_eq!(app.data(&within).await, *expected, "{within}");
        let default = definition.contains("true");
        let sent = app.data_with(&query, json!({ "i": !default })).await;
        assert_eq!(sent, *if shown { &without } else { &with }, "{query}");
    }
    let page = "query($n: Int = 3, $w: ModelFilter = { kind: { eq: FOUNDATION } }) { models(first: $n, where: $w) { totalCount nodes { slug } } }";
    let data = app.data(page).await;
    assert_eq!(
        (data["models"]["nodes"].as_array().map(Vec::len), &data["models"]["totalCount"]),
        (Some(3), &json!(24))
    );
    let null = app.data_with(page, json!({ "n": 1, "w": null })).await;
    assert_eq!(null["models"]["totalCount"], 31);
}

async fn absent_variables_leave_defaults_of_arguments(app: App) {
    let memory = "query($p: Precision) { model(slug: \"qwen\") { sizes { ...m } } } fragment m on ModelSize { memoryBytes(precision: $p) }";
    let data = app.data("{ model(slug: \"qwen\") { sizes { memoryBytes } } }").await;
    assert_eq!(app.data(memory).await, data);
    assert_eq!(app.data_with(memory, json!({ "p": "FP16" })).await, data);
    assert_ne!(app.data_with(memory, json!({ "p": "INT4" })).await, data);
    let (_, null) = app.post(&json!({ "query": memory, "variables": { "p": null } })).await;
    assert!(null["errors"][0]["message"].as_str().is_some_and(|message| message.contains("Precision")), "{null}");
    // Fields of input objects and elements of lists.
    let filter = "query($k: ModelKind, $f: ModelFilter) { models(where: { kind: { eq: $k }, and: [$f, { not: $f }] }) { totalCount } }";
    rejects(&app, filter, json!({}), &["$f", "ModelFilter"]).await;
    let filter =
        "query($k: ModelKind, $f: ModelFilter) { models(where: { kind: { eq: $k }, not: $f }) { totalCount } }";
    assert_eq!(app.data(filter).await["models"]["totalCount"], 31);
    // Another operation of the document uses the variable of a shared fragment.
    let two = "query A($p: Precision) { model(slug: \"qwen\") { sizes { ...m } } } query B($p: Precision!) { model(slug: \"qwen\") { sizes { ...m } } }
        fragment m on ModelSize { memoryBytes(precision: $p) }";
    let (status, answer) = app.post(&json!({ "query": two, "operationName": "A" })).await;
    assert_eq!((status, &answer["data"]), (200, &data), "{answer}");
}

async fn variables_have_the_types_of_their_positions(app: App) {
    for (query, name, one, other) in [
        ("query($s: Float) { models(first: $s) { totalCount } }", "$s", "Float", "Int"),
        ("query($s: ID!) { model(slug: $s) { name } }", "$s", "ID!", "String!"),
        ("query($s: String) { model(slug: $s) { name } }", "$s", "String", "String!"),
        ("query($s: String = null) { model(slug: $s) { name } }", "$s", "String", "String!"),
        ("query($s: Int) { models(where: { name: { eq: $s } }) { totalCount } }", "$s", "Int", "String"),
        ("query($s: String) { models(where: { slug: { in: [$s] } }) { totalCount } }", "$s", "String", "String!"),
        ("query($s: String) { models(where: { slug: { in: $s } }) { totalCount } }", "$s", "String", "[String!]"),
        ("query($s: [String]) { models(where: { slug: { in: $s } }) { totalCount } }", "$s", "[String]", "[String!]"),
        ("query($s: Boolean) { catalog @include(if: $s) { revision } }", "$s", "Boolean", "Boolean!"),
        (
            "query($s: Int) { ...f } fragment f on Query { ...g } fragment g on Query { model(slug: $s) { name } }",
            "$s",
            "Int",
            "String!",
        ),
        ("query A { __typename } query B($s: Int) { model(slug: $s) { name } }", "$s", "Int", "String!"),
    ] {
        rejects(&app, query, json!({}), &[name, &format!("\"{one}\""), &format!("\"{other}\"")]).await;
    }
    for (query, variables) in [
        ("query($s: String = \"qwen\") { model(slug: $s) { name } }", json!({})),
        ("query($s: String!) { model(slug: $s) { name } }", json!({ "s": "qwen" })),
        ("query($s: String!) { models(where: { slug: { in: [$s] } }) { totalCount } }", json!({ "s": "qwen" })),
        ("query($s: [String!]!) { models(where: { slug: { in: $s } }) { totalCount } }", json!({ "s": ["qwen"] })),
        ("query($s: [String!]!) { models(where: { slug: { in: $s } }) { totalCount } }", json!({ "s": "qwen" })),
        ("query($p: Precision = FP16) { model(slug: \"qwen\") { sizes { memoryBytes(precision: $p) } } }", json!({})),
    ] {
        app.data_with(query, variables).await;
    }
    rejects(&app, "query($a: Int) { __typename }", json!({}), &["$a", "not used"]).await;
}

async fn variables_are_defined_once(app: App) {
    let twice = "Variable \"$a\" is defined twice";
    for (query, message) in [
        ("query($a: Int, $a: Int) { models(first: $a) { totalCount } }", twice),
        ("query($a: String, $a: Int) { models(first: $a) { totalCount } }", twice),
        (
            "query($b: Int, $a: Int, $b: Int) { a: models(first: $a) { totalCount } b: models(first: $b) { totalCount } }",
            "\"$b\" is defined twice",
        ),
        ("{ a: __typename @skip(if: $x) catalog { revision } }", "Variable \"$x\" is not defined"),
        ("query Q @include(if: $x) { __typename }", "not"),
        ("query($y: Int) { models(first: $y, after: $x) { totalCount } }", "Variable \"$x\" is not defined"),
        ("{ models(first: 1, where: { slug: { in: [\"a\", $x] } }) { totalCount } }", "Variable \"$x\" is not defined"),
        ("{ ... @include(if: $x) { __typename } }", "Variable \"$x\" is not defined"),
        ("{ ...F @skip(if: $x) } fragment F on Query { __typename }", "Variable \"$x\" is not defined"),
        (
            "{ ...F } fragment F on Query { ...G } fragment G on Query { models(first: $x) { totalCount } }",
            "Variable \"$x\" is not defined",
        ),
    ] {
        rejects(&app, query, json!({ "x": true, "a": 1 }), &[message]).await;
    }
    // Every operation, not just that which is executed.
    let two = "query A { ...F } query B($o: Int) { ...F } fragment F on Query { models(first: $o) { totalCount } }";
    let (status, answer) = app.post(&json!({ "query": two, "operationName": "B" })).await;
    assert_eq!(status, 400, "{answer}");
    assert_eq!(answer["errors"][0]["message"], "Variable \"$o\" is not defined by operation \"A\".");
}

async fn fields_with_one_key_are_the_same_field(app: App) {
    let model = |content: &str| format!("{{ model(slug: \"llama-2\") {{ {content} }} }}");
    for (content, key, parts) in [
        ("x: name x: slug", "x", ["`name`", "`slug`"]),
        ("license { a: name } license { a: slug }", "a", ["`name`", "`slug`"]),
        ("license { ... { a: name } } ... on Model { license { a: slug } }", "a", ["`name`", "`slug`"]),
        ("a: summary(language: EN) a: summary(language: ZH)", "a", ["`summary`", "arguments"]),
        ("a: summary a: summary(language: ZH)", "a", ["`summary`", "arguments"]),
        ("sizes { a: memoryBytes } sizes { a: memoryBytes(precision: INT4) }", "a", ["`memoryBytes`", "arguments"]),
        ("license { ... { license: models { totalCount } } ... { license: name } }", "license", ["`models`", "`name`"]),
    ] {
        rejects(&app, &model(content), json!({}), &[&format!("\"{key}\""), parts[0], parts[1]]).await;
    }
    let differing =
        "{ search(query: \"llama\") { nodes { ... on Model { a: name } ... on License { a: links { url } } } } }";
    rejects(&app, differing, json!({}), &["\"a\"", "different types"]).await;
    let lists = "{ models(first: 3) { totalCount } ...f } fragment f on Query { models(first: 4) { totalCount } }";
    rejects(&app, lists, json!({}), &["\"models\"", "arguments"]).await;
    for query in [
        model("name name ... { name } license { name } license { slug } ...f")
            + "fragment f on Model { name license { name } }",
        "{ search(query: \"llama\") { nodes { ... on Model { a: name } ... on License { a: slug } } } }".to_owned(),
        "{ a: models(first: 1, search: \"x\") { totalCount } a: models(search: \"x\", first: 1) { totalCount } }"
            .to_owned(),
    ] {
        app.data(&query).await;
    }
}

async fn values_have_the_types_of_their_positions(app: App) {
    for (query, parts) in [
        ("{ models(where: { slug: { eq: \"a\" }, slug: { eq: \"b\" } }) { totalCount } }", ["`slug`", "twice"]),
        (
            "query($w: ModelFilter = { slug: { eq: \"a\", eq: \"b\" } }) { models(where: $w) { totalCount } }",
            ["`eq`", "twice"],
        ),
        (
            "{ model(slug: \"qwen\") { sizes { memoryBytes(precision: \"FP16\") } } }",
            ["\"Precision!\"", "without quotes"],
        ),
        (
            "query($p: Precision = \"FP16\") { model(slug: \"qwen\") { sizes { memoryBytes(precision: $p) } } }",
            ["\"Precision\"", "$p"],
        ),
        ("{ models(first: 2147483648) { totalCount } }", ["\"first\"", "2147483647"]),
        ("{ models(first: 1.0) { totalCount } }", ["\"first\"", "\"Int\""]),
        ("{ models(first: [1]) { totalCount } }", ["\"first\"", "\"Int\""]),
        ("{ models(search: 5) { totalCount } }", ["\"search\"", "\"String\""]),
        ("{ models(where: 5) { totalCount } }", ["\"where\"", "\"ModelFilter\""]),
        ("{ models(where: { and: [{ nmae: 5 }] }) { totalCount } }", ["\"where.and.0\"", "nmae"]),
        ("{ model(slug: null) { name } }", ["\"slug\"", "\"String!\""]),
        ("query($s: String!) { models(where: { slug: { eq: $s }, nmae: 5 }) { totalCount } }", ["nmae", "ModelFilter"]),
        ("{ catalog @include(if: 1) { revision } }", ["\"if\"", "\"Boolean!\""]),
    ] {
        rejects(&app, query, json!({ "s": "a" }), &parts).await;
    }
    let page = "query($n: Int) { models(first: $n) { totalCount } }";
    for value in
        [json!(2_147_483_648_i64), json!(-2_147_483_649_i64), json!(1.5), json!("5"), json!(true), json!([]), json!({})]
    {
        rejects(&app, page, json!({ "n": value }), &["$n", "\"Int\""]).await;
    }
    let filter = "query($w: ModelFilter) { models(where: $w) { totalCount } }";
    for (value, part) in [
        (json!({ "first": 1 }), "unknown field \"first\""),
        (json!({ "kind": { "eq": "WRONG" } }), "$w.kind.eq"),
        (json!({ "kind": { "eq": "FOUNDATON" } }), "Did you mean \"FOUNDATION\"?"),
        (json!({ "kind": { "eq": 5 } }), "$w.kind.eq"),
        (json!({ "and": [{}, { "name": { "eq": 5 } }] }), "$w.and.1.name.eq"),
        (json!({ "slug": { "in": ["a", null] } }), "$w.slug.in.1"),
        (json!([]), "$w"),
    ] {
        rejects(&app, filter, json!({ "w": value }), &[part]).await;
    }
    assert_eq!(
        app.data_with(filter, json!({ "w": { "kind": { "eq": "FOUNDATION" } } })).await["models"]["totalCount"],
        24
    );
    let items = "{ models(where: { or: [{ slug: { eq: \"qwen\" } }, { slug: { eq: \"llama\" } }] }) { totalCount } }";
    assert_eq!(app.data(items).await["models"]["totalCount"], 2);
    let twice = "mutation { createLicense(input: { name: \"A\", name: \"B\" }) { revision } }";
    rejects(&app, twice, json!({}), &["`name`", "twice"]).await;
}

async fn strings_have_the_escapes_of_2025(app: App) {
    for text in
        ["\"\\u{5343}\\u{95EE}\"", "\"\\u5343\\u95EE\"", "\"\\u{00005343}\\u{95ee}\"", "\"千问\"", "\"\"\"千问\"\"\""]
    {
        let query = format!("{{ search(query: {text}) {{ nodes {{ ... on Model {{ slug }} }} }} }}");
        assert_eq!(app.data(&query).await["search"]["nodes"], json!([{ "slug": "qwen" }]), "{text}");
    }
    for text in ["\"\\ud83d\\ude00\"", "\"\\u{1F600}\"", "\"\\u{1f600}\"", "\"😀\""] {
        assert_eq!(string(text), "😀", "{text}");
    }
    for (text, value) in [
        ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\u{8}\u{c}\n\r\t"),
        ("\"\"\"\n    a\n      \\u{41} \\n\n\n    \\\"\"\" b\n  \"\"\"", "a\n  \\u{41} \\n\n\n\"\"\" b"),
        ("\"\"", ""),
        ("\"\"\"\"\"\"", ""),
        ("\"#, { } ( \"", "#, { } ( "),
    ] {
        assert_eq!(string(text), value, "{text}");
    }
    for text in [
        "\"\\ud83d\"",
        "\"\\ude00\"",
        "\"\\ud83d\\u0041\"",
        "\"\\ude00\\ud83d\"",
        "\"\\ud83d \\ude00\"",
        "\"\\u{d83d}\\u{de00}\"",
        "\"\\u{D800}\"",
        "\"\\u{110000}\"",
        "\"\\u{}\"",
        "\"\\u{12\"",
        "\"\\u12\"",
        "\"\\u{zz}\"",
        "\"\\u{+41}\"",
        "\"\\x\"",
        "\"\\u+041\"",
        "\"\\u{ffffffffff}\"",
    ] {
        let (code, message) = app.error(&format!("{{ model(slug: {text}) {{ name }} }}")).await;
        assert_eq!(code, "GRAPHQL_PARSE_FAILED", "{text}: {message}");
    }
}

/// The value of a string in a document.
fn string(text: &str) -> String {
    let document = parse(&format!("{{ a(b: {text}) }}")).unwrap_or_else(|error| panic!("{text}: {}", error.message));
    let (_, operation) = document.operations.iter().next().expect("an operation");
    let async_graphql::parser::types::Selection::Field(field) = &operation.node.selection_set.node.items[0].node else {
        panic!("not a field");
    };
    match &field.node.arguments[0].1.node {
        async_graphql_value::Value::String(value) => value.clone(),
        other => panic!("{other}"),
    }
}

async fn definitions_may_have_descriptions(app: App) {
    let query = "\"\"\"Finds a model.\n\"\"\" query Find(\"Its slug.\" $slug: String! \"\"\"More.\"\"\" $n: Int = 1) {
        model(slug: $slug) { ...f } models(first: $n) { totalCount } }
        \"Its name.\" fragment f on Model { name }";
    let data = app.data_with(query, json!({ "slug": "qwen" })).await;
    assert_eq!(data, json!({ "model": { "name": "Qwen" }, "models": { "totalCount": 31 } }));
    for query in [
        "\"text\" { __typename }",
        "\"a\" \"b\" query { __typename }",
        "query \"a\" { __typename }",
        "{ \"a\" __typename }",
    ] {
        rejects(&app, query, json!({}), &["Syntax error", "found"]).await;
    }
    // The position of an error is that in the text that was sent.
    let wrong = "\"é\\u{41}\" query A(\"x\" $s: String = \"\\u{5343}\") { models(search: $s) { totalCuont } }";
    let (_, answer) = app.post(&json!({ "query": wrong })).await;
    let column = wrong.chars().collect::<String>().find("totalCuont").map(|at| wrong[..at].chars().count() + 1);
    assert_eq!(answer["errors"][0]["locations"], json!([{ "line": 1, "column": column }]), "{answer}");
}

async fn syntax_errors_have_positions(app: App) {
    for (query, line, column) in [
        ("{ a(b: }", 1, 8),
        ("{\n  é", 2, 3),
        ("{\r\n\t, a(b: 01) }", 2, 9),
        ("# {\n{ a(b: \"\"\"\n\n\"\"\" }", 4, 5),
        ("{ a(b: \"ab\\ud83d\") }", 1, 11),
        ("{ a ", 1, 5),
    ] {
        let (_, answer) = app.post(&json!({ "query": query })).await;
        assert_eq!(answer["errors"][0]["locations"], json!([{ "line": line, "column": column }]), "{query}: {answer}");
    }
}

/// The text of a parsed document, with its fragments in the order of their names.
fn debug(document: &ExecutableDocument) -> String {
    let mut fragments = document.fragments.iter().collect::<Vec<_>>();
    fragments.sort_by_key(|(name, _)| name.to_string());
    let mut operations = document.operations.iter().collect::<Vec<_>>();
    operations.sort_by_key(|(name, _)| name.map(ToString::to_string));
    format!("{operations:?} {fragments:?}")
}

fn documents_are_parsed_as_by_async_graphql() {
    let queries =
        std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/web/dist/queries")).expect("there are queries");
    let mut texts = queries
        .map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("it is text"))
        .collect::<Vec<_>>();
    texts.extend(
        [
            "{ a }",
            "{ a: b @c(d: 1) @e { ... @f { g } ... on H { i } ...J @k } }",
            "query A($a: Int = 5, $b: [[String!]]! , $c: D) { a(b: $a, c: [1, -2.5e3, \"x\", null, true, E, { f: [$b, {}] }]) } fragment J on H { i }",
            "mutation { a(b: \"\"\"\n  c\n    d\n  \"\"\", e: \"\\u00e9\\n\") }\nsubscription S { on fragment query true: null }",
            "\u{feff}{ a # é\n,, b(c: 123456789012345678901234567890, d: -0.0) é: a }",
            "query A { a } query B { b ...f } fragment f on T { on }",
        ]
        .map(ToOwned::to_owned),
    );
    for text in &texts {
        match (parse_query(text), parse(text)) {
            (Ok(expected), Ok(parsed)) => assert_eq!(debug(&parsed), debug(&expected), "{text}"),
            (expected, parsed) => assert_eq!(parsed.is_ok(), expected.is_ok(), "{text}"),
        }
    }
}

fn undeclared_variables_are_dropped() {
    let variables = |query: &str| {
        let sent = json!({ "a": [0, 0, 0], "b": 2, "c": null });
        let mut request = Request::new(query).variables(async_graphql::Variables::from_json(sent));
        analyze(&mut request, &Limits::default())
            .map(|_| serde_json::to_value(&request.variables).expect("they are JSON"))
    };
    assert_eq!(variables("{ __typename }").ok(), Some(json!({})));
    let query = "query($b: Int, $c: Int, $d: Int = 4) { a: models(first: $b) { totalCount } b: models(first: $c) { totalCount } c: models(first: $d) { totalCount } }";
    assert_eq!(variables(query).ok(), Some(json!({ "b": 2, "c": null, "d": 4 })));
}

fn the_values_of_variables_are_limited() {
    let analyzed = |count: usize| {
        let sent = async_graphql::Variables::from_json(json!({ "a": vec!["x"; count / 2], "b": vec!["x"; count / 2] }));
        let query = "query($a: [String!], $b: [String!]) { a: models(where: { slug: { in: $a } }) { totalCount } b: models(where: { slug: { in: $b } }) { totalCount } }";
        analyze(&mut Request::new(query).variables(sent), &Limits::default()).err().and_then(|error| error.extensions)
    };
    assert!(analyzed(900).is_none());
    let limit = |count: usize| analyzed(count).and_then(|extensions| extensions.get("limit").cloned());
    assert_eq!(limit(2000), Some("argumentValues".into()));
    assert_eq!(limit(10_000), Some("variableValues".into()));
}

fn hostile_merges_are_checked_in_time() {
    let started = std::time::Instant::now();
    let nested = |count: usize| {
        let level = |content: String| {
            format!("license {{ models {{ nodes {{ {content} }} }} }} license {{ models {{ nodes {{ slug }} }} }}")
        };
        format!("{{ model(slug: \"a\") {{ {} }} }}", (0..count).fold("name".to_owned(), |content, _| level(content)))
    };
    let spreads = (0..12).map(|number| {
        format!("fragment f{number} on Model {{ a: baseModel {{ ...f{0} }} a: baseModel {{ ...f{0} }} }} ", number + 1)
    });
    let spreads = spreads.collect::<String>();
    let flat = format!("{{ model(slug: \"a\") {{ {} }} }}", "name license { name } ".repeat(2000));
    for text in
        [nested(8), flat, format!("{{ model(slug: \"a\") {{ ...f0 }} }} {spreads} fragment f12 on Model {{ name }}")]
    {
        let _ = analyze(&mut Request::new(text), &Limits { cost: u32::MAX, ..Limits::default() });
    }
    assert!(started.elapsed() < std::time::Duration::from_secs(20), "{:?}", started.elapsed());
}

async fn empty_pages_have_page_info_and_count(app: App) {
    let page = |arguments: &str, total: i64, next: bool, previous: bool| {
        let expected = json!({ "totalCount": total, "nodes": [], "edges": [],
            "pageInfo": { "hasNextPage": next, "hasPreviousPage": previous, "startCursor": null, "endCursor": null } });
        let fields = "{ totalCount nodes { __typename } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }";
        (format!("{{ {arguments} {fields} }}"), expected)
    };
    let cursor =
        app.data("{ models(first: 1) { pageInfo { endCursor } } }").await["models"]["pageInfo"]["endCursor"].clone();
    let none = "where: { slug: { eq: \"nobody\" } }";
    for (arguments, total, next, previous) in [
        ("models(first: 0)".to_owned(), 31, true, false),
        ("models(last: 0)".to_owned(), 31, false, true),
        (format!("models(first: 0, after: {cursor})"), 31, true, true),
        (format!("models(first: 0, {none})"), 0, false, false),
        (format!("models(last: 0, {none})"), 0, false, false),
        ("revisions(first: 0)".to_owned(), 44, true, false),
    ] {
        let (query, expected) = page(&arguments, total, next, previous);
        assert_eq!(
            app.data(&query).await.as_object().and_then(|data| data.values().next()),
            Some(&expected),
            "{query}"
        );
    }
    let (nested, _) = page("models(first: 0)", 0, true, false);
    let data = app.data(&format!("{{ organizations(first: 100) {{ nodes {nested} }} }}")).await;
    let organizations = data["organizations"]["nodes"].as_array().expect("organizations");
    for organization in organizations {
        let models = &organization["models"];
        let has_models = models["totalCount"].as_i64() > Some(0);
        assert_eq!(
            (&models["nodes"], &models["pageInfo"]["hasNextPage"]),
            (&json!([]), &json!(has_models)),
            "{models}"
        );
    }
    let search = app.data("{ search(query: \"llama\", first: 0) { totalCount nodes { __typename } pageInfo { hasNextPage endCursor } } }").await;
    assert!(search["search"]["totalCount"].as_i64() > Some(0));
    assert_eq!(
        (&search["search"]["nodes"], &search["search"]["pageInfo"]),
        (&json!([]), &json!({ "hasNextPage": true, "endCursor": null }))
    );
}
