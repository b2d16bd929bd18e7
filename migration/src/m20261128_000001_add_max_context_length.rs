//! Adds the longest context of each model, by which models are ordered.

use sea_orm_migration::{async_trait, prelude::*, sea_orm::ConnectionTrait};

#[derive(DeriveMigrationName)]
pub struct Migration;

const FILL: &str = "UPDATE model SET max_context_length = COALESCE((SELECT MAX(model_size.context_length) FROM model_size \
    WHERE model_size.model_id = model.id), model.context_length)";

/// The names of the indexes, and the number that unknown contexts are sorted as.
const INDEXES: [(&str, i32); 2] =
    [("order-model-max_context_length_last", i32::MAX), ("order-model-max_context_length_first", -1)];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = ColumnDef::new("max_context_length").integer().null().take();
        manager.alter_table(Table::alter().table("model").add_column(column).take()).await?;
        let connection = manager.get_connection();
        connection.execute_unprepared(FILL).await?;
        for (name, unknown) in INDEXES {
            let index = format!("CREATE INDEX \"{name}\" ON model (COALESCE(max_context_length, {unknown}), id)");
            connection.execute_unprepared(&index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, _) in INDEXES {
            manager.get_connection().execute_unprepared(&format!("DROP INDEX \"{name}\"")).await?;
        }
        manager.alter_table(Table::alter().table("model").drop_column("max_context_length").take()).await
    }
}
