//! GraphQL documents that are too large in some respect, or not GraphQL.

use serde_json::{Value as Json, json};

use super::{Case, Sent};

const PARSE: &str = "GRAPHQL_PARSE_FAILED";
const INVALID: &str = "GRAPHQL_VALIDATION_FAILED";
const LARGE: &str = "DOCUMENT_TOO_LARGE";

fn case(name: &str, query: impl Into<String>, variables: &Json, statuses: &'static [u16], says: &'static str) -> Case {
    let body = json!({ "query": query.into(), "variables": variables });
    Case::new(name, Sent::Json(body), statuses, says)
}

fn refused(name: &str, query: impl Into<String>, says: &'static str) -> Case {
    case(name, query, &json!({}), &[400], says)
}

fn answered(name: &str, query: impl Into<String>) -> Case {
    case(name, query, &json!({}), &[200], "\"data\"")
}

/// Fields `a0: …`, `a1: …` in one selection.
fn aliases(count: usize, field: &str) -> String {
    (0..count).map(|number| format!("a{number}: {field} ")).collect()
}

/// The same with the number of the field, from 1, in place of `#`.
fn numbered(count: usize, field: &str) -> String {
    (1..=count).map(|number| format!("a{number}: {} ", field.replace('#', &number.to_string()))).collect()
}

fn nest(levels: usize, open: &str, close: &str) -> String {
    format!("{}{}", open.repeat(levels), close.repeat(levels))
}

/// Fragments of which each spreads the next so many times.
fn fragments(count: usize, times: usize) -> String {
    let all = (0..count).map(|number| {
        let spread = format!("...f{} ", number + 1).repeat(times);
        format!("fragment f{number} on Query {{ {spread} }} ")
    });
    format!("{} fragment f{count} on Query {{ __typename }}", all.collect::<String>())
}

pub fn cases() -> Vec<Case> {
    [texts(), nesting(), width(), spread(), introspection(), cost(), values()].into_iter().flatten().collect()
}

fn texts() -> Vec<Case> {
    let garbage = [
        "",
        " ",
        "{",
        "}",
        "{}",
        "{ }",
        "query",
        "query {",
        "{ a(",
        "{ a(b: ",
        "{ a(b: $",
        "{ a @",
        "...",
        "{ ... }",
        "fragment",
        "fragment f on",
        "\"",
        "\"\"\"",
        "{ a(b: \"\\u12\") }",
        "{ a(b: \"\\x\") }",
        "{ a(b: \"unended) }",
        "subscription",
        "\u{feff}",
        "<script>alert(1)</script>",
        "SELECT * FROM model",
        "{ a: }",
        "{ :a }",
        "{ a(b: 01) }",
        "{ a(b: 1.) }",
        "{ a(b: .5) }",
        "{ a(b: 1e) }",
        "type Query { a: Int }",
        "extend type Query { a: Int }",
        "{ a } { b }}",
        "query ($a: ) { a }",
        "query ($a: [Int) { a }",
        "#",
        "\0",
        "{ a\0 }",
    ];
    let mut cases =
        garbage.map(|text| refused(&format!("garbage {text:?}"), text, PARSE)).into_iter().collect::<Vec<_>>();
    cases.extend([
        answered("a comment of 200 kB", format!("#{}\n{{ __typename }}", "x".repeat(200_000))),
        answered("100000 comments", format!("{}{{ __typename }}", "#\n".repeat(100_000))),
        answered("200000 commas", format!("{{ __typename{} }}", ",".repeat(200_000))),
        answered("50000 byte order marks", format!("{{ __typename{} }}", "\u{feff}".repeat(50_000))),
        refused("a name of 200 kB", format!("{{ {} }}", "x".repeat(200_000)), INVALID),
        refused("a document of 300 kB", format!("{{ __typename }}{}", " ".repeat(300_000)), LARGE),
        refused(
            "a number of 10000 digits",
            format!("{{ models(first: {}) {{ totalCount }} }}", "9".repeat(10_000)),
            "",
        ),
        refused(
            "a text of 200 kB",
            format!("{{ model(slug: \"{}\") {{ name }} }}", "x".repeat(200_000)),
            "argumentText",
        ),
        refused(
            "30000 escapes",
            format!("{{ model(slug: \"{}\") {{ name }} }}", "\\u0041".repeat(30_000)),
            "argumentText",
        ),
        answered(
            "a block of 100000 lines",
            format!("{{ model(slug: \"\"\"{}\"\"\") {{ name }} }}", "\n ".repeat(100_000)),
        ),
        refused("brackets behind a text", format!("{{ a(b: \"\\\"\") {} }}", nest(70, "{a", "}")), LARGE),
        refused("brackets in a text that does not end", format!("{{ a(b: \"{}", "[".repeat(1000)), PARSE),
    ]);
    cases
}

fn nesting() -> Vec<Case> {
    vec![
        refused("70 selections in each other", format!("{{ {} }}", nest(70, "a{", "}")), LARGE),
        refused("50000 selections in each other", nest(50_000, "{a", "}"), LARGE),
        refused("100000 open brackets", "{".repeat(100_000), LARGE),
        refused("100000 closed brackets", "}".repeat(100_000), LARGE),
        refused("63 open selections", "{a".repeat(63), PARSE),
        refused("63 lists in each other", format!("{{ a(b: {}) }}", nest(60, "[", "]")), "argumentLevels"),
        refused("60 open lists", format!("{{ a(b: {}", "[".repeat(60)), PARSE),
        refused("60 open objects", format!("{{ a(b: {}", "{c:".repeat(60)), PARSE),
        refused("60 lists of a type", format!("query ($a: {}) {{ a }}", "[".repeat(60) + "Int" + &"]".repeat(60)), ""),
        refused(
            "40 base models",
            format!(
                "{{ models {{ nodes {} }} }}",
                nest(40, "{ baseModel ", "}").replacen("baseModel }", "baseModel { slug } }", 1)
            ),
            LARGE,
        ),
        refused("a variable of 100 levels", "query ($w: ModelFilter) { models(where: $w) { totalCount } }", "")
            .with(&deep(100)),
        refused("a variable of 1000 levels", "query ($w: ModelFilter) { models(where: $w) { totalCount } }", "")
            .with(&deep(1000)),
        refused("an unused variable of 120 levels", "query ($w: ModelFilter) { __typename }", "").with(&deep(120)),
    ]
}

/// The JSON of nested filters. It is built as text: serializing nested values would overflow the stack.
fn deep(levels: usize) -> String {
    format!("{{\"w\":{}{{}}{}}}", "{\"not\":".repeat(levels), "}".repeat(levels))
}

impl Case {
    /// The same request with variables as they are written.
    fn with(self, variables: &str) -> Self {
        let Sent::Json(body) = &self.sent else { return self };
        let body = format!("{{\"query\":{},\"variables\":{variables}}}", body["query"]);
        let head = "POST /graphql HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\n";
        let accept = "accept: application/graphql-response+json";
        let request = format!("{head}{accept}\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        Self { sent: Sent::Raw(request.into_bytes()), ..self }
    }
}

fn width() -> Vec<Case> {
    vec![
        refused("9000 root fields", format!("{{ {} }}", aliases(6000, "__typename")), LARGE),
        refused("101 aliases of a list", format!("{{ {} }}", aliases(101, "models { totalCount }")), "rootFields"),
        answered("100 lists", format!("{{ {} }}", numbered(100, "models(first: #) { totalCount }"))),
        answered("50 aliases of a name", format!("{{ model(slug: \"qwen\") {{ {} }} }}", aliases(50, "name"))),
        refused("51 aliases of a list", format!("{{ {} }}", aliases(51, "models(first: 1) { totalCount }")), "aliases"),
        refused(
            "6000 aliases of a name",
            format!("{{ model(slug: \"qwen\") {{ {} }} }}", aliases(6000, "name")),
            "aliases",
        ),
        refused(
            "60 aliases of a text in fragments",
            format!(
                "{{ model(slug: \"qwen\") {{ {} ... {{ ...f }} }} }} fragment f on Model {{ {} }}",
                aliases(30, "summary"),
                aliases(30, "summary").replace('a', "b").replace("summbry", "summary")
            ),
            "aliases",
        ),
        answered("6000 times the same name", format!("{{ model(slug: \"qwen\") {{ {} }} }}", "name ".repeat(6000))),
        refused(
            "2000 aliases of a relation",
            format!("{{ model(slug: \"qwen\") {{ {} }} }}", aliases(2000, "baseModel { name }")),
            "aliases",
        ),
        refused(
            "7000 aliases of a relation",
            format!("{{ model(slug: \"qwen\") {{ {} }} }}", aliases(7000, "name")),
            "tokens",
        ),
        refused(
            "6000 fields that are not there",
            format!("{{ model(slug: \"qwen\") {{ {} }} }}", numbered(6000, "nmae#")),
            INVALID,
        ),
        refused("60 errors", format!("{{ {} }}", numbered(60, "modles#")), "TOO_MANY_ERRORS"),
        refused(
            "11 directives on a field",
            format!("{{ __typename {} }}", "@skip(if: false) ".repeat(11)),
            "directives",
        ),
        refused("3000 directives on a field", format!("{{ __typename {} }}", "@skip(if: false) ".repeat(3000)), LARGE),
        refused("2000 unknown directives", format!("{{ __typename {} }}", "@a ".repeat(2000)), LARGE),
        refused(
            "4000 variables",
            format!("query ({}) {{ __typename }}", (0..4000).map(|n| format!("$a{n}: Int ")).collect::<String>()),
            "",
        ),
        refused("2000 operations", (0..2000).map(|n| format!("query q{n} {{ __typename }} ")).collect::<String>(), ""),
        refused("two operations without names", "{ __typename } { __typename }", PARSE),
    ]
}

fn spread() -> Vec<Case> {
    vec![
        refused("28 fragments that double", format!("{{ ...f0 }} {}", fragments(28, 2)), "selections"),
        refused("900 fragments that double", format!("{{ ...f0 }} {}", fragments(900, 2)), "selections"),
        refused("13 fragments that double", format!("{{ ...f0 }} {}", fragments(13, 2)), "selections"),
        refused("5 fragments that multiply by 10", format!("{{ ...f0 }} {}", fragments(5, 10)), "selections"),
        refused(
            "fragments that double and are not used",
            format!("{{ __typename }} {}", fragments(28, 2)),
            "selections",
        ),
        refused("a chain of 900 fragments", format!("{{ ...f0 }} {}", fragments(900, 1)), "nesting"),
        refused("a chain of 2000 fragments", format!("{{ ...f0 }} {}", fragments(2000, 1)), "fragments"),
        answered("a chain of 90 fragments", format!("{{ ...f0 }} {}", fragments(90, 1))),
        refused("a fragment in itself", "{ ...a } fragment a on Query { ...a }", "spreads itself"),
        refused(
            "two fragments in each other",
            "{ ...a } fragment a on Query { ...b ...b } fragment b on Query { ...a ...a }",
            "spreads itself",
        ),
        refused("a circle that nobody spreads", "{ __typename } fragment a on Query { ...a }", "spreads itself"),
        refused(
            "a circle deep within",
            "{ ...a } fragment a on Query { models { nodes { ...b } } } fragment b on Model { baseModel { ...b } }",
            "spreads itself",
        ),
        refused("a fragment that is not there", "{ ...nobody }", INVALID),
        refused(
            "a fragment twice",
            "{ ...a } fragment a on Query { __typename } fragment a on Query { __typename }",
            "",
        ),
        refused("a fragment on nothing", "{ ...a } fragment a on Nothing { __typename }", INVALID),
        refused("a chain of inline fragments", format!("{{ {} }}", nest(80, "... { ", "}")), LARGE),
    ]
}

fn introspection() -> Vec<Case> {
    vec![
        refused(
            "1800 names of every type",
            format!("{{ __schema {{ types {{ {} }} }} }}", aliases(6000, "name")),
            "introspection",
        ),
        refused(
            "50 long keys of every type",
            format!(
                "{{ __schema {{ types {{ {} }} }} }}",
                (0..50).map(|number| format!("{}{number}: name ", "a".repeat(900))).collect::<String>()
            ),
            "introspection",
        ),
        refused(
            "all fields 400 times",
            format!("{{ __schema {{ types {{ {} }} }} }}", aliases(400, "fields { name description }")),
            "introspection",
        ),
        refused(
            "fields of types of fields",
            format!(
                "{{ __schema {{ types {{ {} }} }} }}",
                nest(6, "fields { type { ", "} }").replacen("type { }", "type { name }", 1)
            ),
            "introspection",
        ),
        refused(
            "100 schemas",
            format!("{{ {} }}", aliases(90, "__schema { types { fields { name args { name type { name } } } } }")),
            "introspection",
        ),
        refused(
            "possible types of possible types",
            format!(
                "{{ __type(name: \"Node\") {{ {} }} }}",
                nest(10, "possibleTypes { interfaces { ", "} }").replacen("{ }", "{ name }", 1)
            ),
            "introspection",
        ),
        answered("no such type", "{ __type(name: \"'; DROP TABLE model\") { name } }"),
    ]
}

fn cost() -> Vec<Case> {
    vec![
        refused(
            "pages of pages of pages",
            "{ models(first: 100) { nodes { license { models(first: 100) { nodes { license { models(first: 100) { nodes { name } } } } } } } } }",
            "COST_EXCEEDED",
        ),
        refused(
            "the same in edges",
            "{ models(first: 100) { edges { node { license { models(first: 100) { edges { node { license { models(last: 100) { edges { node { name } } } } } } } } } } } }",
            "COST_EXCEEDED",
        ),
        refused(
            "100 times the past",
            format!(
                "{{ {} }}",
                aliases(100, "models(first: 100, asOf: \"2099-01-01T00:00:00Z\") { nodes { name sizes { label } } }")
            ),
            "COST_EXCEEDED",
        ),
        case(
            "pages by a variable",
            "query ($n: Int) { models(first: $n) { nodes { license { models(first: $n) { nodes { license { models(first: $n) { nodes { name } } } } } } } } }",
            &json!({ "n": 100 }),
            &[400],
            "COST_EXCEEDED",
        ),
        case(
            "pages by a default",
            "query ($n: Int = 100) { models(first: $n) { nodes { license { models(first: $n) { nodes { license { models(first: $n) { nodes { name } } } } } } } } }",
            &json!({}),
            &[400],
            "COST_EXCEEDED",
        ),
        refused(
            "a search for 65 words",
            format!(
                "{{ models(search: \"{}\") {{ totalCount }} }}",
                (0..65).map(|n| format!("w{n} ")).collect::<String>()
            ),
            "searchWords",
        ),
        case(
            "100 searches for 64 words",
            format!(
                "query ($s: String!) {{ {} }}",
                numbered(100, "search(query: $s, first: #) { nodes { __typename } }")
            ),
            &json!({ "s": (0..64).map(|n| format!("w{n} ")).collect::<String>() }),
            &[200],
            "data",
        ),
    ]
}

fn values() -> Vec<Case> {
    let filter = "query ($w: ModelFilter) { models(where: $w) { totalCount } }";
    let page = "query ($n: Int) { models(first: $n) { totalCount } }";
    let many = json!({ "w": { "or": vec![json!({ "name": { "contains": "a" } }); 165] } });
    let mut cases = vec![
        case("165 alternatives", filter, &many, &[200], "data"),
        case(
            "165 alternatives 100 times",
            format!("query ($w: ModelFilter) {{ {} }}", numbered(100, "models(first: #, where: $w) { totalCount }")),
            &many,
            &[200],
            "data",
        ),
        case(
            "20000 alternatives",
            filter,
            &json!({ "w": { "or": vec![json!({}); 20_000] } }),
            &[400],
            "variableValues",
        ),
        case("70000 slugs", filter, &json!({ "w": { "slug": { "in": vec!["x"; 70_000] } } }), &[400], "variableValues"),
        case(
            "a variable in 2000 directives",
            format!("mutation ($v: Boolean!) {{ {} }}", aliases(50, "__typename @include(if: $v)")),
            &json!({ "v": vec![vec![1; 1000]; 90] }),
            &[400],
            INVALID,
        ),
        case(
            "500 ids",
            "query ($i: [ID!]!) { nodes(ids: $i) { id } }",
            &json!({ "i": vec!["x"; 600] }),
            &[400],
            "argumentValues",
        ),
    ];
    let odd = [
        json!(null),
        json!("5"),
        json!(1.5),
        json!(-1),
        json!(0),
        json!(101),
        json!(2_147_483_648_i64),
        json!(i64::MIN),
        json!(1e300),
        json!(true),
        json!([]),
        json!([5]),
        json!({}),
        json!({ "a": { "a": {} } }),
    ];
    for value in odd {
        cases.push(case(&format!("a page of {value}"), page, &json!({ "n": value }), &[200, 400], ""));
        cases.push(case(&format!("a filter {value}"), filter, &json!({ "w": value }), &[200, 400], ""));
        let count = json!({ "w": { "maxParameters": { "eq": value } } });
        cases.push(case(&format!("parameters {value}"), filter, &count, &[200, 400], ""));
    }
    cases
}
