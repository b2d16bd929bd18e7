//! Faults: a resolver that panics, and a database file that is locked, full, read-only or damaged.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use entity::vocabulary::Role;
use futures_util::future::join_all;
use libtest_mimic::{Completion, Trial};
use open_llm_catalog::auth::token;
use open_llm_catalog::store::change::Change;
use open_llm_catalog::store::migrate::migrate;
use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::{Value as Json, json};

use crate::{
    cli::{Server, folder, run},
    support::{App, Backend, Client, POOL, block_on, connect, fixture, on_backend, wait_until},
    trials,
};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![on both: a_panic_in_a_resolver_is_one_internal_error, a_busy_database_is_not_unavailable];
    trials.extend(trials![plain: a_damaged_file_stops_the_start, a_locked_file_refuses_writes_and_serves_reads]);
    let sqlite = |name, test: fn() -> Result<Completion, &'static str>| on_backend(name, Backend::Sqlite, test);
    trials.push(sqlite(
        "database_faults::a_full_disk_loses_no_acknowledged_write",
        a_full_disk_loses_no_acknowledged_write,
    ));
    trials.push(sqlite("database_faults::a_read_only_disk_stops_the_start", a_read_only_disk_stops_the_start));
    trials
}

async fn a_busy_database_is_not_unavailable(app: App) {
    let slow = match app.database.backend() {
        DbBackend::Postgres => "SELECT pg_sleep(2)",
        _ => "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 3000000) SELECT MAX(n) FROM n",
    };
    // Every connection is busy, so that requests wait for long.
    let work = join_all((0..POOL.connections).map(|_| app.database.read().execute_unprepared(slow)));
    let asked = app.data("{ models(first: 1) { nodes { slug } } } # busy");
    let mut head = app.database.revision_tracker().watch();
    tokio::select! {
        (worked, data) = async { tokio::join!(work, asked) } => {
            assert!(worked.iter().all(Result::is_ok), "{worked:?}");
            assert_eq!(data["models"]["nodes"].as_array().map(Vec::len), Some(1));
        }
        _ = head.wait_for(|known| known.unavailable) => panic!("the database is busy, not unavailable"),
    }
}

async fn a_panic_in_a_resolver_is_one_internal_error(app: App) {
    let mut database = connect(&app.url).await;
    database.on_read(|info| assert!(!format!("{:?}", info.statement.values).contains("boom"), "a test wants it"));
    let fragile = app.with_connections(database.clone());
    for query in
        ["{ model(slug: \"boom\") { name } }", "{ catalog { revision } search(query: \"boom\") { totalCount } }"]
    {
        let (status, answer) = fragile.post(&json!({ "query": query })).await;
        let error = &answer["errors"][0];
        assert_eq!((status, &error["extensions"]["code"]), (500, &json!("INTERNAL")), "{answer}");
        assert_eq!(answer["errors"].as_array().map(Vec::len), Some(1), "{answer}");
        assert_eq!(fragile.data("{ model(slug: \"qwen\") { name } }").await["model"]["name"], "Qwen");
    }
    database.close().await.expect("the connections close");
}

/// A small disk, unmounted when it is dropped.
struct Disk(PathBuf);

impl Disk {
    /// Mounts a disk; none where the test may not.
    fn new() -> Option<Self> {
        let folder = folder().keep();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=4m", "tmpfs"]).arg(&folder);
        let mounted = mount.stderr(Stdio::null()).status().is_ok_and(|status| status.success());
        if !mounted {
            fs::remove_dir(&folder).expect("it is empty");
        }
        mounted.then_some(Self(folder))
    }

    fn url(&self) -> String {
        format!("sqlite:{}", self.0.join("catalog.db").display())
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
        let _ = fs::remove_dir(&self.0);
    }
}

const NO_MOUNT: &str = "a test must be allowed to mount a disk for this";

/// The secret of an editor of a new catalog.
async fn new_catalog(url: &str) -> String {
    let database = connect(url).await;
    migrate(&database).await.expect("the migrations run");
    fixture::load(&database).await;
    let secret = token::create(&database, "editor", Role::Editor, None).await.expect("a token").1.reveal();
    database.close().await.expect("the connections close");
    secret
}

/// A server, and a client with a token.
fn serve(folder: &Path, url: &str, secret: &str) -> (Server, Client) {
    let mut server = Server::start(folder, &[("PORT", "0"), ("DATABASE_URL", url)]);
    let client = Client::at(format!("http://{}", server.address())).with_token(secret);
    (server, client)
}

async fn create(client: &Client, number: usize) -> (u16, Json) {
    // Texts that fill database pages.
    let alias = format!("{number} {}", "x".repeat(180));
    let aliases = (0..20).map(|index| format!("{index} {alias}")).collect::<Vec<_>>();
    let mutation = "mutation ($input: CreateModelInput!) { createModel(input: $input) { revision } }";
    let input = json!({ "name": format!("M {number}"), "kind": "DERIVED", "aliases": aliases });
    client.post(&json!({ "query": mutation, "variables": { "input": input } })).await
}

async fn readiness(client: &Client) -> (u16, String) {
    let response = client.request("GET", "/readyz").send().await.expect("the process lives");
    (response.status().as_u16(), response.text().await.expect("it is text"))
}

async fn become_ready(client: &Client) {
    wait_until("the server is ready", async || readiness(client).await.0 == 200).await;
}

fn a_full_disk_loses_no_acknowledged_write() -> Result<Completion, &'static str> {
    let disk = Disk::new().ok_or(NO_MOUNT)?;
    block_on(async {
        let secret = new_catalog(&disk.url()).await;
        let folder = folder();
        let (mut server, client) = serve(folder.path(), &disk.url(), &secret);
        become_ready(&client).await;
        let filler = disk.0.join("filler");
        // Fails as soon as the disk is full.
        let _ = fs::write(&filler, vec![0; 8 << 20]);
        let mut written = 0;
        let refused = loop {
            match create(&client, written).await {
                (200, answer) if answer["errors"].is_null() => written += 1,
                refused => break refused,
            }
            assert!(written < 1000, "the disk is full");
        };
        let (status, answer) = refused;
        assert_eq!(
            (status, &answer["errors"][0]["extensions"]["code"]),
            (503, &json!("SERVICE_UNAVAILABLE")),
            "{answer}"
        );
        let message = answer["errors"][0]["message"].as_str().expect("a message");
        assert!(message.contains("its disk is full"), "{message}");
        let (status, reasons) = readiness(&client).await;
        assert!(status == 503 && reasons.contains("its disk is full"), "{status}: {reasons}");
        // Reads still succeed.
        let count = "{ models(where: { slug: { startsWith: \"m-\" } }) { totalCount } }";
        assert_eq!(client.data(count).await["models"]["totalCount"], written);
        fs::remove_file(&filler).expect("it can be removed");
        become_ready(&client).await;
        let (status, answer) = create(&client, written).await;
        assert_eq!((status, &answer["errors"]), (200, &Json::Null), "{answer}");
        assert_eq!(client.data(count).await["models"]["totalCount"], written + 1);
        assert_eq!(server.stop().code(), Some(0));
    });
    Ok(Completion::Completed)
}

fn a_read_only_disk_stops_the_start() -> Result<Completion, &'static str> {
    let disk = Disk::new().ok_or(NO_MOUNT)?;
    block_on(new_catalog(&disk.url()));
    let remounted = Command::new("mount").args(["-o", "remount,ro"]).arg(&disk.0).status();
    assert!(remounted.expect("there is a command mount").success());
    let folder = folder();
    let (code, output, errors) = run(folder.path(), &[], &[("PORT", "0"), ("DATABASE_URL", &disk.url())]);
    assert_eq!((code, output.as_str()), (1, ""));
    assert!(errors.starts_with("error: the database cannot be used: its file can"), "{errors}");
    Ok(Completion::Completed)
}

fn a_damaged_file_stops_the_start() {
    let folder = folder();
    let path = folder.path().join("catalog.db");
    fs::write(&path, vec![7; 100_000]).expect("it can be written");
    let (code, output, errors) = run(folder.path(), &[], &[("PORT", "0")]);
    assert_eq!((code, output.as_str()), (1, ""));
    assert!(errors.starts_with("error: the database cannot be used: its file is damaged"), "{errors}");
    assert_eq!(fs::read(&path).expect("it is there"), vec![7; 100_000], "it is as it was");
}

fn a_locked_file_refuses_writes_and_serves_reads() {
    block_on(async {
        let folder = folder();
        let url = format!("sqlite:{}", folder.path().join("catalog.db").display());
        let secret = new_catalog(&url).await;
        let (_server, client) = serve(folder.path(), &url, &secret);
        let other = connect(&url).await;
        let change = Change::begin(&other, "somebody").await.expect("no other connection writes");
        let (status, answer) = create(&client, 0).await;
        assert_eq!(
            (status, &answer["errors"][0]["extensions"]["code"]),
            (503, &json!("SERVICE_UNAVAILABLE")),
            "{answer}"
        );
        let (status, reasons) = readiness(&client).await;
        assert!(status == 503 && reasons.contains("another process holds a lock on its file"), "{status}: {reasons}");
        assert_eq!(client.data("{ model(slug: \"qwen\") { name } }").await["model"]["name"], "Qwen");
        drop(change);
        become_ready(&client).await;
        assert_eq!(create(&client, 0).await.0, 200);
        other.close().await.expect("the connections close");
    });
}
