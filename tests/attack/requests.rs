//! HTTP requests that are not GraphQL requests, or that a page of another site could send.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};

use super::{Case, Sent};

const QUERY: &str = r#"{"query":"{ __typename }"}"#;
const MUTATION: &str = r#"{"query":"mutation { deleteModel(input: { slug: \"qwen\" }) { revision } }"}"#;
const JSON: &str = "content-type: application/json\r\n";

/// A request with these headers and this body.
fn request(line: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head =
        format!("{line} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{headers}content-length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn post(name: &str, headers: &str, body: impl AsRef<[u8]>, statuses: &'static [u16], says: &'static str) -> Case {
    Case::new(name, Sent::Raw(request("POST /graphql", headers, body.as_ref())), statuses, says)
}

fn line(line: &str, statuses: &'static [u16], says: &'static str) -> Case {
    Case::new(line.chars().take(60).collect::<String>(), Sent::Raw(request(line, "", b"")), statuses, says)
}

fn raw(name: &str, bytes: impl Into<Vec<u8>>, statuses: &'static [u16]) -> Case {
    Case::new(name, Sent::Raw(bytes.into()), statuses, "")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}

pub fn cases() -> Vec<Case> {
    [media(), bodies(), packed(), methods(), heads()].into_iter().flatten().collect()
}

/// Requests that a page of another site can send without a preflight request: none is executed.
fn media() -> Vec<Case> {
    let types = [
        "text/plain",
        "text/plain; charset=utf-8",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/html",
        "*/*",
        "",
        "application/json; charset=utf-16",
        "application/graphql",
        "text/json",
        "application/xml",
        "application/json, text/plain",
        "garbage",
    ];
    let mut cases = types.map(|media| {
        post(
            &format!("a mutation as {media:?}"),
            &format!("content-type: {media}\r\n"),
            MUTATION,
            &[415],
            "UNSUPPORTED",
        )
    });
    cases.reverse();
    let mut cases = Vec::from(cases);
    cases.extend([
        post("a mutation without a media type", "", MUTATION, &[415], "UNSUPPORTED"),
        post(
            "a mutation of another site",
            &format!("{JSON}origin: https://evil.example\r\ncookie: a=b\r\n"),
            MUTATION,
            &[200, 403],
            "FORBIDDEN",
        ),
        line(
            "GET /graphql?query=mutation{deleteModel(input:{slug:%22qwen%22}){revision}}",
            &[405],
            "METHOD_NOT_ALLOWED",
        ),
        line("POST /graphql?query=mutation{deleteModel(input:{slug:%22qwen%22}){revision}}", &[415], ""),
        post("two media types", &format!("{JSON}content-type: text/plain\r\n"), MUTATION, &[200, 400, 403, 415], ""),
        post(
            "a form",
            "content-type: application/x-www-form-urlencoded\r\n",
            "query=mutation%7B__typename%7D",
            &[415],
            "",
        ),
        post("another media type wanted", &format!("{JSON}accept: image/png\r\n"), QUERY, &[406], "NOT_ACCEPTABLE"),
        post("garbage wanted", &format!("{JSON}accept: ;;;,,,\r\n"), QUERY, &[200, 400, 406], ""),
        post(
            "thousands of media types wanted",
            &format!("{JSON}accept: {}\r\n", "a/b,".repeat(5000)),
            QUERY,
            &[200, 400, 406],
            "",
        ),
    ]);
    cases
}

fn bodies() -> Vec<Case> {
    let bodies: [&[u8]; 30] = [
        b"",
        b" ",
        b"null",
        b"true",
        b"5",
        b"\"{ __typename }\"",
        b"[]",
        b"{}",
        b"[{\"query\":\"{ __typename }\"}]",
        b"{\"query\":null}",
        b"{\"query\":5}",
        b"{\"query\":[]}",
        b"{\"query\":{}}",
        b"{\"query\":\"\"",
        b"{\"query\":\"{ __typename }\",}",
        b"{query:\"{ __typename }\"}",
        b"{'query':'a'}",
        b"{\"query\":\"\xff\xfe\"}",
        b"\xef\xbb\xbf{\"query\":\"{ __typename }\"",
        b"{\"query\":\"\\ud800\"}",
        b"{\"query\":\"\\u0000\"}",
        b"{\"query\":\"{ __typename }\",\"variables\":[]}",
        b"{\"query\":\"{ __typename }\",\"variables\":\"{}\"}",
        b"{\"query\":\"{ __typename }\",\"operationName\":5}",
        b"{\"query\":\"{ __typename }\",\"operationName\":\"nobody\"}",
        b"{\"query\":\"{ __typename }\",\"extensions\":[]}",
        b"{\"query\":\"{ __typename }\",\"query\":\"{ a }\"}",
        b"\0\0\0\0",
        b"{\"extensions\":{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"zz\"}}}",
        b"{\"query\":\"a\",\"extensions\":{\"persistedQuery\":5}}",
    ];
    let headers = format!("{JSON}accept: application/graphql-response+json\r\n");
    let named =
        |body: &[u8]| format!("the body {}", String::from_utf8_lossy(body).chars().take(60).collect::<String>());
    let mut cases =
        bodies.map(|body| post(&named(body), &headers, body, &[400], "\"errors\"")).into_iter().collect::<Vec<_>>();
    let large = format!(r#"{{"query":"{{ __typename }}","pad":"{}"}}"#, "x".repeat(2 << 20));
    let batch = format!("[{}{QUERY}]", format!("{QUERY},").repeat(1000));
    let keys = (0..50_000).map(|n| format!("\"k{n}\":0,")).collect::<String>();
    cases.extend([
        post("2 MB", &headers, large, &[413, 0], ""),
        post("a batch of 1001", &headers, batch, &[400], "one request at a time"),
        post("lists 100000 deep", &headers, "[".repeat(100_000), &[400], ""),
        post("objects 100000 deep", &headers, "{\"query\":".repeat(100_000), &[400], ""),
        post("a number of 100000 digits", &headers, format!("{{\"query\":{}}}", "9".repeat(100_000)), &[400], ""),
        post(
            "50000 variables",
            &headers,
            format!("{{\"query\":\"{{ __typename }}\",\"variables\":{{{keys}\"z\":0}}}}"),
            &[200],
            "",
        ),
        post(
            "the same key 50000 times",
            &headers,
            format!("{{{}\"query\":\"{{ __typename }}\"}}", "\"a\":0,".repeat(50_000)),
            &[200],
            "",
        ),
    ]);
    cases
}

fn packed() -> Vec<Case> {
    let headers = |encoding: &str| format!("{JSON}content-encoding: {encoding}\r\n");
    let bomb = gzip(&vec![b' '; 200 << 20]);
    vec![
        post("a packed query", &headers("gzip"), gzip(QUERY.as_bytes()), &[200], "\"Query\""),
        post("200 MB packed to 200 kB", &headers("gzip"), &bomb, &[413], "PAYLOAD_TOO_LARGE"),
        post("packed twice", &headers("gzip"), gzip(&gzip(QUERY.as_bytes())), &[400], ""),
        post(
            "compressed twice, with both encodings",
            &headers("gzip, gzip"),
            gzip(&gzip(QUERY.as_bytes())),
            &[415],
            "",
        ),
        post("packed and broken", &headers("gzip"), &gzip(QUERY.as_bytes())[..20], &[400], ""),
        post("not packed", &headers("gzip"), QUERY, &[400], ""),
        post("packed by br", &headers("br"), QUERY, &[415], ""),
        post("packed by garbage", &headers("\u{7f}"), QUERY, &[400, 415], ""),
        post("packed and not said", JSON, gzip(QUERY.as_bytes()), &[400], ""),
    ]
}

fn methods() -> Vec<Case> {
    let mut cases = Vec::new();
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "X"] {
        cases.push(line(&format!("{method} /graphql"), &[404, 405], ""));
    }
    let paths = [
        "/no/such/page",
        "/GraphQL",
        "//graphql",
        "/graphql/../etc/passwd",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/.env",
        "/catalog.db",
        "/assets/../.env",
        "/assets/%2e%2e%2fcatalog.db",
        "/playground/%3Cscript%3Ealert(1)%3C/script%3E",
        "/%00",
        "/%ff",
        "/export/../catalog.db",
        "/export/models.exe",
    ];
    cases.extend(paths.map(|path| line(&format!("GET {path}"), &[404], "NOT_FOUND")));
    cases.extend([
        line("GET /graphql", &[400], "BAD_REQUEST"),
        line("GET /graphql/", &[400], "BAD_REQUEST"),
        line("HEAD /graphql", &[400], ""),
        line("GET /graphql?query=%7B__typename", &[200, 400], "GRAPHQL_PARSE_FAILED"),
        line("GET /graphql?query=%ff%fe", &[200, 400], "GRAPHQL_PARSE_FAILED"),
        line("GET /graphql?query={__typename}&variables=[[[[", &[400], "BAD_REQUEST"),
        line("GET /graphql?query={__typename}&query=mutation{__typename}", &[405], "METHOD_NOT_ALLOWED"),
        line("GET /playground?query=%3Cscript%3Ealert(1)%3C/script%3E", &[200], "text/html"),
        line("GET /export/models.json?search=%27%3B%20DROP%20TABLE%20model", &[200], ""),
        line("GET /export/models.csv?license=%27%20OR%20%271%27%3D%271", &[400], "BAD_REQUEST"),
        line("GET /export/models.json?nonsense=1", &[400], "BAD_REQUEST"),
        line(&format!("GET /graphql?query={}", "x".repeat(40_000)), &[414], "URI_TOO_LONG"),
        line(&format!("GET /{}", "a/".repeat(10_000)), &[404], "NOT_FOUND"),
        line(&format!("GET /graphql?{}", "a=b&".repeat(7000)), &[400], "BAD_REQUEST"),
    ]);
    cases
}

fn heads() -> Vec<Case> {
    let with = |name: &str, headers: &str, statuses| {
        Case::new(
            name,
            Sent::Raw(request("POST /graphql", &format!("{JSON}{headers}"), QUERY.as_bytes())),
            statuses,
            "",
        )
    };
    vec![
        with("headers of 40 kB", &format!("a: {}\r\n", "x".repeat(40_000)), &[431]),
        with("headers of 200 kB", &format!("a: {}\r\n", "x".repeat(200_000)), &[0, 400, 431]),
        with("90 headers", &"a: b\r\n".repeat(85), &[200]),
        with("1000 headers", &"a: b\r\n".repeat(1000), &[0, 400, 431]),
        with("a token of garbage", "authorization: garbage\r\n", &[401]),
        with("a token with SQL", "authorization: Bearer ' OR 1=1 --\r\n", &[401]),
        with("a token of 20 kB", &format!("authorization: Bearer {}\r\n", "x".repeat(20_000)), &[401]),
        with("two tokens", "authorization: Bearer a\r\nauthorization: Bearer b\r\n", &[401]),
        with("a key of 20 kB", &format!("idempotency-key: {}\r\n", "x".repeat(20_000)), &[200, 400]),
        with(
            "addresses that nobody vouches for",
            "x-forwarded-for: 1.2.3.4, garbage, ::::\r\nforwarded: for=\"[\r\n",
            &[200],
        ),
        with("a garbled tag", "if-none-match: W/\"\r\n", &[200]),
        with("another host", "x-forwarded-host: evil.example\r\n", &[200]),
        raw("no request", "garbage\r\n\r\n", &[0, 400]),
        raw("binary", vec![0xff; 1000], &[0, 400]),
        raw("a TLS handshake", vec![0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03], &[0, 400]),
        raw("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", &[0, 400]),
        raw("HTTP/9", "GET / HTTP/9.9\r\n\r\n", &[0, 400]),
        raw("no host", "GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n", &[0, 200, 400]),
        raw(
            "two lengths",
            format!(
                "POST /graphql HTTP/1.1\r\nhost: a\r\n{JSON}content-length: 5\r\ncontent-length: 50\r\n\r\n{QUERY}"
            ),
            &[0, 400],
        ),
        raw(
            "a length and chunks",
            format!(
                "POST /graphql HTTP/1.1\r\nhost: a\r\n{JSON}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"
            ),
            &[0, 400],
        ),
        raw(
            "a length below zero",
            format!("POST /graphql HTTP/1.1\r\nhost: a\r\n{JSON}content-length: -5\r\n\r\n{QUERY}"),
            &[0, 400],
        ),
        raw(
            "a length without end",
            format!("POST /graphql HTTP/1.1\r\nhost: a\r\n{JSON}content-length: 99999999999999999999\r\n\r\n"),
            &[0, 400, 413],
        ),
        raw(
            "a length of 10 GB",
            format!(
                "POST /graphql HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{JSON}content-length: 9999999999\r\n\r\n{QUERY}"
            ),
            &[0, 400, 413],
        ),
        raw(
            "a chunk of garbage",
            format!("POST /graphql HTTP/1.1\r\nhost: a\r\n{JSON}transfer-encoding: chunked\r\n\r\nzz\r\n"),
            &[0, 400],
        ),
        raw(
            "a chunk without end",
            format!(
                "POST /graphql HTTP/1.1\r\nhost: a\r\n{JSON}transfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n{QUERY}"
            ),
            &[0, 400, 413],
        ),
        raw(
            "half a body",
            format!("POST /graphql HTTP/1.1\r\nhost: a\r\n{JSON}content-length: 1000\r\n\r\n{QUERY}"),
            &[0, 400],
        ),
        raw(
            "a header split",
            "GET /healthz HTTP/1.1\r\nhost: a\r\nx: a\r\n b\r\nconnection: close\r\n\r\n",
            &[0, 200, 400],
        ),
        raw(
            "a header with a null",
            "GET /healthz HTTP/1.1\r\nhost: a\r\nx: \0\r\nconnection: close\r\n\r\n",
            &[0, 400],
        ),
    ]
}
