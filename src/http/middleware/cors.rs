//! Cross-origin resource sharing.

use actix_cors::Cors;
use actix_web::{
    HttpRequest,
    http::header::{self, HeaderName, HeaderValue},
};

/// How long browsers may cache the response to a preflight request, in seconds.
const PREFLIGHT_MAX_AGE_SECONDS: usize = 3600;

/// The request headers that the server reads.
const READ_HEADERS: [HeaderName; 12] = [
    header::ACCEPT,
    header::AUTHORIZATION,
    header::CONTENT_ENCODING,
    header::CONTENT_TYPE,
    header::IF_NONE_MATCH,
    HeaderName::from_static("idempotency-key"),
    HeaderName::from_static("last-event-id"),
    HeaderName::from_static("apollo-require-preflight"),
    HeaderName::from_static("x-apollo-operation-name"),
    HeaderName::from_static("x-graphql-yoga-csrf"),
    HeaderName::from_static("traceparent"),
    HeaderName::from_static("x-request-id"),
];

/// The origins whose pages may read responses in browsers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CorsOrigins {
    /// Any origin.
    Any,
    /// These origins, such as `https://example.org`, and the server's own pages. An empty list allows only its own
    /// pages.
    These(Vec<String>),
}

/// The request headers that pages of other origins may send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CorsHeaders {
    /// Any header. Credentials are never allowed, so no header gives a page more than another client has.
    Any,
    /// The headers that the server reads, and these.
    These(Vec<HeaderName>),
}

impl CorsOrigins {
    /// Returns whether the origin of a request is allowed; a request without `Origin` is. Browsers send no preflight
    /// request before they open a websocket, so the server must check the origin itself.
    pub fn allow(&self, request: &HttpRequest) -> bool {
        let Self::These(origins) = self else { return true };
        let Some(origin) = request.headers().get(header::ORIGIN).map(HeaderValue::to_str) else { return true };
        let same_host = |origin: &str| {
            let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
            origin.split_once("://").map(|(_, authority)| authority) == host
        };
        origin.is_ok_and(|origin| same_host(origin) || origins.iter().any(|allowed| allowed == origin))
    }
}

/// Returns the CORS middleware. Credentials are never allowed: there are no session cookies, and clients set the token
/// header themselves.
pub fn cors(origins: &CorsOrigins, headers: &CorsHeaders) -> Cors {
    let cors = Cors::default()
        .allowed_methods(["GET", "HEAD", "POST"])
        .expose_headers(["etag", "retry-after", "ratelimit", "ratelimit-policy"])
        .max_age(PREFLIGHT_MAX_AGE_SECONDS);
    let cors = match headers {
        CorsHeaders::Any => cors.allow_any_header(),
        CorsHeaders::These(names) => cors.allowed_headers(READ_HEADERS).allowed_headers(names.iter().cloned()),
    };
    match origins {
        // The same response for every origin, so that HTTP caches need not store it per origin.
        CorsOrigins::Any => cors.allow_any_origin().send_wildcard().disable_vary_header(),
        CorsOrigins::These(origins) => origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin)),
    }
}
