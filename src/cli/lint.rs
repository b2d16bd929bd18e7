//! The command `lint`: checks the catalog, or documents in files.

use std::{
    io::{self, BufWriter, Write},
    path::PathBuf,
};

use chrono::Utc;
use clap::Args;

use crate::cli::Failure;
use crate::db::database::Database;
use crate::db::snapshot::Snapshot;
use crate::db::url::DatabaseUrl;
use crate::domain::lint::{Finding, Severity};
use crate::formats::import::report::printable;
use crate::formats::lint::{LintError, Linter, Report, Totals};

/// Check the catalog for what is wrong or doubtful, and exit with 1 if there are errors
///
/// Facts without evidence, contradictions, slips by a factor of a thousand, impossible dates, quotes without their value, and so on.
#[derive(Args)]
pub struct Lint {
    /// Folders with documents to check instead of the catalog: TOML files in folders such as models. A document stands instead of
    /// that with its slug in the folders before
    #[arg(value_name = "FOLDER")]
    folders: Vec<PathBuf>,
    /// Folder with local copies of the sources, in which quotes are looked up: folders, files or git repositories
    #[arg(long, value_name = "FOLDER")]
    sources: Option<PathBuf>,
    /// Write the findings as JSON
    #[arg(long)]
    json: bool,
}

impl Lint {
    /// Returns whether documents in files are checked, for which no database is needed.
    pub fn is_about_files(&self) -> bool {
        !self.folders.is_empty()
    }

    /// Checks the arguments before the database is opened, because that would create a missing SQLite file.
    pub fn check(&self, database: &DatabaseUrl) -> Result<(), Failure> {
        match database {
            DatabaseUrl::Sqlite(path) if !path.exists() => Err(Failure::NoCatalog(database.clone())),
            _ => Ok(()),
        }
    }

    /// Checks the documents in files.
    pub fn run_on_files(&self) -> Result<(), Failure> {
        self.check_sources()?;
        let today = Utc::now().date_naive();
        let mut report = self.report();
        let totals = Linter::new(today, self.sources.clone(), &mut report).folders(&self.folders, today)?;
        report.end(totals)
    }

    /// Checks the catalog.
    pub async fn run(&self, database: &Database) -> Result<(), Failure> {
        self.check_sources()?;
        let snapshot = Snapshot::take(database).await?.into();
        let mut report = self.report();
        let totals = Linter::new(Utc::now().date_naive(), self.sources.clone(), &mut report).catalog(&snapshot).await?;
        report.end(totals)
    }

    fn check_sources(&self) -> Result<(), Failure> {
        match &self.sources {
            Some(folder) if !folder.is_dir() => {
                Err(Failure::Usage(format!("{} is no folder with copies of sources", folder.display())))
            }
            _ => Ok(()),
        }
    }

    fn report(&self) -> Output {
        Output { out: BufWriter::new(io::stdout()), json: self.json, has_findings: false }
    }
}

impl From<LintError> for Failure {
    fn from(error: LintError) -> Self {
        match error {
            LintError::Catalog(error) => error.into(),
            LintError::Report(cause) => Self::Report(cause),
            LintError::Read { path, cause } => Self::Usage(format!("cannot read {}: {cause}", path.display())),
        }
    }
}

/// The findings on standard output: a line each, or `{ "findings": […], "totals": {…} }`.
struct Output {
    out: BufWriter<io::Stdout>,
    json: bool,
    has_findings: bool,
}

impl Report for Output {
    fn finding(&mut self, finding: Finding) -> io::Result<()> {
        if self.json {
            self.out.write_all(if self.has_findings { b",\n" } else { b"{\"findings\":[\n" })?;
            self.has_findings = true;
            return Ok(serde_json::to_writer(&mut self.out, &finding)?);
        }
        let Finding { severity, rule, subject, slug, field, message } = finding;
        let severity = if severity == Severity::Error { "error" } else { "warning" };
        let field = if field.is_empty() { field } else { format!("{} ", printable(&field)) };
        writeln!(
            self.out,
            "{severity:7}  {} {}: {field}{} [{rule}]",
            subject.table(),
            printable(&slug),
            printable(&message)
        )
    }
}

impl Output {
    /// Writes the totals. Fails if there are errors.
    fn end(mut self, totals: Totals) -> Result<(), Failure> {
        let written = if self.json {
            let begin = if self.has_findings { "" } else { "{\"findings\":[" };
            let totals = serde_json::json!(totals);
            writeln!(self.out, "{begin}\n],\"totals\":{totals}}}")
        } else {
            let Totals { subjects, errors, warnings } = totals;
            writeln!(self.out, "{errors} errors and {warnings} warnings in {subjects} subjects.")
        };
        written.and_then(|()| self.out.flush()).map_err(Failure::Report)?;
        if totals.errors == 0 { Ok(()) } else { Err(Failure::Findings) }
    }
}
