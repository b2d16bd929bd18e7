//! How long things may take.

use std::time::Duration;

/// How long a request may go on once the server begins to stop. What is not answered by then is told to come again.
pub const DRAIN_TIMEOUT: Duration = Duration::from_secs(7);

/// How long things may take.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// How long a request may take to be answered, once it is there. Its statements end with it.
    pub request: Duration,
    /// How long the head of a request may take to arrive, and then its body.
    pub receive: Duration,
    /// How often a websocket is asked whether its client is there. One that says nothing three times is closed.
    pub ping: Duration,
    /// How long a server that stops goes on to take requests, so that those who spread them see that it is not ready.
    pub stop_delay: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { request: seconds(10), receive: seconds(10), ping: seconds(15), stop_delay: seconds(1) }
    }
}
