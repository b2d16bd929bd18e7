//! The command `export`: writes the catalog to a file.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use entity::vocabulary::ModelKind;
use tempfile::TempDir;

use crate::cli::Failure;
use crate::db::database::Database;
use crate::db::snapshot::Snapshot;
use crate::db::url::DatabaseUrl;
use crate::domain::slug::Slug;
use crate::formats::export::format::{ExportFormat, Language, kind};
use crate::formats::export::selection::Selection;
use crate::formats::export::{Export as Request, Sink};
use crate::store::sqlite_export::export_sqlite;

/// Write the catalog, or a part of it, to a file or to standard output
#[derive(Args)]
pub struct Export {
    /// json, ndjson, csv, markdown or sqlite; the default depends on the extension of the file
    #[arg(long)]
    format: Option<ExportFormat>,
    /// Language of the Markdown list: zh or en
    #[arg(long, default_value = "zh")]
    language: Language,
    /// File to write; standard output if not given
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only models with this license
    #[arg(long, value_name = "SLUG")]
    license: Option<Slug>,
    /// Only foundation models or only derived ones
    #[arg(long, value_parser = kind, value_name = "foundation|derived")]
    kind: Option<ModelKind>,
    /// Only models of this organization
    #[arg(long, value_name = "SLUG")]
    organization: Option<Slug>,
    /// Only models whose names, organizations or summaries contain these words
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
}

impl Export {
    /// Checks the arguments before the database is opened, because that would create a missing SQLite file.
    pub fn check(&self, database: &DatabaseUrl) -> Result<(), Failure> {
        let usage = |message: &str| Err(Failure::Usage(message.to_owned()));
        let Some(format) = self.format() else {
            return usage("the format is unknown: give --format json, ndjson, csv, markdown or sqlite");
        };
        if format == ExportFormat::Sqlite && self.selection() != Selection::default() {
            return usage("a sqlite export has no filters: leave out --license, --kind, --organization and --search");
        }
        match &self.output {
            None if format == ExportFormat::Sqlite => {
                return usage("a sqlite export needs a file: give --output FILE");
            }
            Some(file) if format == ExportFormat::Sqlite && file.exists() => {
                let cause = io::Error::new(io::ErrorKind::AlreadyExists, "the file exists");
                return Err(write_failure(file)(cause));
            }
            _ => {}
        }
        match database {
            DatabaseUrl::Sqlite(path) if !path.exists() => Err(Failure::NoCatalog(database.clone())),
            _ => Ok(()),
        }
    }

    pub async fn run(&self, database: &Database) -> Result<(), Failure> {
        let snapshot = Snapshot::take(database).await?;
        let request =
            Request { format: self.format().unwrap_or_default(), language: self.language, selection: self.selection() };
        request.selection.check(&snapshot.transaction).await?;
        let Some(output) = &self.output else {
            let fail = write_failure(Path::new("standard output"));
            return request.write(&snapshot, &mut WriterSink { to: io::stdout().lock(), fail: &fail }).await;
        };
        let fail = write_failure(output);
        let (_folder, part) = temporary_file(output).map_err(&fail)?;
        if request.format == ExportFormat::Sqlite {
            export_sqlite(&snapshot, &part).await?;
            let part = tempfile::TempPath::try_from_path(part).map_err(&fail)?;
            return part.persist_noclobber(output).map_err(|error| fail(error.error));
        }
        let mut stream = WriterSink { to: File::create(&part).map_err(&fail)?, fail: &fail };
        request.write(&snapshot, &mut stream).await?;
        stream.to.sync_all().map_err(&fail)?;
        fs::rename(&part, output).map_err(&fail)
    }

    fn format(&self) -> Option<ExportFormat> {
        self.format.or_else(|| ExportFormat::of(self.output.as_ref()?))
    }

    fn selection(&self) -> Selection {
        Selection {
            license: self.license.clone(),
            kind: self.kind,
            organization: self.organization.clone(),
            search: self.search.clone(),
        }
    }
}

/// Returns a temporary folder next to a file, and a file in it. The file is written there and then renamed, so that it is
/// never incomplete.
pub(super) fn temporary_file(output: &Path) -> io::Result<(TempDir, PathBuf)> {
    let parent = output.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = tempfile::Builder::new().prefix(".export-").tempdir_in(parent)?;
    let file = folder.path().join("catalog.db");
    Ok((folder, file))
}

pub(super) fn write_failure(file: &Path) -> impl Fn(io::Error) -> Failure {
    move |cause| Failure::Write { file: file.display().to_string(), cause }
}

struct WriterSink<'a, W, F> {
    to: W,
    fail: &'a F,
}

impl<W: Write, F: Fn(io::Error) -> Failure> Sink for WriterSink<'_, W, F> {
    type Error = Failure;

    async fn write_chunk(&mut self, chunk: Vec<u8>) -> Result<(), Failure> {
        self.to.write_all(&chunk).and_then(|()| self.to.flush()).map_err(self.fail)
    }
}
