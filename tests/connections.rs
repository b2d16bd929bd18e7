//! Keep-alive connections: the deadline for the head of a later request, and clients that stop reading.

use std::time::{Duration, Instant};

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use open_llm_catalog::http::limits::timeouts::Timeouts;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    time::{sleep, timeout},
};

use crate::{
    support::{
        App, TIMEOUTS,
        subscriptions::{Events, Socket},
        within_deadline,
    },
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        unread_responses_of_an_address_are_bounded,
        unread_responses_of_streams_are_bounded,
        slow_heads_of_later_requests_close_the_connection,
        idle_connections_stay_open,
        clients_that_stop_reading_are_disconnected,
        large_pipelined_responses_are_complete,
    ]
}

/// A connection to a server, with the smallest receive buffer.
async fn connect(app: &App) -> TcpStream {
    let address = app.address.strip_prefix("http://").expect("an address").parse().expect("an address");
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4096).expect("it can be small");
    socket.connect(address).await.expect("the server listens")
}

async fn ask(stream: &mut TcpStream) {
    let mut answer = Vec::new();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n").await.expect("the server reads");
    while !answer.ends_with(b"ok\n") {
        assert!(within_deadline(stream.read_buf(&mut answer)).await.expect("the server answers") > 0);
    }
}

async fn slow_heads_of_later_requests_close_the_connection(app: App) {
    let app = app.with_timeouts(Timeouts { receive: Duration::from_secs(1), ..TIMEOUTS });
    for drips in [false, true] {
        let mut stream = connect(&app).await;
        ask(&mut stream).await;
        stream.write_all(b"GET /heal").await.expect("the server reads");
        within_deadline(async {
            let mut rest = [0; 100];
            loop {
                match timeout(Duration::from_millis(200), stream.read(&mut rest)).await {
                    Ok(Ok(0) | Err(_)) => break,
                    Ok(Ok(count)) => panic!("{}", String::from_utf8_lossy(&rest[..count])),
                    // Fails where the server has closed it meanwhile.
                    Err(_) if drips => drop(stream.write_all(b"x").await),
                    Err(_) => {}
                }
            }
        })
        .await;
    }
}

async fn idle_connections_stay_open(app: App) {
    let server = app.with_timeouts(Timeouts { receive: Duration::from_millis(500), ..TIMEOUTS });
    let mut events = Events::open(&server, "subscription { revisions { number } }", &json!({})).await;
    let mut stream = connect(&server).await;
    // Longer than the deadline for a head.
    for _ in 0..3 {
        ask(&mut stream).await;
        sleep(Duration::from_secs(1)).await;
    }
    // An event stream without events for so long still delivers the next one.
    let editor = app.with_token(&app.token(Role::Editor).await);
    editor.data("mutation { createOrganization(input: { name: \"Now\" }) { revision } }").await;
    assert_eq!(events.revision_numbers(1).await, [45]);
}

/// A request whose response has about 900 kB.
fn large() -> String {
    let names = (0..50).map(|number| format!("{}{number}:slug", "a".repeat(545))).collect::<Vec<_>>().join(",");
    format!("GET /graphql?query={{models(first:31){{nodes{{{names}}}}}}} HTTP/1.1\r\nhost: a\r\n\r\n")
}

async fn clients_that_stop_reading_are_disconnected(app: App) {
    let app = app.with_timeouts(Timeouts { receive: Duration::from_millis(300), ..TIMEOUTS });
    let mut stream = connect(&app).await;
    stream.write_all(large().repeat(12).as_bytes()).await.expect("the server reads");
    within_deadline(async {
        while stream.write_all(b"x").await.is_ok() {
            sleep(Duration::from_millis(100)).await;
        }
    })
    .await;
}

async fn large_pipelined_responses_are_complete(app: App) {
    let mut stream = connect(&app).await;
    let mut answers = String::new();
    stream.write_all(large().repeat(3).replacen("\r\nhost", "\r\nx: y\r\nhost", 1).as_bytes()).await.expect("it reads");
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await.expect("it reads");
    within_deadline(stream.read_to_string(&mut answers)).await.expect("the server answers");
    let mut bodies = Vec::new();
    while let Some((head, rest)) = answers.split_once("\r\n\r\n") {
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let (body, rest) = rest.split_at(length.and_then(|length| length.parse().ok()).expect("a length"));
        bodies.push(body.to_owned());
        answers = rest.to_owned();
    }
    assert_eq!((bodies.len(), &*bodies[3]), (4, "ok\n"));
    assert!(bodies[0].len() > 800_000 && bodies[0] == bodies[1] && bodies[0] == bodies[2], "{}", bodies[0].len());
    assert!(serde_json::from_str::<serde_json::Value>(&bodies[0]).is_ok());
}

/// Sends a request and returns the status of its response, the rest of which stays unread.
async fn send_and_read_status(app: &App, request: &[u8]) -> (TcpStream, String) {
    let mut stream = connect(app).await;
    stream.write_all(request).await.expect("the server reads");
    let mut status = [0; 12];
    within_deadline(stream.read_exact(&mut status)).await.expect("the server answers");
    (stream, String::from_utf8_lossy(&status[9..]).into_owned())
}

/// A query whose response has 9 MB: more than the buffers of a connection. The 64 MB of an address are enough for seven.
pub async fn large_query(app: &App) -> String {
    let editor = app.with_token(&app.token(Role::Editor).await);
    let create = |number: usize| {
        let summary = "长".repeat(2000);
        format!(
            "m{number}: createModel(input: {{ name: \"Unread {number}\", kind: DERIVED, summary: {{ en: \"{summary}\" }} }}) {{ revision }} "
        )
    };
    editor.data(&format!("mutation {{ {} }}", (0..30).map(create).collect::<String>())).await;
    let fields = (0..50).map(|number| format!("s{number}: summary ")).collect::<String>();
    format!("{{ models(first: 30, search: \"unread\") {{ nodes {{ {fields} }} }} }}")
}

async fn unread_responses_of_an_address_are_bounded(app: App) {
    let query = large_query(&app).await;
    let body = json!({ "query": query }).to_string();
    let head = "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n";
    let request = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
    let mut unread = Vec::new();
    let (stream, status) = loop {
        let (stream, status) = send_and_read_status(&app, request.as_bytes()).await;
        if status != "200" {
            break (stream, status);
        }
        unread.push(stream);
    };
    assert_eq!((status.as_str(), unread.len()), ("429", 7), "the rest is refused");
    drop((stream, unread));
    within_deadline(async { while send_and_read_status(&app, request.as_bytes()).await.1 != "200" {} }).await;
}

async fn unread_responses_of_streams_are_bounded(app: App) {
    let query = large_query(&app).await;
    // A debug build is slow, and clients that do not read are disconnected.
    let app = app.with_timeouts(Timeouts { receive: Duration::from_secs(60), ..TIMEOUTS });
    let started = Instant::now();
    app.data(&query).await;
    let time_of_nine = (started.elapsed() * 12).min(Duration::from_secs(30));
    let mut socket = Socket::connect(&app).await;
    for id in 0..9 {
        socket.subscribe(&id.to_string(), &query).await;
    }
    // The server sends them while nobody reads.
    sleep(time_of_nine).await;
    let (mut complete, mut refused) = (0, 0);
    while complete + refused < 9 {
        let message = socket.receive().await;
        complete += usize::from(message["type"] == "next");
        refused += usize::from(message["payload"][0]["extensions"]["code"] == "TOO_MANY_BYTES");
    }
    assert!((1..=7).contains(&complete), "{complete} complete, {refused} refused");
    // What has been read is counted no longer.
    socket.subscribe("again", &query).await;
    while socket.receive().await["type"] != "next" {}

    let mut unread = Vec::new();
    for _ in 0..9 {
        unread.push(Events::open(&app, &query, &json!({})).await);
    }
    sleep(time_of_nine).await;
    let mut refused = 0;
    for events in &mut unread {
        let event = events.next().await.expect("an event");
        refused += usize::from(event["errors"][0]["extensions"]["code"] == "TOO_MANY_BYTES");
    }
    assert!((1..=8).contains(&refused), "{refused} refused");
}
