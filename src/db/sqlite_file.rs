//! The SQLite file: checkpoints of its write-ahead log, and the detection of a file that lacks its log.
//!
//! While a server runs, the latest changes are in the write-ahead log, the file `-wal` next to the database. A copy of the
//! database alone lacks them, and SQLite opens it without an error. So each checkpoint writes `INCOMPLETE` into the header
//! of the database, and then 0 into the log only. The header in the file is 0 again after the last connection is closed,
//! because SQLite then copies the log into the file and removes it.

use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    pin::pin,
    time::Duration,
};

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, RuntimeErr, Statement,
    sqlx::{self, ConnectOptions, Connection, Executor, SqliteConnection, sqlite::SqliteConnectOptions},
};
use tokio::time;

/// The value of `PRAGMA user_version` in the header of a file that lacks its write-ahead log: "OLLM" in ASCII.
const INCOMPLETE: i32 = 0x4F4C_4C4D;
const SET_INCOMPLETE: &str = "PRAGMA user_version = 0x4F4C4C4D";
const SET_COMPLETE: &str = "PRAGMA user_version = 0";
/// The length of the file header and the header of its first page, which shows whether there are tables.
const HEADER_BYTES: usize = 108;
/// The first bytes of every SQLite file.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// The type of the first page in a file with few tables or none.
const LEAF_PAGE: u8 = 0x0D;
/// The interval at which the size of the write-ahead log is checked.
const CHECK_INTERVAL: Duration = Duration::from_secs(1);
/// A larger write-ahead log is copied into the file at the next check, a smaller one after `MAX_CHECKS` checks.
const MAX_LOG_BYTES: u64 = 4 << 20;
const MAX_CHECKS: u32 = 30;
/// How long a checkpoint waits for readers and writers, and makes writers wait.
const BUSY_TIMEOUT: Duration = Duration::from_millis(200);
/// Another process may be creating the file.
const CREATION_TIME: Duration = Duration::from_millis(300);

/// Why a file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileProblem {
    /// The file was copied from a running server without its write-ahead log, or the log was removed.
    #[error(
        "{file} lacks its latest changes: it was copied from a running server without {file}-wal, or that file was removed. Copy both, or restore a file that `open-llm-catalog backup` wrote. To use it without these changes, create an empty file {file}-wal."
    )]
    MissingLog {
        /// The path of the file.
        file: String,
    },
    /// The file is a SQLite database without tables.
    #[error(
        "{file} exists but has no tables: it was copied from a running server without {file}-wal, or its first start was interrupted. Restore a backup, or remove the file to create a new catalog."
    )]
    NoTables {
        /// The path of the file.
        file: String,
    },
    /// There is a write-ahead log, which SQLite would remove, but no database.
    #[error(
        "{file} is missing or empty, but there is {file}-wal with its latest changes. Restore both from a backup, or remove {file}-wal to create a new catalog."
    )]
    MissingFile {
        /// The path of the file.
        file: String,
    },
}

/// Checks that a file is complete. A file that is missing or empty is complete: it becomes a new catalog. Must be called
/// before this process connects to the file, because closing a file releases the locks of its process.
///
/// # Errors
/// See `FileProblem`. A file that is no SQLite database, or cannot be read, has no problem here: opening it reports that.
pub async fn check(path: &Path) -> Result<(), FileProblem> {
    if find_problem(path).is_ok() {
        return Ok(());
    }
    time::sleep(CREATION_TIME).await;
    find_problem(path)
}

fn find_problem(path: &Path) -> Result<(), FileProblem> {
    let file = || path.display().to_string();
    let log_bytes = fs::metadata(log_path(path)).map(|log| log.len()).ok();
    // The log is looked for before the header is read: a process that closes the file writes the header first.
    match (read_header(path).unwrap_or_default().as_slice(), log_bytes) {
        ([], Some(1..)) => Err(FileProblem::MissingFile { file: file() }),
        (header, None) if header.len() == HEADER_BYTES && header.starts_with(MAGIC) => {
            if header[60..64] == INCOMPLETE.to_be_bytes() {
                Err(FileProblem::MissingLog { file: file() })
            } else if header[100] == LEAF_PAGE && header[103..105] == [0, 0] {
                Err(FileProblem::NoTables { file: file() })
            } else {
                Ok(())
            }
        }
        _ => Ok(()),
    }
}

fn read_header(path: &Path) -> io::Result<Vec<u8>> {
    let mut header = Vec::new();
    File::open(path)?.take(HEADER_BYTES as u64).read_to_end(&mut header)?;
    Ok(header)
}

fn log_path(path: &Path) -> PathBuf {
    let mut log = OsString::from(path);
    log.push("-wal");
    log.into()
}

/// Copies the write-ahead log into the file, so that a crash or a copy of the file alone loses little. Writers wait for at
/// most a moment; if readers hold a part of the log, that part stays in it.
///
/// # Errors
/// Another process writes for longer, or the disk fails.
pub async fn checkpoint(path: &Path) -> sqlx::Result<()> {
    let mut connection = open(path).await?;
    connection.execute(SET_INCOMPLETE).await?;
    let copied = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").await;
    while let Err(error) = connection.execute(SET_COMPLETE).await {
        tracing::warn!(%error, "the header of the database cannot be written");
        time::sleep(CHECK_INTERVAL).await;
    }
    connection.close().await?;
    copied.map(drop)
}

/// Clears the header of a file that a checkpoint has left incomplete, because it was not executed to its end. Must be called after all
/// connections of a process that checkpoints were closed: the last one copies the log, with this header, into the file.
///
/// # Errors
/// The file cannot be written.
pub async fn complete(path: &Path) -> sqlx::Result<()> {
    let mut connection = open(path).await?;
    let version = sqlx::query_scalar::<_, i32>("PRAGMA user_version").fetch_one(&mut connection).await?;
    if version == INCOMPLETE {
        connection.execute(SET_COMPLETE).await?;
    }
    connection.close().await
}

/// Checkpoints the file whenever its write-ahead log is large, and otherwise every half minute if it has grown, until `stopped`
/// completes. Then closing the last connection copies the log.
pub async fn checkpoint_until(path: PathBuf, stopped: impl Future) {
    let mut stopped = pin!(stopped);
    let log_bytes = || fs::metadata(log_path(&path)).map_or(0, |log| log.len());
    let (mut checks, mut written) = (0, log_bytes());
    loop {
        if time::timeout(CHECK_INTERVAL, &mut stopped).await.is_ok() {
            return;
        }
        checks += 1;
        if log_bytes() > MAX_LOG_BYTES || (checks >= MAX_CHECKS && log_bytes() != written) {
            if let Err(error) = checkpoint(&path).await {
                tracing::warn!(%error, "checkpoint failed");
            }
            (checks, written) = (0, log_bytes());
        }
    }
}

/// Clears the header that a process left in the write-ahead log when it was killed during a checkpoint.
///
/// # Errors
/// The file cannot be read or written.
pub(super) async fn clear_interrupted_checkpoint(connection: &DatabaseConnection) -> Result<(), DbErr> {
    let version = Statement::from_string(DbBackend::Sqlite, "PRAGMA user_version");
    let version =
        connection.query_one_raw(version).await?.map(|row| row.try_get::<i32>("", "user_version")).transpose()?;
    if version == Some(INCOMPLETE) {
        connection.execute_unprepared(SET_COMPLETE).await?;
    }
    Ok(())
}

/// Writes the database of a connection to a new file, from one snapshot, without making writers wait.
///
/// # Errors
/// The database cannot be read, or the file exists or cannot be written.
pub(super) async fn copy(connection: &DatabaseConnection, file: &Path) -> crate::error::Result<()> {
    let name = file.display().to_string().replace('\'', "''");
    connection.execute_unprepared(&format!("VACUUM INTO '{name}'")).await?;
    let complete = async {
        let mut copy = open(file).await?;
        copy.execute(SET_COMPLETE).await?;
        copy.close().await
    };
    Ok(complete.await.map_err(|error| DbErr::Conn(RuntimeErr::SqlxError(error.into())))?)
}

/// Opens a connection that does not checkpoint by itself.
async fn open(path: &Path) -> sqlx::Result<SqliteConnection> {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(false).busy_timeout(BUSY_TIMEOUT);
    options.pragma("wal_autocheckpoint", "0").disable_statement_logging().connect().await
}
