//! Mixed load on a running server for some minutes: `cargo run --release --example soak -- ADDRESS MINUTES PID [SECRET]`.
//!
//! Of ten requests one is bad, and with the secret of an editor one writes. Twice a minute it prints how much memory the
//! process holds and how many files it has open. Ends with 1 where an answer was a 5xx or missing, or where memory grew by
//! more than 5 MB in the second half.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it is a program for people")]

use std::{
    env, fs,
    process::ExitCode,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use serde_json::json;

const CLIENTS: u64 = 16;

/// What there is to ask; in the place of `$n` comes a number.
const GOOD: [&str; 7] = [
    "{ models(first: 10) { nodes { slug name sizes { label parameters } license { name } } } }",
    "{ models(first: 5, search: \"llama\") { totalCount nodes { slug organizations { name } } } } # $n",
    "{ model(slug: \"qwen\") { name sizes { label memoryBytes(precision: INT4) } revisions { nodes { number } } } } # $n",
    "{ search(query: \"天工\") { nodes { ... on Model { slug } } } }",
    "{ models(asOf: \"2099-01-01T00:00:00Z\", first: 3) { nodes { slug license { slug } } } } # $n",
    "{ organizations(first: 20) { nodes { slug models { totalCount } } } } # $n",
    "{ catalog { revision } }",
];
const BAD: [&str; 5] =
    ["{ models(", "{ nothing }", "{ model(slug: \"none-$n\") { name } }", "{ models(first: 0) { totalCount } }", ""];

#[derive(Default)]
struct Count {
    sent: AtomicU64,
    failed: AtomicU64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = env::args().skip(1).collect::<Vec<_>>();
    let [address, minutes, process, secret @ ..] = &*arguments else {
        eprintln!("usage: soak ADDRESS MINUTES PID [SECRET]");
        return ExitCode::from(2);
    };
    let Ok(minutes) = minutes.parse::<f64>() else {
        eprintln!("MINUTES is a number");
        return ExitCode::from(2);
    };
    let (begun, whole) = (Instant::now(), Duration::from_secs_f64(minutes * 60.0));
    let count = Count::default();
    let load = join_all((0..CLIENTS).map(|number| ask(address, secret.first(), number, begun + whole, &count)));
    let watch = async {
        let mut seen = Vec::new();
        while begun.elapsed() < whole {
            tokio::time::sleep((whole / 12).min(Duration::from_secs(30))).await;
            let Some((kilobytes, files)) = look(process) else { break };
            seen.push((begun.elapsed(), kilobytes));
            let (sent, failed) = (count.sent.load(Ordering::Relaxed), count.failed.load(Ordering::Relaxed));
            println!(
                "{:4.0} s  {sent} requests  {failed} failed  {kilobytes} kB  {files} files",
                begun.elapsed().as_secs_f64()
            );
        }
        seen
    };
    let (_, seen) = tokio::join!(load, watch);
    let half = seen.iter().find(|(at, _)| *at >= whole / 2).map(|(_, kilobytes)| *kilobytes);
    let grown = seen.last().map(|(_, kilobytes)| *kilobytes).zip(half).map(|(last, half)| last - half);
    println!("memory grew by {grown:?} kB in the second half");
    let failed = count.failed.load(Ordering::Relaxed);
    if failed == 0 && grown.is_some_and(|grown| grown <= 5 * 1024) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn ask(address: &str, secret: Option<&String>, client: u64, end: Instant, count: &Count) {
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
        let request = match (number % 10, secret) {
            (0, _) => request.json(&json!({ "query": pick(&BAD) })),
            (1, Some(secret)) => {
                let write = format!(
                    "mutation {{ upsertOrganizations(input: {{ organizations: [{{ slug: \"soak-{client}\", name: \"Soak {number}\" }}] }}) {{ revision }} }}"
                );
                request.bearer_auth(secret).json(&json!({ "query": write }))
            }
            _ => request.json(&json!({ "query": pick(&GOOD) })),
        };
        count.sent.fetch_add(1, Ordering::Relaxed);
        let answer = match request.send().await {
            Ok(response) if response.status().as_u16() < 500 => response.bytes().await.map(drop),
            Ok(response) => {
                eprintln!("{}: {}", response.status(), response.text().await.unwrap_or_default());
                count.failed.fetch_add(1, Ordering::Relaxed);
                continue;
            }
            Err(error) => Err(error),
        };
        if let Err(error) = answer {
            eprintln!("{error:?}");
            count.failed.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// The kilobytes that a process holds, and how many files it has open.
fn look(process: &str) -> Option<(i64, usize)> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some((kilobytes, fs::read_dir(format!("/proc/{process}/fd")).ok()?.count()))
}
