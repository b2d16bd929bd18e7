//! What a source says, before anybody has compared it with the catalog.

use entity::vocabulary::SubjectType;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// What one place of a source says about one subject, and nothing that it does not say.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedRecord {
    /// Where it stands.
    pub place: SourceLocation,
    /// What kind of thing it is about.
    pub subject: SubjectType,
    /// The fields of the subject's document that the source states, as JSON. `slug` is among them only where the source
    /// gives one; `name` or `slug` always is. A reference may be a slug or any name of what it refers to.
    pub fields: Map<String, Json>,
    /// What of it is doubtful, and what was made of that.
    pub warnings: Vec<Warning>,
}

/// A place of a source that cannot be read as anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Whether the rest can be taken without it, because it seems to be about nothing that the catalog records.
    pub beside: bool,
    /// Where it stands.
    pub place: SourceLocation,
    /// What kind of thing it seems to be about, where that can be told.
    pub subject: Option<SubjectType>,
    /// Every reason, each with the column, the raw text and what would be right.
    pub problems: Vec<Warning>,
}

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceLocation {
    /// The line, from 1.
    pub line: usize,
    /// What people call the row: the name or slug of what it is about, or the text it begins with.
    pub row: String,
}

/// Something of a row that looks wrong or could not be made a fact. The source's words are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Warning {
    /// The column or field, as the source calls it.
    pub column: String,
    /// The text as it stands there.
    pub raw: String,
    /// What is doubtful, and what was made of it.
    pub message: String,
}

/// What a reader finds at one place.
pub type ParsedEntry = Result<ImportedRecord, Rejected>;
