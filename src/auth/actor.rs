//! The actor of a request.

use entity::vocabulary::Role;

/// The client of a request, by its token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The name of the token; none without a token.
    pub name: Option<String>,
    /// The role, which decides the permitted operations.
    pub role: Role,
}

impl Actor {
    /// A client without a token: an anonymous reader.
    pub const ANONYMOUS: Self = Self { name: None, role: Role::Reader };
}
