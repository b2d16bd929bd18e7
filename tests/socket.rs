//! GraphQL over websockets: the protocol `graphql-transport-ws` and its close codes.

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
        operations_run_concurrently,
        clients_can_complete_an_operation,
        invalid_operations_return_an_error_message,
        connection_init_can_carry_the_token,
        the_upgrade_request_can_carry_the_token,
        protocol_errors_close_the_connection_with_a_code,
        connections_without_connection_init_are_closed,
        pings_are_answered_with_pongs,
        close_frames_are_echoed,
        operations_per_connection_are_limited,
    ]
}

const PROTOCOL: Option<&str> = Some("graphql-transport-ws");
const FOREVER: &str = "subscription { revisions { number } }";

async fn operations_run_concurrently(app: App) {
    let mut socket = Socket::connect(&app).await;
    socket.subscribe("live", "subscription { revisions(after: 42) { number } }").await;
    let live = |number: i32| json!({ "type": "next", "id": "live", "payload": { "data": { "revisions": { "number": number } } } });
    assert_eq!((socket.receive().await, socket.receive().await), (live(43), live(44)));
    socket.subscribe("once", "{ model(slug: \"qwen\") { name } }").await;
    let once = json!({ "type": "next", "id": "once", "payload": { "data": { "model": { "name": "Qwen" } }, "extensions": { "cost": 1 } } });
    assert_eq!(socket.receive().await, once);
    assert_eq!(socket.receive().await, json!({ "type": "complete", "id": "once" }));
    let editor = app.with_token(&app.token(Role::Editor).await);
    editor.data("mutation { createOrganization(input: { name: \"New\" }) { revision } }").await;
    assert_eq!(socket.receive().await, live(45));
}

async fn clients_can_complete_an_operation(app: App) {
    let mut socket = Socket::connect(&app).await;
    for _ in 0..3 {
        // An id can be reused after its operation was completed.
        socket.subscribe("1", "subscription { revisions(after: 43) { number } }").await;
        assert_eq!(socket.receive().await["payload"]["data"]["revisions"]["number"], 44);
        socket.send_json(&json!({ "type": "complete", "id": "1" })).await;
    }
    socket.send_json(&json!({ "type": "complete", "id": "nobody" })).await;
    let editor = app.with_token(&app.token(Role::Editor).await);
    editor.data("mutation { createOrganization(input: { name: \"New\" }) { revision } }").await;
    socket.subscribe("2", "{ catalog { revision } }").await;
    // The aborted operation changed nothing.
    assert_eq!(socket.receive().await["id"], "2");
}

async fn invalid_operations_return_an_error_message(app: App) {
    let mut socket = Socket::connect(&app).await;
    for (query, code) in [("{ modles { nodes { name } } }", "GRAPHQL_VALIDATION_FAILED"), ("{", "GRAPHQL_PARSE_FAILED")]
    {
        socket.subscribe("1", query).await;
        let error = socket.receive().await;
        assert_eq!((&error["type"], &error["id"]), (&json!("error"), &json!("1")));
        assert_eq!(error["payload"][0]["extensions"]["code"], code);
    }
    socket.subscribe("1", "mutation { createOrganization(input: { name: \"New\" }) { revision } }").await;
    let next = socket.receive().await;
    assert_eq!((&next["type"], &next["payload"]["data"]), (&json!("next"), &json!({ "createOrganization": null })));
    assert_eq!(next["payload"]["errors"][0]["extensions"]["code"], "FORBIDDEN");
    assert_eq!(socket.receive().await, json!({ "type": "complete", "id": "1" }));
}

async fn role(socket: &mut Socket) -> Json {
    socket.subscribe("role", "{ viewer { role } }").await;
    let role = socket.receive().await["payload"]["data"]["viewer"]["role"].take();
    assert_eq!(socket.receive().await["type"], "complete");
    role
}

async fn connection_init_can_carry_the_token(app: App) {
    let secret = app.token(Role::Editor).await;
    for name in ["authorization", "Authorization"] {
        let mut socket = Socket::open(&app, PROTOCOL).await;
        socket.send_json(&json!({ "type": "connection_init", "payload": { name: format!("Bearer {secret}") } })).await;
        assert_eq!(socket.receive().await["type"], "connection_ack");
        assert_eq!(role(&mut socket).await, "EDITOR");
    }
    assert_eq!(role(&mut Socket::connect(&app).await).await, "READER");
    for wrong in [json!("Bearer nobody"), json!("nobody"), json!(7), Json::Null] {
        let mut socket = Socket::open(&app, PROTOCOL).await;
        socket.send_json(&json!({ "type": "connection_init", "payload": { "authorization": wrong } })).await;
        let (code, reason) = socket.close_frame().await;
        assert_eq!(code, 4403, "{wrong}");
        assert!(!reason.contains("nobody"), "{reason}");
    }
}

async fn the_upgrade_request_can_carry_the_token(app: App) {
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
    let editor = app.with_token(&app.token(Role::Editor).await);
    assert_eq!(upgrade(&editor).await.expect("an answer").status(), 101);
    let refused = upgrade(&app.with_token("nobody")).await.expect("an answer");
    assert_eq!(refused.status(), 401);
    // A request without a handshake is rejected.
    let half =
        app.request("GET", "/graphql").header("connection", "upgrade").header("upgrade", "websocket").send().await;
    assert_eq!(half.expect("an answer").status(), 400);
}

async fn protocol_errors_close_the_connection_with_a_code(app: App) {
    let init = || Message::text("{\"type\":\"connection_init\"}");
    let subscribe = || {
        let subscribe = json!({ "type": "subscribe", "id": "1", "payload": { "query": FOREVER } });
        Message::text(subscribe.to_string())
    };
    let text = Message::text::<&str>;
    let nested = format!("{{\"type\":\"ping\",\"payload\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
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
        let (closed, reason) = socket.close_frame().await;
        assert_eq!(closed, code, "{messages:?}: {reason}");
        assert!(!reason.is_empty());
    }
    // Without a subprotocol the close reason names the supported one.
    let (code, reason) = Socket::open(&app, None).await.close_frame().await;
    assert_eq!((code, reason.as_str()), (4406, "The subprotocol graphql-transport-ws is required"));
    // The server is healthy.
    assert_eq!(role(&mut Socket::connect(&app).await).await, "READER");
}

async fn connections_without_connection_init_are_closed(app: App) {
    let mut socket = Socket::open(&app, PROTOCOL).await;
    assert_eq!(socket.close_frame().await, (4408, "Connection initialisation timeout".to_owned()));
}

async fn pings_are_answered_with_pongs(app: App) {
    let mut socket = Socket::open(&app, PROTOCOL).await;
    socket.send_json(&json!({ "type": "ping", "payload": { "any": "thing" } })).await;
    assert_eq!(socket.receive().await, json!({ "type": "pong" }));
    socket.send_json(&json!({ "type": "pong" })).await;
    socket.send(Message::Ping(vec![1, 2, 3].into())).await;
    assert_eq!(socket.frame().await, Some(Message::Pong(vec![1, 2, 3].into())));
}

async fn close_frames_are_echoed(app: App) {
    let mut socket = Socket::connect(&app).await;
    socket.subscribe("1", FOREVER).await;
    let frame = CloseFrame { code: 1000.into(), reason: "Enough".into() };
    socket.send(Message::Close(Some(frame))).await;
    assert_eq!(socket.close_frame().await, (1000, "Enough".to_owned()));
}

async fn operations_per_connection_are_limited(app: App) {
    let mut socket = Socket::connect(&app).await;
    for id in 0..101 {
        socket.subscribe(&id.to_string(), FOREVER).await;
    }
    let error = socket.receive().await;
    assert_eq!((&error["type"], &error["id"]), (&json!("error"), &json!("100")));
    assert_eq!(error["payload"][0]["extensions"]["code"], "TOO_MANY_OPERATIONS");
    socket.send_json(&json!({ "type": "complete", "id": "7" })).await;
    socket.subscribe("100", "{ catalog { revision } }").await;
    assert_eq!(socket.receive().await["payload"]["data"]["catalog"]["revision"], 44);
}
