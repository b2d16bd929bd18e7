//! A database that is stopped, killed or unreachable: requests fail fast, no acknowledged write is lost, and none is applied twice.
//!
//! `OUTAGES=20 cargo test --test catalog outages -- --nocapture` has that many outages and prints medians and maxima.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
    time::{Duration, Instant},
};

use entity::vocabulary::Role;
use futures_util::future::join_all;
use libtest_mimic::{Completion, Trial};
use open_llm_catalog::auth::token;
use open_llm_catalog::db::database::Database;
use open_llm_catalog::db::url::DatabaseUrl;
use serde_json::{Value as Json, json};
use tokio::time::{sleep, timeout};

use crate::{
    cli::{Server, folder},
    support::{
        Backend, Client, POOL, block_on,
        cluster::{Cluster, Proxy},
        on_backend, postgres,
    },
};

pub fn trials() -> Vec<Trial> {
    vec![on_backend("outages::the_server_survives_database_outages", Backend::Postgres, || {
        let cluster = Cluster::start().ok_or(postgres::MISSING)?;
        block_on(outages(cluster));
        Ok(Completion::Completed)
    })]
}

const WRITERS: usize = 4;
const READERS: usize = 4;
/// How long a response may take during an outage, and the first write after it. On an idle machine it is less than a
/// second.
const MAX_DELAY: Duration = Duration::from_secs(5);

/// The measurements of one kind of outage, in milliseconds.
#[derive(Default)]
struct Figures {
    /// The slowest response during each outage.
    slowest: Vec<u128>,
    /// The time from the end of the outage until a write succeeded.
    wrote: Vec<u128>,
    refused: usize,
}

/// The load, and its results.
struct Load {
    client: Client,
    ended: Cell<bool>,
    /// The start of the outage; none while the database is available.
    outage: Cell<Option<Instant>>,
    acknowledged: RefCell<BTreeSet<String>>,
    /// The slowest response during the outage.
    slowest: Cell<Duration>,
    refused: Cell<usize>,
    /// The time of the first acknowledgement of a write that was sent after the outage.
    wrote: Cell<Option<Instant>>,
    back: Cell<Option<Instant>>,
}

impl Load {
    /// Sends a request; returns whether it succeeded. Nothing else than success or `SERVICE_UNAVAILABLE` is right.
    async fn send(&self, key: Option<&str>, body: &Json) -> bool {
        let begun = Instant::now();
        let mut request = self.client.request("POST", "/graphql").json(body);
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let response = request.send().await.expect("the process lives");
        let (status, retry) = (response.status().as_u16(), response.headers().get("retry-after").cloned());
        let answer = response.json::<Json>().await.expect("an answer is JSON");
        if self.outage.get().is_some() {
            self.slowest.set(self.slowest.get().max(begun.elapsed()));
        }
        if status == 200 {
            assert_eq!(answer["errors"], Json::Null, "{answer}");
            return true;
        }
        let code = &answer["errors"][0]["extensions"]["code"];
        assert_eq!((status, code), (503, &json!("SERVICE_UNAVAILABLE")), "{answer}");
        assert_eq!(retry.expect("it says when to come again"), "1");
        self.refused.set(self.refused.get() + 1);
        false
    }

    /// Writes one organization after the other, each until it is acknowledged.
    async fn write(&self, writer: usize) {
        for number in 0.. {
            let slug = format!("outage-{writer}-{number}");
            let mutation =
                format!("mutation {{ createOrganization(input: {{ name: \"O\", slug: \"{slug}\" }}) {{ revision }} }}");
            let body = json!({ "query": mutation });
            loop {
                let begun = Instant::now();
                if self.send(Some(&slug), &body).await {
                    if self.back.get().is_some_and(|back| begun >= back) && self.wrote.get().is_none() {
                        self.wrote.set(Some(Instant::now()));
                    }
                    break;
                }
                sleep(Duration::from_millis(10)).await;
            }
            self.acknowledged.borrow_mut().insert(slug);
            if self.ended.get() {
                break;
            }
        }
    }

    /// Sends queries that no cache has.
    async fn read(&self, reader: usize) {
        for number in 0.. {
            if self.ended.get() {
                break;
            }
            let query = format!("{{ models(first: 3) {{ nodes {{ slug sizes {{ label }} }} }} }} # {reader} {number}");
            if !self.send(None, &json!({ "query": query })).await {
                sleep(Duration::from_millis(10)).await;
            }
        }
    }
}

async fn outages(mut cluster: Cluster) {
    let wanted = std::env::var("OUTAGES").ok().and_then(|count| count.parse::<usize>().ok());
    let proxy = Proxy::to(cluster.port());
    let url = format!("postgres://postgres@127.0.0.1:{}/postgres", proxy.port);
    let direct = format!("postgres://postgres@127.0.0.1:{}/postgres", cluster.port());
    let parsed = direct.parse::<DatabaseUrl>().expect("a database URL");
    let database = timeout(Duration::from_secs(30), async {
        loop {
            match Database::connect(&parsed, POOL).await {
                Ok(database) => break database,
                Err(_) => sleep(Duration::from_millis(50)).await,
            }
        }
    });
    let database = database.await.expect("PostgreSQL starts");
    open_llm_catalog::store::migrate::migrate(&database).await.expect("the tables can be made");
    let secret = token::create(&database, "outage", Role::Editor, None).await.expect("a token").1.reveal();
    database.close().await.expect("the connections close");

    let folder = folder();
    let mut server = Server::start(folder.path(), &[("PORT", "0"), ("DATABASE_URL", &url)]);
    let client = Client::at(format!("http://{}", server.address())).with_token(&secret);
    let load = Load {
        client: client.clone(),
        ended: Cell::new(false),
        outage: Cell::new(None),
        acknowledged: RefCell::default(),
        slowest: Cell::new(Duration::ZERO),
        refused: Cell::new(0),
        wrote: Cell::new(None),
        back: Cell::new(None),
    };
    let mut figures = BTreeMap::<&str, Figures>::new();
    let outages = async {
        for number in 0..wanted.unwrap_or(3) {
            let kind = ["stopped", "killed", "cut"][number % 3];
            sleep(Duration::from_millis(700)).await;
            assert_eq!(ready(&client).await, 200, "before it was {kind}");
            load.slowest.set(Duration::ZERO);
            load.refused.set(0);
            load.outage.set(Some(Instant::now()));
            match kind {
                "stopped" => cluster.stop("INT"),
                "killed" => cluster.stop("KILL"),
                _ => proxy.set_blocked(true),
            }
            sleep(Duration::from_millis(2500)).await;
            assert_eq!(ready(&client).await, 503, "while it was {kind}");
            load.wrote.set(None);
            if kind == "cut" {
                proxy.set_blocked(false);
            } else {
                cluster.start_again();
                await_accepting(cluster.port()).await;
            }
            let back = Instant::now();
            load.back.set(Some(back));
            load.outage.set(None);
            let wrote = timeout(Duration::from_secs(30), async {
                while load.wrote.get().is_none() {
                    sleep(Duration::from_millis(1)).await;
                }
                load.wrote.get().unwrap_or(back) - back
            });
            let wrote = wrote.await.unwrap_or_else(|_| panic!("nothing is written after it was {kind}"));
            load.back.set(None);
            assert!(load.refused.get() > 0, "no request failed while it was {kind}");
            assert!(load.slowest.get() < MAX_DELAY, "an answer took {:?} while it was {kind}", load.slowest.get());
            assert!(wrote < MAX_DELAY, "a write took {wrote:?} after it was {kind}");
            let figures = figures.entry(kind).or_default();
            figures.slowest.push(load.slowest.get().as_millis());
            figures.wrote.push(wrote.as_millis());
            figures.refused += load.refused.get();
        }
        load.ended.set(true);
    };
    let writers = join_all((0..WRITERS).map(|writer| load.write(writer)));
    let readers = join_all((0..READERS).map(|reader| load.read(reader)));
    tokio::join!(outages, writers, readers);
    assert!(server.process.try_wait().expect("it can be asked").is_none(), "the process lives");

    // The acknowledged writes are there, each once, and no others.
    let written = written(&client).await;
    let acknowledged = load.acknowledged.take();
    assert_eq!(written.keys().collect::<Vec<_>>(), acknowledged.iter().collect::<Vec<_>>());
    assert!(written.values().all(|revisions| *revisions == 1), "something was applied twice");
    if std::env::var_os("OUTAGES").is_some() {
        print_figures(&figures);
    }
}

#[expect(clippy::print_stdout, reason = "OUTAGES asks for the figures")]
fn print_figures(figures: &BTreeMap<&str, Figures>) {
    let sorted = |figures: &[u128]| {
        let mut sorted = figures.to_vec();
        sorted.sort_unstable();
        format!("{} ms (at most {} ms)", sorted[sorted.len() / 2], sorted[sorted.len() - 1])
    };
    for (kind, Figures { slowest, wrote, refused }) in figures {
        let (count, slowest, wrote) = (slowest.len(), sorted(slowest), sorted(wrote));
        println!("{kind}: {count} outages, {refused} refusals, slowest answer {slowest}, first write after {wrote}");
    }
}

/// Waits until a server accepts connections.
async fn await_accepting(port: u16) {
    let parsed = format!("postgres://postgres@127.0.0.1:{port}/postgres").parse().expect("a database URL");
    let back = timeout(Duration::from_secs(30), async {
        loop {
            if let Ok(database) = Database::connect(&parsed, POOL).await {
                break database.close().await.expect("the connections close");
            }
            sleep(Duration::from_millis(5)).await;
        }
    });
    back.await.expect("PostgreSQL starts again");
}

async fn ready(client: &Client) -> u16 {
    client.request("GET", "/readyz").send().await.expect("the process lives").status().as_u16()
}

/// The organizations that were written, by their slugs, with their numbers of revisions.
async fn written(client: &Client) -> BTreeMap<String, u64> {
    let query = "query ($after: String) { organizations(first: 100, after: $after, where: { slug: { startsWith: \"outage-\" } }) {
        pageInfo { hasNextPage endCursor } nodes { slug revisions { totalCount } } } }";
    let (mut written, mut after) = (BTreeMap::new(), Json::Null);
    loop {
        let data = client.data_with(query, json!({ "after": after })).await;
        for node in data["organizations"]["nodes"].as_array().expect("a list") {
            let slug = node["slug"].as_str().expect("a slug").to_owned();
            written.insert(slug, node["revisions"]["totalCount"].as_u64().expect("a count"));
        }
        after = data["organizations"]["pageInfo"]["endCursor"].clone();
        if data["organizations"]["pageInfo"]["hasNextPage"] == false {
            return written;
        }
    }
}
