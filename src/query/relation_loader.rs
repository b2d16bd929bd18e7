//! Loads related rows without N+1 queries. All keys of a DataLoader batch, of any number of relations, are read by one
//! statement, which returns one row for each relation: a JSON array of its rows. A round trip costs more than reading most
//! relations, and decoding a row of the driver costs more than decoding its JSON.

use std::{
    any::Any,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use async_graphql::dataloader::Loader;
use derive_where::derive_where;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, ExprTrait, IdenStatic, Iterable,
    sea_query::{CaseStatement, ColumnType, Expr, Func, Order, Query, SelectStatement, UnionType},
};
use serde::de::DeserializeOwned;

use crate::db::sql::in_array;
use crate::error::{Error, Result};
use crate::query::cache::{CacheQuery, CacheWeight, Cacheable};
use crate::query::db_loader::DbLoader;
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
    fn value(rows: Vec<<Self::Entity as EntityTrait>::Model>) -> Self::Value;
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
    columns: fn(DbBackend) -> Vec<Expr>,
    #[derive_where(skip(EqHashOrd))]
    parse: fn(&str, &[i32]) -> serde_json::Result<Vec<Loaded>>,
}

/// A [`RelationQuery::Value`] of any type.
pub(crate) type Loaded = Arc<dyn Any + Send + Sync>;

impl RelationKey {
    pub(crate) fn of<K: RelationQuery>(key: &K) -> Self {
        Self { relation: key.relation(), id: key.id(), columns: columns::<K::Entity>, parse: parse::<K> }
    }
}

/// Returns the columns of a table as arguments of the database's JSON array function.
fn columns<E: EntityTrait>(backend: DbBackend) -> Vec<Expr> {
    let column = |column: E::Column| {
        let name = Expr::col(column.as_str());
        if backend != DbBackend::Sqlite {
            return name;
        }
        match column.def().get_column_type() {
            // SQLite stores JSON as text, which the function would encode as a JSON string.
            ColumnType::Json | ColumnType::JsonBinary => Func::cust("json").arg(name).into(),
            // SQLite stores them as 0 and 1.
            ColumnType::Boolean => {
                let literal = CaseStatement::new().case(name.clone(), "true").finally("false");
                let boolean = Expr::from(Func::cust("json").arg(literal));
                CaseStatement::new().case(name.is_not_null(), boolean).into()
            }
            // The function would round to 15 digits. 17 digits identify every number.
            ColumnType::Float | ColumnType::Double => {
                let digits = Func::cust("printf").arg("%!.17g").arg(name.clone());
                let number = Expr::from(Func::cust("json").arg(digits));
                CaseStatement::new().case(name.is_not_null(), number).into()
            }
            _ => name,
        }
    };
    E::Column::iter().map(column).collect()
}

/// Parses the JSON array of a relation. Returns the value of each of the ids, in their order.
fn parse<K: RelationQuery>(json: &str, ids: &[i32]) -> serde_json::Result<Vec<Loaded>> {
    let mut rows_by_id = HashMap::<i32, Vec<_>>::new();
    for (id, row) in serde_json::from_str::<Vec<(i32, <K::Entity as EntityTrait>::Model)>>(json)? {
        rows_by_id.entry(id).or_default().push(row);
    }
    Ok(ids.iter().map(|id| Arc::new(K::value(rows_by_id.remove(id).unwrap_or_default())) as Loaded).collect())
}

impl Loader<RelationKey> for DbLoader {
    type Value = Loaded;
    type Error = Error;

    async fn load(&self, keys: &[RelationKey]) -> Result<HashMap<RelationKey, Self::Value>> {
        let mut relations = BTreeMap::<Relation, Vec<&RelationKey>>::new();
        for key in keys {
            relations.entry(key.relation).or_default().push(key);
        }
        let relations = relations.into_values().collect::<Vec<_>>();
        let ids = |keys: &[&RelationKey]| keys.iter().map(|key| key.id).collect::<Vec<_>>();
        let backend = self.view.get_database_backend();
        let selects = (0..).zip(&relations).map(|(index, keys)| json_array_select(backend, index, keys[0], &ids(keys)));
        let Some(statement) = selects.reduce(|mut union, select| union.union(UnionType::All, select).take()) else {
            return Ok(HashMap::new());
        };
        let mut loaded = HashMap::with_capacity(keys.len());
        for row in self.view.query_all(&statement).await? {
            let index = row.try_get::<i32>("", "relation")?;
            let Some(keys) = usize::try_from(index).ok().and_then(|index| relations.get(index)) else { continue };
            let values = (keys[0].parse)(&row.try_get::<String>("", "rows")?, &ids(keys));
            let values = values.map_err(|error| DbErr::Json(error.to_string()))?;
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
    let (array, aggregate) = match backend {
        DbBackend::Postgres => ("json_build_array", "json_agg"),
        _ => ("json_array", "json_group_array"),
    };
    let array = |values: Vec<Expr>| Expr::from(Func::cust(array).args(values));
    let row = array(vec![Expr::col("by"), array((key.columns)(backend))]);
    let aggregate = Expr::from(Func::cust(aggregate).arg(row)).cast_as("text");
    let empty = Expr::cust("'[]'");
    let aggregate = Expr::from(Func::coalesce([aggregate, empty]));
    Query::select().expr_as(Expr::val(index), "relation").expr_as(aggregate, "rows").from_subquery(rows, "rows").take()
}
