//! Numbers of statements and of subjects, of a whole catalog.

use std::collections::BTreeMap;

use entity::vocabulary::{Confidence, SubjectType};
use sea_orm::{
    ConnectionTrait, DbErr, ExprTrait,
    sea_query::{Expr, Query},
};

use crate::error::Result;

/// The numbers of a catalog.
#[derive(Clone, Debug)]
pub struct Statistics {
    /// The number of subjects of each type, of sizes and of checkpoints, by their plurals.
    pub counts: BTreeMap<&'static str, i64>,
    /// The number of statements of sources, by how their values are known.
    pub evidence: Vec<(Confidence, i64)>,
    /// The number of facts without evidence.
    pub unsourced: i64,
    /// The number of facts about which sources disagree.
    pub conflicts: i64,
}

/// The tables with facts whose evidence is counted.
const WITH_PROVENANCE: [&str; 5] = ["model", "model_size", "dataset", "license", "organization"];

impl Statistics {
    /// Reads the numbers, by two statements.
    ///
    /// # Errors
    /// The database fails.
    pub async fn read(db: &impl ConnectionTrait) -> Result<Self> {
        let subjects = SubjectType::ALL.iter().map(|subject| (subject.plural(), subject.table()));
        let tables = subjects.chain([("sizes", "model_size"), ("checkpoints", "checkpoint")]).collect::<Vec<_>>();
        let mut select = Query::select();
        for (plural, table) in &tables {
            let count = Query::select().expr(Expr::cust("COUNT(*)")).from(*table).take();
            select.expr_as(Expr::from(count), *plural);
        }
        for table in WITH_PROVENANCE {
            let sum = Expr::cust("CAST(COALESCE(SUM(unsourced_count), 0) AS BIGINT)");
            let sum = Query::select().expr(sum).from(table).take();
            select.expr_as(Expr::from(sum), format!("unsourced_{table}"));
        }
        let conflicts = Query::select().expr(Expr::cust("COUNT(*)")).from("conflict").and_where(is_current()).take();
        select.expr_as(Expr::from(conflicts), "conflicts");
        let row = db.query_one(&select).await?.ok_or_else(|| DbErr::RecordNotFound("statistics".to_owned()))?;
        let count = |column: &str| row.try_get::<i64>("", column);
        let unsourced = WITH_PROVENANCE.iter().map(|table| count(&format!("unsourced_{table}")));
        let counts = tables.iter().map(|(plural, _)| Ok((*plural, count(plural)?)));
        let mut select = Query::select();
        select.column("confidence").expr_as(Expr::cust("COUNT(*)"), "count").from("evidence");
        let evidence = db.query_all(select.and_where(is_current()).group_by_col("confidence")).await?;
        let evidence = evidence.iter().map(|row| Ok((row.try_get("", "confidence")?, row.try_get("", "count")?)));
        let mut evidence = evidence.collect::<Result<Vec<_>, DbErr>>()?;
        evidence.sort();
        Ok(Self {
            counts: counts.collect::<Result<_, DbErr>>()?,
            evidence,
            unsourced: unsourced.sum::<Result<_, DbErr>>()?,
            conflicts: count("conflicts")?,
        })
    }
}

/// The condition of evidence and conflicts of the present.
fn is_current() -> Expr {
    Expr::col("removed_revision").is_null()
}
