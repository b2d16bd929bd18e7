//! The variables of a request: only those that its operation declares, with their default values (6.1.2).

use async_graphql::{
    Name, Positioned, ServerError, ServerResult, Value, Variables,
    parser::types::{ExecutableDocument, OperationDefinition, OperationType, VariableDefinition},
};

use crate::graphql::error::VALIDATION_FAILED;
use crate::graphql::limits::error::limit_error;
use crate::graphql::limits::spec_rules::value_types::{ValuePath, check_constant};

/// The largest number of values in the variables of a query or subscription, including lists and objects.
const MAX_QUERY_VARIABLE_VALUES: u64 = 10_000;
/// The largest number of values in the variables of a mutation.
const MAX_MUTATION_VARIABLE_VALUES: u64 = 200_000;

/// Returns the operation that is executed: the one with the name, or the only one.
pub fn selected_operation<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Option<&'a Positioned<OperationDefinition>> {
    let mut operations = document.operations.iter();
    match name {
        Some(name) => operations.find(|(other, _)| other.is_some_and(|other| *other == name)),
        // A document with several operations and no operation name is rejected at execution.
        None => operations.next().filter(|_| operations.next().is_none()),
    }
    .map(|(_, operation)| operation)
}

/// Removes the variables that the operation does not declare, so that they take no memory while the request waits, and adds the
/// default values of absent variables.
///
/// # Errors
/// The variables have too many values.
pub fn prepare_variables(
    document: &ExecutableDocument,
    name: Option<&str>,
    variables: &mut Variables,
) -> ServerResult<()> {
    let Some(Positioned { node: operation, .. }) = selected_operation(document, name) else {
        *variables = Variables::default();
        return Ok(());
    };
    let mut sent = std::mem::take(variables);
    for Positioned { node: VariableDefinition { name, default_value, .. }, .. } in &operation.variable_definitions {
        let default = || default_value.as_ref().map(|value| value.node.clone());
        if let Some(value) = sent.remove(&name.node).or_else(default) {
            variables.insert(name.node.clone(), value);
        }
    }
    let maximum = match operation.ty {
        OperationType::Mutation => MAX_MUTATION_VARIABLE_VALUES,
        OperationType::Query | OperationType::Subscription => MAX_QUERY_VARIABLE_VALUES,
    };
    let count = variables.values().map(count_values).sum::<u64>();
    if count <= maximum {
        return Ok(());
    }
    let message =
        format!("The variables have {count} values, including lists and objects; at most {maximum} are allowed.");
    Err(limit_error(VALIDATION_FAILED, ("variableValues", count, maximum), message, None))
}

fn count_values(value: &Value) -> u64 {
    1 + match value {
        Value::List(items) => items.iter().map(count_values).sum(),
        Value::Object(fields) => fields.values().map(count_values).sum(),
        _ => 0,
    }
}

/// Checks the values of the variables of an operation: a variable of a non-null type has one, even if it is not used, or is used
/// where null is allowed, and each value has the type of its variable.
///
/// # Errors
/// A required variable has no value, or a value has another type. With `suggestions`, an error about an unknown name suggests
/// known ones.
pub fn check_variables(
    document: &ExecutableDocument,
    name: Option<&str>,
    variables: &Variables,
    suggestions: bool,
) -> ServerResult<()> {
    let operation = selected_operation(document, name);
    for definition in operation.into_iter().flat_map(|operation| &operation.node.variable_definitions) {
        check_variable(definition, variables, suggestions)?;
    }
    Ok(())
}

fn check_variable(
    definition: &Positioned<VariableDefinition>,
    variables: &Variables,
    suggestions: bool,
) -> ServerResult<()> {
    let VariableDefinition { name: Positioned { node: name, .. }, var_type, .. } = &definition.node;
    let value = variables.get(name).unwrap_or(&Value::Null);
    let invalid = |message| Err(ServerError::new(message, Some(definition.pos)));
    if !var_type.node.nullable && *value == Value::Null {
        return invalid(format!("The variable `${name}` of type `{}` must have a value.", var_type.node));
    }
    match check_constant(value, &var_type.node, &mut ValuePath::new(format!("${name}"), suggestions)) {
        Ok(()) => Ok(()),
        Err(reason) => invalid(format!("Invalid value for variable {reason}")),
    }
}

/// The variables that an operation declares and that have no value.
pub fn absent_variables(operation: &OperationDefinition, variables: &Variables) -> Vec<Name> {
    let names = operation.variable_definitions.iter().map(|definition| &definition.node.name.node);
    names.filter(|name| !variables.contains_key(*name)).cloned().collect()
}
