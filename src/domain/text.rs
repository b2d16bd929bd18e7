//! Text as it is addressed, compared and searched.

use schemars::JsonSchema;
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

/// A text in the catalog's two languages. Either may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LocalizedText {
    /// In Chinese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zh: Option<String>,
    /// In English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl LocalizedText {
    /// Whether neither language has a text.
    pub fn is_empty(&self) -> bool {
        self.zh.is_none() && self.en.is_none()
    }

    /// The texts there are.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.zh.as_deref().into_iter().chain(self.en.as_deref())
    }
}
