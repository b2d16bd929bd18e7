//! API tokens: what lets somebody change the catalog.

use std::fmt;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Datelike, SubsecRound, Utc};
use entity::{api_token, vocabulary::Role};
use sea_orm::{ActiveModelTrait, EntityTrait, QueryFilter, QueryOrder, Set, SqlErr};
use sha2::{Digest, Sha256};

use crate::db::database::Database;
use crate::error::{Error, Result};

/// Names that sign what commands do to the catalog; no token may pass for one.
const RESERVED_NAMES: [&str; 2] = ["import", "seed"];

/// Makes a token for whoever is to be called `name`. Its secret can be seen here and never again.
///
/// # Errors
/// The name is taken or none, the role is that of everybody, or the time of expiry has passed or is beyond year 9999.
pub async fn create(
    database: &Database,
    name: &str,
    role: Role,
    expires_at: Option<DateTime<Utc>>,
) -> Result<(api_token::Model, Secret)> {
    check_name(name).map_err(Error::InvalidArgument)?;
    if role == Role::Reader {
        return Err(Error::InvalidArgument(
            "The role is READER, which needs no token; give EDITOR or ADMIN.".to_owned(),
        ));
    }
    // Both databases keep microseconds.
    let now = Utc::now().trunc_subsecs(6);
    if let Some(time) = expires_at.filter(|time| *time <= now || time.year() > 9999) {
        let message = format!("The token would expire at {time}; give a time in the future, before the year 10000.");
        return Err(Error::InvalidArgument(message));
    }
    if RESERVED_NAMES.contains(&name) {
        return Err(Error::NameTaken(name.to_owned()));
    }
    let secret = Secret::generate()?;
    let row = api_token::ActiveModel {
        name: Set(name.to_owned()),
        role: Set(role),
        secret_hash: Set(secret.hash()),
        created_at: Set(now),
        expires_at: Set(expires_at.map(|time| time.trunc_subsecs(6))),
        ..Default::default()
    };
    match row.insert(database.write()).await {
        Ok(token) => Ok((token, secret)),
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            Err(Error::NameTaken(name.to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}

/// Every token there ever was, the oldest first.
///
/// # Errors
/// The database cannot be reached.
pub async fn list(database: &Database) -> Result<Vec<api_token::Model>> {
    Ok(api_token::Entity::find().order_by_asc(api_token::COLUMN.id).all(database.read()).await?)
}

/// Takes a token back, at once and for good. What was taken back before keeps the time of that.
///
/// # Errors
/// No token has that name.
pub async fn revoke(database: &Database, name: &str) -> Result<api_token::Model> {
    let time = api_token::ActiveModel { revoked_at: Set(Some(Utc::now().trunc_subsecs(6))), ..Default::default() };
    let named = || api_token::COLUMN.name.eq(name);
    let update = api_token::Entity::update_many().set(time).filter(named());
    update.filter(api_token::COLUMN.revoked_at.is_null()).exec(database.write()).await?;
    let token = api_token::Entity::find().filter(named()).one(database.write()).await?;
    token.ok_or_else(|| Error::TokenNotFound(name.to_owned()))
}

/// The token with this secret, if there is one that is neither expired nor revoked. Takes one statement, and none for what
/// cannot be a secret.
///
/// # Errors
/// The database cannot be reached.
pub async fn authenticate(database: &Database, secret: &str) -> Result<Option<api_token::Model>> {
    let Some(secret) = Secret::parse(secret) else {
        return Ok(None);
    };
    // Looked up by its hash, a secret is never compared: how long the index takes tells something of the hash of a guess
    // at most, and nobody can choose guesses by their hashes.
    let found = api_token::Entity::find().filter(api_token::COLUMN.secret_hash.eq(secret.hash()));
    let token = found.one(database.read()).await?;
    let now = Utc::now();
    Ok(token.filter(|token| token.revoked_at.is_none() && token.expires_at.is_none_or(|time| now < time)))
}

/// What a token can be called.
///
/// # Errors
/// What is wrong with the name, and what would be right.
pub fn check_name(name: &str) -> Result<(), String> {
    // What the language would escape is what cannot be seen; quotes and backslashes can.
    let plain = name.replace(['"', '\'', '\\'], "");
    let printable = plain.escape_debug().eq(plain.chars()) && name.trim() == name;
    if printable && (1..=100).contains(&name.chars().count()) {
        return Ok(());
    }
    let shown = name.chars().take(100).collect::<String>();
    Err(format!("{shown:?} cannot be the name of a token: give 1 to 100 printable characters, no blank first or last."))
}

/// What the bearer of a token knows and the catalog does not. Does not print.
pub struct Secret(String);

/// By this, people and scanners of repositories recognise a secret.
const PREFIX: &str = "olc_";

impl Secret {
    fn generate() -> Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(Error::internal)?;
        Ok(Self(format!("{PREFIX}{}", BASE64_URL_SAFE_NO_PAD.encode(bytes))))
    }

    /// A text that may be a secret, by its looks.
    fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text.strip_prefix(PREFIX)?).ok()?;
        (bytes.len() == 32).then(|| Self(text.to_owned()))
    }

    /// What is stored. A plain hash will do: no list of guesses gets through 256 random bits, so there is nothing to slow.
    fn hash(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(&self.0))
    }

    /// The text, for the one who asked for it.
    pub fn reveal(self) -> String {
        self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}
