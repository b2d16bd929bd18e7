//! Where the catalog stands: the number of its last revision, as far as this process knows.
//!
//! A process knows of its own changes at once. Of those of others it hears: from PostgreSQL by a notification with each
//! commit, from SQLite by looking often, which costs microseconds there.

use std::{
    convert::Infallible,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use entity::revision;
use futures_util::{StreamExt, stream::FuturesUnordered};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, RuntimeErr, sqlx};
use sqlx::postgres::{PgListener, PgPoolOptions};
use tokio::{sync::watch, time};

use super::database::Database;
use crate::error::{Error, Result};

/// The name under which PostgreSQL tells of commits.
const CHANNEL: &str = "open_llm_catalog_revision";
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

/// What a process knows of where the catalog stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The highest number of a revision that it has seen committed; 0 before any.
    pub revision: i32,
    /// Whether it would hear of another.
    pub hearing: bool,
    /// Whether the database is away: nothing it was asked of late has been answered.
    pub away: bool,
    /// What is wrong where the database keeps the catalog, if a request came upon it and it has not gone since.
    pub trouble: Option<&'static str>,
    /// When it was away last. Connections from before that are dead.
    left: Option<Instant>,
}

/// Where the catalog stands. Clones share what they know.
#[derive(Clone, Debug)]
pub struct Head {
    known: watch::Sender<Known>,
    /// When the database answered last, in milliseconds after the beginning.
    answered: Arc<AtomicU64>,
    beginning: Instant,
}

impl Default for Head {
    fn default() -> Self {
        let known = watch::Sender::new(Known::default());
        Self { known, answered: Arc::default(), beginning: Instant::now() }
    }
}

impl Head {
    /// What is known now, and is to come.
    pub fn watch(&self) -> watch::Receiver<Known> {
        self.known.subscribe()
    }

    /// What is known now.
    pub fn known(&self) -> Known {
        *self.known.borrow()
    }

    /// Does what may need the database, unless that is away or goes away meanwhile.
    ///
    /// # Errors
    /// It is away, and what was begun, which is dropped, had to wait.
    pub async fn unless_away<T>(&self, work: impl Future<Output = T>) -> Result<T> {
        tokio::select! {
            biased;
            done = work => Ok(done),
            () = self.gone() => Err(away()),
        }
    }

    /// Completes when the database is away.
    async fn gone(&self) {
        // Fails where nobody is left to tell, and this is somebody.
        let _ = self.watch().wait_for(|known| known.away).await;
    }

    /// Whether a connection of this age is from before the database was away.
    pub(super) fn is_dead(&self, age: Duration) -> bool {
        self.known().left.is_some_and(|left| left.elapsed() <= age)
    }

    /// Notes that something is wrong where the database keeps the catalog.
    pub(super) fn suffers(&self, trouble: &'static str) {
        self.known.send_if_modified(|known| known.trouble.replace(trouble) != Some(trouble));
    }

    /// Notes that nothing is wrong any more.
    pub(super) fn recovers(&self) {
        self.known.send_if_modified(|known| known.trouble.take().is_some());
    }

    /// Notes that the database has answered.
    pub(super) fn answered(&self) {
        self.answered.store(self.now(), Ordering::Relaxed);
    }

    fn now(&self) -> u64 {
        u64::try_from(self.beginning.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Tells everybody in this process that a revision is committed. Who reads one before it was announced tells it too, so that
    /// nothing older is shown from then on.
    pub fn reach(&self, revision: i32) {
        self.known.send_if_modified(|known| {
            let news = revision > known.revision;
            known.revision = known.revision.max(revision);
            news
        });
    }

    /// Has the database tell other processes, as soon as `transaction` is committed.
    pub(super) async fn announce(transaction: &DatabaseTransaction, revision: i32) -> Result<()> {
        if transaction.get_database_backend() == DbBackend::Postgres {
            transaction.execute_unprepared(&format!("NOTIFY {CHANNEL}, '{revision}'")).await?;
        }
        Ok(())
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
            if self.hears(false) {
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
            let silence = self.now().saturating_sub(self.answered.load(Ordering::Relaxed));
            if waited && u128::from(silence) >= RETURN.as_millis() {
                self.leaves(&cause);
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
            self.reach(last(&mut listener).await?);
            Ok::<_, sqlx::Error>(listener)
        };
        Ok(time::timeout(ATTEMPT, attempt).await??)
    }

    /// Notes whether changes by others are heard of. Returns whether that is new.
    fn hears(&self, hearing: bool) -> bool {
        self.known.send_if_modified(|known| {
            let back = hearing && std::mem::replace(&mut known.away, false);
            if back {
                tracing::info!("the database is back");
            }
            std::mem::replace(&mut known.hearing, hearing) != hearing
        })
    }

    /// Notes that the database is away.
    fn leaves(&self, cause: &str) {
        self.known.send_if_modified(|known| {
            known.left = Some(Instant::now());
            let news = !std::mem::replace(&mut known.away, true);
            if news {
                tracing::error!(cause, "the database is away");
            }
            news
        });
    }

    async fn look(&self, database: &Database) -> Result<Infallible, Lost> {
        loop {
            let last = revision::Entity::last().one(database.ear()).await?;
            self.reach(last.map_or(0, |(number, _)| number));
            self.hears(true);
            time::sleep(LOOK).await;
        }
    }

    async fn hear(&self, mut listener: PgListener) -> Result<Infallible, Lost> {
        loop {
            self.hears(true);
            while let Ok(told) = time::timeout(SILENCE, listener.try_recv()).await {
                let told = told?.ok_or("the connection ended")?;
                self.reach(told.payload().parse()?);
            }
            // A sign of life.
            self.reach(time::timeout(PATIENCE, last(&mut listener)).await??);
        }
    }
}

async fn last(listener: &mut PgListener) -> sqlx::Result<i32> {
    sqlx::query_scalar("SELECT COALESCE(MAX(number), 0) FROM revision").fetch_one(listener).await
}

/// That the database is away.
fn away() -> Error {
    DbErr::Conn(RuntimeErr::Internal("the database does not answer".to_owned())).into()
}
