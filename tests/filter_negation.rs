//! `not` in random filters: a filter and its negation partition the rows.

use libtest_mimic::Trial;
use proptest::{
    prelude::{Just, Strategy, any, prop_oneof},
    sample::{select, subsequence},
    strategy::{BoxedStrategy, ValueTree},
};
use serde_json::{Value as Json, json};

use crate::{
    support::{App, runner},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both: a_filter_and_its_negation_partition_all_rows]
}

/// An object with some of these fields, each with a value of its own.
fn object(fields: Vec<(&'static str, BoxedStrategy<Json>)>, most: usize) -> BoxedStrategy<Json> {
    let all = 0..fields.len();
    subsequence(all.collect::<Vec<_>>(), 1..=most)
        .prop_flat_map(move |chosen| {
            let fields = chosen.into_iter().map(|index| (Just(fields[index].0), fields[index].1.clone()));
            fields.collect::<Vec<_>>()
        })
        .prop_map(|fields| Json::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()))
        .boxed()
}

/// A comparison by values of one kind.
fn comparison(value: &BoxedStrategy<Json>, operators: &[&'static str]) -> BoxedStrategy<Json> {
    let list = proptest::collection::vec(value.clone(), 0..3).prop_map(Json::from).boxed();
    let mut fields = vec![("in", list)];
    fields.extend(operators.iter().map(|operator| (*operator, value.clone())));
    object(fields, 1)
}

/// A filter of models, up to three deep.
fn filters() -> impl Strategy<Value = Json> {
    let null = |comparison: BoxedStrategy<Json>| {
        prop_oneof![4 => comparison, 1 => any::<bool>().prop_map(|unknown| json!({ "isNull": unknown }))].boxed()
    };
    let count =
        select(vec![json!("7B"), json!("13B"), json!("1T"), json!("1.4T"), json!(0), json!(7_000_000_000_i64)]).boxed();
    let number = select(vec![json!(-1), json!(1), json!(7), json!(20)]).boxed();
    let day = select(vec![json!("2023-07-18"), json!("2023-07"), json!("0001")]).boxed();
    let word = select(vec![json!("UNKNOWN"), json!("ALLOWED"), json!("PROHIBITED")]).boxed();
    let text = select(vec!["llama", "LLaMA", "a", "e", "o", "%", "", "meta", "2"]).prop_map(Json::from).boxed();
    let ordered = ["eq", "ne", "lt", "lte", "gt", "gte"];
    let counts = null(comparison(&count, &ordered));
    let texts = null(comparison(&text, &["eq", "ne", "contains", "startsWith", "endsWith"]));
    let words = comparison(&word, &["eq", "ne"]);
    let plain = object(
        vec![
            ("slug", texts.clone()),
            ("name", texts.clone()),
            ("position", null(comparison(&number, &ordered))),
            ("maxParameters", counts.clone()),
            ("maxTrainingTokens", counts.clone()),
            ("releaseDate", null(comparison(&day, &ordered))),
            ("commercialUse", words.clone()),
        ],
        1,
    );
    plain.prop_recursive(3, 24, 3, move |inner| {
        let inner = inner.boxed();
        let related =
            |field: &'static str, own: &BoxedStrategy<Json>, back: &'static str, inner: &BoxedStrategy<Json>| {
                let quantified = |of: BoxedStrategy<Json>| {
                    object(vec![("some", of.clone()), ("every", of.clone()), ("none", of)], 2)
                };
                let back_again = if back == "model" { inner.clone() } else { quantified(inner.clone()) };
                let related = object(vec![(field, own.clone()), (back, back_again)], 2);
                (quantified(related.clone()), related)
            };
        let list = proptest::collection::vec(inner.clone(), 0..3).prop_map(Json::from).boxed();
        object(
            vec![
                ("slug", texts.clone()),
                ("maxTrainingTokens", counts.clone()),
                ("and", list.clone()),
                ("or", list),
                ("not", inner.clone()),
                ("sizes", related("trainingTokens", &counts, "model", &inner).0),
                ("datasets", related("bytes", &counts, "models", &inner).0),
                ("organizations", related("slug", &texts, "models", &inner).0),
                ("license", related("commercialUse", &words, "models", &inner).1),
                ("architecture", related("name", &texts, "models", &inner).1),
                ("baseModel", inner),
            ],
            2,
        )
    })
}

async fn a_filter_and_its_negation_partition_all_rows(app: App) {
    let query = "query($filter: ModelFilter!) {
        taken: models(first: 100, where: $filter) { totalCount nodes { slug } }
        left: models(first: 100, where: { not: $filter }) { totalCount nodes { slug } }
        again: models(first: 100, where: { not: { not: $filter } }) { totalCount nodes { slug } }
        both: models(where: { and: [$filter, { not: $filter }] }) { totalCount }
        either: models(where: { or: [$filter, { not: $filter }] }) { totalCount } }";
    let mut runner = runner();
    let strategy = filters();
    let (mut cases, mut proper) = (0, 0);
    while cases < 64 {
        let filter = strategy.new_tree(&mut runner).expect("the strategy rejects nothing").current();
        // Requests over the limits are tested elsewhere.
        if filter.to_string().len() > 2_000 {
            continue;
        }
        cases += 1;
        let data = app.data_with(query, json!({ "filter": filter })).await;
        let count = |list: &str| data[list]["totalCount"].as_u64().expect("a number");
        assert_eq!(count("taken") + count("left"), 31, "{filter}");
        assert_eq!((count("both"), count("either")), (0, 31), "{filter}");
        assert_eq!(data["taken"], data["again"], "{filter}");
        let slugs = |list: &str| data[list]["nodes"].as_array().expect("a list").clone();
        assert!(slugs("taken").iter().all(|slug| !slugs("left").contains(slug)), "{filter}");
        proper += usize::from((1..31).contains(&count("taken")));
    }
    // Filters that take all or nothing would show little.
    assert!(proper >= 12, "{proper} of {cases} filters take some");
}
