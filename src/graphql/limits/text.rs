//! Limits of the text of a GraphQL document, checked before the document is parsed.

use async_graphql::ServerResult;

use crate::graphql::document::lexer::{Lexer, TokenKind};
use crate::graphql::limits::error::at_most;
use crate::graphql::limits::settings::{Limits, MAX_BRACKETS};

/// Checks the numbers of bytes and tokens of a document, and how deeply its brackets are nested.
///
/// # Errors
/// A limit is exceeded, or the text is not a sequence of tokens.
pub fn check(document: &str, limits: &Limits) -> ServerResult<()> {
    at_most("bytes", "bytes", document.len() as u64, limits.bytes.into())?;
    let (mut tokens, mut open, mut deepest) = (0_u64, 0_u64, 0_u64);
    let mut lexer = Lexer::new(document);
    loop {
        match lexer.token()?.kind {
            TokenKind::End => break,
            TokenKind::Punctuator("{" | "[" | "(") => {
                open += 1;
                deepest = deepest.max(open);
            }
            TokenKind::Punctuator("}" | "]" | ")") => open = open.saturating_sub(1),
            _ => {}
        }
        tokens += 1;
    }
    at_most("tokens", "tokens", tokens, limits.tokens.into())?;
    at_most("brackets", "brackets open at once", deepest, MAX_BRACKETS)
}
