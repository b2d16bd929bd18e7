//! The order of fragments, and the rule that fragment spreads must not form cycles.

use std::collections::{HashMap, hash_map::Entry};

use async_graphql::{
    ServerError, ServerResult,
    parser::types::{ExecutableDocument, Selection, SelectionSet},
};

use crate::graphql::error::{VALIDATION_FAILED, with_code};

/// Returns the names of all fragments in topological order: each after the fragments that it spreads.
///
/// # Errors
/// Fragment spreads form a cycle.
pub fn topological_order(document: &ExecutableDocument) -> ServerResult<Vec<&str>> {
    let fragments = document.fragments.iter();
    let spreads = fragments.map(|(name, fragment)| {
        let mut spreads = Vec::new();
        collect_spreads(&fragment.node.selection_set.node, &mut spreads);
        (name.as_str(), spreads)
    });
    let spreads = spreads.collect::<HashMap<_, _>>();
    // The visited fragments, each with whether it is finished.
    let (mut visited, mut order) = (HashMap::new(), Vec::with_capacity(spreads.len()));
    for name in spreads.keys() {
        if visited.contains_key(name) {
            continue;
        }
        // Depth-first search with a stack of its own: recursion over a long chain of fragments would overflow the call stack.
        let mut stack = vec![(*name, 0)];
        visited.insert(*name, false);
        while let Some((name, next)) = stack.pop() {
            let Some(spread) = spreads.get(name).and_then(|spreads| spreads.get(next)) else {
                visited.insert(name, true);
                order.push(name);
                continue;
            };
            stack.push((name, next + 1));
            match visited.entry(*spread) {
                Entry::Vacant(entry) => {
                    entry.insert(false);
                    stack.push((*spread, 0));
                }
                Entry::Occupied(finished) if *finished.get() => {}
                Entry::Occupied(_) => {
                    let position = document.fragments.get(*spread).map(|fragment| fragment.pos);
                    let message =
                        format!("The fragment `{spread}` spreads itself, directly or through other fragments.");
                    let error = ServerError::new(message, position);
                    return Err(with_code(error, VALIDATION_FAILED));
                }
            }
        }
    }
    Ok(order)
}

/// Adds the names of the fragments that a selection set spreads, not through other fragments.
pub fn collect_spreads<'a>(selections: &'a SelectionSet, spreads: &mut Vec<&'a str>) {
    for selection in &selections.items {
        match &selection.node {
            Selection::Field(field) => collect_spreads(&field.node.selection_set.node, spreads),
            Selection::InlineFragment(inline) => collect_spreads(&inline.node.selection_set.node, spreads),
            Selection::FragmentSpread(spread) => spreads.push(&spread.node.fragment_name.node),
        }
    }
}
