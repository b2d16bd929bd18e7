//! The options of the HTTP server.

use url::Url;

use crate::graphql::limits::settings::Limits;
use crate::http::limits::client_ip::TrustedProxies;
use crate::http::limits::rate_limit::RateLimits;
use crate::http::limits::timeouts::Timeouts;
use crate::http::middleware::cors::CorsOrigins;

/// How to answer.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many threads answer; as many as the machine has cores where it is not said.
    pub workers: Option<usize>,
    /// How many megabytes of answers are kept ready; 0 keeps none.
    pub response_cache: u32,
    /// How many megabytes the entity cache may hold; 0 turns it off.
    pub entity_cache: u32,
    /// How many seconds caches on the way may keep answers to GET before they ask again.
    pub max_age: u32,
    /// Where others reach the server; where it listens unless that is said.
    pub public_url: Option<Url>,
    /// How long things may take.
    pub timeouts: Timeouts,
    /// How large documents may be, and what they may ask for.
    pub limits: Limits,
    /// What one may ask for in a minute.
    pub rate_limits: RateLimits,
    /// How many websockets and streams of events an address may have open.
    pub connections_per_address: u32,
    /// Whose word counts of where requests come from.
    pub trusted_proxies: TrustedProxies,
    /// Which sites may read answers in their visitors' browsers.
    pub cors_origins: CorsOrigins,
    /// Whether there is a playground.
    pub playground: bool,
    /// Whether an error about a name that nothing has tells names like it.
    pub suggestions: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            workers: None,
            response_cache: 64,
            entity_cache: 64,
            max_age: 0,
            public_url: None,
            limits: Limits::default(),
            rate_limits: RateLimits::default(),
            connections_per_address: 200,
            trusted_proxies: TrustedProxies::default(),
            cors_origins: CorsOrigins::Any,
            playground: true,
            suggestions: true,
            timeouts: Timeouts::default(),
        }
    }
}

/// Addresses that a server may do without.
#[derive(Clone, Copy, Debug)]
pub struct Features {
    /// Whether there is a playground.
    pub playground: bool,
    /// Whether the schema can be read.
    pub schema: bool,
}
