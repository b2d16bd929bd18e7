//! Links of models, datasets, licenses and architectures.

use entity::{
    link,
    vocabulary::{LinkKind, SubjectType},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::domain::limits::{MAX_NOTE_CHARACTERS, MAX_URL_CHARACTERS};

/// A link to more information about a subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Link")]
pub struct LinkDocument {
    /// The kind of resource the link points to.
    pub kind: LinkKind,
    /// The link text. Absent if the source has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = MAX_NOTE_CHARACTERS))]
    pub title: Option<String>,
    /// An absolute http(s) URL, or a path relative to the source's repository.
    #[schemars(length(max = MAX_URL_CHARACTERS))]
    pub url: String,
}

/// The base URL of relative links: the repository of the list that the catalog was started from.
const SOURCE_REPOSITORY: &str = "https://github.com/wgwang/awesome-open-foundation-models/blob/main/";

/// Resolves a stored URL to an absolute one. None if it is invalid, if its scheme is not http or https, or if a relative path
/// leaves the source repository.
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

/// A link with an absolute URL that is safe for browsers.
#[derive(Clone, Debug)]
pub struct ResolvedLink {
    /// The kind of resource the link points to.
    pub kind: LinkKind,
    /// The link text; none if the source has none.
    pub title: Option<String>,
    /// The absolute http(s) URL.
    pub url: Url,
}

impl ResolvedLink {
    /// Converts a row; none if its URL does not resolve.
    pub fn of(row: link::Model) -> Option<Self> {
        Some(Self { kind: row.kind, title: row.title, url: resolve_url(&row.url)? })
    }
}

/// The subject that has links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LinkOwner {
    /// The type of the subject.
    pub subject: SubjectType,
    /// The id of the subject.
    pub id: i32,
}

impl LinkOwner {
    /// Returns the column of the table `link` with the id of the subject.
    pub fn column(self) -> &'static str {
        self.subject.id_column()
    }
}
