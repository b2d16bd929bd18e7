//! The command `export`: writes the catalog to a file or to a folder.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use entity::vocabulary::ModelKind;
use tempfile::TempDir;

use crate::cli::{Failure, print_stdout};
use crate::db::database::Database;
use crate::db::snapshot::Snapshot;
use crate::db::url::DatabaseUrl;
use crate::domain::slug::Slug;
use crate::formats::export::format::{ExportFormat, Language, kind};
use crate::formats::export::selection::Selection;
use crate::formats::export::toml::{Folder, FolderError, FolderTotals};
use crate::formats::export::{Export as Request, Sink};
use crate::query::as_of::snapshot_view::SnapshotView;
use crate::store::sqlite_export::export_sqlite;

/// Write the catalog, or a part of it, to a file or to standard output
#[derive(Args)]
pub struct Export {
    /// json, ndjson, csv, parquet, markdown, sqlite, or toml for a folder with a file for each document; the default depends on
    /// the extension of the output
    #[arg(long)]
    format: Option<ExportFormat>,
    /// Language of the Markdown list: zh or en
    #[arg(long, default_value = "zh")]
    language: Language,
    /// File to write; standard output if not given. With toml, the folder, in which other files stay as they are
    #[arg(long, value_name = "FILE|FOLDER")]
    output: Option<PathBuf>,
    /// With toml: leave out documents that this folder has with the same content; may be given several times
    #[arg(long, value_name = "FOLDER")]
    without: Vec<PathBuf>,
    /// With toml: remove files of documents that are not in the export
    #[arg(long)]
    prune: bool,
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
            return usage("the format is unknown: give --format json, ndjson, csv, parquet, markdown, sqlite or toml");
        };
        if format == ExportFormat::Sqlite && self.selection() != Selection::default() {
            return usage("a sqlite export has no filters: leave out --license, --kind, --organization and --search");
        }
        if format == ExportFormat::Toml {
            self.check_folder().map_err(Failure::Usage)?;
        } else if self.prune || !self.without.is_empty() {
            return usage("only a toml export has --without and --prune");
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

    /// Checks the arguments of an export to a folder.
    fn check_folder(&self) -> Result<(), String> {
        let Some(output) = &self.output else {
            return Err("a toml export needs a folder: give --output FOLDER".to_owned());
        };
        if output.exists() && !output.is_dir() {
            return Err(format!("a toml export needs a folder, and {} is a file", output.display()));
        }
        if let Some(missing) = self.without.iter().find(|folder| !folder.is_dir()) {
            return Err(format!("--without: there is no folder {}", missing.display()));
        }
        if self.prune && self.selection() != Selection::default() {
            let message =
                "--prune would remove the documents that the filters leave out; leave out --prune or the filters";
            return Err(message.to_owned());
        }
        Ok(())
    }

    pub async fn run(&self, database: &Database) -> Result<(), Failure> {
        let snapshot = Snapshot::take(database).await?;
        let request = Request {
            format: self.format().unwrap_or_default(),
            language: self.language,
            selection: self.selection(),
            ..Request::default()
        };
        if request.format == ExportFormat::Sqlite
            && let Some(output) = &self.output
        {
            let fail = write_failure(output);
            let (_folder, part) = temporary_file(output).map_err(&fail)?;
            export_sqlite(&snapshot, &part).await?;
            let part = tempfile::TempPath::try_from_path(part).map_err(&fail)?;
            return part.persist_noclobber(output).map_err(|error| fail(error.error));
        }
        let snapshot = SnapshotView::from(snapshot);
        request.selection.check(&snapshot).await?;
        let Some(output) = &self.output else {
            let fail = write_failure(Path::new("standard output"));
            return request.write(&snapshot, &mut WriterSink { to: io::stdout().lock(), fail: &fail }).await;
        };
        if request.format == ExportFormat::Toml {
            let folder = Folder { path: output.clone(), without: self.without.clone(), prune: self.prune };
            let totals = folder.write(&snapshot, &request.selection).await?;
            print_stdout(&folder_report(totals, self.prune));
            return Ok(());
        }
        let fail = write_failure(output);
        let (_folder, part) = temporary_file(output).map_err(&fail)?;
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
            ..Selection::default()
        }
    }
}

/// Returns the report of an export to a folder.
fn folder_report(FolderTotals { written, unchanged, left_out, others }: FolderTotals, prune: bool) -> String {
    let others = match (others, prune) {
        (0, _) => String::new(),
        (others, true) => format!(" {others} files of other documents were removed."),
        (others, false) => format!(" {others} files are of other documents; --prune removes them."),
    };
    format!("{written} files written, {unchanged} unchanged, {left_out} documents left out.{others}")
}

impl From<FolderError> for Failure {
    fn from(error: FolderError) -> Self {
        match error {
            FolderError::Catalog(error) => error.into(),
            FolderError::File { path, cause } => Self::Write { file: path.display().to_string(), cause },
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
