//! What a GraphQL response is over HTTP.

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
use crate::http::middleware::error::RETRY_AFTER;
use crate::http::middleware::request_log::ResponseOutcome;

/// An answer as JSON: data only where execution began.
pub fn to_json(response: &Response) -> serde_json::Result<String> {
    if was_executed(response) {
        serde_json::to_string(response)
    } else {
        serde_json::to_string(&serde_json::json!({ "errors": response.errors }))
    }
}

/// The HTTP answer.
pub fn respond(media: ResponseFormat, response: &Response) -> HttpResponse {
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
    } else if was_executed(response) || media == ResponseFormat::Json {
        StatusCode::OK
    } else {
        StatusCode::BAD_REQUEST
    };
    match to_json(response) {
        Ok(body) => {
            let mut answer = media.response(status);
            answer.insert_header((header::CACHE_CONTROL, "no-store"));
            if status == StatusCode::SERVICE_UNAVAILABLE {
                answer.insert_header((header::RETRY_AFTER, RETRY_AFTER));
            }
            let mut answer = answer.body(body);
            answer.extensions_mut().insert(ResponseOutcome::of(response));
            answer
        }
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// Whether execution began. An error of a field has a path; an error of the request has none.
pub fn was_executed(response: &Response) -> bool {
    response.data != Value::Null || response.errors.iter().any(|error| !error.path.is_empty())
}

/// Whether there is nothing but errors with a code: no data, or none but nulls.
pub fn has_only_errors(code: &str, response: &Response) -> bool {
    let code = Value::from(code);
    let has = |error: &ServerError| error.extensions.as_ref().and_then(|given| given.get("code")) == Some(&code);
    let empty = match &response.data {
        Value::Object(fields) => fields.values().all(|value| *value == Value::Null),
        data => *data == Value::Null,
    };
    empty && response.is_err() && response.errors.iter().all(has)
}

/// The answer where nothing was executed because of an error of the house.
pub fn error_response(error: Error) -> Response {
    let source = ServerError::new(error.to_string(), None);
    let mut response = Response::from_errors(vec![ServerError { source: Some(Arc::new(error)), ..source }]);
    finalize_errors(&mut response);
    response
}
