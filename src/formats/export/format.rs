//! The formats and languages of exports.

use std::{path::Path, str::FromStr};

use entity::vocabulary::ModelKind;

/// An export format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExportFormat {
    /// One JSON object with a list of documents for each type.
    #[default]
    Json,
    /// One JSON document per line.
    Ndjson,
    /// A table with one row per size, for spreadsheets.
    Csv,
    /// The table as Parquet, with types, for notebooks and databases.
    Parquet,
    /// The list as a Markdown page.
    Markdown,
    /// An SQLite database that a server can use.
    Sqlite,
    /// A folder with a TOML file for each document.
    Toml,
}

impl ExportFormat {
    /// Returns the format of a file by its extension.
    pub fn of(path: &Path) -> Option<Self> {
        Some(match path.extension()?.to_str()?.to_lowercase().as_str() {
            "json" => Self::Json,
            "ndjson" | "jsonl" => Self::Ndjson,
            "csv" => Self::Csv,
            "parquet" => Self::Parquet,
            "md" | "markdown" => Self::Markdown,
            "db" | "sqlite" | "sqlite3" => Self::Sqlite,
            _ => return None,
        })
    }

    /// Returns the media type.
    pub fn media(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::Ndjson => "application/x-ndjson; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Parquet => "application/vnd.apache.parquet",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Sqlite => "application/vnd.sqlite3",
            Self::Toml => "application/toml",
        }
    }
}

impl FromStr for ExportFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(match text {
            "json" => Self::Json,
            "ndjson" => Self::Ndjson,
            "csv" => Self::Csv,
            "parquet" => Self::Parquet,
            "markdown" => Self::Markdown,
            "sqlite" => Self::Sqlite,
            "toml" => Self::Toml,
            _ => return Err("expected json, ndjson, csv, parquet, markdown, sqlite or toml".to_owned()),
        })
    }
}

/// A language of an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Chinese, the language of the original list.
    #[default]
    Zh,
    /// English.
    En,
}

impl Language {
    /// Returns the language code.
    pub fn word(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "zh" => Ok(Self::Zh),
            "en" => Ok(Self::En),
            _ => Err("expected zh or en".to_owned()),
        }
    }
}

/// Parses the kind of a model.
///
/// # Errors
/// The text is neither `foundation` nor `derived`.
pub fn kind(text: &str) -> Result<ModelKind, String> {
    match text {
        "foundation" => Ok(ModelKind::Foundation),
        "derived" => Ok(ModelKind::Derived),
        _ => Err("expected foundation or derived".to_owned()),
    }
}
