//! Documents are written and read in batches, with a number of statements that does not depend on the number of documents.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use entity::revision;
use futures_util::TryStreamExt;
use libtest_mimic::Trial;
use open_llm_catalog::db::database::Database;
use open_llm_catalog::domain::document::SubjectDocument;
use open_llm_catalog::domain::model::ModelDocument;
use open_llm_catalog::domain::organization::OrganizationDocument;
use open_llm_catalog::store::change::{Change, Outcome};
use open_llm_catalog::store::scan::scan_all;
use proptest::strategy::{Strategy, ValueTree};
use sea_orm::{EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value as Json, json};

use crate::{
    edit::dump,
    support::{App, POOL, documents, runner},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        saving_many_documents_costs_as_many_statements_as_few,
        saving_a_batch_equals_saving_one_by_one,
        a_document_may_refer_to_an_earlier_one_of_its_batch,
        a_document_cannot_refer_to_a_later_one_of_its_batch,
        a_scan_reads_documents_in_the_order_of_their_slugs,
        a_scan_reads_one_snapshot,
    ]
}

fn document(json: Json) -> ModelDocument {
    serde_json::from_value(json).expect("a document")
}

/// Models with all kinds of related rows; each is derived from the one before it.
fn chain(count: usize, name: &str) -> Vec<ModelDocument> {
    let model = |number: usize| {
        document(json!({
            "slug": format!("c-{number:04}"), "name": name, "kind": "DERIVED", "license": "llama-license", "architecture": "gptq",
            "baseModel": number.checked_sub(1).map(|base| format!("c-{base:04}")), "organizations": ["ibm", "meta"],
            "datasets": ["the-pile"], "links": [{ "kind": "PAPER", "url": "https://example.org" }],
            "sizes": [{ "label": "1B", "parameters": "1B", "license": "llama-license" }, { "label": name, "parameters": "2B" }],
        }))
    };
    (0..count).map(model).collect()
}

async fn saving_many_documents_costs_as_many_statements_as_few(app: App) {
    let mut database = Database::connect(&app.url.parse().expect("a URL"), POOL).await.expect("it is there");
    let sent = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&sent);
    database.on_write(move |_| {
        counter.fetch_add(1, Ordering::Relaxed);
    });
    let mut costs = Vec::new();
    for count in [20, 200] {
        let mut change = Change::begin(&database, "tester").await.expect("no other connection writes");
        for name in ["New", "Changed", "Changed"] {
            sent.store(0, Ordering::Relaxed);
            let saved = change.save_all(&chain(count, name)).await.expect("they can be saved");
            costs.push((count, saved[count - 1].outcome, sent.load(Ordering::Relaxed)));
        }
    }
    let (few, many) = costs.split_at(3);
    let outcomes = |costs: &[(usize, Outcome, usize)]| Vec::from_iter(costs.iter().map(|cost| (cost.1, cost.2)));
    assert_eq!(outcomes(few), outcomes(many));
    assert_eq!(
        costs.iter().map(|cost| cost.1).collect::<Vec<_>>()[..3],
        [Outcome::Created, Outcome::Updated, Outcome::Unchanged]
    );
    assert!(costs.iter().all(|cost| cost.2 <= 40), "{costs:?}");
    database.close().await.expect("it can be closed");
}

/// Every revision, without its time.
async fn history(change: &Change) -> Vec<revision::Model> {
    let rows = revision::Entity::find().filter(revision::COLUMN.number.gt(44)).order_by_asc(revision::COLUMN.number);
    let rows = rows.all(change.transaction()).await.expect("they can be read");
    rows.into_iter()
        .map(|row| revision::Model { created_at: chrono::DateTime::UNIX_EPOCH, subject_id: 0, ..row })
        .collect()
}

async fn saving_a_batch_equals_saving_one_by_one(app: App) {
    let mut runner = runner();
    for _ in 0..5 {
        let mut results = Vec::new();
        let rounds = [0, 1, 2].map(|_| documents::models(40).new_tree(&mut runner).expect("documents").current());
        for batched in [true, false] {
            let mut change = Change::begin(&app.database, "tester").await.expect("no other connection writes");
            let mut outcomes = Vec::new();
            for round in &rounds {
                if batched {
                    let saved = change.save_all(round).await.expect("they can be saved");
                    outcomes.extend(saved.into_iter().map(|saved| saved.outcome));
                } else {
                    for document in round {
                        outcomes.push(change.save(document).await.expect("it can be saved").outcome);
                    }
                }
            }
            let found = change
                .load_all::<ModelDocument>(&rounds[2].iter().map(SubjectDocument::slug).collect::<Vec<_>>())
                .await;
            let mut found = found.expect("they can be read").into_values().collect::<Vec<_>>();
            found.sort_by_key(|(_, document)| document.slug().clone());
            let found = found.into_iter().map(|(subject, document)| (subject.version, document)).collect::<Vec<_>>();
            let mut last = rounds[2].clone();
            last.sort_by_key(|document| document.slug().clone());
            assert_eq!(found.iter().map(|(_, document)| document.clone()).collect::<Vec<_>>(), last);
            results.push((outcomes, found, history(&change).await));
        }
        assert!(results[0] == results[1], "{rounds:?}");
    }
}

async fn a_document_may_refer_to_an_earlier_one_of_its_batch(app: App) {
    let organizations = ["A", "B", "B", "A"].map(|zh| {
        let document = json!({ "slug": "twice", "name": "Twice", "localizedName": { "zh": zh } });
        serde_json::from_value::<OrganizationDocument>(document).expect("a document")
    });
    let mut change = Change::begin(&app.database, "tester").await.expect("no other connection writes");
    let saved = change.save_all(&organizations).await.expect("they can be saved");
    let outcomes = [Outcome::Created, Outcome::Updated, Outcome::Unchanged, Outcome::Updated];
    assert_eq!(saved.iter().map(|saved| saved.outcome).collect::<Vec<_>>(), outcomes);
    assert!(saved.iter().all(|one| one.id == saved[0].id));
    let states = history(&change).await.into_iter().map(|row| (row.number, row.before, row.after));
    let state = |zh: &str| Some(json!({ "slug": "twice", "name": "Twice", "localizedName": { "zh": zh } }));
    assert_eq!(
        states.collect::<Vec<_>>(),
        [(45, None, state("A")), (46, state("A"), state("B")), (47, state("B"), state("A"))]
    );
    assert_eq!(change.save_all::<ModelDocument>(&[]).await.expect("nothing to do"), []);
}

async fn a_document_cannot_refer_to_a_later_one_of_its_batch(app: App) {
    let before = dump(&app).await;
    let mut documents = chain(3, "New");
    documents.swap(0, 1);
    let mut change = Change::begin(&app.database, "tester").await.expect("no other connection writes");
    let error = change.save_all(&documents).await.expect_err("the base model comes later");
    assert_eq!(
        error.to_string(),
        r#"The model "c-0001" cannot be saved: baseModel refers to the model "c-0000", which does not exist."#
    );
    assert_eq!(change.commit().await.expect("there is nothing to commit"), 44);
    assert_eq!(dump(&app).await, before);
}

async fn a_scan_reads_documents_in_the_order_of_their_slugs(app: App) {
    let mut change = Change::begin(&app.database, "tester").await.expect("no other connection writes");
    let documents = chain(1100, "New");
    change.save_all(&documents).await.expect("they can be saved");
    let found =
        scan_all::<ModelDocument, _>(change.transaction()).try_collect::<Vec<_>>().await.expect("they can be read");
    assert_eq!(found.len(), 31 + 1100);
    assert!(found.is_sorted_by_key(|document| document.slug().as_str().to_owned()));
    let of_chain = |document: &ModelDocument| document.name == "New";
    assert!(found.into_iter().filter(of_chain).eq(documents));
}

async fn a_scan_reads_one_snapshot(app: App) {
    let moment = app.database.begin_read().await.expect("the database is there");
    let mut change = Change::begin(&app.database, "tester").await.expect("a reader is in nobody's way");
    change.save_all(&chain(3, "New")).await.expect("they can be saved");
    change.commit().await.expect("they can be written");
    let found = scan_all::<ModelDocument, _>(&moment).try_collect::<Vec<_>>().await.expect("they can be read");
    assert_eq!(found.len(), 31);
    let now =
        scan_all::<ModelDocument, _>(app.database.read()).try_collect::<Vec<_>>().await.expect("they can be read");
    assert_eq!(now.len(), 34);
}
