//! Graceful shutdown: requests in flight are completed before the server stops.

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
    /// Creates the shutdown of a server that still accepts requests for `delay` after the shutdown began.
    pub fn new(
        stopping: watch::Sender<Option<Instant>>,
        delay: Duration,
        workers: Workers,
        server: ServerHandle,
    ) -> Self {
        Self { stopping, delay, workers, server }
    }

    /// Ends subscriptions and fails the readiness check, stops accepting connections after the delay, completes the
    /// requests in flight, and then stops the server.
    pub async fn stop(&self) {
        self.stopping.send_replace(Some(Instant::now()));
        self.workers.stop();
        time::sleep(self.delay).await;
        self.server.pause().await;
        // A stopping worker closes the database connections that it opened, and other workers may be using them.
        let idle = async {
            while self.workers.are_busy() {
                time::sleep(Duration::from_millis(10)).await;
            }
        };
        // Fails if a request runs longer; that request ends with `SERVICE_UNAVAILABLE`.
        let _ = time::timeout(DRAIN_TIMEOUT.saturating_sub(self.delay), idle).await;
        self.server.stop(true).await;
    }
}

/// The worker threads of a server.
#[derive(Clone, Debug, Default)]
pub struct Workers(Arc<Mutex<Vec<Worker>>>);

impl Workers {
    /// Adds a worker.
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
        self.lock().iter().any(|worker| worker.0.in_flight.load(Ordering::Relaxed) > 0)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Worker>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The state of one worker. Each worker counts its own requests, because a shared counter would be contended.
#[derive(Clone, Debug, Default)]
pub struct Worker(Arc<WorkerState>);

#[derive(Debug, Default)]
struct WorkerState {
    in_flight: AtomicUsize,
    stopping: AtomicBool,
}

impl Worker {
    /// Counts a request as in flight until the guard is dropped.
    pub fn track(&self) -> InFlight {
        self.0.in_flight.fetch_add(1, Ordering::Relaxed);
        InFlight(self.clone())
    }
}

/// A request in flight.
#[derive(Debug)]
pub struct InFlight(Worker);

impl InFlight {
    /// Returns whether the server is stopping.
    pub fn is_stopping(&self) -> bool {
        self.0.0.stopping.load(Ordering::Relaxed)
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.0.in_flight.fetch_sub(1, Ordering::Relaxed);
    }
}
