//! How long the work for a request may go on. Whatever works for it knows, down to the statements, which the database ends
//! by itself when the time is over: a future that is dropped would leave them running.

use std::{
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use futures_util::task::{FutureObj, Spawn, SpawnError};
use sea_orm::sqlx::{self, AssertSqlSafe, Executor, PgConnection, SqliteConnection};
use tokio::{
    task::JoinSet,
    time::{self, Instant},
};
use tracing::Instrument;

/// When work ends.
#[derive(Clone, Copy, Debug)]
pub enum Deadline {
    /// When it is done.
    None,
    /// At a time.
    At(Instant),
    /// It goes on, but whoever borrows a connection for it has so much time.
    PerStatement(Duration),
}

/// Work, as those who help with it know it.
#[derive(Clone, Debug)]
struct WorkContext {
    limit: Deadline,
    /// Goes when somebody stops to wait for it.
    wanted: Weak<()>,
}

tokio::task_local! {
    static WORK: WorkContext;
}

/// How many steps SQLite takes before it looks at the clock: about a tenth of a millisecond.
const SQLITE_PROGRESS_STEPS: i32 = 10_000;
/// How long a PostgreSQL connection may take to answer before another takes its place.
const LIVENESS_TIMEOUT: Duration = Duration::from_secs(1);

/// Does work within a limit. Without one it takes as long as it takes.
pub async fn scope<T>(limit: Deadline, work: impl Future<Output = T>) -> T {
    let wanted = Arc::new(());
    WORK.scope(WorkContext { limit, wanted: Arc::downgrade(&wanted) }, work).await
}

fn work() -> Option<WorkContext> {
    WORK.try_with(WorkContext::clone).ok()
}

impl WorkContext {
    /// When what a connection is borrowed for must end.
    fn until(&self) -> Option<Instant> {
        match self.limit {
            Deadline::None => None,
            Deadline::At(until) => Some(until),
            Deadline::PerStatement(time) => Some(Instant::now() + time),
        }
    }
}

/// Has SQLite end what a connection does when the time of whoever borrows it is over, or nobody waits for it any more.
pub(crate) async fn limit_sqlite(connection: &mut SqliteConnection) -> sqlx::Result<()> {
    let work = work();
    let until = work.as_ref().and_then(WorkContext::until);
    let mut handle = connection.lock_handle().await?;
    match work.zip(until) {
        Some((WorkContext { wanted, .. }, until)) => {
            handle.set_progress_handler(SQLITE_PROGRESS_STEPS, move || {
                wanted.strong_count() > 0 && Instant::now() < until
            });
        }
        None => handle.remove_progress_handler(),
    }
    Ok(())
}

/// Has PostgreSQL end what a connection does when the time of whoever borrows it is over. That it answers tells too that
/// the connection is alive.
pub(crate) async fn limit_postgres(connection: &mut PgConnection) -> sqlx::Result<()> {
    let until = work().and_then(|work| work.until());
    let left = until.map(|until| until.saturating_duration_since(Instant::now()).as_millis().max(1));
    let set = format!("SET statement_timeout = {}", left.unwrap_or(0));
    match time::timeout(LIVENESS_TIMEOUT, connection.execute(AssertSqlSafe(set))).await {
        Ok(done) => done.map(drop),
        Err(_) => Err(sqlx::Error::PoolTimedOut),
    }
}

/// Tasks that help with a request: they have its time, and end with it.
#[derive(Debug, Default)]
pub(crate) struct RequestSpawner(Mutex<JoinSet<()>>);

impl Spawn for RequestSpawner {
    fn spawn_obj(&self, work: FutureObj<'static, ()>) -> Result<(), SpawnError> {
        let mut tasks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while tasks.try_join_next().is_some() {}
        match crate::db::deadline::work() {
            Some(of) => tasks.spawn(WORK.scope(of, work).in_current_span()),
            None => tasks.spawn(work.in_current_span()),
        };
        Ok(())
    }
}
