//! The queue of proposals: its limits, retries, and what a read of it costs.

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use serde_json::{Value as Json, json};

use super::{PROPOSE, QUEUE, decide, open, propose, queue, refused, release_date, with_role};
use crate::{
    support::{App, subscriptions::Socket},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        a_thousand_proposals_from_one_address_are_limited,
        the_queue_is_bounded,
        retries_with_a_key_propose_once,
        a_page_of_proposals_costs_as_many_statements_as_one,
        proposals_are_read_anew_in_every_request,
    ]
}

async fn a_thousand_proposals_from_one_address_are_limited(app: App) {
    let (stranger, editor) = (open(&app, 5000, 10), with_role(&app, Role::Editor).await);
    let mut codes = Vec::new();
    for number in 0..1000 {
        let day = format!("2023-07-{:02}", number % 28 + 1);
        let body = json!({ "query": PROPOSE, "variables": { "input": release_date(&day), "reason": "r" } });
        let (status, answer) = stranger.post(&body).await;
        codes.push((status, answer["errors"][0]["extensions"]["code"].as_str().map(str::to_owned)));
    }
    assert!(codes[..10].iter().all(|(status, code)| *status == 200 && code.is_none()), "{:?}", &codes[..10]);
    assert!(codes[10..].iter().all(|code| *code == (429, Some("RATE_LIMITED".to_owned()))), "{:?}", &codes[10..20]);
    assert_eq!(queue(&editor).await.len(), 10);
    // Several in one request count each, also over a websocket.
    let other = open(&app, 5000, 10);
    let one = "proposeChange(reason: \"r\", input: { updateModel: { slug: \"bloom\", name: \"b\" } }) { secret }";
    let many = (0..11).map(|index| format!("p{index}: {one} ")).collect::<String>();
    let (status, answer) = other.post(&json!({ "query": format!("mutation {{ {many} }}") })).await;
    assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (429, &json!("RATE_LIMITED")));
    let mut socket = Socket::connect(&other).await;
    socket.subscribe("1", &format!("mutation {{ {one} }}")).await;
    let refused = socket.receive().await;
    assert_eq!(refused["payload"][0]["extensions"]["code"], "RATE_LIMITED", "{refused}");
    assert_eq!(queue(&editor).await.len(), 10);
    // A token has no such limit.
    propose(&other.with_token(&app.token(Role::Contributor).await), release_date("2023-07")).await;
}

async fn the_queue_is_bounded(app: App) {
    let server = open(&app, 3, 100);
    let (contributor, editor) = (with_role(&server, Role::Contributor).await, with_role(&server, Role::Editor).await);
    let mut ids = Vec::new();
    for month in 1..=3 {
        ids.push(propose(&server, release_date(&format!("2023-0{month}"))).await.0);
    }
    for client in [&server, &contributor] {
        let (code, message) = refused(client, release_date("2023-04")).await;
        assert!(code == "QUEUE_FULL" && message.contains('3'), "{code}: {message}");
    }
    decide(&editor, "rejectProposal", json!({ "id": ids[0], "reason": "no" })).await;
    propose(&contributor, release_date("2023-04")).await;
    assert_eq!(queue(&editor).await.len(), 3);
}

async fn retries_with_a_key_propose_once(app: App) {
    let (contributor, editor) = (with_role(&app, Role::Contributor).await, with_role(&app, Role::Editor).await);
    let send = async |client: &App, query: &str, variables: Json| {
        let body = json!({ "query": query, "variables": variables });
        let request = client.request("POST", "/graphql").header("idempotency-key", "one").json(&body);
        let response = request.send().await.expect("the server responds");
        response.json::<Json>().await.expect("the response is JSON")
    };
    let proposal = json!({ "input": release_date("2023-07"), "reason": "r" });
    let first = send(&contributor, PROPOSE, proposal.clone()).await;
    assert_eq!(send(&contributor, PROPOSE, proposal).await["data"], first["data"]);
    assert_eq!(queue(&editor).await.len(), 1);
    let accept = "mutation ($input: AcceptProposalInput!) { acceptProposal(input: $input) { proposal { status } } }";
    let input = json!({ "input": { "id": first["data"]["proposeChange"]["proposal"]["id"] } });
    for _ in 0..2 {
        let answer = send(&editor, accept, input.clone()).await;
        assert_eq!(answer["data"]["acceptProposal"]["proposal"]["status"], "ACCEPTED", "{answer}");
    }
    assert_eq!(app.data("{ catalog { revision } }").await["catalog"]["revision"], 46);
}

async fn a_page_of_proposals_costs_as_many_statements_as_one(app: App) {
    let (contributor, editor) = (with_role(&app, Role::Contributor).await, with_role(&app, Role::Editor).await);
    let slugs = app.column("{ models(first: 8) { nodes { slug } } }", "/models/nodes", "slug").await;
    let mut counts = Vec::new();
    for slug in slugs {
        propose(&contributor, json!({ "updateModel": { "slug": slug, "name": format!("{slug} 2") } })).await;
        counts.push(editor.counted(QUEUE).await.1);
    }
    assert_eq!((counts.first(), counts.last()), (counts.last(), Some(&5)), "{counts:?}");
}

async fn proposals_are_read_anew_in_every_request(app: App) {
    let (contributor, editor) = (with_role(&app, Role::Contributor).await, with_role(&app, Role::Editor).await);
    let other = with_role(&app.second_server(), Role::Editor).await;
    for month in 1..=3 {
        let (id, _) = propose(&contributor, release_date(&format!("2023-0{month}"))).await;
        for server in [&editor, &other] {
            assert_eq!(queue(server).await.len(), 1, "{month}");
        }
        // No revision is made by this.
        decide(&editor, "rejectProposal", json!({ "id": id, "reason": "no" })).await;
        for server in [&editor, &other] {
            assert_eq!(queue(server).await.len(), 0, "{month}");
            let node = format!("{{ node(id: {id}) {{ ... on Proposal {{ status }} }} }}");
            assert_eq!(server.data(&node).await["node"]["status"], "REJECTED");
        }
    }
}
