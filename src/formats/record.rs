//! Records read from a source, before they are merged into the catalog.

use entity::vocabulary::SubjectType;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// The facts that one place of a source states about one subject, and no others.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedRecord {
    /// The place in the source.
    pub place: SourceLocation,
    /// The type of the subject.
    pub subject: SubjectType,
    /// The stated fields of the subject's document, as JSON. They contain `slug` only if the source states one, and always
    /// `name` or `slug`. A reference is a slug or any name of the subject that it refers to.
    pub fields: Map<String, Json>,
    /// Doubtful texts, each with the value that was read.
    pub warnings: Vec<Warning>,
}

/// A place of a source that cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Whether the import continues without it, because it does not seem to be about a subject of the catalog.
    pub ignorable: bool,
    /// The place in the source.
    pub place: SourceLocation,
    /// The type of the subject, if known.
    pub subject: Option<SubjectType>,
    /// All reasons, each with the column, the original text and the expected value.
    pub problems: Vec<Warning>,
}

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceLocation {
    /// The line number, from 1.
    pub line: usize,
    /// The name or slug of the row's subject, or the beginning of its text.
    pub row: String,
}

/// A text that looks wrong or could not be read as a fact. The original text is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Warning {
    /// The column or field as named in the source.
    pub column: String,
    /// The original text.
    pub raw: String,
    /// The reason, the expected value, and the effect: ignored, kept as text, or stored as another value.
    pub message: String,
}

/// The result of reading one place of a source.
pub type ParsedEntry = Result<ImportedRecord, Rejected>;
