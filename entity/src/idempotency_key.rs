//! Stored results of requests with an `Idempotency-Key`.

use sea_orm::entity::prelude::*;

/// The result of a mutation field, or the response to a whole request, that had an idempotency key. Valid for a day.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_key")]
pub struct Model {
    /// The actor that sent the request: the name of a token.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub actor: String,
    /// The idempotency key.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub key: String,
    /// The response key of the mutation field; empty for the response to the whole request.
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub field: String,
    /// The hash of the whole request, to detect a key that is reused for another request.
    #[sea_orm(column_type = "Text")]
    pub request_hash: String,
    /// The result of the field, from which the response is built again; or the whole response.
    #[sea_orm(column_type = "JsonBinary")]
    pub result: Json,
    /// The time at which the row was written.
    #[sea_orm(indexed)]
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
