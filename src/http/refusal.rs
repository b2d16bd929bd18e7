//! What is answered to a request that is refused before there is a GraphQL document to execute.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};

use super::media::Media;
use crate::error::Error;

/// Why a request is refused.
pub struct Refusal {
    /// The HTTP status.
    pub status: StatusCode,
    /// The code of the error.
    pub code: &'static str,
    /// The words for whoever asked.
    pub message: String,
    /// In how many seconds the same request may come again, where that is what it takes.
    pub retry_after: Option<u64>,
}

impl Refusal {
    /// Refuses with this status, code and message.
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), retry_after: None }
    }

    /// Refuses what is no GraphQL request.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BAD_REQUEST", message)
    }

    /// Refuses what the server failed at, and tells the log why.
    pub fn failure(error: &Error) -> Self {
        tracing::error!(code = error.code(), cause = error.cause(), "a token could not be checked");
        let status = match error {
            Error::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self::new(status, error.code(), error.to_string())
    }

    /// The answer, in a media type that the client takes. A stream that does not begin is a plain answer.
    pub fn into_response(self, media: Media) -> HttpResponse {
        let media = if media == Media::Events { Media::GraphQl } else { media };
        let mut response = media.answer(self.status);
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        match self.status {
            StatusCode::METHOD_NOT_ALLOWED => response.insert_header((header::ALLOW, "GET, POST")),
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
