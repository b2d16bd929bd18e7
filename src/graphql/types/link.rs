//! Links.

use std::sync::Arc;

use async_graphql::{InputObject, MaybeUndefined, Object};

use crate::domain::link::{LinkDocument, ResolvedLink, resolve_url};
use crate::graphql::scalars::Url;
use entity::vocabulary::LinkKind;

/// Where to read more.
pub struct Link(pub Arc<ResolvedLink>);

/// Where to read more.
#[Object]
impl Link {
    /// What stands behind it.
    async fn kind(&self) -> LinkKind {
        self.0.kind
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

/// Where to read more.
#[derive(Clone, Debug, InputObject)]
pub struct LinkInput {
    /// What stands behind it.
    kind: LinkKind,
    /// Its text.
    title: Option<String>,
    /// The address: absolute with http or https, or relative to the repository of the source list.
    url: String,
}

impl From<LinkInput> for LinkDocument {
    fn from(input: LinkInput) -> Self {
        Self { kind: input.kind, title: input.title, url: input.url }
    }
}

/// What links become: as they were where the input says nothing, none where it says null. An address that leads where one of
/// them led is written as that one was: readers are told where links lead, and send that back with what they change.
pub fn patch_links(links: &mut Vec<LinkDocument>, input: MaybeUndefined<Vec<LinkInput>>) {
    match input {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => links.clear(),
        MaybeUndefined::Value(input) => {
            let kept = |link: LinkDocument| {
                let same = resolve_url(&link.url)
                    .and_then(|to| links.iter().find(|old| resolve_url(&old.url).as_ref() == Some(&to)));
                LinkDocument { url: same.map_or(link.url, |old| old.url.clone()), ..link }
            };
            *links = input.into_iter().map(|link| kept(link.into())).collect();
        }
    }
}
