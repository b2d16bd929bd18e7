//! Operations: health checks, metrics and graceful shutdown.

pub mod health;
pub mod metrics;
pub mod metrics_endpoint;
pub mod metrics_token;
pub mod shutdown;
