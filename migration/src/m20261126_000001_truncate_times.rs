//! Truncates the times of subjects and revisions to milliseconds, the precision of the API: the time in a response is then the
//! stored one.

use sea_orm_migration::{async_trait, prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

const COLUMNS: [(&str, &str); 11] = [
    ("model", "created_at"),
    ("model", "updated_at"),
    ("dataset", "created_at"),
    ("dataset", "updated_at"),
    ("architecture", "created_at"),
    ("architecture", "updated_at"),
    ("license", "created_at"),
    ("license", "updated_at"),
    ("organization", "created_at"),
    ("organization", "updated_at"),
    ("revision", "created_at"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in COLUMNS {
            let statement = match manager.get_database_backend() {
                DbBackend::Postgres => {
                    format!("UPDATE {table} SET {column} = date_trunc('milliseconds', {column})")
                }
                // The texts have the form 2026-11-26T08:41:39.064214+00:00. Whole seconds have no fraction, or `=` would not
                // find them.
                _ => format!(
                    "UPDATE {table} SET {column} = SUBSTR({column}, 1, CASE SUBSTR({column}, 21, 3) WHEN '000' THEN 19 ELSE 23 END) \
                     || '+00:00' WHERE {column} LIKE '____-__-__T__:__:__.______+00:00'"
                ),
            };
            manager.get_connection().execute_unprepared(&statement).await?;
        }
        Ok(())
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }
}
