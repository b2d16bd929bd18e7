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
use crate::formats::export::Origin;
use crate::graphql::ServedSchema;
use crate::graphql::limits::settings::Limits;
use crate::http::cache::response_cache::ResponseCache;
use crate::http::graphql::persisted_documents::PersistedDocuments;
use crate::http::limits::address_limit::AddressLimit;
use crate::http::limits::client_ip::TrustedProxies;
use crate::http::limits::cost_semaphore::CostSemaphore;
use crate::http::limits::download_slots::DownloadSlots;
use crate::http::limits::rate_limit::{RateLimitState, RateLimiter};
use crate::http::limits::timeouts::{DRAIN_TIMEOUT, Timeouts};
use crate::http::limits::wrong_tokens::WrongTokens;
use crate::http::middleware::cors::CorsOrigins;
use crate::http::middleware::csrf::CsrfPrevention;
use crate::http::ops::metrics::Metrics;
use crate::http::ops::metrics_token::MetricsToken;
use crate::http::server::options::Features;
use crate::http::server::public_url::PublicUrl;
use crate::query::cache::EntityCache;
use crate::query::revision_stream::RevisionPages;

/// The state of the server. Clones share it.
#[derive(Clone)]
pub struct State {
    pub(crate) schema: ServedSchema,
    pub(crate) database: Database,
    pub(crate) entity_cache: EntityCache,
    pub(crate) revision_pages: RevisionPages,
    pub(crate) token_usage: TokenUsage,
    pub(crate) response_cache: ResponseCache,
    pub(crate) persisted_documents: PersistedDocuments,
    pub(crate) limits: Limits,
    pub(crate) rate_limiter: RateLimiter,
    pub(crate) cost_semaphore: CostSemaphore,
    /// Open websockets and event streams.
    pub(crate) connection_limit: AddressLimit,
    /// Bytes of large responses that are not read.
    pub(crate) unread_limit: AddressLimit,
    /// Bytes of large request bodies.
    pub(crate) body_limit: AddressLimit,
    /// Running subscriptions.
    pub(crate) subscription_limit: AddressLimit,
    /// Bytes of the documents and variables of running subscriptions.
    pub(crate) subscription_bytes_limit: AddressLimit,
    /// Bytes of incomplete websocket messages.
    pub(crate) message_limit: AddressLimit,
    pub(crate) trusted_proxies: TrustedProxies,
    pub(crate) cors_origins: Arc<CorsOrigins>,
    pub(crate) csrf_prevention: CsrfPrevention,
    pub(crate) wrong_tokens: WrongTokens,
    pub(crate) download_slots: DownloadSlots,
    pub(crate) public_url: PublicUrl,
    pub(crate) data_license: Option<Url>,
    pub(crate) metrics_token: Option<MetricsToken>,
    pub(crate) features: Features,
    pub(crate) metrics: Metrics,
    pub(crate) timeouts: Timeouts,
    /// The time at which the shutdown began; `None` before it.
    pub(crate) stopping: watch::Receiver<Option<Instant>>,
}

impl State {
    /// Returns the rate limit of the client of a request.
    pub(crate) fn rate_limit_state(&self, actor: &Actor, request: &HttpRequest) -> RateLimitState {
        self.rate_limiter.client_state(actor, self.trusted_proxies.address(request))
    }

    /// Returns what exports in response to a request say about this server.
    pub(crate) fn origin(&self, request: &HttpRequest) -> Origin {
        Origin { base: self.public_url.of(request), license: self.data_license.clone() }
    }

    /// Completes when the shutdown begins.
    pub(crate) fn stopped(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut stopping = self.stopping.clone();
        async move {
            // Fails if the sender is gone, and then the server has stopped.
            let _ = stopping.wait_for(Option::is_some).await;
        }
    }

    /// Runs the work of a request within the request timeout. When the work is ended early it is dropped, which cancels
    /// its statements.
    ///
    /// # Errors
    /// `TimedOut` after the request timeout, `Unavailable` while the database is unavailable, `Stopping` when the drain
    /// timeout of a shutdown has passed, and `Internal` if the work panics.
    pub(crate) async fn with_deadline<T>(&self, work: impl Future<Output = T>) -> Result<T> {
        let deadline = Instant::now() + self.timeouts.request;
        let work = AssertUnwindSafe(deadline::scope(Deadline::At(deadline), work)).catch_unwind();
        tokio::select! {
            biased;
            result = self.database.revision_tracker().fail_if_unavailable(work) => result?.map_err(panicked),
            () = time::sleep_until(deadline) => Err(Error::TimedOut),
            () = self.drain_timeout() => Err(Error::Stopping),
        }
    }

    /// Runs a stream of unlimited duration in which each statement has the request timeout. A panic ends the stream
    /// with an `Internal` error.
    pub(crate) fn with_statement_deadline<T, W>(&self, work: W) -> impl Stream<Item = Result<T>> + Send + use<T, W>
    where
        W: Stream<Item = T> + Send + 'static,
    {
        let statement_deadline = Deadline::PerStatement(self.timeouts.request);
        let work = Box::pin(AssertUnwindSafe(work).catch_unwind());
        stream::unfold(work, move |mut work| async move {
            let next = deadline::scope(statement_deadline, work.next()).await?;
            Some((next.map_err(panicked), work))
        })
    }

    /// Completes when the drain timeout of a shutdown has passed.
    async fn drain_timeout(&self) {
        let mut stopping = self.stopping.clone();
        // Fails if the sender is gone, and then there is no shutdown to wait for.
        let start = stopping.wait_for(Option::is_some).await.ok().and_then(|start| *start);
        match start {
            Some(start) => time::sleep_until(start + DRAIN_TIMEOUT).await,
            None => std::future::pending().await,
        }
    }
}

/// Maps a panic to an internal error. The panic hook has logged its location.
fn panicked(_: Box<dyn Any + Send>) -> Error {
    Error::internal(Panic)
}

#[derive(Debug, thiserror::Error)]
#[error("a panic")]
struct Panic;
