//! Query limits, which are checked before execution: the size of a document, and its cost.

use libtest_mimic::Trial;
use open_llm_catalog::graphql::limits::settings::Limits;
use open_llm_catalog::http::server::options::Options;
use serde_json::{Value as Json, json};

use crate::{
    errors::INVALID,
    support::{App, Client, options},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        limit_errors_state_the_limit_the_value_and_the_maximum,
        requests_at_a_limit_are_accepted,
        the_cost_is_the_largest_possible_response,
        the_remaining_rate_limit_is_never_cached,
        at_most_fifty_errors_are_returned,
        introspection_and_suggestions_can_be_disabled,
    ]
}

/// A limit, a query that exceeds it by one, and the values in the error.
const BEYOND: [(&str, &str, u64, u64); 6] = [
    ("bytes", "{ __typename       }", 20, 19),
    ("tokens", "{ a b c }", 5, 4),
    ("depth", "{ models { nodes { ...f } } } fragment f on Model { baseModel { name } }", 4, 3),
    ("rootFields", "{ ...f a: __typename } fragment f on Query { b: __typename c: __typename }", 3, 2),
    ("selections", "{ ...f ...f } fragment f on Query { __typename ...g } fragment g on Query { __typename }", 8, 7),
    ("cost", "{ models(first: 30) { nodes { sizes { label } } } }", 1531, 1530),
];

fn limits(limit: &str, maximum: u64) -> Options {
    let (mut limits, maximum) = (Limits::default(), u32::try_from(maximum).expect("a small number"));
    let place = match limit {
        "bytes" => &mut limits.bytes,
        "tokens" => &mut limits.tokens,
        "depth" => &mut limits.depth,
        "rootFields" => &mut limits.root_fields,
        "selections" => &mut limits.selections,
        _ => &mut limits.cost,
    };
    *place = maximum;
    Options { limits, ..options() }
}

async fn limit_errors_state_the_limit_the_value_and_the_maximum(app: App) {
    for (limit, query, value, maximum) in BEYOND {
        let server = app.with_options(limits(limit, maximum));
        let code = if limit == "cost" { "COST_EXCEEDED" } else { "DOCUMENT_TOO_LARGE" };
        let expected = json!({ "code": code, "limit": limit, "value": value, "maximum": maximum });
        for accept in ["application/json", "application/graphql-response+json"] {
            let request = server.request("POST", "/graphql").header("accept", accept);
            let response = request.json(&json!({ "query": query })).send().await.expect("the server answers");
            assert_eq!(response.status(), 400, "{limit} as {accept}");
            let answer = response.json::<Json>().await.expect("the answer is JSON");
            assert_eq!((&answer["errors"][0]["extensions"], answer.get("data")), (&expected, None), "{answer}");
            let message = answer["errors"][0]["message"].as_str().expect("a message");
            assert!(message.contains(&value.to_string()) && message.contains(&maximum.to_string()), "{message}");
        }
    }
}

async fn requests_at_a_limit_are_accepted(app: App) {
    for (limit, query, value, _) in BEYOND {
        let (_, answer) = app.with_options(limits(limit, value)).post(&json!({ "query": query })).await;
        let refused = answer["errors"][0]["extensions"].get("limit");
        assert_eq!(refused, None, "{limit}: {answer}");
    }
}

async fn the_cost_is_the_largest_possible_response(app: App) {
    let costs = [
        ("{ __typename }", 1),
        ("{ catalog { revision counts { models } } }", 2),
        ("{ models { nodes { name } } }", 21),
        ("{ models(first: 5) { nodes { name } } }", 6),
        ("{ models(last: 7) { edges { cursor node { name } } } }", 15),
        ("{ models(first: 5) { ...p } } fragment p on ModelConnection { nodes { name license { name } } }", 11),
        ("{ models(first: 5) { nodes { sizes { label } } } }", 256),
        ("{ models(first: 5) { totalCount nodes { name } } }", 106),
        ("{ organizations(first: 5) { nodes { models(first: 1) { totalCount } } } }", 111),
        ("{ models(first: 5, search: \"llama meta\") { nodes { name } } }", 508),
        ("{ models(first: 5, search: \"llama meta\") { totalCount nodes { name } } }", 1008),
        ("{ models(first: 5, where: { slug: { eq: \"qwen\" } }) { nodes { name } } }", 106),
        ("{ models(first: 5, where: { slug: { eq: \"qwen\" } }) { totalCount nodes { name } } }", 606),
        ("{ models(first: 1) { facets { kinds { count } licenses { count } } } }", 1202),
        ("{ search(query: \"llama\", first: 5) { edges { node { ... on Model { sizes { label } } } } } }", 762),
        ("{ models(first: 5, asOf: \"2099-01-01T00:00:00Z\") { nodes { name } } }", 106),
        ("{ a: models(first: 5) { nodes { name } } b: models(first: 5) { nodes { name } } }", 12),
        ("{ models(first: 5) { nodes { summary } } }", 21),
        ("query($n: Int = 3) { models(first: $n) { nodes { name } } }", 4),
        ("query A { models(first: 100) { nodes { name } } }", 101),
    ];
    for (query, cost) in costs {
        let (status, answer) = app.post(&json!({ "query": query })).await;
        assert_eq!(
            (status, &answer["extensions"], answer.get("errors")),
            (200, &json!({ "cost": cost }), None),
            "{query}"
        );
        // The same from the response cache.
        assert_eq!(app.post(&json!({ "query": query })).await.1["extensions"]["cost"], cost, "{query}");
    }
    let by_variable =
        json!({ "query": "query($n: Int = 3) { models(first: $n) { nodes { name } } }", "variables": { "n": 10 } });
    assert_eq!(app.post(&by_variable).await.1["extensions"]["cost"], 11);
    // Only the executed operation is counted.
    let two = json!({ "query": "query A { __typename } query B { models(first: 100) { nodes { name } } }", "operationName": "A" });
    assert_eq!(app.post(&two).await.1["extensions"]["cost"], 1);
}

async fn the_remaining_rate_limit_is_never_cached(app: App) {
    assert_eq!(app.data("{ rateLimit { limit } }").await, json!({ "rateLimit": null }), "there is no limit here");
    let server = app.with_options(Options { rate_limits: few(1_000_000, 1_000_000), ..options() });
    let query = "{ ...left models(first: 50) { nodes { name } } } fragment left on Query { rateLimit { limit cost remaining } }";
    let mut before = 1_000_000;
    for _ in 0..3 {
        let left = server.data(query).await["rateLimit"].take();
        assert_eq!((&left["limit"], &left["cost"]), (&json!(1_000_000), &json!(52)));
        let remaining = left["remaining"].as_i64().expect("a number");
        // A million a minute is refilled by seventeen per millisecond, but never beyond the maximum.
        assert!(remaining <= before.max(1_000_000 - 52), "{remaining} after {before}");
        before = remaining;
    }
    let slow = app.with_options(Options { rate_limits: few(1000, 1000), ..options() });
    let left = async |client: &Client| {
        let data = client.data("{ rateLimit { remaining } models(first: 100) { nodes { name } } }").await;
        data["rateLimit"]["remaining"].as_i64().expect("a number")
    };
    let (first, second) = (left(&slow).await, left(&slow).await);
    assert!(second < first, "{second} after {first}");
}

/// Limits of requests and cost per minute.
pub fn few(requests: u32, cost: u32) -> open_llm_catalog::http::limits::rate_limit::RateLimits {
    open_llm_catalog::http::limits::rate_limit::RateLimits {
        requests: requests.try_into().ok(),
        cost: cost.try_into().ok(),
        proposals: None,
    }
}

async fn at_most_fifty_errors_are_returned(app: App) {
    let wrong =
        |count: usize| format!("{{ {} }}", (0..count).map(|number| format!("wrong{number} ")).collect::<String>());
    for (count, returned, last) in [(50, 50, INVALID), (51, 50, "TOO_MANY_ERRORS"), (90, 50, "TOO_MANY_ERRORS")] {
        let (status, answer) = app.post(&json!({ "query": wrong(count) })).await;
        let errors = answer["errors"].as_array().expect("errors");
        assert_eq!((status, errors.len()), (400, returned));
        assert_eq!(errors[returned - 1]["extensions"]["code"], last);
    }
    let (_, answer) = app.post(&json!({ "query": wrong(90) })).await;
    assert_eq!(answer["errors"][49]["message"], "There are 41 more errors.");
    // Errors of fields leave their data in place.
    let fields =
        (0..60).map(|number| format!("a{number}: model(slug: \"nobody-{number}\") {{ name }} ")).collect::<String>();
    let (status, answer) = app.post(&json!({ "query": format!("{{ {fields} }}") })).await;
    assert_eq!((status, answer["errors"].as_array().map(Vec::len)), (200, Some(50)));
    assert_eq!(answer["data"].as_object().map(serde_json::Map::len), Some(60));
}

/// Misspelled names of a field, an argument, a field of a filter and a value, with what is suggested.
const MISSPELLED: [(&str, &str); 5] = [
    ("{ modles { totalCount } }", "\"models\""),
    ("{ models(were: {}) { totalCount } }", "\"where\""),
    ("{ models(where: { comercialUse: { eq: ALLOWED } }) { totalCount } }", "Did you mean \"commercialUse\"?"),
    ("{ models(where: { commercialUse: { eq: ALOWED } }) { totalCount } }", "Did you mean \"ALLOWED\"?"),
    (
        "{ models(where: { organizations: { slug: { eq: \"meta\" } } }) { totalCount } }",
        "; known are \"every\", \"none\", \"some\"",
    ),
];

async fn introspection_and_suggestions_can_be_disabled(app: App) {
    let limits = Limits { introspection: false, suggestions: false, ..Limits::default() };
    let server = app.with_options(Options { limits, ..options() });
    for (query, suggestion) in MISSPELLED {
        let (code, message) = app.error(query).await;
        assert!(code == INVALID && message.contains(suggestion), "{message}");
        let (code, message) = server.error(query).await;
        assert!(code == INVALID && !message.contains(suggestion), "{message}");
    }
    for query in
        ["{ __schema { types { name } } }", "{ ...a } fragment a on Query { x: __type(name: \"Model\") { name } }"]
    {
        assert_eq!(server.error(query).await.0, "INTROSPECTION_OFF", "{query}");
    }
    assert_eq!(server.data("{ __typename }").await["__typename"], "Query");
    let schema = server.request("GET", "/schema.graphql").send().await.expect("the server answers");
    assert_eq!(schema.status(), 404);
}
