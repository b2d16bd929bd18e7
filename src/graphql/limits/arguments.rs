//! What fields and directives are given: each value may become part of a statement.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, ServerError, ServerResult, Value as ConstValue, Variables,
    parser::types::{Directive, ExecutableDocument, Field, OperationType},
};
use async_graphql_value::Value;

use crate::domain::text::normalize;
use crate::graphql::error::{VALIDATION_FAILED, with_code};
use crate::graphql::limits::error::{at_most_here, refusal};
use crate::graphql::limits::settings::MAX_DIRECTIVES;

/// The most levels of lists and objects in an argument.
const MAX_LEVELS: u64 = 32;
/// The most values in an argument of a query, each list and each object included. Each may become part of a condition.
const MAX_VALUES: u64 = 500;
/// The most characters of a text in an argument of a query, also once it is normalised. It may become a pattern.
const MAX_TEXT: u64 = 1000;
/// The same for mutations, whose arguments become rows.
const MAX_WRITTEN_VALUES: u64 = 100_000;
/// The same for mutations.
const MAX_WRITTEN_TEXT: u64 = 10_000;
/// The same for the field that takes whole files; a body may be as large, and reading bounds what becomes of it.
const MAX_CONTENT: u64 = 1 << 20;
/// That field.
const IMPORT: &str = "importCatalog";

/// What a document is given.
pub struct ArgumentLimits<'a> {
    /// The values that a variable may have: the one that was sent, else the defaults of the operations.
    variables: HashMap<&'a str, Vec<&'a ConstValue>>,
    /// How heavy each variable is, weighed once, however often it is used.
    weights: HashMap<&'a str, ValueSize>,
    /// Whether it is, or has beside it, a mutation.
    writes: bool,
}

impl<'a> ArgumentLimits<'a> {
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
        let weights = given.iter().map(|(name, values)| {
            let weights = values.iter().map(|value| ValueSize::of_constant(value));
            (*name, weights.fold(ValueSize::default(), ValueSize::max))
        });
        let weights = weights.collect();
        let writes = document.operations.iter().any(|(_, operation)| operation.node.ty == OperationType::Mutation);
        Self { variables: given, weights, writes }
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

    fn check(&self, arguments: &[(Positioned<Name>, Positioned<Value>)], most_written: u64) -> ServerResult<()> {
        let (most_values, most_text) =
            if self.writes { (MAX_WRITTEN_VALUES, most_written) } else { (MAX_VALUES, MAX_TEXT) };
        for (name, value) in arguments {
            let ValueSize { levels, values, text, normalized, nul } = self.weigh(&value.node);
            let (argument, place) = (&name.node, Some(value.pos));
            if nul {
                let message = format!(
                    "The argument `{argument}` has a text with the sign U+0000 in it, which no text of the catalog can hold."
                );
                return Err(with_code(ServerError::new(message, place), VALIDATION_FAILED));
            }
            let text = if self.writes { text } else { normalized };
            let refuse = |limit, value, maximum, problem| {
                let message = format!("The argument `{argument}` {problem}");
                Err(refusal(VALIDATION_FAILED, (limit, value, maximum), message, place))
            };
            if levels > MAX_LEVELS {
                let problem = format!("is nested {levels} levels deep; at most {MAX_LEVELS} are taken.");
                return refuse("argumentLevels", levels, MAX_LEVELS, problem);
            }
            if values > most_values {
                let counted = "each list and each object in it counted";
                let problem = format!("has {values} values, {counted}; at most {most_values} are taken.");
                return refuse("argumentValues", values, most_values, problem);
            }
            if text > most_text {
                let problem = format!("has a text of {text} characters; at most {most_text} are taken.");
                return refuse("argumentText", text, most_text, problem);
            }
        }
        Ok(())
    }

    fn weigh(&self, value: &Value) -> ValueSize {
        match value {
            Value::Variable(name) => self.weights.get(name.as_str()).copied().unwrap_or_default(),
            Value::String(text) => ValueSize::of_text(text),
            Value::List(items) => {
                items.iter().map(|item| self.weigh(item)).fold(ValueSize::NOTHING, ValueSize::sibling).nested()
            }
            Value::Object(fields) => {
                fields.values().map(|field| self.weigh(field)).fold(ValueSize::NOTHING, ValueSize::sibling).nested()
            }
            _ => ValueSize::default(),
        }
    }
}

/// How much an argument is.
#[derive(Clone, Copy, Debug)]
struct ValueSize {
    /// Levels of lists and objects, and the values in the last of them.
    levels: u64,
    /// Values, each list and each object included.
    values: u64,
    /// The characters of the longest text.
    text: u64,
    /// The same, once texts are normalised.
    normalized: u64,
    /// Whether a text has the sign U+0000 in it.
    nul: bool,
}

impl Default for ValueSize {
    /// A value without anything in it.
    fn default() -> Self {
        Self { levels: 1, values: 1, ..Self::NOTHING }
    }
}

impl ValueSize {
    const NOTHING: Self = Self { levels: 0, values: 0, text: 0, normalized: 0, nul: false };

    fn of_constant(value: &ConstValue) -> Self {
        match value {
            ConstValue::String(text) => Self::of_text(text),
            ConstValue::List(items) => items.iter().map(Self::of_constant).fold(Self::NOTHING, Self::sibling).nested(),
            ConstValue::Object(fields) => {
                fields.values().map(Self::of_constant).fold(Self::NOTHING, Self::sibling).nested()
            }
            _ => Self::default(),
        }
    }

    fn of_text(text: &str) -> Self {
        let length = text.chars().count() as u64;
        // Some characters are many once normalised: U+FDFA is four words. What is too long already need not be.
        let normalized = if length > MAX_TEXT { length } else { length.max(normalize(text).chars().count() as u64) };
        Self { text: length, normalized, nul: text.contains('\0'), ..Self::default() }
    }

    fn max(self, other: Self) -> Self {
        Self { values: self.values.max(other.values), ..self.sibling(other) }
    }

    fn sibling(self, other: Self) -> Self {
        Self {
            levels: self.levels.max(other.levels),
            values: self.values.saturating_add(other.values),
            text: self.text.max(other.text),
            normalized: self.normalized.max(other.normalized),
            nul: self.nul || other.nul,
        }
    }

    fn nested(self) -> Self {
        Self { levels: self.levels + 1, values: self.values.saturating_add(1), ..self }
    }
}
