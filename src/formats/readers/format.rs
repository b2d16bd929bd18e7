//! The import formats.

use std::{
    io::{self, BufRead, Read},
    path::Path,
};

use crate::formats::readers::{csv, huggingface, json, markdown, models_dev, ndjson};
use crate::formats::record::ParsedEntry;

/// A format that the importer reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportFormat {
    /// Lists in Markdown: tables and list items.
    Markdown,
    /// Documents in JSON.
    Json,
    /// Documents in JSON, one per line.
    Ndjson,
    /// A table with a row for each model or size.
    Csv,
    /// Responses of the Hugging Face Hub API about models.
    HuggingFace,
    /// Model files of models.dev.
    ModelsDev,
}

impl ImportFormat {
    /// Every format with its name.
    pub const ALL: [(&'static str, Self); 6] = [
        ("markdown", Self::Markdown),
        ("json", Self::Json),
        ("ndjson", Self::Ndjson),
        ("csv", Self::Csv),
        ("huggingface", Self::HuggingFace),
        ("models-dev", Self::ModelsDev),
    ];

    /// Returns the format of a file by its extension. `None` if the extension does not determine it.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "json" => Some(Self::Json),
            "ndjson" | "jsonl" => Some(Self::Ndjson),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// Reads a source. NDJSON is read line by line as the iterator advances; other formats are read completely.
    ///
    /// # Errors
    /// The source cannot be read. Errors in its content are rejected entries instead.
    pub fn read<'a>(
        self,
        source: impl BufRead + 'a,
    ) -> io::Result<Box<dyn Iterator<Item = io::Result<ParsedEntry>> + 'a>> {
        let reader: fn(&[u8]) -> Vec<ParsedEntry> = match self {
            Self::Ndjson => return Ok(Box::new(ndjson::read(source))),
            Self::Csv => return Ok(Box::new(csv::read(source).into_iter().map(Ok))),
            Self::Markdown => markdown::read,
            Self::Json => json::read,
            Self::HuggingFace => huggingface::read,
            Self::ModelsDev => models_dev::read,
        };
        let mut bytes = Vec::new();
        // Each reader rejects sources above its own limit; this is the largest.
        source.take(json::MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        Ok(Box::new(reader(&bytes).into_iter().map(Ok)))
    }
}
