//! The response cache and conditional requests.

pub mod etag;
pub mod response_cache;
