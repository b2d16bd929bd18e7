//! Lineage: the chains of models and the models that they were derived from. No chain may be a cycle.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ConnectionTrait, DbErr, ExprTrait, QueryResult,
    sea_query::{CommonTableExpression, Expr, Query, SelectStatement, UnionType, WithClause},
};

use crate::db::sql::in_array;
use crate::domain::document::SubjectDocument;
use crate::domain::model::ModelDocument;
use crate::domain::slug::Slug;
use crate::error::{Error, Problem, Result};
use crate::store::change::Change;

/// The largest number of models of a cycle that a message names.
const MAX_NAMED: usize = 10;

/// The base models of models, by the slugs of the models.
#[derive(Debug, Default)]
pub struct Lineage(HashMap<Slug, Slug>);

/// Models that are derived from each other: each from the next one, and the last one from the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineageCycle(Vec<Slug>);

impl Lineage {
    /// Reads the base models of all models.
    ///
    /// # Errors
    /// The database fails.
    pub async fn read(db: &impl ConnectionTrait) -> Result<Self> {
        let rows = db.query_all(&select_bases().take()).await?;
        Ok(Self(rows.iter().map(base).collect::<Result<_>>()?))
    }

    /// Sets or removes the base model of a model.
    pub fn set(&mut self, model: &Slug, base: Option<&Slug>) {
        match base {
            Some(base) => self.0.insert(model.clone(), base.clone()),
            None => self.0.remove(model),
        };
    }

    /// Returns the cycle that a model is in; none if it is in none.
    pub fn cycle_of(&self, model: &Slug) -> Option<LineageCycle> {
        let mut models = vec![model.clone()];
        let mut seen = HashSet::from([model]);
        let mut next = self.0.get(model)?;
        while next != model {
            // A model below a cycle is not in it.
            if !seen.insert(next) {
                return None;
            }
            models.push(next.clone());
            next = self.0.get(next)?;
        }
        Some(LineageCycle(models))
    }

    /// Returns any cycle. Each model is visited once.
    fn any_cycle(&self) -> Option<LineageCycle> {
        // The model at which the walk that visited a model began.
        let mut visited = HashMap::new();
        for start in self.0.keys() {
            let mut next = Some(start);
            while let Some(model) = next.filter(|model| !visited.contains_key(model)) {
                visited.insert(model, start);
                next = self.0.get(model);
            }
            if let Some(model) = next.filter(|model| visited[*model] == start) {
                return self.cycle_of(model);
            }
        }
        None
    }
}

impl LineageCycle {
    /// Returns whether a model is in the cycle.
    pub fn contains(&self, model: &Slug) -> bool {
        self.0.contains(model)
    }

    /// Returns the problem of a model in the cycle.
    pub fn problem(&self, model: &Slug) -> Problem {
        let start = self.0.iter().position(|slug| slug == model).unwrap_or(0);
        let models = self.0.iter().cycle().skip(start).take(self.0.len() + 1);
        let mut models = models.map(|slug| format!("{:?}", slug.as_str())).collect::<Vec<_>>();
        if models.len() > MAX_NAMED {
            models.splice(MAX_NAMED - 1..models.len() - 1, ["…".to_owned()]);
        }
        let message = format!("makes a cycle of models that are derived from each other: {}", models.join(" → "));
        Problem { field: "baseModel".to_owned(), message }
    }
}

impl Change {
    /// Finds a cycle among the models whose base models this change has set, and the models that those are derived from.
    ///
    /// # Errors
    /// The database fails.
    pub async fn lineage_cycle(&mut self) -> Result<Option<LineageCycle>> {
        if self.models_with_new_base.is_empty() {
            return Ok(None);
        }
        let backend = self.transaction().get_database_backend();
        let own = in_array(backend, Expr::col(("model", "id")), &self.models_with_new_base);
        let own = select_bases().and_where(own).take();
        let reached = Expr::col(("lineage", "base")).equals(("model", "slug"));
        let further = select_bases().inner_join("lineage", reached).take();
        // UNION, not UNION ALL: a model that has been reached is not followed again, so a cycle ends.
        let mut lineage = CommonTableExpression::new();
        lineage
            .table_name("lineage")
            .columns(["slug", "base"])
            .query(own.clone().union(UnionType::Distinct, further).take());
        let select = Query::select().columns(["slug", "base"]).from("lineage").take();
        let select = select.with(WithClause::new().recursive(true).cte(lineage).to_owned());
        let rows = self.transaction().query_all(&select).await?;
        let cycle = Lineage(rows.iter().map(base).collect::<Result<_>>()?).any_cycle();
        if cycle.is_none() {
            self.models_with_new_base.clear();
        }
        Ok(cycle)
    }

    /// Checks that this change has not made a cycle of models.
    ///
    /// # Errors
    /// It has.
    pub async fn check_lineage(&mut self) -> Result<()> {
        let Some(cycle) = self.lineage_cycle().await? else { return Ok(()) };
        let model = cycle.0.first().ok_or_else(|| Error::internal(DbErr::RecordNotFound("a cycle".to_owned())))?;
        let subject = format!("The {} {:?}", ModelDocument::SUBJECT.table(), model.as_str());
        Err(Error::InvalidDocument { subject, problems: vec![cycle.problem(model)] })
    }
}

/// Selects the slugs of models and of their base models.
fn select_bases() -> SelectStatement {
    let mut select = Query::select();
    select
        .expr_as(Expr::col(("model", "slug")), "slug")
        .expr_as(Expr::col(("base_model", "slug")), "base")
        .from("model");
    let base = Expr::col(("base_model", "id")).equals(("model", "base_model_id"));
    select.join_as(sea_orm::JoinType::InnerJoin, "model", "base_model", base).take()
}

fn base(row: &QueryResult) -> Result<(Slug, Slug)> {
    Ok((Slug::from_column(row.try_get("", "slug")?)?, Slug::from_column(row.try_get("", "base")?)?))
}
