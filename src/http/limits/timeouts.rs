//! Timeouts of requests and connections.

use std::time::Duration;

/// How long running requests may continue after a shutdown began. Requests that are still running then fail with
/// `SERVICE_UNAVAILABLE`.
pub const DRAIN_TIMEOUT: Duration = Duration::from_secs(7);

/// The configurable timeouts.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// The deadline of a request, from its arrival to its response. Running statements are cancelled with it.
    pub request: Duration,
    /// How long the request line and headers may take to arrive, and then the body.
    pub receive: Duration,
    /// The interval of websocket pings. A connection is closed when nothing arrives during three intervals.
    pub ping: Duration,
    /// How long a stopping server still accepts requests, so that load balancers see `/readyz` fail first.
    pub stop_delay: Duration,
    /// How long a page that has its rows waits for the counts of its filters, and a page of charts for its tables. Scripts ask for
    /// the missing ones.
    pub counts: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            request: seconds(10),
            receive: seconds(10),
            ping: seconds(15),
            stop_delay: seconds(1),
            counts: Duration::from_millis(60),
        }
    }
}
