//! Filling a catalog with the facts it starts with.

use entity::vocabulary::SubjectType;

use crate::db::database::Database;
use crate::domain::subject::with_document;
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
    let mut report = SeedReport::default();
    for subject in SubjectType::referenced_first() {
        with_document!(subject, D => save_all::<D>(&mut change, &mut report, subject.plural()).await?);
    }
    change.commit().await?;
    Ok(report)
}

fn read<D: Persist>(folder: &str) -> Result<Vec<D>> {
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

async fn save_all<D: Persist>(change: &mut Change, report: &mut SeedReport, folder: &str) -> Result<()> {
    let mut documents = read::<D>(folder)?;
    // In the order of the list a derived model comes after its base model.
    documents.sort_by_key(|document| document.position().unwrap_or(i32::MAX));
    for saved in change.save_all(&documents).await? {
        match saved.outcome {
            Outcome::Created => report.created += 1,
            Outcome::Updated => report.updated += 1,
            Outcome::Unchanged => report.unchanged += 1,
        }
    }
    Ok(())
}
