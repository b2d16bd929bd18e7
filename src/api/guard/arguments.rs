//! What fields and directives are given: each value may become part of a statement.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, ServerError, ServerResult, Value as ConstValue, Variables,
    parser::types::{Directive, ExecutableDocument, Field, OperationType},
};
use async_graphql_value::Value;

use super::{MAX_DIRECTIVES, at_most_here};
use crate::{
    api::error::{VALIDATION_FAILED, with_code},
    catalog::text::normalize,
};

/// The most levels of lists and objects in an argument.
const MAX_LEVELS: usize = 32;
/// The most values in an argument of a query, each list and each object included. Each may become part of a condition.
const MAX_VALUES: usize = 500;
/// The most characters of a text in an argument of a query, also once it is normalised. It may become a pattern.
const MAX_TEXT: usize = 1000;
/// The same for mutations, whose arguments become rows.
const MAX_WRITTEN_VALUES: usize = 100_000;
/// The same for mutations.
const MAX_WRITTEN_TEXT: usize = 10_000;
/// The same for the field that takes whole files; a body may be as large, and reading bounds what becomes of it.
const MAX_CONTENT: usize = 1 << 20;
/// That field.
const IMPORT: &str = "importCatalog";

/// What a document is given.
pub struct Given<'a> {
    /// The values that a variable may have: the one that was sent, else the defaults of the operations.
    variables: HashMap<&'a str, Vec<&'a ConstValue>>,
    /// Whether it is, or has beside it, a mutation.
    writes: bool,
}

impl<'a> Given<'a> {
    /// What is given to a document.
    pub fn to(document: &'a ExecutableDocument, variables: &'a Variables) -> Self {
        let mut given = HashMap::<&str, Vec<&ConstValue>>::new();
        for (_, operation) in document.operations.iter() {
            for variable in &operation.node.variable_definitions {
                let default = variable.node.default_value.as_ref().map(|value| &value.node);
                given.entry(&variable.node.name.node).or_default().extend(default);
            }
        }
        given.extend(variables.iter().map(|(name, value)| (name.as_str(), vec![value])));
        let writes = document.operations.iter().any(|(_, operation)| operation.node.ty == OperationType::Mutation);
        Self { variables: given, writes }
    }

    /// The values that a variable may have.
    pub fn values(&self, name: &str) -> &[&'a ConstValue] {
        self.variables.get(name).map_or(&[], |values| values)
    }

    /// Checks the arguments of a field.
    ///
    /// # Errors
    /// One is too large.
    pub fn check_arguments(&self, field: &Field) -> ServerResult<()> {
        let most_written = if field.name.node == IMPORT { MAX_CONTENT } else { MAX_WRITTEN_TEXT };
        self.check(&field.arguments, most_written)
    }

    /// Checks the directives of a field or a fragment, and what they are given.
    ///
    /// # Errors
    /// There are too many, or an argument is too large.
    pub fn check_directives(&self, directives: &[Positioned<Directive>]) -> ServerResult<()> {
        let place = directives.first().map(|directive| directive.pos);
        at_most_here("directives", "directives in one place", directives.len() as u64, MAX_DIRECTIVES, place)?;
        directives.iter().try_for_each(|directive| self.check(&directive.node.arguments, MAX_WRITTEN_TEXT))
    }

    fn check(&self, arguments: &[(Positioned<Name>, Positioned<Value>)], most_written: usize) -> ServerResult<()> {
        for (name, value) in arguments {
            let mut argument = Argument { values: 0, given: self, most_written };
            argument.literal(&value.node, 1).map_err(|problem| {
                let message = format!("The argument `{}` {problem}", name.node);
                with_code(ServerError::new(message, Some(value.pos)), VALIDATION_FAILED)
            })?;
        }
        Ok(())
    }
}

/// What has been seen of one argument.
struct Argument<'a> {
    values: usize,
    given: &'a Given<'a>,
    /// The most characters of a text where it is written.
    most_written: usize,
}

impl Argument<'_> {
    fn literal(&mut self, value: &Value, level: usize) -> Result<(), String> {
        match value {
            Value::Variable(name) => {
                let given = self.given;
                given.values(name).iter().try_for_each(|value| self.constant(value, level))
            }
            Value::String(text) => self.text(text, level),
            Value::List(items) => {
                self.enter(level)?;
                items.iter().try_for_each(|item| self.literal(item, level + 1))
            }
            Value::Object(fields) => {
                self.enter(level)?;
                fields.values().try_for_each(|field| self.literal(field, level + 1))
            }
            _ => self.enter(level),
        }
    }

    fn constant(&mut self, value: &ConstValue, level: usize) -> Result<(), String> {
        match value {
            ConstValue::String(text) => self.text(text, level),
            ConstValue::List(items) => {
                self.enter(level)?;
                items.iter().try_for_each(|item| self.constant(item, level + 1))
            }
            ConstValue::Object(fields) => {
                self.enter(level)?;
                fields.values().try_for_each(|field| self.constant(field, level + 1))
            }
            _ => self.enter(level),
        }
    }

    fn text(&mut self, text: &str, level: usize) -> Result<(), String> {
        if text.contains('\0') {
            return Err("has a text with the sign U+0000 in it, which no text of the catalog can hold.".to_owned());
        }
        let most = if self.given.writes { self.most_written } else { MAX_TEXT };
        // Some characters are many once normalised: U+FDFA is four words.
        let length = match text.chars().count() {
            length if length > most || self.given.writes => length,
            length => length.max(normalize(text).chars().count()),
        };
        if length > most {
            return Err(format!("has a text of {length} characters; at most {most} are taken."));
        }
        self.enter(level)
    }

    fn enter(&mut self, level: usize) -> Result<(), String> {
        self.values += 1;
        if level > MAX_LEVELS {
            return Err(format!("is nested more than {MAX_LEVELS} levels deep."));
        }
        let most = if self.given.writes { MAX_WRITTEN_VALUES } else { MAX_VALUES };
        if self.values > most {
            return Err(format!("has more than {most} values, each list and each object in it counted."));
        }
        Ok(())
    }
}
