//! Filling a catalog with the facts it starts with.

use seed::Folder;

use crate::db::database::Database;
use crate::domain::architecture::ArchitectureDocument;
use crate::domain::dataset::DatasetDocument;
use crate::domain::license::LicenseDocument;
use crate::domain::model::ModelDocument;
use crate::domain::organization::OrganizationDocument;
use crate::error::{Error, Problem, Result};
use crate::store::change::{Change, Outcome};
use crate::store::documents::Persist;

/// What filling a catalog came to, in subjects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SeedReport {
    /// New in the catalog.
    pub created: usize,
    /// Brought back to what the files say.
    pub updated: usize,
    /// As the files say already.
    pub unchanged: usize,
}

/// Makes the catalog say what the files of the list say, all or nothing. What else it holds stays.
///
/// # Errors
/// A file is not the document it should be, or the database fails.
pub async fn seed(database: &Database) -> Result<SeedReport> {
    save_seed(Change::begin(database, "seed").await?).await
}

/// The same for a catalog that nothing has ever been written to; leaves any other alone.
///
/// # Errors
/// As [`seed`].
pub async fn seed_if_empty(database: &Database) -> Result<Option<SeedReport>> {
    let change = Change::begin(database, "seed").await?;
    if change.revision() > 0 {
        return Ok(None);
    }
    save_seed(change).await.map(Some)
}

async fn save_seed(mut change: Change) -> Result<SeedReport> {
    let mut filled = SeedReport::default();
    // Each kind refers only to those before it, and a derived model to foundation models.
    save_all(&mut change, &mut filled, &read::<OrganizationDocument>(Folder::Organizations)?).await?;
    save_all(&mut change, &mut filled, &read::<LicenseDocument>(Folder::Licenses)?).await?;
    save_all(&mut change, &mut filled, &read::<ArchitectureDocument>(Folder::Architectures)?).await?;
    save_all(&mut change, &mut filled, &read::<DatasetDocument>(Folder::Datasets)?).await?;
    let mut models = read::<ModelDocument>(Folder::Models)?;
    models.sort_by_key(|model| model.position.unwrap_or(i32::MAX));
    save_all(&mut change, &mut filled, &models).await?;
    change.commit().await?;
    Ok(filled)
}

fn read<D: Persist>(folder: Folder) -> Result<Vec<D>> {
    let documents = seed::read::<D>(folder)?.into_iter().map(|(stem, document)| {
        if document.slug().as_str() == stem {
            return Ok(document);
        }
        let message = format!("is not the name of its file, {stem}.toml");
        let problem = Problem { field: "slug".to_owned(), message };
        let subject = format!("The {} {:?}", D::TABLE_NAME, document.slug().as_str());
        Err(Error::InvalidDocument { subject, problems: vec![problem] })
    });
    documents.collect()
}

async fn save_all<D: Persist>(change: &mut Change, filled: &mut SeedReport, documents: &[D]) -> Result<()> {
    for saved in change.save_all(documents).await? {
        match saved.outcome {
            Outcome::Created => filled.created += 1,
            Outcome::Updated => filled.updated += 1,
            Outcome::Unchanged => filled.unchanged += 1,
        }
    }
    Ok(())
}
