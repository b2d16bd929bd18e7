//! The GraphQL schema: the types in `types`, and the parts that all types share.

pub mod types;

pub mod document;
pub mod limits;

pub mod connection;
pub mod filter;
pub mod node;
pub mod order;
pub mod subscription;

pub mod input;
pub mod mutation;
pub mod resource_macros;

pub mod enums;
pub mod scalars;

pub mod context;
pub mod error;

use std::sync::LazyLock;

use async_graphql::{MergedObject, SDLExportOptions};

use crate::graphql::resource_macros::{HasMutation, HasQuery};
use crate::graphql::subscription::Subscription;
use crate::graphql::types::proposal::ProposalSettings;

/// Declares the root types, with the queries and mutations of every subject type.
macro_rules! roots {
    ($($(#[$doc:meta])* $subject:ident = $word:literal, $table:ident, $plural:ident, $document:ident;)+) => {
        /// The root type of queries.
        #[derive(MergedObject, Default)]
        pub struct Query(
            $(<types::$table::$subject as HasQuery>::Query,)+
            types::model::groups::ModelGroupQuery,
            types::model_size::ModelSizeQuery,
            types::checkpoint::CheckpointQuery,
            types::search::SearchQuery,
            types::revision::RevisionQuery,
            types::changes::ChangesQuery,
            types::conflict::ConflictQuery,
            types::proposal::ProposalQuery,
            node::NodeQuery,
            types::catalog::CatalogQuery,
            types::api_token::TokenQuery,
            types::rate_limit::RateQuery,
        );

        /// The root type of mutations.
        #[derive(MergedObject, Default)]
        pub struct Mutation(
            $(<types::$table::$subject as HasMutation>::Mutation,)+
            types::model_size::mutation::ModelSizeMutation,
            types::checkpoint::mutation::CheckpointMutation,
            types::conflict::ConflictMutation,
            types::proposal::mutation::ProposalMutation,
            mutation::HistoryMutation,
            types::import::ImportMutation,
            types::api_token::TokenMutation,
        );
    };
}

entity::subjects!([roots]);

/// The schema. It contains no database connection: each request provides its own loaders.
pub type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// Builds the schema. With `suggestions`, an error about an unknown name suggests similar names.
pub fn schema(suggestions: bool, proposals: ProposalSettings) -> Schema {
    // No extensions: with one, async-graphql builds a description of each resolved field for it, which takes longer than
    // resolving most fields.
    let schema = Schema::build(Query::default(), Mutation::default(), Subscription)
        .data(proposals)
        // The query limits reject documents with more than `MAX_NESTING` levels earlier, with a better message.
        .limit_recursive_depth(limits::settings::MAX_NESTING as usize + 1);
    if suggestions { schema.finish() } else { schema.disable_suggestions().finish() }
}

/// Returns the schema in the schema definition language (SDL), as in `schema.graphql`.
pub fn sdl() -> &'static str {
    static SDL: LazyLock<String> = LazyLock::new(|| {
        schema(true, ProposalSettings::default())
            .sdl_with_options(SDLExportOptions::new().include_specified_by().prefer_single_line_descriptions())
    });
    &SDL
}
