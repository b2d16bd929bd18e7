//! Cases from the texts of real licenses, with the verdicts that a reader of the texts gave: the shipped readings of the licenses
//! must lead to the same.

use std::collections::{BTreeMap, BTreeSet};

use entity::vocabulary::Role;
use open_llm_catalog::domain::license::LicenseDocument;
use open_llm_catalog::domain::source::SourceDocument;
use open_llm_catalog::store::change::Change;
use open_llm_catalog::store::seed::documents;
use seed::DataSet;
use serde_json::{Value as Json, json};

use crate::support::App;

pub async fn real_licenses_are_read_as_their_texts_say(app: App) {
    let licenses = documents::<LicenseDocument>(DataSet::List).expect("the documents are valid");
    let mut change = Change::begin(&app.database, "test").await.expect("no other connection writes");
    // Their evidence cites sources, which are saved after them, as a data set is.
    change.mark_as_bulk();
    change.save_all(&licenses).await.expect("they can be saved");
    let sources = documents::<SourceDocument>(DataSet::List).expect("the documents are valid");
    change.save_all(&sources).await.expect("they can be saved");
    change.commit().await.expect("they can be committed");
    let app = app.with_token(&app.token(Role::Admin).await);

    let cases = serde_json::from_str::<Vec<Json>>(include_str!("../data/license_uses.json")).expect("JSON");
    let mut by_licenses = BTreeMap::<Vec<&str>, Vec<&Json>>::new();
    for case in &cases {
        let licenses = case["licenses"].as_array().expect("a list").iter().map(|slug| slug.as_str().expect("a slug"));
        by_licenses.entry(licenses.collect()).or_default().push(case);
    }
    let mut wrong = Vec::new();
    for (number, (licenses, cases)) in by_licenses.iter().enumerate() {
        create(&app, number, licenses).await;
        for case in cases {
            let query = format!(
                "query($for: UseCase!) {{ model(slug: \"case-{number}-0\") {{ sizes {{ use(for: $for) {{
                   verdict missing decisive {{ effect }} obligations {{ effect }} }} }} }} }}"
            );
            let mut use_case = case["for"].clone();
            use_case["modality"] = case.get("modality").cloned().unwrap_or_else(|| "TEXT".into());
            let answer = app.data_with(&query, json!({ "for": use_case })).await["model"]["sizes"][0]["use"].clone();
            let differences = differences(case, &answer);
            if !differences.is_empty() {
                wrong.push(format!("{licenses:?} {}: {differences:?}", case["name"]));
            }
        }
    }
    assert!(cases.len() >= 60 && wrong.is_empty(), "{wrong:#?}");
}

/// Creates a model under the first license, derived from one under the second, and so on.
async fn create(app: &App, number: usize, licenses: &[&str]) {
    let slug = |index: usize| format!("case-{number}-{index}");
    let models = licenses.iter().enumerate().rev().map(|(index, license)| {
        let base = (index + 1 < licenses.len()).then(|| slug(index + 1));
        json!({ "slug": slug(index), "name": "Case", "kind": "DERIVED", "license": { "slug": license }, "baseModel": base,
            "sizes": [{ "label": "1B", "parameters": "1B" }] })
    });
    let upsert = "mutation($input: UpsertModelsInput!) { upsertModels(input: $input) { revision } }";
    app.data_with(upsert, json!({ "input": { "models": models.collect::<Vec<_>>() } })).await;
}

/// What an answer has instead of what the case expects. Of the obligations the case names those that matter to it.
fn differences(case: &Json, answer: &Json) -> Vec<String> {
    let effects = |terms: &Json| {
        let terms = terms.as_array().expect("terms").iter();
        terms.map(|term| term["effect"].as_str().expect("an effect").to_owned()).collect::<BTreeSet<_>>()
    };
    let texts = |list: &Json| serde_json::from_value::<BTreeSet<String>>(list.clone()).expect("texts");
    let mut differences = Vec::new();
    if answer["verdict"] != case["verdict"] {
        differences.push(format!("the verdict is {}", answer["verdict"]));
    }
    if effects(&answer["decisive"]) != texts(&case["decisive"]) {
        differences.push(format!("decisive is {}", answer["decisive"]));
    }
    if texts(&answer["missing"]) != texts(&case["missing"]) {
        differences.push(format!("missing is {}", answer["missing"]));
    }
    let obligations = effects(&answer["obligations"]);
    let lacking = texts(&case["obligations"]).difference(&obligations).cloned().collect::<Vec<_>>();
    if !lacking.is_empty() {
        differences.push(format!("the obligations lack {lacking:?}"));
    }
    differences
}
