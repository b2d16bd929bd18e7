//! Limits on the length of addresses and headers.

use actix_web::{dev::ServiceRequest, http::StatusCode};

use crate::http::middleware::error::HttpError;

/// The most bytes of an address.
pub const MAX_ADDRESS: usize = 32 << 10;
/// The most bytes of all headers.
pub const MAX_HEADERS: usize = 32 << 10;

/// Refuses heads that are too long; what is longer than 128 KB, or has more than 96 headers, does not come this far.
///
/// # Errors
/// The address or the headers are too long.
pub fn check_header_size(request: &ServiceRequest) -> Result<(), HttpError> {
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if address > MAX_ADDRESS {
        let message = format!("The address has {address} bytes; at most {MAX_ADDRESS} are taken. Send it with POST.");
        return Err(HttpError::new(StatusCode::URI_TOO_LONG, "URI_TOO_LONG", message));
    }
    let headers = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum::<usize>();
    if headers > MAX_HEADERS {
        let message = format!("The headers have {headers} bytes; at most {MAX_HEADERS} are taken.");
        return Err(HttpError::new(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, "HEADERS_TOO_LARGE", message));
    }
    Ok(())
}
