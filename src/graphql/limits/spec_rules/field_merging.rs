//! Fields with one response key can be merged (5.3.2), and no field is repeated under very many response keys.
//!
//! The fields of a response key are compared with the first of them, and their selection sets are merged and checked as one. So
//! each field is compared once for each level, however the document repeats it. `MAX_SELECTIONS` bounds the number of fields with
//! fragments expanded.

use std::collections::{HashMap, HashSet};

use async_graphql::{
    Name, Positioned, ServerError, ServerResult,
    parser::types::{BaseType, ExecutableDocument, Field, Selection, SelectionSet, Type},
};
use async_graphql_value::{Value, indexmap::IndexMap};

use crate::graphql::limits::error::{TOO_LARGE, limit_error};
use crate::graphql::limits::schema_index;
use crate::graphql::limits::spec_rules::visitor::root;

/// The largest number of response keys of one field with the same arguments in a selection set. The values of all are equal.
const MAX_ALIASES: u64 = 50;

/// Checks the selection sets of all operations.
///
/// # Errors
/// Two fields with one response key have different names, arguments or types, or a field has too many response keys.
pub fn check_field_merging(document: &ExecutableDocument) -> ServerResult<()> {
    let rule = Rule { document };
    document.operations.iter().try_for_each(|(_, operation)| {
        let root = (root(operation.node.ty), &operation.node.selection_set.node);
        rule.check_merged(&[root], true)
    })
}

struct Rule<'a> {
    document: &'a ExecutableDocument,
}

/// A selection set, and the name of the type that it is applied to.
type Scoped<'a> = (&'a str, &'a SelectionSet);

/// A field, and the name of the type that has it.
#[derive(Clone, Copy)]
struct ScopedField<'a> {
    parent: &'a str,
    field: &'a Positioned<Field>,
}

impl<'a> Rule<'a> {
    /// Checks selection sets that are merged. With `same_object` they may apply to one object, so that their fields must be the
    /// same; otherwise only the shapes of their values must be.
    fn check_merged(&self, selection_sets: &[Scoped<'a>], same_object: bool) -> ServerResult<()> {
        let keys = self.fields_by_key(selection_sets);
        if same_object {
            check_aliases(&keys)?;
        }
        for fields in keys.values() {
            check_each(fields, check_shape)?;
            let contents = contents(fields);
            if !same_object {
                self.check_nonempty(&contents, false)?;
                continue;
            }
            let groups = fields_of_one_object(fields);
            for group in &groups {
                check_each(group, check_same_field)?;
                self.check_nonempty(&self::contents(group), true)?;
            }
            if groups.len() > 1 {
                self.check_nonempty(&contents, false)?;
            }
        }
        Ok(())
    }

    fn check_nonempty(&self, selection_sets: &[Scoped<'a>], same_object: bool) -> ServerResult<()> {
        if selection_sets.is_empty() { Ok(()) } else { self.check_merged(selection_sets, same_object) }
    }

    fn fields_by_key(&self, selection_sets: &[Scoped<'a>]) -> IndexMap<&'a str, Vec<ScopedField<'a>>> {
        let (mut keys, mut visited) = (IndexMap::new(), HashSet::new());
        for (parent, selection_set) in selection_sets {
            self.collect(parent, selection_set, &mut visited, &mut keys);
        }
        keys
    }

    fn collect(
        &self,
        parent: &'a str,
        selection_set: &'a SelectionSet,
        visited: &mut HashSet<&'a str>,
        keys: &mut IndexMap<&'a str, Vec<ScopedField<'a>>>,
    ) {
        for selection in &selection_set.items {
            match &selection.node {
                Selection::Field(field) => {
                    let key = field.node.response_key().node.as_str();
                    keys.entry(key).or_default().push(ScopedField { parent, field });
                }
                Selection::InlineFragment(inline) => {
                    let condition = inline.node.type_condition.as_ref();
                    let on = condition.map_or(parent, |condition| &condition.node.on.node);
                    self.collect(on, &inline.node.selection_set.node, visited, keys);
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    let Some(fragment) = self.document.fragments.get(name).filter(|_| visited.insert(name)) else {
                        continue;
                    };
                    let on = &fragment.node.type_condition.node.on.node;
                    self.collect(on, &fragment.node.selection_set.node, visited, keys);
                }
            }
        }
    }
}

/// Returns the selection sets of fields, each with the type of its field.
fn contents<'a>(fields: &[ScopedField<'a>]) -> Vec<Scoped<'a>> {
    let selecting = fields.iter().filter(|field| !field.field.node.selection_set.node.items.is_empty());
    selecting.map(|field| (field.type_name(), &field.field.node.selection_set.node)).collect()
}

/// Groups fields that one object may have: those of each object type together with those of interfaces.
fn fields_of_one_object<'a>(fields: &[ScopedField<'a>]) -> Vec<Vec<ScopedField<'a>>> {
    let (mut objects, mut others) = (IndexMap::<_, Vec<_>>::new(), Vec::new());
    for field in fields {
        if schema_index::is_object(field.parent) {
            objects.entry(field.parent).or_default().push(*field);
        } else {
            others.push(*field);
        }
    }
    if objects.is_empty() {
        return vec![others];
    }
    objects.into_values().map(|fields| [fields, others.clone()].concat()).collect()
}

fn check_each<'a>(
    fields: &[ScopedField<'a>],
    check: impl Fn(ScopedField<'a>, ScopedField<'a>) -> ServerResult<()>,
) -> ServerResult<()> {
    let Some((first, rest)) = fields.split_first() else { return Ok(()) };
    rest.iter().try_for_each(|other| check(*first, *other))
}

fn check_same_field(one: ScopedField<'_>, other: ScopedField<'_>) -> ServerResult<()> {
    let (first, second) = (&one.field.node, &other.field.node);
    if first.name.node != second.name.node {
        let reason = format!("`{}` and `{}` are different fields", first.name.node, second.name.node);
        return Err(conflict(other, &reason));
    }
    if !same_arguments(&first.arguments, &second.arguments) {
        return Err(conflict(other, &format!("the field `{}` has different arguments", first.name.node)));
    }
    Ok(())
}

fn same_arguments(
    one: &[(Positioned<Name>, Positioned<Value>)],
    other: &[(Positioned<Name>, Positioned<Value>)],
) -> bool {
    let has = |(name, value): &(Positioned<Name>, Positioned<Value>)| {
        other.iter().any(|(other_name, other_value)| name.node == other_name.node && value.node == other_value.node)
    };
    one.len() == other.len() && one.iter().all(has)
}

fn check_shape(one: ScopedField<'_>, other: ScopedField<'_>) -> ServerResult<()> {
    let (Some(first), Some(second)) = (one.field_type(), other.field_type()) else { return Ok(()) };
    if same_shape(first, second) {
        return Ok(());
    }
    let (first_name, second_name) = (&one.field.node.name.node, &other.field.node.name.node);
    let reason = format!(
        "`{first_name}` of type `{first}` and `{second_name}` of type `{second}` have values of different types"
    );
    Err(conflict(other, &reason))
}

fn same_shape(one: &Type, other: &Type) -> bool {
    one.nullable == other.nullable
        && match (&one.base, &other.base) {
            (BaseType::List(one), BaseType::List(other)) => same_shape(one, other),
            (BaseType::Named(one), BaseType::Named(other)) => one == other || is_composite(one) && is_composite(other),
            _ => false,
        }
}

fn is_composite(type_name: &str) -> bool {
    schema_index::is_object(type_name) || schema_index::is_abstract(type_name)
}

fn conflict(field: ScopedField<'_>, reason: &str) -> ServerError {
    let key = &field.field.node.response_key().node;
    let message = format!("Fields \"{key}\" conflict because {reason}. Use different aliases to select both.");
    ServerError::new(message, Some(field.field.pos))
}

/// Checks that no field of a selection set has too many response keys.
fn check_aliases(keys: &IndexMap<&str, Vec<ScopedField<'_>>>) -> ServerResult<()> {
    if keys.len() as u64 <= MAX_ALIASES {
        return Ok(());
    }
    let mut counts = HashMap::new();
    for field in keys.values().filter_map(|fields| fields.first()) {
        let Field { name, arguments, .. } = &field.field.node;
        let count = counts.entry((field.parent, &name.node, arguments_text(arguments))).or_insert(0);
        *count += 1;
        if *count > MAX_ALIASES {
            let message = format!(
                "The field `{}` has more than {MAX_ALIASES} response keys with the same arguments in one selection set.",
                name.node
            );
            return Err(limit_error(TOO_LARGE, ("aliases", *count, MAX_ALIASES), message, Some(field.field.pos)));
        }
    }
    Ok(())
}

/// Returns a text that is the same for the same arguments in any order.
fn arguments_text(arguments: &[(Positioned<Name>, Positioned<Value>)]) -> String {
    let mut texts = arguments.iter().map(|(name, value)| format!("{name}: {}", value.node)).collect::<Vec<_>>();
    texts.sort_unstable();
    texts.join(", ")
}

impl<'a> ScopedField<'a> {
    fn field_type(self) -> Option<&'static Type> {
        schema_index::field(self.parent, &self.field.node.name.node).map(|field| &field.field_type)
    }

    /// Returns the name of the field's type; empty if it is unknown.
    fn type_name(self) -> &'a str {
        schema_index::field(self.parent, &self.field.node.name.node).map_or("", |field| &field.type_name)
    }
}
