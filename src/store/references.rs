//! References between subjects: documents refer to each other by slugs, and rows by ids.

use std::collections::HashMap;

use entity::vocabulary::SubjectType;
use sea_orm::{
    ConnectionTrait, DbBackend, ExprTrait,
    sea_query::{Condition, Expr, Order, Query, SelectStatement},
};

use crate::db::bulk::distinct;
use crate::db::sql::in_array;
use crate::domain::document::{Reference, SubjectDocument};
use crate::domain::slug::Slug;
use crate::error::{Error, Result};

/// The ids of the subjects that documents refer to.
#[derive(Debug, Default)]
pub struct ReferenceIds(HashMap<SubjectType, HashMap<String, i32>>);

impl ReferenceIds {
    /// Finds the subjects that documents refer to, by one statement for each type of subject. Those that do not exist are
    /// left out.
    ///
    /// # Errors
    /// The database fails.
    pub async fn find<D: SubjectDocument>(db: &impl ConnectionTrait, documents: &[&D]) -> Result<Self> {
        let mut slugs = HashMap::<_, Vec<_>>::new();
        for document in documents {
            for Reference { subject, slug, .. } in document.references() {
                slugs.entry(subject).or_default().push(slug.as_str());
            }
        }
        let mut ids_by_type = HashMap::new();
        for (subject, slugs) in slugs {
            let slugs = distinct(slugs).into_iter().map(str::to_owned).collect::<Vec<_>>();
            let mut select = Query::select();
            select.columns(["id", "slug"]).from(subject.table());
            select.and_where(in_array(db.get_database_backend(), Expr::col("slug"), &slugs));
            let mut ids = HashMap::new();
            for row in db.query_all(&select).await? {
                ids.insert(row.try_get("", "slug")?, row.try_get("", "id")?);
            }
            ids_by_type.insert(subject, ids);
        }
        Ok(Self(ids_by_type))
    }

    /// Returns the id of a subject; none if it does not exist.
    pub fn get(&self, subject: SubjectType, slug: &Slug) -> Option<i32> {
        self.0.get(&subject)?.get(slug.as_str()).copied()
    }

    /// Returns the id of a subject.
    ///
    /// # Errors
    /// It does not exist.
    pub fn id_of(&self, subject: SubjectType, slug: &Slug) -> Result<i32> {
        let missing = || Error::NotFound { subject: subject.table(), slug: slug.to_string() };
        self.get(subject, slug).ok_or_else(missing)
    }

    /// Returns the id for the column of a reference of documents of type `D`. None for a subject of the same type that does not
    /// exist yet: [`base::write`](crate::store::documents::base::write) sets the column.
    ///
    /// # Errors
    /// A subject of another type does not exist.
    pub fn column_of<D: SubjectDocument>(&self, subject: SubjectType, slug: &Slug) -> Result<Option<i32>> {
        if subject == D::SUBJECT { Ok(self.get(subject, slug)) } else { self.id_of(subject, slug).map(Some) }
    }
}

/// Returns the message for a reference to a subject that does not exist.
pub fn missing(subject: SubjectType, slug: &Slug) -> String {
    format!("refers to the {} {:?}, which does not exist", subject.table(), slug.as_str())
}

/// Finds the sources with an address: at most two.
///
/// # Errors
/// The database fails.
pub async fn sources_at(db: &impl ConnectionTrait, url: &str) -> Result<Vec<Slug>> {
    let mut select = Query::select();
    select.column("slug").from("source").and_where(Expr::col("url").eq(url)).order_by("id", Order::Asc).limit(2);
    let rows = db.query_all(&select).await?;
    rows.iter().map(|row| Slug::from_column(row.try_get("", "slug")?)).collect()
}

/// The subjects that had slugs just before a revision, by type and slug.
pub struct PastHolders(HashMap<(SubjectType, String), i32>);

impl PastHolders {
    /// Finds the subjects that `references` meant just before the revision `number`, by one statement for each type of subject.
    ///
    /// # Errors
    /// The database fails.
    pub async fn find(db: &impl ConnectionTrait, references: &[Reference<'_>], number: i32) -> Result<Self> {
        let mut slugs = HashMap::<_, Vec<_>>::new();
        for Reference { subject, slug, .. } in references {
            slugs.entry(*subject).or_default().push(slug.as_str());
        }
        let mut holders = HashMap::new();
        for (subject, slugs) in slugs {
            let slugs = distinct(slugs).into_iter().map(str::to_owned).collect::<Vec<_>>();
            for row in db.query_all(&select_holders(db.get_database_backend(), subject, &slugs, number)).await? {
                holders.insert((subject, row.try_get("", "subject_slug")?), row.try_get("", "subject_id")?);
            }
        }
        Ok(Self(holders))
    }

    /// Returns the id of the subject; none if no subject had the slug.
    pub fn get(&self, subject: SubjectType, slug: &Slug) -> Option<i32> {
        self.0.get(&(subject, slug.to_string())).copied()
    }
}

/// Selects the subjects that last had slugs before the revision `number`. An import may refer to a model that it saves later:
/// for a slug that no model had before, selects the first model that had it afterwards.
fn select_holders(backend: DbBackend, subject: SubjectType, slugs: &[String], number: i32) -> SelectStatement {
    let numbers = |bound: Expr, nearest: Expr| {
        let mut select = Query::select();
        select.expr(nearest).from("revision").and_where(Expr::col("subject_type").eq(subject.word()));
        select.and_where(in_array(backend, Expr::col("subject_slug"), slugs)).and_where(bound);
        select.group_by_col("subject_slug").take()
    };
    let before = numbers(Expr::col("number").lt(number), Expr::col("number").max());
    let after = numbers(Expr::col("number").gt(number), Expr::col("number").min());
    let in_numbers =
        Condition::any().add(Expr::col("number").in_subquery(before)).add(Expr::col("number").in_subquery(after));
    let mut select = Query::select();
    select.columns(["subject_slug", "subject_id"]).from("revision").cond_where(in_numbers);
    // Without deletions. Of the remaining revisions of a slug, the earlier one is read last and decides.
    select.and_where(Expr::col("after").is_not_null()).order_by("number", Order::Desc).take()
}

/// The slugs of the subjects that rows refer to.
pub struct SlugIndex(HashMap<(SubjectType, i32), Slug>);

impl SlugIndex {
    /// Reads the slugs of subjects, by one statement for each type of subject.
    ///
    /// # Errors
    /// The database fails.
    pub async fn read(
        db: &impl ConnectionTrait,
        ids: impl IntoIterator<Item = (SubjectType, Option<i32>)>,
    ) -> Result<Self> {
        let mut by_type = HashMap::<_, Vec<_>>::new();
        for (subject, id) in ids.into_iter().filter_map(|(subject, id)| Some((subject, id?))) {
            by_type.entry(subject).or_default().push(id);
        }
        let mut slugs = HashMap::new();
        for (subject, ids) in by_type {
            let mut select = Query::select();
            select.columns(["id", "slug"]).from(subject.table());
            select.and_where(in_array(db.get_database_backend(), Expr::col("id"), &distinct(ids)));
            for row in db.query_all(&select).await? {
                let slug = Slug::from_column(row.try_get("", "slug")?)?;
                slugs.insert((subject, row.try_get("", "id")?), slug);
            }
        }
        Ok(Self(slugs))
    }

    /// Returns the slug of a subject; none if there is no id. Foreign keys ensure that the subject exists.
    pub fn get(&self, subject: SubjectType, id: Option<i32>) -> Option<Slug> {
        self.0.get(&(subject, id?)).cloned()
    }
}
