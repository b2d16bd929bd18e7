//! What the README shows is what happens.

use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::{support::App, trials};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![on both: shows_queries_with_their_answers];
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
    assert_eq!((queries.len(), answers.len()), (3, 3));
    for (query, answer) in queries.into_iter().zip(answers) {
        let answer = serde_json::from_str::<Json>(answer).expect("the README has JSON");
        assert_eq!(json!({ "data": app.data(query).await }), answer, "{query}");
    }
}

fn explains_every_setting() {
    let example = include_str!("../.env.example");
    let settings = example.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('='));
    for (name, default) in settings {
        assert!(README.contains(&format!("| `{name}` | `{default}` |")), "{name} with its default {default}");
        assert!(include_str!("../src/config.rs").contains(&format!("\"{name}\"")), "{name} is read");
    }
}
