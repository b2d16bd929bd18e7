//! The body of a request, as it was before it was compressed.

use std::io::Read;

use actix_web::{
    HttpRequest,
    http::{StatusCode, header},
    web::Bytes,
};
use flate2::read::MultiGzDecoder;

use crate::http::middleware::error::HttpError;

/// The most bytes of a request's body.
pub const MAX_BODY: usize = 1 << 20;

/// Reads a body, unpacked. It is never larger than `MAX_BODY`, packed or not.
///
/// # Errors
/// It is too large, broken, or packed in a way that is not known.
pub fn read(request: &HttpRequest, body: Result<Bytes, actix_web::Error>) -> Result<Bytes, HttpError> {
    let body = body.map_err(|error| {
        match error.as_response_error().status_code() {
            StatusCode::PAYLOAD_TOO_LARGE => return too_large(),
            late @ StatusCode::REQUEST_TIMEOUT => {
                return HttpError::new(late, "REQUEST_TIMEOUT", "The body took too long to arrive.");
            }
            _ => {}
        }
        HttpError::bad_request("The body could not be read.")
    })?;
    let mut encodings = request.headers().get_all(header::CONTENT_ENCODING);
    let Some(encoding) = encodings.next() else { return Ok(body) };
    match encoding.to_str().ok().filter(|_| encodings.next().is_none()) {
        Some(encoding) if encoding.eq_ignore_ascii_case("identity") => Ok(body),
        Some(encoding) if encoding.eq_ignore_ascii_case("gzip") => gunzip(&body),
        _ => {
            let message = "The body is compressed in a way that this server does not read; use gzip, or none.";
            Err(HttpError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", message))
        }
    }
}

fn gunzip(packed: &[u8]) -> Result<Bytes, HttpError> {
    let mut unpacked = Vec::new();
    // A thousandth of what it unpacks to is enough, so it is stopped rather than measured.
    let read = MultiGzDecoder::new(packed).take(MAX_BODY as u64 + 1).read_to_end(&mut unpacked);
    read.map_err(|_| HttpError::bad_request("The body is not gzip, although its Content-Encoding says so."))?;
    if unpacked.len() > MAX_BODY { Err(too_large()) } else { Ok(unpacked.into()) }
}

fn too_large() -> HttpError {
    let message = format!("The body is larger than {MAX_BODY} bytes.");
    HttpError::new(StatusCode::PAYLOAD_TOO_LARGE, "PAYLOAD_TOO_LARGE", message)
}
