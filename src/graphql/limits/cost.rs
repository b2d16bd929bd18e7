//! How large a document is, and what it costs.
//!
//! The cost counts what an answer may hold at most, as far as the request tells: each object counts 1, and 1 more for every
//! ten values it is asked for; pages have as many rows as their arguments say, a list without such arguments counts as ten;
//! what lies below counts once for each of them. `totalCount` counts 10 more, a search that and its words, `asOf` 100, a mutation 10,
//! introspection a thousandth of its values.

use std::collections::{HashMap, HashSet};

use async_graphql::{
    ServerResult, Value as ConstValue,
    parser::types::{ExecutableDocument, Field, OperationType, Selection, SelectionSet},
};
use async_graphql_value::Value;

use crate::graphql::connection::{DEFAULT_PAGE, MAX_PAGE};
use crate::graphql::limits::arguments::ArgumentLimits;
use crate::graphql::limits::error::at_most_here;
use crate::graphql::limits::fragments::topological_order;
use crate::graphql::limits::schema_index;
use crate::graphql::limits::schema_index::{FieldShape, Fields, census};
use crate::graphql::limits::selection_cost::SelectionCost;
use crate::graphql::limits::settings::MAX_WORDS;

/// What a list without page arguments is taken to hold.
const DEFAULT_LIST_SIZE: u64 = 10;
/// What `totalCount` costs, what a search does, and what a mutation does beyond its answer.
const FIXED_COST: u64 = 10;
/// What it costs to read the past.
const AS_OF_COST: u64 = 100;
/// What was found in a document.
pub struct Measured {
    /// Its operations: name, kind and size.
    pub operations: Vec<(Option<String>, OperationType, SelectionCost)>,
    /// The sizes of its fragments.
    pub fragments: Vec<SelectionCost>,
}

/// Measures a document and checks what its fields are given.
///
/// # Errors
/// A fragment is part of itself, or an argument is too large.
pub fn measure(document: &ExecutableDocument, given: &ArgumentLimits<'_>) -> ServerResult<Measured> {
    let mut measure = CostVisitor { given, fragments: HashMap::new() };
    for name in topological_order(document)? {
        let Some(fragment) = document.fragments.get(name) else { continue };
        given.check_directives(&fragment.node.directives)?;
        let size = measure
            .selections(&fragment.node.selection_set.node, Scope::of(&fragment.node.type_condition.node.on.node))?;
        measure.fragments.insert(name, size);
    }
    let operations = document.operations.iter().map(|(name, operation)| {
        let kind = operation.node.ty;
        given.check_directives(&operation.node.directives)?;
        let size = measure.selections(&operation.node.selection_set.node, Scope::root(kind))?;
        Ok((name.map(ToString::to_string), kind, size))
    });
    let operations = operations.collect::<ServerResult<_>>()?;
    Ok(Measured { operations, fragments: measure.fragments.into_values().collect() })
}

/// What a selection is of.
#[derive(Clone, Copy)]
enum Scope {
    /// An object with these fields; none where the schema has no such type, which validation tells.
    Object(Option<&'static Fields>),
    /// The schema.
    Schema,
}

impl Scope {
    fn of(name: &str) -> Self {
        if name.starts_with("__") { Self::Schema } else { Self::Object(schema_index::fields(name)) }
    }

    fn root(kind: OperationType) -> Self {
        Self::of(match kind {
            OperationType::Query => "Query",
            OperationType::Mutation => "Mutation",
            OperationType::Subscription => "Subscription",
        })
    }
}

struct CostVisitor<'a> {
    given: &'a ArgumentLimits<'a>,
    /// The sizes of the fragments that have been measured.
    fragments: HashMap<&'a str, SelectionCost>,
}

impl CostVisitor<'_> {
    fn selections(&self, selections: &SelectionSet, scope: Scope) -> ServerResult<SelectionCost> {
        let mut all = SelectionCost::default();
        for selection in &selections.items {
            self.given.check_directives(selection.node.directives())?;
            all.add(&match &selection.node {
                Selection::Field(field) => self.field(&field.node, scope)?,
                Selection::InlineFragment(inline) => {
                    let on = inline.node.type_condition.as_ref().map(|condition| Scope::of(&condition.node.on.node));
                    self.selections(&inline.node.selection_set.node, on.unwrap_or(scope))?.within_fragment()
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = self.fragments.get(spread.node.fragment_name.node.as_str());
                    fragment.copied().unwrap_or_default().within_fragment()
                }
            });
        }
        Ok(all)
    }

    fn field(&self, field: &Field, scope: Scope) -> ServerResult<SelectionCost> {
        self.given.check_arguments(field)?;
        let name = field.name.node.as_str();
        let known = match scope {
            Scope::Object(fields) => fields.and_then(|fields| fields.get(name)),
            Scope::Schema => None,
        };
        let describes = matches!(scope, Scope::Schema) || matches!(name, "__schema" | "__type");
        let below = if describes {
            Scope::Schema
        } else {
            Scope::Object(known.and_then(|known| schema_index::fields(&known.of)))
        };
        let leaf = field.selection_set.node.items.is_empty();
        let below = self.selections(&field.selection_set.node, below)?;
        let size = SelectionCost {
            selections: below.selections.saturating_add(1),
            top: 1,
            depth: below.depth + 1,
            nesting: below.nesting.saturating_add(1),
            introspection: below.introspection,
            asks_rate: below.asks_rate || name == "rateLimit",
            ..SelectionCost::default()
        };
        if describes {
            let one = below.introspection.saturating_add(1);
            let (introspection, introspection_of_all) = match name {
                "types" => (below.introspection_of_all, below.introspection_of_all),
                name => {
                    (one.saturating_mul(introspection_fanout(name, leaf)), one.saturating_mul(described_of_all(name)))
                }
            };
            return Ok(SelectionCost { introspection, introspection_of_all, ..size });
        }
        let work = self.work(field, name)?;
        if leaf {
            return Ok(SelectionCost { values: 1, cost: work, ..size });
        }
        let kind = known.map_or(FieldShape::One, |known| known.kind);
        Ok(match (kind, name) {
            // A page tells how many rows it has, and these how large a row is.
            (FieldShape::List, "edges") => SelectionCost { cost: work, row_cost: below.inside(), ..size },
            (FieldShape::List, "nodes") if !has(field, "ids") => {
                SelectionCost { cost: work, row_cost: below.object(), ..size }
            }
            (FieldShape::List, _) => {
                let count = self.length(field).unwrap_or(DEFAULT_LIST_SIZE);
                SelectionCost { cost: below.object().saturating_mul(count).saturating_add(work), ..size }
            }
            (FieldShape::One, _) => SelectionCost { cost: below.object().saturating_add(work), ..size },
            (FieldShape::Page, _) => {
                let rows = below.row_cost.saturating_mul(self.rows(field));
                SelectionCost { cost: below.object().saturating_add(rows).saturating_add(work), ..size }
            }
        })
    }

    /// What a field costs beyond what it answers.
    ///
    /// # Errors
    /// It is to search for too many words.
    fn work(&self, field: &Field, name: &str) -> ServerResult<u64> {
        let asked = |argument: &str| {
            field.get_argument(argument).is_some_and(|value| match &value.node {
                Value::Variable(name) => self.given.values(name).iter().any(|value| **value != ConstValue::Null),
                value => *value != Value::Null,
            })
        };
        let words = field.get_argument(if name == "search" { "query" } else { "search" });
        let words = words.map_or(0, |text| match &text.node {
            Value::String(text) => words_of(text),
            Value::Variable(name) => {
                let texts = self.given.values(name).iter();
                texts
                    .map(|text| if let ConstValue::String(text) = text { words_of(text) } else { 0 })
                    .max()
                    .unwrap_or(0)
            }
            _ => 0,
        });
        at_most_here("searchWords", "different words to search for", words, MAX_WORDS, None)?;
        let past = if asked("asOf") { AS_OF_COST } else { 0 };
        let search = if words > 0 || name == "totalCount" { FIXED_COST + words } else { 0 };
        let writes = if has(field, "input") { FIXED_COST } else { 0 };
        Ok(past + search + writes)
    }

    /// How many rows a page may have.
    fn rows(&self, field: &Field) -> u64 {
        let number = |value: &ConstValue| match value {
            ConstValue::Number(number) => number.as_i64(),
            _ => None,
        };
        let given = ["first", "last"].into_iter().filter_map(|name| field.get_argument(name));
        let rows = given.filter_map(|value| match &value.node {
            Value::Variable(name) => self.given.values(name).iter().filter_map(|value| number(value)).max(),
            Value::Number(rows) => rows.as_i64(),
            _ => None,
        });
        // What is no page is refused by the field, and then costs little.
        rows.max().unwrap_or(DEFAULT_PAGE.into()).clamp(1, MAX_PAGE.into()).unsigned_abs()
    }

    /// How long a list is that has an element for each of its `ids`.
    fn length(&self, field: &Field) -> Option<u64> {
        let ids = field.get_argument("ids")?;
        let length = match &ids.node {
            Value::List(ids) => ids.len(),
            Value::Variable(name) => {
                let lengths = self.given.values(name).iter().map(|value| match value {
                    ConstValue::List(ids) => ids.len(),
                    _ => 1,
                });
                lengths.max().unwrap_or(1)
            }
            _ => 1,
        };
        Some(length as u64)
    }
}

/// The different words of a text.
fn words_of(text: &str) -> u64 {
    text.split_whitespace().collect::<HashSet<_>>().len() as u64
}

fn has(field: &Field, argument: &str) -> bool {
    field.get_argument(argument).is_some()
}

/// How many there are at most of what introspection lists of one thing under a name.
fn introspection_fanout(name: &str, leaf: bool) -> u64 {
    let census = census();
    match name {
        _ if leaf => 1,
        "fields" => census.fields.one,
        "inputFields" => census.input_fields.one,
        "enumValues" => census.enum_values.one,
        "args" | "possibleTypes" | "directives" => 8,
        "interfaces" => 2,
        _ => 1,
    }
}

/// How many there are of what introspection lists under a name of all types together.
fn described_of_all(name: &str) -> u64 {
    let census = census();
    match name {
        "fields" => census.fields.all,
        "inputFields" => census.input_fields.all,
        "enumValues" => census.enum_values.all,
        _ => census.types,
    }
}
