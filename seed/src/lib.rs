//! The facts that a new catalog starts with: the list of open models as files that a person can read and edit.
//!
//! Each file in `seed/data` is one document in TOML, named after its slug. What a document looks like is the caller's
//! business: this crate holds the words and says in which file, line and column they are wrong.

use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;

static DATA: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data");

/// A file that is not the document it should be.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The text is not TOML, or not of the document's shape.
    #[error("seed/data/{file}: {cause}")]
    Document {
        /// The file, relative to `seed/data`.
        file: String,
        /// Where and why.
        cause: Box<toml::de::Error>,
    },
    /// The bytes are not text.
    #[error("seed/data/{file} is not UTF-8 text")]
    Text {
        /// The file, relative to `seed/data`.
        file: String,
    },
}

/// Reads every document of a folder, each with the slug that its file is named after, in the order of those.
///
/// # Errors
/// The first file that is not a document of the shape `D`.
pub fn read<D: DeserializeOwned>(folder: &str) -> Result<Vec<(&'static str, D)>, SeedError> {
    let mut documents = Vec::new();
    for file in DATA.get_dir(folder).into_iter().flat_map(Dir::files) {
        let path = file.path().display().to_string();
        let slug = file.path().file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let Some(text) = file.contents_utf8() else {
            return Err(SeedError::Text { file: path });
        };
        match toml::from_str(text) {
            Ok(document) => documents.push((slug, document)),
            Err(cause) => {
                return Err(SeedError::Document { file: path, cause: Box::new(cause) });
            }
        }
    }
    documents.sort_by_key(|(slug, _)| *slug);
    Ok(documents)
}
