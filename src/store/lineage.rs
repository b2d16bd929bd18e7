//! Lineage: the chains of subjects and the subjects of the same type that they are derived from, such as models and their base
//! models. No chain may be a cycle.

use std::collections::{HashMap, HashSet};

use entity::vocabulary::SubjectType;
use sea_orm::{
    ConnectionTrait, DbErr, ExprTrait, QueryResult,
    sea_query::{CommonTableExpression, Expr, Query, SelectStatement, UnionType, WithClause},
};

use crate::db::sql::in_array;
use crate::domain::facts::ReferenceColumn;
use crate::domain::slug::Slug;
use crate::error::{Error, Problem, Result};
use crate::store::change::Change;
use crate::store::documents::base;

/// The largest number of subjects of a cycle that a message names.
const MAX_NAMED: usize = 10;

/// The bases of subjects of one type: what each is derived from, by their slugs.
#[derive(Debug)]
pub struct Lineage {
    subject: SubjectType,
    bases: HashMap<Slug, Slug>,
}

/// Subjects that are derived from each other: each from the next one, and the last one from the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineageCycle {
    subject: SubjectType,
    slugs: Vec<Slug>,
}

impl Lineage {
    /// Reads the bases of all subjects of a type.
    ///
    /// # Errors
    /// The database fails.
    pub async fn read(db: &impl ConnectionTrait, subject: SubjectType) -> Result<Self> {
        let Some(column) = base::column(subject) else { return Ok(Self { subject, bases: HashMap::new() }) };
        Self::of(subject, &db.query_all(&select_bases(column)).await?)
    }

    fn of(subject: SubjectType, rows: &[QueryResult]) -> Result<Self> {
        let slug = |row: &QueryResult, column| Slug::from_column(row.try_get("", column)?);
        let bases = rows.iter().map(|row| Ok((slug(row, "slug")?, slug(row, "base")?)));
        Ok(Self { subject, bases: bases.collect::<Result<_>>()? })
    }

    /// Sets or removes the base of a subject.
    pub fn set(&mut self, slug: &Slug, base: Option<&Slug>) {
        match base {
            Some(base) => self.bases.insert(slug.clone(), base.clone()),
            None => self.bases.remove(slug),
        };
    }

    /// Returns the cycle that a subject is in; none if it is in none.
    pub fn cycle_of(&self, slug: &Slug) -> Option<LineageCycle> {
        let mut slugs = vec![slug.clone()];
        let mut seen = HashSet::from([slug]);
        let mut next = self.bases.get(slug)?;
        while next != slug {
            // A subject below a cycle is not in it.
            if !seen.insert(next) {
                return None;
            }
            slugs.push(next.clone());
            next = self.bases.get(next)?;
        }
        Some(LineageCycle { subject: self.subject, slugs })
    }

    /// Returns any cycle. Each subject is visited once.
    fn any_cycle(&self) -> Option<LineageCycle> {
        // The subject at which the walk that visited a subject began.
        let mut visited = HashMap::new();
        for start in self.bases.keys() {
            let mut next = Some(start);
            while let Some(slug) = next.filter(|slug| !visited.contains_key(slug)) {
                visited.insert(slug, start);
                next = self.bases.get(slug);
            }
            if let Some(slug) = next.filter(|slug| visited[*slug] == start) {
                return self.cycle_of(slug);
            }
        }
        None
    }
}

impl LineageCycle {
    /// Returns whether a subject is in the cycle.
    pub fn contains(&self, subject: SubjectType, slug: &Slug) -> bool {
        subject == self.subject && self.slugs.contains(slug)
    }

    /// Returns the problem of a subject in the cycle.
    pub fn problem(&self, slug: &Slug) -> Problem {
        let start = self.slugs.iter().position(|other| other == slug).unwrap_or(0);
        let slugs = self.slugs.iter().cycle().skip(start).take(self.slugs.len() + 1);
        let mut slugs = slugs.map(|slug| format!("{:?}", slug.as_str())).collect::<Vec<_>>();
        if slugs.len() > MAX_NAMED {
            slugs.splice(MAX_NAMED - 1..slugs.len() - 1, ["…".to_owned()]);
        }
        let (subjects, slugs) = (self.subject.plural(), slugs.join(" → "));
        let message = format!("makes a cycle of {subjects} that are derived from each other: {slugs}");
        let field = base::column(self.subject).map_or("", |reference| reference.name);
        Problem { field: field.to_owned(), message }
    }
}

impl Change {
    /// Finds a cycle among the subjects whose bases this change has set, and the subjects that those are derived from.
    ///
    /// # Errors
    /// The database fails.
    pub async fn lineage_cycle(&mut self) -> Result<Option<LineageCycle>> {
        for subject in SubjectType::ALL {
            let ids = self.with_new_base.get(subject).filter(|ids| !ids.is_empty());
            let Some((column, ids)) = base::column(*subject).zip(ids) else { continue };
            let backend = self.transaction().get_database_backend();
            let own = in_array(backend, Expr::col((subject.table(), "id")), ids);
            let own = select_bases(column).and_where(own).take();
            let reached = Expr::col(("lineage", "base")).equals((subject.table(), "slug"));
            let further = select_bases(column).inner_join("lineage", reached).take();
            // UNION, not UNION ALL: a subject that has been reached is not followed again, so a cycle ends.
            let mut lineage = CommonTableExpression::new();
            lineage
                .table_name("lineage")
                .columns(["slug", "base"])
                .query(own.clone().union(UnionType::Distinct, further).take());
            let select = Query::select().columns(["slug", "base"]).from("lineage").take();
            let select = select.with(WithClause::new().recursive(true).cte(lineage).to_owned());
            let rows = self.transaction().query_all(&select).await?;
            let cycle = Lineage::of(*subject, &rows)?.any_cycle();
            if cycle.is_some() {
                return Ok(cycle);
            }
            self.with_new_base.remove(subject);
        }
        Ok(None)
    }

    /// Checks that this change has not made a cycle.
    ///
    /// # Errors
    /// It has.
    pub async fn check_lineage(&mut self) -> Result<()> {
        let Some(cycle) = self.lineage_cycle().await? else { return Ok(()) };
        let slug = cycle.slugs.first().ok_or_else(|| Error::internal(DbErr::RecordNotFound("a cycle".to_owned())))?;
        let subject = format!("The {} {:?}", cycle.subject.table(), slug.as_str());
        Err(Error::InvalidDocument { subject, problems: vec![cycle.problem(slug)] })
    }
}

/// Selects the slugs of the subjects with a base, and of their bases. `column` has the bases of its own type.
fn select_bases(column: &ReferenceColumn) -> SelectStatement {
    let table = column.subject.table();
    let mut select = Query::select();
    select.expr_as(Expr::col((table, "slug")), "slug").expr_as(Expr::col(("base", "slug")), "base").from(table);
    let base = Expr::col(("base", "id")).equals((table, column.column));
    select.join_as(sea_orm::JoinType::InnerJoin, table, "base", base).take()
}
