//! Indexes the groups of three characters of the text that search matches in models.

use sea_orm_migration::{
    async_trait,
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The index of SQLite, and the triggers that keep it. It has neither the texts nor the positions in them: `search_text` is compared
/// with what it finds.
const SQLITE: [&str; 5] = [
    "CREATE VIRTUAL TABLE model_text USING fts5 (search_text, content = 'model', content_rowid = 'id',
         tokenize = 'trigram', detail = none, columnsize = 0)",
    "INSERT INTO model_text (model_text) VALUES ('rebuild')",
    "CREATE TRIGGER model_text_insert AFTER INSERT ON model BEGIN
         INSERT INTO model_text (rowid, search_text) VALUES (NEW.id, NEW.search_text);
     END",
    "CREATE TRIGGER model_text_delete AFTER DELETE ON model BEGIN
         INSERT INTO model_text (model_text, rowid, search_text) VALUES ('delete', OLD.id, OLD.search_text);
     END",
    "CREATE TRIGGER model_text_update AFTER UPDATE OF search_text ON model WHEN OLD.search_text <> NEW.search_text BEGIN
         INSERT INTO model_text (model_text, rowid, search_text) VALUES ('delete', OLD.id, OLD.search_text);
         INSERT INTO model_text (rowid, search_text) VALUES (NEW.id, NEW.search_text);
     END",
];
const SQLITE_DOWN: [&str; 4] = [
    "DROP TRIGGER model_text_update",
    "DROP TRIGGER model_text_delete",
    "DROP TRIGGER model_text_insert",
    "DROP TABLE model_text",
];

/// The index of PostgreSQL. Its extension is part of every distribution, and the owner of a database may create it. Without it search
/// reads every model.
const POSTGRES: [&str; 1] = ["DO $$ BEGIN
         CREATE EXTENSION IF NOT EXISTS pg_trgm;
         CREATE INDEX \"text-model-search_text\" ON model USING gin (search_text gin_trgm_ops);
     EXCEPTION WHEN insufficient_privilege OR feature_not_supported OR undefined_file OR undefined_object THEN
         RAISE WARNING 'search has no index: %', SQLERRM;
     END $$"];
/// The extension stays: other schemas of the database may use it.
const POSTGRES_DOWN: [&str; 1] = ["DROP INDEX IF EXISTS \"text-model-search_text\""];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, &SQLITE, &POSTGRES).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, &SQLITE_DOWN, &POSTGRES_DOWN).await
    }
}

async fn execute(manager: &SchemaManager<'_>, sqlite: &[&str], postgres: &[&str]) -> Result<(), DbErr> {
    let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
    for statement in if is_postgres { postgres } else { sqlite } {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}
