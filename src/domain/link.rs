//! Links of models, datasets, licenses and architectures.

use entity::{link, vocabulary::LinkKind};
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

/// The row that owns links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkOwner {
    /// A model, by its id.
    Model(i32),
    /// A dataset, by its id.
    Dataset(i32),
    /// A license, by its id.
    License(i32),
    /// An architecture, by its id.
    Architecture(i32),
}

impl LinkOwner {
    /// The owner's id.
    pub fn id(self) -> i32 {
        let (Self::Model(id) | Self::Dataset(id) | Self::License(id) | Self::Architecture(id)) = self;
        id
    }

    /// The column of `link` that holds the id.
    pub fn column(self) -> &'static str {
        match self {
            Self::Model(_) => "model_id",
            Self::Dataset(_) => "dataset_id",
            Self::License(_) => "license_id",
            Self::Architecture(_) => "architecture_id",
        }
    }
}
