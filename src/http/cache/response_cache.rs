//! Answers kept ready, so that what was asked before costs what a file costs.
//!
//! What anybody is answered follows from the request and the catalog, and the catalog from the number of its last revision.
//! So an answer is kept under both, and a new revision leaves all answers behind at once. Where this process would not hear
//! of a revision it neither keeps nor gives any.

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
use crate::http::graphql::content_type::ResponseFormat;

/// The longest request whose answer is kept.
const MAX_REQUEST: usize = 64 << 10;
/// What an entry takes beside its request and its answer.
const OVERHEAD: usize = 256;

/// The answers that are kept.
#[derive(Clone)]
pub struct ResponseCache {
    ready: Option<Cache<ResponseKey, CachedResponse, RandomState>>,
    head: RevisionTracker,
    /// What caches on the way are told about answers to GET.
    policy: HeaderValue,
}

/// What an answer follows from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ResponseKey {
    /// The last revision.
    revision: i32,
    media: ResponseFormat,
    method: Method,
    /// The body, or the query of the address.
    request: Bytes,
}

/// An answer that can be given as it is.
#[derive(Clone, Debug)]
pub struct CachedResponse {
    body: Bytes,
    /// For GET, what tells this answer from others at the same address.
    tag: Option<EntityTag>,
}

impl ResponseCache {
    /// Keeps at most `megabytes` of requests and answers; 0 keeps none. Caches on the way may keep an answer to GET for
    /// `max_age` seconds before they ask again.
    pub fn new(megabytes: u32, max_age: u32, head: RevisionTracker) -> Self {
        let weigh = |key: &ResponseKey, ready: &CachedResponse| {
            u32::try_from(key.request.len() + ready.body.len() + OVERHEAD).unwrap_or(u32::MAX)
        };
        let cache = Cache::builder().max_capacity(u64::from(megabytes) << 20).weigher(weigh);
        let policy = HeaderValue::try_from(format!("public, max-age={max_age}, must-revalidate"));
        Self {
            ready: (megabytes > 0).then(|| cache.build_with_hasher(RandomState::default())),
            head,
            policy: policy.unwrap_or(HeaderValue::from_static("no-cache")),
        }
    }

    /// The key of a request without a token; none where its answer must be made anew.
    pub fn key(&self, media: ResponseFormat, method: &Method, request: &Bytes) -> Option<ResponseKey> {
        let known = self.head.state();
        let keep =
            self.ready.is_some() && known.listening && media != ResponseFormat::Events && request.len() <= MAX_REQUEST;
        keep.then(|| ResponseKey { revision: known.revision, media, method: method.clone(), request: request.clone() })
    }

    /// The answer that is kept under a key.
    pub async fn get(&self, key: &ResponseKey) -> Option<CachedResponse> {
        self.ready.as_ref()?.get(key).await
    }

    /// The answer under a key, made by `make` if it is not kept. Of several who ask at once one makes it for all. What `make`
    /// returns as an error is for those, and is not kept.
    pub async fn get_or_insert_with<E: Send + Sync + 'static>(
        &self,
        key: ResponseKey,
        make: impl Future<Output = Result<String, E>>,
    ) -> Result<CachedResponse, Arc<E>> {
        let get = key.method == Method::GET;
        let make = async { make.await.map(|body| CachedResponse::new(body, get)) };
        match &self.ready {
            Some(ready) => ready.try_get_with(key, make).await,
            None => make.await.map_err(Arc::new),
        }
    }

    /// Gives an answer; to who has it already, the word that it is still right.
    pub fn to_response(&self, request: &HttpRequest, media: ResponseFormat, ready: CachedResponse) -> HttpResponse {
        let Some(tag) = ready.tag else { return media.response(StatusCode::OK).body(ready.body) };
        let known = etag::matches(request, &tag);
        let mut response = media.response(if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
        response.insert_header(header::ETag(tag)).insert_header((header::CACHE_CONTROL, self.policy.clone()));
        if known { response.finish() } else { response.body(ready.body) }
    }

    /// Forgets what is kept whenever the catalog moves on, for ever: nobody asks for it any more.
    pub async fn clear_on_new_revision(self) {
        let Some(ready) = &self.ready else { return };
        let mut head = self.head.watch();
        let mut last = head.borrow_and_update().revision;
        while head.changed().await.is_ok() {
            let revision = head.borrow_and_update().revision;
            if revision != last {
                ready.invalidate_all();
                last = revision;
            }
        }
    }
}

impl CachedResponse {
    /// What is answered.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// An answer with this body. Only to GET a tag is of use.
    pub fn new(body: String, get: bool) -> Self {
        let tag = get.then(|| {
            let hash = BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(&body)[..16]);
            EntityTag::new_strong(hash)
        });
        Self { body: body.into(), tag }
    }
}
