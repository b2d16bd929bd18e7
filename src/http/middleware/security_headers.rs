//! Headers that restrict what browsers do with responses.

use actix_web::{
    http::header::{self, HeaderMap},
    middleware::DefaultHeaders,
};

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

/// Lets pages of other sites show a response in a frame if its policy allows that: `X-Frame-Options` cannot.
pub fn allow_frames(headers: &mut HeaderMap) {
    let policy = headers.get(header::CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok());
    if policy.is_some_and(|policy| policy.contains("frame-ancestors *")) {
        headers.remove(header::X_FRAME_OPTIONS);
    }
}
