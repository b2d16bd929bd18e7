//! Loads the ancestors or descendants of models: the models that they were derived from, directly or through others, or the
//! reverse. One recursive statement serves all models of a batch.

use std::{collections::HashMap, sync::Arc};

use entity::{model, vocabulary::SubjectType};
use sea_orm::{
    ConnectionTrait, DbBackend, EntityTrait, ExprTrait, FromQueryResult, QueryTrait,
    sea_query::{
        CommonTableExpression, Expr, Func, JoinType, Order, Query, SelectStatement, UnionType, WindowStatement,
        WithClause,
    },
};

use crate::db::sql::in_array;
use crate::error::Result;
use crate::query::batch::{Loader, Values};
use crate::query::cache::{CacheQuery, CacheWeight, Cacheable, Dependent, StatementHash};
use crate::query::db_loader::DbLoader;
use crate::query::dependencies::Dependencies;
use crate::query::relation_keys::Shared;

/// The largest number of steps between a model and its ancestors or descendants.
pub const MAX_LINEAGE_DEPTH: i32 = 10;

/// The largest number of ancestors or descendants of a model.
pub const MAX_LINEAGE: usize = 100;

/// The direction in which lineage is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineageDirection {
    /// From models to their bases.
    Ancestors,
    /// From bases to the models that were derived from them.
    Descendants,
}

/// The key of the ancestors or descendants of the model with an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LineageKey {
    /// The id of the model.
    pub id: i32,
    /// Which of both.
    pub direction: LineageDirection,
    /// The largest number of steps.
    pub depth: i32,
}

/// An ancestor or descendant of a model.
#[derive(Clone, Debug)]
pub struct LineageRow {
    /// The smallest number of steps to it, from 1.
    pub depth: i32,
    /// The model.
    pub model: Arc<model::Model>,
}

impl CacheWeight for LineageRow {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.model.bytes()
    }
}

impl Cacheable for LineageKey {
    fn cache_query(&self) -> CacheQuery {
        let Self { id, direction, depth } = self;
        CacheQuery::Statement(StatementHash::of(&format!("{direction:?} {depth} {id}")))
    }
}

impl<V> Dependent<V> for LineageKey {
    fn add_dependencies(&self, _: Option<&V>, dependencies: &mut Dependencies) {
        dependencies.add_type(SubjectType::Model);
    }
}

impl Loader<LineageKey> for DbLoader {
    type Value = Shared<LineageRow>;

    async fn load(&self, keys: &[LineageKey]) -> Result<Values<LineageKey, Self::Value>> {
        let mut batches = HashMap::<_, Vec<i32>>::new();
        for LineageKey { id, direction, depth } in keys {
            batches.entry((*direction, *depth)).or_default().push(*id);
        }
        let mut loaded = Values::default();
        for ((direction, depth), ids) in batches {
            let mut found = HashMap::<i32, Vec<Arc<LineageRow>>>::new();
            let statement = statement(self.view.get_database_backend(), direction, depth, &ids);
            for row in self.view.query_all(&statement).await? {
                let model = Arc::new(model::Model::from_query_result(&row, "")?);
                let depth = row.try_get("", "lineage_depth")?;
                found.entry(row.try_get("", "lineage_root")?).or_default().push(Arc::new(LineageRow { depth, model }));
            }
            loaded.extend(ids.into_iter().map(|id| {
                let rows = found.remove(&id).unwrap_or_default();
                (LineageKey { id, direction, depth }, rows.into())
            }));
        }
        Ok(loaded)
    }
}

/// Builds the statement that returns the nearest ancestors or descendants of models.
fn statement(backend: DbBackend, direction: LineageDirection, depth: i32, ids: &[i32]) -> SelectStatement {
    let (from, to) = match direction {
        LineageDirection::Ancestors => ("model_id", "base_id"),
        LineageDirection::Descendants => ("base_id", "model_id"),
    };
    let (from, to) = (("model_base", from), ("model_base", to));
    let direct = Query::select()
        .expr_as(Expr::col(from), "root")
        .expr_as(Expr::col(to), "id")
        .expr_as(Expr::cust("1"), "depth")
        .from("model_base")
        .and_where(in_array(backend, Expr::col(from), ids))
        .take();
    let further = Query::select()
        .column(("lineage", "root"))
        .column(to)
        .expr(Expr::cust("lineage.depth + 1"))
        .from("model_base")
        .inner_join("lineage", Expr::col(("lineage", "id")).equals(from))
        .and_where(Expr::cust(format!("lineage.depth < {depth}")))
        .take();
    // UNION, not UNION ALL: a model that is reached on several paths of one length is followed once.
    let lineage = CommonTableExpression::new()
        .table_name("lineage")
        .columns(["root", "id", "depth"])
        .query(direct.clone().union(UnionType::Distinct, further).take())
        .to_owned();
    let nearest = Query::select()
        .columns(["root", "id"])
        .expr_as(Expr::cust("MIN(depth)"), "depth")
        .from("lineage")
        .group_by_columns(["root", "id"])
        .with_cte(WithClause::new().recursive(true).cte(lineage).to_owned())
        .take();
    let mut order = WindowStatement::partition_by("root");
    order.order_by("depth", Order::Asc).order_by("id", Order::Asc);
    let numbered = Query::select()
        .columns(["root", "id", "depth"])
        .expr_window_as(Func::cust("ROW_NUMBER"), order, "number")
        .from_subquery(nearest, "nearest")
        .take();
    let mut select = model::Entity::find().into_query();
    select
        .expr_as(Expr::col(("numbered", "root")), "lineage_root")
        .expr_as(Expr::col(("numbered", "depth")), "lineage_depth")
        .join_subquery(JoinType::InnerJoin, numbered, "numbered", Expr::col(("numbered", "id")).equals(("model", "id")))
        .and_where(Expr::cust(format!("numbered.number <= {MAX_LINEAGE}")));
    for column in ["root", "depth", "id"] {
        select.order_by(("numbered", column), Order::Asc);
    }
    select
}
