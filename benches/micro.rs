//! The parts of an answer, one by one, in this process and one after the other.

use std::{fmt::Write, time::Instant};

use async_graphql::{Request, parser::parse_query};
use open_llm_catalog::{
    api::{
        context::{Actor, RequestReads},
        guard::{self, Limits},
        schema,
    },
    http::respond,
};
use sea_orm::{ConnectionTrait, Statement};

use crate::{generate::connect, measure::median, queries};

/// How often each part is done.
const TIMES: usize = 300;

/// Measures the parts of the page of 24 models. `statements` are those that it sends.
pub async fn micro(url: &str, statements: &[Statement]) -> String {
    let database = connect(url).await;
    let schema = schema(true);
    let page = queries::page(24);
    // What is skipped is parsed and checked like anything else.
    let skipped = page.replacen("models(first: 24)", "models(first: 24) @skip(if: true)", 1);
    let execute = async |query: &str| {
        let mut request = Request::new(query).data(Actor::ANYBODY);
        guard::check(&mut request, &Limits::default()).expect("the query is within bounds");
        schema.execute(request.data(RequestReads::new(database.clone()))).await
    };
    let answer = execute(&page).await;
    assert!(answer.is_ok(), "{:?}", answer.errors);
    let mut parts = Vec::new();
    parts.push(("parse the document".to_owned(), time(async || drop(parse_query(&page))).await));
    parts.push(("parse, bound and validate it".to_owned(), time(async || drop(execute(&skipped).await)).await));
    for statement in statements {
        let from = statement.sql.split(" FROM \"").nth(1).and_then(|from| from.split('"').next());
        let read = async || drop(database.read().query_all_raw(statement.clone()).await.expect("it can be read"));
        parts.push((format!("read from {}", from.unwrap_or("?")), time(read).await));
    }
    parts.push(("execute it, all of the above included".to_owned(), time(async || drop(execute(&page).await)).await));
    parts.push(("write the answer as JSON".to_owned(), time(async || drop(respond::write(&answer))).await));
    database.close().await.expect("the connections close");
    parts.into_iter().fold(String::new(), |mut text, (name, micros)| {
        let _ = writeln!(text, "  {micros:>9.1} µs  {name}");
        text
    })
}

/// The median time of a part in microseconds.
async fn time(part: impl AsyncFn()) -> f64 {
    let mut times = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let start = Instant::now();
        part().await;
        times.push(start.elapsed().as_secs_f64() * 1e6);
    }
    median(times)
}
