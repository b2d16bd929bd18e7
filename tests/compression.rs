//! Compressed responses: negotiation, entity tags, and which responses are compressed.

use std::io::Read;

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use reqwest::header::HeaderMap;
use serde_json::json;

use crate::{
    http::{header, read},
    support::App,
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        every_kind_of_response_is_compressed,
        the_weights_of_accept_encoding_decide,
        compressed_responses_come_from_the_response_cache,
        responses_for_tokens_and_errors_are_compressed,
        short_responses_and_event_streams_are_not_compressed,
    ]
}

const INTROSPECTION: &str = "/graphql?query={__schema{types{name,description,fields{name,description}}}}";

/// The status, the headers and the bytes of a response.
async fn fetch(request: reqwest::RequestBuilder, accepted: &str) -> (u16, HeaderMap, Vec<u8>) {
    let response = request.header("accept-encoding", accepted).send().await.expect("the server responds");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    (status, headers, response.bytes().await.expect("the response is complete").to_vec())
}

fn decompress(encoding: &str, body: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::new();
    let result = match encoding {
        "br" => brotli::Decompressor::new(body, 4096).read_to_end(&mut decoded),
        "zstd" => return zstd::decode_all(body).expect("the body is zstd"),
        "gzip" => flate2::read::GzDecoder::new(body).read_to_end(&mut decoded),
        _ => return body.to_vec(),
    };
    result.expect("the body has its encoding");
    decoded
}

async fn every_kind_of_response_is_compressed(app: App) {
    let paths = [
        INTROSPECTION,
        "/",
        "/models/qwen",
        "/licenses",
        "/plots",
        "/playground",
        "/schema.graphql",
        "/schema/document.json",
        "/export/catalog.json",
        "/export/models.csv",
        "/feed.atom",
        "/metrics",
    ];
    for path in paths {
        let (status, plain_headers, plain) = fetch(app.request("GET", path), "identity").await;
        assert_eq!((status, header(&plain_headers, "content-encoding")), (200, ""), "{path}");
        let tag = header(&plain_headers, "etag");
        for encoding in ["br", "zstd", "gzip"] {
            let (status, headers, body) = fetch(app.request("GET", path), encoding).await;
            assert_eq!((status, header(&headers, "content-encoding")), (200, encoding), "{path}");
            assert!(header(&headers, "vary").contains("accept-encoding"), "{path}: {headers:?}");
            assert!(body.len() * 10 < plain.len() * 9, "{path}: {} of {} bytes", body.len(), plain.len());
            if path == "/metrics" {
                continue;
            }
            assert!(decompress(encoding, &body) == plain, "{path} in {encoding}");
            assert!(header(&plain_headers, "vary").contains("accept-encoding"), "{path}: {plain_headers:?}");
            let compressed_tag = header(&headers, "etag");
            assert_eq!(compressed_tag, format!("{}-{encoding}\"", tag.trim_end_matches('"')), "{path}");
            for method in ["GET", "HEAD"] {
                for requested in [compressed_tag, &format!("\"other\", {compressed_tag}")] {
                    let request = app.request(method, path).header("if-none-match", requested);
                    let (status, headers, body) = fetch(request, encoding).await;
                    assert_eq!((status, header(&headers, "etag")), (304, compressed_tag), "{method} {path}");
                    assert_eq!((header(&headers, "content-encoding"), body.len()), ("", 0), "{method} {path}");
                }
            }
            let request = app.request("GET", path).header("if-none-match", compressed_tag);
            assert_eq!(fetch(request, "identity").await.0, 200, "{path}: the client does not accept {encoding}");
            let (status, head, _) = fetch(app.request("HEAD", path), encoding).await;
            assert_eq!(status, 200, "{path}");
            for name in ["content-encoding", "content-type", "vary", "etag"] {
                // The export of a HEAD is not written, so it is not known whether it is long.
                assert!(path.starts_with("/export") || header(&head, name) == header(&headers, name), "{path}: {name}");
            }
        }
    }
}

async fn the_weights_of_accept_encoding_decide(app: App) {
    let cases = [
        ("", ""),
        ("identity", ""),
        ("deflate", ""),
        ("gzip;q=0", ""),
        ("*;q=0", ""),
        ("gzip;q=nonsense", ""),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "br"),
        ("zstd, gzip", "zstd"),
        ("gzip, br;q=0.5", "gzip"),
        ("gzip; q=0.5 , ZSTD ; Q=0.7", "zstd"),
        ("*", "zstd"),
        ("zstd;q=0, *", "br"),
        ("*;q=0, gzip", "gzip"),
        ("identity;q=1, gzip;q=0.5", ""),
        ("identity;q=0.5, gzip;q=1", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP", "gzip"),
    ];
    for path in ["/schema.graphql", "/models/qwen", INTROSPECTION] {
        for (accepted, expected) in cases {
            let (status, headers, _) = fetch(app.request("GET", path), accepted).await;
            assert_eq!((status, header(&headers, "content-encoding")), (200, expected), "{path}: {accepted:?}");
        }
        let (_, headers, _) = read(app.request("GET", path)).await;
        assert_eq!(header(&headers, "content-encoding"), "", "{path}: without the header");
    }
}

async fn compressed_responses_come_from_the_response_cache(app: App) {
    let list = "{ models(first: 50) { nodes { name slug sizes { label parameters } } } }";
    let request = || app.request("POST", "/graphql").json(&json!({ "query": list }));
    let (_, _, first) = fetch(request(), "gzip").await;
    let before = app.statements();
    for encoding in ["gzip", "br", "zstd", "identity", "gzip"] {
        let (status, headers, body) = fetch(request(), encoding).await;
        let sent = if encoding == "identity" { "" } else { encoding };
        assert_eq!((status, header(&headers, "content-encoding")), (200, sent));
        assert_eq!(decompress(encoding, &body), decompress("gzip", &first), "{encoding}");
    }
    assert_eq!(app.statements(), before);
    // A change is visible in every encoding.
    let editor = app.with_token(&app.token(Role::Editor).await);
    editor.data("mutation { updateModel(input: { slug: \"llama-2\", name: \"Renamed\" }) { revision } }").await;
    for encoding in ["gzip", "br", "identity"] {
        let (_, _, body) = fetch(request(), encoding).await;
        assert!(String::from_utf8_lossy(&decompress(encoding, &body)).contains("Renamed"), "{encoding}");
    }
}

async fn responses_for_tokens_and_errors_are_compressed(app: App) {
    let editor = app.with_token(&app.token(Role::Editor).await);
    let (status, headers, body) = fetch(editor.request("GET", INTROSPECTION), "gzip").await;
    assert_eq!((status, header(&headers, "content-encoding")), (200, "gzip"));
    assert_eq!(header(&headers, "cache-control"), "no-store");
    assert_eq!(decompress("gzip", &body), fetch(editor.request("GET", INTROSPECTION), "identity").await.2);
    let unknown = (0..100).map(|number| format!("unknown{number} ")).collect::<String>();
    let request = app.request("POST", "/graphql").json(&json!({ "query": format!("{{ {unknown} }}") }));
    let (_, headers, body) = fetch(request, "zstd").await;
    assert_eq!(header(&headers, "content-encoding"), "zstd");
    assert!(String::from_utf8_lossy(&decompress("zstd", &body)).contains("unknown1"));
    let request = app.request("GET", "/nowhere").header("accept", "text/html");
    let (status, headers, _) = fetch(request, "br").await;
    assert_eq!((status, header(&headers, "content-encoding")), (404, "br"));
}

async fn short_responses_and_event_streams_are_not_compressed(app: App) {
    let events = app.request("GET", INTROSPECTION).header("accept", "text/event-stream");
    let (status, headers, body) = fetch(events, "gzip, br").await;
    assert_eq!((status, header(&headers, "content-encoding")), (200, ""));
    assert!(String::from_utf8_lossy(&body).contains("event: complete"));
    for path in ["/graphql?query={__typename}", "/healthz", "/readyz", "/nothing"] {
        let (_, headers, _) = fetch(app.request("GET", path), "gzip, br").await;
        assert_eq!(header(&headers, "content-encoding"), "", "{path}");
    }
}
