//! Iterates over subjects in batches: bases first, or models by position.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use entity::vocabulary::SubjectType;
use sea_orm::{
    Condition, ConnectionTrait, ExprTrait,
    sea_query::{Expr, Order, Query},
};

use crate::db::sql::in_array;
use crate::domain::facts::ReferenceColumn;
use crate::domain::model::ModelDocument;
use crate::domain::slug::Slug;
use crate::error::Result;
use crate::query::as_of::snapshot_view::SnapshotView;
use crate::query::cursor::{Cursor, SortKey, SortKeyType, after_cursor, key_column};
use crate::store::documents::{Persist, find};

/// The number of subjects in a batch.
const BATCH_SIZE: usize = 200;

/// Loads the models with these ids, in the given order.
pub async fn load(snapshot: &SnapshotView, ids: &[i32]) -> Result<Vec<ModelDocument>> {
    ModelDocument::load(snapshot, ids).await
}

/// Loads the documents with these slugs.
pub async fn load_by_slug<'a, D: Persist>(
    snapshot: &SnapshotView,
    slugs: impl Iterator<Item = &'a Slug>,
) -> Result<HashMap<Slug, D>> {
    let found = find::<D>(snapshot, &slugs.collect::<Vec<_>>()).await?;
    if found.is_empty() {
        return Ok(HashMap::new());
    }
    let ids = found.values().map(|subject| subject.id).collect::<Vec<_>>();
    let documents = D::load(snapshot, &ids).await?;
    Ok(documents.into_iter().map(|document| (document.slug().clone(), document)).collect())
}

/// Loads the names of the models with these slugs.
pub async fn load_model_names<'a>(
    snapshot: &SnapshotView,
    slugs: impl Iterator<Item = &'a Slug>,
) -> Result<HashMap<Slug, String>> {
    let slugs = slugs.map(Slug::as_str).collect::<BTreeSet<_>>();
    if slugs.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = Query::select();
    select.columns(["slug", "name"]).from("model").and_where(Expr::col("slug").is_in(slugs));
    let rows = snapshot.query_all(&select).await?;
    rows.iter().map(|row| Ok((Slug::from_column(row.try_get("", "slug")?)?, row.try_get("", "name")?))).collect()
}

/// Iterates over subjects of a type, each after its bases. Most have a higher id than their bases, so they are read by id. A
/// subject with a lower id than one of its bases, or with a deferred base, is deferred to the end.
pub struct Topological<'a> {
    snapshot: &'a SnapshotView,
    /// The column with the base.
    base: &'static ReferenceColumn,
    condition: Condition,
    last: i32,
    /// The ids of deferred subjects with those of their bases.
    deferred: BTreeMap<i32, Vec<i32>>,
    /// The deferred subjects in their order, after all others were read.
    remaining: Option<VecDeque<i32>>,
}

impl<'a> Topological<'a> {
    /// Creates an iteration that has read nothing yet.
    pub fn new(snapshot: &'a SnapshotView, base: &'static ReferenceColumn, condition: Condition) -> Self {
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
            let rows = self.snapshot.query_all(&select).await?;
            if rows.is_empty() {
                self.remaining = Some(topological_order(&self.deferred));
                break;
            }
            let mut read = BTreeMap::<i32, Vec<i32>>::new();
            for row in rows {
                let base = row.try_get::<Option<i32>>("", column)?;
                read.entry(row.try_get("", "id")?).or_default().extend(base);
            }
            if self.base.subject == SubjectType::Model {
                self.add_bases(&mut read).await?;
            }
            let mut ids = Vec::new();
            for (id, bases) in read {
                self.last = id;
                if bases.iter().any(|base| *base > id || self.deferred.contains_key(base)) {
                    self.deferred.insert(id, bases);
                } else {
                    ids.push(id);
                }
            }
            if !ids.is_empty() {
                return Ok(ids);
            }
        }
        let remaining = self.remaining.get_or_insert_default();
        Ok(remaining.drain(..remaining.len().min(BATCH_SIZE)).collect())
    }

    /// Adds the bases of models to their ids: the column has only the first one.
    async fn add_bases(&self, models: &mut BTreeMap<i32, Vec<i32>>) -> Result<()> {
        let db = self.snapshot;
        let ids = models.keys().copied().collect::<Vec<_>>();
        let mut select = Query::select();
        select.columns(["model_id", "base_id"]).from("model_base");
        select.and_where(in_array(db.get_database_backend(), Expr::col("model_id"), &ids));
        for row in db.query_all(&select).await? {
            models.entry(row.try_get("", "model_id")?).or_default().push(row.try_get("", "base_id")?);
        }
        Ok(())
    }
}

/// Returns the ids of subjects, each after those of its bases that are among them. Subjects in a cycle come last.
fn topological_order(deferred: &BTreeMap<i32, Vec<i32>>) -> VecDeque<i32> {
    let mut derived = HashMap::<i32, Vec<i32>>::new();
    // The number of bases of each subject that it still has to follow.
    let mut waiting = BTreeMap::new();
    for (id, bases) in deferred {
        let bases = bases.iter().filter(|base| deferred.contains_key(base)).collect::<BTreeSet<_>>();
        bases.iter().for_each(|base| derived.entry(**base).or_default().push(*id));
        waiting.insert(*id, bases.len());
    }
    let ready = waiting.iter().filter(|(_, count)| **count == 0).map(|(id, _)| *id);
    let mut next = ready.collect::<VecDeque<_>>();
    let mut ordered = VecDeque::new();
    while let Some(base) = next.pop_front() {
        waiting.remove(&base);
        ordered.push_back(base);
        for model in derived.remove(&base).unwrap_or_default() {
            if let Some(count) = waiting.get_mut(&model) {
                *count -= 1;
                if *count == 0 {
                    next.push_back(model);
                }
            }
        }
    }
    ordered.extend(waiting.into_keys());
    ordered
}

/// Iterates over models by position; models without a position come last.
pub struct ByPosition<'a> {
    snapshot: &'a SnapshotView,
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
    /// Creates an iteration that has read nothing yet.
    pub fn new(snapshot: &'a SnapshotView, condition: Condition) -> Self {
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
        let rows = self.snapshot.query_all(select.limit(BATCH_SIZE as u64)).await?;
        if let Some(row) = rows.last() {
            self.last = Some(Cursor::read(&SORT_KEYS, row)?);
        }
        rows.iter().map(|row| Ok(row.try_get("", "id")?)).collect()
    }
}
