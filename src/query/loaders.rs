//! Reading in batches: however many resolvers ask, one statement answers all that ask at the same time.
//!
//! A key says what is asked for. Those of one request are gathered by async-graphql's `DataLoader`.

use std::{hash::Hash, sync::Arc};

use crate::query::relation_loader::Part;
use async_graphql::{
    dataloader::{DataLoader, Loader},
    runtime::Timer,
};
use futures_util::future::BoxFuture;
use sea_orm::{DbErr, EntityTrait};

use crate::db::database::Database;
use crate::db::deadline::Helpers;
use crate::error::{Error, Result};
use crate::query::as_of::View;
use crate::query::cache::{Place, Shelf, Shelved, Weigh};
use crate::query::db_loader::Reader;
use crate::query::relation_keys::ById;
use crate::query::relation_loader::Related;

/// Gathers the reads of one request into batches, and does without those that the shelf answers.
pub struct Batches {
    loader: DataLoader<Reader>,
    /// None in the past, which is asked for too seldom to be kept.
    shelf: Option<Shelf>,
}

impl Batches {
    /// New batches. What loads them ends with them.
    pub fn new(view: View, shelf: Option<Shelf>) -> Self {
        let shelf = shelf.filter(|_| view.is_now());
        // A batch is as large as a request can make it, so that a relation never takes a second statement.
        let loader = DataLoader::new(Reader { view }, Helpers::default(), NextTurn).max_batch_size(usize::MAX);
        Self { loader, shelf }
    }

    /// What a key stands for.
    ///
    /// # Errors
    /// The database fails.
    pub async fn load_one<K>(&self, key: K) -> Result<Option<<Reader as Loader<K>>::Value>>
    where
        K: Shelved + Clone + Eq + Hash + Send + Sync + 'static,
        Reader: Loader<K, Error = Error>,
        <Reader as Loader<K>>::Value: Weigh,
    {
        let place = self.place(&key);
        // Apart, because what waits here is large, and a field that does without it need not be.
        self.keep(place, || Box::pin(self.loader.load_one(key))).await
    }

    /// What belongs to an id.
    ///
    /// # Errors
    /// The database fails.
    pub async fn related<K: Related>(&self, key: K) -> Result<K::Value> {
        let load = || {
            let part = self.loader.load_one(Part::of(&key));
            Box::pin(async { Ok(part.await?.and_then(|brought| brought.downcast_ref::<K::Value>().cloned())) })
        };
        // Every key has its array, be it empty, and no other kind of key has its relation.
        let related = self.keep(self.place(&key), load).await?;
        related.ok_or_else(|| DbErr::Type(format!("{:?} is not what was asked for", key.relation())).into())
    }

    /// The row with an id.
    ///
    /// # Errors
    /// The database fails.
    pub async fn row<E>(&self, id: i32) -> Result<Option<Arc<E::Model>>>
    where
        ById<E>: Related<Value = Option<Arc<E::Model>>>,
        E: EntityTrait,
    {
        self.related(ById::<E>::new(id)).await
    }

    /// Where a key stands on the shelf now, so that what is read stands under no later revision than it is of.
    fn place(&self, key: &impl Shelved) -> Option<(Place, &Shelf)> {
        let shelf = self.shelf.as_ref()?;
        shelf.place(key).zip(Some(shelf))
    }

    /// What stands at a place, put there if it does not.
    async fn keep<V, L>(&self, place: Option<(Place, &Shelf)>, load: impl FnOnce() -> L) -> Result<Option<V>>
    where
        V: Weigh + Clone + Send + Sync + 'static,
        L: Future<Output = Result<Option<V>>>,
    {
        if let Some((place, shelf)) = &place
            && let Some(value) = shelf.get(place)
        {
            return Ok(Some(value));
        }
        let value = load().await?;
        if let (Some((place, shelf)), Some(value)) = (place, &value) {
            shelf.put(place, value);
        }
        Ok(value)
    }

    /// The database, for those who write.
    pub fn database(&self) -> &Database {
        self.db().database()
    }

    /// What to read from, for what is read once in a request.
    pub fn db(&self) -> &View {
        &self.loader.loader().view
    }
}

/// Sends a batch as soon as every resolver that is ready has put its keys in: after the executor has gone round once.
struct NextTurn;

impl Timer for NextTurn {
    fn delay(&self, _: std::time::Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::task::yield_now())
    }
}
