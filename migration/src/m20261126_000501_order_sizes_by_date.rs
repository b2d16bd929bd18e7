//! Adds the indexes by which sizes are ordered by release date.

use sea_orm_migration::{async_trait, prelude::*, sea_orm::ConnectionTrait};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The names of the indexes, and the text that unknown dates are sorted as.
const INDEXES: [(&str, &str); 2] =
    [("order-model_size-release_date_last", "'~'"), ("order-model_size-release_date_first", "''")];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, unknown) in INDEXES {
            let index = format!("CREATE INDEX \"{name}\" ON model_size (COALESCE(release_date, {unknown}), id)");
            manager.get_connection().execute_unprepared(&index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, _) in INDEXES {
            manager.get_connection().execute_unprepared(&format!("DROP INDEX \"{name}\"")).await?;
        }
        Ok(())
    }
}
