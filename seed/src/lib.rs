//! The data sets that the program ships: the documents of a new catalog, as TOML files.
//!
//! `data/common` has the documents of every data set, `data/list` those of the data set `list`, and `data/world` those that
//! the data set `world` adds or has instead. Each file is one document in a folder of its type; its name is the slug. The
//! caller defines the type of the documents. This crate embeds the files, and its errors name the file, line and column of a
//! problem.

use std::{collections::BTreeMap, fmt, str::FromStr};

use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;

static DATA: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data");

/// The version of the data: the day on which it was last changed.
pub const VERSION: &str = include_str!("../data/VERSION").trim_ascii();

/// A data set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DataSet {
    /// The models of today, and those of the list. A document of `data/world` stands instead of one of the list with its slug.
    #[default]
    World,
    /// The 31 models of the list of 2023, exactly as it says.
    List,
}

impl DataSet {
    /// All data sets.
    pub const ALL: [Self; 2] = [Self::World, Self::List];

    /// Returns the name of the data set.
    pub fn word(self) -> &'static str {
        match self {
            Self::World => "world",
            Self::List => "list",
        }
    }

    /// Returns the folders of the data set in `data`. A document stands instead of those with its slug in the folders before.
    pub fn folders(self) -> &'static [&'static str] {
        match self {
            Self::World => &["common", "list", "world"],
            Self::List => &["common", "list"],
        }
    }
}

impl fmt::Display for DataSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for DataSet {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        Self::ALL.into_iter().find(|set| set.word() == text).ok_or("expected world or list")
    }
}

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

/// Reads the documents of one type in a data set, each with its slug, ordered by slug. `folder` is the name of their folders,
/// such as `models`.
///
/// # Errors
/// A file cannot be parsed as a `D`; the first one is reported.
pub fn read<D: DeserializeOwned>(set: DataSet, folder: &str) -> Result<Vec<(&'static str, D)>, SeedError> {
    let mut files = BTreeMap::new();
    for part in set.folders() {
        for file in DATA.get_dir(format!("{part}/{folder}")).into_iter().flat_map(Dir::files) {
            let slug = file.path().file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            files.insert(slug, file);
        }
    }
    let documents = files.into_iter().map(|(slug, file)| {
        let path = || file.path().display().to_string();
        let text = file.contents_utf8().ok_or_else(|| SeedError::Text { file: path() })?;
        let document = toml::from_str(text);
        Ok((slug, document.map_err(|cause| SeedError::Document { file: path(), cause: Box::new(cause) })?))
    });
    documents.collect()
}
