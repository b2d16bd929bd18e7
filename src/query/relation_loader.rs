//! Loads related rows without N+1 queries. All keys of a DataLoader batch, of any number of relations, are read by one
//! statement, which returns one row for each relation: a JSON array of its rows (`json_rows`). A round trip costs more than reading
//! most relations.

use std::{
    any::Any,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use derive_where::derive_where;
use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, EntityTrait, ExprTrait,
    sea_query::{Expr, Order, Query, SelectStatement, UnionType},
};
use serde::de::DeserializeOwned;

use crate::db::sql::in_array;
use crate::error::Result;
use crate::query::batch::{Loader, Values};
use crate::query::cache::{CacheQuery, CacheWeight, Cacheable};
use crate::query::db_loader::DbLoader;
use crate::query::json_rows::{self, Row};
use crate::query::relation::Relation;

/// A key of the rows that are related to an id.
pub trait RelationQuery: Clone + Send + Sync + 'static {
    /// The table of the rows.
    type Entity: EntityTrait<Model: DeserializeOwned>;
    /// The value that resolvers receive for the rows.
    type Value: CacheWeight + Clone + Send + Sync + 'static;

    /// Returns how the rows are related to the id. Each type of key has a relation of its own.
    fn relation(&self) -> Relation;

    /// Returns the id.
    fn id(&self) -> i32;

    /// Returns the ids of the rows of a value, if they belong to other subjects than the one that they are related to.
    fn row_ids(_: &Self::Value) -> Vec<i32> {
        Vec::new()
    }

    /// Converts the rows of one id, of which there may be none.
    fn value(rows: Vec<Arc<<Self::Entity as EntityTrait>::Model>>) -> Self::Value;
}

impl<K: RelationQuery> Cacheable for K {
    fn cache_query(&self) -> CacheQuery {
        CacheQuery::Relation(self.relation(), self.id())
    }
}

/// A [`RelationQuery`] of any type, so that keys of all relations share one batch.
#[derive(Clone)]
#[derive_where(PartialEq, Eq, Hash)]
pub(crate) struct RelationKey {
    relation: Relation,
    id: i32,
    #[derive_where(skip(EqHashOrd))]
    columns: fn(DbBackend) -> Expr,
    #[derive_where(skip(EqHashOrd))]
    parse: fn(&str, &[i32]) -> Result<Vec<Loaded>, DbErr>,
}

/// A [`RelationQuery::Value`] of any type.
pub(crate) type Loaded = Arc<dyn Any + Send + Sync>;

impl RelationKey {
    pub(crate) fn of<K: RelationQuery>(key: &K) -> Self {
        Self { relation: key.relation(), id: key.id(), columns: json_rows::columns::<K::Entity>, parse: parse::<K> }
    }
}

/// Parses the JSON array of a relation. Returns the value of each of the ids, in their order.
fn parse<K: RelationQuery>(json: &str, ids: &[i32]) -> Result<Vec<Loaded>, DbErr> {
    let mut rows_by_id = HashMap::<i32, Vec<_>>::new();
    for (id, Row(row)) in json_rows::parse::<Vec<(i32, Row<<K::Entity as EntityTrait>::Model>)>>(json)? {
        rows_by_id.entry(id).or_default().push(row);
    }
    Ok(ids.iter().map(|id| Arc::new(K::value(rows_by_id.remove(id).unwrap_or_default())) as Loaded).collect())
}

impl Loader<RelationKey> for DbLoader {
    type Value = Loaded;

    async fn load(&self, keys: &[RelationKey]) -> Result<Values<RelationKey, Self::Value>> {
        let mut relations = BTreeMap::<Relation, Vec<&RelationKey>>::new();
        for key in keys {
            relations.entry(key.relation).or_default().push(key);
        }
        let relations = relations.into_values().collect::<Vec<_>>();
        let ids = |keys: &[&RelationKey]| keys.iter().map(|key| key.id).collect::<Vec<_>>();
        let backend = self.view.get_database_backend();
        let selects = (0..).zip(&relations).map(|(index, keys)| json_array_select(backend, index, keys[0], &ids(keys)));
        let Some(statement) = selects.reduce(|mut union, select| union.union(UnionType::All, select).take()) else {
            return Ok(Values::default());
        };
        let mut loaded = Values::default();
        for (index, json) in self.view.texts(&statement).await? {
            let Some(keys) = usize::try_from(index).ok().and_then(|index| relations.get(index)) else { continue };
            let values = (keys[0].parse)(&json, &ids(keys))?;
            loaded.extend(keys.iter().map(|key| (*key).clone()).zip(values));
        }
        Ok(loaded)
    }
}

/// Builds the statement that returns the rows related to `ids` as one JSON array of pairs: the id, and the columns of the row.
/// `index` identifies the relation in the result.
fn json_array_select(backend: DbBackend, index: i32, key: &RelationKey, ids: &[i32]) -> SelectStatement {
    let Relation { table, by, row, order } = key.relation;
    let mut rows = Query::select();
    rows.expr(Expr::cust(format!("\"{table}\".*"))).expr_as(Expr::col(by), "by").from(table);
    if let Some(row) = row {
        rows.inner_join(by.0, Expr::col((by.0, row)).equals((table, "id")));
    }
    // In as-of reads `link` is a union over the types of owners: IS NOT NULL lets the planner skip all but one of them.
    rows.and_where(Expr::col(by).is_not_null()).and_where(in_array(backend, Expr::col(by), ids));
    for column in order {
        rows.order_by(*column, Order::Asc);
    }
    let row = json_rows::array(backend, vec![Expr::col("by"), (key.columns)(backend)]);
    json_rows::select_array(backend, index, rows, row)
}
