//! The limit on large responses that clients have not read. Their clients decide how large they are and how fast they are read.

use std::net::IpAddr;

use actix_web::{
    body::{BodySize, MessageBody},
    dev::ServiceResponse,
    web,
};

use crate::http::limits::address_limit::{AddressLimit, AddressPermit};
use crate::http::middleware::error::HttpError;
use crate::http::server::state::State;

/// The size from which responses count.
const LARGE_RESPONSE_BYTES: usize = 256 << 10;

/// Counts the large responses of an address.
#[derive(Clone)]
pub struct UnreadResponses {
    limit: AddressLimit,
    address: IpAddr,
}

impl UnreadResponses {
    /// Creates the count of the responses of an address.
    pub fn new(state: &State, address: IpAddr) -> Self {
        Self { limit: state.unread_limit.clone(), address }
    }

    /// Counts a response of this size until the permit is dropped. Returns no permit if it is small.
    ///
    /// # Errors
    /// `TOO_MANY_BYTES` if the address, or all together, would have more unread bytes than allowed.
    pub fn count(&self, bytes: usize) -> Result<Option<AddressPermit>, HttpError> {
        if bytes < LARGE_RESPONSE_BYTES {
            return Ok(None);
        }
        self.limit.acquire(self.address, u32::try_from(bytes).unwrap_or(u32::MAX)).map(Some)
    }
}

/// Counts a GraphQL response over HTTP. Streams count each of their responses.
///
/// # Errors
/// The same as of `UnreadResponses::count`.
pub fn count_unread<B: MessageBody>(response: &ServiceResponse<B>) -> Result<Option<AddressPermit>, HttpError> {
    let request = response.request();
    match (response.response().body().size(), request.app_data::<web::Data<State>>()) {
        (BodySize::Sized(bytes), Some(state)) if request.path() == "/graphql" => {
            let address = state.trusted_proxies.address(request);
            UnreadResponses::new(state, address).count(usize::try_from(bytes).unwrap_or(usize::MAX))
        }
        _ => Ok(None),
    }
}
