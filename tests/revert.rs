//! Every change can be undone.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::{
    edit::{dump, refused},
    support::App,
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        an_update_is_undone,
        a_deletion_is_undone_with_all_that_belonged_to_it,
        a_creation_is_undone,
        an_undo_is_undone,
        what_changed_since_is_in_the_way_unless_forced,
        what_cannot_be_restored_is_refused,
    ]
}

async fn admin(app: &App) -> App {
    app.bearing(&app.token(Role::Admin).await)
}

/// Undoes a revision; returns what the mutation answers.
async fn revert(app: &App, number: i32, force: bool) -> Json {
    let query = format!(
        "mutation {{ revertRevision(input: {{ number: {number}, force: {force} }}) {{ outcome revision subject {{ id __typename }} }} }}"
    );
    app.data(&query).await["revertRevision"].take()
}

/// What the catalog says, but for versions and the number of its last revision.
async fn facts(app: &App) -> Json {
    let mut facts = dump(app).await;
    facts["catalog"] = Json::Null;
    for noun in ["models", "datasets", "licenses", "organizations", "architectures"] {
        for subject in facts[noun]["nodes"].as_array_mut().expect("a list") {
            subject["version"] = Json::Null;
        }
    }
    facts
}

async fn an_update_is_undone(app: App) {
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

async fn a_deletion_is_undone_with_all_that_belonged_to_it(app: App) {
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

async fn a_creation_is_undone(app: App) {
    let app = admin(&app).await;
    let before = facts(&app).await;
    app.data("mutation { createOrganization(input: { name: \"Mistral AI\" }) { revision } }").await;
    assert_eq!(revert(&app, 45, false).await, json!({ "outcome": "UPDATED", "revision": 46, "subject": null }));
    assert_eq!(facts(&app).await, before);
}

async fn an_undo_is_undone(app: App) {
    let app = admin(&app).await;
    app.data("mutation { updateModel(input: { slug: \"opt\", position: 99 }) { revision } }").await;
    let changed = facts(&app).await;
    revert(&app, 45, false).await;
    revert(&app, 46, false).await;
    assert_eq!(facts(&app).await, changed);
    // To undo what is undone already says so and writes nothing.
    let answer = revert(&app, 46, true).await;
    assert_eq!((&answer["outcome"], &answer["revision"]), (&json!("UNCHANGED"), &json!(47)));
}

async fn what_changed_since_is_in_the_way_unless_forced(app: App) {
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

async fn what_cannot_be_restored_is_refused(app: App) {
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
    // The license that it had is gone; the slug that it had is taken.
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
