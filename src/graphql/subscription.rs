//! The GraphQL subscription to revisions.

use std::sync::{
    Arc,
    atomic::{AtomicI32, Ordering},
};

use async_graphql::{Context, Subscription};
use entity::vocabulary::SubjectType;
use futures_util::{StreamExt, TryStreamExt, future, stream::BoxStream};

use crate::domain::diff;
use crate::error::{Error, Result};
use crate::graphql::context::ContextExt;
use crate::graphql::types::revision::Revision;
use crate::query::revision_stream::{RevisionPages, last_revision, revision_stream};

/// The position of an event stream in the revisions. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct StreamPosition {
    /// The number of the last revision that the client has received; 0 for none.
    received: i32,
    /// The number of the revision that was sent last; 0 before the first.
    sent: Arc<AtomicI32>,
}

impl StreamPosition {
    /// Creates the position of a client that has received the revisions up to a number.
    pub fn after(number: i32) -> Self {
        Self { received: number, ..Self::default() }
    }

    /// Returns the number of the revision of the last response; none before the first.
    pub fn current(&self) -> Option<i32> {
        Some(self.sent.load(Ordering::Relaxed)).filter(|number| *number > 0)
    }
}

/// Subscriptions to changes of the catalog.
#[derive(Default)]
pub struct Subscription;

/// Subscriptions to changes of the catalog.
#[Subscription]
impl Subscription {
    /// Sends each revision when it is committed, by any server: once, in the order of the numbers, without gaps. To resume
    /// after a disconnection, pass the number of the last revision received as `after`. Server-sent events have that number as
    /// their id, so an `EventSource` resumes by itself: `Last-Event-ID` counts if it is larger than `after`.
    async fn revisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The number of a revision, at least 0: existing revisions after it are sent first. If null, only revisions committed from now on are sent."
        )]
        after: Option<i32>,
        #[graphql(desc = "Only those of subjects of this type.")] subject_type: Option<SubjectType>,
        #[graphql(desc = "Only those of subjects that have this slug at the time.")] subject_slug: Option<String>,
        #[graphql(desc = "Only those that change this fact, as in `ChangeSummary.field`.")] field: Option<String>,
    ) -> Result<BoxStream<'static, Result<Revision>>> {
        let position = ctx.data_opt::<StreamPosition>().cloned().unwrap_or_default();
        let after = match after {
            Some(after) if after < 0 => {
                return Err(Error::InvalidArgument(format!(
                    "`after` is {after}; it must be the number of a revision, or 0."
                )));
            }
            Some(after) => after.max(position.received),
            None if position.received > 0 => position.received,
            None => last_revision(ctx.database()).await?,
        };
        let pages = ctx.data_unchecked::<RevisionPages>().clone();
        let revisions = revision_stream(ctx.database().clone(), pages, after);
        let revisions = revisions.try_filter(move |row| {
            let matches = subject_type.is_none_or(|subject| row.subject_type == subject)
                && subject_slug.as_ref().is_none_or(|slug| row.subject_slug == *slug)
                && field.as_ref().is_none_or(|field| {
                    let changes = diff::diff(row.before.as_ref(), row.after.as_ref());
                    changes.iter().any(|change| change.fact == *field)
                });
            future::ready(matches)
        });
        let revisions = revisions.inspect_ok(move |row| position.sent.store(row.number, Ordering::Relaxed));
        Ok(revisions.map_ok(Revision).boxed())
    }
}
