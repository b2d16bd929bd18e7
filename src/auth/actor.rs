//! The actor of a request.

use entity::api_token;
use entity::vocabulary::Role;

use crate::auth::token::Credential;

/// The client of a request, by its token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The name of the token; none without a token.
    pub name: Option<String>,
    /// The role, which decides the permitted operations.
    pub role: Role,
    /// The credential of the token; none without a token.
    pub credential: Option<Credential>,
}

impl From<api_token::Model> for Actor {
    fn from(token: api_token::Model) -> Self {
        let credential = Credential { secret_hash: token.secret_hash, expires_at: token.expires_at };
        Self { name: Some(token.name), role: token.role, credential: Some(credential) }
    }
}

impl Actor {
    /// A client without a token: an anonymous reader.
    pub const ANONYMOUS: Self = Self { name: None, role: Role::Reader, credential: None };
}
