//! The facts: what a subject is (documents), the one door for writes ([`change::Change`]), and reading.

pub mod document;
pub mod problem;
pub mod reference;

pub mod model;

pub mod dataset;
pub mod license;
pub mod organization;

pub mod architecture;

pub mod link;

pub mod change;
pub mod connect;
pub mod copy;
pub mod database;
pub mod fill;
pub mod follow;
pub mod head;
pub mod retry;
pub mod revert;

pub mod cursor;
pub mod every;
pub mod list;
pub mod past;
pub mod patience;
pub mod read;
pub mod replica;
pub mod rows;
pub mod search;
pub mod shelf;
pub mod snapshot;
pub mod statements;
pub mod wellness;

pub mod count;
pub mod diff;
pub mod text;

pub mod last_use;
pub mod token;
