//! Reads tables of models as spreadsheets keep them: a size a row, the facts of its model in each.

mod group_by_model;
mod limited_reader;

use std::io::{BufRead, BufReader, Read};

use ::csv::{ByteRecord, Reader, ReaderBuilder, Terminator};

use crate::formats::parse::column::{Column, Heading};
use crate::formats::parse::inline::Inline;
use crate::formats::parse::row::Row;
use crate::formats::parse::source::{MAX_CELL_BYTES, MAX_COLUMNS, beginning, reject_all, reject_line};
use crate::formats::parse::{column, row};
use crate::formats::readers::csv::group_by_model::Groups;
use crate::formats::readers::csv::limited_reader::LimitedReader;
use crate::formats::record::{ParsedEntry, Rejected};

/// The bytes of a table that are read.
pub const MAX_BYTES: usize = 64 << 20;
/// The bytes of a row that are read.
pub const MAX_ROW_BYTES: usize = 1 << 20;

/// What parts a list in a cell.
const SEPARATORS: [char; 2] = [';', '；'];

/// Reads a table row by row. What stays in memory is what it says of each model.
pub fn read(source: impl Read) -> Vec<ParsedEntry> {
    let mut source = BufReader::with_capacity(MAX_CELL_BYTES, source);
    let delimiter = match source.fill_buf() {
        Ok(beginning) => delimiter(beginning),
        Err(error) => return reject_all(reject_line(1, "", "", &format!("the source cannot be read: {error}"))),
    };
    let limit = LimitedReader::new(source, MAX_BYTES, MAX_ROW_BYTES);
    // Every row ends with a line feed, so that lines can be counted by those; a carriage return before it is no text.
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .terminator(Terminator::Any(b'\n'))
        .from_reader(limit.chain(&b"\n"[..]));
    let mut record = ByteRecord::new();
    let mut headings = None::<Vec<Heading>>;
    let mut groups = Groups::default();
    let mut rejected = Vec::new();
    loop {
        reader.get_mut().get_mut().0.next_row();
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let line = line(&reader);
                rejected.push(reject_line(line, "", "", &format!("the table cannot be read from here on: {error}")));
                break;
            }
        }
        let inside = record.iter().flatten().filter(|byte| **byte == b'\n').count();
        let line = line(&reader).saturating_sub(inside + 1).max(1);
        let row = match cells(&record, line) {
            Ok(cells) if cells.iter().all(|cell| cell.trim().is_empty()) => continue,
            Ok(cells) => cells,
            Err(refused) => {
                rejected.push(refused);
                // Without its headings a table says nothing.
                if headings.is_none() {
                    break;
                }
                continue;
            }
        };
        match &headings {
            None => {
                let found = column::headings(row.iter().map(|text| text.trim().to_owned()));
                let named = found.iter().any(|heading| matches!(heading.column, Some(Column::Name | Column::Slug)));
                if !named {
                    let message = "no column is called name, slug or 名称; the first row must hold the headings";
                    rejected.push(reject_line(line, &beginning(&row.join(" ")), &row.join(", "), message));
                    break;
                }
                headings = Some(found);
            }
            Some(headings) => {
                if let Err(refused) = read_row(&mut groups, headings, line, &row) {
                    rejected.push(refused);
                }
            }
        }
    }
    groups.finish(rejected)
}

/// The line that a reader has come to.
fn line<R: Read>(reader: &Reader<R>) -> usize {
    usize::try_from(reader.position().line()).unwrap_or(usize::MAX)
}

/// What parts the cells, by the first line: a tab, a semicolon or a comma.
fn delimiter(beginning: &[u8]) -> u8 {
    let line = beginning.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| line.iter().filter(|byte| **byte == delimiter).count();
    [b'\t', b';'].into_iter().find(|other| count(*other) > count(b',')).unwrap_or(b',')
}

/// The cells of a record as text.
fn cells(record: &ByteRecord, line: usize) -> Result<Vec<String>, Rejected> {
    let refuse = |raw: &[u8], message: &str| {
        let raw = beginning(&String::from_utf8_lossy(&raw[..raw.len().min(200)]));
        Err(reject_line(line, &raw, &raw, message))
    };
    if record.len() > MAX_COLUMNS {
        let message = format!("the row has {} columns; at most {MAX_COLUMNS} are read", record.len());
        return refuse(record.get(0).unwrap_or_default(), &message);
    }
    let mut cells = Vec::with_capacity(record.len());
    for (index, cell) in record.iter().enumerate() {
        let last = index + 1 == record.len();
        let cell = if last { cell.strip_suffix(b"\r").unwrap_or(cell) } else { cell };
        if cell.len() > MAX_CELL_BYTES {
            return refuse(cell, &format!("a cell has {} bytes; at most {MAX_CELL_BYTES} are read", cell.len()));
        }
        match std::str::from_utf8(cell) {
            Ok(text) if text.contains('\0') => return refuse(cell, "a NUL character; the source is not a text"),
            Ok(text) => cells.push(unguarded(text).to_owned()),
            Err(_) => return refuse(cell, "is not UTF-8 text; save the file as UTF-8"),
        }
    }
    Ok(cells)
}

/// A cell without the quote mark that keeps spreadsheets from taking it for a formula.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']) => text,
        _ => cell,
    }
}

fn read_row(groups: &mut Groups, headings: &[Heading], line: usize, cells: &[String]) -> Result<(), Rejected> {
    let inlines = cells.iter().take(headings.len()).map(|cell| vec![Inline::Text(cell.clone())]).collect();
    let row = Row { line, headings, cells: inlines, section: None, separators: &SEPARATORS };
    let mut draft = row::read(&row)?;
    let (found, all) = (cells.len(), headings.len());
    if found < all {
        draft.warn(
            "",
            &cells.join(", "),
            format!("the row has {found} cells for {all} columns; the last were taken as blank"),
        );
    }
    let excess = cells.iter().skip(all).filter(|cell| !cell.trim().is_empty()).map(String::as_str).collect::<Vec<_>>();
    if !excess.is_empty() {
        let message = format!("the row has more cells than the {all} columns; what stands behind them was not read");
        draft.warn("", &excess.join(", "), message);
    }
    for entry in draft.finish() {
        groups.add(entry?);
    }
    Ok(())
}
