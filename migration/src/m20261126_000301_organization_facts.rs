//! Adds the aliases, country, kind and homepage of organizations.

use sea_orm_migration::{async_trait, prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The new text columns of `organization`.
const TEXTS: [&str; 3] = ["country", "kind", "homepage"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
        let aliases = ColumnDef::new("aliases").json_binary().not_null().default("[]").take();
        manager.alter_table(Table::alter().table("organization").add_column(aliases).take()).await?;
        if is_postgres {
            let db = manager.get_connection();
            db.execute_unprepared("ALTER TABLE organization ALTER COLUMN aliases DROP DEFAULT").await?;
        }
        for name in TEXTS {
            let mut column = ColumnDef::new(name);
            column.text().null();
            if is_postgres {
                column.extra("COLLATE \"C\"");
            }
            manager.alter_table(Table::alter().table("organization").add_column(column).take()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in TEXTS.into_iter().chain(["aliases"]) {
            manager.alter_table(Table::alter().table("organization").drop_column(name).take()).await?;
        }
        Ok(())
    }
}
