//! What failures of the database are to whoever asked.

use std::sync::Arc;

use sea_orm::{
    DbErr, RuntimeErr,
    sqlx::{Error as Cause, error::DatabaseError, sqlite::SqliteError},
};

use crate::error::Error;

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if let DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) = &error
            && too_complex(cause)
        {
            return Self::InvalidArgument(
                "This asks for too much at once: nest fewer filters, or give them fewer conditions.".to_owned(),
            );
        }
        let (DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause))
        | DbErr::Conn(RuntimeErr::SqlxError(cause))) = &error
        else {
            let away = matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_));
            return if away { Self::Unavailable(Arc::new(error)) } else { Self::internal(error) };
        };
        let trouble = match cause.as_ref() {
            Cause::Io(_) | Cause::Tls(_) | Cause::PoolClosed | Cause::PoolTimedOut | Cause::WorkerCrashed => {
                DbFailure::Away
            }
            Cause::Database(told) => DbFailure::of(told.as_ref()),
            _ if matches!(error, DbErr::Conn(_)) => DbFailure::Away,
            _ => DbFailure::None,
        };
        match trouble {
            DbFailure::Away => Self::Unavailable(Arc::new(error)),
            DbFailure::Busy => Self::Busy(Arc::new(error)),
            DbFailure::Storage(what) => Self::Storage { what, cause: Arc::new(error) },
            DbFailure::Time => Self::TimedOut,
            DbFailure::None => Self::internal(error),
        }
    }
}

/// What keeps a database from doing what it is asked.
enum DbFailure {
    Away,
    Busy,
    Storage(&'static str),
    Time,
    None,
}

impl DbFailure {
    fn of(error: &dyn DatabaseError) -> Self {
        let code = error.code().unwrap_or_default();
        if error.try_downcast_ref::<SqliteError>().is_some() {
            // The lower byte is the kind, the upper ones say more.
            return match code.parse::<u32>().unwrap_or_default() & 0xff {
                5 | 6 => Self::Busy,
                8 => Self::Storage("its file can only be read"),
                9 => Self::Time,
                10 => Self::Storage("its file cannot be read or written"),
                14 => Self::Storage("its file cannot be opened"),
                11 | 26 => Self::Storage("its file is damaged"),
                13 => Self::Storage("its disk is full"),
                _ => Self::None,
            };
        }
        match code.as_ref() {
            "57014" => Self::Time,
            "25006" => Self::Storage("it can only be read"),
            "53100" => Self::Storage("its disk is full"),
            "XX001" | "XX002" => Self::Storage("its files are damaged"),
            // It stops, starts, has no place for one more, or the connection breaks.
            "57P01" | "57P02" | "57P03" | "53300" => Self::Away,
            code if code.starts_with("08") => Self::Away,
            _ => Self::None,
        }
    }
}

/// Whether a database refuses a statement for its depth, which each measures in its own way.
fn too_complex(cause: &Cause) -> bool {
    cause.as_database_error().is_some_and(|error| {
        error.code().as_deref() == Some("54001") || error.message().starts_with("Expression tree is too large")
    })
}
