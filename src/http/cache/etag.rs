//! Answers that are good until the catalog changes: told apart by entity tags, and not sent again to who has them.

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

/// A state of the catalog: the number and the time of its last revision. Two catalogs may have the same number.
pub type Version = (i32, DateTime<Utc>);

/// The tag of a representation, which is told apart by every text that decides on it. The program's version is among
/// these: another one may write the same facts in other words.
pub fn etag((revision, time): Version, representation: &[&str]) -> EntityTag {
    let mut hash = Sha256::new();
    let time = time.to_rfc3339();
    for text in [env!("CARGO_PKG_VERSION"), &time].iter().chain(representation) {
        hash.update(text.len().to_be_bytes());
        hash.update(text);
    }
    EntityTag::new_strong(format!("{revision}-{}", BASE64_URL_SAFE_NO_PAD.encode(&hash.finalize()[..12])))
}

/// Whether the client has that already.
pub fn matches(request: &HttpRequest, tag: &EntityTag) -> bool {
    // Without the header the library reads an empty list.
    match IfNoneMatch::parse(request) {
        Ok(IfNoneMatch::Any) => request.headers().contains_key(header::IF_NONE_MATCH),
        Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|other| tag.weak_eq(other)),
        Err(_) => false,
    }
}

/// Tells a client that what it has is right.
pub fn not_modified(tag: EntityTag) -> HttpResponse {
    revalidating_response(StatusCode::NOT_MODIFIED, tag).finish()
}

/// An answer without a body yet. Everybody may keep it, and must ask whether it still holds.
pub fn revalidating_response(status: StatusCode, tag: EntityTag) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response
        .insert_header(header::ETag(tag))
        .insert_header((header::CACHE_CONTROL, "public, max-age=0, must-revalidate"))
        .insert_header((header::VARY, "authorization"));
    response
}
