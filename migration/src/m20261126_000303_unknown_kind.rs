//! Lets the kind of a model be unknown.

use sea_orm_migration::{
    async_trait,
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        match manager.get_database_backend() {
            DbBackend::Postgres => run(manager, &["ALTER TABLE model ALTER COLUMN kind DROP NOT NULL"]).await,
            _ => {
                run(
                    manager,
                    &[
                        "ALTER TABLE model RENAME COLUMN kind TO known_kind",
                        "ALTER TABLE model ADD COLUMN kind text",
                        "UPDATE model SET kind = known_kind",
                        "ALTER TABLE model DROP COLUMN known_kind",
                    ],
                )
                .await
            }
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Before, models of unknown kind were stored as foundation models.
        match manager.get_database_backend() {
            DbBackend::Postgres => {
                run(
                    manager,
                    &[
                        "UPDATE model SET kind = 'FOUNDATION' WHERE kind IS NULL",
                        "ALTER TABLE model ALTER COLUMN kind SET NOT NULL",
                    ],
                )
                .await
            }
            _ => {
                run(
                    manager,
                    &[
                        "ALTER TABLE model RENAME COLUMN kind TO any_kind",
                        "ALTER TABLE model ADD COLUMN kind text NOT NULL DEFAULT 'FOUNDATION'",
                        "UPDATE model SET kind = any_kind WHERE any_kind IS NOT NULL",
                        "ALTER TABLE model DROP COLUMN any_kind",
                    ],
                )
                .await
            }
        }
    }
}

async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    for statement in statements {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}
