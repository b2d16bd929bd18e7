//! Database health checks: failures that requests ran into, and the checks of `/readyz`.

use std::{
    io,
    io::Write,
    path::{Path, PathBuf},
    time::Duration,
};

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DbBackend, sea_query::Query};
use tokio::{task::spawn_blocking, time::timeout};

use crate::db::database::Database;
use crate::error::{Error, Result};

/// The timeout of a trial write. Other processes may hold the lock for longer.
const WRITE_PROBE_TIMEOUT: Duration = Duration::from_millis(200);

/// How long a check waits for the change listener, which connects shortly after the start of a server.
const LISTENER_TIMEOUT: Duration = Duration::from_millis(200);

/// The size of the temporary file that shows whether the disk is full, in bytes.
const PROBE_BYTES: usize = 256 << 10;

/// A storage error that lasts until the file is restored and the server restarted.
const DAMAGED: &str = "its file is damaged";

impl Database {
    /// Records a storage error, if the error is one. [`Database::check`] reports it until a trial write succeeds.
    pub fn record_error(&self, error: &Error) {
        match error {
            Error::Storage { reason, .. } => self.revision_tracker().record_storage_error(reason),
            // A SQLite file is always reachable, so these are storage errors. On PostgreSQL they are outages or lock waits.
            Error::Busy(_) | Error::Unavailable(_) if self.backend() == DbBackend::Sqlite => {
                self.revision_tracker().record_storage_error("another process holds a lock on its file");
            }
            _ => {}
        }
    }

    /// Checks whether requests can be served. Returns the reasons why not; none if they can.
    pub async fn check(&self) -> Vec<String> {
        let state = self.revision_tracker().state();
        if state.unavailable {
            return vec!["the database is unavailable".to_owned()];
        }
        let mut reasons = Vec::new();
        match self.pending_migrations().await {
            Ok(pending) => {
                reasons.extend(pending.iter().map(|name| format!("the migration {name} has not been applied")));
            }
            Err(error) => {
                self.record_error(&error);
                tracing::warn!(code = error.code(), cause = error.cause(), "database health check failed");
                reasons.push(error.to_string());
            }
        }
        if let Some(storage_error) = state.storage_error {
            let writable = storage_error != DAMAGED
                && timeout(WRITE_PROBE_TIMEOUT, self.probe_write()).await.is_ok_and(|result| result.is_ok());
            if writable {
                self.revision_tracker().clear_storage_error();
            } else {
                reasons.push(format!("the database fails: {storage_error}"));
            }
        }
        if timeout(LISTENER_TIMEOUT, self.listening()).await.is_err() {
            reasons.push("the change listener is disconnected".to_owned());
        }
        reasons
    }

    /// Waits until the change listener is connected.
    async fn listening(&self) {
        // Fails only without a tracker, and the database has one.
        let _ = self.revision_tracker().watch().wait_for(|state| state.listening).await;
    }

    /// Returns the names of the migrations that have not been applied.
    async fn pending_migrations(&self) -> Result<Vec<String>> {
        let applied = self.listener().query_all(Query::select().column("version").from("seaql_migrations")).await?;
        let applied = applied.iter().map(|row| row.try_get::<String>("", "version"));
        let applied = applied.collect::<Result<Vec<_>, _>>()?;
        let names = Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect::<Vec<_>>();
        Ok(names.into_iter().filter(|name| !applied.contains(name)).collect())
    }

    /// Writes to the database without changing it, and to the disk of a SQLite file: a database has free pages of its own
    /// even if its disk is full.
    async fn probe_write(&self) -> Result<()> {
        self.write().execute_unprepared("UPDATE seaql_migrations SET applied_at = applied_at").await?;
        if self.backend() == DbBackend::Postgres {
            return Ok(());
        }
        let main = Query::select().column("file").from("pragma_database_list").limit(1).take();
        let Some(main) = self.listener().query_one(&main).await? else { return Ok(()) };
        let file = PathBuf::from(main.try_get::<String>("", "file")?);
        let probe = spawn_blocking(move || file.parent().map_or(Ok(()), probe_disk)).await;
        probe.map_err(Error::internal)?.map_err(Error::internal)
    }
}

/// Writes a temporary file to a folder.
fn probe_disk(folder: &Path) -> io::Result<()> {
    let mut file = tempfile::tempfile_in(folder)?;
    file.write_all(&[0; PROBE_BYTES])?;
    file.sync_all()
}
