//! API tokens: who may write.

pub mod actor;
pub mod token;
pub mod token_usage;
