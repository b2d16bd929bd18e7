//! Short reads of a SQLite file, executed on the thread that asks for them. A statement of some microseconds costs several times
//! as much if it is handed over to the thread of a connection and back (decision 0143). What is not short continues in the pool.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use chrono::SecondsFormat;
use rusqlite::{Connection, OpenFlags, types::ToSqlOutput};
use sea_orm::{Statement, sea_query::Value};

/// The number of virtual machine instructions between two calls of the progress handler.
const PROGRESS_STEPS: i32 = 5_000;
/// The number of such calls after which a statement is not short: about 2 ms.
const MAX_CALLS: u32 = 40;
/// The length from which a statement is not short. What it is compiled to takes many times as much memory.
const MAX_SQL_BYTES: usize = 8 << 10;
/// The prepared statements that a connection keeps. Their number is that of the forms of statements, not of their values.
const PREPARED_STATEMENTS: usize = 64;

/// Connections for short reads. Clones share them.
#[derive(Clone)]
pub struct SqliteReader(Arc<Connections>);

struct Connections {
    path: PathBuf,
    idle: Mutex<Vec<ReadConnection>>,
    /// The number of open connections, idle ones included.
    open: AtomicU32,
    max: u32,
    closed: AtomicBool,
}

/// A connection that interrupts a statement after `MAX_CALLS` calls of its progress handler.
struct ReadConnection {
    connection: Connection,
    calls: Arc<AtomicU32>,
}

/// A row of an integer and a text.
pub type IntegerAndText = (i32, String);

impl SqliteReader {
    /// Creates a reader with at most `max` connections, which it opens when they are needed.
    pub fn new(path: &Path, max: u32) -> Self {
        let (idle, open, closed) = (Mutex::default(), AtomicU32::new(0), AtomicBool::new(false));
        Self(Arc::new(Connections { path: path.to_owned(), idle, open, max, closed }))
    }

    /// Executes a statement whose rows are an integer and a text. None if it was not executed to its end, for whatever reason:
    /// it is not short, all connections are in use, or it fails. The pool then executes it, with its limits and errors.
    pub fn read(&self, statement: &Statement) -> Option<Vec<IntegerAndText>> {
        if statement.sql.len() > MAX_SQL_BYTES {
            return None;
        }
        let connection = self.0.take()?;
        let rows = connection.read(statement).ok();
        self.0.put(connection);
        rows
    }

    /// Closes the connections, and opens no more.
    pub fn close(&self) {
        self.0.closed.store(true, Ordering::SeqCst);
        self.0.idle().clear();
    }
}

impl Connections {
    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<ReadConnection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Option<ReadConnection> {
        if let Some(connection) = self.idle().pop() {
            return Some(connection);
        }
        if self.closed.load(Ordering::SeqCst) || self.open.fetch_add(1, Ordering::SeqCst) >= self.max {
            self.open.fetch_sub(1, Ordering::SeqCst);
            return None;
        }
        let connection = ReadConnection::open(&self.path);
        if connection.is_err() {
            self.open.fetch_sub(1, Ordering::SeqCst);
        }
        connection.ok()
    }

    fn put(&self, connection: ReadConnection) {
        let mut idle = self.idle();
        // Asked while the list is locked, so that `close` leaves no connection in it.
        if !self.closed.load(Ordering::SeqCst) {
            idle.push(connection);
        }
    }
}

impl ReadConnection {
    fn open(path: &Path) -> rusqlite::Result<Self> {
        // Not read-only: the reader of a write-ahead log writes to its index. A connection is used by one thread at a time.
        let connection =
            Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.pragma_update(None, "query_only", true)?;
        // The server checkpoints itself: `sqlite_file::checkpoint`.
        connection.pragma_update(None, "wal_autocheckpoint", 0)?;
        connection.set_prepared_statement_cache_capacity(PREPARED_STATEMENTS);
        let calls = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&calls);
        let interrupts = move || counted.fetch_add(1, Ordering::Relaxed) >= MAX_CALLS;
        connection.progress_handler(PROGRESS_STEPS, Some(interrupts))?;
        Ok(Self { connection, calls })
    }

    fn read(&self, statement: &Statement) -> rusqlite::Result<Vec<IntegerAndText>> {
        self.calls.store(0, Ordering::Relaxed);
        let mut prepared = self.connection.prepare_cached(&statement.sql)?;
        for (index, value) in (1..).zip(statement.values.iter().flat_map(|values| &values.0)) {
            prepared.raw_bind_parameter(index, parameter(value)?)?;
        }
        let mut rows = prepared.raw_query();
        let mut read = Vec::new();
        while let Some(row) = rows.next()? {
            let text = row.get_ref(1)?.as_str()?;
            read.push((row.get(0)?, text.to_owned()));
        }
        Ok(read)
    }
}

/// Returns a parameter as the pool binds it.
fn parameter(value: &Value) -> rusqlite::Result<ToSqlOutput<'_>> {
    Ok(match value {
        Value::Bool(Some(value)) => (*value).into(),
        Value::Int(Some(value)) => (*value).into(),
        Value::BigInt(Some(value)) => (*value).into(),
        Value::Double(Some(value)) => (*value).into(),
        Value::String(Some(value)) => value.as_str().into(),
        Value::ChronoDateTimeUtc(Some(time)) => time.to_rfc3339_opts(SecondsFormat::AutoSi, false).into(),
        Value::BigUnsigned(Some(value)) => {
            i64::try_from(*value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?.into()
        }
        _ => return Err(rusqlite::Error::InvalidQuery),
    })
}
