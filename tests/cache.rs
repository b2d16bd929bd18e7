//! The response cache, the entity cache and ETags: nothing outdated is returned after the catalog has changed.

use std::{
    sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use entity::vocabulary::Role;
use futures_util::future::{join, join_all};
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::{
    support::{App, Client},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        a_cached_response_costs_no_statement,
        cached_entities_are_not_read_again,
        a_write_is_visible_at_once_here_and_soon_on_other_servers,
        responses_never_go_back_in_time,
        responses_with_errors_are_not_cached,
        responses_for_a_token_are_not_cached,
        equal_concurrent_requests_execute_once,
        responses_to_get_have_an_etag,
        persisted_queries_are_found_by_hash,
        invalid_persisted_query_hashes_are_rejected,
    ]
}

const PAGE: &str = "{ models(first: 24) { totalCount nodes { name license { name } sizes { label } datasets { name } organizations { name } links { url } } } }";

async fn get(client: &Client, parameters: &[(&str, &str)], tag: Option<&str>) -> reqwest::Response {
    let request = client.request("GET", "/graphql").query(parameters);
    let request = tag.into_iter().fold(request, |request, tag| request.header("if-none-match", tag));
    request.send().await.expect("the server answers")
}

async fn a_cached_response_costs_no_statement(app: App) {
    let first = app.data(PAGE).await;
    let before = app.statements();
    for _ in 0..3 {
        assert_eq!(app.data(PAGE).await, first);
    }
    assert_eq!(app.statements(), before);
}

async fn cached_entities_are_not_read_again(app: App) {
    let first = app.data(PAGE).await;
    let before = app.statements();
    // Another text that reads the same rows.
    assert_eq!(app.data(&PAGE.replacen("{ models", "query Again { models", 1)).await, first);
    assert_eq!(
        app.data("{ model(slug: \"llama-2\") { license { name } } }").await["model"]["license"]["name"],
        "Llama 2 Community License"
    );
    assert_eq!(app.statements(), before + 1, "one statement, for the slug");
    // The last of a list and the first of its reverse are other pages, though they are the same statement.
    let names = |query: &str| {
        let query = format!("{{ models({query}) {{ nodes {{ name }} }} }}");
        let app = app.clone();
        async move { app.column(&query, "/models/nodes", "name").await }
    };
    let mut last = names("last: 3, orderBy: [{ field: NAME }]").await;
    last.reverse();
    assert_eq!(names("first: 3, orderBy: [{ field: NAME, direction: DESC, nulls: FIRST }]").await, last);
}

pub async fn name(client: &Client) -> String {
    let data = client.data("{ organization(slug: \"ibm\") { name } }").await;
    data["organization"]["name"].as_str().expect("a name").to_owned()
}

pub async fn rename(editor: &Client, name: &str) -> i64 {
    let update = "mutation ($name: String!) { updateOrganization(input: { slug: \"ibm\", name: $name }) { revision organization { name } } }";
    let data = editor.data_with(update, json!({ "name": name })).await;
    assert_eq!(data["updateOrganization"]["organization"]["name"], name);
    data["updateOrganization"]["revision"].as_i64().expect("a number")
}

async fn a_write_is_visible_at_once_here_and_soon_on_other_servers(app: App) {
    let editor = app.with_token(&app.token(Role::Editor).await);
    let other = app.with_own_connections().await;
    let mut slowest = Duration::ZERO;
    for round in 0..20 {
        let new = format!("IBM {round}");
        name(&other).await;
        rename(&editor, &new).await;
        assert_eq!(name(&app).await, new);
        let start = Instant::now();
        while name(&other).await != new {
            assert!(start.elapsed() < Duration::from_secs(20), "the other server never shows it");
        }
        slowest = slowest.max(start.elapsed());
    }
    // The delay depends on the machine; a benchmark measures it.
    tracing::info!(?slowest, "a change was seen by another server");
}

async fn responses_never_go_back_in_time(app: App) {
    let editor = app.with_token(&app.token(Role::Editor).await);
    let other = app.with_own_connections().await;
    check_consistency(&editor, &[(*app).clone(), (*other).clone()]).await;
}

/// An editor counts in a name. What a server has shown together with the number of a revision, it must not take back; and the
/// first server, to whom the editor writes, must not show what was before a write that it has acknowledged. Returns how many
/// writes and reads there were.
pub async fn check_consistency(editor: &Client, servers: &[Client]) -> (i64, usize) {
    let seconds = std::env::var("STALE_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(4);
    let end = Instant::now() + Duration::from_secs(seconds);
    let first = rename(editor, "IBM 0").await;
    let (written, reads, ended) = (AtomicI64::new(first), AtomicUsize::new(0), AtomicBool::new(false));
    let write = async {
        let mut count = 0;
        // On a busy machine this takes longer.
        while Instant::now() < end || count <= 20 || reads.load(Ordering::Relaxed) <= 200 {
            count += 1;
            written.store(rename(editor, &format!("IBM {count}")).await, Ordering::SeqCst);
        }
        ended.store(true, Ordering::Relaxed);
        count
    };
    let read = servers.iter().map(async |server| {
        // The count of the last revision whose number this server has shown.
        let seen = AtomicI64::new(0);
        let readers = (0..4).map(async |reader: usize| {
            while !ended.load(Ordering::Relaxed) {
                let (floor, committed) = (seen.load(Ordering::SeqCst), written.load(Ordering::SeqCst));
                let query = match reader {
                    0 => "{ catalog { revision } organization(slug: \"ibm\") { name } }",
                    1 => "{ organization(slug: \"ibm\") { name revisions(last: 1) { nodes { number } } } }",
                    2 => "{ organizations(where: { slug: { eq: \"ibm\" } }) { nodes { name } } }",
                    _ => "{ model(slug: \"prithvi\") { organizations { slug name } } }",
                };
                let data = server.data(query).await;
                let text = data.to_string();
                let count = text
                    .split("IBM ")
                    .nth(1)
                    .and_then(|rest| rest.split('"').next())
                    .and_then(|count| count.parse::<i64>().ok());
                let count = count.unwrap_or_else(|| panic!("{text}"));
                assert!(count >= floor, "{query} went back from {floor} to {count}");
                if std::ptr::eq(server, &raw const servers[0]) {
                    // On the server of the writer, each response includes the writes that were acknowledged before the request.
                    assert!(count >= committed - first, "{query}: {count} after {committed} was acknowledged");
                }
                let shown = [data.pointer("/catalog/revision"), data.pointer("/organization/revisions/nodes/0/number")];
                for revision in shown.into_iter().flatten().filter_map(Json::as_i64) {
                    seen.fetch_max(revision - first, Ordering::SeqCst);
                }
                reads.fetch_add(1, Ordering::Relaxed);
            }
        });
        join_all(readers).await;
    });
    let (writes, _) = join(write, join_all(read)).await;
    (writes, reads.into_inner())
}

async fn responses_with_errors_are_not_cached(app: App) {
    let editor = app.with_token(&app.token(Role::Editor).await);
    let query = "{ organization(slug: \"nobody\") { name } }";
    assert_eq!(app.error(query).await.0, "NOT_FOUND");
    let before = app.statements();
    assert_eq!(app.error(query).await.0, "NOT_FOUND");
    // One for the slug, and one for the subjects that had it earlier.
    assert_eq!(app.statements(), before + 2);
    editor.data("mutation { createOrganization(input: { name: \"Nobody\" }) { revision } }").await;
    assert_eq!(app.data(query).await["organization"]["name"], "Nobody");
}

async fn responses_for_a_token_are_not_cached(app: App) {
    let (admin, editor) = (app.token(Role::Admin).await, app.token(Role::Editor).await);
    let query = "{ viewer { role name } }";
    assert_eq!(app.data(query).await["viewer"]["role"], "READER");
    for _ in 0..2 {
        assert_eq!(app.with_token(&admin).data(query).await["viewer"]["role"], "ADMIN");
        assert_eq!(app.with_token(&editor).data(query).await["viewer"]["role"], "EDITOR");
        assert_eq!(app.data(query).await["viewer"]["role"], "READER");
    }
    let response = get(&app.with_token(&admin), &[("query", query)], None).await;
    assert_eq!(
        (response.status().as_u16(), &response.headers()["cache-control"]),
        (200, &"no-store".parse().expect("a header"))
    );
    assert!(response.headers().get("etag").is_none());
}

async fn equal_concurrent_requests_execute_once(app: App) {
    app.entity_cache.clear();
    let before = app.statements();
    let query = "{ models(first: 7, search: \"l\") { totalCount nodes { name sizes { label } } } }";
    let answers = join_all((0..50).map(|_| app.data(query))).await;
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert!(app.statements() - before <= 6, "{} statements for one answer", app.statements() - before);
}

async fn responses_to_get_have_an_etag(app: App) {
    let editor = app.with_token(&app.token(Role::Editor).await);
    let query = [("query", "{ organization(slug: \"ibm\") { name } }")];
    let first = get(&app, &query, None).await;
    let header = |response: &reqwest::Response, name: &str| response.headers()[name].to_str().expect("text").to_owned();
    let tag = header(&first, "etag");
    assert_eq!(header(&first, "cache-control"), "public, max-age=0, must-revalidate");
    assert_eq!(header(&first, "vary"), "accept, accept-encoding, authorization");
    let body = first.text().await.expect("a body");
    for given in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
        let again = get(&app, &query, Some(&given)).await;
        assert_eq!((again.status().as_u16(), header(&again, "etag")), (304, tag.clone()), "{given}");
        assert_eq!(again.text().await.expect("a body"), "");
    }
    assert_eq!(get(&app, &query, Some("\"other\"")).await.text().await.expect("a body"), body);
    // Another server returns the same ETag; an unrelated change keeps it, a visible change replaces it.
    let other = app.with_own_connections().await;
    assert_eq!(get(&other, &query, Some(&tag)).await.status(), 304);
    editor.data("mutation { createOrganization(input: { name: \"New\" }) { revision } }").await;
    assert_eq!(get(&app, &query, Some(&tag)).await.status(), 304);
    rename(&editor, "I.B.M.").await;
    let changed = get(&app, &query, Some(&tag)).await;
    assert_eq!(changed.status(), 200);
    assert_ne!(header(&changed, "etag"), tag);
    // Errors are not cached.
    assert_eq!(header(&get(&app, &[("query", "{")], None).await, "cache-control"), "no-store");
}

fn hash(query: &str) -> String {
    Sha256::digest(query).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn named(query: &str) -> String {
    json!({ "persistedQuery": { "version": 1, "sha256Hash": hash(query) } }).to_string()
}

async fn persisted_queries_are_found_by_hash(app: App) {
    let query = "query Name($slug: String!) { model(slug: $slug) { name } }";
    let (extensions, variables) = (named(query), json!({ "slug": "qwen" }).to_string());
    let parameters = [("extensions", &*extensions), ("variables", &*variables)];
    let unknown = get(&app, &parameters, None).await;
    assert_eq!(
        (unknown.status().as_u16(), &unknown.headers()["cache-control"]),
        (200, &"no-store".parse().expect("a header"))
    );
    let unknown = unknown.json::<Json>().await.expect("JSON");
    let error = json!({ "message": "PersistedQueryNotFound", "extensions": { "code": "PERSISTED_QUERY_NOT_FOUND" } });
    assert_eq!(unknown, json!({ "errors": [error] }));
    let body = json!({ "query": query, "variables": { "slug": "llama" }, "extensions": serde_json::from_str::<Json>(&extensions).expect("JSON") });
    assert_eq!(
        app.post(&body).await,
        (200, json!({ "data": { "model": { "name": "LLaMA" } }, "extensions": { "cost": 1 } }))
    );
    let response = get(&app, &parameters, None).await;
    assert!(response.headers().get("etag").is_some());
    assert_eq!(
        response.json::<Json>().await.expect("JSON"),
        json!({ "data": { "model": { "name": "Qwen" } }, "extensions": { "cost": 1 } })
    );
    // GET does not execute mutations, with a hash as with a text.
    let mutation = "mutation { deleteModel(input: { slug: \"qwen\" }) { revision } }";
    let body =
        json!({ "query": mutation, "extensions": serde_json::from_str::<Json>(&named(mutation)).expect("JSON") });
    assert_eq!(app.post(&body).await.1["errors"][0]["extensions"]["code"], "FORBIDDEN");
    assert_eq!(get(&app, &[("extensions", &named(mutation))], None).await.status(), 405);
}

async fn invalid_persisted_query_hashes_are_rejected(app: App) {
    for wrong in [
        json!(1),
        json!("hash"),
        json!({}),
        json!({ "version": 2, "sha256Hash": hash(PAGE) }),
        json!({ "version": 1, "sha256Hash": "123" }),
        json!({ "version": 1, "sha256Hash": "g".repeat(64) }),
        json!({ "version": 1, "sha256Hash": "é".repeat(32) }),
        json!({ "version": 1, "sha256Hash": hash("{ other }") }),
    ] {
        let (status, answer) = app.post(&json!({ "query": PAGE, "extensions": { "persistedQuery": wrong } })).await;
        assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (400, &json!("BAD_REQUEST")), "{wrong}");
    }
    let (status, _) = app.post(&json!({ "query": PAGE, "extensions": { "persistedQuery": null } })).await;
    assert_eq!(status, 200);
}
