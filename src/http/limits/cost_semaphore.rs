//! The concurrency limit weighted by query cost. The memory that a response takes while it is built grows with the cost
//! of its operation, so the total cost of concurrent operations is limited.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Operations that cost less have a semaphore of their own, so they never wait for expensive ones.
const CHEAP: u32 = 1000;

/// Limits the total cost of concurrent operations.
#[derive(Clone)]
pub struct CostSemaphore {
    cheap: Arc<Semaphore>,
    expensive: Arc<Semaphore>,
    max_cost: u32,
}

impl CostSemaphore {
    /// Creates a semaphore that lets one operation of `max_cost` run at a time, and cheap operations of the same total
    /// cost at the same time.
    pub fn new(max_cost: u32) -> Self {
        let max_cost = max_cost.max(CHEAP);
        let semaphore = || Arc::new(Semaphore::new(usize::try_from(max_cost).unwrap_or(Semaphore::MAX_PERMITS)));
        Self { cheap: semaphore(), expensive: semaphore(), max_cost }
    }

    /// Waits until an operation of this cost may run. It counts as running until the permit is dropped.
    pub async fn acquire(&self, cost: u32) -> Option<OwnedSemaphorePermit> {
        let semaphore = if cost < CHEAP { &self.cheap } else { &self.expensive };
        // Fails only for a closed semaphore, and these are never closed.
        Arc::clone(semaphore).acquire_many_owned(cost.min(self.max_cost)).await.ok()
    }
}
