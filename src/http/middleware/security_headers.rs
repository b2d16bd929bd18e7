//! Headers that restrict what browsers do with responses.

use actix_web::{http::header, middleware::DefaultHeaders};

/// What a page may load: nothing. The playground has a policy of its own.
const POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// What every answer tells browsers, unless it says otherwise.
pub fn headers() -> DefaultHeaders {
    DefaultHeaders::new()
        .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .add((header::REFERRER_POLICY, "no-referrer"))
        .add((header::CONTENT_SECURITY_POLICY, POLICY))
        .add((header::X_FRAME_OPTIONS, "DENY"))
}
