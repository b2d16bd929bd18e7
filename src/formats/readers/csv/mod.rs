//! Reads CSV tables of models: one row per size, which repeats the facts of its model.

mod limited_reader;

use std::io::{BufRead, BufReader, Read};

use ::csv::{ByteRecord, Reader, ReaderBuilder, Terminator};

use crate::domain::text::normalize;
use crate::formats::csv_formula::FORMULA_STARTS;
use crate::formats::parse::column::{Column, Heading};
use crate::formats::parse::group_by_model::Groups;
use crate::formats::parse::inline::Inline;
use crate::formats::parse::row::Row;
use crate::formats::parse::source::{
    MAX_CELL_BYTES, MAX_COLUMNS, NOT_UTF8, NUL_CHARACTER, beginning, reject_all, reject_line,
};
use crate::formats::parse::topic::Topic;
use crate::formats::parse::{column, row, sizes};
use crate::formats::readers::csv::limited_reader::LimitedReader;
use crate::formats::readers::records::map::FieldMap;
use crate::formats::record::{ParsedEntry, Rejected};

/// The maximum size of a table, in bytes.
pub const MAX_BYTES: usize = 64 << 20;
/// The maximum size of a row, in bytes.
pub const MAX_ROW_BYTES: usize = 1 << 20;

/// The separators of a list in a cell.
const SEPARATORS: [char; 2] = [';', '；'];

/// Reads a table row by row. Only the merged record of each model stays in memory.
///
/// `map` names what columns have whose headings do not say it.
pub fn read(source: impl Read, map: Option<&FieldMap>) -> Vec<ParsedEntry> {
    let mut source = BufReader::with_capacity(MAX_CELL_BYTES, source);
    let delimiter = match source.fill_buf() {
        Ok(start) => detect_delimiter(start),
        Err(error) => return reject_all(reject_line(1, "", "", &format!("the source cannot be read: {error}"))),
    };
    let limit = LimitedReader::new(source, MAX_BYTES, MAX_ROW_BYTES);
    // Rows end with a line feed, so line feeds count the lines. A carriage return before it is not part of the cell.
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
                let message = format!("reading stopped here: {error}");
                rejected.push(reject_line(line_number(&reader), "", "", &message));
                break;
            }
        }
        let line_feeds = record.iter().flatten().filter(|byte| **byte == b'\n').count();
        let line = line_number(&reader).saturating_sub(line_feeds + 1).max(1);
        let row = match text_cells(&record, line) {
            Ok(cells) if cells.iter().all(|cell| cell.trim().is_empty()) => continue,
            Ok(cells) => cells,
            Err(rejection) => {
                rejected.push(rejection);
                // Without headings the other rows have no meaning.
                if headings.is_none() {
                    break;
                }
                continue;
            }
        };
        match &headings {
            None => {
                let mut row_headings = column::headings(row.iter().map(|text| text.trim().to_owned()));
                if let Some(map) = map {
                    apply_map(&mut row_headings, map);
                }
                let has_name =
                    row_headings.iter().any(|heading| matches!(heading.column, Some(Column::Name | Column::Slug)));
                if !has_name {
                    let message =
                        "no column is named name, slug or 名称; the first row must contain the column headings";
                    rejected.push(reject_line(line, &beginning(&row.join(" ")), &row.join(", "), message));
                    break;
                }
                headings = Some(row_headings);
            }
            Some(headings) => {
                if let Err(rejection) = read_row(&mut groups, headings, line, &row, map) {
                    rejected.push(rejection);
                }
            }
        }
    }
    groups.finish(rejected)
}

/// Replaces the contents of the columns that a map names. Other columns with the same contents are not read.
fn apply_map(headings: &mut [Heading], map: &FieldMap) {
    for (target, path) in map.paths() {
        let Some(index) = headings.iter().position(|heading| normalize(&heading.text) == normalize(path)) else {
            continue;
        };
        let column = match target {
            "weights" | "paper" | "arxiv" | "modelscope" | "repository" => Some(Column::MoreLinks),
            target => column::from_heading(target),
        };
        for heading in
            headings.iter_mut().filter(|heading| heading.column == column && column != Some(Column::MoreLinks))
        {
            heading.column = None;
        }
        headings[index].column = column;
    }
    if let Some(tokens) = &map.tokens {
        for path in [&tokens.path, &tokens.meaning, &tokens.words] {
            for heading in headings.iter_mut().filter(|heading| normalize(&heading.text) == normalize(path)) {
                heading.column = Some(Column::Ignored);
            }
        }
    }
}

/// Returns the current line of a reader.
fn line_number<R: Read>(reader: &Reader<R>) -> usize {
    usize::try_from(reader.position().line()).unwrap_or(usize::MAX)
}

/// Detects the delimiter of the cells in the first line: a tab, a semicolon or a comma.
fn detect_delimiter(start: &[u8]) -> u8 {
    let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| line.iter().filter(|byte| **byte == delimiter).count();
    [b'\t', b';'].into_iter().find(|other| count(*other) > count(b',')).unwrap_or(b',')
}

/// Returns the cells of a record as text.
///
/// # Errors
/// The row has too many columns, or a cell is too large, is not UTF-8 or contains U+0000.
fn text_cells(record: &ByteRecord, line: usize) -> Result<Vec<String>, Rejected> {
    let reject = |raw: &[u8], message: &str| {
        let raw = beginning(&String::from_utf8_lossy(&raw[..raw.len().min(200)]));
        Err(reject_line(line, &raw, &raw, message))
    };
    if record.len() > MAX_COLUMNS {
        let message = format!("the row has {} columns; the limit is {MAX_COLUMNS}", record.len());
        return reject(record.get(0).unwrap_or_default(), &message);
    }
    let mut cells = Vec::with_capacity(record.len());
    for (index, cell) in record.iter().enumerate() {
        let last = index + 1 == record.len();
        let cell = if last { cell.strip_suffix(b"\r").unwrap_or(cell) } else { cell };
        if cell.len() > MAX_CELL_BYTES {
            return reject(cell, &format!("a cell has {} bytes; the limit is {MAX_CELL_BYTES}", cell.len()));
        }
        match std::str::from_utf8(cell) {
            Ok(text) if text.contains('\0') => return reject(cell, NUL_CHARACTER),
            Ok(text) => cells.push(unescape_formula(text).to_owned()),
            Err(_) => return reject(cell, NOT_UTF8),
        }
    }
    Ok(cells)
}

/// Removes the apostrophe before a cell that a spreadsheet would read as a formula.
fn unescape_formula(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if text.trim_start_matches('\'').starts_with(FORMULA_STARTS) => text,
        _ => cell,
    }
}

/// Adds the records of a row.
fn read_row(
    groups: &mut Groups,
    headings: &[Heading],
    line: usize,
    cells: &[String],
    map: Option<&FieldMap>,
) -> Result<(), Rejected> {
    let inlines = cells.iter().take(headings.len()).map(|cell| vec![Inline::Text(cell.clone())]).collect();
    let row = Row { line, headings, cells: inlines, topic: Topic::Models(None), separators: &SEPARATORS };
    let (found, expected) = (cells.len(), headings.len());
    let has_more = cells.iter().skip(expected).any(|cell| !cell.trim().is_empty());
    let misfit = "the row has more cells than columns, and they do not fit the columns; left out";
    let reason = row::reason_to_leave_out(&row).or_else(|| (has_more && !row::fits(&row)).then_some(misfit));
    if let Some(reason) = reason {
        let rejected = reject_line(line, &beginning(&cells[0]), &beginning(&cells.join(", ")), reason);
        return Err(Rejected { ignorable: true, ..rejected });
    }
    let mut builder = row::read(&row)?;
    if found < expected {
        builder.warn(
            "",
            &cells.join(", "),
            format!("the row has {found} cells for {expected} columns; the missing cells were read as blank"),
        );
    }
    let excess =
        cells.iter().skip(expected).filter(|cell| !cell.trim().is_empty()).map(String::as_str).collect::<Vec<_>>();
    if !excess.is_empty() {
        let message = format!("the row has more cells than the {expected} columns; the extra cells were ignored");
        builder.warn("", &excess.join(", "), message);
    }
    if let Some(map) = map {
        let cell = |path: &str| {
            let index = headings.iter().position(|heading| normalize(&heading.text) == normalize(path))?;
            cells.get(index).cloned()
        };
        match map.tokens(cell) {
            Ok(Some((count, basis))) => sizes::set_tokens(&mut builder, count, basis),
            Ok(None) => {}
            Err((raw, message)) => builder.warn("training tokens", &raw, message),
        }
    }
    for entry in builder.finish() {
        groups.add(entry?);
    }
    Ok(())
}
