//! Relay's global object identification: objects with a global id, and the queries that fetch them by it.

use async_graphql::{Context, ID, Interface, Object};
use entity::vocabulary::SubjectType;
use futures_util::future::join_all;

use crate::domain::checkpoint::parse_address;
use crate::error::{Error, Result};
use crate::graphql::connection::ConnectionNode;
use crate::graphql::context::ContextExt;
use crate::graphql::scalars::GlobalId;
use crate::graphql::types;
use crate::graphql::types::checkpoint;
use crate::graphql::types::checkpoint::Checkpoint;
use crate::graphql::types::evidence::Evidence;
use crate::graphql::types::license_term::LicenseTerm;
use crate::graphql::types::model_size::ModelSize;
use crate::graphql::types::proposal;
use crate::graphql::types::proposal::Proposal;
use crate::graphql::types::revision::Revision;
use crate::query::relation_keys::{RevisionOf, SizesOf, TermsOf};

/// Declares [`Node`] and `load_subject`, with a variant and a branch for each subject type.
macro_rules! node {
    ($($(#[$doc:meta])* $subject:ident = $word:literal, $table:ident, $plural:ident, $document:ident;)+) => {
        /// An object with a global id, by which `node` and `nodes` fetch it again.
        #[derive(Interface)]
        #[graphql(field(name = "id", ty = "ID", desc = "The global id: opaque, and unique in the whole catalog."))]
        pub enum Node {
            $($(#[$doc])* $subject(types::$table::$subject),)+
            /// A size of a model.
            ModelSize(ModelSize),
            /// A checkpoint.
            Checkpoint(Checkpoint),
            /// A term of a license.
            LicenseTerm(LicenseTerm),
            /// A revision.
            Revision(Revision),
            /// An evidence.
            Evidence(Evidence),
            /// A proposal.
            Proposal(Proposal),
        }

        /// Loads a subject by its id. None if it has been deleted.
        async fn load_subject(ctx: &Context<'_>, subject: SubjectType, id: i32) -> Result<Option<Node>> {
            match subject {
                $(SubjectType::$subject => {
                    let row = ctx.loaders().row::<entity::$table::Entity>(id).await?;
                    Ok(row.map(|row| types::$table::$subject(row).into()))
                })+
            }
        }
    };
}

entity::subjects!([node]);

impl Node {
    /// Loads the object with a global id. None if it has been deleted.
    pub async fn load(ctx: &Context<'_>, id: GlobalId) -> Result<Option<Self>> {
        match id {
            GlobalId::Subject(subject, id) => load_subject(ctx, subject, id).await,
            GlobalId::ModelSize(model, label) => {
                let sizes = ctx.loaders().related(SizesOf(model)).await?;
                Ok(sizes.iter().find(|size| size.label == label).cloned().map(|row| ModelSize(row).into()))
            }
            GlobalId::Checkpoint(address) => {
                let found = checkpoint::find(ctx, &parse_address(&address)).await?;
                Ok(found.map(Into::into))
            }
            GlobalId::LicenseTerm(license, position) => {
                let terms = ctx.loaders().related(TermsOf(license)).await?;
                Ok(terms.iter().find(|term| term.position == position).cloned().map(|row| LicenseTerm(row).into()))
            }
            GlobalId::Evidence(id) => {
                let row = ctx.loaders().row::<entity::evidence::Entity>(id).await?;
                Ok(row.map(|row| Evidence(row).into()))
            }
            GlobalId::Proposal(id) => Ok(proposal::load(ctx, id).await?.map(Into::into)),
            GlobalId::Revision(number) => {
                let row = ctx.loaders().related(RevisionOf(number)).await?;
                Ok(row.map(|row| {
                    Revision::on_loaded(&row, ctx.database());
                    Revision(row).into()
                }))
            }
        }
    }
}

async fn load(ctx: &Context<'_>, id: &ID) -> Option<Result<Node>> {
    match GlobalId::parse(id) {
        Some(id) => Node::load(ctx, id).await.transpose(),
        None => Some(Err(Error::InvalidId(id.chars().take(100).collect()))),
    }
}

/// The queries by global id.
#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// The object with a global id. Null if it has been deleted; INVALID_ID if the catalog never issued the id; FORBIDDEN for a
    /// proposal that is not accepted, unless the caller is its proposer or has EDITOR.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The `id` of an object in an earlier response.")] id: ID,
    ) -> Option<Result<Node>> {
        load(ctx, &id).await
    }

    /// The objects with these global ids, in the same order. Null in place of an object that has been deleted; null with the
    /// error INVALID_ID in place of an id that the catalog never issued.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The `id`s of objects in earlier responses, at most 100.")] ids: Vec<ID>,
    ) -> Option<Result<Vec<Option<Result<Node>>>>> {
        if ids.len() > 100 {
            let message = format!("`ids` has {} ids; give at most 100.", ids.len());
            return Some(Err(Error::InvalidArgument(message)));
        }
        Some(Ok(join_all(ids.iter().map(|id| load(ctx, id))).await))
    }
}
