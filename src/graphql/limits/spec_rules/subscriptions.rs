//! Subscription operations have a single root field (5.2.4.1).

use std::collections::HashSet;

use async_graphql::{
    Positioned, ServerError, ServerResult,
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
