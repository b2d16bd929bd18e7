//! Text that means nothing but itself in Markdown, in HTML and inside a cell.

use crate::domain::link::resolve_url;
use crate::formats::parse::inline::is_mark;

/// Text to be read as it stands. Nothing in it ends a cell, a link or a line, or begins anything.
pub fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for (index, c) in text.char_indices() {
        let (before, after) = (&text[..index], &text[index + c.len_utf8()..]);
        let alphanumeric = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '$' => escaped.extend(['\\', c]),
            // Inside a word it means nothing.
            '_' if !(alphanumeric(before.chars().next_back()) && alphanumeric(after.chars().next())) => {
                escaped.push_str("\\_");
            }
            '&' if is_reference(after) => escaped.push_str("\\&"),
            // What looks like an address would become a link; as a reference it is none for our own reader either.
            ':' if after.starts_with("//") => escaped.push_str("&#58;"),
            '.' if before.ends_with("www") => escaped.push_str("\\."),
            '@' if alphanumeric(after.chars().next()) => escaped.push_str("\\@"),
            ' ' if before.is_empty() || after.is_empty() => escaped.push_str("&#32;"),
            c if is_hidden(c) => escaped.push_str(&format!("&#{};", u32::from(c))),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Text among other parts of a note, none of whose marks parts it.
pub fn escape_note(text: &str) -> String {
    let mut depth = 0_i32;
    let mut closed = true;
    for c in text.chars() {
        depth += i32::from(matches!(c, '(' | '（')) - i32::from(matches!(c, ')' | '）'));
        closed &= depth >= 0;
    }
    let brackets = closed && depth == 0;
    escape_marks(text, |c| is_mark(c) && !(brackets && matches!(c, '(' | '（' | ')' | '）')))
}

/// A name in front of a point, none of whose marks ends it.
pub fn point_name(text: &str) -> String {
    let dashes = text.contains(" - ");
    escape_marks(text, |c| is_mark(c) || matches!(c, ':' | '：' | '—' | '–') || (dashes && c == '-'))
}

/// Escaped text in which these marks are written as references.
fn escape_marks(text: &str, marks: impl Fn(char) -> bool) -> String {
    let pieces = text.split_inclusive(&marks).map(|piece| match piece.chars().next_back() {
        Some(mark) if marks(mark) => {
            format!("{}&#{};", escape(&piece[..piece.len() - mark.len_utf8()]), u32::from(mark))
        }
        _ => escape(piece),
    });
    pieces.collect()
}

/// Escaped text that begins a point of a list, and no other thing.
pub fn escape_list_item(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if text.starts_with(['#', '+', '-', '=']) {
        format!("\\{text}")
    } else if (1..10).contains(&digits) && text[digits..].starts_with(['.', ')']) {
        format!("{}\\{}", &text[..digits], &text[digits..])
    } else {
        text.to_owned()
    }
}

/// What stands between the brackets of a link; none for what a reader must not follow.
pub fn destination(url: &str) -> Option<String> {
    resolve_url(url)?;
    let plain = |c: char| c.is_alphanumeric() || "-._~:/?#@!$'*+,;=%".contains(c);
    let mut text = String::new();
    for (index, c) in url.char_indices() {
        match c {
            '&' if is_reference(&url[index + 1..]) => text.push_str("\\&"),
            '<' | '>' | '\\' | '|' => text.extend(['\\', c]),
            c if is_hidden(c) => text.push_str(&format!("&#{};", u32::from(c))),
            c => text.push(c),
        }
    }
    if url.chars().all(|c| plain(c) || c == '&') { Some(text) } else { Some(format!("<{text}>")) }
}

/// Whether `after` makes a character reference of the ampersand before it.
fn is_reference(after: &str) -> bool {
    let name = after.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    name.starts_with(';') && name.len() < after.len()
}

/// Whether a character cannot stand as it is: line breaks and other controls, and marks that turn the direction of all
/// that follows.
fn is_hidden(c: char) -> bool {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
    c.is_control() || turns || c == '\u{feff}'
}
