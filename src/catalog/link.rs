//! Links of models, datasets, licenses and architectures.

use entity::{link, vocabulary::LinkKind};
use schemars::JsonSchema;
use sea_orm::{DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter, QueryOrder, Set, sea_query::Expr};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::error::Result;

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
const SOURCE: &str = "https://github.com/wgwang/awesome-open-foundation-models/blob/main/";

/// The address that a stored one leads to, or `None` where a browser should not follow it.
pub fn absolute(url: &str) -> Option<Url> {
    let target = match Url::parse(url) {
        Ok(target) => target,
        Err(url::ParseError::RelativeUrlWithoutBase) => Url::parse(SOURCE).ok()?.join(url).ok()?,
        Err(_) => return None,
    };
    let inside = Url::parse(url).is_ok() || target.as_str().starts_with(SOURCE);
    (inside && matches!(target.scheme(), "http" | "https") && !url.is_empty()).then_some(target)
}

/// The row that owns links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// A model, by its id.
    Model(i32),
    /// A dataset, by its id.
    Dataset(i32),
    /// A license, by its id.
    License(i32),
    /// An architecture, by its id.
    Architecture(i32),
}

impl Owner {
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

    fn owns(self) -> Expr {
        Expr::col(self.column()).eq(self.id())
    }
}

/// Makes `links` the links of `owner`.
pub async fn write(db: &DatabaseTransaction, owner: Owner, links: &[LinkDocument]) -> Result<()> {
    link::Entity::delete_many().filter(owner.owns()).exec(db).await?;
    let rows = links.iter().zip(0..).map(|(link, position)| {
        let mut row = link::ActiveModel {
            position: Set(position),
            kind: Set(link.kind),
            title: Set(link.title.clone()),
            url: Set(link.url.clone()),
            ..Default::default()
        };
        match owner {
            Owner::Model(id) => row.model_id = Set(Some(id)),
            Owner::Dataset(id) => row.dataset_id = Set(Some(id)),
            Owner::License(id) => row.license_id = Set(Some(id)),
            Owner::Architecture(id) => row.architecture_id = Set(Some(id)),
        }
        row
    });
    link::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// The links of `owner`, in their order.
pub async fn load(db: &DatabaseTransaction, owner: Owner) -> Result<Vec<LinkDocument>> {
    let rows = link::Entity::find().filter(owner.owns()).order_by_asc(link::Column::Position).all(db).await?;
    Ok(rows.into_iter().map(|row| LinkDocument { kind: row.kind, title: row.title, url: row.url }).collect())
}
