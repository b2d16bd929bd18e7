//! How much is made at once. An answer takes memory while it is made, about as much as the operation costs, and many who ask
//! for much at the same time would together take more than there is.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What costs less never waits for what costs more.
const CHEAP: u32 = 1000;

/// Room for operations, by their cost.
#[derive(Clone)]
pub struct CostSemaphore {
    /// For those that cost little.
    little: Arc<Semaphore>,
    /// For those that cost much.
    much: Arc<Semaphore>,
    most: u32,
}

impl CostSemaphore {
    /// Room for one operation that costs as much as one may, and for as much of those that cost little.
    pub fn new(most: u32) -> Self {
        let most = most.max(CHEAP);
        let room = || Arc::new(Semaphore::new(usize::try_from(most).unwrap_or(Semaphore::MAX_PERMITS)));
        Self { little: room(), much: room(), most }
    }

    /// Waits until there is room. It is free again when what this returns is dropped.
    pub async fn acquire(&self, cost: u32) -> Option<OwnedSemaphorePermit> {
        let room = if cost < CHEAP { &self.little } else { &self.much };
        // Nobody closes it.
        Arc::clone(room).acquire_many_owned(cost.min(self.most)).await.ok()
    }
}
