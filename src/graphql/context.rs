//! The data of a request that resolvers use: its loaders, the database and the actor.

use std::sync::{Arc, OnceLock};

use async_graphql::{Context, QueryPathSegment};
use chrono::{DateTime, Utc};
use elsa::sync::FrozenMap;
use entity::vocabulary::Role;

use crate::auth::actor::Actor;
use crate::db::database::Database;
use crate::error::{Error, Result};
use crate::query::as_of::ReadView;
use crate::query::cache::EntityCache;
use crate::query::dependencies::ReadSet;
use crate::query::loaders::Loaders;

/// The highest number of root fields of a request that have loaders of their own: those with `asOf`, and those of proposals.
const MAX_OWN_LOADERS: usize = 100;

/// Access to the data of a request.
pub trait ContextExt {
    /// Returns the loaders of the root field: for the time in its argument `asOf`, or for the current catalog.
    fn loaders(&self) -> &Loaders;

    /// Makes the current root field, and all fields below it, read the catalog as of a time. Without a time it has no effect.
    ///
    /// # Errors
    /// The request has too many root fields with `asOf`, or the database fails.
    fn read_as_of(&self, time: Option<DateTime<Utc>>) -> impl Future<Output = Result<()>> + Send;

    /// Makes the current root field, and all fields below it, read without the entity cache: what changes without a revision.
    ///
    /// # Errors
    /// The request has too many such root fields.
    fn read_uncached(&self) -> Result<()>;

    /// Returns the actor of the request.
    fn actor(&self) -> &Actor;

    /// Returns the view of the catalog, for statements that a request sends only once and that need no DataLoader.
    fn db(&self) -> &ReadView {
        self.loaders().db()
    }

    /// Returns the database, for mutations.
    fn database(&self) -> &Database {
        self.loaders().database()
    }

    /// Checks that the actor has a role. Returns the actor's name, which is recorded with each revision.
    ///
    /// # Errors
    /// The actor has a lesser role.
    fn require(&self, needs: Role) -> Result<&str> {
        let Actor { name, role, .. } = self.actor();
        let allowed = name.as_deref().filter(|_| role.includes(needs));
        allowed.ok_or(Error::Forbidden { needs, has: *role })
    }
}

impl ContextExt for Context<'_> {
    fn loaders(&self) -> &Loaders {
        let loaders = self.data_unchecked::<RequestLoaders>();
        // Most requests have no such root field: they do not take the lock of the map.
        let own = loaders.own.get().and_then(|own| own.get(root_field(self)));
        own.unwrap_or(&loaders.now)
    }

    async fn read_as_of(&self, time: Option<DateTime<Utc>>) -> Result<()> {
        let Some(time) = time else { return Ok(()) };
        let loaders = self.data_unchecked::<RequestLoaders>();
        let view = loaders.now.db().at(time).await?;
        loaders.add(root_field(self), Loaders::new(view, None, Arc::clone(&loaders.reads)))
    }

    fn read_uncached(&self) -> Result<()> {
        let loaders = self.data_unchecked::<RequestLoaders>();
        loaders.add(root_field(self), Loaders::new(loaders.now.db().again(), None, Arc::clone(&loaders.reads)))
    }

    fn actor(&self) -> &Actor {
        self.data_unchecked::<Actor>()
    }
}

/// Returns the response key of the root field that is being resolved.
fn root_field<'a>(ctx: &'a Context<'_>) -> &'a str {
    let root = ctx.path_node.as_ref().map(|node| node.parents().last().unwrap_or(node));
    match root.map(|node| node.segment) {
        Some(QueryPathSegment::Name(name)) => name,
        _ => "",
    }
}

/// The loaders of a request: those of the current catalog, and those of root fields with `asOf` or
/// without the cache, by their response keys.
pub struct RequestLoaders {
    now: Loaders,
    own: OnceLock<FrozenMap<String, Box<Loaders>>>,
    reads: Arc<ReadSet>,
}

impl RequestLoaders {
    /// Creates the loaders of a request with this cost. What it reads is added to `reads`.
    pub fn new(database: Database, cache: EntityCache, cost: u32, reads: Arc<ReadSet>) -> Self {
        let share = Arc::new(database.connection_share(cost));
        let now = Loaders::new(ReadView::now(database, share), Some(cache), Arc::clone(&reads));
        Self { now, own: OnceLock::new(), reads }
    }
    fn add(&self, field: &str, loaders: Loaders) -> Result<()> {
        let own = self.own.get_or_init(FrozenMap::new);
        if own.len() >= MAX_OWN_LOADERS {
            let message = format!(
                "The request has more than {MAX_OWN_LOADERS} root fields with `asOf` or with proposals; split it into several."
            );
            return Err(Error::InvalidArgument(message));
        }
        own.insert(field.to_owned(), Box::new(loaders));
        Ok(())
    }
}
