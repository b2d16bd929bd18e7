//! An API token.

use sea_orm::entity::prelude::*;

use crate::vocabulary::Role;

/// What lets somebody change the catalog. The secret itself is not stored.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_token")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// The bearer's name, which revisions carry as their actor.
    #[sea_orm(unique, column_type = "Text")]
    pub name: String,
    /// What the bearer may do.
    pub role: Role,
    /// The hash of the secret.
    #[sea_orm(unique, column_type = "Text")]
    pub secret_hash: String,
    /// When it was made.
    pub created_at: DateTimeUtc,
    /// When it stops working.
    pub expires_at: Option<DateTimeUtc>,
    /// When it was taken back.
    pub revoked_at: Option<DateTimeUtc>,
    /// When it was last used.
    pub last_used_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
