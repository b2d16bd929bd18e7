//! What the database is asked: how often, how long it takes, and what takes long.

use std::time::Duration;

use prometheus::{Histogram, HistogramOpts, core::Collector};
use sea_orm::metric;

use crate::db::revision_tracker::RevisionTracker;

/// Where the classes of durations end, in seconds.
const BUCKETS: [f64; 10] = [0.0002, 0.0005, 0.001, 0.0025, 0.01, 0.05, 0.2, 1.0, 5.0, 10.0];

/// Counts statements. Clones count together.
#[derive(Clone)]
pub struct QueryMetrics {
    seconds: Option<Histogram>,
    slow: Duration,
    head: RevisionTracker,
}

impl QueryMetrics {
    pub(super) fn new(slow: Duration, head: RevisionTracker) -> Self {
        let options = HistogramOpts::new("statement_seconds", "How long statements to the database took.");
        // Fails for names that are none, and this is one.
        Self { seconds: Histogram::with_opts(options.buckets(BUCKETS.to_vec())).ok(), slow, head }
    }

    /// How often and how long, for whoever collects it.
    pub fn collectors(&self) -> Vec<Box<dyn Collector>> {
        self.seconds.clone().map(|seconds| Box::new(seconds) as Box<dyn Collector>).into_iter().collect()
    }

    /// Notes a statement that has ended.
    pub(super) fn record(&self, info: &metric::Info<'_>) {
        if !info.failed {
            self.head.record_answer();
        }
        self.record_replica(info);
    }

    /// Notes one that another server than the database's own has ended.
    pub(super) fn record_replica(&self, info: &metric::Info<'_>) {
        if let Some(seconds) = &self.seconds {
            seconds.observe(info.elapsed.as_secs_f64());
        }
        if info.elapsed >= self.slow {
            // The text has places where values go: those may be somebody's secrets.
            let (ms, statement) = (info.elapsed.as_millis(), info.statement.sql.as_str());
            tracing::warn!(ms, statement, failed = info.failed, "a slow statement");
        }
    }
}
