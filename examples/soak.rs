//! Soak test: mixed load on a running server. `cargo run --release --example soak -- ADDRESS MINUTES PID [TOKEN]`
//!
//! One request in ten is invalid; with the token of an editor, another one is a mutation. Twice a minute it prints the resident
//! memory and the number of open files of the process. The exit status is 1 if a request failed (no response, or status 5xx),
//! or if memory grew by more than 5 MB in the second half.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line program")]

use std::{
    env, fs,
    process::ExitCode,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use serde_json::json;

/// Concurrent clients.
const CLIENTS: u64 = 16;

/// Valid queries. `$n` is replaced by the number of the request, which makes it unique.
const VALID: [&str; 7] = [
    "{ models(first: 10) { nodes { slug name sizes { label parameters } license { name } } } }",
    "{ models(first: 5, search: \"llama\") { totalCount nodes { slug organizations { name } } } } # $n",
    "{ model(slug: \"qwen\") { name sizes { label memoryBytes(precision: INT4) } revisions { nodes { number } } } } # $n",
    "{ search(query: \"天工\") { nodes { ... on Model { slug } } } }",
    "{ models(asOf: \"2099-01-01T00:00:00Z\", first: 3) { nodes { slug license { slug } } } } # $n",
    "{ organizations(first: 20) { nodes { slug models { totalCount } } } } # $n",
    "{ catalog { revision } }",
];
/// Invalid queries, and one for a model that does not exist.
const INVALID: [&str; 5] =
    ["{ models(", "{ nothing }", "{ model(slug: \"none-$n\") { name } }", "{ models(first: 0) { totalCount } }", ""];

#[derive(Default)]
struct Counters {
    sent: AtomicU64,
    failed: AtomicU64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = env::args().skip(1).collect::<Vec<_>>();
    let [address, minutes, process, token @ ..] = &*arguments else {
        eprintln!("usage: soak ADDRESS MINUTES PID [TOKEN]");
        return ExitCode::from(2);
    };
    let Ok(minutes) = minutes.parse::<f64>() else {
        eprintln!("MINUTES must be a number");
        return ExitCode::from(2);
    };
    let (start, duration) = (Instant::now(), Duration::from_secs_f64(minutes * 60.0));
    let counters = Counters::default();
    let load =
        join_all((0..CLIENTS).map(|number| send_requests(address, token.first(), number, start + duration, &counters)));
    let watch = async {
        let mut samples = Vec::new();
        while start.elapsed() < duration {
            tokio::time::sleep((duration / 12).min(Duration::from_secs(30))).await;
            let Some((kilobytes, files)) = memory_and_files(process) else { break };
            samples.push((start.elapsed(), kilobytes));
            let (sent, failed) = (counters.sent.load(Ordering::Relaxed), counters.failed.load(Ordering::Relaxed));
            println!(
                "{:4.0} s  {sent} requests  {failed} failed  {kilobytes} kB  {files} files",
                start.elapsed().as_secs_f64()
            );
        }
        samples
    };
    let (_, samples) = tokio::join!(load, watch);
    let at_half = samples.iter().find(|(at, _)| *at >= duration / 2).map(|(_, kilobytes)| *kilobytes);
    let growth = samples.last().map(|(_, kilobytes)| *kilobytes).zip(at_half).map(|(last, at_half)| last - at_half);
    println!("memory grew by {growth:?} kB in the second half");
    let failed = counters.failed.load(Ordering::Relaxed);
    if failed == 0 && growth.is_some_and(|growth| growth <= 5 * 1024) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn send_requests(address: &str, token: Option<&String>, client: u64, end: Instant, counters: &Counters) {
    let http = reqwest::Client::new();
    for round in 0_u64.. {
        if Instant::now() >= end {
            break;
        }
        let number = round * CLIENTS + client;
        let pick = |from: &[&str]| {
            from[usize::try_from(number / 10).unwrap_or(0) % from.len()].replace("$n", &number.to_string())
        };
        let request = http.post(format!("{address}/graphql"));
        let request = match (number % 10, token) {
            (0, _) => request.json(&json!({ "query": pick(&INVALID) })),
            (1, Some(token)) => {
                let mutation = format!(
                    "mutation {{ upsertOrganizations(input: {{ organizations: [{{ slug: \"soak-{client}\", name: \"Soak {number}\" }}] }}) {{ revision }} }}"
                );
                request.bearer_auth(token).json(&json!({ "query": mutation }))
            }
            _ => request.json(&json!({ "query": pick(&VALID) })),
        };
        counters.sent.fetch_add(1, Ordering::Relaxed);
        let result = match request.send().await {
            Ok(response) if response.status().as_u16() < 500 => response.bytes().await.map(drop),
            Ok(response) => {
                eprintln!("{}: {}", response.status(), response.text().await.unwrap_or_default());
                counters.failed.fetch_add(1, Ordering::Relaxed);
                continue;
            }
            Err(error) => Err(error),
        };
        if let Err(error) = result {
            eprintln!("{error:?}");
            counters.failed.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// The resident memory of a process in kilobytes, and its number of open files.
fn memory_and_files(process: &str) -> Option<(i64, usize)> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some((kilobytes, fs::read_dir(format!("/proc/{process}/fd")).ok()?.count()))
}
