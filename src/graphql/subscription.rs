//! Subscriptions: the catalog as it changes.

use std::sync::Arc;

use async_graphql::{Context, Subscription};
use entity::revision;
use futures_util::{Stream, TryStreamExt};

use crate::error::{Error, Result};
use crate::graphql::context::ContextExt;
use crate::graphql::types::revision::Revision;
use crate::query::revision_stream::revision_stream;

/// The catalog as it changes.
#[derive(Default)]
pub struct Subscription;

/// The catalog as it changes.
#[Subscription]
impl Subscription {
    /// Revisions as they are committed, by whichever server: each once, in the order of their numbers, without gaps. Whoever
    /// was away goes on where they were, with the number of the last revision they saw as `after`.
    async fn revisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The number of a revision, at least 0: those after it that are there already come first. Without: only those committed from now on."
        )]
        after: Option<i32>,
    ) -> Result<impl Stream<Item = Result<Revision>> + use<>> {
        let after = match after {
            Some(after) if after < 0 => {
                return Err(Error::InvalidArgument(format!(
                    "`after` is {after}; give the number of a revision, or 0."
                )));
            }
            Some(after) => after,
            None => revision::Entity::last().one(ctx.db()).await?.map_or(0, |(number, _)| number),
        };
        Ok(revision_stream(ctx.database().clone(), after).map_ok(|row| Revision(Arc::new(row))))
    }
}
