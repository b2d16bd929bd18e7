//! Subscriptions deliver revisions once and in order, from any server and after any disconnect.

use std::time::Duration;

use entity::vocabulary::Role;
use libtest_mimic::{Completion, Trial};
use open_llm_catalog::http::server::options::Options;
use sea_orm::{ConnectionTrait, Database};
use serde_json::{Value as Json, json};

use crate::{
    cli::{self, Server},
    http::{header, read, refusal},
    support::{
        App, Backend, Client, TestDatabase, block_on, on_backend, options,
        process::send_signal,
        subscriptions::{Events, Socket},
        template::{self, Content},
        within_deadline,
    },
    trials,
};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![on both:
        missed_revisions_are_delivered_first,
        without_after_only_new_revisions_are_delivered,
        fragments_around_the_root_field_are_expanded,
        multipart_subscriptions_have_a_part_for_each_response,
        an_event_source_resumes_after_its_last_event,
        an_invalid_last_event_id_is_rejected,
        subscribers_share_the_read_of_a_revision,
        subscriptions_per_address_are_limited,
        bytes_of_subscriptions_are_limited,
        revisions_of_other_servers_are_delivered,
        a_slow_client_buffers_one_page,
        subscriptions_need_an_event_stream_or_a_websocket,
        queries_and_mutations_are_streams_of_one_event,
        errors_of_invalid_operations_are_events,
        a_negative_after_is_rejected,
    ];
    let name = "subscriptions::two_processes_deliver_each_others_revisions_after_their_listeners_were_killed";
    let two_processes = on_backend(name, Backend::Postgres, || {
        let database = TestDatabase::new(Backend::Postgres)?;
        block_on(async {
            two_processes(&database).await;
            database.remove().await;
        });
        Ok(Completion::Completed)
    });
    trials.extend(trials![plain: shutdown_ends_subscriptions]);
    trials.push(two_processes);
    trials
}

const REVISIONS: &str = "subscription ($after: Int) { revisions(after: $after) { number action subjectSlug } }";

async fn editor(app: &App) -> App {
    app.with_token(&app.token(Role::Editor).await)
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

async fn missed_revisions_are_delivered_first(app: App) {
    let editor = editor(&app).await;
    let mut events = Events::open(&app, REVISIONS, &json!({ "after": 0 })).await;
    let first = events.next().await.expect("the list was missed");
    let meta = json!({ "number": 1, "action": "CREATED", "subjectSlug": first["data"]["revisions"]["subjectSlug"] });
    assert_eq!(first["data"]["revisions"], meta);
    assert_eq!(events.revision_numbers(43).await, Vec::from_iter(2..=44));
    assert_eq!(create(&editor, "one", 3).await, [45, 46, 47]);
    assert_eq!(events.revision_numbers(3).await, [45, 46, 47]);
    // A client that reconnects continues where it was.
    let mut again = Events::open(&app, REVISIONS, &json!({ "after": 46 })).await;
    assert_eq!(again.revision_numbers(1).await, [47]);
    create(&editor, "two", 1).await;
    assert_eq!((again.revision_numbers(1).await, events.revision_numbers(1).await), (vec![48], vec![48]));
}

async fn without_after_only_new_revisions_are_delivered(app: App) {
    let editor = editor(&app).await;
    // The subscription is running when the head of its response has been sent.
    let mut events = Events::open(&app, REVISIONS, &Json::Null).await;
    create(&editor, "news", 2).await;
    assert_eq!(events.revision_numbers(2).await, [45, 46]);
    // With a future number, only the revisions after it are delivered.
    let mut ahead = Events::open(&app, REVISIONS, &json!({ "after": 47 })).await;
    create(&editor, "more", 3).await;
    assert_eq!(ahead.revision_numbers(2).await, [48, 49]);
}

async fn multipart_subscriptions_have_a_part_for_each_response(app: App) {
    // What Apollo Client sends.
    let accept = "multipart/mixed;boundary=\"graphql\";subscriptionSpec=1.0,application/json";
    let open = async |accept: &str, query: &str| {
        let request = app.request("POST", "/graphql").header("accept", accept).header("accept-encoding", "gzip, br");
        let response = within_deadline(request.json(&json!({ "query": query })).send()).await.expect("it responds");
        let media_type = response.headers()["content-type"].to_str().expect("text").to_owned();
        (response.status().as_u16(), media_type, response)
    };
    let (status, media_type, mut response) = open(accept, "subscription { revisions(after: 42) { number } }").await;
    assert_eq!((status, &*media_type), (200, "multipart/mixed;boundary=\"graphql\";subscriptionSpec=1.0"));
    assert!(!response.headers().contains_key("content-encoding"));
    let editor = editor(&app).await;
    create(&editor, "part", 1).await;
    let mut body = Vec::new();
    // A part is complete when the delimiter after it has arrived.
    let parts = |body: &[u8]| {
        let text = String::from_utf8_lossy(body).into_owned();
        let parts = text.split("\r\n--graphql").map(str::to_owned).collect::<Vec<_>>();
        let complete = parts.len().saturating_sub(2);
        parts.into_iter().skip(1).take(complete).collect::<Vec<_>>()
    };
    while parts(&body).len() < 3 {
        body.extend(within_deadline(response.chunk()).await.expect("it can be read").expect("it is open"));
    }
    let part = |payload: Json| format!("\r\ncontent-type: application/json\r\n\r\n{payload}");
    let event = |number: i32| part(json!({ "payload": { "data": { "revisions": { "number": number } } } }));
    assert_eq!(parts(&body), [event(43), event(44), event(45)]);
    // An operation with one response is complete after its part. So is an invalid one.
    for (query, payload) in [
        ("{ catalog { revision } }", json!({ "data": { "catalog": { "revision": 45 } }, "extensions": { "cost": 1 } })),
        ("{ nonsense }", Json::Null),
    ] {
        let (_, _, response) = open(accept, query).await;
        let body = within_deadline(response.text()).await.expect("it can be read");
        let json = body.strip_prefix("\r\n--graphql\r\ncontent-type: application/json\r\n\r\n");
        let json = json.and_then(|rest| rest.strip_suffix("\r\n--graphql--\r\n")).expect("one part");
        let json = serde_json::from_str::<Json>(json).expect("it is JSON");
        let invalid = json["payload"]["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED";
        assert!(json["payload"] == payload || payload.is_null() && invalid, "{json}");
    }
    // Other multipart formats are not produced.
    let query = "{ catalog { revision } }";
    let incremental = "multipart/mixed;deferSpec=20220824,application/json";
    assert!(open(incremental, query).await.1.starts_with("application/json"));
    assert_eq!(open("multipart/mixed", query).await.0, 406);
    assert_eq!(open("multipart/mixed;subscriptionSpec=2.0", query).await.0, 406);
}

async fn an_event_source_resumes_after_its_last_event(app: App) {
    let editor = editor(&app).await;
    for query in [
        "subscription { revisions { action } }",
        "subscription { news: revisions(after: 40) { n: number } }",
        "subscription { revisions(after: 42) { actor } }",
    ] {
        // The id does not depend on the selection.
        let mut events = Events::source(&app, query, Some("41")).await;
        let mut ids = Vec::new();
        for _ in 0..2 {
            assert_eq!(events.next().await.expect("an event")["errors"], Json::Null);
            ids.push(events.last_id.take().expect("an event has an id"));
        }
        let first = if query.contains("42") { 43 } else { 42 };
        assert_eq!(ids, [first.to_string(), (first + 1).to_string()], "{query}");
    }
    // A browser that was disconnected connects again with the same address, and misses nothing.
    let query = "subscription { revisions { number } }";
    let mut events = Events::source(&app, query, None).await;
    create(&editor, "first", 2).await;
    assert_eq!(events.revision_numbers(2).await, [45, 46]);
    let last = events.last_id.take();
    drop(events);
    create(&editor, "missed", 3).await;
    let mut events = Events::source(&app, query, last.as_deref()).await;
    assert_eq!(events.revision_numbers(3).await, [47, 48, 49]);
    assert_eq!(events.last_id.as_deref(), Some("49"));
    // Queries have no ids, and their errors neither.
    let mut once = Events::source(&app, "{ catalog { revision } }", Some("5")).await;
    assert!(once.next().await.is_some() && once.last_id.is_none());
    let mut invalid = Events::source(&app, "subscription { revisions(after: -1) { number } }", Some("5")).await;
    assert!(invalid.next().await.is_some() && invalid.last_id.is_none());
}

async fn fragments_around_the_root_field_are_expanded(app: App) {
    let roots = "fragment a on Subscription { ...b ... { revisions(after: 41) { action } } } \
        fragment b on Subscription { revisions(after: 41) { ...c } } fragment c on Revision { number }";
    for query in [
        format!("subscription {{ ...a }} {roots}"),
        format!("subscription {{ ...a revisions(after: 41) {{ ...c }} }} {roots}"),
        "subscription { ... on Subscription { revisions(after: 41) { number } revisions(after: 41) { action } } }"
            .into(),
    ] {
        let mut events = Events::source(&app, &query, None).await;
        for number in [42, 43] {
            let event = events.next().await.expect("an event");
            let revision = &event["data"]["revisions"];
            assert_eq!((&revision["number"], revision["action"].is_string()), (&json!(number), true), "{event}");
        }
    }
    let rejected = [
        ("subscription { ...nobody revisions { number } }", "nobody"),
        ("subscription { ...a @skip(if: true) } fragment a on Subscription { revisions { number } }", "`@skip`"),
        ("subscription { revisions @include(if: true) { number } }", "`@include`"),
    ];
    for (query, says) in rejected {
        let event = Events::source(&app, query, None).await.next().await.expect("an event");
        assert!(event["errors"][0]["message"].as_str().is_some_and(|message| message.contains(says)), "{event}");
    }
}

async fn an_invalid_last_event_id_is_rejected(app: App) {
    for id in ["x", "-1", "1.5", "99999999999"] {
        let request = app.request("GET", "/graphql").header("accept", "text/event-stream").header("last-event-id", id);
        let request = request.query(&[("query", "subscription { revisions { number } }")]);
        let (status, _, body) = read(request).await;
        assert_eq!((status, refusal(&body).as_str()), (400, "BAD_REQUEST"), "{id}");
        assert!(body.contains("Last-Event-ID"), "{body}");
    }
}

async fn subscribers_share_the_read_of_a_revision(app: App) {
    let editor = editor(&app).await;
    let mut sockets = Vec::new();
    let before = app.statements();
    for _ in 0..5 {
        let mut socket = Socket::connect(&app).await;
        for id in 0..20 {
            socket.subscribe(&id.to_string(), "subscription { revisions { number } }").await;
        }
        socket.send_json(&json!({ "type": "ping" })).await;
        assert_eq!(socket.receive().await["type"], "pong");
        sockets.push(socket);
    }
    assert_eq!(app.statements(), before, "a subscriber of new revisions reads nothing");
    for number in 45..48 {
        create(&editor, &format!("shared {number}"), 1).await;
        for socket in &mut sockets {
            for _ in 0..20 {
                assert_eq!(socket.receive().await["payload"]["data"]["revisions"]["number"], number);
            }
        }
    }
    // 100 subscribers, and the statements of three mutations.
    let read = app.statements() - before;
    assert!(read < 30, "{read} statements");
    // So do subscribers that missed the same revisions.
    let before = app.statements();
    for socket in &mut sockets {
        for id in 20..40 {
            socket.subscribe(&id.to_string(), "subscription { revisions(after: 40) { number } }").await;
        }
        for _ in 0..20 * 7 {
            socket.receive().await;
        }
    }
    let read = app.statements() - before;
    assert!(read < 20, "{read} statements");
}

/// A parsed document takes many times as much memory as its text, so large ones are counted as long as they run.
async fn bytes_of_subscriptions_are_limited(app: App) {
    let large =
        |field: &str| format!("subscription {{ revisions(after: 43) {{ {} }} }}", format!("{field} ").repeat(6000));
    let bytes = large("number").len();
    let most = (2 << 20) / (bytes - 1024);
    let (mut first, mut second) = (Socket::connect(&app).await, Socket::connect(&app).await);
    for number in 0..most {
        first.subscribe(&number.to_string(), &large("number")).await;
        assert_eq!(first.receive().await["type"], "next");
    }
    second.subscribe("over", &large("createdAt")).await;
    let error = second.receive().await;
    assert_eq!((&error["type"], &error["id"]), (&json!("error"), &json!("over")));
    assert_eq!(error["payload"][0]["extensions"]["code"], "TOO_MANY_BYTES");
    let request = app.request("POST", "/graphql").header("accept", "text/event-stream");
    let (status, _, body) = read(request.json(&json!({ "query": large("number") }))).await;
    assert_eq!((status, refusal(&body).as_str()), (429, "TOO_MANY_BYTES"));
    // Small ones are not counted, and a large one that has ended neither.
    second.subscribe("small", "subscription { revisions(after: 43) { number } }").await;
    assert_eq!(second.receive().await["type"], "next");
    first.send_json(&json!({ "type": "complete", "id": "0" })).await;
    first.subscribe("again", &large("number")).await;
    assert_eq!(first.receive().await["type"], "next");
}

async fn subscriptions_per_address_are_limited(app: App) {
    let server = app.with_options(Options { subscriptions_per_address: 5, ..options() });
    let mut first = Socket::connect(&server).await;
    let mut second = Socket::connect(&server).await;
    let events = Events::open(&server, REVISIONS, &Json::Null).await;
    for (socket, ids) in [(&mut first, 0..2), (&mut second, 2..4)] {
        for id in ids {
            socket.subscribe(&id.to_string(), "subscription { revisions { number } }").await;
        }
        // Messages are handled in order.
        socket.subscribe("query", "{ catalog { revision } }").await;
        assert_eq!(
            [socket.receive().await["type"].take(), socket.receive().await["type"].take()],
            ["next", "complete"]
        );
    }
    second.subscribe("over", "subscription { revisions { number } }").await;
    let error = second.receive().await;
    assert_eq!((&error["type"], &error["id"]), (&json!("error"), &json!("over")));
    assert_eq!(error["payload"][0]["extensions"]["code"], "TOO_MANY_SUBSCRIPTIONS");
    let request = server.request("POST", "/graphql").header("accept", "text/event-stream");
    let (status, headers, body) = read(request.json(&json!({ "query": REVISIONS }))).await;
    assert_eq!((status, refusal(&body).as_str()), (429, "TOO_MANY_SUBSCRIPTIONS"));
    assert_eq!(header(&headers, "retry-after"), "10");
    // Each way to end a subscription counts: complete, a closed websocket, a closed event stream.
    first.send_json(&json!({ "type": "complete", "id": "0" })).await;
    first.subscribe("0", "subscription { revisions(after: 43) { number } }").await;
    assert_eq!(first.receive().await["type"], "next");
    drop((first, events));
    let mut accepted = 0;
    within_deadline(async {
        while accepted < 3 {
            let id = format!("more {accepted}");
            second.subscribe(&id, "subscription { revisions(after: 43) { number } }").await;
            // The server takes a moment to notice that the connections are closed.
            accepted += usize::from(second.receive().await["type"] == "next");
        }
    })
    .await;
}

async fn revisions_of_other_servers_are_delivered(app: App) {
    let editor = editor(&app).await;
    let other = app.with_own_connections().await;
    let mut events = Events::open(&other, REVISIONS, &json!({ "after": 44 })).await;
    for round in 0..5 {
        let made = create(&editor, &format!("round {round}"), 4).await;
        assert_eq!(events.revision_numbers(4).await, made);
    }
}

async fn a_slow_client_buffers_one_page(app: App) {
    // Far more than the buffers between two sockets take.
    let text = "slow ".repeat(400);
    let links = vec![json!({ "kind": "PAPER", "title": "slow ".repeat(100), "url": "https://example.org/" }); 20];
    let editor = editor(&app).await;
    for batch in 0..20 {
        let models = (0..40).map(|index| {
            let slug = format!("slow-{batch}-{index}");
            json!({ "slug": slug, "name": "Slow", "kind": "DERIVED", "summary": { "en": text, "zh": text }, "links": links })
        });
        let upsert =
            "mutation ($models: [CreateModelInput!]!) { upsertModels(input: { models: $models }) { revision } }";
        editor.data_with(upsert, json!({ "models": models.collect::<Vec<_>>() })).await;
    }
    let wide = "subscription { revisions(after: 44) { number changes { field after } } }";
    let before = app.statements();
    let mut events = Events::open(&app, wide, &Json::Null).await;
    assert_eq!(events.revision_numbers(1).await, [45]);
    actix_web::rt::time::sleep(Duration::from_secs(2)).await;
    // 40 pages of 20, of which most wait in the database.
    let read = app.statements() - before;
    assert!((1..20).contains(&read), "{read} pages were read for one who takes one revision");
    assert_eq!(events.revision_numbers(799).await, Vec::from_iter(46..=844));
    assert!(app.statements() - before >= 40);
}

async fn subscriptions_need_an_event_stream_or_a_websocket(app: App) {
    let (status, answer) = app.post(&json!({ "query": REVISIONS })).await;
    assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (406, &json!("NOT_ACCEPTABLE")));
    let message = answer["errors"][0]["message"].as_str().expect("a message");
    assert!(message.contains("graphql-transport-ws") && message.contains("text/event-stream"), "{message}");
}

async fn queries_and_mutations_are_streams_of_one_event(app: App) {
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
    // GET executes subscriptions, but no mutations.
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

async fn errors_of_invalid_operations_are_events(app: App) {
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

async fn a_negative_after_is_rejected(app: App) {
    let mut events = Events::open(&app, REVISIONS, &json!({ "after": -1 })).await;
    let event = events.next().await.expect("an answer");
    assert_eq!(event["errors"][0]["extensions"]["code"], "INVALID_ARGUMENT");
    assert_eq!(events.next().await, None);
}

/// A mutation on one server is delivered by the other, in order, also while its listener is killed again and again.
async fn two_processes(database: &TestDatabase) {
    template::copy(database, Content::Fixture).await;
    let (folder, url) = (cli::folder(), database.url());
    let variables = [("DATABASE_URL", url.as_str()), ("PORT", "0")];
    let start = || {
        let mut server = Server::spawn(cli::program(folder.path(), &[], &variables));
        let address = format!("http://{}", server.address());
        (server, address)
    };
    let ((_first, one), (_second, two)) = (start(), start());
    let (_, secret, _) = cli::run(folder.path(), &["token", "create", "--name", "e", "--role", "editor"], &variables);
    let writer = Client::at(one).with_token(secret.trim());
    let mut events = Events::open(&Client::at(two), REVISIONS, &json!({ "after": 44 })).await;

    let made = create(&writer, "before", 3).await;
    assert_eq!(events.revision_numbers(3).await, made);
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
        assert_eq!(events.revision_numbers(10).await, made);
    }
    admin.close().await.expect("the connection closes");
}

fn shutdown_ends_subscriptions() {
    let folder = cli::folder();
    let mut server = Server::spawn(cli::program(folder.path(), &[], &[("PORT", "0")]));
    let client = Client::at(format!("http://{}", server.address()));
    block_on(async {
        let last = client.data("{ catalog { revision } }").await["catalog"]["revision"].as_i64().expect("a number");
        let mut events = Events::open(&client, REVISIONS, &json!({ "after": last - 1 })).await;
        assert_eq!(events.revision_numbers(1).await, [last]);
        let mut socket = Socket::connect(&client).await;
        socket.subscribe("1", "subscription { revisions { number } }").await;
        send_signal(server.process.id(), "TERM");
        assert_eq!(socket.close_frame().await, (1012, "The server is stopping; reconnect".to_owned()));
        // Ended, not completed: clients reconnect.
        events.await_break().await;
    });
    assert_eq!(server.process.wait().code(), Some(0));
}
