//! Catalogs of any size, the same each time: so many models, and what they refer to, beside those of the list.

mod draw;
mod model;
mod subjects;
mod words;

use std::{
    io::{IsTerminal, Write},
    time::{Duration, Instant},
};

use open_llm_catalog::catalog::{
    architecture::ArchitectureDocument,
    change::Change,
    database::{Database, DatabaseUrl, PoolOptions},
    dataset::DatasetDocument,
    document::Document,
    fill,
    license::LicenseDocument,
    model::ModelDocument,
    organization::OrganizationDocument,
};
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use subjects::{Counts, document};

/// How many documents are saved at once.
const CHUNK: usize = 1000;

/// Connects to a catalog.
pub async fn connect(url: &str) -> Database {
    let url = url.parse::<DatabaseUrl>().unwrap_or_else(|wrong| panic!("{url}: {wrong}"));
    let pool = PoolOptions { connections: 8, wait: Duration::from_secs(30), shelf: 0 };
    Database::connect(&url, pool).await.expect("the database is there")
}

/// Writes the list and `models` models into the catalog at `url`, in one change. Returns the seconds that this change took.
pub async fn generate(models: usize, url: &str) -> f64 {
    let database = connect(url).await;
    database.migrate().await.expect("the tables can be made");
    fill::fill_new(&database).await.expect("the list can be saved");
    let counts = Counts::of(models);
    let start = Instant::now();
    let mut change = Change::begin(&database, "generator").await.expect("nobody else writes");
    save::<OrganizationDocument>(&mut change, counts.organizations, subjects::organization).await;
    save::<LicenseDocument>(&mut change, words::LICENSES.len(), subjects::license).await;
    save::<ArchitectureDocument>(&mut change, words::ARCHITECTURES.len(), subjects::architecture).await;
    save::<DatasetDocument>(&mut change, counts.datasets, subjects::dataset).await;
    save::<ModelDocument>(&mut change, models, |number| model::model(number, counts)).await;
    change.commit().await.expect("the change can be committed");
    let seconds = start.elapsed().as_secs_f64();
    database.close().await.expect("the connections close");
    seconds
}

/// Lines that import `models` models, each a document with its noun, after what they refer to.
pub fn lines(models: usize) -> impl Iterator<Item = String> {
    let counts = Counts::of(models);
    let line = |noun: &'static str| {
        move |mut document: Json| {
            document["type"] = json!(noun);
            document.to_string()
        }
    };
    let organizations = (0..counts.organizations).map(subjects::organization).map(line("Organization"));
    let licenses = (0..words::LICENSES.len()).map(subjects::license).map(line("License"));
    let architectures = (0..words::ARCHITECTURES.len()).map(subjects::architecture).map(line("Architecture"));
    let datasets = (0..counts.datasets).map(subjects::dataset).map(line("Dataset"));
    let models = (0..models).map(move |number| model::model(number, counts)).map(line("Model"));
    organizations.chain(licenses).chain(architectures).chain(datasets).chain(models)
}

/// The slug of a model in the middle of a catalog of so many.
pub fn slug_in_the_middle(models: usize) -> String {
    model::slug(models / 2)
}

async fn save<D: Document + DeserializeOwned>(change: &mut Change, count: usize, make: impl Fn(usize) -> Json) {
    for start in (0..count).step_by(CHUNK) {
        let end = count.min(start + CHUNK);
        let documents = (start..end).map(|number| document(make(number))).collect::<Vec<D>>();
        change.save_all(&documents).await.expect("generated documents have no problems");
        progress(&format!("{} {end} of {count}", D::NOUN), end == count);
    }
}

/// A line that replaces the one before it, for whoever watches.
fn progress(text: &str, done: bool) {
    let mut out = std::io::stderr();
    if out.is_terminal() {
        // Nothing depends on whether it can be seen.
        let _ = write!(out, "\r{text:<60}{}", if done { "\n" } else { "" });
    }
}
