//! Adds provenance: columns of subjects, sizes and revisions, and the table of facts in conflict; and the reasons of revisions.

use sea_orm_migration::{
    async_trait,
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The tables with facts that evidence can be about.
const TABLES: [&str; 5] = ["model", "model_size", "dataset", "license", "organization"];

/// The counts in the tables.
const COUNTS: [&str; 3] = ["source_count", "conflict_count", "unsourced_count"];

/// The indexes: of facts in conflict, those that are current, those of a subject and those at a revision; of sources by address.
const INDEXES: [&str; 4] = [
    "CREATE INDEX \"idx-conflict-current\" ON conflict (removed_revision, id)",
    "CREATE INDEX \"idx-conflict-subject\" ON conflict (subject_id, subject_type, part, field)",
    "CREATE INDEX \"idx-conflict-added\" ON conflict (added_revision, id)",
    "CREATE INDEX \"idx-source-url\" ON source (url)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
        let text = |name: &'static str| {
            let mut column = ColumnDef::new(name);
            column.text();
            if is_postgres {
                column.extra("COLLATE \"C\"");
            }
            column.take()
        };
        let integer = |name: &'static str| ColumnDef::new(name).integer().take();
        for table in TABLES {
            let columns = [text("lowest_confidence")].into_iter().chain(COUNTS.map(integer));
            for mut column in columns {
                manager.alter_table(Table::alter().table(table).add_column(column.null()).take()).await?;
            }
            let index = format!(
                "CREATE INDEX \"idx-{table}-conflicting\" ON {table} (conflict_count, id) WHERE conflict_count > 0"
            );
            manager.get_connection().execute_unprepared(&index).await?;
        }
        for mut column in [text("reason"), ColumnDef::new("provenance").json_binary().take()] {
            manager.alter_table(Table::alter().table("revision").add_column(column.null()).take()).await?;
        }
        let agrees = ColumnDef::new("agrees").boolean().null().take();
        manager.alter_table(Table::alter().table("evidence").add_column(agrees).take()).await?;
        let conflict = Table::create()
            .table("conflict")
            .col(ColumnDef::new("id").integer().not_null().auto_increment().primary_key())
            .col(text("subject_type").not_null())
            .col(integer("subject_id").not_null())
            .col(text("part").not_null())
            .col(text("field").not_null())
            .col(ColumnDef::new("contradicted").boolean().not_null())
            .col(integer("added_revision").not_null())
            .col(integer("removed_revision").null())
            .take();
        manager.create_table(conflict).await?;
        for index in INDEXES {
            manager.get_connection().execute_unprepared(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared("DROP INDEX \"idx-source-url\"").await?;
        manager.drop_table(Table::drop().table("conflict").to_owned()).await?;
        manager.alter_table(Table::alter().table("evidence").drop_column("agrees").take()).await?;
        for column in ["provenance", "reason"] {
            manager.alter_table(Table::alter().table("revision").drop_column(column).take()).await?;
        }
        for table in TABLES {
            manager.get_connection().execute_unprepared(&format!("DROP INDEX \"idx-{table}-conflicting\"")).await?;
            for column in COUNTS.into_iter().chain(["lowest_confidence"]) {
                manager.alter_table(Table::alter().table(table).drop_column(column).take()).await?;
            }
        }
        Ok(())
    }
}
