//! Records read from a source, before they are merged into the catalog.

use std::collections::BTreeMap;

use entity::vocabulary::{Confidence, Qualifier, SubjectType};
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
    /// How values are to be read that are not just the values, by the label of their size (empty for the subject itself) and the
    /// name of the fact.
    pub qualifiers: BTreeMap<(String, String), Qualifier>,
    /// The lines of sizes that are in other lines than the subject, by their labels.
    pub size_lines: BTreeMap<String, usize>,
    /// Whether the base is not in the source, so that it is left out with a warning if it is not in the catalog either.
    pub base_is_optional: bool,
    /// The full id of the page that the record was read from, such as `Qwen/Qwen3-8B` on the Hugging Face Hub. It tells subjects
    /// of equal names apart.
    pub id: Option<String>,
    /// Where the format states that its facts come from. `None` if it does not.
    pub provenance: Option<Provenance>,
    /// Facts of the size that the record is about, if it does not say which one that is.
    pub unlabelled: Map<String, Json>,
    /// Whether the record only says of a subject what another record needs that refers to it.
    pub is_implied: bool,
    /// The rows of which the record consists, each about a page of its own. Empty if it is one row.
    pub rows: Vec<ImportedRecord>,
}

/// The source of a record, as its format states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The slug, the title or the address of the source.
    pub source: String,
    /// The place in the source.
    pub locator: Option<String>,
    /// The words of the source.
    pub quote: Option<String>,
    /// How the facts are known.
    pub confidence: Confidence,
}

impl ImportedRecord {
    /// Creates a record of fields without doubts.
    pub fn new(place: SourceLocation, subject: SubjectType, fields: Map<String, Json>) -> Self {
        Self {
            place,
            subject,
            fields,
            warnings: Vec::new(),
            qualifiers: BTreeMap::new(),
            size_lines: BTreeMap::new(),
            base_is_optional: false,
            id: None,
            provenance: None,
            unlabelled: Map::new(),
            is_implied: false,
            rows: Vec::new(),
        }
    }
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
