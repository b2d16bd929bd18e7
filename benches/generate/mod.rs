//! Generates catalogs of any size, the same each time: the list, and models with the subjects they refer to.

mod model;
mod random;
mod subjects;
mod vocabulary;

use std::{
    io::{IsTerminal, Write},
    time::{Duration, Instant},
};

use open_llm_catalog::db::database::{Database, PoolOptions};
use open_llm_catalog::db::url::DatabaseUrl;
use open_llm_catalog::domain::architecture::ArchitectureDocument;
use open_llm_catalog::domain::dataset::DatasetDocument;
use open_llm_catalog::domain::license::LicenseDocument;
use open_llm_catalog::domain::model::ModelDocument;
use open_llm_catalog::domain::organization::OrganizationDocument;
use open_llm_catalog::store::change::Change;
use open_llm_catalog::store::documents::Persist;
use open_llm_catalog::store::migrate::migrate;
use open_llm_catalog::store::seed::seed_if_empty;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

pub use random::Random;
use subjects::{Counts, document};

/// Documents saved at once.
const CHUNK_SIZE: usize = 1000;

/// Connects to a catalog.
pub async fn connect(url: &str) -> Database {
    let url = url.parse::<DatabaseUrl>().unwrap_or_else(|wrong| panic!("{url}: {wrong}"));
    let pool =
        PoolOptions { connections: 8, acquire_timeout: Duration::from_secs(30), slow_query_threshold: Duration::MAX };
    Database::connect(&url, pool).await.expect("the database accepts connections")
}

/// Writes the list, then `models` generated models in one transaction. Returns the seconds of this transaction.
pub async fn generate(models: usize, url: &str) -> f64 {
    let database = connect(url).await;
    migrate(&database).await.expect("the migrations succeed");
    seed_if_empty(&database, "list".parse().expect("a data set")).await.expect("the list can be saved");
    let counts = Counts::for_models(models);
    let start = Instant::now();
    let mut change = Change::begin(&database, "generator").await.expect("there is no other writer");
    save_in_chunks::<OrganizationDocument>(&mut change, counts.organizations, subjects::organization).await;
    save_in_chunks::<LicenseDocument>(&mut change, vocabulary::LICENSES.len(), subjects::license).await;
    save_in_chunks::<ArchitectureDocument>(&mut change, vocabulary::ARCHITECTURES.len(), subjects::architecture).await;
    save_in_chunks::<DatasetDocument>(&mut change, counts.datasets, subjects::dataset).await;
    save_in_chunks::<ModelDocument>(&mut change, models, |number| model::model(number, counts)).await;
    change.commit().await.expect("the transaction commits");
    let seconds = start.elapsed().as_secs_f64();
    database.close().await.expect("the connections close");
    seconds
}

/// NDJSON lines to import `models` models: documents with their type, models after the subjects they refer to.
pub fn import_lines(models: usize) -> impl Iterator<Item = String> {
    let counts = Counts::for_models(models);
    let line = |subject_type: &'static str| {
        move |mut document: Json| {
            document["type"] = json!(subject_type);
            document.to_string()
        }
    };
    let organizations = (0..counts.organizations).map(subjects::organization).map(line("Organization"));
    let licenses = (0..vocabulary::LICENSES.len()).map(subjects::license).map(line("License"));
    let architectures = (0..vocabulary::ARCHITECTURES.len()).map(subjects::architecture).map(line("Architecture"));
    let datasets = (0..counts.datasets).map(subjects::dataset).map(line("Dataset"));
    let models = (0..models).map(move |number| model::model(number, counts)).map(line("Model"));
    organizations.chain(licenses).chain(architectures).chain(datasets).chain(models)
}

/// The slug of the model in the middle of a generated catalog.
pub fn middle_slug(models: usize) -> String {
    model_slug(models / 2)
}

/// The slug of the model with this number of a generated catalog.
pub fn model_slug(number: usize) -> String {
    model::slug(number)
}

async fn save_in_chunks<D: Persist + DeserializeOwned>(
    change: &mut Change,
    count: usize,
    make: impl Fn(usize) -> Json,
) {
    for start in (0..count).step_by(CHUNK_SIZE) {
        let end = count.min(start + CHUNK_SIZE);
        let documents = (start..end).map(|number| document(make(number))).collect::<Vec<D>>();
        change.save_all(&documents).await.expect("generated documents are valid");
        print_progress(&format!("{} {end} of {count}", D::SUBJECT.table()), end == count);
    }
}

/// Overwrites the progress line on a terminal.
fn print_progress(text: &str, done: bool) {
    let mut stderr = std::io::stderr();
    if stderr.is_terminal() {
        // A failure to print progress must not end the run.
        let _ = write!(stderr, "\r{text:<60}{}", if done { "\n" } else { "" });
    }
}
