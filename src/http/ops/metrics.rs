//! What is counted and measured, for Prometheus.

use prometheus::{
    HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry, TextEncoder,
};

use crate::db::database::Database;
use crate::db::replica::Replica;
use crate::query::cache::EntityCache;

/// Where the classes of durations end, in seconds.
const BUCKETS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0];

/// What is counted and measured. Clones count together.
#[derive(Clone)]
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
    /// Queries that were answered with what was ready. Counted alone, so that it costs next to nothing.
    ready: IntCounter,
    made: IntCounter,
    subscriptions: IntGauge,
    websockets: IntGauge,
    connections: IntGaugeVec,
    revision: IntGauge,
    hearing: IntGauge,
    up: IntGauge,
}

impl Metrics {
    /// Counts what a server does with a database.
    ///
    /// # Errors
    /// Two measures have one name, or one has none that is allowed.
    pub fn new(database: &Database, shelf: &EntityCache) -> prometheus::Result<Self> {
        let registry = Registry::new_custom(Some("catalog".to_owned()), None)?;
        let counter = |name: &str, help: &str, labels: &[&str]| {
            let counter = IntCounterVec::new(Opts::new(name, help), labels)?;
            registry.register(Box::new(counter.clone()))?;
            prometheus::Result::Ok(counter)
        };
        let gauges = |name: &str, help: &str, labels: &[&str]| {
            let gauge = IntGaugeVec::new(Opts::new(name, help), labels)?;
            registry.register(Box::new(gauge.clone()))?;
            prometheus::Result::Ok(gauge)
        };
        let gauge = |name: &str, help: &str| {
            let gauge = IntGauge::new(name, help)?;
            registry.register(Box::new(gauge.clone()))?;
            prometheus::Result::Ok(gauge)
        };
        let requests = counter(
            "requests_total",
            "GraphQL requests by the type of their operation (none: refused before there was one) and the code of their first error.",
            &["type", "code"],
        )?;
        let options = HistogramOpts::new("request_seconds", "How long GraphQL requests took that were executed.");
        let seconds = HistogramVec::new(options.buckets(BUCKETS.to_vec()), &["type"])?;
        registry.register(Box::new(seconds.clone()))?;
        let answers = counter("answers_total", "Queries without a token, by where their answer came from.", &["from"])?;
        let replica = database.replica().map(Replica::collectors).unwrap_or_default();
        for part in [database.query_metrics().collectors(), shelf.collectors(), replica].into_iter().flatten() {
            registry.register(part)?;
        }
        Ok(Self {
            requests,
            seconds,
            ready: answers.with_label_values(&["cache"]),
            made: answers.with_label_values(&["execution"]),
            subscriptions: gauge("subscriptions", "Subscriptions that are open.")?,
            websockets: gauge("websockets", "Websockets that are open.")?,
            connections: gauges("database_connections", "Connections to the database, by what they do.", &["state"])?,
            revision: gauge("revision", "The number of the last revision that this server knows of.")?,
            hearing: gauge("hearing", "Whether this server would hear of changes by others.")?,
            up: gauge("database_up", "Whether the database answers and takes what is written, as far as is known.")?,
            registry,
        })
    }

    /// Counts a query that was answered with what was ready.
    pub fn count_cache_hit(&self) {
        self.ready.inc();
    }

    /// Counts a query whose answer was made, and can be kept.
    pub fn count_cache_miss(&self) {
        self.made.inc();
    }

    /// Counts a request that was refused or executed, and how long that took.
    pub fn count(&self, kind: &str, code: &str, seconds: Option<f64>) {
        self.requests.with_label_values(&[kind, code]).inc();
        if let Some(seconds) = seconds {
            self.seconds.with_label_values(&[kind]).observe(seconds);
        }
    }

    /// Counts a subscription for as long as what is returned is kept.
    pub fn subscription(&self) -> GaugeGuard {
        GaugeGuard::new(&self.subscriptions)
    }

    /// Counts a websocket for as long as what is returned is kept.
    pub fn websocket(&self) -> GaugeGuard {
        GaugeGuard::new(&self.websockets)
    }

    /// All of it, as Prometheus reads it.
    pub fn text(&self, database: &Database) -> prometheus::Result<String> {
        let known = database.revision_tracker().state();
        let (open, idle) = database.pool();
        let (open, idle) = (i64::from(open), i64::try_from(idle).unwrap_or(i64::MAX));
        self.connections.with_label_values(&["idle"]).set(idle);
        self.connections.with_label_values(&["busy"]).set((open - idle).max(0));
        self.revision.set(known.revision.into());
        self.hearing.set(known.listening.into());
        self.up.set((!known.unavailable && known.storage_error.is_none()).into());
        TextEncoder::new().encode_to_string(&self.registry.gather())
    }
}

/// Something that is open until this is dropped.
pub struct GaugeGuard(IntGauge);

impl GaugeGuard {
    fn new(gauge: &IntGauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for GaugeGuard {
    fn drop(&mut self) {
        self.0.dec();
    }
}
