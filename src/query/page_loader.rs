//! Pages of lists, and how many rows a list has.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use derive_where::derive_where;
use futures_util::future::try_join_all;
use sea_orm::{DbBackend, EntityTrait};

use crate::error::{Error, Result};
use crate::query::cache::{Asked, Shelved};
use crate::query::db_loader::Reader;
use crate::query::keyset::{Facet, Listing, Page, Tally};

/// A page of a list, of one parent or of none.
#[derive_where(Clone, PartialEq, Eq, Hash)]
pub struct PageOf<E> {
    /// The place of the field in the request's document. Arguments are the same wherever that field is resolved, so it
    /// tells lists apart.
    pub field: (usize, usize),
    /// The parent's id; 0 for none.
    pub parent: i32,
    /// What to list.
    #[derive_where(skip(EqHashOrd))]
    pub listing: Arc<Listing<E>>,
    /// The database that it is asked of.
    #[derive_where(skip(EqHashOrd))]
    pub backend: DbBackend,
}

impl<E: EntityTrait> Shelved for PageOf<E> {
    fn asked(&self) -> Asked {
        Asked::Statement(self.listing.page_text(self.backend, self.parent))
    }
}

impl<E> Loader<PageOf<E>> for Reader
where
    E: EntityTrait + 'static,
    E::Model: Send + Sync,
{
    type Value = Arc<Page<Arc<E::Model>>>;
    type Error = Error;

    async fn load(&self, keys: &[PageOf<E>]) -> Result<HashMap<PageOf<E>, Self::Value>> {
        let lists = by_field(keys).into_iter().map(async |(list, parents)| {
            let mut pages = list.listing.pages(self.db(), &parents).await?;
            let page = |parent| Arc::new(pages.remove(&parent).unwrap_or_else(Page::empty));
            let pages = parents.iter().copied().map(page).collect::<Vec<_>>();
            Ok::<_, Error>(parents.into_iter().map(move |parent| PageOf { parent, ..list.clone() }).zip(pages))
        });
        Ok(try_join_all(lists).await?.into_iter().flatten().collect())
    }
}

/// How many rows a list has, whatever the page: in all, or for each value of a facet.
#[derive_where(Clone, PartialEq, Eq, Hash)]
pub struct TallyOf<E> {
    /// The list.
    pub list: PageOf<E>,
    /// What to count by; none counts all rows together.
    pub facet: Option<&'static Facet>,
}

impl<E: EntityTrait> Shelved for TallyOf<E> {
    fn asked(&self) -> Asked {
        Asked::Statement(self.list.listing.tally_text(self.list.backend, self.list.parent, self.facet))
    }
}

impl<E: EntityTrait + 'static> Loader<TallyOf<E>> for Reader {
    type Value = Vec<Tally>;
    type Error = Error;

    async fn load(&self, keys: &[TallyOf<E>]) -> Result<HashMap<TallyOf<E>, Self::Value>> {
        let mut lists = HashMap::<_, Vec<&TallyOf<E>>>::new();
        for key in keys {
            lists.entry((key.list.field, key.facet.map(|facet| facet.value))).or_default().push(key);
        }
        let lists = lists.into_values().map(async |keys| {
            let parents = keys.iter().map(|key| key.list.parent).collect::<Vec<_>>();
            let mut tallies = keys[0].list.listing.tally(self.db(), &parents, keys[0].facet).await?;
            let take = |key: &TallyOf<E>| (key.clone(), tallies.remove(&key.list.parent).unwrap_or_default());
            Ok::<_, Error>(keys.into_iter().map(take).collect::<Vec<_>>())
        });
        Ok(try_join_all(lists).await?.into_iter().flatten().collect())
    }
}

/// The lists that keys are about, each with the parents it is wanted for.
fn by_field<E>(keys: &[PageOf<E>]) -> Vec<(&PageOf<E>, Vec<i32>)> {
    let mut lists = HashMap::<_, (&PageOf<E>, Vec<i32>)>::new();
    for key in keys {
        lists.entry(key.field).or_insert_with(|| (key, Vec::new())).1.push(key.parent);
    }
    lists.into_values().collect()
}
