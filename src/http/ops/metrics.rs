//! The metrics that `/metrics` exports.

use std::{fmt, sync::Arc};

use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

use crate::db::database::Database;
use crate::query::cache::EntityCache;

/// The upper bounds of the buckets of request durations, in seconds.
const BUCKETS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    operation_type: &'static str,
    code: String,
}

/// A label set of one label: its name and its value.
type Label = [(&'static str, &'static str); 1];

/// The metrics of a server. Clones share them.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    requests: Family<RequestLabels, Counter>,
    durations: Family<Label, Histogram>,
    /// Members of a family that are looked up once, because the lookup takes a lock: counting a hit is one atomic
    /// addition.
    cache_hits: Counter,
    cache_misses: Counter,
    subscriptions: Gauge,
    websockets: Gauge,
    idle_connections: Gauge,
    used_connections: Gauge,
    revision: Gauge,
    listener_up: Gauge,
    db_up: Gauge,
}

impl Metrics {
    /// Creates and registers the metrics of a server, with those of its database and its entity cache.
    pub fn new(database: &Database, entity_cache: &EntityCache) -> Self {
        let lookups = Family::<Label, Counter>::default();
        let connections = Family::<Label, Gauge>::default();
        let mut metrics = Self {
            registry: Arc::default(),
            requests: Family::default(),
            durations: Family::new_with_constructor(|| Histogram::new(BUCKETS)),
            cache_hits: lookups.get_or_create_owned(&[("result", "hit")]),
            cache_misses: lookups.get_or_create_owned(&[("result", "miss")]),
            subscriptions: Gauge::default(),
            websockets: Gauge::default(),
            idle_connections: connections.get_or_create_owned(&[("state", "idle")]),
            used_connections: connections.get_or_create_owned(&[("state", "in_use")]),
            revision: Gauge::default(),
            listener_up: Gauge::default(),
            db_up: Gauge::default(),
        };
        // Encoding adds `_total` to the names of counters, the unit to names, and a full stop to help texts.
        let mut registry = Registry::with_prefix("catalog");
        registry.register(
            "graphql_requests",
            "GraphQL requests by operation type (none: rejected before an operation was selected) and the code of the first error (OK: no error)",
            metrics.requests.clone(),
        );
        registry.register_with_unit(
            "graphql_request_duration",
            "Duration of executed GraphQL requests in seconds, without subscriptions",
            Unit::Seconds,
            metrics.durations.clone(),
        );
        registry.register(
            "response_cache_requests",
            "Response cache lookups of queries without a token: hit (cached response sent) or miss (query executed)",
            lookups,
        );
        entity_cache.register_metrics(&mut registry);
        database.register_metrics(&mut registry);
        registry.register("db_pool_connections", "Open connections of the database pool by state", connections);
        let gauges = [
            ("db_up", "1 while the primary database answers and accepts writes, 0 otherwise", &metrics.db_up),
            (
                "active_subscriptions",
                "Open GraphQL subscriptions, over websockets and server-sent events",
                &metrics.subscriptions,
            ),
            ("active_websocket_connections", "Open websocket connections", &metrics.websockets),
            ("revision", "Number of the last catalog revision that this server knows", &metrics.revision),
            (
                "change_listener_up",
                "1 while this server is informed of revisions that other servers commit, 0 while its change listener is disconnected",
                &metrics.listener_up,
            ),
        ];
        for (name, help, gauge) in gauges {
            registry.register(name, help, gauge.clone());
        }
        metrics.registry = Arc::new(registry);
        metrics
    }

    /// Counts a query that the response cache answered.
    pub fn count_cache_hit(&self) {
        self.cache_hits.inc();
    }

    /// Counts a query that was executed, and whose response can be cached.
    pub fn count_cache_miss(&self) {
        self.cache_misses.inc();
    }

    /// Counts a request that was rejected or executed; `seconds` is its duration if it was executed.
    pub fn count(&self, operation_type: &'static str, code: &str, seconds: Option<f64>) {
        self.requests.get_or_create(&RequestLabels { operation_type, code: code.to_owned() }).inc();
        if let Some(seconds) = seconds {
            self.durations.get_or_create(&[("operation_type", operation_type)]).observe(seconds);
        }
    }

    /// Counts an open subscription until the guard is dropped.
    pub fn subscription(&self) -> GaugeGuard {
        GaugeGuard::new(&self.subscriptions)
    }

    /// Counts an open websocket connection until the guard is dropped.
    pub fn websocket(&self) -> GaugeGuard {
        GaugeGuard::new(&self.websockets)
    }

    /// Returns all metrics in the text format of OpenMetrics.
    pub fn encode(&self, database: &Database) -> Result<String, fmt::Error> {
        let state = database.revision_tracker().state();
        let (open, idle) = database.pool();
        let (open, idle) = (i64::from(open), i64::try_from(idle).unwrap_or(i64::MAX));
        self.idle_connections.set(idle);
        self.used_connections.set((open - idle).max(0));
        self.revision.set(state.revision.into());
        self.listener_up.set(state.listening.into());
        self.db_up.set((!state.unavailable && state.storage_error.is_none()).into());
        let mut encoded = String::new();
        text::encode(&mut encoded, &self.registry)?;
        Ok(encoded)
    }
}

/// Increments a gauge while it exists.
pub struct GaugeGuard(Gauge);

impl GaugeGuard {
    fn new(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for GaugeGuard {
    fn drop(&mut self) {
        self.0.dec();
    }
}
