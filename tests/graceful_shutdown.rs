//! Graceful shutdown: requests in flight get their response, subscriptions are closed with a code, and the exit code is 0.
//!
//! `STOPS=20 cargo test --test catalog graceful_shutdown -- --nocapture` stops that many and prints how long it took.

use std::{
    cell::{Cell, RefCell},
    time::{Duration, Instant},
};

use entity::vocabulary::Role;
use futures_util::future::join_all;
use libtest_mimic::Trial;
use open_llm_catalog::store::change::Change;
use serde_json::{Value as Json, json};
use tokio::time::sleep;

use crate::{
    cli::{Server, folder},
    support::{
        App, Client,
        process::send_signal,
        subscriptions::{Events, Socket},
        wait_until, within_deadline,
    },
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both: shutdown_completes_requests_in_flight]
}

const CLIENTS: usize = 6;

async fn shutdown_completes_requests_in_flight(app: App) {
    let stops = std::env::var("STOPS").ok().and_then(|count| count.parse().ok()).unwrap_or(1);
    let secret = app.token(Role::Editor).await;
    let (mut answered, mut longest) = (0, Duration::ZERO);
    for stop in 0..stops {
        let (count, took) = stopped(&app, &secret, stop).await;
        answered += count;
        longest = longest.max(took);
    }
    if std::env::var_os("STOPS").is_some() {
        print_figures(&app, stops, answered, longest);
    }
}

/// Stops a server under load. Returns how many requests it answered, and how long it took to end.
async fn stopped(app: &App, secret: &str, stop: usize) -> (usize, Duration) {
    let folder = folder();
    let mut server = Server::start(folder.path(), &[("PORT", "0"), ("DATABASE_URL", &app.url)]);
    let client = Client::at(format!("http://{}", server.address())).with_token(secret);
    let anybody = Client::at(client.address.clone());
    let is_ready =
        async || anybody.request("GET", "/readyz").send().await.is_ok_and(|response| response.status() == 200);
    wait_until("the server is ready", is_ready).await;
    let mut socket = Socket::connect(&anybody).await;
    socket.subscribe("1", "subscription { revisions { number } }").await;
    let mut events = Events::open(&anybody, "subscription { revisions { number } }", &json!({})).await;

    // A load balancer asks whether the server is ready, and stops sending requests when it is not.
    let not_ready = Cell::new(false);
    let written = RefCell::new(Vec::new());
    let answered = Cell::new(0);
    let load = join_all((0..CLIENTS).map(async |number| {
        for count in 0.. {
            if not_ready.get() {
                break;
            }
            let slug = format!("shutdown-{stop}-{number}-{count}");
            let (asker, query) = match number % 2 {
                0 => (&anybody, format!("{{ models(first: 5) {{ nodes {{ slug sizes {{ label }} }} }} }} # {slug}")),
                _ => {
                    let input = format!("{{ name: \"O\", slug: \"{slug}\" }}");
                    (&client, format!("mutation {{ createOrganization(input: {input}) {{ revision }} }}"))
                }
            };
            let sent = asker.request("POST", "/graphql").json(&json!({ "query": query })).send().await;
            let answer = match sent {
                Ok(response) => response.json::<Json>().await,
                Err(error) => Err(error),
            };
            let answer = answer.unwrap_or_else(|error| panic!("a request was cut: {error:?}"));
            assert_eq!(answer["errors"], Json::Null, "{answer}");
            answered.set(answered.get() + 1);
            if number % 2 == 1 {
                written.borrow_mut().push(slug);
            }
        }
    }));
    let load_balancer = async {
        wait_until("the server is not ready", async || !is_ready().await).await;
        not_ready.set(true);
    };
    let stop = async {
        wait_until("50 requests are answered", async || answered.get() >= 50).await;
        // Another connection holds the write lock for a while, so that mutations are waiting when the server stops.
        let change = Change::begin(&app.database, "somebody").await.expect("the write lock is released in time");
        let before = answered.get();
        wait_until("more queries are answered", async || answered.get() >= before + CLIENTS).await;
        let begun = Instant::now();
        send_signal(server.process.id(), "TERM");
        sleep(Duration::from_millis(1500)).await;
        drop(change);
        begun
    };
    let (_, (), begun) = tokio::join!(load, load_balancer, stop);
    assert_eq!(socket.close_frame().await, (1012, "The server is stopping; reconnect".to_owned()));
    within_deadline(async { while events.read_once().await {} }).await;
    assert_eq!(server.process.wait().code(), Some(0));
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(10), "it took {took:?} to end");
    for slug in written.take() {
        let query = format!("{{ organization(slug: \"{slug}\") {{ revisions {{ totalCount }} }} }}");
        assert_eq!(app.data(&query).await["organization"]["revisions"]["totalCount"], 1);
    }
    (answered.get(), took)
}

#[expect(clippy::print_stdout, reason = "STOPS asks for the figures")]
fn print_figures(app: &App, stops: usize, answered: usize, longest: Duration) {
    let backend = app.database.backend();
    println!("{backend:?}: {stops} stops, {answered} requests, none cut, at most {} ms to end", longest.as_millis());
}
