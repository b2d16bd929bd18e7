//! Slugs: the identifiers of subjects in URLs, files and references.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// The identifier of a subject in URLs and files: lower-case letters and digits, joined by single hyphens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Slug(String);

/// The error for a text that is not a [`Slug`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a slug: it must consist of lower-case letters a-z and digits, joined by single hyphens, at most 100 characters, such as \"llama-2\""
)]
pub struct SlugError(String);

impl Slug {
    /// Derives a slug from a name: transliterated, in lower case, words joined by hyphens. None if no letter or digit remains.
    pub fn of(name: &str) -> Option<Self> {
        // Other punctuation only separates words, but Command R+ is not Command R.
        let mut slug = slug::slugify(name.replace('+', " plus "));
        slug.truncate(100);
        slug.trim_end_matches('-').parse().ok()
    }

    /// Returns a slug for an invalid document that is validated further but not saved.
    pub fn placeholder() -> Self {
        Self("unnamed".to_owned())
    }

    /// Converts the value of a column that contains only slugs.
    ///
    /// # Errors
    /// The value is not a slug (internal error).
    pub fn from_column(text: String) -> Result<Self> {
        Self::try_from(text).map_err(Error::internal)
    }

    /// Returns the slug as text.
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
            "description": "The identifier of a subject in URLs and files: lower-case letters and digits, joined by single \
                hyphens.",
            "type": "string",
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
            "maxLength": 100,
            "examples": ["llama-2"],
        })
    }
}
