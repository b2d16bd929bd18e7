//! Loads rows by their slugs, in one statement per batch, and a second one for slugs that subjects had earlier.

use std::{marker::PhantomData, sync::Arc};

use derive_where::derive_where;
use entity::vocabulary::SubjectType;
use sea_orm::{
    ConnectionTrait, EntityTrait, ExprTrait, QueryTrait,
    sea_query::{Expr, Query, SelectStatement},
};
use serde::de::DeserializeOwned;

use crate::db::sql::in_array;
use crate::error::Result;
use crate::query::batch::{Loader, Values};
use crate::query::cache::{CacheQuery, Cacheable, Dependent};
use crate::query::db_loader::DbLoader;
use crate::query::dependencies::{Dependencies, slug_of};
use crate::query::json_rows::{self, Row};

/// The key of the row with a slug: of the subject that has it, or else of the one that last had it, if that still exists.
#[derive_where(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BySlug<E> {
    subject: SubjectType,
    slug: String,
    entity: PhantomData<fn() -> E>,
}

impl<E> BySlug<E> {
    /// Creates the key of the row with this slug. `subject` is the type of the rows.
    pub fn new(subject: SubjectType, slug: String) -> Self {
        Self { subject, slug, entity: PhantomData }
    }
}

impl<E: EntityTrait> Cacheable for BySlug<E> {
    fn cache_query(&self) -> CacheQuery {
        CacheQuery::Slug(E::default().table_name(), self.slug.clone())
    }
}

impl<E: EntityTrait> Dependent<Arc<E::Model>> for BySlug<E> {
    fn add_dependencies(&self, row: Option<&Arc<E::Model>>, dependencies: &mut Dependencies) {
        match row {
            // While it has the slug, no other subject can.
            Some(row) if slug_of(&**row).is_some_and(|slug| slug == self.slug) => dependencies.add_row(&**row),
            // Another may get it.
            _ => dependencies.add_type(self.subject),
        }
    }
}

impl<E> Loader<BySlug<E>> for DbLoader
where
    E: EntityTrait + 'static,
    E::Model: DeserializeOwned + Send + Sync,
{
    type Value = Arc<E::Model>;

    async fn load(&self, keys: &[BySlug<E>]) -> Result<Values<BySlug<E>, Self::Value>> {
        let mut rows = self.rows_by_slug(keys).await?;
        let missing = keys.iter().filter(|key| !rows.contains_key(key)).cloned().collect::<Vec<_>>();
        if !missing.is_empty() {
            rows.extend(self.rows_by_earlier_slug(&missing).await?);
        }
        Ok(rows)
    }
}

type RowsBySlug<E> = Values<BySlug<E>, Arc<<E as EntityTrait>::Model>>;

/// The column with the slug that a subject had earlier.
const EARLIER_SLUG: &str = "earlier_slug";

impl DbLoader {
    /// Returns the rows of subjects that have the slugs.
    async fn rows_by_slug<E: EntityTrait<Model: DeserializeOwned>>(&self, keys: &[BySlug<E>]) -> Result<RowsBySlug<E>> {
        let slugs = keys.iter().map(|key| key.slug.clone()).collect::<Vec<_>>();
        let column = Expr::col((E::default().table_name(), "slug"));
        let mut select = E::find().into_query();
        // Every planner uses the index for a plain comparison.
        select.and_where(match &slugs[..] {
            [slug] => column.eq(slug.as_str()),
            slugs => in_array(self.view.get_database_backend(), column, slugs),
        });
        self.rows(select, keys, "slug").await
    }

    /// Returns the rows of subjects that have other slugs now: for each slug, of the subject of the last revision with it.
    async fn rows_by_earlier_slug<E>(&self, keys: &[BySlug<E>]) -> Result<RowsBySlug<E>>
    where
        E: EntityTrait<Model: DeserializeOwned>,
    {
        let Some(subject) = keys.first().map(|key| key.subject) else { return Ok(Values::default()) };
        let slugs = keys.iter().map(|key| key.slug.clone()).collect::<Vec<_>>();
        let mut last = Query::select();
        last.expr(Expr::col("number").max()).from("revision").and_where(Expr::col("subject_type").eq(subject.word()));
        last.and_where(in_array(self.view.get_database_backend(), Expr::col("subject_slug"), &slugs));
        last.group_by_col("subject_slug");
        let mut select = E::find().into_query();
        select.expr_as(Expr::col(("revision", "subject_slug")), EARLIER_SLUG);
        select.inner_join("revision", Expr::col(("revision", "subject_id")).equals((subject.table(), "id")));
        select.and_where(Expr::col(("revision", "number")).in_subquery(last));
        self.rows(select, keys, EARLIER_SLUG).await
    }

    /// Reads rows, each by the key with the slug in a column.
    async fn rows<E: EntityTrait<Model: DeserializeOwned>>(
        &self,
        select: SelectStatement,
        keys: &[BySlug<E>],
        slug: &'static str,
    ) -> Result<RowsBySlug<E>> {
        let Some(subject) = keys.first().map(|key| key.subject) else { return Ok(Values::default()) };
        let rows = json_rows::read::<E, String>(&self.view, select, Expr::col(slug)).await?;
        Ok(rows.into_iter().map(|(slug, Row(row))| (BySlug::new(subject, slug), row)).collect())
    }
}
