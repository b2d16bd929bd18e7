//! Request bodies: the size limit, the timeout and decompression.

use std::io::Read;

use actix_web::{
    Error, FromRequest, HttpRequest,
    dev::Payload,
    http::{
        StatusCode,
        header::{self, HeaderName},
    },
    web,
    web::Bytes,
};
use flate2::read::MultiGzDecoder;
use futures_util::future::LocalBoxFuture;
use tokio::time::timeout;

use crate::http::limits::address_limit::AddressPermit;
use crate::http::middleware::error::HttpError;
use crate::http::server::state::State;

/// The maximum size of a request body in bytes, before and after decompression.
pub const MAX_BODY_BYTES: usize = 1 << 20;

/// The size from which bodies count against the limit of their address.
const LARGE_BODY_BYTES: usize = 64 << 10;

/// A received body.
pub struct Body {
    /// The bytes, as they were sent.
    pub bytes: Bytes,
    /// Counts a large body against the limit of its address until it is dropped.
    _permit: Option<AddressPermit>,
}

/// Extracts the body of a request. The result is an error with the status 408 if the body does not arrive within the
/// receive timeout, and 429 if the large bodies of its address are too large together.
pub struct BodyWithTimeout(pub Result<Body, HttpError>);

impl FromRequest for BodyWithTimeout {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self, Error>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let state = request.app_data::<web::Data<State>>().cloned();
        let permit = state.as_ref().map_or(Ok(None), |state| count_large_body(request, state));
        let bytes = Bytes::from_request(request, payload);
        Box::pin(async move {
            let receive = async {
                let permit = permit?;
                Ok(Body { bytes: bytes.await.map_err(|error| body_error(&error))?, _permit: permit })
            };
            let Some(state) = state else { return Ok(Self(receive.await)) };
            Ok(Self(timeout(state.timeouts.receive, receive).await.unwrap_or_else(|_| Err(too_slow()))))
        })
    }
}

/// Counts a large body against the limit of its address. A compressed body, and one without a length, count as the largest.
fn count_large_body(request: &HttpRequest, state: &State) -> Result<Option<AddressPermit>, HttpError> {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let has = |name: HeaderName| request.headers().contains_key(name);
    let unknown = has(header::TRANSFER_ENCODING) || has(header::CONTENT_ENCODING);
    let bytes = if unknown { MAX_BODY_BYTES } else { length.unwrap_or(0) };
    // A body beyond the limit is rejected without being read.
    if !(LARGE_BODY_BYTES..=MAX_BODY_BYTES).contains(&bytes) {
        return Ok(None);
    }
    let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
    state.body_limit.acquire(state.trusted_proxies.address(request), bytes).map(Some)
}

/// Decompresses a received body.
///
/// # Errors
/// The body is larger than `MAX_BODY_BYTES`, took too long to arrive, is not valid gzip, or has an encoding other than gzip
/// and identity; or the large bodies of the address are too large together.
pub fn decode(request: &HttpRequest, body: &Result<Body, HttpError>) -> Result<Bytes, HttpError> {
    let body = body.as_ref().map_err(HttpError::clone)?.bytes.clone();
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

fn body_error(error: &Error) -> HttpError {
    match error.as_response_error().status_code() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        _ => HttpError::bad_request("The body could not be read."),
    }
}

fn too_slow() -> HttpError {
    HttpError::new(StatusCode::REQUEST_TIMEOUT, "REQUEST_TIMEOUT", "The body took too long to arrive.")
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
