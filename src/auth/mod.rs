//! Authentication by API tokens.

pub mod actor;
pub mod token;
pub mod token_usage;
