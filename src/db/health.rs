//! Whether the database is well: what requests noticed, and what it says when asked.

use std::time::Duration;

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DbBackend, sea_query::Query};
use tokio::time::timeout;

use crate::db::database::Database;
use crate::error::{Error, Result};

/// How long a trial may take: others may hold the file for long.
const WRITE_PROBE_TIMEOUT: Duration = Duration::from_millis(200);

/// What stays until somebody has put the file right and started the server anew.
const DAMAGED: &str = "its file is damaged";

impl Database {
    /// Notes what an error tells of the database.
    pub fn record_error(&self, error: &Error) {
        match error {
            Error::Storage { what, .. } => self.revision_tracker().record_storage_error(what),
            // On PostgreSQL it is away, or others keep it busy; a file is always there.
            Error::Busy(_) | Error::Unavailable(_) if self.backend() == DbBackend::Sqlite => {
                self.revision_tracker().record_storage_error("others hold its file");
            }
            _ => {}
        }
    }

    /// Asks whether it is well. Returns why it is not.
    pub async fn check(&self) -> Vec<String> {
        let known = self.revision_tracker().state();
        if known.unavailable {
            return vec!["the database does not answer".to_owned()];
        }
        let mut reasons = Vec::new();
        match self.pending_migrations().await {
            Ok(pending) => {
                reasons.extend(pending.iter().map(|name| format!("the migration {name} has not been applied")));
            }
            Err(error) => {
                self.record_error(&error);
                tracing::warn!(code = error.code(), cause = error.cause(), "the database is not well");
                reasons.push(error.to_string());
            }
        }
        if let Some(trouble) = known.storage_error {
            let written = trouble != DAMAGED
                && timeout(WRITE_PROBE_TIMEOUT, self.probe_write()).await.is_ok_and(|done| done.is_ok());
            if written {
                self.revision_tracker().clear_storage_error();
            } else {
                reasons.push(format!("the database is in trouble: {trouble}"));
            }
        }
        if !known.listening {
            reasons.push("changes by others are not heard of".to_owned());
        }
        reasons
    }

    /// The migrations that have not been applied.
    async fn pending_migrations(&self) -> Result<Vec<String>> {
        let applied = self.read().query_all(Query::select().column("version").from("seaql_migrations")).await?;
        let applied = applied.iter().map(|row| row.try_get::<String>("", "version"));
        let applied = applied.collect::<Result<Vec<_>, _>>()?;
        let names = Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect::<Vec<_>>();
        Ok(names.into_iter().filter(|name| !applied.contains(name)).collect())
    }

    /// Writes something, and takes it back.
    async fn probe_write(&self) -> Result<()> {
        let db = self.write();
        if self.backend() == DbBackend::Postgres {
            db.execute_unprepared("UPDATE seaql_migrations SET applied_at = applied_at").await?;
            return Ok(());
        }
        // A disk that has room for this has room for a change: a file has some of its own left where its disk is full.
        let key = "actor = '' AND key = 'trial'";
        db.execute_unprepared(&format!("DELETE FROM idempotency_key WHERE {key}")).await?;
        let row = "'', 'trial', '', '', hex(randomblob(131072)), '2000-01-01 00:00:00+00:00'";
        let columns = "actor, key, field, request_hash, result, created_at";
        db.execute_unprepared(&format!("INSERT INTO idempotency_key ({columns}) VALUES ({row})")).await?;
        db.execute_unprepared(&format!("DELETE FROM idempotency_key WHERE {key}")).await?;
        Ok(())
    }
}
