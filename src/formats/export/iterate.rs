//! Iterates over subjects in batches: bases first, or models by position.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use sea_orm::{
    Condition, ConnectionTrait, ExprTrait,
    sea_query::{Expr, Order, Query},
};

use crate::db::snapshot::Snapshot;
use crate::domain::facts::ReferenceColumn;
use crate::domain::model::ModelDocument;
use crate::domain::slug::Slug;
use crate::error::Result;
use crate::query::cursor::{Cursor, SortKey, SortKeyType, after_cursor, key_column};
use crate::store::documents::{Persist, find};

/// The number of subjects in a batch.
const BATCH_SIZE: usize = 200;

/// Loads the models with these ids, in the given order.
pub async fn load(snapshot: &Snapshot, ids: &[i32]) -> Result<Vec<ModelDocument>> {
    ModelDocument::load(&snapshot.transaction, ids).await
}

/// Loads the documents with these slugs.
pub async fn load_by_slug<'a, D: Persist>(
    snapshot: &Snapshot,
    slugs: impl Iterator<Item = &'a Slug>,
) -> Result<HashMap<Slug, D>> {
    let found = find::<D>(&snapshot.transaction, &slugs.collect::<Vec<_>>()).await?;
    if found.is_empty() {
        return Ok(HashMap::new());
    }
    let ids = found.values().map(|subject| subject.id).collect::<Vec<_>>();
    let documents = D::load(&snapshot.transaction, &ids).await?;
    Ok(documents.into_iter().map(|document| (document.slug().clone(), document)).collect())
}

/// Loads the names of the models with these slugs.
pub async fn load_model_names<'a>(
    snapshot: &Snapshot,
    slugs: impl Iterator<Item = &'a Slug>,
) -> Result<HashMap<Slug, String>> {
    let slugs = slugs.map(Slug::as_str).collect::<BTreeSet<_>>();
    if slugs.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = Query::select();
    select.columns(["slug", "name"]).from("model").and_where(Expr::col("slug").is_in(slugs));
    let rows = snapshot.transaction.query_all(&select).await?;
    rows.iter().map(|row| Ok((Slug::from_column(row.try_get("", "slug")?)?, row.try_get("", "name")?))).collect()
}

/// Iterates over subjects of a type, each after its base. Most have a higher id than their base, so they are read by id. A
/// subject with a lower id than its base, or with a deferred base, is deferred to the end.
pub struct Topological<'a> {
    snapshot: &'a Snapshot,
    /// The column with the base.
    base: &'static ReferenceColumn,
    condition: Condition,
    last: i32,
    /// The ids of deferred subjects with those of their bases.
    deferred: BTreeMap<i32, i32>,
    /// The deferred subjects in their order, after all others were read.
    remaining: Option<VecDeque<i32>>,
}

impl<'a> Topological<'a> {
    pub fn new(snapshot: &'a Snapshot, base: &'static ReferenceColumn, condition: Condition) -> Self {
        // The first id is 1.
        Self { snapshot, base, condition, last: 0, deferred: BTreeMap::new(), remaining: None }
    }

    /// Returns the ids of the next batch, which is empty at the end.
    pub async fn next(&mut self) -> Result<Vec<i32>> {
        while self.remaining.is_none() {
            let mut select = Query::select();
            let (table, column) = (self.base.subject.table(), self.base.column);
            select.columns([(table, "id"), (table, column)]).from(table);
            select.cond_where(self.condition.clone()).and_where(Expr::col((table, "id")).gt(self.last));
            select.order_by((table, "id"), Order::Asc).limit(BATCH_SIZE as u64);
            let rows = self.snapshot.transaction.query_all(&select).await?;
            if rows.is_empty() {
                self.remaining = Some(topological_order(&self.deferred));
                break;
            }
            let mut ids = Vec::new();
            for row in rows {
                let (id, base) = (row.try_get::<i32>("", "id")?, row.try_get::<Option<i32>>("", column)?);
                self.last = id;
                match base {
                    Some(base) if base > id || self.deferred.contains_key(&base) => {
                        self.deferred.insert(id, base);
                    }
                    _ => ids.push(id),
                }
            }
            if !ids.is_empty() {
                return Ok(ids);
            }
        }
        let remaining = self.remaining.get_or_insert_default();
        Ok(remaining.drain(..remaining.len().min(BATCH_SIZE)).collect())
    }
}

/// Returns the ids of subjects, each after its base. Subjects in a cycle come last.
fn topological_order(deferred: &BTreeMap<i32, i32>) -> VecDeque<i32> {
    let mut derived = HashMap::<i32, Vec<i32>>::new();
    for (id, base) in deferred {
        derived.entry(*base).or_default().push(*id);
    }
    let bases = derived.keys().filter(|base| !deferred.contains_key(base)).copied();
    let mut next = bases.collect::<Vec<_>>();
    next.sort_unstable();
    let mut next = VecDeque::from(next);
    let mut ordered = VecDeque::new();
    while let Some(base) = next.pop_front() {
        let models = derived.remove(&base).unwrap_or_default();
        ordered.extend(&models);
        next.extend(models);
    }
    let mut cycles = derived.into_values().flatten().collect::<Vec<_>>();
    cycles.sort_unstable();
    ordered.extend(cycles);
    ordered
}

/// Iterates over models by position; models without a position come last.
pub struct ByPosition<'a> {
    snapshot: &'a Snapshot,
    condition: Condition,
    last: Option<Cursor>,
}

const SORT_KEYS: [SortKey; 2] = [
    SortKey {
        name: "position~",
        sql: "COALESCE(model.position, 2147483647)",
        kind: SortKeyType::Integer,
        descending: false,
    },
    SortKey { name: "id", sql: "model.id", kind: SortKeyType::Integer, descending: false },
];

impl<'a> ByPosition<'a> {
    pub fn new(snapshot: &'a Snapshot, condition: Condition) -> Self {
        Self { snapshot, condition, last: None }
    }

    /// Returns the ids of the next batch, which is empty at the end.
    pub async fn next(&mut self) -> Result<Vec<i32>> {
        let mut select = Query::select();
        select.column(("model", "id")).from("model").cond_where(self.condition.clone());
        for (index, key) in SORT_KEYS.iter().enumerate() {
            select.expr_as(Expr::cust(key.sql), key_column(index)).order_by_expr(Expr::cust(key.sql), Order::Asc);
        }
        if let Some(last) = &self.last {
            select.cond_where(after_cursor(&SORT_KEYS, last, true));
        }
        let rows = self.snapshot.transaction.query_all(select.limit(BATCH_SIZE as u64)).await?;
        if let Some(row) = rows.last() {
            self.last = Some(Cursor::read(&SORT_KEYS, row)?);
        }
        rows.iter().map(|row| Ok(row.try_get("", "id")?)).collect()
    }
}
