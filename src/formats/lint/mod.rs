//! Checks documents by the lint rules: those of a catalog, or those in files.

pub mod files;

mod copies;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::{io, path::PathBuf, pin::pin};

use chrono::NaiveDate;
use entity::vocabulary::SubjectType;
use futures_util::TryStreamExt;
use serde::Serialize;

use crate::domain::document::SubjectDocument;
use crate::domain::lint::related::{AnyDocument, Linted, MAX_ANCESTOR_STEPS, Related};
use crate::domain::lint::subject::Subject;
use crate::domain::lint::{Finding, Severity, lint};
use crate::domain::slug::Slug;
use crate::domain::subject::with_document;
use crate::error::Error;
use crate::formats::export::iterate::load_by_slug;
use crate::formats::lint::copies::{Outcome, SourceCopies};
use crate::query::as_of::snapshot_view::SnapshotView;
use crate::store::documents::Persist;
use crate::store::scan::scan_all;

/// The number of documents that are checked at once. Memory use does not grow with the number of all documents.
const WINDOW: usize = 500;

/// The numbers of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// The number of subjects that were checked.
    pub subjects: u64,
    /// The number of errors.
    pub errors: u64,
    /// The number of warnings.
    pub warnings: u64,
}

/// The receiver of findings.
pub trait Report {
    /// Reports a finding.
    ///
    /// # Errors
    /// The report cannot be written.
    fn finding(&mut self, finding: Finding) -> io::Result<()>;
}

/// An error of a check.
#[derive(Debug, thiserror::Error)]
pub enum LintError {
    /// The catalog cannot be read.
    #[error(transparent)]
    Catalog(#[from] Error),
    /// The report cannot be written.
    #[error("cannot write the report: {0}")]
    Report(io::Error),
    /// A file or folder cannot be read.
    #[error("cannot read {path}: {cause}")]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// The reason.
        cause: io::Error,
    },
}

/// A check of documents.
pub struct Linter<'a> {
    today: NaiveDate,
    copies: Option<SourceCopies>,
    report: &'a mut dyn Report,
    totals: Totals,
    /// The sources of which there is no copy, each of which is reported once.
    without_copy: HashSet<Slug>,
}

impl<'a> Linter<'a> {
    /// Creates a check. With a folder of local copies of the sources, quotes are looked up in them.
    pub fn new(today: NaiveDate, sources: Option<PathBuf>, report: &'a mut dyn Report) -> Self {
        let copies = sources.map(SourceCopies::new);
        Self { today, copies, report, totals: Totals::default(), without_copy: HashSet::new() }
    }

    /// Checks all documents of a catalog, in windows.
    ///
    /// # Errors
    /// The catalog cannot be read, or the report cannot be written.
    pub async fn catalog(mut self, snapshot: &SnapshotView) -> Result<Totals, LintError> {
        for subject in SubjectType::referenced_first() {
            with_document!(subject, D => self.documents_of::<D>(snapshot).await?);
        }
        Ok(self.totals)
    }

    async fn documents_of<D: Persist + Linted>(&mut self, snapshot: &SnapshotView) -> Result<(), LintError> {
        let mut windows = pin!(scan_all::<D, _>(snapshot).try_chunks(WINDOW));
        while let Some(window) = windows.try_next().await.map_err(|error| error.1)? {
            let related = related(snapshot, &window, self.today).await?;
            for document in &window {
                self.check(document, &related)?;
            }
        }
        Ok(())
    }

    /// Checks a document.
    ///
    /// # Errors
    /// The report cannot be written.
    fn check<D: Linted>(&mut self, document: &D, related: &Related) -> Result<(), LintError> {
        self.totals.subjects += 1;
        for finding in lint(document, related) {
            self.report(finding)?;
        }
        self.check_quotes(document, related)
    }

    fn report(&mut self, finding: Finding) -> Result<(), LintError> {
        match finding.severity {
            Severity::Error => self.totals.errors += 1,
            Severity::Warning => self.totals.warnings += 1,
        }
        self.report.finding(finding).map_err(LintError::Report)
    }

    /// Looks the quotes of a document up in the copies of their sources.
    fn check_quotes<D: Linted>(&mut self, document: &D, related: &Related) -> Result<(), LintError> {
        let mut findings = Vec::new();
        let Some(copies) = &mut self.copies else { return Ok(()) };
        let subject = Subject::of(document, related);
        for cited in &subject.evidence {
            let quoted = cited.evidence.quote.as_ref().zip(related.source.get(&cited.evidence.source));
            let Some((quote, source)) = quoted else { continue };
            let finding = |severity, rule, subject, slug: &Slug, field: String, message| Finding {
                severity,
                rule,
                subject,
                slug: slug.to_string(),
                field,
                message,
            };
            let field = format!("{}.quote", cited.path);
            match copies.find(source, cited.evidence, quote) {
                Outcome::Found => {}
                Outcome::NotFound(message) => {
                    findings.push(finding(
                        Severity::Error,
                        "quote-not-found",
                        D::SUBJECT,
                        document.slug(),
                        field,
                        message,
                    ));
                }
                Outcome::NoPlace(message) => {
                    findings.push(finding(
                        Severity::Warning,
                        "quote-without-place",
                        D::SUBJECT,
                        document.slug(),
                        field,
                        message,
                    ));
                }
                Outcome::NoCopy if self.without_copy.insert(source.slug.clone()) => {
                    let message = "has no local copy: its quotes were not checked".to_owned();
                    let (field, subject) = ("snapshots".to_owned(), SubjectType::Source);
                    findings.push(finding(Severity::Warning, "no-copy", subject, &source.slug, field, message));
                }
                Outcome::NoCopy => {}
            }
        }
        findings.into_iter().try_for_each(|finding| self.report(finding))
    }
}

/// Reads the documents that documents refer to, and of their ancestors also the licenses. The number of statements depends on the
/// number of steps to the furthest ancestor alone.
async fn related<D: Linted>(snapshot: &SnapshotView, window: &[D], today: NaiveDate) -> Result<Related, Error> {
    let mut related = Related::new(today);
    let mut wanted = HashMap::<SubjectType, BTreeSet<Slug>>::new();
    for reference in window.iter().flat_map(SubjectDocument::references) {
        wanted.entry(reference.subject).or_default().insert(reference.slug.clone());
    }
    for _ in 0..=MAX_ANCESTOR_STEPS {
        let mut next = HashMap::<SubjectType, BTreeSet<Slug>>::new();
        for (subject, mut slugs) in wanted {
            slugs.retain(|slug| !related.contains(subject, slug));
            with_document!(subject, D => add::<D>(snapshot, &slugs, &mut related, &mut next).await?);
        }
        if next.is_empty() {
            break;
        }
        wanted = next;
    }
    Ok(related)
}

/// Reads documents, and adds the bases and licenses of models to those that are wanted next.
async fn add<D: Persist + Linted>(
    snapshot: &SnapshotView,
    slugs: &BTreeSet<Slug>,
    related: &mut Related,
    next: &mut HashMap<SubjectType, BTreeSet<Slug>>,
) -> Result<(), Error> {
    let documents = load_by_slug::<D>(snapshot, slugs.iter()).await?;
    for document in documents.values() {
        let AnyDocument::Model(model) = document.any() else { continue };
        let bases = model.bases().into_iter().map(|base| (SubjectType::Model, base.model));
        let licenses = model.licenses().into_iter().map(|license| (SubjectType::License, license.clone()));
        for (subject, slug) in bases.chain(licenses) {
            next.entry(subject).or_default().insert(slug);
        }
    }
    D::of(related).extend(documents);
    Ok(())
}
