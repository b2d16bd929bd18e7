//! Limits the size of a source and of its rows.

use std::io::{self, Read};

/// A reader that fails when the current row or the source exceeds its maximum size.
pub struct LimitedReader<R> {
    inner: R,
    max_bytes: usize,
    max_row_bytes: usize,
    remaining_bytes: usize,
    remaining_row_bytes: usize,
}

impl<R: Read> LimitedReader<R> {
    /// Limits a source to `max_bytes` and each row to `max_row_bytes`.
    pub fn new(inner: R, max_bytes: usize, max_row_bytes: usize) -> Self {
        Self { inner, max_bytes, max_row_bytes, remaining_bytes: max_bytes, remaining_row_bytes: max_row_bytes }
    }

    /// Starts the next row.
    pub fn next_row(&mut self) {
        self.remaining_row_bytes = self.max_row_bytes;
    }
}

impl<R: Read> Read for LimitedReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let too_large = |part, limit| io::Error::other(format!("{part} is larger than {limit} bytes"));
        self.remaining_row_bytes =
            self.remaining_row_bytes.checked_sub(count).ok_or_else(|| too_large("the row", self.max_row_bytes))?;
        self.remaining_bytes =
            self.remaining_bytes.checked_sub(count).ok_or_else(|| too_large("the table", self.max_bytes))?;
        Ok(count)
    }
}
