//! Reads Markdown: tables of models, and lists of derived models and architectures.

mod blocks;
mod line_index;
mod list_items;

use crate::formats::parse::column::{Column, Heading};
use crate::formats::parse::dictionary::Section;
use crate::formats::parse::implied_subjects::add_implied_subjects;
use crate::formats::parse::row::Row;
use crate::formats::parse::source::{MAX_COLUMNS, beginning, reject_all, reject_line, skip_part};
use crate::formats::parse::{column, dictionary, inline, row, source};
use crate::formats::readers::markdown::blocks::{Block, Table};
use crate::formats::readers::markdown::line_index::LineIndex;
use crate::formats::record::{ParsedEntry, Warning};

/// The maximum size of a text, in bytes.
pub const MAX_BYTES: usize = 16 << 20;
/// The maximum size of a line, in bytes.
pub const MAX_LINE_BYTES: usize = 1 << 20;

/// The separators of a list in a cell.
const SEPARATORS: [char; 8] = [',', '，', '、', ';', '；', '/', '+', '＋'];

/// Reads a text. Records of organizations, licenses, architectures and datasets come before the records that refer to them.
pub fn read(bytes: &[u8]) -> Vec<ParsedEntry> {
    let text = match source::text(bytes, MAX_BYTES) {
        Ok(text) => text,
        Err(rejected) => return reject_all(rejected),
    };
    if let Some((line, long)) = (1..).zip(text.lines()).find(|(_, line)| line.len() > MAX_LINE_BYTES) {
        let message = format!("the line has {} bytes; the limit is {MAX_LINE_BYTES}", long.len());
        return reject_all(reject_line(line, &beginning(long), &beginning(long), &message));
    }
    let lines = LineIndex::new(text);
    let mut sections = Sections::default();
    let mut entries = Vec::new();
    for block in blocks::read_blocks(text, &lines) {
        match block {
            Block::Heading { level, text } => sections.enter(level, &text),
            Block::Table(table) => entries.extend(read_table(&table, &sections)),
            Block::List(items) => {
                entries.extend(list_items::read_list(&items, sections.innermost(), &sections.title()));
            }
            Block::Html { line, text } => {
                entries.push(Err(reject_line(
                    line,
                    &beginning(&text),
                    &text,
                    "HTML tables are not supported; write the table in Markdown",
                )));
            }
        }
    }
    add_implied_subjects(entries)
}

/// The headings of the current section, the innermost last.
#[derive(Default)]
struct Sections(Vec<(usize, String)>);

impl Sections {
    fn enter(&mut self, level: usize, heading: &str) {
        self.0.retain(|(outer, _)| *outer < level);
        self.0.push((level, heading.to_owned()));
    }

    fn title(&self) -> String {
        self.0.last().map(|(_, title)| title.clone()).unwrap_or_default()
    }

    /// Returns the contents that the innermost heading names.
    fn innermost(&self) -> Option<Section> {
        dictionary::find_section(&self.0.last()?.1)
    }

    /// Returns the contents that the nearest heading names, from the innermost outwards.
    fn nearest(&self) -> Option<Section> {
        self.0.iter().rev().find_map(|(_, heading)| dictionary::find_section(heading))
    }
}

/// Reads the rows of a table.
fn read_table(table: &Table, sections: &Sections) -> Vec<ParsedEntry> {
    let title = table.head.join(" | ");
    if table.head.len() > MAX_COLUMNS {
        let message = format!("the table has {} columns; the limit is {MAX_COLUMNS}", table.head.len());
        return reject_all(reject_line(table.line, &beginning(&title), &beginning(&title), &message));
    }
    let headings = column::headings(table.head.iter().cloned());
    let section = sections.nearest();
    if !lists_subjects(&headings, section) {
        let message = format!(
            "table under {:?} ignored: it needs a name column, and a heading such as \"Foundation models\" or a column such as sizes",
            sections.title()
        );
        return skip_part(table.line, &title, &message);
    }
    let mut entries = Vec::new();
    for table_row in &table.rows {
        let is_blank = table_row.cells.iter().all(|cell| inline::plain_text(cell).is_empty());
        if is_blank && table_row.excess.is_empty() {
            continue;
        }
        let row = Row {
            line: table_row.line,
            headings: &headings,
            cells: table_row.cells.clone(),
            section,
            separators: &SEPARATORS,
        };
        match row::read(&row) {
            Ok(mut builder) => {
                for Warning { column, raw, message } in table_row.cell_count_warnings(&headings) {
                    builder.warn(&column, &raw, message);
                }
                entries.extend(builder.finish());
            }
            Err(mut rejected) => {
                rejected.problems.extend(table_row.cell_count_warnings(&headings));
                entries.push(Err(rejected));
            }
        }
    }
    entries
}

/// Whether a table lists subjects of the catalog, by the heading of its section or by its columns.
fn lists_subjects(headings: &[Heading], section: Option<Section>) -> bool {
    let has = |column| headings.iter().any(|heading| heading.column == Some(column));
    let model_columns = [Column::Parameters, Column::Size, Column::DataScale, Column::License, Column::ReleaseDate];
    has(Column::Name) && (section.is_some() || model_columns.into_iter().any(has))
}
