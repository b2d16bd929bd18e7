//! Clients of subscriptions: one for server-sent events, one for websockets.

use std::{pin::Pin, time::Duration};

use futures_util::{SinkExt, Stream, StreamExt};
use serde_json::{Value as Json, json};
use tokio::{net::TcpStream, time};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream,
    tungstenite::{Message, client::IntoClientRequest, protocol::CloseFrame},
};

use super::Client;

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(30);

/// What must come, or the test fails.
pub async fn soon<T>(what: impl Future<Output = T>) -> T {
    time::timeout(PATIENCE, what).await.expect("it comes in time")
}

/// The events of an operation.
pub struct Events {
    body: Pin<Box<dyn Stream<Item = reqwest::Result<Vec<u8>>>>>,
    text: String,
}

impl Events {
    pub async fn open(app: &Client, query: &str, variables: &Json) -> Self {
        let request = app.request("POST", "/graphql").header("accept", "text/event-stream");
        let response = request.json(&json!({ "query": query, "variables": variables })).send().await;
        let response = response.expect("the server answers");
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream; charset=utf-8");
        let body = response.bytes_stream().map(|bytes| bytes.map(|bytes| bytes.to_vec()));
        Self { body: Box::pin(body), text: String::new() }
    }

    /// The data of the next event; none after the last.
    pub async fn next(&mut self) -> Option<Json> {
        loop {
            while let Some((event, rest)) = self.text.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.text = rest;
                match event.split_once('\n') {
                    None => assert_eq!(event, ":", "nothing but a sign of life has one line"),
                    Some(("event: complete", "data: ")) => return None,
                    Some(("event: next", data)) => {
                        let data = data.strip_prefix("data: ").expect("an event has data");
                        return Some(serde_json::from_str(data).expect("the data is JSON"));
                    }
                    Some(_) => panic!("an event {event:?}"),
                }
            }
            let bytes = soon(self.body.next()).await.expect("the stream goes on").expect("the stream can be read");
            self.text.push_str(std::str::from_utf8(&bytes).expect("an event is UTF-8"));
        }
    }

    /// Whether something more comes before the stream ends without an event that says so.
    pub async fn next_or_break(&mut self) -> bool {
        soon(self.body.next()).await.is_some_and(|bytes| bytes.is_ok())
    }

    /// Waits until the stream ends without an event that says so.
    pub async fn broken(&mut self) {
        while let Some(bytes) = soon(self.body.next()).await {
            assert_eq!(bytes.expect("the stream can be read"), b":\n\n");
        }
    }

    /// The numbers of the next `count` revisions.
    pub async fn numbers(&mut self, count: usize) -> Vec<i64> {
        let mut numbers = Vec::new();
        while numbers.len() < count {
            let event = self.next().await.expect("a subscription goes on");
            numbers.push(event["data"]["revisions"]["number"].as_i64().expect("a revision has a number"));
        }
        numbers
    }
}

/// A websocket.
pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    pub async fn open(app: &Client, protocol: Option<&str>) -> Self {
        let address = format!("{}/graphql", app.address.replacen("http", "ws", 1));
        let mut request = address.into_client_request().expect("an address");
        if let Some(protocol) = protocol {
            request.headers_mut().insert("sec-websocket-protocol", protocol.parse().expect("a header"));
        }
        let (socket, response) = tokio_tungstenite::connect_async(request).await.expect("the server opens a websocket");
        assert_eq!(response.status(), 101);
        Self(socket)
    }

    /// A connection that may go on.
    pub async fn ready(app: &Client) -> Self {
        let mut socket = Self::open(app, Some("graphql-transport-ws")).await;
        socket.say(&json!({ "type": "connection_init" })).await;
        assert_eq!(socket.hear().await, json!({ "type": "connection_ack" }));
        socket
    }

    pub async fn say(&mut self, message: &Json) {
        self.send(Message::text(message.to_string())).await;
    }

    pub async fn send(&mut self, message: Message) {
        self.0.send(message).await.expect("the server reads");
    }

    pub async fn subscribe(&mut self, id: &str, query: &str) {
        self.say(&json!({ "type": "subscribe", "id": id, "payload": { "query": query } })).await;
    }

    /// The next frame; none where the connection ended.
    pub async fn frame(&mut self) -> Option<Message> {
        soon(self.0.next()).await.and_then(Result::ok)
    }

    /// The next message.
    pub async fn hear(&mut self) -> Json {
        loop {
            match self.frame().await.expect("the connection is open") {
                Message::Text(text) => return serde_json::from_str(&text).expect("a message is JSON"),
                Message::Ping(_) => {}
                frame => panic!("{frame:?}"),
            }
        }
    }

    /// With which code the server closes, and why.
    pub async fn closed(&mut self) -> (u16, String) {
        loop {
            match self.frame().await {
                Some(Message::Close(Some(CloseFrame { code, reason }))) => return (code.into(), reason.to_string()),
                Some(Message::Text(_) | Message::Ping(_)) => {}
                frame => panic!("{frame:?}"),
            }
        }
    }
}
