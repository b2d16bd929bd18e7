//! The command line.

use std::{fmt, path::PathBuf};

use clap::{Parser, Subcommand, ValueEnum};
use serde::Serialize;

/// Measures the throughput of the server, as a ratio to a baseline: a bare handler that sends the same bytes.
///
/// Without options it runs every scenario in about five minutes. docs/performance.md explains each figure.
#[derive(Parser)]
#[command(name = "cargo bench -p benchmarks --", bin_name = "cargo bench -p benchmarks --")]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Number of generated models of each catalog, in addition to those of the list
    #[arg(long, value_delimiter = ',', default_value = "24,100000")]
    pub models: Vec<usize>,
    /// The database; both if not given
    #[arg(long)]
    pub backend: Option<Backend>,
    /// Seconds of load per scenario: this long for the server, and as long for the baseline
    #[arg(long, default_value_t = 1.5)]
    pub seconds: f64,
    /// Number of rounds that the seconds are split into; baseline and server alternate in each
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    pub rounds: u32,
    /// Number of concurrent connections, for scenarios that do not set their own
    #[arg(long, default_value_t = 32)]
    pub connections: usize,
    /// Run only scenarios whose name contains this
    #[arg(long, value_name = "NAME")]
    pub only: Option<String>,
    /// Also write all results to this file
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Measure this program instead of building the one of this checkout
    #[arg(long, value_name = "FILE", global = true)]
    pub program: Option<PathBuf>,
    /// Instead: time the stages of one request separately, in this process
    #[arg(long)]
    pub micro: bool,
    /// Instead: print the query plans of each scenario
    #[arg(long)]
    pub explain: bool,
    /// Set by `cargo bench`
    #[arg(long, hide = true, global = true)]
    pub bench: bool,
}

#[derive(Subcommand)]
pub enum Command {
    /// Write a catalog: the list and generated models, the same each time
    Generate {
        /// Number of generated models
        #[arg(long)]
        models: usize,
        /// Target database: sqlite:FILE or postgres://…, new or never written to
        #[arg(long)]
        database: String,
    },
    /// Attack the server with its default limits, and print its memory and the waiting times of another client
    Attacks,
}

/// The database system that stores a catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Backend {
    Sqlite,
    Postgres,
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(if *self == Self::Sqlite { "sqlite" } else { "postgres" })
    }
}

impl Arguments {
    /// Whether the scenario with this name is selected.
    pub fn selects(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|part| name.contains(part.as_str()))
    }

    /// The selected databases.
    pub fn backends(&self) -> Vec<Backend> {
        self.backend.map_or_else(|| vec![Backend::Sqlite, Backend::Postgres], |backend| vec![backend])
    }
}
