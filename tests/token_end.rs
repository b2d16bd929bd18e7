//! The end of a token: when it is revoked or expires, it has no rights any more on connections that are open already.

use std::time::{Duration, Instant};

use chrono::Utc;
use entity::{api_token, vocabulary::Role};
use libtest_mimic::Trial;
use open_llm_catalog::auth::token;
use sea_orm::{EntityTrait, Set};
use serde_json::{Value as Json, json};

use crate::{
    edit::dump,
    support::{
        App,
        subscriptions::{Events, Socket},
    },
    token::{VIEWER, state},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        a_revoked_token_cannot_use_an_open_websocket,
        an_expired_token_cannot_use_an_open_websocket,
        a_token_with_the_same_name_does_not_give_its_rights_to_an_open_websocket,
        a_websocket_has_the_present_role_of_its_token,
        subscriptions_of_a_token_end_with_it,
        an_event_is_not_sent_after_the_end_of_the_token,
        other_tokens_keep_their_websockets,
        the_lookup_for_each_operation_is_one_statement,
    ]
}

const ENDED: (u16, &str) = (4403, "The token has expired or was revoked");
const REVISIONS: &str = "subscription { revisions(after: 44) { number } }";
const CREATE: &str = "mutation { createOrganization(input: { name: \"Late\" }) { revision } }";
const CREATE_TOKEN: &str = "mutation { createApiToken(input: { name: \"again\", role: ADMIN }) { secret } }";

/// A new token: its name and its secret.
async fn new_token(app: &App, role: Role) -> (String, String) {
    let secret = app.token(role).await;
    (state(app).await.1.pop().expect("there is a token").name, secret)
}

/// The data of an operation over a websocket.
async fn data(socket: &mut Socket, query: &str) -> Json {
    socket.subscribe("once", query).await;
    let mut next = socket.receive().await;
    assert_eq!((&next["type"], &next["payload"]["errors"]), (&json!("next"), &Json::Null), "{next}");
    assert_eq!(socket.receive().await["type"], "complete");
    next["payload"]["data"].take()
}

async fn is_closed(socket: &mut Socket) {
    let (code, reason) = socket.close_frame().await;
    assert_eq!((code, reason.as_str()), ENDED);
}

async fn a_revoked_token_cannot_use_an_open_websocket(app: App) {
    let other = app.with_own_connections().await;
    for (server, query) in [(&app, CREATE), (&app, CREATE_TOKEN), (&other, CREATE_TOKEN), (&other, VIEWER)] {
        let (name, secret) = new_token(&app, Role::Admin).await;
        let mut by_payload = Socket::with_token(server, &secret).await;
        assert_eq!(data(&mut by_payload, VIEWER).await["viewer"]["role"], "ADMIN");
        token::revoke(&app.database, &name).await.expect("it can be revoked");
        let before = (dump(&app).await, state(&app).await);
        by_payload.subscribe("1", query).await;
        is_closed(&mut by_payload).await;
        assert_eq!((dump(&app).await, state(&app).await), before, "{query}");
    }
}

async fn an_expired_token_cannot_use_an_open_websocket(app: App) {
    let expiry = Utc::now() + Duration::from_secs(3);
    let (_, secret) = token::create(&app.database, "soon", Role::Admin, Some(expiry)).await.expect("it can be made");
    let secret = secret.reveal();
    let mut busy = Socket::with_token(&app, &secret).await;
    let other = app.with_own_connections().await;
    let mut idle = Socket::with_token(&other, &secret).await;
    assert_eq!(data(&mut busy, VIEWER).await["viewer"]["role"], "ADMIN");
    let before = dump(&app).await;
    tokio::time::sleep((expiry - Utc::now()).to_std().unwrap_or_default()).await;
    // Fails where the connection has been closed already.
    busy.try_subscribe("1", CREATE).await;
    is_closed(&mut busy).await;
    is_closed(&mut idle).await;
    assert_eq!(dump(&app).await, before);
}

async fn a_token_with_the_same_name_does_not_give_its_rights_to_an_open_websocket(app: App) {
    let (name, secret) = new_token(&app, Role::Editor).await;
    let mut socket = Socket::with_token(&app, &secret).await;
    // As if the row was deleted and the token created again. The new row may get the id of the old one.
    let database = sea_orm::Database::connect(&app.url).await.expect("the database is there");
    api_token::Entity::delete_many().exec(&database).await.expect("it can be deleted");
    database.close().await.expect("the connection closes");
    token::create(&app.database, &name, Role::Admin, None).await.expect("the name is free");
    socket.subscribe("1", CREATE_TOKEN).await;
    is_closed(&mut socket).await;
}

async fn a_websocket_has_the_present_role_of_its_token(app: App) {
    let (_, secret) = new_token(&app, Role::Admin).await;
    let mut socket = Socket::with_token(&app, &secret).await;
    assert_eq!(data(&mut socket, VIEWER).await["viewer"]["role"], "ADMIN");
    let database = sea_orm::Database::connect(&app.url).await.expect("the database is there");
    let editor = api_token::ActiveModel { role: Set(Role::Editor), ..Default::default() };
    api_token::Entity::update_many().set(editor).exec(&database).await.expect("it can be changed");
    database.close().await.expect("the connection closes");
    assert_eq!(data(&mut socket, VIEWER).await["viewer"]["role"], "EDITOR");
    socket.subscribe("1", CREATE_TOKEN).await;
    assert_eq!(socket.receive().await["payload"]["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

async fn subscriptions_of_a_token_end_with_it(app: App) {
    let other = app.with_own_connections().await;
    let (name, secret) = new_token(&app, Role::Editor).await;
    let mut sockets = Vec::new();
    for server in [&app, &other] {
        let mut socket = Socket::with_token(server, &secret).await;
        socket.subscribe("1", REVISIONS).await;
        sockets.push(socket);
    }
    let mut events = Events::open(&other.with_token(&secret), REVISIONS, &Json::Null).await;
    app.with_token(&secret).data(CREATE).await;
    for socket in &mut sockets {
        assert_eq!(socket.receive().await["payload"]["data"]["revisions"]["number"], 45);
    }
    assert_eq!(events.revision_numbers(1).await, [45]);
    let since = Instant::now();
    token::revoke(&app.database, &name).await.expect("it can be revoked");
    // Nothing happens on the connections.
    for socket in &mut sockets {
        is_closed(socket).await;
    }
    is_ended(&mut events).await;
    assert!(since.elapsed() < Duration::from_secs(20), "{:?}", since.elapsed());
    let refused = other.with_token(&secret).request("POST", "/graphql").header("accept", "text/event-stream");
    let refused = refused.json(&json!({ "query": REVISIONS })).send().await.expect("the server answers");
    assert_eq!(refused.status(), 401, "an `EventSource` does not connect again");
}

/// Asserts that an event stream ends with an error and is complete.
async fn is_ended(events: &mut Events) {
    let event = events.next().await.expect("an error");
    assert_eq!(
        (&event["data"], &event["errors"][0]["extensions"]["code"]),
        (&Json::Null, &json!("UNAUTHENTICATED")),
        "{event}"
    );
    assert_eq!(events.next().await, None);
}

async fn an_event_is_not_sent_after_the_end_of_the_token(app: App) {
    let admin = app.with_token(&app.token(Role::Admin).await);
    for round in 0..3 {
        let (name, secret) = new_token(&app, Role::Editor).await;
        let now = 44 + round;
        let query = format!("subscription {{ revisions(after: {now}) {{ number }} }}");
        let mut socket = Socket::with_token(&app, &secret).await;
        socket.subscribe("1", &query).await;
        // The subscription is running: operations are handled in order.
        data(&mut socket, VIEWER).await;
        let mut events = Events::open(&app.with_token(&secret), &query, &Json::Null).await;
        token::revoke(&app.database, &name).await.expect("it can be revoked");
        admin.data(&CREATE.replace("Late", &format!("Late {round}"))).await;
        assert_eq!(socket.frame_without_pings().await.map(|frame| frame.is_close()), Some(true));
        is_ended(&mut events).await;
    }
}

async fn other_tokens_keep_their_websockets(app: App) {
    let (name, _) = new_token(&app, Role::Admin).await;
    let (_, secret) = new_token(&app, Role::Editor).await;
    let mut socket = Socket::with_token(&app, &secret).await;
    let mut anonymous = Socket::connect(&app).await;
    for socket in [&mut socket, &mut anonymous] {
        socket.subscribe("1", REVISIONS).await;
    }
    token::revoke(&app.database, &name).await.expect("it can be revoked");
    // Longer than the interval in which tokens are looked up again.
    tokio::time::sleep(Duration::from_secs(3)).await;
    app.with_token(&secret).data(CREATE).await;
    for socket in [&mut socket, &mut anonymous] {
        assert_eq!(socket.receive().await["payload"]["data"]["revisions"]["number"], 45);
    }
    assert_eq!(data(&mut socket, VIEWER).await["viewer"]["role"], "EDITOR");
}

async fn the_lookup_for_each_operation_is_one_statement(app: App) {
    let secret = app.token(Role::Editor).await;
    let mut anonymous = Socket::connect(&app).await;
    let before = app.statements();
    assert_eq!(data(&mut anonymous, VIEWER).await["viewer"]["role"], "READER");
    assert_eq!(app.statements(), before, "without a token there is nothing to look up");
    let mut socket = Socket::with_token(&app, &secret).await;
    let before = app.statements();
    data(&mut socket, VIEWER).await;
    let lookups = app.statements() - before;
    // The token may be looked up meanwhile because time has passed.
    assert!((1..=2).contains(&lookups), "{lookups}");
}
