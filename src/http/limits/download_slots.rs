//! The limit on concurrent exports.

use std::{sync::Arc, time::Duration};

use actix_web::http::StatusCode;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::db::database::Database;
use crate::http::middleware::error::HttpError;

const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);

/// Limits concurrent exports. An export holds a database connection until its client has read it, so there are fewer
/// slots than connections and queries always find a connection.
#[derive(Clone)]
pub struct DownloadSlots(Arc<Semaphore>);

impl DownloadSlots {
    /// Creates a slot for every fourth database connection, and at least one.
    pub fn new(database: &Database) -> Self {
        let slots = (database.connections() / 4).max(1);
        Self(Arc::new(Semaphore::new(slots as usize)))
    }

    /// Waits for a slot.
    ///
    /// # Errors
    /// `UNAVAILABLE` if no slot becomes free within `ACQUIRE_TIMEOUT`.
    pub async fn acquire(&self) -> Result<OwnedSemaphorePermit, HttpError> {
        if let Ok(Ok(slot)) = timeout(ACQUIRE_TIMEOUT, Arc::clone(&self.0).acquire_owned()).await {
            return Ok(slot);
        }
        let message = "Too many exports are running; try again in a few seconds.";
        let error = HttpError::new(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", message);
        Err(HttpError { retry_after: Some(ACQUIRE_TIMEOUT.as_secs()), ..error })
    }
}
