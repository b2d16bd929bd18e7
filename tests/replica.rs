//! A read replica: no response is older than an acknowledged write or an earlier response, and its outage causes no error.
//!
//! `STALE_SECONDS=60 cargo test --test catalog replica -- --nocapture` searches longer for outdated responses, and prints figures.

use std::{
    cell::Cell,
    fmt::Debug,
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use entity::vocabulary::Role;
use futures_util::future::join_all;
use libtest_mimic::{Completion, Trial};
use open_llm_catalog::auth::token;
use open_llm_catalog::store::migrate::migrate;
use sea_orm::{ConnectionTrait, TransactionTrait};
use serde_json::json;
use tempfile::TempDir;
use tokio::time::sleep;

use crate::{
    cache::{check_consistency, name, rename},
    cli::{Server, folder, run},
    support::{
        Backend, Client, block_on,
        cluster::{Cluster, Proxy},
        connect, fixture, on_backend, postgres, wait_until,
    },
};

pub fn trials() -> Vec<Trial> {
    let mut trials = vec![
        trial("replica::queries_read_from_the_replica", |pair| Box::pin(queries_read_from_the_replica(pair))),
        trial("replica::a_lagging_replica_is_not_read_after_a_write", |pair| {
            Box::pin(a_lagging_replica_is_not_read_after_a_write(pair))
        }),
        trial("replica::replica_outages_cause_no_errors", |pair| Box::pin(replica_outages_cause_no_errors(pair))),
        trial("replica::statements_cancelled_by_replay_are_repeated_on_the_primary", |pair| {
            Box::pin(statements_cancelled_by_replay_are_repeated_on_the_primary(pair))
        }),
        trial("replica::the_request_timeout_applies_on_the_replica", |pair| {
            Box::pin(the_request_timeout_applies_on_the_replica(pair))
        }),
        trial("replica::responses_never_go_back_in_time", |pair| Box::pin(responses_never_go_back_in_time(pair))),
        trial("replica::revisions_that_the_primary_does_not_show_have_no_number", |pair| {
            Box::pin(revisions_that_the_primary_does_not_show_have_no_number(pair))
        }),
        trial("replica::replicas_of_other_databases_are_not_read", |pair| {
            Box::pin(replicas_of_other_databases_are_not_read(pair))
        }),
    ];
    trials.extend(crate::trials![plain: sqlite_has_no_replica]);
    trials
}

type Body = std::pin::Pin<Box<dyn Future<Output = ()>>>;

fn trial(name: &'static str, body: fn(Pair) -> Body) -> Trial {
    on_backend(name, Backend::Postgres, move || {
        let primary = Cluster::start().ok_or(postgres::MISSING)?;
        block_on(async { body(Pair::of(primary).await).await });
        Ok(Completion::Completed)
    })
}

/// A catalog on a primary, and a replica of it.
struct Pair {
    primary: Cluster,
    replica: Cluster,
    secret: String,
    folder: TempDir,
}

impl Pair {
    async fn of(primary: Cluster) -> Self {
        // Only processes are killed here, never the machine, and `fsync` on a shared disk is slow.
        primary.query("ALTER SYSTEM SET fsync = off").await;
        primary.query("SELECT pg_reload_conf()::text").await;
        let secret = catalog(&primary.database("postgres")).await;
        let replica = primary.replica();
        replica.query("SELECT ''").await;
        Self { primary, replica, secret, folder: folder() }
    }

    /// A server that reads from a URL.
    fn serve(&self, replica: &str, variables: &[(&str, &str)]) -> Served {
        let url = self.primary.database("postgres");
        let own = [("PORT", "0"), ("DATABASE_URL", &*url), ("DATABASE_READ_URL", replica)];
        Served::of(Server::start(self.folder.path(), &[&own, variables].concat()))
    }

    /// A server that reads from the replica already.
    async fn reading(&self, variables: &[(&str, &str)]) -> Served {
        let server = self.serve(&self.replica.database("postgres"), variables);
        server.read_from_replica().await;
        server
    }

    /// Pauses the replay on the replica, or resumes it.
    async fn pause(&self, pause: bool) {
        if !pause {
            self.replica.query("SELECT pg_wal_replay_resume()::text").await;
            return;
        }
        self.replica.query("SELECT pg_wal_replay_pause()::text").await;
        wait_until("the replica pauses", async || {
            self.replica.query("SELECT pg_get_wal_replay_pause_state()").await == "paused"
        })
        .await;
    }
}

/// Creates a catalog with the fixture; returns the secret of an editor.
async fn catalog(url: &str) -> String {
    let database = connect(url).await;
    migrate(&database).await.expect("the migrations run");
    fixture::load(&database).await;
    let secret = token::create(&database, "editor", Role::Editor, None).await.expect("a token").1.reveal();
    database.close().await.expect("the connections close");
    secret
}

/// A server and a client of it.
struct Served {
    server: Server,
    client: Client,
}

/// Statements of queries, by the server that executed them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Reads {
    primary: i64,
    replica: i64,
}

impl Served {
    fn of(mut server: Server) -> Self {
        let client = Client::at(format!("http://{}", server.address()));
        Self { server, client }
    }

    async fn figure(&self, name: &str) -> i64 {
        let response = self.client.request("GET", "/metrics").send().await.expect("the server answers");
        let text = response.text().await.expect("a body");
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).unwrap_or("0");
        line.parse().unwrap_or_else(|_| panic!("{name} is {line}"))
    }

    async fn reads(&self) -> Reads {
        let primary = self.figure("catalog_db_reads_total{target=\"primary\"}").await;
        Reads { primary, replica: self.figure("catalog_db_reads_total{target=\"replica\"}").await }
    }

    /// The reads of an operation.
    async fn reads_of(&self, work: impl Future<Output = ()>) -> Reads {
        let before = self.reads().await;
        work.await;
        let after = self.reads().await;
        Reads { primary: after.primary - before.primary, replica: after.replica - before.replica }
    }

    async fn ready(&self) -> (u16, String) {
        let response = self.client.request("GET", "/readyz").send().await.expect("the server answers");
        (response.status().as_u16(), response.text().await.expect("a body"))
    }

    /// Waits until the server reads from a replica that has replayed everything.
    async fn read_from_replica(&self) {
        wait_until("the replica is read", async || {
            self.figure("catalog_db_replica_up").await == 1
                && self.figure("catalog_db_replica_revision").await == self.figure("catalog_revision").await
        })
        .await;
        assert_eq!(self.ready().await, (200, "ok\n".to_owned()));
    }
}

#[expect(clippy::print_stdout, reason = "STALE_SECONDS asks for the figures")]
fn print_figure(name: &str, figure: impl Debug) {
    if std::env::var_os("STALE_SECONDS").is_some() {
        println!("{name}: {figure:?}");
    }
}

/// A query with a new text, so that no cache has its response.
fn new(query: &str) -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    format!("{query} # {}", COUNT.fetch_add(1, Ordering::Relaxed))
}

/// Settings without caches.
const NO_CACHES: [(&str, &str); 2] = [("RESPONSE_CACHE_MB", "0"), ("ENTITY_CACHE_MB", "0")];

const PAGE: &str = "{ models(first: 20) { totalCount nodes { name license { name } sizes { label } datasets { name } links { url } } } }";

async fn queries_read_from_the_replica(pair: Pair) {
    let server = pair.reading(&NO_CACHES).await;
    let alone = pair.serve("", &NO_CACHES);
    let expected = alone.client.data(PAGE).await;
    let reads = server.reads_of(async { assert_eq!(server.client.data(PAGE).await, expected) }).await;
    assert!(reads.primary == 0 && reads.replica > 1, "{reads:?}");

    // As-of reads too, once the revision of the time is known.
    let editor = server.client.with_token(&pair.secret);
    // Revisions have times in milliseconds: this one is after the last revision and before the next.
    sleep(Duration::from_millis(1)).await;
    let time = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    sleep(Duration::from_millis(1)).await;
    rename(&editor, "IBM 1").await;
    assert_eq!(name(&server.client).await, "IBM 1");
    server.read_from_replica().await;
    let then = format!("{{ organization(slug: \"ibm\", asOf: \"{time}\") {{ name }} }}");
    let reads = server.reads_of(async { assert_eq!(server.client.data(&then).await["organization"]["name"], "IBM") });
    assert_eq!(reads.await, Reads { primary: 0, replica: 1 });

    // Revision numbers are read from the primary.
    let reads = server.reads_of(async { drop(server.client.data("{ catalog { revision } }").await) }).await;
    assert_eq!(reads, Reads { primary: 1, replica: 0 });

    let measure = async |server: &Served| {
        let (end, count) = (Instant::now() + Duration::from_secs(2), Cell::new(0_u32));
        let readers = (0..8).map(async |_| {
            while Instant::now() < end {
                server.client.data(&new(PAGE)).await;
                count.set(count.get() + 1);
            }
        });
        join_all(readers).await;
        count.get() / 2
    };
    print_figure("pages a second from the replica", measure(&server).await);
    print_figure("pages a second from the primary alone", measure(&alone).await);
}

async fn a_lagging_replica_is_not_read_after_a_write(pair: Pair) {
    let [server, other] = [pair.reading(&NO_CACHES).await, pair.reading(&NO_CACHES).await];
    let editor = server.client.with_token(&pair.secret);
    pair.pause(true).await;
    let mut last = 0;
    let reads = server.reads_of(async {
        for round in 0..50 {
            let new = format!("IBM {round}");
            let revision = rename(&editor, &new).await;
            assert_eq!(name(if round % 2 == 0 { &editor } else { &server.client }).await, new);
            let shown = other.client.data("{ catalog { revision } }").await["catalog"]["revision"].as_i64();
            assert!(shown == Some(revision) && revision > last, "{shown:?} after {revision}, which was after {last}");
            // A client that knows a revision can read it.
            assert_eq!(name(&other.client).await, new);
            last = revision;
        }
    });
    assert_eq!(reads.await, Reads { primary: 100, replica: 0 }, "each once, and what each write answers");
    assert!(server.figure("catalog_db_replica_revision").await < last);
    assert_eq!(server.ready().await, (200, "ok\n".to_owned()));
    // As-of reads include revisions that the replica has not replayed yet.
    let then = "{ organization(slug: \"ibm\", asOf: \"2100-01-01T00:00:00Z\") { name } }";
    assert_eq!(server.client.data(then).await["organization"]["name"], "IBM 49");

    pair.pause(false).await;
    let resumed = Instant::now();
    server.read_from_replica().await;
    print_figure("from resume until the replica is read", resumed.elapsed());
    let reads = server.reads_of(async {
        for _ in 0..20 {
            assert_eq!(name(&server.client).await, "IBM 49");
        }
    });
    assert_eq!(reads.await, Reads { primary: 0, replica: 20 });
    // Reads wait for a replica that lags little: after a write, some reads still go to the replica.
    let reads = server.reads_of(async {
        for round in 0..50 {
            rename(&editor, &format!("IBM {round}")).await;
            assert_eq!(name(&server.client).await, format!("IBM {round}"));
        }
    });
    print_figure("reads at once after a write", reads.await);
}

async fn replica_outages_cause_no_errors(mut pair: Pair) {
    let proxy = Proxy::to(pair.replica.port());
    let server = pair.serve(&format!("postgres://postgres@127.0.0.1:{}/postgres", proxy.port), &NO_CACHES);
    server.read_from_replica().await;
    let (ended, slowest, answers) = (Cell::new(false), Cell::new(Duration::ZERO), Cell::new(0));
    let readers = join_all((0..6).map(async |_| {
        while !ended.get() {
            let begun = Instant::now();
            // A rejected request, or an error in the response, fails the test.
            server.client.data(&new(PAGE)).await;
            slowest.set(slowest.get().max(begun.elapsed()));
            answers.set(answers.get() + 1);
        }
    }));
    let outages = async {
        for kind in ["QUIT", "KILL", "INT", "cut"] {
            sleep(Duration::from_millis(500)).await;
            slowest.set(Duration::ZERO);
            if kind == "cut" {
                proxy.set_blocked(true);
            } else {
                pair.replica.stop(kind);
            }
            let gone = "ok\nreplica not used: it does not answer\n";
            wait_until("it is said that it is gone", async || server.ready().await == (200, gone.to_owned())).await;
            assert_eq!(server.figure("catalog_db_replica_up").await, 0);
            let (before, reads) = (answers.get(), server.reads().await.primary);
            wait_until("others are answered", async || answers.get() > before + 20).await;
            assert!(server.reads().await.primary > reads);
            print_figure(&format!("the slowest answer after {kind}"), slowest.get());
            if kind == "cut" {
                proxy.set_blocked(false);
            } else {
                pair.replica.start_again();
            }
            let begun = Instant::now();
            server.read_from_replica().await;
            print_figure(&format!("from its return after {kind} until it is read"), begun.elapsed());
            let reads = server.reads().await.replica;
            wait_until("it is read again", async || server.reads().await.replica > reads).await;
        }
        ended.set(true);
    };
    tokio::join!(readers, outages);
    assert_eq!(
        server.figure("catalog_graphql_requests_total{operation_type=\"query\",code=\"OK\"}").await,
        answers.get()
    );
}

async fn statements_cancelled_by_replay_are_repeated_on_the_primary(pair: Pair) {
    pair.replica.query("ALTER SYSTEM SET max_standby_streaming_delay = 0").await;
    pair.replica.query("SELECT pg_reload_conf()::text").await;
    let server = pair.reading(&NO_CACHES).await;
    let ended = Cell::new(false);
    let readers = join_all((0..6).map(async |_| {
        while !ended.get() {
            server.client.data(&new(PAGE)).await;
        }
    }));
    let conflicts = async || {
        // The replica replays the locks, which conflict with statements that read the tables. A transaction locks one
        // table: a lock of several could deadlock with the statements that are repeated on the primary.
        let locks = ["model", "model_size", "license"]
            .map(|table| format!("LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE; COMMIT;"))
            .concat();
        pair.primary.query(&format!("DO $$ BEGIN FOR i IN 1..50 LOOP {locks} END LOOP; END $$")).await;
        let count = "SELECT confl_lock::text FROM pg_stat_database_conflicts WHERE datname = 'postgres'";
        pair.replica.query(count).await.parse::<u32>().is_ok_and(|count| count > 0)
    };
    let outages = async {
        wait_until("statements are in the way", conflicts).await;
        ended.set(true);
    };
    tokio::join!(readers, outages);
    assert!(server.reads().await.primary > 0);
}

async fn the_request_timeout_applies_on_the_replica(pair: Pair) {
    let server = pair.reading(&[NO_CACHES[0], NO_CACHES[1], ("REQUEST_TIMEOUT", "1")]).await;
    let database = connect(&pair.primary.database("postgres")).await;
    let transaction = database.read().begin().await.expect("a transaction");
    transaction.execute_unprepared("LOCK TABLE model IN ACCESS EXCLUSIVE MODE").await.expect("nobody else has it");
    let lock =
        "SELECT COUNT(*)::text FROM pg_locks WHERE relation = 'model'::regclass AND mode = 'AccessExclusiveLock'";
    wait_until("the replica holds the lock too", async || pair.replica.query(lock).await == "1").await;
    let (status, answer) = server.client.post(&json!({ "query": PAGE })).await;
    assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (504, &json!("TIMEOUT")));
    for server in [&pair.primary, &pair.replica] {
        let waiting = "SELECT COUNT(*)::text FROM pg_stat_activity WHERE application_name = 'open-llm-catalog' AND state = 'active'";
        wait_until("nothing waits", async || server.query(waiting).await == "0").await;
    }
    drop(transaction);
    database.close().await.expect("the connections close");
    server.client.data(PAGE).await;
}

/// Three servers: that of the writer, another, and one without caches.
async fn three_servers(pair: &Pair) -> [Served; 3] {
    [pair.reading(&[]).await, pair.reading(&[]).await, pair.reading(&NO_CACHES).await]
}

/// Searches for outdated responses while something else happens again and again; returns the reads of each server.
async fn check_consistency_while(pair: &Pair, servers: &[Served], disturb: impl AsyncFn()) -> Vec<Reads> {
    let before = join_all(servers.iter().map(Served::reads)).await;
    let ended = Cell::new(false);
    let editor = servers[0].client.with_token(&pair.secret);
    let clients = servers.iter().map(|server| server.client.clone()).collect::<Vec<_>>();
    let checking = async {
        let found = check_consistency(&editor, &clients).await;
        ended.set(true);
        found
    };
    let disturbing = async {
        while !ended.get() {
            disturb().await;
        }
    };
    let ((writes, reads), ()) = tokio::join!(checking, disturbing);
    print_figure("writes and reads", (writes, reads));
    let after = join_all(servers.iter().map(Served::reads)).await;
    let reads = before.iter().zip(after).map(|(before, after)| Reads {
        primary: after.primary - before.primary,
        replica: after.replica - before.replica,
    });
    let reads = reads.collect::<Vec<_>>();
    print_figure("statements of each server", &reads);
    reads
}

async fn responses_never_go_back_in_time(pair: Pair) {
    let servers = three_servers(&pair).await;
    let reads = check_consistency_while(&pair, &servers, async || {
        pair.pause(true).await;
        sleep(Duration::from_millis(150)).await;
        pair.pause(false).await;
        sleep(Duration::from_millis(350)).await;
    });
    let reads = reads.await;
    assert!(reads.iter().all(|reads| reads.primary > 0 && reads.replica > 0), "{reads:?}");
    // In the end all servers return the same.
    let last = name(&servers[0].client).await;
    for server in &servers {
        server.read_from_replica().await;
        assert_eq!(name(&server.client).await, last);
    }
}

async fn revisions_that_the_primary_does_not_show_have_no_number(pair: Pair) {
    let server = pair.reading(&NO_CACHES).await;
    let writer = pair.serve("", &[("REQUEST_TIMEOUT", "600")]);
    let revision = async || server.client.data(&new("{ catalog { revision } }")).await["catalog"]["revision"].as_i64();
    let before = revision().await.expect("a number");
    // A commit waits for two replicas: the one there is replays it, and the primary does not show it until the wait is cancelled.
    pair.primary.query("ALTER SYSTEM SET synchronous_standby_names = '2 (*)'").await;
    pair.primary.query("SELECT pg_reload_conf()::text").await;
    wait_until("commits wait", async || pair.primary.query("SHOW synchronous_standby_names").await == "2 (*)").await;
    let look = async {
        wait_until("the replica is ahead", async || server.figure("catalog_db_replica_revision").await == before + 1)
            .await;
        assert_eq!(name(&server.client).await, "IBM 1");
        assert_eq!(revision().await, Some(before));
        assert_eq!(server.figure("catalog_revision").await, before);
        pair.primary.query("ALTER SYSTEM RESET synchronous_standby_names").await;
        pair.primary.query("SELECT pg_reload_conf()::text").await;
    };
    let editor = writer.client.with_token(&pair.secret);
    let (written, ()) = tokio::join!(rename(&editor, "IBM 1"), look);
    assert_eq!(written, before + 1);
    wait_until("the server shows it", async || revision().await == Some(written)).await;
}

async fn replicas_of_other_databases_are_not_read(pair: Pair) {
    let refused = async |server: &Served, why: &str| {
        let message = format!("ok\nreplica not used: {why}\n");
        wait_until(why, async || server.ready().await == (200, message.clone())).await;
        let reads = server.reads_of(async { drop(server.client.data(PAGE).await) }).await;
        assert!(reads.primary > 0 && reads.replica == 0, "{reads:?}");
    };
    let no_replica = "it is not a replica, or was promoted";
    refused(&pair.serve(&pair.primary.database("postgres"), &[]), no_replica).await;
    refused(&pair.serve(&pair.replica.database("template1"), &[]), "it has no catalog").await;
    refused(&pair.serve(&pair.replica.database("nothing"), &[]), "it does not answer").await;
    // The same system, another database.
    pair.primary.query("CREATE DATABASE other").await;
    catalog(&pair.primary.database("other")).await;
    let other = "it is a replica of another database";
    refused(&pair.serve(&pair.replica.database("other"), &[]), other).await;
    // Another system.
    let stranger = Pair::of(Cluster::start().expect("there is a PostgreSQL")).await;
    refused(&pair.serve(&stranger.replica.database("postgres"), &[]), other).await;

    let server = pair.reading(&[]).await;
    pair.replica.query("SELECT pg_promote()::text").await;
    refused(&server, no_replica).await;
    drop(server.server);
}

fn sqlite_has_no_replica() {
    let folder = folder();
    let variables = [("DATABASE_URL", "sqlite:catalog.db"), ("DATABASE_READ_URL", "postgres://127.0.0.1/catalog")];
    let (code, _, errors) = run(folder.path(), &[], &variables);
    let message = "error: DATABASE_READ_URL is set to a replica, so DATABASE_URL must be the URL of its PostgreSQL primary; it is \"sqlite:catalog.db\".\n";
    assert_eq!((code, errors.as_str()), (2, message));
    let wrong = [("DATABASE_READ_URL", "sqlite:other.db")];
    let message = "error: DATABASE_READ_URL is \"sqlite:other.db\"; expected postgres://USER:PASSWORD@HOST:PORT/DATABASE, or nothing.\n";
    let (code, _, errors) = run(folder.path(), &[], &wrong);
    assert_eq!((code, errors.as_str()), (2, message));
}
