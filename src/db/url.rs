//! Database URLs.

use std::{fmt, path::PathBuf, str::FromStr};

use url::Url;

/// The URL of a database. It is printed without its password.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A SQLite file. It is created if it does not exist.
    Sqlite(PathBuf),
    /// A database of a PostgreSQL server.
    Postgres(Url),
}

impl DatabaseUrl {
    /// Sets the password of a PostgreSQL user, encoded as a URL requires. An empty password and a SQLite file change nothing.
    pub fn set_password(&mut self, password: &str) {
        if let Self::Postgres(url) = self
            && !password.is_empty()
        {
            // The library encodes every other character. It fails only for URLs without a host, which have no user either.
            let _ = url.set_password(Some(&password.replace('%', "%25")));
        }
    }
}

impl FromStr for DatabaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            let (path, parameters) = path.split_once('?').unwrap_or((path, "mode=rwc"));
            if parameters != "mode=rwc" {
                return Err(format!("the parameters ?{parameters} are not supported; the file is read and written"));
            }
            return match path {
                "" => Err("the path after sqlite: is missing".to_owned()),
                ":memory:" => Err("a SQLite database in memory is lost with its connection".to_owned()),
                path => Ok(Self::Sqlite(path.into())),
            };
        }
        match Url::parse(text) {
            Ok(url) if matches!(url.scheme(), "postgres" | "postgresql") => Ok(Self::Postgres(url)),
            Ok(url) => Err(format!("{}: is not supported", url.scheme())),
            Err(_) => Err("it is not a URL".to_owned()),
        }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => {
                let mut url = url.clone();
                if url.password().is_some() {
                    // Fails only for URLs that cannot have a password, and this one has one.
                    let _ = url.set_password(Some("***"));
                }
                write!(f, "{url}")
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
