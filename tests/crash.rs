//! A server that is killed while it writes has written each subject completely or not at all.
//!
//! `KILLS=100 cargo test --test catalog crash -- --nocapture` kills that many and prints how many writes they had acknowledged.

use std::{
    collections::HashMap,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use entity::vocabulary::Role;
use futures_util::future::join_all;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::{
    cli::{Server, folder},
    support::{App, wait_until},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both: acknowledged_writes_survive_a_kill_completely]
}

const CLIENTS: usize = 4;

/// A model with all kinds of related rows.
fn create(slug: &str) -> Json {
    let query = format!(
        "mutation {{ createModel(input: {{ slug: \"{slug}\", name: \"Crash\", kind: DERIVED
             license: {{ create: {{ slug: \"{slug}-license\", name: \"License\", commercialUse: ALLOWED }} }}
             organizations: [{{ create: {{ slug: \"{slug}-maker\", name: \"Maker\" }} }}, {{ slug: \"meta\" }}]
             datasets: [{{ create: {{ slug: \"{slug}-data\", name: \"Data\", links: [{{ kind: PAPER, url: \"https://example.org\" }}] }} }}]
             links: [{{ kind: HOMEPAGE, url: \"https://example.org\" }}, {{ kind: PAPER, url: \"https://example.org/paper\" }}]
             sizes: [{{ label: \"1B\", parameters: \"1B\" }}, {{ label: \"2B\", parameters: \"2B\" }}, {{ label: \"3B\", parameters: \"3B\" }}]
           }}) {{ revision }} }}"
    );
    json!({ "query": query })
}

async fn acknowledged_writes_survive_a_kill_completely(app: App) {
    let secret = app.token(Role::Editor).await;
    let (folder, client) = (folder(), reqwest::Client::new());
    let acknowledged = Mutex::new(Vec::<String>::new());
    let unanswered = Mutex::new(Vec::<String>::new());
    let kills = std::env::var("KILLS").ok().and_then(|count| count.parse::<usize>().ok()).unwrap_or(10);
    let wanted = |kill: usize| 3 + kill % 10 * 5;
    for kill in 0..kills {
        let mut server = Server::start(folder.path(), &[("PORT", "0"), ("DATABASE_URL", &app.url)]);
        let address = format!("http://{}/graphql", server.address());
        let send = |slug: &str| {
            let request =
                client.post(&address).bearer_auth(&secret).header("idempotency-key", slug).json(&create(slug));
            async { request.send().await?.json::<Json>().await }
        };
        // Requests that the last server did not answer are repeated, whether they were executed or not.
        let again = std::mem::take(&mut *unanswered.lock().expect("no thread panicked"));
        for slug in again {
            let answer = send(&slug).await.expect("the server answers");
            assert_eq!(answer["errors"], Json::Null, "{answer}");
            acknowledged.lock().expect("no thread panicked").push(slug);
        }
        let killed = AtomicBool::new(false);
        let before = acknowledged.lock().expect("no thread panicked").len();
        let writers = (0..CLIENTS).map(async |writer| {
            for number in 0.. {
                if killed.load(Ordering::Relaxed) {
                    break;
                }
                let slug = format!("crash-{kill}-{writer}-{number}");
                let Ok(answer) = send(&slug).await else {
                    unanswered.lock().expect("no thread panicked").push(slug);
                    break;
                };
                assert_eq!(answer["errors"], Json::Null, "{answer}");
                acknowledged.lock().expect("no thread panicked").push(slug);
            }
        });
        let killer = async {
            wait_until("writes are acknowledged", async || {
                acknowledged.lock().expect("no thread panicked").len() >= before + wanted(kill)
            })
            .await;
            server.process.kill().expect("it runs");
            killed.store(true, Ordering::Relaxed);
        };
        tokio::join!(join_all(writers), killer);
    }

    let models = written(&app).await;
    let acknowledged = acknowledged.lock().expect("no thread panicked").clone();
    assert!(acknowledged.len() >= (0..kills).map(wanted).sum::<usize>(), "{}", acknowledged.len());
    for slug in &acknowledged {
        assert!(models.contains_key(slug), "{slug} was acknowledged");
    }
    // Each request that the last server did not answer may have been executed or not; all others were, once.
    assert!(models.len() <= acknowledged.len() + CLIENTS, "{} of {}", models.len(), acknowledged.len());
    for (slug, model) in &models {
        let whole = json!({
            "slug": slug, "version": 1, "maxParameters": 3_000_000_000_i64, "commercialUse": "ALLOWED",
            "license": { "slug": format!("{slug}-license") },
            "organizations": [{ "slug": format!("{slug}-maker") }, { "slug": "meta" }],
            "datasets": [{ "slug": format!("{slug}-data"), "links": [{ "kind": "PAPER" }] }],
            "links": [{ "kind": "HOMEPAGE" }, { "kind": "PAPER" }],
            "sizes": [{ "label": "1B" }, { "label": "2B" }, { "label": "3B" }],
            "revisions": { "totalCount": 1 },
        });
        assert_eq!(*model, whole);
    }
    // There is nothing else: each model has four revisions and one of each other subject.
    let count = models.len();
    let expected = json!({
        "revision": 44 + 4 * count,
        "counts": { "models": 31 + count, "sizes": 55 + 3 * count, "datasets": 2 + count, "licenses": 5 + count, "organizations": 4 + count },
    });
    let data = app.data("{ catalog { revision counts { models sizes datasets licenses organizations } } }").await;
    assert_eq!(data["catalog"], expected);
    if std::env::var_os("KILLS").is_some() {
        print_figures(&app, kills, acknowledged.len());
    }
}

#[expect(clippy::print_stdout, reason = "KILLS asks for the figures")]
fn print_figures(app: &App, kills: usize, acknowledged: usize) {
    println!("{:?}: {kills} kills, {acknowledged} writes acknowledged, all there once", app.database.backend());
}

/// The models that were written, by their slugs.
async fn written(app: &App) -> HashMap<String, Json> {
    let query = "query ($after: String) { models(first: 100, after: $after, where: { slug: { startsWith: \"crash-\" } }) {
        pageInfo { hasNextPage endCursor } nodes { slug version maxParameters commercialUse license { slug } organizations { slug }
          datasets { slug links { kind } } links { kind } sizes { label } revisions { totalCount } } } }";
    let (mut models, mut after) = (HashMap::new(), Json::Null);
    loop {
        let data = app.data_with(query, json!({ "after": after })).await;
        for model in data["models"]["nodes"].as_array().expect("a list") {
            models.insert(model["slug"].as_str().expect("a slug").to_owned(), model.clone());
        }
        after = data["models"]["pageInfo"]["endCursor"].clone();
        if data["models"]["pageInfo"]["hasNextPage"] == false {
            return models;
        }
    }
}
