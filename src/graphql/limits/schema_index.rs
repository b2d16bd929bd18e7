//! An index of the schema with the properties of fields and types that their cost depends on.

use std::{collections::HashMap, sync::LazyLock};

use async_graphql::parser::{
    parse_schema,
    types::{BaseType, FieldDefinition, Type, TypeDefinition, TypeKind, TypeSystemDefinition},
};

use crate::graphql::connection::MAX_PAGE;
use crate::graphql::limits::weights::max_list_length;
use crate::graphql::sdl;

/// The fields of a type.
pub type Fields = HashMap<String, Field>;

/// A field of a type.
pub struct Field {
    /// The named type of the field, without list and non-null wrappers.
    pub type_name: String,
    /// The shape of the field's value.
    pub shape: FieldShape,
}

/// The shape of the value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldShape {
    /// A single value or null.
    Single,
    /// A connection: one page of a list, of a size that arguments set.
    Connection,
    /// The rows of a connection, or the results of a mutation: one for each row of its input.
    Rows,
    /// A list with an element for each id of the argument `ids`.
    Ids,
    /// A list of at most so many elements.
    List(u64),
}

/// The numbers of types, fields and values that introspection returns.
#[derive(Clone, Copy, Debug, Default)]
pub struct SchemaCounts {
    /// The number of types.
    pub types: u64,
    /// The fields of object types and interfaces.
    pub fields: Totals,
    /// The fields of input types.
    pub input_fields: Totals,
    /// The values of enums.
    pub enum_values: Totals,
}

/// The numbers of members of types.
#[derive(Clone, Copy, Debug, Default)]
pub struct Totals {
    /// The number in all types together.
    pub all: u64,
    /// The number in the type that has most of them.
    pub max: u64,
}

/// Returns the fields of a type; none if it has no fields or does not exist.
pub fn fields(type_name: &str) -> Option<&'static Fields> {
    TYPES.get(type_name)
}

/// Returns the numbers of types, fields and values of the schema.
pub fn schema_counts() -> SchemaCounts {
    static COUNTS: LazyLock<SchemaCounts> = LazyLock::new(count);
    *COUNTS
}

static TYPES: LazyLock<HashMap<String, Fields>> = LazyLock::new(index_fields);

fn definitions() -> impl Iterator<Item = TypeDefinition> {
    // Does not fail: async-graphql parses the SDL that it printed. A test checks that costs are computed.
    let definitions = parse_schema(sdl()).map(|schema| schema.definitions).unwrap_or_default();
    definitions.into_iter().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(definition) => Some(definition.node),
        _ => None,
    })
}

fn index_fields() -> HashMap<String, Fields> {
    let types = definitions().filter_map(|definition| {
        let fields = match definition.kind {
            TypeKind::Object(object) => object.fields,
            TypeKind::Interface(interface) => interface.fields,
            _ => return None,
        };
        let name = definition.name.node.to_string();
        let fields = fields.into_iter().map(|field| (field.node.name.node.to_string(), Field::of(&name, &field.node)));
        let fields = fields.collect();
        Some((name, fields))
    });
    types.collect()
}

fn count() -> SchemaCounts {
    let mut counts = SchemaCounts::default();
    for definition in definitions() {
        counts.types += 1;
        let (totals, count) = match definition.kind {
            TypeKind::Object(object) => (&mut counts.fields, object.fields.len()),
            TypeKind::Interface(interface) => (&mut counts.fields, interface.fields.len()),
            TypeKind::InputObject(input) => (&mut counts.input_fields, input.fields.len()),
            TypeKind::Enum(values) => (&mut counts.enum_values, values.values.len()),
            _ => continue,
        };
        totals.all += count as u64;
        totals.max = totals.max.max(count as u64);
    }
    counts
}

impl Field {
    fn of(parent: &str, definition: &FieldDefinition) -> Self {
        let field_type = &definition.ty.node;
        let type_name = named_type(field_type);
        let shape = match &field_type.base {
            BaseType::List(_) => Self::list_shape(parent, definition, type_name),
            BaseType::Named(_) if is_connection(type_name) => FieldShape::Connection,
            BaseType::Named(_) => FieldShape::Single,
        };
        Self { type_name: type_name.to_owned(), shape }
    }

    fn list_shape(parent: &str, definition: &FieldDefinition, element: &str) -> FieldShape {
        let has_ids = definition.arguments.iter().any(|argument| argument.node.name.node == "ids");
        match max_list_length(parent, element) {
            _ if has_ids => FieldShape::Ids,
            Some(length) => FieldShape::List(length as u64),
            None if is_connection(parent) || parent.ends_with("Payload") => FieldShape::Rows,
            None => FieldShape::List(MAX_PAGE.unsigned_abs().into()),
        }
    }
}

/// Returns whether a type is a connection, by the name that the Relay specification requires.
fn is_connection(type_name: &str) -> bool {
    type_name.ends_with("Connection")
}

/// Returns the named type inside all list and non-null wrappers.
fn named_type(wrapped: &Type) -> &str {
    match &wrapped.base {
        BaseType::Named(name) => name,
        BaseType::List(element) => named_type(element),
    }
}
