//! When tokens were last used: known in memory, written once in a while, so that no request waits for it.

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

/// How long a use may go unwritten.
const FLUSH_INTERVAL: Duration = Duration::from_secs(60);

/// The uses that have not been written yet: for each token the last, so that there are no more than tokens.
#[derive(Clone, Debug, Default)]
pub struct TokenUsage(Arc<Mutex<HashMap<i32, DateTime<Utc>>>>);

impl TokenUsage {
    /// Notes that the token with this id is used now.
    pub fn record(&self, token: i32) {
        self.lock().insert(token, Utc::now().trunc_subsecs(6));
    }

    /// Writes what has been noted. What cannot be written stays noted, and the log is told.
    pub async fn write(&self, database: &Database) {
        if let Err(error) = self.try_write(database).await {
            tracing::warn!(%error, cause = error.cause(), "when tokens were last used could not be written yet");
        }
    }

    /// Writes once a minute, for ever.
    pub async fn flush_periodically(self, database: Database) {
        loop {
            tokio::time::sleep(FLUSH_INTERVAL).await;
            self.write(&database).await;
        }
    }

    /// A small statement for each token.
    async fn try_write(&self, database: &Database) -> Result<()> {
        let noted = mem::take(&mut *self.lock());
        let mut left = noted.into_iter();
        while let Some((id, time)) = left.next() {
            let column = api_token::COLUMN.last_used_at;
            let row = api_token::ActiveModel { last_used_at: Set(Some(time)), ..Default::default() };
            // Another server may know of a later use.
            let earlier = Condition::any().add(column.is_null()).add(column.lt(time));
            let update = api_token::Entity::update_many().set(row).filter(api_token::COLUMN.id.eq(id)).filter(earlier);
            let done = database.revision_tracker().fail_if_unavailable(update.exec(database.write())).await;
            if let Err(error) = done.and_then(|done| Ok(done?)) {
                let mut noted = self.lock();
                for (id, time) in left.chain([(id, time)]) {
                    noted.entry(id).or_insert(time);
                }
                return Err(error);
            }
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<i32, DateTime<Utc>>> {
        // A map is whole whatever panicked beside it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
