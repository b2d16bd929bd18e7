//! Request bodies: the size limit, the timeout and decompression.

use std::io::Read;

use actix_web::{
    Error, FromRequest, HttpRequest, HttpResponse, ResponseError,
    dev::Payload,
    http::{StatusCode, header},
    web,
    web::Bytes,
};
use flate2::read::MultiGzDecoder;
use futures_util::future::LocalBoxFuture;
use tokio::time::timeout;

use crate::http::middleware::error::HttpError;
use crate::http::server::state::State;

/// The maximum size of a request body in bytes, before and after decompression.
pub const MAX_BODY_BYTES: usize = 1 << 20;

/// Extracts the body of a request. The result is an error with the status 408 if the body does not arrive within the
/// receive timeout.
pub struct BodyWithTimeout(pub Result<Bytes, Error>);

impl FromRequest for BodyWithTimeout {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let receive_timeout = request.app_data::<web::Data<State>>().map(|state| state.timeouts.receive);
        let body = Bytes::from_request(request, payload);
        Box::pin(async move {
            let Some(receive_timeout) = receive_timeout else { return Ok(Self(body.await)) };
            Ok(Self(timeout(receive_timeout, body).await.unwrap_or_else(|_| Err(BodyTimeout.into()))))
        })
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the body did not arrive in time")]
struct BodyTimeout;

impl ResponseError for BodyTimeout {
    fn status_code(&self) -> StatusCode {
        StatusCode::REQUEST_TIMEOUT
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

/// Decompresses a received body.
///
/// # Errors
/// The body is larger than `MAX_BODY_BYTES`, took too long to arrive, is not valid gzip, or has an encoding other than
/// gzip and identity.
pub fn decode(request: &HttpRequest, body: Result<Bytes, Error>) -> Result<Bytes, HttpError> {
    let body = body.map_err(|error| match error.as_response_error().status_code() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        status @ StatusCode::REQUEST_TIMEOUT => {
            HttpError::new(status, "REQUEST_TIMEOUT", "The body took too long to arrive.")
        }
        _ => HttpError::bad_request("The body could not be read."),
    })?;
    let mut encodings = request.headers().get_all(header::CONTENT_ENCODING);
    let Some(encoding) = encodings.next() else { return Ok(body) };
    match encoding.to_str().ok().filter(|_| encodings.next().is_none()) {
        Some(encoding) if encoding.eq_ignore_ascii_case("identity") => Ok(body),
        Some(encoding) if encoding.eq_ignore_ascii_case("gzip") => gunzip(&body),
        _ => {
            let message = "The Content-Encoding of the body is not supported; use gzip or none.";
            Err(HttpError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", message))
        }
    }
}

fn gunzip(compressed: &[u8]) -> Result<Bytes, HttpError> {
    let mut body = Vec::new();
    // A small body can decompress to a thousand times its size, so decompression stops at the limit.
    let result = MultiGzDecoder::new(compressed).take(MAX_BODY_BYTES as u64 + 1).read_to_end(&mut body);
    result.map_err(|_| HttpError::bad_request("The Content-Encoding is gzip, but the body is not valid gzip."))?;
    if body.len() > MAX_BODY_BYTES { Err(too_large()) } else { Ok(body.into()) }
}

fn too_large() -> HttpError {
    let message = format!("The body is larger than {MAX_BODY_BYTES} bytes.");
    HttpError::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", message)
}
