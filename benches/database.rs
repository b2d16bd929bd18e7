//! Databases for generated catalogs, removed at the end of the run.

use sea_orm::{ConnectionTrait, DbBackend};
use tempfile::TempDir;

use crate::{arguments::Backend, generate::connect, postgres};

/// Settings of a new PostgreSQL server. `fsync` stays on, as with SQLite here, and the tables fit into memory.
const SETTINGS: [&str; 2] = ["shared_buffers=512MB", "max_connections=100"];

/// A new database without tables.
pub struct TemporaryDatabase {
    pub url: String,
    _folder: Option<TempDir>,
}

impl TemporaryDatabase {
    /// Creates a database. The error says why that is not possible here.
    pub async fn create(backend: Backend, name: &str) -> Result<Self, &'static str> {
        match backend {
            Backend::Sqlite => {
                let folder = tempfile::tempdir().map_err(|_| "there is no folder for temporary files")?;
                Ok(Self {
                    url: format!("sqlite:{}", folder.path().join("catalog.db").display()),
                    _folder: Some(folder),
                })
            }
            Backend::Postgres => {
                let server = postgres::server(&std::env::temp_dir(), &SETTINGS)?;
                let name = format!("catalog_bench_{}_{name}", std::process::id());
                server.execute(&format!("CREATE DATABASE {name}")).await;
                Ok(Self { url: server.database(&name), _folder: None })
            }
        }
    }

    /// Runs `VACUUM ANALYZE` on PostgreSQL, as autovacuum does about a minute later. SQLite has no counterpart to it.
    pub async fn vacuum_analyze(&self) {
        let database = connect(&self.url).await;
        if database.backend() == DbBackend::Postgres {
            database.read().execute_unprepared("VACUUM ANALYZE").await.expect("the owner may vacuum");
        }
        database.close().await.expect("the connections close");
    }
}
