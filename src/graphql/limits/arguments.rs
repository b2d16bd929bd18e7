//! Limits of the arguments of fields and directives: each value may become part of an SQL statement.

use std::collections::HashMap;

use async_graphql::{
    Name, Positioned, ServerError, ServerResult, Value as ConstValue, Variables,
    parser::types::{Directive, ExecutableDocument, Field, OperationType},
};
use async_graphql_value::Value;

use crate::domain::text::normalize;
use crate::graphql::error::{VALIDATION_FAILED, with_code};
use crate::graphql::limits::error::{at_most_in, limit_error};
use crate::graphql::limits::settings::MAX_DIRECTIVES;

/// The largest number of nested lists and objects in an argument.
const MAX_LEVELS: u64 = 32;
/// The largest number of values in an argument of a query, including lists and objects. Each may become part of a condition.
const MAX_QUERY_VALUES: u64 = 500;
/// The largest number of characters of a string in an argument of a query, before and after normalization. It may become a LIKE
/// pattern.
const MAX_QUERY_CHARACTERS: u64 = 1000;
/// The largest number of values in an argument of a mutation, which become rows.
const MAX_MUTATION_VALUES: u64 = 100_000;
/// The largest number of characters of a string in an argument of a mutation.
const MAX_MUTATION_CHARACTERS: u64 = 10_000;
/// The largest number of characters of a string in an argument of [`IMPORT_FIELD`]. A request body may be as large; the import
/// itself limits the size of the documents.
const MAX_IMPORT_CHARACTERS: u64 = 1 << 20;
/// The mutation field whose argument contains whole files.
const IMPORT_FIELD: &str = "importCatalog";

/// The limits of the arguments in a document, and the values of its variables.
pub struct ArgumentLimits<'a> {
    /// The possible values of each variable: the one that was sent, else the default values of all operations.
    variables: HashMap<&'a str, Vec<&'a ConstValue>>,
    /// The largest size of each variable, computed once, however often it is used.
    sizes: HashMap<&'a str, ValueSize>,
    /// Whether the document contains a mutation.
    has_mutation: bool,
}

impl<'a> ArgumentLimits<'a> {
    /// Creates the limits of a document with the variables of its request.
    pub fn new(document: &'a ExecutableDocument, variables: &'a Variables) -> Self {
        let mut values_by_name = HashMap::<&str, Vec<&ConstValue>>::new();
        for (_, operation) in document.operations.iter() {
            for variable in &operation.node.variable_definitions {
                let default = variable.node.default_value.as_ref().map(|value| &value.node);
                values_by_name.entry(&variable.node.name.node).or_default().extend(default);
            }
        }
        values_by_name.extend(variables.iter().map(|(name, value)| (name.as_str(), vec![value])));
        let sizes = values_by_name.iter().map(|(name, values)| {
            let sizes = values.iter().map(|value| ValueSize::of_constant(value));
            (*name, sizes.fold(ValueSize::default(), ValueSize::max))
        });
        let sizes = sizes.collect();
        let has_mutation =
            document.operations.iter().any(|(_, operation)| operation.node.ty == OperationType::Mutation);
        Self { variables: values_by_name, sizes, has_mutation }
    }

    /// Returns the possible values of a variable.
    pub fn values(&self, name: &str) -> &[&'a ConstValue] {
        self.variables.get(name).map_or(&[], |values| values)
    }

    /// Returns the number of values in an argument that is a list: 1 for a single value, 0 without the argument.
    pub fn length(&self, field: &Field, argument: &str) -> u64 {
        field.get_argument(argument).map_or(0, |value| self.rows(&value.node))
    }

    /// Returns the number of rows in the argument `input` of a mutation: those of the field that has most.
    pub fn input_rows(&self, field: &Field) -> u64 {
        match field.get_argument("input").map(|input| &input.node) {
            Some(Value::Object(fields)) => fields.values().map(|value| self.rows(value)).max().unwrap_or(0),
            Some(Value::Variable(name)) => {
                self.values(name).iter().map(|input| constant_input_rows(input)).max().unwrap_or(0)
            }
            _ => 0,
        }
    }

    /// Returns the number of rows in a value: see [`constant_rows`].
    fn rows(&self, value: &Value) -> u64 {
        match value {
            Value::Variable(name) => self.values(name).iter().map(|value| constant_rows(value)).max().unwrap_or(0),
            Value::List(items) => items.len() as u64,
            Value::String(text) => text_rows(text),
            _ => 1,
        }
    }

    /// Returns the number of fields with a name in an argument that is an input object, at any depth.
    pub fn count_fields(&self, field: &Field, argument: &str, name: &str) -> u64 {
        field.get_argument(argument).map_or(0, |value| self.count_named(&value.node, name))
    }

    fn count_named(&self, value: &Value, name: &str) -> u64 {
        match value {
            Value::Variable(variable) => {
                self.values(variable).iter().map(|value| count_constant(value, name)).max().unwrap_or(0)
            }
            Value::List(items) => items.iter().map(|item| self.count_named(item, name)).sum(),
            Value::Object(fields) => {
                let count = |(key, value): (&Name, &Value)| u64::from(key == name) + self.count_named(value, name);
                fields.iter().map(count).sum()
            }
            _ => 0,
        }
    }

    /// Checks the arguments of a field.
    ///
    /// # Errors
    /// An argument is too large, or contains the character U+0000.
    pub fn check_arguments(&self, field: &Field) -> ServerResult<()> {
        let max_characters =
            if field.name.node == IMPORT_FIELD { MAX_IMPORT_CHARACTERS } else { MAX_MUTATION_CHARACTERS };
        self.check(&field.arguments, max_characters)
    }

    /// Checks the directives of an operation, a field or a fragment, and their arguments.
    ///
    /// # Errors
    /// There are too many directives, or an argument is too large or contains the character U+0000.
    pub fn check_directives(&self, directives: &[Positioned<Directive>]) -> ServerResult<()> {
        let position = directives.first().map(|directive| directive.pos);
        let unit = "directives at one location";
        at_most_in("directives", unit, directives.len() as u64, MAX_DIRECTIVES, position)?;
        directives.iter().try_for_each(|directive| self.check(&directive.node.arguments, MAX_MUTATION_CHARACTERS))
    }

    /// Checks arguments. `max_mutation_characters` applies to documents with a mutation.
    fn check(
        &self,
        arguments: &[(Positioned<Name>, Positioned<Value>)],
        max_mutation_characters: u64,
    ) -> ServerResult<()> {
        let (max_values, max_characters) = if self.has_mutation {
            (MAX_MUTATION_VALUES, max_mutation_characters)
        } else {
            (MAX_QUERY_VALUES, MAX_QUERY_CHARACTERS)
        };
        for (name, value) in arguments {
            let size = self.size(&value.node);
            let (argument, position) = (&name.node, Some(value.pos));
            if size.has_nul {
                let message = format!(
                    "The argument `{argument}` has a string with the character U+0000, which the catalog cannot store."
                );
                return Err(with_code(ServerError::new(message, position), VALIDATION_FAILED));
            }
            let exceeded = |limit, value, maximum, problem| {
                let message = format!("The argument `{argument}` {problem}");
                Err(limit_error(VALIDATION_FAILED, (limit, value, maximum), message, position))
            };
            let ValueSize { levels, values, .. } = size;
            if levels > MAX_LEVELS {
                let problem = format!("is nested {levels} levels deep; at most {MAX_LEVELS} are allowed.");
                return exceeded("argumentLevels", levels, MAX_LEVELS, problem);
            }
            if values > max_values {
                let problem =
                    format!("has {values} values, including lists and objects; at most {max_values} are allowed.");
                return exceeded("argumentValues", values, max_values, problem);
            }
            let characters = if self.has_mutation { size.characters } else { size.normalized_characters };
            if characters > max_characters {
                let problem = format!("has a string of {characters} characters; at most {max_characters} are allowed.");
                return exceeded("argumentText", characters, max_characters, problem);
            }
        }
        Ok(())
    }

    fn size(&self, value: &Value) -> ValueSize {
        match value {
            Value::Variable(name) => self.sizes.get(name.as_str()).copied().unwrap_or_default(),
            Value::String(text) => ValueSize::of_text(text),
            Value::List(items) => {
                items.iter().map(|item| self.size(item)).fold(ValueSize::EMPTY, ValueSize::sibling).nested()
            }
            Value::Object(fields) => {
                fields.values().map(|field| self.size(field)).fold(ValueSize::EMPTY, ValueSize::sibling).nested()
            }
            _ => ValueSize::default(),
        }
    }
}

/// Returns the largest number of rows in a field of an input object.
fn constant_input_rows(input: &ConstValue) -> u64 {
    match input {
        ConstValue::Object(fields) => fields.values().map(constant_rows).max().unwrap_or(0),
        _ => 0,
    }
}

/// Returns the number of fields with a name in a value without variables, at any depth.
fn count_constant(value: &ConstValue, name: &str) -> u64 {
    match value {
        ConstValue::List(items) => items.iter().map(|item| count_constant(item, name)).sum(),
        ConstValue::Object(fields) => {
            fields.iter().map(|(key, value)| u64::from(key == name) + count_constant(value, name)).sum()
        }
        _ => 0,
    }
}

/// Returns the number of rows in a value: the elements of a list, or the rows of a text to import.
fn constant_rows(value: &ConstValue) -> u64 {
    match value {
        ConstValue::List(items) => items.len() as u64,
        ConstValue::String(text) => text_rows(text),
        _ => 1,
    }
}

/// Returns the largest number of rows in a text to import: lines, or objects in JSON.
fn text_rows(text: &str) -> u64 {
    text.lines().count().max(text.matches('{').count()) as u64
}

/// The size of a value.
#[derive(Clone, Copy, Debug)]
struct ValueSize {
    /// The number of levels: of lists and objects, and of the values in the innermost one.
    levels: u64,
    /// The number of values, including lists and objects.
    values: u64,
    /// The number of characters of the longest string.
    characters: u64,
    /// The number of characters of the longest string after normalization, or before it if that is more.
    normalized_characters: u64,
    /// Whether a string contains the character U+0000.
    has_nul: bool,
}

impl Default for ValueSize {
    /// Returns the size of a number, a boolean, an enum value or null.
    fn default() -> Self {
        Self { levels: 1, values: 1, ..Self::EMPTY }
    }
}

impl ValueSize {
    const EMPTY: Self = Self { levels: 0, values: 0, characters: 0, normalized_characters: 0, has_nul: false };

    fn of_constant(value: &ConstValue) -> Self {
        match value {
            ConstValue::String(text) => Self::of_text(text),
            ConstValue::List(items) => items.iter().map(Self::of_constant).fold(Self::EMPTY, Self::sibling).nested(),
            ConstValue::Object(fields) => {
                fields.values().map(Self::of_constant).fold(Self::EMPTY, Self::sibling).nested()
            }
            _ => Self::default(),
        }
    }

    fn of_text(text: &str) -> Self {
        let characters = text.chars().count() as u64;
        // Normalization expands some characters: U+FDFA becomes four words. A text that is already too long is not normalized.
        let normalized_characters = if characters > MAX_QUERY_CHARACTERS {
            characters
        } else {
            characters.max(normalize(text).chars().count() as u64)
        };
        Self { characters, normalized_characters, has_nul: text.contains('\0'), ..Self::default() }
    }

    /// Returns the size of the larger of two alternative values.
    fn max(self, other: Self) -> Self {
        Self { values: self.values.max(other.values), ..self.sibling(other) }
    }

    /// Returns the size of two values in the same list or object.
    fn sibling(self, other: Self) -> Self {
        Self {
            levels: self.levels.max(other.levels),
            values: self.values.saturating_add(other.values),
            characters: self.characters.max(other.characters),
            normalized_characters: self.normalized_characters.max(other.normalized_characters),
            has_nul: self.has_nul || other.has_nul,
        }
    }

    /// Returns the size of a list or object with this content.
    fn nested(self) -> Self {
        Self { levels: self.levels + 1, values: self.values.saturating_add(1), ..self }
    }
}
