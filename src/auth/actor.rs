//! Who asks.

use entity::vocabulary::Role;

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The name of the token; none without one.
    pub name: Option<String>,
    /// What they may do.
    pub role: Role,
}

impl Actor {
    /// Whoever asks without a token.
    pub const ANYBODY: Self = Self { name: None, role: Role::Reader };
}
