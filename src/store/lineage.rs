//! Lineage: the chains of subjects and the subjects of the same type that they are derived from, such as models and their base
//! models. No chain may be a cycle.

use std::collections::{HashMap, HashSet};

use entity::vocabulary::SubjectType;
use sea_orm::{
    ConnectionTrait, DbErr, ExprTrait, QueryResult,
    sea_query::{CommonTableExpression, Expr, Query, SelectStatement, UnionType, WithClause},
};

use crate::db::sql::in_array;
use crate::domain::base::BaseDocument;
use crate::domain::document::SubjectDocument;
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
    bases: HashMap<Slug, Bases>,
}

/// The bases of a subject.
#[derive(Debug, Default)]
struct Bases {
    slugs: Vec<Slug>,
    /// Whether they are in the field `bases` of a model.
    listed: bool,
}

/// Subjects that are derived from each other: each from the next one, and the last one from the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineageCycle {
    subject: SubjectType,
    slugs: Vec<Slug>,
    /// The models whose bases are in the field `bases`.
    listed: HashSet<Slug>,
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
        let mut lineage = HashMap::<Slug, Bases>::new();
        for row in rows {
            let bases = lineage.entry(Slug::from_column(row.try_get("", "slug")?)?).or_default();
            bases.slugs.push(Slug::from_column(row.try_get("", "base")?)?);
            bases.listed |= bases.slugs.len() > 1 || row.try_get::<i32>("", "listed")? == 1;
        }
        Ok(Self { subject, bases: lineage })
    }

    /// Replaces the bases of a subject.
    pub fn set(&mut self, slug: &Slug, bases: &[BaseDocument]) {
        if bases.is_empty() {
            self.bases.remove(slug);
            return;
        }
        let listed = !matches!(bases, [base] if base.is_bare());
        let slugs = bases.iter().map(|base| base.model.clone()).collect();
        self.bases.insert(slug.clone(), Bases { slugs, listed });
    }

    fn bases_of(&self, slug: &Slug) -> &[Slug] {
        self.bases.get(slug).map_or(&[], |bases| &bases.slugs)
    }

    /// Returns a cycle that a subject is in; none if it is in none.
    pub fn cycle_of(&self, slug: &Slug) -> Option<LineageCycle> {
        // The subjects of the path from the subject, each with those of its bases that have not been followed.
        let mut path = vec![(slug, self.bases_of(slug).iter())];
        let mut seen = HashSet::from([slug]);
        while let Some((_, rest)) = path.last_mut() {
            match rest.next() {
                Some(base) if base == slug => {
                    let slugs = path.into_iter().map(|(slug, _)| slug.clone()).collect::<Vec<_>>();
                    let listed = slugs.iter().filter(|slug| self.bases.get(*slug).is_some_and(|bases| bases.listed));
                    return Some(LineageCycle { subject: self.subject, listed: listed.cloned().collect(), slugs });
                }
                // A subject that has been followed does not lead back.
                Some(base) if seen.insert(base) => path.push((base, self.bases_of(base).iter())),
                Some(_) => {}
                None => drop(path.pop()),
            }
        }
        None
    }

    /// Returns any cycle. Each subject is visited once.
    fn any_cycle(&self) -> Option<LineageCycle> {
        // Subjects on the path that is being followed, and subjects that have been reached.
        let (mut on_path, mut visited) = (HashSet::new(), HashSet::new());
        for start in self.bases.keys() {
            if !visited.insert(start) {
                continue;
            }
            on_path.insert(start);
            let mut path = vec![(start, self.bases_of(start).iter())];
            while let Some((slug, rest)) = path.last_mut() {
                match rest.next() {
                    Some(base) if on_path.contains(base) => return self.cycle_of(base),
                    Some(base) if visited.insert(base) => {
                        on_path.insert(base);
                        path.push((base, self.bases_of(base).iter()));
                    }
                    Some(_) => {}
                    None => {
                        on_path.remove(*slug);
                        path.pop();
                    }
                }
            }
        }
        None
    }
}

/// Returns documents of different subjects of one type in an order in which each comes after its bases. Otherwise they stay in
/// their order.
///
/// # Errors
/// Subjects are derived from each other in a cycle.
pub fn bases_first<D: SubjectDocument>(documents: Vec<D>) -> Result<Vec<D>> {
    let mut lineage = Lineage { subject: D::SUBJECT, bases: HashMap::new() };
    documents.iter().for_each(|document| lineage.set(document.slug(), &document.bases()));
    if let Some(cycle) = lineage.any_cycle() {
        return Err(cycle.error());
    }
    let (mut order, mut seen) = (Vec::new(), HashSet::new());
    for document in &documents {
        // The subjects from a document to a base that has not been followed.
        let mut path = Vec::from_iter(Some(document.slug()).filter(|slug| !seen.contains(slug)));
        while let Some(slug) = path.last().copied() {
            seen.insert(slug);
            match lineage.bases_of(slug).iter().find(|base| !seen.contains(base)) {
                Some(base) => path.push(base),
                None => order.extend(path.pop().cloned()),
            }
        }
    }
    let mut documents =
        documents.into_iter().map(|document| (document.slug().clone(), document)).collect::<HashMap<_, _>>();
    Ok(order.iter().filter_map(|slug| documents.remove(slug)).collect())
}

impl LineageCycle {
    /// Returns whether a subject is in the cycle.
    pub fn contains(&self, subject: SubjectType, slug: &Slug) -> bool {
        subject == self.subject && self.slugs.contains(slug)
    }

    /// Returns the error of the cycle, about its first subject by slug.
    fn error(&self) -> Error {
        let Some(slug) = self.slugs.iter().min() else {
            return Error::internal(DbErr::RecordNotFound("a cycle".to_owned()));
        };
        let subject = format!("The {} {:?}", self.subject.table(), slug.as_str());
        Error::InvalidDocument { subject, problems: vec![self.problem(slug)] }
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
        let listed = self.listed.contains(slug);
        let field = if listed { "bases" } else { base::column(self.subject).map_or("", |reference| reference.name) };
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
                .columns(["slug", "base", "listed"])
                .query(own.clone().union(UnionType::Distinct, further).take());
            let select = Query::select().columns(["slug", "base", "listed"]).from("lineage").take();
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
        self.lineage_cycle().await?.map_or(Ok(()), |cycle| Err(cycle.error()))
    }
}

/// Selects the slugs of the subjects with a base, and of their bases, and 1 if more is known of a base than its slug. `column` has
/// the first bases of its own type.
fn select_bases(column: &ReferenceColumn) -> SelectStatement {
    const LISTED: &str = "CASE WHEN model_base.relation IS NULL AND model_base.base_size IS NULL AND model_base.own_size IS NULL \
        THEN 0 ELSE 1 END";
    let table = column.subject.table();
    let mut select = Query::select();
    select.expr_as(Expr::col((table, "slug")), "slug").expr_as(Expr::col(("base", "slug")), "base").from(table);
    let (base, listed) = if column.subject == SubjectType::Model {
        select.inner_join("model_base", Expr::col(("model_base", "model_id")).equals((table, "id")));
        (("model_base", "base_id"), LISTED)
    } else {
        ((table, column.column), "0")
    };
    let base = Expr::col(("base", "id")).equals(base);
    select.expr_as(Expr::cust(listed), "listed").join_as(sea_orm::JoinType::InnerJoin, table, "base", base).take()
}
