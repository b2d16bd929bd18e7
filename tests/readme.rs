//! What the README shows is what happens.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::{support::App, trials};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![on both: shows_queries_with_their_answers, shows_an_edit_and_its_undo];
    trials.extend(trials![plain: explains_every_setting]);
    trials
}

const README: &str = include_str!("../README.md");

/// The code blocks of a language, in their order.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    README.split(&fence).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
}

async fn shows_queries_with_their_answers(app: App) {
    let (queries, answers) = (blocks("graphql"), blocks("json"));
    assert_eq!((queries.len(), answers.len()), (7, 4));
    for (query, answer) in queries.into_iter().zip(answers) {
        let answer = serde_json::from_str::<Json>(answer).expect("the README has JSON");
        assert_eq!(json!({ "data": app.data(query).await }), answer, "{query}");
    }
}

async fn shows_an_edit_and_its_undo(app: App) {
    let app = app.bearing(&app.token(Role::Admin).await);
    let mut data = Vec::new();
    for mutation in &blocks("graphql")[4..] {
        data.push(app.data(mutation).await);
    }
    let created = json!({ "slug": "mixtral-8x7b", "version": 1, "commercialUse": "ALLOWED", "license": { "slug": "apache-license-2-0" } });
    assert_eq!(data[0]["createModel"], json!({ "revision": 47, "model": created }));
    let updated = json!({ "version": 2, "aliases": ["Mixtral"], "releaseDate": null });
    assert_eq!(data[1]["updateModel"], json!({ "outcome": "UPDATED", "revision": 48, "model": updated }));
    let reverted = &data[2]["revertRevision"];
    assert_eq!((&reverted["outcome"], &reverted["subject"]["releaseDate"]), (&json!("UPDATED"), &json!("2023-12-11")));
}

fn explains_every_setting() {
    let example = include_str!("../.env.example");
    let settings = example.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('='));
    for (name, default) in settings {
        assert!(README.contains(&format!("| `{name}` | `{default}` |")), "{name} with its default {default}");
        assert!(include_str!("../src/config.rs").contains(&format!("\"{name}\"")), "{name} is read");
    }
}
