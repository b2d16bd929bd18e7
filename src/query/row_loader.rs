//! Loads rows by their slugs, in one statement per batch.

use std::{collections::HashMap, marker::PhantomData, sync::Arc};

use async_graphql::dataloader::Loader;
use derive_where::derive_where;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, ExprTrait, FromQueryResult, QueryTrait, sea_query::Expr};

use crate::db::sql::in_array;
use crate::error::{Error, Result};
use crate::query::cache::{CacheQuery, Cacheable};
use crate::query::db_loader::DbLoader;

/// The key of the row with a slug.
#[derive_where(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BySlug<E> {
    slug: String,
    entity: PhantomData<fn() -> E>,
}

impl<E> BySlug<E> {
    /// Creates the key of the row with this slug.
    pub fn new(slug: String) -> Self {
        Self { slug, entity: PhantomData }
    }
}

impl<E: EntityTrait> Cacheable for BySlug<E> {
    fn cache_query(&self) -> CacheQuery {
        CacheQuery::Slug(E::default().table_name(), self.slug.clone())
    }
}

impl<E> Loader<BySlug<E>> for DbLoader
where
    E: EntityTrait + 'static,
    E::Model: Send + Sync,
{
    type Value = Arc<E::Model>;
    type Error = Error;

    async fn load(&self, keys: &[BySlug<E>]) -> Result<HashMap<BySlug<E>, Self::Value>> {
        let slugs = keys.iter().map(|key| key.slug.clone()).collect::<Vec<_>>();
        let column = Expr::col((E::default().table_name(), "slug"));
        let mut select = E::find().into_query();
        // Every planner uses the index for a plain comparison.
        select.and_where(match &slugs[..] {
            [slug] => column.eq(slug.as_str()),
            slugs => in_array(self.view.get_database_backend(), column, slugs),
        });
        let rows = self.view.query_all(&select).await?;
        let rows = rows.iter().map(|row| {
            let slug = row.try_get("", "slug")?;
            Ok((BySlug::new(slug), Arc::new(E::Model::from_query_result(row, "")?)))
        });
        Ok(rows.collect::<Result<_, DbErr>>()?)
    }
}
