//! The data sets that the program ships, whatever documents they hold: each file is a valid document with the slug that the file
//! is named after, and a new catalog holds the documents of all files of its data set. `check_data.rs` checks what they say.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use entity::vocabulary::SubjectType;
use futures_util::TryStreamExt;
use libtest_mimic::Trial;
use open_llm_catalog::db::database::Database;
use open_llm_catalog::domain::document::SubjectDocument;
use open_llm_catalog::domain::evidence::document::Citation;
use open_llm_catalog::domain::model::ModelDocument;
use open_llm_catalog::store::documents::Persist;
use open_llm_catalog::store::lineage::bases_first;
use open_llm_catalog::store::scan::scan_all;
use open_llm_catalog::store::seed::{SeedReport, seed, seed_if_empty};
use seed::DataSet;
use serde_json::json;

use crate::{
    cli::{Server, ask, folder, run},
    support::{App, TestDatabase, connect},
    trials,
};

/// Evaluates an expression that is generic over documents with the document type of a subject type.
macro_rules! with_document {
    ($subject:expr, $alias:ident => $expression:expr) => {
        entity::subjects!([match_document] ($subject) $alias ($expression))
    };
}

/// The `match` of [`with_document!`], with an arm for each registered subject type.
macro_rules! match_document {
    (
        ($subject:expr) $alias:ident ($expression:expr)
        $($(#[$doc:meta])* $variant:ident = $word:literal, $table:ident, $plural:ident, $document:ident;)+
    ) => {
        match $subject {
            $(SubjectType::$variant => {
                type $alias = open_llm_catalog::domain::$table::$document;
                $expression
            })+
        }
    };
}

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![on both: a_new_catalog_holds_the_documents_of_its_data_set];
    trials.extend(trials![plain:
        every_file_is_named_after_the_slug_of_its_document,
        a_document_of_world_contains_the_statements_of_the_list,
        models_come_after_their_bases,
        the_data_set_of_a_new_catalog_is_a_setting,
    ]);
    trials
}

/// The folders with documents that the program ships.
pub const SHIPPED: [&str; 3] = ["common", "list", "world"];

/// The files of a type in one of the folders. Not every folder has documents of every type.
pub fn shipped_files(part: &str, subject: SubjectType) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seed/data").join(part).join(subject.plural());
    let Ok(files) = fs::read_dir(folder) else { return Vec::new() };
    let files = files.map(|file| file.expect("a file").path());
    files.inspect(|path| assert!(path.extension().is_some_and(|extension| extension == "toml"), "{path:?}")).collect()
}

/// The files of a data set, by the type and slug of their documents.
pub fn files_of(set: DataSet) -> BTreeMap<(SubjectType, String), PathBuf> {
    let subjects = set.folders().iter().flat_map(|part| SubjectType::ALL.iter().map(move |subject| (part, *subject)));
    let files =
        subjects.flat_map(|(part, subject)| shipped_files(part, subject).into_iter().map(move |path| (subject, path)));
    files.map(|(subject, path)| ((subject, stem(&path)), path)).collect()
}

fn stem(path: &Path) -> String {
    path.file_stem().and_then(|stem| stem.to_str()).expect("UTF-8").to_owned()
}

fn read<D: SubjectDocument>(path: &Path) -> D {
    let text = fs::read_to_string(path).expect("a file is text");
    toml::from_str(&text).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

fn every_file_is_named_after_the_slug_of_its_document() {
    for (part, subject) in SHIPPED.iter().flat_map(|part| SubjectType::ALL.iter().map(move |subject| (part, *subject)))
    {
        for path in shipped_files(part, subject) {
            let slug = with_document!(subject, D => read::<D>(&path).slug().to_string());
            assert_eq!(slug, stem(&path), "{path:?}");
        }
    }
    let list = files_of(DataSet::List);
    assert_eq!(list.keys().filter(|(subject, _)| *subject == SubjectType::Model).count(), 31);
}

async fn check_documents<D: Persist + std::fmt::Debug>(database: &Database, set: DataSet) {
    let stored = scan_all::<D, _>(database.read()).try_collect::<Vec<_>>().await.expect("the documents can be read");
    let stored = stored.into_iter().map(|document| (document.slug().to_string(), document));
    let files = files_of(set).into_iter().filter(|((subject, _), _)| *subject == D::SUBJECT);
    let files = files.map(|((_, slug), path)| {
        let mut document = read::<D>(&path);
        // Stored evidence is in the order of its sources and texts, and sizes and checkpoints in theirs.
        document.sort();
        document.set_citations(document.citations());
        (slug, document)
    });
    assert_eq!(stored.collect::<BTreeMap<_, _>>(), files.collect(), "{set}");
}

async fn a_new_catalog_holds_the_documents_of_its_data_set(app: App) {
    for set in DataSet::ALL {
        let (test_database, url) = TestDatabase::empty_like(&app).await;
        let database = connect(&url).await;
        let count = files_of(set).len();
        // A document that is not valid, or refers to one that does not exist, is an error.
        let created = seed_if_empty(&database, set).await.expect("the documents are valid");
        assert_eq!(created, Some(SeedReport { created: count, updated: 0, unchanged: 0 }));
        for subject in SubjectType::ALL {
            with_document!(*subject, D => check_documents::<D>(&database, set).await);
        }
        assert_eq!(seed_if_empty(&database, set).await.expect("the catalog can be read"), None);
        let again = seed(&database, set).await.expect("the documents are valid");
        assert_eq!(again, SeedReport { created: 0, updated: 0, unchanged: count });
        database.close().await.expect("the connections close");
        test_database.remove().await;
    }
}

/// The statements of a document, wherever in it they are.
fn statements(document: &impl SubjectDocument) -> BTreeSet<[Option<String>; 5]> {
    let statement = |Citation { field, value, source, locator, quote, .. }| {
        [Some(field), value, Some(source.to_string()), locator, quote]
    };
    document.citations().into_iter().map(statement).collect()
}

fn a_document_of_world_contains_the_statements_of_the_list() {
    let world = files_of(DataSet::World);
    for ((subject, slug), path) in files_of(DataSet::List) {
        with_document!(subject, D => {
            let kept = statements(&read::<D>(&world[&(subject, slug.clone())]));
            let missing = statements(&read::<D>(&path)).difference(&kept).cloned().collect::<Vec<_>>();
            assert!(missing.is_empty(), "{} {slug}: {missing:?}", subject.table());
        });
    }
}

fn models_come_after_their_bases() {
    let model = |slug: &str, bases: &[&str]| {
        let mut document = json!({ "slug": slug, "name": slug });
        match bases {
            [base] => document["baseModel"] = json!(base),
            bases => document["bases"] = bases.iter().map(|base| json!({ "model": base })).collect(),
        }
        serde_json::from_value::<ModelDocument>(document).expect("a document")
    };
    let ordered = |models: &[ModelDocument]| {
        let models = bases_first(models.to_vec());
        models.map(|models| models.iter().map(|model| model.slug.to_string()).collect::<Vec<_>>())
    };
    let models = [
        model("a", &["d"]),
        model("b", &[]),
        model("c", &["b", "e"]),
        model("d", &["c"]),
        model("e", &["elsewhere"]),
        model("f", &["b", "b"]),
    ];
    assert_eq!(ordered(&models).expect("no cycle"), ["b", "e", "c", "d", "a", "f"]);
    // A long chain needs no deep stack.
    let chain =
        (0..20_000).map(|number| model(&format!("m{number}"), &[&format!("m{}", number + 1)])).collect::<Vec<_>>();
    assert_eq!(ordered(&chain).expect("no cycle").last().map(String::as_str), Some("m0"));
    let cycle = [model("x", &["b"]), model("a", &["b"]), model("b", &["x", "c"]), model("c", &["a"])];
    let error = ordered(&cycle).expect_err("a cycle").to_string();
    assert!(error.contains("makes a cycle of models that are derived from each other: "), "{error}");
}

fn the_data_set_of_a_new_catalog_is_a_setting() {
    let count = |set| files_of(set).len();
    let revision =
        |number: usize| format!(r#"{{"data":{{"catalog":{{"revision":{number}}}}},"extensions":{{"cost":1}}}}"#);
    for (set, word) in [(Some(DataSet::World), "world"), (Some(DataSet::List), "list"), (None, "none")] {
        let folder = folder();
        let mut server = Server::start(folder.path(), &[("PORT", "0"), ("CATALOG_SEED", word)]);
        if let Some(set) = set {
            let line = format!("Data set {word}: {} subjects created, 0 updated, 0 unchanged.", count(set));
            assert_eq!(server.line(), line);
        }
        assert_eq!(server.line(), "The catalog (sqlite:catalog.db) listens on");
        assert_eq!(ask(&server.address(), "{ catalog { revision } }"), revision(set.map_or(0, count)));
    }
    let folder = folder();
    for command in [&["serve"][..], &["seed"], &["seed", "--set", "list"]] {
        let (code, _, errors) = run(folder.path(), command, &[("CATALOG_SEED", "wrold")]);
        assert_eq!((code, errors.as_str()), (2, "error: CATALOG_SEED is \"wrold\"; expected world, list or none.\n"));
    }
    let (code, _, errors) = run(folder.path(), &["seed", "--set", "wrold"], &[]);
    assert!(
        code == 2 && errors.contains("invalid value 'wrold'") && errors.contains("expected world or list"),
        "{errors}"
    );
    let (code, _, errors) = run(folder.path(), &["seed"], &[("CATALOG_SEED", "none")]);
    let message = "error: CATALOG_SEED is none: give the data set with --set world or --set list\n";
    assert_eq!((code, errors.as_str()), (2, message));
    assert!(!folder.path().join("catalog.db").exists(), "nothing was made");
    let (code, output, _) = run(folder.path(), &["seed", "--set", "list"], &[("CATALOG_SEED", "none")]);
    let line = format!("Data set list: {} subjects created, 0 updated, 0 unchanged.\n", count(DataSet::List));
    assert_eq!((code, output), (0, line));
    // The other data set may follow: its documents stand instead of those with their slugs.
    let (code, output, _) = run(folder.path(), &["seed", "--set", "world"], &[]);
    assert_eq!((code, output.starts_with("Data set world: ")), (0, true));
}
