//! The load generator: threads of this process, each with connections that are kept, and no work per request but to send
//! its bytes, to find the end of the answer and to compare it.

mod request;

use std::{
    fs, io,
    sync::{Arc, Barrier},
    thread,
    time::{Duration, Instant},
};

use hdrhistogram::Histogram;

pub use request::{Connection, Request, UNIQUE};

/// The most threads that ask: no more than the machine has cores.
const THREADS: usize = 4;

/// What must come back.
#[derive(Clone)]
pub enum Expected {
    /// These bytes each time.
    Same(Arc<[u8]>),
    /// Data without errors: what was created differs each time.
    Data,
}

impl Expected {
    /// Whether a body is what must come back.
    pub fn check(&self, body: &[u8]) -> io::Result<()> {
        let right = match self {
            Self::Same(bytes) => **bytes == *body,
            Self::Data => body.starts_with(b"{\"data\":{") && !body.windows(9).any(|part| part == b"\"errors\":"),
        };
        if right { Ok(()) } else { Err(io::Error::other(format!("another answer: {}", String::from_utf8_lossy(body)))) }
    }
}

/// What a stretch of load came to.
pub struct Round {
    pub requests: u64,
    pub seconds: f64,
    /// From the first byte sent to the last byte read, in microseconds.
    pub latency: Histogram<u64>,
    /// The share of the wall clock that the busiest of the asking threads spent computing, where the system tells.
    pub client_busy: Option<f64>,
}

/// A histogram for latencies up to five minutes.
pub fn latencies() -> Histogram<u64> {
    Histogram::new_with_bounds(1, 300_000_000, 3).expect("the bounds are sound")
}

/// Asks the server at `port` on so many connections for so long. Whatever has been asked in that time is answered and counted.
pub fn load(
    port: u16,
    request: &Request,
    expected: &Expected,
    connections: usize,
    time: Duration,
) -> io::Result<Round> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let threads = connections.min(THREADS).min(cores);
    let ready = Barrier::new(threads);
    thread::scope(|scope| {
        let workers = (0..threads).map(|thread| {
            let connections = (connections + threads - 1 - thread) / threads;
            let ready = &ready;
            scope.spawn(move || work(port, request, expected, connections, time, ready))
        });
        let workers = workers.collect::<Vec<_>>();
        let mut whole = Round { requests: 0, seconds: 0.0, latency: latencies(), client_busy: None };
        for worker in workers {
            let part = worker.join().map_err(|_| io::Error::other("a thread of the load generator failed"))??;
            whole.requests += part.requests;
            whole.seconds = whole.seconds.max(part.seconds);
            whole.client_busy = [whole.client_busy, part.client_busy].into_iter().flatten().reduce(f64::max);
            whole.latency.add(&part.latency).map_err(io::Error::other)?;
        }
        Ok(whole)
    })
}

fn work(
    port: u16,
    request: &Request,
    expected: &Expected,
    connections: usize,
    time: Duration,
    ready: &Barrier,
) -> io::Result<Round> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut open = Vec::new();
        for _ in 0..connections {
            open.push(Connection::open(port).await);
        }
        ready.wait();
        let (busy, start) = (computed(), Instant::now());
        let tasks = open.into_iter().map(|connection| {
            let (request, expected) = (request.clone(), expected.clone());
            tokio::spawn(async move { keep_asking(connection?, request, expected, start, time).await })
        });
        let mut latency = latencies();
        for task in tasks.collect::<Vec<_>>() {
            latency.add(&task.await??).map_err(io::Error::other)?;
        }
        let seconds = start.elapsed().as_secs_f64();
        let client_busy = busy.zip(computed()).map(|(before, after)| (after - before) / seconds);
        Ok(Round { requests: latency.len(), seconds, latency, client_busy })
    })
}

async fn keep_asking(
    mut connection: Connection,
    mut request: Request,
    expected: Expected,
    start: Instant,
    time: Duration,
) -> io::Result<Histogram<u64>> {
    let mut latency = latencies();
    while start.elapsed() < time {
        let sent = Instant::now();
        let body = connection.ask(&mut request).await?;
        latency.saturating_record(sent.elapsed().as_micros() as u64);
        expected.check(body)?;
    }
    Ok(latency)
}

/// The seconds that this thread has computed so far.
fn computed() -> Option<f64> {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(told.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}

/// Asks once.
pub async fn ask_once(port: u16, request: &Request) -> io::Result<Vec<u8>> {
    Connection::open(port).await?.ask(&mut request.clone()).await.map(<[u8]>::to_vec)
}
