//! The source that the DataLoaders of a request read from.

use crate::query::as_of::View;

/// Reads from the catalog, as it is or as it was.
pub struct Reader {
    pub(super) view: View,
}

impl Reader {
    pub(super) fn db(&self) -> &View {
        &self.view
    }
}
