//! Only admins manage API tokens.

use std::time::Duration;

use chrono::Utc;
use entity::{api_token, vocabulary::Role};
use libtest_mimic::Trial;
use open_llm_catalog::auth::token;
use open_llm_catalog::store::change::Change;
use serde_json::{Value as Json, json};

use crate::{
    http::{header, read},
    support::App,
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        admins_create_and_revoke_tokens,
        only_admins_manage_tokens,
        invalid_tokens_cannot_be_created,
        the_last_use_is_written_in_the_background,
    ]
}

/// The state that a rejected request must not change: the last revision, and every token.
pub async fn state(app: &App) -> (i32, Vec<api_token::Model>) {
    let change = Change::begin(&app.database, "tester").await.expect("no other connection writes");
    (change.revision(), token::list(&app.database).await.expect("tokens can be listed"))
}

pub const VIEWER: &str = "{ viewer { role name } }";

const CREATE: &str = "mutation($input: CreateApiTokenInput!) { createApiToken(input: $input) {
    token { name role createdAt expiresAt revokedAt lastUsedAt } secret } }";
const REVOKE: &str = "mutation($name: String!) { revokeApiToken(input: { name: $name }) { token { name revokedAt } } }";
const LIST: &str = "{ apiTokens { name role createdAt expiresAt revokedAt lastUsedAt } }";

async fn admins_create_and_revoke_tokens(app: App) {
    let admin = app.with_token(&app.token(Role::Admin).await);
    let name = "Zoë's \"build\" 机器 \\o/";
    let input = json!({ "name": name, "role": "EDITOR", "expiresAt": "2999-01-01T01:00:00+01:00" });
    let mut made = admin.data_with(CREATE, json!({ "input": input })).await["createApiToken"].take();
    let secret = made["secret"].as_str().expect("a secret").to_owned();
    assert!(secret.starts_with("olc_") && secret.len() == 47, "{}", secret.len());
    let token = made["token"].take();
    assert_eq!([&token["name"], &token["role"], &token["expiresAt"]], [name, "EDITOR", "2999-01-01T00:00:00.000Z"]);
    assert_eq!([&token["revokedAt"], &token["lastUsedAt"]], [&Json::Null; 2]);
    let viewer = json!({ "viewer": { "role": "EDITOR", "name": name } });
    assert_eq!(app.with_token(&secret).data(VIEWER).await, viewer);
    // A second token, without expiry; secrets are unique.
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
    assert_eq!(app.with_token(&secret).post(&json!({ "query": VIEWER })).await.0, 401);
    assert_eq!(admin.data_with(REVOKE, json!({ "name": name })).await, revoked, "it is revoked once");
    let list = admin.data(LIST).await;
    assert_eq!(&list["apiTokens"][1]["revokedAt"], time);
    assert_eq!(list["apiTokens"][2]["revokedAt"], Json::Null);
    assert_eq!(state(&app).await.0, 44, "tokens are no facts");
}

async fn only_admins_manage_tokens(app: App) {
    let editor = app.with_token(&app.token(Role::Editor).await);
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
            // A field that succeeds keeps its data.
            let expected = if answer["data"]["catalog"].is_null() { 403 } else { 200 };
            assert_eq!((status, &answer["data"][field]), (expected, &Json::Null), "{field} as {has}");
            assert_eq!(expected == 200, *field == "apiTokens", "{answer}");
            let errors = answer["errors"].as_array().expect("a list of errors");
            assert_eq!((errors.len(), &errors[0]["path"]), (1, &json!([field])), "{answer}");
            assert_eq!(errors[0]["extensions"], json!({ "code": "FORBIDDEN" }));
            let message = format!(
                "This requires the role ADMIN, but you have {has}: send `Authorization: Bearer` with the secret of a token that has it."
            );
            assert_eq!(errors[0]["message"], message);
            let (status, headers, body) = read(caller.request("POST", "/graphql").json(request)).await;
            assert_eq!((status, header(&headers, "www-authenticate")), (expected, ""), "{body}");
        }
        let wrong = json!({ "query": "{ apiTokens { secretHash } }" });
        assert_eq!(caller.post(&wrong).await.0, 400, "the hash is nobody's");
    }
    assert_eq!(state(&app).await, before);
}

async fn invalid_tokens_cannot_be_created(app: App) {
    let admin = app.with_token(&app.token(Role::Admin).await);
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
        (input("x", "READER", Json::Null), "INVALID_ARGUMENT", "give CONTRIBUTOR, EDITOR or ADMIN"),
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
        assert_eq!(answer["data"]["createApiToken"], Json::Null, "{input}");
    }
    let (_, answer) = admin.post(&json!({ "query": REVOKE, "variables": { "name": "nobody" } })).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "NOT_FOUND");
    assert_eq!(answer["errors"][0]["message"], "There is no token named \"nobody\".");
    assert_eq!(state(&app).await, before);
    let longest = "模".repeat(100);
    let made = admin.data_with(CREATE, json!({ "input": named(&longest) })).await;
    assert_eq!(made["createApiToken"]["token"]["name"], longest);
}

async fn the_last_use_is_written_in_the_background(app: App) {
    let secret = app.token(Role::Editor).await;
    let other = app.second_server();
    let last_use = async || state(&app).await.1[0].last_used_at;
    let before = Utc::now();
    for _ in 0..3 {
        app.with_token(&secret).data(VIEWER).await;
    }
    assert_eq!(last_use().await, None, "a request does not wait for it");
    app.uses.write(&app.database).await;
    let first = last_use().await.expect("it is written");
    assert!((before..=Utc::now()).contains(&(first + Duration::from_micros(1))), "{first}");
    app.uses.write(&app.database).await;
    assert_eq!(last_use().await, Some(first), "nothing happened since");
    // The later use of two servers is stored, whichever writes first.
    app.with_token(&secret).data(VIEWER).await;
    tokio::time::sleep(Duration::from_millis(2)).await;
    other.with_token(&secret).data(VIEWER).await;
    other.uses.write(&app.database).await;
    let second = last_use().await.expect("it is written");
    app.uses.write(&app.database).await;
    assert!(second > first);
    assert_eq!(last_use().await, Some(second));
    // A wrong token does not count as a use.
    app.with_token("wrong").post(&json!({ "query": VIEWER })).await;
    app.uses.write(&app.database).await;
    assert_eq!(last_use().await, Some(second));
}
