//! Maps database errors to API errors.

use std::sync::Arc;

use sea_orm::{
    DbErr, RuntimeErr,
    sqlx::{Error as Cause, error::DatabaseError, sqlite::SqliteError},
};

use crate::db::connection_share::Overloaded;
use crate::error::Error;

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if let DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) = &error
            && is_too_complex(cause)
        {
            return Self::InvalidArgument(
                "This asks for too much at once: nest fewer filters, or use fewer conditions.".to_owned(),
            );
        }
        let (DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause))
        | DbErr::Conn(RuntimeErr::SqlxError(cause))) = &error
        else {
            let unavailable = matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_));
            return if unavailable { Self::Unavailable(Arc::new(error)) } else { Self::internal(error) };
        };
        let failure = match cause.as_ref() {
            Cause::AnyDriverError(cause) if cause.is::<Overloaded>() => DbFailure::Overloaded,
            Cause::Io(_) | Cause::Tls(_) | Cause::PoolClosed | Cause::PoolTimedOut | Cause::WorkerCrashed => {
                DbFailure::Unavailable
            }
            Cause::Database(cause) => DbFailure::from_database(cause.as_ref()),
            _ if matches!(error, DbErr::Conn(_)) => DbFailure::Unavailable,
            _ => DbFailure::Other,
        };
        match failure {
            DbFailure::Unavailable => Self::Unavailable(Arc::new(error)),
            DbFailure::Overloaded => Self::Overloaded,
            DbFailure::Busy => Self::Busy(Arc::new(error)),
            DbFailure::Storage(reason) => Self::Storage { reason, cause: Arc::new(error) },
            DbFailure::Timeout => Self::TimedOut,
            DbFailure::Other => Self::internal(error),
        }
    }
}

/// The kind of a database error.
enum DbFailure {
    /// The database cannot be reached, or takes no more connections.
    Unavailable,
    /// Other requests use all connections.
    Overloaded,
    /// Another process holds a lock.
    Busy,
    /// The storage fails, for this reason.
    Storage(&'static str),
    /// The statement was cancelled at its deadline.
    Timeout,
    /// Any other error, such as a wrong statement.
    Other,
}

impl DbFailure {
    /// Classifies an error by its SQLite result code or its PostgreSQL SQLSTATE.
    fn from_database(error: &dyn DatabaseError) -> Self {
        let code = error.code().unwrap_or_default();
        if error.try_downcast_ref::<SqliteError>().is_some() {
            // The lower byte is the primary result code, the upper bytes extend it.
            return match code.parse::<u32>().unwrap_or_default() & 0xff {
                5 | 6 => Self::Busy,
                8 => Self::Storage("its file can only be read"),
                9 => Self::Timeout,
                10 => Self::Storage("its file cannot be read or written"),
                14 => Self::Storage("its file cannot be opened"),
                11 | 26 => Self::Storage("its file is damaged"),
                13 => Self::Storage("its disk is full"),
                _ => Self::Other,
            };
        }
        match code.as_ref() {
            "57014" => Self::Timeout,
            "25006" => Self::Storage("it can only be read"),
            "53100" => Self::Storage("its disk is full"),
            "XX001" | "XX002" => Self::Storage("its files are damaged"),
            // The server stops or starts, has too many connections, or the connection breaks.
            "57P01" | "57P02" | "57P03" | "53300" => Self::Unavailable,
            code if code.starts_with("08") => Self::Unavailable,
            _ => Self::Other,
        }
    }
}

/// Whether the database rejects a statement because its expressions are nested too deeply; the limits of the two
/// differ.
fn is_too_complex(cause: &Cause) -> bool {
    cause.as_database_error().is_some_and(|error| {
        error.code().as_deref() == Some("54001") || error.message().starts_with("Expression tree is too large")
    })
}
