//! GraphQL over websockets: the protocol `graphql-transport-ws`, and what becomes of those who do not keep to it.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};
use tokio_tungstenite::tungstenite::{Message, protocol::CloseFrame};

use crate::{
    support::{App, subscriptions::Socket},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        operations_run_beside_each_other,
        a_client_may_stop_an_operation,
        what_cannot_be_executed_is_an_error,
        a_token_comes_with_the_first_message,
        a_token_comes_with_the_upgrade,
        who_breaks_the_protocol_is_told,
        who_says_nothing_is_cut_off,
        pings_are_answered,
        a_close_is_echoed,
        operations_of_a_connection_are_bounded,
    ]
}

const PROTOCOL: Option<&str> = Some("graphql-transport-ws");
const FOREVER: &str = "subscription { revisions { number } }";

async fn operations_run_beside_each_other(app: App) {
    let mut socket = Socket::ready(&app).await;
    socket.subscribe("live", "subscription { revisions(after: 42) { number } }").await;
    let live = |number: i32| json!({ "type": "next", "id": "live", "payload": { "data": { "revisions": { "number": number } } } });
    assert_eq!((socket.hear().await, socket.hear().await), (live(43), live(44)));
    socket.subscribe("once", "{ model(slug: \"qwen\") { name } }").await;
    let once = json!({ "type": "next", "id": "once", "payload": { "data": { "model": { "name": "Qwen" } }, "extensions": { "cost": 1 } } });
    assert_eq!(socket.hear().await, once);
    assert_eq!(socket.hear().await, json!({ "type": "complete", "id": "once" }));
    let editor = app.bearing(&app.token(Role::Editor).await);
    editor.data("mutation { createOrganization(input: { name: \"New\" }) { revision } }").await;
    assert_eq!(socket.hear().await, live(45));
}

async fn a_client_may_stop_an_operation(app: App) {
    let mut socket = Socket::ready(&app).await;
    for _ in 0..3 {
        // An id is free again as soon as its operation was stopped.
        socket.subscribe("1", "subscription { revisions(after: 43) { number } }").await;
        assert_eq!(socket.hear().await["payload"]["data"]["revisions"]["number"], 44);
        socket.say(&json!({ "type": "complete", "id": "1" })).await;
    }
    socket.say(&json!({ "type": "complete", "id": "nobody" })).await;
    let editor = app.bearing(&app.token(Role::Editor).await);
    editor.data("mutation { createOrganization(input: { name: \"New\" }) { revision } }").await;
    socket.subscribe("2", "{ catalog { revision } }").await;
    // Nothing came of what was stopped.
    assert_eq!(socket.hear().await["id"], "2");
}

async fn what_cannot_be_executed_is_an_error(app: App) {
    let mut socket = Socket::ready(&app).await;
    for (query, code) in [("{ modles { nodes { name } } }", "GRAPHQL_VALIDATION_FAILED"), ("{", "GRAPHQL_PARSE_FAILED")]
    {
        socket.subscribe("1", query).await;
        let error = socket.hear().await;
        assert_eq!((&error["type"], &error["id"]), (&json!("error"), &json!("1")));
        assert_eq!(error["payload"][0]["extensions"]["code"], code);
    }
    socket.subscribe("1", "mutation { createOrganization(input: { name: \"New\" }) { revision } }").await;
    let next = socket.hear().await;
    assert_eq!((&next["type"], &next["payload"]["data"]), (&json!("next"), &Json::Null));
    assert_eq!(next["payload"]["errors"][0]["extensions"]["code"], "FORBIDDEN");
    assert_eq!(socket.hear().await, json!({ "type": "complete", "id": "1" }));
}

async fn role(socket: &mut Socket) -> Json {
    socket.subscribe("role", "{ viewer { role } }").await;
    let role = socket.hear().await["payload"]["data"]["viewer"]["role"].take();
    assert_eq!(socket.hear().await["type"], "complete");
    role
}

async fn a_token_comes_with_the_first_message(app: App) {
    let secret = app.token(Role::Editor).await;
    for name in ["authorization", "Authorization"] {
        let mut socket = Socket::open(&app, PROTOCOL).await;
        socket.say(&json!({ "type": "connection_init", "payload": { name: format!("Bearer {secret}") } })).await;
        assert_eq!(socket.hear().await["type"], "connection_ack");
        assert_eq!(role(&mut socket).await, "EDITOR");
    }
    assert_eq!(role(&mut Socket::ready(&app).await).await, "READER");
    for wrong in [json!("Bearer nobody"), json!("nobody"), json!(7), Json::Null] {
        let mut socket = Socket::open(&app, PROTOCOL).await;
        socket.say(&json!({ "type": "connection_init", "payload": { "authorization": wrong } })).await;
        let (code, reason) = socket.closed().await;
        assert_eq!(code, 4403, "{wrong}");
        assert!(!reason.contains("nobody"), "{reason}");
    }
}

async fn a_token_comes_with_the_upgrade(app: App) {
    let upgrade = |app: &App| {
        let headers = [
            ("connection", "upgrade"),
            ("upgrade", "WebSocket"),
            ("sec-websocket-version", "13"),
            ("sec-websocket-key", "x3JJHMbDL1EzLkh9GBhXDw=="),
            ("sec-websocket-protocol", "graphql-transport-ws"),
        ];
        headers
            .iter()
            .fold(app.request("GET", "/graphql"), |request, (name, value)| request.header(*name, *value))
            .send()
    };
    let editor = app.bearing(&app.token(Role::Editor).await);
    assert_eq!(upgrade(&editor).await.expect("an answer").status(), 101);
    let refused = upgrade(&app.bearing("nobody")).await.expect("an answer");
    assert_eq!(refused.status(), 401);
    // What is no handshake is told so.
    let half =
        app.request("GET", "/graphql").header("connection", "upgrade").header("upgrade", "websocket").send().await;
    assert_eq!(half.expect("an answer").status(), 400);
}

async fn who_breaks_the_protocol_is_told(app: App) {
    let init = || Message::text("{\"type\":\"connection_init\"}");
    let subscribe = || {
        let subscribe = json!({ "type": "subscribe", "id": "1", "payload": { "query": FOREVER } });
        Message::text(subscribe.to_string())
    };
    let text = Message::text::<&str>;
    let nested = format!("{{\"type\":\"ping\",\"payload\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    for (messages, code) in [
        (vec![text("what?")], 4400),
        (vec![text("[]")], 4400),
        (vec![text("{}")], 4400),
        (vec![text("{\"type\":\"hello\"}")], 4400),
        (vec![text("{\"type\":\"connection_init\",\"payload\":1}")], 4400),
        (vec![Message::text(nested)], 4400),
        (vec![Message::binary(b"{\"type\":\"connection_init\"}".to_vec())], 4400),
        (vec![init(), text("{\"type\":\"subscribe\",\"payload\":{\"query\":\"{ a }\"}}")], 4400),
        (vec![init(), text("{\"type\":\"subscribe\",\"id\":\"\",\"payload\":{\"query\":\"{ a }\"}}")], 4400),
        (vec![init(), text("{\"type\":\"subscribe\",\"id\":\"1\"}")], 4400),
        (vec![init(), text("{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{}}")], 4400),
        (vec![init(), text("{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":1}}")], 4400),
        (vec![subscribe()], 4401),
        (vec![init(), subscribe(), subscribe()], 4409),
        (vec![init(), init()], 4429),
    ] {
        let mut socket = Socket::open(&app, PROTOCOL).await;
        for message in &messages {
            socket.send(message.clone()).await;
        }
        let (closed, reason) = socket.closed().await;
        assert_eq!(closed, code, "{messages:?}: {reason}");
        assert!(!reason.is_empty());
    }
    // Who names no protocol is told which there is.
    let (code, reason) = Socket::open(&app, None).await.closed().await;
    assert_eq!((code, reason.as_str()), (4406, "The subprotocol graphql-transport-ws is required"));
    // The server is well.
    assert_eq!(role(&mut Socket::ready(&app).await).await, "READER");
}

async fn who_says_nothing_is_cut_off(app: App) {
    let mut socket = Socket::open(&app, PROTOCOL).await;
    assert_eq!(socket.closed().await, (4408, "Connection initialisation timeout".to_owned()));
}

async fn pings_are_answered(app: App) {
    let mut socket = Socket::open(&app, PROTOCOL).await;
    socket.say(&json!({ "type": "ping", "payload": { "any": "thing" } })).await;
    assert_eq!(socket.hear().await, json!({ "type": "pong" }));
    socket.say(&json!({ "type": "pong" })).await;
    socket.send(Message::Ping(vec![1, 2, 3].into())).await;
    assert_eq!(socket.frame().await, Some(Message::Pong(vec![1, 2, 3].into())));
}

async fn a_close_is_echoed(app: App) {
    let mut socket = Socket::ready(&app).await;
    socket.subscribe("1", FOREVER).await;
    let frame = CloseFrame { code: 1000.into(), reason: "Enough".into() };
    socket.send(Message::Close(Some(frame))).await;
    assert_eq!(socket.closed().await, (1000, "Enough".to_owned()));
}

async fn operations_of_a_connection_are_bounded(app: App) {
    let mut socket = Socket::ready(&app).await;
    for id in 0..101 {
        socket.subscribe(&id.to_string(), FOREVER).await;
    }
    let error = socket.hear().await;
    assert_eq!((&error["type"], &error["id"]), (&json!("error"), &json!("100")));
    assert_eq!(error["payload"][0]["extensions"]["code"], "TOO_MANY_OPERATIONS");
    socket.say(&json!({ "type": "complete", "id": "7" })).await;
    socket.subscribe("100", "{ catalog { revision } }").await;
    assert_eq!(socket.hear().await["payload"]["data"]["catalog"]["revision"], 44);
}
