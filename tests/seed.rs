//! The data that the program ships, whatever documents it holds: each file is a valid document with the slug that the file is
//! named after, and a new catalog holds the documents of all files.

use std::{collections::BTreeMap, fs, path::Path};

use futures_util::TryStreamExt;
use libtest_mimic::Trial;
use open_llm_catalog::db::database::Database;
use open_llm_catalog::domain::architecture::ArchitectureDocument;
use open_llm_catalog::domain::dataset::DatasetDocument;
use open_llm_catalog::domain::license::LicenseDocument;
use open_llm_catalog::domain::model::ModelDocument;
use open_llm_catalog::domain::organization::OrganizationDocument;
use open_llm_catalog::domain::source::SourceDocument;
use open_llm_catalog::store::documents::Persist;
use open_llm_catalog::store::scan::scan_all;
use open_llm_catalog::store::seed::{SeedReport, seed, seed_if_empty};

use crate::{
    cli::shipped_documents,
    support::{App, TestDatabase, connect},
    trials,
};

pub fn trials() -> Vec<Trial> {
    let mut trials = trials![on both: a_new_catalog_holds_the_documents_of_all_files];
    trials.extend(trials![plain: every_file_is_named_after_the_slug_of_its_document]);
    trials
}

/// The documents in the files of a folder, by the names of the files without their ending.
fn files<D: Persist>(folder: &str) -> BTreeMap<String, D> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("seed/data").join(folder);
    let files = fs::read_dir(path).expect("the folder can be read").map(|file| {
        let path = file.expect("a file").path();
        assert!(path.extension().is_some_and(|extension| extension == "toml"), "{path:?}");
        let text = fs::read_to_string(&path).expect("a file is text");
        let document = toml::from_str(&text).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        (path.file_stem().expect("a name").to_str().expect("UTF-8").to_owned(), document)
    });
    files.collect()
}

fn check_names<D: Persist>(folder: &str) {
    let files = files::<D>(folder);
    assert!(!files.is_empty(), "{folder} has documents");
    for (name, document) in files {
        assert_eq!(document.slug().as_str(), name, "{folder}/{name}.toml");
    }
}

fn every_file_is_named_after_the_slug_of_its_document() {
    check_names::<OrganizationDocument>("organizations");
    check_names::<SourceDocument>("sources");
    check_names::<LicenseDocument>("licenses");
    check_names::<ArchitectureDocument>("architectures");
    check_names::<DatasetDocument>("datasets");
    check_names::<ModelDocument>("models");
}

async fn check_documents<D: Persist + std::fmt::Debug>(database: &Database, folder: &str) {
    let stored = scan_all::<D, _>(database.read()).try_collect::<Vec<_>>().await.expect("the documents can be read");
    let stored = stored.into_iter().map(|document| (document.slug().to_string(), document));
    let mut files = files::<D>(folder);
    for document in files.values_mut() {
        // Stored evidence is in the order of its sources and texts.
        document.set_citations(document.citations());
    }
    assert_eq!(stored.collect::<BTreeMap<_, _>>(), files);
}

async fn a_new_catalog_holds_the_documents_of_all_files(app: App) {
    let (test_database, url) = TestDatabase::empty_like(&app).await;
    let database = connect(&url).await;
    let count = shipped_documents();
    // A document that is not valid, or refers to one that does not exist, is an error.
    let created = seed_if_empty(&database).await.expect("the documents are valid");
    assert_eq!(created, Some(SeedReport { created: count, updated: 0, unchanged: 0 }));
    check_documents::<OrganizationDocument>(&database, "organizations").await;
    check_documents::<SourceDocument>(&database, "sources").await;
    check_documents::<LicenseDocument>(&database, "licenses").await;
    check_documents::<ArchitectureDocument>(&database, "architectures").await;
    check_documents::<DatasetDocument>(&database, "datasets").await;
    check_documents::<ModelDocument>(&database, "models").await;
    assert_eq!(seed_if_empty(&database).await.expect("the catalog can be read"), None);
    let again = seed(&database).await.expect("the documents are valid");
    assert_eq!(again, SeedReport { created: 0, updated: 0, unchanged: count });
    database.close().await.expect("the connections close");
    test_database.remove().await;
}
