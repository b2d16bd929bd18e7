//! Limits: request rates, concurrency, connections, body sizes and timeouts.

pub mod address_limit;
pub mod cost_semaphore;
pub mod download_slots;
pub mod rate_limit;
pub mod unread_responses;
pub mod wrong_tokens;

pub mod body;
pub mod slow_client;
pub mod timeouts;

pub mod client_ip;
