//! The source that the DataLoaders of a request read from.

use crate::query::as_of::ReadView;

/// Reads from the catalog, as it is or as it was.
pub struct DbLoader {
    pub(super) view: ReadView,
}

impl DbLoader {
    pub(super) fn db(&self) -> &ReadView {
        &self.view
    }
}
