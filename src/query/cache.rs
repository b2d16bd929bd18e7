//! The entity cache: rows, relations and pages, shared between requests. An entry knows what it was read from, and is used until
//! a revision may have changed that. While the change listener is disconnected the cache is bypassed: it is neither read nor
//! filled.

use std::{any::Any, sync::Arc};

use ahash::RandomState;
use entity::{
    architecture, checkpoint, conflict, dataset, evidence, inherited_license, license, license_term, model, model_base,
    model_dataset, model_size, organization, proposal, revision, source,
};
use moka::sync::Cache;
use prometheus_client::{
    metrics::{counter::Counter, family::Family},
    registry::Registry,
};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::domain::link::ResolvedLink;
use crate::query::change_log::{ChangeLog, Validity};
use crate::query::dependencies::Dependencies;
use crate::query::keyset::{FacetCount, Page};
use crate::query::relation::Relation;

/// A cache of rows, relations, pages and counts. Clones share the entries.
#[derive(Clone)]
pub struct EntityCache {
    /// None if the cache is disabled.
    entries: Option<Cache<CacheQuery, Entry, RandomState>>,
    changes: ChangeLog,
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

/// A query, and the last revision of the catalog when the query was sent.
#[derive(Clone, Debug)]
pub struct CacheKey {
    revision: i32,
    query: CacheQuery,
}

/// A query whose result can be cached.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CacheQuery {
    /// The row of a table with this slug, or the rows with this key.
    Slug(&'static str, String),
    /// The rows that are related to an id.
    Relation(Relation, i32),
    /// All licenses that say something about permission.
    Licenses,
    /// The result of a statement.
    Statement(StatementHash),
}

/// The first 128 bits of the SHA-256 hash of a statement with the values of its parameters, which may be large. Texts with the
/// same hash cannot be found, so entries do not need the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StatementHash([u8; 16]);

impl StatementHash {
    /// Returns the hash of a statement.
    pub fn of(statement: &str) -> Self {
        let mut hash = [0; 16];
        hash.copy_from_slice(&Sha256::digest(statement)[..16]);
        Self(hash)
    }
}

/// A DataLoader key whose value can be cached.
pub trait Cacheable {
    /// Returns the query that the key stands for.
    fn cache_query(&self) -> CacheQuery;
}

/// A DataLoader key that knows what its value was read from.
pub trait Dependent<V> {
    /// Adds what a value, or its absence, was read from.
    fn add_dependencies(&self, value: Option<&V>, dependencies: &mut Dependencies);
}

#[derive(Clone)]
struct Entry {
    value: Arc<dyn Any + Send + Sync>,
    validity: Validity,
    bytes: u32,
}

/// The memory of an entry without its value, in bytes: the key with its slug, and the queues and the table of the cache.
const ENTRY_OVERHEAD_BYTES: usize = 512;

impl EntityCache {
    /// Creates a cache that takes about `megabytes` MiB of memory at most; 0 disables it.
    pub fn new(megabytes: u32, changes: ChangeLog) -> Self {
        let cache = Cache::builder().max_capacity(u64::from(megabytes) << 20).weigher(|_, entry: &Entry| entry.bytes);
        Self {
            entries: (megabytes > 0).then(|| cache.build_with_hasher(RandomState::default())),
            changes,
            metrics: CacheMetrics::new(),
        }
    }

    /// Registers the counters of lookups.
    pub fn register_metrics(&self, registry: &mut Registry) {
        let help = "Entity cache lookups of rows, relations and lists: hit (found in the cache) or miss (read from the database)";
        registry.register("entity_cache_requests", help, self.metrics.lookups.clone());
    }

    /// Returns the cache key for the current revision; none if the cache is disabled or bypassed.
    pub fn key(&self, key: &impl Cacheable) -> Option<CacheKey> {
        self.entries.as_ref()?;
        let state = self.changes.state();
        state.listening.then(|| CacheKey { revision: state.revision, query: key.cache_query() })
    }

    /// Returns the cached value with what it was read from, if it is valid after the revision of the key. Counts a hit or a miss.
    pub fn get<V: Clone + 'static>(&self, key: &CacheKey) -> Option<(V, Validity)> {
        let entry = self.entries.as_ref()?.get(&key.query);
        let entry = entry.filter(|entry| self.changes.is_valid(&entry.validity, key.revision));
        if entry.is_some() { &self.metrics.hits } else { &self.metrics.misses }.inc();
        let entry = entry?;
        Some((entry.value.downcast_ref::<V>()?.clone(), entry.validity))
    }

    /// Stores a value with what it was read from. It must have been read after `key` was made, so that it is not older than the
    /// revision of the key.
    pub fn put<V>(&self, key: CacheKey, value: &V, dependencies: Dependencies)
    where
        V: CacheWeight + Clone + Send + Sync + 'static,
    {
        if let Some(entries) = &self.entries {
            let validity = Validity::since(key.revision, dependencies);
            let bytes = value.bytes() + validity.bytes() + ENTRY_OVERHEAD_BYTES;
            let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
            entries.insert(key.query, Entry { value: Arc::new(value.clone()), validity, bytes });
        }
    }

    /// Removes all entries.
    pub fn clear(&self) {
        if let Some(entries) = &self.entries {
            entries.invalidate_all();
        }
    }
}

/// A value whose memory use can be estimated.
pub trait CacheWeight {
    /// Returns the estimated memory use in bytes.
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

/// The memory of a shared value without the value, in bytes: the pointer, the reference counts, and what the allocator rounds up.
const ARC_BYTES: usize = 32;

impl<T: CacheWeight> CacheWeight for Arc<T> {
    fn bytes(&self) -> usize {
        self.as_ref().bytes() + ARC_BYTES
    }
}

impl<T: CacheWeight> CacheWeight for Arc<[T]> {
    fn bytes(&self) -> usize {
        self.iter().map(T::bytes).sum::<usize>() + ARC_BYTES
    }
}

impl<M: CacheWeight> CacheWeight for Page<M> {
    fn bytes(&self) -> usize {
        self.rows.iter().map(|(cursor, row)| row.bytes() + cursor.bytes()).sum()
    }
}

impl CacheWeight for FacetCount {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.value.len() + self.label.len()
    }
}

/// Implements [`CacheWeight`] for rows, from the lengths of their text columns: required columns first, then nullable ones.
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
    conflict { part field ; }
    inherited_license { ; }
    model_base { ; base_size own_size }
    model_dataset { ; }
}

impl CacheWeight for evidence::Model {
    fn bytes(&self) -> usize {
        let optional = [&self.value, &self.locator, &self.quote, &self.reason].into_iter().flatten();
        let texts = [&self.part, &self.field].into_iter().chain(optional).map(String::len).sum::<usize>();
        size_of::<Self>() + texts + self.turned_revisions.as_ref().map_or(0, json_bytes)
    }
}

impl CacheWeight for organization::Model {
    fn bytes(&self) -> usize {
        let texts = [&self.slug, &self.name, &self.name_key, &self.search_text].into_iter();
        let optional = [&self.name_zh, &self.name_en, &self.country, &self.kind, &self.homepage].into_iter().flatten();
        size_of::<Self>() + texts.chain(optional).map(String::len).sum::<usize>() + json_bytes(&self.aliases)
    }
}

impl CacheWeight for model_size::Model {
    fn bytes(&self) -> usize {
        let dates =
            [&self.stated_release_date, &self.release_date, &self.stated_knowledge_cutoff, &self.knowledge_cutoff];
        let texts = dates.into_iter().flatten().chain([&self.label]).map(String::len).sum::<usize>();
        let json = [&self.stated_modalities, &self.modalities].into_iter().flatten().chain([&self.cache_layers]);
        size_of::<Self>() + texts + json.map(json_bytes).sum::<usize>()
    }
}

impl CacheWeight for checkpoint::Model {
    fn bytes(&self) -> usize {
        let texts = [&self.repository_key, &self.hub, &self.path, &self.revision, &self.repository].into_iter();
        let optional = [
            &self.size_label,
            &self.variant,
            &self.converted_from,
            &self.format,
            &self.quantization,
            &self.stated_release_date,
            &self.release_date,
            &self.stated_knowledge_cutoff,
            &self.knowledge_cutoff,
        ];
        let texts = texts.chain(optional.into_iter().flatten()).map(String::len).sum::<usize>();
        let json = [&self.stated_modalities, &self.modalities].into_iter().flatten().map(json_bytes).sum::<usize>();
        size_of::<Self>() + texts + json
    }
}

/// Returns the bytes of a parsed JSON value, which takes several times as much memory as its text.
fn json_bytes(value: &Json) -> usize {
    match value {
        Json::Array(list) if list.is_empty() => 0,
        value => 8 * value.to_string().len(),
    }
}

impl CacheWeight for license::Model {
    fn bytes(&self) -> usize {
        let texts = [&self.slug, &self.name, &self.name_key, &self.search_text].into_iter().chain(&self.aliases.0);
        let optional = [&self.spdx_id, &self.url, &self.conditions_zh, &self.conditions_en, &self.terms_reviewed];
        let texts = texts.chain(optional.into_iter().flatten());
        size_of::<Self>() + texts.map(|text| text.len() + size_of::<String>()).sum::<usize>()
    }
}

impl CacheWeight for license_term::Model {
    fn bytes(&self) -> usize {
        let optional = [&self.counted_on, &self.note_zh, &self.note_en, &self.quote].into_iter().flatten();
        let texts = optional.chain(&self.territories.0);
        size_of::<Self>() + texts.map(|text| text.len() + size_of::<String>()).sum::<usize>()
    }
}

impl CacheWeight for model::Model {
    fn bytes(&self) -> usize {
        let texts = [&self.slug, &self.name, &self.name_key, &self.search_text].into_iter().chain(&self.aliases.0);
        let optional = [&self.summary_zh, &self.summary_en, &self.data_scale_text].into_iter().flatten();
        let json = [&self.languages, &self.purposes].into_iter().chain(&self.modalities).map(json_bytes).sum::<usize>();
        size_of::<Self>() + json + texts.chain(optional).map(|text| text.len() + size_of::<String>()).sum::<usize>()
    }
}

impl CacheWeight for source::Model {
    fn bytes(&self) -> usize {
        let texts = [&self.slug, &self.name, &self.name_key, &self.search_text].into_iter();
        let texts = texts.chain([&self.url, &self.published_at].into_iter().flatten()).map(String::len).sum::<usize>();
        size_of::<Self>() + texts + 8 * self.snapshots.to_string().len()
    }
}

impl CacheWeight for ResolvedLink {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.url.as_str().len() + self.title.as_ref().map_or(0, String::len)
    }
}

impl CacheWeight for revision::Model {
    fn bytes(&self) -> usize {
        // A parsed JSON document takes several times as much memory as its text.
        let documents = [&self.before, &self.after].into_iter().flatten();
        size_of::<Self>() + documents.map(|document| 8 * document.to_string().len()).sum::<usize>()
    }
}

impl CacheWeight for proposal::Model {
    fn bytes(&self) -> usize {
        let json = [&self.input, &self.edits, &self.evidence].map(|json| 8 * json.to_string().len());
        size_of::<Self>() + json.into_iter().sum::<usize>()
    }
}
