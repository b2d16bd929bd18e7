//! The entities of the catalog, one module per table.
//!
//! Entities do not depend on GraphQL types or documents. The migrations create the tables; a test compares a database made by
//! the migrations with one made from these entities.

#![expect(clippy::disallowed_methods, reason = "sea-orm derives methods that begin transactions; they are not used")]

pub mod model;
pub mod model_size;

pub mod architecture;
pub mod conflict;
pub mod dataset;
pub mod license;
pub mod organization;
pub mod source;

pub mod checkpoint;
pub mod evidence;
pub mod inherited_license;
pub mod license_term;
pub mod link;
pub mod model_base;
pub mod model_dataset;
pub mod model_license;
pub mod model_organization;

pub mod api_token;
pub mod idempotency_key;
pub mod proposal;
pub mod reassessment;
pub mod revision;

pub mod subject;
pub mod vocabulary;
