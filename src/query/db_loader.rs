//! The state that the batch functions of all DataLoader keys share.

use crate::query::as_of::ReadView;

/// The loader behind the DataLoader of a request. Implements `Loader` for each type of key; all keys are read from one view.
pub struct DbLoader {
    pub(super) view: ReadView,
}
