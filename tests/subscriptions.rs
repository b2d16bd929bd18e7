//! Revisions as they are committed: each once, in order, whoever commits and whatever breaks.

use std::{
    process::{Command, Stdio},
    time::Duration,
};

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use sea_orm::{ConnectionTrait, Database};
use serde_json::{Value as Json, json};

use crate::{
    cli::{self, Server},
    support::{
        App, Backend, Client, Home,
        subscriptions::{Events, Socket, soon},
    },
    trials,
};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![on both:
        what_was_missed_comes_first,
        without_a_number_only_news_come,
        other_servers_are_heard_of,
        a_slow_reader_holds_a_page,
        a_subscription_needs_a_stream,
        queries_and_changes_are_streams_of_one,
        what_cannot_be_executed_is_an_event,
        a_number_below_zero_is_refused,
    ];
    let lost = Trial::ignorable_test("live::two_processes_hear_of_each_other_and_after_a_lost_listener", || {
        match Home::new(Backend::Postgres) {
            Ok(home) => {
                actix_web::rt::System::new().block_on(two_processes(&home));
                actix_web::rt::System::new().block_on(home.leave());
                Ok(libtest_mimic::Completion::Completed)
            }
            Err(missing) if std::env::var_os("REQUIRE_POSTGRES").is_some() => Err(missing.into()),
            Err(missing) => Ok(libtest_mimic::Completion::ignored_with(missing)),
        }
    });
    trials.extend(trials![plain: who_listens_is_told_that_the_server_stops]);
    trials.push(lost.with_kind(Backend::Postgres.to_string()));
    trials
}

const REVISIONS: &str = "subscription ($after: Int) { revisions(after: $after) { number action subjectSlug } }";

async fn editor(app: &App) -> App {
    app.bearing(&app.token(Role::Editor).await)
}

/// Creates organizations; returns the numbers of their revisions.
async fn create(editor: &Client, prefix: &str, count: usize) -> Vec<i64> {
    let mut numbers = Vec::new();
    for index in 0..count {
        let create = "mutation ($name: String!) { createOrganization(input: { name: $name }) { revision } }";
        let data = editor.data_with(create, json!({ "name": format!("{prefix} {index}") })).await;
        numbers.push(data["createOrganization"]["revision"].as_i64().expect("a number"));
    }
    numbers
}

async fn what_was_missed_comes_first(app: App) {
    let editor = editor(&app).await;
    let mut events = Events::open(&app, REVISIONS, &json!({ "after": 0 })).await;
    let first = events.next().await.expect("the list was missed");
    let meta = json!({ "number": 1, "action": "CREATED", "subjectSlug": first["data"]["revisions"]["subjectSlug"] });
    assert_eq!(first["data"]["revisions"], meta);
    assert_eq!(events.numbers(43).await, Vec::from_iter(2..=44));
    assert_eq!(create(&editor, "one", 3).await, [45, 46, 47]);
    assert_eq!(events.numbers(3).await, [45, 46, 47]);
    // Who comes back goes on where they were.
    let mut again = Events::open(&app, REVISIONS, &json!({ "after": 46 })).await;
    assert_eq!(again.numbers(1).await, [47]);
    create(&editor, "two", 1).await;
    assert_eq!((again.numbers(1).await, events.numbers(1).await), (vec![48], vec![48]));
}

async fn without_a_number_only_news_come(app: App) {
    let editor = editor(&app).await;
    let mut events = Events::open(&app, REVISIONS, &Json::Null).await;
    // The stream has begun once a later one has: it stands where the catalog stood.
    Events::open(&app, REVISIONS, &json!({ "after": 43 })).await.numbers(1).await;
    actix_web::rt::time::sleep(Duration::from_millis(300)).await;
    create(&editor, "news", 2).await;
    assert_eq!(events.numbers(2).await, [45, 46]);
    // Of a number that is still to come, what comes after it.
    let mut ahead = Events::open(&app, REVISIONS, &json!({ "after": 47 })).await;
    create(&editor, "more", 3).await;
    assert_eq!(ahead.numbers(2).await, [48, 49]);
}

async fn other_servers_are_heard_of(app: App) {
    let editor = editor(&app).await;
    let other = app.apart().await;
    let mut events = Events::open(&other, REVISIONS, &json!({ "after": 44 })).await;
    for round in 0..5 {
        let made = create(&editor, &format!("round {round}"), 4).await;
        assert_eq!(events.numbers(4).await, made);
    }
}

async fn a_slow_reader_holds_a_page(app: App) {
    // Far more than the buffers between two sockets take.
    let text = "slow ".repeat(2000);
    let editor = editor(&app).await;
    for batch in 0..20 {
        let models = (0..40).map(|index| {
            let slug = format!("slow-{batch}-{index}");
            json!({ "slug": slug, "name": "Slow", "kind": "DERIVED", "summary": { "en": text, "zh": text } })
        });
        let upsert =
            "mutation ($models: [CreateModelInput!]!) { upsertModels(input: { models: $models }) { revision } }";
        editor.data_with(upsert, json!({ "models": models.collect::<Vec<_>>() })).await;
    }
    let wide = "subscription { revisions(after: 44) { number changes { field after } } }";
    let before = app.statements();
    let mut events = Events::open(&app, wide, &Json::Null).await;
    assert_eq!(events.numbers(1).await, [45]);
    actix_web::rt::time::sleep(Duration::from_secs(2)).await;
    // 40 pages of 20, of which most wait in the database.
    let read = app.statements() - before;
    assert!((1..20).contains(&read), "{read} pages were read for one who takes one revision");
    assert_eq!(events.numbers(799).await, Vec::from_iter(46..=844));
    assert!(app.statements() - before >= 40);
}

async fn a_subscription_needs_a_stream(app: App) {
    let (status, answer) = app.post(&json!({ "query": REVISIONS })).await;
    assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (406, &json!("NOT_ACCEPTABLE")));
    let message = answer["errors"][0]["message"].as_str().expect("a message");
    assert!(message.contains("graphql-transport-ws") && message.contains("text/event-stream"), "{message}");
}

async fn queries_and_changes_are_streams_of_one(app: App) {
    let mut events = Events::open(&app, "{ model(slug: \"qwen\") { name } }", &Json::Null).await;
    assert_eq!(
        events.next().await,
        Some(json!({ "data": { "model": { "name": "Qwen" } }, "extensions": { "cost": 1 } }))
    );
    assert_eq!(events.next().await, None);
    let create = "mutation { createOrganization(input: { name: \"By events\" }) { revision } }";
    let editor = editor(&app).await;
    let mut events = Events::open(&editor, create, &Json::Null).await;
    assert_eq!(
        events.next().await,
        Some(json!({ "data": { "createOrganization": { "revision": 45 } }, "extensions": { "cost": 11 } }))
    );
    let mut events = Events::open(&app, create, &Json::Null).await;
    let refused = events.next().await.expect("an answer");
    assert_eq!(refused["errors"][0]["extensions"]["code"], "FORBIDDEN");
    // By a link nothing is written, and by a link with a subscription one may listen.
    let get = |query: &str| {
        let request = app.request("GET", "/graphql").header("accept", "text/event-stream");
        request.query(&[("query", query)]).send()
    };
    assert_eq!(get(create).await.expect("an answer").status(), 405);
    let response = get("subscription { revisions(after: 44) { number } }").await.expect("an answer");
    assert_eq!(
        (response.status().as_u16(), &response.headers()["cache-control"]),
        (200, &"no-cache".parse().expect("a header"))
    );
}

async fn what_cannot_be_executed_is_an_event(app: App) {
    for (query, code) in [
        ("{ modles { nodes { name } } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("subscription { revisions { number } catalog { revision } }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { a: revisions { number } b: revisions { number } }", "GRAPHQL_VALIDATION_FAILED"),
    ] {
        let mut events = Events::open(&app, query, &Json::Null).await;
        let event = events.next().await.expect("an answer");
        assert_eq!((&event["data"], &event["errors"][0]["extensions"]["code"]), (&Json::Null, &json!(code)), "{query}");
        assert_eq!(events.next().await, None);
    }
}

async fn a_number_below_zero_is_refused(app: App) {
    let mut events = Events::open(&app, REVISIONS, &json!({ "after": -1 })).await;
    let event = events.next().await.expect("an answer");
    assert_eq!(event["errors"][0]["extensions"]["code"], "INVALID_ARGUMENT");
    assert_eq!(events.next().await, None);
}

/// A mutation on one server is heard on the other, in order, also while its listener is killed again and again.
async fn two_processes(home: &Home) {
    home.enter().await;
    let (folder, url) = (cli::folder(), home.url());
    let variables = [("DATABASE_URL", url.as_str()), ("PORT", "0")];
    let start = || {
        let mut server = Server::of(cli::program(folder.path(), &[], &variables), Stdio::null());
        while !server.line().ends_with(" listens on") {}
        let address = format!("http://{}", server.address());
        (server, address)
    };
    let ((_first, one), (_second, two)) = (start(), start());
    let (_, secret, _) = cli::run(folder.path(), &["token", "create", "--name", "e", "--role", "editor"], &variables);
    let writer = Client::at(one).bearing(secret.trim());
    let mut events = Events::open(&Client::at(two), REVISIONS, &json!({ "after": 44 })).await;

    let made = create(&writer, "before", 3).await;
    assert_eq!(events.numbers(3).await, made);
    let admin = Database::connect(&url).await.expect("the database is there");
    for round in 0..5 {
        let killed = admin
            .query_all_raw(sea_orm::Statement::from_string(
                sea_orm::DbBackend::Postgres,
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                 WHERE application_name = 'open-llm-catalog listener' AND datname = current_database()",
            ))
            .await
            .expect("a superuser may");
        assert!(!killed.is_empty(), "there are listeners to kill");
        let made = create(&writer, &format!("round {round}"), 10).await;
        assert_eq!(soon(events.numbers(10)).await, made);
    }
    admin.close().await.expect("the connection closes");
}

fn who_listens_is_told_that_the_server_stops() {
    let folder = cli::folder();
    let mut server = Server::of(cli::program(folder.path(), &[], &[("PORT", "0")]), Stdio::null());
    while !server.line().ends_with(" listens on") {}
    let client = Client::at(format!("http://{}", server.address()));
    actix_web::rt::System::new().block_on(async {
        let mut events = Events::open(&client, REVISIONS, &json!({ "after": 43 })).await;
        assert_eq!(events.numbers(1).await, [44]);
        let mut socket = Socket::ready(&client).await;
        socket.subscribe("1", "subscription { revisions { number } }").await;
        let stop = Command::new("kill").args(["-TERM", &server.child.id().to_string()]).status();
        assert!(stop.expect("there is a command kill").success());
        assert_eq!(socket.closed().await, (1012, "The server is stopping; reconnect".to_owned()));
        // Ended, not completed: whoever hears that comes again.
        events.broken().await;
    });
    let status = server.child.wait().expect("it ends");
    assert_eq!(status.code(), Some(0));
}
