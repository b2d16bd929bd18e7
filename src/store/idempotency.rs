//! Idempotency keys: a request that is sent several times with the same key is executed once.
//!
//! The result of each mutation field is stored in the same transaction as the change. So it exists exactly if the change is
//! committed, even if the server stops between the commit and the response; the response to a retry is then built from the
//! stored results. The whole response is stored too, after it was sent, so that later retries get the same response even if
//! the catalog has changed meanwhile.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use chrono::{TimeDelta, Utc};
use entity::idempotency_key;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, Set, sea_query::OnConflict,
};
use serde::{Serialize, de::DeserializeOwned};

use crate::db::database::Database;
use crate::error::{Error, Result};
use crate::store::change::Change;

/// The value of the header `Idempotency-Key` of a request.
#[derive(Clone, Debug)]
pub struct IdempotencyKey {
    /// The key.
    pub key: String,
    /// The hash of the whole request, to detect a key that is reused for another request.
    pub request_hash: String,
    /// Whether the response has a secret. Clones share it.
    has_secret: Arc<AtomicBool>,
}

impl IdempotencyKey {
    /// Creates the key of a request with this hash.
    pub fn new(key: String, request_hash: String) -> Self {
        Self { key, request_hash, has_secret: Arc::default() }
    }

    /// Records that the response has a secret, so it is not stored.
    pub fn mark_secret(&self) {
        self.has_secret.store(true, Ordering::Relaxed);
    }
}

/// How long results and responses are stored.
const TTL: TimeDelta = TimeDelta::hours(24);
/// The value of the column `field` in the row of the whole response. No GraphQL field has this name.
const WHOLE_RESPONSE: &str = "";

/// Returns the stored response to an earlier request with this key. None if there was no such request, if its response had
/// errors, or if it was not stored.
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

/// Stores the response to a request with this key. Without effect if no mutation field of the request stored a result, or if
/// the response has a secret: a retry then builds its response from the stored results, which have none.
///
/// # Errors
/// The database fails.
pub async fn store_response(database: &Database, actor: &str, key: &IdempotencyKey, response: &str) -> Result<()> {
    if key.has_secret.load(Ordering::Relaxed) {
        return Ok(());
    }
    let latest = idempotency_key::Entity::find()
        .filter(idempotency_key::Column::Actor.eq(actor))
        .filter(idempotency_key::Column::Key.eq(&key.key))
        .order_by_desc(idempotency_key::Column::CreatedAt);
    let Some(row) = latest.one(database.read()).await? else { return Ok(()) };
    let row = idempotency_key::ActiveModel {
        field: Set(WHOLE_RESPONSE.to_owned()),
        result: Set(response.into()),
        ..row.into_active_model().reset_all()
    };
    // If concurrent retries are answered at the same time, the first response is stored.
    let columns = [idempotency_key::Column::Actor, idempotency_key::Column::Key, idempotency_key::Column::Field];
    let keep_first = OnConflict::columns(columns).do_nothing().to_owned();
    idempotency_key::Entity::insert(row).on_conflict(keep_first).exec_without_returning(database.write()).await?;
    Ok(())
}

impl Change {
    /// Returns the stored result of the mutation field with the response key `field`, from an earlier request with this
    /// idempotency key; none if the field has not been executed.
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

    /// Stores the result of the mutation field with the response key `field`, and deletes expired results.
    ///
    /// # Errors
    /// The database fails.
    pub async fn store_result<T: Serialize>(&self, key: &IdempotencyKey, field: &str, result: &T) -> Result<()> {
        let expired = idempotency_key::Column::CreatedAt.lte(self.time() - TTL);
        idempotency_key::Entity::delete_many().filter(expired).exec(self.transaction()).await?;
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
