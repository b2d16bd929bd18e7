//! What the schema says of fields, as far as their cost follows from it.

use std::{collections::HashMap, sync::LazyLock};

use async_graphql::parser::{
    parse_schema,
    types::{BaseType, FieldDefinition, Type, TypeDefinition, TypeKind, TypeSystemDefinition},
};

use crate::graphql::sdl;

/// The fields of a type.
pub type Fields = HashMap<String, Field>;

/// A field.
pub struct Field {
    /// The type of what it answers, or of each element of it.
    pub of: String,
    /// What it answers.
    pub kind: FieldShape,
}

/// What a field answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldShape {
    /// One thing, or nothing.
    One,
    /// A list of all there is.
    List,
    /// A page of a list, as long as its arguments say.
    Page,
}

/// How many there are of what introspection lists.
#[derive(Clone, Copy, Debug, Default)]
pub struct SchemaCounts {
    /// All types.
    pub types: u64,
    /// The fields of all types.
    pub fields: Totals,
    /// The fields of all inputs.
    pub input_fields: Totals,
    /// The values of all enums.
    pub enum_values: Totals,
}

/// How many there are of something.
#[derive(Clone, Copy, Debug, Default)]
pub struct Totals {
    /// In all types.
    pub all: u64,
    /// In the type that has most.
    pub one: u64,
}

/// The fields of a type; none where it has none or there is no such type.
pub fn fields(of: &str) -> Option<&'static Fields> {
    TYPES.get(of)
}

/// How many types, fields and values the schema has.
pub fn census() -> SchemaCounts {
    static CENSUS: LazyLock<SchemaCounts> = LazyLock::new(count);
    *CENSUS
}

static TYPES: LazyLock<HashMap<String, Fields>> = LazyLock::new(read);

fn definitions() -> impl Iterator<Item = TypeDefinition> {
    // What the library writes it also reads; a test holds that costs are known.
    let definitions = parse_schema(sdl()).map(|schema| schema.definitions).unwrap_or_default();
    definitions.into_iter().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(definition) => Some(definition.node),
        _ => None,
    })
}

fn read() -> HashMap<String, Fields> {
    let types = definitions().filter_map(|definition| {
        let fields = match definition.kind {
            TypeKind::Object(object) => object.fields,
            TypeKind::Interface(interface) => interface.fields,
            _ => return None,
        };
        let fields = fields.into_iter().map(|field| (field.node.name.node.to_string(), Field::of(&field.node)));
        Some((definition.name.node.to_string(), fields.collect()))
    });
    types.collect()
}

fn count() -> SchemaCounts {
    let mut census = SchemaCounts::default();
    for definition in definitions() {
        census.types += 1;
        let (most, count) = match definition.kind {
            TypeKind::Object(object) => (&mut census.fields, object.fields.len()),
            TypeKind::Interface(interface) => (&mut census.fields, interface.fields.len()),
            TypeKind::InputObject(input) => (&mut census.input_fields, input.fields.len()),
            TypeKind::Enum(values) => (&mut census.enum_values, values.values.len()),
            _ => continue,
        };
        most.all += count as u64;
        most.one = most.one.max(count as u64);
    }
    census
}

impl Field {
    fn of(definition: &FieldDefinition) -> Self {
        let paged = definition.arguments.iter().any(|argument| argument.node.name.node == "last");
        let list = matches!(definition.ty.node.base, BaseType::List(_));
        let kind = if paged {
            FieldShape::Page
        } else if list {
            FieldShape::List
        } else {
            FieldShape::One
        };
        Self { of: named(&definition.ty.node).to_owned(), kind }
    }
}

/// The type within all lists.
fn named(of: &Type) -> &str {
    match &of.base {
        BaseType::Named(name) => name,
        BaseType::List(of) => named(of),
    }
}
