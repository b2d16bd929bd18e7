//! Rate limits, connection limits, trusted proxies, CORS and security headers.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use open_llm_catalog::auth::actor::Actor;
use open_llm_catalog::http::limits::client_ip::{ProxyHeader, TrustedProxies};
use open_llm_catalog::http::limits::rate_limit::RateLimiter;
use open_llm_catalog::http::middleware::cors::{CorsHeaders, CorsOrigins};
use open_llm_catalog::http::server::options::Options;
use reqwest::RequestBuilder;
use serde_json::json;
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Error, client::IntoClientRequest},
};

use crate::{
    guard::few,
    http::{header, read, refusal},
    support::{
        App, options,
        subscriptions::{Events, Socket},
        wait_until,
    },
    trials,
};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![on both:
        requests_over_the_rate_limit_get_retry_after,
        cost_over_the_rate_limit_gets_retry_after,
        cached_responses_cost_nothing,
        every_subscription_event_is_charged,
        only_trusted_proxies_set_the_client_address,
        connections_per_address_are_limited,
        cors_allows_any_origin_unless_some_are_configured,
        every_response_has_security_headers,
        the_playground_can_be_disabled,
        gzip_bodies_are_accepted,
    ];
    trials.extend(trials![plain: rate_limits_are_per_token_or_network]);
    trials
}

fn query(app: &App, query: &str) -> RequestBuilder {
    app.request("POST", "/graphql").json(&json!({ "query": query }))
}

async fn requests_over_the_rate_limit_get_retry_after(app: App) {
    let server = app.with_options(Options { rate_limits: few(3, 1_000_000), ..options() });
    for left in [2, 1, 0] {
        let (status, headers, _) = read(query(&server, "{ __typename }")).await;
        assert_eq!(
            (status, header(&headers, "ratelimit-policy")),
            (200, "\"requests\";q=3;w=60, \"cost\";q=1000000;w=60")
        );
        assert!(header(&headers, "ratelimit").starts_with(&format!("\"requests\";r={left};t=")), "{headers:?}");
    }
    for path in ["/graphql?query={__typename}", "/export/models.json", "/feed.atom"] {
        let (status, headers, body) = read(server.request("GET", path)).await;
        assert_eq!((status, refusal(&body).as_str()), (429, "RATE_LIMITED"), "{path}");
        let wait = header(&headers, "retry-after").parse::<u64>().expect("seconds");
        assert!((1..=20).contains(&wait), "{wait}");
    }
    let (status, headers, body) = read(query(&server, "{ __typename }")).await;
    assert_eq!((status, refusal(&body).as_str()), (429, "RATE_LIMITED"));
    assert!(header(&headers, "ratelimit").starts_with("\"requests\";r=0;t="), "{headers:?}");
    // Each token has its own limit per minute.
    let known = server.with_token(&app.token(Role::Editor).await);
    assert_eq!(read(query(&known, "{ __typename }")).await.0, 200);
    // So do operations over a websocket, for the client that opened it.
    let mut socket = Socket::connect(&server).await;
    socket.subscribe("1", "{ __typename }").await;
    let answer = socket.receive().await;
    assert_eq!(
        (&answer["type"], &answer["payload"][0]["extensions"]["code"]),
        (&json!("error"), &json!("RATE_LIMITED"))
    );
    // Pages, assets and health checks are not limited.
    for path in ["/playground", "/schema.graphql", "/healthz"] {
        assert_eq!(read(server.request("GET", path)).await.0, 200, "{path}");
    }
}

async fn cost_over_the_rate_limit_gets_retry_after(app: App) {
    let server = app.with_options(Options { rate_limits: few(1000, 250), ..options() });
    let list = |number: u32| format!("{{ a{number}: models(first: 100) {{ nodes {{ name }} }} }}");
    for number in 0..2 {
        assert_eq!(read(query(&server, &list(number))).await.0, 200);
    }
    let (status, headers, body) = read(query(&server, &list(2))).await;
    assert_eq!((status, refusal(&body).as_str()), (429, "RATE_LIMITED"));
    assert!(body.contains("rate limit of 250 cost per minute"), "{body}");
    assert!(header(&headers, "retry-after").parse::<u64>().is_ok(), "{body}");
    // A cost above the limit per minute takes the whole limit, rather than being rejected for ever.
    let server = app.with_options(Options { rate_limits: few(1000, 50), ..options() });
    assert_eq!(read(query(&server, &list(3))).await.0, 200);
    assert_eq!(read(query(&server, &list(4))).await.0, 429);
}

async fn every_subscription_event_is_charged(app: App) {
    // Each may have 100 models, which costs about 100.
    let server = app.with_options(Options { rate_limits: few(1000, 350), ..options() });
    let subscription = "subscription { revisions { number subject { ... on Organization { models(first: 100) { nodes { slug } } } } } }";
    let mut events = Events::open(&server, subscription, &json!({})).await;
    let editor = app.with_token(&app.token(Role::Editor).await);
    for number in 45..47 {
        let create = format!("mutation {{ createOrganization(input: {{ name: \"O {number}\" }}) {{ revision }} }}");
        assert_eq!(editor.data(&create).await["createOrganization"]["revision"], number);
        assert_eq!(events.revision_numbers(1).await, [number]);
    }
    // Three events were charged, and the rest is too little for a fourth.
    assert_eq!(read(query(&server, "{ models(first: 100) { nodes { name } } }")).await.0, 429);
}

async fn cached_responses_cost_nothing(app: App) {
    let server = app.with_options(Options { rate_limits: few(1000, 101), ..options() });
    let list = "{ models(first: 100) { nodes { name } } }";
    for _ in 0..5 {
        assert_eq!(read(query(&server, list)).await.0, 200);
    }
    assert_eq!(read(query(&server, "{ b: models(first: 100) { nodes { name } } }")).await.0, 429);
}

async fn only_trusted_proxies_set_the_client_address(app: App) {
    let server = |hops, header| {
        let trusted_proxies = TrustedProxies { hops, header };
        app.with_options(Options { rate_limits: few(1, 1000), trusted_proxies, ..options() })
    };
    let ask =
        async |server: &App, name: &str, value: &str| read(query(server, "{ __typename }").header(name, value)).await.0;
    let alone = server(0, ProxyHeader::XForwardedFor);
    assert_eq!(ask(&alone, "x-forwarded-for", "192.0.2.1").await, 200);
    assert_eq!(ask(&alone, "x-forwarded-for", "192.0.2.2").await, 429, "no forwarding header is trusted");
    let behind = server(1, ProxyHeader::XForwardedFor);
    for (value, status) in [
        ("192.0.2.1", 200),
        ("192.0.2.1", 429),
        ("192.0.2.2", 200),
        // Only the part that the proxy added is trusted.
        ("192.0.2.3, 192.0.2.2", 429),
        ("garbage, 192.0.2.4:4711", 200),
        ("2001:db8::1", 200),
        ("[2001:db8::2]:80", 429),
        ("2001:db8:1::", 200),
        // Without the header the client is the proxy.
        ("garbage", 200),
        ("", 429),
    ] {
        assert_eq!(ask(&behind, "x-forwarded-for", value).await, status, "{value}");
    }
    let twice = server(2, ProxyHeader::Forwarded);
    assert_eq!(ask(&twice, "forwarded", "for=192.0.2.1;proto=https, for=10.0.0.1").await, 200);
    assert_eq!(ask(&twice, "forwarded", "for=evil, For=\"192.0.2.1:80\", for=10.0.0.2").await, 429);
    assert_eq!(ask(&twice, "forwarded", "for=192.0.2.9, for=10.0.0.1").await, 200);
}

async fn connections_per_address_are_limited(app: App) {
    let server = app.with_options(Options { connections_per_address: 2, ..options() });
    let first = Socket::connect(&server).await;
    let second = Events::open(&server, "subscription { revisions { number } }", &json!({})).await;
    let request = server.request("POST", "/graphql").header("accept", "text/event-stream");
    let (status, headers, body) = read(request.json(&json!({ "query": "{ __typename }" }))).await;
    assert_eq!((status, refusal(&body).as_str()), (429, "TOO_MANY_CONNECTIONS"));
    assert_eq!(header(&headers, "retry-after"), "10");
    assert!(matches!(upgrade(&server, None).await, Err(429)));
    assert_eq!(read(query(&server, "{ __typename }")).await.0, 200, "others are not counted");
    drop((first, second));
    // The server takes a moment to notice that they are closed.
    wait_until("a connection is accepted again", async || match upgrade(&server, None).await {
        Ok(()) => true,
        Err(status) => {
            assert_eq!(status, 429);
            false
        }
    })
    .await;
}

/// Opens a websocket from a page of an origin; or the status by which it is refused.
async fn upgrade(app: &App, origin: Option<&str>) -> Result<(), u16> {
    let address = format!("{}/graphql", app.address.replacen("http", "ws", 1));
    let mut request = address.into_client_request().expect("an address");
    request.headers_mut().insert("sec-websocket-protocol", "graphql-transport-ws".parse().expect("a header"));
    if let Some(origin) = origin {
        request.headers_mut().insert("origin", origin.parse().expect("a header"));
    }
    match connect_async(request).await {
        Ok(_) => Ok(()),
        Err(Error::Http(response)) => Err(response.status().as_u16()),
        Err(error) => panic!("{error}"),
    }
}

async fn cors_allows_any_origin_unless_some_are_configured(app: App) {
    let ask = async |app: &App, origin: &str| {
        let (status, headers, _) = read(query(app, "{ __typename }").header("origin", origin)).await;
        assert_eq!((status, header(&headers, "access-control-allow-credentials")), (200, ""), "{origin}");
        header(&headers, "access-control-allow-origin").to_owned()
    };
    let asks_first = async |app: &App, origin: &str, wants: &str| {
        let request =
            app.request("OPTIONS", "/graphql").header("origin", origin).header("access-control-request-method", "POST");
        let (status, headers, _) = read(request.header("access-control-request-headers", wants)).await;
        (status, header(&headers, "access-control-allow-origin").to_owned())
    };
    let wants = "content-type, authorization, idempotency-key";
    assert_eq!(ask(&app, "https://a.example").await, "*");
    assert_eq!(asks_first(&app, "https://a.example", wants).await, (200, "*".to_owned()));
    // No credentials are allowed, so no header can do harm.
    for other in ["x-other", "traceparent, baggage", "apollographql-client-name", "cache-control"] {
        assert_eq!(asks_first(&app, "https://a.example", other).await, (200, "*".to_owned()), "{other}");
    }
    let cors_headers = CorsHeaders::These(vec!["x-other".parse().expect("a name")]);
    let listed = app.with_options(Options { cors_headers, ..options() });
    for (names, allowed) in
        [("x-other", true), (wants, true), ("apollo-require-preflight, traceparent", true), ("x-another", false)]
    {
        assert_eq!(asks_first(&listed, "https://a.example", names).await.0 == 200, allowed, "{names}");
    }
    assert_eq!(upgrade(&app, Some("https://a.example")).await, Ok(()));

    let cors_origins = CorsOrigins::These(vec!["https://a.example".to_owned()]);
    let named = app.with_options(Options { cors_origins, ..options() });
    assert_eq!(ask(&named, "https://a.example").await, "https://a.example");
    assert_eq!(ask(&named, "https://b.example").await, "");
    assert_eq!(asks_first(&named, "https://a.example", wants).await, (200, "https://a.example".to_owned()));
    assert_eq!(asks_first(&named, "https://b.example", wants).await.1, "");
    assert_eq!(upgrade(&named, Some("https://a.example")).await, Ok(()));
    assert_eq!(upgrade(&named, Some("https://b.example")).await, Err(403));
    assert_eq!(upgrade(&named, Some("null")).await, Err(403));
    // Pages of the server itself are allowed, and clients that are no pages.
    assert_eq!(upgrade(&named, Some(&named.address)).await, Ok(()));
    assert_eq!(upgrade(&named, None).await, Ok(()));
}

async fn every_response_has_security_headers(app: App) {
    let paths = [
        "/",
        "/playground",
        "/assets/playground.js",
        "/graphql",
        "/graphql?query={__typename}",
        "/schema.graphql",
        "/schema/document.json",
        "/healthz",
        "/export/models.json",
        "/export/models.csv",
        "/feed.atom",
        "/%3Cscript%3E",
    ];
    for path in paths {
        let (status, headers, body) = read(app.request("GET", path)).await;
        for (name, value) in
            [("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"), ("x-frame-options", "DENY")]
        {
            assert_eq!(header(&headers, name), value, "{path}: {status}");
        }
        let policy = header(&headers, "content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        if status >= 400 {
            assert!(
                header(&headers, "content-type").starts_with("application/json") && !body.contains("script"),
                "{path}: {body}"
            );
        }
    }
}

async fn the_playground_can_be_disabled(app: App) {
    let server = app.with_options(Options { playground: false, ..options() });
    assert_eq!(read(server.request("GET", "/playground")).await.0, 404);
    for path in ["/", "/schema.graphql"] {
        assert_eq!(read(server.request("GET", path)).await.0, 200, "{path}");
    }
    assert_eq!(read(query(&server, "{ __typename }")).await.0, 200);
}

async fn gzip_bodies_are_accepted(app: App) {
    use std::io::Write;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(br#"{"query":"{ model(slug: \"qwen\") { name } }"}"#).expect("memory takes all");
    let packed = packed.finish().expect("memory takes all");
    let ask = async |encoding: Option<&str>| {
        let request = app.request("POST", "/graphql").header("content-type", "application/json").body(packed.clone());
        read(encoding.into_iter().fold(request, |request, encoding| request.header("content-encoding", encoding))).await
    };
    for encoding in ["gzip", "GZIP"] {
        let (status, _, body) = ask(Some(encoding)).await;
        assert_eq!((status, body.as_str()), (200, r#"{"data":{"model":{"name":"Qwen"}},"extensions":{"cost":1}}"#));
    }
    // The compressed bytes are not the cache key.
    assert_eq!(ask(None).await.0, 400);
    assert_eq!(ask(Some("br")).await.0, 415);
}

fn rate_limits_are_per_token_or_network() {
    let rates = RateLimiter::new(few(1, 10));
    let ask = |name: Option<&str>, address: &str| {
        let actor = Actor { name: name.map(str::to_owned), ..Actor::ANONYMOUS };
        rates.client_state(&actor, address.parse().expect("an address")).count_request().is_ok()
    };
    assert!(ask(None, "192.0.2.1") && !ask(None, "192.0.2.1") && ask(None, "192.0.2.2"));
    assert!(ask(None, "2001:db8::1") && !ask(None, "2001:db8::2") && ask(None, "2001:db8:0:1::1"));
    assert!(!ask(None, "::ffff:192.0.2.1"), "an address is the same however it is written");
    assert!(ask(Some("ada"), "192.0.2.1") && !ask(Some("ada"), "192.0.2.9") && ask(Some("bob"), "192.0.2.1"));
}
