//! Requests as bytes, and answers as slices of a buffer.

use std::{
    io,
    sync::atomic::{AtomicU64, Ordering},
};

use serde_json::{Value as Json, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// Stands in a request for a number that no other request has.
pub const UNIQUE: &str = "000000000000";

/// A GraphQL request, ready to be sent.
#[derive(Clone)]
pub struct Request {
    bytes: Vec<u8>,
    /// Where unique numbers go.
    unique: Vec<usize>,
}

impl Request {
    /// A query, or a mutation in the name of a token. Each [`UNIQUE`] in it becomes a number.
    pub fn new(query: &str, variables: &Json, secret: Option<&str>) -> Self {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let bearer = secret.map(|secret| format!("authorization: Bearer {secret}\r\n")).unwrap_or_default();
        let head = format!(
            "POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/graphql-response+json\r\n\
             content-type: application/json\r\n{bearer}content-length: {}\r\n\r\n",
            body.len()
        );
        let bytes = format!("{head}{body}");
        let unique = bytes.match_indices(UNIQUE).map(|(place, _)| place).collect();
        Self { bytes: bytes.into_bytes(), unique }
    }

    /// Whether answers may differ.
    pub fn is_unique(&self) -> bool {
        !self.unique.is_empty()
    }

    /// The bytes of the next request.
    fn next(&mut self) -> &[u8] {
        if self.is_unique() {
            static NEXT: AtomicU64 = AtomicU64::new(1);
            let mut number = NEXT.fetch_add(1, Ordering::Relaxed);
            for digit in (0..UNIQUE.len()).rev() {
                for place in &self.unique {
                    self.bytes[place + digit] = b'0' + (number % 10) as u8;
                }
                number /= 10;
            }
        }
        &self.bytes
    }
}

/// A connection that is kept, and the buffer that its answers are read into.
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

    /// Sends a request; returns the body of its answer, which must have status 200.
    pub async fn ask(&mut self, request: &mut Request) -> io::Result<&[u8]> {
        self.stream.write_all(request.next()).await?;
        let mut filled = 0;
        let (start, end) = loop {
            filled += self.read(filled).await?;
            if let Some(head) = self.buffer[..filled].windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                let length = length(&self.buffer[..head]);
                let length = length.ok_or_else(|| wrong(&String::from_utf8_lossy(&self.buffer[..filled])))?;
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

/// The length of the body behind a head with status 200.
fn length(head: &[u8]) -> Option<usize> {
    let head = std::str::from_utf8(head).ok()?;
    let mut lines = head.split("\r\n");
    lines.next()?.starts_with("HTTP/1.1 200 ").then_some(())?;
    let length =
        lines.filter_map(|line| line.split_once(": ")).find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    length?.1.parse().ok()
}

fn wrong(answer: &str) -> io::Error {
    io::Error::other(format!("not an answer with status 200 and a length: {answer}"))
}
