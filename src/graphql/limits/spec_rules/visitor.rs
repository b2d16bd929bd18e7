//! The arguments of all fields and directives of a document: their literal values have the expected types (5.6), and the
//! positions of variables are collected.

use std::collections::HashMap;

use async_graphql::{
    Name, Pos, Positioned, ServerError, ServerResult,
    parser::types::{BaseType, Directive, ExecutableDocument, OperationType, Selection, SelectionSet, Type},
};
use async_graphql_value::{Value, indexmap::IndexMap};

use crate::graphql::limits::schema_index;
use crate::graphql::limits::schema_index::{Input, InputType, Inputs};
use crate::graphql::limits::spec_rules::value_types::{
    ValuePath, check_enum, check_fields, check_one_of, check_scalar, within, wrong_type,
};

/// The variables and fragments that an operation or a fragment uses.
#[derive(Default)]
pub struct Usages<'a> {
    /// The positions of variables.
    pub variables: Vec<VariableUsage<'a>>,
    /// The names of the fragments that are spread.
    pub spreads: Vec<&'a str>,
}

/// A position of a variable.
pub struct VariableUsage<'a> {
    /// The name of the variable.
    pub name: &'a str,
    /// The type of the position. None if it is unknown, which other rules report.
    pub expected: Option<Expected>,
    /// The position of the argument's value in the document.
    pub position: Pos,
}

/// The type of a position that a variable is in.
pub struct Expected {
    /// The type.
    pub expected_type: Type,
    /// Whether an absent variable is replaced by a default value of the position.
    pub has_default: bool,
}

/// The usages of all operations, in the order of the document's iterator, and of all fragments.
pub struct DocumentUsages<'a> {
    /// The usages of the operations.
    pub operations: Vec<Usages<'a>>,
    /// The usages of the fragments, by name.
    pub fragments: HashMap<&'a str, Usages<'a>>,
}

/// Checks the literal values of a document, and collects the positions of its variables.
///
/// # Errors
/// A value has not the type of its position. With `suggestions`, an error about an unknown name suggests known ones.
pub fn check_values(document: &ExecutableDocument, suggestions: bool) -> ServerResult<DocumentUsages<'_>> {
    let mut operations = Vec::new();
    for (_, Positioned { node: operation, .. }) in document.operations.iter() {
        for definition in &operation.variable_definitions {
            let variable = &definition.node;
            check_no_directives(&variable.directives)?;
            let Some(default) = &variable.default_value else { continue };
            let valid = check_default(&default.node, &variable.var_type.node, &variable.name.node, suggestions);
            valid.map_err(|reason| ServerError::new(reason, Some(default.pos)))?;
        }
        let mut visitor = Visitor { suggestions, ..Visitor::default() };
        visitor.directives(&operation.directives)?;
        visitor.selection_set(&operation.selection_set.node, root(operation.ty))?;
        operations.push(visitor.usages);
    }
    let mut fragments = HashMap::new();
    for (name, Positioned { node: fragment, .. }) in &document.fragments {
        let mut visitor = Visitor { suggestions, ..Visitor::default() };
        visitor.directives(&fragment.directives)?;
        visitor.selection_set(&fragment.selection_set.node, &fragment.type_condition.node.on.node)?;
        fragments.insert(name.as_str(), visitor.usages);
    }
    Ok(DocumentUsages { operations, fragments })
}

/// Returns the name of the root type of an operation.
pub fn root(operation: OperationType) -> &'static str {
    match operation {
        OperationType::Query => "Query",
        OperationType::Mutation => "Mutation",
        OperationType::Subscription => "Subscription",
    }
}

/// Checks that the definition of a variable has no directives: the schema has none for it (5.7.2).
fn check_no_directives(directives: &[Positioned<Directive>]) -> ServerResult<()> {
    directives.first().map_or(Ok(()), |Positioned { node: directive, pos }| {
        let message =
            format!("Directive \"@{}\" may not be used on the definition of a variable.", directive.name.node);
        Err(ServerError::new(message, Some(*pos)))
    })
}

/// Checks the default value of a variable, which is a literal.
fn check_default(value: &async_graphql::Value, expected: &Type, name: &Name, suggestions: bool) -> Result<(), String> {
    let mut visitor = Visitor::default();
    let value = Value::from(value.clone());
    let checked = visitor.value(
        &value,
        Expected { expected_type: expected.clone(), has_default: false },
        &mut ValuePath::new(format!("${name}"), suggestions),
    );
    checked.map_err(|reason| format!("Invalid value for variable {reason}"))
}

#[derive(Default)]
struct Visitor<'a> {
    usages: Usages<'a>,
    /// The position of the argument that is visited.
    position: Pos,
    suggestions: bool,
}

impl<'a> Visitor<'a> {
    fn selection_set(&mut self, selection_set: &'a SelectionSet, parent: &str) -> ServerResult<()> {
        for selection in &selection_set.items {
            self.directives(selection.node.directives())?;
            match &selection.node {
                Selection::Field(Positioned { node: field, .. }) => {
                    let definition = schema_index::field(parent, &field.name.node);
                    self.arguments(&field.arguments, definition.map(|definition| &definition.arguments))?;
                    let type_name = definition.map_or("", |definition| definition.type_name.as_str());
                    self.selection_set(&field.selection_set.node, type_name)?;
                }
                Selection::InlineFragment(Positioned { node: inline, .. }) => {
                    let on = inline.type_condition.as_ref().map_or(parent, |condition| &condition.node.on.node);
                    self.selection_set(&inline.selection_set.node, on)?;
                }
                Selection::FragmentSpread(spread) => self.usages.spreads.push(&spread.node.fragment_name.node),
            }
        }
        Ok(())
    }

    fn directives(&mut self, directives: &'a [Positioned<Directive>]) -> ServerResult<()> {
        directives.iter().try_for_each(|Positioned { node: directive, .. }| {
            self.arguments(&directive.arguments, schema_index::directive(&directive.name.node))
        })
    }

    fn arguments(
        &mut self,
        arguments: &'a [(Positioned<Name>, Positioned<Value>)],
        definitions: Option<&Inputs>,
    ) -> ServerResult<()> {
        for (Positioned { node: name, .. }, value) in arguments {
            self.position = value.pos;
            let Some(input) = definitions.and_then(|definitions| definitions.get(name.as_str())) else {
                self.unknown(&value.node);
                continue;
            };
            let checked =
                self.value(&value.node, Expected::of(input), &mut ValuePath::new(name.to_string(), self.suggestions));
            checked
                .map_err(|reason| ServerError::new(format!("Invalid value for argument {reason}"), Some(value.pos)))?;
        }
        Ok(())
    }

    /// Collects the variables of a value whose type is unknown.
    fn unknown(&mut self, value: &'a Value) {
        match value {
            Value::Variable(name) => self.variable(name, None),
            Value::List(items) => items.iter().for_each(|item| self.unknown(item)),
            Value::Object(fields) => fields.values().for_each(|field| self.unknown(field)),
            _ => {}
        }
    }

    fn variable(&mut self, name: &'a Name, expected: Option<Expected>) {
        self.usages.variables.push(VariableUsage { name, expected, position: self.position });
    }

    fn value(&mut self, value: &'a Value, expected: Expected, path: &mut ValuePath) -> Result<(), String> {
        let expected_type = &expected.expected_type;
        match (value, &expected_type.base) {
            (Value::Variable(name), _) => {
                self.variable(name, Some(expected));
                Ok(())
            }
            (Value::Null, _) if expected_type.nullable => Ok(()),
            (Value::Null, _) => Err(wrong_type(path, expected_type)),
            (Value::List(items), BaseType::List(element)) => {
                for (index, item) in items.iter().enumerate() {
                    within(path, &index.to_string(), |path| self.value(item, Expected::element(element), path))?;
                }
                Ok(())
            }
            (value, BaseType::List(element)) => self.value(value, Expected::element(element), path),
            (value, BaseType::Named(name)) => self.named_value(value, expected_type, name, path),
        }
    }

    fn named_value(
        &mut self,
        value: &'a Value,
        expected: &Type,
        name: &Name,
        path: &mut ValuePath,
    ) -> Result<(), String> {
        match (schema_index::input_type(name), value) {
            (Some(InputType::Object { fields, one_of }), Value::Object(values)) => {
                self.object(name, (fields, *one_of), values, path)
            }
            (Some(InputType::Enum(values)), Value::Enum(value)) => check_enum(name, values, value, path),
            (Some(InputType::Enum(_)), Value::String(value)) => {
                Err(format!("{}; write enum values without quotes: {value}", wrong_type(path, expected)))
            }
            (Some(_), _) => Err(wrong_type(path, expected)),
            (None, Value::List(_) | Value::Object(_)) if is_json(name) => {
                self.unknown(value);
                Ok(())
            }
            (None, value) => match value.clone().into_const() {
                Some(value) => check_scalar(&value, expected, name, path),
                None => Err(wrong_type(path, expected)),
            },
        }
    }

    fn object(
        &mut self,
        name: &Name,
        (fields, one_of): (&Inputs, bool),
        values: &'a IndexMap<Name, Value>,
        path: &mut ValuePath,
    ) -> Result<(), String> {
        check_fields(name, fields, &values.keys().collect::<Vec<_>>(), path)?;
        check_one_of(name, one_of, values.len(), values.values().any(|value| *value == Value::Null), path)?;
        for (key, value) in values {
            let Some(field) = fields.get(key.as_str()) else { continue };
            let mut expected = Expected::of(field);
            // The variable of a field that must be given is not null.
            expected.expected_type.nullable &= !one_of;
            within(path, key, |path| self.value(value, expected, path))?;
        }
        Ok(())
    }
}

/// Returns whether a scalar contains lists and objects, which have no types of their own.
fn is_json(scalar: &str) -> bool {
    scalar == "JSON"
}

impl Expected {
    fn of(input: &Input) -> Self {
        Self { expected_type: input.input_type.clone(), has_default: input.has_default }
    }

    fn element(element: &Type) -> Self {
        Self { expected_type: element.clone(), has_default: false }
    }
}
