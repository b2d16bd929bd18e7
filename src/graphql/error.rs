//! Errors in GraphQL responses: each has a code in its extensions, and none has internal details.

use async_graphql::{ErrorExtensionValues, Response, ServerError, value};

use crate::error::Error;
use crate::graphql::scalars::expected_format;

/// The code of a document with a syntax error.
pub const PARSE_FAILED: &str = "GRAPHQL_PARSE_FAILED";
/// The code of a request that does not validate: the document does not match the schema, or the operation or a variable is
/// missing or invalid.
pub const VALIDATION_FAILED: &str = "GRAPHQL_VALIDATION_FAILED";

/// The code of the last error of a response that has too many: its message has the number of omitted errors.
const TOO_MANY_ERRORS: &str = "TOO_MANY_ERRORS";
/// The largest number of errors in a response.
const MAX_ERRORS: usize = 50;

/// Sets the code of each error of a response, logs internal causes, and omits errors beyond [`MAX_ERRORS`].
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
                    tracing::error!(code = source.code(), path = ?error.path, cause, "GraphQL field failed");
                }
                set_code(error, source.code());
                add_details(error, &source);
            }
            // The remaining errors are from before execution: the document does not match the schema, the operation is missing
            // or ambiguous, or an argument has an invalid value.
            None => {
                // async-graphql puts the type, which the path of the argument tells, in front of what is wrong with a value.
                if let Some((_, reason)) =
                    error.message.strip_prefix("Failed to parse \"").and_then(|rest| rest.split_once("\": "))
                {
                    error.message = reason.to_owned();
                }
                // async-graphql's message has the invalid value and the expected type, but not the format of that type.
                let format = error
                    .message
                    .rsplit("expected type \"")
                    .next()
                    .and_then(|rest| expected_format(rest.trim_end_matches('"')));
                if let Some(format) = format {
                    error.message = format!("{}; {format}", error.message);
                }
                set_code(error, VALIDATION_FAILED);
            }
        }
    }
}

/// Returns the error with a code in its extensions.
pub fn with_code(mut error: ServerError, code: &str) -> ServerError {
    set_code(&mut error, code);
    error
}

fn set_code(error: &mut ServerError, code: &str) {
    error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("code", code);
}

/// Adds machine-readable details of an error to its extensions.
fn add_details(error: &mut ServerError, source: &Error) {
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    match source {
        Error::InvalidDocument { problems, .. } => {
            let fields = problems.iter().map(|problem| value!({ "path": problem.field, "message": problem.message }));
            extensions.set("fields", fields.collect::<Vec<_>>());
        }
        Error::Conflict { current, .. } => extensions.set("currentVersion", *current),
        Error::ProposalConflict(fields) => extensions.set("conflicts", fields.clone()),
        Error::RevertConflict { later, .. } => extensions.set("revisions", later.clone()),
        Error::InUse { by, .. } => extensions.set("by", by.clone()),
        _ => {}
    }
}
