//! Text as it is addressed, compared and searched.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// Folds what should not matter when names are compared: case, width, and the amount of white space.
pub fn normalize(text: &str) -> String {
    let folded = text.nfkc().collect::<String>().to_lowercase();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What search looks in: a line for each text, normalised, and one without blanks and punctuation where that differs, so
/// that `llama2` finds LLaMA-2. Lines of what is not a name of the subject itself begin with a tab, so that whoever is called
/// like the query comes before whoever was made by somebody called so.
pub fn search_text<'a>(names: impl IntoIterator<Item = &'a str>, others: impl IntoIterator<Item = &'a str>) -> String {
    let names = names.into_iter().map(|text| ("", text));
    let others = others.into_iter().map(|text| ("\t", text));
    let mut lines = vec![String::new()];
    for (mark, text) in names.chain(others) {
        let line = normalize(text);
        let joined = line.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        for line in [line, joined] {
            let marked = format!("{mark}{line}");
            if !line.is_empty() && !lines.contains(&line) && !lines.contains(&marked) {
                lines.push(marked);
            }
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

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

/// A text in the catalog's two languages. Either may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Localized {
    /// In Chinese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zh: Option<String>,
    /// In English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Localized {
    /// Whether neither language has a text.
    pub fn is_empty(&self) -> bool {
        self.zh.is_none() && self.en.is_none()
    }

    /// The texts there are.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.zh.as_deref().into_iter().chain(self.en.as_deref())
    }
}
