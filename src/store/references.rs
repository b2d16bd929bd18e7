//! References: documents name each other by slugs, and rows by ids.

use std::collections::HashMap;

use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, Query},
};

use crate::db::bulk::distinct;
use crate::db::sql::in_array;
use crate::domain::document::{Reference, SubjectDocument};
use crate::domain::slug::Slug;
use crate::error::{Error, Result};

/// The ids of the subjects that documents refer to.
#[derive(Debug, Default)]
pub struct ReferenceIds(HashMap<&'static str, HashMap<String, i32>>);

impl ReferenceIds {
    /// Finds what documents refer to, by a statement for each noun.
    pub async fn find<D: SubjectDocument>(db: &impl ConnectionTrait, documents: &[&D]) -> Result<Self> {
        let mut slugs = HashMap::<_, Vec<_>>::new();
        for document in documents {
            for Reference { noun, slug, .. } in document.references() {
                slugs.entry(noun).or_default().push(slug.as_str());
            }
        }
        let mut found = HashMap::new();
        for (noun, slugs) in slugs {
            let slugs = distinct(slugs).into_iter().map(str::to_owned).collect::<Vec<_>>();
            let mut select = Query::select();
            // A table is named after its noun.
            select.columns(["id", "slug"]).from(noun);
            select.and_where(in_array(db.get_database_backend(), Expr::col("slug"), &slugs));
            let mut ids = HashMap::new();
            for row in db.query_all(&select).await? {
                ids.insert(row.try_get("", "slug")?, row.try_get("", "id")?);
            }
            found.insert(noun, ids);
        }
        Ok(Self(found))
    }

    /// The id of what a noun and a slug name, where there is such a thing.
    pub fn get(&self, noun: &str, slug: &Slug) -> Option<i32> {
        self.0.get(noun)?.get(slug.as_str()).copied()
    }

    /// The id of what must be there.
    pub fn id<D: SubjectDocument>(&self, slug: &Slug) -> Result<i32> {
        let missing = || Error::NotFound { noun: D::TABLE_NAME, slug: slug.to_string() };
        self.get(D::TABLE_NAME, slug).ok_or_else(missing)
    }

    /// The same where there may be no reference.
    pub fn optional<D: SubjectDocument>(&self, slug: Option<&Slug>) -> Result<Option<i32>> {
        slug.map(|slug| self.id::<D>(slug)).transpose()
    }
}

/// The slugs of the subjects that rows refer to, by their ids.
pub struct SlugIndex(HashMap<i32, Slug>);

impl SlugIndex {
    /// Reads the slugs of subjects of one noun.
    pub async fn read<D: SubjectDocument>(db: &impl ConnectionTrait, ids: Vec<Option<i32>>) -> Result<Self> {
        let ids = distinct(ids.into_iter().flatten().collect());
        if ids.is_empty() {
            return Ok(Self(HashMap::new()));
        }
        let mut select = Query::select();
        select.columns(["id", "slug"]).from(D::TABLE_NAME);
        select.and_where(in_array(db.get_database_backend(), Expr::col("id"), &ids));
        let rows = db.query_all(&select).await?;
        let slugs = rows.iter().map(|row| Ok((row.try_get("", "id")?, Slug::from_column(row.try_get("", "slug")?)?)));
        Ok(Self(slugs.collect::<Result<_>>()?))
    }

    /// The slug of what has an id. Foreign keys see to it that it is there.
    pub fn get(&self, id: Option<i32>) -> Option<Slug> {
        self.0.get(&id?).cloned()
    }
}
