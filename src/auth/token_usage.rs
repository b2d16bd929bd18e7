//! The last-used times of tokens. They are collected in memory and written once a minute, so that no request waits for
//! it.

use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, SubsecRound, Utc};
use entity::api_token;
use sea_orm::{Condition, EntityTrait, QueryFilter, Set};

use crate::db::database::Database;
use crate::error::Result;

/// The interval between two writes.
const FLUSH_INTERVAL: Duration = Duration::from_secs(60);

/// The last-used times that have not been written yet, by token id. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct TokenUsage(Arc<Mutex<HashMap<i32, DateTime<Utc>>>>);

impl TokenUsage {
    /// Records that the token with this id is used now.
    pub fn record(&self, token: i32) {
        self.lock().insert(token, Utc::now().trunc_subsecs(6));
    }

    /// Writes the recorded times. On failure it logs the error and keeps them for the next write.
    pub async fn write(&self, database: &Database) {
        if let Err(error) = self.try_write(database).await {
            tracing::warn!(%error, cause = error.cause(), "token last-used times could not be written");
        }
    }

    /// Writes once a minute. Does not complete.
    pub async fn flush_periodically(self, database: Database) {
        loop {
            tokio::time::sleep(FLUSH_INTERVAL).await;
            self.write(&database).await;
        }
    }

    /// Writes with one statement for each token.
    async fn try_write(&self, database: &Database) -> Result<()> {
        let recorded = mem::take(&mut *self.lock());
        let mut remaining = recorded.into_iter();
        while let Some((id, time)) = remaining.next() {
            let column = api_token::COLUMN.last_used_at;
            let row = api_token::ActiveModel { last_used_at: Set(Some(time)), ..Default::default() };
            // Another server may have written a later time.
            let earlier = Condition::any().add(column.is_null()).add(column.lt(time));
            let update = api_token::Entity::update_many().set(row).filter(api_token::COLUMN.id.eq(id)).filter(earlier);
            let result = database.revision_tracker().fail_if_unavailable(update.exec(database.write())).await;
            if let Err(error) = result.and_then(|result| Ok(result?)) {
                let mut times = self.lock();
                for (id, time) in remaining.chain([(id, time)]) {
                    times.entry(id).or_insert(time);
                }
                return Err(error);
            }
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<i32, DateTime<Utc>>> {
        // The map is consistent after a panic: each change of it is a single call.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
