//! The load generator: threads of this process with persistent connections. Per request they only write its bytes, find the
//! end of the response and compare it.

mod request;

use std::{
    fs, io,
    sync::{Arc, Barrier},
    thread,
    time::{Duration, Instant},
};

use hdrhistogram::Histogram;

pub use request::{Connection, Request, UNIQUE};

/// Maximum number of client threads; there are never more than CPU cores.
const MAX_THREADS: usize = 4;

/// The check of a response body.
#[derive(Clone)]
pub enum Expected {
    /// Exactly these bytes.
    Same(Arc<[u8]>),
    /// Data without errors, for mutations, whose responses differ each time.
    Data,
}

impl Expected {
    /// Returns an error for any other body.
    pub fn check(&self, body: &[u8]) -> io::Result<()> {
        let right = match self {
            Self::Same(bytes) => **bytes == *body,
            Self::Data => body.starts_with(b"{\"data\":{") && !body.windows(9).any(|part| part == b"\"errors\":"),
        };
        if right {
            Ok(())
        } else {
            Err(io::Error::other(format!("unexpected response: {}", String::from_utf8_lossy(body))))
        }
    }
}

/// The result of one round of load.
pub struct Round {
    pub requests: u64,
    pub seconds: f64,
    /// From before the first byte is sent to after the last byte is read, in microseconds.
    pub latency: Histogram<u64>,
    /// CPU time of the busiest client thread as a share of the wall clock; none if the system does not report it.
    pub client_cpu_share: Option<f64>,
}

/// A histogram for latencies up to five minutes.
pub fn latencies() -> Histogram<u64> {
    Histogram::new_with_bounds(1, 300_000_000, 3).expect("the bounds are valid")
}

/// Loads the server at `port` for `duration`: each connection sends its next request once it has the last response. Requests
/// sent within this time are awaited and counted.
pub fn load(
    port: u16,
    request: &Request,
    expected: &Expected,
    connections: usize,
    duration: Duration,
) -> io::Result<Round> {
    load_any(port, std::slice::from_ref(request), expected, connections, duration)
}

/// As [`load`], with requests that each connection chooses at random, the same each time.
pub fn load_any(
    port: u16,
    requests: &[Request],
    expected: &Expected,
    connections: usize,
    duration: Duration,
) -> io::Result<Round> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let threads = connections.min(MAX_THREADS).min(cores);
    let ready = Barrier::new(threads);
    thread::scope(|scope| {
        let workers = (0..threads).map(|thread| {
            let connections = (connections + threads - 1 - thread) / threads;
            let ready = &ready;
            scope.spawn(move || run_client(port, requests, thread as u64, expected, connections, duration, ready))
        });
        let workers = workers.collect::<Vec<_>>();
        let mut total = Round { requests: 0, seconds: 0.0, latency: latencies(), client_cpu_share: None };
        for worker in workers {
            let result = worker.join().map_err(|_| io::Error::other("a thread of the load generator failed"))??;
            total.requests += result.requests;
            total.seconds = total.seconds.max(result.seconds);
            total.client_cpu_share =
                [total.client_cpu_share, result.client_cpu_share].into_iter().flatten().reduce(f64::max);
            total.latency.add(&result.latency).map_err(io::Error::other)?;
        }
        Ok(total)
    })
}

fn run_client(
    port: u16,
    requests: &[Request],
    thread: u64,
    expected: &Expected,
    connections: usize,
    duration: Duration,
    ready: &Barrier,
) -> io::Result<Round> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut open = Vec::new();
        for _ in 0..connections {
            open.push(Connection::open(port).await);
        }
        ready.wait();
        let (cpu_before, start) = (thread_cpu_seconds(), Instant::now());
        let tasks = open.into_iter().zip(1..).map(|(connection, number)| {
            let (requests, expected) = (requests.to_vec(), expected.clone());
            let random = Random(thread * 1_000 + number);
            tokio::spawn(async move { send_repeatedly(connection?, requests, random, expected, start, duration).await })
        });
        let mut latency = latencies();
        for task in tasks.collect::<Vec<_>>() {
            latency.add(&task.await??).map_err(io::Error::other)?;
        }
        let seconds = start.elapsed().as_secs_f64();
        let client_cpu_share = cpu_before.zip(thread_cpu_seconds()).map(|(before, after)| (after - before) / seconds);
        Ok(Round { requests: latency.len(), seconds, latency, client_cpu_share })
    })
}

async fn send_repeatedly(
    mut connection: Connection,
    mut requests: Vec<Request>,
    mut random: Random,
    expected: Expected,
    start: Instant,
    duration: Duration,
) -> io::Result<Histogram<u64>> {
    let mut latency = latencies();
    while start.elapsed() < duration {
        let index = random.below(requests.len());
        let sent = Instant::now();
        let body = connection.send(&mut requests[index]).await?;
        latency.saturating_record(sent.elapsed().as_micros() as u64);
        expected.check(body)?;
    }
    Ok(latency)
}

/// Random numbers by xorshift: cheap, and the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

/// The CPU time of this thread so far, in seconds.
fn thread_cpu_seconds() -> Option<f64> {
    let statistics = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(statistics.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}

/// Sends one request on a connection of its own and returns the response body.
pub async fn send_once(port: u16, request: &Request) -> io::Result<Vec<u8>> {
    Connection::open(port).await?.send(&mut request.clone()).await.map(<[u8]>::to_vec)
}
