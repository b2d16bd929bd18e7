//! Loads pages of connections and their counts, in one statement per connection for all parents of a batch.

use std::{collections::HashMap, sync::Arc};

use derive_where::derive_where;
use futures_util::future::try_join_all;
use sea_orm::{DbBackend, EntityTrait};
use serde::de::DeserializeOwned;
use tokio::sync::Semaphore;

use crate::db::connection_share::MAX_CONNECTIONS_PER_REQUEST;
use crate::error::{Error, Result};
use crate::query::batch::{Loader, Values};
use crate::query::cache::{CacheQuery, Cacheable, Dependent, StatementHash};
use crate::query::db_loader::DbLoader;
use crate::query::dependencies::Dependencies;
use crate::query::keyset::{Facet, FacetCount, ListQuery, Page};

/// The largest number of statements of a batch that are built at once. Each has copies of all values of its conditions, and a
/// request uses few connections at once.
const MAX_STATEMENTS: usize = MAX_CONNECTIONS_PER_REQUEST;

/// The key of a page of a list, of one parent or of none.
#[derive_where(Clone, PartialEq, Eq, Hash)]
pub struct PageKey<E> {
    /// The line and column of the field in the GraphQL document. They identify the list query, because the arguments of a
    /// field are the same for all parents.
    pub field: (usize, usize),
    /// The parent's id; 0 if the list has no parent.
    pub parent: i32,
    /// The rows to list, and the page of them.
    #[derive_where(skip(EqHashOrd))]
    pub query: Arc<ListQuery<E>>,
    /// The kind of database, whose SQL is part of the cache key.
    #[derive_where(skip(EqHashOrd))]
    pub backend: DbBackend,
}

impl<E: EntityTrait> Cacheable for PageKey<E> {
    fn cache_query(&self) -> CacheQuery {
        let statement = self.query.page_statement_text(self.backend, self.parent);
        CacheQuery::Statement(StatementHash::of(&statement))
    }
}

impl<E: EntityTrait> PageKey<E> {
    /// Adds which rows the list has, and their order.
    pub fn add_list(&self, dependencies: &mut Dependencies) {
        let parent = self.query.parent.map(|parent| (parent.column, self.parent));
        let sql = self.query.page_sql(self.backend, self.parent);
        dependencies.add_list(&sql, E::default().table_name(), parent);
    }
}

impl<E: EntityTrait> Dependent<Arc<Page<Arc<E::Model>>>> for PageKey<E> {
    fn add_dependencies(&self, page: Option<&Arc<Page<Arc<E::Model>>>>, dependencies: &mut Dependencies) {
        self.add_list(dependencies);
        for (_, row) in page.iter().flat_map(|page| &page.rows) {
            dependencies.add_row(&**row);
        }
    }
}

impl<E> Loader<PageKey<E>> for DbLoader
where
    E: EntityTrait + 'static,
    E::Model: DeserializeOwned + Send + Sync,
{
    type Value = Arc<Page<Arc<E::Model>>>;

    async fn load(&self, keys: &[PageKey<E>]) -> Result<Values<PageKey<E>, Self::Value>> {
        let statements = Semaphore::new(MAX_STATEMENTS);
        let lists = by_field(keys).into_iter().map(async |(list, parents)| {
            let _permit = statements.acquire().await;
            let mut pages = list.query.pages(&self.view, &parents).await?;
            let page = |parent| Arc::new(pages.remove(&parent).unwrap_or_else(Page::empty));
            let pages = parents.iter().copied().map(page).collect::<Vec<_>>();
            Ok::<_, Error>(parents.into_iter().map(move |parent| PageKey { parent, ..list.clone() }).zip(pages))
        });
        Ok(try_join_all(lists).await?.into_iter().flatten().collect())
    }
}

/// The key of the number of rows of a whole list, regardless of pagination: of all rows, or for each value of a facet.
#[derive_where(Clone, PartialEq, Eq, Hash)]
pub struct CountKey<E> {
    /// The list.
    pub list: PageKey<E>,
    /// The facet to count by; none counts all rows together.
    pub facet: Option<&'static Facet>,
}

impl<E: EntityTrait> Cacheable for CountKey<E> {
    fn cache_query(&self) -> CacheQuery {
        let statement = self.list.query.count_statement_text(self.list.backend, self.list.parent, self.facet);
        CacheQuery::Statement(StatementHash::of(&statement))
    }
}

impl<E: EntityTrait, V> Dependent<V> for CountKey<E> {
    fn add_dependencies(&self, _: Option<&V>, dependencies: &mut Dependencies) {
        match self.facet {
            None => self.list.add_list(dependencies),
            Some(facet) => {
                let sql = self.list.query.count_sql(self.list.backend, self.list.parent, facet);
                dependencies.add_statement(&sql);
            }
        }
    }
}

impl<E: EntityTrait + 'static> Loader<CountKey<E>> for DbLoader {
    type Value = Vec<FacetCount>;

    async fn load(&self, keys: &[CountKey<E>]) -> Result<Values<CountKey<E>, Self::Value>> {
        let mut lists = HashMap::<_, Vec<&CountKey<E>>>::new();
        for key in keys {
            lists.entry((key.list.field, key.facet.map(|facet| facet.value))).or_default().push(key);
        }
        let statements = Semaphore::new(MAX_STATEMENTS);
        let lists = lists.into_values().map(async |keys| {
            let _permit = statements.acquire().await;
            let parents = keys.iter().map(|key| key.list.parent).collect::<Vec<_>>();
            let mut counts = keys[0].list.query.count(&self.view, &parents, keys[0].facet).await?;
            let with_counts = |key: &CountKey<E>| (key.clone(), counts.remove(&key.list.parent).unwrap_or_default());
            Ok::<_, Error>(keys.into_iter().map(with_counts).collect::<Vec<_>>())
        });
        Ok(try_join_all(lists).await?.into_iter().flatten().collect())
    }
}

/// Groups keys by their list. Returns one key of each list, with the parents of all of them.
fn by_field<E>(keys: &[PageKey<E>]) -> Vec<(&PageKey<E>, Vec<i32>)> {
    let mut lists = HashMap::<_, (&PageKey<E>, Vec<i32>)>::new();
    for key in keys {
        lists.entry(key.field).or_insert_with(|| (key, Vec::new())).1.push(key.parent);
    }
    lists.into_values().collect()
}
