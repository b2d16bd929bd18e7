//! Creates the table of proposals, and adds the proposers of revisions.

use sea_orm_migration::{
    async_trait,
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The indexes: of the queue of each status, of the proposals of a token, and of the proposal that made a revision.
const INDEXES: [&str; 3] = [
    "CREATE INDEX \"idx-proposal-queue\" ON proposal (status, id)",
    "CREATE INDEX \"idx-proposal-of_proposer\" ON proposal (proposer, id)",
    "CREATE INDEX \"idx-proposal-revision\" ON proposal (revision)",
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
        let time = |name: &'static str| ColumnDef::new(name).timestamp_with_time_zone().take();
        let json = |name: &'static str| ColumnDef::new(name).json_binary().not_null().take();
        let table = Table::create()
            .table("proposal")
            .col(ColumnDef::new("id").integer().not_null().auto_increment().primary_key())
            .col(text("status").not_null())
            .col(text("proposer").null())
            .col(text("secret_hash").null())
            .col(text("contact").null())
            .col(text("reason").not_null())
            .col(time("created_at").not_null())
            .col(text("subject_type").not_null())
            .col(ColumnDef::new("subject_id").integer().null())
            .col(json("input"))
            .col(json("edits"))
            .col(json("evidence"))
            .col(time("decided_at").null())
            .col(text("decided_by").null())
            .col(text("decision").null())
            .col(ColumnDef::new("revision").integer().null())
            .take();
        manager.create_table(table).await?;
        for index in INDEXES {
            manager.get_connection().execute_unprepared(index).await?;
        }
        manager.alter_table(Table::alter().table("revision").add_column(text("proposer").null()).take()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("revision").drop_column("proposer").take()).await?;
        manager.drop_table(Table::drop().table("proposal").to_owned()).await
    }
}
