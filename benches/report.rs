//! Output: a table on stdout and a JSON file.

use std::{fs, io, path::Path};

use serde::Serialize;

use crate::{arguments::Backend, measurement::ScenarioResult};

/// From this CPU share of a client thread on, the client is taken to limit the throughput.
const CLIENT_LIMIT: f64 = 0.9;

/// A figure that is not a throughput of requests.
#[derive(Debug, Serialize)]
pub struct Metric {
    pub name: String,
    pub backend: Backend,
    pub models: usize,
    pub value: f64,
    pub unit: &'static str,
}

/// All results of a run.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    pub results: Vec<ScenarioResult>,
    pub metrics: Vec<Metric>,
    /// Skipped measurements, each with its reason.
    pub notes: Vec<String>,
}

/// The header of the table.
pub const HEADER: &str = "scenario                   database   models  conns   base/s   server/s    ratio      p50      p95      \
    p99   base µs server µs  stmts      kB";

impl Report {
    /// Adds a row to the table and prints it at once.
    pub fn add_result(&mut self, result: ScenarioResult) {
        println!("{}", row(&result));
        self.results.push(result);
    }

    /// Adds another figure.
    pub fn add_metric(&mut self, name: &str, backend: Backend, models: usize, value: f64, unit: &'static str) {
        self.metrics.push(Metric { name: name.to_owned(), backend, models, value, unit });
    }

    /// Adds a note on something that was skipped.
    pub fn add_note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// Prints the footnote, the other figures and the notes.
    pub fn print_summary(&self) {
        if self.results.iter().any(is_client_limited) {
            println!("* the clients used all of their CPU time: the baseline could handle more");
        }
        if !self.metrics.is_empty() {
            println!("\n{:<50} {:<9} {:>8}  {:>12}", "figure", "database", "models", "value");
        }
        for Metric { name, backend, models, value, unit } in &self.metrics {
            println!("{name:<50} {backend:<9} {models:>8}  {value:>12.2} {unit}");
        }
        for note in &self.notes {
            println!("note: {note}");
        }
    }

    /// Writes everything to a JSON file.
    pub fn write(&self, file: &Path) -> io::Result<()> {
        fs::write(file, serde_json::to_string_pretty(self)? + "\n")
    }
}

/// Whether the clients limited the throughput of the baseline.
fn is_client_limited(result: &ScenarioResult) -> bool {
    result.client_cpu_share.is_some_and(|share| share > CLIENT_LIMIT)
}

fn row(result: &ScenarioResult) -> String {
    let ScenarioResult {
        scenario,
        backend,
        models,
        connections,
        baseline_throughput,
        server_throughput,
        ratio,
        p50,
        p95,
        p99,
        ..
    } = result;
    let micros = |micros: Option<f64>| micros.map_or_else(|| "-".to_owned(), |micros| format!("{micros:.0}"));
    let mark = if is_client_limited(result) { "*" } else { " " };
    format!(
        "{scenario:<26} {backend:<9} {models:>7} {connections:>6} {baseline_throughput:>8.0}{mark} {server_throughput:>9.1} \
         {ratio:>8.4} {p50:>8.2} {p95:>8.2} {p99:>8.2} {:>9} {:>9} {:>6} {:>7.1}",
        micros(result.baseline_cpu_micros),
        micros(result.server_cpu_micros),
        result.statements,
        result.response_bytes as f64 / 1024.0,
    )
}
