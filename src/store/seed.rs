//! Loads a data set into a catalog.

use entity::vocabulary::SubjectType;
use seed::DataSet;

use crate::db::database::Database;
use crate::domain::subject::with_document;
use crate::error::{Error, Problem, Result};
use crate::store::change::{Change, Outcome};
use crate::store::documents::Persist;
use crate::store::lineage::bases_first;

/// The number of subjects of a data set by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SeedReport {
    /// Subjects that were created.
    pub created: usize,
    /// Subjects that were changed to the state in the files.
    pub updated: usize,
    /// Subjects that already had the state in the files.
    pub unchanged: usize,
}

/// Creates or updates the subjects of a data set, in one transaction. Other subjects are not changed.
///
/// # Errors
/// A file is not a valid document, or the database fails.
pub async fn seed(database: &Database, set: DataSet) -> Result<SeedReport> {
    save_seed(Change::begin(database, "seed").await?, set).await
}

/// Loads a data set into a catalog without revisions. Returns `None` for any other catalog, which is not changed.
///
/// # Errors
/// As [`seed`].
pub async fn seed_if_empty(database: &Database, set: DataSet) -> Result<Option<SeedReport>> {
    let change = Change::begin(database, "seed").await?;
    if change.revision() > 0 {
        return Ok(None);
    }
    save_seed(change, set).await.map(Some)
}

async fn save_seed(mut change: Change, set: DataSet) -> Result<SeedReport> {
    change.mark_as_bulk();
    let mut report = SeedReport::default();
    for subject in SubjectType::referenced_first() {
        with_document!(subject, D => save_all::<D>(&mut change, &mut report, set).await?);
    }
    change.commit().await?;
    Ok(report)
}

/// Reads the documents of one type in a data set, by position and then by slug, but each after its bases.
///
/// # Errors
/// A file is not a valid document or is not named after its slug, or subjects are derived from each other in a cycle.
pub fn documents<D: Persist>(set: DataSet) -> Result<Vec<D>> {
    let documents = seed::read::<D>(set, D::SUBJECT.plural())?.into_iter().map(|(stem, document)| {
        if document.slug().as_str() == stem {
            return Ok(document);
        }
        let message = format!("is not the name of its file, {stem}.toml");
        let problem = Problem { field: "slug".to_owned(), message };
        let subject = format!("The {} {:?}", D::SUBJECT.table(), document.slug().as_str());
        Err(Error::InvalidDocument { subject, problems: vec![problem] })
    });
    let mut documents = documents.collect::<Result<Vec<_>>>()?;
    documents.sort_by_key(|document| document.position().unwrap_or(i32::MAX));
    bases_first(documents)
}

/// Saves the documents of one type.
async fn save_all<D: Persist>(change: &mut Change, report: &mut SeedReport, set: DataSet) -> Result<()> {
    for saved in change.save_all(&documents::<D>(set)?).await? {
        match saved.outcome {
            Outcome::Created => report.created += 1,
            Outcome::Updated => report.updated += 1,
            Outcome::Unchanged => report.unchanged += 1,
        }
    }
    Ok(())
}
