//! What belongs to rows. Everything that the resolvers of one turn wait for, of however many relations, is read by one
//! statement, which gives each relation as one array of JSON: a statement costs more than most of what it reads, and a row more
//! than what it holds.

use std::{
    any::Any,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use async_graphql::dataloader::Loader;
use derive_where::derive_where;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, ExprTrait, IdenStatic, Iterable,
    sea_query::{ColumnType, Expr, Func, Order, Query, SelectStatement, UnionType},
};
use serde::de::DeserializeOwned;

use crate::db::sql::in_array;
use crate::error::{Error, Result};
use crate::query::cache::{CacheQuery, CacheWeight, Cacheable};
use crate::query::db_loader::DbLoader;
use crate::query::relation::Relation;

/// Asks for what belongs to an id.
pub trait RelationQuery: Clone + Send + Sync + 'static {
    /// The table of what is asked for.
    type Entity: EntityTrait<Model: DeserializeOwned>;
    /// What is made of the rows.
    type Value: CacheWeight + Clone + Send + Sync + 'static;

    /// How the rows belong to the id. Tells this kind of key from all others.
    fn relation(&self) -> Relation;

    /// The id.
    fn id(&self) -> i32;

    /// Makes of rows, which may be none, what is asked for.
    fn value(rows: Vec<<Self::Entity as EntityTrait>::Model>) -> Self::Value;
}

impl<K: RelationQuery> Cacheable for K {
    fn cache_query(&self) -> CacheQuery {
        CacheQuery::Relation(self.relation(), self.id())
    }
}

/// A key of any kind.
#[derive(Clone)]
#[derive_where(PartialEq, Eq, Hash)]
pub(crate) struct RelationKey {
    relation: Relation,
    id: i32,
    #[derive_where(skip(EqHashOrd))]
    columns: fn(DbBackend) -> Vec<Expr>,
    #[derive_where(skip(EqHashOrd))]
    read: fn(&str, &[i32]) -> serde_json::Result<Vec<Loaded>>,
}

/// What a key of some kind stands for.
pub(crate) type Loaded = Arc<dyn Any + Send + Sync>;

impl RelationKey {
    pub(crate) fn of<K: RelationQuery>(key: &K) -> Self {
        Self { relation: key.relation(), id: key.id(), columns: columns::<K::Entity>, read: read::<K> }
    }
}

/// The columns of a table as JSON takes them.
fn columns<E: EntityTrait>(backend: DbBackend) -> Vec<Expr> {
    let column = |column: E::Column| {
        let name = Expr::col(column.as_str());
        // There JSON is a text, which would be quoted.
        match column.def().get_column_type() {
            ColumnType::Json | ColumnType::JsonBinary if backend == DbBackend::Sqlite => {
                Func::cust("json").arg(name).into()
            }
            _ => name,
        }
    };
    E::Column::iter().map(column).collect()
}

/// Reads what belongs to each of the ids.
fn read<K: RelationQuery>(json: &str, ids: &[i32]) -> serde_json::Result<Vec<Loaded>> {
    let mut found = HashMap::<i32, Vec<_>>::new();
    for (id, row) in serde_json::from_str::<Vec<(i32, <K::Entity as EntityTrait>::Model)>>(json)? {
        found.entry(id).or_default().push(row);
    }
    Ok(ids.iter().map(|id| Arc::new(K::value(found.remove(id).unwrap_or_default())) as Loaded).collect())
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
        let arrays = (0..).zip(&relations).map(|(place, keys)| json_array_select(backend, place, keys[0], &ids(keys)));
        let Some(statement) = arrays.reduce(|mut all, array| all.union(UnionType::All, array).take()) else {
            return Ok(HashMap::new());
        };
        let mut found = HashMap::with_capacity(keys.len());
        for row in self.view.query_all(&statement).await? {
            let place = row.try_get::<i32>("", "place")?;
            let Some(keys) = usize::try_from(place).ok().and_then(|place| relations.get(place)) else { continue };
            let read = (keys[0].read)(&row.try_get::<String>("", "rows")?, &ids(keys));
            let read = read.map_err(|error| DbErr::Json(error.to_string()))?;
            found.extend(keys.iter().map(|key| (*key).clone()).zip(read));
        }
        Ok(found)
    }
}

/// The statement that gives the rows of a relation that belong to ids, each with its id, as one array of JSON.
fn json_array_select(backend: DbBackend, place: i32, key: &RelationKey, ids: &[i32]) -> SelectStatement {
    let Relation { table, by, row, order } = key.relation;
    let mut rows = Query::select();
    rows.expr(Expr::cust(format!("\"{table}\".*"))).expr_as(Expr::col(by), "by").from(table);
    if let Some(row) = row {
        rows.inner_join(by.0, Expr::col((by.0, row)).equals((table, "id")));
    }
    // Of the past a link is a union over the kinds of owners: the first leaves out all but one of them at once.
    rows.and_where(Expr::col(by).is_not_null()).and_where(in_array(backend, Expr::col(by), ids));
    for column in order {
        rows.order_by(*column, Order::Asc);
    }
    let (array, all) = match backend {
        DbBackend::Postgres => ("json_build_array", "json_agg"),
        _ => ("json_array", "json_group_array"),
    };
    let array = |values: Vec<Expr>| Expr::from(Func::cust(array).args(values));
    let row = array(vec![Expr::col("by"), array((key.columns)(backend))]);
    let all = Expr::from(Func::cust(all).arg(row)).cast_as("text");
    let none = Expr::cust("'[]'");
    let all = Expr::from(Func::coalesce([all, none]));
    Query::select().expr_as(Expr::val(place), "place").expr_as(all, "rows").from_subquery(rows, "rows").take()
}
