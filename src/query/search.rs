//! Search: every word of what somebody typed stands somewhere in the normalised text of a subject.

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

/// A subject that was found.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// What kind of thing it is.
    pub subject: SubjectType,
    /// Its id.
    pub id: i32,
}

/// The order of hits: best first, then by name, then models before all that only share their names.
pub const SORT_KEYS: [SortKey; 4] = [
    SortKey { name: "rank", sql: "rank", kind: SortKeyType::Integer, descending: false },
    SortKey { name: "name", sql: "name_key", kind: SortKeyType::Text, descending: false },
    SortKey { name: "noun", sql: "noun", kind: SortKeyType::Integer, descending: false },
    SortKey { name: "id", sql: "id", kind: SortKeyType::Integer, descending: false },
];

/// The rows of `table` that have every word of `query`. A query without words asks for nothing in particular.
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

/// The hits of `query` over every noun, best first, behind `after`.
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
        let noun = usize::try_from(row.try_get::<i32>("", "noun")?).unwrap_or_default();
        let subject = SubjectType::ALL[noun];
        page.rows.push((Cursor::read(&SORT_KEYS, &row)?, Hit { subject, id: row.try_get("", "id")? }));
    }
    if page.rows.len() as u64 > limit {
        page.rows.pop();
        page.more = true;
    }
    Ok(page)
}

/// How many hits `query` has.
///
/// # Errors
/// The database fails.
pub async fn count(db: &ReadView, query: &str) -> Result<i64> {
    let mut select = Query::select();
    select.expr_as(Expr::cust("COUNT(*)"), "count").from_subquery(hits(query), "hit");
    let row = db.query_one(&select).await?;
    Ok(row.map(|row| row.try_get("", "count")).transpose()?.unwrap_or_default())
}

fn hits(query: &str) -> SelectStatement {
    let query = normalize(query);
    let mut selects = SubjectType::ALL.iter().enumerate().map(|(noun, subject)| {
        let table = subject.table();
        let text = Expr::col((table, "search_text"));
        // Names are whole lines: the query is one, one begins with it, it stands anywhere.
        let rank = CaseStatement::new()
            .case(text.clone().like(like_contains(&format!("\n{query}\n"))), 0)
            .case(text.like(like_contains(&format!("\n{query}"))), 1)
            .finally(2);
        Query::select()
            .expr_as(rank, "rank")
            .column("name_key")
            .expr_as(Expr::cust(noun.to_string()), "noun")
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
