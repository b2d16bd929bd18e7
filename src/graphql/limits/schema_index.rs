//! An index of the schema: the types of fields and arguments, and the properties that the cost of a field depends on.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use async_graphql::{
    Positioned,
    parser::{
        parse_schema,
        types::{
            BaseType, FieldDefinition, InputValueDefinition, Type, TypeDefinition, TypeKind, TypeSystemDefinition,
        },
    },
};

use crate::graphql::connection::MAX_PAGE;
use crate::graphql::federated_schema;
use crate::graphql::limits::weights::max_list_length;
use crate::graphql::types::proposal::ProposalSettings;

/// The fields of an object type or interface, by name.
pub type Fields = HashMap<String, Field>;

/// A field of a type.
pub struct Field {
    /// The named type of the field, without list and non-null wrappers.
    pub type_name: String,
    /// The type of the field.
    pub field_type: Type,
    /// The shape of the field's value.
    pub shape: FieldShape,
    /// The arguments.
    pub arguments: Inputs,
}

/// Arguments of a field or directive, or the fields of an input object, by name.
pub type Inputs = HashMap<String, Input>;

/// An argument, or a field of an input object.
pub struct Input {
    /// The type.
    pub input_type: Type,
    /// Whether it has a default value.
    pub has_default: bool,
}

/// An input type that is not a scalar.
pub enum InputType {
    /// An enum with these values.
    Enum(HashSet<String>),
    /// An input object.
    Object {
        /// The fields.
        fields: Inputs,
        /// Whether exactly one field must be given.
        one_of: bool,
    },
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
    /// A list with an element for each one of this argument.
    Ids(&'static str),
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

/// Returns the field of a type, also if it is a field for introspection; none if the type has no such field.
pub fn field(type_name: &str, name: &str) -> Option<&'static Field> {
    INTROSPECTION.get(name).or_else(|| fields(type_name)?.get(name))
}

/// Returns an enum or input object; none for another type.
pub fn input_type(name: &str) -> Option<&'static InputType> {
    INPUT_TYPES.get(name)
}

/// Returns the arguments of a directive; none if it does not exist.
pub fn directive(name: &str) -> Option<&'static Inputs> {
    DIRECTIVES.get(name)
}

/// Returns whether a type is an object type, and not an interface or union.
pub fn is_object(type_name: &str) -> bool {
    OBJECTS.contains(type_name) || type_name.starts_with("__")
}

/// Returns whether a type is an interface or union.
pub fn is_abstract(type_name: &str) -> bool {
    ABSTRACT_TYPES.contains(type_name)
}

/// Returns the numbers of types, fields and values of the schema.
pub fn schema_counts() -> SchemaCounts {
    static COUNTS: LazyLock<SchemaCounts> = LazyLock::new(count);
    *COUNTS
}

static TYPES: LazyLock<HashMap<String, Fields>> = LazyLock::new(index_fields);
static INPUT_TYPES: LazyLock<HashMap<String, InputType>> = LazyLock::new(index_input_types);
static DIRECTIVES: LazyLock<HashMap<String, Inputs>> = LazyLock::new(index_directives);
static OBJECTS: LazyLock<HashSet<String>> = LazyLock::new(|| names(|kind| matches!(kind, TypeKind::Object(_))));
static ABSTRACT_TYPES: LazyLock<HashSet<String>> =
    LazyLock::new(|| names(|kind| matches!(kind, TypeKind::Interface(_) | TypeKind::Union(_))));
/// The fields for introspection, which every type or the root type has.
static INTROSPECTION: LazyLock<Fields> = LazyLock::new(|| {
    let fields =
        [("__typename", "String!", None), ("__schema", "__Schema!", None), ("__type", "__Type", Some("String!"))];
    let fields = fields.into_iter().filter_map(|(name, field_type, argument)| {
        let argument = argument.and_then(Type::new).map(|input_type| Input { input_type, has_default: false });
        let arguments = argument.into_iter().map(|argument| ("name".to_owned(), argument)).collect();
        let field_type = Type::new(field_type)?;
        let type_name = named_type(&field_type).to_owned();
        Some((name.to_owned(), Field { type_name, field_type, shape: FieldShape::Single, arguments }))
    });
    fields.collect()
});

fn all_definitions() -> impl Iterator<Item = TypeSystemDefinition> {
    // Does not fail: async-graphql parses the SDL that it printed. A test checks that costs are computed. The index has the fields of
    // the subgraph too: a server without federation rejects them, because its schema does not have them.
    static SDL: LazyLock<String> = LazyLock::new(|| federated_schema(false, ProposalSettings::default()).sdl());
    parse_schema(&*SDL).map(|schema| schema.definitions).unwrap_or_default().into_iter()
}

fn definitions() -> impl Iterator<Item = TypeDefinition> {
    all_definitions().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(definition) => Some(definition.node),
        _ => None,
    })
}

/// Returns the names of the types of a kind.
fn names(is_kind: impl Fn(&TypeKind) -> bool) -> HashSet<String> {
    let types = definitions().filter(|definition| is_kind(&definition.kind));
    types.map(|definition| definition.name.node.to_string()).collect()
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

fn index_input_types() -> HashMap<String, InputType> {
    let types = definitions().filter_map(|definition| {
        let one_of = definition.directives.iter().any(|directive| directive.node.name.node == "oneOf");
        let input_type = match definition.kind {
            TypeKind::Enum(values) => {
                InputType::Enum(values.values.into_iter().map(|value| value.node.value.node.to_string()).collect())
            }
            TypeKind::InputObject(object) => InputType::Object { fields: index_inputs(object.fields), one_of },
            _ => return None,
        };
        Some((definition.name.node.to_string(), input_type))
    });
    types.collect()
}

fn index_directives() -> HashMap<String, Inputs> {
    let directives = all_definitions().filter_map(|definition| match definition {
        TypeSystemDefinition::Directive(directive) => {
            Some((directive.node.name.node.to_string(), index_inputs(directive.node.arguments)))
        }
        _ => None,
    });
    directives.collect()
}

fn index_inputs(definitions: Vec<Positioned<InputValueDefinition>>) -> Inputs {
    let inputs = definitions.into_iter().map(|Positioned { node: definition, .. }| {
        let has_default = definition.default_value.is_some();
        (definition.name.node.to_string(), Input { input_type: definition.ty.node, has_default })
    });
    inputs.collect()
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
        let arguments = index_inputs(definition.arguments.clone());
        Self { type_name: type_name.to_owned(), field_type: field_type.clone(), shape, arguments }
    }

    fn list_shape(parent: &str, definition: &FieldDefinition, element: &str) -> FieldShape {
        let has = |name: &&str| definition.arguments.iter().any(|argument| argument.node.name.node == *name);
        if let Some(ids) = ["ids", "representations"].into_iter().find(has) {
            return FieldShape::Ids(ids);
        }
        if is_connection(parent) {
            return FieldShape::Rows;
        }
        match max_list_length(parent, element) {
            Some(length) => FieldShape::List(length as u64),
            None if parent.ends_with("Payload") => FieldShape::Rows,
            None => FieldShape::List(MAX_PAGE.unsigned_abs().into()),
        }
    }
}

/// Returns whether a type is a connection, by the name that the Relay specification requires.
fn is_connection(type_name: &str) -> bool {
    type_name.ends_with("Connection")
}

/// Returns the named type inside all list and non-null wrappers.
pub fn named_type(wrapped: &Type) -> &str {
    match &wrapped.base {
        BaseType::Named(name) => name,
        BaseType::List(element) => named_type(element),
    }
}
