//! The seed data: the documents of a new catalog, as TOML files.
//!
//! Each file in `seed/data` is one document; its name is the slug. The caller defines the type of the documents. This
//! crate embeds the files, and its errors name the file, line and column of a problem.

use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;

static DATA: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data");

/// An error in a file.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The text is not TOML, or does not match the document type.
    #[error("seed/data/{file}: {cause}")]
    Document {
        /// The file, relative to `seed/data`.
        file: String,
        /// The error of the parser, with line and column.
        cause: Box<toml::de::Error>,
    },
    /// The file is not UTF-8.
    #[error("seed/data/{file} is not UTF-8 text")]
    Text {
        /// The file, relative to `seed/data`.
        file: String,
    },
}

/// Reads all documents of a folder, each with its slug, ordered by slug.
///
/// # Errors
/// A file cannot be parsed as a `D`; the first one is reported.
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
