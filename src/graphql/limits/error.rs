//! Errors for GraphQL documents that exceed a limit.

use async_graphql::{ErrorExtensionValues, Pos, ServerError, ServerResult};

/// The code of a document that exceeds a limit of its size.
pub(super) const TOO_LARGE: &str = "DOCUMENT_TOO_LARGE";
/// The code of an operation whose cost exceeds the limit.
pub(super) const COST_EXCEEDED: &str = "COST_EXCEEDED";
/// The code of an introspection query if introspection is disabled.
pub(super) const INTROSPECTION_OFF: &str = "INTROSPECTION_OFF";

/// Returns whether a request was rejected because it exceeds a limit. The extensions of the error then have the limit, the
/// value and the maximum.
pub fn is_limit(error: &ServerError) -> bool {
    error.path.is_empty() && error.extensions.as_ref().is_some_and(|extensions| extensions.get("limit").is_some())
}

/// Checks a value of a document against a limit. `unit` names the counted things in the message.
///
/// # Errors
/// The value is above the maximum.
pub(super) fn at_most(limit: &'static str, unit: &str, value: u64, maximum: u64) -> ServerResult<()> {
    at_most_in(limit, unit, value, maximum, None)
}

/// Checks a value of the part of a document at a position, as [`at_most`].
pub(super) fn at_most_in(
    limit: &'static str,
    unit: &str,
    value: u64,
    maximum: u64,
    position: Option<Pos>,
) -> ServerResult<()> {
    if value <= maximum {
        return Ok(());
    }
    let message = format!("The document has {value} {unit}; at most {maximum} are allowed.");
    Err(limit_error(TOO_LARGE, (limit, value, maximum), message, position))
}

/// Returns an error whose extensions have the code, the limit, the value and the maximum.
pub(super) fn limit_error(
    code: &str,
    (limit, value, maximum): (&str, u64, u64),
    message: String,
    position: Option<Pos>,
) -> ServerError {
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", code);
    extensions.set("limit", limit);
    extensions.set("value", value);
    extensions.set("maximum", maximum);
    ServerError { extensions: Some(extensions), ..ServerError::new(message, position) }
}
