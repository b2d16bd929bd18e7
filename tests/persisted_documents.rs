//! Persisted documents: requests name a document by its hash or by a registered name, and a server may execute no others.

use std::fs;

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use open_llm_catalog::http::graphql::persisted_documents::RegisteredDocuments;
use open_llm_catalog::http::server::options::Options;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::{
    cli::{folder, run},
    http::{read, refusal},
    support::{
        App, options,
        subscriptions::{Events, Socket},
    },
    trials,
};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![on both:
        documents_are_named_by_their_hash,
        invalid_identifiers_are_rejected,
        registered_documents_are_known_from_the_start,
        a_server_may_execute_only_registered_documents,
    ];
    trials.extend(trials![plain: documents_that_cannot_be_registered_stop_the_start]);
    trials
}

const QUERY: &str = "query Name($slug: String!) { model(slug: $slug) { name } }";

fn id(document: &str) -> String {
    let digits = Sha256::digest(document).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    format!("sha256:{digits}")
}

fn code(answer: &Json) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
}

async fn documents_are_named_by_their_hash(app: App) {
    let named = json!({ "documentId": id(QUERY), "variables": { "slug": "qwen" } });
    let (status, answer) = app.post(&named).await;
    assert_eq!((status, code(&answer)), (404, "PERSISTED_DOCUMENT_NOT_FOUND"));
    let mut sent = named.clone();
    sent["query"] = QUERY.into();
    let expected = (200, json!({ "data": { "model": { "name": "Qwen" } }, "extensions": { "cost": 1 } }));
    assert_eq!(app.post(&sent).await, expected);
    assert_eq!(app.post(&named).await, expected);
    let parameters = [("documentId", id(QUERY)), ("variables", json!({ "slug": "qwen" }).to_string())];
    let (status, headers, body) = read(app.request("GET", "/graphql").query(&parameters)).await;
    assert_eq!((status, serde_json::from_str(&body).expect("JSON")), expected);
    assert!(headers.contains_key("etag"));
    // The same store as that of automatic persisted queries.
    let digits = id(QUERY).split_off(7);
    let extension = json!({ "persistedQuery": { "version": 1, "sha256Hash": digits } });
    assert_eq!(app.post(&json!({ "extensions": extension, "variables": { "slug": "qwen" } })).await, expected);
    let mutation = "mutation { deleteModel(input: { slug: \"qwen\" }) { revision } }";
    let (_, answer) = app.post(&json!({ "query": mutation, "documentId": id(mutation) })).await;
    assert_eq!(code(&answer), "FORBIDDEN");
    let (status, ..) = read(app.request("GET", "/graphql").query(&[("documentId", id(mutation))])).await;
    assert_eq!(status, 405);
    let mut socket = Socket::connect(&app).await;
    socket.send_json(&json!({ "type": "subscribe", "id": "1", "payload": named })).await;
    assert_eq!(socket.receive().await["payload"]["data"]["model"]["name"], "Qwen");
}

async fn invalid_identifiers_are_rejected(app: App) {
    for wrong in [
        json!(1),
        json!("sha256:123"),
        json!(id(QUERY).to_uppercase()),
        json!(format!("sha256:{}", id(QUERY).split_off(7).to_uppercase())),
        json!("md5:abc"),
        json!(id("{ other }")),
        json!("a-name"),
    ] {
        let (status, answer) = app.post(&json!({ "query": QUERY, "documentId": wrong })).await;
        assert_eq!((status, code(&answer)), (400, "BAD_REQUEST"), "{wrong}");
    }
    let (status, answer) = app.post(&json!({ "documentId": "a-name" })).await;
    assert_eq!((status, code(&answer)), (404, "PERSISTED_DOCUMENT_NOT_FOUND"));
    let (status, _) = app.post(&json!({ "query": "{ __typename }", "documentId": null })).await;
    assert_eq!(status, 200);
}

/// A server with documents in a folder or a file.
fn with_documents(app: &App, path: &std::path::Path, only: bool) -> App {
    let persisted_documents = RegisteredDocuments::load(path).expect("they are valid");
    app.with_options(Options { persisted_documents, only_persisted_documents: only, ..options() })
}

async fn registered_documents_are_known_from_the_start(app: App) {
    let folder = folder();
    // An editor ends a file with a line break, which a client does not send.
    fs::write(folder.path().join("name.graphql"), format!("{QUERY}\n")).expect("it can be written");
    fs::write(folder.path().join("README.md"), "no document").expect("it can be written");
    let server = with_documents(&app, folder.path(), false);
    for document in [QUERY.to_owned(), format!("{QUERY}\n")] {
        let (status, answer) =
            server.post(&json!({ "documentId": id(&document), "variables": { "slug": "qwen" } })).await;
        assert_eq!((status, &answer["data"]["model"]["name"]), (200, &json!("Qwen")), "{answer}");
    }
    let manifest = folder.path().join("manifest.json");
    let documents = json!({ id(QUERY): QUERY, "version": "{ catalog { revision } }" });
    fs::write(&manifest, documents.to_string()).expect("it can be written");
    let server = with_documents(&app, &manifest, false);
    let (_, answer) = server.post(&json!({ "documentId": "version" })).await;
    assert_eq!(answer["data"]["catalog"]["revision"], 44);
    let (_, answer) = server.post(&json!({ "documentId": id("{ catalog { revision } }") })).await;
    assert_eq!(answer["data"]["catalog"]["revision"], 44);
    assert_eq!(server.data("{ catalog { revision } }").await["catalog"]["revision"], 44, "others are allowed");
}

async fn a_server_may_execute_only_registered_documents(app: App) {
    let folder = folder();
    fs::write(folder.path().join("name.graphql"), QUERY).expect("it can be written");
    let server = with_documents(&app, folder.path(), true);
    let other = "{ catalog { revision } }";
    for refused in [
        json!({ "query": other }),
        json!({ "query": other, "documentId": id(other) }),
        json!({ "query": format!("{QUERY} ") , "variables": { "slug": "qwen" } }),
        json!({ "query": "{ __schema { queryType { name } } }" }),
    ] {
        let (status, answer) = server.post(&refused).await;
        assert_eq!((status, code(&answer)), (403, "DOCUMENT_NOT_ALLOWED"), "{refused}");
    }
    let (status, answer) = server.post(&json!({ "documentId": id(other) })).await;
    assert_eq!((status, code(&answer)), (403, "DOCUMENT_NOT_ALLOWED"), "sending it did not register it: {answer}");
    let (status, _, body) = read(server.request("GET", "/graphql").query(&[("query", other)])).await;
    assert_eq!((status, refusal(&body).as_str()), (403, "DOCUMENT_NOT_ALLOWED"));
    for allowed in [json!({ "documentId": id(QUERY) }), json!({ "query": QUERY })] {
        let mut request = allowed.clone();
        request["variables"] = json!({ "slug": "qwen" });
        let (status, answer) = server.post(&request).await;
        assert_eq!((status, &answer["data"]["model"]["name"]), (200, &json!("Qwen")), "{allowed}");
    }
    let mut socket = Socket::connect(&server).await;
    socket.subscribe("1", "subscription { revisions { number } }").await;
    let refused = socket.receive().await;
    assert_eq!(
        (&refused["type"], &refused["payload"][0]["extensions"]["code"]),
        (&json!("error"), &json!("DOCUMENT_NOT_ALLOWED"))
    );
    // Pages work, what their scripts send is registered, and tokens may send everything.
    for page in ["/", "/models/qwen", "/changes", "/licenses", "/search?q=qwen"] {
        assert_eq!(read(server.request("GET", page)).await.0, 200, "{page}");
    }
    let live = include_str!("../web/dist/queries/live.graphql").trim_ascii_end();
    let mut events = Events::open(&server, live, &json!({ "after": 43 })).await;
    assert_eq!(events.next().await.expect("an event")["data"]["revisions"]["number"], 44);
    let forms = include_str!("../web/dist/form-documents.json");
    let forms = serde_json::from_str::<Vec<String>>(forms).expect("a list of documents");
    let propose = forms.iter().find(|document| document.contains("proposeChange")).expect("the form proposes changes");
    let input = json!({ "deleteModel": { "slug": "qwen" } });
    let (_, answer) =
        server.post(&json!({ "query": propose, "variables": { "input": input, "reason": "a test" } })).await;
    assert_eq!(code(&answer), "FORBIDDEN", "it is executed, and this server takes proposals with a token alone");
    let editor = server.with_token(&app.token(Role::Editor).await);
    assert_eq!(editor.data(other).await["catalog"]["revision"], 44);
}

fn documents_that_cannot_be_registered_stop_the_start() {
    let folder = folder();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("it can be written");
        path.display().to_string()
    };
    let documents = folder.path().join("documents");
    fs::create_dir(&documents).expect("it can be created");
    fs::write(documents.join("wrong.graphql"), "query {").expect("it can be written");
    let expected = "a folder of .graphql files, or a JSON file with an object of identifiers and documents";
    for (path, reason) in [
        (documents.display().to_string(), "wrong.graphql: "),
        (write("list.json", "[]"), "list.json: "),
        (
            write("hash.json", &json!({ id("{ other }"): QUERY }).to_string()),
            "it is not the SHA-256 hash of its document",
        ),
        ("nowhere".to_owned(), "nowhere: "),
    ] {
        let (code, _, errors) = run(folder.path(), &["serve"], &[("PERSISTED_DOCUMENTS", &path)]);
        assert_eq!(code, 2, "{path}: {errors}");
        assert!(errors.contains(expected) && errors.contains(reason), "{path}: {errors}");
    }
}
