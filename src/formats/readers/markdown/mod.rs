//! Reads lists in Markdown: tables of models, bullets of derived models and architectures.

mod blocks;
mod line_index;
mod list_items;

use crate::formats::parse::column::{Column, Heading};
use crate::formats::parse::dictionary::Section;
use crate::formats::parse::implied_subjects::add_implied_subjects;
use crate::formats::parse::row::Row;
use crate::formats::parse::source::{MAX_COLUMNS, beginning, ignored, reject_all, reject_line};
use crate::formats::parse::{column, dictionary, inline, row, source};
use crate::formats::readers::markdown::blocks::{Block, Table};
use crate::formats::readers::markdown::line_index::LineIndex;
use crate::formats::record::{ParsedEntry, Warning};

/// The bytes of a list that are read.
pub const MAX_BYTES: usize = 16 << 20;
/// The bytes of a line that are read.
pub const MAX_LINE_BYTES: usize = 1 << 20;

/// What parts a list in a cell.
const SEPARATORS: [char; 8] = [',', '，', '、', ';', '；', '/', '+', '＋'];

/// Reads a list. What it refers to comes before what refers to it.
pub fn read(bytes: &[u8]) -> Vec<ParsedEntry> {
    let text = match source::text(bytes, MAX_BYTES) {
        Ok(text) => text,
        Err(rejected) => return reject_all(rejected),
    };
    if let Some((line, long)) = (1..).zip(text.lines()).find(|(_, line)| line.len() > MAX_LINE_BYTES) {
        let message = format!("the line has {} bytes; at most {MAX_LINE_BYTES} are read", long.len());
        return reject_all(reject_line(line, &beginning(long), &beginning(long), &message));
    }
    let lines = LineIndex::of(text);
    let mut sections = Sections::default();
    let mut entries = Vec::new();
    for block in blocks::blocks(text, &lines) {
        match block {
            Block::Heading { level, text } => sections.enter(level, &text),
            Block::Table(table) => entries.extend(read_table(&table, &sections)),
            Block::List(items) => entries.extend(list_items::read(&items, sections.own(), &sections.title())),
            Block::Html { line, text } => {
                entries.push(Err(reject_line(
                    line,
                    &beginning(&text),
                    &text,
                    "a table in HTML is not read; write it in Markdown",
                )));
            }
        }
    }
    add_implied_subjects(entries)
}

/// The headings above a place, the innermost last.
#[derive(Default)]
struct Sections(Vec<(usize, String)>);

impl Sections {
    fn enter(&mut self, level: usize, heading: &str) {
        self.0.retain(|(above, _)| *above < level);
        self.0.push((level, heading.to_owned()));
    }

    fn title(&self) -> String {
        self.0.last().map(|(_, title)| title.clone()).unwrap_or_default()
    }

    /// What the innermost heading says.
    fn own(&self) -> Option<Section> {
        dictionary::section(&self.0.last()?.1)
    }

    /// What the innermost heading that says anything says.
    fn around(&self) -> Option<Section> {
        self.0.iter().rev().find_map(|(_, heading)| dictionary::section(heading))
    }
}

fn read_table(table: &Table, sections: &Sections) -> Vec<ParsedEntry> {
    let title = table.head.join(" | ");
    if table.head.len() > MAX_COLUMNS {
        let message = format!("the table has {} columns; at most {MAX_COLUMNS} are read", table.head.len());
        return reject_all(reject_line(table.line, &beginning(&title), &beginning(&title), &message));
    }
    let headings = column::headings(table.head.iter().cloned());
    let section = sections.around();
    if !is_read(&headings, section) {
        let message = format!(
            "a table under {:?} whose columns do not tell that it is about models; not read: it needs a name and, say, sizes",
            sections.title()
        );
        return ignored(table.line, &title, &message);
    }
    let mut entries = Vec::new();
    for cells in &table.rows {
        let blank = cells.cells.iter().all(|cell| inline::words(cell).is_empty());
        if blank && cells.excess.is_empty() {
            continue;
        }
        let row =
            Row { line: cells.line, headings: &headings, cells: cells.cells.clone(), section, separators: &SEPARATORS };
        match row::read(&row) {
            Ok(mut draft) => {
                for Warning { column, raw, message } in cells.doubts(&headings) {
                    draft.warn(&column, &raw, message);
                }
                entries.extend(draft.finish());
            }
            Err(mut rejected) => {
                rejected.problems.extend(cells.doubts(&headings));
                entries.push(Err(rejected));
            }
        }
    }
    entries
}

/// Whether a table is about subjects: its heading says so, or its columns do.
fn is_read(headings: &[Heading], section: Option<Section>) -> bool {
    let has = |column| headings.iter().any(|heading| heading.column == Some(column));
    let models = [Column::Parameters, Column::Size, Column::DataScale, Column::License, Column::ReleaseDate];
    has(Column::Name) && (section.is_some() || models.into_iter().any(has))
}
