//! API tokens.

use sea_orm::entity::prelude::*;

use crate::vocabulary::Role;

/// A token that permits changes of the catalog. The secret itself is not stored.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_token")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// The name, which is the actor of the revisions that are made with the token.
    #[sea_orm(unique, column_type = "Text")]
    pub name: String,
    /// The role that the token grants.
    pub role: Role,
    /// The SHA-256 hash of the secret, in URL-safe Base64.
    #[sea_orm(unique, column_type = "Text")]
    pub secret_hash: String,
    /// The time of creation.
    pub created_at: DateTimeUtc,
    /// The time from which the token is not valid any more; null if it does not expire.
    pub expires_at: Option<DateTimeUtc>,
    /// The time of revocation; null if it has not been revoked.
    pub revoked_at: Option<DateTimeUtc>,
    /// The time of the last request with it; null if it has not been used.
    pub last_used_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
