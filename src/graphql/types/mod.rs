//! The types of the schema: a file for each subject type and each root field that is not one.

pub mod model;
pub mod model_size;

pub mod architecture;
pub mod dataset;
pub mod license;
pub mod organization;

pub mod link;
pub mod revision;

pub mod api_token;
pub mod catalog;
pub mod import;
pub mod rate_limit;
pub mod search;
