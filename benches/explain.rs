//! Query plans.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::generate::connect;

/// Prints the query plan of each SELECT.
pub async fn print_plans(url: &str, scenario: &str, statements: Vec<Statement>) {
    let database = connect(url).await;
    let (keywords, column) = match database.backend() {
        DbBackend::Postgres => ("EXPLAIN (ANALYZE, BUFFERS)", "QUERY PLAN"),
        _ => ("EXPLAIN QUERY PLAN", "detail"),
    };
    for statement in statements.into_iter().filter(|statement| statement.sql.starts_with("SELECT")) {
        println!("\n{scenario}: {statement}");
        let explain = Statement { sql: format!("{keywords} {}", statement.sql), ..statement };
        for row in database.read().query_all_raw(explain).await.expect("every statement has a plan") {
            println!("    {}", row.try_get::<String>("", column).expect("a plan is text"));
        }
    }
    database.close().await.expect("the connections close");
}
