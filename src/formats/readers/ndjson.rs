//! Reads NDJSON, one document per line: `{"type": "Model", "name": "Qwen", …}`. The number of lines is not limited.

use std::io::{self, BufRead, Read};

use crate::formats::parse::source;
use crate::formats::parse::source::{beginning, reject_line};
use crate::formats::readers::json::document;
use crate::formats::record::ParsedEntry;

/// The maximum size of a line, in bytes.
pub const MAX_LINE_BYTES: usize = 1 << 20;

/// An iterator over the documents of a source.
pub struct Documents<R> {
    source: R,
    line: usize,
}

/// Reads a document from each line. Blank lines are skipped.
pub fn read<R: BufRead>(source: R) -> Documents<R> {
    Documents { source, line: 0 }
}

impl<R: BufRead> Iterator for Documents<R> {
    type Item = io::Result<ParsedEntry>;

    fn next(&mut self) -> Option<io::Result<ParsedEntry>> {
        loop {
            let mut bytes = Vec::new();
            let limit = MAX_LINE_BYTES as u64 + 1;
            match self.source.by_ref().take(limit).read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) => self.line += 1,
                Err(error) => return Some(Err(error)),
            }
            if bytes.len() > MAX_LINE_BYTES && !bytes.ends_with(b"\n") {
                let raw = beginning(&String::from_utf8_lossy(&bytes[..400]));
                let message = format!("the line is longer than {MAX_LINE_BYTES} bytes");
                let rejected = reject_line(self.line, &raw, &raw, &message);
                return Some(skip_line(&mut self.source).map(|()| Err(rejected)));
            }
            let text = match source::text(&bytes, MAX_LINE_BYTES + 1) {
                Ok(text) if text.trim().is_empty() => continue,
                Ok(text) => text.trim(),
                Err(mut rejected) => {
                    rejected.place.line = self.line;
                    return Some(Ok(Err(rejected)));
                }
            };
            return Some(Ok(document(text, self.line, None)));
        }
    }
}

/// Skips the rest of a line without buffering it.
fn skip_line(source: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = source.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        match buffer.iter().position(|byte| *byte == b'\n') {
            Some(end) => {
                source.consume(end + 1);
                return Ok(());
            }
            None => {
                let length = buffer.len();
                source.consume(length);
            }
        }
    }
}
