//! Who may do what: tokens, roles, and what is refused.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    time::{Duration, Instant},
};

use chrono::Utc;
use entity::{api_token, vocabulary::Role};
use libtest_mimic::Trial;
use open_llm_catalog::{
    catalog::{change::Change, token},
    http::bearer::WrongTokens,
};
use serde_json::{Value as Json, json};

use crate::{
    http::{header, read, refusal},
    support::App,
    trials,
};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![on both:
        who_asks_is_known_by_the_token,
        a_token_costs_one_statement_and_none_costs_none,
        a_token_that_is_not_right_is_refused_whatever_is_asked,
        a_token_that_has_ended_is_refused,
        wrong_tokens_are_limited_and_right_ones_are_not,
        a_token_that_cannot_be_checked_is_not_called_wrong,
        admins_make_and_revoke_tokens,
        others_may_not,
        what_makes_no_sense_makes_no_token,
        the_last_use_is_written_later,
    ];
    trials.extend(trials![plain: wrong_tokens_are_counted_by_address_and_minute]);
    trials
}

/// What no refusal may change: the last revision, and every token.
async fn state(app: &App) -> (i32, Vec<api_token::Model>) {
    let change = Change::begin(&app.database, "tester").await.expect("nobody else writes");
    (change.revision(), token::list(&app.database).await.expect("tokens can be listed"))
}

const VIEWER: &str = "{ viewer { role name } }";

async fn who_asks_is_known_by_the_token(app: App) {
    assert_eq!(app.data(VIEWER).await, json!({ "viewer": { "role": "READER", "name": null } }));
    for (role, word) in [(Role::Editor, "EDITOR"), (Role::Admin, "ADMIN")] {
        let secret = app.token(role).await;
        let name = state(&app).await.1.pop().expect("there is a token").name;
        let answer = json!({ "viewer": { "role": word, "name": name } });
        assert_eq!(app.bearing(&secret).data(VIEWER).await, answer);
        let answer = format!("{{\"data\":{{\"viewer\":{{\"role\":\"{word}\",\"name\":\"{name}\"}}}}}}");
        let (status, _, body) = read(app.bearing(&secret).request("GET", "/graphql").query(&[("query", VIEWER)])).await;
        assert_eq!((status, &body), (200, &answer));
        // The name of the scheme is written in any case.
        let request = app.request("POST", "/graphql").header("authorization", format!("bearer {secret}"));
        let (status, _, body) = read(request.json(&json!({ "query": VIEWER }))).await;
        assert_eq!((status, &body), (200, &answer));
    }
}

async fn a_token_costs_one_statement_and_none_costs_none(app: App) {
    let secret = app.token(Role::Editor).await;
    assert_eq!(app.counted(VIEWER).await.1, 0);
    assert_eq!(app.bearing(&secret).counted(VIEWER).await.1, 1);
    assert_eq!(app.bearing(&secret).counted("{ catalog { revision } }").await.1, 2);
}

/// Asserts that a request is refused for its token.
async fn refused(request: reqwest::RequestBuilder, of: &str) -> String {
    let (status, headers, body) = read(request).await;
    assert_eq!((status, refusal(&body).as_str()), (401, "UNAUTHENTICATED"), "{of}");
    assert_eq!(header(&headers, "www-authenticate"), "Bearer", "{of}");
    assert!(header(&headers, "content-type").contains("json"), "{of}");
    body
}

async fn a_token_that_is_not_right_is_refused_whatever_is_asked(app: App) {
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
        // An address may be wrong only so often.
        let app = app.beside();
        for wrong in half {
            let request = app.request("POST", "/graphql").header("authorization", wrong);
            let body = refused(request.json(&json!({ "query": "{ __typename }" })), wrong).await;
            assert!(!body.contains("olc_"), "{body}");
        }
    }
    let app = app.beside();
    let wrong = app.bearing(&other);
    let create = "mutation { createApiToken(input: { name: \"x\", role: ADMIN }) { secret } }";
    for query in [create, "{", "{ nonsense }", "subscription { x }"] {
        refused(wrong.request("POST", "/graphql").json(&json!({ "query": query })), query).await;
    }
    refused(wrong.request("GET", "/graphql").query(&[("query", VIEWER)]), "GET").await;
    refused(wrong.request("POST", "/graphql").body("x"), "no JSON").await;
    refused(wrong.request("POST", "/graphql").header("accept", "text/html"), "no media type").await;
    refused(wrong.request("PUT", "/graphql"), "PUT").await;
    let twice = app.bearing(&right).request("POST", "/graphql").header("authorization", format!("Bearer {right}"));
    refused(twice.json(&json!({ "query": VIEWER })), "two tokens").await;
    // What is not GraphQL asks nobody who they are.
    assert_eq!(read(wrong.request("GET", "/schema.graphql")).await.0, 200);
    assert_eq!(state(&app).await, before);
}

async fn a_token_that_has_ended_is_refused(app: App) {
    let other = app.beside();
    let ask = json!({ "query": VIEWER });
    let soon = Utc::now() + Duration::from_secs(1);
    let (_, secret) =
        token::create(&app.database, "soon", Role::Editor, Some(soon)).await.expect("a token can be made");
    let expiring = secret.reveal();
    assert_eq!(app.bearing(&expiring).post(&ask).await.0, 200);
    let revoked = app.token(Role::Admin).await;
    let name = state(&app).await.1.pop().expect("there is a token").name;
    for server in [&app, &other] {
        assert_eq!(server.bearing(&revoked).post(&ask).await.0, 200);
    }
    token::revoke(&app.database, &name).await.expect("it can be revoked");
    for server in [&app, &other] {
        refused(server.bearing(&revoked).request("POST", "/graphql").json(&ask), "revoked").await;
    }
    tokio::time::sleep((soon - Utc::now()).to_std().unwrap_or_default()).await;
    refused(app.bearing(&expiring).request("POST", "/graphql").json(&ask), "expired").await;
    refused(app.bearing(&expiring).request("GET", "/graphql").query(&[("query", VIEWER)]), "expired, GET").await;
}

async fn wrong_tokens_are_limited_and_right_ones_are_not(app: App) {
    let right = app.token(Role::Admin).await;
    let before = state(&app).await;
    let ask = json!({ "query": VIEWER });
    let wrong = |app: &App| app.bearing("wrong").request("POST", "/graphql").json(&ask);
    for count in 1..=10 {
        refused(wrong(&app), &format!("number {count}")).await;
    }
    for _ in 0..3 {
        // Who claims to come from elsewhere comes from here.
        let (status, headers, body) = read(wrong(&app).header("x-forwarded-for", "192.0.2.1")).await;
        assert_eq!((status, refusal(&body).as_str()), (429, "RATE_LIMITED"));
        let wait = header(&headers, "retry-after").parse::<u64>().expect("seconds");
        assert!((1..=60).contains(&wait), "{wait}");
        assert_eq!(app.bearing(&right).post(&ask).await.0, 200);
        assert_eq!(app.post(&ask).await.0, 200);
    }
    assert_eq!(state(&app).await, before);
}

async fn a_token_that_cannot_be_checked_is_not_called_wrong(app: App) {
    let secret = app.token(Role::Admin).await;
    app.database.clone().close().await.expect("the connections close");
    let (status, answer) = app.bearing(&secret).post(&json!({ "query": VIEWER })).await;
    assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (503, &json!("SERVICE_UNAVAILABLE")));
    assert_eq!(answer.get("data"), None);
    assert_eq!(app.data(VIEWER).await["viewer"]["role"], "READER");
}

const CREATE: &str = "mutation($input: CreateApiTokenInput!) { createApiToken(input: $input) {
    token { name role createdAt expiresAt revokedAt lastUsedAt } secret } }";
const REVOKE: &str = "mutation($name: String!) { revokeApiToken(input: { name: $name }) { token { name revokedAt } } }";
const LIST: &str = "{ apiTokens { name role createdAt expiresAt revokedAt lastUsedAt } }";

async fn admins_make_and_revoke_tokens(app: App) {
    let admin = app.bearing(&app.token(Role::Admin).await);
    let name = "Zoë's \"build\" 机器 \\o/";
    let input = json!({ "name": name, "role": "EDITOR", "expiresAt": "2999-01-01T01:00:00+01:00" });
    let mut made = admin.data_with(CREATE, json!({ "input": input })).await["createApiToken"].take();
    let secret = made["secret"].as_str().expect("a secret").to_owned();
    assert!(secret.starts_with("olc_") && secret.len() == 47, "{}", secret.len());
    let token = made["token"].take();
    assert_eq!([&token["name"], &token["role"], &token["expiresAt"]], [name, "EDITOR", "2999-01-01T00:00:00Z"]);
    assert_eq!([&token["revokedAt"], &token["lastUsedAt"]], [&Json::Null; 2]);
    let viewer = json!({ "viewer": { "role": "EDITOR", "name": name } });
    assert_eq!(app.bearing(&secret).data(VIEWER).await, viewer);
    // Another like it, without an end; no two secrets are the same.
    let more = admin.data_with(CREATE, json!({ "input": { "name": "more", "role": "ADMIN" } })).await;
    assert_ne!(more["createApiToken"]["secret"], json!(secret));
    assert_eq!(more["createApiToken"]["token"]["expiresAt"], Json::Null);

    let list = admin.data(LIST).await;
    assert_eq!((list["apiTokens"].as_array().map(Vec::len), &list["apiTokens"][1]), (Some(3), &token));
    let stored = format!("{:?}", state(&app).await);
    assert!(!stored.contains(&secret) && !stored.contains(&secret[4..]), "the secret is stored");

    let revoked = admin.data_with(REVOKE, json!({ "name": name })).await;
    let time = &revoked["revokeApiToken"]["token"]["revokedAt"];
    assert!(time.is_string(), "{revoked}");
    assert_eq!(app.bearing(&secret).post(&json!({ "query": VIEWER })).await.0, 401);
    assert_eq!(admin.data_with(REVOKE, json!({ "name": name })).await, revoked, "it is revoked once");
    let list = admin.data(LIST).await;
    assert_eq!(&list["apiTokens"][1]["revokedAt"], time);
    assert_eq!(list["apiTokens"][2]["revokedAt"], Json::Null);
    assert_eq!(state(&app).await.0, 44, "tokens are no facts");
}

async fn others_may_not(app: App) {
    let editor = app.bearing(&app.token(Role::Editor).await);
    let before = state(&app).await;
    let editor_name = &before.1[0].name;
    let input = json!({ "name": "x", "role": "ADMIN" });
    let requests = [
        (json!({ "query": CREATE, "variables": { "input": input } }), "createApiToken"),
        (json!({ "query": REVOKE, "variables": { "name": editor_name } }), "revokeApiToken"),
        (json!({ "query": REVOKE, "variables": { "name": "nobody" } }), "revokeApiToken"),
        (json!({ "query": "{ apiTokens { name } catalog { revision } }" }), "apiTokens"),
    ];
    for (caller, has) in [(&app, "READER"), (&editor, "EDITOR")] {
        for (request, field) in &requests {
            let (status, answer) = caller.post(request).await;
            assert_eq!((status, &answer["data"]), (403, &Json::Null), "{field} as {has}");
            let errors = answer["errors"].as_array().expect("a list of errors");
            assert_eq!((errors.len(), &errors[0]["path"]), (1, &json!([field])), "{answer}");
            assert_eq!(errors[0]["extensions"], json!({ "code": "FORBIDDEN" }));
            let message = format!(
                "This needs the role ADMIN, and you have {has}: send `Authorization: Bearer` and the secret of a token that has it."
            );
            assert_eq!(errors[0]["message"], message);
            let (status, headers, body) = read(caller.request("POST", "/graphql").json(request)).await;
            assert_eq!((status, header(&headers, "www-authenticate")), (403, ""), "{body}");
        }
        let wrong = json!({ "query": "{ apiTokens { secretHash } }" });
        assert_eq!(caller.post(&wrong).await.0, 400, "the hash is nobody's");
    }
    assert_eq!(state(&app).await, before);
}

async fn what_makes_no_sense_makes_no_token(app: App) {
    let admin = app.bearing(&app.token(Role::Admin).await);
    admin.data_with(CREATE, json!({ "input": { "name": "taken", "role": "EDITOR" } })).await;
    admin.data_with(CREATE, json!({ "input": { "name": "revoked", "role": "EDITOR" } })).await;
    admin.data_with(REVOKE, json!({ "name": "revoked" })).await;
    let before = state(&app).await;
    let long = "x".repeat(101);
    let (characters, future) = ("give 1 to 100 printable characters", "give a time in the future");
    let input =
        |name: &str, role: &str, expires_at: Json| json!({ "name": name, "role": role, "expiresAt": expires_at });
    let named = |name: &str| input(name, "EDITOR", Json::Null);
    let until = |time: &str| input("x", "EDITOR", json!(time));
    let cases = [
        (named(""), "INVALID_ARGUMENT", characters),
        (named(" "), "INVALID_ARGUMENT", characters),
        (named(" x"), "INVALID_ARGUMENT", characters),
        (named("x\ny"), "INVALID_ARGUMENT", characters),
        (named("x\u{202e}y"), "INVALID_ARGUMENT", characters),
        (named("x\u{a0}y"), "INVALID_ARGUMENT", characters),
        (named(&long), "INVALID_ARGUMENT", characters),
        (named("taken"), "NAME_TAKEN", "Choose another"),
        (named("revoked"), "NAME_TAKEN", "Choose another"),
        (named("seed"), "NAME_TAKEN", "Choose another"),
        (input("x", "READER", Json::Null), "INVALID_ARGUMENT", "give EDITOR or ADMIN"),
        (input("x", "OWNER", Json::Null), "GRAPHQL_VALIDATION_FAILED", "role"),
        (until("2020-01-01T00:00:00Z"), "INVALID_ARGUMENT", future),
        (until("9999-12-31T23:59:59-01:00"), "INVALID_ARGUMENT", future),
        (until("tomorrow"), "GRAPHQL_VALIDATION_FAILED", "a DateTime is a time such as"),
    ];
    for (input, code, part) in cases {
        let (status, answer) = admin.post(&json!({ "query": CREATE, "variables": { "input": input } })).await;
        let error = &answer["errors"][0];
        assert!(status < 500 && error["extensions"]["code"] == code, "{input} gets {status} {answer}");
        assert!(error["message"].as_str().is_some_and(|message| message.contains(part)), "{input} gets {answer}");
        assert_eq!(answer.get("data").unwrap_or(&Json::Null), &Json::Null, "{input}");
    }
    let (_, answer) = admin.post(&json!({ "query": REVOKE, "variables": { "name": "nobody" } })).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "NOT_FOUND");
    assert_eq!(answer["errors"][0]["message"], "There is no token named \"nobody\".");
    assert_eq!(state(&app).await, before);
    let longest = "模".repeat(100);
    let made = admin.data_with(CREATE, json!({ "input": named(&longest) })).await;
    assert_eq!(made["createApiToken"]["token"]["name"], longest);
}

async fn the_last_use_is_written_later(app: App) {
    let secret = app.token(Role::Editor).await;
    let other = app.beside();
    let last_use = async || state(&app).await.1[0].last_used_at;
    let before = Utc::now();
    for _ in 0..3 {
        app.bearing(&secret).data(VIEWER).await;
    }
    assert_eq!(last_use().await, None, "a request does not wait for it");
    app.uses.write(&app.database).await;
    let first = last_use().await.expect("it is written");
    assert!((before..=Utc::now()).contains(&(first + Duration::from_micros(1))), "{first}");
    app.uses.write(&app.database).await;
    assert_eq!(last_use().await, Some(first), "nothing happened since");
    // Of two servers the one with the later use has the last word, whichever writes first.
    app.bearing(&secret).data(VIEWER).await;
    tokio::time::sleep(Duration::from_millis(2)).await;
    other.bearing(&secret).data(VIEWER).await;
    other.uses.write(&app.database).await;
    let second = last_use().await.expect("it is written");
    app.uses.write(&app.database).await;
    assert!(second > first);
    assert_eq!(last_use().await, Some(second));
    // A wrong token is no use.
    app.bearing("wrong").post(&json!({ "query": VIEWER })).await;
    app.uses.write(&app.database).await;
    assert_eq!(last_use().await, Some(second));
}

fn wrong_tokens_are_counted_by_address_and_minute() {
    let (wrong, start) = (WrongTokens::default(), Instant::now());
    let after = |seconds: u64| start + Duration::from_secs(seconds);
    let (one, other) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
    for _ in 0..10 {
        assert_eq!(wrong.count(one, start), None);
    }
    assert_eq!(wrong.count(one, after(20)), Some(Duration::from_secs(40)));
    assert_eq!(
        wrong.count(IpAddr::from(Ipv4Addr::new(192, 0, 2, 1).to_ipv6_mapped()), after(59)),
        Some(Duration::from_secs(1))
    );
    assert_eq!(wrong.count(other, after(59)), None);
    assert_eq!(wrong.count(one, after(60)), None, "the minute has passed");
    // All of a network of 64 bits is one address.
    let six = |network: u16, host: u16| IpAddr::from(Ipv6Addr::new(0x2001, 0xdb8, 0, network, 0, 0, 0, host));
    for host in 0..10 {
        assert_eq!(wrong.count(six(0, host), after(61)), None);
    }
    assert!(wrong.count(six(0, 10), after(61)).is_some());
    assert_eq!(wrong.count(six(1, 0), after(61)), None);
    // However many addresses come, it keeps no more than so many, and who was told apart still is.
    for network in 1..=u16::MAX {
        wrong.count(six(network, 0), after(62));
    }
    assert!(format!("{wrong:?}").matches("2001:db8:").count() <= 10_000);
    assert!(wrong.count(six(0, 11), after(62)).is_some());
    assert_eq!(wrong.count(one, after(62)), None);
}
