//! What the past needs to be asked like the present: the texts that lists are ordered and searched by, as they were after
//! each revision, and indexes by which a slug leads to who had it, and a time to the last revision of then.

use sea_orm_migration::{
    async_trait,
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TEXTS: [&str; 3] = ["name_key", "search_text", "lent_text"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in TEXTS {
            let mut column = ColumnDef::new(name);
            column.text().null();
            if manager.get_database_backend() == DbBackend::Postgres {
                column.extra("COLLATE \"C\"");
            }
            // SQLite adds one column at a time.
            manager.alter_table(Table::alter().table("revision").add_column(column).take()).await?;
        }
        let slug = Index::create()
            .name("idx-revision-slug")
            .table("revision")
            .col("subject_type")
            .col("subject_slug")
            .col("number")
            .take();
        manager.create_index(slug).await?;
        // The last of many revisions of one change, which have one time.
        manager.drop_index(Index::drop().name("idx-revision-created_at").table("revision").to_owned()).await?;
        let time = Index::create().name("idx-revision-time").table("revision").col("created_at").col("number").take();
        manager.create_index(time).await?;
        // Empty but for revisions of a server that does not know the texts yet: those are found without a search.
        let bare = "CREATE INDEX \"idx-revision-bare\" ON revision (number, subject_type) \
                    WHERE after IS NOT NULL AND name_key IS NULL";
        manager.get_connection().execute_unprepared(bare).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["idx-revision-bare", "idx-revision-time", "idx-revision-slug"] {
            manager.drop_index(Index::drop().name(name).table("revision").to_owned()).await?;
        }
        let time = Index::create().name("idx-revision-created_at").table("revision").col("created_at").take();
        manager.create_index(time).await?;
        for name in TEXTS {
            manager.alter_table(Table::alter().table("revision").drop_column(name).take()).await?;
        }
        Ok(())
    }
}
