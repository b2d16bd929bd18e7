//! GraphQL over websockets, by the protocol `graphql-transport-ws`.

pub mod connection;
pub mod upgrade;
