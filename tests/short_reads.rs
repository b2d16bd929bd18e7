//! Short reads of SQLite on the thread that asks: which statements are executed there, and that every other one is left to the pool.

use std::path::Path;

use chrono::{DateTime, Utc};
use futures_util::future::join_all;
use libtest_mimic::Trial;
use open_llm_catalog::db::{sqlite_reader::SqliteReader, url::DatabaseUrl};
use sea_orm::{ConnectionTrait, DbBackend, Statement, Value};
use serde_json::json;

use crate::{
    support::{App, POOL},
    trials,
};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![on sqlite:
        a_short_statement_is_executed,
        parameters_are_bound_as_the_pool_binds_them,
        what_is_not_short_is_left_to_the_pool,
        a_closed_reader_reads_nothing,
        short_reads_need_no_connection_of_the_pool,
    ];
    trials.extend(trials![on both: a_long_read_is_answered]);
    trials
}

/// A reader of the catalog with one connection.
fn reader(app: &App) -> SqliteReader {
    let Ok(DatabaseUrl::Sqlite(path)) = app.url.parse() else { panic!("{} is no file", app.url) };
    SqliteReader::new(Path::new(&path), 1)
}

fn statement(sql: &str, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)
}

const NAMES: &str = "SELECT id, slug FROM model WHERE slug IN ('qwen', 'llama') ORDER BY slug";
const ENDLESS: &str =
    "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT n, 'a' FROM n WHERE n < 0";

async fn a_short_statement_is_executed(app: App) {
    let rows = reader(&app).read(&statement(NAMES, Vec::new())).expect("it is short");
    let slugs = rows.iter().map(|(_, slug)| slug.as_str()).collect::<Vec<_>>();
    assert_eq!(slugs, ["llama", "qwen"]);
}

async fn parameters_are_bound_as_the_pool_binds_them(app: App) {
    let time = DateTime::<Utc>::from_timestamp(1_700_000_000, 120_000_000).expect("a time");
    let values: [Value; 7] =
        ["ä '\"".into(), 7_i32.into(), i64::MAX.into(), 7_u64.into(), true.into(), 0.1_f64.into(), time.into()];
    for value in values {
        let statement = statement("SELECT 1, CAST(? AS TEXT) || typeof(?)", vec![value.clone(), value.clone()]);
        let row = app.database.read().query_one_raw(statement.clone()).await.expect("it is valid").expect("a row");
        let by_pool = row.try_get_by_index::<String>(1).expect("a text");
        assert_eq!(reader(&app).read(&statement), Some(vec![(1, by_pool)]), "{value:?}");
    }
}

async fn what_is_not_short_is_left_to_the_pool(app: App) {
    let reader = reader(&app);
    let long = format!("{NAMES} -- {}", "a".repeat(10_000));
    let null = statement("SELECT 1, ?", vec![Value::String(None)]);
    let delete = "DELETE FROM link RETURNING 1, 'a'";
    let left = [ENDLESS, &long, delete, "SELECT 1, NULL", "SELECT nothing", "SELECT 1 FROM"];
    let left = left.map(|sql| statement(sql, Vec::new())).into_iter().chain([null]);
    for statement in left {
        assert_eq!(reader.read(&statement), None, "{statement}");
        assert_eq!(
            reader.read(&self::statement(NAMES, Vec::new())).map(|rows| rows.len()),
            Some(2),
            "after {statement}"
        );
    }
    let links = statement("SELECT COUNT(*), 'a' FROM link", Vec::new());
    assert!(reader.read(&links).is_some_and(|rows| rows[0].0 > 0), "nothing was deleted");
}

async fn a_closed_reader_reads_nothing(app: App) {
    let reader = reader(&app);
    assert!(reader.read(&statement(NAMES, Vec::new())).is_some());
    reader.close();
    assert_eq!(reader.read(&statement(NAMES, Vec::new())), None);
}

async fn short_reads_need_no_connection_of_the_pool(app: App) {
    let held = join_all((0..POOL.connections).map(|_| app.database.begin_read())).await;
    assert!(held.iter().all(Result::is_ok), "the pool has as many connections");
    let data = app.data("{ models(first: 1, where: { slug: { eq: \"qwen\" } }) { nodes { sizes { label } } } model(slug: \"qwen\") { name } }");
    let data = data.await;
    assert_eq!(data["model"]["name"], "Qwen");
    assert!(data["models"]["nodes"][0]["sizes"].as_array().is_some_and(|sizes| !sizes.is_empty()), "{data}");
}

async fn a_long_read_is_answered(app: App) {
    // The SQL of so many conditions is longer than that of a short read.
    let conditions =
        (0..120).map(|number| json!({ "name": { "contains": format!("no {number}") } })).collect::<Vec<_>>();
    let query = "query ($where: ModelFilter!) { models(where: { or: [$where, { slug: { eq: \"qwen\" } }] }) { nodes { slug } } }";
    let (status, answer) = app.post(&json!({ "query": query, "variables": { "where": { "or": conditions } } })).await;
    assert_eq!((status, &answer["data"]["models"]["nodes"]), (200, &json!([{ "slug": "qwen" }])), "{answer}");
}
