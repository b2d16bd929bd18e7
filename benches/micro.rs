//! The stages of one request, timed separately and one after the other in this process.

use std::{fmt::Write, sync::Arc, time::Instant};

use async_graphql::Request;
use open_llm_catalog::auth::actor::Actor;
use open_llm_catalog::graphql::context::RequestLoaders;
use open_llm_catalog::graphql::document::parser::parse;
use open_llm_catalog::graphql::limits::analyze;
use open_llm_catalog::graphql::limits::settings::Limits;
use open_llm_catalog::graphql::schema;
use open_llm_catalog::graphql::types::proposal::ProposalSettings;
use open_llm_catalog::http::graphql::response::to_json;
use open_llm_catalog::query::cache::EntityCache;
use open_llm_catalog::query::change_log::ChangeLog;
use sea_orm::{ConnectionTrait, Statement};

use crate::{generate::connect, measurement::median, queries};

/// Runs of each stage, of which the median counts.
const RUNS: usize = 300;

/// Times the stages of the page of 24 models. `statements` are the SQL statements of this request.
pub async fn time_stages(url: &str, statements: &[Statement]) -> String {
    let database = connect(url).await;
    let schema = schema(true, ProposalSettings::default());
    let (page, limits) = (queries::page(24), Limits::default());
    // A skipped field is parsed and validated, but not executed.
    let skipped = page.replacen("models(first: 24)", "models(first: 24) @skip(if: true)", 1);
    let execute = async |query: &str| {
        let mut request = Request::new(query).data(Actor::ANONYMOUS);
        let checked = analyze(&mut request, &limits).expect("the query is within the limits");
        let cache = EntityCache::new(0, ChangeLog::new(database.revision_tracker().clone()));
        let loaders = RequestLoaders::new(database.clone(), cache, checked.cost, Arc::default());
        schema.execute(request.data(loaders)).await
    };
    let response = execute(&page).await;
    assert!(response.is_ok(), "{:?}", response.errors);
    let mut stages = Vec::new();
    stages.push(("parse the GraphQL document".to_owned(), time(async || drop(parse(&page))).await));
    stages.push(("parse it, check limits, validate".to_owned(), time(async || drop(execute(&skipped).await)).await));
    for statement in statements {
        let from = statement.sql.split(" FROM \"").nth(1).and_then(|from| from.split('"').next());
        let read = async || {
            database.read().query_all_raw(statement.clone()).await.expect("a recorded statement can be repeated");
        };
        stages.push((format!("read from {}", from.unwrap_or("?")), time(read).await));
    }
    stages.push(("execute it, including all of the above".to_owned(), time(async || drop(execute(&page).await)).await));
    stages.push((
        "serialize the response as JSON".to_owned(),
        time(async || drop(to_json(&response, limits.response_bytes))).await,
    ));
    database.close().await.expect("the connections close");
    stages.into_iter().fold(String::new(), |mut text, (name, micros)| {
        let _ = writeln!(text, "  {micros:>9.1} µs  {name}");
        text
    })
}

/// The median time of a stage, in microseconds.
async fn time(stage: impl AsyncFn()) -> f64 {
    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let start = Instant::now();
        stage().await;
        times.push(start.elapsed().as_secs_f64() * 1e6);
    }
    median(times)
}
