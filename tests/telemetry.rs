//! Logs without secrets, metrics, and traces.

use std::{
    io::{Read, Write},
    net::TcpListener,
    process::Stdio,
    sync::mpsc,
    thread,
    time::Duration,
};

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::{
    cli::{Server, folder, program, run},
    support::{App, Client},
    trials,
};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![on both:
        the_log_records_requests_without_secrets,
        metrics_count_requests_by_type_and_code,
        every_request_has_an_id,
        traces_are_exported_to_a_collector,
    ];
    trials.extend(trials![plain: unusable_collector_urls_are_rejected]);
    trials
}

async fn the_log_records_requests_without_secrets(app: App) {
    let secret = app.token(Role::Editor).await;
    let folder = folder();
    let variables = [("PORT", "0"), ("DATABASE_URL", &app.url), ("LOG_FORMAT", "json"), ("SLOW_QUERY_MS", "0")];
    let mut server = Server::spawn_with_log(program(folder.path(), &[], &variables), Stdio::piped());
    let client = Client::at(format!("http://{}", server.address())).with_token(&secret);
    let anybody = Client::at(client.address.clone());
    let mut log = server.process.stderr.take().expect("the log is piped");
    let reader = thread::spawn(move || {
        let mut text = String::new();
        log.read_to_string(&mut text).map(|_| text)
    });
    let query = "query Find($slug: String!) { model(slug: $slug) { name } }";
    anybody.data_with(query, json!({ "slug": "qwen" })).await;
    let body = json!({ "query": query, "variables": { "slug": "a-hidden-variable" } });
    let request = anybody.request("POST", "/graphql").header("x-request-id", "given-1");
    request.json(&body).send().await.expect("the server answers");
    client.data("mutation Make { createOrganization(input: { name: \"A hidden text\" }) { revision } }").await;
    client.with_token("olc_wrong_and_hidden").post(&json!({ "query": "{ __typename }" })).await;
    assert_eq!(server.stop().code(), Some(0));
    let text = reader.join().expect("the thread ends").expect("the log is text");

    for hidden in [secret.as_str(), "hidden", "qwen"] {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
    let lines =
        text.lines().map(|line| serde_json::from_str::<Json>(line).expect("a line is JSON")).collect::<Vec<_>>();
    let answered = lines.iter().filter(|line| line["message"] == "request completed").collect::<Vec<_>>();
    let fields = |line: &Json| {
        assert!(line["ms"].as_f64().is_some_and(|ms| ms > 0.0) && line["span"]["id"].is_string(), "{line}");
        let span = &line["span"];
        json!([span["type"], span["operation"], line["cache"], line["code"], line["status"]])
    };
    let expected = [
        json!(["query", "Find", "miss", "OK", 200]),
        json!(["query", "Find", "miss", "NOT_FOUND", 200]),
        json!(["mutation", "Make", "miss", "OK", 200]),
    ];
    assert_eq!(answered.iter().map(|line| fields(line)).collect::<Vec<_>>(), expected);
    assert_eq!(answered[1]["span"]["id"], "given-1");
    let slow = lines.iter().filter(|line| line["message"] == "slow query").collect::<Vec<_>>();
    let of_a_request = slow.iter().any(|line| line["span"]["operation"] == "Find");
    assert!(of_a_request, "{slow:?}");
    let statements = slow.iter().map(|line| line["statement"].as_str().expect("a text")).collect::<Vec<_>>();
    let longest = statements.iter().max_by_key(|statement| statement.chars().count()).expect("a statement");
    assert!(longest.chars().count() == 1001 && longest.ends_with('…'), "{longest}");
}

async fn figures(app: &Client) -> Vec<String> {
    let response = app.request("GET", "/metrics").send().await.expect("the server answers");
    assert_eq!(response.headers()["content-type"], "application/openmetrics-text; version=1.0.0; charset=utf-8");
    response.text().await.expect("the answer is text").lines().map(str::to_owned).collect()
}

async fn metrics_count_requests_by_type_and_code(app: App) {
    // Counts are per server; those of the database are shared.
    let app = app.second_server();
    let editor = app.with_token(&app.token(Role::Editor).await);
    for _ in 0..3 {
        app.data("{ models(first: 2) { nodes { slug license { name } } } }").await;
    }
    app.error("{ model(slug: \"none\") { name } }").await;
    app.error("{ nothing }").await;
    app.request("POST", "/graphql").body("{").send().await.expect("the server answers");
    editor.data("mutation { createOrganization(input: { name: \"A\" }) { revision } }").await;
    let figures = figures(&app).await;
    for line in [
        "catalog_response_cache_requests_total{result=\"hit\"} 2",
        "catalog_graphql_requests_total{operation_type=\"query\",code=\"OK\"} 1",
        "catalog_graphql_requests_total{operation_type=\"query\",code=\"NOT_FOUND\"} 1",
        "catalog_graphql_requests_total{operation_type=\"query\",code=\"GRAPHQL_VALIDATION_FAILED\"} 1",
        "catalog_graphql_requests_total{operation_type=\"none\",code=\"UNSUPPORTED_MEDIA_TYPE\"} 1",
        "catalog_graphql_requests_total{operation_type=\"mutation\",code=\"OK\"} 1",
        "catalog_graphql_request_duration_seconds_count{operation_type=\"mutation\"} 1",
        "catalog_revision 45",
        "catalog_change_listener_up 1",
        "catalog_db_up 1",
        "catalog_active_subscriptions 0",
        "catalog_active_websocket_connections 0",
    ] {
        assert!(figures.iter().any(|figure| figure == line), "{line} in {figures:#?}");
    }
    for name in [
        "catalog_db_query_duration_seconds_bucket{le=\"0.01\"}",
        "catalog_entity_cache_requests_total{result=\"miss\"}",
        "catalog_entity_cache_requests_total{result=\"hit\"}",
        "catalog_db_pool_connections{state=\"in_use\"}",
    ] {
        assert!(figures.iter().any(|figure| figure.starts_with(name)), "{name} in {figures:#?}");
    }
}

async fn every_request_has_an_id(app: App) {
    let name = async |given: Option<&str>| {
        let mut request = app.request("POST", "/graphql").json(&json!({ "query": "{ catalog { revision } } # x" }));
        if let Some(given) = given {
            request = request.header("x-request-id", given);
        }
        // A cached response belongs to no request.
        app.entity_cache.clear();
        let answer = request.bearer_auth(app.token(Role::Editor).await).send().await.expect("the server answers");
        answer.headers()["x-request-id"].to_str().expect("text").to_owned()
    };
    assert_eq!(name(Some("abc-1.2_3")).await, "abc-1.2_3");
    let (one, other) = (name(None).await, name(Some("two words")).await);
    assert!(one != other && one.len() >= 10 && other != "two words", "{one} {other}");
}

async fn traces_are_exported_to_a_collector(app: App) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    let (sender, traces) = mpsc::channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
            let whole = |bytes: &[u8]| {
                let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
                let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
                let length =
                    head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok())?;
                (bytes.len() >= end + length).then_some(())
            };
            while whole(&bytes).is_none() {
                match stream.read(&mut part) {
                    Ok(count) if count > 0 => bytes.extend(&part[..count]),
                    _ => break,
                }
            }
            let answer = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
            stream.write_all(answer.as_bytes()).expect("it can be answered");
            if sender.send(bytes).is_err() {
                break;
            }
        }
    });
    let folder = folder();
    let variables = [("PORT", "0"), ("DATABASE_URL", &app.url), ("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint)];
    let mut server = Server::start(folder.path(), &variables);
    let client = Client::at(format!("http://{}", server.address()));
    let request = client.request("POST", "/graphql");
    let request = request.header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    let query = json!({ "query": "query Traced { model(slug: \"qwen\") { name } }", "operationName": "Traced" });
    assert_eq!(request.json(&query).send().await.expect("the server answers").status(), 200);
    // Spans that have not been sent are sent at shutdown.
    server.stop();
    let trace = [0x0a, 0xf7, 0x65, 0x19, 0x16, 0xcd, 0x43, 0xdd, 0x84, 0x48, 0xeb, 0x21, 0x1c, 0x80, 0x31, 0x9c];
    let has = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    let found = loop {
        let bytes = traces.recv_timeout(Duration::from_secs(30)).expect("traces come");
        if has(&bytes, &trace) {
            break bytes;
        }
    };
    assert!(found.starts_with(b"POST /v1/traces HTTP/1.1\r\n") && has(&found, b"application/x-protobuf"));
    for part in ["open-llm-catalog", "Traced", "sea_orm", "SELECT"] {
        assert!(has(&found, part.as_bytes()), "{part} in {}", String::from_utf8_lossy(&found));
    }
    assert!(!has(&found, b"qwen"));
}

fn unusable_collector_urls_are_rejected() {
    let folder = folder();
    let name = "OTEL_EXPORTER_OTLP_ENDPOINT";
    let (code, _, errors) = run(folder.path(), &["migrate", "status"], &[(name, "https://collector.example.org")]);
    assert!(code == 2 && errors.starts_with(&format!("error: {name} must be a URL")), "{code}: {errors}");
}
