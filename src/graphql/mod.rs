//! The GraphQL schema: one file for each noun, and what nouns share.

pub mod model;
pub mod size;

pub mod dataset;
pub mod license;
pub mod organization;

pub mod architecture;
pub mod link;
pub mod revision;

pub mod catalog;
pub mod import;
pub mod node;
pub mod rate;
pub mod search;
pub mod subscription;
pub mod token;

pub mod connection;
pub mod draft;
pub mod edit;
pub mod filter;
pub mod noun;
pub mod order;
pub mod scalar;
pub mod vocabulary;

pub mod context;
pub mod error;
pub mod guard;
pub mod rules;

use std::sync::LazyLock;

use async_graphql::{MergedObject, SDLExportOptions};

use subscription::Subscription;

/// Questions to the catalog.
#[derive(MergedObject, Default)]
pub struct Query(
    model::ModelQuery,
    size::ModelSizeQuery,
    dataset::DatasetQuery,
    license::LicenseQuery,
    organization::OrganizationQuery,
    architecture::ArchitectureQuery,
    search::SearchQuery,
    revision::RevisionQuery,
    node::NodeQuery,
    catalog::CatalogQuery,
    token::TokenQuery,
    rate::RateQuery,
);

/// Changes to the catalog.
#[derive(MergedObject, Default)]
pub struct Mutation(
    model::ModelMutation,
    size::ModelSizeMutation,
    dataset::DatasetMutation,
    license::LicenseMutation,
    organization::OrganizationMutation,
    architecture::ArchitectureMutation,
    edit::HistoryMutation,
    import::ImportMutation,
    token::TokenMutation,
);

/// The schema. It holds no connection: each request brings its own reads.
pub type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// Builds the schema. Where it suggests, an error about a name that nothing has tells names like it.
pub fn schema(suggestions: bool) -> Schema {
    // Without extensions: with one the library describes every field to it, which takes longer than most fields do.
    let schema = Schema::build(Query::default(), Mutation::default(), Subscription)
        // The guard has looked already.
        .limit_recursive_depth(guard::MAX_NESTING as usize + 1);
    if suggestions { schema.finish() } else { schema.disable_suggestions().finish() }
}

/// The schema in the schema definition language, as `schema.graphql` has it.
pub fn sdl() -> &'static str {
    static SDL: LazyLock<String> =
        LazyLock::new(|| schema(true).sdl_with_options(SDLExportOptions::new().include_specified_by()));
    &SDL
}
