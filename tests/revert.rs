//! Reverting revisions.

use entity::vocabulary::{Role, SubjectType};
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::{
    edit::{dump, refused},
    support::App,
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        an_update_can_be_reverted,
        a_deletion_can_be_reverted_with_its_parts,
        a_creation_can_be_reverted,
        a_revert_can_be_reverted,
        later_changes_block_a_revert_unless_forced,
        impossible_reverts_are_rejected,
    ]
}

async fn admin(app: &App) -> App {
    app.with_token(&app.token(Role::Admin).await)
}

/// Reverts a revision; returns the response.
async fn revert(app: &App, number: i32, force: bool) -> Json {
    let query = format!(
        "mutation {{ revertRevision(input: {{ number: {number}, force: {force} }}) {{ outcome revision subject {{ id __typename }} }} }}"
    );
    app.data(&query).await["revertRevision"].take()
}

/// The contents of the catalog without versions and the last revision number.
async fn facts(app: &App) -> Json {
    let mut facts = dump(app).await;
    facts["catalog"] = Json::Null;
    for list in SubjectType::ALL.iter().map(|subject| subject.plural()) {
        for subject in facts[list]["nodes"].as_array_mut().expect("a list") {
            subject["version"] = Json::Null;
        }
    }
    facts
}

async fn an_update_can_be_reverted(app: App) {
    let app = admin(&app).await;
    let before = facts(&app).await;
    app.data(
        "mutation { updateModel(input: { slug: \"qwen\", newSlug: \"qwen-1\", aliases: null, license: { slug: \"llama-license\" },
             sizes: [{ label: \"7B\", parameters: \"7B\" }], links: null }) { revision } }",
    )
    .await;
    let answer = revert(&app, 45, false).await;
    assert_eq!((&answer["outcome"], &answer["revision"]), (&json!("UPDATED"), &json!(46)));
    assert_eq!(facts(&app).await, before);
    let data = app.data("{ model(slug: \"qwen\") { version revisions(last: 1) { nodes { action actor } } } }").await;
    assert_eq!(
        (&data["model"]["version"], &data["model"]["revisions"]["nodes"][0]["action"]),
        (&json!(3), &json!("REVERTED"))
    );
}

async fn a_deletion_can_be_reverted_with_its_parts(app: App) {
    let app = admin(&app).await;
    let before = app.data(MODEL).await;
    app.data("mutation { deleteModel(input: { slug: \"bloom\" }) { revision } }").await;
    let answer = revert(&app, 45, false).await;
    let id = before["model"]["id"].clone();
    assert_eq!(answer, json!({ "outcome": "CREATED", "revision": 46, "subject": { "id": id, "__typename": "Model" } }));
    assert_eq!(app.data(MODEL).await, before);
    let version = app.data("{ model(slug: \"bloom\") { version revisions { totalCount } } }").await;
    assert_eq!(version["model"], json!({ "version": 3, "revisions": { "totalCount": 3 } }));
}

const MODEL: &str =
    "{ model(slug: \"bloom\") { id name position aliases license { slug } commercialUse maxParameters maxTrainingTokens
    sizes { label parameters } links { kind title url } dataScale { text amount unit } } }";

async fn a_creation_can_be_reverted(app: App) {
    let app = admin(&app).await;
    let before = facts(&app).await;
    app.data("mutation { createOrganization(input: { name: \"Mistral AI\" }) { revision } }").await;
    assert_eq!(revert(&app, 45, false).await, json!({ "outcome": "UPDATED", "revision": 46, "subject": null }));
    assert_eq!(facts(&app).await, before);
}

async fn a_revert_can_be_reverted(app: App) {
    let app = admin(&app).await;
    app.data("mutation { updateModel(input: { slug: \"opt\", position: 99 }) { revision } }").await;
    let changed = facts(&app).await;
    revert(&app, 45, false).await;
    revert(&app, 46, false).await;
    assert_eq!(facts(&app).await, changed);
    // Reverting a reverted revision again writes nothing.
    let answer = revert(&app, 46, true).await;
    assert_eq!((&answer["outcome"], &answer["revision"]), (&json!("UNCHANGED"), &json!(47)));
}

async fn later_changes_block_a_revert_unless_forced(app: App) {
    let app = admin(&app).await;
    app.data(
        "mutation { a: updateModel(input: { slug: \"opt\", position: 90 }) { revision }
           b: updateModel(input: { slug: \"mpt\", position: 91 }) { revision }
           c: updateModel(input: { slug: \"opt\", position: 92 }) { revision } }",
    )
    .await;
    let (code, extensions, message) =
        refused(&app, "mutation { revertRevision(input: { number: 45 }) { revision } }").await;
    assert_eq!((code.as_str(), &extensions["revisions"]), ("CONFLICT", &json!([47])));
    assert!(message.contains("47"), "{message}");
    revert(&app, 45, true).await;
    let data = app.data("{ opt: model(slug: \"opt\") { position } mpt: model(slug: \"mpt\") { position } }").await;
    assert_eq!(data, json!({ "opt": { "position": 17 }, "mpt": { "position": 91 } }));
}

async fn impossible_reverts_are_rejected(app: App) {
    let app = admin(&app).await;
    assert_eq!(refused(&app, "mutation { revertRevision(input: { number: 999 }) { revision } }").await.0, "NOT_FOUND");
    // The maker is in use by a model: its creation cannot be undone.
    let number = app
        .data("{ organization(slug: \"ibm\") { revisions { nodes { number } } } }")
        .await
        .pointer("/organization/revisions/nodes/0/number")
        .cloned()
        .expect("a number");
    let query = format!("mutation {{ revertRevision(input: {{ number: {number} }}) {{ revision }} }}");
    assert_eq!(refused(&app, &query).await.0, "IN_USE");
    // Its license is deleted, and its old slug is taken.
    app.data(
        "mutation { a: createLicense(input: { name: \"Gone\", commercialUse: ALLOWED }) { revision }
           b: updateModel(input: { slug: \"opt\", license: { slug: \"gone\" } }) { revision }
           c: deleteModel(input: { slug: \"opt\" }) { revision }
           d: deleteLicense(input: { slug: \"gone\" }) { revision } }",
    )
    .await;
    let (code, extensions, _) = refused(&app, "mutation { revertRevision(input: { number: 47 }) { revision } }").await;
    assert_eq!((code.as_str(), &extensions["fields"][0]["path"]), ("INVALID_DOCUMENT", &json!("license")));
    app.data(
        "mutation { a: deleteModel(input: { slug: \"mpt\" }) { revision }
           b: createModel(input: { name: \"MPT\", kind: DERIVED }) { revision } }",
    )
    .await;
    assert_eq!(
        refused(&app, "mutation { revertRevision(input: { number: 49 }) { revision } }").await.0,
        "ALREADY_EXISTS"
    );
}
