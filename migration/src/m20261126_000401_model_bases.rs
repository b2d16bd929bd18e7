//! Adds the bases of models: the models that each was derived from, with the relation. The base model becomes the first of them.

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
        let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
        let mut table = Table::create();
        table.table("model_base");
        for name in ["model_id", "position", "base_id"] {
            table.col(ColumnDef::new(name).integer().not_null());
        }
        table.col(ColumnDef::new("first_base_id").integer().null());
        for name in ["relation", "base_size", "own_size"] {
            let mut column = ColumnDef::new(name);
            column.text().null();
            if is_postgres {
                column.extra("COLLATE \"C\"");
            }
            table.col(column);
        }
        for (column, on_delete) in [("model_id", ForeignKeyAction::Cascade), ("base_id", ForeignKeyAction::Restrict)] {
            table.foreign_key(
                ForeignKey::create()
                    .name(format!("fk-model_base-{column}"))
                    .from("model_base", column)
                    .to("model", "id")
                    .on_delete(on_delete),
            );
        }
        manager.create_table(table.primary_key(Index::create().col("model_id").col("position")).take()).await?;
        let fill = "INSERT INTO model_base (model_id, position, base_id, first_base_id)
            SELECT id, 0, base_model_id, base_model_id FROM model WHERE base_model_id IS NOT NULL";
        manager.get_connection().execute_unprepared(fill).await?;
        for column in ["base_id", "first_base_id"] {
            let index =
                Index::create().name(format!("idx-model_base-{column}")).table("model_base").col(column).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("model_base").to_owned()).await
    }
}
