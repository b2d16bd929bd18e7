//! The variables of an operation have different names (5.8.1), every one that is used is defined (5.8.3), every one is used (5.8.4),
//! and their types fit the positions that they are used in (5.8.5).

use std::collections::{HashMap, HashSet};

use async_graphql::{
    Name, Positioned, ServerError, ServerResult, Value,
    parser::types::{BaseType, ExecutableDocument, OperationDefinition, Type, VariableDefinition},
};

use crate::graphql::limits::spec_rules::visitor::{DocumentUsages, Expected, Usages, VariableUsage};

/// Checks the variables of every operation.
///
/// # Errors
/// A variable is defined twice, not defined, not used, or used in a position of another type.
pub fn check_variable_positions(document: &ExecutableDocument, usages: &DocumentUsages<'_>) -> ServerResult<()> {
    for ((name, operation), own) in document.operations.iter().zip(&usages.operations) {
        check_operation(name.map(Name::as_str), &operation.node, own, usages)?;
    }
    Ok(())
}

fn check_operation(
    operation_name: Option<&str>,
    operation: &OperationDefinition,
    own: &Usages<'_>,
    all: &DocumentUsages<'_>,
) -> ServerResult<()> {
    let mut variables = HashMap::new();
    for variable in &operation.variable_definitions {
        let name = &variable.node.name.node;
        if variables.insert(name.as_str(), variable).is_some() {
            let message = format!("Variable \"${name}\" is defined twice.");
            return Err(ServerError::new(message, Some(variable.pos)));
        }
    }
    let mut used = HashSet::new();
    for usage in reachable(own, all).into_iter().flat_map(|usages| &usages.variables) {
        let Some(variable) = variables.get(usage.name) else {
            let of = operation_name.map(|name| format!(" by operation \"{name}\"")).unwrap_or_default();
            let message = format!("Variable \"${}\" is not defined{of}.", usage.name);
            return Err(ServerError::new(message, Some(usage.position)));
        };
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
