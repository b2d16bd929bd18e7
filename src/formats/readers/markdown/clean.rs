//! Removes what is no content from a Markdown text, keeping every line and offset: comments, footnote marks and the tags that fold
//! a part of a page.

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use regex::{Captures, Regex};

use crate::domain::text::static_regex;

/// A text without footnote marks, and its footnotes.
pub struct Clean {
    /// The text. Removed parts are blanks.
    pub text: String,
    /// The offsets of the footnote marks, with their names.
    marks: Vec<(usize, String)>,
    /// The texts of the footnotes, by name.
    notes: HashMap<String, String>,
}

impl Clean {
    /// Returns the footnotes whose marks are in a part of the text: the mark and the text of each.
    pub fn footnotes(&self, range: &Range<usize>) -> impl Iterator<Item = (String, &str)> {
        let first = self.marks.partition_point(|(offset, _)| *offset < range.start);
        let marks = self.marks[first..].iter().take_while(|(offset, _)| *offset < range.end).collect::<Vec<_>>();
        marks.into_iter().map(|(_, name)| (format!("[^{name}]"), self.notes.get(name).map_or("", String::as_str)))
    }
}

/// Cleans a text.
pub fn clean(text: &str) -> Clean {
    static COMMENT: LazyLock<Regex> = LazyLock::new(|| static_regex(r"<!--(?s:.*?)-->"));
    static NOTE: LazyLock<Regex> =
        LazyLock::new(|| static_regex(r"(?m)^\[\^(?P<name>[^\]\s]{1,40})\]:[ \t]*(?P<text>.*)$"));
    static MARK: LazyLock<Regex> = LazyLock::new(|| static_regex(r"\[\^(?P<name>[^\]\s|]{1,40})\]"));
    static FOLD: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(
            r"(?im)^[ \t]*(?:<(?:details|div|center|p)(?:\s[^<>\n]*)?>|</(?:details|div|center|p|summary)>|<summary[^<>\n]*>[^<\n]*(?:</summary>)?|[ \t])+$",
        )
    });
    let notes =
        NOTE.captures_iter(text).map(|parts| (parts["name"].to_owned(), parts["text"].trim().to_owned())).collect();
    let blank = |parts: &Captures<'_>| blanks(&parts[0]);
    let mut cleaned = COMMENT.replace_all(text, blank).into_owned();
    if cleaned.contains('<') {
        cleaned = FOLD.replace_all(&cleaned, blank).into_owned();
    }
    let mut marks = Vec::new();
    for parts in MARK.captures_iter(&cleaned) {
        let Some(found) = parts.get(0) else { continue };
        let is_mark = !cleaned[..found.start()].ends_with('\\') && !cleaned[found.end()..].starts_with([':', '(']);
        if is_mark {
            marks.push((found.start(), parts["name"].to_owned(), found.range()));
        }
    }
    let mut bytes = cleaned.into_bytes();
    for (_, _, range) in &marks {
        bytes[range.clone()].fill(b' ');
    }
    let text = String::from_utf8(bytes).unwrap_or_default();
    Clean { text, marks: marks.into_iter().map(|(offset, name, _)| (offset, name)).collect(), notes }
}

/// Returns blanks and line breaks in place of a text.
fn blanks(text: &str) -> String {
    text.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' }).collect()
}
