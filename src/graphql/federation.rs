//! The entities of the subgraph of Apollo Federation 2: the subjects, each with its slug as key.

use async_graphql::{Context, Object};
use entity::vocabulary::SubjectType;

use crate::error::Result;
use crate::graphql::context::ContextExt;
use crate::graphql::types;
use crate::query::row_loader::BySlug;

/// Declares the entities: every subject type.
macro_rules! entities {
    ($($(#[$doc:meta])* $subject:ident = $word:literal, $table:ident, $plural:ident, $document:ident;)+) => {
        /// The entities, which the field `_entities` resolves. Those of one request are loaded together, by one statement for
        /// each type.
        #[derive(Default)]
        pub struct Entities;

        #[Object]
        impl Entities {
            $(
                #[graphql(entity)]
                async fn $table(&self, ctx: &Context<'_>, slug: String) -> Option<Result<types::$table::$subject>> {
                    let key = BySlug::<entity::$table::Entity>::new(SubjectType::$subject, slug);
                    let row = ctx.loaders().load_one(key).await;
                    row.map(|row| row.map(types::$table::$subject)).transpose()
                }
            )+
        }
    };
}

entity::subjects!([entities]);
