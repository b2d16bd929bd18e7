//! How long things may take: what does not arrive, what is not answered and what says nothing.

use std::time::{Duration, Instant};

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use open_llm_catalog::db::database::Database;
use open_llm_catalog::db::deadline::{Deadline, scope};
use open_llm_catalog::db::url::DatabaseUrl;
use open_llm_catalog::error::Error;
use open_llm_catalog::http::limits::timeouts::Timeouts;
use open_llm_catalog::store::change::Change;
use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::sleep,
};

use crate::{
    support::{
        App, POOL, TIMES,
        subscriptions::{Socket, soon},
    },
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        what_does_not_arrive_in_time_is_refused,
        a_request_ends_in_time_and_nothing_has_happened,
        a_statement_ends_in_time_and_its_connection_goes_on,
        a_change_that_is_ended_leaves_the_way_free,
        a_statement_that_nobody_waits_for_ends,
        a_websocket_that_says_nothing_is_closed,
    ]
}

const SHORT: Duration = Duration::from_millis(300);

async fn what_does_not_arrive_in_time_is_refused(app: App) {
    // The server looks at the clock twice a second where it waits for a head.
    let app = app.timed(Timeouts { receive: Duration::from_secs(2), ..TIMES });
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
        // An answer has an end of its own; behind a body in chunks the connection may stay.
        while !(answer.starts_with(b"HTTP/1.1 408 ") && String::from_utf8_lossy(&answer).contains(code)) {
            let count = soon(stream.read_buf(&mut answer)).await.expect("the server answers");
            assert!(count > 0, "{sent}: {}", String::from_utf8_lossy(&answer));
        }
    }
    assert_eq!(app.data("{ __typename }").await, json!({ "__typename": "Query" }));
}

async fn a_request_ends_in_time_and_nothing_has_happened(app: App) {
    let editor = app.token(Role::Editor).await;
    let hasty = app.timed(Timeouts { request: SHORT, ..TIMES }).bearing(&editor);
    let create = json!({ "query": "mutation { createOrganization(input: { name: \"Late\" }) { revision } }" });
    // Somebody else writes, for long.
    let url = app.url.parse::<DatabaseUrl>().expect("a database URL");
    let other = Database::connect(&url, POOL).await.expect("the database is there");
    let change = Change::begin(&other, "somebody").await.expect("nobody else writes");
    let (status, answer) = hasty.post(&create).await;
    assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (504, &json!("TIMEOUT")), "{answer}");
    drop(change);
    other.close().await.expect("the connections close");
    // Nobody goes on waiting for the lock: what was ended is not done later.
    let patient = app.bearing(&editor);
    let data = patient.data("mutation { createOrganization(input: { name: \"Now\" }) { revision } }").await;
    assert_eq!(data["createOrganization"]["revision"], 45);
    let data = app.data("{ organizations(where: { slug: { in: [\"late\", \"now\"] } }) { nodes { slug } } }").await;
    assert_eq!(data["organizations"]["nodes"], json!([{ "slug": "now" }]));
}

/// A statement that would not end.
fn endless(database: &Database) -> &'static str {
    match database.backend() {
        DbBackend::Postgres => "SELECT pg_sleep(600)",
        _ => "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT MAX(n) FROM n",
    }
}

async fn a_statement_ends_in_time_and_its_connection_goes_on(app: App) {
    for limit in [Deadline::At(tokio::time::Instant::now() + SHORT), Deadline::PerStatement(SHORT)] {
        // More often than there are connections.
        for _ in 0..6 {
            let failure = scope(limit, app.database.read().execute_unprepared(endless(&app.database))).await;
            let failure = Error::from(failure.expect_err("it would not end"));
            assert!(matches!(failure, Error::TimedOut), "{failure:?}");
        }
    }
    // Whoever comes without a limit has none of those before.
    let slow = match app.database.backend() {
        DbBackend::Postgres => "SELECT pg_sleep(1)",
        _ => "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 3000000) SELECT MAX(n) FROM n",
    };
    app.database.read().execute_unprepared(slow).await.expect("it may take its time");
}

async fn a_statement_that_nobody_waits_for_ends(app: App) {
    // PostgreSQL goes on until the time of the request is over: the driver cannot tell it to stop.
    let (time, most) = match app.database.backend() {
        DbBackend::Postgres => (SHORT * 2, POOL.wait),
        _ => (POOL.wait * 10, POOL.wait),
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

async fn a_change_that_is_ended_leaves_the_way_free(app: App) {
    for _ in 0..2 {
        let limit = Deadline::At(tokio::time::Instant::now() + SHORT);
        let failure = scope(limit, async {
            let change = Change::begin(&app.database, "somebody").await.expect("nobody else writes");
            let write = "UPDATE model SET name = 'nobody'";
            change.transaction().execute_unprepared(write).await.expect("it can be written");
            let endless = match app.database.backend() {
                DbBackend::Postgres => "SELECT pg_sleep(600)",
                // Where a statement that writes is ended, SQLite ends the transaction.
                _ => {
                    "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) INSERT INTO api_token (name) SELECT 'x' FROM n WHERE n < 0"
                }
            };
            change.transaction().execute_unprepared(endless).await.expect_err("it would not end")
        });
        assert!(matches!(Error::from(failure.await), Error::TimedOut));
    }
    let editor = app.bearing(&app.token(Role::Editor).await);
    let data = editor.data("mutation { createOrganization(input: { name: \"Now\" }) { revision } }").await;
    assert_eq!(data["createOrganization"]["revision"], 45);
    assert_eq!(app.data("{ model(slug: \"qwen\") { name } }").await["model"]["name"], "Qwen");
}

async fn a_websocket_that_says_nothing_is_closed(app: App) {
    let app = app.timed(Timeouts { ping: Duration::from_millis(100), ..TIMES });
    let open = async || {
        let text = app.request("GET", "/metrics").send().await.expect("the server answers").text().await.expect("text");
        text.lines().any(|line| line == "catalog_active_websocket_connections 1")
    };
    let mut socket = Socket::ready(&app).await;
    // Its client answers pings only while it reads.
    let answered = Instant::now();
    while answered.elapsed() < Duration::from_millis(800) {
        let _ = tokio::time::timeout(Duration::from_millis(20), socket.frame()).await;
    }
    assert!(open().await, "a client that answers stays");
    soon(async {
        while open().await {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
}
