//! Figures for people and for programs.

use std::{fs, io, path::Path};

use serde::Serialize;

use crate::{arguments::Backend, measure::Figure};

/// How busy a client must be to be what limits a rate.
const BUSY: f64 = 0.9;

/// A figure that is no rate of requests.
#[derive(Debug, Serialize)]
pub struct Fact {
    pub name: String,
    pub backend: Backend,
    pub models: usize,
    pub value: f64,
    pub unit: &'static str,
}

/// All that was measured.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    pub figures: Vec<Figure>,
    pub facts: Vec<Fact>,
    /// What was left out, and why.
    pub notes: Vec<String>,
}

/// The heads of the columns.
pub const HEAD: &str = "scenario                   database   models  conns   bare/s    ours/s    ratio      p50      p95      \
    p99  bare µs  ours µs  stmts      kB";

impl Report {
    /// Notes a row, and shows it at once.
    pub fn figure(&mut self, figure: Figure) {
        println!("{}", line(&figure));
        self.figures.push(figure);
    }

    /// Notes another figure.
    pub fn fact(&mut self, name: &str, backend: Backend, models: usize, value: f64, unit: &'static str) {
        self.facts.push(Fact { name: name.to_owned(), backend, models, value, unit });
    }

    /// Notes what was left out.
    pub fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// Shows what the rows leave to say.
    pub fn end(&self) {
        if self.figures.iter().any(is_limited) {
            println!("* the bare handler could do more: the clients that asked it had no time left");
        }
        if !self.facts.is_empty() {
            println!("\n{:<50} {:<9} {:>8}  {:>12}", "figure", "database", "models", "value");
        }
        for Fact { name, backend, models, value, unit } in &self.facts {
            println!("{name:<50} {backend:<9} {models:>8}  {value:>12.2} {unit}");
        }
        for note in &self.notes {
            println!("note: {note}");
        }
    }

    /// Writes everything to a file.
    pub fn write(&self, file: &Path) -> io::Result<()> {
        fs::write(file, serde_json::to_string_pretty(self)? + "\n")
    }
}

/// Whether clients were what limited the bare handler's rate.
fn is_limited(figure: &Figure) -> bool {
    figure.client_busy.is_some_and(|busy| busy > BUSY)
}

fn line(figure: &Figure) -> String {
    let Figure { scenario, backend, models, connections, bare, server, ratio, p50, p95, p99, .. } = figure;
    let micros = |seconds: Option<f64>| seconds.map_or_else(|| "-".to_owned(), |micros| format!("{micros:.0}"));
    let mark = if is_limited(figure) { "*" } else { " " };
    format!(
        "{scenario:<26} {backend:<9} {models:>7} {connections:>6} {bare:>8.0}{mark} {server:>9.1} {ratio:>8.4} {p50:>8.2} \
         {p95:>8.2} {p99:>8.2} {:>8} {:>8} {:>6} {:>7.1}",
        micros(figure.bare_computed),
        micros(figure.server_computed),
        figure.statements,
        figure.answer_bytes as f64 / 1024.0,
    )
}
