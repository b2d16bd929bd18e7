//! What resolvers find in a request.

use std::sync::OnceLock;

use async_graphql::{Context, QueryPathSegment};
use chrono::{DateTime, Utc};
use entity::vocabulary::Role;

use crate::auth::actor::Actor;
use crate::db::database::Database;
use crate::error::{Error, Result};
use crate::query::as_of::View;
use crate::query::cache::Shelf;
use crate::query::loaders::Batches;

/// The reads of the request that is being answered.
pub trait Reads {
    /// Gathers the reads of relations: as of the time that the root field was asked for, else as of now.
    fn batches(&self) -> &Batches;

    /// Has the root field that is being resolved, and all below it, read the catalog as it stood at a time.
    fn read_as_of(&self, time: Option<DateTime<Utc>>) -> impl Future<Output = Result<()>> + Send;

    /// What to read from, for what is read once in a request.
    fn db(&self) -> &View {
        self.batches().db()
    }

    /// The database, for those who write.
    fn database(&self) -> &Database {
        self.batches().database()
    }
}

impl Reads for Context<'_> {
    fn batches(&self) -> &Batches {
        let reads = self.data_unchecked::<RequestReads>();
        if reads.past.get().is_none() {
            return &reads.now;
        }
        reads.past(root_field(self)).unwrap_or(&reads.now)
    }

    async fn read_as_of(&self, time: Option<DateTime<Utc>>) -> Result<()> {
        let Some(time) = time else { return Ok(()) };
        let reads = self.data_unchecked::<RequestReads>();
        let view = View::at(self.database().clone(), time).await?;
        reads.add(Past { field: root_field(self).to_owned(), batches: Batches::new(view, None), next: OnceLock::new() })
    }
}

/// The key in the answer under which everything stands that is being resolved here.
fn root_field<'a>(ctx: &'a Context<'_>) -> &'a str {
    let root = ctx.path_node.as_ref().map(|node| node.parents().last().unwrap_or(node));
    match root.map(|node| node.segment) {
        Some(QueryPathSegment::Name(name)) => name,
        _ => "",
    }
}

/// What a request reads: the catalog as it is, and for root fields that were asked so, as it was.
pub struct RequestReads {
    now: Batches,
    past: OnceLock<Box<Past>>,
}

/// The most root fields of a request that may be asked as of a time: each is looked for by its name.
const MAX_PASTS: usize = 100;

/// The reads of a root field that was asked as of a time. They only ever grow in number, so a list of cells that are set
/// once hands out references without a lock.
struct Past {
    field: String,
    batches: Batches,
    next: OnceLock<Box<Past>>,
}

impl RequestReads {
    /// The reads of a new request.
    pub fn new(database: Database, shelf: Shelf) -> Self {
        Self { now: Batches::new(View::now(database), Some(shelf)), past: OnceLock::new() }
    }

    fn past(&self, field: &str) -> Option<&Batches> {
        let mut link = &self.past;
        while let Some(past) = link.get() {
            if past.field == field {
                return Some(&past.batches);
            }
            link = &past.next;
        }
        None
    }

    fn add(&self, past: Past) -> Result<()> {
        let (mut link, mut past) = (&self.past, Box::new(past));
        for _ in 0..MAX_PASTS {
            match (link.set(past), link.get()) {
                (Err(refused), Some(taken)) => (link, past) = (&taken.next, refused),
                _ => return Ok(()),
            }
        }
        Err(Error::InvalidArgument(format!("The request has `asOf` more than {MAX_PASTS} times; send it in parts.")))
    }
}

/// Whose request is being answered.
pub trait Asks {
    /// Who asks.
    fn actor(&self) -> &Actor;

    /// Goes on only for those who may do what `needs` may; returns the name that signs what they do.
    ///
    /// # Errors
    /// They may not.
    fn require(&self, needs: Role) -> Result<&str> {
        let Actor { name, role } = self.actor();
        let allowed = name.as_deref().filter(|_| role.includes(needs));
        allowed.ok_or(Error::Forbidden { needs, has: *role })
    }
}

impl Asks for Context<'_> {
    fn actor(&self) -> &Actor {
        self.data_unchecked::<Actor>()
    }
}
