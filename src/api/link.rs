//! Links.

use async_graphql::SimpleObject;
use entity::link;

use super::{scalar::Url, vocabulary::LinkKind};

/// Where to read more.
#[derive(SimpleObject)]
pub struct Link {
    /// What stands behind it.
    kind: LinkKind,
    /// Its text in the source. Null where it has none of its own.
    title: Option<String>,
    /// The address, always absolute.
    url: Url,
}

impl Link {
    /// The object of a row; none where a browser should not follow the address.
    pub fn of(row: link::Model) -> Option<Self> {
        Some(Self { kind: row.kind.into(), title: row.title, url: Url::from_column(&row.url)? })
    }
}
