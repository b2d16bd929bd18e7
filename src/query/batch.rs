//! The DataLoader, which avoids N+1 queries: the keys of all resolvers that wait at the same time are loaded together.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    hash::Hash,
    mem,
    sync::{Arc, Mutex, PoisonError},
};

use ahash::RandomState;
use indexmap::IndexSet;
use tokio::sync::oneshot;

use crate::db::deadline::RequestSpawner;
use crate::error::{Error, Result};

/// The values of keys. A key without a value is absent.
pub type Values<K, V> = HashMap<K, V, RandomState>;

/// A key that identifies a value.
pub trait Key: Clone + Eq + Hash + Send + Sync + 'static {}

impl<K: Clone + Eq + Hash + Send + Sync + 'static> Key for K {}

/// A function that loads the values of a batch of keys.
pub trait Loader<K: Key>: Send + Sync + 'static {
    /// The value of a key.
    type Value: Clone + Send + Sync + 'static;

    /// Loads the values of different keys.
    ///
    /// # Errors
    /// The database fails. Each key of the batch gets the error.
    fn load(&self, keys: &[K]) -> impl Future<Output = Result<Values<K, Self::Value>>> + Send;
}

/// Gathers the keys of a request into batches, one for each type of key. Dropping it cancels those that are being loaded.
pub struct DataLoader<L> {
    loader: Arc<L>,
    /// The open batch of each type of key, a `Batch`.
    open: Arc<Mutex<OpenBatches>>,
    tasks: RequestSpawner,
}

type OpenBatches = HashMap<TypeId, Box<dyn Any + Send>, RandomState>;

/// The keys that are loaded next, and the resolvers that wait for the value of each.
struct Batch<K, V> {
    keys: IndexSet<K, RandomState>,
    waiting: Vec<(usize, oneshot::Sender<Result<Option<V>>>)>,
}

impl<K, V> Default for Batch<K, V> {
    fn default() -> Self {
        Self { keys: IndexSet::default(), waiting: Vec::new() }
    }
}

impl<L: 'static> DataLoader<L> {
    /// Creates a loader of batches without keys.
    pub fn new(loader: L) -> Self {
        Self { loader: Arc::new(loader), open: Arc::default(), tasks: RequestSpawner::default() }
    }

    /// Returns what loads the batches.
    pub fn loader(&self) -> &L {
        &self.loader
    }

    /// Loads the value of a key with the batch that is open; none if the key has none.
    ///
    /// # Errors
    /// See [`Loader::load`].
    ///
    /// # Panics
    /// The loader panics.
    pub async fn load<K: Key>(&self, key: K) -> Result<Option<L::Value>>
    where
        L: Loader<K>,
    {
        let (sender, receiver) = oneshot::channel();
        let is_first = with_open::<K, L::Value, _>(&self.open, |batch| {
            let (position, _) = batch.keys.insert_full(key);
            batch.waiting.push((position, sender));
            batch.waiting.len() == 1
        });
        if is_first {
            let (loader, open) = (Arc::clone(&self.loader), Arc::clone(&self.open));
            self.tasks.spawn(async move {
                // By then every resolver that is ready has added its keys.
                tokio::task::yield_now().await;
                let Batch { keys, waiting } = with_open(&open, mem::take);
                let keys = keys.into_iter().collect::<Vec<K>>();
                let values = loader.load(&keys).await;
                for (position, sender) in waiting {
                    let value = values.as_ref().map(|values| values.get(&keys[position]).cloned());
                    // Fails if the resolver was cancelled meanwhile.
                    let _ = sender.send(value.map_err(Error::clone));
                }
            });
        }
        match receiver.await {
            Ok(value) => value,
            // The batch panicked, so the request does.
            Err(_) => panic!("a batch ended without its values"),
        }
    }
}

/// Calls a function with the open batch of a type of key.
fn with_open<K: Key, V: Send + 'static, T>(
    open: &Mutex<OpenBatches>,
    function: impl FnOnce(&mut Batch<K, V>) -> T,
) -> T {
    let mut open = open.lock().unwrap_or_else(PoisonError::into_inner);
    let batch = open.entry(TypeId::of::<Batch<K, V>>()).or_insert_with(|| Box::new(Batch::<K, V>::default()));
    match batch.downcast_mut() {
        Some(batch) => function(batch),
        None => unreachable!("a type has one id"),
    }
}
