//! Adds to revisions what `asOf` queries need: the sort and search texts of the subject after each revision, and
//! indexes that find the subject of a slug and the last revision at a time.

use sea_orm_migration::{
    async_trait,
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TEXTS: [&str; 3] = ["name_key", "search_text", "lent_text"];

/// The indexes before and after this migration. The most selective column comes first: without statistics SQLite would
/// find one subject by an index that begins with the type, and read all rows of that type.
const OLD: [(&str, &[&str]); 2] =
    [("idx-revision-subject", &["subject_type", "subject_id", "number"]), ("idx-revision-created_at", &["created_at"])];
const NEW: [(&str, &[&str]); 3] = [
    ("idx-revision-id", &["subject_id", "subject_type", "number"]),
    ("idx-revision-slug", &["subject_slug", "subject_type", "number"]),
    // The revisions of one change have the same time; this finds the last of them directly.
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
            // SQLite adds one column per statement.
            manager.alter_table(Table::alter().table("revision").add_column(column).take()).await?;
        }
        replace_indexes(manager, &OLD, &NEW).await?;
        // This index contains only the revisions that a server of an older version writes, without the texts.
        let missing_texts = "CREATE INDEX \"idx-revision-bare\" ON revision (number, subject_type) \
                    WHERE after IS NOT NULL AND name_key IS NULL";
        manager.get_connection().execute_unprepared(missing_texts).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_index(Index::drop().name("idx-revision-bare").table("revision").to_owned()).await?;
        replace_indexes(manager, &NEW, &OLD).await?;
        for name in TEXTS {
            manager.alter_table(Table::alter().table("revision").drop_column(name).take()).await?;
        }
        Ok(())
    }
}

/// Drops indexes of `revision` and creates others.
async fn replace_indexes(
    manager: &SchemaManager<'_>,
    dropped: &[(&str, &[&str])],
    created: &[(&str, &[&str])],
) -> Result<(), DbErr> {
    for (name, _) in dropped {
        manager.drop_index(Index::drop().name(*name).table("revision").to_owned()).await?;
    }
    for (name, columns) in created {
        let mut index = Index::create();
        index.name(*name).table("revision");
        for column in *columns {
            index.col((*column).to_owned());
        }
        manager.create_index(index).await?;
    }
    Ok(())
}
