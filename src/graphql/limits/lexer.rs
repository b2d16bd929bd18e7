//! The text of a document, before anything parses it.

use async_graphql::{ServerError, ServerResult};

use crate::graphql::error::{PARSE_FAILED, with_code};
use crate::graphql::limits::error::at_most;
use crate::graphql::limits::settings::{Limits, MAX_BRACKETS};

/// Checks how long, how rich and how deep the text of a document is.
///
/// # Errors
/// It is too much, or a text in it has no end.
pub fn check(document: &str, limits: &Limits) -> ServerResult<()> {
    at_most("bytes", "bytes", document.len() as u64, limits.bytes.into())?;
    let (mut tokens, mut open, mut deepest) = (0_u64, 0_u64, 0_u64);
    let bytes = document.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        tokens += 1;
        match byte {
            b'{' | b'[' | b'(' => {
                open += 1;
                deepest = deepest.max(open);
            }
            b'}' | b']' | b')' => open = open.saturating_sub(1),
            b'#' | b' ' | b',' | b'\t' | b'\r' | b'\n' | 0xef | 0xbb | 0xbf => tokens -= 1,
            _ => {}
        }
        at += match byte {
            b'#' => length(&bytes[at..], |byte| !matches!(byte, b'\r' | b'\n')),
            // A text that does not end could hide brackets that the parser sees.
            b'"' => text(&bytes[at..]).ok_or_else(|| {
                with_code(ServerError::new("The document has a text that does not end.", None), PARSE_FAILED)
            })?,
            b'.' if bytes[at..].starts_with(b"...") => 3,
            _ if is_word(byte) => length(&bytes[at..], is_word),
            _ => 1,
        };
    }
    at_most("tokens", "tokens", tokens, limits.tokens.into())?;
    at_most("brackets", "brackets open at once", deepest, MAX_BRACKETS)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// How many bytes from the first on are of a kind.
fn length(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|byte| !is(*byte)).unwrap_or(bytes.len())
}

/// The bytes of the text that begins here, with its quotes; none where it has no end.
fn text(bytes: &[u8]) -> Option<usize> {
    let block = bytes.starts_with(b"\"\"\"");
    let mut at = if block { 3 } else { 1 };
    loop {
        at += match bytes.get(at)? {
            b'"' if !block => return Some(at + 1),
            b'"' if bytes[at..].starts_with(b"\"\"\"") => return Some(at + 3),
            b'\\' if block && bytes[at..].starts_with(b"\\\"\"\"") => 4,
            b'\\' if !block => 2,
            b'\r' | b'\n' if !block => return None,
            _ => 1,
        };
    }
}
