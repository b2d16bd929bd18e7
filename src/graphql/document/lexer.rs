//! Lexical tokens of a GraphQL document.

use async_graphql::{Pos, ServerError, ServerResult};

use crate::graphql::document::strings::{block_string_length, string_length};
use crate::graphql::error::{PARSE_FAILED, with_code};

/// A lexical token, with the position of its first character.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    /// The kind of token, with its text.
    pub kind: TokenKind<'a>,
    /// The position.
    pub position: Pos,
}

/// A kind of lexical token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind<'a> {
    /// One of `! $ & ( ) ... : = @ [ ] { | }`.
    Punctuator(&'a str),
    /// A name or keyword.
    Name(&'a str),
    /// A number without fraction and exponent.
    Int(&'a str),
    /// A number with a fraction or an exponent.
    Float(&'a str),
    /// The text between the quotes of a string, with its escape sequences.
    String(&'a str),
    /// The text between the quotes of a block string, with its escape sequences.
    BlockString(&'a str),
    /// The end of the document.
    End,
}

/// Reads a text token by token.
pub struct Lexer<'a> {
    rest: &'a str,
    position: Pos,
}

impl<'a> Lexer<'a> {
    /// Creates a lexer at the start of a text.
    pub fn new(text: &'a str) -> Self {
        Self { rest: text, position: Pos { line: 1, column: 1 } }
    }

    /// Reads the next token.
    ///
    /// # Errors
    /// The text does not continue with a token: the error has the code of a syntax error.
    pub fn token(&mut self) -> ServerResult<Token<'a>> {
        self.skip_ignored();
        let position = self.position;
        let rest = self.rest;
        let kind = match rest.as_bytes() {
            [] => TokenKind::End,
            [b'.', b'.', b'.', ..] => TokenKind::Punctuator(self.take(3)),
            [b'!' | b'$' | b'&' | b'(' | b')' | b':' | b'=' | b'@' | b'[' | b']' | b'{' | b'|' | b'}', ..] => {
                TokenKind::Punctuator(self.take(1))
            }
            [b'A'..=b'Z' | b'a'..=b'z' | b'_', ..] => TokenKind::Name(self.take(prefix_length(rest, is_name_byte))),
            [b'-' | b'0'..=b'9', ..] => self.number()?,
            [b'"', b'"', b'"', ..] => self.block_string()?,
            [b'"', ..] => self.string()?,
            _ => return Err(self.unexpected_character()),
        };
        Ok(Token { kind, position })
    }

    /// Skips white space, line terminators, commas, byte order marks and comments.
    fn skip_ignored(&mut self) {
        loop {
            let length = match self.rest.as_bytes() {
                [b'#', ..] => prefix_length(self.rest, |byte| !matches!(byte, b'\r' | b'\n')),
                [b' ' | b'\t' | b',' | b'\r' | b'\n', ..] => {
                    prefix_length(self.rest, |byte| matches!(byte, b' ' | b'\t' | b',' | b'\r' | b'\n'))
                }
                _ if self.rest.starts_with('\u{feff}') => '\u{feff}'.len_utf8(),
                _ => return,
            };
            self.take(length);
        }
    }

    /// Returns the next bytes, and advances the position.
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        let ends = taken.bytes().enumerate().filter(|(index, byte)| {
            // Of a carriage return and a line feed, only the line feed ends the line.
            *byte == b'\n'
                || *byte == b'\r' && taken.as_bytes().get(index + 1).or(rest.as_bytes().first()) != Some(&b'\n')
        });
        let (count, last) = ends.fold((0, None), |(count, _), (index, _)| (count + 1, Some(index)));
        self.position.line += count;
        match last {
            Some(last) => self.position.column = taken[last + 1..].chars().count() + 1,
            None => self.position.column += taken.chars().count(),
        }
        taken
    }

    fn number(&mut self) -> ServerResult<TokenKind<'a>> {
        let bytes = self.rest.as_bytes();
        let digits = |at: usize| bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let sign = usize::from(bytes.starts_with(b"-"));
        let mut at = sign + digits(sign);
        let mut valid = at > sign && (at == sign + 1 || bytes[sign] != b'0');
        let int = at;
        if bytes.get(at) == Some(&b'.') {
            let fraction = digits(at + 1);
            valid &= fraction > 0;
            at += 1 + fraction;
        }
        if let Some(b'e' | b'E') = bytes.get(at) {
            at += 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
            let exponent = digits(at);
            valid &= exponent > 0;
            at += exponent;
        }
        if !valid || bytes.get(at).is_some_and(|byte| is_name_byte(*byte) || *byte == b'.') {
            return Err(syntax_error("This is not a number; expected one such as 7, -7, 7.5 or 7e9.", self.position));
        }
        let text = self.take(at);
        Ok(if at == int { TokenKind::Int(text) } else { TokenKind::Float(text) })
    }

    fn string(&mut self) -> ServerResult<TokenKind<'a>> {
        let length = string_length(&self.rest[1..]).ok_or_else(|| self.unterminated())?;
        Ok(TokenKind::String(&self.take(length + 2)[1..=length]))
    }

    fn block_string(&mut self) -> ServerResult<TokenKind<'a>> {
        let length = block_string_length(&self.rest[3..]).ok_or_else(|| self.unterminated())?;
        Ok(TokenKind::BlockString(&self.take(length + 6)[3..length + 3]))
    }

    fn unterminated(&self) -> ServerError {
        syntax_error("The document has an unterminated string; expected a closing quote.", self.position)
    }

    fn unexpected_character(&self) -> ServerError {
        let character = self.rest.chars().next().unwrap_or_default();
        syntax_error(&format!("The character {character:?} is not expected here."), self.position)
    }
}

/// Returns a syntax error at a position.
pub fn syntax_error(message: &str, position: Pos) -> ServerError {
    with_code(ServerError::new(message, Some(position)), PARSE_FAILED)
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Returns the length of the longest prefix whose bytes all match.
fn prefix_length(text: &str, matches: impl Fn(u8) -> bool) -> usize {
    text.bytes().position(|byte| !matches(byte)).unwrap_or(text.len())
}
