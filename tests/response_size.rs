//! The bytes of a response are bounded, whichever way it is sent.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use open_llm_catalog::graphql::limits::settings::Limits;
use open_llm_catalog::http::server::options::Options;
use serde_json::{Value as Json, json};

use crate::{
    support::{
        App, options,
        subscriptions::{Events, Socket},
    },
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        large_responses_are_rejected,
        large_responses_of_streams_are_rejected,
        responses_within_the_limit_are_complete,
        rejected_responses_say_that_the_mutation_was_executed,
    ]
}

/// A server whose responses have at most 20 kB.
fn small(app: &App) -> App {
    app.with_options(Options { limits: Limits { response_bytes: 20_000, ..Limits::default() }, ..options() })
}

/// A field under `count` response keys.
fn aliases(count: usize, field: &str) -> String {
    (0..count).map(|number| format!("a{number}: {field} ")).collect()
}

/// Queries whose responses are larger, each by another kind of value.
fn large() -> Vec<String> {
    let model = |fields: &str| format!("model(slug: \"llama\") {{ {fields} }}");
    let nodes = |fields: &str| format!("{{ models(first: 31) {{ nodes {{ {fields} }} }} }}");
    vec![
        nodes(&aliases(40, "summary")),
        nodes(&aliases(40, "kind")),
        nodes(&aliases(40, "maxParameters")),
        nodes(&aliases(40, "aliases")),
        nodes(&aliases(40, "position")),
        nodes(&aliases(50, "license { slug name id }")),
        nodes(&aliases(20, "links { url title kind }")),
        format!("{{ models(first: 31) {{ edges {{ {} }} }} }}", aliases(40, "cursor")),
        format!("{{ models {{ {} }} }}", aliases(20, &format!("pageInfo {{ {} }}", aliases(50, "endCursor")))),
        format!("{{ {} }}", aliases(20, &model(&aliases(50, "name")))),
        format!("{{ {} }}", aliases(20, &model(&format!("baseModel {{ name }} {}", aliases(50, "version"))))),
        format!("{{ revisions(first: 20) {{ nodes {{ changes {{ {} }} }} }} }}", aliases(20, "after")),
        format!(
            "{{ organizations {{ nodes {{ {} }} }} }}",
            aliases(45, &format!("models {{ nodes {{ {} }} }}", aliases(10, "slug")))
        ),
        // What is not a value of an object is counted when the response is serialized.
        format!("{{ {} }}", aliases(40, "__schema { types { name } }")),
        nodes(&aliases(50, "__typename")),
    ]
}

fn expected(executed: &str) -> Json {
    let message = "The response is larger than 20000 bytes, where each value counts as 32 or more: request fewer rows or fields at once.";
    json!({ "message": format!("{message}{executed}"), "extensions": { "code": "RESPONSE_TOO_LARGE" } })
}

async fn large_responses_are_rejected(app: App) {
    let small = small(&app);
    for query in large() {
        let (status, answer) = small.post(&json!({ "query": query })).await;
        assert_eq!((status, &answer["errors"]), (400, &json!([expected("")])), "{query:.100}");
        assert_eq!(answer.get("data"), None, "{query:.100}");
        // Again, as another request could have cached it; and of a server with the default limit it is complete.
        assert_eq!(small.post(&json!({ "query": query })).await.0, 400, "{query:.100}");
        app.data(&query).await;
    }
}

async fn large_responses_of_streams_are_rejected(app: App) {
    let small = small(&app);
    let mut socket = Socket::connect(&small).await;
    for query in large() {
        let mut events = Events::open(&small, &query, &Json::Null).await;
        let event = events.next().await.expect("an event");
        assert_eq!((&event["errors"], event.get("data")), (&json!([expected("")]), None), "{query:.100}");
        socket.subscribe("1", &query).await;
        let error = json!({ "type": "error", "id": "1", "payload": [expected("")] });
        assert_eq!(socket.receive().await, error, "{query:.100}");
    }
    // Each event of a subscription has the whole limit.
    let fields = aliases(50, "number");
    let mut events =
        Events::open(&small, &format!("subscription {{ revisions(after: 24) {{ {fields} }} }}"), &Json::Null).await;
    for number in 25..=44 {
        let event = events.next().await.expect("an event");
        assert_eq!(event["data"]["revisions"]["a49"], number, "{event}");
    }
}

async fn responses_within_the_limit_are_complete(app: App) {
    let query = "{ models(first: 31) { nodes { slug name summary } } }";
    assert_eq!(small(&app).data(query).await, app.data(query).await);
}

async fn rejected_responses_say_that_the_mutation_was_executed(app: App) {
    let editor = small(&app).with_token(&app.token(Role::Editor).await);
    let fields = aliases(50, "name");
    let create = |index: usize| {
        format!("a{index}: createOrganization(input: {{ name: \"New {index}\" }}) {{ organization {{ {fields} }} }} ")
    };
    let create = format!("mutation {{ {} }}", (0..20).map(create).collect::<String>());
    let (status, answer) = editor.post(&json!({ "query": create })).await;
    assert_eq!((status, answer), (400, json!({ "errors": [expected(" The mutation was executed.")] })));
    assert_eq!(app.data("{ organization(slug: \"new-19\") { name } }").await["organization"]["name"], "New 19");
}
