//! Round trips: exports are imported by the program, into an empty catalog and into the one they came from.

use std::{collections::BTreeMap, fs, path::Path};

use entity::vocabulary::SubjectType;
use libtest_mimic::Trial;
use open_llm_catalog::domain::architecture::ArchitectureDocument;
use open_llm_catalog::domain::dataset::DatasetDocument;
use open_llm_catalog::domain::license::LicenseDocument;
use open_llm_catalog::domain::model::ModelDocument;
use open_llm_catalog::domain::organization::OrganizationDocument;
use open_llm_catalog::domain::source::SourceDocument;
use proptest::strategy::{Strategy, ValueTree};
use serde_json::{Map, Value as Json, json};

use super::{random, save};
use crate::{
    cli::{folder, run},
    support::{App, TestDatabase, runner},
    trials,
};

pub fn trials() -> Vec<Trial> {
    trials![on both:
        exported_documents_are_imported_unchanged,
        exported_csv_is_imported_unchanged,
        exported_markdown_is_imported_unchanged,
        importing_an_own_export_changes_nothing,
    ]
}

/// The export of a catalog with the fixture and random documents.
pub async fn random_catalog(app: &App) -> Catalog {
    let catalog = random::catalog().new_tree(&mut runner()).expect("documents").current();
    save::<OrganizationDocument>(app, catalog["organizations"].clone()).await;
    save::<LicenseDocument>(app, catalog["licenses"].clone()).await;
    save::<ArchitectureDocument>(app, catalog["architectures"].clone()).await;
    save::<SourceDocument>(app, catalog["sources"].clone()).await;
    save::<DatasetDocument>(app, catalog["datasets"].clone()).await;
    // Any model may be derived from any: first saved without, then with their base models.
    let mut models = catalog["models"].clone();
    for model in models.as_array_mut().into_iter().flatten() {
        model["baseModel"] = Json::Null;
    }
    save::<ModelDocument>(app, models).await;
    save::<ModelDocument>(app, catalog["models"].clone()).await;
    Catalog::read(&app.url)
}

/// The contents of a catalog.
#[derive(Debug, PartialEq)]
pub struct Catalog {
    revision: Json,
    /// The documents by subject and slug.
    pub documents: BTreeMap<&'static str, BTreeMap<String, Map<String, Json>>>,
}

impl Catalog {
    pub fn read(url: &str) -> Self {
        let (code, text, errors) = run(folder().path(), &["export", "--format", "json"], &[("DATABASE_URL", url)]);
        assert_eq!((code, errors.as_str()), (0, ""));
        let mut catalog = serde_json::from_str::<Json>(&text).expect("JSON");
        let mut of = |subject: &str| {
            let documents =
                serde_json::from_value::<Vec<Map<String, Json>>>(catalog[subject].take()).expect("documents");
            documents.into_iter().map(|document| (string(&document["slug"]), document)).collect()
        };
        let documents = SubjectType::ALL.iter().map(|subject| (subject.plural(), of(subject.plural()))).collect();
        Self { revision: catalog["revision"].take(), documents }
    }

    /// The catalog without the evidence of models, which tables and lists do not have.
    fn without_evidence(mut self) -> Self {
        for model in self.documents.get_mut("models").into_iter().flat_map(BTreeMap::values_mut) {
            model.remove("evidence");
            for size in model.get_mut("sizes").and_then(Json::as_array_mut).into_iter().flatten() {
                size.as_object_mut().map(|size| size.remove("evidence"));
            }
        }
        self
    }

    /// The name of what a model refers to.
    fn name(&self, subject: &str, slug: &Json) -> Json {
        self.documents[subject][slug.as_str().expect("a slug")]["name"].clone()
    }

    fn models(&self) -> impl Iterator<Item = Map<String, Json>> {
        self.documents["models"].values().cloned()
    }

    /// The models by name, and what they refer to by name as well.
    fn named(&self) -> BTreeMap<String, Map<String, Json>> {
        let models = self.models().map(|mut model| {
            model.remove("slug");
            for (field, subject) in
                [("license", "licenses"), ("architecture", "architectures"), ("baseModel", "models")]
            {
                if let Some(slug) = model.get_mut(field) {
                    *slug = self.name(subject, slug);
                }
            }
            for (field, subject) in [("organizations", "organizations"), ("datasets", "datasets")] {
                for slug in model.get_mut(field).and_then(Json::as_array_mut).into_iter().flatten() {
                    *slug = self.name(subject, slug);
                }
            }
            (string(&model["name"]), model)
        });
        models.collect()
    }
}

fn string(text: &Json) -> String {
    text.as_str().expect("a text").to_owned()
}

/// Writes the export of a catalog to a file.
fn export(folder: &Path, url: &str, arguments: &[&str], file: &str) {
    let arguments = [&["export", "--output", file], arguments].concat();
    let (code, output, errors) = run(folder, &arguments, &[("DATABASE_URL", url)]);
    assert_eq!((code, output.as_str(), errors.as_str()), (0, "", ""));
}

/// Imports a file; returns the report.
pub fn import(folder: &Path, url: &str, file: &str) -> Json {
    let (code, output, errors) = run(folder, &["import", "--report", "json", file], &[("DATABASE_URL", url)]);
    let report = serde_json::from_str::<Json>(&output).expect("JSON");
    let rows = report["rows"].as_array().expect("a list").iter();
    let rejected = rows.filter(|row| row["outcome"] == "REJECTED").take(3).collect::<Vec<_>>();
    assert_eq!((code, errors.as_str(), rejected), (0, "", vec![]), "{file}");
    report
}

/// Exports a catalog and imports it into an empty one; returns the contents of the other one.
async fn through(app: &App, arguments: &[&str], file: &str) -> Catalog {
    let folder = folder();
    export(folder.path(), &app.url, arguments, file);
    let (test_database, url) = TestDatabase::empty_like(app).await;
    import(folder.path(), &url, file);
    let again = import(folder.path(), &url, file);
    let totals = &again["totals"];
    assert_eq!(
        (&totals["created"], &totals["updated"]),
        (&json!(0), &json!(0)),
        "the second time {file} says the same"
    );
    let catalog = Catalog::read(&url);
    test_database.remove().await;
    catalog
}

pub fn compare<T: PartialEq + std::fmt::Debug>(found: &BTreeMap<String, T>, expected: &BTreeMap<String, T>) {
    assert_eq!(Vec::from_iter(found.keys()), Vec::from_iter(expected.keys()));
    for (key, expected) in expected {
        assert_eq!(&found[key], expected, "{key}");
    }
}

async fn exported_documents_are_imported_unchanged(app: App) {
    let source = random_catalog(&app).await;
    for file in ["a.json", "a.ndjson"] {
        let found = through(&app, &[], file).await;
        for subject in SubjectType::ALL.iter().map(|subject| subject.plural()) {
            compare(&found.documents[subject], &source.documents[subject]);
        }
    }
}

async fn exported_csv_is_imported_unchanged(app: App) {
    let source = random_catalog(&app).await.without_evidence();
    let found = through(&app, &[], "a.csv").await;
    compare(&found.documents["models"], &source.documents["models"]);
    // The table names the subjects that models refer to, and no more.
    for subject in SubjectType::ALL.iter().map(|subject| subject.plural()) {
        assert!(found.documents[subject].keys().all(|slug| source.documents[subject].contains_key(slug)), "{subject}");
    }
}

async fn exported_markdown_is_imported_unchanged(app: App) {
    let mut source = random_catalog(&app).await.without_evidence();
    let organizations = source.documents["organizations"].clone();
    for (language, other) in [("zh", "en"), ("en", "zh")] {
        let found = through(&app, &["--language", language], "a.md").await.named();
        for organization in source.documents.get_mut("organizations").expect("it has some").values_mut() {
            let own = &organizations[&string(&organization["slug"])];
            let localized = own.get("localizedName").and_then(|names| names.get(language));
            organization["name"] = localized.unwrap_or(&own["name"]).clone();
        }
        let mut expected = source.named();
        for model in expected.values_mut() {
            let summary = model.get_mut("summary").and_then(Json::as_object_mut).filter(|texts| texts.len() == 2);
            summary.map(|texts| texts.remove(other));
        }
        // A list has no licenses, commercial use and dates of sizes, and their tokens only where there are as many amounts as sizes.
        let amounts = |model: &Map<String, Json>| {
            let text = model.get("dataScale").map_or("", |scale| scale["text"].as_str().expect("a text"));
            let tokens = model.get("dataScale").is_some_and(|scale| scale["unit"] == "TOKENS");
            if tokens { text.split(',').count() } else { 0 }
        };
        for model in expected.values_mut() {
            let count = amounts(model);
            let Some(Json::Array(sizes)) = model.get_mut("sizes") else { continue };
            let each = sizes.len() == count;
            for size in sizes.iter_mut().filter_map(Json::as_object_mut) {
                for field in ["license", "commercialUse", "releaseDate"] {
                    size.remove(field);
                }
                if !each {
                    size.remove("trainingTokens");
                }
            }
        }
        compare(&found, &expected);
    }
}

async fn importing_an_own_export_changes_nothing(app: App) {
    let source = random_catalog(&app).await;
    let folder = folder();
    let exports: [(&str, &[&str]); 5] = [
        ("a.json", &[]),
        ("a.ndjson", &[]),
        ("a.csv", &[]),
        ("zh.md", &["--language", "zh"]),
        ("en.md", &["--language", "en"]),
    ];
    for (file, arguments) in exports {
        export(folder.path(), &app.url, arguments, file);
        let report = import(folder.path(), &app.url, file);
        let changed = report["rows"].as_array().expect("a list").iter().filter(|row| row["outcome"] != "UNCHANGED");
        let changed = changed.take(3).collect::<Vec<_>>();
        assert!(
            changed.is_empty(),
            "{file}: {changed:#?}\n{}",
            fs::read_to_string(folder.path().join(file)).expect("a file")
        );
    }
    assert_eq!(Catalog::read(&app.url), source);
}
