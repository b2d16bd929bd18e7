//! The command line.

use std::{fmt, path::PathBuf};

use clap::{Parser, Subcommand, ValueEnum};
use serde::Serialize;

/// Measures how fast the server answers, as a ratio to a bare handler that answers the same bytes.
///
/// Without options it measures everything in about five minutes. docs/benchmark.md says what each figure means.
#[derive(Parser)]
#[command(name = "cargo bench --", bin_name = "cargo bench --")]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How many models the generated catalogs have, beside those of the list
    #[arg(long, value_delimiter = ',', default_value = "24,100000")]
    pub models: Vec<usize>,
    /// The database; both where it is not said
    #[arg(long)]
    pub backend: Option<Backend>,
    /// For how long each scenario is measured: so many seconds for the server, and as many for the bare handler
    #[arg(long, default_value_t = 1.5)]
    pub seconds: f64,
    /// In how many rounds, in each of which both have their turn
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    pub rounds: u32,
    /// How many connections ask at once, in scenarios that do not have a number of their own
    #[arg(long, default_value_t = 32)]
    pub connections: usize,
    /// Only scenarios whose name has this in it
    #[arg(long, value_name = "NAME")]
    pub only: Option<String>,
    /// Write every figure to a file too
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Instead: measure the parts of an answer one by one, in this process
    #[arg(long)]
    pub micro: bool,
    /// Instead: show how the database finds what each scenario reads
    #[arg(long)]
    pub explain: bool,
    /// What cargo says when it benches
    #[arg(long, hide = true, global = true)]
    pub bench: bool,
}

#[derive(Subcommand)]
pub enum Command {
    /// Write a catalog: the list, and so many models beside it, the same each time
    Generate {
        /// How many
        #[arg(long)]
        models: usize,
        /// Where to: sqlite:FILE or postgres://…, a catalog that nobody has written to
        #[arg(long)]
        database: String,
    },
}

/// Where catalogs are kept.
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
    /// Whether a scenario is to be measured.
    pub fn wants(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|part| name.contains(part.as_str()))
    }

    /// The databases to measure on.
    pub fn backends(&self) -> Vec<Backend> {
        self.backend.map_or_else(|| vec![Backend::Sqlite, Backend::Postgres], |backend| vec![backend])
    }
}
