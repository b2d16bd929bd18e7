//! Times have milliseconds, as a `Date` in JavaScript, and increase with each change, also after the clock was wrong.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use entity::{model, revision, vocabulary::Role};
use libtest_mimic::Trial;
use open_llm_catalog::store::change::Change;
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, QueryOrder};
use serde_json::{Value as Json, json};

use crate::{support::App, trials};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        a_time_in_milliseconds_finds_the_same_row,
        each_change_has_a_later_time,
        changes_after_a_clock_was_ahead_have_the_right_time,
        stored_times_are_truncated_by_the_migration,
    ]
}

async fn editor(app: &App) -> App {
    app.with_token(&app.token(Role::Admin).await)
}

/// Renames a model; returns its times after that.
async fn rename(app: &App, name: &str) -> [String; 2] {
    let query = format!(
        "mutation {{ updateModel(input: {{ slug: \"qwen\", name: {name:?} }}) {{ model {{ createdAt updatedAt }} }} }}"
    );
    let data = app.data(&query).await;
    ["createdAt", "updatedAt"].map(|field| data["updateModel"]["model"][field].as_str().expect("a time").to_owned())
}

fn parse(time: &str) -> DateTime<Utc> {
    time.parse().expect("a time")
}

async fn a_time_in_milliseconds_finds_the_same_row(app: App) {
    let app = editor(&app).await;
    let [created, updated] = rename(&app, "Renamed").await;
    for time in [&created, &updated] {
        // What `new Date(time).toISOString()` returns.
        let in_browser = parse(time).trunc_subsecs(3).format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string();
        assert_eq!(time, &in_browser);
    }
    let query = format!(
        "{{ model(slug: \"qwen\", asOf: \"{updated}\") {{ name }}
            eq: models(where: {{ updatedAt: {{ eq: \"{updated}\" }} }}) {{ totalCount }}
            gt: models(where: {{ updatedAt: {{ gt: \"{updated}\" }} }}) {{ totalCount }}
            gte: models(where: {{ updatedAt: {{ gte: \"{updated}\" }} }}) {{ totalCount }}
            created: models(where: {{ createdAt: {{ gt: \"{created}\" }} }}) {{ totalCount }}
            revisions(where: {{ createdAt: {{ eq: \"{updated}\" }} }}) {{ nodes {{ number }} }} }}"
    );
    let expected = json!({ "model": { "name": "Renamed" }, "eq": { "totalCount": 1 }, "gt": { "totalCount": 0 },
        "gte": { "totalCount": 1 }, "created": { "totalCount": 0 }, "revisions": { "nodes": [{ "number": 45 }] } });
    assert_eq!(app.data(&query).await, expected);
}

async fn each_change_has_a_later_time(app: App) {
    let app = editor(&app).await;
    let fields = (0..20).map(|number| {
        format!("m{number}: updateModel(input: {{ slug: \"qwen\", name: \"N {number}\" }}) {{ model {{ updatedAt }} }}")
    });
    let query = format!("mutation {{ {} }}", fields.collect::<Vec<_>>().join(" "));
    let data = app.data(&query).await;
    let times =
        (0..20).map(|number| data[format!("m{number}")]["model"]["updatedAt"].as_str().expect("a time").to_owned());
    let mut times = times.collect::<Vec<_>>();
    let fields =
        times.iter().enumerate().map(|(n, time)| format!("m{n}: model(slug: \"qwen\", asOf: \"{time}\") {{ name }}"));
    let data = app.data(&format!("{{ {} }}", fields.collect::<Vec<_>>().join(" "))).await;
    for number in 0..20 {
        assert_eq!(data[format!("m{number}")]["name"], format!("N {number}"));
    }
    times.dedup();
    assert_eq!(times.len(), 20);
}

/// Sets the time of the last revision.
async fn set_last_time(app: &App, time: DateTime<Utc>) {
    let last = "(SELECT MAX(number) FROM revision)";
    let time = match app.database.backend() {
        DbBackend::Sqlite => time.to_rfc3339(),
        _ => time.to_rfc3339().replace('T', " "),
    };
    let statement = format!("UPDATE revision SET created_at = '{time}' WHERE number = {last}");
    execute(app, &statement).await;
}

async fn execute(app: &App, statement: &str) {
    let change = Change::begin(&app.database, "test").await.expect("a change begins");
    change.transaction().execute_unprepared(statement).await.expect("the statement is right");
    change.commit().await.expect("the change is committed");
}

async fn changes_after_a_clock_was_ahead_have_the_right_time(app: App) {
    let app = editor(&app).await;
    rename(&app, "Slightly ahead").await;
    let ahead = Utc::now().trunc_subsecs(3) + TimeDelta::hours(1);
    set_last_time(&app, ahead).await;
    // A small difference is no error: times increase.
    assert_eq!(parse(&rename(&app, "Next").await[1]), ahead + TimeDelta::milliseconds(1));

    set_last_time(&app, Utc::now() + TimeDelta::days(3650)).await;
    let before = Utc::now().trunc_subsecs(3);
    let [_, updated] = rename(&app, "After").await;
    assert!((before..=Utc::now()).contains(&parse(&updated)), "{updated}");
    // Both the time of the change and future times find the state after it.
    for time in [updated, Utc::now().to_rfc3339(), "2100-01-01T00:00:00Z".to_owned()] {
        let query = format!("{{ model(slug: \"qwen\", asOf: \"{time}\") {{ name }} }}");
        assert_eq!(app.data(&query).await["model"]["name"], "After", "{time}");
    }
}

async fn stored_times_are_truncated_by_the_migration(app: App) {
    app.revert_migrations_from("truncate_times").await;
    for (time, slug) in [("2026-11-26T08:41:39.064214+00:00", "qwen"), ("2026-11-26T08:41:40.000999+00:00", "bloom")] {
        let statements = [
            format!("UPDATE model SET created_at = '{time}', updated_at = '{time}' WHERE slug = '{slug}'"),
            format!("UPDATE revision SET created_at = '{time}' WHERE subject_slug = '{slug}'"),
        ];
        for statement in statements {
            execute(&app, &statement).await;
        }
    }
    open_llm_catalog::store::migrate::migrate(&app.database).await.expect("the migrations run");
    let stored = revision::Entity::find().order_by_asc(revision::Column::Number).all(app.database.read()).await;
    let times = stored.expect("the revisions can be read");
    let time = |slug: &str| times.iter().find(|row| row.subject_slug == slug).map(|row| row.created_at.to_rfc3339());
    assert_eq!(time("qwen").as_deref(), Some("2026-11-26T08:41:39.064+00:00"));
    assert_eq!(time("bloom").as_deref(), Some("2026-11-26T08:41:40+00:00"));
    assert!(times.iter().all(|row| row.created_at == row.created_at.trunc_subsecs(3)));
    let models = model::Entity::find().all(app.database.read()).await.expect("the models can be read");
    assert!(models.iter().all(|row| row.updated_at == row.updated_at.trunc_subsecs(3)));
    for time in ["2026-11-26T08:41:39.064Z", "2026-11-26T08:41:40Z"] {
        let query = format!("{{ models(where: {{ createdAt: {{ eq: \"{time}\" }} }}) {{ totalCount }} }}");
        assert_eq!(app.data(&query).await["models"]["totalCount"], Json::from(1), "{time}");
    }
}
