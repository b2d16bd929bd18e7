//! Creates the table of the results of mutations with an `Idempotency-Key`, so that a retry returns the stored result.

use sea_orm_migration::{async_trait, prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let text = |name: &'static str| {
            let mut column = ColumnDef::new(name);
            column.text();
            if manager.get_database_backend() == DbBackend::Postgres {
                column.extra("COLLATE \"C\"");
            }
            column.not_null().take()
        };
        let table = Table::create()
            .table("idempotency_key")
            .col(text("actor"))
            .col(text("key"))
            .col(text("field"))
            .col(text("request_hash"))
            .col(ColumnDef::new("result").json_binary().not_null())
            .col(ColumnDef::new("created_at").timestamp_with_time_zone().not_null())
            .primary_key(Index::create().col("actor").col("key").col("field"))
            .take();
        manager.create_table(table).await?;
        let index =
            Index::create().name("idx-idempotency_key-created_at").table("idempotency_key").col("created_at").take();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("idempotency_key").to_owned()).await
    }
}
