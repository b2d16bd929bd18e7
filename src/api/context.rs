//! What resolvers find in a request.

use async_graphql::Context;
use entity::vocabulary::Role;
use sea_orm::DatabaseConnection;

use crate::{
    catalog::{database::Database, read::Batches},
    error::{Error, Result},
};

/// The reads of the request that is being answered.
pub trait Reads {
    /// Gathers the reads of relations.
    fn batches(&self) -> &Batches;

    /// The connections, for what is read once in a request.
    fn db(&self) -> &DatabaseConnection {
        self.batches().loader().db()
    }

    /// The database, for those who write.
    fn database(&self) -> &Database {
        self.batches().loader().database()
    }
}

impl Reads for Context<'_> {
    fn batches(&self) -> &Batches {
        self.data_unchecked::<Batches>()
    }
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The name of the token; none without one.
    pub name: Option<String>,
    /// What they may do.
    pub role: Role,
}

impl Actor {
    /// Whoever asks without a token.
    pub const ANYBODY: Self = Self { name: None, role: Role::Reader };
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
