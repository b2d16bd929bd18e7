//! The cost of a query is at least the number of objects in its response, whatever the document.

use std::collections::{HashMap, HashSet};

use async_graphql::{
    Request,
    parser::{
        parse_schema,
        types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition},
    },
};
use libtest_mimic::Trial;
use open_llm_catalog::graphql::limits::analyze;
use open_llm_catalog::graphql::limits::settings::Limits;
use open_llm_catalog::graphql::limits::weights::max_list_length;
use open_llm_catalog::graphql::sdl;
use proptest::prelude::Rng;
use serde_json::{Value as Json, json};

use crate::{
    support::{App, runner},
    trials,
};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![plain:
        connections_cost_their_rows,
        lists_without_page_arguments_have_a_bound,
        long_response_keys_and_texts_cost_more,
    ];
    trials.extend(trials![on both: random_queries_cost_at_least_their_objects]);
    trials
}

/// The fields of all object types and interfaces, and the members of unions.
struct Schema {
    fields: HashMap<String, Vec<FieldDefinition>>,
    unions: HashMap<String, Vec<String>>,
}

fn schema() -> Schema {
    let (mut fields, mut unions) = (HashMap::new(), HashMap::new());
    for definition in parse_schema(sdl()).expect("the schema is valid").definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let name = definition.node.name.node.to_string();
        let of = |fields: Vec<async_graphql::Positioned<FieldDefinition>>| {
            fields.into_iter().map(|field| field.node).collect()
        };
        match definition.node.kind {
            TypeKind::Object(object) => drop(fields.insert(name, of(object.fields))),
            TypeKind::Interface(interface) => drop(fields.insert(name, of(interface.fields))),
            TypeKind::Union(union) => {
                drop(
                    unions.insert(name, union.members.iter().map(|member| member.node.to_string()).collect::<Vec<_>>()),
                );
            }
            _ => {}
        }
    }
    Schema { fields, unions }
}

fn named(wrapped: &Type) -> &str {
    match &wrapped.base {
        BaseType::Named(name) => name,
        BaseType::List(element) => named(element),
    }
}

fn is_list(field: &FieldDefinition) -> bool {
    matches!(field.ty.node.base, BaseType::List(_))
}

fn cost(query: &str) -> u64 {
    let limits = Limits { cost: u32::MAX, ..Limits::default() };
    analyze(&mut Request::new(query), &limits).unwrap_or_else(|error| panic!("{query}: {}", error.message)).cost.into()
}

fn connections_cost_their_rows() {
    let schema = schema();
    let mut count = 0;
    for (parent, fields) in &schema.fields {
        for field in fields.iter().filter(|field| named(&field.ty.node).ends_with("Connection")) {
            let name = &field.name.node;
            let query = if name == "search" { "query: \"a\", " } else { "" };
            let select = |rows: u32, content: &str| {
                cost(&format!("{{ ... on {parent} {{ {name}({query}first: {rows}) {{ {content} }} }} }}"))
            };
            for content in ["nodes { __typename }", "edges { node { __typename } }"] {
                let objects = if content.starts_with("edges") { 2 } else { 1 };
                assert_eq!(select(90, content) - select(20, content), 70 * objects, "{parent}.{name} {{ {content} }}");
            }
            count += 1;
        }
    }
    assert!(count >= 10, "{count} connections");
}

/// Lists of objects that are not rows of a connection, elements for the ids of an argument, or results of a mutation.
fn lists_without_page_arguments_have_a_bound() {
    let schema = schema();
    for (parent, fields) in &schema.fields {
        if parent.ends_with("Connection") || parent.ends_with("Payload") {
            continue;
        }
        for field in fields.iter().filter(|field| is_list(field)) {
            let (name, element) = (&field.name.node, named(&field.ty.node));
            let is_object = schema.fields.contains_key(element) || schema.unions.contains_key(element);
            let has_ids = field.arguments.iter().any(|argument| argument.node.name.node == "ids");
            if !is_object || has_ids {
                continue;
            }
            let bound = max_list_length(parent, element).unwrap_or_else(|| panic!("{parent}.{name} has no bound"));
            let query = format!("{{ ... on {parent} {{ {name} {{ __typename }} }} }}");
            assert!(cost(&query) >= bound as u64, "{query}");
        }
    }
}

fn long_response_keys_and_texts_cost_more() {
    let names = |key: &str| cost(&format!("{{ models(first: 100) {{ nodes {{ {key}: name }} }} }}"));
    assert_eq!((names("a"), names(&"a".repeat(250))), (101, 201));
    let nested = format!("{{ models(first: 100) {{ nodes {{ {}: license {{ name }} }} }} }}", "a".repeat(260));
    assert_eq!(cost(&nested), 301);
    assert!(cost("{ models(first: 100) { nodes { summary } } }") > 3 * names("a"));
}

/// Writes random queries.
struct Writer<'a> {
    schema: &'a Schema,
    random: &'a mut dyn Rng,
    /// The definitions of fragments.
    fragments: Vec<String>,
    /// The global ids of objects in the catalog.
    ids: &'a [String],
}

impl Writer<'_> {
    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.random.next_u32()).expect("32 bits") % bound.max(1)
    }

    fn query(&mut self) -> String {
        let selection = self.selection("Query", 5);
        format!("{{ {selection} }} {}", self.fragments.concat())
    }

    /// A selection of the fields of a type. Every field has an alias of its own, so that all can be merged.
    fn selection(&mut self, type_name: &str, depth: usize) -> String {
        if let Some(members) = self.schema.unions.get(type_name) {
            let parts =
                members.iter().map(|member| format!("... on {member} {{ {} }} ", self.selection(member, depth)));
            return parts.collect::<String>() + "__typename";
        }
        if type_name == "Node" {
            return format!("id ... on Model {{ {} }}", self.selection("Model", depth));
        }
        let fields = &self.schema.fields[type_name];
        let mut text = "__typename ".to_owned();
        for _ in 0..=self.below(3) {
            let field = &fields[self.below(fields.len())];
            let Some(arguments) = self.arguments(field) else { continue };
            let name = named(&field.ty.node);
            let is_leaf = !self.schema.fields.contains_key(name) && !self.schema.unions.contains_key(name);
            let content = match (is_leaf, depth) {
                (true, _) => String::new(),
                (false, 0) => continue,
                (false, _) => format!("{{ {} }}", self.selection(name, depth - 1)),
            };
            text += &format!("a{}: {}{arguments} {content} ", self.random.next_u32(), field.name.node);
        }
        match self.below(4) {
            0 => format!("... {{ {text} }}"),
            1 => {
                let name = format!("f{}", self.random.next_u32());
                self.fragments.push(format!("fragment {name} on {type_name} {{ {text} }} "));
                format!("...{name}")
            }
            _ => text,
        }
    }

    /// The arguments of a field; none if the field cannot be selected.
    fn arguments(&mut self, field: &FieldDefinition) -> Option<String> {
        let mut arguments = Vec::new();
        for argument in &field.arguments {
            let name = argument.node.name.node.as_str();
            let required = !argument.node.ty.node.nullable && argument.node.default_value.is_none();
            let value = match name {
                "first" => (1 + self.below(100)).to_string(),
                "query" => "\"a\"".to_owned(),
                "search" if self.below(4) == 0 => "\"a\"".to_owned(),
                "slug" => "\"llama-2\"".to_owned(),
                "number" => "1".to_owned(),
                "id" => json!(self.ids[self.below(self.ids.len())]).to_string(),
                "ids" => json!(self.ids).to_string(),
                _ if required => return None,
                _ => continue,
            };
            arguments.push(format!("{name}: {value}"));
        }
        // Administrators only.
        let hidden = field.name.node == "apiTokens";
        let text = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
        Some(text).filter(|_| !hidden)
    }
}

/// The number of objects in a response, without the response itself.
fn objects(value: &Json) -> u64 {
    match value {
        Json::Array(items) => items.iter().map(objects).sum(),
        Json::Object(fields) => 1 + fields.values().map(objects).sum::<u64>(),
        _ => 0,
    }
}

async fn random_queries_cost_at_least_their_objects(app: App) {
    let schema = schema();
    let models = app.data("{ models(first: 20) { nodes { id } } }").await;
    let ids = models["models"]["nodes"].as_array().expect("models").iter();
    let ids = ids.map(|model| model["id"].as_str().expect("an id").to_owned()).collect::<Vec<_>>();
    let mut runner = runner();
    let (mut executed, mut largest, mut fields) = (0, 0, HashSet::new());
    for _ in 0..900 {
        let mut writer = Writer { schema: &schema, random: runner.rng(), fragments: Vec::new(), ids: &ids };
        let query = writer.query();
        let (status, answer) = app.post(&json!({ "query": query })).await;
        if status == 400 {
            let code = &answer["errors"][0]["extensions"]["code"];
            assert!(code == "COST_EXCEEDED" || code == "DOCUMENT_TOO_LARGE", "{answer} for {query}");
            continue;
        }
        // Values of the JSON scalar are no objects of the schema; none of the catalog's facts is an object.
        let count = objects(&answer["data"]) - 1;
        let cost = answer["extensions"]["cost"].as_u64().expect("a cost");
        assert!(cost >= count, "cost {cost} for {count} objects of {query}");
        (executed, largest) = (executed + 1, largest.max(count));
        fields.extend(
            ["search(", "edges", "nodes", "sizes", "facets", "revisions"]
                .into_iter()
                .filter(|name| query.contains(name)),
        );
    }
    assert!(
        executed >= 200 && largest >= 500 && fields.len() == 6,
        "{executed} queries, {largest} objects, {fields:?}"
    );
}
