//! Texts that are the same for the life of the program, each compressed once.

use std::{array, sync::OnceLock};

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, EntityTag},
    web::Bytes,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::http::cache::etag;
use crate::http::compression::encoder::compress_now;
use crate::http::compression::encoding::ContentEncoding;

/// A static text with its compressed representations.
pub struct StaticText {
    media_type: &'static str,
    tag: EntityTag,
    text: Bytes,
    compressed: [OnceLock<Option<Bytes>>; ContentEncoding::ALL.len()],
}

impl StaticText {
    /// Creates a text. It is compressed when the first client asks for it.
    pub fn new(media_type: &'static str, text: impl Into<Bytes>) -> Self {
        let text = text.into();
        let tag = EntityTag::new_strong(BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(&text)[..16]));
        Self { media_type, tag, text, compressed: array::from_fn(|_| OnceLock::new()) }
    }

    /// Responds with the encoding that the client prefers, or with 304 if it has the text.
    pub fn respond(&self, request: &HttpRequest) -> HttpResponse {
        let encoding = ContentEncoding::negotiate(request.headers(), &ContentEncoding::ALL);
        let compressed = encoding.and_then(|encoding| Some((encoding, self.compressed(encoding)?)));
        let tag = compressed.as_ref().map_or(self.tag.clone(), |(encoding, _)| encoding.tag(&self.tag));
        let not_modified = etag::matches(request, &tag);
        let mut response = if not_modified { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        response
            .insert_header(header::ETag(tag))
            .insert_header((header::CACHE_CONTROL, "public, max-age=0, must-revalidate"))
            .insert_header((header::VARY, "accept-encoding"));
        if not_modified {
            return response.finish();
        }
        response.content_type(self.media_type);
        match compressed {
            Some((encoding, body)) => response.insert_header((header::CONTENT_ENCODING, encoding.name())).body(body),
            None => response.body(self.text.clone()),
        }
    }

    fn compressed(&self, encoding: ContentEncoding) -> Option<Bytes> {
        self.compressed[encoding as usize].get_or_init(|| compress_now(encoding, &self.text)).clone()
    }
}
