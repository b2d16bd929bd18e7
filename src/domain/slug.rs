//! Slugs: the names of subjects in addresses, files and references.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// The name by which addresses and files call a subject: lower-case letters and digits, joined by single hyphens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Slug(String);

/// Why a text is not a [`Slug`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a slug: write lower-case letters a-z and digits, joined by single hyphens, at most 100, such as \"llama-2\""
)]
pub struct SlugError(String);

impl Slug {
    /// The slug of a name: transliterated, lower-case, words joined by hyphens. None where nothing of the name remains.
    pub fn of(name: &str) -> Option<Self> {
        // Other punctuation only parts words, but Command R+ is not Command R.
        let mut slug = slug::slugify(name.replace('+', " plus "));
        slug.truncate(100);
        slug.trim_end_matches('-').parse().ok()
    }

    /// The slug of a document that has problems and will not be saved.
    pub fn placeholder() -> Self {
        Self("unnamed".to_owned())
    }

    /// Reads a slug from a column that holds nothing but slugs.
    ///
    /// # Errors
    /// The column holds something else.
    pub fn from_column(text: String) -> Result<Self> {
        Self::try_from(text).map_err(Error::internal)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = SlugError;

    fn from_str(text: &str) -> Result<Self, SlugError> {
        let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if text.len() <= 100 && text.split('-').all(word) {
            Ok(Self(text.to_owned()))
        } else {
            Err(SlugError(text.to_owned()))
        }
    }
}

impl TryFrom<String> for Slug {
    type Error = SlugError;

    fn try_from(text: String) -> Result<Self, SlugError> {
        text.parse()
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl JsonSchema for Slug {
    fn schema_name() -> Cow<'static, str> {
        "Slug".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The name by which addresses and files call a subject: lower-case letters and digits, joined by \
                single hyphens.",
            "type": "string",
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
            "maxLength": 100,
            "examples": ["llama-2"],
        })
    }
}
