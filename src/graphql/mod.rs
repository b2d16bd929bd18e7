//! The GraphQL schema: the types in `types`, and the parts that all types share.

pub mod types;

pub mod document;
pub mod limits;

pub mod connection;
pub mod federation;
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

use async_graphql::{MergedObject, ObjectType, Request, Response, SDLExportOptions};
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;

use crate::graphql::federation::Entities;
use crate::graphql::resource_macros::{HasMutation, HasQuery};
use crate::graphql::subscription::Subscription;
use crate::graphql::types::proposal::ProposalSettings;

/// Declares the root type of queries, and that of a subgraph, which has the entities too.
macro_rules! query_roots {
    ($($part:ty,)+) => {
        /// The root type of queries.
        #[derive(MergedObject, Default)]
        pub struct Query($($part,)+);

        /// The root type of queries.
        #[derive(MergedObject, Default)]
        #[graphql(name = "Query")]
        pub struct FederatedQuery($($part,)+ Entities);
    };
}

/// Declares the root types, with the queries and mutations of every subject type.
macro_rules! roots {
    ($($(#[$doc:meta])* $subject:ident = $word:literal, $table:ident, $plural:ident, $document:ident;)+) => {
        query_roots! {
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
        }

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

/// The schema of the subgraph. Its root type of queries is another one, so that the schema has nothing of federation.
pub type FederatedSchema = async_graphql::Schema<FederatedQuery, Mutation, Subscription>;

/// Builds the schema. With `suggestions`, an error about an unknown name suggests similar names.
pub fn schema(suggestions: bool, proposals: ProposalSettings) -> Schema {
    build(suggestions, proposals)
}

/// Builds the schema of the subgraph. With `suggestions`, an error about an unknown name suggests similar names.
pub fn federated_schema(suggestions: bool, proposals: ProposalSettings) -> FederatedSchema {
    build(suggestions, proposals)
}

/// Builds a schema with a root type of queries.
fn build<Root>(suggestions: bool, proposals: ProposalSettings) -> async_graphql::Schema<Root, Mutation, Subscription>
where
    Root: ObjectType + Default + 'static,
{
    // No extensions: with one, async-graphql builds a description of each resolved field for it, which takes longer than
    // resolving most fields.
    let schema = async_graphql::Schema::build(Root::default(), Mutation::default(), Subscription)
        .data(proposals)
        // The query limits reject documents with more than `MAX_NESTING` levels earlier, with a better message.
        .limit_recursive_depth(limits::settings::MAX_NESTING as usize + 1);
    if suggestions { schema.finish() } else { schema.disable_suggestions().finish() }
}

/// The schema that a server executes.
#[derive(Clone)]
pub enum ServedSchema {
    /// The schema.
    Plain(Schema),
    /// The schema as a subgraph of a federated one.
    Federated(FederatedSchema),
}

impl ServedSchema {
    /// Builds the schema; with `federation`, as a subgraph.
    pub fn new(suggestions: bool, proposals: ProposalSettings, federation: bool) -> Self {
        if federation {
            Self::Federated(federated_schema(suggestions, proposals))
        } else {
            Self::Plain(schema(suggestions, proposals))
        }
    }

    /// Executes a query or a mutation.
    pub fn execute(&self, request: Request) -> BoxFuture<'_, Response> {
        match self {
            Self::Plain(schema) => Box::pin(schema.execute(request)),
            Self::Federated(schema) => Box::pin(schema.execute(request)),
        }
    }

    /// Executes a subscription.
    pub fn execute_stream(&self, request: Request) -> BoxStream<'static, Response> {
        match self {
            Self::Plain(schema) => schema.execute_stream(request),
            Self::Federated(schema) => schema.execute_stream(request),
        }
    }
}

/// Returns the schema in the schema definition language (SDL), as in `schema.graphql`.
pub fn sdl() -> &'static str {
    static SDL: LazyLock<String> = LazyLock::new(|| {
        schema(true, ProposalSettings::default())
            .sdl_with_options(SDLExportOptions::new().include_specified_by().prefer_single_line_descriptions())
    });
    &SDL
}

/// Returns the SDL of the subgraph, as the field `_service` returns it to routers: with the directives of federation.
pub fn subgraph_sdl() -> String {
    let schema = federated_schema(true, ProposalSettings::default());
    schema.sdl_with_options(SDLExportOptions::new().federation().compose_directive())
}
