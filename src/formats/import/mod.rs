//! The importer: merges the records of a source into the catalog in one transaction, and reports the outcome of each row.

mod batch;
mod deserialize;
mod merge;
mod name_index;
pub mod report;
mod resolve;

use std::collections::{BTreeSet, HashMap, HashSet};

use entity::vocabulary::SubjectType;
use serde_json::{Map, Value as Json};

use crate::domain::base::BaseDocument;
use crate::domain::diff::diff;
use crate::domain::document::SubjectDocument;
use crate::domain::evidence::assessment::MovedValue;
use crate::domain::license::LicenseDocument;
use crate::domain::limits::TOO_LONG;
use crate::domain::slug::Slug;
use crate::domain::subject::with_document;
use crate::error::{Error, Problem, Result};
use crate::formats::import::batch::DocumentBatches;
use crate::formats::import::deserialize::{document, invalid_values};
use crate::formats::import::merge::{drop_redundant_summary, drop_url_of_copy, merge, texts};
use crate::formats::import::name_index::NameIndex;
use crate::formats::import::report::{Outcome, Report, Row, Totals};
use crate::formats::import::resolve::{Identity, Resolver, identify, reference_fields};
use crate::formats::record::{ImportedRecord, ParsedEntry, Rejected, Warning};
use crate::store::change::{Change, Edit};
use crate::store::documents::Persist;
use crate::store::lineage::Lineage;

/// The number of entries that are read, compared and saved together.
const WINDOW: usize = 500;

/// An import in progress. The caller commits the change after [`Import::finish`], or drops it if a row was rejected.
pub struct Import<'a> {
    change: &'a mut Change,
    report: &'a mut dyn Report,
    file: Option<String>,
    totals: Totals,
    names: NameIndex,
    entries: Vec<ParsedEntry>,
    batches: DocumentBatches,
    /// The bases of subjects of each type of which not all have been imported yet, by the slugs of the subjects.
    pending_bases: HashMap<SubjectType, HashMap<Slug, Vec<BaseDocument>>>,
    /// The bases of all subjects of each type of which a subject with a base has been merged.
    lineages: HashMap<SubjectType, Lineage>,
    /// The rows of subjects whose bases or cited sources may turn out to be wrong when all entries are imported.
    pending_rows: Vec<PendingRow>,
    /// The texts of licenses that were loaded.
    licenses: HashMap<Slug, Vec<String>>,
}

/// The row of a subject with bases that have not been imported yet or make a cycle, or with sources that have not been imported
/// yet.
struct PendingRow {
    row: Row,
    subject: SubjectType,
    /// The slug of the subject.
    slug: Slug,
    /// The bases of the subject.
    bases: Vec<PendingReference>,
    /// The sources that its evidence cites and that have not been imported yet.
    sources: Vec<PendingReference>,
}

/// A reference of a pending row.
struct PendingReference {
    /// The path of the field.
    column: String,
    slug: Slug,
    /// The name of the other subject in the source.
    name: String,
}

impl<'a> Import<'a> {
    /// Starts an import into the catalog that adds each row to `report`.
    pub fn new(change: &'a mut Change, report: &'a mut dyn Report) -> Self {
        change.mark_as_import();
        Self {
            change,
            report,
            file: None,
            totals: Totals::default(),
            names: NameIndex::default(),
            entries: Vec::new(),
            batches: DocumentBatches::default(),
            pending_bases: HashMap::new(),
            lineages: HashMap::new(),
            pending_rows: Vec::new(),
            licenses: HashMap::new(),
        }
    }

    /// Starts a file. The following entries are reported with its name.
    ///
    /// # Errors
    /// As [`Import::add`].
    pub async fn begin_file(&mut self, name: &str) -> Result<()> {
        self.process_window().await?;
        self.file = Some(name.to_owned());
        Ok(())
    }

    /// Adds the next entry of the source.
    ///
    /// # Errors
    /// The database fails, or the report cannot be written. Problems of the entry are in the report instead.
    pub async fn add(&mut self, entry: ParsedEntry) -> Result<()> {
        self.entries.push(entry);
        if self.entries.len() < WINDOW { Ok(()) } else { self.process_window().await }
    }

    /// Imports the remaining entries and sets the bases that were imported after the subjects derived from them. Returns the
    /// totals.
    ///
    /// # Errors
    /// As [`Import::add`].
    pub async fn finish(mut self) -> Result<Totals> {
        self.process_window().await?;
        for pending in std::mem::take(&mut self.pending_rows) {
            let problem = self.source_problem(&pending).or_else(|| self.base_problem(&pending));
            let mut row = pending.row;
            if let Some(problem) = problem {
                row.outcome = Outcome::Rejected;
                row.changes.clear();
                row.problems.push(problem);
            }
            self.report_row(row)?;
        }
        for (subject, bases) in std::mem::take(&mut self.pending_bases) {
            let exists = |base: &BaseDocument| self.names.has(subject, &base.model);
            let resolved = bases.into_iter().filter(|(_, bases)| bases.iter().all(exists)).collect::<Vec<_>>();
            for subjects in resolved.chunks(WINDOW) {
                with_document!(subject, D => self.change.link_bases::<D>(subjects).await?);
            }
        }
        Ok(self.totals)
    }

    /// Returns the problem of the cited sources of a pending row, after all entries have been merged.
    fn source_problem(&self, row: &PendingRow) -> Option<Warning> {
        let missing = row.sources.iter().find(|source| !self.names.has(SubjectType::Source, &source.slug))?;
        Some(Resolver::unresolved(&missing.column, SubjectType::Source, &missing.name))
    }

    /// Returns the problem of the bases of a pending row, after all entries have been merged.
    fn base_problem(&self, PendingRow { subject, slug, bases, .. }: &PendingRow) -> Option<Warning> {
        let missing = bases.iter().find(|base| !self.names.has(*subject, &base.slug));
        if let Some(PendingReference { column, name, .. }) = missing {
            return Some(Resolver::unresolved(column, *subject, name));
        }
        let Problem { field, message } = self.lineages.get(subject)?.cycle_of(slug)?.problem(slug);
        let names = bases.iter().map(|base| base.name.as_str()).collect::<Vec<_>>();
        Some(Warning { column: field, raw: names.join(", "), message })
    }

    /// Updates the bases of a subject in the lineage of its type. Returns whether the subject is in a cycle, which a later entry
    /// may break.
    async fn update_lineage<D: Persist>(&mut self, document: &D) -> Result<bool> {
        let (slug, bases) = (document.slug(), document.bases());
        if !self.lineages.contains_key(&D::SUBJECT) && !bases.is_empty() {
            self.save().await?;
            self.lineages.insert(D::SUBJECT, Lineage::read(self.change.transaction(), D::SUBJECT).await?);
        }
        let Some(lineage) = self.lineages.get_mut(&D::SUBJECT) else { return Ok(false) };
        lineage.set(slug, &bases);
        Ok(lineage.cycle_of(slug).is_some())
    }

    /// Merges and saves the buffered entries.
    async fn process_window(&mut self) -> Result<()> {
        let entries = std::mem::take(&mut self.entries);
        for subject in needed_subjects(&entries) {
            self.names.read(self.change.transaction(), subject).await?;
        }
        for subject in SubjectType::referenced_first() {
            with_document!(subject, D => self.read::<D>(&entries).await?);
        }
        let cited = entries.iter().flatten().flat_map(|record| cited_sources(&record.fields));
        self.change.read_authorities(cited.collect()).await?;
        for entry in entries {
            match entry {
                Ok(record) => with_document!(record.subject, D => self.merge_record::<D>(record).await?),
                Err(Rejected { ignorable, place, subject, problems }) => {
                    let (outcome, warnings, problems) = match ignorable {
                        true => (Outcome::Unchanged, problems, Vec::new()),
                        false => (Outcome::Rejected, Vec::new(), problems),
                    };
                    let row = Row {
                        file: self.file.clone(),
                        place,
                        subject,
                        slug: None,
                        outcome,
                        changes: Vec::new(),
                        warnings,
                        problems,
                    };
                    self.report_row(row)?;
                }
            }
        }
        self.save().await?;
        for subject in SubjectType::referenced_first() {
            with_document!(subject, D => self.batches.of::<D>().known.clear());
        }
        Ok(())
    }

    /// Loads the documents of the subjects of one type that entries are about.
    async fn read<D: Persist>(&mut self, entries: &[ParsedEntry]) -> Result<()> {
        let records = entries.iter().flatten().filter(|record| record.subject == D::SUBJECT);
        let found = records.filter_map(|record| {
            let identity = identify::<D>(&self.names, &record.fields).ok()?;
            identity.found.then_some(identity.slug)
        });
        let slugs = found.collect::<HashSet<_>>();
        self.load::<D>(&slugs.iter().collect::<Vec<_>>()).await
    }

    async fn load<D: Persist>(&mut self, slugs: &[&Slug]) -> Result<()> {
        let mut known = self.change.load_all::<D>(slugs).await?;
        for (slug, (_, document)) in &mut known {
            if let Some(bases) = self.pending_bases.get(&D::SUBJECT).and_then(|pending| pending.get(slug)) {
                document.set_bases(bases.clone());
            }
        }
        self.batches.of::<D>().known.extend(known);
        Ok(())
    }

    /// Merges a record into the document of its subject.
    async fn merge_record<D: Persist>(&mut self, record: ImportedRecord) -> Result<()> {
        let ImportedRecord { place, mut fields, warnings, .. } = record;
        let mut row = Row {
            file: self.file.clone(),
            place,
            subject: Some(D::SUBJECT),
            slug: None,
            outcome: Outcome::Rejected,
            changes: Vec::new(),
            warnings,
            problems: invalid_values(&fields),
        };
        let Identity { slug, found, has_slug } = match identify::<D>(&self.names, &fields) {
            Ok(identity) => identity,
            Err(problem) => {
                row.problems.push(problem);
                return self.report_row(row);
            }
        };
        row.slug = Some(slug.to_string());
        // Merging lists that are too long would take too much time.
        if row.problems.iter().any(|problem| problem.message == TOO_LONG) {
            return self.report_row(row);
        }
        if self.batches.of::<D>().changed.contains(&slug) {
            // A second record of a subject is merged into the document that the first one changed.
            self.save().await?;
        }
        if found && !self.batches.of::<D>().known.contains_key(&slug) {
            self.load::<D>(&[&slug]).await?;
        }
        let before = self.batches.of::<D>().known.get(&slug).cloned();
        if before.is_some() && !has_slug {
            // The subject was found by this name, so the name is not a new fact.
            fields.remove(D::NAME_FIELD);
        }
        let base_names = base_names::<D>(&fields);
        let mut resolver = Resolver::new::<D>(&self.names);
        resolver.resolve::<D>(&mut fields);
        row.problems.append(&mut resolver.problems);
        let sources = resolver.missing_sources.into_iter();
        let sources = sources.map(|(column, slug)| PendingReference { column, name: slug.to_string(), slug });
        let sources = sources.collect::<Vec<_>>();
        let old = before.as_ref().map(|(_, before)| object(before)).transpose()?.unwrap_or_default();
        if before.is_some() && !has_slug {
            let known = self.texts(&old, &fields).await?;
            row.warnings.extend(drop_redundant_summary(&old, &mut fields, &known));
            row.warnings.extend(drop_url_of_copy(&old, &mut fields));
        }
        let mut new = old.clone();
        D::merge_bases(&mut new, &mut fields);
        merge(&mut new, fields);
        new.insert("slug".to_owned(), slug.as_str().into());
        let assumed = D::set_required(&mut new).into_iter();
        row.warnings.extend(assumed.map(|problem| Warning {
            column: problem.field,
            raw: String::new(),
            message: problem.message,
        }));
        let after = match document::<D>(new) {
            Ok(after) if row.problems.is_empty() => after,
            Ok(_) => return self.report_row(row),
            Err(problems) => {
                row.problems.extend(problems);
                return self.report_row(row);
            }
        };
        self.change.announce_source(&after);
        let reconciled = self.change.reconcile(before.as_ref().map(|(_, before)| before), &after).await?;
        row.warnings.extend(reconciled.moved.iter().filter_map(not_stored));
        let after = reconciled.document.unwrap_or(after);
        row.outcome = match &before {
            None => Outcome::Created,
            Some((_, before)) if *before == after => Outcome::Unchanged,
            Some(_) => Outcome::Updated,
        };
        if row.outcome != Outcome::Unchanged && self.report.wants_changes(row.outcome) {
            let old = before.as_ref().map(|_| Json::Object(old));
            row.changes = diff(old.as_ref(), Some(&Json::Object(object(&after)?)));
        }
        let bases = after.bases();
        let missing = bases.iter().any(|base| !self.names.has(D::SUBJECT, &base.model));
        let pending = self.pending_bases.entry(D::SUBJECT).or_default();
        if missing {
            pending.insert(slug.clone(), bases.clone());
        } else {
            pending.remove(&slug);
        }
        let cyclic = self.update_lineage(&after).await?;
        let own_slug = slug.clone();
        if row.outcome != Outcome::Unchanged {
            self.names.rename(before.as_ref().map(|(_, before)| before), &after);
            let batch = self.batches.of::<D>();
            batch.changed.insert(slug);
            batch.edits.push((before, after));
        }
        if missing || cyclic || !sources.is_empty() {
            let bases = pending_bases(&bases, &base_names);
            self.pending_rows.push(PendingRow { row, subject: D::SUBJECT, slug: own_slug, bases, sources });
        } else {
            self.report_row(row)?;
        }
        Ok(())
    }

    /// Returns the texts that a summary may repeat: those of the document and of its license. Empty without a summary.
    async fn texts(&mut self, old: &Map<String, Json>, stated: &Map<String, Json>) -> Result<Vec<String>> {
        if !stated.contains_key("summary") {
            return Ok(Vec::new());
        }
        let mut texts = texts(old);
        let license = stated.get("license").or(old.get("license")).and_then(Json::as_str);
        if let Some(slug) = license.and_then(|slug| slug.parse::<Slug>().ok()) {
            if !self.licenses.contains_key(&slug) {
                self.save().await?;
                let found = self.change.load_all::<LicenseDocument>(&[&slug]).await?.remove(&slug);
                let found = found.map_or_else(|| Ok(Map::new()), |(_, license)| object(&license))?;
                self.licenses.insert(slug.clone(), crate::formats::import::texts(&found));
            }
            texts.extend(self.licenses[&slug].iter().cloned());
        }
        Ok(texts)
    }

    /// Saves the changed documents.
    async fn save(&mut self) -> Result<()> {
        if !self.batches.of::<LicenseDocument>().edits.is_empty() {
            self.licenses.clear();
        }
        for subject in SubjectType::referenced_first() {
            with_document!(subject, D => self.save_batch::<D>().await?);
        }
        Ok(())
    }

    async fn save_batch<D: Persist>(&mut self) -> Result<()> {
        let batch = self.batches.of::<D>();
        for slug in batch.changed.drain() {
            batch.known.remove(&slug);
        }
        let (before, after): (Vec<_>, Vec<_>) = std::mem::take(&mut batch.edits).into_iter().unzip();
        if !after.is_empty() {
            let edits = before.into_iter().zip(&after).map(|(before, after)| Edit { before, after });
            self.change.apply(&edits.collect::<Vec<_>>()).await?;
        }
        Ok(())
    }

    fn report_row(&mut self, row: Row) -> Result<()> {
        self.totals.add(&row);
        self.report.row(row).map_err(Error::internal)
    }
}

/// Returns the warning that a stated value is not stored, because another statement holds. None if there was no value.
fn not_stored(MovedValue { field, from, to, source }: &MovedValue) -> Option<Warning> {
    let stored = if to.is_null() { "unknown".to_owned() } else { to.to_string() };
    (!from.is_null()).then(|| Warning {
        column: field.clone(),
        raw: from.as_str().map_or_else(|| from.to_string(), str::to_owned),
        message: format!("stored as {stored}, which the source {:?} states: its statement holds", source.as_str()),
    })
}

/// Returns the slugs of the sources that the evidence of a record cites.
fn cited_sources(fields: &Map<String, Json>) -> BTreeSet<Slug> {
    let list =
        |fields: &Map<String, Json>| fields.get("evidence").and_then(Json::as_array).cloned().unwrap_or_default();
    let parts = fields.values().filter_map(Json::as_array).flatten().filter_map(Json::as_object);
    let evidence = parts.flat_map(list).chain(list(fields));
    evidence.filter_map(|evidence| evidence.get("source")?.as_str()?.parse().ok()).collect()
}

/// Returns the names of the bases in a record, each with the path of its field.
fn base_names<D: Persist>(fields: &Map<String, Json>) -> Vec<(String, String)> {
    let text = |column: String, value: &Json| Some((column, value.as_str()?.to_owned()));
    let base = D::base_field().and_then(|field| text(field.to_owned(), fields.get(field)?));
    let bases = fields.get("bases").and_then(Json::as_array).into_iter().flatten().enumerate();
    let bases = bases.filter_map(|(index, base)| text(format!("bases.{index}.model"), base.get("model")?));
    base.into_iter().chain(bases).collect()
}

/// Returns the bases of a document with their names in the record. A base that another record stated has its slug as its name.
fn pending_bases(bases: &[BaseDocument], names: &[(String, String)]) -> Vec<PendingReference> {
    let bases = bases.iter().map(|base| {
        let matches = |(_, name): &&(String, String)| {
            name.as_str() == base.model.as_str() || Slug::of(name).is_some_and(|slug| slug == base.model)
        };
        let stated = names.iter().find(matches).or_else(|| names.first().filter(|_| names.len() == 1)).cloned();
        let (column, name) = stated.unwrap_or_else(|| ("bases".to_owned(), base.model.to_string()));
        PendingReference { column, slug: base.model.clone(), name }
    });
    bases.collect()
}

/// Returns the types of the subjects that entries are about or refer to.
fn needed_subjects(entries: &[ParsedEntry]) -> HashSet<SubjectType> {
    let mut subjects = HashSet::new();
    for record in entries.iter().flatten() {
        subjects.insert(record.subject);
        let references = with_document!(record.subject, D => reference_fields::<D>().collect::<Vec<_>>());
        let stated = references.into_iter().filter(|(path, _)| {
            let field = path.split('.').next().unwrap_or_default();
            record.fields.contains_key(field)
        });
        subjects.extend(stated.map(|(_, subject)| subject));
    }
    subjects
}

/// Returns the fields of a document as JSON.
fn object<D: SubjectDocument>(document: &D) -> Result<Map<String, Json>> {
    match serde_json::to_value(document).map_err(Error::internal)? {
        Json::Object(fields) => Ok(fields),
        _ => Ok(Map::new()),
    }
}
