//! The catalog goes out: as documents, as a table, as the list it began as, or as a database.
//!
//! Everything is read from one snapshot and written a chunk at a time, so what it takes does not grow with the catalog.

pub mod format;
pub mod selection;

mod csv;
mod iterate;
mod json;
mod markdown;

use crate::formats::export::format::{ExportFormat, Language};
use crate::formats::export::selection::Selection;

use crate::db::snapshot::Snapshot;
use crate::error::Error;

/// What to export, and how.
#[derive(Clone, Debug, Default)]
pub struct Export {
    /// The notation.
    pub format: ExportFormat,
    /// The language of headings, and of texts where the notation has room for one.
    pub language: Language,
    /// The part of the catalog.
    pub selection: Selection,
}

/// Where an export goes.
pub trait Sink {
    /// Why it may end early.
    type Error: From<Error>;

    /// Takes the next bytes, and returns once there is room for more.
    fn write_chunk(&mut self, chunk: Vec<u8>) -> impl Future<Output = Result<(), Self::Error>>;
}

/// The bytes that a sink is given at once, unless a single document has more.
const CHUNK: usize = 64 << 10;

/// Gathers small pieces into chunks.
struct ChunkWriter<'a, S> {
    sink: &'a mut S,
    buffer: Vec<u8>,
}

impl<S: Sink> ChunkWriter<'_, S> {
    async fn write(&mut self, bytes: &[u8]) -> Result<(), S::Error> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK { self.flush().await } else { Ok(()) }
    }

    async fn flush(&mut self) -> Result<(), S::Error> {
        if self.buffer.is_empty() { Ok(()) } else { self.sink.write_chunk(std::mem::take(&mut self.buffer)).await }
    }
}

impl Export {
    /// Writes the snapshot, or the selected part of it, as text. A database is made by [`crate::store::sqlite_export`] instead.
    ///
    /// # Errors
    /// The database or the sink fails. What the sink has by then is a part.
    pub async fn write<S: Sink>(&self, snapshot: &Snapshot, sink: &mut S) -> Result<(), S::Error> {
        let mut output = ChunkWriter { sink, buffer: Vec::new() };
        match self.format {
            ExportFormat::Json => json::catalog(snapshot, &self.selection, &mut output).await?,
            ExportFormat::Ndjson => json::lines(snapshot, &self.selection, &mut output).await?,
            ExportFormat::Csv => csv::table(snapshot, &self.selection, &mut output).await?,
            ExportFormat::Markdown => markdown::list(snapshot, self, &mut output).await?,
            ExportFormat::Sqlite => {
                let message = "A database is written to a file, not to a stream.".to_owned();
                return Err(Error::InvalidArgument(message).into());
            }
        }
        output.flush().await
    }
}
