//! Search: finds the subjects whose normalized text contains every word of a query.

use std::collections::BTreeSet;

use entity::vocabulary::SubjectType;
use sea_orm::{
    Condition, ConnectionTrait, ExprTrait,
    sea_query::{CaseStatement, Expr, Order, Query, SelectStatement, UnionType},
};

use crate::domain::facts::filter::like_contains;
use crate::domain::text::normalize;
use crate::error::Result;
use crate::query::as_of::ReadView;
use crate::query::cursor::{Cursor, SortKey, SortKeyType, after_cursor, key_column};
use crate::query::keyset::Page;

/// A subject that matches a query.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// The type of the subject.
    pub subject: SubjectType,
    /// The id of the subject.
    pub id: i32,
}

/// The order of hits: by rank, then by name, then by type, with models first.
pub const SORT_KEYS: [SortKey; 4] = [
    SortKey { name: "rank", sql: "rank", kind: SortKeyType::Integer, descending: false },
    SortKey { name: "name", sql: "name_key", kind: SortKeyType::Text, descending: false },
    SortKey { name: "noun", sql: "subject_type", kind: SortKeyType::Integer, descending: false },
    SortKey { name: "id", sql: "id", kind: SortKeyType::Integer, descending: false },
];

/// Returns the condition on rows of `table` whose text contains every word of `query`. Without words it matches all rows.
pub fn matches(table: &'static str, query: &str) -> Condition {
    let text = Expr::col((table, "search_text"));
    let mut all = Condition::all();
    let query = normalize(query);
    let words = query.split(' ').filter(|word| !word.is_empty()).collect::<BTreeSet<_>>();
    for word in words {
        all = all.add(text.clone().like(like_contains(word)));
    }
    all
}

/// Returns the hits of `query` in subjects of all types after the cursor `after`, in the order of [`SORT_KEYS`].
///
/// # Errors
/// The database fails.
pub async fn search(db: &ReadView, query: &str, limit: u64, after: Option<&Cursor>) -> Result<Page<Hit>> {
    let mut select = Query::select();
    select.expr(Expr::cust("*")).from_subquery(hits(query), "hit");
    for (index, key) in SORT_KEYS.iter().enumerate() {
        select.expr_as(Expr::cust(key.sql), key_column(index)).order_by_expr(Expr::cust(key.sql), Order::Asc);
    }
    if let Some(after) = after {
        select.cond_where(after_cursor(&SORT_KEYS, after, true));
    }
    let mut page = Page::empty();
    for row in db.query_all(select.limit(limit + 1)).await? {
        let index = usize::try_from(row.try_get::<i32>("", "subject_type")?).unwrap_or_default();
        let subject = SubjectType::ALL[index];
        page.rows.push((Cursor::read(&SORT_KEYS, &row)?, Hit { subject, id: row.try_get("", "id")? }));
    }
    if page.rows.len() as u64 > limit {
        page.rows.pop();
        page.more = true;
    }
    Ok(page)
}

/// Returns the number of hits of `query`.
///
/// # Errors
/// The database fails.
pub async fn count(db: &ReadView, query: &str) -> Result<i64> {
    let mut select = Query::select();
    select.expr_as(Expr::cust("COUNT(*)"), "count").from_subquery(hits(query), "hit");
    let row = db.query_one(&select).await?;
    Ok(row.map(|row| row.try_get("", "count")).transpose()?.unwrap_or_default())
}

/// Selects the hits of a query in the tables of all subject types, each with its rank and the index of its type.
fn hits(query: &str) -> SelectStatement {
    let query = normalize(query);
    let mut selects = SubjectType::ALL.iter().enumerate().map(|(index, subject)| {
        let table = subject.table();
        let text = Expr::col((table, "search_text"));
        // Each name is a line of the text. Rank 0: the query is a name; 1: a name begins with the query; 2: all others.
        let rank = CaseStatement::new()
            .case(text.clone().like(like_contains(&format!("\n{query}\n"))), 0)
            .case(text.like(like_contains(&format!("\n{query}"))), 1)
            .finally(2);
        Query::select()
            .expr_as(rank, "rank")
            .column("name_key")
            .expr_as(Expr::cust(index.to_string()), "subject_type")
            .column("id")
            .from(table)
            .cond_where(matches(table, &query))
            .take()
    });
    let mut union = selects.next().unwrap_or_default();
    for select in selects {
        union.union(UnionType::All, select);
    }
    union
}
