//! The text of a cell or bullet: words, and links between them.

use std::sync::LazyLock;

use entity::vocabulary::LinkKind;
use regex::Regex;

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// A mark that parts nothing, because the source wrote it as a character reference.
    Literal(String),
    /// Words with an address behind them.
    Link {
        /// The words; empty where the address stands by itself.
        title: String,
        /// The address as written.
        url: String,
        /// What stands behind it, where the source says so.
        kind: Option<LinkKind>,
    },
}

impl Inline {
    /// The words that a reader of the page sees.
    pub fn words(&self) -> &str {
        match self {
            Self::Text(words) | Self::Literal(words) => words,
            Self::Link { title, url, .. } if title.is_empty() => url,
            Self::Link { title, .. } => title,
        }
    }
}

/// The words of a text, as a reader of the page sees them, blanks around them left out.
pub fn words(inlines: &[Inline]) -> String {
    inlines.iter().map(Inline::words).collect::<String>().trim().to_owned()
}

/// A text of words alone, in which addresses that stand by themselves are links.
pub fn plain(text: &str) -> Vec<Inline> {
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| static_regex(r#"https?://[^\s<>"'|，。；、（）()]+"#));
    let mut inlines = Vec::new();
    let mut rest = 0;
    for address in ADDRESS.find_iter(text) {
        let url = address.as_str().trim_end_matches(['.', ',', ';', ':', '!', '?']);
        push_words(&mut inlines, &text[rest..address.start()]);
        inlines.push(Inline::Link { title: String::new(), url: url.to_owned(), kind: None });
        rest = address.start() + url.len();
    }
    push_words(&mut inlines, &text[rest..]);
    inlines
}

fn push_words(inlines: &mut Vec<Inline>, words: &str) {
    if !words.is_empty() {
        inlines.push(Inline::Text(words.to_owned()));
    }
}

/// A part of a text between two separators.
#[derive(Clone, Debug, Default)]
pub struct Segment {
    /// What stands in it, without blanks around it.
    pub inlines: Vec<Inline>,
    /// The separator behind it, with the blanks around that.
    pub after: String,
}

/// Whether a character parts a text, or keeps it together.
pub fn is_mark(c: char) -> bool {
    separates(c) || matches!(c, '(' | '（' | ')' | '）')
}

fn separates(c: char) -> bool {
    matches!(c, '，' | ',' | '、' | '；' | ';' | '。' | '\n')
}

/// Takes a text apart at commas, semicolons and full stops of either width; not inside brackets that close, nor inside numbers.
pub fn segments(inlines: &[Inline]) -> Vec<Segment> {
    let balanced = {
        let texts = inlines.iter().filter(|inline| !matches!(inline, Inline::Literal(_)));
        let text = texts.map(Inline::words).collect::<String>();
        let count = |brackets: [char; 2]| text.matches(brackets).count();
        count(['(', '（']) == count([')', '）'])
    };
    let mut segments = vec![Segment::default()];
    let mut depth = 0_i32;
    for inline in inlines {
        let Inline::Text(text) = inline else {
            last(&mut segments).inlines.push(inline.clone());
            continue;
        };
        let mut start = 0;
        for (at, c) in text.char_indices() {
            let end = at + c.len_utf8();
            depth += i32::from(matches!(c, '(' | '（')) - i32::from(matches!(c, ')' | '）'));
            let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            let number = c == ',' && digit(text[..at].chars().next_back()) && digit(text[end..].chars().next());
            if separates(c) && !number && (depth <= 0 || !balanced) {
                push_words(&mut last(&mut segments).inlines, &text[start..at]);
                last(&mut segments).after = c.to_string();
                segments.push(Segment::default());
                start = end;
            }
        }
        push_words(&mut last(&mut segments).inlines, &text[start..]);
    }
    trim(&mut segments);
    segments
}

fn last(segments: &mut Vec<Segment>) -> &mut Segment {
    if segments.is_empty() {
        segments.push(Segment::default());
    }
    let index = segments.len() - 1;
    &mut segments[index]
}

/// Leaves out blanks at the ends of segments; those in front of one stay with the separator before it.
fn trim(segments: &mut [Segment]) {
    for index in 0..segments.len() {
        if let Some(Inline::Text(text)) = segments[index].inlines.last_mut() {
            text.truncate(text.trim_end().len());
        }
        if let Some(Inline::Text(text)) = segments[index].inlines.first_mut() {
            let blanks = text.len() - text.trim_start().len();
            let blanks = text.drain(..blanks).collect::<String>();
            if index > 0 {
                segments[index - 1].after.push_str(&blanks);
            }
        }
        segments[index].inlines.retain(|inline| !matches!(inline, Inline::Text(text) if text.is_empty()));
    }
}

/// Compiles a pattern for a static.
#[expect(clippy::expect_used, reason = "the tests of the readers compile every pattern")]
#[expect(clippy::disallowed_methods, reason = "the callers are statics")]
pub fn static_regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is valid")
}
