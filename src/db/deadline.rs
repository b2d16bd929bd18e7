//! The deadline of a request. It is a task-local value, applied as the statement timeout of each connection that the
//! request acquires: the database cancels the statement itself, because a dropped future would leave it running.

use std::{
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use sea_orm::sqlx::{self, AssertSqlSafe, Executor, PgConnection, SqliteConnection};
use tokio::{
    task::JoinSet,
    time::{self, Instant},
};
use tracing::Instrument;

/// The time limit of statements.
#[derive(Clone, Copy, Debug)]
pub enum Deadline {
    /// No limit.
    None,
    /// Statements are cancelled at this time.
    At(Instant),
    /// The work has no end, such as a subscription, but each acquired connection has this much time.
    PerStatement(Duration),
}

/// The deadline of the current task and of the tasks it spawns.
#[derive(Clone, Debug)]
struct DeadlineContext {
    deadline: Deadline,
    /// Refers to a value that is dropped when the caller cancels.
    caller: Weak<()>,
}

tokio::task_local! {
    static CONTEXT: DeadlineContext;
}

/// The number of virtual machine instructions between two calls of SQLite's progress handler: about 0.1 ms.
const SQLITE_PROGRESS_STEPS: i32 = 10_000;
/// The maximum response time of a PostgreSQL connection when it is acquired. A slower one is replaced.
const LIVENESS_TIMEOUT: Duration = Duration::from_secs(1);

/// Runs a future with a deadline for its statements. It does not end the future itself.
pub async fn scope<T>(deadline: Deadline, future: impl Future<Output = T>) -> T {
    let caller = Arc::new(());
    CONTEXT.scope(DeadlineContext { deadline, caller: Arc::downgrade(&caller) }, future).await
}

fn current() -> Option<DeadlineContext> {
    CONTEXT.try_with(DeadlineContext::clone).ok()
}

impl DeadlineContext {
    /// Returns the time at which the statements of a connection that is acquired now are cancelled.
    fn expires_at(&self) -> Option<Instant> {
        match self.deadline {
            Deadline::None => None,
            Deadline::At(time) => Some(time),
            Deadline::PerStatement(timeout) => Some(Instant::now() + timeout),
        }
    }
}

/// Returns whether the deadline of the current task has passed.
pub(crate) fn has_passed() -> bool {
    current().and_then(|context| context.expires_at()).is_some_and(|expires_at| expires_at <= Instant::now())
}

/// Sets the progress handler of a SQLite connection: it interrupts statements at the deadline of the current task, or
/// when the caller cancels. Without a deadline it is removed.
pub(crate) async fn limit_sqlite(connection: &mut SqliteConnection) -> sqlx::Result<()> {
    let context = current();
    let expires_at = context.as_ref().and_then(DeadlineContext::expires_at);
    let mut handle = connection.lock_handle().await?;
    match context.zip(expires_at) {
        Some((DeadlineContext { caller, .. }, expires_at)) => {
            handle.set_progress_handler(SQLITE_PROGRESS_STEPS, move || {
                caller.strong_count() > 0 && Instant::now() < expires_at
            });
        }
        None => handle.remove_progress_handler(),
    }
    Ok(())
}

/// Sets `statement_timeout` of a PostgreSQL connection to the time until the deadline of the current task; 0, which is
/// no limit, without a deadline. The round trip is the liveness check of the connection too.
///
/// # Errors
/// The connection fails, or does not respond within [`LIVENESS_TIMEOUT`].
pub(crate) async fn limit_postgres(connection: &mut PgConnection) -> sqlx::Result<()> {
    let expires_at = current().and_then(|context| context.expires_at());
    // PostgreSQL takes 0 as no limit, so an expired deadline is 1 ms.
    let remaining = expires_at.map(|time| time.saturating_duration_since(Instant::now()).as_millis().max(1));
    let statement = format!("SET statement_timeout = {}", remaining.unwrap_or(0));
    match time::timeout(LIVENESS_TIMEOUT, connection.execute(AssertSqlSafe(statement))).await {
        Ok(result) => result.map(drop),
        Err(_) => Err(sqlx::Error::PoolTimedOut),
    }
}

/// Spawns tasks of a request. They inherit its deadline and are aborted when the spawner is dropped.
#[derive(Debug, Default)]
pub(crate) struct RequestSpawner(Mutex<JoinSet<()>>);

impl RequestSpawner {
    /// Spawns a task.
    pub(crate) fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        let mut tasks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        match current() {
            Some(context) => tasks.spawn(CONTEXT.scope(context, future).in_current_span()),
            None => tasks.spawn(future.in_current_span()),
        };
    }
}
