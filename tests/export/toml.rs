//! Exports to folders of TOML files: they are imported again, equal documents have equal files, and no other file is lost.

use std::{collections::BTreeMap, fs, path::Path};

use entity::vocabulary::{Role, SubjectType};
use libtest_mimic::Trial;
use open_llm_catalog::store::seed::seed;
use seed::DataSet;
use serde_json::json;

use super::round_trip::{Catalog, compare, import, random_catalog};
use crate::{
    cli::{folder, run},
    seed::{SHIPPED, files_of},
    support::{App, Backend, TestDatabase, connect},
    trials,
};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![on both:
        random_documents_survive_a_folder,
        a_data_set_survives_a_folder,
        an_edit_changes_one_file,
        a_fact_that_is_changed_in_a_file_is_one_line,
    ];
    trials.extend(trials![plain:
        only_files_of_documents_are_removed,
        wrong_arguments_of_an_export_to_a_folder_are_usage_errors,
        files_that_are_no_documents_are_rejected,
    ]);
    trials
}

/// Exports a catalog to a folder; returns the report.
fn export(folder: &Path, url: &str, arguments: &[&str]) -> String {
    let arguments = [&["export", "--format", "toml", "--output"], arguments].concat();
    let (code, output, errors) = run(folder, &arguments, &[("DATABASE_URL", url)]);
    assert_eq!((code, errors.as_str()), (0, ""));
    output.trim_end().to_owned()
}

/// The files of a folder and the folders in it, by their paths.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("UTF-8").to_owned();
        if path.is_dir() {
            files.extend(self::files(&path).into_iter().map(|(rest, text)| (format!("{name}/{rest}"), text)));
        } else {
            files.insert(name, fs::read_to_string(&path).expect("text"));
        }
    }
    files
}

/// Exports a catalog to a folder, imports that into an empty catalog and exports it again.
async fn check_round_trip(app: &App, url: &str) {
    let folder = folder();
    let source = Catalog::read(url);
    let count = source.documents.values().map(BTreeMap::len).sum::<usize>();
    let written = format!("{count} files written, 0 unchanged, 0 documents left out.");
    assert_eq!(export(folder.path(), url, &["one"]), written);
    assert_eq!(files(&folder.path().join("one")).len(), count);
    let unchanged = format!("0 files written, {count} unchanged, 0 documents left out.");
    assert_eq!(export(folder.path(), url, &["one", "--prune"]), unchanged);
    let (test_database, other) = TestDatabase::empty_like(app).await;
    let report = import(folder.path(), &other, "one");
    assert_eq!(report["totals"]["created"], json!(count));
    let again = import(folder.path(), &other, "one");
    assert_eq!(again["totals"]["unchanged"], json!(count), "the second time it says the same");
    let found = Catalog::read(&other);
    for subject in SubjectType::ALL.iter().map(|subject| subject.plural()) {
        compare(&found.documents[subject], &source.documents[subject]);
    }
    export(folder.path(), &other, &["two"]);
    compare(&files(&folder.path().join("two")), &files(&folder.path().join("one")));
    test_database.remove().await;
}

async fn random_documents_survive_a_folder(app: App) {
    random_catalog(&app).await;
    check_round_trip(&app, &app.url).await;
}

async fn a_data_set_survives_a_folder(app: App) {
    // The large one on one database: random documents survive a folder on both.
    for set in DataSet::ALL.into_iter().filter(|set| *set != DataSet::World || app.backend() == Backend::Sqlite) {
        let (test_database, url) = TestDatabase::empty_like(&app).await;
        let database = connect(&url).await;
        seed(&database, set).await.expect("the documents are valid");
        database.close().await.expect("the connections close");
        check_round_trip(&app, &url).await;
        test_database.remove().await;
    }
}

async fn an_edit_changes_one_file(app: App) {
    let folder = folder();
    export(folder.path(), &app.url, &["data"]);
    let before = files(&folder.path().join("data"));
    let editor = app.with_token(&app.token(Role::Editor).await);
    let edit =
        r#"mutation { updateModel(input: { slug: "qwen", name: "千问 \"1\"", contextLength: 8192 }) { revision } }"#;
    editor.data(edit).await;
    let report = export(folder.path(), &app.url, &["data"]);
    assert!(report.starts_with("1 files written, "), "{report}");
    let after = files(&folder.path().join("data"));
    let text = before["models/qwen.toml"].replace("name = \"Qwen\"\n", "name = \"千问 \\\"1\\\"\"\n");
    let lines = after["models/qwen.toml"].lines().filter(|line| *line != "contextLength = 8192");
    assert_eq!(lines.collect::<Vec<_>>(), text.lines().collect::<Vec<_>>());
    assert!(before.iter().all(|(name, text)| name == "models/qwen.toml" || after[name] == *text));
    // With filters: the models and what they refer to.
    assert_eq!(export(folder.path(), &app.url, &["part", "--search", "Prithvi"]).split(' ').next(), Some("3"));
    let part = files(&folder.path().join("part"));
    assert_eq!(
        part.keys().collect::<Vec<_>>(),
        ["models/prithvi.toml", "organizations/ibm.toml", "organizations/nasa.toml"]
    );
}

async fn a_fact_that_is_changed_in_a_file_is_one_line(app: App) {
    let folder = folder();
    export(folder.path(), &app.url, &["data"]);
    let (test_database, other) = TestDatabase::empty_like(&app).await;
    import(folder.path(), &other, "data");
    let file = folder.path().join("data/models/qwen.toml");
    let (before, line) = (fs::read_to_string(&file).expect("text"), "trainingTokens = 2_400_000_000_000\n");
    assert_eq!(before.matches(line).count(), 1, "{before}");
    let edited = before.replace(line, "trainingTokens = 2_500_000_000_000\n");
    fs::write(&file, &edited).expect("it can be written");
    let report = import(folder.path(), &other, "data");
    assert_eq!((&report["totals"]["created"], &report["totals"]["updated"]), (&json!(0), &json!(1)), "{report}");
    // The catalog of the import writes the edited file, the other one would change back that line alone.
    assert!(export(folder.path(), &other, &["data"]).starts_with("0 files written, "));
    let report = export(folder.path(), &app.url, &["data"]);
    assert!(report.starts_with("1 files written, "), "{report}");
    assert_eq!(fs::read_to_string(&file).expect("text"), before);
    test_database.remove().await;
}

/// A catalog with a data set in a new folder.
fn seeded(set: &str) -> tempfile::TempDir {
    let folder = folder();
    assert_eq!(run(folder.path(), &["seed", "--set", set], &[]).0, 0);
    folder
}

const URL: &str = "sqlite:catalog.db";

fn only_files_of_documents_are_removed() {
    let folder = seeded("list");
    let write = |file: &str, text: &str| {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    };
    // Files of the reader's own, and a document that the catalog does not have.
    let own = [
        ("data/README.md", "mine"),
        ("data/models/notes.toml", "mine = true\n"),
        ("data/models/README.md", "mine"),
        ("data/other/x.toml", "#:schema x\n"),
    ];
    own.iter().for_each(|(file, text)| write(file, text));
    write("data/models/removed.toml", "#:schema ../../../model.schema.json\nslug = \"removed\"\nname = \"Removed\"\n");
    let count = files_of(DataSet::List).len();
    let report = export(folder.path(), URL, &["data"]);
    let others = "1 files are of other documents; --prune removes them.";
    assert_eq!(report, format!("{count} files written, 0 unchanged, 0 documents left out. {others}"));
    write("data/models/qwen.toml", "#:schema x\n");
    let report = export(folder.path(), URL, &["data", "--prune"]);
    let others = "1 files of other documents were removed.";
    assert_eq!(report, format!("1 files written, {} unchanged, 0 documents left out. {others}", count - 1));
    let found = files(&folder.path().join("data"));
    assert!(own.iter().all(|(file, text)| found[file.trim_start_matches("data/")] == *text));
    assert_eq!(found.len(), count + own.len());
    // What the data sets below have is left out: only the edited document is new.
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("seed/data");
    let [common, list, _] = SHIPPED.map(|part| data.join(part).display().to_string());
    let without = ["--without", common.as_str(), "--without", list.as_str()];
    let report = export(folder.path(), URL, &[&["new"], &without[..]].concat());
    assert_eq!(report, format!("0 files written, 0 unchanged, {count} documents left out."));
    assert!(!folder.path().join("new").exists());
    let report = export(folder.path(), URL, &[&["data", "--prune"], &without[..]].concat());
    assert!(
        report.ends_with(&format!("{count} documents left out. {count} files of other documents were removed.")),
        "{report}"
    );
}

fn wrong_arguments_of_an_export_to_a_folder_are_usage_errors() {
    let folder = seeded("list");
    fs::write(folder.path().join("file"), "").expect("it can be written");
    let cases: [(&[&str], &str); 6] = [
        (&["--format", "toml"], "a toml export needs a folder: give --output FOLDER"),
        (&["--format", "toml", "--output", "file"], "a toml export needs a folder, and file is a file"),
        (&["--format", "toml", "--output", "x", "--without", "none"], "--without: there is no folder none"),
        (
            &["--format", "toml", "--output", "x", "--prune", "--search", "q"],
            "--prune would remove the documents that the filters",
        ),
        (&["--format", "json", "--prune"], "only a toml export has --without and --prune"),
        (&["--output", "x.csv", "--without", "."], "only a toml export has --without and --prune"),
    ];
    for (arguments, message) in cases {
        let (code, output, errors) = run(folder.path(), &[&["export"], arguments].concat(), &[]);
        assert_eq!((code, output.as_str()), (2, ""), "{arguments:?}");
        assert!(errors.starts_with(&format!("error: {message}")), "{arguments:?}: {errors}");
        assert!(!folder.path().join("x").exists());
    }
}

fn files_that_are_no_documents_are_rejected() {
    let folder = seeded("list");
    let cases = [
        ("models/a.toml", "slug = ", "not valid TOML"),
        ("models/a.toml", "slug = \"b\"\nname = \"B\"\n", "the slug is not the name of the file, a.toml"),
        ("models/a.toml", "name = \"A\"\nopen_weights = true\n", "a file of models.dev needs --format models-dev"),
        ("models/a.toml", "slug = \"a\"\nname = \"A\"\nplanet = \"Mars\"\n", "unknown field of a model"),
        (
            "planets/a.toml",
            "slug = \"a\"\n",
            "the folder of a document names its type; expected a file in a folder models, ",
        ),
    ];
    for (file, text, message) in cases {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
        let (code, output, _) = run(folder.path(), &["import", "--format", "toml", file], &[]);
        assert!(code == 1 && output.contains(message), "{file}: {output}");
    }
    // A folder with none is not guessed.
    assert_eq!(run(folder.path(), &["import", "planets"], &[]).0, 2);
}
