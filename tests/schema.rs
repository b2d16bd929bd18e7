//! The schema equals schema.graphql, and scalars are exact.

use async_graphql::{
    ScalarType, Value,
    parser::{
        parse_schema,
        types::{TypeKind, TypeSystemDefinition},
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

fn root_fields_are_nullable() {
    let document = parse_schema(sdl()).expect("the schema has no syntax errors");
    let mut required = Vec::new();
    for definition in document.definitions {
        let TypeSystemDefinition::Type(definition) = definition else { continue };
        let TypeKind::Object(object) = &definition.node.kind else { continue };
        let name = definition.node.name.node.as_str();
        let fields = object.fields.iter().map(|field| &field.node);
        let fields = fields.filter(|field| ["Query", "Mutation"].contains(&name) && !field.ty.node.nullable);
        required.extend(fields.map(|field| format!("{name}.{}", field.name.node)));
    }
    assert_eq!(required, Vec::<String>::new(), "a root field that fails must not take the others with it");
}
