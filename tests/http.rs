//! GraphQL over HTTP.

use std::io::{Read, Write};

use libtest_mimic::Trial;
use open_llm_catalog::http::middleware::csrf::CsrfPrevention;
use open_llm_catalog::http::server::options::Options;
use reqwest::{Response, header::HeaderMap};
use serde_json::{Value as Json, json};

use crate::{
    cli::connect,
    support::{App, options},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        get_executes_queries_with_variables_and_operation_name,
        get_rejects_mutations,
        other_methods_are_rejected_with_the_allowed_ones,
        head_is_allowed_where_get_is,
        head_has_the_headers_of_get_and_no_body,
        empty_parameters_are_absent,
        a_byte_order_mark_before_a_body_is_ignored,
        trailing_slashes_are_ignored,
        browsers_without_a_query_are_redirected_to_the_playground,
        other_sites_cannot_trigger_queries,
        only_json_in_utf_8_is_accepted,
        content_negotiation_chooses_the_response_type,
        responses_to_invalid_documents_have_no_data,
        malformed_requests_are_rejected_with_a_reason,
        bodies_over_the_limit_are_rejected,
        equal_queries_return_identical_bytes,
    ]
}

const GRAPHQL: &str = "application/graphql-response+json";

/// The status, the headers and the body of a response.
pub async fn read(request: reqwest::RequestBuilder) -> (u16, HeaderMap, String) {
    let response: Response = request.send().await.expect("the server answers");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    (status, headers, response.text().await.expect("the answer is text"))
}

/// The header as text; empty where there is none.
pub fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map_or("", |value| value.to_str().expect("headers are text here"))
}

/// The code of the one error of a response without data.
pub fn refusal(body: &str) -> String {
    let answer: Json = serde_json::from_str(body).unwrap_or_else(|_| panic!("not JSON: {body}"));
    let errors = answer["errors"].as_array().expect("a list of errors");
    assert_eq!((errors.len(), answer.get("data")), (1, None), "{body}");
    assert!(errors[0]["message"].as_str().is_some_and(|text| text.len() > 10), "{body}");
    errors[0]["extensions"]["code"].as_str().expect("a code").to_owned()
}

async fn get_executes_queries_with_variables_and_operation_name(app: App) {
    let request = app.request("GET", "/graphql").header("accept", GRAPHQL).query(&[
        ("query", "query A { __typename } query B($slug: String!) { model(slug: $slug) { name } }"),
        ("operationName", "B"),
        ("variables", r#"{"slug":"llama-2"}"#),
    ]);
    let (status, headers, body) = read(request).await;
    assert_eq!((status, body.as_str()), (200, r#"{"data":{"model":{"name":"LLaMA-2"}},"extensions":{"cost":1}}"#));
    assert_eq!(header(&headers, "content-type"), "application/graphql-response+json; charset=utf-8");
    for (name, value) in [("variables", "{"), ("variables", "[]"), ("extensions", "5")] {
        let request = app.request("GET", "/graphql").query(&[("query", "{ __typename }"), (name, value)]);
        let (status, _, body) = read(request).await;
        assert_eq!((status, refusal(&body).as_str()), (400, "BAD_REQUEST"), "{name}={value}");
    }
    let (status, _, body) = read(app.request("GET", "/graphql")).await;
    assert_eq!((status, refusal(&body).as_str()), (400, "BAD_REQUEST"));
}

async fn get_rejects_mutations(app: App) {
    for query in ["mutation { __typename }", "query A { __typename } mutation B { __typename }"] {
        let parameters = [("query", query), ("operationName", "B")];
        let parameters = &parameters[..if query.contains('B') { 2 } else { 1 }];
        let (status, headers, body) = read(app.request("GET", "/graphql").query(parameters)).await;
        assert_eq!((status, refusal(&body).as_str()), (405, "METHOD_NOT_ALLOWED"), "{query}");
        assert_eq!(header(&headers, "allow"), "GET, HEAD, POST", "{query}");
    }
    // A query next to a mutation can be executed.
    let parameters = [("query", "query A { __typename } mutation B { __typename }"), ("operationName", "A")];
    let (status, ..) = read(app.request("GET", "/graphql").query(&parameters)).await;
    assert_ne!(status, 405);
}

async fn other_methods_are_rejected_with_the_allowed_ones(app: App) {
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS"] {
        let request = app.request(method, "/graphql").json(&json!({ "query": "{ __typename }" }));
        let (status, headers, body) = read(request).await;
        assert_eq!((status, refusal(&body).as_str()), (405, "METHOD_NOT_ALLOWED"), "{method}");
        assert_eq!(header(&headers, "allow"), "GET, HEAD, POST", "{method}");
    }
}

async fn head_is_allowed_where_get_is(app: App) {
    for path in ["/", "/models/qwen", "/healthz", "/readyz", "/metrics", "/playground", "/schema.graphql", "/feed.atom"]
    {
        let (status, headers, body) = read(app.request("HEAD", path)).await;
        assert_eq!((status, &*body), (200, ""), "{path}");
        assert_eq!(headers["content-type"], read(app.request("GET", path)).await.1["content-type"], "{path}");
    }
}

async fn head_has_the_headers_of_get_and_no_body(app: App) {
    let (.., page) = read(app.request("GET", "/")).await;
    let asset = page.split('"').find(|text| text.starts_with("/assets/")).expect("a page has assets");
    let query = "/graphql?query={catalog{revision}}";
    for path in
        [query, "/graphql?query={nothing}", "/models/qwen", "/feed.atom", "/export/models.csv", asset, "/nothing"]
    {
        let (status, expected, _) = read(app.request("GET", path)).await;
        let (head, mut headers, body) = read(app.request("HEAD", path)).await;
        assert_eq!((head, body.as_str()), (status, ""), "{path}");
        // The length of a stream is not known before it is written.
        for name in ["date", "x-request-id", "content-length", "transfer-encoding"] {
            assert!(name != "content-length" || headers.get(name) == expected.get(name), "{path}: {headers:?}");
            headers.remove(name);
        }
        for (name, value) in &headers {
            assert_eq!(expected.get(name), Some(value), "{path}: {name}");
        }
    }
    let tag = header(&read(app.request("HEAD", query)).await.1, "etag").to_owned();
    assert_eq!(read(app.request("HEAD", query).header("if-none-match", tag)).await.0, 304);
    let subscription = "/graphql?query=subscription{revisions(after:0){number}}";
    let (status, ..) = read(app.request("HEAD", subscription).header("accept", "text/event-stream")).await;
    assert_eq!(status, 200, "the response ends");
    assert_eq!(read(app.request("HEAD", "/graphql?query=mutation{__typename}")).await.0, 405);
}

async fn empty_parameters_are_absent(app: App) {
    for rest in ["operationName=", "variables=", "extensions=", "operationName=&variables=&extensions="] {
        let (status, _, body) =
            read(app.request("GET", &format!("/graphql?query=query+A{{catalog{{revision}}}}&{rest}"))).await;
        assert_eq!(
            (status, body.as_str()),
            (200, r#"{"data":{"catalog":{"revision":44}},"extensions":{"cost":1}}"#),
            "{rest}"
        );
    }
    let (status, _, body) = read(app.request("GET", "/graphql?query=")).await;
    assert_eq!((status, refusal(&body).as_str()), (400, "BAD_REQUEST"));
    let (status, answer) = app.post(&json!({ "query": "query A { __typename }", "operationName": "" })).await;
    assert_eq!((status, &answer["data"]["__typename"]), (200, &json!("Query")));
}

async fn a_byte_order_mark_before_a_body_is_ignored(app: App) {
    let request = app.request("POST", "/graphql").header("content-type", "application/json");
    let (status, _, body) = read(request.body("\u{feff}{\"query\":\"{ __typename }\"}")).await;
    assert_eq!((status, body.as_str()), (200, r#"{"data":{"__typename":"Query"},"extensions":{"cost":1}}"#));
}

async fn trailing_slashes_are_ignored(app: App) {
    let query = json!({ "query": "{ __typename }" });
    assert_eq!(read(app.request("POST", "/graphql/").json(&query)).await.0, 200);
    for (path, same) in [
        ("/graphql/?query={__typename}", "/graphql?query={__typename}"),
        ("/models/qwen/", "/models/qwen"),
        ("/licenses///?q=llama", "/licenses?q=llama"),
        ("/schema.graphql/", "/schema.graphql"),
    ] {
        let (status, _, body) = read(app.request("GET", path)).await;
        assert!((status, &body) == (200, &read(app.request("GET", same)).await.2), "{status} for {path}: {body:.300}");
    }
    assert_eq!(read(app.request("GET", "/models//qwen")).await.0, 404);
}

async fn browsers_without_a_query_are_redirected_to_the_playground(app: App) {
    const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    // The client follows redirects, and HEAD tells where to.
    let response = app.request("GET", "/graphql").header("accept", BROWSER).send().await.expect("the server responds");
    assert_eq!((response.status().as_u16(), response.url().path()), (200, "/playground"));
    for (accept, path) in [("*/*", "/graphql"), (BROWSER, "/graphql?query={__typename}")] {
        let (_, headers, _) = read(app.request("GET", path).header("accept", accept)).await;
        assert_eq!(header(&headers, "content-type"), "application/json; charset=utf-8", "{accept} {path}");
    }
    let without = app.with_options(Options { playground: false, ..options() });
    assert_eq!(read(without.request("GET", "/graphql").header("accept", BROWSER)).await.0, 400);
}

async fn other_sites_cannot_trigger_queries(app: App) {
    let image = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "image")];
    let form = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")];
    let link = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "document"),
        ("sec-fetch-user", "?1"),
    ];
    let script = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "cors"), ("sec-fetch-dest", "empty")];
    let page = [("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "cors"), ("sec-fetch-dest", "empty")];
    let preflight = [image.as_slice(), &[("apollo-require-preflight", "true")]].concat();
    let header = app.with_options(Options { csrf_prevention: CsrfPrevention::Header, ..options() });
    let off = app.with_options(Options { csrf_prevention: CsrfPrevention::Off, ..options() });
    let executed = [("fetch-metadata", &app), ("header", &header), ("off", &off)];
    let cases = [
        (image.as_slice(), [false, false, true]),
        (&form, [false, false, true]),
        (&link, [true, false, true]),
        (&script, [true, false, true]),
        (&page, [true, false, true]),
        (&[], [true, false, true]),
        (&preflight, [true, true, true]),
    ];
    for (number, (headers, expected)) in cases.into_iter().enumerate() {
        for ((name, server), expected) in executed.into_iter().zip(expected) {
            let send = |method: &str, headers: &[(&str, &str)]| {
                let request = server.request(method, &format!("/graphql?query={{a{number}:catalog{{revision}}}}"));
                headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))
            };
            for method in ["HEAD", "GET"] {
                let status = read(send(method, headers)).await.0;
                assert_eq!(status, if expected { 200 } else { 403 }, "{name}: {method} {headers:?}");
            }
            if !expected {
                assert_eq!(refusal(&read(send("GET", headers)).await.2), "CSRF_PREVENTED", "{name}: {headers:?}");
                // A cached response is sent to everyone.
                assert_eq!(read(send("GET", &preflight)).await.0, 200, "{name}");
                assert_eq!(read(send("GET", headers)).await.0, 200, "{name}: {headers:?}");
            }
        }
    }
    let post =
        image.iter().fold(app.request("POST", "/graphql"), |request, (name, value)| request.header(*name, *value));
    assert_eq!(read(post.json(&json!({ "query": "{ __typename }" }))).await.0, 200);
}

async fn only_json_in_utf_8_is_accepted(app: App) {
    let post = |media: Option<&str>| {
        let request = app.request("POST", "/graphql").body(r#"{"query":"{ catalog { revision } }"}"#);
        media.into_iter().fold(request, |request, media| request.header("content-type", media))
    };
    for media in ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"] {
        let (status, _, body) = read(post(Some(media))).await;
        assert_eq!(
            (status, body.as_str()),
            (200, r#"{"data":{"catalog":{"revision":44}},"extensions":{"cost":1}}"#),
            "{media}"
        );
    }
    let refused = [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json;charset=latin1",
        "application/graphql",
        "nonsense",
    ];
    for media in refused.map(Some).into_iter().chain([None]) {
        let (status, _, body) = read(post(media)).await;
        assert_eq!((status, refusal(&body).as_str()), (415, "UNSUPPORTED_MEDIA_TYPE"), "{media:?}");
    }
}

async fn content_negotiation_chooses_the_response_type(app: App) {
    let json = "application/json";
    let cases = [
        (None, json),
        (Some("*/*"), json),
        (Some("application/*"), json),
        (Some(json), json),
        (Some(GRAPHQL), GRAPHQL),
        (Some("application/graphql-response+json, application/json;q=0.9"), GRAPHQL),
        (Some("application/json;q=0.9, application/graphql-response+json"), GRAPHQL),
        (Some("application/graphql-response+json;q=0.5, application/json;q=0.9"), json),
        (Some("application/graphql-response+json;q=0, */*;q=0.1"), json),
        (Some("text/html, image/png, application/graphql-response+json;q=0.1"), GRAPHQL),
        (Some("application/json, application/graphql-response+json"), json),
    ];
    for (accept, media) in cases {
        let request = app.request("POST", "/graphql").json(&json!({ "query": "{ __typename }" }));
        let request = accept.into_iter().fold(request, |request, accept| request.header("accept", accept));
        let (status, headers, body) = read(request).await;
        assert_eq!(
            (status, body.as_str()),
            (200, r#"{"data":{"__typename":"Query"},"extensions":{"cost":1}}"#),
            "{accept:?}"
        );
        let expected = format!("{media}; charset=utf-8");
        assert_eq!(header(&headers, "content-type"), expected, "{accept:?}");
        assert_eq!(header(&headers, "vary"), "accept, accept-encoding, authorization");
    }
    for accept in ["image/png", "text/html;q=0.9", "application/json;q=0"] {
        let request = app.request("POST", "/graphql").json(&json!({ "query": "{ __typename }" }));
        let (status, headers, body) = read(request.header("accept", accept)).await;
        assert_eq!((status, refusal(&body).as_str()), (406, "NOT_ACCEPTABLE"), "{accept}");
        assert_eq!(header(&headers, "content-type"), "application/json; charset=utf-8");
    }
}

async fn responses_to_invalid_documents_have_no_data(app: App) {
    for (query, code) in [
        ("{ models(", "GRAPHQL_PARSE_FAILED"),
        ("", "GRAPHQL_PARSE_FAILED"),
        ("{ moddels { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { __typename } query B { __typename }", "GRAPHQL_VALIDATION_FAILED"),
    ] {
        for (accept, expected) in [(GRAPHQL, 400), ("application/json", 200)] {
            let request = app.request("POST", "/graphql").header("accept", accept);
            let (status, _, body) = read(request.json(&json!({ "query": query }))).await;
            assert_eq!((status, refusal(&body).as_str()), (expected, code), "{query} as {accept}");
        }
    }
    // A field error is not a request error.
    let query = json!({ "query": "{ model(slug: \"x\") { name } }" });
    for accept in [GRAPHQL, "application/json"] {
        let (status, _, body) = read(app.request("POST", "/graphql").header("accept", accept).json(&query)).await;
        let answer: Json = serde_json::from_str(&body).expect("JSON");
        assert_eq!((status, &answer["data"]), (200, &json!({ "model": null })), "{accept}");
    }
}

async fn malformed_requests_are_rejected_with_a_reason(app: App) {
    let cases = [
        ("", "JSON"),
        ("{", "JSON"),
        ("nonsense", "JSON"),
        (r#""{ __typename }""#, "JSON object"),
        ("5", "JSON object"),
        ("null", "JSON object"),
        (r#"[{"query":"{ __typename }"}]"#, "one request at a time"),
        (" \n[]", "one request at a time"),
        ("{}", "`query`, the text of a GraphQL document, is missing"),
        (r#"{"query":null}"#, "`query`, the text of a GraphQL document, is missing"),
        (r#"{"query":5}"#, "`query` is not a string"),
        (r#"{"query":["{ __typename }"]}"#, "`query` is not a string"),
        (r#"{"query":"{ __typename }","variables":[]}"#, "`variables` is not a JSON object"),
        (r#"{"query":"{ __typename }","variables":"{}"}"#, "`variables` is not a JSON object"),
        (r#"{"query":"{ __typename }","operationName":5}"#, "`operationName` is not a string"),
        (r#"{"query":"{ __typename }","extensions":5}"#, "`extensions` is not a JSON object"),
    ];
    for accept in [GRAPHQL, "application/json"] {
        for (body, part) in cases {
            let request = app.request("POST", "/graphql").header("accept", accept);
            let (status, _, answer) = read(request.header("content-type", "application/json").body(body)).await;
            assert_eq!((status, refusal(&answer).as_str()), (400, "BAD_REQUEST"), "{body}");
            assert!(answer.contains(part), "{body} gets {answer}");
        }
    }
}

async fn bodies_over_the_limit_are_rejected(app: App) {
    let limit = open_llm_catalog::http::limits::body::MAX_BODY_BYTES;
    let of_length = |length: usize| {
        let empty = r#"{"query":"{ __typename }","pad":""}"#.len();
        format!(r#"{{"query":"{{ __typename }}","pad":"{}"}}"#, "x".repeat(length - empty))
    };
    let post = |body: String| {
        let request = app.request("POST", "/graphql").header("content-type", "application/json");
        read(request.body(body))
    };
    for length in [limit + 1, 20_000_000] {
        let (status, _, body) = post(of_length(length)).await;
        assert_eq!((status, refusal(&body).as_str()), (413, "PAYLOAD_TOO_LARGE"), "{length}");
        assert!(body.contains("1048576 bytes"), "{body}");
    }
    // A client that reads only after it has sent everything gets the response too.
    let mut stream = connect(&app.address["http://".len()..]);
    let head = "POST /graphql HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncontent-type: application/json\r\n";
    write!(stream, "{head}content-length: 20000000\r\n\r\n{}", of_length(20_000_000)).expect("the server reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("the server answers");
    assert!(answer.starts_with("HTTP/1.1 413 ") && answer.contains("PAYLOAD_TOO_LARGE"), "{answer}");
    let (status, _, body) = post(of_length(limit)).await;
    assert_eq!((status, body.as_str()), (200, r#"{"data":{"__typename":"Query"},"extensions":{"cost":1}}"#));
}

async fn equal_queries_return_identical_bytes(app: App) {
    let query = "{ z: catalog { revision counts { models } } model(slug: \"llama\") { name sizes { label model { slug } } }
        b: models(first: 5) { totalCount nodes { organizations { slug } license { name } slug } facets { kinds { value count } } }
        a: search(query: \"llama\") { nodes { __typename ... on Model { slug } } } y: sizes(first: 3) { nodes { label } }
        datasets { nodes { models { nodes { slug } } slug } } c: organizations { totalCount } d: licenses { totalCount }
        e: architectures { totalCount } viewer { role } revisions(last: 2) { nodes { number } } }";
    let post = || read(app.request("POST", "/graphql").json(&json!({ "query": query })));
    let (_, _, first) = post().await;
    let keys = ["z", "model", "b", "a", "y", "datasets", "c", "d", "e", "viewer", "revisions"];
    let places = keys.map(|key| first.find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{key} in {first}")));
    assert!(places.is_sorted(), "{first}");
    assert!(
        first.starts_with(r#"{"data":{"z":{"revision":44,"counts":{"models":31}},"model":{"name":"LLaMA","sizes""#)
    );
    for _ in 0..50 {
        assert_eq!(post().await.2, first);
    }
}
