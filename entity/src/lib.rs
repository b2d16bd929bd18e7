//! The rows of the catalog, one file a table.
//!
//! Rows know nothing of GraphQL or of documents. The migrations are the truth about the tables; a test builds one
//! database from the migrations and one from these entities and compares the two.

#![expect(clippy::disallowed_methods, reason = "sea-orm derives methods that begin transactions; they are not used")]

pub mod model;
pub mod model_size;

pub mod architecture;
pub mod dataset;
pub mod license;
pub mod organization;

pub mod link;
pub mod model_dataset;
pub mod model_organization;

pub mod api_token;
pub mod idempotency_key;
pub mod revision;

pub mod subject;
pub mod vocabulary;
