//! Headers that restrict what browsers do with responses.

use actix_web::{http::header, middleware::DefaultHeaders};

/// The default Content-Security-Policy, which lets a response load nothing. Pages and the playground have their own.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// Returns the headers of every response that does not set its own.
pub fn headers() -> DefaultHeaders {
    DefaultHeaders::new()
        .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .add((header::REFERRER_POLICY, "no-referrer"))
        .add((header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .add((header::X_FRAME_OPTIONS, "DENY"))
}
