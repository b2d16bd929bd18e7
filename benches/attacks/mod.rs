//! `cargo bench -p benchmarks -- attacks`: requests that aim at the memory and the time of the server, within or beyond its
//! default limits, one server for each attack. A row has the memory of the server, the responses to the
//! attacker, and the response times of another client meanwhile.

mod catalog;
mod client;
mod documents;
mod probe;
mod scenarios;
mod websocket;

use std::{collections::BTreeMap, io, time::Instant};

use crate::{
    arguments::{Arguments, Backend},
    program::Program,
};

use catalog::Catalog;
use client::Client;
use client::Response;
use probe::Probe;
use scenarios::{ATTACKS, Attack};

const HEADER: &str = "| Attack | Database | Memory before, at most, after (MB) | Seconds | Statuses | MB received | \
    Another client: median, longest (ms) | failed | not ready |\n|---|---|---|---|---|---|---|---|---|";

/// The responses to an attacker: their number for each status, and their bytes.
#[derive(Debug, Default)]
pub struct Responses {
    statuses: BTreeMap<u16, usize>,
    bytes: u64,
}

impl Responses {
    pub fn add(&mut self, response: &io::Result<Response>) {
        let Response { status, bytes } = *response.as_ref().unwrap_or(&Response { status: 0, bytes: 0 });
        *self.statuses.entry(status).or_default() += 1;
        self.bytes += bytes;
    }
}

/// Runs the selected attacks and prints a row for each.
pub async fn run(arguments: &Arguments, program: &Program) -> io::Result<()> {
    println!("{HEADER}");
    let folder = tempfile::tempdir()?;
    for backend in arguments.backends() {
        for catalog in [Catalog::Small, Catalog::Large] {
            let selected = |attack: &&Attack| attack.catalog == catalog && arguments.selects(attack.name);
            let attacks = ATTACKS.iter().filter(selected).collect::<Vec<_>>();
            if attacks.is_empty() {
                continue;
            }
            let database = catalog.create(program, backend, folder.path()).await?;
            for attack in attacks {
                measure(attack, program, backend, &database.url).await?;
            }
        }
    }
    Ok(())
}

async fn measure(attack: &Attack, program: &Program, backend: Backend, url: &str) -> io::Result<()> {
    let server = program.serve_with_limits(url)?;
    let probe = Probe::start(server.port, attack.catalog.slugs());
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let (before, start) = (server.memory()?, Instant::now());
    let responses = (attack.run)(Client { port: server.port, address: [127, 0, 0, 66].into() }).await?;
    let seconds = start.elapsed().as_secs_f64();
    let seen = probe.finish();
    let (peak, after) = (server.peak_memory()?, server.memory()?);
    let statuses = responses.statuses.iter().map(|(status, count)| format!("{count} × {status}")).collect::<Vec<_>>();
    println!(
        "| {} | {backend} | {before:.0}, {peak:.0}, {after:.0} | {seconds:.1} | {} | {:.1} | {:.0}, {:.0} | {} of {} | {} of {} |",
        attack.name,
        statuses.join(", "),
        responses.bytes as f64 / 1e6,
        seen.median,
        seen.longest,
        seen.failed,
        seen.asked,
        seen.not_ready,
        seen.polled,
    );
    Ok(())
}
