//! What the schema says of fields, as far as their cost follows from it.

use std::{collections::HashMap, sync::LazyLock};

use async_graphql::parser::{
    parse_schema,
    types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition},
};

use crate::api::sdl;

/// The fields of a type.
pub type Fields = HashMap<String, Field>;

/// A field.
pub struct Field {
    /// The type of what it answers, or of each element of it.
    pub of: String,
    /// What it answers.
    pub kind: Kind,
}

/// What a field answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One thing, or nothing.
    One,
    /// A list of all there is.
    List,
    /// A page of a list, as long as its arguments say.
    Page,
}

/// The fields of a type; none where it has none or there is no such type.
pub fn fields(of: &str) -> Option<&'static Fields> {
    static TYPES: LazyLock<HashMap<String, Fields>> = LazyLock::new(read);
    TYPES.get(of)
}

fn read() -> HashMap<String, Fields> {
    // What the library writes it also reads; a test holds that costs are known.
    let definitions = parse_schema(sdl()).map(|schema| schema.definitions).unwrap_or_default();
    let types = definitions.into_iter().filter_map(|definition| {
        let TypeSystemDefinition::Type(definition) = definition else { return None };
        let fields = match definition.node.kind {
            TypeKind::Object(object) => object.fields,
            TypeKind::Interface(interface) => interface.fields,
            _ => return None,
        };
        let fields = fields.into_iter().map(|field| (field.node.name.node.to_string(), Field::of(&field.node)));
        Some((definition.node.name.node.to_string(), fields.collect()))
    });
    types.collect()
}

impl Field {
    fn of(definition: &FieldDefinition) -> Self {
        let paged = definition.arguments.iter().any(|argument| argument.node.name.node == "last");
        let list = matches!(definition.ty.node.base, BaseType::List(_));
        let kind = if paged {
            Kind::Page
        } else if list {
            Kind::List
        } else {
            Kind::One
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
