//! Everything that has a global id.

use std::sync::Arc;

use async_graphql::{Context, ID, Interface, Object};
use entity::{architecture, dataset, license, model, organization, revision, vocabulary::SubjectType};
use futures_util::future::try_join_all;
use sea_orm::EntityTrait;

use crate::error::{Error, Result};
use crate::graphql::connection::ConnectionNode;
use crate::graphql::context::ContextExt;
use crate::graphql::scalars::GlobalId;
use crate::graphql::types::architecture::Architecture;
use crate::graphql::types::dataset::Dataset;
use crate::graphql::types::license::License;
use crate::graphql::types::model::Model;
use crate::graphql::types::model_size::ModelSize;
use crate::graphql::types::organization::Organization;
use crate::graphql::types::revision::Revision;
use crate::query::relation_keys::SizesOf;

/// Something with a global id, by which it can be fetched again.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "The global id: opaque, and unique in the whole catalog."))]
pub enum Node {
    /// A model.
    Model(Model),
    /// A size of a model.
    ModelSize(ModelSize),
    /// A dataset.
    Dataset(Dataset),
    /// A license.
    License(License),
    /// An organization.
    Organization(Organization),
    /// An architecture.
    Architecture(Architecture),
    /// A revision.
    Revision(Revision),
}

impl Node {
    /// Fetches what an id stands for; none where that is gone.
    pub async fn load(ctx: &Context<'_>, target: GlobalId) -> Result<Option<Self>> {
        let batches = ctx.loaders();
        Ok(match target {
            GlobalId::Subject(SubjectType::Model, id) => {
                batches.row::<model::Entity>(id).await?.map(|row| Model(row).into())
            }
            GlobalId::Subject(SubjectType::Dataset, id) => {
                batches.row::<dataset::Entity>(id).await?.map(|row| Dataset(row).into())
            }
            GlobalId::Subject(SubjectType::License, id) => {
                batches.row::<license::Entity>(id).await?.map(|row| License(row).into())
            }
            GlobalId::Subject(SubjectType::Organization, id) => {
                batches.row::<organization::Entity>(id).await?.map(|row| Organization(row).into())
            }
            GlobalId::Subject(SubjectType::Architecture, id) => {
                batches.row::<architecture::Entity>(id).await?.map(|row| Architecture(row).into())
            }
            GlobalId::ModelSize(model, label) => {
                let sizes = batches.related(SizesOf(model)).await?;
                sizes.iter().find(|size| size.label == label).cloned().map(|row| ModelSize(row).into())
            }
            GlobalId::Revision(number) => {
                let row = revision::Entity::find_by_id(number).one(ctx.db()).await?;
                row.map(|row| {
                    Revision::on_loaded(&row, ctx.database());
                    Revision(Arc::new(row)).into()
                })
            }
        })
    }
}

fn target(id: &ID) -> Result<GlobalId> {
    GlobalId::parse(id).ok_or_else(|| Error::InvalidId(id.chars().take(100).collect()))
}

/// Queries for anything by its id.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// What a global id stands for. Null where that is gone; INVALID_ID where the catalog never gave out such an id.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The `id` of an earlier answer.")] id: ID,
    ) -> Option<Result<Node>> {
        match target(&id) {
            Ok(target) => Node::load(ctx, target).await.transpose(),
            Err(error) => Some(Err(error)),
        }
    }

    /// What global ids stand for, as many and in the same order. Null where one is gone; INVALID_ID where the catalog
    /// never gave out such an id.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The `id`s of earlier answers, at most 100.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>> {
        if ids.len() > 100 {
            return Err(Error::InvalidArgument(format!("`ids` has {} ids; give at most 100.", ids.len())));
        }
        try_join_all(ids.iter().map(async |id| Node::load(ctx, target(id)?).await)).await
    }
}
