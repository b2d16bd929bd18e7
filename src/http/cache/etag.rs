//! ETags and conditional requests for responses that are valid until the catalog changes.

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{
        StatusCode,
        header::{self, EntityTag, Header, IfNoneMatch},
    },
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::http::compression::encoding::ContentEncoding;

/// A version of the catalog: the number and the time of its last revision. The time distinguishes catalogs with the
/// same number.
pub type Version = (i32, DateTime<Utc>);

/// Returns the ETag of a representation. `representation` lists everything that the body depends on besides the catalog
/// and the version of the program, which may format the same data in another way.
pub fn etag((revision, time): Version, representation: &[&str]) -> EntityTag {
    let mut hash = Sha256::new();
    let time = time.to_rfc3339();
    for text in [env!("CARGO_PKG_VERSION"), &time].iter().chain(representation) {
        hash.update(text.len().to_be_bytes());
        hash.update(text);
    }
    EntityTag::new_strong(format!("{revision}-{}", BASE64_URL_SAFE_NO_PAD.encode(&hash.finalize()[..12])))
}

/// Returns whether `If-None-Match` of a request matches an ETag, or that of its representation in the encoding that the
/// client prefers.
pub fn matches(request: &HttpRequest, tag: &EntityTag) -> bool {
    // Without the header the library returns an empty list.
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => true,
        Ok(IfNoneMatch::Items(tags)) if tags.is_empty() => false,
        Ok(IfNoneMatch::Items(tags)) => {
            let encoding = ContentEncoding::negotiate(request.headers(), &ContentEncoding::ALL);
            let compressed = encoding.map(|encoding| encoding.tag(tag));
            let is_current = |other| tag.weak_eq(other) || compressed.as_ref().is_some_and(|tag| tag.weak_eq(other));
            tags.iter().any(is_current)
        }
        Err(_) => false,
    }
}

/// Returns 304 Not Modified.
pub fn not_modified(tag: EntityTag) -> HttpResponse {
    revalidating_response(StatusCode::NOT_MODIFIED, tag).finish()
}

/// Starts a response that any cache may store and must revalidate before each use.
pub fn revalidating_response(status: StatusCode, tag: EntityTag) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response
        .insert_header(header::ETag(tag))
        .insert_header((header::CACHE_CONTROL, "public, max-age=0, must-revalidate"))
        .insert_header((header::VARY, "accept-encoding, authorization"));
    response
}
