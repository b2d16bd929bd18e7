//! API tokens, which permit changes of the catalog.

use std::fmt;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Datelike, SubsecRound, Utc};
use entity::{api_token, vocabulary::Role};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set, SqlErr};
use sha2::{Digest, Sha256};

use crate::db::database::Database;
use crate::error::{Error, Result};

/// The names that sign the revisions of commands. Tokens must not have them.
const RESERVED_NAMES: [&str; 2] = ["import", "seed"];

/// Creates a token. Its secret is returned here only; the database has a hash of it.
///
/// # Errors
/// The name is taken or invalid, the role is READER, the expiry time has passed or is after the year 9999, or the
/// database fails.
pub async fn create(
    database: &Database,
    name: &str,
    role: Role,
    expires_at: Option<DateTime<Utc>>,
) -> Result<(api_token::Model, Secret)> {
    create_in(database.write(), name, role, expires_at).await
}

/// Creates a token in a transaction.
///
/// # Errors
/// The same as of `create`.
pub async fn create_in(
    connection: &impl ConnectionTrait,
    name: &str,
    role: Role,
    expires_at: Option<DateTime<Utc>>,
) -> Result<(api_token::Model, Secret)> {
    check_name(name).map_err(Error::InvalidArgument)?;
    if role == Role::Reader {
        return Err(Error::InvalidArgument(
            "The role is READER, which needs no token; give CONTRIBUTOR, EDITOR or ADMIN.".to_owned(),
        ));
    }
    // Both databases store microseconds.
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
    match row.insert(connection).await {
        Ok(token) => Ok((token, secret)),
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            Err(Error::NameTaken(name.to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}

/// Returns all tokens, revoked and expired ones included, the oldest first.
///
/// # Errors
/// The database cannot be reached.
pub async fn list(database: &Database) -> Result<Vec<api_token::Model>> {
    Ok(api_token::Entity::find().order_by_asc(api_token::COLUMN.id).all(database.read()).await?)
}

/// Revokes a token, at once and permanently. A token that is revoked already keeps its time of revocation.
///
/// # Errors
/// No token has the name, or the database fails.
pub async fn revoke(database: &Database, name: &str) -> Result<api_token::Model> {
    let time = api_token::ActiveModel { revoked_at: Set(Some(Utc::now().trunc_subsecs(6))), ..Default::default() };
    let update = api_token::Entity::update_many().set(time).filter(api_token::COLUMN.name.eq(name));
    update.filter(api_token::COLUMN.revoked_at.is_null()).exec(database.write()).await?;
    find(database, name).await
}

/// Returns the token with this name.
///
/// # Errors
/// No token has the name, or the database cannot be reached.
pub async fn find(database: &Database, name: &str) -> Result<api_token::Model> {
    let token = api_token::Entity::find().filter(api_token::COLUMN.name.eq(name)).one(database.write()).await?;
    token.ok_or_else(|| Error::TokenNotFound(name.to_owned()))
}

/// The credential of an authenticated client, by which its token can be looked up again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The hash of the secret, as in the database.
    pub secret_hash: String,
    /// The time from which the token is not valid any more; none if it does not expire.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Returns the token with this secret; none if there is none, or if it is expired or revoked. It takes one statement,
/// and none for text that does not have the form of a secret.
///
/// # Errors
/// The database cannot be reached.
pub async fn authenticate(database: &Database, secret: &str) -> Result<Option<api_token::Model>> {
    match Secret::parse(secret) {
        Some(secret) => find_valid(database, &secret.hash()).await,
        None => Ok(None),
    }
}

/// Returns the token of a client that was authenticated before; none if it has expired or was revoked since.
///
/// # Errors
/// The database cannot be reached.
pub async fn reauthenticate(database: &Database, credential: &Credential) -> Result<Option<api_token::Model>> {
    find_valid(database, &credential.secret_hash).await
}

async fn find_valid(database: &Database, secret_hash: &str) -> Result<Option<api_token::Model>> {
    // The lookup by hash is safe against timing attacks: the duration of the index search depends on the hash of a
    // guess, and an attacker cannot choose guesses by their hashes.
    let found = api_token::Entity::find().filter(api_token::COLUMN.secret_hash.eq(secret_hash));
    let token = found.one(database.read()).await?;
    let now = Utc::now();
    Ok(token.filter(|token| token.revoked_at.is_none() && token.expires_at.is_none_or(|time| now < time)))
}

/// Checks the name of a token.
///
/// # Errors
/// A message with the invalid name and the rule.
pub fn check_name(name: &str) -> Result<(), String> {
    // `escape_debug` escapes invisible characters, and also quotes and backslashes, which are allowed.
    let unquoted = name.replace(['"', '\'', '\\'], "");
    let printable = unquoted.escape_debug().eq(unquoted.chars()) && name.trim() == name;
    if printable && (1..=100).contains(&name.chars().count()) {
        return Ok(());
    }
    let start = name.chars().take(100).collect::<String>();
    Err(format!("{start:?} is not a valid token name: give 1 to 100 printable characters, no blank first or last."))
}

/// The secret of a token. Its `Debug` output does not contain it.
pub struct Secret(String);

/// The prefix by which people and secret scanners recognise a secret.
const PREFIX: &str = "olc_";

impl Secret {
    /// Creates a random secret.
    ///
    /// # Errors
    /// The system has no random numbers.
    pub fn generate() -> Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(Error::internal)?;
        Ok(Self(format!("{PREFIX}{}", BASE64_URL_SAFE_NO_PAD.encode(bytes))))
    }

    /// Parses a text that has the form of a secret.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text.strip_prefix(PREFIX)?).ok()?;
        (bytes.len() == 32).then(|| Self(text.to_owned()))
    }

    /// Returns the hash for the database. SHA-256 without salt or stretching is enough for 256 random bits, which
    /// cannot be guessed.
    pub fn hash(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(&self.0))
    }

    /// Returns the text of the secret.
    pub fn reveal(self) -> String {
        self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}
