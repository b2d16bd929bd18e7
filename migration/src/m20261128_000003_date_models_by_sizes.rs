//! Keeps the release date that a source states for a model itself apart from the one that applies, which may be that of its first size.

use sea_orm_migration::{
    async_trait,
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const KEEP: &str = "UPDATE model SET stated_release_date = release_date WHERE release_date IS NOT NULL";
const DERIVE: &str = "UPDATE model SET release_date = (SELECT MIN(model_size.release_date) FROM model_size \
    WHERE model_size.model_id = model.id) WHERE release_date IS NULL";
const RESTORE: &str = "UPDATE model SET release_date = NULL WHERE stated_release_date IS NULL";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut column = ColumnDef::new("stated_release_date");
        column.text().null();
        if manager.get_database_backend() == DbBackend::Postgres {
            column.extra("COLLATE \"C\"");
        }
        manager.alter_table(Table::alter().table("model").add_column(column).take()).await?;
        for statement in [KEEP, DERIVE] {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(RESTORE).await?;
        manager.alter_table(Table::alter().table("model").drop_column("stated_release_date").take()).await
    }
}
