//! HTTP responses for GraphQL responses: status, headers and JSON.

use std::sync::Arc;

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use async_graphql::{Response, ServerError, Value};

use crate::error::{Error, FORBIDDEN, INTERNAL, TIMED_OUT, UNAVAILABLE};
use crate::graphql::error::finalize_errors;
use crate::graphql::limits;
use crate::http::graphql::content_type::ResponseFormat;
use crate::http::middleware::error::RETRY_AFTER_SECONDS;
use crate::http::middleware::request_log::ResponseOutcome;

/// Serializes a response. `data` is absent if execution did not begin.
pub fn to_json(response: &Response) -> serde_json::Result<String> {
    if was_executed(response) {
        serde_json::to_string(response)
    } else {
        serde_json::to_string(&serde_json::json!({ "errors": response.errors }))
    }
}

/// Returns the HTTP response with the status that GraphQL over HTTP requires for the format.
pub fn respond(format: ResponseFormat, response: &Response) -> HttpResponse {
    let status = if has_only_errors(FORBIDDEN, response) {
        StatusCode::FORBIDDEN
    } else if has_only_errors(UNAVAILABLE, response) {
        StatusCode::SERVICE_UNAVAILABLE
    } else if has_only_errors(TIMED_OUT, response) {
        StatusCode::GATEWAY_TIMEOUT
    } else if !was_executed(response) && has_only_errors(INTERNAL, response) {
        StatusCode::INTERNAL_SERVER_ERROR
    } else if response.errors.iter().any(limits::error::is_limit) {
        StatusCode::BAD_REQUEST
    } else if was_executed(response) || format == ResponseFormat::Json {
        StatusCode::OK
    } else {
        StatusCode::BAD_REQUEST
    };
    match to_json(response) {
        Ok(body) => {
            let mut builder = format.response(status);
            builder.insert_header((header::CACHE_CONTROL, "no-store"));
            if status == StatusCode::SERVICE_UNAVAILABLE {
                builder.insert_header((header::RETRY_AFTER, RETRY_AFTER_SECONDS));
            }
            let mut http_response = builder.body(body);
            http_response.extensions_mut().insert(ResponseOutcome::of(response));
            http_response
        }
        Err(error) => {
            tracing::error!(%error, "response could not be serialized");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// Returns whether execution began. Field errors have a path; request errors have none.
pub fn was_executed(response: &Response) -> bool {
    response.data != Value::Null || response.errors.iter().any(|error| !error.path.is_empty())
}

/// Returns whether all errors have this code and there is no data, or only nulls.
pub fn has_only_errors(code: &str, response: &Response) -> bool {
    let code = Value::from(code);
    let has_code =
        |error: &ServerError| error.extensions.as_ref().and_then(|extensions| extensions.get("code")) == Some(&code);
    let empty = match &response.data {
        Value::Object(fields) => fields.values().all(|value| *value == Value::Null),
        data => *data == Value::Null,
    };
    empty && response.is_err() && response.errors.iter().all(has_code)
}

/// Returns the response for an error before execution.
pub fn error_response(error: Error) -> Response {
    let server_error = ServerError::new(error.to_string(), None);
    let mut response = Response::from_errors(vec![ServerError { source: Some(Arc::new(error)), ..server_error }]);
    finalize_errors(&mut response);
    response
}
