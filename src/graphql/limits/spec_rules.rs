//! Rules of the GraphQL specification that the library leaves to us.

use std::collections::HashSet;

use async_graphql::{
    Positioned, ServerError, ServerResult, Value, Variables,
    parser::types::{ExecutableDocument, Field, OperationType, Selection, SelectionSet},
};

/// A subscription has one root field: two would have no common order.
///
/// # Errors
/// One has several.
pub fn check_subscriptions(document: &ExecutableDocument) -> ServerResult<()> {
    for (_, operation) in document.operations.iter() {
        if operation.node.ty != OperationType::Subscription {
            continue;
        }
        let mut roots = Vec::new();
        gather(document, &operation.node.selection_set.node, &mut HashSet::new(), &mut roots);
        let key = |field: &Positioned<Field>| field.node.response_key().node.clone();
        if let Some(other) = roots.iter().find(|root| key(root) != key(roots[0])) {
            let message = "A subscription has one root field; ask for this one in another subscription.";
            return Err(ServerError::new(message, Some(other.pos)));
        }
    }
    Ok(())
}

/// The operation has a value for each variable that it must have one for, also where the variable is not used or where null
/// is taken.
///
/// # Errors
/// Which variable has no value.
pub fn check_variables(document: &ExecutableDocument, name: Option<&str>, variables: &Variables) -> ServerResult<()> {
    let mut operations = document.operations.iter();
    // One with operations of which none is named is refused where it would be executed.
    let operation = match name {
        Some(name) => operations.find(|(other, _)| other.is_some_and(|other| *other == name)),
        None => operations.next().filter(|_| operations.next().is_none()),
    };
    for definition in operation.into_iter().flat_map(|(_, operation)| &operation.node.variable_definitions) {
        let variable = &definition.node;
        let given = variables.get(&variable.name.node).unwrap_or(&Value::Null);
        if !variable.var_type.node.nullable && variable.default_value.is_none() && *given == Value::Null {
            let (name, wanted) = (&variable.name.node, &variable.var_type.node);
            let message = format!("The variable `${name}` of type `{wanted}` must have a value.");
            return Err(ServerError::new(message, Some(definition.pos)));
        }
    }
    Ok(())
}

/// The fields of a selection, those of fragments included, each fragment once.
fn gather<'a>(
    document: &'a ExecutableDocument,
    selections: &'a SelectionSet,
    met: &mut HashSet<&'a str>,
    fields: &mut Vec<&'a Positioned<Field>>,
) {
    for selection in &selections.items {
        match &selection.node {
            Selection::Field(field) => fields.push(field),
            Selection::InlineFragment(fragment) => {
                gather(document, &fragment.node.selection_set.node, met, fields);
            }
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                let fragment = document.fragments.get(name).filter(|_| met.insert(name));
                if let Some(fragment) = fragment {
                    gather(document, &fragment.node.selection_set.node, met, fields);
                }
            }
        }
    }
}
