//! Validation rules of the GraphQL specification that async-graphql does not check.

use std::collections::HashSet;

use async_graphql::{
    Positioned, ServerError, ServerResult, Value, Variables,
    parser::types::{ExecutableDocument, Field, OperationType, Selection, SelectionSet},
};

/// Checks that each subscription operation has a single root field.
///
/// # Errors
/// One has several.
pub fn check_subscriptions(document: &ExecutableDocument) -> ServerResult<()> {
    for (_, operation) in document.operations.iter() {
        if operation.node.ty != OperationType::Subscription {
            continue;
        }
        let mut roots = Vec::new();
        collect_fields(document, &operation.node.selection_set.node, &mut HashSet::new(), &mut roots);
        let key = |field: &Positioned<Field>| field.node.response_key().node.clone();
        if let Some(other) = roots.iter().find(|root| key(root) != key(roots[0])) {
            let message = "A subscription must have a single root field; select this one in another subscription.";
            return Err(ServerError::new(message, Some(other.pos)));
        }
    }
    Ok(())
}

/// Checks that the operation has a value for each variable of a non-null type without a default value, even if the variable is
/// not used, or is used where null is allowed.
///
/// # Errors
/// A required variable has no value.
pub fn check_variables(document: &ExecutableDocument, name: Option<&str>, variables: &Variables) -> ServerResult<()> {
    let mut operations = document.operations.iter();
    // A document with several operations and no operation name is rejected at execution.
    let operation = match name {
        Some(name) => operations.find(|(other, _)| other.is_some_and(|other| *other == name)),
        None => operations.next().filter(|_| operations.next().is_none()),
    };
    for definition in operation.into_iter().flat_map(|(_, operation)| &operation.node.variable_definitions) {
        let variable = &definition.node;
        let value = variables.get(&variable.name.node).unwrap_or(&Value::Null);
        if !variable.var_type.node.nullable && variable.default_value.is_none() && *value == Value::Null {
            let (name, var_type) = (&variable.name.node, &variable.var_type.node);
            let message = format!("The variable `${name}` of type `{var_type}` must have a value.");
            return Err(ServerError::new(message, Some(definition.pos)));
        }
    }
    Ok(())
}

/// Adds the fields of a selection set, including those of fragments. Each fragment is visited once.
fn collect_fields<'a>(
    document: &'a ExecutableDocument,
    selections: &'a SelectionSet,
    visited: &mut HashSet<&'a str>,
    fields: &mut Vec<&'a Positioned<Field>>,
) {
    for selection in &selections.items {
        match &selection.node {
            Selection::Field(field) => fields.push(field),
            Selection::InlineFragment(fragment) => {
                collect_fields(document, &fragment.node.selection_set.node, visited, fields);
            }
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                let fragment = document.fragments.get(name).filter(|_| visited.insert(name));
                if let Some(fragment) = fragment {
                    collect_fields(document, &fragment.node.selection_set.node, visited, fields);
                }
            }
        }
    }
}
