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

/// Indexes before this step and after it. What tells most comes first: without statistics SQLite takes an index that begins
/// with the type for a good way to find one subject, and reads all of that type.
const OLD: [(&str, &[&str]); 2] =
    [("idx-revision-subject", &["subject_type", "subject_id", "number"]), ("idx-revision-created_at", &["created_at"])];
const NEW: [(&str, &[&str]); 3] = [
    ("idx-revision-id", &["subject_id", "subject_type", "number"]),
    ("idx-revision-slug", &["subject_slug", "subject_type", "number"]),
    // The revisions of one change have one time; the last of them is found at once.
    ("idx-revision-time", &["created_at", "number"]),
];

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
        swap(manager, &OLD, &NEW).await?;
        // Empty but for revisions of a server that does not know the texts yet: those are found without a search.
        let bare = "CREATE INDEX \"idx-revision-bare\" ON revision (number, subject_type) \
                    WHERE after IS NOT NULL AND name_key IS NULL";
        manager.get_connection().execute_unprepared(bare).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("idx-revision-bare").table("revision").to_owned()).await?;
        swap(manager, &NEW, &OLD).await?;
        for name in TEXTS {
            manager.alter_table(Table::alter().table("revision").drop_column(name).take()).await?;
        }
        Ok(())
    }
}

/// Drops some indexes of `revision` and makes others.
async fn swap(manager: &SchemaManager<'_>, drop: &[(&str, &[&str])], make: &[(&str, &[&str])]) -> Result<(), DbErr> {
    for (name, _) in drop {
        manager.drop_index(Index::drop().name(*name).table("revision").to_owned()).await?;
    }
    for (name, columns) in make {
        let mut index = Index::create();
        index.name(*name).table("revision");
        for column in *columns {
            index.col((*column).to_owned());
        }
        manager.create_index(index).await?;
    }
    Ok(())
}
