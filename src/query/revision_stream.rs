//! Revisions as they are committed.

use std::{collections::VecDeque, time::Duration};

use entity::revision;
use futures_util::{Stream, stream};
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tokio::{sync::watch, time};

use crate::db::database::Database;
use crate::db::revision_tracker::ClusterState;
use crate::error::{Error, Result};

/// The most revisions that are held for a reader. It asks for more when it has taken them, however slow it is.
const PAGE: u64 = 20;
/// How long to wait where the database is away, or a revision that was announced is not to be seen yet.
const PAUSE: Duration = Duration::from_millis(100);

/// The revisions behind the one with the number `after`: those there are, then each that is committed by whichever process.
/// Every one comes once and in order. Goes on for ever; where the database is away it waits.
pub fn revision_stream(database: Database, after: i32) -> impl Stream<Item = Result<revision::Model>> + Send {
    let head = database.revision_tracker().watch();
    let reader = Reader { database, head, last: after, page: VecDeque::new(), level: false };
    stream::try_unfold(reader, async |mut reader| {
        while reader.page.is_empty() {
            reader.read().await?;
        }
        let next = reader.page.pop_front();
        Ok(next.map(|row| (row, reader)))
    })
}

struct Reader {
    database: Database,
    head: watch::Receiver<ClusterState>,
    /// The number of the last revision that was read.
    last: i32,
    page: VecDeque<revision::Model>,
    /// Whether the last page was not full: then there is more only once the head moves on.
    level: bool,
}

impl Reader {
    /// Reads what there is, or waits until there may be something.
    async fn read(&mut self) -> Result<()> {
        // What is announced from here on wakes the wait.
        let known = self.head.borrow_and_update().revision;
        if self.level && known <= self.last {
            if self.head.changed().await.is_err() {
                // Nobody is left to tell.
                std::future::pending::<()>().await;
            }
            return Ok(());
        }
        let rows = revision::Entity::find()
            .filter(revision::COLUMN.number.gt(self.last))
            .order_by_asc(revision::COLUMN.number)
            .limit(PAGE)
            .all(self.database.read());
        let rows = self.database.revision_tracker().fail_if_unavailable(rows).await;
        match rows.and_then(|rows| Ok(rows?)) {
            Ok(rows) => {
                self.level = (rows.len() as u64) < PAGE;
                self.last = rows.last().map_or(self.last, |row| row.number);
                if !rows.is_empty() {
                    self.database.revision_tracker().advance(self.last);
                }
                self.page = rows.into();
                if self.page.is_empty() && known > self.last {
                    time::sleep(PAUSE).await;
                }
                Ok(())
            }
            Err(Error::Unavailable(_)) => {
                time::sleep(PAUSE).await;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}
