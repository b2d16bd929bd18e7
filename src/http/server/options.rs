//! The options of the HTTP server.

use url::Url;

use crate::graphql::limits::settings::Limits;
use crate::graphql::types::proposal::ProposalSettings;
use crate::http::graphql::persisted_documents::RegisteredDocuments;
use crate::http::limits::client_ip::TrustedProxies;
use crate::http::limits::rate_limit::RateLimits;
use crate::http::limits::timeouts::Timeouts;
use crate::http::middleware::cors::{CorsHeaders, CorsOrigins};
use crate::http::middleware::csrf::CsrfPrevention;
use crate::http::ops::metrics_token::MetricsToken;

/// The options of a server.
#[derive(Clone, Debug)]
pub struct Options {
    /// The number of worker threads; `None` uses the number of cores.
    pub workers: Option<usize>,
    /// The size of the response cache in megabytes; 0 turns it off.
    pub response_cache: u32,
    /// The size of the entity cache in megabytes; 0 turns it off.
    pub entity_cache: u32,
    /// The `max-age` of responses to GET in seconds.
    pub max_age: u32,
    /// The URL under which clients reach the server; `None` uses the address on which it listens, or the `Host` of a
    /// request if it listens on all addresses.
    pub public_url: Option<Url>,
    /// The URL of the license of the data, which exports state; `None` states none.
    pub data_license: Option<Url>,
    /// The documents that requests can name from the start.
    pub persisted_documents: RegisteredDocuments,
    /// Whether requests without a token may execute only these.
    pub only_persisted_documents: bool,
    /// The token that `/metrics` requires; `None` lets everyone read the metrics.
    pub metrics_token: Option<MetricsToken>,
    /// The timeouts of requests and connections.
    pub timeouts: Timeouts,
    /// The limits on the size, depth and cost of GraphQL documents.
    pub limits: Limits,
    /// The rate limits of a client.
    pub rate_limits: RateLimits,
    /// The clients that may propose changes, and the length of the queue.
    pub proposals: ProposalSettings,
    /// The number of websockets and server-sent event streams that an address may have open.
    pub connections_per_address: u32,
    /// The number of subscriptions that an address may have running.
    pub subscriptions_per_address: u32,
    /// The trusted reverse proxies.
    pub trusted_proxies: TrustedProxies,
    /// The origins that may read responses in browsers.
    pub cors_origins: CorsOrigins,
    /// The request headers that pages of other origins may send.
    pub cors_headers: CorsHeaders,
    /// The GET requests that are not executed because another site may have triggered them.
    pub csrf_prevention: CsrfPrevention,
    /// Whether the playground is served.
    pub playground: bool,
    /// Whether the schema is a subgraph of a federated one.
    pub federation: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            workers: None,
            response_cache: 64,
            entity_cache: 64,
            max_age: 0,
            public_url: None,
            data_license: None,
            persisted_documents: RegisteredDocuments::default(),
            only_persisted_documents: false,
            metrics_token: None,
            limits: Limits::default(),
            rate_limits: RateLimits::default(),
            proposals: ProposalSettings::default(),
            connections_per_address: 200,
            subscriptions_per_address: 1000,
            trusted_proxies: TrustedProxies::default(),
            cors_origins: CorsOrigins::Any,
            cors_headers: CorsHeaders::Any,
            csrf_prevention: CsrfPrevention::default(),
            playground: true,
            federation: false,
            timeouts: Timeouts::default(),
        }
    }
}

/// The optional routes, and what the pages offer.
#[derive(Clone, Copy, Debug)]
pub struct Features {
    /// Whether the playground is served.
    pub playground: bool,
    /// Whether the schema is served.
    pub schema: bool,
    /// Whether everybody may propose changes.
    pub open_proposals: bool,
}
