//! The Open LLM Catalog: open large language models, in a relational database, over GraphQL.
//!
//! Data travels one way through the house: `http → api → exchange → catalog → entity`. ARCHITECTURE.md walks one query through it.

pub mod cli;
pub mod config;
pub mod telemetry;

pub mod http;

pub mod api;

pub mod exchange;

pub mod catalog;

pub mod error;
