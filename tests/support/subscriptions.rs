//! Clients of subscriptions: one for server-sent events, one for websockets.

use std::pin::Pin;

use futures_util::{SinkExt, Stream, StreamExt};
use serde_json::{Value as Json, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream,
    tungstenite::{Message, client::IntoClientRequest, protocol::CloseFrame},
};

use super::{Client, within_deadline};

/// The server-sent events of an operation.
pub struct Events {
    body: Pin<Box<dyn Stream<Item = reqwest::Result<Vec<u8>>>>>,
    received: Vec<u8>,
    /// Where the search for the end of an event goes on.
    searched: usize,
    /// The id of the last event.
    pub last_id: Option<String>,
}

impl Events {
    pub async fn open(client: &Client, query: &str, variables: &Json) -> Self {
        let request = client.request("POST", "/graphql").header("accept", "text/event-stream");
        Self::receive(request.json(&json!({ "query": query, "variables": variables }))).await
    }

    /// What an `EventSource` requests: by GET, with the id of the last event if it connects again.
    pub async fn source(client: &Client, query: &str, last_id: Option<&str>) -> Self {
        let request =
            client.request("GET", "/graphql").header("accept", "text/event-stream").query(&[("query", query)]);
        let request = last_id.into_iter().fold(request, |request, id| request.header("last-event-id", id));
        Self::receive(request).await
    }

    async fn receive(request: reqwest::RequestBuilder) -> Self {
        let response = within_deadline(request.send()).await.expect("the server responds");
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream; charset=utf-8");
        let body = response.bytes_stream().map(|bytes| bytes.map(|bytes| bytes.to_vec()));
        Self { body: Box::pin(body), received: Vec::new(), searched: 0, last_id: None }
    }

    /// The data of the next event; none where the operation is complete.
    pub async fn next(&mut self) -> Option<Json> {
        loop {
            // A response may have megabytes: only what came since is searched, and the byte before.
            let since = std::mem::replace(&mut self.searched, self.received.len().saturating_sub(1));
            let end = self.received[since..].windows(2).position(|bytes| bytes == b"\n\n");
            if let Some(end) = end.map(|end| since + end) {
                self.searched = 0;
                let event = self.received.drain(..end + 2).take(end).collect();
                let event = String::from_utf8(event).expect("an event is UTF-8");
                let event = match event.strip_prefix("id: ").and_then(|rest| rest.split_once('\n')) {
                    Some((id, event)) => {
                        self.last_id = Some(id.to_owned());
                        event
                    }
                    None => &event,
                };
                match event.split_once('\n') {
                    None => assert_eq!(event, ":", "only a heartbeat has one line"),
                    Some(("event: complete", "data: ")) => return None,
                    Some(("event: next", data)) => {
                        let data = data.strip_prefix("data: ").expect("an event has data");
                        return Some(serde_json::from_str(data).expect("the data is JSON"));
                    }
                    Some(_) => panic!("an event {event:?}"),
                }
                continue;
            }
            let bytes = within_deadline(self.body.next())
                .await
                .expect("the stream has not ended")
                .expect("the stream can be read");
            self.received.extend(bytes);
        }
    }

    /// Reads once; returns whether the stream is still open.
    pub async fn read_once(&mut self) -> bool {
        within_deadline(self.body.next()).await.is_some_and(|bytes| bytes.is_ok())
    }

    /// Waits until the stream ends without a complete event. Until then there are only heartbeats.
    pub async fn await_break(&mut self) {
        while let Some(bytes) = within_deadline(self.body.next()).await {
            assert_eq!(bytes.expect("the stream can be read"), b":\n\n");
        }
    }

    /// The numbers of the next `count` revisions.
    pub async fn revision_numbers(&mut self, count: usize) -> Vec<i64> {
        let mut numbers = Vec::new();
        while numbers.len() < count {
            let event = self.next().await.expect("a subscription does not end");
            numbers.push(event["data"]["revisions"]["number"].as_i64().expect("a revision has a number"));
        }
        numbers
    }
}

/// A websocket connection.
pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    pub async fn open(client: &Client, protocol: Option<&str>) -> Self {
        let address = format!("{}/graphql", client.address.replacen("http", "ws", 1));
        let mut request = address.into_client_request().expect("an address");
        if let Some(protocol) = protocol {
            request.headers_mut().insert("sec-websocket-protocol", protocol.parse().expect("a header"));
        }
        let (socket, response) =
            within_deadline(tokio_tungstenite::connect_async(request)).await.expect("the server opens a websocket");
        assert_eq!(response.status(), 101);
        Self(socket)
    }

    /// A connection that has been acknowledged.
    pub async fn connect(client: &Client) -> Self {
        let mut socket = Self::open(client, Some("graphql-transport-ws")).await;
        socket.send_json(&json!({ "type": "connection_init" })).await;
        assert_eq!(socket.receive().await, json!({ "type": "connection_ack" }));
        socket
    }

    /// A connection that has been acknowledged, with a token.
    pub async fn with_token(client: &Client, secret: &str) -> Self {
        let mut socket = Self::open(client, Some("graphql-transport-ws")).await;
        let payload = json!({ "authorization": format!("Bearer {secret}") });
        socket.send_json(&json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(socket.receive().await, json!({ "type": "connection_ack" }));
        socket
    }

    pub async fn send_json(&mut self, message: &Json) {
        self.send(Message::text(message.to_string())).await;
    }

    pub async fn send(&mut self, message: Message) {
        self.0.send(message).await.expect("the server reads");
    }

    pub async fn subscribe(&mut self, id: &str, query: &str) {
        self.send_json(&json!({ "type": "subscribe", "id": id, "payload": { "query": query } })).await;
    }

    /// As `subscribe`, but the server may have closed the connection.
    pub async fn try_subscribe(&mut self, id: &str, query: &str) {
        let message = json!({ "type": "subscribe", "id": id, "payload": { "query": query } });
        let _ = self.0.send(Message::text(message.to_string())).await;
    }

    /// The next frame that is not a ping; none where the connection has ended.
    pub async fn frame_without_pings(&mut self) -> Option<Message> {
        loop {
            match self.frame().await {
                Some(Message::Ping(_)) => {}
                frame => return frame,
            }
        }
    }

    /// The next frame; none where the connection has ended.
    pub async fn frame(&mut self) -> Option<Message> {
        within_deadline(self.0.next()).await.and_then(Result::ok)
    }

    /// The next message.
    pub async fn receive(&mut self) -> Json {
        loop {
            match self.frame().await.expect("the connection is open") {
                Message::Text(text) => return serde_json::from_str(&text).expect("a message is JSON"),
                Message::Ping(_) => {}
                frame => panic!("{frame:?}"),
            }
        }
    }

    /// The code and the reason of the close frame. Messages before it are skipped.
    pub async fn close_frame(&mut self) -> (u16, String) {
        loop {
            match self.frame().await {
                Some(Message::Close(Some(CloseFrame { code, reason }))) => return (code.into(), reason.to_string()),
                Some(Message::Text(_) | Message::Ping(_)) => {}
                frame => panic!("{frame:?}"),
            }
        }
    }
}
