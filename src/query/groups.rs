//! Groups of models: the number of models and sizes with the same values, and aggregates of the numbers of these sizes.

use sea_orm::{
    Condition, ConnectionTrait, DbBackend, DbErr, ExprTrait, QueryResult,
    sea_query::{Expr, Func, JoinType, NullOrdering, Order, Query, SelectStatement},
};

use crate::db::sql::with_collation;
use crate::error::{Error, Result};
use crate::query::as_of::ReadView;
use crate::query::keyset::Join;

/// The largest number of groups.
pub const MAX_GROUPS: usize = 1000;

/// A value by which models and their sizes are grouped.
#[derive(Clone, Copy, Debug)]
pub struct GroupColumn {
    /// Tables to join. Several columns may have the same join, which is then made once. A model or size that has several values
    /// counts for each.
    pub joins: &'static [Join],
    /// The SQL of the value; null is a group of its own. All columns of `model_size` are null for a model without a size.
    pub value: &'static str,
    /// Whether a model or size may have the same value several times. It counts once.
    pub repeats: bool,
    /// The SQL of the name of the value; none if the value has no other name.
    pub name: Option<&'static str>,
}

/// The columns of `model_size` whose values are aggregated, in the order of [`Group::aggregates`].
const AGGREGATED: [&str; 3] = ["parameters", "training_tokens", "context_length"];

/// The models and sizes with the same values.
#[derive(Clone, Debug)]
pub struct Group {
    /// The value and its name for each column that the models are grouped by.
    pub values: Vec<(Option<String>, Option<String>)>,
    /// The number of models.
    pub models: i64,
    /// The number of sizes.
    pub sizes: i64,
    /// The parameters, the training tokens, and the length of the context.
    pub aggregates: [GroupAggregate; AGGREGATED.len()],
}

/// The known values of a column in a group.
#[derive(Clone, Copy, Debug)]
pub struct GroupAggregate {
    /// The number of sizes whose value is known.
    pub count: i64,
    /// The smallest value.
    pub min: Option<i64>,
    /// The largest value.
    pub max: Option<i64>,
    /// The arithmetic mean.
    pub average: Option<f64>,
}

/// Groups the models that match `models`, with those of their sizes that match `sizes`, by one statement. The groups with most
/// models come first, then by their values, with an unknown value last. A model without such a size is in a group with its own
/// values.
///
/// # Errors
/// There are more than [`MAX_GROUPS`] groups, or the database fails.
pub async fn groups(db: &ReadView, columns: &[GroupColumn], models: Condition, sizes: Condition) -> Result<Vec<Group>> {
    let rows = db.query_all(&statement(db.get_database_backend(), columns, models, sizes)).await?;
    if rows.len() > MAX_GROUPS {
        return Err(Error::InvalidArgument(format!(
            "There are more than {MAX_GROUPS} groups; narrow them by `where`, or group by fewer keys."
        )));
    }
    Ok(rows.iter().map(|row| Group::read(row, columns)).collect::<Result<_, DbErr>>()?)
}

fn statement(backend: DbBackend, columns: &[GroupColumn], models: Condition, sizes: Condition) -> SelectStatement {
    let of_model = Condition::all().add(Expr::col(("model_size", "model_id")).equals(("model", "id"))).add(sizes);
    let mut rows = Query::select();
    rows.expr_as(Expr::col(("model", "id")), "model_id").expr_as(Expr::col(("model_size", "id")), "size_id");
    for column in AGGREGATED {
        rows.expr_as(Expr::col(("model_size", column)).cast_as("BIGINT"), column);
    }
    if columns.iter().any(|column| column.repeats) {
        rows.distinct();
    }
    rows.from("model").join(JoinType::LeftJoin, "model_size", of_model).cond_where(models);
    let mut joined = Vec::new();
    let mut select = Query::select();
    for (index, column) in columns.iter().enumerate() {
        for join in column.joins {
            if !joined.contains(join) {
                joined.push(*join);
                join.add(&mut rows, JoinType::LeftJoin, backend);
            }
        }
        let (value, name) = (value_column(index), name_column(index));
        rows.expr_as(Expr::cust(with_collation(backend, column.value)), value.clone());
        select.column(value.clone()).add_group_by([Expr::col(value)]);
        if let Some(sql) = column.name {
            rows.expr_as(Expr::cust(sql), name.clone());
            // A value has one name.
            select.expr_as(Func::min(Expr::col(name.clone())), name);
        }
    }
    select.expr_as(Expr::cust("COUNT(DISTINCT model_id)"), "models").expr_as(Expr::cust("COUNT(size_id)"), "sizes");
    for column in AGGREGATED {
        for name in ["count", "min", "max"] {
            select.expr_as(Expr::cust(format!("{name}({column})")), format!("{name}_{column}"));
        }
        // Both are the exact sum, rounded once, divided by the count.
        let average = match backend {
            DbBackend::Postgres => {
                format!("CAST(SUM({column}) AS DOUBLE PRECISION) / NULLIF(COUNT({column}), 0)")
            }
            _ => format!("AVG({column})"),
        };
        select.expr_as(Expr::cust(average), format!("average_{column}"));
    }
    select.from_subquery(rows, "row").order_by("models", Order::Desc);
    for index in 0..columns.len() {
        select.order_by_with_nulls(value_column(index), Order::Asc, NullOrdering::Last);
    }
    // One group more than allowed, to find out whether there are more.
    select.limit(MAX_GROUPS as u64 + 1).take()
}

fn value_column(index: usize) -> String {
    format!("value_{index}")
}

fn name_column(index: usize) -> String {
    format!("name_{index}")
}

impl Group {
    fn read(row: &QueryResult, columns: &[GroupColumn]) -> Result<Self, DbErr> {
        let values = columns.iter().enumerate().map(|(index, column)| {
            let name = column.name.and(Some(name_column(index)));
            let name = name.map(|name| row.try_get("", &name)).transpose()?.flatten();
            Ok((row.try_get("", &value_column(index))?, name))
        });
        let aggregate = |column: &str| {
            Ok::<_, DbErr>(GroupAggregate {
                count: row.try_get("", &format!("count_{column}"))?,
                min: row.try_get("", &format!("min_{column}"))?,
                max: row.try_get("", &format!("max_{column}"))?,
                average: row.try_get("", &format!("average_{column}"))?,
            })
        };
        let [parameters, training_tokens, context_length] = AGGREGATED;
        Ok(Self {
            values: values.collect::<Result<_, DbErr>>()?,
            models: row.try_get("", "models")?,
            sizes: row.try_get("", "sizes")?,
            aggregates: [aggregate(parameters)?, aggregate(training_tokens)?, aggregate(context_length)?],
        })
    }
}
