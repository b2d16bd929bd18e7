//! The memory of the program under requests that are small or allowed, and that once took gigabytes.

use std::{
    collections::HashMap,
    fs,
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use futures_util::future::join_all;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::{
    cli::{Server, folder},
    connections::large_query,
    support::{App, Client, DEADLINE, within_deadline},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        the_entity_cache_weighs_its_keys,
        unread_responses_stay_within_256_megabytes,
        values_that_many_fields_use_are_bounded,
        large_bodies_of_an_address_are_bounded,
    ]
}

/// Starts the program on the catalog of a test, without rate limits.
fn start(app: &App, variables: &[(&str, &str)]) -> (Server, tempfile::TempDir, Client) {
    let folder = folder();
    // A debug build is slow.
    let given = [
        ("DATABASE_URL", app.url.as_str()),
        ("PORT", "0"),
        ("RATE_REQUESTS", "0"),
        ("RATE_COST", "0"),
        ("REQUEST_TIMEOUT", "60"),
        ("RECEIVE_TIMEOUT", "60"),
    ];
    let mut server = Server::start(folder.path(), &[&given, variables].concat());
    let client = Client::at(format!("http://{}", server.address()));
    (server, folder, client)
}

/// A figure of the memory of a process in megabytes, such as `VmHWM`, its peak; none where the system reports none.
fn megabytes(server: &Server, figure: &str) -> Option<u64> {
    megabytes_of(server.process.id(), figure)
}

fn megabytes_of(process: u32, figure: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let figures = status.lines().filter_map(|line| line.split_once(':')).collect::<HashMap<_, _>>();
    Some(figures.get(figure)?.split_whitespace().next()?.parse::<u64>().ok()? / 1024)
}

/// The peak of the memory of a process in megabytes, with 32 MB for the pages of its own program: those of an optimized build were
/// 26 MB after its largest responses, while a build without optimization has 71 MB, which no request takes.
pub fn peak_megabytes(process: u32) -> Option<u64> {
    Some(megabytes_of(process, "VmHWM")? - megabytes_of(process, "RssFile")? + 32)
}

/// A query with fifty fields that all use 490 texts of 990 characters, which differ for each number.
fn many_uses(number: usize) -> Json {
    let texts = (0..490).map(|text| format!("{number} {text} {}", "x".repeat(980))).collect::<Vec<_>>();
    let field = |first: usize| {
        format!("f{first}: models(first: {first}, where: {{ name: {{ in: $x }} }}) {{ nodes {{ slug }} }} ")
    };
    let fields = (1..=50).map(field).collect::<String>();
    json!({ "query": format!("query($x: [String!]) {{ {fields} }}"), "variables": { "x": texts } })
}

async fn the_entity_cache_weighs_its_keys(app: App) {
    let (server, _folder, client) = start(&app, &[("ENTITY_CACHE_MB", "4"), ("RESPONSE_CACHE_MB", "0")]);
    // The allocator keeps what the first requests needed.
    for number in 0..4 {
        client.post(&many_uses(number)).await;
    }
    let before = megabytes(&server, "VmRSS");
    for number in 4..10 {
        client.post(&many_uses(number)).await;
    }
    // Their statements have 24 MB each: six of them would be 144 MB.
    let grown = megabytes(&server, "VmRSS").zip(before).map(|(after, before)| after.saturating_sub(before));
    assert!(grown.is_none_or(|grown| grown < 60), "{grown:?} MB more with a cache of 4 MB");
}

async fn unread_responses_stay_within_256_megabytes(app: App) {
    let query = large_query(&app).await;
    let (server, _folder, client) = start(&app, &[("RESPONSE_CACHE_MB", "0")]);
    let address = client.address.strip_prefix("http://").expect("an address");
    let statuses = (0..10).map(|_| {
        let body = json!({ "query": query }).to_string();
        let mut stream = TcpStream::connect(address).expect("the server listens");
        let head = "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n";
        write!(stream, "{head}content-length: {}\r\n\r\n{body}", body.len()).expect("the server reads");
        stream.set_read_timeout(Some(DEADLINE)).expect("a timeout can be set");
        let mut status = [0; 12];
        stream.read_exact(&mut status).expect("the server answers");
        (String::from_utf8_lossy(&status[9..]).into_owned(), stream)
    });
    let (statuses, _unread): (Vec<_>, Vec<_>) = statuses.unzip();
    assert_eq!(statuses.iter().filter(|status| *status == "200").count(), 7, "{statuses:?}");
    let peak = peak_megabytes(server.process.id());
    assert!(peak.is_none_or(|peak| peak < 256), "{peak:?} MB");
}

async fn values_that_many_fields_use_are_bounded(app: App) {
    let (server, _folder, client) = start(&app, &[]);
    let requests = (0..8).map(|number| {
        let client = client.clone();
        async move { client.post(&many_uses(number)).await.0 }
    });
    for status in join_all(requests).await {
        assert!([200, 503].contains(&status), "{status}");
    }
    let peak = peak_megabytes(server.process.id());
    assert!(peak.is_none_or(|peak| peak < 256), "{peak:?} MB");
}

async fn large_bodies_of_an_address_are_bounded(app: App) {
    let (_server, _folder, client) = start(&app, &[("RECEIVE_TIMEOUT", "60")]);
    let request = |values: usize| json!({ "query": "{ __typename }", "variables": { "a": vec![0; values] } });
    assert_eq!(client.post(&request(100_000)).await.0, 200, "an undeclared variable is dropped");
    let (status, answer) = client.post(&request(300_000)).await;
    assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (413, &json!("PAYLOAD_TOO_LARGE")));

    let address = client.address.strip_prefix("http://").expect("an address");
    let unfinished = (0..16).map(|_| {
        let mut stream = TcpStream::connect(address).expect("the server listens");
        let head = "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n";
        write!(stream, "{head}content-length: {}\r\n\r\n{{", 1 << 20).expect("the server reads");
        stream
    });
    let unfinished = unfinished.collect::<Vec<_>>();
    let refused = async {
        while client.post(&request(100_000)).await.0 != 429 {
            actix_web::rt::time::sleep(Duration::from_millis(20)).await;
        }
    };
    within_deadline(refused).await;
    let (_, answer) = client.post(&request(100_000)).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "TOO_MANY_BYTES");
    assert_eq!(client.post(&request(1000)).await.0, 200, "small bodies are not counted");
    drop(unfinished);
    let accepted = async {
        while client.post(&request(100_000)).await.0 != 200 {
            actix_web::rt::time::sleep(Duration::from_millis(20)).await;
        }
    };
    within_deadline(accepted).await;
}
