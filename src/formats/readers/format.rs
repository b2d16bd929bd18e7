//! The formats that sources come in.

use std::{
    io::{self, BufRead, Read},
    path::Path,
};

use crate::formats::readers::{csv, huggingface, json, markdown, models_dev, ndjson};
use crate::formats::record::ParsedEntry;

/// A format that the importer reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportFormat {
    /// Lists in Markdown: tables and bullets.
    Markdown,
    /// Documents in JSON.
    Json,
    /// Documents in JSON, one a line.
    Ndjson,
    /// A table with a row for each model.
    Csv,
    /// What Hugging Face's API answers about models.
    HuggingFace,
    /// The models of models.dev.
    ModelsDev,
}

impl ImportFormat {
    /// Every format, with the word for it.
    pub const ALL: [(&'static str, Self); 6] = [
        ("markdown", Self::Markdown),
        ("json", Self::Json),
        ("ndjson", Self::Ndjson),
        ("csv", Self::Csv),
        ("huggingface", Self::HuggingFace),
        ("models-dev", Self::ModelsDev),
    ];

    /// The format that the ending of a file's name tells.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "json" => Some(Self::Json),
            "ndjson" | "jsonl" => Some(Self::Ndjson),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// Reads a source. Documents one a line are read as they are asked for; other formats need the whole text.
    ///
    /// # Errors
    /// It cannot be read. What is wrong with what it says is told by the entries.
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
        // Each reader tells what is too large for it; none takes more than this.
        source.take(json::MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        Ok(Box::new(reader(&bytes).into_iter().map(Ok)))
    }
}
