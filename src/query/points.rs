//! The points of charts: the facts of models that charts draw, each model once, by one statement.

use sea_orm::{
    Condition, ConnectionTrait, DbErr, ExprTrait, QueryResult,
    sea_query::{Expr, JoinType, Order, Query},
};

use crate::error::Result;
use crate::query::as_of::ReadView;

/// The largest number of points, the newest models first.
pub const MAX_POINTS: u64 = 100_000;

/// The facts of a model that charts draw. What is unknown is none.
#[derive(Clone, Debug)]
pub struct Point {
    /// The slug.
    pub slug: String,
    /// The name.
    pub name: String,
    /// The date of release: a year, a month or a day.
    pub released: Option<String>,
    /// The parameters of the largest size.
    pub parameters: Option<i64>,
    /// The largest number of training tokens of the model or a size.
    pub tokens: Option<i64>,
    /// The longest context of the model or a size, in tokens.
    pub context: Option<i64>,
    /// Whether commercial use is permitted: a `CommercialUse`.
    pub commercial_use: String,
    /// A `ModelKind`.
    pub kind: Option<String>,
    /// The first of its makers: slug, name, name in Chinese.
    pub maker: Option<(String, String, Option<String>)>,
    /// The country of that maker.
    pub country: Option<String>,
    /// The first of its licenses: slug and name.
    pub license: Option<(String, String)>,
}

/// Reads the points of the models that match `models`: at most [`MAX_POINTS`].
///
/// # Errors
/// The database fails.
pub async fn points(db: &ReadView, models: Condition) -> Result<Vec<Point>> {
    // The aliases of joined tables are not names of tables: conditions have subqueries of those.
    let mut select = Query::select();
    for column in ["slug", "name", "release_date", "max_parameters", "max_training_tokens", "commercial_use", "kind"] {
        select.column(("model", column));
    }
    select
        .expr_as(Expr::cust("CAST(model.max_context_length AS BIGINT)"), "context_length")
        .expr_as(Expr::col(("maker", "slug")), "maker_slug")
        .expr_as(Expr::col(("maker", "name")), "maker_name")
        .expr_as(Expr::col(("maker", "name_zh")), "maker_name_zh")
        .expr_as(Expr::col(("maker", "country")), "country")
        .expr_as(Expr::col(("terms", "slug")), "license_slug")
        .expr_as(Expr::col(("terms", "name")), "license_name")
        .from("model");
    let first = |junction: &'static str, alias: &'static str| {
        let of_model = Expr::col((alias, "model_id")).equals(("model", "id"));
        (junction, alias, of_model.and(Expr::col((alias, "position")).eq(0)))
    };
    let (junction, alias, on) = first("model_organization", "made");
    select.join_as(JoinType::LeftJoin, junction, alias, on);
    let maker = Expr::col(("maker", "id")).equals(("made", "organization_id"));
    select.join_as(JoinType::LeftJoin, "organization", "maker", maker);
    let (junction, alias, on) = first("model_license", "licensed");
    select.join_as(JoinType::LeftJoin, junction, alias, on);
    let terms = Expr::col(("terms", "id")).equals(("licensed", "license_id"));
    select.join_as(JoinType::LeftJoin, "license", "terms", terms);
    select.cond_where(models);
    select.order_by_expr(Expr::cust("COALESCE(model.release_date, '')"), Order::Desc);
    select.order_by_expr(Expr::cust("model.id"), Order::Desc);
    let rows = db.query_all(select.limit(MAX_POINTS)).await?;
    Ok(rows.iter().map(Point::read).collect::<Result<_, DbErr>>()?)
}

impl Point {
    fn read(row: &QueryResult) -> Result<Self, DbErr> {
        let text = |column: &str| row.try_get::<Option<String>>("", column);
        let maker = match (text("maker_slug")?, text("maker_name")?) {
            (Some(slug), Some(name)) => Some((slug, name, text("maker_name_zh")?)),
            _ => None,
        };
        Ok(Self {
            slug: row.try_get("", "slug")?,
            name: row.try_get("", "name")?,
            released: text("release_date")?,
            parameters: row.try_get("", "max_parameters")?,
            tokens: row.try_get("", "max_training_tokens")?,
            context: row.try_get("", "context_length")?,
            commercial_use: row.try_get("", "commercial_use")?,
            kind: text("kind")?,
            maker,
            country: text("country")?,
            license: text("license_slug")?.zip(text("license_name")?),
        })
    }
}
