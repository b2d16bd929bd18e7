//! The stream of revisions, in the order of their commits.

use std::{sync::Arc, time::Duration, vec};

use entity::revision;
use futures_util::{
    StreamExt,
    stream::{self, BoxStream},
};
use moka::future::Cache;
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tokio::{sync::watch, time};

use crate::db::database::Database;
use crate::db::revision_tracker::ClusterState;
use crate::error::{Error, Result};

/// The number of revisions that are read at once and buffered for a subscriber. The next page is read after the subscriber has
/// taken them, so a slow subscriber takes no more memory.
const PAGE_SIZE: u64 = 20;
/// The wait before another read if the database is unavailable, or if a revision that was announced is not visible yet.
const RETRY_INTERVAL: Duration = Duration::from_millis(100);
/// The number of pages that are shared.
const MAX_SHARED_PAGES: u64 = 16;
/// How long a page is shared. All subscribers that have received the same revisions read the next one at the same time.
const SHARED_PAGE_TTL: Duration = Duration::from_secs(2);

/// The rows of a page, the earliest first.
type Page = Vec<Arc<revision::Model>>;

/// The pages that were read last, by the revision before them and the last announced one. Subscribers that wait for the same
/// revision share one read of it. Clones share the pages.
#[derive(Clone)]
pub struct RevisionPages(Cache<(i32, i32), Page>);

impl Default for RevisionPages {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(MAX_SHARED_PAGES).time_to_live(SHARED_PAGE_TTL).build())
    }
}

/// Returns the number of the last revision. It costs no statement while the change listener is connected.
///
/// # Errors
/// The database fails.
pub async fn last_revision(database: &Database) -> Result<i32> {
    let known = database.revision_tracker().state();
    if known.listening {
        return Ok(known.revision);
    }
    let last = Box::pin(revision::Entity::last().one(database.read())).await?;
    Ok(last.map_or(0, |(number, _)| number))
}

/// Returns the revisions after the one with the number `after`: first the existing ones, then each new one that any process
/// commits. Every revision is returned once, in the order of the numbers. The stream does not end; while the database is
/// unavailable it waits.
///
/// # Errors
/// The database fails in another way than being unavailable.
pub fn revision_stream(
    database: Database,
    pages: RevisionPages,
    after: i32,
) -> BoxStream<'static, Result<Arc<revision::Model>>> {
    let state = database.revision_tracker().watch();
    let known = *state.borrow();
    let caught_up = known.listening && known.revision <= after;
    let reader = RevisionReader { database, pages, state, last: after, page: Vec::new().into_iter(), caught_up };
    // Boxed, because the streams and futures around it would each be larger by its size.
    stream::try_unfold(reader, async |mut reader| {
        loop {
            if let Some(row) = reader.page.next() {
                return Ok(Some((row, reader)));
            }
            reader.read_or_wait().await?;
        }
    })
    .boxed()
}

struct RevisionReader {
    database: Database,
    pages: RevisionPages,
    state: watch::Receiver<ClusterState>,
    /// The number of the last revision that was read.
    last: i32,
    page: vec::IntoIter<Arc<revision::Model>>,
    /// Whether there are no more revisions until the tracker announces one: the last page was not full.
    caught_up: bool,
}

impl RevisionReader {
    /// Reads the next page, or waits until there may be another revision.
    async fn read_or_wait(&mut self) -> Result<()> {
        // Marked as seen before the read, so that a revision announced during the read ends the next wait.
        let known = *self.state.borrow_and_update();
        if self.caught_up && known.revision <= self.last {
            if self.state.changed().await.is_err() {
                // The sender is dropped: there will be no more revisions.
                std::future::pending::<()>().await;
            }
            return Ok(());
        }
        // Boxed, so that a subscriber that waits for a revision does not hold the memory of a read.
        match Box::pin(self.read(known)).await {
            Ok(page) => {
                self.caught_up = (page.len() as u64) < PAGE_SIZE;
                self.last = page.last().map_or(self.last, |row| row.number);
                if !page.is_empty() {
                    self.database.revision_tracker().advance(self.last);
                }
                if page.is_empty() && known.revision > self.last {
                    time::sleep(RETRY_INTERVAL).await;
                }
                self.page = page.into_iter();
                Ok(())
            }
            Err(Error::Unavailable(_)) => {
                time::sleep(RETRY_INTERVAL).await;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Reads the page after the last revision, or takes it from the shared pages.
    async fn read(&self, known: ClusterState) -> Result<Page> {
        // Boxed when it is polled, so that only one of those that share a page holds the memory of its read.
        let read = async { Box::pin(read_page(&self.database, self.last)).await };
        // Without the listener, revisions are not announced, and a shared page may lack the latest ones.
        if !known.listening {
            return read.await;
        }
        let key = (self.last, known.revision);
        let page = self.pages.0.try_get_with(key, read).await.map_err(|error| (*error).clone())?;
        let last = page.last().map_or(self.last, |row| row.number);
        if last < known.revision && (page.len() as u64) < PAGE_SIZE {
            self.pages.0.invalidate(&key).await;
        }
        Ok(page)
    }
}

async fn read_page(database: &Database, after: i32) -> Result<Page> {
    let rows = revision::Entity::find()
        .filter(revision::COLUMN.number.gt(after))
        .order_by_asc(revision::COLUMN.number)
        .limit(PAGE_SIZE)
        .all(database.read());
    let rows = database.revision_tracker().fail_if_unavailable(rows).await??;
    Ok(rows.into_iter().map(Arc::new).collect())
}
