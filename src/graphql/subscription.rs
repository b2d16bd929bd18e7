//! The GraphQL subscription to revisions.

use std::sync::Arc;

use async_graphql::{Context, Subscription};
use entity::revision;
use futures_util::{Stream, TryStreamExt};

use crate::error::{Error, Result};
use crate::graphql::context::ContextExt;
use crate::graphql::types::revision::Revision;
use crate::query::revision_stream::revision_stream;

/// Subscriptions to changes of the catalog.
#[derive(Default)]
pub struct Subscription;

/// Subscriptions to changes of the catalog.
#[Subscription]
impl Subscription {
    /// Sends each revision when it is committed, by any server: once, in the order of the numbers, without gaps. To resume
    /// after a disconnection, pass the number of the last revision received as `after`.
    async fn revisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The number of a revision, at least 0: existing revisions after it are sent first. If null, only revisions committed from now on are sent."
        )]
        after: Option<i32>,
    ) -> Result<impl Stream<Item = Result<Revision>> + use<>> {
        let after = match after {
            Some(after) if after < 0 => {
                return Err(Error::InvalidArgument(format!(
                    "`after` is {after}; it must be the number of a revision, or 0."
                )));
            }
            Some(after) => after,
            None => revision::Entity::last().one(ctx.db()).await?.map_or(0, |(number, _)| number),
        };
        Ok(revision_stream(ctx.database().clone(), after).map_ok(|row| Revision(Arc::new(row))))
    }
}
