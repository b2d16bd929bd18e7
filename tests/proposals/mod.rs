//! Proposals: contributors and strangers suggest changes, and editors decide on them.

mod deletion;
mod feed;
mod queue;

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use open_llm_catalog::graphql::types::proposal::{ProposalAccess, ProposalSettings};
use open_llm_catalog::http::limits::rate_limit::RateLimits;
use open_llm_catalog::http::server::options::Options;
use serde_json::{Value as Json, json};

use crate::{
    edit::dump,
    export::file,
    support::{App, options, subscriptions::Events},
    trials,
};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![on both:
        an_accepted_proposal_is_a_revision_with_proposer_reason_and_evidence,
        strangers_propose_and_withdraw_by_a_secret,
        proposals_need_the_setting_or_a_role,
        a_proposal_is_validated_as_the_mutation,
        changes_are_compared_with_the_current_state,
        a_proposal_means_the_subjects_of_its_time,
        creations_with_sources_and_sizes_can_be_proposed,
        an_update_keeps_what_it_leaves_out,
        rejected_and_withdrawn_proposals_change_nothing,
        only_editors_and_the_proposer_see_a_proposal,
    ];
    trials.extend(trials![plain: values_are_found_by_the_paths_of_changes]);
    trials.extend(queue::trials());
    trials.extend(deletion::trials());
    trials.extend(feed::trials());
    trials
}

const PROPOSE: &str = "mutation ($input: ProposeChangeInput!, $reason: String!) {
    proposeChange(input: $input, reason: $reason) { secret proposal { id } } }";

const QUEUE: &str =
    "{ proposals(status: OPEN) { totalCount nodes { id status subjectType about { id } reason proposer conflicts
    changes { subjectType subjectSlug field before after conflict }
    evidence { removed part field value stance source locator quote confidence } } } }";

async fn with_role(app: &App, role: Role) -> App {
    app.with_token(&app.token(role).await)
}

/// A server that takes proposals without a token.
fn open(app: &App, max_open: u32, proposals: u32) -> App {
    app.with_options(Options {
        proposals: ProposalSettings { access: ProposalAccess::Open, max_open },
        rate_limits: RateLimits { requests: None, cost: None, proposals: proposals.try_into().ok() },
        ..options()
    })
}

/// Proposes a change; returns the id and the secret.
async fn propose(app: &App, input: Json) -> (Json, Json) {
    let mut data = app.data_with(PROPOSE, json!({ "input": input, "reason": "the card says so" })).await;
    let payload = data["proposeChange"].take();
    (payload["proposal"]["id"].clone(), payload["secret"].clone())
}

/// The code and the message of a proposal that is refused.
async fn refused(app: &App, input: Json) -> (String, String) {
    refused_with(app, PROPOSE, json!({ "input": input, "reason": "the card says so" })).await
}

async fn refused_with(app: &App, query: &str, variables: Json) -> (String, String) {
    let (_, answer) = app.post(&json!({ "query": query, "variables": variables })).await;
    let error = &answer["errors"][0];
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    (text(&error["extensions"]["code"]), text(&error["message"]))
}

/// Decides on a proposal; returns it.
async fn decide(app: &App, mutation: &str, input: Json) -> Json {
    let query = format!(
        "mutation ($input: {}{}Input!) {{ {mutation}(input: $input) {{ proposal {{ status decidedBy decision revision {{ number }} }} }} }}",
        mutation[..1].to_uppercase(),
        &mutation[1..]
    );
    app.data_with(&query, json!({ "input": input })).await[mutation]["proposal"].take()
}

async fn refused_decision(app: &App, mutation: &str, input: Json) -> String {
    let query = format!(
        "mutation ($input: {}{}Input!) {{ {mutation}(input: $input) {{ proposal {{ status }} }} }}",
        mutation[..1].to_uppercase(),
        &mutation[1..]
    );
    refused_with(app, &query, json!({ "input": input })).await.0
}

async fn queue(app: &App) -> Vec<Json> {
    app.data(QUEUE).await["proposals"]["nodes"].as_array().expect("a list").clone()
}

/// A new release date of LLaMA-2 with a source that the catalog does not have.
fn release_date(date: &str) -> Json {
    json!({ "updateModel": { "slug": "llama-2", "releaseDate": date, "evidence": { "add": [{
        "values": { "releaseDate": date }, "locator": "Model Dates", "quote": "released on this day", "confidence": "REPORTED",
        "source": { "create": { "slug": "card", "title": "Model card", "kind": "MODEL_CARD", "url": "https://example.org/card" } },
    }] } } })
}

async fn an_accepted_proposal_is_a_revision_with_proposer_reason_and_evidence(app: App) {
    let (stranger, editor) = (open(&app, 10, 10), with_role(&app, Role::Editor).await);
    let before = dump(&app).await;
    let mut events =
        Events::open(&app, "subscription { revisions { number proposer reason evidenceAdded { field } } }", &json!({}))
            .await;
    let (id, secret) = propose(&stranger, release_date("2023-07-18")).await;
    assert!(secret.as_str().is_some_and(|secret| secret.starts_with("olc_")), "{secret}");
    assert_eq!(dump(&app).await, before, "a proposal changes nothing");

    let model = app.data("{ model(slug: \"llama-2\") { id releaseDate } }").await;
    let change = |subject: &str, slug: &str, field: &str, after: &str| json!({ "subjectType": subject, "subjectSlug": slug, "field": field, "before": null, "after": after, "conflict": false });
    let [proposal] = &queue(&editor).await[..] else { panic!("one proposal is open") };
    assert_eq!(model["model"]["releaseDate"], Json::Null);
    assert_eq!(
        proposal,
        &json!({
            "id": id, "status": "OPEN", "subjectType": "MODEL", "about": { "id": model["model"]["id"] },
            "reason": "the card says so", "proposer": null, "conflicts": false,
            "changes": [
                change("SOURCE", "card", "kind", "MODEL_CARD"),
                change("SOURCE", "card", "slug", "card"),
                change("SOURCE", "card", "title", "Model card"),
                change("SOURCE", "card", "url", "https://example.org/card"),
                change("MODEL", "llama-2", "releaseDate", "2023-07-18"),
            ],
            "evidence": [{
                "removed": false, "part": "", "field": "releaseDate", "value": "2023-07-18", "stance": "STATED",
                "source": "card", "locator": "Model Dates", "quote": "released on this day", "confidence": "REPORTED",
            }],
        })
    );

    let accepted = decide(&editor, "acceptProposal", json!({ "id": id, "reason": "checked" })).await;
    let name = accepted["decidedBy"].as_str().expect("a name").to_owned();
    assert!(name.starts_with("editor-"), "{name}");
    let expected =
        json!({ "status": "ACCEPTED", "decidedBy": name, "decision": "checked", "revision": { "number": 46 } });
    assert_eq!(accepted, expected);
    let history =
        "{ model(slug: \"llama-2\") { releaseDate revisions(last: 1) { nodes { number actor action reason proposer
        proposal { id status proposer decidedBy decision contact } changes { field before after }
        evidenceAdded { field source { slug } quote } } } } }";
    let expected = json!({ "releaseDate": "2023-07-18", "revisions": { "nodes": [{
        "number": 46, "actor": name, "action": "UPDATED", "reason": "the card says so", "proposer": "anonymous",
        "proposal": { "id": id, "status": "ACCEPTED", "proposer": null, "decidedBy": name, "decision": "checked", "contact": null },
        "changes": [{ "field": "releaseDate", "before": null, "after": "2023-07-18" }],
        "evidenceAdded": [{ "field": "releaseDate", "source": { "slug": "card" }, "quote": "released on this day" }],
    }] } });
    assert_eq!(app.data(history).await["model"], expected, "everybody sees whose change it was");
    let source = events.next().await.expect("a revision")["data"]["revisions"].take();
    let reason = "the card says so";
    assert_eq!(source, json!({ "number": 45, "proposer": "anonymous", "reason": reason, "evidenceAdded": [] }));
    let update = events.next().await.expect("a revision")["data"]["revisions"].take();
    let evidence = json!([{ "field": "releaseDate" }]);
    assert_eq!(update, json!({ "number": 46, "proposer": "anonymous", "reason": reason, "evidenceAdded": evidence }));
    let feed = file(&app, "/feed.atom").await.parse::<atom_syndication::Feed>().expect("a feed");
    assert_eq!(feed.entries[0].title.value, "LLaMA-2 updated: release date");
    let authors = feed.entries[0].authors.iter().map(|author| author.name.as_str()).collect::<Vec<_>>();
    assert_eq!(authors, [name.as_str(), "anonymous"], "the proposer is an author too");
    assert_eq!(queue(&editor).await, Vec::<Json>::new());

    let admin = with_role(&app, Role::Admin).await;
    admin.data("mutation { revertRevision(input: { number: 46 }) { revision } }").await;
    let undone = app.data(history).await["model"].take();
    assert_eq!((&undone["releaseDate"], &undone["revisions"]["nodes"][0]["proposer"]), (&Json::Null, &Json::Null));
}

async fn strangers_propose_and_withdraw_by_a_secret(app: App) {
    let (stranger, editor) = (open(&app, 10, 10), with_role(&app, Role::Editor).await);
    let (id, secret) = propose(&stranger, release_date("2023-07")).await;
    let (other, _) = propose(&stranger, release_date("2023-08")).await;
    for wrong in [Json::Null, json!("olc_x"), json!(format!("olc_{}", "A".repeat(43)))] {
        let input = json!({ "id": id, "secret": wrong });
        assert_eq!(refused_decision(&stranger, "withdrawProposal", input).await, "FORBIDDEN");
    }
    let input = json!({ "id": other, "secret": secret });
    assert_eq!(refused_decision(&stranger, "withdrawProposal", input).await, "FORBIDDEN");
    assert_eq!(refused_decision(&editor, "withdrawProposal", json!({ "id": id })).await, "FORBIDDEN");
    assert_eq!(queue(&editor).await.len(), 2);
    let withdrawn = decide(&stranger, "withdrawProposal", json!({ "id": id, "secret": secret })).await;
    assert_eq!((&withdrawn["status"], &withdrawn["decidedBy"]), (&json!("WITHDRAWN"), &Json::Null));
    assert_eq!(refused_decision(&editor, "acceptProposal", json!({ "id": id })).await, "CONFLICT");
    assert_eq!(queue(&editor).await.len(), 1);
}

async fn proposals_need_the_setting_or_a_role(app: App) {
    let contributor = with_role(&app, Role::Contributor).await;
    assert_eq!(refused(&app, release_date("2023-07")).await.0, "FORBIDDEN");
    let (code, message) = contributor.error("mutation { deleteModel(input: { slug: \"bloom\" }) { revision } }").await;
    assert_eq!(code, "FORBIDDEN");
    assert!(message.contains("EDITOR, but you have CONTRIBUTOR"), "{message}");
    propose(&contributor, release_date("2023-07")).await;
    propose(&with_role(&app, Role::Editor).await, release_date("2023-07")).await;
    let access = ProposalSettings { access: ProposalAccess::Off, max_open: 10 };
    let off = app.with_options(Options { proposals: access, ..options() });
    assert_eq!(refused(&with_role(&off, Role::Admin).await, release_date("2023-07")).await.0, "PROPOSALS_OFF");
    let [first, second] = &queue(&with_role(&app, Role::Editor).await).await[..] else { panic!("two are open") };
    let proposers = [first, second].map(|proposal| proposal["proposer"].as_str().unwrap_or_default().to_owned());
    assert!(proposers[0].starts_with("contributor-") && proposers[1].starts_with("editor-"), "{proposers:?}");
}

async fn a_proposal_is_validated_as_the_mutation(app: App) {
    let app = with_role(&app, Role::Contributor).await;
    let editor = with_role(&app, Role::Editor).await;
    let cases = [
        (json!({ "updateModel": { "slug": "nobody", "name": "x" } }), "NOT_FOUND", "no model"),
        (
            json!({ "updateModel": { "slug": "bloom", "name": null } }),
            "INVALID_DOCUMENT",
            "input.updateModel.name is null",
        ),
        (
            json!({ "updateModel": { "slug": "bloom", "license": { "slug": "none" } } }),
            "INVALID_DOCUMENT",
            "input.updateModel.license",
        ),
        (json!({ "createModel": { "slug": "bloom", "name": "BLOOM" } }), "ALREADY_EXISTS", "bloom"),
        (json!({ "updateModel": { "slug": "bloom", "expectedVersion": 7, "name": "x" } }), "CONFLICT", "version 1"),
        (json!({ "updateModel": { "slug": "bloom", "name": "BLOOM" } }), "INVALID_ARGUMENT", "changes nothing"),
        (json!({}), "GRAPHQL_VALIDATION_FAILED", ""),
        (
            json!({ "updateModel": { "slug": "bloom", "name": "a" }, "updateLicense": { "slug": "b" } }),
            "GRAPHQL_VALIDATION_FAILED",
            "",
        ),
    ];
    for (input, code, part) in cases {
        let (given, message) = refused(&app, input.clone()).await;
        assert!(given == code && message.contains(part), "{input} gets {given}: {message}");
    }
    let empty = json!({ "input": release_date("2023"), "reason": " " });
    assert_eq!(refused_with(&app, PROPOSE, empty).await.0, "INVALID_ARGUMENT");
    let summary = (0..40)
        .map(|index| json!({ "kind": "OTHER", "url": format!("https://example.org/{index}/{}", "x".repeat(1900)) }));
    let links = json!({ "updateModel": { "slug": "bloom", "links": summary.collect::<Vec<_>>() } });
    let (code, message) = refused(&app, links).await;
    assert!(code == "INVALID_ARGUMENT" && message.contains("65536"), "{code}: {message}");
    assert_eq!(queue(&editor).await, Vec::<Json>::new());
}

async fn changes_are_compared_with_the_current_state(app: App) {
    let (contributor, editor) = (with_role(&app, Role::Contributor).await, with_role(&app, Role::Editor).await);
    let input =
        json!({ "updateModel": { "slug": "bloom", "name": "Bloom", "aliases": ["BigScience"], "expectedVersion": 1 } });
    let (id, _) = propose(&contributor, input).await;
    let changes = async || queue(&editor).await[0]["changes"].take();
    let change = |field: &str, before: Json, after: Json, conflict: bool| json!({ "subjectType": "MODEL", "subjectSlug": "bloom", "field": field, "before": before, "after": after, "conflict": conflict });
    let aliases = change("aliases", Json::Null, json!(["BigScience"]), false);
    assert_eq!(changes().await, json!([aliases, change("name", json!("BLOOM"), json!("Bloom"), false)]));
    // A change elsewhere is no conflict.
    editor
        .data("mutation { updateModel(input: { slug: \"bloom\", summary: { en: \"A model\" } }) { revision } }")
        .await;
    assert_eq!(changes().await, json!([aliases, change("name", json!("BLOOM"), json!("Bloom"), false)]));
    editor.data("mutation { updateModel(input: { slug: \"bloom\", name: \"BLOOM 1\" }) { revision } }").await;
    assert_eq!(changes().await, json!([aliases, change("name", json!("BLOOM 1"), json!("Bloom"), true)]));
    assert_eq!(queue(&editor).await[0]["conflicts"], true);
    let query = "mutation ($input: AcceptProposalInput!) { acceptProposal(input: $input) { proposal { status } } }";
    let (_, answer) = editor.post(&json!({ "query": query, "variables": { "input": { "id": id } } })).await;
    let extensions = &answer["errors"][0]["extensions"];
    assert_eq!(extensions, &json!({ "code": "CONFLICT", "conflicts": ["name"] }));
    let unchanged = app.data("{ model(slug: \"bloom\") { name version } }").await;
    assert_eq!(unchanged["model"], json!({ "name": "BLOOM 1", "version": 3 }));
    // What somebody else has done already is no change any more.
    editor.data("mutation { updateModel(input: { slug: \"bloom\", name: \"Bloom\" }) { revision } }").await;
    assert_eq!(changes().await, json!([aliases]));
    editor.data("mutation { updateModel(input: { slug: \"bloom\", name: \"BLOOM 2\" }) { revision } }").await;
    let accepted = decide(&editor, "acceptProposal", json!({ "id": id, "force": true })).await;
    assert_eq!((&accepted["status"], &accepted["decision"]), (&json!("ACCEPTED"), &Json::Null));
    let model = app.data("{ model(slug: \"bloom\") { name aliases summary(language: EN) } }").await;
    assert_eq!(model["model"], json!({ "name": "Bloom", "aliases": ["BigScience"], "summary": "A model" }));
    // A subject that is gone, and one that is there now.
    propose(&contributor, json!({ "updateModel": { "slug": "alpaca", "name": "ALPACA" } })).await;
    propose(&contributor, json!({ "createOrganization": { "slug": "acme", "name": "Acme" } })).await;
    editor.data("mutation { deleteModel(input: { slug: \"alpaca\" }) { revision } }").await;
    editor.data("mutation { createOrganization(input: { slug: \"acme\", name: \"Acme\" }) { revision } }").await;
    for proposal in queue(&editor).await {
        assert_eq!((&proposal["conflicts"], &proposal["about"]), (&json!(true), &Json::Null), "{proposal}");
        assert_eq!(refused_decision(&editor, "acceptProposal", json!({ "id": proposal["id"] })).await, "CONFLICT");
    }
}

async fn a_proposal_means_the_subjects_of_its_time(app: App) {
    let (contributor, editor) = (with_role(&app, Role::Contributor).await, with_role(&app, Role::Editor).await);
    let accept = async |id: &Json| {
        let query = "mutation ($input: AcceptProposalInput!) { acceptProposal(input: $input) { proposal { status } } }";
        refused_with(&editor, query, json!({ "input": { "id": id, "force": true } })).await
    };
    let rename = async |mutation: &str, slug: &str, new: &str| {
        let name = format!("{}{}", mutation[..1].to_uppercase(), &mutation[1..]);
        let query = format!("mutation ($input: {name}Input!) {{ {mutation}(input: $input) {{ revision }} }}");
        editor.data_with(&query, json!({ "input": { "slug": slug, "newSlug": new } })).await;
    };
    let (update, _) = propose(&contributor, json!({ "updateModel": { "slug": "bloom", "name": "Bloom" } })).await;
    let (size, _) = propose(
        &contributor,
        json!({ "createModelSize": { "model": "bloom", "size": { "label": "9B", "parameters": "9B" } } }),
    )
    .await;
    let (licensed, _) =
        propose(&contributor, json!({ "updateModel": { "slug": "alpaca", "license": { "slug": "llama-license" } } }))
            .await;
    let (based, _) = propose(&contributor, json!({ "createModel": { "name": "Derived", "baseModel": "qwen" } })).await;
    // What a proposal changes is found under its new slug, also if another subject has the old one.
    rename("updateModel", "bloom", "bloom-1").await;
    editor.data("mutation { createModel(input: { slug: \"bloom\", name: \"Another\" }) { revision } }").await;
    for id in [&update, &size] {
        assert_eq!(accept(id).await, (String::new(), String::new()));
    }
    let query = "{ meant: model(slug: \"bloom-1\") { name sizes { label } } other: model(slug: \"bloom\") { name sizes { label } } }";
    let data = app.data(query).await;
    assert_eq!(data["other"], json!({ "name": "Another", "sizes": [] }));
    assert_eq!(data["meant"]["name"], "Bloom");
    assert!(data["meant"]["sizes"].as_array().is_some_and(|sizes| sizes.contains(&json!({ "label": "9B" }))), "{data}");
    // What it refers to by a slug that another one has now is not guessed.
    rename("updateLicense", "llama-license", "llama-1-license").await;
    editor.data("mutation { createLicense(input: { slug: \"llama-license\", name: \"Other\", commercialUse: PROHIBITED }) { revision } }").await;
    rename("updateModel", "qwen", "qwen-1").await;
    editor.data("mutation { createModel(input: { slug: \"qwen\", name: \"Other Qwen\" }) { revision } }").await;
    for (id, subject, slug) in [(&licensed, "license", "llama-license"), (&based, "model", "qwen")] {
        let (code, message) = accept(id).await;
        assert_eq!(code, "CONFLICT", "{message}");
        assert!(message.contains(&format!("the {subject} that had the slug \"{slug}\"")), "{message}");
    }
    assert_eq!(
        app.data("{ model(slug: \"alpaca\") { version } models(search: \"derived\") { totalCount } }").await["model"]["version"],
        1
    );
}

async fn creations_with_sources_and_sizes_can_be_proposed(app: App) {
    let (contributor, editor) = (with_role(&app, Role::Contributor).await, with_role(&app, Role::Editor).await);
    let model = json!({ "slug": "new", "name": "New", "organizations": [{ "create": { "slug": "acme", "name": "Acme" } }],
        "sizes": [{ "label": "1.5B", "parameters": "1.5B" }] });
    let size = app.data("{ model(slug: \"qwen\") { sizes { id label } } }").await["model"]["sizes"][0].take();
    let inputs = [
        json!({ "createModel": model }),
        json!({ "createModelSize": { "model": "bloom", "size": { "label": "1T", "parameters": "1T" } } }),
        json!({ "updateModelSize": { "id": size["id"], "contextLength": 32_768 } }),
        json!({ "updateCheckpoints": { "model": "bloom", "put": [{ "repository": "bigscience/bloom" }] } }),
        json!({ "createSource": { "slug": "paper", "title": "Paper", "kind": "PAPER" } }),
        json!({ "updateLicense": { "slug": "llama-license", "name": "The LLaMA License" } }),
        json!({ "createDataset": { "slug": "d", "name": "D" } }),
        json!({ "createArchitecture": { "slug": "a", "name": "A" } }),
    ];
    for input in inputs {
        propose(&contributor, input).await;
    }
    let open = queue(&editor).await;
    assert_eq!(
        open[2]["changes"][0]["field"],
        format!("sizes.{}.contextLength", size["label"].as_str().expect("a label"))
    );
    assert_eq!(open[0]["changes"][0]["subjectType"], "ORGANIZATION");
    let facts = open[0]["changes"].as_array().expect("changes").iter().map(|change| change["field"].clone());
    assert!(facts.collect::<Vec<_>>().contains(&json!("sizes.1.5B.parameters")), "{}", open[0]);
    for proposal in &open {
        let accepted = decide(&editor, "acceptProposal", json!({ "id": proposal["id"] })).await;
        assert_eq!(accepted["status"], "ACCEPTED", "{proposal}");
    }
    let data = app.data("{ model(slug: \"new\") { organizations { slug } sizes { label } } sizes: model(slug: \"bloom\") { sizes { label } } }").await;
    assert_eq!(data["model"], json!({ "organizations": [{ "slug": "acme" }], "sizes": [{ "label": "1.5B" }] }));
    assert_eq!(data["sizes"]["sizes"].as_array().and_then(|sizes| sizes.last()), Some(&json!({ "label": "1T" })));
}

async fn an_update_keeps_what_it_leaves_out(app: App) {
    let (contributor, editor) = (with_role(&app, Role::Contributor).await, with_role(&app, Role::Editor).await);
    let query = "mutation ($slug: Slug!, $aliases: [String!], $name: String) { proposeChange(reason: \"r\",
        input: { updateModel: { slug: $slug, aliases: $aliases, name: $name, license: null } }) { proposal { id } } }";
    // A variable without a value is as a field that is absent.
    let data = contributor.data_with(query, json!({ "slug": "bloom", "aliases": ["B"] })).await;
    let id = &data["proposeChange"]["proposal"]["id"];
    decide(&editor, "acceptProposal", json!({ "id": id })).await;
    let data = app.data("{ model(slug: \"bloom\") { name aliases license { slug } sizes { label } } }").await;
    let model = &data["model"];
    assert_eq!((&model["name"], &model["aliases"], &model["license"]), (&json!("BLOOM"), &json!(["B"]), &Json::Null));
    assert_ne!(model["sizes"], json!([]));
}

async fn rejected_and_withdrawn_proposals_change_nothing(app: App) {
    let (contributor, editor) = (with_role(&app, Role::Contributor).await, with_role(&app, Role::Editor).await);
    let before = dump(&app).await;
    let (first, _) = propose(&contributor, release_date("2023-07")).await;
    let (second, _) = propose(&contributor, release_date("2023-08")).await;
    for mutation in ["acceptProposal", "rejectProposal"] {
        let input = json!({ "id": first, "reason": "no" });
        assert_eq!(refused_decision(&contributor, mutation, input).await, "FORBIDDEN", "{mutation}");
    }
    assert_eq!(
        refused_decision(&editor, "rejectProposal", json!({ "id": first, "reason": "" })).await,
        "INVALID_ARGUMENT"
    );
    let rejected = decide(&editor, "rejectProposal", json!({ "id": first, "reason": "the card says July 18" })).await;
    assert_eq!((&rejected["status"], &rejected["decision"]), (&json!("REJECTED"), &json!("the card says July 18")));
    let withdrawn = decide(&contributor, "withdrawProposal", json!({ "id": second })).await;
    assert_eq!(withdrawn["status"], "WITHDRAWN");
    for id in [first, second] {
        for mutation in ["acceptProposal", "rejectProposal"] {
            assert_eq!(refused_decision(&editor, mutation, json!({ "id": id, "reason": "x" })).await, "CONFLICT");
        }
        assert_eq!(refused_decision(&contributor, "withdrawProposal", json!({ "id": id })).await, "CONFLICT");
    }
    assert_eq!(refused_decision(&editor, "acceptProposal", json!({ "id": "TW9kZWw6MQ" })).await, "INVALID_ID");
    assert_eq!(refused_decision(&editor, "acceptProposal", json!({ "id": "UHJvcG9zYWw6OTk" })).await, "NOT_FOUND");
    assert_eq!(dump(&app).await, before);
}

async fn only_editors_and_the_proposer_see_a_proposal(app: App) {
    let (contributor, editor) = (with_role(&app, Role::Contributor).await, with_role(&app, Role::Editor).await);
    let other = with_role(&app, Role::Contributor).await;
    let query = "mutation ($input: ProposeChangeInput!) { proposeChange(input: $input, reason: \"r\", contact: \"me@example.org\") {
        proposal { id contact } } }";
    let data = contributor.data_with(query, json!({ "input": release_date("2023-07") })).await;
    let proposal = &data["proposeChange"]["proposal"];
    assert_eq!(proposal["contact"], Json::Null);
    let node = format!("{{ node(id: {}) {{ ... on Proposal {{ status contact }} }} }}", proposal["id"]);
    assert_eq!(editor.data(&node).await["node"], json!({ "status": "OPEN", "contact": "me@example.org" }));
    assert_eq!(contributor.data(&node).await["node"], json!({ "status": "OPEN", "contact": null }));
    let count = "{ proposals { totalCount } }";
    for stranger in [&app, &other] {
        assert_eq!(stranger.error(&node).await.0, "FORBIDDEN");
    }
    assert_eq!(app.error(count).await.0, "FORBIDDEN");
    let counts =
        [&editor, &contributor, &other].map(async |app: &App| app.data(count).await["proposals"]["totalCount"].take());
    assert_eq!(futures_util::future::join_all(counts).await, [1, 1, 0]);
    decide(&editor, "acceptProposal", json!({ "id": proposal["id"] })).await;
    assert_eq!(app.data(&node).await["node"], json!({ "status": "ACCEPTED", "contact": null }));
}

fn values_are_found_by_the_paths_of_changes() {
    use open_llm_catalog::domain::diff::{diff, value_at};
    let document = json!({ "name": "A", "summary": { "en": "x" }, "aliases": ["a.b"], "sizes": [
        { "label": "1", "parameters": 1 }, { "label": "1.5B", "parameters": 2, "cacheLayers": [{ "layers": 3 }] },
    ], "checkpoints": [{ "repository": "a/b.c", "path": "x.gguf", "bytes": 4 }] });
    let changes = diff(None, Some(&document));
    assert_eq!(changes.len(), 11, "{changes:?}");
    for change in &changes {
        assert_eq!(value_at(&document, &change.field), change.after.as_ref(), "{}", change.field);
    }
    for absent in ["x", "sizes", "sizes.2.parameters", "name.x", "sizes.1.5B.layers"] {
        let whole = (absent == "sizes").then(|| &document["sizes"]);
        assert_eq!(value_at(&document, absent), whole, "{absent}");
    }
}
