//! Links.

use std::sync::Arc;

use async_graphql::Object;

use super::{scalar::Url, vocabulary::LinkKind};
use crate::catalog::link::Followed;

/// Where to read more.
pub struct Link(pub Arc<Followed>);

/// Where to read more.
#[Object]
impl Link {
    /// What stands behind it.
    async fn kind(&self) -> LinkKind {
        self.0.kind.into()
    }

    /// Its text in the source. Null where it has none of its own.
    async fn title(&self) -> Option<&String> {
        self.0.title.as_ref()
    }

    /// The address, always absolute.
    async fn url(&self) -> Url {
        Url(self.0.url.clone())
    }
}
