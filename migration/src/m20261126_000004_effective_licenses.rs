//! Stores for each size which license, commercial use and release date apply to it: its own, or else those of its model. The
//! commercial use of a model becomes that of its sizes, or VARIES.

use sea_orm_migration::{
    async_trait,
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The new columns of `model_size`.
const COLUMNS: [&str; 5] =
    ["stated_release_date", "release_date", "effective_license_id", "stated_commercial_use", "commercial_use"];

/// Statements that compute the derived values from the stated ones.
const FILL: [&str; 5] = [
    "UPDATE model_size SET
        release_date = (SELECT m.release_date FROM model m WHERE m.id = model_id),
        effective_license_id = COALESCE(license_id, (SELECT m.license_id FROM model m WHERE m.id = model_id))",
    "UPDATE model_size SET commercial_use = COALESCE(
        CASE WHEN license_id IS NULL THEN (SELECT m.stated_commercial_use FROM model m WHERE m.id = model_id) END,
        (SELECT l.commercial_use FROM license l WHERE l.id = effective_license_id),
        'UNKNOWN'
    )",
    "UPDATE model SET commercial_use = COALESCE(
        (
            SELECT CASE WHEN MIN(s.commercial_use) = MAX(s.commercial_use) THEN MIN(s.commercial_use)
                WHEN COUNT(*) > 0 THEN 'VARIES' END
            FROM model_size s WHERE s.model_id = model.id
        ),
        commercial_use
    )",
    "WITH ranked AS (
        SELECT model_id, effective_license_id, ROW_NUMBER() OVER (PARTITION BY model_id ORDER BY parameters, label) AS place
        FROM model_size WHERE effective_license_id IS NOT NULL
    )
    INSERT INTO model_license (model_id, license_id, position)
    SELECT model_id, effective_license_id, ROW_NUMBER() OVER (PARTITION BY model_id ORDER BY MIN(place)) - 1
    FROM ranked GROUP BY model_id, effective_license_id",
    "INSERT INTO model_license (model_id, license_id, position)
    SELECT id, license_id, 0 FROM model
    WHERE license_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM model_size s WHERE s.model_id = model.id)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
        for name in COLUMNS {
            let mut column = ColumnDef::new(name);
            if name == "effective_license_id" {
                column.integer().null();
            } else {
                column.text();
                if is_postgres {
                    column.extra("COLLATE \"C\"");
                }
                if name == "commercial_use" {
                    column.not_null().default("UNKNOWN")
                } else {
                    column.null()
                };
            }
            manager.alter_table(Table::alter().table("model_size").add_column(column).take()).await?;
        }
        if is_postgres {
            db.execute_unprepared("ALTER TABLE model_size ALTER COLUMN commercial_use DROP DEFAULT").await?;
        }
        let mut table = Table::create();
        table.table("model_license");
        for (column, to, on_delete) in
            [("model_id", "model", ForeignKeyAction::Cascade), ("license_id", "license", ForeignKeyAction::Restrict)]
        {
            table.col(ColumnDef::new(column).integer().not_null()).foreign_key(
                ForeignKey::create()
                    .name(format!("fk-model_license-{column}"))
                    .from("model_license", column)
                    .to(to, "id")
                    .on_delete(on_delete),
            );
        }
        table.col(ColumnDef::new("position").integer().not_null());
        manager.create_table(table.primary_key(Index::create().col("model_id").col("license_id")).take()).await?;
        for statement in FILL {
            db.execute_unprepared(statement).await?;
        }
        for (table, column) in [("model_license", "license_id"), ("model_size", "effective_license_id")] {
            let index = Index::create().name(format!("idx-{table}-{column}")).table(table).col(column).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("model_license").to_owned()).await?;
        let index = Index::drop().name("idx-model_size-effective_license_id").table("model_size").to_owned();
        manager.drop_index(index).await?;
        for name in COLUMNS {
            manager.alter_table(Table::alter().table("model_size").drop_column(name).take()).await?;
        }
        let uses = "UPDATE model SET commercial_use = COALESCE(
            stated_commercial_use, (SELECT l.commercial_use FROM license l WHERE l.id = license_id), 'UNKNOWN')";
        manager.get_connection().execute_unprepared(uses).await?;
        Ok(())
    }
}
