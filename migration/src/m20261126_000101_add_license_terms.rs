//! Adds the aliases of licenses, whether the Open Source Initiative approved them, and their terms.

use sea_orm_migration::{
    async_trait,
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const COLUMNS: [&str; 3] = ["aliases", "osi_approved", "terms_reviewed"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        // The default is for the rows that exist.
        let aliases = ColumnDef::new("aliases").json_binary().not_null().default("[]").take();
        let osi_approved = ColumnDef::new("osi_approved").boolean().null().take();
        // SQLite adds one column per statement.
        for column in [aliases, osi_approved, text(backend, "terms_reviewed").null().take()] {
            manager.alter_table(Table::alter().table("license").add_column(column).take()).await?;
        }
        if backend == DbBackend::Postgres {
            let drop_default = "ALTER TABLE license ALTER COLUMN aliases DROP DEFAULT";
            manager.get_connection().execute_unprepared(drop_default).await?;
        }
        manager.create_table(terms(backend)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("license_term").take()).await?;
        for column in COLUMNS {
            manager.alter_table(Table::alter().table("license").drop_column(column).take()).await?;
        }
        Ok(())
    }
}

/// The table of the terms of licenses.
fn terms(backend: DbBackend) -> TableCreateStatement {
    let text = |name| self::text(backend, name).null().take();
    let big = |name| ColumnDef::new(name).big_integer().null().take();
    let boolean = |name| ColumnDef::new(name).boolean().null().take();
    let mut license = ForeignKey::create()
        .name("fk-license_term-license_id")
        .from("license_term", "license_id")
        .to("license", "id")
        .on_delete(ForeignKeyAction::Cascade)
        .take();
    let mut table = Table::create();
    table
        .table("license_term")
        .col(ColumnDef::new("id").integer().not_null().auto_increment().primary_key())
        .col(ColumnDef::new("license_id").integer().not_null())
        .col(ColumnDef::new("position").integer().not_null())
        .col(self::text(backend, "effect").not_null())
        .col(boolean("commercial"))
        .col(big("monthly_users_over"))
        .col(big("daily_users_over"))
        .col(big("revenue_usd_over"))
        .col(text("revenue_period"))
        .col(text("counted_on"))
        .col(ColumnDef::new("territories").json_binary().not_null())
        .col(text("territory_basis"))
        .col(boolean("hosting"))
        .col(boolean("trains_on_outputs"))
        .col(text("modality"))
        .col(text("note_zh"))
        .col(text("note_en"))
        .col(text("quote"))
        .foreign_key(&mut license)
        .index(Index::create().unique().name("idx-license_term-position_in_license").col("license_id").col("position"));
    table.take()
}

/// Returns a text column that compares by code point on both databases.
fn text(backend: DbBackend, name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name);
    column.text();
    if backend == DbBackend::Postgres {
        column.extra("COLLATE \"C\"");
    }
    column
}
