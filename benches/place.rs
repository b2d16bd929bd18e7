//! Where generated catalogs are: gone after the measurement.

use sea_orm::{ConnectionTrait, DbBackend};
use tempfile::TempDir;

use crate::{arguments::Backend, generate::connect, postgres};

/// What a new PostgreSQL server gets: it keeps what it has committed, as SQLite does here, and has memory for its tables.
const SETTINGS: [&str; 2] = ["shared_buffers=512MB", "max_connections=100"];

/// A database without tables.
pub struct Place {
    pub url: String,
    _folder: Option<TempDir>,
}

impl Place {
    /// A new place; or why there is none.
    pub async fn new(backend: Backend, name: &str) -> Result<Self, &'static str> {
        match backend {
            Backend::Sqlite => {
                let folder = tempfile::tempdir().map_err(|_| "there is no folder for temporary files")?;
                Ok(Self {
                    url: format!("sqlite:{}", folder.path().join("catalog.db").display()),
                    _folder: Some(folder),
                })
            }
            Backend::Postgres => {
                let server = postgres::server(&SETTINGS)?;
                let name = format!("catalog_bench_{}_{name}", std::process::id());
                server.execute(&format!("CREATE DATABASE {name}")).await;
                Ok(Self { url: server.database(&name), _folder: None })
            }
        }
    }

    /// Has PostgreSQL look at what its tables hold by now, as it does by itself a minute later. SQLite never does.
    pub async fn settle(&self) {
        let database = connect(&self.url).await;
        if database.backend() == DbBackend::Postgres {
            database.read().execute_unprepared("VACUUM ANALYZE").await.expect("the owner may");
        }
        database.close().await.expect("the connections close");
    }
}
