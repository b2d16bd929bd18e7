//! Numbers are the same wherever they are read: in lists, through relations, as of a time, and in exports.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use proptest::{
    prelude::*,
    strategy::{Strategy, ValueTree},
};
use serde_json::{Value as Json, json};

use crate::{
    support::{App, runner},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both: numbers_are_the_same_wherever_they_are_read]
}

const MODELS: usize = 60;

/// A number that needs up to 17 digits.
fn flops() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => (1.0_f64..10.0, 0..50_i32).prop_map(|(digits, exponent)| format!("{digits}e{exponent}").parse().expect("a number")),
        1 => Just(1e50),
        1 => Just(2.222_333_333_333_333_4e22),
        1 => Just(1.0 + 0.1 + 0.2),
        1 => Just(9_007_199_254_740_993.0),
    ]
}

fn count() -> impl Strategy<Value = i64> {
    prop_oneof![Just(1), Just(9_007_199_254_740_991), 1..9_007_199_254_740_991_i64]
}

const FIELDS: &str = "trainingFlops maxParameters maxTrainingTokens dataScale { amount }
    sizes { parameters activeParameters trainingTokens } datasets { bytes tokens }";

async fn numbers_are_the_same_wherever_they_are_read(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    let mut runner = runner();
    let mut models = Vec::new();
    let mut expected = Vec::new();
    let mut dataset = json!({ "bytes": null, "tokens": null });
    for number in 0..MODELS {
        let (flops, counts) =
            (flops(), prop::array::uniform4(count())).new_tree(&mut runner).expect("numbers").current();
        let [parameters, tokens, amount, bytes] = counts;
        let size = json!({ "parameters": parameters, "activeParameters": 1, "trainingTokens": tokens });
        dataset = json!({ "bytes": bytes, "tokens": tokens });
        app.data_with(
            "mutation($input: UpsertDatasetsInput!) { upsertDatasets(input: $input) { revision } }",
            json!({ "input": { "datasets": [{ "slug": "numbers", "name": "Numbers", "bytes": bytes, "tokens": tokens }] } }),
        )
        .await;
        let mut input = json!({ "slug": format!("n-{number}"), "name": format!("N {number}"), "kind": "DERIVED",
            "trainingFlops": flops, "dataScale": { "text": "much", "amount": amount, "unit": "TOKENS" },
            "datasets": [{ "slug": "numbers" }], "sizes": [size] });
        input["sizes"][0]["label"] = "Size".into();
        // Each is the base model of the next.
        if number > 0 {
            input["baseModel"] = format!("n-{}", number - 1).into();
        }
        models.push(input);
        expected.push(
            json!({ "trainingFlops": flops, "maxParameters": parameters, "maxTrainingTokens": tokens.max(amount),
            "dataScale": { "amount": amount }, "sizes": [size], "datasets": [null] }),
        );
    }
    for model in &mut expected {
        model["datasets"][0] = dataset.clone();
    }
    let upsert = "mutation($input: UpsertModelsInput!) { upsertModels(input: $input) { results { model { id trainingFlops } } } }";
    let saved = app.data_with(upsert, json!({ "input": { "models": models } })).await["upsertModels"]["results"].take();
    let saved = saved.as_array().expect("a list");
    let ids = saved.iter().map(|result| result["model"]["id"].clone()).collect::<Vec<_>>();
    for (result, expected) in saved.iter().zip(&expected) {
        assert_eq!(result["model"]["trainingFlops"], expected["trainingFlops"]);
    }
    let time = app.data("{ catalog { updatedAt } }").await["catalog"]["updatedAt"].clone();
    app.data("mutation { createOrganization(input: { name: \"Later\" }) { revision } }").await;
    // Of the base models there are one fewer.
    let bases = expected[..MODELS - 1].to_vec();
    for as_of in [String::new(), format!(", asOf: {time}")] {
        let list = format!(
            "models(first: 100, where: {{ slug: {{ startsWith: \"n-\" }} }}, orderBy: [{{ field: CREATED_AT }}]{as_of})"
        );
        let data = app.data(&format!("{{ {list} {{ nodes {{ {FIELDS} baseModel {{ {FIELDS} }} }} }} }}")).await;
        let nodes = data["models"]["nodes"].as_array().expect("a list").iter();
        let mut nodes = nodes.cloned().collect::<Vec<_>>();
        let found = nodes.iter_mut().filter_map(|node| node.as_object_mut()?.remove("baseModel")).collect::<Vec<_>>();
        assert_eq!(nodes, expected, "{as_of}");
        assert_eq!(found.into_iter().filter(|base| !base.is_null()).collect::<Vec<_>>(), bases, "{as_of}");
    }
    let data = app.data(&format!("{{ nodes(ids: {}) {{ ... on Model {{ {FIELDS} }} }} }}", json!(ids))).await;
    assert_eq!(data["nodes"], json!(expected));
    let exported = app.request("GET", "/export/catalog.json").send().await.expect("the server responds");
    let exported = exported.json::<Json>().await.expect("JSON");
    let exported = exported["models"].as_array().expect("a list");
    for model in &models {
        let found = exported.iter().find(|row| row["slug"] == model["slug"]).expect("the model is in the export");
        assert_eq!(found["trainingFlops"].as_f64(), model["trainingFlops"].as_f64());
        assert_eq!(found["sizes"], model["sizes"]);
    }
}
