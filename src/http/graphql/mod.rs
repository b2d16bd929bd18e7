//! The GraphQL endpoint: GraphQL over HTTP, server-sent events and websockets.

pub mod anonymous_query;
pub mod content_type;
pub mod execute;
pub mod handler;
pub mod persisted_documents;
pub mod request;
pub mod response;

pub mod sse;
pub mod websocket;
