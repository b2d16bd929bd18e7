//! The difference of the states after two revisions, subject by subject.

use entity::vocabulary::SubjectType;
use sea_orm::{
    Condition, ConnectionTrait, ExprTrait, QueryResult,
    sea_query::{CaseStatement, Expr, JoinType, Order, Query, SelectStatement},
};
use serde_json::Value as Json;

use crate::error::Result;
use crate::query::as_of::ReadView;

/// The revisions between two states, without the first one.
#[derive(Clone, Debug)]
pub struct RevisionRange {
    /// The last revision of the earlier state; 0 for an empty catalog.
    pub from: i32,
    /// The last revision of the later state.
    pub to: i32,
    /// Only subjects with a revision in between that matches this condition on rows of `revision`.
    pub condition: Condition,
}

/// A subject whose states differ.
#[derive(Clone, Debug)]
pub struct ChangedSubject {
    /// The type.
    pub subject: SubjectType,
    /// The id.
    pub id: i32,
    /// The slug in the later state; if it is deleted, the last one.
    pub slug: String,
    /// The number of its last revision in the range.
    pub last: i32,
    /// The earlier document; none if the subject did not exist.
    pub before: Option<Json>,
    /// The later document; none if the subject does not exist any more.
    pub after: Option<Json>,
}

/// Reads subjects whose states differ, in the order of their last revisions in the range: those with a later one than `after`, at
/// most `limit`.
///
/// # Errors
/// The database fails.
pub async fn changed_subjects(
    db: &ReadView,
    range: &RevisionRange,
    after: i32,
    limit: u64,
) -> Result<Vec<ChangedSubject>> {
    let mut select = Query::select();
    for column in ["subject_type", "subject_id", "subject_slug", "number", "after"] {
        select.column(("final", column));
    }
    select.column(("initial", "before")).from_subquery(spans(range), "span");
    for (alias, number) in [("initial", "first"), ("final", "last")] {
        let same = Expr::col((alias, "number")).equals(("span", number));
        select.join_as(JoinType::InnerJoin, "revision", alias, same);
    }
    select.and_where(Expr::col(("final", "number")).gt(after));
    select.and_where(Expr::cust("\"initial\".\"before\" IS DISTINCT FROM \"final\".\"after\""));
    let rows = db.query_all(select.order_by(("final", "number"), Order::Asc).limit(limit)).await?;
    rows.iter().map(read).collect()
}

/// Returns the first and the last revision of each subject in a range.
fn spans(range: &RevisionRange) -> SelectStatement {
    let number = || Expr::col(("revision", "number"));
    let mut spans = Query::select();
    spans.expr_as(number().min(), "first").expr_as(number().max(), "last").from("revision");
    spans.and_where(number().gt(range.from)).and_where(number().lte(range.to));
    spans.group_by_col(("revision", "subject_type")).group_by_col(("revision", "subject_id"));
    if !range.condition.is_empty() {
        // Not in WHERE: the states are those of all revisions of the subject.
        let matches: Expr = CaseStatement::new().case(range.condition.clone(), 1).finally(0).into();
        spans.and_having(matches.max().eq(1));
    }
    spans.take()
}

fn read(row: &QueryResult) -> Result<ChangedSubject> {
    Ok(ChangedSubject {
        subject: row.try_get("", "subject_type")?,
        id: row.try_get("", "subject_id")?,
        slug: row.try_get("", "subject_slug")?,
        last: row.try_get("", "number")?,
        before: row.try_get("", "before")?,
        after: row.try_get("", "after")?,
    })
}
