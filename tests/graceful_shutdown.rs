//! A server that is asked to end: everybody who asked is answered, everybody who listens is told, and it ends well.
//!
//! `STOPS=20 cargo test --test catalog drain -- --nocapture` stops that many and prints how long it took.

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
        cluster::signal_process,
        subscriptions::{Events, Socket, soon},
    },
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both: nothing_is_cut_when_the_server_stops]
}

const CLIENTS: usize = 6;

async fn nothing_is_cut_when_the_server_stops(app: App) {
    let stops = std::env::var("STOPS").ok().and_then(|count| count.parse().ok()).unwrap_or(1);
    let secret = app.token(Role::Editor).await;
    let (mut answered, mut longest) = (0, Duration::ZERO);
    for stop in 0..stops {
        let (count, took) = stopped(&app, &secret, stop).await;
        answered += count;
        longest = longest.max(took);
    }
    tell(&app, stops, answered, longest);
}

/// Stops a server under load. Returns how many requests it answered, and how long it took to end.
async fn stopped(app: &App, secret: &str, stop: usize) -> (usize, Duration) {
    let folder = folder();
    let mut server = Server::start(folder.path(), &[("PORT", "0"), ("DATABASE_URL", &app.url)]);
    server.line();
    let client = Client::at(format!("http://{}", server.address())).bearing(secret);
    let anybody = Client::at(client.address.clone());
    let is_ready =
        async || anybody.request("GET", "/readyz").send().await.is_ok_and(|response| response.status() == 200);
    soon(async {
        while !is_ready().await {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    let mut socket = Socket::ready(&anybody).await;
    socket.subscribe("1", "subscription { revisions { number } }").await;
    let mut events = Events::open(&anybody, "subscription { revisions { number } }", &json!({})).await;

    // Whoever spreads requests over servers asks which of them are ready.
    let gone = Cell::new(false);
    let written = RefCell::new(Vec::new());
    let answered = Cell::new(0);
    let load = join_all((0..CLIENTS).map(async |number| {
        for count in 0.. {
            if gone.get() {
                break;
            }
            let slug = format!("drain-{stop}-{number}-{count}");
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
    let watch = async {
        while is_ready().await {
            sleep(Duration::from_millis(20)).await;
        }
        gone.set(true);
    };
    let told = async {
        while answered.get() < 50 {
            sleep(Duration::from_millis(5)).await;
        }
        // Somebody else writes for a while, so that changes are in the middle when the server is told.
        let change = Change::begin(&app.database, "somebody").await.expect("others let it");
        sleep(Duration::from_millis(50)).await;
        let begun = Instant::now();
        signal_process(server.child.id(), "TERM");
        sleep(Duration::from_millis(1500)).await;
        drop(change);
        begun
    };
    let (_, (), begun) = tokio::join!(load, watch, told);
    assert_eq!(socket.closed().await, (1012, "The server is stopping; reconnect".to_owned()));
    while events.next_or_break().await {}
    let status = loop {
        if let Some(status) = server.child.try_wait().expect("it can be asked") {
            break status;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "it does not end");
        sleep(Duration::from_millis(20)).await;
    };
    assert_eq!(status.code(), Some(0));
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(10), "it took {took:?} to end");
    for slug in written.take() {
        let query = format!("{{ organization(slug: \"{slug}\") {{ revisions {{ totalCount }} }} }}");
        assert_eq!(app.data(&query).await["organization"]["revisions"]["totalCount"], 1);
    }
    (answered.get(), took)
}

#[expect(clippy::print_stdout, reason = "whoever wants figures reads them")]
fn tell(app: &App, stops: usize, answered: usize, longest: Duration) {
    let backend = app.database.backend();
    println!("{backend:?}: {stops} stops, {answered} requests, none cut, at most {} ms to end", longest.as_millis());
}
