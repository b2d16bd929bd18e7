//! Documents that clients name by their hash, after Apollo's automatic persisted queries: a frontend sends a short GET, which
//! caches on the way can keep, and the document itself only to a server that does not know it yet.

use std::sync::Arc;

use actix_web::http::StatusCode;
use moka::sync::Cache;
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};

use crate::http::middleware::error::HttpError;

/// The most bytes of documents that are kept.
const CAPACITY: u64 = 8 << 20;

/// The documents that clients have sent with their hash.
#[derive(Clone)]
pub struct PersistedQueries(Cache<[u8; 32], Arc<str>>);

impl Default for PersistedQueries {
    fn default() -> Self {
        let weigh = |_: &[u8; 32], document: &Arc<str>| u32::try_from(document.len() + 128).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(CAPACITY).weigher(weigh).build())
    }
}

/// What a request says of the document that it names.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PersistedQuery {
    version: i32,
    sha256_hash: String,
}

impl PersistedQueries {
    /// The document of a request: the one it brings, else the one it names. Keeps what it both brings and names.
    ///
    /// # Errors
    /// It names one that is not known here, or not the one it brings.
    pub fn document(
        &self,
        query: Option<String>,
        extensions: &Map<String, Json>,
    ) -> Result<Option<Arc<str>>, HttpError> {
        let query = query.map(Arc::<str>::from);
        let Some(named) = extensions.get("persistedQuery").filter(|named| !named.is_null()) else {
            return Ok(query);
        };
        let wrong = || {
            let message = "`extensions.persistedQuery` is not { version: 1, sha256Hash: \"64 hexadecimal digits\" }.";
            HttpError::bad_request(message)
        };
        let PersistedQuery { version, sha256_hash } = PersistedQuery::deserialize(named).map_err(|_| wrong())?;
        let hash = read_hash(&sha256_hash).filter(|_| version == 1).ok_or_else(wrong)?;
        match query {
            Some(document) if Sha256::digest(document.as_bytes()).as_slice() == hash => {
                self.0.insert(hash, document.clone());
                Ok(Some(document))
            }
            Some(_) => {
                Err(HttpError::bad_request("`extensions.persistedQuery.sha256Hash` is not the hash of `query`."))
            }
            // Clients know these words and answer them with the document; by the status they would give up.
            None => match self.0.get(&hash) {
                Some(document) => Ok(Some(document)),
                None => Err(HttpError::new(StatusCode::OK, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")),
            },
        }
    }
}

fn read_hash(digits: &str) -> Option<[u8; 32]> {
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
