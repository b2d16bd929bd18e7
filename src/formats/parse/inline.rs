//! The inline content of a cell or list item: text and links.

use std::sync::LazyLock;

use entity::vocabulary::LinkKind;
use regex::Regex;

use crate::domain::text::static_regex;

/// A piece of inline content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Text.
    Text(String),
    /// Punctuation that does not separate segments, because the source wrote it as a character reference.
    Literal(String),
    /// A link.
    Link {
        /// The title; empty for a bare URL.
        title: String,
        /// The URL as written.
        url: String,
        /// The kind of the linked resource, if the source states it.
        kind: Option<LinkKind>,
    },
}

impl Inline {
    /// Returns the visible text.
    pub fn plain_text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Literal(text) => text,
            Self::Link { title, url, .. } if title.is_empty() => url,
            Self::Link { title, .. } => title,
        }
    }
}

/// Returns the visible text of inline content, trimmed.
pub fn plain_text(inlines: &[Inline]) -> String {
    inlines.iter().map(Inline::plain_text).collect::<String>().trim().to_owned()
}

/// Splits plain text into text and bare URLs, which become links without a title.
pub fn split_urls(text: &str) -> Vec<Inline> {
    static URL: LazyLock<Regex> = LazyLock::new(|| static_regex(r#"https?://[^\s<>"'|，。；、（）()]+"#));
    let mut inlines = Vec::new();
    let mut end = 0;
    for found in URL.find_iter(text) {
        let url = found.as_str().trim_end_matches(['.', ',', ';', ':', '!', '?']);
        push_text(&mut inlines, &text[end..found.start()]);
        inlines.push(Inline::Link { title: String::new(), url: url.to_owned(), kind: None });
        end = found.start() + url.len();
    }
    push_text(&mut inlines, &text[end..]);
    inlines
}

fn push_text(inlines: &mut Vec<Inline>, text: &str) {
    if !text.is_empty() {
        inlines.push(Inline::Text(text.to_owned()));
    }
}

/// A part of inline content between two separators.
#[derive(Clone, Debug, Default)]
pub struct Segment {
    /// The content, trimmed.
    pub inlines: Vec<Inline>,
    /// The separator after it, with the surrounding blanks; empty for the last segment.
    pub separator: String,
}

/// Whether a character is a separator or a bracket.
pub fn is_mark(c: char) -> bool {
    is_separator(c) || matches!(c, '(' | '（' | ')' | '）')
}

fn is_separator(c: char) -> bool {
    matches!(c, '，' | ',' | '、' | '；' | ';' | '。' | '\n')
}

/// Splits inline content at line breaks and at commas, semicolons and full stops of either width, but not inside balanced
/// brackets or numbers.
pub fn split_segments(inlines: &[Inline]) -> Vec<Segment> {
    let balanced = {
        let texts = inlines.iter().filter(|inline| !matches!(inline, Inline::Literal(_)));
        let text = texts.map(Inline::plain_text).collect::<String>();
        let count = |brackets: [char; 2]| text.matches(brackets).count();
        count(['(', '（']) == count([')', '）'])
    };
    let mut segments = vec![Segment::default()];
    let mut depth = 0_i32;
    for inline in inlines {
        let Inline::Text(text) = inline else {
            last_segment(&mut segments).inlines.push(inline.clone());
            continue;
        };
        let mut start = 0;
        for (index, c) in text.char_indices() {
            let end = index + c.len_utf8();
            depth += i32::from(matches!(c, '(' | '（')) - i32::from(matches!(c, ')' | '）'));
            let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            let in_number = c == ',' && digit(text[..index].chars().next_back()) && digit(text[end..].chars().next());
            if is_separator(c) && !in_number && (depth <= 0 || !balanced) {
                push_text(&mut last_segment(&mut segments).inlines, &text[start..index]);
                last_segment(&mut segments).separator = c.to_string();
                segments.push(Segment::default());
                start = end;
            }
        }
        push_text(&mut last_segment(&mut segments).inlines, &text[start..]);
    }
    trim_segments(&mut segments);
    segments
}

fn last_segment(segments: &mut Vec<Segment>) -> &mut Segment {
    if segments.is_empty() {
        segments.push(Segment::default());
    }
    let index = segments.len() - 1;
    &mut segments[index]
}

/// Trims the segments. Blanks before a segment are added to the separator before it.
fn trim_segments(segments: &mut [Segment]) {
    for index in 0..segments.len() {
        if let Some(Inline::Text(text)) = segments[index].inlines.last_mut() {
            text.truncate(text.trim_end().len());
        }
        if let Some(Inline::Text(text)) = segments[index].inlines.first_mut() {
            let blanks = text.len() - text.trim_start().len();
            let blanks = text.drain(..blanks).collect::<String>();
            if index > 0 {
                segments[index - 1].separator.push_str(&blanks);
            }
        }
        segments[index].inlines.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
    }
}
