//! The command `export`.

use std::{fs, path::Path};

use entity::vocabulary::Role;
use libtest_mimic::Trial;
use open_llm_catalog::db::database::Database;
use open_llm_catalog::domain::document::SubjectDocument;
use open_llm_catalog::domain::model::ModelDocument;
use open_llm_catalog::store::change::Change;
use sea_orm::ConnectionTrait;
use serde_json::{Value as Json, json};

use super::{file, save};
use crate::{
    cli::{Server, ask, folder, run},
    support::{App, POOL},
    trials,
};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![on both:
        exported_files_equal_downloads,
        an_exported_database_serves_the_same_responses,
        an_exported_database_continues_ids_and_revisions,
        a_failed_export_leaves_no_file,
    ];
    trials.extend(trials![plain: an_export_without_a_catalog_creates_no_file]);
    trials
}

fn export(folder: &Path, app: &App, arguments: &[&str]) -> (i32, String, String) {
    let arguments = [&["export"], arguments].concat();
    run(folder, &arguments, &[("DATABASE_URL", &app.url)])
}

fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).expect("the folder can be read");
    let mut names = Vec::from_iter(files.map(|file| file.expect("a file").file_name().into_string().expect("a name")));
    names.sort();
    names
}

async fn exported_files_equal_downloads(app: App) {
    let folder = folder();
    let cases: [(&[&str], &str, &str); 7] = [
        (&["--format", "json"], "a.json", "/export/catalog.json"),
        (&["--format", "ndjson"], "a.ndjson", "/export/models.ndjson"),
        (&["--format", "csv", "--license", "llama-license"], "a.csv", "/export/models.csv?license=llama-license"),
        (&["--format", "markdown", "--language", "en"], "a.md", "/export/models.md?language=en"),
        (&["--format", "markdown", "--kind", "derived"], "a.markdown", "/export/models.md?kind=derived"),
        (&["--format", "json", "--organization", "meta"], "b.json", "/export/models.json?organization=meta"),
        (&["--format", "ndjson", "--search", "天工"], "a.jsonl", "/export/models.ndjson?search=天工"),
    ];
    for (arguments, name, path) in cases {
        let expected = file(&app, path).await;
        let (code, output, errors) = export(folder.path(), &app, arguments);
        assert_eq!((code, errors.as_str()), (0, ""), "{arguments:?}");
        assert!(output == expected, "{arguments:?} differs from {path}");
        // The ending of the file selects the format, and an existing file is replaced.
        for _ in 0..2 {
            let (code, output, errors) = export(folder.path(), &app, &[&arguments[2..], &["--output", name]].concat());
            assert_eq!((code, output.as_str(), errors.as_str()), (0, "", ""), "{name}");
        }
        assert!(fs::read_to_string(folder.path().join(name)).expect("a file") == expected, "{name}");
    }
    assert_eq!(names(folder.path()).len(), cases.len());
}

/// A query with almost all fields.
const WIDE: &str = "{
    catalog { revision counts { models sizes datasets licenses organizations architectures } }
    models(first: 100) { totalCount pageInfo { endCursor } facets { kinds { value count } commercialUse { value count } } nodes {
        id slug name aliases kind position summary releaseDate commercialUse maxParameters maxTrainingTokens trainingFlops version
        createdAt updatedAt dataScale { text amount unit } license { id slug commercialUse } architecture { id } baseModel { id }
        organizations { id slug name } datasets { id slug bytes } links { kind title url } derivedModels { nodes { slug } }
        sizes { id label parameters activeParameters trainingTokens license { slug } } } }
    search(query: \"llama\") { nodes { __typename } }
    revisions(last: 100) { nodes { id number createdAt actor action subjectType subjectSlug changes { field before after } } } }";

async fn an_exported_database_serves_the_same_responses(app: App) {
    let editor = app.with_token(&app.token(Role::Editor).await);
    editor.data("mutation { updateModel(input: { slug: \"qwen\", releaseDate: \"2023-09-25\" }) { revision } }").await;
    let model = json!({ "slug": "later", "name": "Later", "kind": "FOUNDATION", "trainingFlops": 1.5e22 });
    save::<ModelDocument>(&app, json!([model])).await;
    let base = json!({ "slug": "alpaca", "name": "Alpaca", "kind": "DERIVED", "baseModel": "later" });
    save::<ModelDocument>(&app, json!([base])).await;
    let folder = folder();
    let (code, output, errors) = export(folder.path(), &app, &["--output", "copy.db"]);
    assert_eq!((code, output.as_str(), errors.as_str()), (0, "", ""));
    // The export is a single file.
    assert_eq!(names(folder.path()), ["copy.db"]);
    let (code, _, errors) = export(folder.path(), &app, &["--output", "copy.db"]);
    assert_eq!((code, errors.as_str()), (1, "error: cannot write copy.db: the file exists\n"));
    let variables = [("DATABASE_URL", "sqlite:copy.db"), ("PORT", "0")];
    let mut server = Server::start(folder.path(), &variables);
    assert_eq!(server.line(), "The catalog (sqlite:copy.db) listens on");
    let address = server.address();
    let answer: Json = serde_json::from_str(&ask(&address, WIDE)).expect("JSON");
    assert_eq!(answer["errors"], Json::Null);
    assert_eq!(answer["data"], app.data(WIDE).await);
    drop(server);
    let url = format!("sqlite:{}", folder.path().join("copy.db").display());
    let copy = Database::connect(&url.parse().expect("a URL"), POOL).await.expect("it is there");
    for (table, expected) in [("api_token", 0), ("idempotency_key", 0), ("revision", 47)] {
        let count = format!("SELECT COUNT(*) AS count FROM {table}");
        let row = copy.read().query_one_raw(sea_orm::Statement::from_string(sea_orm::DbBackend::Sqlite, count)).await;
        let count = row.expect("it can be read").expect("a row").try_get::<i32>("", "count").expect("a number");
        assert_eq!(count, expected, "{table}");
    }
    copy.read().execute_unprepared("SELECT * FROM sqlite_stat1").await.expect("it has been analyzed");
    copy.close().await.expect("it can be closed");
}

async fn an_exported_database_continues_ids_and_revisions(app: App) {
    save::<ModelDocument>(&app, json!([{ "slug": "gone", "name": "Gone", "kind": "DERIVED" }])).await;
    let mut change = Change::begin(&app.database, "tester").await.expect("no other connection writes");
    let (subject, gone) =
        change.load::<ModelDocument>(&"gone".parse().expect("a slug"), None).await.expect("it is there");
    change.delete(subject, &gone).await.expect("nobody needs it");
    change.commit().await.expect("it can be written");
    let folder = folder();
    assert_eq!(export(folder.path(), &app, &["--output", "copy.sqlite"]).0, 0);
    let url = format!("sqlite:{}", folder.path().join("copy.sqlite").display());
    let copy = Database::connect(&url.parse().expect("a URL"), POOL).await.expect("it is there");
    let mut change = Change::begin(&copy, "tester").await.expect("no other connection writes");
    let new = serde_json::from_value::<ModelDocument>(json!({ "slug": "new", "name": "New", "kind": "DERIVED" }));
    let saved = change.save(&new.expect("a document")).await.expect("it can be saved");
    assert!(saved.id > subject.id, "an id is given out twice");
    // Deletions can be reverted in the copy.
    change.revert(46, false).await.expect("it can be undone");
    let (again, document) = change.load::<ModelDocument>(gone.slug(), None).await.expect("it is there again");
    assert_eq!((again.id, document), (subject.id, gone));
    drop(change);
    copy.close().await.expect("it can be closed");
}

async fn a_failed_export_leaves_no_file(app: App) {
    let folder = folder();
    let before = "the old contents";
    fs::write(folder.path().join("a.json"), before).expect("the file can be written");
    let change = Change::begin(&app.database, "tester").await.expect("no other connection writes");
    let spoil = "UPDATE model SET slug = 'Not a slug' WHERE slug = 'xverse'";
    change.transaction().execute_unprepared(spoil).await.expect("it can be spoiled");
    change.commit().await.expect("it can be written");
    let (code, _, errors) = export(folder.path(), &app, &["--output", "a.json"]);
    assert!(code == 1 && errors.contains("Not a slug"), "{code}: {errors}");
    assert_eq!(fs::read_to_string(folder.path().join("a.json")).expect("a file"), before);
    // The SQLite export reads rows; an enum value that is invalid fails it.
    let change = Change::begin(&app.database, "tester").await.expect("no other connection writes");
    change.transaction().execute_unprepared("UPDATE link SET kind = 'NONSENSE'").await.expect("it can be spoiled");
    change.commit().await.expect("it can be written");
    let (code, _, errors) = export(folder.path(), &app, &["--output", "copy.db"]);
    assert_eq!(code, 1, "{errors}");
    let (code, _, errors) = export(folder.path(), &app, &["--output", "no/such/folder/a.csv"]);
    assert!(code == 1 && errors.starts_with("error: cannot write no/such/folder/a.csv: "), "{code}: {errors}");
    assert_eq!(names(folder.path()), ["a.json"]);
    let (code, output, errors) = export(folder.path(), &app, &["--format", "csv", "--license", "nobody-has-it"]);
    assert_eq!((code, output.as_str()), (1, ""));
    assert_eq!(errors, "error: There is no license with the slug \"nobody-has-it\".\n");
    let usage: [&[&str]; 7] = [
        &[],
        &["--output", "a.txt"],
        &["--format", "xml"],
        &["--format", "sqlite"],
        &["--format", "json", "--kind", "both"],
        &["--output", "new.db", "--search", "x"],
        &["--format", "json", "--license", "Not a slug"],
    ];
    for arguments in usage {
        let (code, output, errors) = export(folder.path(), &app, arguments);
        assert_eq!((code, output.as_str()), (2, ""), "{arguments:?}: {errors}");
        assert!(errors.starts_with("error: "), "{arguments:?}: {errors}");
    }
}

fn an_export_without_a_catalog_creates_no_file() {
    let folder = folder();
    for arguments in [&["export", "--format", "json"][..], &["export", "--output", "a.db"]] {
        let (code, output, errors) = run(folder.path(), arguments, &[]);
        assert_eq!((code, output.as_str()), (1, ""));
        let message =
            "error: there is no catalog in sqlite:catalog.db: start the server or run the command seed to create it\n";
        assert_eq!(errors, message);
    }
    assert_eq!(names(folder.path()), [""; 0]);
}
