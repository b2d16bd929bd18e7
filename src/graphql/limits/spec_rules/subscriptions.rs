//! Subscription operations have a single root field, which neither `@skip` nor `@include` may remove (5.2.4.1).

use async_graphql::{
    Name, Positioned, ServerError, ServerResult,
    parser::types::{
        Directive, DocumentOperations, ExecutableDocument, Field, OperationDefinition, OperationType, Selection,
        SelectionSet,
    },
};

use crate::graphql::limits::fragments::collect_spreads;

/// Checks that each subscription operation has a single root field.
///
/// # Errors
/// One has several, or a directive may remove it.
pub fn check_subscriptions(document: &ExecutableDocument) -> ServerResult<()> {
    for (_, operation) in document.operations.iter().filter(|(_, operation)| is_subscription(&operation.node)) {
        let roots = RootFields::of(document, &operation.node);
        let key = |field: &Positioned<Field>| field.node.response_key().node.clone();
        if let Some(other) = roots.fields.iter().find(|root| key(root) != key(roots.fields[0])) {
            let message = "A subscription must have a single root field; select this one in another subscription.";
            return Err(ServerError::new(message, Some(other.pos)));
        }
        if let Some(directive) = roots.conditions.first() {
            let message =
                "The root field of a subscription must not have `@skip` or `@include`; select the field or not.";
            return Err(ServerError::new(message, Some(directive.pos)));
        }
    }
    Ok(())
}

/// Replaces the selection set of each subscription operation by its root field: async-graphql ignores fragment spreads there.
/// The document must have been checked.
pub fn expand_root_fragments(document: &mut ExecutableDocument) {
    let operations = document.operations.iter().filter(|(_, operation)| is_subscription(&operation.node));
    let expanded = operations.map(|(name, operation)| {
        let roots = RootFields::of(document, &operation.node);
        let fragments = roots.fragments.iter().map(|fragment| (*fragment).clone()).collect::<Vec<_>>();
        (name.cloned(), roots.merged(), fragments)
    });
    for (name, root, fragments) in expanded.collect::<Vec<_>>() {
        let operation = match (&mut document.operations, &name) {
            (DocumentOperations::Single(operation), _) => Some(operation),
            (DocumentOperations::Multiple(operations), Some(name)) => operations.get_mut(name),
            (DocumentOperations::Multiple(_), None) => None,
        };
        // The library reports a fragment that does not exist.
        let exist = fragments.iter().all(|fragment| document.fragments.contains_key(fragment));
        if let Some((operation, root)) = operation.zip(root).filter(|_| exist) {
            operation.node.selection_set.node.items = vec![Positioned::new(Selection::Field(root.clone()), root.pos)];
            remove_unused_fragments(document, &fragments);
        }
    }
}

/// Removes those of the fragments that no selection set spreads any more, because every fragment must be used.
fn remove_unused_fragments(document: &mut ExecutableDocument, fragments: &[Name]) {
    // A fragment that only a removed one spreads is unused in the next round.
    loop {
        let mut used = Vec::new();
        let operations = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
        let others = document.fragments.values().map(|fragment| &fragment.node.selection_set.node);
        operations.chain(others).for_each(|selections| collect_spreads(selections, &mut used));
        let unused =
            fragments.iter().find(|name| document.fragments.contains_key(*name) && !used.contains(&name.as_str()));
        let Some(unused) = unused else { return };
        document.fragments.remove(unused);
    }
}

fn is_subscription(operation: &OperationDefinition) -> bool {
    operation.ty == OperationType::Subscription
}

/// The root fields of an operation, including those of fragments.
#[derive(Default)]
struct RootFields<'a> {
    fields: Vec<&'a Positioned<Field>>,
    /// The fragments that are spread around them. Each is visited once.
    fragments: Vec<&'a Name>,
    /// The directives `@skip` and `@include` of the fields and of the fragments around them.
    conditions: Vec<&'a Positioned<Directive>>,
}

impl<'a> RootFields<'a> {
    fn of(document: &'a ExecutableDocument, operation: &'a OperationDefinition) -> Self {
        let mut roots = Self::default();
        roots.collect(document, &operation.selection_set.node);
        roots
    }

    fn collect(&mut self, document: &'a ExecutableDocument, selections: &'a SelectionSet) {
        for selection in &selections.items {
            let directives = match &selection.node {
                Selection::Field(field) => {
                    self.fields.push(field);
                    &field.node.directives
                }
                Selection::InlineFragment(inline) => {
                    self.collect(document, &inline.node.selection_set.node);
                    &inline.node.directives
                }
                Selection::FragmentSpread(spread) => {
                    self.collect_fragment(document, &spread.node.fragment_name.node);
                    &spread.node.directives
                }
            };
            let is_condition =
                |directive: &&Positioned<Directive>| matches!(directive.node.name.node.as_str(), "skip" | "include");
            self.conditions.extend(directives.iter().filter(is_condition));
        }
    }

    fn collect_fragment(&mut self, document: &'a ExecutableDocument, name: &'a Name) {
        if self.fragments.contains(&name) {
            return;
        }
        self.fragments.push(name);
        if let Some(fragment) = document.fragments.get(name) {
            self.collect(document, &fragment.node.selection_set.node);
        }
    }

    /// Returns the field with the selections of all fields; none if there is no field.
    fn merged(&self) -> Option<Positioned<Field>> {
        let mut root = (*self.fields.first()?).clone();
        let others = self.fields[1..].iter().flat_map(|field| &field.node.selection_set.node.items);
        root.node.selection_set.node.items.extend(others.cloned());
        Some(root)
    }
}
