//! Deletes the stored responses that have the secret of a token. Since then such responses are stored without it.

use sea_orm_migration::{async_trait, prelude::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let delete = "DELETE FROM idempotency_key WHERE CAST(result AS TEXT) LIKE '%\"olc\\__%' ESCAPE '\\'";
        manager.get_connection().execute_unprepared(delete).await.map(drop)
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }
}
