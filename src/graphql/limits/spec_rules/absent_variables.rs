//! Arguments whose variable has no value are absent, so that they have their default values (6.4.1).

use async_graphql::{
    Name, Positioned, Variables,
    parser::types::{DocumentOperations, ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet},
};
use async_graphql_value::Value;

use crate::graphql::limits::spec_rules::variables::{absent_variables, selected_operation};

/// Removes the arguments and fields of input objects whose variable has no value, and replaces such elements of lists by null.
/// The definitions of these variables are removed too, because every variable must be used.
pub fn remove_absent_variables(document: &mut ExecutableDocument, name: Option<&str>, variables: &Variables) {
    let operation = selected_operation(document, name);
    let absent = operation.map_or_else(Vec::new, |operation| absent_variables(&operation.node, variables));
    if absent.is_empty() {
        return;
    }
    for fragment in document.fragments.values_mut() {
        remove_from(&mut fragment.node.selection_set.node, &absent);
    }
    // Other operations have variables of their own; of these, the ones that only the fragments used are no longer used.
    match &mut document.operations {
        DocumentOperations::Single(operation) => remove_from_operation(&mut operation.node, &absent),
        DocumentOperations::Multiple(operations) => {
            for (other, operation) in operations {
                if name.is_none_or(|name| *other == name) {
                    remove_from_operation(&mut operation.node, &absent);
                } else {
                    remove_unused(&mut operation.node, &absent);
                }
            }
        }
    }
}

fn remove_from_operation(operation: &mut OperationDefinition, absent: &[Name]) {
    remove_from(&mut operation.selection_set.node, absent);
    operation.variable_definitions.retain(|definition| !absent.contains(&definition.node.name.node));
}

fn remove_unused(operation: &mut OperationDefinition, names: &[Name]) {
    let selection_set = &operation.selection_set.node;
    let is_used = |name: &Name| uses(selection_set, name);
    operation.variable_definitions.retain(|definition| {
        let name = &definition.node.name.node;
        !names.contains(name) || is_used(name)
    });
}

fn remove_from(selection_set: &mut SelectionSet, absent: &[Name]) {
    for selection in &mut selection_set.items {
        match &mut selection.node {
            Selection::Field(Positioned { node: field, .. }) => {
                field.arguments.retain(|(_, value)| !is_absent(&value.node, absent));
                field.arguments.iter_mut().for_each(|(_, value)| remove_from_value(&mut value.node, absent));
                remove_from(&mut field.selection_set.node, absent);
            }
            Selection::InlineFragment(inline) => remove_from(&mut inline.node.selection_set.node, absent),
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn is_absent(value: &Value, absent: &[Name]) -> bool {
    matches!(value, Value::Variable(name) if absent.contains(name))
}

fn remove_from_value(value: &mut Value, absent: &[Name]) {
    match value {
        Value::Variable(name) if absent.contains(name) => *value = Value::Null,
        Value::List(items) => items.iter_mut().for_each(|item| remove_from_value(item, absent)),
        Value::Object(fields) => {
            fields.retain(|_, field| !is_absent(field, absent));
            fields.values_mut().for_each(|field| remove_from_value(field, absent));
        }
        _ => {}
    }
}

fn uses(selection_set: &SelectionSet, name: &Name) -> bool {
    selection_set.items.iter().any(|selection| {
        let directives = selection.node.directives().iter();
        let mut arguments = directives.flat_map(|directive| &directive.node.arguments);
        arguments.any(|(_, value)| value_uses(&value.node, name))
            || match &selection.node {
                Selection::Field(Positioned { node: Field { arguments, selection_set, .. }, .. }) => {
                    arguments.iter().any(|(_, value)| value_uses(&value.node, name)) || uses(&selection_set.node, name)
                }
                Selection::InlineFragment(inline) => uses(&inline.node.selection_set.node, name),
                Selection::FragmentSpread(_) => false,
            }
    })
}

fn value_uses(value: &Value, name: &Name) -> bool {
    match value {
        Value::Variable(other) => other == name,
        Value::List(items) => items.iter().any(|item| value_uses(item, name)),
        Value::Object(fields) => fields.values().any(|field| value_uses(field, name)),
        _ => false,
    }
}
