//! A mutation that is repeated with its idempotency key writes once.

use chrono::TimeDelta;
use entity::{idempotency_key, vocabulary::Role};
use futures_util::future::join_all;
use libtest_mimic::Trial;
use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder, Set, sea_query::Expr};
use serde_json::{Value as Json, json};

use crate::{edit::dump, support::App, trials};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        concurrent_requests_with_one_key_write_once,
        stored_secrets_are_deleted_by_the_migration,
        a_repeated_request_returns_the_stored_response,
        a_response_that_was_not_stored_is_built_again,
        a_key_belongs_to_one_request_and_one_token,
        each_field_of_a_request_has_its_own_result,
        a_rejected_request_may_be_repeated,
        every_mutation_accepts_a_key,
        secrets_are_not_stored,
        keys_expire_after_a_day,
        invalid_keys_are_rejected,
    ]
}

/// Sends a mutation with a key; returns the status and the answer.
async fn send(app: &App, key: &str, query: &str) -> (u16, Json) {
    let request = app.request("POST", "/graphql").header("idempotency-key", key).json(&json!({ "query": query }));
    let response = request.send().await.expect("the server answers");
    (response.status().as_u16(), response.json().await.expect("the answer is JSON"))
}

async fn editor(app: &App) -> App {
    app.with_token(&app.token(Role::Editor).await)
}

const CREATE: &str = "mutation { createModel(input: { name: \"Once\", kind: FOUNDATION, sizes: [{ label: \"7B\", parameters: \"7B\" }] }) {
    revision model { id slug version sizes { id label } } } }";

async fn concurrent_requests_with_one_key_write_once(app: App) {
    let app = editor(&app).await;
    let answers = join_all((0..50).map(|_| send(&app, "once", CREATE))).await;
    let (status, first) = &answers[0];
    assert_eq!((*status, &first["errors"], &first["data"]["createModel"]["revision"]), (200, &Json::Null, &json!(45)));
    assert!(answers.iter().all(|answer| answer == &answers[0]), "{answers:?}");
    let data = app.data("{ catalog { revision counts { models sizes } } }").await;
    assert_eq!(data["catalog"], json!({ "revision": 45, "counts": { "models": 32, "sizes": 56 } }));
}

async fn a_repeated_request_returns_the_stored_response(app: App) {
    let app = editor(&app).await;
    let (_, first) = send(&app, "once", CREATE).await;
    app.data("mutation { updateModel(input: { slug: \"once\", sizes: [] }) { revision } }").await;
    assert_eq!(send(&app, "once", CREATE).await.1, first);
    app.data("mutation { deleteModel(input: { slug: \"once\" }) { revision } }").await;
    assert_eq!(send(&app, "once", CREATE).await.1, first);
    assert_eq!(app.data("{ catalog { revision } }").await["catalog"]["revision"], 47);
}

async fn a_response_that_was_not_stored_is_built_again(app: App) {
    let app = editor(&app).await;
    let (_, first) = send(&app, "once", CREATE).await;
    // As if the server had ended between its commit and its answer.
    let db = connect(&app).await;
    let answer = idempotency_key::Entity::delete_many().filter(idempotency_key::Column::Field.eq(""));
    assert_eq!(answer.exec(&db).await.expect("it can be deleted").rows_affected, 1);
    db.close().await.expect("the connection closes");
    assert_eq!(send(&app, "once", CREATE).await.1, first);
    assert_eq!(app.data("{ catalog { revision } }").await["catalog"]["revision"], 45);
}

async fn connect(app: &App) -> DatabaseConnection {
    let mut options = sea_orm::ConnectOptions::new(app.url.clone());
    options.sqlx_logging(false);
    sea_orm::Database::connect(options).await.expect("the database is there")
}

async fn a_key_belongs_to_one_request_and_one_token(app: App) {
    let (one, other) = (editor(&app).await, editor(&app).await);
    let (_, first) = send(&one, "mine", CREATE).await;
    let before = dump(&app).await;
    let (_, answer) = send(&one, "mine", &CREATE.replace("Once", "Twice")).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "IDEMPOTENCY_KEY_REUSED", "{answer}");
    // Another token's key of the same name is another key.
    let (_, answer) = send(&other, "mine", CREATE).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "ALREADY_EXISTS", "{answer}");
    assert_eq!(dump(&app).await, before);
    assert_eq!(send(&one, "mine", CREATE).await.1, first);
    // Without a key, and with another one, the mutation is executed.
    assert_eq!(send(&one, "other", CREATE).await.1["errors"][0]["extensions"]["code"], "ALREADY_EXISTS");
    assert_eq!(one.error(CREATE).await.0, "ALREADY_EXISTS");
}

async fn each_field_of_a_request_has_its_own_result(app: App) {
    let app = editor(&app).await;
    let query = "mutation {
        a: createOrganization(input: { name: \"A\" }) { revision organization { slug version } }
        b: createModel(input: { name: \"B\", kind: DERIVED, license: { slug: \"later\" } }) { revision }
        c: updateOrganization(input: { slug: \"a\", name: \"AA\" }) { outcome revision organization { name version } } }";
    let (_, first) = send(&app, "three", query).await;
    assert_eq!(first["errors"][0]["extensions"]["code"], "INVALID_DOCUMENT", "{first}");
    app.data("mutation { createLicense(input: { name: \"Later\", commercialUse: ALLOWED }) { revision } }").await;
    let revision = app.data("{ catalog { revision } }").await["catalog"]["revision"].clone();
    // Fields that were executed return their stored result; the others are executed.
    let (_, answer) = send(&app, "three", query).await;
    assert_eq!(answer["errors"], Json::Null, "{answer}");
    assert_eq!(answer["data"]["a"]["revision"], 45);
    assert_eq!(answer["data"]["b"]["revision"].as_i64(), revision.as_i64().map(|revision| revision + 1));
    assert_eq!(send(&app, "three", query).await.1, answer);
    assert_eq!(app.data("{ organization(slug: \"a\") { version } }").await["organization"]["version"], 2);
}

async fn a_rejected_request_may_be_repeated(app: App) {
    let app = editor(&app).await;
    let query = "mutation { deleteLicense(input: { slug: \"llama-license\" }) { revision } }";
    assert_eq!(send(&app, "again", query).await.1["errors"][0]["extensions"]["code"], "IN_USE");
    app.data("mutation { updateModel(input: { slug: \"llama\", license: null }) { revision } }").await;
    assert_eq!(
        send(&app, "again", query).await.1,
        json!({ "data": { "deleteLicense": { "revision": 46 } }, "extensions": { "cost": 11 } })
    );
    assert_eq!(
        send(&app, "again", query).await.1,
        json!({ "data": { "deleteLicense": { "revision": 46 } }, "extensions": { "cost": 11 } })
    );
}

async fn every_mutation_accepts_a_key(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    let sizes = app.column("{ model(slug: \"opt\") { sizes { id } } }", "/model/sizes", "id").await;
    let mutations = [
        "updateModel(input: { slug: \"opt\", position: 99, expectedVersion: 1 }) { outcome revision model { version } }".to_owned(),
        "createModelSize(input: { model: \"opt\", size: { label: \"1B\", parameters: \"1B\" } }) { revision size { id label } }".to_owned(),
        format!("updateModelSize(input: {{ id: {}, parameters: \"6.8B\" }}) {{ revision size {{ label parameters }} }}", sizes[0]),
        format!("deleteModelSize(input: {{ id: {} }}) {{ revision deletedId }}", sizes[1]),
        "upsertDatasets(input: { datasets: [{ name: \"New\" }, { name: \"RefinedWeb\" }] }) { revision results { outcome dataset { slug } } }".to_owned(),
        "deleteModel(input: { slug: \"mpt\" }) { revision deletedId }".to_owned(),
        "revertRevision(input: { number: 45, force: true }) { outcome revision subject { id } }".to_owned(),
    ];
    for (index, mutation) in mutations.iter().enumerate() {
        let (key, query) = (format!("key-{index}"), format!("mutation {{ {mutation} }}"));
        let (_, first) = send(&app, &key, &query).await;
        assert_eq!(first["errors"], Json::Null, "{first}");
        let after = dump(&app).await;
        assert_eq!(send(&app, &key, &query).await.1, first);
        assert_eq!(dump(&app).await, after, "{mutation}");
    }
}

async fn secrets_are_not_stored(app: App) {
    let app = app.with_token(&app.token(Role::Admin).await);
    let create = |name: &str| {
        format!("createApiToken(input: {{ name: {name:?}, role: EDITOR }}) {{ secret token {{ name role }} }}")
    };
    let organization = |name: &str| format!("createOrganization(input: {{ name: {name:?} }}) {{ revision }}");
    let requests = [
        format!("mutation {{ {} }}", create("alone")),
        format!("mutation {{ a: {} b: {} c: {} }}", organization("A"), create("among"), organization("C")),
        format!(
            "mutation {{ ...F }} fragment F on Mutation {{ last: {} x: {} }}",
            organization("X"),
            create("fragment")
        ),
        format!("mutation {{ one: {} two: {} }}", create("one"), create("two")),
    ];
    for (index, query) in requests.iter().enumerate() {
        let key = format!("key-{index}");
        let (_, first) = send(&app, &key, query).await;
        assert_eq!(first["errors"], Json::Null, "{first}");
        let secrets = secrets(&first);
        assert!(!secrets.is_empty(), "{first}");
        let (stored, before) = (stored(&app).await, dump(&app).await);
        for secret in &secrets {
            assert!(!stored.contains(secret) && !stored.contains(&secret[4..]), "{stored}");
            assert_eq!(app.with_token(secret).data("{ viewer { role } }").await["viewer"]["role"], "EDITOR");
        }
        // A retry has everything but the secrets, and creates no other token.
        let without =
            secrets.iter().fold(first.to_string(), |text, secret| text.replace(&format!("\"{secret}\""), "null"));
        for _ in 0..3 {
            assert_eq!(send(&app, &key, query).await, (200, without.parse().expect("it is JSON")));
        }
        assert_eq!(dump(&app).await, before);
    }
    // Another request must not have the name of the token.
    let (_, other) = send(&app, "other", &requests[0]).await;
    assert_eq!(other["errors"][0]["extensions"]["code"], "NAME_TAKEN");
    // Concurrent requests create one token, and one of them has its secret.
    let query = format!("mutation {{ {} }}", create("crowd"));
    let answers = join_all((0..10).map(|_| send(&app, "crowd", &query))).await;
    assert!(answers.iter().all(|(status, answer)| *status == 200 && answer["errors"] == Json::Null), "{answers:?}");
    assert_eq!(answers.iter().flat_map(|(_, answer)| secrets(answer)).count(), 1);
    assert!(!stored(&app).await.contains("olc_"));
}

/// The secrets in a response.
fn secrets(answer: &Json) -> Vec<String> {
    let fields = answer["data"].as_object().expect("there is data").values();
    fields.filter_map(|field| field["secret"].as_str().map(str::to_owned)).collect()
}

/// All stored results.
async fn stored(app: &App) -> String {
    let db = connect(app).await;
    let rows = idempotency_key::Entity::find().all(&db).await.expect("they can be read");
    db.close().await.expect("the connection closes");
    format!("{rows:?}")
}

async fn keys_expire_after_a_day(app: App) {
    let app = editor(&app).await;
    send(&app, "old", CREATE).await;
    let db = connect(&app).await;
    let rows = idempotency_key::Entity::find()
        .order_by_asc(idempotency_key::Column::Field)
        .all(&db)
        .await
        .expect("they can be read");
    assert_eq!(rows.iter().map(|row| row.field.as_str()).collect::<Vec<_>>(), ["", "createModel"]);
    let age = |hours: i64| {
        idempotency_key::Entity::update_many()
            .col_expr(idempotency_key::Column::CreatedAt, Expr::val(rows[0].created_at - TimeDelta::hours(hours)))
            .exec(&db)
    };
    age(23).await.expect("it can be written");
    assert_eq!(send(&app, "old", CREATE).await.1["errors"], Json::Null);
    age(25).await.expect("it can be written");
    assert_eq!(send(&app, "old", CREATE).await.1["errors"][0]["extensions"]["code"], "ALREADY_EXISTS");
    // The next key deletes the expired one.
    send(&app, "new", &CREATE.replace("Once", "Twice")).await;
    let rows = idempotency_key::Entity::find()
        .order_by_asc(idempotency_key::Column::Field)
        .all(&db)
        .await
        .expect("they can be read");
    assert_eq!(rows.iter().map(|row| row.key.as_str()).collect::<Vec<_>>(), ["new", "new"]);
    db.close().await.expect("the connection closes");
}

async fn invalid_keys_are_rejected(app: App) {
    let app = editor(&app).await;
    let before = dump(&app).await;
    let long = "x".repeat(256);
    for key in ["", long.as_str()] {
        let (status, answer) = send(&app, key, CREATE).await;
        assert_eq!((status, &answer["errors"][0]["extensions"]["code"]), (400, &json!("BAD_REQUEST")), "{key}");
    }
    assert_eq!(dump(&app).await, before);
}

async fn stored_secrets_are_deleted_by_the_migration(app: App) {
    app.revert_migrations_from("delete_stored_secrets").await;
    let database = connect(&app).await;
    let whole = r#"{"data":{"createApiToken":{"secret":"olc_abcdefghij"}}}"#;
    let results =
        [("whole", json!(whole)), ("field", json!({ "secret": "olc_abc" })), ("kept", json!({ "text": "olc x" }))];
    for (key, result) in results {
        let row = idempotency_key::ActiveModel {
            actor: Set("someone".to_owned()),
            key: Set(key.to_owned()),
            field: Set(String::new()),
            request_hash: Set(String::new()),
            result: Set(result),
            created_at: Set(chrono::Utc::now()),
        };
        idempotency_key::Entity::insert(row).exec_without_returning(&database).await.expect("a row");
    }
    open_llm_catalog::store::migrate::migrate(&app.database).await.expect("the migrations run");
    let rows = idempotency_key::Entity::find().all(&database).await.expect("the rows can be read");
    assert_eq!(rows.iter().map(|row| row.key.as_str()).collect::<Vec<_>>(), ["kept"]);
}
