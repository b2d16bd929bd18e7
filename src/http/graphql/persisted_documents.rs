//! Persisted documents: documents that requests name by an identifier instead of sending their text. The operator registers
//! some, and clients store others by sending them with their hash, as automatic persisted queries of Apollo do.

use std::{collections::HashMap, fs, io, path::Path, sync::Arc};

use actix_web::http::StatusCode;
use moka::sync::Cache;
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};

use crate::auth::actor::Actor;
use crate::graphql::document::parser;
use crate::http::middleware::error::HttpError;

/// The maximum size of all documents that clients store, in bytes.
const MAX_STORED_BYTES: u64 = 8 << 20;
/// The maximum size of all registered documents, in bytes.
const MAX_REGISTERED_BYTES: usize = 16 << 20;
/// The method of identification by the SHA-256 hash of a document.
const SHA256: &str = "sha256:";

type Hash = [u8; 32];

/// The documents that the operator registers.
#[derive(Clone, Debug, Default)]
pub struct RegisteredDocuments {
    by_hash: HashMap<Hash, Arc<str>>,
    /// The documents of a manifest that has other identifiers than hashes.
    by_name: HashMap<String, Arc<str>>,
}

impl RegisteredDocuments {
    /// Reads documents: the files `*.graphql` of a folder, or a JSON object of identifiers and documents.
    ///
    /// # Errors
    /// The reason why a file cannot be read, or is not valid.
    pub fn load(path: &Path) -> Result<Self, String> {
        let failed = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let mut documents = Self::default();
        let mut bytes = 0;
        let mut add = |documents: &mut Self, name: Option<&str>, text: &str| {
            bytes += text.len();
            if bytes > MAX_REGISTERED_BYTES {
                return Err(format!("more than {MAX_REGISTERED_BYTES} bytes"));
            }
            documents.register(name, text)
        };
        if path.is_dir() {
            let files = fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>);
            let files = files.map_err(|error| failed(path, &error))?.into_iter().map(|entry| entry.path());
            for file in files.filter(|file| file.extension().is_some_and(|extension| extension == "graphql")) {
                let text = fs::read_to_string(&file).map_err(|error| failed(&file, &error))?;
                add(&mut documents, None, &text).map_err(|error| failed(&file, &error))?;
            }
        } else {
            let text = fs::read_to_string(path).map_err(|error| failed(path, &error))?;
            let manifest = serde_json::from_str::<HashMap<String, String>>(&text);
            for (name, text) in manifest.map_err(|error| failed(path, &error))? {
                add(&mut documents, Some(&name), &text).map_err(|error| failed(path, &format!("{name}: {error}")))?;
            }
        }
        Ok(documents)
    }

    /// Adds a document under its hash, and under a name unless that is its hash.
    ///
    /// # Errors
    /// It is not a valid document, or the name is the hash of another one.
    pub fn register(&mut self, name: Option<&str>, text: &str) -> Result<(), String> {
        parser::parse(text).map_err(|error| error.message)?;
        let document = Arc::<str>::from(text);
        let hash = hash_of(text);
        if let Some(name) = name {
            match name.strip_prefix(SHA256).and_then(parse_hash).or_else(|| parse_hash(name)) {
                Some(named) if named != hash => return Err("it is not the SHA-256 hash of its document".to_owned()),
                Some(_) => {}
                None => drop(self.by_name.insert(name.to_owned(), Arc::clone(&document))),
            }
        }
        // A file usually ends with a line break that clients do not send.
        let trimmed = text.trim_end();
        self.by_hash.insert(hash_of(trimmed), trimmed.into());
        self.by_hash.insert(hash, document);
        Ok(())
    }
}

/// The documents that requests can name. Clones share them.
#[derive(Clone)]
pub struct PersistedDocuments {
    registered: Arc<RegisteredDocuments>,
    /// The documents that clients have sent with their hash.
    sent: Cache<Hash, Arc<str>>,
    /// Whether requests without a token may execute only registered documents.
    only_registered: bool,
}

/// The extension `persistedQuery` of a request.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PersistedQuery {
    version: i32,
    sha256_hash: String,
}

/// An identifier of a document in a request.
enum Identifier {
    /// The parameter `documentId`.
    DocumentId(String),
    /// The extension of automatic persisted queries.
    Extension(Hash),
}

impl PersistedDocuments {
    /// Creates them. With `only_registered`, requests without a token may execute only registered documents.
    pub fn new(registered: RegisteredDocuments, only_registered: bool) -> Self {
        let weigh = |_: &Hash, document: &Arc<str>| u32::try_from(document.len() + 128).unwrap_or(u32::MAX);
        let sent = Cache::builder().max_capacity(MAX_STORED_BYTES).weigher(weigh).build();
        Self { registered: Arc::new(registered), sent, only_registered }
    }

    /// Returns the document of a request: its `query`, or without one the document that it names. Stores a document that comes
    /// with its hash.
    ///
    /// # Errors
    /// `PERSISTED_DOCUMENT_NOT_FOUND` or `PERSISTED_QUERY_NOT_FOUND` if there is no such document, `BAD_REQUEST` if the identifier
    /// is invalid or not that of `query`.
    pub fn document(
        &self,
        query: Option<String>,
        document_id: Option<String>,
        extensions: &Map<String, Json>,
    ) -> Result<Option<Arc<str>>, HttpError> {
        let query = query.map(Arc::<str>::from);
        let Some(identifier) = identifier(document_id, extensions)? else { return Ok(query) };
        let (hash, parameter) = match &identifier {
            Identifier::Extension(hash) => (Some(*hash), "extensions.persistedQuery.sha256Hash"),
            Identifier::DocumentId(id) => (sha256_of(id)?, "documentId"),
        };
        match (query, hash) {
            (Some(document), Some(hash)) if hash_of(&document) == hash => {
                if !self.registered.by_hash.contains_key(&hash) {
                    self.sent.insert(hash, document.clone());
                }
                Ok(Some(document))
            }
            (Some(_), _) => Err(HttpError::bad_request(format!("`{parameter}` is not the hash of `query`."))),
            (None, hash) => {
                let named = match (&identifier, &hash) {
                    (_, Some(hash)) => self.registered.by_hash.get(hash).cloned().or_else(|| self.sent.get(hash)),
                    (Identifier::DocumentId(id), None) => self.registered.by_name.get(id).cloned(),
                    (Identifier::Extension(_), None) => None,
                };
                named.map(Some).ok_or_else(|| not_found(&identifier))
            }
        }
    }

    /// Checks that a request may execute a document.
    ///
    /// # Errors
    /// `DOCUMENT_NOT_ALLOWED` if it has no token and the document is not registered, where only such documents are allowed.
    pub fn check(&self, document: &str, actor: &Actor) -> Result<(), HttpError> {
        let is_restricted = self.only_registered && *actor == Actor::ANONYMOUS;
        if !is_restricted || self.registered.by_hash.contains_key(&hash_of(document)) {
            return Ok(());
        }
        let message = "This server executes only registered documents without a token. Name one by `documentId`, or ask \
            the operator to register yours.";
        Err(HttpError::new(StatusCode::FORBIDDEN, "DOCUMENT_NOT_ALLOWED", message))
    }
}

/// Returns the identifier of a request; `documentId` is the one that counts.
fn identifier(document_id: Option<String>, extensions: &Map<String, Json>) -> Result<Option<Identifier>, HttpError> {
    if let Some(id) = document_id {
        return Ok(Some(Identifier::DocumentId(id)));
    }
    let Some(extension) = extensions.get("persistedQuery").filter(|extension| !extension.is_null()) else {
        return Ok(None);
    };
    let invalid = || {
        let message = "`extensions.persistedQuery` is not { version: 1, sha256Hash: \"64 hexadecimal digits\" }.";
        HttpError::bad_request(message)
    };
    let PersistedQuery { version, sha256_hash } = PersistedQuery::deserialize(extension).map_err(|_| invalid())?;
    let hash = parse_hash(&sha256_hash).filter(|_| version == 1).ok_or_else(invalid)?;
    Ok(Some(Identifier::Extension(hash)))
}

/// Returns the hash in a `documentId`; none if that is a name. A name has no colon.
fn sha256_of(id: &str) -> Result<Option<Hash>, HttpError> {
    let lower = |digits: &&str| !digits.bytes().any(|byte| byte.is_ascii_uppercase());
    match id.strip_prefix(SHA256) {
        None if !id.contains(':') => Ok(None),
        digits => digits.filter(lower).and_then(parse_hash).map(Some).ok_or_else(|| {
            let message =
                "`documentId` is not \"sha256:\" with 64 hexadecimal digits in lower case, or a name without a colon.";
            HttpError::bad_request(message)
        }),
    }
}

fn not_found(identifier: &Identifier) -> HttpError {
    match identifier {
        // Clients recognize this message and send the document; with an error status they would give up.
        Identifier::Extension(_) => {
            HttpError::new(StatusCode::OK, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
        }
        Identifier::DocumentId(_) => {
            let message = "This server has no document with this `documentId`. Send `query` with it once.";
            HttpError::new(StatusCode::NOT_FOUND, "PERSISTED_DOCUMENT_NOT_FOUND", message)
        }
    }
}

fn hash_of(text: &str) -> Hash {
    Sha256::digest(text.as_bytes()).into()
}

fn parse_hash(digits: &str) -> Option<Hash> {
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
