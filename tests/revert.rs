//! Reverting revisions.

use entity::vocabulary::{Role, SubjectType};
use libtest_mimic::Trial;
use proptest::strategy::{Strategy, ValueTree};
use serde_json::{Value as Json, json};

use crate::{
    as_of::random,
    edit::{dump, refused},
    support::{App, runner},
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
        references_are_restored_to_the_same_subjects,
        a_reference_to_a_deleted_subject_is_a_problem_of_its_field,
        reverts_in_random_histories_restore_the_same_subjects,
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

/// The subjects that a model and a dataset refer to, by their ids.
const REFERENCES: &str =
    "{ model(slug: \"m\") { license { id } architecture { id } baseModel { id } organizations { id } datasets { id }
       sizes { license { id } } } dataset(slug: \"d\") { license { id } } }";

/// Creates a subject of each type that others refer to, and a model and a dataset that refer to them.
async fn create_references(app: &App) {
    app.data(
        "mutation {
           a: createLicense(input: { slug: \"l\", name: \"L\", commercialUse: ALLOWED }) { revision }
           b: createLicense(input: { slug: \"l2\", name: \"L2\", commercialUse: ALLOWED }) { revision }
           c: createOrganization(input: { slug: \"o\", name: \"O\" }) { revision }
           e: createArchitecture(input: { slug: \"x\", name: \"X\" }) { revision }
           f: createModel(input: { slug: \"b\", name: \"B\", kind: FOUNDATION }) { revision }
           g: createDataset(input: { slug: \"d\", name: \"D\", license: { slug: \"l\" } }) { revision }
           h: createModel(input: { slug: \"m\", name: \"M\", kind: DERIVED, license: { slug: \"l\" }, architecture: { slug: \"x\" }
                baseModel: \"b\", organizations: [{ slug: \"o\" }, { slug: \"meta\" }], datasets: [{ slug: \"d\" }]
                sizes: [{ label: \"7B\", parameters: \"7B\", license: { slug: \"l2\" } }] }) { revision } }",
    )
    .await;
}

async fn references_are_restored_to_the_same_subjects(app: App) {
    let app = admin(&app).await;
    create_references(&app).await;
    let before = app.data(REFERENCES).await;
    let data = app
        .data(
            "mutation {
               a: updateModel(input: { slug: \"m\", name: \"Mistake\", license: null, architecture: null, baseModel: null
                    organizations: [], datasets: [], sizes: [] }) { revision }
               b: updateDataset(input: { slug: \"d\", name: \"Mistake\", license: null }) { revision } }",
        )
        .await;
    // Each subject gets another slug, and another subject gets its old one.
    for (subject, slug, known) in [
        ("License", "l", ", commercialUse: PROHIBITED"),
        ("License", "l2", ", commercialUse: PROHIBITED"),
        ("Organization", "o", ""),
        ("Architecture", "x", ""),
        ("Model", "b", ", kind: FOUNDATION"),
    ] {
        app.data(&format!(
            "mutation {{ a: update{subject}(input: {{ slug: \"{slug}\", newSlug: \"old-{slug}\" }}) {{ revision }}
               b: create{subject}(input: {{ slug: \"{slug}\", name: \"Other\"{known} }}) {{ revision }} }}"
        ))
        .await;
    }
    for field in ["a", "b"] {
        let number = data[field]["revision"].as_i64().and_then(|number| i32::try_from(number).ok()).expect("a number");
        assert_eq!(revert(&app, number, false).await["outcome"], "UPDATED");
    }
    assert_eq!(app.data(REFERENCES).await, before);
    let uses = app.data("{ model(slug: \"m\") { name commercialUse } }").await;
    assert_eq!(uses["model"], json!({ "name": "M", "commercialUse": "ALLOWED" }));
}

async fn a_reference_to_a_deleted_subject_is_a_problem_of_its_field(app: App) {
    let app = admin(&app).await;
    create_references(&app).await;
    let data = app
        .data(
            "mutation { a: updateModel(input: { slug: \"m\", organizations: [{ slug: \"meta\" }], sizes: [] }) { revision }
               b: deleteOrganization(input: { slug: \"o\" }) { revision }
               c: createOrganization(input: { slug: \"o\", name: \"Other\" }) { revision }
               e: deleteLicense(input: { slug: \"l2\" }) { revision } }",
        )
        .await;
    let query = format!("mutation {{ revertRevision(input: {{ number: {} }}) {{ revision }} }}", data["a"]["revision"]);
    let (code, extensions, _) = refused(&app, &query).await;
    let problem = |path: &str, subject: &str| {
        let message = format!("refers to the {subject}, which has been deleted since");
        json!({ "path": path, "message": message })
    };
    let problems = [
        problem("organizations.0", "organization that had the slug \"o\""),
        problem("sizes.0.license", "license that had the slug \"l2\""),
    ];
    assert_eq!((code.as_str(), &extensions["fields"]), ("INVALID_DOCUMENT", &json!(problems)));
    // Once they are restored, the same revision can be undone.
    app.data("mutation { deleteOrganization(input: { slug: \"o\" }) { revision } }").await;
    for number in [data["e"]["revision"].clone(), data["b"]["revision"].clone()] {
        app.data(&format!("mutation {{ revertRevision(input: {{ number: {number} }}) {{ revision }} }}")).await;
    }
    app.data(&query).await;
}

/// All subjects with the ids of the subjects that they refer to, by their own ids.
async fn identities(app: &App, as_of: &str) -> Json {
    let data = app
        .data(&format!(
            "{{ models(first: 100{as_of}) {{ nodes {{ id license {{ id }} architecture {{ id }} baseModel {{ id }} organizations {{ id }}
                  datasets {{ id }} sizes {{ label license {{ id }} }} }} }}
                sources(first: 100{as_of}) {{ nodes {{ id publisher {{ id }} license {{ id }} derivedFrom {{ id }} }} }}
                datasets(first: 100{as_of}) {{ nodes {{ id license {{ id }} }} }} licenses(first: 100{as_of}) {{ nodes {{ id }} }}
                organizations(first: 100{as_of}) {{ nodes {{ id }} }} architectures(first: 100{as_of}) {{ nodes {{ id }} }} }}"
        ))
        .await;
    let lists = data.as_object().expect("lists").values().flat_map(|list| list["nodes"].as_array().expect("a list"));
    lists
        .map(|subject| (subject["id"].as_str().expect("an id").to_owned(), subject.clone()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// The ids anywhere in a value.
fn ids(value: &Json) -> Vec<&str> {
    match value {
        Json::Array(items) => items.iter().flat_map(ids).collect(),
        Json::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| if name == "id" { value.as_str().into_iter().collect() } else { ids(value) })
            .collect(),
        _ => Vec::new(),
    }
}

/// The id of the subject that a model or a source is derived from.
fn base(subject: &Json) -> Option<&str> {
    subject["baseModel"]["id"].as_str().or(subject["derivedFrom"]["id"].as_str())
}

/// Whether a subject would be derived from itself.
fn is_cyclic<'a>(subjects: &'a Json, id: &str, mut next: Option<&'a str>) -> bool {
    for _ in 0..100 {
        match next {
            Some(base) if base == id => return true,
            Some(other) => next = base(&subjects[other]),
            None => return false,
        }
    }
    true
}

async fn reverts_in_random_histories_restore_the_same_subjects(app: App) {
    const CHANGES: usize = 180;
    const REVERTS: usize = 90;
    let app = admin(&app).await;
    let mut runner = runner();
    for subject in ["License", "Organization", "Architecture", "Dataset", "Source", "Model"] {
        for slug in random::SLUGS {
            let (name, known) = (random::name_field(subject), random::required(subject));
            app.data(&format!(
                "mutation {{ create{subject}(input: {{ slug: \"{slug}\", {name}: \"{slug}\"{known} }}) {{ revision }} }}"
            ))
            .await;
        }
    }
    for _ in 0..CHANGES {
        let mutation = random::mutation(45).new_tree(&mut runner).expect("a mutation").current();
        app.post(&json!({ "query": format!("mutation {{ {mutation} }}") })).await;
    }
    let last = app.data("{ catalog { revision } }").await["catalog"]["revision"].as_i64().expect("a number");
    let (mut restored, mut kept) = (0, 0);
    for _ in 0..REVERTS {
        let number = (69..=last).new_tree(&mut runner).expect("a number").current();
        let data = app
            .data(&format!(
                "{{ revisions(first: 2, where: {{ number: {{ in: [{}, {number}] }} }}) {{ nodes {{ createdAt subjectType }} }} }}",
                number - 1
            ))
            .await;
        let time = &data["revisions"]["nodes"][0]["createdAt"];
        let (then, now) = (identities(&app, &format!(", asOf: {time}")).await, identities(&app, "").await);
        let query = format!(
            "mutation {{ revertRevision(input: {{ number: {number}, force: true }}) {{ outcome subject {{ id }} }} }}"
        );
        let (status, answer) = app.post(&json!({ "query": query })).await;
        assert_eq!(status, 200, "{answer}");
        let after = identities(&app, "").await;
        if let Some(id) = answer.pointer("/data/revertRevision/subject/id").and_then(Json::as_str) {
            assert_eq!(after[id], then[id], "revision {number}");
            restored += 1;
            kept += usize::from(ids(&after[id]).len() > 1);
        } else if answer.pointer("/errors/0/extensions/code") == Some(&json!("INVALID_DOCUMENT")) {
            assert_eq!(after, now, "revision {number}");
            let gone = |state: &Json| ids(state).iter().any(|id| state["id"] != *id && now[*id].is_null());
            let cyclic = |state: &Json| is_cyclic(&now, state["id"].as_str().expect("an id"), base(state));
            let states = then.as_object().expect("subjects").values().collect::<Vec<_>>();
            assert!(states.iter().any(|state| gone(state) || cyclic(state)), "revision {number}: {answer}");
        }
    }
    assert!(restored > 20 && kept > 5, "{restored} restored, {kept} of them with references");
}
