//! What every reader asks of its source before it looks at what it says.

use crate::formats::record::{ParsedEntry, Rejected, SourceLocation, Warning};

/// The bytes of a cell or value that may be read.
pub const MAX_CELL_BYTES: usize = 64 << 10;
/// The columns of a table that are read.
pub const MAX_COLUMNS: usize = 1_000;

/// The text of a source, without a byte order mark.
///
/// # Errors
/// It has more than `most` bytes, is not UTF-8 or holds NUL, which no database keeps.
pub fn text(source: &[u8], most: usize) -> Result<&str, Rejected> {
    if source.len() > most {
        return Err(reject_line(1, "", "", &format!("the source has {} bytes; at most {most} are read", source.len())));
    }
    let text = std::str::from_utf8(source).map_err(|error| {
        let line = line_at(source, error.valid_up_to());
        let start = error.valid_up_to();
        let raw = String::from_utf8_lossy(&source[start..source.len().min(start + 8)]).into_owned();
        reject_line(line, "", &raw, "is not UTF-8 text; save the file as UTF-8")
    })?;
    if let Some(at) = text.find('\0') {
        return Err(reject_line(line_at(source, at), "", "\0", "a NUL character; the source is not a text"));
    }
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The line that a byte stands in, from 1.
pub fn line_at(source: &[u8], offset: usize) -> usize {
    1 + source[..offset].iter().filter(|byte| **byte == b'\n').count()
}

/// A place that cannot be read, with one reason.
pub fn reject_line(line: usize, row: &str, raw: &str, message: &str) -> Rejected {
    let problem = Warning { column: String::new(), raw: raw.to_owned(), message: message.to_owned() };
    Rejected {
        beside: false,
        place: SourceLocation { line, row: row.to_owned() },
        subject: None,
        problems: vec![problem],
    }
}

/// A part of a source that is passed over, with the reason.
pub fn ignored(line: usize, raw: &str, message: &str) -> Vec<ParsedEntry> {
    vec![Err(Rejected { beside: true, ..reject_line(line, &beginning(raw), raw, message) })]
}

/// A source that cannot be read at all, as the only thing that is found in it.
pub fn reject_all(rejected: Rejected) -> Vec<ParsedEntry> {
    vec![Err(rejected)]
}

/// The first words of a text, to call a place by.
pub fn beginning(text: &str) -> String {
    text.trim().chars().take(80).collect()
}
