//! The limit on downloads at once.

use std::{sync::Arc, time::Duration};

use actix_web::http::StatusCode;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::db::database::Database;
use crate::http::middleware::error::Refusal;

const WAIT: Duration = Duration::from_secs(5);

/// The places of those who download. Each keeps a connection for as long as its client takes to read, so there are fewer
/// of them than connections, and queries go on.
#[derive(Clone)]
pub struct Places(Arc<Semaphore>);

impl Places {
    /// A quarter of the connections.
    pub fn of(database: &Database) -> Self {
        let places = (database.connections() / 4).max(1);
        Self(Arc::new(Semaphore::new(places as usize)))
    }

    /// Waits for a slot.
    ///
    /// # Errors
    /// None becomes free in time.
    pub async fn take(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        if let Ok(Ok(place)) = timeout(WAIT, Arc::clone(&self.0).acquire_owned()).await {
            return Ok(place);
        }
        let message = "Others are downloading at the moment; try again in a few seconds.";
        let refusal = Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", message);
        Err(Refusal { retry_after: Some(WAIT.as_secs()), ..refusal })
    }
}
