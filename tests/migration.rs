//! The migrations create the tables that the entities describe.

use std::collections::BTreeSet;

use libtest_mimic::Trial;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, Schema, Statement};

use crate::{
    support::{App, Backend, TestDatabase},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        migrations_create_the_tables_of_the_entities,
        every_foreign_key_has_an_index,
        text_columns_have_the_collation_c,
        migrations_can_be_reverted_and_applied_again,
    ]
}

async fn migrations_create_the_tables_of_the_entities(app: App) {
    let test_database = TestDatabase::new(backend(&app)).expect("the test runs there already");
    test_database.create().await;
    let db = connect(&test_database.url()).await;
    create(&db, entity::organization::Entity).await;
    create(&db, entity::license::Entity).await;
    create(&db, entity::license_term::Entity).await;
    create(&db, entity::source::Entity).await;
    create(&db, entity::architecture::Entity).await;
    create(&db, entity::dataset::Entity).await;
    create(&db, entity::model::Entity).await;
    create(&db, entity::model_size::Entity).await;
    create(&db, entity::checkpoint::Entity).await;
    create(&db, entity::inherited_license::Entity).await;
    create(&db, entity::model_base::Entity).await;
    create(&db, entity::model_dataset::Entity).await;
    create(&db, entity::model_license::Entity).await;
    create(&db, entity::model_organization::Entity).await;
    create(&db, entity::link::Entity).await;
    create(&db, entity::evidence::Entity).await;
    create(&db, entity::conflict::Entity).await;
    create(&db, entity::reassessment::Entity).await;
    create(&db, entity::revision::Entity).await;
    create(&db, entity::api_token::Entity).await;
    create(&db, entity::idempotency_key::Entity).await;
    create(&db, entity::proposal::Entity).await;
    let meant = shape(&db).await;
    db.close().await.expect("the connections close");
    test_database.remove().await;

    let made = shape(app.database.read()).await;
    let only = |one: &BTreeSet<String>, other: &BTreeSet<String>| one.difference(other).cloned().collect::<Vec<_>>();
    assert_eq!((only(&made, &meant), only(&meant, &made)), (vec![], vec![]), "only migrations and only entities");
    assert!(made.len() > 100, "the shape has every column: {made:?}");
}

async fn create(db: &DatabaseConnection, entity: impl EntityTrait) {
    let schema = Schema::new(db.get_database_backend());
    db.execute(&schema.create_table_from_entity(entity)).await.expect("the table is new");
    for index in schema.create_index_from_entity(entity) {
        db.execute(&index).await.expect("the index is new");
    }
}

/// Columns, keys, foreign keys and indexes, a line each. Left out is what entities cannot say: indexes on expressions and
/// over several columns that are not unique, checks, and the index of texts.
async fn shape(db: &DatabaseConnection) -> BTreeSet<String> {
    let sqlite = "
        WITH tables AS (SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'seaql%' AND name NOT LIKE 'sqlite%'
                            AND name NOT LIKE 'model_text%')
        SELECT t.name || '.' || c.name || ' ' || lower(c.type) || CASE WHEN c.\"notnull\" THEN ' not null' ELSE '' END
               || CASE WHEN c.pk > 0 THEN ' key' ELSE '' END AS line
        FROM tables t JOIN pragma_table_info(t.name) c
        UNION ALL
        SELECT t.name || '.' || f.\"from\" || ' to ' || f.\"table\" || '.' || f.\"to\" || ' on delete ' || f.on_delete
        FROM tables t JOIN pragma_foreign_key_list(t.name) f
        UNION ALL
        SELECT t.name || ' ' || CASE WHEN i.\"unique\" THEN 'unique' ELSE 'index' END || ' ' || group_concat(c.name)
        FROM tables t JOIN pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c
        WHERE i.origin <> 'pk'
        GROUP BY t.name, i.name HAVING i.\"unique\" OR (count(*) = 1 AND max(c.name) IS NOT NULL)";
    let postgres = "
        SELECT c.table_name || '.' || c.column_name || ' ' || c.data_type || CASE c.is_nullable WHEN 'NO' THEN ' not null' ELSE '' END
               || CASE WHEN c.is_identity = 'YES' OR c.column_default IS NOT NULL THEN ' generated' ELSE '' END AS line
        FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.table_name NOT LIKE 'seaql%'
        UNION ALL
        SELECT k.conrelid::regclass || ' ' || pg_get_constraintdef(k.oid)
        FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
        WHERE n.nspname = 'public' AND t.relname NOT LIKE 'seaql%' AND k.contype IN ('p', 'f')
        UNION ALL
        SELECT i.indrelid::regclass || CASE WHEN i.indisunique THEN ' unique ' ELSE ' index ' END
               || (SELECT string_agg(a.attname, ',' ORDER BY u.place) FROM unnest(i.indkey) WITH ORDINALITY u(number, place)
                   JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.number)
        FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
        WHERE n.nspname = 'public' AND t.relname NOT LIKE 'seaql%' AND i.indexprs IS NULL
              AND (i.indisunique OR i.indnatts = 1) AND i.indexrelid::regclass::text NOT LIKE '%text-model%'";
    lines(db, sqlite, postgres).await.into_iter().collect()
}

async fn every_foreign_key_has_an_index(app: App) {
    // A foreign key is served by an index that begins with its column.
    let sqlite = "
        SELECT t.name || '.' || f.\"from\" AS line FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f
        WHERE t.type = 'table' AND NOT EXISTS (
            SELECT 1 FROM pragma_index_list(t.name) i JOIN pragma_index_info(i.name) c WHERE c.seqno = 0 AND c.name = f.\"from\")";
    let postgres = "
        SELECT k.conrelid::regclass || '.' || k.conkey[1] AS line FROM pg_constraint k
        WHERE k.contype = 'f' AND NOT EXISTS (
            SELECT 1 FROM pg_index i WHERE i.indrelid = k.conrelid AND i.indkey[0] = k.conkey[1])";
    assert_eq!(lines(app.database.read(), sqlite, postgres).await, Vec::<String>::new());
}

async fn text_columns_have_the_collation_c(app: App) {
    let sqlite = "
        SELECT name AS line FROM sqlite_master WHERE sql LIKE '%COLLATE%'";
    let postgres = "
        SELECT table_name || '.' || column_name AS line FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name NOT LIKE 'seaql%' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'";
    assert_eq!(lines(app.database.read(), sqlite, postgres).await, Vec::<String>::new());
}

async fn migrations_can_be_reverted_and_applied_again(app: App) {
    let applied = app.database.migrations().await.expect("the database answers");
    let steps = applied.len().try_into().expect("a handful");
    assert!(applied.iter().all(|(_, applied)| *applied), "{applied:?}");
    let before = shape(app.database.read()).await;

    app.database.migrate_down(steps).await.expect("the tables can go");
    let pending = app.database.migrations().await.expect("the database answers");
    assert!(pending.iter().all(|(_, applied)| !applied), "{pending:?}");
    assert_eq!(shape(app.database.read()).await, BTreeSet::new());

    open_llm_catalog::store::migrate::migrate(&app.database).await.expect("the tables can come back");
    assert_eq!(shape(app.database.read()).await, before);
}

fn backend(app: &App) -> Backend {
    if app.database.backend() == DbBackend::Sqlite { Backend::Sqlite } else { Backend::Postgres }
}

async fn connect(url: &str) -> DatabaseConnection {
    let url = if url.starts_with("sqlite") { format!("{url}?mode=rwc") } else { url.to_owned() };
    sea_orm::Database::connect(url).await.expect("the database is there")
}

async fn lines(db: &DatabaseConnection, sqlite: &str, postgres: &str) -> Vec<String> {
    let backend = db.get_database_backend();
    let sql = if backend == DbBackend::Sqlite { sqlite } else { postgres };
    let rows = db.query_all_raw(Statement::from_string(backend, sql)).await.expect("the query is right");
    rows.iter().map(|row| row.try_get("", "line").expect("text")).collect()
}
