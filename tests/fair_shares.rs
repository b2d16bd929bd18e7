//! Expensive requests leave connections to cheap ones, and to the health check.

use std::{sync::Arc, time::Duration};

use libtest_mimic::Trial;
use open_llm_catalog::db::database::{Database, PoolOptions};
use open_llm_catalog::domain::model::ModelDocument;
use serde_json::json;
use tokio::sync::Semaphore;

use crate::{
    export::save,
    support::{App, POOL, within_deadline},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both: cheap_requests_do_not_wait_for_expensive_ones, a_request_does_not_wait_for_itself]
}

/// A server with two connections, in whose catalog a search takes some milliseconds.
async fn crowded(app: &App, acquire_timeout: Duration) -> App {
    let model = |number: usize| json!({ "slug": format!("many-{number}"), "name": format!("Many {number}"), "kind": "DERIVED" });
    save::<ModelDocument>(app, (0..1500).map(model).collect()).await;
    let options = PoolOptions { connections: 2, acquire_timeout, ..POOL };
    let url = app.url.parse().expect("a database URL");
    app.with_connections(Database::connect(&url, options).await.expect("the database accepts connections"))
}

/// Searches of the whole table, as many as a request may have.
fn expensive(request: usize) -> String {
    let search = |index: usize| format!("a{index}: models(search: \"n {request} {index}\") {{ totalCount }} ");
    format!("{{ {} }}", (0..99).map(search).collect::<String>())
}

async fn cheap_requests_do_not_wait_for_expensive_ones(app: App) {
    let app = crowded(&app, POOL.acquire_timeout).await;
    let answered = Arc::new(Semaphore::new(0));
    for request in 0..6 {
        let (app, answered) = (app.clone(), Arc::clone(&answered));
        actix_web::rt::spawn(async move {
            app.data(&expensive(request)).await;
            answered.add_permits(1);
        });
    }
    // Other texts each time, so that no cache has the response, of slugs that no cache has.
    for number in 0..20 {
        let cheap = app.data(&format!("{{ model(slug: \"many-{number}\") {{ name }} }}")).await;
        assert_eq!(cheap["model"]["name"], format!("Many {number}"));
        let ready = app.request("GET", "/readyz").send().await.expect("the server responds");
        assert_eq!(ready.status().as_u16(), 200);
    }
    assert!(answered.available_permits() < 6, "the cheap requests were answered last");
    let all = within_deadline(answered.acquire_many(6)).await;
    drop(all.expect("never closed"));
}

async fn a_request_does_not_wait_for_itself(app: App) {
    // Much less than its statements take together.
    let app = crowded(&app, Duration::from_millis(150)).await;
    let data = app.data(&expensive(0)).await;
    assert!(data["a98"]["totalCount"].is_number(), "{data}");
}
