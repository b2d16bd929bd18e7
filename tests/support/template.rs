//! The databases that tests start with, made once and then copied: a migrated one, and one with the fixture data as well.

use tokio::sync::OnceCell;

use open_llm_catalog::store::migrate::migrate;

use super::{Backend, TestDatabase, connect, fixture, folder_of_databases, postgres};

/// What a database holds when a test starts.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// The tables, without rows of the catalog.
    Empty,
    /// The documents of [`fixture`], one revision each.
    Fixture,
}

/// The bytes of SQLite files, by content.
static FILES: [OnceCell<Vec<u8>>; 2] = [const { OnceCell::const_new() }; 2];

/// The names of databases on the PostgreSQL server, by content.
static DATABASES: [OnceCell<String>; 2] = [const { OnceCell::const_new() }; 2];

/// Creates the database of a test as a copy.
pub async fn copy(database: &TestDatabase, content: Content) {
    match database {
        TestDatabase::Sqlite(folder) => {
            let bytes = FILES[content as usize].get_or_init(async || {
                let template = make(Backend::Sqlite, content).await;
                let TestDatabase::Sqlite(folder) = template else { unreachable!("it was made on SQLite") };
                std::fs::read(folder.path().join("catalog.db")).expect("the last connection wrote all to the file")
            });
            std::fs::write(folder.path().join("catalog.db"), bytes.await).expect("the folder can be written");
        }
        TestDatabase::Postgres { server, name } => {
            let template = DATABASES[content as usize].get_or_init(async || {
                let template = make(Backend::Postgres, content).await;
                let TestDatabase::Postgres { name, .. } = template else { unreachable!("it was made on PostgreSQL") };
                name
            });
            server.execute(&format!("CREATE DATABASE {name} TEMPLATE {}", template.await)).await;
        }
    }
}

async fn make(backend: Backend, content: Content) -> TestDatabase {
    let template = TestDatabase::new(backend).expect("a test runs there already");
    template.create().await;
    let connections = connect(&template.url()).await;
    migrate(&connections).await.expect("the migrations run");
    if matches!(content, Content::Fixture) {
        fixture::load(&connections).await;
    }
    connections.close().await.expect("the connections close");
    template
}

/// Removes the databases from a server that this process did not start.
pub fn remove() {
    let names = DATABASES.iter().filter_map(OnceCell::get).collect::<Vec<_>>();
    if names.is_empty() {
        return;
    }
    let Ok(server) = postgres::server(&folder_of_databases(), &[]) else { return };
    super::block_on(async {
        for name in names {
            server.execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        }
    });
}
