//! A client with an address of its own, which sends raw bytes and may read slowly or not at all.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use serde_json::{Value as Json, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    time::timeout,
};

/// How long a client waits for a response.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(60);

/// A client of the server at a port of this machine.
#[derive(Clone, Copy)]
pub struct Client {
    pub port: u16,
    /// The address from which it connects, so that it has limits of its own.
    pub address: IpAddr,
}

/// The result of a request: the status, 0 if the connection was closed without one, and the bytes received.
#[derive(Clone, Copy, Debug)]
pub struct Response {
    pub status: u16,
    pub bytes: u64,
}

impl Client {
    pub async fn connect(&self) -> io::Result<TcpStream> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(SocketAddr::new(self.address, 0))?;
        socket.connect(SocketAddr::from(([127, 0, 0, 1], self.port))).await
    }

    /// Sends a GraphQL request and reads the whole response.
    pub async fn post(&self, query: &str, variables: &Json) -> io::Result<Response> {
        self.exchange(&graphql(query, variables)).await
    }

    /// Requests a path and reads the whole response.
    pub async fn get(&self, path: &str) -> io::Result<Response> {
        self.exchange(&get(path)).await
    }

    async fn exchange(&self, request: &[u8]) -> io::Result<Response> {
        let response = timeout(RESPONSE_TIMEOUT, async {
            let mut stream = self.connect().await?;
            stream.write_all(request).await?;
            read_to_end(&mut stream).await
        });
        response.await?
    }
}

/// The bytes of a GraphQL request, after whose response the connection ends.
pub fn graphql(query: &str, variables: &Json) -> Vec<u8> {
    let body = json!({ "query": query, "variables": variables }).to_string();
    format!(
        "POST /graphql HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// The bytes of a request for a path.
pub fn get(path: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").into_bytes()
}

/// Reads a response until the connection ends. A connection that breaks ends the response.
pub async fn read_to_end(stream: &mut TcpStream) -> io::Result<Response> {
    let (mut buffer, mut bytes, mut status) = (vec![0; 64 << 10], 0, 0);
    loop {
        let count = stream.read(&mut buffer).await.unwrap_or(0);
        if bytes == 0 {
            status = status_of(&buffer[..count]);
        }
        if count == 0 {
            return Ok(Response { status, bytes });
        }
        bytes += count as u64;
    }
}

fn status_of(head: &[u8]) -> u16 {
    let digits = head.strip_prefix(b"HTTP/1.1 ").and_then(|rest| std::str::from_utf8(rest.get(..3)?).ok());
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}
