//! How a server stops: what has been asked is answered first.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use actix_web::dev::ServerHandle;
use tokio::{
    sync::watch,
    time::{self, Instant},
};

use crate::http::limits::timeouts::DRAIN_TIMEOUT;

/// Stops a server.
#[derive(Clone)]
pub struct Shutdown {
    stopping: watch::Sender<Option<Instant>>,
    delay: Duration,
    workers: Workers,
    server: ServerHandle,
}

impl Shutdown {
    /// What stops a server that takes requests for a while after it was told to stop.
    pub fn new(
        stopping: watch::Sender<Option<Instant>>,
        delay: Duration,
        workers: Workers,
        server: ServerHandle,
    ) -> Self {
        Self { stopping, delay, workers, server }
    }

    /// Ends subscriptions and tells everybody to go elsewhere, takes no more requests after a while, answers what has been
    /// asked, and then stops the server.
    pub async fn stop(&self) {
        self.stopping.send_replace(Some(Instant::now()));
        self.workers.stop();
        time::sleep(self.delay).await;
        self.server.pause().await;
        // A worker that stops takes the connections to the database along that it opened, and others may be using them.
        let answered = async {
            while self.workers.are_busy() {
                time::sleep(Duration::from_millis(10)).await;
            }
        };
        // Fails where something is asked for so long: then it is told to come again.
        let _ = time::timeout(DRAIN_TIMEOUT.saturating_sub(self.delay), answered).await;
        self.server.stop(true).await;
    }
}

/// The workers of a server.
#[derive(Clone, Debug, Default)]
pub struct Workers(Arc<Mutex<Vec<Worker>>>);

impl Workers {
    /// Another worker.
    pub fn join(&self) -> Worker {
        let worker = Worker::default();
        self.lock().push(worker.clone());
        worker
    }

    fn stop(&self) {
        for worker in &*self.lock() {
            worker.0.stopping.store(true, Ordering::Relaxed);
        }
    }

    fn are_busy(&self) -> bool {
        self.lock().iter().any(|worker| worker.0.asked.load(Ordering::Relaxed) > 0)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Worker>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a worker writes for every request, and so shares with no other: they would wait for each other.
#[derive(Clone, Debug, Default)]
pub struct Worker(Arc<WorkerState>);

#[derive(Debug, Default)]
struct WorkerState {
    asked: AtomicUsize,
    stopping: AtomicBool,
}

impl Worker {
    /// Takes a request, which is being answered until what is returned is dropped.
    pub fn track(&self) -> InFlight {
        self.0.asked.fetch_add(1, Ordering::Relaxed);
        InFlight(self.clone())
    }
}

/// A request that is being answered, until this is dropped.
#[derive(Debug)]
pub struct InFlight(Worker);

impl InFlight {
    /// Whether it is among the last.
    pub fn is_late(&self) -> bool {
        self.0.0.stopping.load(Ordering::Relaxed)
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.0.asked.fetch_sub(1, Ordering::Relaxed);
    }
}
