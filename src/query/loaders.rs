//! The loaders of a request: batches of keys, each read by one statement per type of key, behind the entity cache.

use std::sync::Arc;

use sea_orm::{ConnectionTrait, DbBackend, DbErr, EntityTrait};

use crate::db::database::Database;
use crate::error::Result;
use crate::query::as_of::ReadView;
use crate::query::batch::{DataLoader, Key, Loader};
use crate::query::cache::{CacheKey, CacheWeight, Cacheable, Dependent, EntityCache};
use crate::query::db_loader::DbLoader;
use crate::query::dependencies::{Dependencies, ReadSet};
use crate::query::page_loader::PageKey;
use crate::query::relation_keys::ById;
use crate::query::relation_loader::{RelationKey, RelationQuery};

/// The loaders of one request and one view of the catalog, behind the entity cache.
pub struct Loaders {
    loader: DataLoader<DbLoader>,
    /// None for as-of reads, which are too rare to be cached.
    cache: Option<EntityCache>,
    /// The dependencies of the response.
    reads: Arc<ReadSet>,
}

impl Loaders {
    /// Creates loaders without pending keys. Their batches are cancelled when they are dropped. As-of reads ignore `cache`. What
    /// is read is added to `reads`.
    pub fn new(view: ReadView, cache: Option<EntityCache>, reads: Arc<ReadSet>) -> Self {
        let cache = cache.filter(|_| view.is_now());
        Self { loader: DataLoader::new(DbLoader { view }), cache, reads }
    }

    /// Loads the value of a key; none if there is none.
    ///
    /// # Errors
    /// The database fails.
    pub async fn load_one<K>(&self, key: K) -> Result<Option<<DbLoader as Loader<K>>::Value>>
    where
        K: Key + Cacheable + Dependent<<DbLoader as Loader<K>>::Value>,
        DbLoader: Loader<K>,
        <DbLoader as Loader<K>>::Value: CacheWeight,
    {
        let cache_key = self.cache_key(&key);
        // Boxed, because this future is large and would enlarge the futures of all fields, cached ones too.
        let load = || Box::pin(self.loader.load(key.clone()));
        self.cached(cache_key, load, |value, dependencies| key.add_dependencies(value, dependencies)).await
    }

    /// Loads the rows that are related to an id.
    ///
    /// # Errors
    /// The database fails.
    pub async fn related<K: RelationQuery>(&self, key: K) -> Result<K::Value> {
        let load = || {
            let loaded = self.loader.load(RelationKey::of(&key));
            Box::pin(async { Ok(loaded.await?.and_then(|value| value.downcast_ref::<K::Value>().cloned())) })
        };
        // Never none: each key has a value, even without rows, and no other type of key has the same relation.
        let dependencies = |value: Option<&K::Value>, dependencies: &mut Dependencies| {
            dependencies.add_relation(&key.relation(), key.id(), &value.map(K::row_ids).unwrap_or_default());
        };
        let related = self.cached(self.cache_key(&key), load, dependencies).await?;
        related.ok_or_else(|| DbErr::Type(format!("{:?} was loaded with another type", key.relation())).into())
    }

    /// Loads the row with an id; none if there is none.
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

    /// Returns the cache key of a DataLoader key, with the cache. It is made before the value is read, so that a value is never
    /// cached under a later revision than the one that it was read at.
    fn cache_key(&self, key: &impl Cacheable) -> Option<(CacheKey, &EntityCache)> {
        let cache = self.cache.as_ref()?;
        cache.key(key).zip(Some(cache))
    }

    /// Returns the cached value, or loads and caches it. `add_dependencies` adds what it was read from.
    async fn cached<V, L>(
        &self,
        cache_key: Option<(CacheKey, &EntityCache)>,
        load: impl FnOnce() -> L,
        add_dependencies: impl FnOnce(Option<&V>, &mut Dependencies),
    ) -> Result<Option<V>>
    where
        V: CacheWeight + Clone + Send + Sync + 'static,
        L: Future<Output = Result<Option<V>>>,
    {
        if let Some((cache_key, cache)) = &cache_key
            && let Some((value, validity)) = cache.get(cache_key)
        {
            self.reads.add(validity.dependencies());
            return Ok(Some(value));
        }
        let value = load().await?;
        if cache_key.is_none() && !self.reads.is_recording() {
            return Ok(value);
        }
        let mut dependencies = Dependencies::default();
        add_dependencies(value.as_ref(), &mut dependencies);
        dependencies.compact();
        self.reads.add(&dependencies);
        if let (Some((cache_key, cache)), Some(value)) = (cache_key, &value) {
            cache.put(cache_key, value, dependencies);
        }
        Ok(value)
    }

    /// Returns whether a list has rows on the side that pagination starts at: before a forward page, after a backward page.
    ///
    /// # Errors
    /// The database fails.
    pub async fn has_rows_before<E: EntityTrait>(&self, list: &PageKey<E>) -> Result<bool> {
        if self.reads.is_recording() {
            let mut dependencies = Dependencies::default();
            list.add_list(&mut dependencies);
            self.reads.add(&dependencies);
        }
        list.query.has_rows_before(self.view(), list.parent).await
    }

    /// Returns the database, for writes.
    pub fn database(&self) -> &Database {
        self.view().database()
    }

    /// Returns whether the loaders read the current catalog.
    pub fn is_now(&self) -> bool {
        self.view().is_now()
    }

    /// Returns the kind of database.
    pub fn backend(&self) -> DbBackend {
        self.view().get_database_backend()
    }

    /// Returns the view of the catalog, for statements that a request sends only once. From then on the response counts as read
    /// from the whole catalog.
    pub fn db(&self) -> &ReadView {
        self.reads.add_everything();
        self.view()
    }

    fn view(&self) -> &ReadView {
        &self.loader.loader().view
    }
}
