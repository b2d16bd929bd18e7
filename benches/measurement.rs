//! Measuring: targets are loaded in turn, and results are ratios of throughputs within a round.

use std::{io, time::Duration};

use hdrhistogram::Histogram;
use serde::Serialize;

use crate::{
    arguments::Backend,
    load::{Expected, Request, latencies, load, send_once},
    server::Server,
};

/// Length of the load before the first round, which is not counted.
const WARM_UP: Duration = Duration::from_millis(300);

/// How often and how long each target is loaded.
#[derive(Clone, Copy)]
pub struct Rounds {
    pub count: u32,
    pub duration: Duration,
}

/// A server under load, with the request and the response that is right.
pub struct Target<'a> {
    pub server: &'a Server,
    pub request: &'a Request,
    pub expected: Expected,
}

/// The measurement of one target over all rounds.
pub struct Measurement {
    /// Requests per second, by round.
    pub throughputs: Vec<f64>,
    pub latency: Histogram<u64>,
    /// CPU time of the server per request, in microseconds.
    pub cpu_micros: Option<f64>,
    /// See [`crate::load::Round::client_cpu_share`]; the maximum of all rounds.
    pub client_cpu_share: Option<f64>,
}

impl Measurement {
    /// The median of all rounds, in requests per second.
    pub fn throughput(&self) -> f64 {
        median(self.throughputs.clone())
    }

    /// A percentile of the latency, in milliseconds.
    pub fn latency(&self, percentile: f64) -> f64 {
        self.latency.value_at_percentile(percentile) as f64 / 1000.0
    }

    /// The throughput divided by that of another target, by round.
    pub fn ratios(&self, other: &Self) -> Vec<f64> {
        self.throughputs.iter().zip(&other.throughputs).map(|(throughput, other)| throughput / other).collect()
    }
}

/// A row of the table.
#[derive(Debug, Serialize)]
pub struct ScenarioResult {
    pub scenario: String,
    pub backend: Backend,
    pub models: usize,
    pub connections: usize,
    /// Requests per second of the baseline, the median of all rounds.
    pub baseline_throughput: f64,
    /// Requests per second of the server, the median of all rounds.
    pub server_throughput: f64,
    /// The median of `ratios`.
    pub ratio: f64,
    /// The throughput of the server divided by that of the baseline, by round.
    pub ratios: Vec<f64>,
    /// Latency percentiles of the server, in milliseconds.
    pub p50: f64,
    pub p95: f64,
    pub p99: f64,
    /// CPU time of the baseline per request, in microseconds.
    pub baseline_cpu_micros: Option<f64>,
    /// CPU time of the server per request, in microseconds, without that of PostgreSQL.
    pub server_cpu_micros: Option<f64>,
    /// SQL statements of one request without caches.
    pub statements: usize,
    pub response_bytes: usize,
    /// CPU time of the busiest client thread as a share of the wall clock, while the baseline was under load.
    pub client_cpu_share: Option<f64>,
}

/// Sends the request twice and returns the response body, with the check for later ones: it must have data and no errors,
/// and be the same each time unless the request is unique.
pub async fn fetch_expected(server: &Server, request: &Request) -> io::Result<(Vec<u8>, Expected)> {
    let body = send_once(server.port, request).await?;
    Expected::Data.check(&body)?;
    let expected = if request.is_unique() { Expected::Data } else { Expected::Same(body.clone().into()) };
    expected.check(&send_once(server.port, request).await?)?;
    Ok((body, expected))
}

/// Warms up each target, then loads all of them in turn, round after round.
pub fn measure_in_turns(targets: &[Target<'_>], connections: usize, rounds: Rounds) -> io::Result<Vec<Measurement>> {
    for target in targets {
        load(target.server.port, target.request, &target.expected, connections, WARM_UP)?;
    }
    let mut results = targets.iter().map(|_| Vec::new()).collect::<Vec<_>>();
    for _ in 0..rounds.count {
        for (target, results) in targets.iter().zip(&mut results) {
            let before = target.server.cpu_seconds();
            let round = load(target.server.port, target.request, &target.expected, connections, rounds.duration)?;
            let cpu_seconds = before.zip(target.server.cpu_seconds()).map(|(before, after)| after - before);
            results.push((round, cpu_seconds));
        }
    }
    let measurements = results.into_iter().map(|rounds| {
        let mut latency = latencies();
        for (round, _) in &rounds {
            latency.add(&round.latency).map_err(io::Error::other)?;
        }
        let requests = rounds.iter().map(|(round, _)| round.requests).sum::<u64>() as f64;
        let cpu_seconds = rounds.iter().map(|(_, cpu_seconds)| *cpu_seconds).sum::<Option<f64>>();
        Ok(Measurement {
            throughputs: rounds.iter().map(|(round, _)| round.requests as f64 / round.seconds).collect(),
            latency,
            cpu_micros: cpu_seconds.map(|seconds| seconds / requests * 1e6),
            client_cpu_share: rounds.iter().filter_map(|(round, _)| round.client_cpu_share).reduce(f64::max),
        })
    });
    measurements.collect()
}

/// The median.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        count if count % 2 == 1 => values[count / 2],
        count => f64::midpoint(values[count / 2 - 1], values[count / 2]),
    }
}
