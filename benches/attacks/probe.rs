//! Another client, which measures response times and readiness while the server is under attack.

use std::{
    io,
    net::IpAddr,
    time::{Duration, Instant},
};

use serde_json::Value as Json;
use tokio::{task::JoinHandle, time::sleep};

use crate::measurement::median;

use super::client::Client;

/// The time between two questions.
const INTERVAL: Duration = Duration::from_millis(50);
/// The address of the other client.
const ADDRESS: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(127, 0, 0, 2));

/// Asks for one model after the other, and for readiness, until it is finished.
pub struct Probe {
    models: JoinHandle<()>,
    readiness: JoinHandle<()>,
    waits: tokio::sync::mpsc::UnboundedReceiver<(f64, u16)>,
    polls: tokio::sync::mpsc::UnboundedReceiver<u16>,
}

/// The measurements of the other client.
#[derive(Debug)]
pub struct Measured {
    /// The median and the longest time for a model, in milliseconds.
    pub median: f64,
    pub longest: f64,
    /// The models that were not answered with status 200, of how many.
    pub failed: usize,
    pub asked: usize,
    /// The same of `/readyz`.
    pub not_ready: usize,
    pub polled: usize,
}

impl Probe {
    pub fn start(port: u16, slugs: Vec<String>) -> Self {
        let client = Client { port, address: ADDRESS };
        let (send_wait, waits) = tokio::sync::mpsc::unbounded_channel();
        let (send_poll, polls) = tokio::sync::mpsc::unbounded_channel();
        let models = tokio::spawn(async move {
            for slug in slugs.iter().cycle() {
                let since = Instant::now();
                let query = format!("{{ model(slug: {slug:?}) {{ name sizes {{ label }} license {{ name }} }} }}");
                let status = status(client.post(&query, &Json::Null).await);
                let _ = send_wait.send((since.elapsed().as_secs_f64() * 1000.0, status));
                sleep(INTERVAL).await;
            }
        });
        let readiness = tokio::spawn(async move {
            loop {
                let _ = send_poll.send(status(client.get("/readyz").await));
                sleep(4 * INTERVAL).await;
            }
        });
        Self { models, readiness, waits, polls }
    }

    /// Stops asking. A question that is still open is not counted.
    pub fn finish(mut self) -> Measured {
        self.models.abort();
        self.readiness.abort();
        let waits = std::iter::from_fn(|| self.waits.try_recv().ok()).collect::<Vec<_>>();
        let polls = std::iter::from_fn(|| self.polls.try_recv().ok()).collect::<Vec<_>>();
        let times = waits.iter().map(|(wait, _)| *wait).collect::<Vec<_>>();
        Measured {
            longest: times.iter().copied().fold(0.0, f64::max),
            median: median(times),
            failed: waits.iter().filter(|(_, status)| *status != 200).count(),
            asked: waits.len(),
            not_ready: polls.iter().filter(|status| **status != 200).count(),
            polled: polls.len(),
        }
    }
}

fn status(response: io::Result<super::client::Response>) -> u16 {
    response.map_or(0, |response| response.status)
}
