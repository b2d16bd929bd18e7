//! What was read, kept across requests: rows and lists by what they were asked for, under the last revision. A new revision
//! leaves all of them behind at once; where this process would not hear of one, nothing is kept and nothing is given.

use std::{any::Any, sync::Arc};

use ahash::RandomState;
use entity::{architecture, dataset, license, model, model_size, organization, revision};
use moka::sync::Cache;
use prometheus_client::{
    metrics::{counter::Counter, family::Family},
    registry::Registry,
};

use crate::db::revision_tracker::RevisionTracker;
use crate::domain::link::ResolvedLink;
use crate::query::keyset::{FacetCount, Page};
use crate::query::relation::Relation;

/// What was read. Clones share it.
#[derive(Clone)]
pub struct EntityCache {
    kept: Option<Cache<CacheKey, Entry, RandomState>>,
    head: RevisionTracker,
    metrics: CacheMetrics,
}

/// The counters of lookups. Hits and misses are looked up in the family once, because that takes a lock.
#[derive(Clone)]
struct CacheMetrics {
    lookups: Family<[(&'static str, &'static str); 1], Counter>,
    hits: Counter,
    misses: Counter,
}

impl CacheMetrics {
    fn new() -> Self {
        let lookups = Family::default();
        Self {
            hits: lookups.get_or_create_owned(&[("result", "hit")]),
            misses: lookups.get_or_create_owned(&[("result", "miss")]),
            lookups,
        }
    }
}

/// Where something stands on the shelf.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CacheKey {
    revision: i32,
    asked: CacheQuery,
}

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CacheQuery {
    /// The row of a table with a slug.
    Slug(&'static str, String),
    /// What belongs to an id.
    Relation(Relation, i32),
    /// What a statement gives, with its values.
    Statement(String),
}

/// A key of which the shelf knows the place.
pub trait Cacheable {
    /// What it asks for.
    fn cache_query(&self) -> CacheQuery;
}

#[derive(Clone)]
struct Entry {
    value: Arc<dyn Any + Send + Sync>,
    bytes: u32,
}

/// What an entry takes beside its value.
const OVERHEAD: usize = 200;

impl EntityCache {
    /// Keeps at most about `megabytes`; 0 keeps nothing.
    pub fn new(megabytes: u32, head: RevisionTracker) -> Self {
        let cache = Cache::builder().max_capacity(u64::from(megabytes) << 20).weigher(|_, kept: &Entry| kept.bytes);
        Self {
            kept: (megabytes > 0).then(|| cache.build_with_hasher(RandomState::default())),
            head,
            metrics: CacheMetrics::new(),
        }
    }

    /// Registers the counters of lookups.
    pub fn register_metrics(&self, registry: &mut Registry) {
        let help = "Entity cache lookups of rows, relations and lists: hit (found in the cache) or miss (read from the database)";
        registry.register("entity_cache_requests", help, self.metrics.lookups.clone());
    }

    /// The place of something now; none where nothing is kept.
    pub fn key(&self, key: &impl Cacheable) -> Option<CacheKey> {
        self.kept.as_ref()?;
        let known = self.head.state();
        known.listening.then(|| CacheKey { revision: known.revision, asked: key.cache_query() })
    }

    /// What stands at a place.
    pub fn get<V: Clone + 'static>(&self, place: &CacheKey) -> Option<V> {
        let found = self.kept.as_ref()?.get(place);
        if found.is_some() { &self.metrics.hits } else { &self.metrics.misses }.inc();
        found?.value.downcast_ref::<V>().cloned()
    }

    /// Puts at a place what was read since that place was asked for.
    pub fn put<V: CacheWeight + Clone + Send + Sync + 'static>(&self, place: CacheKey, value: &V) {
        if let Some(kept) = &self.kept {
            let bytes = u32::try_from(value.bytes() + OVERHEAD).unwrap_or(u32::MAX);
            kept.insert(place, Entry { value: Arc::new(value.clone()), bytes });
        }
    }

    /// Forgets everything.
    pub fn clear(&self) {
        if let Some(kept) = &self.kept {
            kept.invalidate_all();
        }
    }

    /// Clears the shelf whenever the catalog moves on, for ever: nobody asks for the old any more.
    pub async fn clear_on_new_revision(self) {
        let mut head = self.head.watch();
        let mut last = head.borrow_and_update().revision;
        while head.changed().await.is_ok() {
            let revision = head.borrow_and_update().revision;
            if revision != last {
                self.clear();
                last = revision;
            }
        }
    }
}

/// How much memory something takes, about.
pub trait CacheWeight {
    /// In bytes.
    fn bytes(&self) -> usize;
}

impl<T: CacheWeight> CacheWeight for Vec<T> {
    fn bytes(&self) -> usize {
        self.iter().map(T::bytes).sum()
    }
}

impl<T: CacheWeight> CacheWeight for Option<T> {
    fn bytes(&self) -> usize {
        self.as_ref().map_or(0, T::bytes)
    }
}

impl<T: CacheWeight> CacheWeight for Arc<T> {
    fn bytes(&self) -> usize {
        self.as_ref().bytes()
    }
}

impl<T: CacheWeight> CacheWeight for Arc<[T]> {
    fn bytes(&self) -> usize {
        self.iter().map(T::bytes).sum()
    }
}

impl<M: CacheWeight> CacheWeight for Page<M> {
    fn bytes(&self) -> usize {
        // A cursor is a few values.
        self.rows.iter().map(|(_, row)| row.bytes() + 100).sum()
    }
}

impl CacheWeight for FacetCount {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.value.len() + self.label.len()
    }
}

/// Weighs a row by what its texts hold.
macro_rules! impl_cache_weight {
    ($($table:ident { $($text:ident)* ; $($optional:ident)* })*) => {
        $(impl CacheWeight for $table::Model {
            fn bytes(&self) -> usize {
                size_of::<Self>() $(+ self.$text.len())* $(+ self.$optional.as_ref().map_or(0, String::len))*
            }
        })*
    };
}

impl_cache_weight! {
    architecture { slug name name_key search_text ; }
    dataset { slug name name_key search_text ; }
    license { slug name name_key search_text ; spdx_id url conditions_zh conditions_en }
    model_size { label ; }
    organization { slug name name_key search_text ; name_zh name_en }
}

impl CacheWeight for model::Model {
    fn bytes(&self) -> usize {
        let texts = [&self.slug, &self.name, &self.name_key, &self.search_text].into_iter().chain(&self.aliases.0);
        let optional = [&self.summary_zh, &self.summary_en, &self.data_scale_text].into_iter().flatten();
        size_of::<Self>() + texts.chain(optional).map(|text| text.len() + size_of::<String>()).sum::<usize>()
    }
}

impl CacheWeight for ResolvedLink {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.url.as_str().len() + self.title.as_ref().map_or(0, String::len)
    }
}

impl CacheWeight for revision::Model {
    fn bytes(&self) -> usize {
        // A document in memory takes several times what it takes as text; only its size is wanted here.
        let documents = [&self.before, &self.after].into_iter().flatten();
        size_of::<Self>() + documents.map(|document| 8 * document.to_string().len()).sum::<usize>()
    }
}
