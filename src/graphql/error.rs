//! Errors as clients see them: each with a code, none with anything internal.

use async_graphql::{ErrorExtensionValues, Response, ServerError, value};

use crate::error::Error;
use crate::graphql::scalars::expected_format;

/// The document is not GraphQL.
pub const PARSE_FAILED: &str = "GRAPHQL_PARSE_FAILED";
/// The document does not fit the schema, or the operation or a variable is missing or wrong.
pub const VALIDATION_FAILED: &str = "GRAPHQL_VALIDATION_FAILED";

/// There are more errors than are told.
const TOO_MANY_ERRORS: &str = "TOO_MANY_ERRORS";
/// The most errors of an answer.
const MAX_ERRORS: usize = 50;

/// Gives every error of an answer its code, up to as many as are told, and tells the log what clients must not see.
pub fn finalize_errors(response: &mut Response) {
    let total = response.errors.len();
    if total > MAX_ERRORS {
        response.errors.truncate(MAX_ERRORS - 1);
        let more = total - response.errors.len();
        let error = ServerError::new(format!("There are {more} more errors."), None);
        response.errors.push(with_code(error, TOO_MANY_ERRORS));
    }
    for error in &mut response.errors {
        if error.extensions.as_ref().is_some_and(|extensions| extensions.get("code").is_some()) {
            continue;
        }
        match error.source::<Error>().cloned() {
            Some(source) => {
                if let Some(cause) = source.cause() {
                    tracing::error!(code = source.code(), path = ?error.path, cause, "a field failed");
                }
                set_code(error, source.code());
                add_details(error, &source);
            }
            // What is left comes before any field: the document does not fit the schema; the operation is missing, ambiguous or
            // not there; or a value was refused by its field.
            None => {
                // The library says which value is wrong and what type it should be, not what that type takes.
                let wanted = error
                    .message
                    .rsplit("expected type \"")
                    .next()
                    .and_then(|rest| expected_format(rest.trim_end_matches('"')));
                if let Some(wanted) = wanted {
                    error.message = format!("{}; {wanted}", error.message);
                }
                set_code(error, VALIDATION_FAILED);
            }
        }
    }
}

/// The error with a code.
pub fn with_code(mut error: ServerError, code: &str) -> ServerError {
    set_code(&mut error, code);
    error
}

fn set_code(error: &mut ServerError, code: &str) {
    error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("code", code);
}

/// What programs may want to know of an error beyond its code.
fn add_details(error: &mut ServerError, source: &Error) {
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    match source {
        Error::InvalidDocument { problems, .. } => {
            let fields = problems.iter().map(|problem| value!({ "path": problem.field, "message": problem.message }));
            extensions.set("fields", fields.collect::<Vec<_>>());
        }
        Error::Conflict { current, .. } => extensions.set("currentVersion", *current),
        Error::RevertConflict { later, .. } => extensions.set("revisions", later.clone()),
        Error::InUse { by, .. } => extensions.set("by", by.clone()),
        _ => {}
    }
}
