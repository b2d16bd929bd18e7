//! What every request passes through: authentication, CORS, security headers, header limits, the request log and errors.

pub mod authentication;
pub mod cors;
pub mod head_limits;
pub mod security_headers;

pub mod error;
pub mod request_log;
