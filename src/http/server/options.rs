//! The options of the HTTP server.

use url::Url;

use crate::graphql::limits::settings::Limits;
use crate::http::limits::client_ip::Proxies;
use crate::http::limits::rate_limit::PerMinute;
use crate::http::limits::timeouts::Times;
use crate::http::middleware::cors::Origins;

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
    pub times: Times,
    /// How large documents may be, and what they may ask for.
    pub limits: Limits,
    /// What one may ask for in a minute.
    pub per_minute: PerMinute,
    /// How many websockets and streams of events an address may have open.
    pub streams: u32,
    /// Whose word counts of where requests come from.
    pub proxies: Proxies,
    /// Which sites may read answers in their visitors' browsers.
    pub origins: Origins,
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
            per_minute: PerMinute::default(),
            streams: 200,
            proxies: Proxies::default(),
            origins: Origins::Any,
            playground: true,
            suggestions: true,
            times: Times::default(),
        }
    }
}

/// Addresses that a server may do without.
#[derive(Clone, Copy, Debug)]
pub struct Offers {
    /// Whether there is a playground.
    pub playground: bool,
    /// Whether the schema can be read.
    pub schema: bool,
}
