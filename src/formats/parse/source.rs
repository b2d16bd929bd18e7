//! Checks that every reader applies to its source, and rejections.

use crate::formats::record::{ParsedEntry, Rejected, SourceLocation, Warning};

/// The problem of a source that contains U+0000.
pub const NUL_CHARACTER: &str = "NUL character (U+0000); the source must be a text file";
/// The problem of a source that is not UTF-8.
pub const NOT_UTF8: &str = "not valid UTF-8; save the file as UTF-8";

/// The maximum size of a cell or value, in bytes.
pub const MAX_CELL_BYTES: usize = 64 << 10;
/// The maximum number of columns of a table.
pub const MAX_COLUMNS: usize = 1_000;

/// Returns the text of a source without a byte order mark.
///
/// # Errors
/// Rejects a source that has more than `max_bytes` bytes, is not UTF-8, or contains U+0000, which PostgreSQL cannot store.
pub fn text(source: &[u8], max_bytes: usize) -> Result<&str, Rejected> {
    if source.len() > max_bytes {
        let message = format!("the source has {} bytes; the limit is {max_bytes}", source.len());
        return Err(reject_line(1, "", "", &message));
    }
    let text = std::str::from_utf8(source).map_err(|error| {
        let line = line_at(source, error.valid_up_to());
        let start = error.valid_up_to();
        let raw = String::from_utf8_lossy(&source[start..source.len().min(start + 8)]).into_owned();
        reject_line(line, "", &raw, NOT_UTF8)
    })?;
    if let Some(offset) = text.find('\0') {
        return Err(reject_line(line_at(source, offset), "", "\0", NUL_CHARACTER));
    }
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Returns the line of a byte offset, from 1.
pub fn line_at(source: &[u8], offset: usize) -> usize {
    1 + source[..offset].iter().filter(|byte| **byte == b'\n').count()
}

/// Rejects a place with one problem.
pub fn reject_line(line: usize, row: &str, raw: &str, message: &str) -> Rejected {
    let problem = Warning { column: String::new(), raw: raw.to_owned(), message: message.to_owned() };
    Rejected {
        ignorable: false,
        place: SourceLocation { line, row: row.to_owned() },
        subject: None,
        problems: vec![problem],
    }
}

/// Skips a part of a source with a warning; the rest can be imported.
pub fn skip_part(line: usize, raw: &str, message: &str) -> Vec<ParsedEntry> {
    vec![Err(Rejected { ignorable: true, ..reject_line(line, &beginning(raw), raw, message) })]
}

/// Returns a rejection as the only entry of a source.
pub fn reject_all(rejected: Rejected) -> Vec<ParsedEntry> {
    vec![Err(rejected)]
}

/// Returns the first 80 characters of a text, which identify a place in reports.
pub fn beginning(text: &str) -> String {
    text.trim().chars().take(80).collect()
}
