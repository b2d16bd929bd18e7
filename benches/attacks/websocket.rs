//! Websocket frames, written by hand because a client library would not send what an attacker sends.

use std::{io, time::Duration};

use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use super::client::Client;

const HANDSHAKE: &str = "GET /graphql HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
    sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\
    sec-websocket-protocol: graphql-transport-ws\r\n\r\n";
const TEXT: u8 = 0x81;
const MASKED: u8 = 0x80;
/// A mask of zeros leaves the payload as it is.
const MASK: [u8; 4] = [0; 4];

/// Opens a websocket and reads the response to the handshake.
pub async fn open(client: &Client) -> io::Result<TcpStream> {
    let mut stream = client.connect().await?;
    stream.write_all(HANDSHAKE.as_bytes()).await?;
    let mut head = [0; 1024];
    let read = timeout(Duration::from_secs(10), stream.read(&mut head)).await??;
    if head[..read].starts_with(b"HTTP/1.1 101") { Ok(stream) } else { Err(io::ErrorKind::ConnectionRefused.into()) }
}

/// The header of a text frame with a payload of this length.
pub fn header(length: u64) -> Vec<u8> {
    let mut header = vec![TEXT];
    match (u16::try_from(length), length) {
        (_, ..126) => header.push(MASKED | length as u8),
        (Ok(length), _) => {
            header.push(MASKED | 126);
            header.extend(length.to_be_bytes());
        }
        _ => {
            header.push(MASKED | 127);
            header.extend(length.to_be_bytes());
        }
    }
    header.extend(MASK);
    header
}

/// A text frame.
pub fn frame(text: &str) -> Vec<u8> {
    let mut frame = header(text.len() as u64);
    frame.extend(text.as_bytes());
    frame
}

/// Opens a websocket and starts subscriptions on it.
pub async fn subscribe(client: &Client, subscriptions: usize) -> io::Result<TcpStream> {
    let mut stream = open(client).await?;
    stream.write_all(&frame(&json!({ "type": "connection_init" }).to_string())).await?;
    for id in 0..subscriptions {
        let payload = json!({ "query": "subscription { revisions { number } }" });
        let message = json!({ "type": "subscribe", "id": id.to_string(), "payload": payload });
        stream.write_all(&frame(&message.to_string())).await?;
    }
    Ok(stream)
}
