//! The limits on concurrent exports.

use std::{net::IpAddr, sync::Arc, time::Duration};

use actix_web::http::StatusCode;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::db::database::Database;
use crate::error::UNAVAILABLE;
use crate::http::limits::address_limit::{AddressLimit, AddressPermit, Quota};
use crate::http::middleware::error::HttpError;
use crate::http::routes::spool::SpoolSpace;

const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

/// Limits concurrent exports. An export holds a database connection until it is written to its spool file, so there are
/// fewer slots than connections and queries always find a connection.
#[derive(Clone)]
pub struct DownloadSlots {
    slots: Arc<Semaphore>,
    addresses: AddressLimit,
    /// The space for the exports that clients still read.
    pub space: SpoolSpace,
}

impl DownloadSlots {
    /// Creates a slot for every fourth database connection, and at least one.
    pub fn new(database: &Database) -> Self {
        let slots = (database.connections() / 4).max(1);
        Self {
            slots: Arc::new(Semaphore::new(slots as usize)),
            addresses: AddressLimit::new(Quota::DOWNLOADS),
            space: SpoolSpace::default(),
        }
    }

    /// Counts a download of an address until the permit is dropped.
    ///
    /// # Errors
    /// `TOO_MANY_CONNECTIONS` if the address downloads as many exports as it may.
    pub fn begin(&self, address: IpAddr) -> Result<AddressPermit, HttpError> {
        self.addresses.acquire(address, 1)
    }

    /// Waits for a slot to read the database.
    ///
    /// # Errors
    /// `SERVICE_UNAVAILABLE` if no slot becomes free within `ACQUIRE_TIMEOUT`.
    pub async fn acquire(&self) -> Result<OwnedSemaphorePermit, HttpError> {
        if let Ok(Ok(slot)) = timeout(ACQUIRE_TIMEOUT, Arc::clone(&self.slots).acquire_owned()).await {
            return Ok(slot);
        }
        let message = "Too many exports are running; try again in a few seconds.";
        let error = HttpError::new(StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE, message);
        Err(HttpError { retry_after: Some(ACQUIRE_TIMEOUT.as_secs()), ..error })
    }
}
