//! The catalog as it stood at a time: the same tables under other definitions.
//!
//! A statement about the past is one about the present behind a WITH clause that says what each table held then. So
//! nobody who builds a statement knows of the past, and what the present can be asked, the past can be asked too.

mod tables;

use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use entity::revision;
use futures_util::future::BoxFuture;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, EntityTrait, ExecResult, QueryFilter, QueryOrder,
    QueryResult, QuerySelect, Statement,
    sea_query::{Value, Values},
};

use crate::db::database::Database;
use crate::error::Result;

/// What the catalog is read from: its tables, or what they held after a revision.
pub struct ReadView {
    database: Database,
    revision: Option<i32>,
    /// Whether it keeps to the database itself. What was read there may be newer than what a replica holds, and what belongs
    /// together is not read in the one and then, as it was before, in the other.
    pinned_to_primary: AtomicBool,
}

impl ReadView {
    /// The catalog as it is.
    pub fn now(database: Database) -> Self {
        Self { database, revision: None, pinned_to_primary: AtomicBool::new(false) }
    }

    /// The catalog as it stood at a time: empty before its first revision, and as it is now at a time to come.
    ///
    /// # Errors
    /// The database fails.
    pub async fn at(database: Database, time: DateTime<Utc>) -> Result<Self> {
        // SQLite compares times as text, which is right up to the end of the year 9999.
        let time = DateTime::from_timestamp(253_402_300_799, 0).map_or(time, |end| time.min(end));
        let last = revision::Entity::find()
            .select_only()
            .column(revision::Column::Number)
            .filter(revision::COLUMN.created_at.lte(time))
            // By time first, as its index has it; the revisions of one change have one time.
            .order_by_desc(revision::COLUMN.created_at)
            .order_by_desc(revision::COLUMN.number);
        let number = last.into_tuple().one(database.read()).await?;
        Ok(Self { database, revision: Some(number.unwrap_or(0)), pinned_to_primary: AtomicBool::new(false) })
    }

    /// Whether it is the catalog as it is.
    pub fn is_now(&self) -> bool {
        self.revision.is_none()
    }

    /// The database, for those who write.
    pub fn database(&self) -> &Database {
        &self.database
    }

    fn db(&self) -> &DatabaseConnection {
        self.database.read()
    }

    /// What a query comes to: on the replica where that holds what this view shows, else in the database itself.
    async fn query<T>(&self, statement: Statement, query: Query<T>) -> Result<T, DbErr> {
        let Some(replica) = self.database.replica() else {
            return query(self.db(), self.rewrite_as_of(statement)).await;
        };
        let tells_numbers = statement.sql.contains(REVISION_TABLE);
        let statement = self.rewrite_as_of(statement);
        // Numbers of revisions are read where they come from. A replica may hold one that its primary does not show yet, and
        // whoever was told of it could then be answered with what was before it.
        if !tells_numbers && !self.pinned_to_primary.load(Ordering::Relaxed) {
            if let Some(least) = self.required_revision()
                && let Some(server) = replica.ready_for(least).await
                && let Some(answer) = replica.run(&server, query(server.db(), statement.clone())).await
            {
                return answer;
            }
            self.pinned_to_primary.store(true, Ordering::Relaxed);
        }
        replica.count_primary_read();
        query(self.db(), statement).await
    }

    /// The revision that whoever is read from must hold; none where that is not known.
    fn required_revision(&self) -> Option<i32> {
        // What was is not changed by what came later.
        self.revision.or_else(|| {
            let known = self.database.revision_tracker().state();
            known.listening.then_some(known.revision)
        })
    }

    /// The statement that asks a view what `statement` asks the tables.
    fn rewrite_as_of(&self, statement: Statement) -> Statement {
        let statement = inline_limit(statement);
        let Some(revision) = self.revision else { return statement };
        let tables = tables::definitions(statement.db_backend);
        // A bound number leaves one text, and so one prepared plan, for every time. It comes last: on PostgreSQL the others
        // are counted, and on SQLite, where this is a name, they are taken in their order.
        let mut values = statement.values.map_or_else(Vec::new, |values| values.0);
        values.push(revision.into());
        let parameter = format!("${}", values.len());
        let sql = format!("{}{}", tables.replace("{number}", &parameter), statement.sql);
        Statement { sql, values: Some(Values(values)), db_backend: statement.db_backend }
    }
}

/// Sends a statement.
type Query<T> = for<'c> fn(&'c DatabaseConnection, Statement) -> BoxFuture<'c, Result<T, DbErr>>;

/// What statements have in them that tell numbers of revisions.
const REVISION_TABLE: &str = "FROM \"revision\"";

/// The statement with the number of rows that it ends with in its text: as a parameter it has SQLite prepare the statement
/// anew each time. Pages come in few lengths.
fn inline_limit(mut statement: Statement) -> Statement {
    let Some(Values(values)) = &mut statement.values else { return statement };
    let Some(Value::BigUnsigned(Some(limit))) = values.last() else { return statement };
    let limit = *limit;
    let parameter = match statement.db_backend {
        DbBackend::Postgres => format!("LIMIT ${}", values.len()),
        _ => "LIMIT ?".to_owned(),
    };
    if let Some(before) = statement.sql.strip_suffix(&parameter) {
        statement.sql = format!("{before}LIMIT {limit}");
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
    DbErr::Custom("a view is only read".to_owned())
}
