//! The past is asked like the present, and answers what was true then.

mod random;

use std::collections::HashMap;

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use proptest::strategy::{Strategy, ValueTree};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value as Json, json};

use crate::{
    support::{App, runner},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both: every_state_is_answered_as_it_was]
}

const STEPS: usize = 120;

/// A query for everything that root fields can tell, as of a time or as of now.
fn everything(as_of: Option<&str>) -> String {
    let time = as_of.map_or(String::new(), |time| format!(", asOf: {time:?}"));
    let models = |name: &str, arguments: &str, fields: &str| {
        format!("{name}: models(first: 100{arguments}{time}) {{ totalCount nodes {{ {fields} }} }}\n")
    };
    let facets = "facets { commercialUse { value label count } licenses { value label count } organizations { value label count }
        kinds { value count } releaseYears { value count } }";
    let record = "version createdAt updatedAt";
    let links = "links { kind title url }";
    let model = format!(
        "id slug name aliases kind position releaseDate zh: summary(language: ZH) en: summary(language: EN) commercialUse
         organizations {{ slug zh: name(language: ZH) {record} }} license {{ slug commercialUse {links} {record} }}
         architecture {{ slug {links} }} baseModel {{ slug {record} }} derivedModels {{ slug name }}
         sizes {{ id label parameters activeParameters trainingTokens memoryBytes license {{ slug }} model {{ slug }} }}
         datasets {{ slug tokens license {{ slug name }} {links} }} {links} dataScale {{ text amount unit }}
         maxParameters maxTrainingTokens trainingFlops {record}
         revisions(last: 3) {{ totalCount nodes {{ number actor action subjectSlug changes {{ field before after }} subject {{ id ... on Model {{ name }} }} }} }}"
    );
    let mut query = models("all", ", orderBy: [{ field: NAME }]", &model);
    for (index, order) in
        ["POSITION", "RELEASE_DATE", "MAX_PARAMETERS", "MAX_TRAINING_TOKENS", "CREATED_AT", "UPDATED_AT"].iter().enumerate()
    {
        query += &models(&format!("order{index}"), &format!(", orderBy: [{{ field: {order}, direction: DESC }}]"), "slug");
    }
    for (index, words) in ["alpha", "meta", "千问", "x_y%", "eclair", "a 2", "gamma3"].iter().enumerate() {
        query += &models(&format!("search{index}"), &format!(", search: {words:?}"), "slug");
    }
    let filters = [
        "license: { commercialUse: { in: [ALLOWED, PROHIBITED] }, models: { some: { kind: { eq: DERIVED } } } }",
        "not: { organizations: { some: { name: { contains: \"a\" } } } }",
        "datasets: { every: { tokens: { gt: \"1B\" } } }, sizes: { some: { trainingTokens: { isNull: false }, parameters: { gte: \"7B\" } } }",
        "or: [{ baseModel: { maxTrainingTokens: { gte: 1 } } }, { architecture: { slug: { startsWith: \"a\" } } }]",
        "commercialUse: { ne: UNKNOWN }, name: { endsWith: \"a\" }",
        "releaseDate: { gte: \"2023-07-18\" }, position: { lt: 50 }, createdAt: { gt: \"2001-01-01T00:00:00Z\" }",
    ];
    for (index, filter) in filters.iter().enumerate() {
        query += &models(&format!("filter{index}"), &format!(", where: {{ {filter} }}"), "slug");
    }
    let below = format!("models(first: 2, orderBy: [{{ field: NAME }}]) {{ totalCount nodes {{ slug }} pageInfo {{ hasNextPage }} {facets} }}");
    let history = "revisions { totalCount nodes { number action } }";
    let common = format!("id slug name {record} {history} {below}");
    query += &format!(
        "facets: models(first: 1{time}) {{ {facets} }}
         datasets(first: 100, orderBy: [{{ field: TOKENS }}]{time}) {{ totalCount nodes {{ {common} tokens bytes license {{ slug }} {links} }} }}
         licenses(first: 100, search: \"a\"{time}) {{ totalCount nodes {{ {common} spdxId commercialUse url conditions zh: conditions(language: ZH) {links} }} }}
         organizations(first: 100{time}) {{ totalCount nodes {{ {common} zh: name(language: ZH) }} }}
         architectures(first: 100, where: {{ models: {{ none: {{ slug: {{ eq: \"a\" }} }} }} }}{time}) {{ totalCount nodes {{ {common} {links} }} }}\n"
    );
    for slug in random::SLUGS {
        for noun in ["model", "dataset", "license", "organization", "architecture"] {
            query += &format!("{noun}_{slug}: {noun}(slug: \"{slug}\"{time}) {{ id name version }}\n");
        }
    }
    format!("{{ {query} }}")
}

/// The data of a query in which slugs may be unknown.
async fn answer(app: &App, query: &str) -> Json {
    let (status, mut answer) = app.post(&json!({ "query": query })).await;
    assert_eq!(status, 200, "{answer}");
    for error in answer["errors"].as_array().into_iter().flatten() {
        assert_eq!(error["extensions"]["code"], "NOT_FOUND", "{error}");
    }
    answer["data"].take()
}

/// When the catalog last changed, and the number of its last revision.
async fn present(app: &App) -> (String, i32) {
    let catalog = app.data("{ catalog { revision updatedAt } }").await["catalog"].take();
    let revision = catalog["revision"].as_i64().and_then(|number| i32::try_from(number).ok()).expect("a number");
    (catalog["updatedAt"].as_str().expect("a time").to_owned(), revision)
}

async fn every_state_is_answered_as_it_was(app: App) {
    let app = app.bearing(&app.token(Role::Admin).await);
    let mut runner = runner();
    let mut states = Vec::new();
    let mut outcomes = HashMap::<String, usize>::new();
    let (mut time, mut revision) = present(&app).await;
    states.push((time.clone(), answer(&app, &everything(None)).await));
    for _ in 0..STEPS {
        let mutation = random::mutation(revision).new_tree(&mut runner).expect("a mutation").current();
        let (status, answered) = app.post(&json!({ "query": format!("mutation {{ {mutation} }}") })).await;
        assert_eq!(status, 200, "{mutation}: {answered}");
        let code = answered.pointer("/errors/0/extensions/code").and_then(Json::as_str).unwrap_or("done");
        let kind = mutation.split('(').next().unwrap_or_default();
        *outcomes.entry(format!("{kind} {code}")).or_default() += 1;
        let before = revision;
        (time, revision) = present(&app).await;
        if revision > before {
            states.push((time.clone(), answer(&app, &everything(None)).await));
        }
    }
    println!("{outcomes:#?} {}", states.len());
    for (time, state) in &states {
        let then = answer(&app, &everything(Some(time))).await;
        for (field, was) in state.as_object().expect("an object") {
            assert_eq!(&then[field], was, "{field} as of {time}");
        }
    }
}
