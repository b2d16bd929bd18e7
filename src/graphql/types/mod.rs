//! The types of the schema: one module for each subject type, and one for each other group of root fields.

pub mod model;
pub mod model_size;

pub mod architecture;
pub mod dataset;
pub mod license;
pub mod organization;
pub mod source;

pub mod conflict;
pub mod evidence;
pub mod license_term;
pub mod link;
pub mod revision;
pub mod use_answer;

pub mod api_token;
pub mod catalog;
pub mod changes;
pub mod checkpoint;
pub mod import;
pub mod proposal;
pub mod rate_limit;
pub mod search;
