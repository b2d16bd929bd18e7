//! The change log: which subjects the last revisions changed. Cached values are checked against it.
//!
//! It is read from the table `revision`, after each move of the revision tracker, so it is the same in every process and
//! has the changes of all. A change of a subject that changes rows of others, which have no revision of their own, counts as a
//! change of those.

use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicI32, Ordering},
    },
    time::Duration,
};

use ahash::RandomState;
use entity::{revision, vocabulary::SubjectType};
use sea_orm::{DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value as Json;
use tokio::time;

use crate::db::database::Database;
use crate::db::revision_tracker::{ClusterState, RevisionTracker};
use crate::query::dependencies::{Dependencies, LIST_KEYS, SubjectKey, TYPES, type_index};

/// The number of revisions that are read at once.
const PAGE_SIZE: u64 = 50;
/// The largest number of revisions that are read to catch up. After more, such as those of an import, the log starts anew.
const MAX_REVISIONS: i32 = 1_000;
/// The largest number of subjects in the log. After more it starts anew.
const MAX_SUBJECTS: usize = 100_000;
/// The wait before revisions are read again that could not be read, or are not visible yet.
const RETRY_INTERVAL: Duration = Duration::from_millis(20);

/// The changes of the last revisions. Clones share them.
#[derive(Clone, Debug)]
pub struct ChangeLog {
    tracker: RevisionTracker,
    changes: Arc<RwLock<Changes>>,
}

#[derive(Debug, Default)]
struct Changes {
    /// Whether the log has started.
    started: bool,
    /// The log has all changes after this revision,
    after: i32,
    /// up to this one.
    until: i32,
    types: [TypeChanges; TYPES],
    /// The last revision of each subject.
    subjects: HashMap<SubjectKey, i32, RandomState>,
}

/// The last revisions that changed subjects of a type.
#[derive(Clone, Copy, Debug, Default)]
struct TypeChanges {
    /// The last one that changed anything.
    any: i32,
    /// The last one that created or deleted a subject.
    members: i32,
    /// The last one that changed a key of [`LIST_KEYS`].
    keys: [i32; LIST_KEYS.len()],
    /// The last one that may have changed every subject.
    all: i32,
}

/// The time for which a cached value is valid: from the revision that it was read at until the first one that may have changed
/// it. Clones share the last revision that was checked.
#[derive(Clone, Debug)]
pub struct Validity {
    /// The last revision for which the value is known to be valid.
    until: Arc<AtomicI32>,
    dependencies: Arc<Dependencies>,
}

impl Validity {
    /// Creates the validity of a value that was read after the catalog had `revision`.
    pub fn since(revision: i32, dependencies: Dependencies) -> Self {
        Self { until: Arc::new(AtomicI32::new(revision)), dependencies: Arc::new(dependencies) }
    }

    /// Returns what the value was read from.
    pub fn dependencies(&self) -> &Dependencies {
        &self.dependencies
    }

    /// Returns the memory in bytes.
    pub fn bytes(&self) -> usize {
        self.dependencies.bytes() + size_of::<AtomicI32>() + 64
    }
}

impl ChangeLog {
    /// Creates the log. It is empty until [`ChangeLog::follow`] runs, and no value is valid for longer than its own revision.
    pub fn new(tracker: RevisionTracker) -> Self {
        Self { tracker, changes: Arc::default() }
    }

    /// Returns the current state of the catalog.
    pub fn state(&self) -> ClusterState {
        self.tracker.state()
    }

    /// Returns whether a value is valid after a revision. This is checked once for each revision, not at each use.
    pub fn is_valid(&self, validity: &Validity, revision: i32) -> bool {
        let until = validity.until.load(Ordering::Relaxed);
        if until >= revision {
            return true;
        }
        let changes = self.changes.read().unwrap_or_else(PoisonError::into_inner);
        let valid =
            changes.until >= revision && until >= changes.after && !changes.affect(&validity.dependencies, until);
        if valid {
            validity.until.fetch_max(revision, Ordering::Relaxed);
        }
        valid
    }

    /// Reads the changes of each new revision until the database is closed.
    pub async fn follow(self, database: Database) {
        tokio::select! {
            () = self.read_changes(&database) => {}
            () = database.wait_closed() => {}
        }
    }

    async fn read_changes(&self, database: &Database) {
        let mut states = self.tracker.watch();
        loop {
            let state = *states.borrow_and_update();
            // Until the change listener is connected, no cached value is used.
            if state.listening && !self.catch_up(database, state.revision).await.unwrap_or(false) {
                time::sleep(RETRY_INTERVAL).await;
                continue;
            }
            if states.changed().await.is_err() {
                return;
            }
        }
    }

    /// Reads the changes up to a revision. Returns whether all were visible.
    async fn catch_up(&self, database: &Database, revision: i32) -> Result<bool, DbErr> {
        loop {
            let until = {
                let mut changes = self.changes.write().unwrap_or_else(PoisonError::into_inner);
                if !changes.started || revision - changes.until > MAX_REVISIONS {
                    *changes = Changes { started: true, after: revision, until: revision, ..Changes::default() };
                }
                changes.until
            };
            if until >= revision {
                return Ok(true);
            }
            let rows = revision::Entity::find()
                .filter(revision::COLUMN.number.gt(until))
                .order_by_asc(revision::COLUMN.number)
                .limit(PAGE_SIZE)
                .all(database.listener())
                .await?;
            let mut changes = self.changes.write().unwrap_or_else(PoisonError::into_inner);
            for row in &rows {
                // Numbers have no gaps: one that is missing is not visible yet.
                if row.number != changes.until + 1 {
                    return Ok(false);
                }
                changes.add(row);
            }
            if rows.is_empty() {
                return Ok(false);
            }
        }
    }
}

impl Changes {
    fn add(&mut self, row: &revision::Model) {
        let index = type_index(row.subject_type);
        self.until = row.number;
        if self.subjects.len() >= MAX_SUBJECTS {
            self.subjects.clear();
            self.after = row.number;
        }
        // There are at most 8 types.
        self.subjects.insert((u8::try_from(index).unwrap_or_default(), row.subject_id), row.number);
        let changes = &mut self.types[index];
        changes.any = row.number;
        match (&row.before, &row.after) {
            (Some(before), Some(after)) => {
                for (changed, key) in changes.keys.iter_mut().zip(LIST_KEYS) {
                    if before.get(key) != after.get(key) {
                        *changed = row.number;
                    }
                }
            }
            _ => changes.members = row.number,
        }
        let models = &mut self.types[type_index(SubjectType::Model)];
        match row.subject_type {
            // The permission of a license is in the rows of the models, sizes and checkpoints that it applies to.
            SubjectType::License if changes_permission(row.before.as_ref(), row.after.as_ref()) => {
                (models.any, models.all) = (row.number, row.number);
            }
            // Search finds models by the names of their makers.
            SubjectType::Organization => models.any = row.number,
            // The provenance and the conflicts of all subjects that cite a source are in their rows.
            SubjectType::Source => {
                for changes in &mut self.types {
                    (changes.any, changes.all) = (row.number, row.number);
                }
            }
            _ => {}
        }
    }

    /// Returns whether a revision after `since` may have changed something.
    fn affect(&self, dependencies: &Dependencies, since: i32) -> bool {
        let by_type = self.types.iter().enumerate().any(|(index, changes)| {
            let by_list = dependencies
                .list(index)
                .is_some_and(|mut keys| changes.members > since || keys.any(|key| changes.keys[key] > since));
            by_list || dependencies.has_type(index) && changes.any > since
        });
        by_type
            || dependencies.subjects().iter().any(|subject| {
                self.types[usize::from(subject.0)].all > since
                    || self.subjects.get(subject).is_some_and(|last| *last > since)
            })
    }
}

/// Returns whether a revision of a license changed what it permits.
fn changes_permission(before: Option<&Json>, after: Option<&Json>) -> bool {
    let permission = |document: Option<&Json>| document.map(|document| document.get("commercialUse").cloned());
    permission(before) != permission(after)
}
