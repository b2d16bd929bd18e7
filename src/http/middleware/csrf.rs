//! Prevention of cross-site request forgery. Tokens are sent in a header only, so a page of another site cannot change
//! anything. By GET it could execute queries through the browsers of its visitors, and at their rate limits.

use actix_web::{
    HttpRequest,
    http::{Method, StatusCode, header},
};

use crate::http::middleware::error::HttpError;

/// The headers that a form or an image cannot send. Apollo Client and GraphQL Yoga send them.
const PREFLIGHT_HEADERS: [&str; 3] = ["apollo-require-preflight", "x-apollo-operation-name", "x-graphql-yoga-csrf"];

/// The GET requests that are not executed. Cached responses are sent to all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CsrfPrevention {
    /// Requests of forms, images, frames and scripts of other sites, as the `Sec-Fetch` headers of browsers tell. Other
    /// clients do not send these headers.
    #[default]
    FetchMetadata,
    /// All requests without `Content-Type: application/json` or a header that makes browsers send a preflight request.
    Header,
    /// None.
    Off,
}

/// Rejects a GET or HEAD that a page of another site may have triggered.
///
/// # Errors
/// `CSRF_PREVENTED`.
pub fn check(request: &HttpRequest, prevention: CsrfPrevention) -> Result<(), HttpError> {
    let forged = match prevention {
        _ if request.method() == Method::POST => false,
        CsrfPrevention::FetchMetadata => is_triggered_by_other_site(request),
        CsrfPrevention::Header => !has_preflight_header(request),
        CsrfPrevention::Off => false,
    };
    let message = "A form, image or frame of another site may have sent this GET. Send it with \
        `Apollo-Require-Preflight: true`, or use POST.";
    if forged { Err(HttpError::new(StatusCode::FORBIDDEN, "CSRF_PREVENTED", message)) } else { Ok(()) }
}

/// Returns whether a browser sent a request for another site without CORS and not because a person followed a link.
fn is_triggered_by_other_site(request: &HttpRequest) -> bool {
    let is = |name: &str, values: &[&str]| {
        let value = request.headers().get(name).and_then(|value| value.to_str().ok());
        value.is_some_and(|value| values.contains(&value))
    };
    let followed_link = is("sec-fetch-dest", &["document"]) && is("sec-fetch-user", &["?1"]);
    is("sec-fetch-site", &["cross-site", "same-site"])
        && is("sec-fetch-mode", &["no-cors", "navigate"])
        && !followed_link
        && !has_preflight_header(request)
}

fn has_preflight_header(request: &HttpRequest) -> bool {
    let is_json = |value: &header::HeaderValue| value.as_bytes().starts_with(b"application/json");
    request.headers().get(header::CONTENT_TYPE).is_some_and(is_json)
        || PREFLIGHT_HEADERS.iter().any(|name| request.headers().contains_key(*name))
}
