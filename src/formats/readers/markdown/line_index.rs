//! Line numbers of byte offsets.

/// The byte offsets at which the lines of a text begin.
pub struct LineIndex(Vec<usize>);

impl LineIndex {
    /// Indexes the lines of a text.
    pub fn new(text: &str) -> Self {
        Self(std::iter::once(0).chain(text.match_indices('\n').map(|(offset, _)| offset + 1)).collect())
    }

    /// Returns the line of an offset, from 1.
    pub fn line_at(&self, offset: usize) -> usize {
        self.0.partition_point(|start| *start <= offset)
    }
}
