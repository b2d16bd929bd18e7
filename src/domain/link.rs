//! Links of models, datasets, licenses and architectures.

use entity::{
    link,
    vocabulary::{LinkKind, SubjectType},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

/// Where to read more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Link")]
pub struct LinkDocument {
    /// What stands behind it.
    pub kind: LinkKind,
    /// Its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// An absolute http(s) address, or a path relative to the source's repository.
    pub url: String,
}

/// Where relative links lead: the repository of the list that the catalog began as.
const SOURCE_REPOSITORY: &str = "https://github.com/wgwang/awesome-open-foundation-models/blob/main/";

/// The address that a stored one leads to, or `None` where a browser should not follow it.
pub fn resolve_url(url: &str) -> Option<Url> {
    let target = match Url::parse(url) {
        Ok(target) => target,
        Err(url::ParseError::RelativeUrlWithoutBase) if !url.is_empty() => {
            let target = Url::parse(SOURCE_REPOSITORY).ok()?.join(url).ok()?;
            target.as_str().starts_with(SOURCE_REPOSITORY).then_some(target)?
        }
        Err(_) => return None,
    };
    matches!(target.scheme(), "http" | "https").then_some(target)
}

/// A link that a browser may follow.
#[derive(Clone, Debug)]
pub struct ResolvedLink {
    /// What stands behind it.
    pub kind: LinkKind,
    /// Its text in the source.
    pub title: Option<String>,
    /// The address.
    pub url: Url,
}

impl ResolvedLink {
    /// The link of a row; none where a browser should not follow the address.
    pub fn of(row: link::Model) -> Option<Self> {
        Some(Self { kind: row.kind, title: row.title, url: resolve_url(&row.url)? })
    }
}

/// The subject that owns links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LinkOwner {
    /// The type of the subject.
    pub subject: SubjectType,
    /// The id of the subject.
    pub id: i32,
}

impl LinkOwner {
    /// The column of `link` with the id.
    pub fn column(self) -> &'static str {
        self.subject.id_column()
    }
}
