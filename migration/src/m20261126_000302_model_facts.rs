//! Adds the languages, purposes, modalities, context, status and knowledge cutoff of models, and the dimensions of sizes. What a size
//! does not state is that of its model.

use sea_orm_migration::{async_trait, prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[derive(Clone, Copy)]
enum Type {
    Integer,
    BigInteger,
    Text,
    Json,
    JsonList,
    /// A text that is not null, with the value of existing rows.
    TextOf(&'static str),
}

/// The new columns of each table.
const COLUMNS: [(&str, &[(&str, Type)]); 2] = [
    (
        "model",
        &[
            ("languages", Type::JsonList),
            ("purposes", Type::JsonList),
            ("context_length", Type::Integer),
            ("extended_context_length", Type::Integer),
            ("status", Type::Text),
            ("knowledge_cutoff", Type::Text),
            ("modalities", Type::Json),
        ],
    ),
    (
        "model_size",
        &[
            // Until now, the number of parameters was by definition that of the label.
            ("parameters_basis", Type::TextOf("LABEL")),
            ("training_tokens_basis", Type::Text),
            ("stated_context_length", Type::Integer),
            ("context_length", Type::Integer),
            ("stated_extended_context_length", Type::Integer),
            ("extended_context_length", Type::Integer),
            ("stated_status", Type::Text),
            ("status", Type::Text),
            ("stated_knowledge_cutoff", Type::Text),
            ("knowledge_cutoff", Type::Text),
            ("stated_modalities", Type::Json),
            ("modalities", Type::Json),
            ("layers", Type::Integer),
            ("hidden_size", Type::Integer),
            ("attention_heads", Type::Integer),
            ("vocabulary_size", Type::Integer),
            ("experts", Type::Integer),
            ("active_experts", Type::Integer),
            ("cache_layers", Type::JsonList),
            ("cache_per_token", Type::BigInteger),
            ("cache_fixed", Type::BigInteger),
            ("cache_per_token_in_windows", Type::BigInteger),
        ],
    ),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
        for (table, columns) in COLUMNS {
            for (name, kind) in columns {
                let mut column = ColumnDef::new(*name);
                match kind {
                    Type::Integer => column.integer().null(),
                    Type::BigInteger => column.big_integer().null(),
                    Type::Text => column.text().null(),
                    Type::Json => column.json_binary().null(),
                    Type::JsonList => column.json_binary().not_null().default("[]"),
                    Type::TextOf(value) => column.text().not_null().default(*value),
                };
                if is_postgres && matches!(kind, Type::Text | Type::TextOf(_)) {
                    column.extra("COLLATE \"C\"");
                }
                manager.alter_table(Table::alter().table(table).add_column(column).take()).await?;
                if is_postgres && matches!(kind, Type::JsonList | Type::TextOf(_)) {
                    let statement = format!("ALTER TABLE {table} ALTER COLUMN {name} DROP DEFAULT");
                    manager.get_connection().execute_unprepared(&statement).await?;
                }
            }
        }
        for (name, unknown) in [("last", "2147483647"), ("first", "-1")] {
            let index = format!(
                "CREATE INDEX \"order-model_size-context_length_{name}\" ON model_size (COALESCE(context_length, {unknown}), id)"
            );
            manager.get_connection().execute_unprepared(&index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["last", "first"] {
            let statement = format!("DROP INDEX \"order-model_size-context_length_{name}\"");
            manager.get_connection().execute_unprepared(&statement).await?;
        }
        for (table, columns) in COLUMNS {
            for (name, _) in columns {
                manager.alter_table(Table::alter().table(table).drop_column(*name).take()).await?;
            }
        }
        Ok(())
    }
}
