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

/// The highest number of root fields of a request with the argument `asOf`.
const MAX_AS_OF_FIELDS: usize = 100;

/// Access to the data of a request.
pub trait ContextExt {
    /// Returns the loaders of the root field: for the time in its argument `asOf`, or for the current catalog.
    fn loaders(&self) -> &Loaders;

    /// Makes the current root field, and all fields below it, read the catalog as of a time. Without a time it has no effect.
    ///
    /// # Errors
    /// The request has too many root fields with `asOf`, or the database fails.
    fn read_as_of(&self, time: Option<DateTime<Utc>>) -> impl Future<Output = Result<()>> + Send;

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
        // Most requests have no `asOf`: they do not take the lock of the map.
        let as_of = loaders.as_of.get().and_then(|as_of| as_of.get(root_field(self)));
        as_of.unwrap_or(&loaders.now)
    }

    async fn read_as_of(&self, time: Option<DateTime<Utc>>) -> Result<()> {
        let Some(time) = time else { return Ok(()) };
        let loaders = self.data_unchecked::<RequestLoaders>();
        let view = loaders.now.db().at(time).await?;
        loaders.add(root_field(self), Loaders::new(view, None, Arc::clone(&loaders.reads)))
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

/// The loaders of a request: those of the current catalog, and those of each root field with `asOf`, by its response key.
pub struct RequestLoaders {
    now: Loaders,
    as_of: OnceLock<FrozenMap<String, Box<Loaders>>>,
    reads: Arc<ReadSet>,
}

impl RequestLoaders {
    /// Creates the loaders of a request with this cost. What it reads is added to `reads`.
    pub fn new(database: Database, cache: EntityCache, cost: u32, reads: Arc<ReadSet>) -> Self {
        let share = Arc::new(database.connection_share(cost));
        let now = Loaders::new(ReadView::now(database, share), Some(cache), Arc::clone(&reads));
        Self { now, as_of: OnceLock::new(), reads }
    }
    fn add(&self, field: &str, loaders: Loaders) -> Result<()> {
        let as_of = self.as_of.get_or_init(FrozenMap::new);
        if as_of.len() >= MAX_AS_OF_FIELDS {
            let message =
                format!("The request has more than {MAX_AS_OF_FIELDS} root fields with `asOf`; split it into several.");
            return Err(Error::InvalidArgument(message));
        }
        as_of.insert(field.to_owned(), Box::new(loaders));
        Ok(())
    }
}
