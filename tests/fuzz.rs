//! Parsers with random input: they return a value or an error, and never panic.
//!
//! `FUZZ_CASES=100000 cargo test -- fuzz::` looks further, at other cases each time. What fails is kept in
//! `tests/data/regressions.txt` by proptest; `tests/data/corpus` keeps inputs that once mattered, each in a file.

use std::{fs, path::Path};

use async_graphql::Request;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use libtest_mimic::Trial;
use open_llm_catalog::domain::count::Count;
use open_llm_catalog::formats::readers::format::{ImportFormat, ReadOptions};
use open_llm_catalog::formats::readers::json;
use open_llm_catalog::graphql::limits::analyze;
use open_llm_catalog::graphql::limits::settings::Limits;
use open_llm_catalog::query::cursor::Cursor;
use open_llm_catalog::query::search::SORT_KEYS;
use proptest::{
    collection::vec,
    prelude::*,
    sample::select,
    strategy::ValueTree,
    test_runner::{Config, FileFailurePersistence, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{Value as Json, json};

use crate::{support::App, trials};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![plain:
        the_corpus_is_parsed_or_rejected,
        query_limits_accept_any_text,
        query_limits_count_expanded_fragments,
        cursors_accept_any_text,
        counts_accept_any_text,
        importers_accept_any_text,
    ];
    trials.extend(trials![on both: filters_accept_any_value]);
    trials
}

/// Searches for failing inputs, with the same cases in each run.
fn runner(cases: u32) -> TestRunner {
    let more = std::env::var("FUZZ_CASES").ok().and_then(|cases| cases.parse().ok());
    let config = Config {
        cases: more.unwrap_or(cases),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/data/regressions.txt"
        )))),
        source_file: Some(file!()),
        ..Config::default()
    };
    if more.is_some() {
        TestRunner::new(config)
    } else {
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::default()))
    }
}

/// Parses a text with every reader.
fn read(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = analyze(&mut Request::new(text), &Limits::default());
        let _ = Cursor::parse(&SORT_KEYS, text);
        let _ = text.parse::<Count>();
        let _ = json::document(text, 1, None);
    }
    for (_, format) in ImportFormat::ALL {
        if let Ok(entries) = format.read(bytes, ReadOptions::default()) {
            entries.for_each(drop);
        }
    }
}

fn the_corpus_is_parsed_or_rejected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/corpus");
    let files = fs::read_dir(folder).expect("the corpus is there").map(|file| file.expect("a file").path());
    let count = files.map(|file| read(&fs::read(file).expect("a file can be read"))).count();
    assert!(count >= 10, "{count} files");
}

fn query_limits_accept_any_text() {
    let pieces = [
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "...",
        "...f",
        "...g",
        " on Query ",
        " on Model ",
        "fragment f",
        "fragment g",
        "query",
        "mutation",
        "subscription",
        "$v",
        ": Int",
        "= 5",
        "=",
        "!",
        "@skip(if: $v)",
        "@include(if: true)",
        "models",
        "nodes",
        "edges",
        "name",
        "first: 5",
        "last: $v",
        "search: \"a b\"",
        "search: $v",
        "where: { not: {} }",
        "a: ",
        "__schema",
        "types",
        "fields",
        "__typename",
        "rateLimit",
        "\"",
        "\"\"\"",
        "\\",
        "\\u00e9",
        "#",
        "\n",
        ",",
        "\u{feff}",
        "é",
        "\0",
        "1.5e300",
        "-",
        "null",
        "true",
        "A",
        "&",
        "|",
    ];
    let texts = vec(select(pieces.to_vec()), 0..80).prop_map(|pieces| pieces.join(" "));
    let documents =
        vec(select(pieces.to_vec()), 0..30).prop_map(|pieces| format!("{{ models {{ {} }} }}", pieces.join(" ")));
    let property = |text: String| {
        let variables = async_graphql::Variables::from_json(json!({ "v": [{ "a": [1] }] }));
        if let Ok(checked) = analyze(&mut Request::new(text).variables(variables), &Limits::default()) {
            prop_assert!(checked.cost >= 1);
        }
        Ok(())
    };
    runner(2000)
        .run(&prop_oneof![texts, documents, any::<String>()], property)
        .expect("any text is checked or refused");
}

/// A selection.
#[derive(Clone, Debug)]
enum Part {
    Field,
    Inline(Vec<Part>),
    /// Spreads the fragment that comes so many after this one, if there is one.
    Spread(usize),
}

fn parts() -> impl Strategy<Value = Vec<Part>> {
    let leaf = prop_oneof![Just(Part::Field), (1..4_usize).prop_map(Part::Spread)];
    let part = leaf.prop_recursive(3, 12, 4, |part| vec(part, 1..4).prop_map(Part::Inline));
    vec(part, 1..5)
}

/// The text of a selection, and its number of fields and fragments. `sizes` are those of the later fragments.
fn write(parts: &[Part], number: usize, sizes: &[u64]) -> (String, u64) {
    let written = parts.iter().map(|part| match part {
        Part::Spread(after) if *after <= sizes.len() => (format!("...f{} ", number + after), 1 + sizes[after - 1]),
        Part::Field | Part::Spread(_) => ("__typename ".to_owned(), 1),
        Part::Inline(parts) => {
            let (text, size) = write(parts, number, sizes);
            (format!("... {{ {text} }} "), 1 + size)
        }
    });
    written.fold((String::new(), 0), |(text, size), (more, larger)| (text + &more, size + larger))
}

fn query_limits_count_expanded_fragments() {
    let property = |fragments: Vec<Vec<Part>>| {
        // The first is the operation; each spreads only later ones.
        let (mut text, mut sizes) = (String::new(), Vec::new());
        for (number, parts) in fragments.iter().enumerate().rev() {
            let (selections, size) = write(parts, number, &sizes);
            let head = if number == 0 { "query".to_owned() } else { format!("fragment f{number} on Query") };
            text = format!("{head} {{ {selections} }} {text}");
            sizes.insert(0, size);
        }
        let largest = *sizes.iter().max().expect("there is an operation");
        let refusal = |most: u64| {
            let most = u32::try_from(most).expect("not that many");
            let limits = Limits { selections: most, root_fields: u32::MAX, cost: u32::MAX, ..Limits::default() };
            analyze(&mut Request::new(text.clone()), &limits).err()
        };
        prop_assert!(refusal(largest).is_none(), "{} of {}", largest, text);
        let refusal = refusal(largest - 1).and_then(|error| error.extensions).expect("one too many");
        prop_assert_eq!(refusal.get("value"), Some(&async_graphql::Value::from(largest)));
        Ok(())
    };
    runner(500).run(&vec(parts(), 1..8), property).expect("the property holds");
}

fn cursors_accept_any_text() {
    let values = prop_oneof![
        Just(json!(null)),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        any::<String>().prop_map(Json::from),
        Just(json!([[]])),
    ];
    let orders = select(vec!["rank+ name+ noun+ id+", "rank+", ""]);
    let written =
        (orders, vec(values, 0..6)).prop_map(|cursor| BASE64_URL_SAFE_NO_PAD.encode(json!(cursor).to_string()));
    let property = |text: String| {
        if let Ok(cursor) = Cursor::parse(&SORT_KEYS, &text) {
            let written = cursor.write(&SORT_KEYS);
            let again = Cursor::parse(&SORT_KEYS, &written).map(|cursor| cursor.write(&SORT_KEYS));
            prop_assert_eq!(again.ok(), Some(written));
        }
        Ok(())
    };
    runner(2000).run(&prop_oneof![written, any::<String>()], property).expect("any text is a cursor or refused");
}

fn counts_accept_any_text() {
    let texts = prop_oneof!["[0-9.eE+_KMBTkmbt-]{0,40}", any::<String>()];
    let property = |text: String| {
        if let Ok(count) = text.parse::<Count>() {
            prop_assert!((0..=Count::MAX).contains(&count.get()));
            prop_assert_eq!(count.to_string().parse(), Ok(count));
        }
        Ok(())
    };
    runner(2000).run(&texts, property).expect("any text is a count or refused");
}

fn importers_accept_any_text() {
    let pieces = [
        "| 名称 | 参数 |\n|---|---|\n",
        "| A | 7B |\n",
        "- ",
        "[a](http://b)",
        "## 基础大模型\n",
        "name,parameters\n",
        "\"a\",",
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "\"type\":\"Model\"",
        "\"name\":\"A\"",
        "\"sizes\":[{\"label\":\"7B\"}]",
        "\"slug\":\"a\"",
        "null",
        "1e999",
        "\\ud800",
        "\n",
        "\t",
        "<",
        "`",
        "*",
        "7B",
        "千问",
    ];
    let texts = vec(select(pieces.to_vec()), 0..60).prop_map(|pieces| pieces.concat());
    let lines = vec(any::<String>(), 0..5).prop_map(|lines| lines.join("\n"));
    let documents = value().prop_map(|value| value.to_string());
    let property = |text: String| {
        read(text.as_bytes());
        Ok(())
    };
    runner(1000).run(&prop_oneof![texts, lines, documents], property).expect("any text is read or refused");
    runner(500)
        .run(&vec(any::<u8>(), 0..300), |bytes| {
            read(&bytes);
            Ok(())
        })
        .expect("any bytes are read or refused");
}

/// JSON with the words of filters and documents in it.
fn value() -> impl Strategy<Value = Json> {
    let words = [
        "and",
        "or",
        "not",
        "name",
        "slug",
        "eq",
        "ne",
        "in",
        "contains",
        "gte",
        "lt",
        "isNull",
        "sizes",
        "some",
        "none",
        "every",
        "label",
        "parameters",
        "license",
        "commercialUse",
        "maxParameters",
        "releaseDate",
        "kind",
        "organizations",
        "type",
        "links",
        "url",
        "zz",
    ];
    let scalars = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        any::<String>().prop_map(Json::from),
        select(vec!["7B", "ALLOWED", "2023-01-01", "llama", "FOUNDATION", "%", "'"]).prop_map(Json::from),
    ];
    scalars.prop_recursive(6, 40, 4, move |value| {
        let fields = vec((select(words.to_vec()), value.clone()), 0..4);
        let object =
            fields.prop_map(|fields| Json::from_iter(fields.into_iter().map(|(name, value)| (name.to_owned(), value))));
        prop_oneof![object, vec(value, 0..4).prop_map(Json::from)]
    })
}

async fn filters_accept_any_value(app: App) {
    let mut runner = runner(150);
    let query = "query ($w: ModelFilter, $a: String) { models(where: $w, after: $a) { totalCount } }";
    for _ in 0..runner.config().cases.min(5000) {
        let tree = (value(), any::<Option<String>>()).new_tree(&mut runner).expect("there are values");
        let (filter, after) = tree.current();
        let (status, answer) = app.post(&json!({ "query": query, "variables": { "w": filter, "a": after } })).await;
        let codes = answer["errors"].as_array().into_iter().flatten().map(|error| error["extensions"]["code"].as_str());
        let failed =
            codes.into_iter().any(|code| code.is_none_or(|code| ["INTERNAL", "SERVICE_UNAVAILABLE"].contains(&code)));
        assert!(status < 500 && !failed, "{status} for {filter} after {after:?}: {answer}");
    }
}
