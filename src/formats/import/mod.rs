//! The importer: merges the records of a source into the catalog in one transaction, and reports the outcome of each row.

mod batch;
mod cite;
mod deserialize;
mod evidence;
mod implied;
mod levels;
mod merge;
mod name_index;
mod pending;
pub mod report;
mod resolve;

use std::any::Any;
use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::{DefaultHasher, Hash, Hasher};

use entity::vocabulary::SubjectType;
use serde_json::{Map, Value as Json};

use crate::domain::base::BaseDocument;
use crate::domain::diff::diff;
use crate::domain::document::SubjectDocument;
use crate::domain::evidence::reconcile::MovedValue;
use crate::domain::license::LicenseDocument;
use crate::domain::limits::TOO_LONG;
use crate::domain::model::ModelDocument;
use crate::domain::slug::Slug;
use crate::domain::subject::with_document;
use crate::error::{Error, Problem, Result};
use crate::formats::import::batch::DocumentBatches;
use crate::formats::import::deserialize::{document, invalid_values};
use crate::formats::import::evidence::{Circumstances, CitedSource, cited_sources};
use crate::formats::import::levels::{Agreement, UNKNOWN_SIZE};
use crate::formats::import::merge::{drop_redundant_summary, drop_url_of_copy, merge, texts};
use crate::formats::import::name_index::NameIndex;
use crate::formats::import::pending::{ImpliedRecords, PendingReference, PendingRow, base_names, pending_bases};
use crate::formats::import::report::{Outcome, Report, Row, RowKey, SkippedRows, Totals};
use crate::formats::import::resolve::{Identity, Resolver, identify, reference_fields};
use crate::formats::record::{ImportedRecord, ParsedEntry, Rejected, SourceLocation, Warning};
use crate::store::change::Change;
use crate::store::documents::Persist;
use crate::store::lineage::Lineage;
use crate::store::subject_edit::Edit;

/// The number of entries that are read, compared and saved together.
const WINDOW: usize = 500;

/// An import in progress. The caller commits the change after [`Import::finish`], or drops it if a row was rejected.
pub struct Import<'a> {
    change: &'a mut Change,
    report: &'a mut dyn Report,
    /// The file of the entry that is merged.
    file: ImportedFile,
    /// The files that begin in the buffered entries, each with the number of entries before it.
    next_files: VecDeque<(usize, ImportedFile)>,
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
    /// The source of all records whose format states none.
    source: Option<CitedSource>,
    /// The parts of subjects about which this import has added evidence, as hashes.
    cited: HashSet<u64>,
    /// Whether models and sizes that are not in the catalog are left out.
    only_existing: bool,
    /// The facts that are left out.
    left_out: Vec<String>,
    /// Records of subjects that no record that is kept has referred to so far.
    implied: ImpliedRecords,
    /// The architectures of the sizes of models of which not all are known yet.
    architectures: HashMap<Slug, Agreement>,
    /// The facts of existing models that this import has stated, as hashes.
    stated: HashSet<u64>,
    /// Rows that are not imported, because an earlier attempt rejected them, with the reasons.
    skipped: SkippedRows,
    /// The rows whose subjects may not have been saved yet, in order, each with its subject if it changes one.
    unsaved: Vec<(Row, Option<SubjectKey>)>,
    /// The problems of subjects that could not be saved.
    unsavable: HashMap<SubjectKey, Vec<Warning>>,
}

/// The type and the slug of a subject.
type SubjectKey = (SubjectType, Slug);

/// The names of a file.
#[derive(Clone, Debug, Default)]
pub struct ImportedFile {
    /// The name in the report; none if it is the only file.
    pub name: Option<String>,
    /// The name in evidence; none for standard input.
    pub locator: Option<String>,
}

impl<'a> Import<'a> {
    /// Starts an import into the catalog that adds each row to `report`.
    pub fn new(change: &'a mut Change, report: &'a mut dyn Report) -> Self {
        change.mark_as_import();
        Self {
            change,
            report,
            file: ImportedFile::default(),
            next_files: VecDeque::new(),
            totals: Totals::default(),
            names: NameIndex::default(),
            entries: Vec::new(),
            batches: DocumentBatches::default(),
            pending_bases: HashMap::new(),
            lineages: HashMap::new(),
            pending_rows: Vec::new(),
            licenses: HashMap::new(),
            source: None,
            cited: HashSet::new(),
            only_existing: false,
            left_out: Vec::new(),
            implied: ImpliedRecords::default(),
            architectures: HashMap::new(),
            stated: HashSet::new(),
            skipped: SkippedRows::new(),
            unsaved: Vec::new(),
            unsavable: HashMap::new(),
        }
    }

    /// Leaves out rows that an earlier attempt rejected. They are reported as rejected, with the reasons.
    pub fn skip(&mut self, rows: SkippedRows) {
        self.skipped = rows;
    }

    /// Leaves out records about models and licenses that are not in the catalog, sizes that its models do not have, and the subjects
    /// that only such records imply.
    pub fn only_existing(&mut self) {
        self.only_existing = true;
    }

    /// Leaves out facts of all records, such as one that the source is known to have wrong.
    pub fn leave_out_facts(&mut self, facts: Vec<String>) {
        self.left_out = facts;
    }

    /// Removes the facts that are left out.
    fn without(&self, fields: &mut Map<String, Json>) {
        fields.retain(|field, _| !self.left_out.contains(field));
        for size in fields.get_mut("sizes").and_then(Json::as_array_mut).into_iter().flatten() {
            if let Some(size) = size.as_object_mut() {
                size.retain(|field, _| field == "parameters" || !self.left_out.contains(field));
            }
        }
    }

    /// Starts a file: the following entries are those of it.
    pub fn begin_file(&mut self, file: ImportedFile) {
        self.next_files.push_back((self.entries.len(), file));
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
            let problem = pending.problem(&self.names, self.lineages.get(&pending.subject));
            let mut row = pending.row;
            if let Some(problem) = problem {
                row.reject(vec![problem]);
            }
            self.report_after_save(row, Some((pending.subject, pending.slug)))?;
        }
        for (subject, bases) in std::mem::take(&mut self.pending_bases) {
            let exists =
                |slug: &Slug| self.names.has(subject, slug) && !self.unsavable.contains_key(&(subject, slug.clone()));
            let resolved =
                bases.into_iter().filter(|(slug, bases)| exists(slug) && bases.iter().all(|base| exists(&base.model)));
            let resolved = resolved.collect::<Vec<_>>();
            for subjects in resolved.chunks(WINDOW) {
                with_document!(subject, D => self.change.link_bases::<D>(subjects).await?);
            }
        }
        Ok(self.totals)
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
        let cites = entries.iter().flatten().any(|record| record.provenance.is_some());
        for subject in needed_subjects(&entries).into_iter().chain(cites.then_some(SubjectType::Source)) {
            self.names.read(self.change.transaction(), subject).await?;
        }
        for subject in SubjectType::referenced_first() {
            with_document!(subject, D => self.read::<D>(&entries).await?);
        }
        let cited = entries.iter().flatten().flat_map(|record| cited_sources(&record.fields));
        self.change.read_authorities(cited.collect()).await?;
        for (index, entry) in entries.into_iter().enumerate() {
            self.enter_files(index);
            match entry {
                Ok(record) => self.merge_or_keep(record).await?,
                Err(Rejected { ignorable: true, place, subject, problems }) => {
                    let outcome = Outcome::Unchanged;
                    self.report_row(Row { outcome, warnings: problems, ..self.rejected(place, subject) })?;
                }
                Err(Rejected { place, subject, problems, .. }) => {
                    self.report_row(Row { problems, ..self.rejected(place, subject) })?;
                }
            }
        }
        self.enter_files(usize::MAX);
        self.save().await?;
        for subject in SubjectType::referenced_first() {
            with_document!(subject, D => self.batches.of::<D>().known.clear());
        }
        Ok(())
    }

    /// Continues with the last file that begins before or at an entry.
    fn enter_files(&mut self, index: usize) {
        while let Some((_, file)) = self.next_files.pop_front_if(|(first, _)| *first <= index) {
            self.file = file;
        }
    }

    /// Returns a rejected row without reasons.
    fn rejected(&self, place: SourceLocation, subject: Option<SubjectType>) -> Row {
        Row {
            file: self.file.name.clone(),
            place,
            subject,
            slug: None,
            outcome: Outcome::Rejected,
            changes: Vec::new(),
            warnings: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Returns the key of a row.
    fn key(&self, place: &SourceLocation, subject: Option<SubjectType>) -> RowKey {
        RowKey { file: self.file.name.clone(), line: place.line, row: place.row.clone(), subject }
    }

    /// Loads the documents of the subjects of one type that entries are about.
    async fn read<D: Persist>(&mut self, entries: &[ParsedEntry]) -> Result<()> {
        let records = entries.iter().flatten().filter(|record| record.subject == D::SUBJECT);
        let found = records.filter_map(|record| {
            let identity = identify::<D>(&self.names, record).ok()?;
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
        let identity = identify::<D>(&self.names, &record);
        let is_own = D::SUBJECT == SubjectType::Model || (D::SUBJECT == SubjectType::License && !record.is_implied);
        if self.only_existing && is_own && identity.as_ref().is_ok_and(|identity| !identity.found) {
            return self.leave_out(record);
        }
        let skipped = if self.skipped.is_empty() {
            None
        } else {
            self.skipped.get(&self.key(&record.place, Some(D::SUBJECT))).cloned()
        };
        let ImportedRecord {
            place,
            mut fields,
            warnings,
            qualifiers,
            size_lines,
            base_is_optional,
            id,
            provenance,
            unlabelled,
            ..
        } = record;
        if let Some(problems) = skipped {
            return self.report_row(Row { warnings, problems, ..self.rejected(place, Some(D::SUBJECT)) });
        }
        self.without(&mut fields);
        let problems = invalid_values(&fields);
        let mut row = Row { warnings, problems, ..self.rejected(place, Some(D::SUBJECT)) };
        let identity = match identity {
            Ok(identity) => identity,
            Err(problem) => {
                row.problems.push(problem);
                return self.report_row(row);
            }
        };
        let Identity { slug, found, has_slug, part } = identity.clone();
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
        self.add_source(provenance.as_ref()).await?;
        let source = self.source_of(provenance.as_ref());
        let old = before.as_ref().map(|(_, before)| object(before)).transpose()?.unwrap_or_default();
        let mut bases = None;
        let model = before.as_ref().and_then(|(_, before)| (before as &dyn Any).downcast_ref::<ModelDocument>());
        let model = model.filter(|_| !has_slug && (part.is_some() || self.only_existing));
        let is_placed = model.is_some();
        if let Some(model) = model {
            let cited = model.cited_sources().into_iter().map(|reference| reference.slug.clone());
            let cited = cited.chain(source.as_ref().map(|source| source.slug.clone())).collect();
            self.change.read_authorities(cited).await?;
            let subject = levels::Subject {
                names: &self.names,
                model,
                json: &old,
                source: source.as_ref(),
                has_quote: provenance.as_ref().is_some_and(|provenance| provenance.quote.is_some()),
                sources: self.change.authorities(),
                architectures: &mut self.architectures,
                stated: &mut self.stated,
            };
            let placed = levels::place(subject, &identity, &row.place.row, fields, unlabelled);
            (fields, bases) = (placed.fields, placed.bases);
            row.warnings.extend(placed.warnings);
        } else if !unlabelled.is_empty() {
            let raw = unlabelled.keys().cloned().collect::<Vec<_>>().join(", ");
            row.warnings.push(Warning { column: String::new(), raw, message: UNKNOWN_SIZE.to_owned() });
        }
        self.add_implied::<D>(&mut fields, &mut row).await?;
        let base_names = base_names::<D>(&fields);
        // A page or a list may name a base that was never imported.
        let mut resolver = Resolver::new::<D>(&self.names, id.is_some() || base_is_optional);
        resolver.resolve::<D>(&mut fields);
        row.problems.append(&mut resolver.problems);
        let sources = resolver.missing_sources.into_iter();
        let sources = sources.map(|(column, slug)| PendingReference { column, name: slug.to_string(), slug });
        let sources = sources.collect::<Vec<_>>();
        row.warnings.append(&mut resolver.warnings);
        if let Some(Json::Array(bases)) = fields.get_mut("bases").filter(|_| id.is_some()) {
            bases.retain(|base| base.get("model").is_some());
        }
        if before.is_some() && !has_slug {
            let known = self.texts(&old, &fields).await?;
            row.warnings.extend(drop_redundant_summary(&old, &mut fields, &known));
            row.warnings.extend(drop_url_of_copy(&old, &mut fields));
        }
        let mut new = old.clone();
        if let Some(source) = source {
            let circumstances = Circumstances {
                source: &source,
                file: self.file.locator.as_deref(),
                line: row.place.line,
                provenance: provenance.as_ref(),
                qualifiers: &qualifiers,
                size_lines: &size_lines,
                is_placed,
            };
            let keeps = |part: &str| !self.cited.insert(cited_key(D::SUBJECT, &slug, part));
            evidence::add(D::SUBJECT, &mut new, &mut fields, &circumstances, keeps);
            if let Some(bases) = &bases {
                let known = before.as_ref().map_or(0, |(_, before)| before.bases().len());
                evidence::add_bases(&mut new, known, bases, &circumstances);
            }
        }
        if is_placed {
            evidence::keep_values(D::SUBJECT, &old, &mut fields);
        }
        if let Some(bases) = bases {
            new.remove("baseModel");
            new.insert("bases".to_owned(), bases.into());
        }
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
        let reconciled = match self.change.reconcile(before.as_ref().map(|(_, before)| before), &after).await {
            Ok(reconciled) => reconciled,
            Err(error) => {
                row.reject(error.problems()?.into_iter().map(warning).collect());
                return self.report_row(row);
            }
        };
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
        let key = (row.outcome != Outcome::Unchanged).then(|| (D::SUBJECT, slug.clone()));
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
            self.unsaved.push((row, key));
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
        for (row, key) in std::mem::take(&mut self.unsaved) {
            self.report_after_save(row, key)?;
        }
        Ok(())
    }

    /// Saves the changed documents of a type. If one of them cannot be saved, the others are, and its row is rejected.
    async fn save_batch<D: Persist>(&mut self) -> Result<()> {
        let batch = self.batches.of::<D>();
        for slug in batch.changed.drain() {
            batch.known.remove(&slug);
        }
        let (before, after): (Vec<_>, Vec<_>) = std::mem::take(&mut batch.edits).into_iter().unzip();
        let edits = before.into_iter().zip(&after).map(|(before, after)| Edit { before, after }).collect::<Vec<_>>();
        let mut parts = Vec::from_iter(Some(edits).filter(|edits| !edits.is_empty()));
        while let Some(mut edits) = parts.pop() {
            let savepoint = self.change.savepoint().await?;
            let Err(error) = self.change.apply(&edits).await else {
                self.change.release(savepoint).await?;
                continue;
            };
            let problems = error.problems()?;
            self.change.roll_back_to(savepoint).await?;
            if let [edit] = &edits[..] {
                let problems = problems.into_iter().map(warning).collect();
                self.unsavable.insert((D::SUBJECT, edit.after.slug().clone()), problems);
                continue;
            }
            let later = edits.split_off(edits.len() / 2);
            parts.extend([later, edits]);
        }
        Ok(())
    }

    /// Reports a row whose subject has been saved, or could not be.
    fn report_after_save(&mut self, mut row: Row, key: Option<SubjectKey>) -> Result<()> {
        if let Some(problems) = key.and_then(|key| self.unsavable.get(&key)) {
            row.reject(problems.clone());
        }
        self.totals.add(&row);
        self.report.row(row).map_err(Error::internal)
    }

    /// Reports a row that changes nothing, after those before it.
    fn report_row(&mut self, row: Row) -> Result<()> {
        if !self.unsaved.is_empty() {
            self.unsaved.push((row, None));
            return Ok(());
        }
        self.report_after_save(row, None)
    }
}

/// Returns a problem of a document as one of its row.
fn warning(Problem { field, message }: Problem) -> Warning {
    Warning { column: field, raw: String::new(), message }
}

/// Returns the key of a part of a subject in [`Import::cited`].
fn cited_key(subject: SubjectType, slug: &Slug, part: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (subject, slug, part).hash(&mut hasher);
    hasher.finish()
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
