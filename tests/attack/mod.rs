//! Malicious requests to the program: it answers each without an internal error, in bounded time and memory, and survives.

mod documents;
mod requests;
mod sockets;
mod texts;

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};
use tokio::task::spawn_blocking;

use crate::{
    cli::{Server, folder},
    memory::peak_megabytes,
    support::{App, Client},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both: the_program_survives_malicious_requests]
}

/// A request, and the expected response.
struct Case {
    name: String,
    sent: Sent,
    /// The accepted statuses; 0 where the connection may end without a response.
    statuses: &'static [u16],
    /// A part of the response.
    says: &'static str,
}

enum Sent {
    /// A GraphQL request, by POST.
    Json(Json),
    /// The bytes of a request.
    Raw(Vec<u8>),
}

impl Case {
    fn new(name: impl Into<String>, sent: Sent, statuses: &'static [u16], says: &'static str) -> Self {
        Self { name: name.into(), sent, statuses, says }
    }
}

/// The largest peak memory of the program, in megabytes.
const MAX_MEMORY_MB: u64 = 256;
/// How long a response may take. A debug build is slow, and tests share the machine.
const RESPONSE_DEADLINE: Duration =
    if cfg!(debug_assertions) { Duration::from_secs(30) } else { Duration::from_secs(1) };

async fn the_program_survives_malicious_requests(app: App) {
    let folder = folder();
    // Concurrent requests wait for each other, and a debug build is slow.
    let timeout = ("REQUEST_TIMEOUT", "120");
    let variables =
        [("DATABASE_URL", app.url.as_str()), ("PORT", "0"), ("RATE_REQUESTS", "0"), ("RATE_COST", "0"), timeout];
    let mut server = Server::start(folder.path(), &variables);
    let address = server.address();
    let client = Client::at(format!("http://{address}"));
    let cases = [documents::cases(), requests::cases(), texts::cases()];
    let cases = cases.into_iter().flatten().collect::<Vec<_>>();
    let count = cases.len() + sockets::CASES.len();
    assert!(count >= 150, "{count} cases");
    // These requests stay incomplete while all others are answered.
    let stalled = ["POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{", "GET /graphql?query=", "P", ""];
    let stalled = stalled.iter().cycle().take(40).map(|begun| {
        let mut stream = TcpStream::connect(&address).expect("the server listens");
        stream.write_all(begun.as_bytes()).expect("the server reads");
        stream
    });
    let stalled = stalled.collect::<Vec<_>>();

    let mut wrong = Vec::new();
    let mut slowest = (Duration::ZERO, String::new());
    for case in cases {
        let since = Instant::now();
        let (status, body) = match case.sent {
            Sent::Json(body) => {
                let request = client.request("POST", "/graphql").header("accept", "application/graphql-response+json");
                // After seconds of work in a debug build the clock for idle connections is late, and closes this one before its next use.
                let request = request.header("connection", "close");
                let response = request.json(&body).send().await.expect("the server answers");
                (response.status().as_u16(), response.text().await.expect("the answer is text"))
            }
            Sent::Raw(bytes) => {
                let address = address.clone();
                spawn_blocking(move || raw(&address, &bytes)).await.expect("the request can be sent")
            }
        };
        let took = since.elapsed();
        let shown = body.chars().take(200).collect::<String>();
        let failed = ["INTERNAL", "UNAVAILABLE"].iter().any(|code| body.contains(code));
        if failed || took >= RESPONSE_DEADLINE || !case.statuses.contains(&status) || !body.contains(case.says) {
            wrong.push(format!("{} after {took:?}: {status} {shown}", case.name));
        }
        if took > slowest.0 {
            slowest = (took, case.name);
        }
    }
    for case in sockets::CASES {
        sockets::play(&client, case).await;
    }
    crowd(&client).await;
    drop(stalled);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    assert!(server.process.try_wait().expect("the program can be asked").is_none(), "the program lives");
    assert_eq!(
        client.data("{ catalog { revision counts { models } } }").await["catalog"],
        json!({ "revision": 44, "counts": { "models": 31 } })
    );
    let peak = peak_megabytes(server.process.id());
    tracing::info!(count, peak, slowest = ?slowest, "the hostile list");
    assert!(peak.is_none_or(|peak| peak < MAX_MEMORY_MB), "{peak:?} MB at the most");
}

/// Concurrent requests of the maximum cost.
async fn crowd(client: &Client) {
    let names = (0..50).map(|name| format!("{}{name}:slug", "a".repeat(4500))).collect::<Vec<_>>().join(" ");
    let asked = (0..8).map(|number| {
        let request = client.request("POST", "/graphql").header("connection", "close");
        request
            .json(&json!({ "query": format!("{{ models(first: 100) {{ nodes {{ {names} }} }} }} # {number}") }))
            .send()
    });
    for answer in join_all(asked).await {
        assert_eq!(answer.expect("the server answers").status(), 200);
    }
}

/// Sends bytes; returns the status, or 0, and the response.
fn raw(address: &str, bytes: &[u8]) -> (u16, String) {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(RESPONSE_DEADLINE)).expect("a timeout can be set");
    // Fails where the server has stopped reading.
    let _ = stream.write_all(bytes).and_then(|()| stream.shutdown(std::net::Shutdown::Write));
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)).and_then(|status| status.parse().ok());
    (status.unwrap_or(0), answer)
}
