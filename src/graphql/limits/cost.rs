//! The size and the cost of a document.
//!
//! The cost is an upper bound of the number of objects in the response, computed from the request alone:
//!
//! - Each object costs 1, and 1 more for every 256 bytes that its response keys and leaf values are expected to have.
//! - The selection set of a connection counts once for each row that its arguments allow; that of another list once for each
//!   element that the list may have (see `weights.rs`).
//! - A mutation costs 10 more.
//! - A filter by `use` costs 100 more: it reads and evaluates all licenses.
//! - A statement that reads a whole table costs 100, or 500 if it searches, counts filtered rows, is a facet or groups models. One
//!   statement reads the rows of all parents, so this does not count once for each row.
//! - Introspection costs 1 for every ten values, which no limit of the cost rejects: their number has one of its own.

use std::collections::{HashMap, HashSet};

use async_graphql::{
    ServerResult, Value as ConstValue,
    parser::types::{ExecutableDocument, Field, OperationType, Selection, SelectionSet},
};
use async_graphql_value::Value;

use crate::graphql::connection::{DEFAULT_PAGE, MAX_PAGE};
use crate::graphql::limits::arguments::ArgumentLimits;
use crate::graphql::limits::error::at_most_in;
use crate::graphql::limits::fragments::topological_order;
use crate::graphql::limits::schema_index::{self, FieldShape, Fields, schema_counts};
use crate::graphql::limits::selection_cost::SelectionCost;
use crate::graphql::limits::settings::MAX_SEARCH_WORDS;
use crate::graphql::limits::weights::value_bytes;

/// The number of bytes of a response key that weigh as much as a value of introspection.
const INTROSPECTION_KEY_BYTES: u64 = 32;
/// The additional cost of a mutation.
const MUTATION_COST: u64 = 10;
/// The cost of a statement that may read a whole table: of a filter, of an as-of read, and of counting all rows.
const SCAN_COST: u64 = 100;
/// The cost of a statement that reads a whole table and compares texts or groups rows: of a search, of counting the rows of a
/// search or filter, of a facet and of groups.
const SEARCH_COST: u64 = 500;
/// The field of filters that evaluates all licenses.
const USE_FILTER: &str = "use";
/// The number of bytes of a field in addition to its key and value: quotes, colon and comma.
const PUNCTUATION_BYTES: u64 = 4;

/// The sizes and costs of the operations and fragments of a document.
pub struct DocumentCost {
    /// The operations: name, type, and the cost of the selection set.
    pub operations: Vec<(Option<String>, OperationType, SelectionCost)>,
    /// The costs of the fragments.
    pub fragments: Vec<SelectionCost>,
}

/// Computes the cost of a document, and checks the arguments of its fields and directives.
///
/// # Errors
/// Fragment spreads form a cycle, an argument is too large, or there are too many directives or search words.
pub fn document_cost(document: &ExecutableDocument, arguments: &ArgumentLimits<'_>) -> ServerResult<DocumentCost> {
    let mut visitor = CostVisitor { arguments, fragments: HashMap::new() };
    for name in topological_order(document)? {
        let Some(fragment) = document.fragments.get(name) else { continue };
        arguments.check_directives(&fragment.node.directives)?;
        let cost = visitor
            .selection_set(&fragment.node.selection_set.node, Scope::of(&fragment.node.type_condition.node.on.node))?;
        visitor.fragments.insert(name, cost);
    }
    let operations = document.operations.iter().map(|(name, operation)| {
        let kind = operation.node.ty;
        arguments.check_directives(&operation.node.directives)?;
        let cost = visitor.selection_set(&operation.node.selection_set.node, Scope::root(kind))?;
        Ok((name.map(ToString::to_string), kind, cost))
    });
    let operations = operations.collect::<ServerResult<_>>()?;
    Ok(DocumentCost { operations, fragments: visitor.fragments.into_values().collect() })
}

/// The type that a selection set is applied to.
#[derive(Clone, Copy)]
enum Scope {
    /// A type with these fields; none if the schema has no such type, which validation reports.
    Object(Option<&'static Fields>),
    /// A type of the introspection schema.
    Introspection,
}

impl Scope {
    fn of(type_name: &str) -> Self {
        if type_name.starts_with("__") { Self::Introspection } else { Self::Object(schema_index::fields(type_name)) }
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
    arguments: &'a ArgumentLimits<'a>,
    /// The costs of the fragments visited so far.
    fragments: HashMap<&'a str, SelectionCost>,
}

impl CostVisitor<'_> {
    fn selection_set(&self, selection_set: &SelectionSet, scope: Scope) -> ServerResult<SelectionCost> {
        let mut total = SelectionCost::default();
        for selection in &selection_set.items {
            self.arguments.check_directives(selection.node.directives())?;
            total.add(&match &selection.node {
                Selection::Field(field) => self.field(&field.node, scope)?,
                Selection::InlineFragment(inline) => {
                    let on = inline.node.type_condition.as_ref().map(|condition| Scope::of(&condition.node.on.node));
                    self.selection_set(&inline.node.selection_set.node, on.unwrap_or(scope))?.within_fragment()
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = self.fragments.get(spread.node.fragment_name.node.as_str());
                    fragment.copied().unwrap_or_default().within_fragment()
                }
            });
        }
        Ok(total)
    }

    fn field(&self, field: &Field, scope: Scope) -> ServerResult<SelectionCost> {
        self.arguments.check_arguments(field)?;
        let name = field.name.node.as_str();
        let definition = match scope {
            Scope::Object(fields) => fields.and_then(|fields| fields.get(name)),
            Scope::Introspection => None,
        };
        let introspects = matches!(scope, Scope::Introspection) || matches!(name, "__schema" | "__type");
        let content_scope = if introspects {
            Scope::Introspection
        } else {
            Scope::Object(definition.and_then(|definition| schema_index::fields(&definition.type_name)))
        };
        let leaf = field.selection_set.node.items.is_empty();
        let content = self.selection_set(&field.selection_set.node, content_scope)?;
        let size = SelectionCost {
            selections: content.selections.saturating_add(1),
            root_fields: 1,
            depth: content.depth + 1,
            nesting: content.nesting.saturating_add(1),
            introspection: content.introspection,
            uses_rate_limit: content.uses_rate_limit || name == "rateLimit",
            proposals: (name == "proposeChange").into(),
            bytes: field.response_key().node.len() as u64 + PUNCTUATION_BYTES,
            ..SelectionCost::default()
        };
        if introspects {
            // A long response key weighs as several values.
            let own = 1 + field.response_key().node.len() as u64 / INTROSPECTION_KEY_BYTES;
            let one = content.introspection.saturating_add(own);
            let (introspection, introspection_of_all_types) = match name {
                "types" => (content.introspection_of_all_types, content.introspection_of_all_types),
                name => (
                    one.saturating_mul(introspection_fanout(name, leaf)),
                    one.saturating_mul(introspection_fanout_of_all_types(name)),
                ),
            };
            return Ok(SelectionCost { introspection, introspection_of_all_types, bytes: 0, ..size });
        }
        let type_name = definition.map_or("", |definition| definition.type_name.as_str());
        if leaf {
            let bytes = size.bytes + value_bytes(name, type_name);
            return Ok(SelectionCost { bytes, counts: (name == "totalCount").into(), ..size });
        }
        let statements = content.statements.saturating_add(self.statements(field, name, type_name, &content)?);
        let object = content.object();
        let (objects, row) = match definition.map_or(FieldShape::Single, |definition| definition.shape) {
            // The parent has the arguments that determine the number of rows.
            FieldShape::Rows => (0, object),
            FieldShape::Single => {
                (object.saturating_add(content.row.saturating_mul(self.arguments.input_rows(field))), 0)
            }
            FieldShape::Connection => (object.saturating_add(content.row.saturating_mul(self.page_size(field))), 0),
            FieldShape::Ids(argument) => (object.saturating_mul(self.arguments.length(field, argument)), 0),
            FieldShape::List(length) => (object.saturating_mul(length), 0),
        };
        let mutation = if field.get_argument("input").is_some() { MUTATION_COST } else { 0 };
        Ok(SelectionCost { objects: objects.saturating_add(mutation), row, statements, ..size })
    }

    /// Returns the cost of the statements of a field that read whole tables.
    ///
    /// # Errors
    /// A search has too many words.
    fn statements(&self, field: &Field, name: &str, type_name: &str, content: &SelectionCost) -> ServerResult<u64> {
        let words = self.search_words(field, name)?;
        let (searches, filters) = (words > 0, self.is_set(field, "where"));
        let cost = |applies: bool, cost: u64| if applies { cost } else { 0 };
        let count = if searches || filters { SEARCH_COST } else { SCAN_COST };
        let uses = ["where", "sizesWhere"].map(|argument| self.arguments.count_fields(field, argument, USE_FILTER));
        let uses = uses.into_iter().sum::<u64>();
        Ok(cost(self.is_set(field, "asOf"), SCAN_COST)
            + cost(filters, SCAN_COST)
            + uses.saturating_mul(SCAN_COST)
            + cost(self.is_set(field, "sizesWhere"), SCAN_COST)
            + cost(searches, SEARCH_COST + words)
            + cost(matches!(type_name, "ChangeSummary" | "Facet" | "ModelGroup" | "SubjectChange"), SEARCH_COST)
            + content.counts.saturating_mul(count))
    }

    /// Returns whether an argument has a value that is not null.
    fn is_set(&self, field: &Field, argument: &str) -> bool {
        field.get_argument(argument).is_some_and(|value| match &value.node {
            Value::Variable(name) => self.arguments.values(name).iter().any(|value| **value != ConstValue::Null),
            value => *value != Value::Null,
        })
    }

    /// Returns the number of distinct words of the search of a field.
    ///
    /// # Errors
    /// There are too many.
    fn search_words(&self, field: &Field, name: &str) -> ServerResult<u64> {
        let words = field.get_argument(if name == "search" { "query" } else { "search" });
        let words = words.map_or(0, |text| match &text.node {
            Value::String(text) => count_words(text),
            Value::Variable(name) => {
                let texts = self.arguments.values(name).iter();
                let words = texts.map(|text| if let ConstValue::String(text) = text { count_words(text) } else { 0 });
                words.max().unwrap_or(0)
            }
            _ => 0,
        });
        at_most_in("searchWords", "distinct search words", words, MAX_SEARCH_WORDS, None)?;
        Ok(words)
    }

    /// Returns the largest number of rows that `first` or `last` allow.
    fn page_size(&self, field: &Field) -> u64 {
        let number = |value: &ConstValue| match value {
            ConstValue::Number(number) => number.as_i64(),
            _ => None,
        };
        let arguments = ["first", "last"].into_iter().filter_map(|name| field.get_argument(name));
        let rows = arguments.filter_map(|value| match &value.node {
            Value::Variable(name) => self.arguments.values(name).iter().filter_map(|value| number(value)).max(),
            Value::Number(rows) => rows.as_i64(),
            _ => None,
        });
        // The field rejects a number outside this range; the request then costs little.
        rows.max().unwrap_or(DEFAULT_PAGE.into()).clamp(1, MAX_PAGE.into()).unsigned_abs()
    }
}

/// Returns the number of distinct words of a text.
fn count_words(text: &str) -> u64 {
    text.split_whitespace().collect::<HashSet<_>>().len() as u64
}

/// Returns the largest number of elements of an introspection field, for one type, field or directive.
fn introspection_fanout(name: &str, leaf: bool) -> u64 {
    let counts = schema_counts();
    match name {
        _ if leaf => 1,
        "fields" => counts.fields.max,
        "inputFields" => counts.input_fields.max,
        "enumValues" => counts.enum_values.max,
        "args" | "possibleTypes" | "directives" => 8,
        "interfaces" => 2,
        _ => 1,
    }
}

/// Returns the number of elements of an introspection field, for all types together.
fn introspection_fanout_of_all_types(name: &str) -> u64 {
    let counts = schema_counts();
    match name {
        "fields" => counts.fields.all,
        "inputFields" => counts.input_fields.all,
        "enumValues" => counts.enum_values.all,
        _ => counts.types,
    }
}
