//! Timeouts of requests, statements, changes and websockets.

use std::time::{Duration, Instant};

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use open_llm_catalog::db::database::Database;
use open_llm_catalog::db::deadline::{Deadline, scope};
use open_llm_catalog::error::Error;
use open_llm_catalog::http::limits::timeouts::Timeouts;
use open_llm_catalog::store::change::Change;
use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    support::{App, POOL, TIMEOUTS, connect, subscriptions::Socket, wait_until, within_deadline},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        slow_requests_are_rejected,
        timed_out_requests_write_nothing,
        timed_out_statements_leave_the_connection_usable,
        timed_out_changes_release_the_write_lock,
        cancelled_statements_free_their_connection,
        websockets_that_miss_pings_are_closed,
    ]
}

const SHORT: Duration = Duration::from_millis(300);

async fn slow_requests_are_rejected(app: App) {
    // The server checks the deadline of a head twice a second.
    let app = app.with_timeouts(Timeouts { receive: Duration::from_secs(2), ..TIMEOUTS });
    let host = app.address.strip_prefix("http://").expect("an address").to_owned();
    let head = "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n";
    for (sent, code) in [
        ("POST /graphql HTT".to_owned(), ""),
        (format!("{head}x-slow: "), ""),
        (format!("{head}content-length: 40\r\n\r\n{{\"query\""), "REQUEST_TIMEOUT"),
        (format!("{head}transfer-encoding: chunked\r\n\r\n5\r\n{{\"que"), "REQUEST_TIMEOUT"),
    ] {
        let mut stream = TcpStream::connect(&host).await.expect("the server listens");
        stream.write_all(sent.as_bytes()).await.expect("the server reads");
        let mut answer = Vec::new();
        // A response has a known end; after a chunked body the connection may stay open.
        while !(answer.starts_with(b"HTTP/1.1 408 ") && String::from_utf8_lossy(&answer).contains(code)) {
            let count = within_deadline(stream.read_buf(&mut answer)).await.expect("the server answers");
            assert!(count > 0, "{sent}: {}", String::from_utf8_lossy(&answer));
        }
    }
    assert_eq!(app.data("{ __typename }").await, json!({ "__typename": "Query" }));
}

async fn timed_out_requests_write_nothing(app: App) {
    let editor = app.token(Role::Editor).await;
    let with_timeout = app.with_timeouts(Timeouts { request: SHORT, ..TIMEOUTS }).with_token(&editor);
    let create = json!({ "query": "mutation { createOrganization(input: { name: \"Late\" }) { revision } }" });
    // Another connection holds the write lock.
    let other = connect(&app.url).await;
    let change = Change::begin(&other, "somebody").await.expect("no other connection writes");
    let (status, answer) = with_timeout.post(&create).await;
    assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (504, &json!("TIMEOUT")), "{answer}");
    drop(change);
    other.close().await.expect("the connections close");
    // The timed-out mutation does not wait for the lock any longer, and is not executed later.
    let without_timeout = app.with_token(&editor);
    let data = without_timeout.data("mutation { createOrganization(input: { name: \"Now\" }) { revision } }").await;
    assert_eq!(data["createOrganization"]["revision"], 45);
    let data = app.data("{ organizations(where: { slug: { in: [\"late\", \"now\"] } }) { nodes { slug } } }").await;
    assert_eq!(data["organizations"]["nodes"], json!([{ "slug": "now" }]));
}

/// A statement that does not end by itself.
fn endless(database: &Database) -> &'static str {
    match database.backend() {
        DbBackend::Postgres => "SELECT pg_sleep(600)",
        _ => "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT MAX(n) FROM n",
    }
}

async fn timed_out_statements_leave_the_connection_usable(app: App) {
    for limit in [Deadline::At(tokio::time::Instant::now() + SHORT), Deadline::PerStatement(SHORT)] {
        // More often than the pool has connections.
        for _ in 0..6 {
            let failure = scope(limit, app.database.read().execute_unprepared(endless(&app.database))).await;
            let failure = Error::from(failure.expect_err("it would not end"));
            assert!(matches!(failure, Error::TimedOut), "{failure:?}");
        }
    }
    // A statement without a limit does not inherit an earlier one.
    let slow = match app.database.backend() {
        DbBackend::Postgres => "SELECT pg_sleep(1)",
        _ => "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 3000000) SELECT MAX(n) FROM n",
    };
    app.database.read().execute_unprepared(slow).await.expect("it may take its time");
}

async fn cancelled_statements_free_their_connection(app: App) {
    // PostgreSQL continues until the request times out: the driver cannot cancel a statement.
    let (time, most) = match app.database.backend() {
        DbBackend::Postgres => (SHORT * 2, POOL.acquire_timeout),
        _ => (POOL.acquire_timeout * 10, POOL.acquire_timeout),
    };
    for _ in 0..2 * POOL.connections {
        let limit = Deadline::At(tokio::time::Instant::now() + time);
        let work = scope(limit, app.database.read().execute_unprepared(endless(&app.database)));
        tokio::time::timeout(SHORT, work).await.expect_err("it would not end");
    }
    let since = Instant::now();
    assert_eq!(app.data("{ model(slug: \"qwen\") { name } }").await["model"]["name"], "Qwen");
    assert!(since.elapsed() < most);
}

async fn timed_out_changes_release_the_write_lock(app: App) {
    for _ in 0..2 {
        let limit = Deadline::At(tokio::time::Instant::now() + SHORT);
        let failure = scope(limit, async {
            let change = Change::begin(&app.database, "somebody").await.expect("no other connection writes");
            let write = "UPDATE model SET name = 'nobody'";
            change.transaction().execute_unprepared(write).await.expect("it can be written");
            let endless = match app.database.backend() {
                DbBackend::Postgres => "SELECT pg_sleep(600)",
                // SQLite rolls the transaction back when it interrupts a statement that writes.
                _ => {
                    "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) INSERT INTO api_token (name) SELECT 'x' FROM n WHERE n < 0"
                }
            };
            change.transaction().execute_unprepared(endless).await.expect_err("it would not end")
        });
        assert!(matches!(Error::from(failure.await), Error::TimedOut));
    }
    let editor = app.with_token(&app.token(Role::Editor).await);
    let data = editor.data("mutation { createOrganization(input: { name: \"Now\" }) { revision } }").await;
    assert_eq!(data["createOrganization"]["revision"], 45);
    assert_eq!(app.data("{ model(slug: \"qwen\") { name } }").await["model"]["name"], "Qwen");
}

async fn websockets_that_miss_pings_are_closed(app: App) {
    let app = app.with_timeouts(Timeouts { ping: Duration::from_millis(100), ..TIMEOUTS });
    let open = async || {
        let text = app.request("GET", "/metrics").send().await.expect("the server answers").text().await.expect("text");
        text.lines().any(|line| line == "catalog_active_websocket_connections 1")
    };
    let mut socket = Socket::connect(&app).await;
    // Its client answers pings only while it reads.
    let answered = Instant::now();
    while answered.elapsed() < Duration::from_millis(800) {
        let _ = tokio::time::timeout(Duration::from_millis(20), socket.frame()).await;
    }
    assert!(open().await, "a client that answers stays");
    wait_until("the websocket is closed", async || !open().await).await;
}
