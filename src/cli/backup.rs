//! The command `backup`: copies a SQLite database.

use std::{
    fs::{File, Permissions, set_permissions},
    io,
    path::PathBuf,
};

use clap::Args;

use crate::cli::Failure;
use crate::cli::export::{temporary_file, write_failure};
use crate::db::database::Database;
use crate::db::url::DatabaseUrl;

/// Copy the SQLite database to a new file, with tokens and history, while the server runs
#[derive(Args)]
pub struct Backup {
    /// File to write; it must not exist
    file: PathBuf,
}

impl Backup {
    /// Checks the arguments before the database is opened, because that would create a missing SQLite file.
    pub fn check(&self, database: &DatabaseUrl) -> Result<(), Failure> {
        match database {
            DatabaseUrl::Postgres(_) => {
                let message = "backup copies SQLite databases; for PostgreSQL run pg_dump --format=custom --file=FILE";
                Err(Failure::Usage(message.to_owned()))
            }
            DatabaseUrl::Sqlite(path) if !path.exists() => Err(Failure::NoCatalog(database.clone())),
            DatabaseUrl::Sqlite(_) if self.file.exists() => {
                Err(write_failure(&self.file)(io::Error::new(io::ErrorKind::AlreadyExists, "the file exists")))
            }
            DatabaseUrl::Sqlite(_) => Ok(()),
        }
    }

    /// Writes the file.
    pub async fn run(&self, database: &Database) -> Result<(), Failure> {
        let fail = write_failure(&self.file);
        let (_folder, part) = temporary_file(&self.file).map_err(&fail)?;
        database.back_up(&part).await?;
        restrict_access(&part).and_then(|()| File::open(&part)?.sync_all()).map_err(&fail)?;
        let part = tempfile::TempPath::try_from_path(part).map_err(&fail)?;
        part.persist_noclobber(&self.file).map_err(|error| fail(error.error))
    }
}

/// Lets only the owner read the file: it has the hashes of tokens.
fn restrict_access(file: &std::path::Path) -> io::Result<()> {
    #[cfg(unix)]
    set_permissions(file, <Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o600))?;
    Ok(())
}
