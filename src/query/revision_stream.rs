//! The stream of revisions, in the order of their commits.

use std::{collections::VecDeque, time::Duration};

use entity::revision;
use futures_util::{Stream, stream};
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

/// Returns the revisions after the one with the number `after`: first the existing ones, then each new one that any process
/// commits. Every revision is returned once, in the order of the numbers. The stream does not end; while the database is
/// unavailable it waits.
///
/// # Errors
/// The database fails in another way than being unavailable.
pub fn revision_stream(database: Database, after: i32) -> impl Stream<Item = Result<revision::Model>> + Send {
    let state = database.revision_tracker().watch();
    let reader = RevisionReader { database, state, last: after, page: VecDeque::new(), caught_up: false };
    stream::try_unfold(reader, async |mut reader| {
        while reader.page.is_empty() {
            reader.read_or_wait().await?;
        }
        let next = reader.page.pop_front();
        Ok(next.map(|row| (row, reader)))
    })
}

struct RevisionReader {
    database: Database,
    state: watch::Receiver<ClusterState>,
    /// The number of the last revision that was read.
    last: i32,
    page: VecDeque<revision::Model>,
    /// Whether the last page was not full: then there are no more revisions until the tracker announces one.
    caught_up: bool,
}

impl RevisionReader {
    /// Reads the next page, or waits until there may be another revision.
    async fn read_or_wait(&mut self) -> Result<()> {
        // Marked as seen before the read, so that a revision announced during the read ends the next wait.
        let announced = self.state.borrow_and_update().revision;
        if self.caught_up && announced <= self.last {
            if self.state.changed().await.is_err() {
                // The sender is dropped: there will be no more revisions.
                std::future::pending::<()>().await;
            }
            return Ok(());
        }
        let rows = revision::Entity::find()
            .filter(revision::COLUMN.number.gt(self.last))
            .order_by_asc(revision::COLUMN.number)
            .limit(PAGE_SIZE)
            .all(self.database.read());
        let rows = self.database.revision_tracker().fail_if_unavailable(rows).await;
        match rows.and_then(|rows| Ok(rows?)) {
            Ok(rows) => {
                self.caught_up = (rows.len() as u64) < PAGE_SIZE;
                self.last = rows.last().map_or(self.last, |row| row.number);
                if !rows.is_empty() {
                    self.database.revision_tracker().advance(self.last);
                }
                self.page = rows.into();
                if self.page.is_empty() && announced > self.last {
                    time::sleep(RETRY_INTERVAL).await;
                }
                Ok(())
            }
            Err(Error::Unavailable(_)) => {
                time::sleep(RETRY_INTERVAL).await;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}
