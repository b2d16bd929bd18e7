//! Dates of which only the month or the year is known.

use chrono::{Datelike, Days, NaiveDate};
use entity::vocabulary::Role;
use libtest_mimic::Trial;
use proptest::{
    prelude::*,
    sample::select,
    strategy::{Strategy, ValueTree},
};
use serde_json::{Value as Json, json};

use crate::{
    support::{App, runner},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        comparisons_hold_for_every_day_of_a_date,
        dates_keep_their_precision_everywhere,
        dates_that_do_not_exist_are_refused,
        days_of_earlier_releases_are_kept_by_the_migration,
    ]
}

/// A date near the ends of months and years, and at the ends of the calendar.
fn date() -> impl Strategy<Value = String> {
    let day = prop_oneof![
        8 => select(vec!["2022-12-31", "2023-01-01", "2023-07-18", "2024-02-29", "2024-12-01", "2023-11-30"]),
        1 => select(vec!["0001-01-01", "9999-12-31"]),
    ];
    (day, 0..3_u64, select(vec![4, 7, 10])).prop_map(|(day, later, length)| {
        let day = day.parse::<NaiveDate>().expect("a day");
        let later = day.checked_add_days(Days::new(later)).filter(|later| later.year() < 10_000).unwrap_or(day);
        later.to_string()[..length].to_owned()
    })
}

/// The first and the last day of a date: the independent model of the comparison.
fn days(date: &str) -> (NaiveDate, NaiveDate) {
    let day = |text: String| text.parse::<NaiveDate>();
    let last_of_month = |month: &str| (28..=31).rev().find_map(|last| day(format!("{month}-{last}")).ok());
    match date.len() {
        4 => (day(format!("{date}-01-01")).expect("a day"), day(format!("{date}-12-31")).expect("a day")),
        7 => (day(format!("{date}-01")).expect("a day"), last_of_month(date).expect("a day")),
        _ => (day(date.to_owned()).expect("a day"), day(date.to_owned()).expect("a day")),
    }
}

fn holds(operator: &str, date: &str, other: &str) -> bool {
    let ((first, last), (other_first, other_last)) = (days(date), days(other));
    match operator {
        "eq" => first >= other_first && last <= other_last,
        "ne" => last < other_first || first > other_last,
        "lt" => last < other_first,
        "lte" => last <= other_last,
        "gt" => first > other_last,
        "gte" => first >= other_first,
        _ => unreachable!("{operator}"),
    }
}

async fn create(app: &App, dates: &[String]) {
    let models = dates.iter().enumerate().map(
        |(index, date)| json!({ "slug": format!("m-{index}"), "name": "M", "kind": "FOUNDATION", "releaseDate": date }),
    );
    let upsert = "mutation($input: UpsertModelsInput!) { upsertModels(input: $input) { revision } }";
    app.data_with(upsert, json!({ "input": { "models": models.collect::<Vec<_>>() } })).await;
}

async fn comparisons_hold_for_every_day_of_a_date(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    let mut runner = runner();
    let dates = proptest::collection::vec(date(), 80).new_tree(&mut runner).expect("dates").current();
    create(&app, &dates).await;
    for _ in 0..40 {
        let (one, other, operator, listed) =
            (date(), date(), select(vec!["eq", "ne", "lt", "lte", "gt", "gte"]), any::<bool>())
                .new_tree(&mut runner)
                .expect("a comparison")
                .current();
        let (filter, any_of) = if listed {
            (json!({ "in": [one, other] }), vec![("eq", one), ("eq", other)])
        } else {
            (json!({ operator: one }), vec![(operator, one)])
        };
        let expected = |date: &str| any_of.iter().any(|(operator, other)| holds(operator, date, other));
        let query = "query($where: ModelFilter) {
            now: models(first: 100, where: $where) { nodes { releaseDate } }
            then: models(first: 100, where: $where, asOf: \"9999-01-01T00:00:00Z\") { nodes { releaseDate } } }";
        let data = app.data_with(query, json!({ "where": { "releaseDate": filter } })).await;
        let mut expected = dates.iter().filter(|date| expected(date)).cloned().collect::<Vec<_>>();
        expected.sort();
        for list in ["now", "then"] {
            let nodes = data[list]["nodes"].as_array().expect("nodes").iter();
            let mut found =
                nodes.map(|node| node["releaseDate"].as_str().expect("a date").to_owned()).collect::<Vec<_>>();
            found.sort();
            assert_eq!(found, expected, "{list} {filter}");
        }
    }
    let ordered = app
        .data(
            "{ models(first: 100, where: { releaseDate: { isNull: false } }, orderBy: [{ field: RELEASE_DATE }]) {
        nodes { releaseDate } } }",
        )
        .await;
    let ordered = ordered["models"]["nodes"].as_array().expect("nodes").iter();
    let ordered = ordered.map(|node| days(node["releaseDate"].as_str().expect("a date")).0).collect::<Vec<_>>();
    assert!(ordered.len() == dates.len() && ordered.is_sorted(), "{ordered:?}");
}

async fn dates_keep_their_precision_everywhere(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    let written =
        [("2023", "2023"), ("2023年7月", "2023-07"), ("July 2023", "2023-07"), ("Jul 18, 2023", "2023-07-18")];
    let rows = written.iter().enumerate().map(|(index, (date, _))| format!("Dated {index},\"{date}\"\n"));
    let content = format!("name,release date\n{}", rows.collect::<String>());
    let import = "mutation($content: String!) { importCatalog(input: { format: CSV, content: $content }) { written } }";
    assert_eq!(app.data_with(import, json!({ "content": content })).await["importCatalog"]["written"], true);
    let export = app.request("GET", "/export/catalog.json").send().await.expect("a response");
    let export = export.json::<Json>().await.expect("JSON");
    for (index, (_, date)) in written.iter().enumerate() {
        let query = format!(
            "{{ model(slug: \"dated-{index}\") {{ releaseDate revisions(first: 1) {{ nodes {{ changes {{ field after }} }} }} }} }}"
        );
        let model = &app.data(&query).await["model"];
        assert_eq!(model["releaseDate"], *date);
        let changes = model["revisions"]["nodes"][0]["changes"].as_array().expect("changes");
        assert!(changes.contains(&json!({ "field": "releaseDate", "after": date })), "{changes:?}");
        let exported = export["models"].as_array().expect("models").iter();
        let exported = exported.clone().find(|model| model["slug"] == format!("dated-{index}")).expect("the model");
        assert_eq!(exported["releaseDate"], *date);
    }
    for (address, language, text) in [
        ("/models/dated-0", "en", "2023"),
        ("/models/dated-1", "en", "Jul 2023"),
        ("/models/dated-1", "zh", "2023年7月"),
        ("/models/dated-3", "en", "18 Jul 2023"),
    ] {
        let page = app
            .request("GET", address)
            .header("accept-language", language)
            .send()
            .await
            .expect("a response")
            .text()
            .await
            .expect("text");
        assert!(page.contains(&format!("<div class=\"value\">{text}</div>")), "{address}: {page}");
    }
    let facets = app.data("{ models { facets { releaseYears { value count } } } }").await;
    assert_eq!(facets["models"]["facets"]["releaseYears"], json!([{ "value": "2023", "count": 4 }]));
}

async fn dates_that_do_not_exist_are_refused(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    for date in ["2023-13", "2023-02-29", "2023-7", "0000", "23", "2023-07-18T00:00:00Z", "", "２０２３"] {
        let create = "mutation($date: PartialDate) {
            createModel(input: { name: \"Late\", kind: FOUNDATION, releaseDate: $date }) { revision } }";
        let (_, answer) = app.post(&json!({ "query": create, "variables": { "date": date } })).await;
        let message = answer["errors"][0]["message"].as_str().expect("a message");
        assert!(message.contains("\"2023-07-18\", \"2023-07\" or \"2023\""), "{date}: {message}");
    }
}

async fn days_of_earlier_releases_are_kept_by_the_migration(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    create(&app, &["2023-07-18".to_owned(), "0001-01-01".to_owned(), "2024-02-29".to_owned()]).await;
    let query =
        "{ models(where: { slug: { startsWith: \"m-\" } }, orderBy: [{ field: RELEASE_DATE, direction: DESC }]) {
        nodes { slug releaseDate } } }";
    let before = app.data(query).await;
    app.revert_migrations_from("partial_dates").await;
    open_llm_catalog::store::migrate::migrate(&app.database).await.expect("up");
    assert_eq!(app.second_server().data(query).await, before);
}
