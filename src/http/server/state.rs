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
use crate::auth::token_usage::TokenUsage;
use crate::db::database::Database;
use crate::db::deadline;
use crate::db::deadline::Deadline;
use crate::error::{Error, Result};
use crate::graphql::Schema;
use crate::graphql::limits::settings::Limits;
use crate::http::cache::response_cache::ResponseCache;
use crate::http::graphql::persisted_queries::PersistedQueries;
use crate::http::limits::client_ip::TrustedProxies;
use crate::http::limits::connection_limit::ConnectionLimit;
use crate::http::limits::cost_semaphore::CostSemaphore;
use crate::http::limits::download_slots::DownloadSlots;
use crate::http::limits::rate_limit::{RateLimitState, RateLimiter};
use crate::http::limits::timeouts::{DRAIN_TIMEOUT, Timeouts};
use crate::http::limits::wrong_tokens::WrongTokens;
use crate::http::middleware::cors::CorsOrigins;
use crate::http::ops::metrics::Metrics;
use crate::http::server::options::Features;
use crate::query::cache::EntityCache;

/// What every request can use.
#[derive(Clone)]
pub struct State {
    pub(crate) schema: Schema,
    pub(crate) database: Database,
    pub(crate) entity_cache: EntityCache,
    pub(crate) token_usage: TokenUsage,
    pub(crate) response_cache: ResponseCache,
    pub(crate) persisted_queries: PersistedQueries,
    pub(crate) limits: Limits,
    pub(crate) rate_limiter: RateLimiter,
    pub(crate) cost_semaphore: CostSemaphore,
    pub(crate) connection_limit: ConnectionLimit,
    pub(crate) trusted_proxies: TrustedProxies,
    pub(crate) cors_origins: Arc<CorsOrigins>,
    pub(crate) wrong_tokens: Arc<WrongTokens>,
    pub(crate) download_slots: DownloadSlots,
    pub(crate) public_url: Url,
    pub(crate) features: Features,
    pub(crate) metrics: Metrics,
    pub(crate) timeouts: Timeouts,
    /// Since when the server stops.
    pub(crate) stopping: watch::Receiver<Option<Instant>>,
}

impl State {
    /// The account of whoever asks.
    pub(crate) fn rate_limit_state(&self, actor: &Actor, request: &HttpRequest) -> RateLimitState {
        self.rate_limiter.client_state(actor, self.trusted_proxies.address(request))
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
    pub(crate) async fn with_deadline<T>(&self, work: impl Future<Output = T>) -> Result<T> {
        let until = Instant::now() + self.timeouts.request;
        let work = AssertUnwindSafe(deadline::scope(Deadline::At(until), work)).catch_unwind();
        tokio::select! {
            biased;
            done = self.database.revision_tracker().fail_if_unavailable(work) => done?.map_err(panicked),
            () = time::sleep_until(until) => Err(Error::TimedOut),
            () = self.drain_timeout() => Err(Error::Stopping),
        }
    }

    /// A stream that may go on for ever, while each of its statements takes no longer than a request may. A panic is an
    /// error and its end.
    pub(crate) fn with_statement_deadline<T, W>(&self, work: W) -> impl Stream<Item = Result<T>> + Send + use<T, W>
    where
        W: Stream<Item = T> + Send + 'static,
    {
        let limit = Deadline::PerStatement(self.timeouts.request);
        let work = Box::pin(AssertUnwindSafe(work).catch_unwind());
        stream::unfold(work, move |mut work| async move {
            let next = deadline::scope(limit, work.next()).await?;
            Some((next.map_err(panicked), work))
        })
    }

    /// Completes once the server has no time left for what is being answered.
    async fn drain_timeout(&self) {
        let mut stopping = self.stopping.clone();
        // Fails where nobody is left who could stop it.
        let since = stopping.wait_for(Option::is_some).await.ok().and_then(|since| *since);
        match since {
            Some(since) => time::sleep_until(since + DRAIN_TIMEOUT).await,
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
