//! The documents that every test catalog holds: `tests/data/fixture.json`, an export of the program. They never change with
//! the data that the program ships, so tests may state their numbers: 31 models, 55 sizes, 44 revisions.

use open_llm_catalog::db::database::Database;
use open_llm_catalog::domain::architecture::ArchitectureDocument;
use open_llm_catalog::domain::dataset::DatasetDocument;
use open_llm_catalog::domain::license::LicenseDocument;
use open_llm_catalog::domain::model::ModelDocument;
use open_llm_catalog::domain::organization::OrganizationDocument;
use open_llm_catalog::store::change::Change;
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Fixture {
    pub organizations: Vec<OrganizationDocument>,
    pub licenses: Vec<LicenseDocument>,
    pub architectures: Vec<ArchitectureDocument>,
    pub datasets: Vec<DatasetDocument>,
    pub models: Vec<ModelDocument>,
}

/// The documents, in the order in which they are saved.
pub fn documents() -> Fixture {
    serde_json::from_str(include_str!("../data/fixture.json")).expect("the fixture is an export")
}

/// Saves the documents in an empty catalog, one revision each.
pub async fn load(database: &Database) {
    let fixture = documents();
    let mut change = Change::begin(database, "seed").await.expect("no other connection writes");
    change.save_all(&fixture.organizations).await.expect("the organizations are valid");
    change.save_all(&fixture.licenses).await.expect("the licenses are valid");
    change.save_all(&fixture.architectures).await.expect("the architectures are valid");
    change.save_all(&fixture.datasets).await.expect("the datasets are valid");
    change.save_all(&fixture.models).await.expect("the models are valid");
    change.commit().await.expect("the change can be committed");
}
