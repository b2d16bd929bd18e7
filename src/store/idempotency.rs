//! Retries: a request that was sent with a key writes once, however often it is sent.
//!
//! What a change came to is kept in the change's own transaction. So it is there exactly if the change is, also where the
//! server ended between its commit and its answer; the answer can then be made again. An answer that was given is kept too,
//! so that whoever asks again hears the same words, whatever has changed since.

use chrono::{TimeDelta, Utc};
use entity::idempotency_key;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Set, sea_query::OnConflict,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::db::database::Database;
use crate::error::{Error, Result};
use crate::store::change::Change;

/// The key that a request was sent with.
#[derive(Clone, Debug)]
pub struct IdempotencyKey {
    /// The key.
    pub key: String,
    /// The hash of the whole request.
    pub request_hash: String,
}

/// How long a key is kept.
const TTL: TimeDelta = TimeDelta::hours(24);
/// The field under which the answer to the whole request is kept; no field is called so.
const WHOLE_RESPONSE: &str = "";

/// The answer that a request with this key was given before; nothing where it was given none, or one with errors.
///
/// # Errors
/// The key was sent with another request.
pub async fn stored_response(database: &Database, actor: &str, key: &IdempotencyKey) -> Result<Option<String>> {
    let id = (actor.to_owned(), key.key.clone(), WHOLE_RESPONSE.to_owned());
    let row = idempotency_key::Entity::find_by_id(id).one(database.read()).await?;
    let Some(row) = row.filter(|row| row.created_at > Utc::now() - TTL) else { return Ok(None) };
    if row.request_hash != key.request_hash {
        return Err(Error::IdempotencyKeyReused(key.key.clone()));
    }
    serde_json::from_value(row.result).map(Some).map_err(Error::internal)
}

/// Keeps the answer to a request with this key, if the request wrote something.
///
/// # Errors
/// The database fails.
pub async fn store_response(database: &Database, actor: &str, key: &IdempotencyKey, answer: &str) -> Result<()> {
    let written = idempotency_key::Entity::find()
        .filter(idempotency_key::Column::Actor.eq(actor))
        .filter(idempotency_key::Column::Key.eq(&key.key))
        .order_by_desc(idempotency_key::Column::CreatedAt);
    let Some(row) = written.one(database.read()).await? else { return Ok(()) };
    let row = idempotency_key::ActiveModel {
        field: Set(WHOLE_RESPONSE.to_owned()),
        result: Set(answer.into()),
        ..row.into_active_model().reset_all()
    };
    // Of several that answer at once the first is kept.
    let columns = [idempotency_key::Column::Actor, idempotency_key::Column::Key, idempotency_key::Column::Field];
    let once = OnConflict::columns(columns).do_nothing().to_owned();
    idempotency_key::Entity::insert(row).on_conflict(once).exec_without_returning(database.write()).await?;
    Ok(())
}

impl Change {
    /// What `field` of the request with this key came to before; nothing where it has not been executed yet.
    ///
    /// # Errors
    /// The key was sent with another request.
    pub async fn stored_result<T: DeserializeOwned>(&self, key: &IdempotencyKey, field: &str) -> Result<Option<T>> {
        let rows = idempotency_key::Entity::find()
            .filter(idempotency_key::Column::Actor.eq(self.actor()))
            .filter(idempotency_key::Column::Key.eq(&key.key))
            .filter(idempotency_key::Column::CreatedAt.gt(self.time() - TTL))
            .all(self.transaction())
            .await?;
        if rows.iter().any(|row| row.request_hash != key.request_hash) {
            return Err(Error::IdempotencyKeyReused(key.key.clone()));
        }
        let row = rows.into_iter().find(|row| row.field == field);
        row.map(|row| serde_json::from_value(row.result)).transpose().map_err(Error::internal)
    }

    /// Keeps what `field` of the request with this key came to, and forgets what is older than a day.
    ///
    /// # Errors
    /// The database fails.
    pub async fn store_result<T: Serialize>(&self, key: &IdempotencyKey, field: &str, result: &T) -> Result<()> {
        let old = idempotency_key::Column::CreatedAt.lte(self.time() - TTL);
        idempotency_key::Entity::delete_many().filter(old).exec(self.transaction()).await?;
        let row = idempotency_key::ActiveModel {
            actor: Set(self.actor().to_owned()),
            key: Set(key.key.clone()),
            field: Set(field.to_owned()),
            request_hash: Set(key.request_hash.clone()),
            result: Set(serde_json::to_value(result).map_err(Error::internal)?),
            created_at: Set(self.time()),
        };
        row.insert(self.transaction()).await?;
        Ok(())
    }
}
