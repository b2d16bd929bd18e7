//! The types of variables fit the positions that they are used in (5.8.5), and every variable is used (5.8.4).

use std::collections::{HashMap, HashSet};

use async_graphql::{
    Positioned, ServerError, ServerResult, Value,
    parser::types::{BaseType, ExecutableDocument, OperationDefinition, Type, VariableDefinition},
};

use crate::graphql::limits::spec_rules::visitor::{DocumentUsages, Expected, Usages, VariableUsage};

/// Checks the variables of every operation.
///
/// # Errors
/// A variable is used in a position of another type, or is not used.
pub fn check_variable_positions(document: &ExecutableDocument, usages: &DocumentUsages<'_>) -> ServerResult<()> {
    for ((_, operation), own) in document.operations.iter().zip(&usages.operations) {
        check_operation(&operation.node, own, usages)?;
    }
    Ok(())
}

fn check_operation(operation: &OperationDefinition, own: &Usages<'_>, all: &DocumentUsages<'_>) -> ServerResult<()> {
    let variables = operation.variable_definitions.iter();
    let variables = variables.map(|variable| (variable.node.name.node.as_str(), variable)).collect::<HashMap<_, _>>();
    if variables.is_empty() {
        return Ok(());
    }
    let mut used = HashSet::new();
    for usage in reachable(own, all).into_iter().flat_map(|usages| &usages.variables) {
        let Some(variable) = variables.get(usage.name) else { continue };
        check_usage(&variable.node, usage)?;
        used.insert(usage.name);
    }
    for Positioned { node: variable, pos } in &operation.variable_definitions {
        let name = &variable.name.node;
        if !used.contains(name.as_str()) {
            let message = format!("Variable \"${name}\" is not used.");
            return Err(ServerError::new(message, Some(*pos)));
        }
    }
    Ok(())
}

/// Returns the usages of an operation and of all fragments that it spreads, directly or through other fragments.
fn reachable<'a>(own: &'a Usages<'a>, all: &'a DocumentUsages<'a>) -> Vec<&'a Usages<'a>> {
    let (mut found, mut visited) = (vec![own], HashSet::new());
    let mut next = 0;
    while let Some(usages) = found.get(next) {
        let spreads = usages.spreads.iter().filter(|name| visited.insert(**name));
        let fragments = spreads.filter_map(|name| all.fragments.get(name)).collect::<Vec<_>>();
        found.extend(fragments);
        next += 1;
    }
    found
}

fn check_usage(variable: &VariableDefinition, usage: &VariableUsage<'_>) -> ServerResult<()> {
    let Some(expected) = &usage.expected else { return Ok(()) };
    if is_allowed(variable, expected) {
        return Ok(());
    }
    let (name, var_type, expected) = (&variable.name.node, &variable.var_type.node, &expected.expected_type);
    let message = format!(
        "Variable \"${name}\" of type \"{var_type}\" is used in a position that expects the type \"{expected}\"."
    );
    Err(ServerError::new(message, Some(usage.position)))
}

/// Returns whether a variable is allowed in a position. A nullable variable is allowed in a position that is not nullable, if one
/// of both has a default value.
fn is_allowed(variable: &VariableDefinition, expected: &Expected) -> bool {
    let default = variable.default_value.as_ref().is_some_and(|value| value.node != Value::Null);
    let (var_type, position) = (&variable.var_type.node, &expected.expected_type);
    if !position.nullable && var_type.nullable {
        return (default || expected.has_default) && is_compatible_base(var_type, position);
    }
    is_compatible(var_type, position)
}

fn is_compatible(var_type: &Type, position: &Type) -> bool {
    (position.nullable || !var_type.nullable) && is_compatible_base(var_type, position)
}

fn is_compatible_base(var_type: &Type, position: &Type) -> bool {
    match (&var_type.base, &position.base) {
        (BaseType::Named(one), BaseType::Named(other)) => one == other,
        (BaseType::List(one), BaseType::List(other)) => is_compatible(one, other),
        _ => false,
    }
}
