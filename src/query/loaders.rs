//! Reading in batches: however many resolvers ask, one statement answers all that ask at the same time.
//!
//! A key says what is asked for. Those of one request are gathered by async-graphql's `DataLoader`.

use std::{hash::Hash, sync::Arc};

use crate::query::relation_loader::RelationKey;
use async_graphql::{
    dataloader::{DataLoader, Loader},
    runtime::Timer,
};
use futures_util::future::BoxFuture;
use sea_orm::{DbErr, EntityTrait};

use crate::db::database::Database;
use crate::db::deadline::RequestSpawner;
use crate::error::{Error, Result};
use crate::query::as_of::ReadView;
use crate::query::cache::{CacheKey, CacheWeight, Cacheable, EntityCache};
use crate::query::db_loader::DbLoader;
use crate::query::relation_keys::ById;
use crate::query::relation_loader::RelationQuery;

/// Gathers the reads of one request into batches, and does without those that the cache answers.
pub struct Loaders {
    loader: DataLoader<DbLoader>,
    /// None in the past, which is asked for too seldom to be kept.
    cache: Option<EntityCache>,
}

impl Loaders {
    /// New batches. What loads them ends with them.
    pub fn new(view: ReadView, cache: Option<EntityCache>) -> Self {
        let cache = cache.filter(|_| view.is_now());
        // A batch is as large as a request can make it, so that a relation never takes a second statement.
        let loader =
            DataLoader::new(DbLoader { view }, RequestSpawner::default(), YieldTimer).max_batch_size(usize::MAX);
        Self { loader, cache }
    }

    /// What a key stands for.
    ///
    /// # Errors
    /// The database fails.
    pub async fn load_one<K>(&self, key: K) -> Result<Option<<DbLoader as Loader<K>>::Value>>
    where
        K: Cacheable + Clone + Eq + Hash + Send + Sync + 'static,
        DbLoader: Loader<K, Error = Error>,
        <DbLoader as Loader<K>>::Value: CacheWeight,
    {
        let cache_key = self.cache_key(&key);
        // Apart, because what waits here is large, and a field that does without it need not be.
        self.cached(cache_key, || Box::pin(self.loader.load_one(key))).await
    }

    /// What belongs to an id.
    ///
    /// # Errors
    /// The database fails.
    pub async fn related<K: RelationQuery>(&self, key: K) -> Result<K::Value> {
        let load = || {
            let part = self.loader.load_one(RelationKey::of(&key));
            Box::pin(async { Ok(part.await?.and_then(|brought| brought.downcast_ref::<K::Value>().cloned())) })
        };
        // Every key has its array, be it empty, and no other kind of key has its relation.
        let related = self.cached(self.cache_key(&key), load).await?;
        related.ok_or_else(|| DbErr::Type(format!("{:?} is not what was asked for", key.relation())).into())
    }

    /// The row with an id.
    ///
    /// # Errors
    /// The database fails.
    pub async fn row<E>(&self, id: i32) -> Result<Option<Arc<E::Model>>>
    where
        ById<E>: RelationQuery<Value = Option<Arc<E::Model>>>,
        E: EntityTrait,
    {
        self.related(ById::<E>::new(id)).await
    }

    /// Where a key stands on the cache now, so that what is read stands under no later revision than it is of.
    fn cache_key(&self, key: &impl Cacheable) -> Option<(CacheKey, &EntityCache)> {
        let cache = self.cache.as_ref()?;
        cache.key(key).zip(Some(cache))
    }

    /// What stands at a place, put there if it does not.
    async fn cached<V, L>(
        &self,
        cache_key: Option<(CacheKey, &EntityCache)>,
        load: impl FnOnce() -> L,
    ) -> Result<Option<V>>
    where
        V: CacheWeight + Clone + Send + Sync + 'static,
        L: Future<Output = Result<Option<V>>>,
    {
        if let Some((cache_key, cache)) = &cache_key
            && let Some(value) = cache.get(cache_key)
        {
            return Ok(Some(value));
        }
        let value = load().await?;
        if let (Some((cache_key, cache)), Some(value)) = (cache_key, &value) {
            cache.put(cache_key, value);
        }
        Ok(value)
    }

    /// The database, for those who write.
    pub fn database(&self) -> &Database {
        self.db().database()
    }

    /// What to read from, for what is read once in a request.
    pub fn db(&self) -> &ReadView {
        &self.loader.loader().view
    }
}

/// Sends a batch as soon as every resolver that is ready has put its keys in: after the executor has gone round once.
struct YieldTimer;

impl Timer for YieldTimer {
    fn delay(&self, _: std::time::Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::task::yield_now())
    }
}
