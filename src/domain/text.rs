//! Text: normalization for comparison, search texts, and texts in two languages.

use regex::Regex;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use unicode_normalization::UnicodeNormalization;

use crate::domain::limits::MAX_SUMMARY_CHARACTERS;

/// Normalizes a text for comparison: Unicode NFKC (which unifies character widths), lower case, and single spaces for white
/// space.
pub fn normalize(text: &str) -> String {
    let lowercase = text.nfkc().collect::<String>().to_lowercase();
    lowercase.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the letters and digits of a text, without white space and punctuation.
pub fn letters_and_digits(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Compiles the pattern of a static.
#[expect(clippy::expect_used, reason = "`every_static_pattern_compiles` compiles the pattern of every caller")]
#[expect(clippy::disallowed_methods, reason = "each caller is a static")]
pub fn static_regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is valid")
}

/// Builds the text that search matches: one line for each text, normalized, and another one without white space and
/// punctuation if that differs, so that `llama2` matches LLaMA-2. Lines that are not names of the subject itself begin with a
/// tab, so that a subject with the name in the query ranks above a subject whose maker has that name.
pub fn search_text<'a>(names: impl IntoIterator<Item = &'a str>, others: impl IntoIterator<Item = &'a str>) -> String {
    let names = names.into_iter().map(|text| ("", text));
    let others = others.into_iter().map(|text| ("\t", text));
    let mut lines = vec![String::new()];
    for (prefix, text) in names.chain(others) {
        let line = normalize(text);
        let joined = letters_and_digits(&line);
        for line in [line, joined] {
            let prefixed = format!("{prefix}{line}");
            if !line.is_empty() && !lines.contains(&line) && !lines.contains(&prefixed) {
                lines.push(prefixed);
            }
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// Returns the texts of a JSON array.
pub fn texts(list: &Json) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Json::as_str)
}

/// A text in Chinese and English. Either may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LocalizedText {
    /// The text in Chinese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = MAX_SUMMARY_CHARACTERS))]
    pub zh: Option<String>,
    /// The text in English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = MAX_SUMMARY_CHARACTERS))]
    pub en: Option<String>,
}

impl LocalizedText {
    /// Returns whether neither language has a text.
    pub fn is_empty(&self) -> bool {
        self.zh.is_none() && self.en.is_none()
    }

    /// Returns the known texts, Chinese first.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.zh.as_deref().into_iter().chain(self.en.as_deref())
    }
}

/// Returns the number of letters to insert, delete, replace or swap with their neighbors to make `a` of `b`; none if it is above
/// `max`.
pub fn edit_distance(a: &str, b: &str, max: usize) -> Option<usize> {
    let (a, b) = (a.chars().collect::<Vec<_>>(), b.chars().collect::<Vec<_>>());
    if a.len().abs_diff(b.len()) > max {
        return None;
    }
    let (mut before, mut last) = (Vec::new(), (0..=b.len()).collect::<Vec<_>>());
    for (i, from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let replaced = last[j] + usize::from(from != to);
            let mut distance = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *from == b[j - 1] && a[i - 1] == *to {
                distance = distance.min(before[j - 1] + 1);
            }
            row.push(distance);
        }
        if row.iter().all(|distance| *distance > max) {
            return None;
        }
        (before, last) = (last, row);
    }
    last.last().copied().filter(|distance| *distance <= max)
}
