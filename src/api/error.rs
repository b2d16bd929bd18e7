//! Errors as clients see them: each with a code, none with anything internal.

use std::sync::Arc;

use async_graphql::{
    ErrorExtensionValues, Response, ServerError, ServerResult, ValidationResult, Variables,
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextParseQuery, NextValidation},
    parser::types::ExecutableDocument,
    value,
};

use super::{bounds::check_document, rules::check_subscriptions, scalar::wants};
use crate::error::Error;

/// The document is not GraphQL.
pub const PARSE_FAILED: &str = "GRAPHQL_PARSE_FAILED";
/// The document does not fit the schema, or the operation or a variable is missing or wrong.
pub const VALIDATION_FAILED: &str = "GRAPHQL_VALIDATION_FAILED";

/// Gives errors in documents their codes.
pub struct DocumentErrors;

impl ExtensionFactory for DocumentErrors {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_graphql::async_trait::async_trait]
impl Extension for DocumentErrors {
    async fn parse_query(
        &self,
        ctx: &ExtensionContext<'_>,
        query: &str,
        variables: &Variables,
        next: NextParseQuery<'_>,
    ) -> ServerResult<ExecutableDocument> {
        let document = next.run(ctx, query, variables).await.map_err(|mut error| {
            // The library counts levels here too, in a document that did parse.
            let deep = error.message.starts_with("The recursion depth");
            set_code(&mut error, if deep { VALIDATION_FAILED } else { PARSE_FAILED });
            error
        })?;
        check_document(&document, variables).and_then(|()| check_subscriptions(&document)).map_err(|mut error| {
            set_code(&mut error, VALIDATION_FAILED);
            error
        })?;
        Ok(document)
    }

    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        next.run(ctx).await.map_err(|mut errors| {
            for error in &mut errors {
                // The library says which value is wrong and what type it should be, not what that type takes.
                let wanted =
                    error.message.rsplit("expected type \"").next().and_then(|rest| wants(rest.trim_end_matches('"')));
                if let Some(wanted) = wanted {
                    error.message = format!("{}; {wanted}", error.message);
                }
                set_code(error, VALIDATION_FAILED);
            }
            errors
        })
    }
}

/// Gives every error of an answer its code, and tells the log what clients must not see.
pub fn finish(response: &mut Response) {
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
                tell_more(error, &source);
            }
            // What is left has no path: the operation is missing, ambiguous or not there; or a value was refused by its field.
            None => set_code(error, VALIDATION_FAILED),
        }
    }
}

fn set_code(error: &mut ServerError, code: &str) {
    error.extensions.get_or_insert_with(ErrorExtensionValues::default).set("code", code);
}

/// What programs may want to know of an error beyond its code.
fn tell_more(error: &mut ServerError, source: &Error) {
    let extensions = error.extensions.get_or_insert_with(ErrorExtensionValues::default);
    match source {
        Error::InvalidDocument { problems, .. } => {
            let fields = problems.iter().map(|problem| value!({ "path": problem.field, "message": problem.message }));
            extensions.set("fields", fields.collect::<Vec<_>>());
        }
        Error::Conflict { current, .. } => extensions.set("currentVersion", *current),
        Error::ChangedSince { later, .. } => extensions.set("revisions", later.clone()),
        Error::InUse { by, .. } => extensions.set("by", by.clone()),
        _ => {}
    }
}
