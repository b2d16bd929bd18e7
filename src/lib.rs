//! The Open LLM Catalog: open large language models in a relational database, over GraphQL.
//!
//! Dependencies point one way:
//! `cli, config → http → graphql → formats → store | query | auth → db → domain → error, entity`.
//! ARCHITECTURE.md follows one query through the modules.

pub mod cli;
pub mod config;
pub mod telemetry;

pub mod http;

pub mod graphql;

pub mod formats;

pub mod auth;
pub mod query;
pub mod store;

pub mod db;

pub mod domain;

pub mod error;
