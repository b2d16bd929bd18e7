//! Evidence: what sources say about facts, and which of their values holds.

pub mod assessment;
pub mod authority;
pub mod document;
pub mod fact_state;
pub mod holding;
pub mod locator;
pub mod reconcile;
pub mod statement;
pub mod statements;
pub mod tier;

mod amount;
mod claim;
