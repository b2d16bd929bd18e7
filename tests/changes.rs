//! What changed between two states: the difference, summarised and in pages.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use open_llm_catalog::domain::model::ModelDocument;
use serde_json::{Value as Json, json};

use crate::{
    export::save,
    http::read,
    support::{App, subscriptions::Events},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        changes_are_the_difference_of_two_states,
        changes_are_filtered_by_subject_and_fact,
        subjects_come_in_pages,
        states_that_do_not_exist_are_rejected,
        the_page_shows_a_period,
        subscriptions_are_filtered_by_subject_and_fact,
    ]
}

async fn edit(app: &App, mutations: &[&str]) {
    let admin = app.with_token(&app.token(Role::Admin).await);
    for mutation in mutations {
        admin.data(&format!("mutation {{ {mutation} {{ revision }} }}")).await;
    }
}

const EDITS: [&str; 6] = [
    "updateModel(input: { slug: \"qwen\", releaseDate: \"2023-08\", newSlug: \"qwen-1\" })",
    // Back to what it was: no difference.
    "updateModel(input: { slug: \"llama\", name: \"Lama\" })",
    "updateModel(input: { slug: \"llama\", name: \"LLaMA\" })",
    "deleteModel(input: { slug: \"alpaca\" })",
    "createOrganization(input: { name: \"Tiny Lab\" })",
    "updateModel(input: { slug: \"qwen-1\", sizes: [{ label: \"7B\", parameters: \"7B\", trainingTokens: \"2.2T\" },
        { label: \"14B\", parameters: \"14B\", trainingTokens: \"3.1T\" }] })",
];

const CHANGES: &str = "query ($from: CatalogState!, $to: CatalogState, $where: RevisionFilter, $fields: [String!], $after: Int) {
    changes(from: $from, to: $to, where: $where, fields: $fields) {
        from to
        summary { subjectType action field subjects changes }
        subjects(after: $after) { revision action subjectType subjectSlug subject { __typename } changes { field before after } }
    } }";

async fn changes(app: &App, variables: Json) -> Json {
    app.data_with(CHANGES, variables).await["changes"].clone()
}

async fn changes_are_the_difference_of_two_states(app: App) {
    let time = app.data("{ catalog { updatedAt } }").await["catalog"]["updatedAt"].clone();
    edit(&app, &EDITS).await;
    let found = changes(&app, json!({ "from": { "revision": 44 } })).await;
    assert_eq!((&found["from"], &found["to"]), (&json!(44), &json!(50)));
    let summary = json!([
        { "subjectType": "MODEL", "action": "UPDATED", "field": "releaseDate", "subjects": 1, "changes": 1 },
        { "subjectType": "MODEL", "action": "UPDATED", "field": "sizes.trainingTokens", "subjects": 1, "changes": 2 },
        { "subjectType": "MODEL", "action": "UPDATED", "field": "slug", "subjects": 1, "changes": 1 },
        { "subjectType": "MODEL", "action": "DELETED", "field": null, "subjects": 1, "changes": 1 },
        { "subjectType": "ORGANIZATION", "action": "CREATED", "field": null, "subjects": 1, "changes": 1 },
    ]);
    assert_eq!(found["summary"], summary);
    let subjects = found["subjects"].as_array().expect("a list");
    let slugs =
        subjects.iter().map(|each| (&each["subjectSlug"], &each["action"], &each["revision"])).collect::<Vec<_>>();
    let expected = [("alpaca", "DELETED", 48), ("tiny-lab", "CREATED", 49), ("qwen-1", "UPDATED", 50)];
    let expected = expected.map(|(slug, action, number)| (json!(slug), json!(action), json!(number)));
    assert_eq!(slugs, expected.iter().map(|(slug, action, number)| (slug, action, number)).collect::<Vec<_>>());
    assert_eq!(
        (&subjects[0]["subject"], &subjects[1]["subject"]),
        (&Json::Null, &json!({ "__typename": "Organization" }))
    );
    let fields = json!([
        { "field": "releaseDate", "before": null, "after": "2023-08" },
        { "field": "sizes.14B.trainingTokens", "before": 3_000_000_000_000_i64, "after": 3_100_000_000_000_i64 },
        { "field": "sizes.7B.trainingTokens", "before": 2_400_000_000_000_i64, "after": 2_200_000_000_000_i64 },
        { "field": "slug", "before": "qwen", "after": "qwen-1" },
    ]);
    assert_eq!(subjects[2]["changes"], fields);
    // The same by the time of the revision, and the state in between.
    assert_eq!(changes(&app, json!({ "from": { "time": time } })).await, found);
    let part = changes(&app, json!({ "from": { "revision": 45 }, "to": { "revision": 46 } })).await;
    assert_eq!(part["subjects"][0]["changes"], json!([{ "field": "name", "before": "LLaMA", "after": "Lama" }]));
    let none = changes(&app, json!({ "from": { "revision": 45 }, "to": { "revision": 47 } })).await;
    assert_eq!(none, json!({ "from": 45, "to": 47, "summary": [], "subjects": [] }));
    // From nothing, all are new.
    let all = changes(&app, json!({ "from": { "revision": 0 }, "to": { "revision": 44 } })).await;
    let created = |row: &Json| row["action"] == "CREATED" && row["field"].is_null();
    let summary = all["summary"].as_array().expect("a list");
    assert!(summary.iter().all(created), "{summary:?}");
    assert_eq!(summary.iter().filter_map(|row| row["subjects"].as_i64()).sum::<i64>(), 44);
}

async fn changes_are_filtered_by_subject_and_fact(app: App) {
    edit(&app, &EDITS).await;
    let slugs = async |further: Json| {
        let mut variables = json!({ "from": { "revision": 44 } });
        variables.as_object_mut().expect("an object").extend(further.as_object().expect("an object").clone());
        let found = changes(&app, variables).await;
        let subjects = found["subjects"].as_array().expect("a list").clone();
        subjects.iter().map(|each| each["subjectSlug"].as_str().expect("a slug").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(slugs(json!({ "where": { "subjectType": { "eq": "ORGANIZATION" } } })).await, ["tiny-lab"]);
    assert_eq!(slugs(json!({ "where": { "subjectSlug": { "eq": "qwen-1" } } })).await, ["qwen-1"]);
    assert_eq!(slugs(json!({ "where": { "actor": { "eq": "nobody" } } })).await, Vec::<String>::new());
    assert_eq!(slugs(json!({ "fields": ["sizes.trainingTokens"] })).await, ["qwen-1"]);
    assert_eq!(slugs(json!({ "fields": ["name"] })).await, ["alpaca", "tiny-lab"]);
    let found = changes(&app, json!({ "from": { "revision": 44 }, "fields": ["releaseDate"] })).await;
    let summary =
        json!([{ "subjectType": "MODEL", "action": "UPDATED", "field": "releaseDate", "subjects": 1, "changes": 1 }]);
    assert_eq!(found["summary"], summary);
    // With one matching revision, the states are those of all revisions of the subject.
    let found = changes(&app, json!({ "from": { "revision": 44 }, "where": { "number": { "eq": 45 } } })).await;
    assert_eq!(found["subjects"][0]["changes"].as_array().map(Vec::len), Some(4));
}

async fn subjects_come_in_pages(app: App) {
    let models = (0..70).map(|number| json!({ "slug": format!("m-{number}"), "name": "M", "kind": "DERIVED" }));
    save::<ModelDocument>(&app, models.collect()).await;
    let (mut after, mut found) = (Json::Null, Vec::new());
    loop {
        let page = changes(&app, json!({ "from": { "revision": 44 }, "after": after })).await;
        let page = page["subjects"].as_array().expect("a list").clone();
        let Some(last) = page.last() else { break };
        assert!(page.len() <= 30);
        after = last["revision"].clone();
        found.extend(page.iter().map(|each| each["revision"].as_i64().expect("a number")));
    }
    assert_eq!(found, Vec::from_iter(45..=114));
}

async fn states_that_do_not_exist_are_rejected(app: App) {
    for (from, to, reason) in [
        ("{ revision: 45 }", "null", "`from` has the revision 45; revisions have numbers from 1 to 44."),
        ("{ revision: 0 }", "{ revision: -1 }", "`to` has the revision -1; revisions have numbers from 1 to 44."),
        ("{ revision: 9 }", "{ revision: 8 }", "`from` is the revision 9, which is later than `to`, the revision 8."),
    ] {
        let (code, message) = app.error(&format!("{{ changes(from: {from}, to: {to}) {{ from }} }}")).await;
        assert_eq!((code.as_str(), message.as_str()), ("INVALID_ARGUMENT", reason));
    }
    let (code, _) = app.error("{ changes(from: { revision: 1, time: \"2024-01-01T00:00:00Z\" }) { from } }").await;
    assert!(!code.is_empty());
}

async fn the_page_shows_a_period(app: App) {
    edit(&app, &EDITS).await;
    let (status, _, page) = read(app.request("GET", "/changes?from=44&type=MODEL")).await;
    assert_eq!(status, 200, "{page}");
    for part in [
        "From revision 44 to revision 50",
        "2023-08",
        "Training tokens",
        "<del>2400000000000</del>",
        "/models/qwen-1",
        "value=\"44\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("tiny-lab"), "{page}");
    // A date is the whole day, month or year.
    let year =
        app.data("{ catalog { updatedAt } }").await["catalog"]["updatedAt"].as_str().expect("a time")[..4].to_owned();
    for period in [
        format!("from={year}"),
        format!("from={year}&to={year}"),
        "from=2001-01-01".to_owned(),
        "from=0&to=%2344".to_owned(),
    ] {
        let (status, _, page) = read(app.request("GET", &format!("/changes?{period}"))).await;
        assert_eq!(status, 200, "{period}: {page}");
        assert!(page.contains("From revision 0 to revision"), "{period}: {page}");
        assert!(page.contains("rel=\"next\""), "{period}: more than a page");
    }
    let (status, _, page) = read(app.request("GET", "/changes?from=2001&to=2002")).await;
    assert!(status == 200 && page.contains("No changes match."), "{page}");
    // What is no state is left aside, and one that does not exist is named.
    let (status, _, page) = read(app.request("GET", "/changes?from=abc")).await;
    assert!(status == 200 && page.contains("#50"), "{page}");
    let (status, _, page) = read(app.request("GET", "/changes?from=99")).await;
    assert!(status == 400 && page.contains("revisions have numbers from 1 to 50"), "{page}");
}

async fn subscriptions_are_filtered_by_subject_and_fact(app: App) {
    edit(&app, &EDITS).await;
    let first = async |arguments: &str| {
        let query = format!("subscription {{ revisions(after: 44, {arguments}) {{ number }} }}");
        let mut events = Events::open(&app, &query, &json!({})).await;
        events.next().await.expect("an event")["data"]["revisions"]["number"].clone()
    };
    assert_eq!(first("subjectType: ORGANIZATION").await, 49);
    assert_eq!(first("subjectType: MODEL, subjectSlug: \"alpaca\"").await, 48);
    assert_eq!(first("field: \"sizes.trainingTokens\", subjectSlug: \"qwen-1\"").await, 50);
    assert_eq!(first("field: \"name\"").await, 46);
}
