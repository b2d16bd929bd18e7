//! Reading what belongs to rows, in batches: one statement fetches a relation of any number of rows.
//!
//! A key type says which relation is meant, and so picks the statement. The batches of one request are gathered by
//! async-graphql's `DataLoader`.

mod page;
mod relation;
mod row;

use std::hash::Hash;

use async_graphql::{
    dataloader::{DataLoader, Loader},
    runtime::Timer,
};
use futures_util::future::BoxFuture;

pub use page::{PageOf, TallyOf};
pub use relation::{DatasetsOf, DerivedFrom, LinksOf, OrganizationsOf, Shared, SizesOf};
pub use row::{ById, BySlug};

use super::{
    database::Database,
    past::View,
    patience::Helpers,
    shelf::{Shelf, Shelved, Weigh},
};
use crate::error::{Error, Result};

/// Reads from the catalog, as it is or as it was.
pub struct Reader {
    view: View,
}

/// Gathers the reads of one request into batches, and does without those that the shelf answers.
pub struct Batches {
    loader: DataLoader<Reader>,
    /// None in the past, which is asked for too seldom to be kept.
    shelf: Option<Shelf>,
}

impl Batches {
    /// New batches. What loads them ends with them.
    pub fn new(view: View) -> Self {
        let shelf = view.is_now().then(|| view.database().shelf().clone());
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
        let shelf = self.shelf.as_ref();
        // The place is of now, so that what is read stands under no later revision than it is of.
        let place = shelf.and_then(|shelf| shelf.place(&key)).zip(shelf);
        if let Some((place, shelf)) = &place
            && let Some(value) = shelf.get(place)
        {
            return Ok(Some(value));
        }
        // Apart, because what waits here is large, and a field that does without it need not be.
        let value = Box::pin(self.loader.load_one(key)).await?;
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

impl Reader {
    fn db(&self) -> &View {
        &self.view
    }
}
