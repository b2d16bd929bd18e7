//! Reports the result of an import row by row.

use std::collections::HashMap;
use std::io::{self, Write};

use crate::domain::diff::FieldChange;
use crate::formats::record::{SourceLocation, Warning};
use entity::vocabulary::SubjectType;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// The largest number of rejected rows that an import leaves out.
pub const MAX_SKIPPED: usize = 100_000;

/// The result of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Outcome {
    /// The row created a subject.
    Created,
    /// The row changed a subject.
    Updated,
    /// The catalog already contains all facts of the row, or the row was skipped.
    Unchanged,
    /// The row cannot be imported. Nothing of the import is written, unless rejected rows are skipped.
    Rejected,
}

impl Outcome {
    fn word(self) -> &'static str {
        match self {
            Self::Created => "CREATED",
            Self::Updated => "UPDATED",
            Self::Unchanged => "UNCHANGED",
            Self::Rejected => "REJECTED",
        }
    }
}

/// The result of one place of a source.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The file, if several are imported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The place in the file.
    #[serde(flatten)]
    pub place: SourceLocation,
    /// The type of the subject, if known.
    pub subject: Option<SubjectType>,
    /// The slug of the subject, if known.
    pub slug: Option<String>,
    /// The result.
    pub outcome: Outcome,
    /// The changed fields.
    pub changes: Vec<FieldChange>,
    /// Doubtful texts, each with the value that was read.
    pub warnings: Vec<Warning>,
    /// The reasons of a rejection.
    pub problems: Vec<Warning>,
}

impl Row {
    /// Rejects the row, for further reasons.
    pub fn reject(&mut self, problems: Vec<Warning>) {
        self.outcome = Outcome::Rejected;
        self.changes.clear();
        self.problems.extend(problems);
    }
}

/// The number of rows by result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Rows that created a subject.
    pub created: u64,
    /// Rows that changed a subject.
    pub updated: u64,
    /// Rows without a change.
    pub unchanged: u64,
    /// Rejected rows.
    pub rejected: u64,
    /// Warnings of all rows.
    pub warnings: u64,
}

impl Totals {
    /// Counts a row and its warnings.
    pub fn add(&mut self, row: &Row) {
        match row.outcome {
            Outcome::Created => self.created += 1,
            Outcome::Updated => self.updated += 1,
            Outcome::Unchanged => self.unchanged += 1,
            Outcome::Rejected => self.rejected += 1,
        }
        self.warnings += row.warnings.len() as u64;
    }
}

/// Receives the rows of a report during the import.
pub trait Report: Send {
    /// Whether the report contains the changes of rows with this outcome.
    fn wants_changes(&self, outcome: Outcome) -> bool;

    /// Adds a row.
    ///
    /// # Errors
    /// The report cannot be written.
    fn row(&mut self, row: Row) -> io::Result<()>;
}

impl Report for Vec<Row> {
    fn wants_changes(&self, _: Outcome) -> bool {
        true
    }

    fn row(&mut self, row: Row) -> io::Result<()> {
        self.push(row);
        Ok(())
    }
}

/// Rows that an earlier attempt at an import rejected, with the reasons.
pub type SkippedRows = HashMap<RowKey, Vec<Warning>>;

/// A row of an import.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RowKey {
    /// The file, if several are imported.
    pub file: Option<String>,
    /// The line number.
    pub line: usize,
    /// The name of the row.
    pub row: String,
    /// The type of the subject, if known.
    pub subject: Option<SubjectType>,
}

/// A report that keeps only the rows that were rejected, for the next attempt at the import.
#[derive(Default)]
pub struct RejectedRows(SkippedRows);

impl RejectedRows {
    /// Adds the rows to those that are skipped. Returns whether there are more of them now.
    pub fn add_to(self, skipped: &mut SkippedRows) -> bool {
        let known = skipped.len();
        skipped.extend(self.0);
        skipped.len() > known
    }
}

impl Report for RejectedRows {
    fn wants_changes(&self, _: Outcome) -> bool {
        false
    }

    fn row(&mut self, row: Row) -> io::Result<()> {
        if row.outcome == Outcome::Rejected && self.0.len() <= MAX_SKIPPED {
            let key = RowKey { file: row.file, line: row.place.line, row: row.place.row, subject: row.subject };
            self.0.insert(key, row.problems);
        }
        Ok(())
    }
}

/// A report for people: updated and rejected rows, and rows with warnings.
pub struct Table<W>(pub W);

impl<W: Write + Send> Report for Table<W> {
    fn wants_changes(&self, outcome: Outcome) -> bool {
        outcome == Outcome::Updated
    }

    fn row(&mut self, row: Row) -> io::Result<()> {
        let is_routine = matches!(row.outcome, Outcome::Created | Outcome::Unchanged);
        if is_routine && row.warnings.is_empty() {
            return Ok(());
        }
        let out = &mut self.0;
        let file = row.file.map_or("line ".to_owned(), |file| format!("{file}:"));
        let place = format!("{file}{}", row.place.line);
        let subject = row.subject.map_or("?".to_owned(), |subject| subject.word().to_lowercase());
        let slug = row.slug.unwrap_or_else(|| "-".to_owned());
        writeln!(out, "{:9}  {place}  {subject} {slug}  {}", row.outcome.word(), printable(&row.place.row))?;
        for FieldChange { field, before, after, .. } in &row.changes {
            writeln!(out, "           {field}: {} -> {}", json_text(before.as_ref()), json_text(after.as_ref()))?;
        }
        for (label, remarks) in [("problem", &row.problems), ("warning", &row.warnings)] {
            for Warning { column, raw, message } in remarks {
                writeln!(
                    out,
                    "  {label}: {} {}: {}",
                    printable(column),
                    json_text(Some(&raw.as_str().into())),
                    printable(message)
                )?;
            }
        }
        Ok(())
    }
}

/// Returns a text without control characters, shortened to fit a line.
pub fn printable(text: &str) -> String {
    const MAX_CHARS: usize = 300;
    let chars = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut short = chars.clone().take(MAX_CHARS).collect::<String>();
    if chars.count() > MAX_CHARS {
        short.push('…');
    }
    short
}

/// Returns a value as JSON, `null` if absent.
fn json_text(value: Option<&Json>) -> String {
    printable(&value.unwrap_or(&Json::Null).to_string())
}

/// A JSON report of all rows: `{ "rows": […], "totals": {…}, "written": … }`.
pub struct JsonReport<W> {
    out: W,
    has_rows: bool,
}

impl<W: Write + Send> JsonReport<W> {
    /// Creates a report without rows.
    pub fn new(out: W) -> Self {
        Self { out, has_rows: false }
    }

    /// Writes the totals and flushes the report. `written` is whether the import was committed.
    ///
    /// # Errors
    /// The report cannot be written.
    pub fn end(mut self, totals: Totals, written: bool) -> io::Result<()> {
        let begin = if self.has_rows { "" } else { "{\"rows\":[" };
        let totals = serde_json::to_string(&totals)?;
        writeln!(self.out, "{begin}\n],\"totals\":{totals},\"written\":{written}}}")?;
        self.out.flush()
    }
}

impl<W: Write + Send> Report for JsonReport<W> {
    fn wants_changes(&self, _: Outcome) -> bool {
        true
    }

    fn row(&mut self, row: Row) -> io::Result<()> {
        self.out.write_all(if self.has_rows { b",\n" } else { b"{\"rows\":[\n" })?;
        self.has_rows = true;
        Ok(serde_json::to_writer(&mut self.out, &row)?)
    }
}
