//! The state of each subject as a plain document, and the rules that need no database.

pub mod diff;
pub mod document;
pub mod evidence;
pub mod facts;
pub mod limits;
pub mod lint;
pub mod proposal;
pub mod subject;
pub mod validation;

pub mod architecture;
pub mod base;
pub mod checkpoint;
pub mod dataset;
pub mod effective_checkpoints;
pub mod effective_model;
pub mod license;
pub mod license_terms;
pub mod link;
pub mod memory;
pub mod modalities;
pub mod model;
pub mod organization;
pub mod source;
pub mod training;

pub mod bytes;
pub mod cache_layers;
pub mod count;
pub mod country;
pub mod date;
pub mod quantization;
pub mod search_query;
pub mod slug;
pub mod text;
