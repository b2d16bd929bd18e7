//! Limits of the text of a GraphQL document, checked by a lexer before the document is parsed.

use async_graphql::{ServerError, ServerResult};

use crate::graphql::error::{PARSE_FAILED, with_code};
use crate::graphql::limits::error::at_most;
use crate::graphql::limits::settings::{Limits, MAX_BRACKETS};

/// Checks the numbers of bytes and tokens of a document, and how deeply its brackets are nested.
///
/// # Errors
/// A limit is exceeded, or a string is not terminated.
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
            b'#' => prefix_length(&bytes[at..], |byte| !matches!(byte, b'\r' | b'\n')),
            // An unterminated string could hide brackets from this check that the parser would see.
            b'"' => string_length(&bytes[at..]).ok_or_else(|| {
                with_code(ServerError::new("The document has an unterminated string.", None), PARSE_FAILED)
            })?,
            b'.' if bytes[at..].starts_with(b"...") => 3,
            _ if is_name_byte(byte) => prefix_length(&bytes[at..], is_name_byte),
            _ => 1,
        };
    }
    at_most("tokens", "tokens", tokens, limits.tokens.into())?;
    at_most("brackets", "brackets open at once", deepest, MAX_BRACKETS)
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Returns the length of the longest prefix whose bytes all match.
fn prefix_length(bytes: &[u8], matches: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|byte| !matches(*byte)).unwrap_or(bytes.len())
}

/// Returns the length in bytes of the string or block string at the start, with its quotes; none if it is not terminated.
fn string_length(bytes: &[u8]) -> Option<usize> {
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
