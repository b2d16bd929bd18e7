//! Prepared requests, and responses as slices of a reused buffer.

use std::{
    io,
    sync::atomic::{AtomicU64, Ordering},
};

use serde_json::{Value as Json, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Placeholder in a request, replaced by a number that is unique to each sending.
pub const UNIQUE: &str = "000000000000";

/// The bytes of a GraphQL request over HTTP.
#[derive(Clone)]
pub struct Request {
    bytes: Vec<u8>,
    /// Offsets of the placeholders.
    unique: Vec<usize>,
}

impl Request {
    /// A request with an optional bearer token. Each [`UNIQUE`] in it becomes a number.
    pub fn new(query: &str, variables: &Json, secret: Option<&str>) -> Self {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let authorization = secret.map(|secret| format!("authorization: Bearer {secret}\r\n")).unwrap_or_default();
        let head = format!(
            "POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/graphql-response+json\r\n\
             content-type: application/json\r\n{authorization}content-length: {}\r\n\r\n",
            body.len()
        );
        let bytes = format!("{head}{body}");
        let unique = bytes.match_indices(UNIQUE).map(|(offset, _)| offset).collect();
        Self { bytes: bytes.into_bytes(), unique }
    }

    /// The same request of a client that accepts compressed responses.
    pub fn compressed(mut self) -> Self {
        let head = b"POST /graphql HTTP/1.1\r\n";
        self.bytes.splice(head.len()..head.len(), *b"accept-encoding: br\r\n");
        self
    }

    /// Whether each sending differs, and so may the responses.
    pub fn is_unique(&self) -> bool {
        !self.unique.is_empty()
    }

    /// The bytes of the next request.
    fn next(&mut self) -> &[u8] {
        if self.is_unique() {
            static NEXT: AtomicU64 = AtomicU64::new(1);
            let mut number = NEXT.fetch_add(1, Ordering::Relaxed);
            for digit in (0..UNIQUE.len()).rev() {
                for offset in &self.unique {
                    self.bytes[offset + digit] = b'0' + (number % 10) as u8;
                }
                number /= 10;
            }
        }
        &self.bytes
    }
}

/// A persistent HTTP connection with its read buffer.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub async fn open(port: u16) -> io::Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: vec![0; 64 << 10] })
    }

    /// Sends a request and returns the response body; the status must be 200.
    pub async fn send(&mut self, request: &mut Request) -> io::Result<&[u8]> {
        self.stream.write_all(request.next()).await?;
        let mut filled = 0;
        let (start, end) = loop {
            filled += self.read(filled).await?;
            if let Some(head) = self.buffer[..filled].windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                let length = content_length(&self.buffer[..head]);
                let length = length.ok_or_else(|| unexpected(&String::from_utf8_lossy(&self.buffer[..filled])))?;
                break (head + 4, head + 4 + length);
            }
        };
        if self.buffer.len() < end {
            self.buffer.resize(end, 0);
        }
        while filled < end {
            filled += self.read(filled).await?;
        }
        Ok(&self.buffer[start..end])
    }

    async fn read(&mut self, filled: usize) -> io::Result<usize> {
        match self.stream.read(&mut self.buffer[filled..]).await? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            count => Ok(count),
        }
    }
}

/// The `content-length` of a response head with status 200.
fn content_length(head: &[u8]) -> Option<usize> {
    let head = std::str::from_utf8(head).ok()?;
    let mut lines = head.split("\r\n");
    lines.next()?.starts_with("HTTP/1.1 200 ").then_some(())?;
    let length =
        lines.filter_map(|line| line.split_once(": ")).find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    length?.1.parse().ok()
}

fn unexpected(response: &str) -> io::Error {
    io::Error::other(format!("not a response with status 200 and a content-length: {response}"))
}
