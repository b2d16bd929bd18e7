//! The response cache: complete responses to queries without a token.
//!
//! Such a response depends only on the request and the catalog, and the catalog is identified by the number of its last
//! revision. Entries are keyed by both, so a new revision invalidates all of them. While the change listener is
//! disconnected the cache is bypassed, because this process could miss a revision.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method, StatusCode,
        header::{self, EntityTag, HeaderValue},
    },
    web::Bytes,
};
use ahash::RandomState;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use moka::future::Cache;
use sha2::{Digest, Sha256};

use crate::db::revision_tracker::RevisionTracker;
use crate::http::cache::etag;
use crate::http::compression::encoder;
use crate::http::compression::encoding::ContentEncoding;
use crate::http::graphql::content_type::ResponseFormat;

/// The maximum size of a request whose response is cached, in bytes.
const MAX_REQUEST_BYTES: usize = 64 << 10;
/// The memory of an entry without its request and its response: the ETag, and the queues and the table of the cache.
const ENTRY_OVERHEAD_BYTES: usize = 512;

/// Caches responses.
#[derive(Clone)]
pub struct ResponseCache {
    entries: Option<Cache<ResponseKey, CachedResponse, RandomState>>,
    revision_tracker: RevisionTracker,
    /// The `Cache-Control` header of responses to GET.
    cache_control: HeaderValue,
}

/// The key of a response: everything that it depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ResponseKey {
    /// The number of the last revision.
    revision: i32,
    format: ResponseFormat,
    method: Method,
    /// The encoding that the client prefers; `None` for the uncompressed response.
    encoding: Option<ContentEncoding>,
    /// The body of a POST, or the query string of a GET.
    request: Bytes,
}

/// A response in the cache.
#[derive(Clone, Debug)]
pub struct CachedResponse {
    body: Bytes,
    /// The encoding of the body; `None` if it is not compressed.
    encoding: Option<ContentEncoding>,
    /// The ETag; `None` for POST.
    tag: Option<EntityTag>,
}

impl ResponseCache {
    /// Creates a cache of at most `megabytes`; 0 turns it off. `max_age` is the `max-age` of responses to GET in
    /// seconds.
    pub fn new(megabytes: u32, max_age: u32, revision_tracker: RevisionTracker) -> Self {
        let weigh = |key: &ResponseKey, response: &CachedResponse| {
            u32::try_from(key.request.len() + response.body.len() + ENTRY_OVERHEAD_BYTES).unwrap_or(u32::MAX)
        };
        let entries = Cache::builder().max_capacity(u64::from(megabytes) << 20).weigher(weigh);
        let cache_control = HeaderValue::try_from(format!("public, max-age={max_age}, must-revalidate"));
        Self {
            entries: (megabytes > 0).then(|| entries.build_with_hasher(RandomState::default())),
            revision_tracker,
            cache_control: cache_control.unwrap_or(HeaderValue::from_static("no-cache")),
        }
    }

    /// Returns the key of a request without a token; `None` if its response cannot be cached.
    pub fn key(
        &self,
        format: ResponseFormat,
        method: &Method,
        request: &Bytes,
        encoding: Option<ContentEncoding>,
    ) -> Option<ResponseKey> {
        let state = self.revision_tracker.state();
        let cacheable =
            self.entries.is_some() && state.listening && !format.is_stream() && request.len() <= MAX_REQUEST_BYTES;
        cacheable.then(|| ResponseKey {
            revision: state.revision,
            format,
            method: method.clone(),
            encoding,
            request: request.clone(),
        })
    }

    /// Returns the cached response of a key. If only the uncompressed response is cached, it is compressed.
    pub async fn get(&self, key: &ResponseKey) -> Option<CachedResponse> {
        let entries = self.entries.as_ref()?;
        if let Some(cached) = entries.get(key).await {
            return Some(cached);
        }
        let encoding = key.encoding?;
        let uncompressed = entries.get(&key.uncompressed()).await?;
        Some(entries.get_with(key.clone(), uncompressed.compress(encoding)).await)
    }

    /// Returns the cached response of a key; without one, executes the query and caches its response. Concurrent
    /// requests with the same key share one execution. An error is returned to all of them and not cached.
    pub async fn get_or_insert_with<E: Send + Sync + 'static>(
        &self,
        mut key: ResponseKey,
        execute: impl Future<Output = Result<Vec<u8>, E>>,
    ) -> Result<CachedResponse, Arc<E>> {
        let has_tag = key.method == Method::GET;
        // The body of a request is a part of a larger read buffer, which an entry must not keep.
        key.request = Bytes::copy_from_slice(&key.request);
        let execute = async { execute.await.map(|body| CachedResponse::new(body, has_tag)) };
        let Some(entries) = &self.entries else { return execute.await.map_err(Arc::new) };
        let uncompressed = entries.try_get_with(key.uncompressed(), execute).await?;
        match key.encoding {
            Some(encoding) => Ok(entries.get_with(key, uncompressed.compress(encoding)).await),
            None => Ok(uncompressed),
        }
    }

    /// Returns the HTTP response: 304 if the client has it already.
    pub fn to_response(&self, request: &HttpRequest, format: ResponseFormat, cached: CachedResponse) -> HttpResponse {
        let not_modified = cached.tag.as_ref().is_some_and(|tag| etag::matches(request, tag));
        let mut response = format.response(if not_modified { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
        if let Some(tag) = cached.tag {
            response
                .insert_header(header::ETag(tag))
                .insert_header((header::CACHE_CONTROL, self.cache_control.clone()));
        }
        if not_modified {
            return response.finish();
        }
        if let Some(encoding) = cached.encoding {
            response.insert_header((header::CONTENT_ENCODING, encoding.name()));
        }
        response.body(cached.body)
    }

    /// Drops all entries after each new revision, which no request can use any more. Runs until the server stops.
    pub async fn clear_on_new_revision(self) {
        let Some(entries) = &self.entries else { return };
        let mut states = self.revision_tracker.watch();
        let mut last = states.borrow_and_update().revision;
        while states.changed().await.is_ok() {
            let revision = states.borrow_and_update().revision;
            if revision != last {
                entries.invalidate_all();
                last = revision;
            }
        }
    }
}

impl ResponseKey {
    fn uncompressed(&self) -> Self {
        Self { encoding: None, ..self.clone() }
    }
}

impl CachedResponse {
    /// Returns the body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Creates an entry. Only responses to GET have an ETag.
    pub fn new(mut body: Vec<u8>, has_tag: bool) -> Self {
        body.shrink_to_fit();
        let tag = has_tag.then(|| {
            let hash = BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(&body)[..16]);
            EntityTag::new_strong(hash)
        });
        Self { body: body.into(), encoding: None, tag }
    }

    /// Returns the compressed response; this one if its body is too short.
    async fn compress(self, encoding: ContentEncoding) -> Self {
        match encoder::compress(encoding, self.body.clone()).await {
            Some(body) => Self { body, encoding: Some(encoding), tag: self.tag.map(|tag| encoding.tag(&tag)) },
            None => self,
        }
    }
}
