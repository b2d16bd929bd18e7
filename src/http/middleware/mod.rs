//! Middleware: authentication, CORS, security headers, header limits, the request log and HTTP errors.

pub mod authentication;
pub mod cors;
pub mod csrf;
pub mod header_limits;
pub mod security_headers;
pub mod trailing_slash;

pub mod error;
pub mod request_log;
