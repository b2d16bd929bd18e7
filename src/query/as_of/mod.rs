//! As-of reads: the catalog as it was after an earlier revision.
//!
//! They work by query rewriting. Each statement gets a WITH clause in front, which defines common table expressions with the
//! names of the tables. The expressions compute the rows of each table after that revision from the table `revision`, and hide
//! the tables of the same names. So statements are built without regard to time, and every query works for every revision.

pub mod snapshot_view;

mod tables;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use entity::revision;
use futures_util::future::BoxFuture;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, EntityTrait, ExecResult, QueryFilter, QueryOrder,
    QueryResult, QuerySelect, Statement,
    sea_query::{SelectStatement, Value, Values},
};

use crate::db::connection_share::ConnectionShare;
use crate::db::database::Database;
use crate::error::Result;

/// A read-only view of the catalog: the current one, or the one after an earlier revision. Statements are sent to a replica
/// if it has replayed the revision that the view needs, otherwise to the primary.
pub struct ReadView {
    database: Database,
    /// The connections that the request of this view may use at once.
    share: Arc<ConnectionShare>,
    /// The number of the last revision that the view contains; none for the current catalog.
    revision: Option<i32>,
    /// Whether all further statements are sent to the primary. Set by the first statement sent there: a replica may lag, and a
    /// request must not read newer rows first and older rows later.
    pinned_to_primary: AtomicBool,
}

impl ReadView {
    /// Returns the view of the current catalog.
    pub fn now(database: Database, share: Arc<ConnectionShare>) -> Self {
        Self { database, share, revision: None, pinned_to_primary: AtomicBool::new(false) }
    }

    /// Returns another view of the same request of the current catalog.
    pub fn again(&self) -> Self {
        Self::now(self.database.clone(), Arc::clone(&self.share))
    }

    /// Returns the view of the same request of the catalog as of a time. It is empty before the first revision; a time in the
    /// future is the last revision, also if revisions have later times because the clock was wrong.
    ///
    /// # Errors
    /// The database fails.
    pub async fn at(&self, time: DateTime<Utc>) -> Result<Self> {
        let (database, share) = (self.database.clone(), Arc::clone(&self.share));
        let number = share.run(revision_at(database.read(), time)).await?;
        Ok(Self { database, share, revision: Some(number), pinned_to_primary: AtomicBool::new(false) })
    }

    /// Returns whether this is the view of the current catalog.
    pub fn is_now(&self) -> bool {
        self.revision.is_none()
    }

    /// Returns the database, for writes.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Executes a statement whose rows are an integer and a text.
    ///
    /// # Errors
    /// The database fails, or a column has another type.
    pub async fn texts(&self, select: &SelectStatement) -> Result<Vec<(i32, String)>, DbErr> {
        let statement = inline_limit(self.get_database_backend().build(select));
        // The tables of as-of reads are computed, which is not short.
        if self.is_now()
            && let Some(rows) = self.database.read_short(&statement)
        {
            return Ok(rows);
        }
        let rows = self.query_all_raw(statement).await?;
        rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
    }

    fn db(&self) -> &DatabaseConnection {
        self.database.read()
    }

    /// Sends a statement once the request may use another connection.
    async fn query<T>(&self, statement: Statement, query: Query<T>) -> Result<T, DbErr> {
        let result = self.share.run(self.route(statement, query)).await;
        result.map_err(|error| self.database.statement_error(error))
    }

    /// Sends a statement to a replica that has replayed the revision of this view, or to the primary.
    async fn route<T>(&self, statement: Statement, query: Query<T>) -> Result<T, DbErr> {
        let Some(replica) = self.database.replica() else {
            return query(self.db(), self.rewrite_as_of(statement)).await;
        };
        // Checked before the rewriting, which adds the table to every statement.
        let reads_revisions = PRIMARY_TABLES.iter().any(|table| statement.sql.contains(table));
        let statement = self.rewrite_as_of(statement);
        // Revisions are always read from the primary. A replica may show a commit before the primary does; a client that knows
        // the number could then read older rows from the primary.
        if !reads_revisions && !self.pinned_to_primary.load(Ordering::Relaxed) {
            if let Some(revision) = self.required_revision()
                && let Some(server) = replica.ready_for(revision).await
                && let Some(result) = replica.run(&server, query(server.db(), statement.clone())).await
            {
                return result;
            }
            self.pinned_to_primary.store(true, Ordering::Relaxed);
        }
        replica.count_primary_read();
        query(self.db(), statement).await
    }

    /// Returns the revision that a replica must have replayed to serve this view: the view's own, because later ones do not
    /// change it, else the last revision of the catalog. None while the change listener is disconnected and that is unknown.
    fn required_revision(&self) -> Option<i32> {
        self.revision.or_else(|| {
            let state = self.database.revision_tracker().state();
            state.listening.then_some(state.revision)
        })
    }

    /// Rewrites a statement on the tables into one on this view.
    fn rewrite_as_of(&self, statement: Statement) -> Statement {
        let statement = inline_limit(statement);
        match self.revision {
            Some(revision) => rewrite(statement, revision),
            None => statement,
        }
    }
}

/// Rewrites a statement on the tables into one on the tables as of a revision, by a WITH clause that redefines the tables.
fn rewrite(statement: Statement, revision: i32) -> Statement {
    let tables = tables::definitions(statement.db_backend);
    // The revision is a parameter, so that one prepared statement serves all revisions. It is the last parameter: on
    // PostgreSQL the others keep their numbers, and on SQLite, where `$n` is a name and the others are `?`, their order.
    let mut values = statement.values.map_or_else(Vec::new, |values| values.0);
    values.push(revision.into());
    let parameter = format!("${}", values.len());
    let sql = format!("{}{}", tables.replace("{number}", &parameter), statement.sql);
    Statement { sql, values: Some(Values(values)), db_backend: statement.db_backend }
}

/// Returns the number of the last revision at a time; 0 before the first. A time in the future is that of the last revision, also
/// if revisions have later times because the clock was wrong.
///
/// # Errors
/// The database fails.
pub async fn revision_at(db: &impl ConnectionTrait, time: DateTime<Utc>) -> Result<i32, DbErr> {
    // SQLite compares times as text, which is correct up to the end of the year 9999.
    let time = DateTime::from_timestamp(253_402_300_799, 0).map_or(time, |end| time.min(end));
    let mut last = revision::Entity::find().select_only().column(revision::Column::Number);
    if time < Utc::now() {
        // By time first, to use the index; all revisions of one transaction have the same time.
        last = last.filter(revision::COLUMN.created_at.lte(time)).order_by_desc(revision::COLUMN.created_at);
    }
    let number = last.order_by_desc(revision::COLUMN.number).into_tuple().one(db).await?;
    Ok(number.unwrap_or(0))
}

/// A function that sends a statement to a connection.
type Query<T> = for<'c> fn(&'c DatabaseConnection, Statement) -> BoxFuture<'c, Result<T, DbErr>>;

/// The SQL that identifies a statement on the tables that are read from the primary: `revision`, and `proposal`, which changes
/// without a revision.
const PRIMARY_TABLES: [&str; 2] = ["FROM \"revision\"", "FROM \"proposal\""];

/// The end of a statement whose last clause is LIMIT: of its own, or of the subquery of `json_rows`.
const AFTER_LIMIT: [&str; 2] = ["", ") AS \"rows\""];

/// Replaces the parameter of a final LIMIT by its value. With a parameter, SQLite would prepare the statement again each time.
/// The number of different statements stays small, because pages have few different sizes.
fn inline_limit(mut statement: Statement) -> Statement {
    let Some(Values(values)) = &mut statement.values else { return statement };
    let Some(Value::BigUnsigned(Some(limit))) = values.last() else { return statement };
    let limit = *limit;
    let parameter = match statement.db_backend {
        DbBackend::Postgres => format!("LIMIT ${}", values.len()),
        _ => "LIMIT ?".to_owned(),
    };
    let before = |end| statement.sql.strip_suffix(end)?.strip_suffix(&parameter).map(|before| (before, end));
    if let Some((before, end)) = AFTER_LIMIT.into_iter().find_map(before) {
        statement.sql = format!("{before}LIMIT {limit}{end}");
        values.pop();
    }
    statement
}

#[async_trait]
impl ConnectionTrait for ReadView {
    fn get_database_backend(&self) -> DbBackend {
        self.db().get_database_backend()
    }

    async fn execute_raw(&self, _: Statement) -> Result<ExecResult, DbErr> {
        Err(read_only())
    }

    async fn execute_unprepared(&self, _: &str) -> Result<ExecResult, DbErr> {
        Err(read_only())
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.query(statement, |db, statement| db.query_one_raw(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.query(statement, |db, statement| db.query_all_raw(statement)).await
    }
}

fn read_only() -> DbErr {
    DbErr::Custom("a read view does not execute writes".to_owned())
}
