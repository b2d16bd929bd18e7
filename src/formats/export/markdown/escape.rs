//! Escapes text for Markdown, HTML and table cells.

use crate::domain::link::resolve_url;
use crate::formats::parse::inline::is_mark;

/// Escapes text so that no Markdown or HTML syntax is recognized in it, and so that it does not end a cell, a link or a line.
pub fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for (index, c) in text.char_indices() {
        let (before, after) = (&text[..index], &text[index + c.len_utf8()..]);
        let alphanumeric = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '$' => escaped.extend(['\\', c]),
            // An underscore inside a word is not emphasis.
            '_' if !(alphanumeric(before.chars().next_back()) && alphanumeric(after.chars().next())) => {
                escaped.push_str("\\_");
            }
            '&' if is_reference(after) => escaped.push_str("\\&"),
            // A bare URL would become a link. With a character reference, our own reader finds no link either.
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

/// Escapes a text in notes, so that none of its punctuation separates segments.
pub fn escape_note(text: &str) -> String {
    let mut depth = 0_i32;
    let mut closed = true;
    for c in text.chars() {
        depth += i32::from(matches!(c, '(' | '（')) - i32::from(matches!(c, ')' | '）'));
        closed &= depth >= 0;
    }
    let balanced = closed && depth == 0;
    escape_marks(text, |c| is_mark(c) && !(balanced && matches!(c, '(' | '（' | ')' | '）')))
}

/// Escapes a name at the start of a list item, so that none of its punctuation ends the name.
pub fn escape_item_name(text: &str) -> String {
    let has_dash = text.contains(" - ");
    escape_marks(text, |c| is_mark(c) || matches!(c, ':' | '：' | '—' | '–') || (has_dash && c == '-'))
}

/// Escapes a text and writes the given punctuation marks as character references.
fn escape_marks(text: &str, marks: impl Fn(char) -> bool) -> String {
    let pieces = text.split_inclusive(&marks).map(|piece| match piece.chars().next_back() {
        Some(mark) if marks(mark) => {
            format!("{}&#{};", escape(&piece[..piece.len() - mark.len_utf8()]), u32::from(mark))
        }
        _ => escape(piece),
    });
    pieces.collect()
}

/// Escapes the beginning of a list item, so that it does not start another block. The text is already escaped otherwise.
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

/// Returns a URL as a link destination. `None` if a browser must not follow it.
pub fn destination(url: &str) -> Option<String> {
    resolve_url(url)?;
    let is_plain = |c: char| c.is_alphanumeric() || "-._~:/?#@!$'*+,;=%".contains(c);
    let mut text = String::new();
    for (index, c) in url.char_indices() {
        match c {
            '&' if is_reference(&url[index + 1..]) => text.push_str("\\&"),
            '<' | '>' | '\\' | '|' => text.extend(['\\', c]),
            c if is_hidden(c) => text.push_str(&format!("&#{};", u32::from(c))),
            c => text.push(c),
        }
    }
    if url.chars().all(|c| is_plain(c) || c == '&') { Some(text) } else { Some(format!("<{text}>")) }
}

/// Whether an ampersand before `after` starts a character reference.
fn is_reference(after: &str) -> bool {
    let name = after.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    name.starts_with(';') && name.len() < after.len()
}

/// Whether a character must be written as a reference: line breaks and other control characters, and marks that change the
/// direction of text.
fn is_hidden(c: char) -> bool {
    let is_bidi = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}');
    c.is_control() || is_bidi || c == '\u{feff}'
}
