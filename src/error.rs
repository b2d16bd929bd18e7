//! The error type of the catalog. Each variant has a code that is part of the API. Its message is sent to clients, so
//! it never contains a cause; causes go to the log.

use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};
use entity::vocabulary::{ProposalStatus, Role};
use sea_orm::DbErr;

/// A result whose error is [`Error`] by default.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The code of [`Error::Forbidden`]. The HTTP status of a response depends on it, as on the codes below.
pub const FORBIDDEN: &str = "FORBIDDEN";

/// The code of errors after which the client may retry: the database is unavailable, or the server stops.
pub const UNAVAILABLE: &str = "SERVICE_UNAVAILABLE";

/// The code of [`Error::NotFound`]. The HTTP status of a page depends on it.
pub const NOT_FOUND: &str = "NOT_FOUND";

/// The code of [`Error::Internal`].
pub const INTERNAL: &str = "INTERNAL";

/// The code of [`Error::TimedOut`].
pub const TIMED_OUT: &str = "TIMEOUT";

/// The code of [`Error::ResponseTooLarge`].
pub const RESPONSE_TOO_LARGE: &str = "RESPONSE_TOO_LARGE";

/// An error with a message for clients.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// No subject has the slug.
    #[error("There is no {subject} with the slug {slug:?}.")]
    NotFound {
        /// The type of the subject, in lower case.
        subject: &'static str,
        /// The slug in the request.
        slug: String,
    },
    /// No subject had the slug at the time.
    #[error("At {} there was no {subject} with the slug {slug:?}.", .time.to_rfc3339_opts(SecondsFormat::AutoSi, true))]
    NotFoundAsOf {
        /// The type of the subject, in lower case.
        subject: &'static str,
        /// The slug in the request.
        slug: String,
        /// The `asOf` time in the request.
        time: DateTime<Utc>,
    },
    /// No checkpoint has the address, or none had it at the time.
    #[error("{} no checkpoint at the address {address:?}.", there_is(*.time))]
    CheckpointNotFound {
        /// The address in the request.
        address: String,
        /// The `asOf` time in the request.
        time: Option<DateTime<Utc>>,
    },
    /// The text is not an id of this catalog.
    #[error("{0:?} is not an id of this catalog. Pass the `id` field of a response unchanged.")]
    InvalidId(String),
    /// The cursor is damaged, or belongs to another list or order.
    #[error(
        "{cursor:?} is not a cursor of this list: {reason}. Pass a `cursor`, `startCursor` or `endCursor` of the same list in the same order unchanged."
    )]
    InvalidCursor {
        /// The cursor in the request.
        cursor: String,
        /// Why it is not valid.
        reason: &'static str,
    },
    /// The page arguments contradict each other or are out of range.
    #[error("{0}")]
    InvalidPage(String),
    /// An argument has the right type but an invalid value.
    #[error("{0}")]
    InvalidArgument(String),
    /// A document has invalid values.
    #[error("{subject} cannot be saved: {}.", join(.problems))]
    InvalidDocument {
        /// The subject that the request tried to save.
        subject: String,
        /// Every problem, each with its field.
        problems: Vec<Problem>,
    },
    /// A subject with the slug exists already.
    #[error("The {subject} with the slug {slug:?} already exists; update it, or choose another slug.")]
    AlreadyExists {
        /// The type of the subject, in lower case.
        subject: &'static str,
        /// The slug that exists.
        slug: String,
    },
    /// The subject has another version than the client expects.
    #[error(
        "The {subject} {slug:?} is at version {current}, not {expected}: someone else has changed it. Read it again."
    )]
    Conflict {
        /// The type of the subject, in lower case.
        subject: &'static str,
        /// Its slug.
        slug: String,
        /// The version that the client expects.
        expected: i32,
        /// The version of the subject.
        current: i32,
    },
    /// No revision has the number.
    #[error("There is no revision {0}.")]
    RevisionNotFound(i32),
    /// Later revisions changed the subject of the revision that the request tried to revert.
    #[error("Later revisions changed the same subject: {}. Revert those first, or set `force`.", numbers(.later))]
    RevertConflict {
        /// The number of the revision to revert.
        number: i32,
        /// The numbers of the later revisions.
        later: Vec<i32>,
    },
    /// The `Idempotency-Key` was sent with another request before.
    #[error(
        "The Idempotency-Key {0:?} was sent with another request in the last 24 hours; use a new key for each request."
    )]
    IdempotencyKeyReused(String),
    /// Other subjects refer to the subject that the request tried to delete.
    #[error("The {subject} {slug:?} is in use by {}; change those first.", .by.join(", "))]
    InUse {
        /// The type of the subject, in lower case.
        subject: &'static str,
        /// Its slug.
        slug: String,
        /// The first ten subjects that refer to it, each as type and slug.
        by: Vec<String>,
    },
    /// The name belongs to another token, which may be revoked, or is reserved.
    #[error(
        "The name {0:?} is taken by an active or revoked token, or reserved for a command: revisions are signed with names, so no name is used twice. Choose another."
    )]
    NameTaken(String),
    /// No token has the name.
    #[error("There is no token named {0:?}.")]
    TokenNotFound(String),
    /// The role of the client does not permit the operation.
    #[error("This requires the role {}, but you have {}: send `Authorization: Bearer` with the secret of a token that has it.", .needs.word(), .has.word())]
    Forbidden {
        /// The lowest role that permits it.
        needs: Role,
        /// The role of the client.
        has: Role,
    },
    /// The server takes no proposals.
    #[error("This server takes no proposals: the setting PROPOSALS is off.")]
    ProposalsOff,
    /// The queue of proposals is full.
    #[error(
        "{0} proposals are open, which is the most that this server keeps; try again once editors have decided on some."
    )]
    QueueFull(u32),
    /// No proposal has the id.
    #[error("There is no proposal with this id.")]
    ProposalNotFound,
    /// The proposal is not open any more.
    #[error("The proposal is {}: only an OPEN one can be accepted, rejected or withdrawn.", .0.word())]
    ProposalDecided(ProposalStatus),
    /// Fields that a proposal changes have changed since.
    #[error("The catalog has changed where the proposal changes it: {}. Read its changes again, and reject it or set `force`.", .0.join(", "))]
    ProposalConflict(Vec<String>),
    /// Another subject has a slug by which a proposal means a subject.
    #[error(
        "The proposal means the {subject} that had the slug {slug:?} when it was made, which another one has now. Reject it, and propose the change again."
    )]
    ProposalMeansAnother {
        /// The name of the type of the subject.
        subject: &'static str,
        /// The slug.
        slug: String,
    },
    /// The client did not make the proposal that it tried to withdraw.
    #[error(
        "Only the proposer can withdraw a proposal: send its token, or the `secret` that `proposeChange` returned."
    )]
    NotProposer,
    /// The database cannot be reached.
    #[error("The database cannot be reached at the moment; try again in a few seconds.")]
    Unavailable(Arc<DbErr>),
    /// Other requests have used all connections for longer than a request waits.
    #[error("The server is busy with other requests; try again in a few seconds.")]
    Overloaded,
    /// Another process has held the write lock for longer than a request waits.
    #[error("Another process is writing, perhaps a long import. Nothing was changed; try again in a few seconds.")]
    Busy(Arc<DbErr>),
    /// The storage of the database fails, and an operator must repair it.
    #[error("The database cannot do this at the moment: {reason}. The server log has details.")]
    Storage {
        /// The failure, such as "its disk is full".
        reason: &'static str,
        /// The error of the database.
        cause: Arc<DbErr>,
    },
    /// A newer version of the program has migrated the database.
    #[error(
        "The database was migrated by a newer version of this program: it has the migration {0:?}. Run that version, or restore a backup from before it."
    )]
    NewerSchema(String),
    /// The response has more bytes than a response may have.
    #[error(
        "The response is larger than {limit} bytes, where each value counts as 32 or more: request fewer rows or fields at once.{}",
        if *.executed { " The mutation was executed." } else { "" }
    )]
    ResponseTooLarge {
        /// The largest number of bytes.
        limit: usize,
        /// Whether a mutation was executed, whose changes may be committed.
        executed: bool,
    },
    /// The request exceeded its deadline.
    #[error("This takes longer than the request timeout; request less at once.")]
    TimedOut,
    /// The server shuts down and does not complete the request.
    #[error("The server is stopping; try again in a few seconds.")]
    Stopping,
    /// A failure of the server that no other request would avoid.
    #[error("The request failed with an internal error; the server log has details.")]
    Internal(Arc<dyn std::error::Error + Send + Sync>),
}

/// A problem with a field of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The path of the field, such as `sizes.0.label`.
    pub field: String,
    /// The problem, as the rest of a sentence that begins with the field.
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
    /// Returns the code for `extensions.code`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. }
            | Self::NotFoundAsOf { .. }
            | Self::CheckpointNotFound { .. }
            | Self::RevisionNotFound(_)
            | Self::ProposalNotFound => NOT_FOUND,
            Self::InvalidId(_) => "INVALID_ID",
            Self::InvalidCursor { .. } => "INVALID_CURSOR",
            Self::InvalidPage(_) => "INVALID_PAGE",
            Self::InvalidArgument(_) => "INVALID_ARGUMENT",
            Self::InvalidDocument { .. } => "INVALID_DOCUMENT",
            Self::AlreadyExists { .. } => "ALREADY_EXISTS",
            Self::Conflict { .. }
            | Self::RevertConflict { .. }
            | Self::ProposalDecided(_)
            | Self::ProposalConflict(_)
            | Self::ProposalMeansAnother { .. } => "CONFLICT",
            Self::IdempotencyKeyReused(_) => "IDEMPOTENCY_KEY_REUSED",
            Self::InUse { .. } => "IN_USE",
            Self::NameTaken(_) => "NAME_TAKEN",
            Self::TokenNotFound(_) => NOT_FOUND,
            Self::ProposalsOff => "PROPOSALS_OFF",
            Self::QueueFull(_) => "QUEUE_FULL",
            Self::Forbidden { .. } | Self::NotProposer => FORBIDDEN,
            Self::Unavailable(_)
            | Self::Overloaded
            | Self::Busy(_)
            | Self::Storage { .. }
            | Self::NewerSchema(_)
            | Self::Stopping => UNAVAILABLE,
            Self::ResponseTooLarge { .. } => RESPONSE_TOO_LARGE,
            Self::TimedOut => TIMED_OUT,
            Self::Internal(_) => INTERNAL,
        }
    }

    /// Returns the problems of the document that could not be saved.
    ///
    /// # Errors
    /// The error is not about one document.
    pub fn problems(self) -> Result<Vec<Problem>> {
        let problem = |field: &str, message: String| Ok(vec![Problem { field: field.to_owned(), message }]);
        match self {
            Self::InvalidDocument { problems, .. } => Ok(problems),
            Self::AlreadyExists { subject, slug } => problem("slug", format!("is that of another {subject}: {slug:?}")),
            Self::NotFound { subject, slug } => problem("", format!("there is no {subject} {slug:?}")),
            error => Err(error),
        }
    }

    /// Returns the cause for the log. Clients must not see it.
    pub fn cause(&self) -> Option<String> {
        match self {
            Self::Unavailable(cause) | Self::Busy(cause) | Self::Storage { cause, .. } => Some(cause.to_string()),
            Self::Internal(cause) => Some(cause.to_string()),
            _ => None,
        }
    }

    /// Returns the error for a slug that no subject has, or had at `time`.
    pub fn not_found(subject: &'static str, slug: String, time: Option<DateTime<Utc>>) -> Self {
        match time {
            Some(time) => Self::NotFoundAsOf { subject, slug, time },
            None => Self::NotFound { subject, slug },
        }
    }

    /// Wraps a failure of the server.
    pub fn internal(cause: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Internal(Arc::new(cause))
    }
}

impl From<seed::SeedError> for Error {
    fn from(error: seed::SeedError) -> Self {
        Self::internal(error)
    }
}

/// Returns the beginning of a sentence about what there is, or was at a time.
fn there_is(time: Option<DateTime<Utc>>) -> String {
    match time {
        Some(time) => format!("At {} there was", time.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        None => "There is".to_owned(),
    }
}
