//! The concurrency limit weighted by query cost and by the size of the request. The memory that an operation takes grows with
//! both, so their total over concurrent operations is limited.

use std::{sync::Arc, time::Duration};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::error::{Error, Result};

/// Operations with a lower weight have a semaphore of their own, so they never wait for expensive ones.
const CHEAP: u32 = 1000;
/// The number of bytes of a request that weigh as much as a cost of 1. Values of arguments are copied for each field that
/// uses them, into its conditions and its statement.
const BYTES_PER_COST: usize = 20;
/// The size from which requests are counted, in bytes.
const LARGE_REQUEST_BYTES: usize = 64 << 10;
/// The largest total size of all large requests that wait or execute, in bytes.
const MAX_LARGE_REQUEST_BYTES: usize = 32 << 20;

/// Limits the total weight of concurrent operations.
#[derive(Clone)]
pub struct CostSemaphore {
    cheap: Arc<Semaphore>,
    expensive: Arc<Semaphore>,
    large_requests: Arc<Semaphore>,
    max_weight: u32,
    wait: Duration,
}

/// Counts an operation as running until it is dropped.
pub struct CostPermit {
    _cost: OwnedSemaphorePermit,
    _request: Option<OwnedSemaphorePermit>,
}

impl CostSemaphore {
    /// Creates a semaphore that lets one operation of `max_cost` run at a time, and cheap operations of the same total
    /// cost at the same time. `wait` is the longest wait of an operation.
    pub fn new(max_cost: u32, wait: Duration) -> Self {
        let max_weight = max_cost.max(CHEAP);
        let semaphore = |permits| Arc::new(Semaphore::new(permits));
        let weight = usize::try_from(max_weight).unwrap_or(Semaphore::MAX_PERMITS);
        Self {
            cheap: semaphore(weight),
            expensive: semaphore(weight),
            large_requests: semaphore(MAX_LARGE_REQUEST_BYTES),
            max_weight,
            wait,
        }
    }

    /// Waits until an operation of this cost may run, whose request takes this many bytes of memory.
    ///
    /// # Errors
    /// `Overloaded` if other operations run for too long, or if the requests that wait are too large together.
    pub async fn acquire(&self, cost: u32, request_bytes: usize) -> Result<CostPermit> {
        let request = self.acquire_request(request_bytes)?;
        let weight = u32::try_from(request_bytes / BYTES_PER_COST).unwrap_or(u32::MAX);
        let weight = cost.saturating_add(weight).min(self.max_weight);
        let semaphore = if weight < CHEAP { &self.cheap } else { &self.expensive };
        let permit = timeout(self.wait, Arc::clone(semaphore).acquire_many_owned(weight)).await;
        // A closed semaphore fails too, and these are never closed.
        let cost = permit.ok().and_then(Result::ok).ok_or(Error::Overloaded)?;
        Ok(CostPermit { _cost: cost, _request: request })
    }

    /// Counts a large request. It does not wait, because it would be in memory while it waits.
    fn acquire_request(&self, bytes: usize) -> Result<Option<OwnedSemaphorePermit>> {
        if bytes < LARGE_REQUEST_BYTES {
            return Ok(None);
        }
        let bytes = u32::try_from(bytes.min(MAX_LARGE_REQUEST_BYTES)).unwrap_or(u32::MAX);
        let permit = Arc::clone(&self.large_requests).try_acquire_many_owned(bytes);
        permit.map(Some).map_err(|_| Error::Overloaded)
    }
}
