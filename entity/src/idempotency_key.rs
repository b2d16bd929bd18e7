//! What a mutation with an `Idempotency-Key` came to.

use sea_orm::entity::prelude::*;

/// What one field of a request came to, which was sent with a key. Kept for a day.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_key")]
pub struct Model {
    /// Who sent it: the name of a token.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub actor: String,
    /// The key.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub key: String,
    /// The field, by the name it has in the answer.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub field: String,
    /// The hash of the whole request.
    #[sea_orm(column_type = "Text")]
    pub request_hash: String,
    /// What was written, enough to answer again.
    #[sea_orm(column_type = "JsonBinary")]
    pub result: Json,
    /// When it was written.
    #[sea_orm(indexed)]
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
