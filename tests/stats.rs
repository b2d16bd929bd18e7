//! The command `stats`: its numbers are those of the query that anyone can send.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use crate::{
    cli::{folder, run},
    support::App,
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both: the_numbers_are_those_of_the_query, an_address_of_the_weights_is_a_checkpoint_or_a_link]
}

fn stats(app: &App, arguments: &[&str]) -> String {
    let arguments = [&["stats"], arguments].concat();
    let (code, output, errors) = run(folder().path(), &arguments, &[("DATABASE_URL", &app.url)]);
    assert_eq!((code, errors.as_str()), (0, ""));
    output
}

async fn the_numbers_are_those_of_the_query(app: App) {
    let editor = app.with_token(&app.token(Role::Editor).await);
    for (name, release_date) in [("year", "2024"), ("month", "2024-07"), ("day", "2025-01-31"), ("start", "2018-01")] {
        let size = r#"{ label: "7B", parameters: "7B", parametersBasis: COUNTED, layers: 32, hiddenSize: 4096, attentionHeads: 32 }"#;
        let input = format!(r#"{{ name: "{name}", slug: "{name}", releaseDate: "{release_date}", sizes: [{size}] }}"#);
        editor.data(&format!("mutation {{ createModel(input: {input}) {{ revision }} }}")).await;
    }
    let found = serde_json::from_str::<Json>(&stats(&app, &["--json"])).expect("JSON");
    let data = app.data(include_str!("../src/cli/fill-rates.graphql")).await;
    let mut counts = data.as_object().expect("fields").clone();
    assert_eq!(found["sizes"]["total"], counts.remove("sizes").expect("all sizes")["totalCount"]);
    let counts = counts.into_iter().map(|(field, connection)| (field, connection["totalCount"].clone()));
    assert_eq!(found["sizes"]["filled"], Json::Object(counts.collect()));
    let filled = |field: &str| found["sizes"]["filled"][field].as_i64().expect("a number");
    assert_eq!(
        (found["sizes"]["total"].clone(), filled("parameters"), filled("parametersBeyondLabel")),
        (json!(59), 59, 4)
    );
    assert_eq!((filled("releaseDate"), filled("releaseMonth"), filled("dimensions")), (4, 3, 4));
    assert_eq!(found["counts"]["models"], 35);
    assert_eq!((&found["evidence"], &found["conflicts"]), (&json!({}), &json!(0)));
    let text = stats(&app, &[]);
    assert!(text.contains("\n  Release date, month or better            3 (5 %)\n"), "{text}");
    let markdown = stats(&app, &["--markdown"]);
    assert!(markdown.contains("\n| Release date, month or better | 3 (5 %) |\n"), "{markdown}");
}

async fn an_address_of_the_weights_is_a_checkpoint_or_a_link(app: App) {
    let editor = app.with_token(&app.token(Role::Editor).await);
    let cases = [
        ("official", r#"checkpoints: [{ repository: "a/official", size: "7B", official: true }]"#),
        ("copy", r#"checkpoints: [{ repository: "b/copy", size: "7B", official: false }]"#),
        ("other", r#"checkpoints: [{ repository: "a/other", size: "13B", official: true }]"#),
        ("link", r#"links: [{ kind: WEIGHTS, url: "https://example.org/w" }]"#),
        ("paper", r#"links: [{ kind: PAPER, url: "https://example.org/p" }]"#),
    ];
    for (name, facts) in cases {
        let sizes = r#"sizes: [{ label: "7B", parameters: "7B" }, { label: "13B", parameters: "13B" }]"#;
        let input = format!(r#"{{ name: "{name}", slug: "{name}", {sizes}, {facts} }}"#);
        editor.data(&format!("mutation {{ createModel(input: {input}) {{ revision }} }}")).await;
    }
    let found = |weights: bool| {
        let filter = format!(
            r#"{{ weights: {weights}, model: {{ slug: {{ in: ["official", "copy", "other", "link", "paper"] }} }} }}"#
        );
        format!("{{ sizes(where: {filter}, first: 100) {{ nodes {{ label model {{ slug }} }} }} }}")
    };
    let names = async |weights| {
        let rows = app.column(&found(weights), "/sizes/nodes", "model").await;
        rows.iter().map(|model| model["slug"].as_str().expect("a slug").to_owned()).collect::<Vec<_>>().join(" ")
    };
    let mut with = names(true).await.split(' ').map(str::to_owned).collect::<Vec<_>>();
    with.sort();
    assert_eq!(with, ["link", "link", "official", "other"]);
    assert_eq!(names(false).await.split(' ').count(), 6);
}
