//! Which fragments spread which.

use std::collections::{HashMap, hash_map::Entry};

use async_graphql::{
    ServerError, ServerResult,
    parser::types::{ExecutableDocument, Selection, SelectionSet},
};

use crate::graphql::error::{VALIDATION_FAILED, with_code};

/// The names of fragments, each behind those that it spreads.
///
/// # Errors
/// One is part of itself.
pub fn topological_order(document: &ExecutableDocument) -> ServerResult<Vec<&str>> {
    let fragments = document.fragments.iter();
    let spreads = fragments.map(|(name, fragment)| {
        let mut spreads = Vec::new();
        gather(&fragment.node.selection_set.node, &mut spreads);
        (name.as_str(), spreads)
    });
    let spreads = spreads.collect::<HashMap<_, _>>();
    // Whether each one that was met has been left.
    let (mut met, mut order) = (HashMap::new(), Vec::with_capacity(spreads.len()));
    for name in spreads.keys() {
        if met.contains_key(name) {
            continue;
        }
        // By hand and not by recursion: a chain of fragments may be longer than the stack is deep.
        let mut open = vec![(*name, 0)];
        met.insert(*name, false);
        while let Some((name, next)) = open.pop() {
            let Some(spread) = spreads.get(name).and_then(|spreads| spreads.get(next)) else {
                met.insert(name, true);
                order.push(name);
                continue;
            };
            open.push((name, next + 1));
            match met.entry(*spread) {
                Entry::Vacant(entry) => {
                    entry.insert(false);
                    open.push((*spread, 0));
                }
                Entry::Occupied(left) if *left.get() => {}
                Entry::Occupied(_) => {
                    let position = document.fragments.get(*spread).map(|fragment| fragment.pos);
                    let error = ServerError::new(format!("The fragment `{spread}` is part of itself."), position);
                    return Err(with_code(error, VALIDATION_FAILED));
                }
            }
        }
    }
    Ok(order)
}

/// The fragments that a selection spreads.
fn gather<'a>(selections: &'a SelectionSet, spreads: &mut Vec<&'a str>) {
    for selection in &selections.items {
        match &selection.node {
            Selection::Field(field) => gather(&field.node.selection_set.node, spreads),
            Selection::InlineFragment(inline) => gather(&inline.node.selection_set.node, spreads),
            Selection::FragmentSpread(spread) => spreads.push(&spread.node.fragment_name.node),
        }
    }
}
