//! Exports the catalog as JSON documents, as CSV, as Parquet, as a Markdown list or as TOML files.
//!
//! An export reads one snapshot and writes it in chunks, so its memory use does not grow with the catalog.

pub mod format;
pub mod selection;

pub mod csv;
pub mod iterate;
pub mod json;
mod markdown;
pub mod tables;
pub mod toml;

use url::Url;

use crate::error::Error;
use crate::formats::export::format::{ExportFormat, Language};
use crate::formats::export::selection::Selection;
use crate::formats::export::tables::table::Table;
use crate::query::as_of::snapshot_view::SnapshotView;

/// The options of an export.
#[derive(Clone, Debug, Default)]
pub struct Export {
    /// The format.
    pub format: ExportFormat,
    /// The language of headings, and of texts in formats that contain only one language.
    pub language: Language,
    /// The exported part of the catalog.
    pub selection: Selection,
    /// The table that is exported instead of documents or models.
    pub table: Option<Table>,
    /// The server that the export is downloaded from; none for a command.
    pub origin: Option<Origin>,
}

/// The server that an export is downloaded from.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The URL under which clients reach it.
    pub base: Url,
    /// The URL of the license of the data; none if it is not known.
    pub license: Option<Url>,
}

impl Origin {
    /// Returns the URL of the page of a subject.
    pub fn page(&self, plural: &str, slug: &str) -> String {
        format!("{}/{plural}/{slug}", self.base.as_str().trim_end_matches('/'))
    }
}

/// The destination of an export.
pub trait Sink {
    /// The error that ends an export early.
    type Error: From<Error>;

    /// Writes the next chunk, and returns when the sink can accept another one.
    fn write_chunk(&mut self, chunk: Vec<u8>) -> impl Future<Output = Result<(), Self::Error>>;
}

/// The size of a chunk. A larger document makes a larger chunk.
const CHUNK_BYTES: usize = 64 << 10;

/// Buffers small writes and passes them to the sink in chunks.
struct ChunkWriter<'a, S> {
    sink: &'a mut S,
    buffer: Vec<u8>,
}

impl<S: Sink> ChunkWriter<'_, S> {
    async fn write(&mut self, bytes: &[u8]) -> Result<(), S::Error> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK_BYTES { self.flush().await } else { Ok(()) }
    }

    async fn flush(&mut self) -> Result<(), S::Error> {
        if self.buffer.is_empty() { Ok(()) } else { self.sink.write_chunk(std::mem::take(&mut self.buffer)).await }
    }
}

impl Export {
    /// Writes the selected part of the snapshot as text. [`crate::store::sqlite_export`] exports SQLite databases, and
    /// [`toml::Folder`] TOML files.
    ///
    /// # Errors
    /// The database or the sink fails; the sink has received a part of the export. The format is SQLite or TOML.
    pub async fn write<S: Sink>(&self, snapshot: &SnapshotView, sink: &mut S) -> Result<(), S::Error> {
        let mut output = ChunkWriter { sink, buffer: Vec::new() };
        let origin = self.origin.as_ref();
        if let Some(table) = self.table {
            tables::write(snapshot, table, self.format, &self.selection, origin, &mut output).await?;
            return output.flush().await;
        }
        match self.format {
            ExportFormat::Json => json::catalog(snapshot, &self.selection, origin, &mut output).await?,
            ExportFormat::Ndjson => json::lines(snapshot, &self.selection, &mut output).await?,
            ExportFormat::Csv => csv::table(snapshot, &self.selection, &mut output).await?,
            ExportFormat::Markdown => markdown::list(snapshot, self, &mut output).await?,
            ExportFormat::Parquet => tables::models_as_parquet(snapshot, &self.selection, origin, &mut output).await?,
            ExportFormat::Sqlite => {
                let message = "An SQLite database is written to a file, not to a stream.".to_owned();
                return Err(Error::InvalidArgument(message).into());
            }
            ExportFormat::Toml => {
                let message = "TOML files are written to a folder, not to a stream.".to_owned();
                return Err(Error::InvalidArgument(message).into());
            }
        }
        output.flush().await
    }
}
