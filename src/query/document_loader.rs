//! Loads the latest documents of subjects, in one statement per batch.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::db::latest_documents::{DocumentKey, latest_documents};
use crate::error::Result;
use crate::query::batch::{Loader, Values};
use crate::query::cache::{CacheQuery, CacheWeight, Cacheable, Dependent, StatementHash};
use crate::query::db_loader::DbLoader;
use crate::query::dependencies::Dependencies;

/// The latest document of a subject. Clones share it.
#[derive(Clone, Debug)]
pub struct LatestDocument(pub Arc<Json>);

impl CacheWeight for LatestDocument {
    fn bytes(&self) -> usize {
        // A parsed JSON document takes several times as much memory as its text.
        size_of::<Self>() + 8 * self.0.to_string().len()
    }
}

impl Cacheable for DocumentKey {
    fn cache_query(&self) -> CacheQuery {
        CacheQuery::Statement(StatementHash::of(&format!("latest document {self:?}")))
    }
}

impl<V> Dependent<V> for DocumentKey {
    fn add_dependencies(&self, _: Option<&V>, dependencies: &mut Dependencies) {
        match self {
            Self::Id(subject, id) => dependencies.add_subject(*subject, *id),
            Self::Slug(subject, _) => dependencies.add_type(*subject),
        }
    }
}

impl Loader<DocumentKey> for DbLoader {
    type Value = LatestDocument;

    async fn load(&self, keys: &[DocumentKey]) -> Result<Values<DocumentKey, LatestDocument>> {
        let documents = latest_documents(&self.view, keys).await?;
        Ok(documents.into_iter().map(|(key, document)| (key, LatestDocument(Arc::new(document)))).collect())
    }
}
