//! Selects the part of the catalog that is exported.

use entity::vocabulary::{ModelKind, SubjectType};
use sea_orm::{
    Condition, ConnectionTrait, ExprTrait,
    sea_query::{CommonTableExpression, Expr, JoinType, Query, SelectStatement, UnionType, WithClause},
};

use crate::domain::license::LicenseDocument;
use crate::domain::organization::OrganizationDocument;
use crate::domain::slug::Slug;
use crate::domain::subject::with_document;
use crate::domain::text::normalize;
use crate::error::{Error, Result};
use crate::query::search::{TextMatch, matches};
use crate::store::documents::{Persist, base, find};

/// The maximum number of characters of a search.
const MAX_SEARCH_LENGTH: usize = 1000;

/// The models that match all given filters. Without filters it selects the whole catalog.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Models that match this condition on rows of the table `model`.
    pub condition: Option<Condition>,
    /// Of these models, the sizes that match this condition on rows of the table `model_size`. Only the table of sizes has it.
    pub sizes: Option<Condition>,
    /// Models with at least one size under this license.
    pub license: Option<Slug>,
    /// Models of this kind.
    pub kind: Option<ModelKind>,
    /// Models that this organization made.
    pub organization: Option<Slug>,
    /// Models whose names, makers or summaries have all of these words.
    pub search: Option<String>,
}

impl Selection {
    /// Checks the filters.
    ///
    /// # Errors
    /// The license or organization does not exist, or the search contains U+0000 or is too long.
    pub async fn check(&self, db: &impl ConnectionTrait) -> Result<()> {
        if let Some(search) = &self.search {
            // Each word becomes a condition, and normalization can turn one character into several.
            if search.contains('\0')
                || search.len() > 4 * MAX_SEARCH_LENGTH
                || normalize(search).chars().count() > MAX_SEARCH_LENGTH
            {
                let message =
                    format!("`search` has more than {MAX_SEARCH_LENGTH} characters, or the character U+0000.");
                return Err(Error::InvalidArgument(message));
            }
        }
        exists::<LicenseDocument>(db, self.license.as_ref()).await?;
        exists::<OrganizationDocument>(db, self.organization.as_ref()).await
    }

    /// Returns the condition on rows of the table `model`.
    pub fn models(&self) -> Condition {
        let by_slug = |table: &'static str, slug: &Slug| {
            let slug = Expr::col("slug").eq(slug.as_str());
            Query::select().column("id").from(table).and_where(slug).take()
        };
        let related = |junction: &'static str, column: &'static str, table, slug| {
            let related = Expr::col(column).in_subquery(by_slug(table, slug));
            let models = Query::select().column("model_id").from(junction).and_where(related).take();
            Expr::col(("model", "id")).in_subquery(models)
        };
        let license = |slug| related("model_license", "license_id", "license", slug);
        let organization = |slug| related("model_organization", "organization_id", "organization", slug);
        Condition::all()
            .add_option(self.condition.clone())
            .add_option(self.license.as_ref().map(license))
            .add_option(self.kind.map(|kind| Expr::col(("model", "kind")).eq(kind.word())))
            .add_option(self.organization.as_ref().map(organization))
            .add_option(self.search.as_ref().map(|query| matches("model", query, TextMatch::Read)))
    }

    /// Returns the condition on rows of a type's table that includes the selected models with their base models, and the subjects that these
    /// models refer to, directly or through others.
    pub fn with_references(&self, subject: SubjectType) -> Condition {
        if *self == Self::default() {
            return Condition::all();
        }
        Condition::all().add(Expr::col((subject.table(), "id")).in_subquery(self.chosen(subject)))
    }

    /// Returns the query for the ids of the subjects of a type that [`Selection::with_references`] includes.
    fn chosen(&self, subject: SubjectType) -> SelectStatement {
        if around_sources().contains(&subject) {
            return self.chosen_around_sources(subject);
        }
        let table = subject.table();
        let own = if subject == SubjectType::Model { self.models() } else { self.referred_to(subject, &[subject]) };
        let mut chosen = Query::select().column((table, "id")).from(table).cond_where(own).take();
        let Some(base) = base::column(subject) else { return chosen };
        let name = if subject == SubjectType::Model { "chosen" } else { "chosen_base" };
        // The column has only the first base of a model.
        let (from, id, base) = match subject {
            SubjectType::Model => ("model_base", "model_id", "base_id"),
            _ => (table, "id", base.column),
        };
        let bases = Query::select()
            .column((from, base))
            .from(from)
            .inner_join(name, Expr::col((name, "id")).equals((from, id)))
            .and_where(Expr::col((from, base)).is_not_null())
            .take();
        // UNION, not UNION ALL: a cycle of bases would not end.
        chosen.union(UnionType::Distinct, bases);
        let table = CommonTableExpression::new().table_name(name).column("id").query(chosen).to_owned();
        let with = WithClause::new().recursive(true).cte(table).to_owned();
        Query::select().column("id").from(name).with_cte(with).take()
    }

    /// Returns the condition on rows of a type's table that chosen subjects of other types refer to, except those types that are
    /// left out.
    fn referred_to(&self, subject: SubjectType, without: &[SubjectType]) -> Condition {
        let id = Expr::col((subject.table(), "id"));
        let keys = with_document!(subject, D => <D as Persist>::FOREIGN_KEYS);
        let never = Condition::any().add(Expr::cust("1 = 0"));
        let referred = keys.iter().filter(|key| !without.contains(&key.referrer)).fold(never, |any, key| {
            let refers = Expr::col((key.table, key.referrer_id)).in_subquery(self.chosen(key.referrer));
            let referred = Query::select().column((key.table, key.column)).from(key.table).and_where(refers).take();
            any.add(id.clone().in_subquery(referred))
        });
        if subject != SubjectType::Source {
            return referred;
        }
        let cited = |other: &SubjectType| {
            let mut cited = Query::select().column("source_id").from("evidence").take();
            cited.and_where(Expr::col("subject_type").eq(other.word()));
            cited.and_where(Expr::col("subject_id").in_subquery(self.chosen(*other)));
            cited.and_where(Expr::col("removed_revision").is_null()).take()
        };
        let citing = SubjectType::ALL.iter().filter(|other| !without.contains(other));
        citing.fold(referred, |any, other| any.add(id.clone().in_subquery(cited(other))))
    }

    /// Returns the query for the ids of sources, licenses or organizations. Sources refer to licenses and organizations, and
    /// their evidence to sources again.
    fn chosen_around_sources(&self, subject: SubjectType) -> SelectStatement {
        let pair = |subject: SubjectType, id: Expr| {
            let mut pair = Query::select();
            pair.expr_as(Expr::val(subject.word()).cast_as("text"), "subject").expr_as(id, "id").take()
        };
        let around = around_sources();
        let seeds = around.iter().map(|other| {
            let mut seed = pair(*other, Expr::col((other.table(), "id")));
            seed.from(other.table()).cond_where(self.referred_to(*other, &around)).take()
        });
        // The references between them: of columns, and of evidence.
        let columns = around.iter().flat_map(|target| {
            let keys = with_document!(*target, D => <D as Persist>::FOREIGN_KEYS);
            let keys = keys.iter().filter(|key| around.contains(&key.referrer) && key.referrer_id == "id");
            keys.map(|key| {
                let mut edge = pair(*target, Expr::col(key.column));
                edge.expr_as(Expr::val(key.referrer.word()).cast_as("text"), "from_subject");
                edge.expr_as(Expr::col("id"), "from_id")
                    .from(key.table)
                    .and_where(Expr::col(key.column).is_not_null())
                    .take()
            })
        });
        let mut evidence = pair(SubjectType::Source, Expr::col("source_id"));
        evidence.expr_as(Expr::col("subject_type"), "from_subject").expr_as(Expr::col("subject_id"), "from_id");
        evidence.from("evidence").and_where(Expr::col("removed_revision").is_null());
        evidence.and_where(Expr::col("subject_type").is_in(around.iter().map(|other| other.word())));
        let edges = union(columns.chain([evidence]), UnionType::All);
        let mut step = Query::select().column(("edge", "subject")).column(("edge", "id")).from("around").take();
        let meets = Expr::col(("edge", "from_subject")).equals(("around", "subject"));
        step.join_subquery(
            JoinType::InnerJoin,
            edges,
            "edge",
            meets.and(Expr::col(("edge", "from_id")).equals(("around", "id"))),
        );
        let mut closure = union(seeds, UnionType::Distinct);
        closure.union(UnionType::Distinct, step);
        let table =
            CommonTableExpression::new().table_name("around").columns(["subject", "id"]).query(closure).to_owned();
        let with = WithClause::new().recursive(true).cte(table).to_owned();
        let mut chosen = Query::select().column("id").from("around").take();
        chosen.and_where(Expr::col("subject").eq(subject.word())).with_cte(with).take()
    }
}

/// Returns the types of sources and of the subjects that sources refer to.
fn around_sources() -> Vec<SubjectType> {
    SubjectType::ALL.iter().skip_while(|subject| **subject != SubjectType::Source).copied().collect()
}

/// Returns the union of queries.
fn union(queries: impl Iterator<Item = SelectStatement>, kind: UnionType) -> SelectStatement {
    let united = queries.reduce(|mut all, query| all.union(kind, query).take());
    united.unwrap_or_default()
}

/// Checks that a filter names a subject that exists.
///
/// # Errors
/// There is none with this slug.
pub async fn exists<D: Persist>(db: &impl ConnectionTrait, slug: Option<&Slug>) -> Result<()> {
    if let Some(slug) = slug
        && find::<D>(db, &[slug]).await?.is_empty()
    {
        return Err(Error::NotFound { subject: D::SUBJECT.table(), slug: slug.to_string() });
    }
    Ok(())
}
