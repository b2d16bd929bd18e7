//! A replica to read from: what it answers is never older than what was written or seen, and its absence is never noticed.
//!
//! `STALE_SECONDS=60 cargo test --test catalog replica -- --nocapture` hunts longer for what is stale, and prints figures.

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
use open_llm_catalog::db::database::Database;
use open_llm_catalog::db::url::DatabaseUrl;
use open_llm_catalog::store::seed;
use sea_orm::{ConnectionTrait, TransactionTrait};
use serde_json::json;
use tempfile::TempDir;
use tokio::time::{sleep, timeout};

use crate::{
    cache::{hunt, name, rename},
    cli::{Server, folder, run},
    support::{
        Backend, Client, POOL,
        cluster::{Cluster, Way},
    },
};

pub fn trials() -> Vec<Trial> {
    let mut trials = vec![
        trial("replica::queries_are_read_from_it", |pair| Box::pin(queries_are_read_from_it(pair))),
        trial("replica::whoever_wrote_reads_it_however_far_it_is_behind", |pair| {
            Box::pin(whoever_wrote_reads_it_however_far_it_is_behind(pair))
        }),
        trial("replica::nobody_notices_that_it_is_gone", |pair| Box::pin(nobody_notices_that_it_is_gone(pair))),
        trial("replica::a_statement_that_is_in_the_way_of_replay_is_asked_of_the_primary", |pair| {
            Box::pin(a_statement_that_is_in_the_way_of_replay_is_asked_of_the_primary(pair))
        }),
        trial("replica::time_is_over_there_as_it_is_here", |pair| Box::pin(time_is_over_there_as_it_is_here(pair))),
        trial("replica::no_answer_is_older_than_what_was_seen", |pair| {
            Box::pin(no_answer_is_older_than_what_was_seen(pair))
        }),
        trial("replica::what_its_primary_does_not_show_yet_has_no_number", |pair| {
            Box::pin(what_its_primary_does_not_show_yet_has_no_number(pair))
        }),
        trial("replica::another_server_is_not_read", |pair| Box::pin(another_server_is_not_read(pair))),
    ];
    trials.extend(crate::trials![plain: a_file_has_no_replica]);
    trials
}

type Body = std::pin::Pin<Box<dyn Future<Output = ()>>>;

fn trial(name: &'static str, body: fn(Pair) -> Body) -> Trial {
    let trial = Trial::ignorable_test(name, move || {
        let Some(primary) = Cluster::start() else {
            return match std::env::var_os("REQUIRE_POSTGRES") {
                Some(_) => Err("no PostgreSQL".into()),
                None => Ok(Completion::ignored_with("no PostgreSQL")),
            };
        };
        actix_web::rt::System::new().block_on(async { body(Pair::of(primary).await).await });
        Ok(Completion::Completed)
    });
    trial.with_kind(Backend::Postgres.to_string())
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
        // Processes end here, machines do not; and a disk that others use too would make writes few.
        primary.ask("ALTER SYSTEM SET fsync = off").await;
        primary.ask("SELECT pg_reload_conf()::text").await;
        let secret = catalog(&primary.database("postgres")).await;
        let replica = primary.replica();
        replica.ask("SELECT ''").await;
        Self { primary, replica, secret, folder: folder() }
    }

    /// A server that reads from a URL.
    fn serve(&self, replica: &str, variables: &[(&str, &str)]) -> Served {
        let url = self.primary.database("postgres");
        let own = [("PORT", "0"), ("DATABASE_URL", &*url), ("DATABASE_READ_URL", replica)];
        Served::of(Server::start(self.folder.path(), &[&own, variables].concat()))
    }

    /// A server that reads from the replica, and does so already.
    async fn reading(&self, variables: &[(&str, &str)]) -> Served {
        let server = self.serve(&self.replica.database("postgres"), variables);
        server.read_from_replica().await;
        server
    }

    /// Has the replica replay nothing any more, or all of it.
    async fn pause(&self, pause: bool) {
        if !pause {
            self.replica.ask("SELECT pg_wal_replay_resume()::text").await;
            return;
        }
        self.replica.ask("SELECT pg_wal_replay_pause()::text").await;
        soon("the replica pauses", async || {
            self.replica.ask("SELECT pg_get_wal_replay_pause_state()").await == "paused"
        })
        .await;
    }
}

/// Makes a catalog; returns an editor's secret.
async fn catalog(url: &str) -> String {
    let url = url.parse::<DatabaseUrl>().expect("a database URL");
    let database = Database::connect(&url, POOL).await.expect("PostgreSQL takes connections");
    open_llm_catalog::store::migrate::migrate(&database).await.expect("the tables can be made");
    seed::seed_if_empty(&database).await.expect("the list can be read");
    let secret = token::create(&database, "editor", Role::Editor, None).await.expect("a token").1.reveal();
    database.close().await.expect("the connections close");
    secret
}

/// A server, and who asks it.
struct Served {
    server: Server,
    client: Client,
}

/// Statements of queries, by who answered them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Reads {
    primary: i64,
    replica: i64,
}

impl Served {
    fn of(mut server: Server) -> Self {
        server.line();
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

    /// The reads that something takes.
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

    /// Waits until what is read comes from a replica that holds everything.
    async fn read_from_replica(&self) {
        soon("the replica is read", async || {
            self.figure("catalog_db_replica_up").await == 1
                && self.figure("catalog_db_replica_revision").await == self.figure("catalog_revision").await
        })
        .await;
        assert_eq!(self.ready().await, (200, "ok\n".to_owned()));
    }
}

/// Waits until something holds.
async fn soon(what: &str, holds: impl AsyncFn() -> bool) {
    let waits = async {
        while !holds().await {
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(60), waits).await.unwrap_or_else(|_| panic!("it takes long until {what}"));
}

#[expect(clippy::print_stdout, reason = "whoever wants figures reads them")]
fn tell(what: &str, figure: impl Debug) {
    println!("{what}: {figure:?}");
}

/// A query that nobody asked before, so that no cache knows it.
fn new(query: &str) -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    format!("{query} # {}", COUNT.fetch_add(1, Ordering::Relaxed))
}

/// Keeps nothing that was read.
const NO_CACHES: [(&str, &str); 2] = [("RESPONSE_CACHE_MB", "0"), ("ENTITY_CACHE_MB", "0")];

const PAGE: &str = "{ models(first: 20) { totalCount nodes { name license { name } sizes { label } datasets { name } links { url } } } }";

async fn queries_are_read_from_it(pair: Pair) {
    let server = pair.reading(&NO_CACHES).await;
    let alone = pair.serve("", &NO_CACHES);
    let expected = alone.client.data(PAGE).await;
    let reads = server.reads_of(async { assert_eq!(server.client.data(PAGE).await, expected) }).await;
    assert!(reads.primary == 0 && reads.replica > 1, "{reads:?}");

    // The past too, once it is known which revision a time means.
    let editor = server.client.bearing(&pair.secret);
    sleep(Duration::from_millis(5)).await;
    let time = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    sleep(Duration::from_millis(5)).await;
    rename(&editor, "IBM 1").await;
    assert_eq!(name(&server.client).await, "IBM 1");
    server.read_from_replica().await;
    let then = format!("{{ organization(slug: \"ibm\", asOf: \"{time}\") {{ name }} }}");
    let reads = server.reads_of(async { assert_eq!(server.client.data(&then).await["organization"]["name"], "IBM") });
    assert_eq!(reads.await, Reads { primary: 0, replica: 1 });

    // Numbers of revisions come from where they are made.
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
    tell("pages a second from the replica", measure(&server).await);
    tell("pages a second from the primary alone", measure(&alone).await);
}

async fn whoever_wrote_reads_it_however_far_it_is_behind(pair: Pair) {
    let [server, other] = [pair.reading(&NO_CACHES).await, pair.reading(&NO_CACHES).await];
    let editor = server.client.bearing(&pair.secret);
    pair.pause(true).await;
    let mut last = 0;
    let reads = server.reads_of(async {
        for round in 0..50 {
            let new = format!("IBM {round}");
            let revision = rename(&editor, &new).await;
            assert_eq!(name(if round % 2 == 0 { &editor } else { &server.client }).await, new);
            let shown = other.client.data("{ catalog { revision } }").await["catalog"]["revision"].as_i64();
            assert!(shown == Some(revision) && revision > last, "{shown:?} after {revision}, which was after {last}");
            // Whoever was told of a revision finds it.
            assert_eq!(name(&other.client).await, new);
            last = revision;
        }
    });
    assert_eq!(reads.await, Reads { primary: 100, replica: 0 }, "each once, and what each write answers");
    assert!(server.figure("catalog_db_replica_revision").await < last);
    assert_eq!(server.ready().await, (200, "ok\n".to_owned()));
    // What was is not changed by what the replica does not hold yet.
    let then = "{ organization(slug: \"ibm\", asOf: \"2100-01-01T00:00:00Z\") { name } }";
    assert_eq!(server.client.data(then).await["organization"]["name"], "IBM 49");

    pair.pause(false).await;
    let resumed = Instant::now();
    server.read_from_replica().await;
    tell("from resume until the replica is read", resumed.elapsed());
    let reads = server.reads_of(async {
        for _ in 0..20 {
            assert_eq!(name(&server.client).await, "IBM 49");
        }
    });
    assert_eq!(reads.await, Reads { primary: 0, replica: 20 });
    // It is waited for, as long as it is close behind: of what is read at once after a write, not all comes from the primary.
    let reads = server.reads_of(async {
        for round in 0..50 {
            rename(&editor, &format!("IBM {round}")).await;
            assert_eq!(name(&server.client).await, format!("IBM {round}"));
        }
    });
    tell("reads at once after a write", reads.await);
}

async fn nobody_notices_that_it_is_gone(mut pair: Pair) {
    let way = Way::to(pair.replica.port());
    let server = pair.serve(&format!("postgres://postgres@127.0.0.1:{}/postgres", way.port), &NO_CACHES);
    server.read_from_replica().await;
    let (ended, slowest, answers) = (Cell::new(false), Cell::new(Duration::ZERO), Cell::new(0));
    let readers = join_all((0..6).map(async |_| {
        while !ended.get() {
            let begun = Instant::now();
            // A refusal, or an error in the answer, fails the test.
            server.client.data(&new(PAGE)).await;
            slowest.set(slowest.get().max(begun.elapsed()));
            answers.set(answers.get() + 1);
        }
    }));
    let tormentor = async {
        for kind in ["QUIT", "KILL", "INT", "cut"] {
            sleep(Duration::from_millis(500)).await;
            slowest.set(Duration::ZERO);
            if kind == "cut" {
                way.cut(true);
            } else {
                pair.replica.end(kind);
            }
            let gone = "ok\nreplica not used: it does not answer\n";
            soon("it is said that it is gone", async || server.ready().await == (200, gone.to_owned())).await;
            assert_eq!(server.figure("catalog_db_replica_up").await, 0);
            let (before, reads) = (answers.get(), server.reads().await.primary);
            soon("others are answered", async || answers.get() > before + 20).await;
            assert!(server.reads().await.primary > reads);
            tell(&format!("the slowest answer after {kind}"), slowest.get());
            if kind == "cut" {
                way.cut(false);
            } else {
                pair.replica.resume();
            }
            let begun = Instant::now();
            server.read_from_replica().await;
            tell(&format!("from its return after {kind} until it is read"), begun.elapsed());
            let reads = server.reads().await.replica;
            soon("it is read again", async || server.reads().await.replica > reads).await;
        }
        ended.set(true);
    };
    tokio::join!(readers, tormentor);
    assert_eq!(
        server.figure("catalog_graphql_requests_total{operation_type=\"query\",code=\"OK\"}").await,
        answers.get()
    );
}

async fn a_statement_that_is_in_the_way_of_replay_is_asked_of_the_primary(pair: Pair) {
    pair.replica.ask("ALTER SYSTEM SET max_standby_streaming_delay = 0").await;
    pair.replica.ask("SELECT pg_reload_conf()::text").await;
    let server = pair.reading(&NO_CACHES).await;
    let ended = Cell::new(false);
    let readers = join_all((0..6).map(async |_| {
        while !ended.get() {
            server.client.data(&new(PAGE)).await;
        }
    }));
    let conflicts = async || {
        // A lock is replayed, and whoever reads the table on the replica then is in its way.
        let lock = "LOCK TABLE model, model_size, license IN ACCESS EXCLUSIVE MODE; COMMIT;";
        pair.primary.ask(&format!("DO $$ BEGIN FOR i IN 1..50 LOOP {lock} END LOOP; END $$")).await;
        let count = "SELECT confl_lock::text FROM pg_stat_database_conflicts WHERE datname = 'postgres'";
        pair.replica.ask(count).await.parse::<u32>().is_ok_and(|count| count > 0)
    };
    let tormentor = async {
        soon("statements are in the way", conflicts).await;
        ended.set(true);
    };
    tokio::join!(readers, tormentor);
    assert!(server.reads().await.primary > 0);
}

async fn time_is_over_there_as_it_is_here(pair: Pair) {
    let server = pair.reading(&[NO_CACHES[0], NO_CACHES[1], ("REQUEST_TIMEOUT", "1")]).await;
    let url = pair.primary.database("postgres").parse::<DatabaseUrl>().expect("a database URL");
    let database = Database::connect(&url, POOL).await.expect("PostgreSQL takes connections");
    let transaction = database.read().begin().await.expect("a transaction");
    transaction.execute_unprepared("LOCK TABLE model IN ACCESS EXCLUSIVE MODE").await.expect("nobody else has it");
    let lock =
        "SELECT COUNT(*)::text FROM pg_locks WHERE relation = 'model'::regclass AND mode = 'AccessExclusiveLock'";
    soon("the replica holds the lock too", async || pair.replica.ask(lock).await == "1").await;
    let (status, answer) = server.client.post(&json!({ "query": PAGE })).await;
    assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (504, &json!("TIMEOUT")));
    for server in [&pair.primary, &pair.replica] {
        let waiting = "SELECT COUNT(*)::text FROM pg_stat_activity WHERE application_name = 'open-llm-catalog' AND state = 'active'";
        soon("nothing waits", async || server.ask(waiting).await == "0").await;
    }
    drop(transaction);
    database.close().await.expect("the connections close");
    server.client.data(PAGE).await;
}

/// The servers that are hunted: that of the writer, another, and one that keeps nothing.
async fn hunted(pair: &Pair) -> [Served; 3] {
    [pair.reading(&[]).await, pair.reading(&[]).await, pair.reading(&NO_CACHES).await]
}

/// Hunts while something else happens again and again; returns what each server read.
async fn hunt_while(pair: &Pair, servers: &[Served], torment: impl AsyncFn()) -> Vec<Reads> {
    let before = join_all(servers.iter().map(Served::reads)).await;
    let ended = Cell::new(false);
    let editor = servers[0].client.bearing(&pair.secret);
    let clients = servers.iter().map(|server| server.client.clone()).collect::<Vec<_>>();
    let hunting = async {
        let found = hunt(&editor, &clients).await;
        ended.set(true);
        found
    };
    let tormenting = async {
        while !ended.get() {
            torment().await;
        }
    };
    let ((writes, reads), ()) = tokio::join!(hunting, tormenting);
    tell("writes and reads", (writes, reads));
    let after = join_all(servers.iter().map(Served::reads)).await;
    let reads = before.iter().zip(after).map(|(before, after)| Reads {
        primary: after.primary - before.primary,
        replica: after.replica - before.replica,
    });
    let reads = reads.collect::<Vec<_>>();
    tell("statements of each server", &reads);
    reads
}

async fn no_answer_is_older_than_what_was_seen(pair: Pair) {
    let servers = hunted(&pair).await;
    let reads = hunt_while(&pair, &servers, async || {
        pair.pause(true).await;
        sleep(Duration::from_millis(150)).await;
        pair.pause(false).await;
        sleep(Duration::from_millis(350)).await;
    });
    let reads = reads.await;
    assert!(reads.iter().all(|reads| reads.primary > 0 && reads.replica > 0), "{reads:?}");
    // In the end all agree.
    let last = name(&servers[0].client).await;
    for server in &servers {
        server.read_from_replica().await;
        assert_eq!(name(&server.client).await, last);
    }
}

async fn what_its_primary_does_not_show_yet_has_no_number(pair: Pair) {
    let server = pair.reading(&NO_CACHES).await;
    let writer = pair.serve("", &[("REQUEST_TIMEOUT", "600")]);
    let revision = async || server.client.data(&new("{ catalog { revision } }")).await["catalog"]["revision"].as_i64();
    let before = revision().await.expect("a number");
    // A commit waits for two replicas: the one there is replays it, and the primary does not show it until somebody gives up.
    pair.primary.ask("ALTER SYSTEM SET synchronous_standby_names = '2 (*)'").await;
    pair.primary.ask("SELECT pg_reload_conf()::text").await;
    soon("commits wait", async || pair.primary.ask("SHOW synchronous_standby_names").await == "2 (*)").await;
    let look = async {
        soon("the replica is ahead", async || server.figure("catalog_db_replica_revision").await == before + 1).await;
        assert_eq!(name(&server.client).await, "IBM 1");
        assert_eq!(revision().await, Some(before));
        assert_eq!(server.figure("catalog_revision").await, before);
        pair.primary.ask("ALTER SYSTEM RESET synchronous_standby_names").await;
        pair.primary.ask("SELECT pg_reload_conf()::text").await;
    };
    let editor = writer.client.bearing(&pair.secret);
    let (written, ()) = tokio::join!(rename(&editor, "IBM 1"), look);
    assert_eq!(written, before + 1);
    soon("the server hears of it", async || revision().await == Some(written)).await;
}

async fn another_server_is_not_read(pair: Pair) {
    let refused = async |server: &Served, why: &str| {
        let told = format!("ok\nreplica not used: {why}\n");
        soon(why, async || server.ready().await == (200, told.clone())).await;
        let reads = server.reads_of(async { drop(server.client.data(PAGE).await) }).await;
        assert!(reads.primary > 0 && reads.replica == 0, "{reads:?}");
    };
    let no_replica = "it is not a replica, or was promoted";
    refused(&pair.serve(&pair.primary.database("postgres"), &[]), no_replica).await;
    refused(&pair.serve(&pair.replica.database("template1"), &[]), "it has no catalog").await;
    refused(&pair.serve(&pair.replica.database("nothing"), &[]), "it does not answer").await;
    // The same system, another database.
    pair.primary.ask("CREATE DATABASE other").await;
    catalog(&pair.primary.database("other")).await;
    let other = "it is a replica of another database";
    refused(&pair.serve(&pair.replica.database("other"), &[]), other).await;
    // Another system.
    let stranger = Pair::of(Cluster::start().expect("there is a PostgreSQL")).await;
    refused(&pair.serve(&stranger.replica.database("postgres"), &[]), other).await;

    let server = pair.reading(&[]).await;
    pair.replica.ask("SELECT pg_promote()::text").await;
    refused(&server, no_replica).await;
    drop(server.server);
}

fn a_file_has_no_replica() {
    let folder = folder();
    let variables = [("DATABASE_URL", "sqlite:catalog.db"), ("DATABASE_READ_URL", "postgres://127.0.0.1/catalog")];
    let (code, _, errors) = run(folder.path(), &[], &variables);
    let told = "error: DATABASE_READ_URL is set to a replica, so DATABASE_URL must be the URL of its PostgreSQL primary; it is \"sqlite:catalog.db\".\n";
    assert_eq!((code, errors.as_str()), (2, told));
    let wrong = [("DATABASE_READ_URL", "sqlite:other.db")];
    let told = "error: DATABASE_READ_URL is \"sqlite:other.db\"; expected postgres://USER:PASSWORD@HOST:PORT/DATABASE, or nothing.\n";
    let (code, _, errors) = run(folder.path(), &[], &wrong);
    assert_eq!((code, errors.as_str()), (2, told));
}
