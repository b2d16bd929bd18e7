//! About how many rows tables have, and how many of them match conditions. Pages are read in different ways by these numbers, so
//! they may be a little old, and are read rarely.

use std::time::Duration;

use moka::future::Cache;
use sea_orm::{
    ConnectionTrait, DatabaseConnection,
    sea_query::{Expr, Query},
};
use sha2::{Digest, Sha256};

use crate::error::Result;

/// How long a number is used.
const MAX_AGE: Duration = Duration::from_secs(10);
/// The number of conditions whose numbers are kept.
const MAX_CONDITIONS: u64 = 10_000;

/// The numbers that were read last. Clones share them.
#[derive(Clone, Debug)]
pub struct RowCounts {
    tables: Cache<&'static str, i64>,
    /// By the hash of the statement that counts.
    matching: Cache<[u8; 32], i64>,
}

impl Default for RowCounts {
    fn default() -> Self {
        Self {
            tables: Cache::builder().time_to_live(MAX_AGE).build(),
            matching: Cache::builder().max_capacity(MAX_CONDITIONS).time_to_live(MAX_AGE).build(),
        }
    }
}

impl RowCounts {
    /// Returns about the number of rows of a table: its largest id, which takes no time to read; 0 if the database fails.
    pub(super) async fn of_table(&self, db: &DatabaseConnection, table: &'static str) -> i64 {
        let largest = async {
            let mut select = Query::select();
            select.expr_as(Expr::cust("CAST(MAX(id) AS BIGINT)"), "largest").from(table);
            let row = db.query_one(&select).await.ok().flatten();
            row.and_then(|row| row.try_get::<Option<i64>>("", "largest").ok().flatten()).unwrap_or_default()
        };
        self.tables.get_with(table, largest).await
    }

    /// Returns the number of rows that a statement counts, given with the values of its parameters as text. It is read by
    /// `count` if it is not known.
    ///
    /// # Errors
    /// Those of `count`.
    pub async fn matching(&self, statement: &str, count: impl Future<Output = Result<i64>>) -> Result<i64> {
        let key = Sha256::digest(statement).into();
        if let Some(known) = self.matching.get(&key).await {
            return Ok(known);
        }
        let matching = count.await?;
        self.matching.insert(key, matching).await;
        Ok(matching)
    }
}
