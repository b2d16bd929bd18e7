//! The scripts and style sheets of the pages, which are embedded in the binary. Their names contain a hash of their
//! content.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, EntityTag},
    web,
};

use crate::http::cache::etag;
use crate::http::compression::encoding::ContentEncoding;
use crate::http::routes::get_or_head;

include!(concat!(env!("CARGO_MANIFEST_DIR"), "/web/dist/assets.rs"));

/// An embedded file, uncompressed and compressed.
#[derive(Debug)]
pub struct Asset {
    /// The name, which contains a hash of the content.
    pub name: &'static str,
    media: &'static str,
    plain: &'static [u8],
    gzip: &'static [u8],
    brotli: &'static [u8],
}

/// Adds a route for each asset.
pub fn configure(config: &mut web::ServiceConfig) {
    for asset in ASSETS {
        config.route(
            &format!("/assets/{}", asset.name),
            get_or_head().to(async move |request: HttpRequest| serve(&request, asset)),
        );
    }
}

/// Responds with the smallest encoding that the client accepts. Caches may store it for ever.
fn serve(request: &HttpRequest, asset: &Asset) -> HttpResponse {
    let encoding = ContentEncoding::negotiate(request.headers(), &[ContentEncoding::Brotli, ContentEncoding::Gzip]);
    let body = match encoding {
        Some(ContentEncoding::Brotli) => asset.brotli,
        Some(_) => asset.gzip,
        None => asset.plain,
    };
    let tag = EntityTag::new_strong(asset.name.to_owned());
    let tag = encoding.map_or(tag.clone(), |encoding| encoding.tag(&tag));
    let not_modified = etag::matches(request, &tag);
    let mut response = if not_modified { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header(header::ETag(tag))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::VARY, "accept-encoding"));
    if not_modified {
        return response.finish();
    }
    if let Some(encoding) = encoding {
        response.insert_header((header::CONTENT_ENCODING, encoding.name()));
    }
    response.content_type(asset.media).body(web::Bytes::from_static(body))
}
