//! The state that every request handler shares.

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc};

use actix_web::HttpRequest;
use futures_util::{FutureExt, Stream, StreamExt, stream};
use tokio::{
    sync::watch,
    time::{self, Instant},
};
use url::Url;

use crate::auth::actor::Actor;
use crate::auth::token_usage::LastUses;
use crate::db::database::Database;
use crate::db::deadline;
use crate::db::deadline::Limit;
use crate::error::{Error, Result};
use crate::graphql::Schema;
use crate::graphql::limits::settings::Limits;
use crate::http::cache::response_cache::Answers;
use crate::http::graphql::persisted_queries::Persisted;
use crate::http::limits::client_ip::Proxies;
use crate::http::limits::connection_limit::Streams;
use crate::http::limits::cost_semaphore::Room;
use crate::http::limits::download_slots::Places;
use crate::http::limits::rate_limit::{Account, Rates};
use crate::http::limits::timeouts::{DRAIN, Times};
use crate::http::limits::wrong_tokens::WrongTokens;
use crate::http::middleware::cors::Origins;
use crate::http::ops::metrics::Metrics;
use crate::http::server::options::Offers;
use crate::query::cache::Shelf;

/// What every request can use.
#[derive(Clone)]
pub struct State {
    pub(crate) schema: Schema,
    pub(crate) database: Database,
    pub(crate) shelf: Shelf,
    pub(crate) uses: LastUses,
    pub(crate) answers: Answers,
    pub(crate) persisted: Persisted,
    pub(crate) limits: Limits,
    pub(crate) rates: Rates,
    pub(crate) room: Room,
    pub(crate) streams: Streams,
    pub(crate) proxies: Proxies,
    pub(crate) origins: Arc<Origins>,
    pub(crate) wrong_tokens: Arc<WrongTokens>,
    pub(crate) exports: Places,
    pub(crate) public_url: Url,
    pub(crate) offers: Offers,
    pub(crate) metrics: Metrics,
    pub(crate) times: Times,
    /// Since when the server stops.
    pub(crate) stopping: watch::Receiver<Option<Instant>>,
}

impl State {
    /// The account of whoever asks.
    pub(crate) fn account(&self, actor: &Actor, request: &HttpRequest) -> Account {
        self.rates.account(actor, self.proxies.address(request))
    }

    /// Completes once the server begins to stop.
    pub(crate) fn stopped(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut stopping = self.stopping.clone();
        async move {
            // Fails where nobody is left who could stop it, and that is the same.
            let _ = stopping.wait_for(Option::is_some).await;
        }
    }

    /// Does what a request asks for, within its time. Whatever ends it early drops it, and then its statements end too.
    ///
    /// # Errors
    /// The time is over, the database is away, the server stops, or the work panics.
    pub(crate) async fn bounded<T>(&self, work: impl Future<Output = T>) -> Result<T> {
        let until = Instant::now() + self.times.request;
        let work = AssertUnwindSafe(deadline::within(Limit::Until(until), work)).catch_unwind();
        tokio::select! {
            biased;
            done = self.database.head().unless_away(work) => done?.map_err(panicked),
            () = time::sleep_until(until) => Err(Error::TimedOut),
            () = self.drained() => Err(Error::Stopping),
        }
    }

    /// A stream that may go on for ever, while each of its statements takes no longer than a request may. A panic is an
    /// error and its end.
    pub(crate) fn bounded_each<T, W>(&self, work: W) -> impl Stream<Item = Result<T>> + Send + use<T, W>
    where
        W: Stream<Item = T> + Send + 'static,
    {
        let limit = Limit::Each(self.times.request);
        let work = Box::pin(AssertUnwindSafe(work).catch_unwind());
        stream::unfold(work, move |mut work| async move {
            let next = deadline::within(limit, work.next()).await?;
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
