//! Durations of database statements, and the log of slow queries.

use std::{borrow::Cow, time::Duration};

use prometheus_client::{
    metrics::histogram::Histogram,
    registry::{Registry, Unit},
};
use sea_orm::metric;

use crate::db::revision_tracker::RevisionTracker;

/// The upper bounds of the buckets of statement durations, in seconds.
const BUCKETS: [f64; 10] = [0.0002, 0.0005, 0.001, 0.0025, 0.01, 0.05, 0.2, 1.0, 5.0, 10.0];

/// The most characters of a statement in the log. That of a batch repeats its placeholders for each row.
const MAX_LOGGED: usize = 1000;

/// Measures statements. Clones share the histogram.
#[derive(Clone)]
pub struct QueryMetrics {
    durations: Histogram,
    slow_query_threshold: Duration,
    tracker: RevisionTracker,
}

impl QueryMetrics {
    pub(super) fn new(slow_query_threshold: Duration, tracker: RevisionTracker) -> Self {
        Self { durations: Histogram::new(BUCKETS), slow_query_threshold, tracker }
    }

    pub(super) fn register(&self, registry: &mut Registry) {
        let help = "Duration of database statements in seconds, on the primary and the replica";
        registry.register_with_unit("db_query_duration", help, Unit::Seconds, self.durations.clone());
    }

    /// Records a statement that the primary has completed. A success also shows that the primary is available.
    pub(super) fn record(&self, info: &metric::Info<'_>) {
        if !info.failed {
            self.tracker.record_answer();
        }
        self.record_replica(info);
    }

    /// Records a statement that the replica has completed.
    pub(super) fn record_replica(&self, info: &metric::Info<'_>) {
        self.durations.observe(info.elapsed.as_secs_f64());
        if info.elapsed >= self.slow_query_threshold {
            // The SQL text has placeholders for values, which may be secrets.
            let (ms, sql) = (info.elapsed.as_millis(), info.statement.sql.as_str());
            let end = sql.char_indices().nth(MAX_LOGGED);
            let statement = end.map_or(Cow::Borrowed(sql), |(end, _)| format!("{}…", &sql[..end]).into());
            tracing::warn!(ms, %statement, failed = info.failed, "slow query");
        }
    }
}
