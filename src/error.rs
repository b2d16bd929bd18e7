//! The one error of the catalog. Each variant has a code that clients may rely on; what it prints is meant for them too,
//! so a cause never is part of it and goes to the log.

use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};
use entity::vocabulary::Role;
use sea_orm::DbErr;

/// What `?` carries through the house.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The code of [`Error::Forbidden`], which also decides the status of an answer.
pub const FORBIDDEN: &str = "FORBIDDEN";

/// The code of what may be tried again in a while, which decides the status too.
pub const UNAVAILABLE: &str = "SERVICE_UNAVAILABLE";

/// The code of [`Error::NotFound`], which decides the status of a page.
pub const NOT_FOUND: &str = "NOT_FOUND";

/// The code of [`Error::Internal`], which decides the status too.
pub const INTERNAL: &str = "INTERNAL";

/// The code of [`Error::TimedOut`], which decides the status too.
pub const TIMED_OUT: &str = "TIMEOUT";

/// What went wrong, in words for whoever asked.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// Nothing has that slug.
    #[error("There is no {noun} with the slug {slug:?}.")]
    NotFound {
        /// What was looked for, in lower case.
        noun: &'static str,
        /// The slug that was given.
        slug: String,
    },
    /// Nothing had that slug at that time.
    #[error("At {} there was no {noun} with the slug {slug:?}.", .time.to_rfc3339_opts(SecondsFormat::AutoSi, true))]
    NotFoundAsOf {
        /// What was looked for, in lower case.
        noun: &'static str,
        /// The slug that was given.
        slug: String,
        /// The time.
        time: DateTime<Utc>,
    },
    /// The id is not one that the catalog gave out.
    #[error("{0:?} is not an id of this catalog. An id is the `id` field of an answer, unchanged.")]
    InvalidId(String),
    /// The cursor is damaged, or belongs to another order.
    #[error(
        "{cursor:?} is not a cursor of this list: {reason}. A cursor is a `cursor`, `startCursor` or `endCursor` of the same list in the same order, unchanged."
    )]
    InvalidCursor {
        /// The cursor that was given.
        cursor: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The page arguments contradict each other or are out of range.
    #[error("{0}")]
    InvalidPage(String),
    /// An argument has the right type but a value that makes no sense.
    #[error("{0}")]
    InvalidArgument(String),
    /// A document has facts that cannot be.
    #[error("{subject} cannot be saved: {}.", join(.problems))]
    InvalidDocument {
        /// What was to be saved.
        subject: String,
        /// Every problem, each with the field it is in.
        problems: Vec<Problem>,
    },
    /// What was to be created is there already.
    #[error("There is a {noun} with the slug {slug:?} already; update it, or take another slug.")]
    AlreadyExists {
        /// What was to be created, in lower case.
        noun: &'static str,
        /// The slug that is taken.
        slug: String,
    },
    /// The subject is not in the state that the caller believes it to be in.
    #[error(
        "The {noun} {slug:?} is at version {current}, not {expected}: somebody changed it meanwhile. Read it again."
    )]
    Conflict {
        /// What was to be changed, in lower case.
        noun: &'static str,
        /// Its slug.
        slug: String,
        /// The version that the caller expects.
        expected: i32,
        /// The version it has.
        current: i32,
    },
    /// There is no revision with that number.
    #[error("There is no revision {0}.")]
    RevisionNotFound(i32),
    /// Later revisions changed the subject of the one that was to be undone.
    #[error("Later revisions changed the same subject: {}. Undo those first, or force it.", numbers(.later))]
    RevertConflict {
        /// The revision that was to be undone.
        number: i32,
        /// The later ones.
        later: Vec<i32>,
    },
    /// The key of a retry was sent with another request before.
    #[error("The Idempotency-Key {0:?} was sent with another request in the last 24 hours; give each request its own.")]
    IdempotencyKeyReused(String),
    /// Others refer to what was to be deleted.
    #[error("The {noun} {slug:?} is in use by {}; change those first.", .by.join(", "))]
    InUse {
        /// What was to be deleted, in lower case.
        noun: &'static str,
        /// Its slug.
        slug: String,
        /// Who refers to it: the first ten, each as noun and slug.
        by: Vec<String>,
    },
    /// A token was to have a name that another has or had.
    #[error(
        "The name {0:?} is taken, by a token, perhaps a revoked one, or by a command: names sign revisions, so none is given twice. Choose another."
    )]
    NameTaken(String),
    /// No token has that name.
    #[error("There is no token named {0:?}.")]
    TokenNotFound(String),
    /// Whoever asks may not do that.
    #[error("This needs the role {}, and you have {}: send `Authorization: Bearer` and the secret of a token that has it.", .needs.word(), .has.word())]
    Forbidden {
        /// The least role that may.
        needs: Role,
        /// The role of whoever asks.
        has: Role,
    },
    /// The database cannot be reached.
    #[error("The database cannot be reached at the moment; try again in a few seconds.")]
    Unavailable(Arc<DbErr>),
    /// Another process writes, for longer than anybody should wait.
    #[error("Somebody else is writing, perhaps a long import. Nothing was changed; try again in a few seconds.")]
    Busy(Arc<DbErr>),
    /// The database is there, but where it keeps the catalog something is wrong that people must put right.
    #[error("The database cannot do this at the moment: {what}. Whoever runs the server is told by its log.")]
    Storage {
        /// What is wrong.
        what: &'static str,
        /// The cause.
        cause: Arc<DbErr>,
    },
    /// The time that there is for a request is over.
    #[error("This takes longer than a request may take; ask for less at once.")]
    TimedOut,
    /// The server stops, and cannot wait for this any longer.
    #[error("The server is stopping; try again in a few seconds.")]
    Stopping,
    /// Anything the caller could not have done otherwise.
    #[error("The server failed to answer this; the failure has been logged.")]
    Internal(Arc<dyn std::error::Error + Send + Sync>),
}

/// What is wrong with a field of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands, such as `sizes.0.label`.
    pub field: String,
    /// What is wrong, to be read behind the field.
    pub message: String,
}

fn numbers(numbers: &[i32]) -> String {
    numbers.iter().map(i32::to_string).collect::<Vec<_>>().join(", ")
}

fn join(problems: &[Problem]) -> String {
    let problems = problems.iter().map(|problem| format!("{} {}", problem.field, problem.message));
    problems.collect::<Vec<_>>().join("; ")
}

impl Error {
    /// The code under `extensions.code`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } | Self::NotFoundAsOf { .. } | Self::RevisionNotFound(_) => NOT_FOUND,
            Self::InvalidId(_) => "INVALID_ID",
            Self::InvalidCursor { .. } => "INVALID_CURSOR",
            Self::InvalidPage(_) => "INVALID_PAGE",
            Self::InvalidArgument(_) => "INVALID_ARGUMENT",
            Self::InvalidDocument { .. } => "INVALID_DOCUMENT",
            Self::AlreadyExists { .. } => "ALREADY_EXISTS",
            Self::Conflict { .. } | Self::RevertConflict { .. } => "CONFLICT",
            Self::IdempotencyKeyReused(_) => "IDEMPOTENCY_KEY_REUSED",
            Self::InUse { .. } => "IN_USE",
            Self::NameTaken(_) => "NAME_TAKEN",
            Self::TokenNotFound(_) => NOT_FOUND,
            Self::Forbidden { .. } => FORBIDDEN,
            Self::Unavailable(_) | Self::Busy(_) | Self::Storage { .. } | Self::Stopping => UNAVAILABLE,
            Self::TimedOut => TIMED_OUT,
            Self::Internal(_) => INTERNAL,
        }
    }

    /// What the log should keep beside the message: the cause, where there is one that must not leave the house.
    pub fn cause(&self) -> Option<String> {
        match self {
            Self::Unavailable(cause) | Self::Busy(cause) | Self::Storage { cause, .. } => Some(cause.to_string()),
            Self::Internal(cause) => Some(cause.to_string()),
            _ => None,
        }
    }

    /// Nothing has, or at that time had, the slug.
    pub fn not_found(noun: &'static str, slug: String, time: Option<DateTime<Utc>>) -> Self {
        match time {
            Some(time) => Self::NotFoundAsOf { noun, slug, time },
            None => Self::NotFound { noun, slug },
        }
    }

    /// Something that must not happen, told to the log.
    pub fn internal(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Internal(Arc::new(cause))
    }
}

impl From<seed::SeedError> for Error {
    fn from(error: seed::SeedError) -> Self {
        Self::internal(error)
    }
}
