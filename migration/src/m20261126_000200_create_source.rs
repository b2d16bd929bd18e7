//! Creates the table of sources: the documents that facts rest on.

use sea_orm_migration::{
    async_trait,
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The foreign keys and the tables that they refer to, each with an index.
const REFERENCES: [(&str, &str); 3] =
    [("publisher_id", "organization"), ("license_id", "license"), ("derived_from_id", "source")];

/// The sort keys of lists: index name and expression. Each index has `id` as its last column, to break ties. The nullable
/// column has two keys: one sorts null last and one sorts it first.
const ORDERS: [(&str, &str); 5] = [
    ("name", "name_key"),
    ("published_at_last", "COALESCE(published_at, '~')"),
    ("published_at_first", "COALESCE(published_at, '')"),
    ("created_at", "created_at"),
    ("updated_at", "updated_at"),
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
        let time = |name: &'static str| ColumnDef::new(name).timestamp_with_time_zone().not_null().take();
        let mut table = Table::create();
        table
            .table("source")
            .col(ColumnDef::new("id").integer().not_null().auto_increment().primary_key())
            .col(text("slug").unique_key())
            .col(text("name"))
            .col(text("name_key"))
            .col(text("search_text"))
            .col(ColumnDef::new("version").integer().not_null())
            .col(time("created_at"))
            .col(time("updated_at"))
            .col(text("kind"))
            .col(text("url").null())
            .col(text("published_at").null())
            .col(ColumnDef::new("snapshots").json_binary().not_null());
        for (column, to) in REFERENCES {
            table.col(ColumnDef::new(column).integer().null()).foreign_key(
                ForeignKey::create()
                    .name(format!("fk-source-{column}"))
                    .from("source", column)
                    .to(to, "id")
                    .on_delete(ForeignKeyAction::Restrict),
            );
        }
        manager.create_table(table).await?;
        for (column, _) in REFERENCES {
            let index = Index::create().name(format!("idx-source-{column}")).table("source").col(column).take();
            manager.create_index(index).await?;
        }
        for (name, key) in ORDERS {
            // The query builder has no expression indexes for SQLite. The SQL is the same on both databases.
            let sql = format!("CREATE INDEX \"order-source-{name}\" ON source ({key}, id)");
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("source").to_owned()).await
    }
}
