//! The scripts and style sheets of the pages: built beforehand, in the program, and named after what they hold.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, AcceptEncoding, Encoding, EntityTag, Header},
    web,
};

use crate::http::cache::etag;
use crate::http::routes::get_or_head;

include!(concat!(env!("CARGO_MANIFEST_DIR"), "/web/dist/assets.rs"));

/// A file, as it is and compressed.
#[derive(Debug)]
pub struct Asset {
    /// Its name, which no other content ever has.
    pub name: &'static str,
    media: &'static str,
    plain: &'static [u8],
    gzip: &'static [u8],
    brotli: &'static [u8],
}

/// Adds the addresses.
pub fn configure(config: &mut web::ServiceConfig) {
    for asset in ASSETS {
        config.route(
            &format!("/assets/{}", asset.name),
            get_or_head().to(async move |request: HttpRequest| serve(&request, asset)),
        );
    }
}

/// Gives a file in the smallest form that the client takes. It may be kept for ever.
fn serve(request: &HttpRequest, asset: &Asset) -> HttpResponse {
    let forms = [(Encoding::brotli(), asset.brotli), (Encoding::gzip(), asset.gzip)];
    let taken = forms.into_iter().find(|(encoding, _)| takes(request, encoding));
    let (encoding, body) = taken.unwrap_or((Encoding::identity(), asset.plain));
    // Forms differ by their bytes, and so by their tags.
    let tag = EntityTag::new_strong(format!("{}-{encoding}", asset.name));
    let known = etag::matches(request, &tag);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header(header::ETag(tag))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::VARY, "accept-encoding"));
    if known {
        return response.finish();
    }
    if encoding != Encoding::identity() {
        response.insert_header((header::CONTENT_ENCODING, encoding.to_string()));
    }
    response.content_type(asset.media).body(web::Bytes::from_static(body))
}

fn takes(request: &HttpRequest, encoding: &Encoding) -> bool {
    // Without the header the library reads that everything is taken.
    request.headers().contains_key(header::ACCEPT_ENCODING)
        && AcceptEncoding::parse(request).is_ok_and(|accepted| {
            accepted.negotiate([encoding, &Encoding::identity()].into_iter()) == Some(encoding.clone())
        })
}
