//! Responses to requests that are rejected before a GraphQL document is executed.

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{self, HeaderMap},
    },
};
use async_graphql::{ErrorExtensionValues, Response, ServerError};

use crate::error::Error;
use crate::http::graphql::content_type::ResponseFormat;

/// The `Retry-After` of `SERVICE_UNAVAILABLE`, in seconds.
pub const RETRY_AFTER_SECONDS: u64 = 1;

/// An error that is sent as an HTTP response.
#[derive(Clone)]
pub struct HttpError {
    /// The HTTP status.
    pub status: StatusCode,
    /// The error code, in `extensions.code`.
    pub code: &'static str,
    /// The message for the client.
    pub message: String,
    /// The `Allow` header of a 405 response.
    pub allow: &'static str,
    /// The `Retry-After` header in seconds; `None` if a retry would not help.
    pub retry_after: Option<u64>,
    /// Further headers of the response.
    pub headers: Option<Box<HeaderMap>>,
}

impl HttpError {
    /// Creates an error with a status, code and message.
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), allow: "GET, HEAD, POST", retry_after: None, headers: None }
    }

    /// Creates a 400 error with the code `BAD_REQUEST`.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
    }

    /// Maps an error of the catalog to an HTTP error. The causes of server errors are logged and not sent.
    pub fn from_error(error: &Error) -> Self {
        let status = match error {
            Error::NotFound { .. } => StatusCode::NOT_FOUND,
            Error::InvalidArgument(_) => StatusCode::BAD_REQUEST,
            Error::Unavailable(_) | Error::Overloaded | Error::Busy(_) | Error::Storage { .. } | Error::Stopping => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Error::TimedOut => StatusCode::GATEWAY_TIMEOUT,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        if status.is_server_error() {
            tracing::error!(code = error.code(), cause = error.cause(), "request failed");
        }
        let retry_after = (status == StatusCode::SERVICE_UNAVAILABLE).then_some(RETRY_AFTER_SECONDS);
        Self { retry_after, ..Self::new(status, error.code(), error.to_string()) }
    }

    /// Returns the error as a GraphQL response without data.
    pub fn into_graphql(self) -> Response {
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", self.code);
        Response::from_errors(vec![ServerError {
            extensions: Some(extensions),
            ..ServerError::new(self.message, None)
        }])
    }

    /// Returns the response in the format that the client accepts. An error instead of an event stream is sent as a
    /// GraphQL response.
    pub fn into_response(self, format: ResponseFormat) -> HttpResponse {
        let format = if format.is_stream() { ResponseFormat::GraphQl } else { format };
        let mut response = format.response(self.status);
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        match self.status {
            StatusCode::METHOD_NOT_ALLOWED => response.insert_header((header::ALLOW, self.allow)),
            // The rest of the body would be parsed as another request.
            StatusCode::REQUEST_TIMEOUT => response.force_close(),
            StatusCode::UNAUTHORIZED => response.insert_header((header::WWW_AUTHENTICATE, "Bearer")),
            _ => &mut response,
        };
        if let Some(seconds) = self.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        let error = serde_json::json!({ "message": self.message, "extensions": { "code": self.code } });
        let mut response = response.json(serde_json::json!({ "errors": [error] }));
        for (name, value) in self.headers.into_iter().flat_map(|headers| *headers) {
            response.headers_mut().insert(name, value);
        }
        response
    }
}
