//! GraphQL over websockets with the `graphql-transport-ws` protocol.

pub mod close;
pub mod connection;
pub mod messages;
pub mod upgrade;
