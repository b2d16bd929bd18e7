//! Automatic persisted queries of Apollo: a client sends the hash of its document in a short GET, which HTTP caches can
//! store, and the document itself only to a server that does not have it.

use std::sync::Arc;

use actix_web::http::StatusCode;
use moka::sync::Cache;
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};

use crate::http::middleware::error::HttpError;

/// The maximum size of all stored documents in bytes.
const MAX_STORED_BYTES: u64 = 8 << 20;

/// Stores the documents that clients have sent with their hash.
#[derive(Clone)]
pub struct PersistedQueries(Cache<[u8; 32], Arc<str>>);

impl Default for PersistedQueries {
    fn default() -> Self {
        let weigh = |_: &[u8; 32], document: &Arc<str>| u32::try_from(document.len() + 128).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(MAX_STORED_BYTES).weigher(weigh).build())
    }
}

/// The extension `persistedQuery` of a request.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PersistedQuery {
    version: i32,
    sha256_hash: String,
}

impl PersistedQueries {
    /// Returns the document of a request: its `query`, or without one the stored document with its hash. Stores a
    /// document that comes with its hash.
    ///
    /// # Errors
    /// `PERSISTED_QUERY_NOT_FOUND` if no document with the hash is stored, `BAD_REQUEST` if the hash is invalid or not
    /// that of `query`.
    pub fn document(
        &self,
        query: Option<String>,
        extensions: &Map<String, Json>,
    ) -> Result<Option<Arc<str>>, HttpError> {
        let query = query.map(Arc::<str>::from);
        let Some(extension) = extensions.get("persistedQuery").filter(|extension| !extension.is_null()) else {
            return Ok(query);
        };
        let invalid = || {
            let message = "`extensions.persistedQuery` is not { version: 1, sha256Hash: \"64 hexadecimal digits\" }.";
            HttpError::bad_request(message)
        };
        let PersistedQuery { version, sha256_hash } = PersistedQuery::deserialize(extension).map_err(|_| invalid())?;
        let hash = parse_hash(&sha256_hash).filter(|_| version == 1).ok_or_else(invalid)?;
        match query {
            Some(document) if Sha256::digest(document.as_bytes()).as_slice() == hash => {
                self.0.insert(hash, document.clone());
                Ok(Some(document))
            }
            Some(_) => {
                Err(HttpError::bad_request("`extensions.persistedQuery.sha256Hash` is not the hash of `query`."))
            }
            // Clients recognize this message and send the document; with an error status they would give up.
            None => match self.0.get(&hash) {
                Some(document) => Ok(Some(document)),
                None => Err(HttpError::new(StatusCode::OK, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")),
            },
        }
    }
}

fn parse_hash(digits: &str) -> Option<[u8; 32]> {
    let mut hash = [0; 32];
    let digits = digits.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    for (byte, pair) in hash.iter_mut().zip(digits.chunks(2)) {
        let digit = |digit: u8| char::from(digit).to_digit(16);
        *byte = u8::try_from(digit(pair[0])? << 4 | digit(pair[1])?).ok()?;
    }
    Some(hash)
}
