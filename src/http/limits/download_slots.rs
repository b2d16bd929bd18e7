//! The limit on downloads at once.

use std::{sync::Arc, time::Duration};

use actix_web::http::StatusCode;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::db::database::Database;
use crate::http::middleware::error::HttpError;

const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

/// The places of those who download. Each keeps a connection for as long as its client takes to read, so there are fewer
/// of them than connections, and queries go on.
#[derive(Clone)]
pub struct DownloadSlots(Arc<Semaphore>);

impl DownloadSlots {
    /// A quarter of the connections.
    pub fn of(database: &Database) -> Self {
        let places = (database.connections() / 4).max(1);
        Self(Arc::new(Semaphore::new(places as usize)))
    }

    /// Waits for a slot.
    ///
    /// # Errors
    /// None becomes free in time.
    pub async fn acquire(&self) -> Result<OwnedSemaphorePermit, HttpError> {
        if let Ok(Ok(place)) = timeout(ACQUIRE_TIMEOUT, Arc::clone(&self.0).acquire_owned()).await {
            return Ok(place);
        }
        let message = "Others are downloading at the moment; try again in a few seconds.";
        let refusal = HttpError::new(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", message);
        Err(HttpError { retry_after: Some(ACQUIRE_TIMEOUT.as_secs()), ..refusal })
    }
}
