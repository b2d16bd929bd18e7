//! Errors of documents that exceed a limit.

use async_graphql::{ErrorExtensionValues, Pos, ServerError, ServerResult};

/// The document is larger than any honest one.
pub(super) const TOO_LARGE: &str = "DOCUMENT_TOO_LARGE";
/// The answer could be larger than this server makes.
pub(super) const COST_EXCEEDED: &str = "COST_EXCEEDED";
/// The server does not describe itself.
pub(super) const INTROSPECTION_OFF: &str = "INTROSPECTION_OFF";

/// Whether a request was refused because it goes beyond a limit; the error then names the limit, the value and the maximum.
pub fn is_limit(error: &ServerError) -> bool {
    error.path.is_empty() && error.extensions.as_ref().is_some_and(|extensions| extensions.get("limit").is_some())
}

/// Refuses a document with more of something than it may have.
pub(super) fn at_most(limit: &'static str, what: &str, value: u64, maximum: u64) -> ServerResult<()> {
    at_most_here(limit, what, value, maximum, None)
}

pub(super) fn at_most_here(
    limit: &'static str,
    what: &str,
    value: u64,
    maximum: u64,
    place: Option<Pos>,
) -> ServerResult<()> {
    if value <= maximum {
        return Ok(());
    }
    let message = format!("The document has {value} {what}; at most {maximum} are taken.");
    Err(refusal(TOO_LARGE, (limit, value, maximum), message, place))
}

pub(super) fn refusal(
    code: &str,
    (limit, value, maximum): (&str, u64, u64),
    message: String,
    place: Option<Pos>,
) -> ServerError {
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", code);
    extensions.set("limit", limit);
    extensions.set("value", value);
    extensions.set("maximum", maximum);
    ServerError { extensions: Some(extensions), ..ServerError::new(message, place) }
}
