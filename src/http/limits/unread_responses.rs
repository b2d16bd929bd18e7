//! The limit on large responses that clients have not read. Their clients decide how large they are and how fast they are read.

use actix_web::{
    body::{BodySize, MessageBody},
    dev::ServiceResponse,
    web,
};

use crate::http::limits::address_limit::AddressPermit;
use crate::http::middleware::error::HttpError;
use crate::http::server::state::State;

/// The size from which responses count.
const LARGE_RESPONSE_BYTES: u32 = 256 << 10;

/// Counts a large GraphQL response against the limit of its address until the permit is dropped.
///
/// # Errors
/// `TOO_MANY_BYTES` if the address, or all together, would have more unread bytes than allowed.
pub fn count_unread<B: MessageBody>(response: &ServiceResponse<B>) -> Result<Option<AddressPermit>, HttpError> {
    let request = response.request();
    let size = match response.response().body().size() {
        BodySize::Sized(bytes) => u32::try_from(bytes).unwrap_or(u32::MAX),
        BodySize::None | BodySize::Stream => 0,
    };
    let Some(state) = request.app_data::<web::Data<State>>() else { return Ok(None) };
    if size < LARGE_RESPONSE_BYTES || request.path() != "/graphql" {
        return Ok(None);
    }
    state.unread_limit.acquire(state.trusted_proxies.address(request), size).map(Some)
}
