//! How long things may take.

use std::{any::Any, panic::AssertUnwindSafe, time::Duration};

use futures_util::{FutureExt, Stream, StreamExt, stream};
use tokio::time::{self, Instant};

use super::State;
use crate::{
    catalog::patience::{self, Limit},
    error::{Error, Result},
};

/// How long a request may go on once the server begins to stop. What is not answered by then is told to come again.
pub const DRAIN: Duration = Duration::from_secs(7);

/// How long things may take.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// How long a request may take to be answered, once it is there. Its statements end with it.
    pub request: Duration,
    /// How long the head of a request may take to arrive, and then its body.
    pub receive: Duration,
    /// How often a websocket is asked whether its client is there. One that says nothing three times is closed.
    pub ping: Duration,
    /// How long a server that stops goes on to take requests, so that those who spread them see that it is not ready.
    pub stop_delay: Duration,
}

impl Default for Times {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { request: seconds(10), receive: seconds(10), ping: seconds(15), stop_delay: seconds(1) }
    }
}

impl State {
    /// Does what a request asks for, within its time. Whatever ends it early drops it, and then its statements end too.
    ///
    /// # Errors
    /// The time is over, the database is away, the server stops, or the work panics.
    pub(super) async fn bounded<T>(&self, work: impl Future<Output = T>) -> Result<T> {
        let until = Instant::now() + self.times.request;
        let work = AssertUnwindSafe(patience::within(Limit::Until(until), work)).catch_unwind();
        tokio::select! {
            biased;
            done = self.database.head().unless_away(work) => done?.map_err(panicked),
            () = time::sleep_until(until) => Err(Error::TimedOut),
            () = self.drained() => Err(Error::Stopping),
        }
    }

    /// A stream that may go on for ever, while each of its statements takes no longer than a request may. A panic is an
    /// error and its end.
    pub(super) fn bounded_each<T, W>(&self, work: W) -> impl Stream<Item = Result<T>> + Send + use<T, W>
    where
        W: Stream<Item = T> + Send + 'static,
    {
        let limit = Limit::Each(self.times.request);
        let work = Box::pin(AssertUnwindSafe(work).catch_unwind());
        stream::unfold(work, move |mut work| async move {
            let next = patience::within(limit, work.next()).await?;
            Some((next.map_err(panicked), work))
        })
    }

    /// Completes once the server has no time left for what is being answered.
    async fn drained(&self) {
        let mut stopping = self.stopping.clone();
        // Fails where nobody is left who could stop it.
        let since = stopping.wait_for(Option::is_some).await.ok().and_then(|since| *since);
        match since {
            Some(since) => time::sleep_until(since + DRAIN).await,
            None => std::future::pending().await,
        }
    }
}

/// What a panic is to whoever asked. The log has been told where it was.
fn panicked(_: Box<dyn Any + Send>) -> Error {
    Error::internal(Panic)
}

#[derive(Debug, thiserror::Error)]
#[error("a panic")]
struct Panic;
