//! Malicious websocket messages.

use serde_json::json;
use tokio_tungstenite::tungstenite::{Bytes, Message};

use crate::support::{Client, subscriptions::Socket, within_deadline};

/// Messages to an open websocket, and the code with which the server closes it; 0 where it stays open.
pub struct Case {
    ready: bool,
    says: &'static [&'static str],
    closes: u16,
}

const fn opened(says: &'static [&'static str], closes: u16) -> Case {
    Case { ready: false, says, closes }
}

const fn ready(says: &'static [&'static str], closes: u16) -> Case {
    Case { ready: true, says, closes }
}

pub const CASES: &[Case] = &[
    opened(&[""], 4400),
    opened(&["garbage"], 4400),
    opened(&["null"], 4400),
    opened(&["[]"], 4400),
    opened(&["{}"], 4400),
    opened(&["\u{0}"], 4400),
    opened(&[r#"{"type":5}"#], 4400),
    opened(&[r#"{"type":"nonsense"}"#], 4400),
    opened(&[r#"{"type":"start","id":"1","payload":{"query":"{ __typename }"}}"#], 4400),
    opened(&[r#"{"type":"connection_init","payload":5}"#], 4400),
    opened(&[r#"{"type":"connection_init","payload":{"authorization":"Bearer ' OR 1=1"}}"#], 4403),
    opened(&[r#"{"type":"connection_init","payload":{"authorization":{}}}"#], 4403),
    opened(&[r#"{"type":"subscribe","id":"1","payload":{"query":"{ __typename }"}}"#], 4401),
    ready(&[r#"{"type":"connection_init"}"#], 4429),
    ready(&[r#"{"type":"subscribe","id":"","payload":{"query":"{ __typename }"}}"#], 4400),
    ready(&[r#"{"type":"subscribe","id":5,"payload":{"query":"{ __typename }"}}"#], 4400),
    ready(&[r#"{"type":"subscribe","id":"1","payload":{}}"#], 4400),
    ready(&[r#"{"type":"subscribe","id":"1","payload":{"query":5}}"#], 4400),
    ready(&[r#"{"type":"subscribe","id":"1","payload":{"query":"{ __typename }","variables":[]}}"#], 4400),
    ready(
        &[
            r#"{"type":"subscribe","id":"1","payload":{"query":"subscription { revisions { number } }"}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":"subscription { revisions { number } }"}}"#,
        ],
        4409,
    ),
    ready(&[r#"{"type":"subscribe","id":"1","payload":{"query":"{ ...a } fragment a on Query { ...a }"}}"#], 0),
    ready(&[r#"{"type":"subscribe","id":"1","payload":{"query":"{{{{"}}"#], 0),
    ready(&[r#"{"type":"complete","id":"nobody"}"#, r#"{"type":"pong"}"#], 0),
];

/// Sends the messages and checks the close code.
pub async fn play(client: &Client, case: &Case) {
    let protocol = Some("graphql-transport-ws");
    let mut socket = if case.ready { Socket::connect(client).await } else { Socket::open(client, protocol).await };
    for text in case.says {
        socket.send(Message::text(*text)).await;
    }
    if case.closes > 0 {
        assert_eq!(socket.close_frame().await.0, case.closes, "{:?}", case.says);
        return;
    }
    socket.send_json(&json!({ "type": "ping" })).await;
    within_deadline(async { while socket.receive().await != json!({ "type": "pong" }) {} }).await;
    // A binary message closes the connection.
    socket.send(Message::Binary(Bytes::from_static(&[0xff; 100]))).await;
    assert_eq!(socket.close_frame().await.0, 4400, "{:?}", case.says);
}
