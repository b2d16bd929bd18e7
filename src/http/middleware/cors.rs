//! Cross-origin resource sharing.

use actix_cors::Cors;
use actix_web::{
    HttpRequest,
    http::header::{self, HeaderValue},
};

/// How long a browser may believe what it was told of who may ask.
const PREFLIGHT_MAX_AGE: usize = 3600;

/// Which sites may read answers in their visitors' browsers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CorsOrigins {
    /// Any.
    Any,
    /// These, such as `https://example.org`; without any, none but the server's own pages.
    These(Vec<String>),
}

impl CorsOrigins {
    /// Whether the page that a request comes from may have its answer, as far as it says where it comes from. Browsers ask
    /// nobody before they open a websocket, so there the server must look itself.
    pub fn allow(&self, request: &HttpRequest) -> bool {
        let Self::These(origins) = self else { return true };
        let Some(origin) = request.headers().get(header::ORIGIN).map(HeaderValue::to_str) else { return true };
        let here = |origin: &str| {
            let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
            origin.split_once("://").map(|(_, place)| place) == host
        };
        origin.is_ok_and(|origin| here(origin) || origins.iter().any(|allowed| allowed == origin))
    }
}

/// Tells browsers which sites may read answers. Never with credentials: there are no cookies, and a token is sent by who has it.
pub fn cors(origins: &CorsOrigins) -> Cors {
    let cors = Cors::default()
        .allowed_methods(["GET", "HEAD", "POST"])
        .allowed_headers([
            header::ACCEPT,
            header::AUTHORIZATION,
            header::CONTENT_ENCODING,
            header::CONTENT_TYPE,
            header::IF_NONE_MATCH,
            header::HeaderName::from_static("idempotency-key"),
            header::HeaderName::from_static("last-event-id"),
        ])
        .expose_headers(["etag", "retry-after", "ratelimit", "ratelimit-policy"])
        .max_age(PREFLIGHT_MAX_AGE);
    match origins {
        // The same for everybody, so that caches on the way need not tell origins apart.
        CorsOrigins::Any => cors.allow_any_origin().send_wildcard().disable_vary_header(),
        CorsOrigins::These(origins) => origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin)),
    }
}
