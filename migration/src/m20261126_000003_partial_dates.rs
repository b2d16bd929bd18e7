//! Makes release dates texts with the precision of their source: "2023", "2023-07" or "2023-07-18".

use sea_orm_migration::{
    async_trait,
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The expressions of the indexes by release date, before and after this migration: those of unknown dates sort last or first.
const OLD: [(&str, &str); 2] =
    [("order-model-release_date_last", "'9999-12-31'"), ("order-model-release_date_first", "'0001-01-01'")];
const NEW: [(&str, &str); 2] = [("order-model-release_date_last", "'~'"), ("order-model-release_date_first", "''")];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut column = ColumnDef::new("release_date");
        column.text().null();
        if manager.get_database_backend() == DbBackend::Postgres {
            column.extra("COLLATE \"C\"");
        }
        replace_column(manager, &column, "CAST(released_on AS TEXT)", &NEW).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // A date of which only the month or the year is known becomes unknown.
        let days = match manager.get_database_backend() {
            DbBackend::Postgres => "CASE WHEN LENGTH(released_on) = 10 THEN CAST(released_on AS DATE) END",
            _ => "CASE WHEN LENGTH(released_on) = 10 THEN released_on END",
        };
        replace_column(manager, ColumnDef::new("release_date").date().null(), days, &OLD).await
    }
}

/// Replaces the column with the release date and its indexes. `value` is the SQL of the new value, from the old one in
/// `released_on`.
async fn replace_column(
    manager: &SchemaManager<'_>,
    column: &ColumnDef,
    value: &str,
    indexes: &[(&str, &str)],
) -> Result<(), DbErr> {
    let db = manager.get_connection();
    for (name, _) in indexes {
        db.execute_unprepared(&format!("DROP INDEX \"{name}\"")).await?;
    }
    let rename = Table::alter().table("model").rename_column("release_date", "released_on").take();
    manager.alter_table(rename).await?;
    manager.alter_table(Table::alter().table("model").add_column(column.clone()).take()).await?;
    db.execute_unprepared(&format!("UPDATE model SET release_date = {value} WHERE released_on IS NOT NULL")).await?;
    manager.alter_table(Table::alter().table("model").drop_column("released_on").take()).await?;
    for (name, unknown) in indexes {
        let index = format!("CREATE INDEX \"{name}\" ON model (COALESCE(release_date, {unknown}), id)");
        db.execute_unprepared(&index).await?;
    }
    Ok(())
}
