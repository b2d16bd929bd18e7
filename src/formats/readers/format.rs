//! The import formats.

use std::{
    io::{self, BufRead, Read},
    path::Path,
};

use entity::vocabulary::{Confidence, SourceKind};

use crate::formats::readers::records::map::FieldMap;
use crate::formats::readers::{csv, huggingface, json, markdown, models_dev, ndjson, records, toml};
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
    /// Records in JSON or JSON Lines whose fields a map names, or in YAML if the file has its extension.
    Records,
    /// Records in YAML whose fields a map names.
    Yaml,
    /// Documents in TOML, one in each file, in folders of their types.
    Toml,
}

/// Information about a source in addition to its bytes.
#[derive(Clone, Copy, Default)]
pub struct ReadOptions<'a> {
    /// The path of the file, which may state a fact.
    pub path: Option<&'a Path>,
    /// Which fields have which facts, for records and tables.
    pub map: Option<&'a FieldMap>,
}

impl ImportFormat {
    /// Every format with its name.
    pub const ALL: [(&'static str, Self); 9] = [
        ("markdown", Self::Markdown),
        ("json", Self::Json),
        ("ndjson", Self::Ndjson),
        ("csv", Self::Csv),
        ("huggingface", Self::HuggingFace),
        ("models-dev", Self::ModelsDev),
        ("records", Self::Records),
        ("yaml", Self::Yaml),
        ("toml", Self::Toml),
    ];

    /// Returns the format of a file by its extension, and of a TOML file by its folder. `None` if they do not determine it.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "md" | "markdown" => Some(Self::Markdown),
            "json" => Some(Self::Json),
            "ndjson" | "jsonl" => Some(Self::Ndjson),
            "csv" | "tsv" => Some(Self::Csv),
            "yaml" | "yml" => Some(Self::Yaml),
            "toml" => toml::subject_of(path).map(|_| Self::Toml),
            _ => None,
        }
    }

    /// Returns the format of a source with or without a field map: JSON with a map is a source of records.
    ///
    /// # Errors
    /// Records need a map, or the format has no fields that a map could name.
    pub fn with_map(self, has_map: bool) -> Result<Self, String> {
        match self {
            Self::Records | Self::Yaml if !has_map => {
                Err("records need a map: COLUMN=FACT pairs, or the name of a map that ships with the program"
                    .to_owned())
            }
            Self::Json | Self::Ndjson | Self::Records if has_map => Ok(Self::Records),
            Self::Markdown | Self::HuggingFace | Self::ModelsDev | Self::Toml if has_map => {
                Err("a map names the fields of tables in CSV and of records in JSON or YAML; this format has none"
                    .to_owned())
            }
            format => Ok(format),
        }
    }

    /// Returns the extensions of the files of a folder that have this format.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Markdown => &["md", "markdown"],
            Self::Json | Self::HuggingFace => &["json"],
            Self::Records => &["json", "jsonl", "ndjson", "yaml", "yml"],
            Self::Yaml => &["yaml", "yml"],
            Self::Ndjson => &["ndjson", "jsonl"],
            Self::Csv => &["csv", "tsv"],
            Self::ModelsDev | Self::Toml => &["toml"],
        }
    }

    /// Returns the kind of a new source of this format, and how its facts are known.
    pub fn citation(self) -> (SourceKind, Confidence) {
        match self {
            Self::Markdown | Self::Csv => (SourceKind::List, Confidence::Cited),
            Self::Json
            | Self::Ndjson
            | Self::HuggingFace
            | Self::ModelsDev
            | Self::Records
            | Self::Yaml
            | Self::Toml => (SourceKind::Database, Confidence::Cited),
        }
    }

    /// Reads a source. NDJSON is read line by line as the iterator advances; other formats are read completely.
    ///
    /// # Errors
    /// The source cannot be read. Errors in its content are rejected entries instead.
    pub fn read<'a>(
        self,
        source: impl BufRead + 'a,
        options: ReadOptions<'_>,
    ) -> io::Result<Box<dyn Iterator<Item = io::Result<ParsedEntry>> + 'a>> {
        let models_dev = |bytes: &[u8]| models_dev::read(bytes, options.path);
        let documents = |bytes: &[u8]| toml::read(bytes, options.path);
        let by_default = FieldMap::default();
        let map = options.map.unwrap_or(&by_default);
        let is_yaml = self == Self::Yaml || options.path.and_then(Self::of) == Some(Self::Yaml);
        let records = |bytes: &[u8]| if is_yaml { records::read_yaml(bytes, map) } else { records::read(bytes, map) };
        let reader: &dyn Fn(&[u8]) -> Vec<ParsedEntry> = match self {
            Self::Ndjson => return Ok(Box::new(ndjson::read(source))),
            Self::Csv => return Ok(Box::new(csv::read(source, options.map).into_iter().map(Ok))),
            Self::Markdown => &markdown::read,
            Self::Json => &json::read,
            Self::HuggingFace => &huggingface::read,
            Self::ModelsDev => &models_dev,
            Self::Records | Self::Yaml => &records,
            Self::Toml => &documents,
        };
        let mut bytes = Vec::new();
        // Each reader rejects sources above its own limit; this is the largest.
        source.take(json::MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        Ok(Box::new(reader(&bytes).into_iter().map(Ok)))
    }
}
