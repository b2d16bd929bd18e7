//! The notations of an export.

use std::{path::Path, str::FromStr};

use entity::vocabulary::ModelKind;

/// A notation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExportFormat {
    /// One object with a list of documents of each type.
    #[default]
    Json,
    /// A document a line.
    Ndjson,
    /// A size a row, for spreadsheets.
    Csv,
    /// The list, to be read.
    Markdown,
    /// A database that a server can serve.
    Sqlite,
}

impl ExportFormat {
    /// The notation that a file's ending stands for.
    pub fn of(path: &Path) -> Option<Self> {
        Some(match path.extension()?.to_str()?.to_lowercase().as_str() {
            "json" => Self::Json,
            "ndjson" | "jsonl" => Self::Ndjson,
            "csv" => Self::Csv,
            "md" | "markdown" => Self::Markdown,
            "db" | "sqlite" | "sqlite3" => Self::Sqlite,
            _ => return None,
        })
    }

    /// The media type.
    pub fn media(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::Ndjson => "application/x-ndjson; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Sqlite => "application/vnd.sqlite3",
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
            "markdown" => Self::Markdown,
            "sqlite" => Self::Sqlite,
            _ => return Err("it is none of json, ndjson, csv, markdown and sqlite".to_owned()),
        })
    }
}

/// A language of an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Chinese, as the original list.
    #[default]
    Zh,
    /// English.
    En,
}

impl Language {
    /// The word for it.
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
            _ => Err("it is neither zh nor en".to_owned()),
        }
    }
}

/// Reads the kind of a model.
///
/// # Errors
/// It is none.
pub fn kind(text: &str) -> Result<ModelKind, String> {
    match text {
        "foundation" => Ok(ModelKind::Foundation),
        "derived" => Ok(ModelKind::Derived),
        _ => Err("it is neither foundation nor derived".to_owned()),
    }
}
