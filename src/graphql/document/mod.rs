//! The text of a GraphQL document: lexer and parser of the executable part of the specification of September 2025. The parser
//! of async-graphql follows that of 2021, and loses the second of two equal keys of an input object.

pub mod parser;

pub mod lexer;
mod strings;
