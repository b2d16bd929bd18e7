//! What is answered to a request that is refused before there is a GraphQL document to execute.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};

use crate::error::Error;
use crate::http::graphql::content_type::ResponseFormat;

/// In how many seconds to come again where something is away that is expected back.
pub const RETRY_AFTER: u64 = 1;

/// Why a request is refused.
pub struct HttpError {
    /// The HTTP status.
    pub status: StatusCode,
    /// The code of the error.
    pub code: &'static str,
    /// The words for whoever asked.
    pub message: String,
    /// The methods that are allowed, where the one that was used is not.
    pub allow: &'static str,
    /// In how many seconds the same request may come again, where that is what it takes.
    pub retry_after: Option<u64>,
}

impl HttpError {
    /// Refuses with this status, code and message.
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), allow: "GET, POST", retry_after: None }
    }

    /// Refuses what is no GraphQL request.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
    }

    /// Refuses what is not there, what makes no sense and what the server failed at; of that it tells the log why.
    pub fn from_error(error: &Error) -> Self {
        let status = match error {
            Error::NotFound { .. } => StatusCode::NOT_FOUND,
            Error::InvalidArgument(_) => StatusCode::BAD_REQUEST,
            Error::Unavailable(_) | Error::Busy(_) | Error::Storage { .. } | Error::Stopping => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Error::TimedOut => StatusCode::GATEWAY_TIMEOUT,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        if status.is_server_error() {
            tracing::error!(code = error.code(), cause = error.cause(), "a request could not be answered");
        }
        let retry_after = (status == StatusCode::SERVICE_UNAVAILABLE).then_some(RETRY_AFTER);
        Self { retry_after, ..Self::new(status, error.code(), error.to_string()) }
    }

    /// The answer, in a media type that the client takes. A stream that does not begin is a plain answer.
    pub fn into_response(self, media: ResponseFormat) -> HttpResponse {
        let media = if media == ResponseFormat::Events { ResponseFormat::GraphQl } else { media };
        let mut response = media.response(self.status);
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        match self.status {
            StatusCode::METHOD_NOT_ALLOWED => response.insert_header((header::ALLOW, self.allow)),
            // What is still to come would be taken for another request.
            StatusCode::REQUEST_TIMEOUT => response.force_close(),
            StatusCode::UNAUTHORIZED => response.insert_header((header::WWW_AUTHENTICATE, "Bearer")),
            _ => &mut response,
        };
        if let Some(seconds) = self.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        let error = serde_json::json!({ "message": self.message, "extensions": { "code": self.code } });
        response.json(serde_json::json!({ "errors": [error] }))
    }
}
