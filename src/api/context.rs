//! What resolvers find in a request.

use async_graphql::Context;
use sea_orm::DatabaseConnection;

use crate::catalog::read::Batches;

/// The reads of the request that is being answered.
pub trait Reads {
    /// Gathers the reads of relations.
    fn batches(&self) -> &Batches;

    /// The connections, for what is read once in a request.
    fn db(&self) -> &DatabaseConnection {
        self.batches().loader().db()
    }
}

impl Reads for Context<'_> {
    fn batches(&self) -> &Batches {
        self.data_unchecked::<Batches>()
    }
}
