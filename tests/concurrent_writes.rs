//! Concurrent mutations: revisions are in order and without gaps, applying them in order yields the tables, and derived
//! columns are right.

use std::collections::HashMap;

use entity::{
    dataset, license, model, organization, revision,
    vocabulary::{Role, SubjectType},
};
use futures_util::future::join_all;
use libtest_mimic::Trial;
use open_llm_catalog::domain::count::Count;
use open_llm_catalog::domain::dataset::DatasetDocument;
use open_llm_catalog::domain::license::LicenseDocument;
use open_llm_catalog::domain::model::ModelDocument;
use open_llm_catalog::domain::organization::OrganizationDocument;
use open_llm_catalog::domain::text::normalize;
use open_llm_catalog::store::change::Change;
use open_llm_catalog::store::documents::Persist;
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::{Value as Json, json};

use crate::{
    support::{App, subscriptions::Events, within_deadline},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both: concurrent_mutations_keep_tables_and_history_consistent]
}

const EDITORS: u8 = 16;
const MUTATIONS: usize = 1200;

/// A mutation on one of few subjects, so that editors conflict.
fn mutation() -> impl Strategy<Value = String> {
    let slug = (0..12_u8).prop_map(|number| format!("m-{number}"));
    let license = prop_oneof![
        Just("{ slug: \"llama-license\" }".to_owned()),
        Just("{ slug: \"internlm-license\" }".to_owned()),
        (0..3_u8).prop_map(|number| format!("{{ create: {{ name: \"L {number}\", commercialUse: ALLOWED }} }}")),
        Just("null".to_owned()),
    ];
    let sizes = proptest::collection::btree_map(1..40_i64, proptest::option::of(1..9_i64), 0..4).prop_map(|sizes| {
        let sizes = sizes.into_iter().map(|(billions, tokens)| {
            let tokens = tokens.map_or(String::new(), |tokens| format!(", trainingTokens: \"{tokens}T\""));
            format!("{{ label: \"{billions}B\", parameters: \"{billions}B\"{tokens} }}")
        });
        format!("[{}]", sizes.collect::<Vec<_>>().join(", "))
    });
    let makers = proptest::sample::subsequence(vec!["meta", "ibm", "nasa"], 0..=3).prop_map(|makers| {
        let makers = makers.iter().map(|maker| format!("{{ slug: \"{maker}\" }}"));
        format!("[{}]", makers.collect::<Vec<_>>().join(", "))
    });
    let words = prop_oneof![Just("ALLOWED"), Just("PROHIBITED"), Just("UNKNOWN")];
    let stated = prop_oneof![3 => Just("null"), 1 => Just("ALLOWED"), 1 => Just("PROHIBITED")];
    let version = proptest::option::weighted(0.3, 1..6_i32).prop_map(|version| match version {
        Some(version) => format!(", expectedVersion: {version}"),
        None => String::new(),
    });
    let model = (slug.clone(), license, sizes, makers, stated).prop_map(|(slug, license, sizes, makers, stated)| {
        format!(
            "slug: \"{slug}\", license: {license}, sizes: {sizes}, organizations: {makers}, commercialUse: {stated}"
        )
    });
    prop_oneof![
        4 => model.clone().prop_map(|model| format!("createModel(input: {{ name: \"New\", kind: DERIVED, {model} }}) {{ revision }}")),
        6 => (model.clone(), version.clone()).prop_map(|(model, version)| format!("updateModel(input: {{ {model}{version} }}) {{ revision }}")),
        2 => (model.clone(), model).prop_map(|(one, other)| format!(
            "upsertModels(input: {{ models: [{{ name: \"Up\", kind: DERIVED, {one} }}, {{ name: \"Up\", kind: FOUNDATION, {other} }}] }}) {{ revision }}"
        )),
        2 => (slug, version).prop_map(|(slug, version)| format!("deleteModel(input: {{ slug: \"{slug}\"{version} }}) {{ revision }}")),
        2 => words.prop_map(|word| format!("updateLicense(input: {{ slug: \"llama-license\", commercialUse: {word} }}) {{ revision }}")),
        2 => (45..900_i32, any::<bool>()).prop_map(|(number, force)| {
            format!("revertRevision(input: {{ number: {number}, force: {force} }}) {{ revision }}")
        }),
        1 => (0..3_u8).prop_map(|number| format!("deleteLicense(input: {{ slug: \"l-{number}\" }}) {{ revision }}")),
        1 => (0..5_u8).prop_map(|number| format!(
            "updateOrganization(input: {{ slug: \"ibm\", localizedName: {{ zh: \"机器 {number}\" }} }}) {{ revision }}"
        )),
    ]
}

async fn concurrent_mutations_keep_tables_and_history_consistent(app: App) {
    let editors = (0..EDITORS).map(async |number| {
        let app = app.with_token(&app.token(Role::Admin).await);
        let config = Config { failure_persistence: None, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[number; 32]));
        let mut done = HashMap::<String, usize>::new();
        for _ in 0..MUTATIONS / usize::from(EDITORS) {
            let mutation = mutation().new_tree(&mut runner).expect("a mutation").current();
            let (status, answer) = app.post(&json!({ "query": format!("mutation {{ {mutation} }}") })).await;
            assert_eq!(status, 200, "{mutation}: {answer}");
            let code = answer.pointer("/errors/0/extensions/code").and_then(Json::as_str).unwrap_or("done");
            *done.entry(code.to_owned()).or_default() += 1;
        }
        done
    });
    // A client subscribes on another server, and reconnects now and then with the last number that it received.
    let listener = app.with_own_connections().await;
    let (finished, mut last) = tokio::sync::watch::channel(None);
    let listening = actix_web::rt::spawn(async move {
        let mut received = Vec::<i64>::new();
        let incomplete =
            |received: &Vec<i64>, last: Option<i64>| last.is_none_or(|last| (received.len() as i64) < last);
        while incomplete(&received, *last.borrow_and_update()) {
            let subscription = "subscription ($after: Int) { revisions(after: $after) { number } }";
            let mut events = Events::open(&listener, subscription, &json!({ "after": received.len() })).await;
            for _ in 0..50 {
                tokio::select! {
                    numbers = events.revision_numbers(1) => received.extend(numbers),
                    _ = last.changed() => break,
                }
                if !incomplete(&received, *last.borrow()) {
                    break;
                }
            }
        }
        received
    });
    let mut outcomes = HashMap::<String, usize>::new();
    for (code, count) in join_all(editors).await.into_iter().flatten() {
        *outcomes.entry(code).or_default() += count;
    }
    // Each kind of outcome occurred, and no other.
    let codes = ["done", "CONFLICT", "NOT_FOUND", "ALREADY_EXISTS", "IN_USE", "INVALID_DOCUMENT"];
    assert!(outcomes.keys().all(|code| codes.contains(&code.as_str())), "{outcomes:?}");
    assert!(codes.iter().all(|code| outcomes.contains_key(*code)), "{outcomes:?}");

    // Revisions are in order and without gaps, and each starts from the state after the previous one of its subject.
    let db = app.database.read();
    let revisions =
        revision::Entity::find().order_by_asc(revision::Column::Number).all(db).await.expect("they can be read");
    assert!(revisions.len() > MUTATIONS / 4, "{} revisions", revisions.len());
    let mut fold = HashMap::<(&str, i32), Json>::new();
    for (row, number) in revisions.iter().zip(1..) {
        assert_eq!(row.number, number);
        let subject = (row.subject_type.word(), row.subject_id);
        assert_eq!(row.before, fold.remove(&subject), "before revision {number}");
        if let Some(after) = &row.after {
            fold.insert(subject, after.clone());
        }
    }
    assert!(revisions.is_sorted_by_key(|row| row.created_at));
    finished.send_replace(Some(revisions.len() as i64));
    let received = within_deadline(listening).await.expect("the listener listens");
    assert_eq!(received, Vec::from_iter(1..=revisions.len() as i64));

    // The applied revisions equal the tables.
    let change = Change::begin(&app.database, "test").await.expect("no other connection writes");
    let mut license_uses = HashMap::new();
    for row in license::Entity::find().all(db).await.expect("they can be read") {
        same::<LicenseDocument>(&change, &mut fold, row.id).await;
        license_uses.insert(row.id, row.commercial_use);
    }
    for row in organization::Entity::find().all(db).await.expect("they can be read") {
        same::<OrganizationDocument>(&change, &mut fold, row.id).await;
    }
    for row in dataset::Entity::find().all(db).await.expect("they can be read") {
        same::<DatasetDocument>(&change, &mut fold, row.id).await;
    }
    for row in model::Entity::find().all(db).await.expect("they can be read") {
        let document = same::<ModelDocument>(&change, &mut fold, row.id).await;
        let parameters = document.sizes.iter().map(|size| size.parameters.get()).max();
        assert_eq!(row.max_parameters, parameters, "{}", row.slug);
        let scale = document.data_scale.as_ref().filter(|scale| scale.unit == entity::vocabulary::DataUnit::Tokens);
        let whole = scale.and_then(|scale| scale.amount);
        let tokens = document.sizes.iter().filter_map(|size| size.training_tokens).chain(whole).map(Count::get).max();
        assert_eq!(row.max_training_tokens, tokens, "{}", row.slug);
        let inherited = row.license_id.map(|id| license_uses[&id]);
        let uses = document.commercial_use.or(inherited).unwrap_or(entity::vocabulary::CommercialUse::Unknown);
        assert_eq!(row.commercial_use, uses, "{}", row.slug);
        assert_eq!(row.name_key, normalize(&document.name));
    }
    // The rest are the subjects that the test does not edit.
    assert!(fold.keys().all(|(subject, _)| *subject == SubjectType::Architecture.word()), "{:?}", fold.keys());
    assert_eq!(fold.len(), 2);
}

/// Removes a subject from the applied revisions, where it must equal its rows.
async fn same<D: Persist>(change: &Change, fold: &mut HashMap<(&str, i32), Json>, id: i32) -> D {
    let document = D::load(change.transaction(), &[id]).await.expect("it can be read").remove(0);
    let folded = fold.remove(&(D::SUBJECT.word(), id));
    assert_eq!(folded, Some(serde_json::to_value(&document).expect("it is JSON")));
    document
}
