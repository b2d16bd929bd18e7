//! The JSON Schemas of documents: the checked-in files are current, and seed files and exports conform to them.

use std::{fs, path::Path};

use entity::vocabulary::SubjectType;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::{
    cli::{folder, run},
    export::file,
    http::{header, read},
    seed::{SHIPPED, shipped_files},
    support::App,
    trials,
};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![on both: exports_conform_to_the_json_schema];
    trials
        .extend(trials![plain: checked_in_schemas_are_current, every_seed_file_conforms_to_the_json_schema, invalid_documents_do_not_conform]);
    trials
}

const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/seed");
fn text(file: &str) -> String {
    fs::read_to_string(Path::new(SEED).join(file)).unwrap_or_else(|error| panic!("seed/{file}: {error}"))
}

fn schema(subject: &str) -> jsonschema::Validator {
    let schema = serde_json::from_str::<Json>(&text(&format!("{subject}.schema.json"))).expect("JSON");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema")
}

fn problems(schema: &jsonschema::Validator, document: &Json) -> Vec<String> {
    schema.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn checked_in_schemas_are_current() {
    let folder = folder();
    for subject in SubjectType::ALL.iter().map(|subject| subject.table()).chain(["document"]) {
        let (code, output, _) = run(folder.path(), &["schema", subject], &[]);
        let remedy = format!("cargo run -- schema {subject} > seed/{subject}.schema.json");
        assert!(code == 0 && output == text(&format!("{subject}.schema.json")), "bring it up to date: {remedy}");
    }
    let (code, _, errors) = run(folder.path(), &["schema", "revision"], &[]);
    assert!(
        code == 2 && errors.contains("unknown schema; expected graphql, subgraph, document or model, dataset"),
        "{errors}"
    );
}

fn every_seed_file_conforms_to_the_json_schema() {
    let any = schema("document");
    let mut count = 0;
    for subject_type in SubjectType::ALL {
        let subject = subject_type.table();
        let schema = schema(subject);
        for path in SHIPPED.iter().flat_map(|folder| shipped_files(folder, *subject_type)) {
            let text = fs::read_to_string(&path).expect("text");
            // Editors of TOML look for the schema in this comment.
            let first = format!("#:schema ../../../{subject}.schema.json");
            assert_eq!(text.lines().next(), Some(first.as_str()), "{path:?}");
            let document = toml::from_str::<Json>(&text).expect("TOML");
            assert_eq!(problems(&schema, &document), [""; 0], "{path:?}");
            assert_eq!(problems(&any, &document), [""; 0], "{path:?}");
            count += 1;
        }
    }
    assert!(count > 0, "there is no seed file");
}

fn invalid_documents_do_not_conform() {
    let right = json!({ "slug": "a", "name": "A", "kind": "DERIVED", "releaseDate": "2023-07-18",
        "sizes": [{ "label": "7B", "parameters": "7.1B" }] });
    let model = schema("model");
    assert_eq!(problems(&model, &right), [""; 0]);
    let cases = [
        ("/slug", json!("Not a slug")),
        ("/slug", json!("a--b")),
        ("/name", json!("")),
        ("/kind", json!("FOUNDATIONAL")),
        ("/position", json!(0)),
        ("/releaseDate", json!("July 2023")),
        ("/sizes/0/parameters", json!("seven")),
        ("/sizes/0/parameters", json!(-1)),
        ("/sizes/0/parameters", json!(9_007_199_254_740_992_i64)),
        ("/sizes/0/parameters", json!("7B tokens")),
        ("/trainingFlops", json!(0)),
        ("/relaseDate", json!("2023-07-18")),
    ];
    for (place, value) in cases {
        let mut wrong = right.clone();
        let (parent, field) = place.rsplit_once('/').expect("a place");
        wrong.pointer_mut(parent).expect("it is there")[field] = value;
        assert_ne!(problems(&model, &wrong), [""; 0], "{wrong}");
    }
    for field in ["slug", "name"] {
        let mut wrong = right.clone();
        wrong.as_object_mut().expect("an object").remove(field);
        assert_ne!(problems(&model, &wrong), [""; 0], "{wrong}");
    }
}

async fn exports_conform_to_the_json_schema(app: App) {
    let (status, headers, body) = read(app.request("GET", "/schema/document.json")).await;
    assert_eq!((status, header(&headers, "content-type")), (200, "application/schema+json"));
    assert!(body == text("document.schema.json"), "it is not seed/document.schema.json");
    let mut schema = serde_json::from_str::<Json>(&body).expect("JSON");
    schema.as_object_mut().expect("an object").remove("anyOf");
    schema["$ref"] = json!("#/$defs/Catalog");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let catalog = serde_json::from_str::<Json>(&file(&app, "/export/catalog.json").await).expect("JSON");
    assert_eq!(problems(&schema, &catalog), [""; 0]);
    assert_ne!(problems(&schema, &json!({ "revision": 1 })), [""; 0]);
}
