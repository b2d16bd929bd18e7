//! HTTP responses for GraphQL responses: status, headers and JSON.

use std::{io, sync::Arc};

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use async_graphql::{Response, ServerError, Value};

use crate::error::{Error, FORBIDDEN, INTERNAL, RESPONSE_TOO_LARGE, TIMED_OUT, UNAVAILABLE};
use crate::graphql::error::finalize_errors;
use crate::graphql::limits;
use crate::http::graphql::content_type::ResponseFormat;
use crate::http::middleware::error::RETRY_AFTER_SECONDS;
use crate::http::middleware::request_log::ResponseOutcome;

/// Serializes a response. `data` is absent if execution did not begin.
///
/// # Errors
/// The response has more than `limit` bytes. During the execution only the values of objects were counted, without escapes
/// and introspection.
pub fn to_json(response: &Response, limit: u32) -> Result<Vec<u8>, Error> {
    let limit = limit as usize;
    let mut buffer = BoundedBuffer { bytes: Vec::with_capacity(256), limit };
    let result = if was_executed(response) {
        serde_json::to_writer(&mut buffer, response)
    } else {
        serde_json::to_writer(&mut buffer, &serde_json::json!({ "errors": response.errors }))
    };
    match result {
        Ok(()) => Ok(buffer.bytes),
        Err(error) if error.is_io() => Err(Error::ResponseTooLarge { limit, executed: false }),
        Err(error) => Err(Error::internal(error)),
    }
}

/// A buffer of at most `limit` bytes.
struct BoundedBuffer {
    bytes: Vec<u8>,
    limit: usize,
}

impl io::Write for BoundedBuffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Serializes a response, or the error that it is too large.
pub fn to_json_or_error(response: &Response, limit: u32) -> Vec<u8> {
    to_json(response, limit).unwrap_or_else(|error| errors_json(&error_response(error)))
}

/// Serializes a response without data, whose errors are few.
fn errors_json(response: &Response) -> Vec<u8> {
    serde_json::json!({ "errors": response.errors }).to_string().into_bytes()
}

/// Returns the HTTP response with the status that GraphQL over HTTP requires for the format. A response with more than
/// `limit` bytes becomes an error.
pub fn respond(format: ResponseFormat, response: &Response, limit: u32) -> HttpResponse {
    match to_json(response, limit) {
        Ok(body) => with_body(format, response, body),
        Err(error) => {
            let response = error_response(error);
            with_body(format, &response, errors_json(&response))
        }
    }
}

fn with_body(format: ResponseFormat, response: &Response, body: Vec<u8>) -> HttpResponse {
    let status = if has_only_errors(FORBIDDEN, response) {
        StatusCode::FORBIDDEN
    } else if has_only_errors(UNAVAILABLE, response) {
        StatusCode::SERVICE_UNAVAILABLE
    } else if has_only_errors(TIMED_OUT, response) {
        StatusCode::GATEWAY_TIMEOUT
    } else if !was_executed(response) && has_only_errors(INTERNAL, response) {
        StatusCode::INTERNAL_SERVER_ERROR
    } else if response.errors.iter().any(limits::error::is_limit) || has_only_errors(RESPONSE_TOO_LARGE, response) {
        StatusCode::BAD_REQUEST
    } else if was_executed(response) || format == ResponseFormat::Json {
        StatusCode::OK
    } else {
        StatusCode::BAD_REQUEST
    };
    let mut builder = format.response(status);
    builder.insert_header((header::CACHE_CONTROL, "no-store"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        builder.insert_header((header::RETRY_AFTER, RETRY_AFTER_SECONDS));
    }
    let mut http_response = builder.body(body);
    http_response.extensions_mut().insert(ResponseOutcome::of(response));
    http_response
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
