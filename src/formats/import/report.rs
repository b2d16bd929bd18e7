//! What an import came to, row by row.

use std::io::{self, Write};

use crate::domain::diff::FieldChange;
use crate::formats::record::{SourceLocation, Warning};
use entity::vocabulary::SubjectType;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Outcome {
    /// It brought a new subject.
    Created,
    /// It changed some facts of a subject.
    Updated,
    /// The catalog says all of it already.
    Unchanged,
    /// It cannot be taken; so nothing of the whole import is.
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

/// What became of one place of a source.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The file, where there may be several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Where it stands.
    #[serde(flatten)]
    pub place: SourceLocation,
    /// What kind of thing it is about, as far as that can be told.
    pub subject: Option<SubjectType>,
    /// The slug of the subject; none where it is rejected and there is none.
    pub slug: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// What it changed, field by field.
    pub changes: Vec<FieldChange>,
    /// What is doubtful, and what was made of it.
    pub warnings: Vec<Warning>,
    /// Why it is rejected.
    pub problems: Vec<Warning>,
}

/// How many rows came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// New subjects.
    pub created: u64,
    /// Subjects with facts that changed.
    pub updated: u64,
    /// Rows that say what the catalog says.
    pub unchanged: u64,
    /// Rows that cannot be taken.
    pub rejected: u64,
    /// Doubtful places.
    pub warnings: u64,
}

impl Totals {
    /// Counts a row.
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

/// Takes the rows of a report as they come.
pub trait Report: Send {
    /// Whether it tells the changes of rows with this outcome.
    fn wants_changes(&self, outcome: Outcome) -> bool;

    /// Takes a row.
    ///
    /// # Errors
    /// It cannot be written.
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

/// A report for people: the rows that need eyes, and totals.
pub struct Table<W>(pub W);

impl<W: Write + Send> Report for Table<W> {
    fn wants_changes(&self, outcome: Outcome) -> bool {
        outcome == Outcome::Updated
    }

    fn row(&mut self, row: Row) -> io::Result<()> {
        let plain = matches!(row.outcome, Outcome::Created | Outcome::Unchanged);
        if plain && row.warnings.is_empty() {
            return Ok(());
        }
        let out = &mut self.0;
        let file = row.file.map_or("line ".to_owned(), |file| format!("{file}:"));
        let place = format!("{file}{}", row.place.line);
        let subject = row.subject.map_or("?".to_owned(), |subject| subject.word().to_lowercase());
        let slug = row.slug.unwrap_or_else(|| "-".to_owned());
        writeln!(out, "{:9}  {place}  {subject} {slug}  {}", row.outcome.word(), shown(&row.place.row))?;
        for FieldChange { field, before, after } in &row.changes {
            writeln!(out, "           {field}: {} -> {}", value(before.as_ref()), value(after.as_ref()))?;
        }
        for (kind, told) in [("problem", &row.problems), ("warning", &row.warnings)] {
            for Warning { column, raw, message } in told {
                writeln!(out, "  {kind}: {} {}: {}", shown(column), value(Some(&raw.as_str().into())), shown(message))?;
            }
        }
        Ok(())
    }
}

/// A text that moves no cursor and fits a line.
fn shown(text: &str) -> String {
    const MOST: usize = 300;
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut short = plain.clone().take(MOST).collect::<String>();
    if plain.count() > MOST {
        short.push('…');
    }
    short
}

fn value(value: Option<&Json>) -> String {
    shown(&value.unwrap_or(&Json::Null).to_string())
}

/// A report for programs: `{ "rows": […], "totals": {…}, "written": … }`, with every row.
pub struct JsonReport<W> {
    out: W,
    begun: bool,
}

impl<W: Write + Send> JsonReport<W> {
    /// A report without rows.
    pub fn new(out: W) -> Self {
        Self { out, begun: false }
    }

    /// Ends it.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn end(mut self, totals: Totals, written: bool) -> io::Result<()> {
        let begin = if self.begun { "" } else { "{\"rows\":[" };
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
        self.out.write_all(if self.begun { b",\n" } else { b"{\"rows\":[\n" })?;
        self.begun = true;
        Ok(serde_json::to_writer(&mut self.out, &row)?)
    }
}
