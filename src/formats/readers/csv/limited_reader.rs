//! A source that ends with an error where a row does not.

use std::io::{self, Read};

/// Passes bytes on as long as neither the row nor the source has too many.
pub struct LimitedReader<R> {
    inner: R,
    most_in_row: usize,
    row: usize,
    rest: usize,
}

impl<R: Read> LimitedReader<R> {
    /// At most `most` bytes, of which `most_in_row` belong to a row.
    pub fn new(inner: R, most: usize, most_in_row: usize) -> Self {
        Self { inner, most_in_row, row: most_in_row, rest: most }
    }

    /// Begins to count anew: a row has ended.
    pub fn next_row(&mut self) {
        self.row = self.most_in_row;
    }
}

impl<R: Read> Read for LimitedReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let more = |what| io::Error::other(format!("{what} is larger than what is read"));
        self.row = self.row.checked_sub(count).ok_or_else(|| more("the row"))?;
        self.rest = self.rest.checked_sub(count).ok_or_else(|| more("the table"))?;
        Ok(count)
    }
}
