//! What holds for every address: who may read answers from other sites, what answers forbid browsers, how long a head may be.

use actix_cors::Cors;
use actix_web::{
    HttpRequest,
    dev::ServiceRequest,
    http::{
        StatusCode,
        header::{self, HeaderValue},
    },
    middleware::DefaultHeaders,
};

use super::refusal::Refusal;

/// The most bytes of an address.
pub const MAX_ADDRESS: usize = 32 << 10;
/// The most bytes of all headers.
pub const MAX_HEADERS: usize = 32 << 10;
/// What a page may load: nothing. The playground has a policy of its own.
const POLICY: &str = "default-src 'none'; frame-ancestors 'none'";
/// How long a browser may believe what it was told of who may ask.
const HOUR: usize = 3600;

/// Which sites may read answers in their visitors' browsers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origins {
    /// Any.
    Any,
    /// These, such as `https://example.org`; without any, none but the server's own pages.
    These(Vec<String>),
}

impl Origins {
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
pub fn cors(origins: &Origins) -> Cors {
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
        .max_age(HOUR);
    match origins {
        // The same for everybody, so that caches on the way need not tell origins apart.
        Origins::Any => cors.allow_any_origin().send_wildcard().disable_vary_header(),
        Origins::These(origins) => origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin)),
    }
}

/// What every answer tells browsers, unless it says otherwise.
pub fn headers() -> DefaultHeaders {
    DefaultHeaders::new()
        .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .add((header::REFERRER_POLICY, "no-referrer"))
        .add((header::CONTENT_SECURITY_POLICY, POLICY))
        .add((header::X_FRAME_OPTIONS, "DENY"))
}

/// Refuses heads that are too long; what is longer than 128 KB, or has more than 96 headers, does not come this far.
///
/// # Errors
/// The address or the headers are too long.
pub fn check_head(request: &ServiceRequest) -> Result<(), Refusal> {
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if address > MAX_ADDRESS {
        let message = format!("The address has {address} bytes; at most {MAX_ADDRESS} are taken. Send it with POST.");
        return Err(Refusal::new(StatusCode::URI_TOO_LONG, "URI_TOO_LONG", message));
    }
    let headers = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum::<usize>();
    if headers > MAX_HEADERS {
        let message = format!("The headers have {headers} bytes; at most {MAX_HEADERS} are taken.");
        return Err(Refusal::new(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "HEADERS_TOO_LARGE", message));
    }
    Ok(())
}
