//! Measuring: servers take turns, and what counts are ratios within a round.

use std::{io, time::Duration};

use hdrhistogram::Histogram;
use serde::Serialize;

use crate::{
    arguments::Backend,
    load::{Expected, Request, ask_once, latencies, load},
    server::Server,
};

/// How long to load a server before it counts.
const WARM_UP: Duration = Duration::from_millis(300);

/// How much is measured.
#[derive(Clone, Copy)]
pub struct Effort {
    pub rounds: u32,
    pub round: Duration,
}

/// One of those that take turns.
pub struct Side<'a> {
    pub server: &'a Server,
    pub request: &'a Request,
    pub expected: Expected,
}

/// What one side came to.
pub struct Outcome {
    /// Requests per second, round by round.
    pub rates: Vec<f64>,
    pub latency: Histogram<u64>,
    /// Microseconds that the server's threads computed for one request.
    pub computed: Option<f64>,
    pub client_busy: Option<f64>,
}

impl Outcome {
    pub fn rate(&self) -> f64 {
        median(self.rates.clone())
    }

    /// A percentile of latency in milliseconds.
    pub fn latency(&self, percentile: f64) -> f64 {
        self.latency.value_at_percentile(percentile) as f64 / 1000.0
    }

    /// The ratios of rates to those of another side, round by round.
    pub fn ratios(&self, other: &Self) -> Vec<f64> {
        self.rates.iter().zip(&other.rates).map(|(rate, other)| rate / other).collect()
    }
}

/// A row of the table.
#[derive(Debug, Serialize)]
pub struct Figure {
    pub scenario: String,
    pub backend: Backend,
    pub models: usize,
    pub connections: usize,
    /// Requests per second of the bare handler, the median of rounds.
    pub bare: f64,
    /// The same of the server.
    pub server: f64,
    /// The median of `ratios`.
    pub ratio: f64,
    /// The server's rate by the bare handler's, round by round.
    pub ratios: Vec<f64>,
    pub p50: f64,
    pub p95: f64,
    pub p99: f64,
    /// Microseconds of computing for one request, of the bare handler.
    pub bare_computed: Option<f64>,
    /// The same of the server; on PostgreSQL without the database's.
    pub server_computed: Option<f64>,
    /// Statements that one answer takes where nothing is cached.
    pub statements: usize,
    pub answer_bytes: usize,
    /// The share of time that the busiest asking thread computed while the bare handler had its turn.
    pub client_busy: Option<f64>,
}

/// Asks what must be answered each time; the answer must have data, no errors, and come again.
pub async fn expect(server: &Server, request: &Request) -> io::Result<(Vec<u8>, Expected)> {
    let answer = ask_once(server.port, request).await?;
    Expected::Data.check(&answer)?;
    let expected = if request.is_unique() { Expected::Data } else { Expected::Same(answer.clone().into()) };
    expected.check(&ask_once(server.port, request).await?)?;
    Ok((answer, expected))
}

/// Loads each side in turn, round after round.
pub fn alternate(sides: &[Side<'_>], connections: usize, effort: Effort) -> io::Result<Vec<Outcome>> {
    for side in sides {
        load(side.server.port, side.request, &side.expected, connections, WARM_UP)?;
    }
    let mut parts = sides.iter().map(|_| Vec::new()).collect::<Vec<_>>();
    for _ in 0..effort.rounds {
        for (side, parts) in sides.iter().zip(&mut parts) {
            let before = side.server.computed();
            let round = load(side.server.port, side.request, &side.expected, connections, effort.round)?;
            let computed = before.zip(side.server.computed()).map(|(before, after)| after - before);
            parts.push((round, computed));
        }
    }
    let outcomes = parts.into_iter().map(|parts| {
        let mut latency = latencies();
        for (round, _) in &parts {
            latency.add(&round.latency).map_err(io::Error::other)?;
        }
        let requests = parts.iter().map(|(round, _)| round.requests).sum::<u64>() as f64;
        let computed = parts.iter().map(|(_, computed)| *computed).sum::<Option<f64>>();
        Ok(Outcome {
            rates: parts.iter().map(|(round, _)| round.requests as f64 / round.seconds).collect(),
            latency,
            computed: computed.map(|seconds| seconds / requests * 1e6),
            client_busy: parts.iter().filter_map(|(round, _)| round.client_busy).reduce(f64::max),
        })
    });
    outcomes.collect()
}

/// The middle one of values.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        count if count % 2 == 1 => values[count / 2],
        count => f64::midpoint(values[count / 2 - 1], values[count / 2]),
    }
}
