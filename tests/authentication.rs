//! Authentication by API tokens: a request without a token reads, an invalid token is rejected.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    time::Duration,
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::Utc;
use entity::vocabulary::Role;
use futures_util::future::{join, join_all};
use libtest_mimic::Trial;
use open_llm_catalog::auth::token;
use open_llm_catalog::http::limits::wrong_tokens::{Attempt, WrongTokens};
use open_llm_catalog::http::server::options::Options;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::{
    guard::few,
    http::{header, read, refusal},
    support::{App, block_on, options, subscriptions::Socket},
    token::{VIEWER, state},
    trials,
};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![on both:
        viewer_returns_the_role_and_name_of_the_token,
        authentication_costs_one_statement,
        invalid_tokens_are_rejected_for_every_request,
        expired_and_revoked_tokens_are_rejected,
        wrong_tokens_are_rate_limited_and_valid_ones_are_not,
        tokens_over_the_limit_are_rejected_without_a_statement,
        wrong_tokens_count_against_the_rate_limit_of_their_address,
        concurrent_valid_tokens_are_not_rate_limited,
        a_database_failure_is_not_reported_as_a_wrong_token,
    ];
    trials.extend(trials![plain: wrong_tokens_are_counted_per_address_and_window]);
    trials
}

async fn viewer_returns_the_role_and_name_of_the_token(app: App) {
    assert_eq!(app.data(VIEWER).await, json!({ "viewer": { "role": "READER", "name": null } }));
    for (role, word) in [(Role::Editor, "EDITOR"), (Role::Admin, "ADMIN")] {
        let secret = app.token(role).await;
        let name = state(&app).await.1.pop().expect("there is a token").name;
        let answer = json!({ "viewer": { "role": word, "name": name } });
        assert_eq!(app.with_token(&secret).data(VIEWER).await, answer);
        let answer = format!(
            "{{\"data\":{{\"viewer\":{{\"role\":\"{word}\",\"name\":\"{name}\"}}}},\"extensions\":{{\"cost\":1}}}}"
        );
        let (status, _, body) =
            read(app.with_token(&secret).request("GET", "/graphql").query(&[("query", VIEWER)])).await;
        assert_eq!((status, &body), (200, &answer));
        // The authentication scheme is case-insensitive.
        let request = app.request("POST", "/graphql").header("authorization", format!("bearer {secret}"));
        let (status, _, body) = read(request.json(&json!({ "query": VIEWER }))).await;
        assert_eq!((status, &body), (200, &answer));
    }
}

async fn authentication_costs_one_statement(app: App) {
    let secret = app.token(Role::Editor).await;
    assert_eq!(app.counted(VIEWER).await.1, 0);
    assert_eq!(app.with_token(&secret).counted(VIEWER).await.1, 1);
    assert_eq!(app.with_token(&secret).counted("{ catalog { revision } }").await.1, 2);
}

/// Asserts that a request is refused for its token.
async fn refused(request: reqwest::RequestBuilder, of: &str) -> String {
    let (status, headers, body) = read(request).await;
    assert_eq!((status, refusal(&body).as_str()), (401, "UNAUTHENTICATED"), "{of}");
    assert_eq!(header(&headers, "www-authenticate"), "Bearer", "{of}");
    assert!(header(&headers, "content-type").contains("json"), "{of}");
    body
}

async fn invalid_tokens_are_rejected_for_every_request(app: App) {
    let right = app.token(Role::Admin).await;
    let before = state(&app).await;
    let other = format!("olc_{}", "A".repeat(43));
    let flipped = format!("{}{}", &right[..46], if right.ends_with('A') { "E" } else { "A" });
    let wrong = [
        String::new(),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
        "Bearer x".to_owned(),
        format!("Bearer {other}"),
        format!("Bearer {flipped}"),
        format!("Bearer {right}x"),
        format!("Bearer {}", right.to_uppercase()),
        format!("Bearer {right},{right}"),
        format!("Basic {right}"),
        format!("Token {right}"),
        right.clone(),
        "Basic dXNlcjpwYXNzd29yZA==".to_owned(),
        "Bearer \u{e9}\u{e9}".to_owned(),
        "Bearer ' OR 1=1 --".to_owned(),
    ];
    for half in wrong.chunks(8) {
        // Wrong tokens per address are limited.
        let app = app.second_server();
        for wrong in half {
            let request = app.request("POST", "/graphql").header("authorization", wrong);
            let body = refused(request.json(&json!({ "query": "{ __typename }" })), wrong).await;
            assert!(!body.contains("olc_"), "{body}");
        }
    }
    let app = app.second_server();
    let wrong = app.with_token(&other);
    let create = "mutation { createApiToken(input: { name: \"x\", role: ADMIN }) { secret } }";
    for query in [create, "{", "{ nonsense }", "subscription { x }"] {
        refused(wrong.request("POST", "/graphql").json(&json!({ "query": query })), query).await;
    }
    refused(wrong.request("GET", "/graphql").query(&[("query", VIEWER)]), "GET").await;
    refused(wrong.request("POST", "/graphql").body("x"), "no JSON").await;
    refused(wrong.request("POST", "/graphql").header("accept", "text/html"), "no media type").await;
    refused(wrong.request("PUT", "/graphql"), "PUT").await;
    let twice = app.with_token(&right).request("POST", "/graphql").header("authorization", format!("Bearer {right}"));
    refused(twice.json(&json!({ "query": VIEWER })), "two tokens").await;
    // Only GraphQL requests are authenticated.
    assert_eq!(read(wrong.request("GET", "/schema.graphql")).await.0, 200);
    assert_eq!(state(&app).await, before);
}

async fn expired_and_revoked_tokens_are_rejected(app: App) {
    let other = app.second_server();
    let ask = json!({ "query": VIEWER });
    let soon = Utc::now() + Duration::from_secs(1);
    let (_, secret) =
        token::create(&app.database, "soon", Role::Editor, Some(soon)).await.expect("a token can be made");
    let expiring = secret.reveal();
    assert_eq!(app.with_token(&expiring).post(&ask).await.0, 200);
    let revoked = app.token(Role::Admin).await;
    let name = state(&app).await.1.pop().expect("there is a token").name;
    for server in [&app, &other] {
        assert_eq!(server.with_token(&revoked).post(&ask).await.0, 200);
    }
    token::revoke(&app.database, &name).await.expect("it can be revoked");
    for server in [&app, &other] {
        refused(server.with_token(&revoked).request("POST", "/graphql").json(&ask), "revoked").await;
    }
    tokio::time::sleep((soon - Utc::now()).to_std().unwrap_or_default()).await;
    refused(app.with_token(&expiring).request("POST", "/graphql").json(&ask), "expired").await;
    refused(app.with_token(&expiring).request("GET", "/graphql").query(&[("query", VIEWER)]), "expired, GET").await;
}

async fn wrong_tokens_are_rate_limited_and_valid_ones_are_not(app: App) {
    let (right, unused) = (app.token(Role::Admin).await, app.token(Role::Editor).await);
    let before = state(&app).await;
    let ask = json!({ "query": VIEWER });
    assert_eq!(app.with_token(&right).post(&ask).await.0, 200);
    let wrong = |app: &App| app.with_token("wrong").request("POST", "/graphql").json(&ask);
    for count in 1..=10 {
        refused(wrong(&app), &format!("number {count}")).await;
    }
    for _ in 0..3 {
        // A forwarding header does not change the address.
        let (status, headers, body) = read(wrong(&app).header("x-forwarded-for", "192.0.2.1")).await;
        assert_eq!((status, refusal(&body).as_str()), (429, "RATE_LIMITED"));
        let wait = header(&headers, "retry-after").parse::<u64>().expect("seconds");
        assert!((1..=60).contains(&wait), "{wait}");
        // A token that was valid recently is looked up; another one is not, even if it is right.
        assert_eq!(app.with_token(&right).post(&ask).await.0, 200);
        assert_eq!(app.with_token(&unused).post(&ask).await.0, 429);
        assert_eq!(app.post(&ask).await.0, 200);
    }
    assert_eq!(state(&app).await, before);
}

async fn tokens_over_the_limit_are_rejected_without_a_statement(app: App) {
    let ask = json!({ "query": VIEWER });
    let right = app.token(Role::Editor).await;
    assert_eq!(app.with_token(&right).post(&ask).await.0, 200);
    let before = app.statements();
    let requests = (0..300).map(|number| {
        let unknown = format!("olc_{}", BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(format!("unknown {number}"))));
        let request = app.request("POST", "/graphql").header("authorization", format!("Bearer {unknown}"));
        read(request.json(&ask))
    });
    let statuses = join_all(requests).await.into_iter().map(|(status, ..)| status).collect::<Vec<_>>();
    let count = |wanted: u16| statuses.iter().filter(|status| **status == wanted).count();
    assert_eq!((count(401), count(429)), (10, 290), "{statuses:?}");
    let lookups = app.statements() - before;
    assert!(lookups <= 10, "{lookups} lookups");
    // A token that was valid a moment ago is still looked up.
    assert_eq!(app.with_token(&right).post(&ask).await.0, 200);
    assert_eq!(app.statements(), before + lookups + 1);
}

async fn wrong_tokens_count_against_the_rate_limit_of_their_address(app: App) {
    let right = app.token(Role::Admin).await;
    let app = app.with_options(Options { rate_limits: few(30, 1_000_000), ..options() });
    let ask = json!({ "query": VIEWER });
    assert_eq!(app.with_token(&right).post(&ask).await.0, 200);
    let wrong = app.with_token("wrong");
    for left in (5..30).rev() {
        let paths = ["/graphql?query={__typename}", "/export/models.json", "/feed.atom"];
        let (status, headers, body) = read(wrong.request("GET", paths[left % 3])).await;
        let status_wanted = if left >= 20 { 401 } else { 429 };
        assert_eq!(status, status_wanted, "{body}");
        assert!(header(&headers, "ratelimit").starts_with(&format!("\"requests\";r={left};t=")), "{headers:?}");
        assert!(!header(&headers, "ratelimit-policy").is_empty());
    }
    for _ in 0..5 {
        // So do those over a websocket.
        let mut socket = Socket::open(&app, Some("graphql-transport-ws")).await;
        let payload = json!({ "authorization": "Bearer wrong" });
        socket.send_json(&json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(socket.close_frame().await.0, 4403);
    }
    // The address has used up its requests, also those without a token.
    for client in [&app, &wrong] {
        let (status, headers, body) = read(client.request("POST", "/graphql").json(&ask)).await;
        assert_eq!((status, refusal(&body).as_str()), (429, "RATE_LIMITED"));
        assert!(body.contains("The rate limit of 30 requests per minute"), "{body}");
        assert!(header(&headers, "ratelimit").starts_with("\"requests\";r=0;"), "{headers:?}");
    }
    // A right token has a rate limit of its own.
    assert_eq!(app.with_token(&right).post(&ask).await.0, 200);
}

async fn concurrent_valid_tokens_are_not_rate_limited(app: App) {
    let mut secrets = Vec::new();
    for _ in 0..40 {
        secrets.push(app.token(Role::Editor).await);
    }
    let requests = secrets.iter().map(|secret| {
        let app = app.with_token(secret);
        async move { app.post(&json!({ "query": VIEWER })).await.0 }
    });
    assert_eq!(join_all(requests).await, [200; 40]);
}

async fn a_database_failure_is_not_reported_as_a_wrong_token(app: App) {
    let secret = app.token(Role::Admin).await;
    app.database.clone().close().await.expect("the connections close");
    let (status, answer) = app.with_token(&secret).post(&json!({ "query": VIEWER })).await;
    assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (503, &json!("SERVICE_UNAVAILABLE")));
    assert_eq!(answer.get("data"), None);
    assert_eq!(app.data(VIEWER).await["viewer"]["role"], "READER");
}

fn wrong_tokens_are_counted_per_address_and_window() {
    async fn is_limited(tokens: &WrongTokens, address: IpAddr) -> Option<Duration> {
        match tokens.begin(address).await {
            Ok(attempt) => {
                attempt.reject();
                None
            }
            Err(wait) => Some(wait),
        }
    }
    let six = |network: u16, host: u16| IpAddr::from(Ipv6Addr::new(0x2001, 0xdb8, 0, network, 0, 0, 0, host));
    let (one, other) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
    block_on(async {
        let window = Duration::from_millis(1500);
        let tokens = WrongTokens::new(window);
        for _ in 0..10 {
            // A right token is not counted, however often it is sent.
            assert!(tokens.begin(one).await.is_ok());
            assert_eq!(is_limited(&tokens, one).await, None);
        }
        assert!(is_limited(&tokens, one).await.is_some_and(|wait| wait <= window));
        assert!(is_limited(&tokens, Ipv4Addr::new(192, 0, 2, 1).to_ipv6_mapped().into()).await.is_some());
        assert_eq!(is_limited(&tokens, other).await, None);
        tokio::time::sleep(window).await;
        assert_eq!(is_limited(&tokens, one).await, None, "the window has passed");

        let tokens = WrongTokens::default();
        // An IPv6 network of 64 bits is one client.
        for host in 0..10 {
            assert_eq!(is_limited(&tokens, six(0, host)).await, None);
        }
        assert!(is_limited(&tokens, six(0, 10)).await.is_some());
        // The number of addresses in memory is bounded.
        for network in 1..=u16::MAX {
            is_limited(&tokens, six(network, 0)).await;
        }
        assert!(format!("{tokens:?}").matches("2001:db8:").count() <= 11_000);
        // Requests of an address that wait for the checks of others fail as soon as those are rejected.
        let mut attempts = Vec::new();
        for _ in 0..10 {
            attempts.push(tokens.begin(one).await.expect("the address is not limited"));
        }
        let waiting = join_all((0..20).map(|_| tokens.begin(one)));
        let (waiting, ()) = join(waiting, async { attempts.into_iter().for_each(Attempt::reject) }).await;
        assert!(waiting.iter().all(Result::is_err));
    });
}
