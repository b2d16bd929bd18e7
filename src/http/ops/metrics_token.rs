//! The token that reads the metrics.

use actix_web::{HttpRequest, http::header};
use sha2::{Digest, Sha256};

/// The hash of the token that reads the metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MetricsToken([u8; 32]);

impl MetricsToken {
    /// Returns the hash of a token. Hashes can be compared in variable time, because a client cannot choose them.
    pub fn of(token: &str) -> Self {
        Self(Sha256::digest(token).into())
    }

    /// Returns whether a request has the token, as `Authorization: Bearer TOKEN`.
    pub fn is_in(self, request: &HttpRequest) -> bool {
        let header = request.headers().get(header::AUTHORIZATION).and_then(|header| header.to_str().ok());
        let (scheme, token) = header.and_then(|header| header.split_once(' ')).unwrap_or_default();
        scheme.eq_ignore_ascii_case("Bearer") && Self::of(token.trim()) == self
    }
}
