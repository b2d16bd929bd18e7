//! How the database finds what scenarios read.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::generate::connect;

/// Prints the plan of each statement that reads.
pub async fn explain(url: &str, name: &str, statements: Vec<Statement>) {
    let database = connect(url).await;
    let (words, column) = match database.backend() {
        DbBackend::Postgres => ("EXPLAIN (ANALYZE, BUFFERS)", "QUERY PLAN"),
        _ => ("EXPLAIN QUERY PLAN", "detail"),
    };
    for statement in statements.into_iter().filter(|statement| statement.sql.starts_with("SELECT")) {
        println!("\n{name}: {statement}");
        let explain = Statement { sql: format!("{words} {}", statement.sql), ..statement };
        for row in database.read().query_all_raw(explain).await.expect("every statement has a plan") {
            println!("    {}", row.try_get::<String>("", column).expect("a plan is text"));
        }
    }
    database.close().await.expect("the connections close");
}
