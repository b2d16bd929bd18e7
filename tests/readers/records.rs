//! Records whose fields a map names.

use entity::vocabulary::SubjectType;
use libtest_mimic::Trial;
use open_llm_catalog::formats::readers::records;
use open_llm_catalog::formats::readers::records::map::FieldMap;
use serde_json::{Value as Json, json};

use super::{messages, models, with_facts};
use crate::trials;

pub fn trials() -> Vec<Trial> {
    trials![plain:
        records_are_read_by_a_map,
        statements_keep_their_place,
        licenses_are_read_by_a_map,
    ]
}

fn records_are_read_by_a_map() {
    let read =
        |text: &str, map: &str| models(&records::read(text.as_bytes(), &map.parse::<FieldMap>().expect("a map")));
    let own = read(include_str!("../data/reading/records.jsonl"), "title=name,count=parameters,window=contextLength");
    assert_eq!(
        own["Alpha"],
        json!({ "contextLength": 4096, "sizes": [{ "label": "7000000000", "parameters": 7_000_000_000_i64 }] })
    );
    assert_eq!(own["Beta"]["sizes"][0]["label"], "13B");
    let counted = read(
        r#"[{"id":"a/B-7B","parameters":6738415616,"num_hidden_layers":32,"experts":0,"license":"mit"},{"id":"a/B-7B-AWQ"},
            {"id":"a/C-7B","parameters":1,"parametersEstimated":true,"hidden_size":4096}]"#,
        "llmfit",
    );
    let size = json!([{ "label": "7B", "parameters": 6_738_415_616_i64, "parametersBasis": "COUNTED", "layers": 32 }]);
    assert_eq!((&counted["B-7B"]["sizes"], &counted["B-7B"]["license"]), (&size, &json!("mit")));
    assert_eq!(
        counted["C-7B"]["sizes"],
        json!([{ "label": "7B", "parameters": 7_000_000_000_i64, "hiddenSize": 4096 }])
    );
    assert_eq!(counted.as_object().map(serde_json::Map::len), Some(2), "the copy is left out");
    let nested = read(
        r#"{"name":"a","contextLength":4096,"specs":[{"format":"pytorch","billions":"1_5","activatedBillions":null,"hf":"a/a"},
            {"format":"pytorch","billions":7,"hf":"a/a-7b"},{"format":"mlx","billions":7,"hf":"b/a"}]}"#,
        "xinference",
    );
    let labels = nested["a"]["sizes"].as_array().into_iter().flatten().map(|size| size["label"].clone());
    assert_eq!(labels.collect::<Vec<_>>(), ["1.5B", "7B"]);
    assert_eq!(nested["a"]["links"].as_array().map(Vec::len), Some(2));
    for wrong in ["unknown", "a"] {
        assert!(wrong.parse::<FieldMap>().is_err(), "{wrong}");
    }
}

fn statements_keep_their_place() {
    let statement = |fact: &str, value: Json, quote: &str| {
        json!({ "family": "A", "size": "7B", "fact": fact, "value": value, "qualifier": "approximate", "quote": quote,
                "repo": "maker/a", "path": "README.md", "line": 7, "commit": "c0ffee" })
        .to_string()
    };
    let map = FieldMap::named("makers").expect("a map");
    let text = format!(
        "{}\n{}\n{}\n",
        statement("trainingTokens", json!(2_000_000_000_000_i64), "trained on 2T tokens"),
        statement("layers", json!(32), "has 31 layers"),
        statement("license.condition", json!("x"), "x"),
    );
    let entries = records::read(text.as_bytes(), &map);
    let facts = with_facts(&entries);
    let size = json!([{ "label": "7B", "parameters": 7_000_000_000_i64, "trainingTokens": 2_000_000_000_000_i64 }]);
    assert_eq!(facts[1]["fields"], json!({ "name": "A", "sizes": size }));
    let record = entries.iter().flatten().find(|record| record.subject == SubjectType::Model).expect("a model");
    let provenance = record.provenance.as_ref().expect("a source");
    assert_eq!(
        (provenance.source.as_str(), provenance.locator.as_deref()),
        ("github.com/maker/a", Some("README.md:7 at c0ffee"))
    );
    assert_eq!(record.qualifiers.len(), 1);
    assert_eq!(
        entries.iter().filter(|entry| entry.is_err()).count(),
        2,
        "words that do not state the value are left out"
    );
}

fn licenses_are_read_by_a_map() {
    let map = FieldMap::named("spdx").expect("a map");
    let text = r#"{"licenseListVersion":"3.25","licenses":[
        {"licenseId":"MIT","name":"MIT License","isOsiApproved":true,"reference":"https://spdx.org/licenses/MIT.html"},
        {"licenseId":"Own-1.0","name":"Own","isOsiApproved":false}]}"#;
    let entries = records::read(text.as_bytes(), &map);
    let licenses = entries.iter().flatten().filter(|record| record.subject == SubjectType::License);
    let licenses = licenses.map(|record| Json::Object(record.fields.clone())).collect::<Vec<_>>();
    let mit = json!({ "name": "MIT", "aliases": ["MIT License"], "spdxId": "MIT", "osiApproved": true, "url": "https://spdx.org/licenses/MIT.html" });
    assert_eq!(
        licenses,
        [mit, json!({ "name": "Own-1.0", "aliases": ["Own"], "spdxId": "Own-1.0", "osiApproved": false })]
    );
    assert_eq!(messages(&entries), Vec::<String>::new());
}
