//! Proposals to delete a subject.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use super::{decide, propose, queue, refused, refused_decision, with_role};
use crate::{edit::dump, support::App, trials};

pub fn trials() -> Vec<Trial> {
    trials![on both: a_deletion_can_be_proposed, what_a_deletion_takes_is_compared_with_the_current_state]
}

fn deletion(subject: &str, slug: &str) -> Json {
    json!({ format!("delete{subject}"): { "slug": slug } })
}

async fn a_deletion_can_be_proposed(app: App) {
    let (contributor, editor) = (with_role(&app, Role::Contributor).await, with_role(&app, Role::Editor).await);
    let before = dump(&app).await;
    for (subject, slug, code) in [
        ("Model", "nobody", "NOT_FOUND"),
        ("License", "llama-license", "IN_USE"),
        ("Organization", "meta", "IN_USE"),
        ("Dataset", "refinedweb", "IN_USE"),
        ("Source", "nothing", "NOT_FOUND"),
    ] {
        let (given, message) = refused(&contributor, deletion(subject, slug)).await;
        assert_eq!(given, code, "{subject} {slug}: {message}");
    }
    let expected = json!({ "deleteModel": { "slug": "bloom", "expectedVersion": 7 } });
    assert_eq!(refused(&contributor, expected).await.0, "CONFLICT");
    let (id, _) = propose(&contributor, deletion("Model", "bloom")).await;
    assert_eq!(dump(&app).await, before, "a proposal changes nothing");

    let [proposal] = &queue(&editor).await[..] else { panic!("one proposal is open") };
    let model = app.data("{ model(slug: \"bloom\") { id } }").await["model"].take();
    assert_eq!((&proposal["about"], &proposal["conflicts"]), (&model, &json!(false)));
    let changes = proposal["changes"].as_array().expect("changes");
    assert!(changes.iter().all(|change| change["after"].is_null() && change["conflict"] == false), "{proposal}");
    let slug = json!({ "subjectType": "MODEL", "subjectSlug": "bloom", "field": "slug", "before": "bloom", "after": null, "conflict": false });
    assert!(changes.contains(&slug), "{proposal}");

    let accepted = decide(&editor, "acceptProposal", json!({ "id": id })).await;
    assert_eq!(accepted["status"], "ACCEPTED");
    let deleted = "{ revisions(last: 1) { nodes { number action subjectSlug proposer reason } } }";
    let deleted = app.data(deleted).await["revisions"]["nodes"][0].take();
    assert_eq!(
        (&deleted["number"], &deleted["action"], &deleted["subjectSlug"], &deleted["reason"]),
        (&accepted["revision"]["number"], &json!("DELETED"), &json!("bloom"), &json!("the card says so"))
    );
    assert!(deleted["proposer"].as_str().is_some_and(|name| name.starts_with("contributor-")), "{deleted}");
    assert_eq!(app.error("{ model(slug: \"bloom\") { id } }").await.0, "NOT_FOUND");
    let undo = format!("mutation {{ revertRevision(input: {{ number: {} }}) {{ revision }} }}", deleted["number"]);
    with_role(&app, Role::Admin).await.data(&undo).await;
    assert_eq!(app.data("{ model(slug: \"bloom\") { id } }").await["model"], model, "undo restores it");
}

async fn what_a_deletion_takes_is_compared_with_the_current_state(app: App) {
    let (contributor, editor) = (with_role(&app, Role::Contributor).await, with_role(&app, Role::Editor).await);
    let (id, _) = propose(&contributor, deletion("Model", "bloom")).await;
    let (other, _) = propose(&contributor, deletion("Model", "alpaca")).await;
    // A fact that the subject did not have is lost too.
    editor.data("mutation { updateModel(input: { slug: \"bloom\", releaseDate: \"2022-07\" }) { revision } }").await;
    let open = queue(&editor).await;
    assert_eq!((&open[0]["conflicts"], &open[1]["conflicts"]), (&json!(true), &json!(false)));
    let conflicts = open[0]["changes"].as_array().expect("changes").iter().filter(|change| change["conflict"] == true);
    let conflicts = conflicts.map(|change| (&change["field"], &change["before"])).collect::<Vec<_>>();
    assert_eq!(conflicts, [(&json!("releaseDate"), &json!("2022-07"))]);
    assert_eq!(refused_decision(&editor, "acceptProposal", json!({ "id": id })).await, "CONFLICT");
    assert_eq!(decide(&editor, "acceptProposal", json!({ "id": id, "force": true })).await["status"], "ACCEPTED");
    // What somebody else deletes first is a conflict.
    editor.data("mutation { deleteModel(input: { slug: \"alpaca\" }) { revision } }").await;
    assert_eq!(queue(&editor).await[0]["conflicts"], true);
    assert_eq!(refused_decision(&editor, "acceptProposal", json!({ "id": other })).await, "CONFLICT");
    assert_eq!(refused_decision(&editor, "acceptProposal", json!({ "id": other, "force": true })).await, "NOT_FOUND");
}
