//! How a process learns of revisions that other processes commit: PostgreSQL notifies it with each commit, and a SQLite
//! file is polled.

use std::{convert::Infallible, pin::pin, time::Duration};

use entity::revision;
use futures_util::{StreamExt, stream::FuturesUnordered};
use sea_orm::{DbBackend, sqlx};
use sqlx::postgres::{PgListener, PgPoolOptions};
use tokio::time;

use crate::db::database::Database;
use crate::db::revision_tracker::{CHANNEL, Head};

/// How often a SQLite file is looked at.
const LOOK: Duration = Duration::from_millis(25);
/// How long a listener may hear nothing before it is asked for a sign of life.
const SILENCE: Duration = Duration::from_millis(100);
/// How long a sign of life may take before the listener counts as lost.
const PATIENCE: Duration = Duration::from_millis(250);
/// How long there may be no new listener before the database counts as away, where nothing else is answered either. With what
/// it takes to lose the one before it this is less than a second.
const RETURN: Duration = Duration::from_millis(200);
/// The same for a server that begins.
const START: Duration = Duration::from_secs(5);
/// How long an attempt at a listener may take.
const ATTEMPT: Duration = Duration::from_secs(3);
/// How long to wait before another is tried.
const PAUSE: Duration = Duration::from_millis(200);

/// Why nothing is heard any more.
type Lost = Box<dyn std::error::Error + Send + Sync>;

/// Learns of revisions that other processes commit.
pub struct ChangeListener {
    head: Head,
}

impl ChangeListener {
    /// A listener that advances the revision tracker of a database.
    pub fn new(database: &Database) -> Self {
        Self { head: database.head().clone() }
    }

    /// Hears of revisions that other processes commit, and watches how far a replica has come, until the database is closed.
    pub async fn listen(self, database: Database) {
        tokio::select! {
            () = self.listen_on(&database) => {}
            () = database.watch_replica() => {}
            () = database.closed() => {}
        }
    }

    async fn listen_on(&self, database: &Database) {
        // A server that begins has asked nothing yet, and its database may be far.
        let mut patience = START;
        loop {
            let lost: Result<Infallible, Lost> = match database.backend() {
                DbBackend::Postgres => {
                    let listener = self.attach(database, patience).await;
                    self.hear(listener).await
                }
                _ => self.look(database).await,
            };
            let Err(cause) = lost.map_err(|cause| cause.to_string());
            if self.head.hears(false) {
                tracing::warn!(cause, "changes by others are not heard of until the database is back");
            }
            if database.backend() != DbBackend::Postgres {
                time::sleep(PAUSE).await;
            }
            patience = RETURN;
        }
    }

    /// A listener that hears, however long that takes. Several are tried side by side: what hangs on a network that was cut
    /// must not delay the next, and on one that is slow each needs its time.
    async fn attach(&self, database: &Database, patience: Duration) -> PgListener {
        let mut attempts = FuturesUnordered::new();
        let mut next = time::interval(PAUSE);
        let mut patience = pin!(time::sleep(patience));
        let mut waited = false;
        loop {
            let cause = tokio::select! {
                Some(attempt) = attempts.next() => match attempt as Result<_, Lost> {
                    Ok(listener) => return listener,
                    Err(cause) => cause.to_string(),
                },
                _ = next.tick() => {
                    attempts.push(self.try_attach(database));
                    "no connection yet".to_owned()
                }
                () = &mut patience, if !waited => {
                    waited = true;
                    "no connection in time".to_owned()
                }
            };
            // Others may be answered where a listener is not: then there is much to do, and that is all.
            let silence = self.head.silence();
            if waited && u128::from(silence) >= RETURN.as_millis() {
                self.head.leaves(&cause);
            }
        }
    }

    async fn try_attach(&self, database: &Database) -> Result<PgListener, Lost> {
        let attempt = async {
            // A pool for each: what is left of a lost listener would keep the next one waiting.
            let options = database.ear().get_postgres_connection_pool().connect_options();
            let pool = PgPoolOptions::new().max_connections(1).connect_lazy_with((*options).clone());
            let mut listener = PgListener::connect_with(&pool).await?;
            listener.eager_reconnect(false);
            listener.listen(CHANNEL).await?;
            // What was committed before the listener stood was not told to it.
            self.head.reach(last(&mut listener).await?);
            Ok::<_, sqlx::Error>(listener)
        };
        Ok(time::timeout(ATTEMPT, attempt).await??)
    }

    async fn look(&self, database: &Database) -> Result<Infallible, Lost> {
        loop {
            let last = revision::Entity::last().one(database.ear()).await?;
            self.head.reach(last.map_or(0, |(number, _)| number));
            self.head.hears(true);
            time::sleep(LOOK).await;
        }
    }

    async fn hear(&self, mut listener: PgListener) -> Result<Infallible, Lost> {
        loop {
            self.head.hears(true);
            while let Ok(told) = time::timeout(SILENCE, listener.try_recv()).await {
                let told = told?.ok_or("the connection ended")?;
                self.head.reach(told.payload().parse()?);
            }
            // A sign of life.
            self.head.reach(time::timeout(PATIENCE, last(&mut listener)).await??);
        }
    }
}

async fn last(listener: &mut PgListener) -> sqlx::Result<i32> {
    sqlx::query_scalar("SELECT COALESCE(MAX(number), 0) FROM revision").fetch_one(listener).await
}
