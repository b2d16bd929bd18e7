//! The schema equals schema.graphql, and scalars are exact.

use std::collections::BTreeSet;

use async_graphql::{
    ScalarType, Value,
    parser::{
        parse_schema,
        types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition},
    },
};
use libtest_mimic::Trial;
use open_llm_catalog::domain::count::Count;
use open_llm_catalog::domain::date::Date;
use open_llm_catalog::graphql::{scalars, sdl};
use proptest::prelude::*;

use crate::{support::runner, trials};

pub fn trials() -> Vec<Trial> {
    trials![plain:
        schema_graphql_is_current,
        counts_are_parsed_exactly,
        invalid_counts_are_rejected,
        printed_counts_are_parsed_to_the_same_value,
        decimals_with_units_are_exact,
        dates_and_times_are_parsed_strictly,
        root_fields_are_nullable,
        lists_that_can_grow_are_connections,
    ]
}

fn schema_graphql_is_current() {
    let file = include_str!("../schema.graphql");
    assert!(sdl().trim_end() == file.trim_end(), "schema.graphql is old: cargo run -- schema > schema.graphql");
}

fn counts_are_parsed_exactly() {
    let cases = [
        ("0", 0),
        ("7", 7),
        ("7000000000", 7_000_000_000),
        ("1K", 1000),
        ("3.15M", 3_150_000),
        ("6.7B", 6_700_000_000),
        ("7.1B", 7_100_000_000),
        ("7.1b", 7_100_000_000),
        ("366B", 366_000_000_000),
        ("2.4T", 2_400_000_000_000),
        ("3.0T", 3_000_000_000_000),
        ("1.000", 1),
        ("0.000000000001T", 1),
        ("9007.199254740991T", Count::MAX),
    ];
    for (text, number) in cases {
        assert_eq!(text.parse::<Count>().map(Count::get), Ok(number), "{text}");
    }
}

fn invalid_counts_are_rejected() {
    let cases = [
        ("", "not a decimal"),
        ("B", "not a decimal"),
        ("12Q", "not a decimal"),
        ("7 B", "not a decimal"),
        (" 7B", "not a decimal"),
        ("-7B", "not a decimal"),
        ("+7B", "not a decimal"),
        (".5B", "not a decimal"),
        ("1_000", "not a decimal"),
        ("1e9", "not a decimal"),
        ("1,5B", "not a decimal"),
        ("７B", "not a decimal"),
        ("1.2.3B", "too many digits"),
        ("1.5", "not a whole number"),
        ("0.0001K", "not a whole number"),
        ("9007199254740992", "above"),
        ("9007.199254740992T", "above"),
        ("99999999999999999999999999T", "above"),
        ("1152921504606846976", "above"),
    ];
    for (text, reason) in cases {
        let message = text.parse::<Count>().expect_err(text).to_string();
        assert!(message.contains(reason) && message.contains(&format!("{text:?}")), "{text}: {message}");
    }
}

fn printed_counts_are_parsed_to_the_same_value() {
    let mut runner = runner();
    let property = |number: i64| {
        let count = Count::new(number).expect("in range");
        prop_assert_eq!(count.to_string().parse(), Ok(count));
        prop_assert_eq!(count.to_value(), Value::from(number));
        prop_assert_eq!(<Count as ScalarType>::parse(Value::from(number)).ok(), Some(count));
        Ok(())
    };
    runner.run(&(0..=Count::MAX), property).expect("the property holds");
}

fn decimals_with_units_are_exact() {
    let mut runner = runner();
    let units = prop_oneof![Just(('K', 3)), Just(('M', 6)), Just(('B', 9))];
    let property = |(whole, fraction, (unit, zeros)): (u32, u32, (char, u32))| {
        // With three decimals the result is always an integer.
        let (whole, fraction) = (i64::from(whole), i64::from(fraction));
        let number = (whole * 1000 + fraction) * 10_i64.pow(zeros - 3);
        prop_assert_eq!(format!("{whole}.{fraction:03}{unit}").parse::<Count>().map(Count::get), Ok(number));
        Ok(())
    };
    runner.run(&(0..9_000_000_u32, 0..1000_u32, units), property).expect("the property holds");
}

fn dates_and_times_are_parsed_strictly() {
    let day = |text: &str| Date::parse(Value::from(text)).map(|day| day.to_value()).ok();
    assert_eq!(day("2023-07-18"), Some(Value::from("2023-07-18")));
    for wrong in ["2023-7-18", "2023-02-30", "2023", "18.7.2023", "2023-07-18T00:00:00Z", ""] {
        assert_eq!(day(wrong), None, "{wrong}");
    }
    let time = |text: &str| scalars::DateTime::parse(Value::from(text)).map(|time| time.to_value()).ok();
    assert_eq!(time("2023-12-19T14:43:38+08:00"), Some(Value::from("2023-12-19T06:43:38.000Z")));
    assert_eq!(time("2023-12-19T06:43:38.5Z"), Some(Value::from("2023-12-19T06:43:38.500Z")));
    for wrong in ["2023-12-19", "2023-12-19T14:43:38", "yesterday", ""] {
        assert_eq!(time(wrong), None, "{wrong}");
    }
}

/// The fields of all objects and interfaces of the schema, each with the name of its type.
fn fields() -> Vec<(String, FieldDefinition)> {
    let document = parse_schema(sdl()).expect("the schema has no syntax errors");
    let types = document.definitions.into_iter().filter_map(|definition| match definition {
        TypeSystemDefinition::Type(definition) => Some(definition.node),
        _ => None,
    });
    let fields = types.flat_map(|definition| {
        let fields = match definition.kind {
            TypeKind::Object(object) => object.fields,
            TypeKind::Interface(interface) => interface.fields,
            _ => Vec::new(),
        };
        fields.into_iter().map(move |field| (definition.name.node.to_string(), field.node))
    });
    fields.collect()
}

fn root_fields_are_nullable() {
    let required = fields()
        .into_iter()
        .filter(|(object, field)| ["Query", "Mutation"].contains(&object.as_str()) && !field.ty.node.nullable);
    let required = required.map(|(object, field)| format!("{object}.{}", field.name.node)).collect::<Vec<_>>();
    assert_eq!(required, Vec::<String>::new(), "a root field that fails must not take the others with it");
}

/// The lists without pages, each with the bound of its length.
const BOUNDED_LISTS: &[(&str, &str)] = &[
    // Lists of one document have at most `MAX_LIST` elements.
    ("Model.organizations", "MAX_LIST"),
    ("Model.sizes", "MAX_LIST"),
    ("Model.datasets", "MAX_LIST"),
    ("Model.links", "MAX_LIST"),
    ("License.links", "MAX_LIST"),
    ("Dataset.links", "MAX_LIST"),
    ("Architecture.links", "MAX_LIST"),
    ("Revision.changes", "the fields of a document"),
    ("ImportRow.changes", "the fields of a document"),
    ("ImportRow.warnings", "the cells of a row"),
    ("ImportRow.problems", "the cells of a row"),
    ("ImportCatalogPayload.rows", "the rows of the input"),
    ("UpsertModelsPayload.results", "the elements of the input"),
    ("UpsertDatasetsPayload.results", "the elements of the input"),
    ("UpsertArchitecturesPayload.results", "the elements of the input"),
    ("UpsertLicensesPayload.results", "the elements of the input"),
    ("UpsertOrganizationsPayload.results", "the elements of the input"),
    ("Query.nodes", "100 ids"),
    ("Query.apiTokens", "read by administrators only"),
];

fn lists_that_can_grow_are_connections() {
    let scalars = ["Count", "Date", "DateTime", "ID", "Int", "Float", "JSON", "Slug", "String", "Boolean", "Url"];
    let is_scalar = |list: &Type| matches!(&list.base, BaseType::Named(name) if scalars.contains(&name.as_str()));
    let lists = fields().into_iter().filter(|(object, field)| {
        let paged = object.ends_with("Connection") || object.ends_with("Facets");
        matches!(&field.ty.node.base, BaseType::List(item) if !paged && !is_scalar(item))
    });
    let lists = lists.map(|(object, field)| format!("{object}.{}", field.name.node)).collect::<BTreeSet<_>>();
    let bounded = BOUNDED_LISTS.iter().map(|(field, _)| (*field).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(lists, bounded, "a list is a connection, or has a bound");
}
