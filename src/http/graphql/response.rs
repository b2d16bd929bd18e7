//! What a GraphQL response is over HTTP.

use std::sync::Arc;

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use async_graphql::{Response, ServerError, Value};

use crate::error::{Error, FORBIDDEN, INTERNAL, TIMED_OUT, UNAVAILABLE};
use crate::graphql::error::finish;
use crate::graphql::limits;
use crate::http::graphql::content_type::Media;
use crate::http::middleware::error::RETRY_AFTER;
use crate::http::middleware::request_log::Told;

/// An answer as JSON: data only where execution began.
pub fn write(response: &Response) -> serde_json::Result<String> {
    if executed(response) {
        serde_json::to_string(response)
    } else {
        serde_json::to_string(&serde_json::json!({ "errors": response.errors }))
    }
}

/// The HTTP answer.
pub fn respond(media: Media, response: &Response) -> HttpResponse {
    let status = if only(FORBIDDEN, response) {
        StatusCode::FORBIDDEN
    } else if only(UNAVAILABLE, response) {
        StatusCode::SERVICE_UNAVAILABLE
    } else if only(TIMED_OUT, response) {
        StatusCode::GATEWAY_TIMEOUT
    } else if !executed(response) && only(INTERNAL, response) {
        StatusCode::INTERNAL_SERVER_ERROR
    } else if response.errors.iter().any(limits::error::is_limit) {
        StatusCode::BAD_REQUEST
    } else if executed(response) || media == Media::Json {
        StatusCode::OK
    } else {
        StatusCode::BAD_REQUEST
    };
    match write(response) {
        Ok(body) => {
            let mut answer = media.answer(status);
            answer.insert_header((header::CACHE_CONTROL, "no-store"));
            if status == StatusCode::SERVICE_UNAVAILABLE {
                answer.insert_header((header::RETRY_AFTER, RETRY_AFTER));
            }
            let mut answer = answer.body(body);
            answer.extensions_mut().insert(Told::of(response));
            answer
        }
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// Whether execution began. An error of a field has a path; an error of the request has none.
pub fn executed(response: &Response) -> bool {
    response.data != Value::Null || response.errors.iter().any(|error| !error.path.is_empty())
}

/// Whether there is nothing but errors with a code: no data, or none but nulls.
pub fn only(code: &str, response: &Response) -> bool {
    let code = Value::from(code);
    let has = |error: &ServerError| error.extensions.as_ref().and_then(|given| given.get("code")) == Some(&code);
    let empty = match &response.data {
        Value::Object(fields) => fields.values().all(|value| *value == Value::Null),
        data => *data == Value::Null,
    };
    empty && response.is_err() && response.errors.iter().all(has)
}

/// The answer where nothing was executed because of an error of the house.
pub fn failed(error: Error) -> Response {
    let source = ServerError::new(error.to_string(), None);
    let mut response = Response::from_errors(vec![ServerError { source: Some(Arc::new(error)), ..source }]);
    finish(&mut response);
    response
}
