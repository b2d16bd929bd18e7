//! Documents in batches, in an order that suits their reader.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use sea_orm::{
    Condition, ConnectionTrait, ExprTrait,
    sea_query::{Expr, Order, Query},
};

use crate::db::snapshot::Snapshot;
use crate::domain::model::ModelDocument;
use crate::domain::slug::Slug;
use crate::error::Result;
use crate::query::cursor::{Cursor, SortKey, SortKeyType, after_cursor, key_column};
use crate::store::documents::{Persist, find};

/// How many documents are in memory at once.
const BATCH: usize = 200;

/// The models with these ids, in their order.
pub async fn load(snapshot: &Snapshot, ids: &[i32]) -> Result<Vec<ModelDocument>> {
    ModelDocument::load(&snapshot.transaction, ids).await
}

/// The documents that these slugs call.
pub async fn by_slug<'a, D: Persist>(
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

/// The names of the models that these slugs call.
pub async fn names<'a>(snapshot: &Snapshot, slugs: impl Iterator<Item = &'a Slug>) -> Result<HashMap<Slug, String>> {
    let slugs = slugs.map(Slug::as_str).collect::<BTreeSet<_>>();
    if slugs.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = Query::select();
    select.columns(["slug", "name"]).from("model").and_where(Expr::col("slug").is_in(slugs));
    let rows = snapshot.transaction.query_all(&select).await?;
    rows.iter().map(|row| Ok((Slug::from_column(row.try_get("", "slug")?)?, row.try_get("", "name")?))).collect()
}

/// Models, each after the one that it was derived from. A model mostly came later than its base, so ids are almost that
/// order; what stands before its base waits for the end.
pub struct TopologicalModels<'a> {
    snapshot: &'a Snapshot,
    condition: Condition,
    last: i32,
    /// The models that wait, each with its base.
    waiting: BTreeMap<i32, i32>,
    rest: Option<VecDeque<i32>>,
}

impl<'a> TopologicalModels<'a> {
    pub fn new(snapshot: &'a Snapshot, condition: Condition) -> Self {
        // Ids begin at 1.
        Self { snapshot, condition, last: 0, waiting: BTreeMap::new(), rest: None }
    }

    /// The next ids; none at the end.
    pub async fn next(&mut self) -> Result<Vec<i32>> {
        while self.rest.is_none() {
            let mut select = Query::select();
            select.columns([("model", "id"), ("model", "base_model_id")]).from("model");
            select.cond_where(self.condition.clone()).and_where(Expr::col(("model", "id")).gt(self.last));
            select.order_by(("model", "id"), Order::Asc).limit(BATCH as u64);
            let rows = self.snapshot.transaction.query_all(&select).await?;
            if rows.is_empty() {
                self.rest = Some(order(&self.waiting));
                break;
            }
            let mut ids = Vec::new();
            for row in rows {
                let (id, base) = (row.try_get::<i32>("", "id")?, row.try_get::<Option<i32>>("", "base_model_id")?);
                self.last = id;
                match base {
                    Some(base) if base > id || self.waiting.contains_key(&base) => {
                        self.waiting.insert(id, base);
                    }
                    _ => ids.push(id),
                }
            }
            if !ids.is_empty() {
                return Ok(ids);
            }
        }
        let rest = self.rest.get_or_insert_default();
        Ok(rest.drain(..rest.len().min(BATCH)).collect())
    }
}

/// The ids of models, each after its base. Models that were derived from each other in a circle come last.
fn order(waiting: &BTreeMap<i32, i32>) -> VecDeque<i32> {
    let mut derived = HashMap::<i32, Vec<i32>>::new();
    for (id, base) in waiting {
        derived.entry(*base).or_default().push(*id);
    }
    let bases = derived.keys().filter(|base| !waiting.contains_key(base)).copied();
    let mut next = bases.collect::<Vec<_>>();
    next.sort_unstable();
    let mut next = VecDeque::from(next);
    let mut ordered = VecDeque::new();
    while let Some(base) = next.pop_front() {
        let models = derived.remove(&base).unwrap_or_default();
        ordered.extend(&models);
        next.extend(models);
    }
    let mut circles = derived.into_values().flatten().collect::<Vec<_>>();
    circles.sort_unstable();
    ordered.extend(circles);
    ordered
}

/// Models by their places in the list; those without a place come last.
pub struct ByPosition<'a> {
    snapshot: &'a Snapshot,
    condition: Condition,
    last: Option<Cursor>,
}

const PLACE: [SortKey; 2] = [
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

    /// The next ids; none at the end.
    pub async fn next(&mut self) -> Result<Vec<i32>> {
        let mut select = Query::select();
        select.column(("model", "id")).from("model").cond_where(self.condition.clone());
        for (index, key) in PLACE.iter().enumerate() {
            select.expr_as(Expr::cust(key.sql), key_column(index)).order_by_expr(Expr::cust(key.sql), Order::Asc);
        }
        if let Some(last) = &self.last {
            select.cond_where(after_cursor(&PLACE, last, true));
        }
        let rows = self.snapshot.transaction.query_all(select.limit(BATCH as u64)).await?;
        if let Some(row) = rows.last() {
            self.last = Some(Cursor::read(&PLACE, row)?);
        }
        rows.iter().map(|row| Ok(row.try_get("", "id")?)).collect()
    }
}
