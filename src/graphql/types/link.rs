//! Links.

use std::sync::Arc;

use async_graphql::{InputObject, MaybeUndefined, Object};
use entity::vocabulary::LinkKind;

use crate::domain::link::{LinkDocument, ResolvedLink, resolve_url};
use crate::graphql::scalars::Url;

/// A link to further information about a subject.
pub struct Link(pub Arc<ResolvedLink>);

#[macros::charged_fields]
/// A link to further information about a subject.
#[Object]
impl Link {
    /// The kind of resource the link points to.
    async fn kind(&self) -> LinkKind {
        self.0.kind
    }

    /// The link text. Null if the source has none.
    async fn title(&self) -> Option<&String> {
        self.0.title.as_ref()
    }

    /// The absolute URL.
    async fn url(&self) -> Url {
        Url(self.0.url.clone())
    }
}

/// A link to further information about a subject.
#[derive(Clone, Debug, InputObject)]
pub struct LinkInput {
    /// The kind of resource the link points to.
    kind: LinkKind,
    /// The link text.
    title: Option<String>,
    /// The URL: absolute with http or https, or relative to the repository of the source list.
    url: String,
}

impl From<LinkInput> for LinkDocument {
    fn from(input: LinkInput) -> Self {
        Self { kind: input.kind, title: input.title, url: input.url }
    }
}

/// Updates links: unchanged if the input is absent, empty if it is null. Responses contain absolute URLs, and clients send them
/// back; so a URL that resolves to the target of an existing link is stored as in that link, which may be relative.
pub fn patch_links(links: &mut Vec<LinkDocument>, input: MaybeUndefined<Vec<LinkInput>>) {
    match input {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => links.clear(),
        MaybeUndefined::Value(input) => {
            let with_stored_url = |link: LinkDocument| {
                let existing = resolve_url(&link.url)
                    .and_then(|target| links.iter().find(|old| resolve_url(&old.url).as_ref() == Some(&target)));
                LinkDocument { url: existing.map_or(link.url, |old| old.url.clone()), ..link }
            };
            *links = input.into_iter().map(|link| with_stored_url(link.into())).collect();
        }
    }
}
