//! The response cache: complete responses to queries without a token.
//!
//! Such a response depends only on the request and the catalog. An entry knows what it was read from, and is used until a
//! revision may have changed that. While the change listener is disconnected the cache is bypassed, because this process
//! could miss a revision.

use std::{sync::Arc, time::Duration};

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

use crate::http::cache::etag;
use crate::http::compression::encoder;
use crate::http::compression::encoding::ContentEncoding;
use crate::http::graphql::content_type::ResponseFormat;
use crate::query::change_log::{ChangeLog, Validity};
use crate::query::dependencies::Dependencies;

/// The maximum size of a request whose response is cached, in bytes.
const MAX_REQUEST_BYTES: usize = 64 << 10;
/// The memory of an entry without its request and its response: the ETag, and the queues and the table of the cache.
const ENTRY_OVERHEAD_BYTES: usize = 512;

/// Caches responses.
#[derive(Clone)]
pub struct ResponseCache {
    entries: Option<Cache<RequestKey, CachedResponse, RandomState>>,
    /// The executions that have not ended, by what they respond to.
    executing: Cache<ResponseKey, CachedResponse, RandomState>,
    changes: ChangeLog,
    /// The `Cache-Control` header of responses to GET.
    cache_control: HeaderValue,
}

/// The key of a response: everything that it depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ResponseKey {
    /// The number of the last revision when the request arrived.
    revision: i32,
    request: RequestKey,
}

/// The part of the key of a response that does not depend on the catalog.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct RequestKey {
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
    validity: Validity,
}

impl ResponseCache {
    /// Creates a cache of at most `megabytes`; 0 turns it off. `max_age` is the `max-age` of responses to GET in
    /// seconds.
    pub fn new(megabytes: u32, max_age: u32, changes: ChangeLog) -> Self {
        let weigh = |key: &RequestKey, response: &CachedResponse| {
            let bytes = key.request.len() + response.body.len() + response.validity.bytes() + ENTRY_OVERHEAD_BYTES;
            u32::try_from(bytes).unwrap_or(u32::MAX)
        };
        let entries = Cache::builder().max_capacity(u64::from(megabytes) << 20).weigher(weigh);
        // Its entries are removed when the execution ends, or after a moment if its request was cancelled just then.
        let weigh = move |key: &ResponseKey, response: &CachedResponse| weigh(&key.request, response);
        let capacity = (u64::from(megabytes) << 20) / 8;
        let executing = Cache::builder().max_capacity(capacity).weigher(weigh).time_to_live(Duration::from_secs(1));
        let cache_control = HeaderValue::try_from(format!("public, max-age={max_age}, must-revalidate"));
        Self {
            entries: (megabytes > 0).then(|| entries.build_with_hasher(RandomState::default())),
            executing: executing.build_with_hasher(RandomState::default()),
            changes,
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
        let state = self.changes.state();
        let cacheable =
            self.entries.is_some() && state.listening && !format.is_stream() && request.len() <= MAX_REQUEST_BYTES;
        cacheable.then(|| ResponseKey {
            revision: state.revision,
            request: RequestKey { format, method: method.clone(), encoding, request: request.clone() },
        })
    }

    /// Returns the cached response of a key. If only the uncompressed response is cached, it is compressed.
    pub async fn get(&self, key: &ResponseKey) -> Option<CachedResponse> {
        let entries = self.entries.as_ref()?;
        let is_valid = |response: &CachedResponse| self.changes.is_valid(&response.validity, key.revision);
        if let Some(cached) = entries.get(&key.request).await.filter(is_valid) {
            return Some(cached);
        }
        let encoding = key.request.encoding?;
        let uncompressed = entries.get(&key.request.uncompressed()).await.filter(is_valid)?;
        Some(self.compressed(key.clone(), uncompressed, encoding).await)
    }

    /// Executes the query of a key and caches its response. Concurrent requests with the same key share one execution. An error
    /// is returned to all of them and not cached. `execute` returns the response with what it was read from.
    pub async fn get_or_insert_with<E: Send + Sync + 'static>(
        &self,
        mut key: ResponseKey,
        execute: impl Future<Output = Result<(Vec<u8>, Dependencies), E>>,
    ) -> Result<CachedResponse, Arc<E>> {
        let (has_tag, revision) = (key.request.method == Method::GET, key.revision);
        // The body of a request is a part of a larger read buffer, which an entry must not keep.
        key.request.request = Bytes::copy_from_slice(&key.request.request);
        let execute = async {
            let (body, dependencies) = execute.await?;
            Ok(CachedResponse::new(body, has_tag, Validity::since(revision, dependencies)))
        };
        let Some(entries) = &self.entries else { return execute.await.map_err(Arc::new) };
        let plain = ResponseKey { revision, request: key.request.uncompressed() };
        let execute_and_insert = async {
            let response = execute.await?;
            entries.insert(plain.request.clone(), response.clone()).await;
            Ok(response)
        };
        // By the revision too: a response of an earlier one may be outdated for a request that arrived later.
        let uncompressed = self.executing.try_get_with(plain.clone(), execute_and_insert).await?;
        self.executing.invalidate(&plain).await;
        match key.request.encoding {
            Some(encoding) => Ok(self.compressed(key, uncompressed, encoding).await),
            None => Ok(uncompressed),
        }
    }

    /// Compresses a response and caches it under its key. Concurrent requests share one compression.
    async fn compressed(
        &self,
        key: ResponseKey,
        response: CachedResponse,
        encoding: ContentEncoding,
    ) -> CachedResponse {
        let compressed = self.executing.get_with(key.clone(), response.compress(encoding)).await;
        self.executing.invalidate(&key).await;
        if let Some(entries) = &self.entries {
            entries.insert(key.request, compressed.clone()).await;
        }
        compressed
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
}

impl RequestKey {
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
    fn new(mut body: Vec<u8>, has_tag: bool, validity: Validity) -> Self {
        body.shrink_to_fit();
        let tag = has_tag.then(|| {
            let hash = BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(&body)[..16]);
            EntityTag::new_strong(hash)
        });
        Self { body: body.into(), encoding: None, tag, validity }
    }

    /// Returns the compressed response; this one if its body is too short.
    async fn compress(self, encoding: ContentEncoding) -> Self {
        match encoder::compress(encoding, self.body.clone()).await {
            Some(body) => {
                let tag = self.tag.map(|tag| encoding.tag(&tag));
                Self { body, encoding: Some(encoding), tag, validity: self.validity }
            }
            None => self,
        }
    }
}
