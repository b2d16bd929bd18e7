//! Limits on the length of the URI and the headers of a request.

use actix_web::{dev::ServiceRequest, http::StatusCode};

use crate::http::middleware::error::HttpError;

/// The maximum length of the path and query of a URI in bytes.
pub const MAX_URI_BYTES: usize = 32 << 10;
/// The maximum total length of all header names and values in bytes.
pub const MAX_HEADER_BYTES: usize = 32 << 10;

/// Rejects requests whose URI or headers are too long. The HTTP library rejects more than 128 KB or 96 headers before
/// this.
///
/// # Errors
/// `URI_TOO_LONG` or `HEADERS_TOO_LARGE`.
pub fn check_header_size(request: &ServiceRequest) -> Result<(), HttpError> {
    let uri = request.uri().path_and_query().map_or(0, |uri| uri.as_str().len());
    if uri > MAX_URI_BYTES {
        let message = format!("The URI has {uri} bytes; the limit is {MAX_URI_BYTES}. Send the query with POST.");
        return Err(HttpError::new(StatusCode::URI_TOO_LONG, "URI_TOO_LONG", message));
    }
    let headers = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum::<usize>();
    if headers > MAX_HEADER_BYTES {
        let message = format!("The headers have {headers} bytes; the limit is {MAX_HEADER_BYTES}.");
        return Err(HttpError::new(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "HEADERS_TOO_LARGE", message));
    }
    Ok(())
}
