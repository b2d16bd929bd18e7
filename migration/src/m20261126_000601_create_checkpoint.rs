//! Creates the table of checkpoints.

use sea_orm_migration::{
    async_trait,
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "checkpoint";

/// The columns with texts, and whether a value is required.
const TEXTS: [(&str, bool); 18] = [
    ("repository_key", true),
    ("hub", true),
    ("revision", true),
    ("path", true),
    ("repository", true),
    ("size_label", false),
    ("variant", false),
    ("converted_from", false),
    ("format", false),
    ("quantization", false),
    ("stated_commercial_use", false),
    ("commercial_use", true),
    ("stated_release_date", false),
    ("release_date", false),
    ("stated_status", false),
    ("status", false),
    ("stated_knowledge_cutoff", false),
    ("knowledge_cutoff", false),
];

/// The columns with the ids of other rows, with the table if there is a foreign key, and the action on deletion.
const KEYS: [(&str, Option<&str>, ForeignKeyAction); 5] = [
    ("model_id", Some("model"), ForeignKeyAction::Cascade),
    ("size_id", Some("model_size"), ForeignKeyAction::SetNull),
    ("license_id", Some("license"), ForeignKeyAction::Restrict),
    ("effective_license_id", None, ForeignKeyAction::NoAction),
    ("use_license_id", None, ForeignKeyAction::NoAction),
];

/// The indexes of the orders.
const ORDERS: [(&str, &str); 5] = [
    ("order-checkpoint-repository", "repository_key"),
    ("order-checkpoint-bytes_last", "COALESCE(bytes, 9223372036854775807)"),
    ("order-checkpoint-bytes_first", "COALESCE(bytes, -1)"),
    ("order-checkpoint-release_date_last", "COALESCE(release_date, '~')"),
    ("order-checkpoint-release_date_first", "COALESCE(release_date, '')"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
        let mut table = Table::create();
        table.table(TABLE).col(ColumnDef::new("id").integer().not_null().auto_increment().primary_key());
        for (column, to, on_delete) in KEYS {
            let mut definition = ColumnDef::new(column);
            definition.integer();
            if column == "model_id" {
                definition.not_null()
            } else {
                definition.null()
            };
            table.col(&mut definition);
            if let Some(to) = to {
                let mut key = ForeignKey::create();
                key.name(format!("fk-{TABLE}-{column}")).from(TABLE, column).to(to, "id").on_delete(on_delete);
                table.foreign_key(&mut key);
            }
        }
        for (column, required) in TEXTS {
            let mut definition = ColumnDef::new(column);
            definition.text();
            if required {
                definition.not_null()
            } else {
                definition.null()
            };
            if is_postgres {
                definition.extra("COLLATE \"C\"");
            }
            table.col(&mut definition);
        }
        for column in ["bytes", "parameters"] {
            table.col(ColumnDef::new(column).big_integer().null());
        }
        for column in ["gated", "official"] {
            table.col(ColumnDef::new(column).boolean().null());
        }
        for column in
            ["stated_context_length", "context_length", "stated_extended_context_length", "extended_context_length"]
        {
            table.col(ColumnDef::new(column).integer().null());
        }
        for column in ["stated_modalities", "modalities"] {
            table.col(ColumnDef::new(column).json_binary().null());
        }
        manager.create_table(table).await?;
        let address = ["repository_key", "hub", "path", "revision"];
        let mut unique = Index::create();
        unique.name("idx-checkpoint-address").table(TABLE).unique();
        for column in address {
            unique.col(column);
        }
        manager.create_index(unique).await?;
        for (column, ..) in KEYS {
            let index = Index::create().name(format!("idx-{TABLE}-{column}")).table(TABLE).col(column).take();
            manager.create_index(index).await?;
        }
        for (name, key) in ORDERS {
            let index = format!("CREATE INDEX \"{name}\" ON {TABLE} ({key}, id)");
            manager.get_connection().execute_unprepared(&index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table(TABLE).take()).await
    }
}
