//! Creates the table of evidence: what sources say about facts, with the revisions that added and removed it.

use sea_orm_migration::{
    async_trait,
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The indexes: of the current evidence of a subject, of that at a revision, of a source, and of what a revision added and removed.
const INDEXES: [&str; 5] = [
    "CREATE INDEX \"idx-evidence-current\" ON evidence (subject_id, subject_type, id) WHERE removed_revision IS NULL",
    "CREATE INDEX \"idx-evidence-subject\" ON evidence (subject_id, subject_type, added_revision)",
    "CREATE INDEX \"idx-evidence-source\" ON evidence (source_id, id)",
    "CREATE INDEX \"idx-evidence-added\" ON evidence (added_revision, id)",
    "CREATE INDEX \"idx-evidence-removed\" ON evidence (removed_revision, id) WHERE removed_revision IS NOT NULL",
];

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
        let integer = |name: &'static str| ColumnDef::new(name).integer().not_null().take();
        let table = Table::create()
            .table("evidence")
            .col(ColumnDef::new("id").integer().not_null().auto_increment().primary_key())
            .col(text("subject_type"))
            .col(integer("subject_id"))
            .col(text("part"))
            .col(text("field"))
            .col(text("value").null())
            .col(text("stance"))
            .col(integer("source_id"))
            .col(text("locator").null())
            .col(text("quote").null())
            .col(ColumnDef::new("accessed").date().null())
            .col(text("confidence"))
            .col(text("qualifier").null())
            .col(text("rank"))
            .col(text("reason").null())
            .col(integer("added_revision"))
            .col(integer("removed_revision").null())
            .take();
        manager.create_table(table).await?;
        for index in INDEXES {
            manager.get_connection().execute_unprepared(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("evidence").to_owned()).await
    }
}
