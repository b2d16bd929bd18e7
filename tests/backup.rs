//! Backups of a SQLite catalog, and files that are no backups.

use std::{
    fs,
    path::Path,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    task::Poll,
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use libtest_mimic::Trial;
use open_llm_catalog::db::sqlite_file;
use sea_orm::sqlx::{ConnectOptions, Connection, Executor, sqlite::SqliteConnectOptions};
use serde_json::{Value as Json, json};

use crate::{
    cli::{Server, folder, run},
    support::{Client, DEADLINE, block_on, wait_until},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![plain:
        a_backup_under_writers_restores_everything,
        a_copy_without_its_log_is_refused,
        a_stopped_or_killed_server_starts_again,
        an_unfinished_checkpoint_is_completed,
        files_without_tables_are_refused,
        a_new_catalog_is_in_its_file_soon,
        backups_that_cannot_be_written_are_reported,
    ]
}

const WRITERS: usize = 4;

fn serve(folder: &Path) -> (Server, Client) {
    let mut server = Server::start(folder, &[("PORT", "0")]);
    let client = Client::at(format!("http://{}", server.address()));
    (server, client)
}

fn token(folder: &Path) -> String {
    let (code, secret, errors) = run(folder, &["token", "create", "--name", "ada", "--role", "admin"], &[]);
    assert_eq!(code, 0, "{errors}");
    secret.trim().to_owned()
}

async fn revision(client: &Client) -> u64 {
    client.data("{ catalog { revision } }").await["catalog"]["revision"].as_u64().expect("a number")
}

/// Creates a model and an organization in one transaction.
fn create(slug: &str) -> Json {
    let model =
        format!("slug: \"{slug}\", name: \"{slug}\", kind: DERIVED, sizes: [{{ label: \"1B\", parameters: \"1B\" }}]");
    let maker = format!("organizations: [{{ create: {{ slug: \"{slug}-maker\", name: \"{slug}\" }} }}]");
    json!({ "query": format!("mutation {{ createModel(input: {{ {model}, {maker} }}) {{ revision }} }}") })
}

async fn write(editor: &Client, slug: &str) {
    let (status, answer) = editor.post(&create(slug)).await;
    assert_eq!((status, &answer["errors"]), (200, &Json::Null), "{answer}");
}

/// The last 100 revisions up to a number, with all changes.
async fn history(client: &Client, last: u64) -> Json {
    let query = "query ($last: Int) { revisions(last: 100, where: { number: { lte: $last } }) {
        nodes { id number createdAt actor action subjectType subjectSlug changes { field before after } } } }";
    client.data_with(query, json!({ "last": last })).await
}

fn a_backup_under_writers_restores_everything() {
    block_on(async {
        let (original, restored) = (folder(), folder());
        let (mut server, client) = serve(original.path());
        let secret = token(original.path());
        let editor = client.with_token(&secret);
        let (acknowledged, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
        let writers = (0..WRITERS).map(async |writer| {
            for number in 0.. {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                write(&editor, &format!("backup-{writer}-{number}")).await;
                acknowledged.fetch_add(1, Ordering::Relaxed);
            }
        });
        let target = restored.path().join("catalog.db");
        let back_up = async {
            wait_until("writes", async || acknowledged.load(Ordering::Relaxed) >= 20).await;
            let before = revision(&client).await;
            let (from, to) = (original.path().to_owned(), target.clone());
            let name = to.display().to_string();
            let result = tokio::task::spawn_blocking(move || run(&from, &["backup", &name], &[])).await;
            assert_eq!(result.expect("it ends"), (0, String::new(), String::new()));
            let done = acknowledged.load(Ordering::Relaxed);
            wait_until("writes go on", async || acknowledged.load(Ordering::Relaxed) > done + 5).await;
            stop.store(true, Ordering::Relaxed);
            before
        };
        let (_, before) = tokio::join!(join_all(writers), back_up);

        let (_copy, copied) = serve(restored.path());
        let last = revision(&copied).await;
        assert!(before <= last && last < revision(&client).await, "{before} {last}");
        assert_eq!(history(&copied, last).await, history(&client, last).await);
        // Each model is there with its maker and its size, or not at all.
        let models = "{ models(first: 100, where: { slug: { startsWith: \"backup-\" } }) { nodes { slug organizations { slug } sizes { label } } } }";
        for model in copied.data(models).await["models"]["nodes"].as_array().expect("a list") {
            let slug = model["slug"].as_str().expect("a slug");
            let expected = json!([[{ "slug": format!("{slug}-maker") }], [{ "label": "1B" }]]);
            assert_eq!(json!([model["organizations"], model["sizes"]]), expected);
        }
        // The token is in the backup, and numbers continue.
        write(&copied.with_token(&secret), "after-the-restore").await;
        assert_eq!(revision(&copied).await, last + 2);
        server.process.kill().expect("it runs");
    });
}

fn a_copy_without_its_log_is_refused() {
    block_on(async {
        let original = folder();
        let (_server, client) = serve(original.path());
        let editor = client.with_token(&token(original.path()));
        write(&editor, "in-the-log").await;
        let copy = |names: &[&str]| {
            let to = folder();
            for name in names {
                fs::copy(original.path().join(name), to.path().join(name)).expect("the file can be copied");
            }
            to
        };
        let alone = copy(&["catalog.db"]);
        for arguments in [&["serve"][..], &["export", "--format", "json"], &["token", "list"], &["backup", "b.db"]] {
            let (code, output, errors) = run(alone.path(), arguments, &[("PORT", "0")]);
            assert_eq!((code, output.as_str()), (1, ""), "{arguments:?}: {errors}");
            assert!(errors.starts_with("error: catalog.db lacks its latest changes"), "{errors}");
            assert!(errors.contains("catalog.db-wal") && errors.contains("open-llm-catalog backup"), "{errors}");
        }
        // Without its latest changes, as the message says.
        fs::write(alone.path().join("catalog.db-wal"), "").expect("the file can be written");
        let (_old, old) = serve(alone.path());
        assert_eq!(
            old.data("{ models(where: { slug: { eq: \"in-the-log\" } }) { totalCount } }").await["models"]["totalCount"],
            0
        );
        // Both files together are complete, and so is a copy that SQLite makes.
        let both = copy(&["catalog.db", "catalog.db-wal"]);
        let (_both, complete) = serve(both.path());
        assert_eq!(complete.data("{ model(slug: \"in-the-log\") { slug } }").await["model"]["slug"], "in-the-log");
        let by_sqlite = folder();
        let file = by_sqlite.path().join("catalog.db");
        let options = SqliteConnectOptions::new().filename(original.path().join("catalog.db"));
        let mut connection = options.connect().await.expect("the file can be opened");
        let vacuum = sea_orm::sqlx::query("VACUUM INTO ?").bind(file.display().to_string());
        connection.execute(vacuum).await.expect("the copy can be written");
        connection.close().await.expect("the connection closes");
        assert_eq!(
            serve(by_sqlite.path()).1.data("{ model(slug: \"in-the-log\") { slug } }").await["model"]["slug"],
            "in-the-log"
        );
    });
}

fn a_stopped_or_killed_server_starts_again() {
    let folder = folder();
    for number in 0..3 {
        let (mut server, client) = serve(folder.path());
        if number == 0 {
            token(folder.path());
        }
        block_on(async { assert_eq!(client.data("{ __typename }").await["__typename"], "Query") });
        if number == 1 {
            server.process.kill().expect("it runs");
            server.process.wait();
            assert!(folder.path().join("catalog.db-wal").exists(), "a killed server leaves its log");
        } else {
            assert!(server.stop().success());
            assert!(!folder.path().join("catalog.db-wal").exists(), "a stopped server leaves no log");
        }
        assert_eq!(run(folder.path(), &["token", "list"], &[]).0, 0);
    }
}

fn files_without_tables_are_refused() {
    let without_tables = folder();
    block_on(async {
        let options = SqliteConnectOptions::new().filename(without_tables.path().join("catalog.db"));
        let mut connection = options.create_if_missing(true).connect().await.expect("the file can be created");
        connection.execute("PRAGMA journal_mode = WAL").await.expect("the file can be written");
        connection.close().await.expect("the connection closes");
    });
    let (code, _, errors) = run(without_tables.path(), &["seed"], &[]);
    assert!(code == 1 && errors.contains("catalog.db exists but has no tables"), "{code}: {errors}");

    let only_log = folder();
    fs::write(only_log.path().join("catalog.db-wal"), "changes").expect("the file can be written");
    let (code, _, errors) = run(only_log.path(), &["seed"], &[]);
    assert!(code == 1 && errors.contains("catalog.db is missing or empty"), "{code}: {errors}");
    assert_eq!(fs::read_to_string(only_log.path().join("catalog.db-wal")).expect("it is still there"), "changes");

    let empty = folder();
    fs::write(empty.path().join("catalog.db"), "").expect("the file can be written");
    assert_eq!(run(empty.path(), &["seed"], &[]).0, 0, "an empty file becomes a new catalog");
}

fn a_new_catalog_is_in_its_file_soon() {
    let folder = folder();
    let (_server, client) = serve(folder.path());
    let bytes = |name: &str| fs::metadata(folder.path().join(name)).expect("the file exists").len();
    assert!(bytes("catalog.db") > 100_000, "{} bytes", bytes("catalog.db"));
    assert!(bytes("catalog.db-wal") < 100_000, "{} bytes", bytes("catalog.db-wal"));
    // A long log does not stay.
    block_on(async {
        let editor = client.with_token(&token(folder.path()));
        let started = Instant::now();
        let mut longest = 0;
        for number in 0.. {
            write(&editor, &format!("long-{number}")).await;
            longest = longest.max(bytes("catalog.db-wal"));
            if longest > 4 << 20 {
                break;
            }
            assert!(started.elapsed() < DEADLINE, "{longest} bytes");
        }
        wait_until("the log is copied into the file", async || bytes("catalog.db-wal") < 1 << 20).await;
    });
}

fn backups_that_cannot_be_written_are_reported() {
    let folder = folder();
    let (code, _, errors) = run(folder.path(), &["backup", "copy.db"], &[]);
    assert!(code == 1 && errors.contains("there is no catalog in sqlite:catalog.db"), "{code}: {errors}");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder can be read").count(), 0, "nothing was made");
    assert_eq!(run(folder.path(), &["seed"], &[]).0, 0);
    fs::write(folder.path().join("copy.db"), "mine").expect("the file can be written");
    for (file, why) in [("copy.db", "the file exists"), ("no/folder/copy.db", "cannot write")] {
        let (code, _, errors) = run(folder.path(), &["backup", file], &[]);
        assert!(code == 1 && errors.contains(why), "{code}: {errors}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("copy.db")).expect("it is still there"), "mine");
    let postgres = [("DATABASE_URL", "postgres://catalog@127.0.0.1:1/catalog")];
    let (code, _, errors) = run(folder.path(), &["backup", "other.db"], &postgres);
    assert!(code == 2 && errors.contains("pg_dump"), "{code}: {errors}");
}

/// A server that stops while a checkpoint runs leaves a complete file.
fn an_unfinished_checkpoint_is_completed() {
    block_on(async {
        let folder = folder();
        let (server, client) = serve(folder.path());
        client.data("{ catalog { revision } }").await;
        drop(server);
        let path = folder.path().join("catalog.db");
        let mut incomplete = 0;
        for polls in 0..40 {
            // The checkpoint is given up after some of its steps, and its connection closes with what it has written.
            let mut checkpoint = Box::pin(sqlite_file::checkpoint(&path));
            for _ in 0..polls {
                let step = std::future::poll_fn(|context| Poll::Ready(checkpoint.as_mut().poll(context).is_ready()));
                if step.await {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            drop(checkpoint);
            tokio::time::sleep(Duration::from_millis(20)).await;
            incomplete += u32::from(sqlite_file::check(&path).await.is_err());
            // The connection of the checkpoint closes on a thread of its own, at any moment.
            wait_until("the file is complete", async || {
                sqlite_file::complete(&path).await.is_ok()
                    && !folder.path().join("catalog.db-wal").exists()
                    && sqlite_file::check(&path).await.is_ok()
            })
            .await;
        }
        assert!(incomplete > 0, "no checkpoint was given up in the middle");
    });
}
