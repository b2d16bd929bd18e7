//! Reads documents in JSON, one a line, however many there are: `{"type": "Model", "name": "Qwen", …}`.

use std::io::{self, BufRead, Read};

use crate::formats::parse::source;
use crate::formats::parse::source::{beginning, reject_line};
use crate::formats::readers::json::document;
use crate::formats::record::ParsedEntry;

/// The bytes of a line that are read.
pub const MAX_LINE_BYTES: usize = 1 << 20;

/// The documents of a source, read as they are asked for.
pub struct Lines<R> {
    source: R,
    line: usize,
}

/// Reads a document from each line. Blank lines are passed over.
pub fn read<R: BufRead>(source: R) -> Lines<R> {
    Lines { source, line: 0 }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<ParsedEntry>;

    fn next(&mut self) -> Option<io::Result<ParsedEntry>> {
        loop {
            let mut bytes = Vec::new();
            let most = MAX_LINE_BYTES as u64 + 1;
            match self.source.by_ref().take(most).read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) => self.line += 1,
                Err(error) => return Some(Err(error)),
            }
            if bytes.len() > MAX_LINE_BYTES && !bytes.ends_with(b"\n") {
                let start = beginning(&String::from_utf8_lossy(&bytes[..400]));
                let message = format!("the line is longer than {MAX_LINE_BYTES} bytes");
                let rejected = reject_line(self.line, &start, &start, &message);
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

/// Passes over the rest of a line without keeping it.
fn skip_line(source: &mut impl BufRead) -> io::Result<()> {
    loop {
        let part = source.fill_buf()?;
        if part.is_empty() {
            return Ok(());
        }
        match part.iter().position(|byte| *byte == b'\n') {
            Some(end) => {
                source.consume(end + 1);
                return Ok(());
            }
            None => {
                let length = part.len();
                source.consume(length);
            }
        }
    }
}
