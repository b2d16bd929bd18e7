//! Fair shares of the connections: a request uses few at once, and expensive requests leave some to the others.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use sea_orm::{DbErr, RuntimeErr, sqlx};
use tokio::{
    sync::Semaphore,
    time::{Instant, timeout},
};

/// The largest number of connections that a request uses at once.
pub const MAX_CONNECTIONS_PER_REQUEST: usize = 2;
/// The cost from which a request is expensive.
const EXPENSIVE_COST: u32 = 1000;
/// The time for which a request may use connections before it is expensive, whatever its cost.
const CHEAP_TIME: Duration = Duration::from_millis(25);

/// The connections of a pool that expensive requests may use at once. Clones share them.
#[derive(Clone, Debug)]
pub struct ExpensiveConnections {
    slots: Arc<Semaphore>,
    wait: Duration,
}

impl ExpensiveConnections {
    /// Creates the slots for a pool of `connections`: all but a quarter, which exports use, and one for cheap requests.
    /// `wait` is the longest wait for a slot.
    pub fn new(connections: u32, wait: Duration) -> Self {
        let slots = connections.saturating_sub(connections / 4 + 1).max(1);
        Self { slots: Arc::new(Semaphore::new(slots as usize)), wait }
    }
}

/// The connections that one request may use at once.
#[derive(Debug)]
pub struct ConnectionShare {
    own: Semaphore,
    expensive: ExpensiveConnections,
    cost: u32,
    used_micros: AtomicU64,
}

impl ConnectionShare {
    /// Creates the share of a request with this cost.
    pub fn new(expensive: ExpensiveConnections, cost: u32) -> Self {
        Self { own: Semaphore::new(MAX_CONNECTIONS_PER_REQUEST), expensive, cost, used_micros: AtomicU64::new(0) }
    }

    /// Runs a statement once the request may use another connection.
    ///
    /// # Errors
    /// The statement fails, or expensive requests use all their connections for too long.
    pub async fn run<T>(&self, statement: impl Future<Output = Result<T, DbErr>>) -> Result<T, DbErr> {
        // Fails only for a closed semaphore, and these are never closed.
        let _own = self.own.acquire().await.ok();
        let _slot = if self.is_expensive() {
            let slot = timeout(self.expensive.wait, self.expensive.slots.acquire()).await;
            Some(slot.map_err(|_| overloaded())?)
        } else {
            None
        };
        let start = Instant::now();
        let result = statement.await;
        let used = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.used_micros.fetch_add(used, Ordering::Relaxed);
        result
    }

    fn is_expensive(&self) -> bool {
        let used = Duration::from_micros(self.used_micros.load(Ordering::Relaxed));
        self.cost >= EXPENSIVE_COST || used >= CHEAP_TIME
    }
}

/// The cause of the error of a statement that got no connection because other requests use all of them.
#[derive(Debug, thiserror::Error)]
#[error("other requests use all connections")]
pub struct Overloaded;

/// Returns the error of a statement that got no connection because other requests use all of them.
pub fn overloaded() -> DbErr {
    DbErr::Query(RuntimeErr::SqlxError(sqlx::Error::AnyDriverError(Box::new(Overloaded)).into()))
}
