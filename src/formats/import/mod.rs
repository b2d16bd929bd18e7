//! The importer: what a source says goes through the one door for writes, all of it or nothing, and each row is accounted
//! for.

mod batch;
mod deserialize;
mod merge;
mod name_index;
pub mod report;
mod resolve;

use std::collections::{HashMap, HashSet};

use entity::vocabulary::SubjectType;
use serde_json::{Map, Value as Json};

use crate::domain::diff::diff;
use crate::domain::document::SubjectDocument;
use crate::domain::license::LicenseDocument;
use crate::domain::slug::Slug;
use crate::domain::subject::with_document;
use crate::domain::validation::TOO_LONG;
use crate::error::{Error, Result};
use crate::formats::import::batch::Batches;
use crate::formats::import::deserialize::{document, invalid_values};
use crate::formats::import::merge::{drop_redundant_summary, merge, texts};
use crate::formats::import::name_index::NameIndex;
use crate::formats::import::report::{Outcome, Report, Row, Totals};
use crate::formats::import::resolve::{Identity, Resolver, identify, reference_fields};
use crate::formats::record::{ImportedRecord, ParsedEntry, Rejected, Warning};
use crate::store::change::{Change, Edit};
use crate::store::documents::Persist;

/// How many entries are read, compared and saved at once.
const WINDOW: usize = 500;

/// An import under way. Whoever holds the change commits it, or, where a row is rejected, drops it.
pub struct Import<'a> {
    change: &'a mut Change,
    report: &'a mut dyn Report,
    file: Option<String>,
    totals: Totals,
    names: NameIndex,
    entries: Vec<ParsedEntry>,
    batches: Batches,
    /// Models, each with the base model that it refers to and that has not come yet.
    pending_bases: HashMap<Slug, Slug>,
    /// The rows of those, with the words that the source has for it.
    pending_rows: Vec<(Row, Slug, String)>,
    /// The texts of licenses that were asked for.
    licenses: HashMap<Slug, Vec<String>>,
}

impl<'a> Import<'a> {
    /// An import into the catalog that tells `report` of each row.
    pub fn new(change: &'a mut Change, report: &'a mut dyn Report) -> Self {
        change.mark_as_import();
        Self {
            change,
            report,
            file: None,
            totals: Totals::default(),
            names: NameIndex::default(),
            entries: Vec::new(),
            batches: Batches::default(),
            pending_bases: HashMap::new(),
            pending_rows: Vec::new(),
            licenses: HashMap::new(),
        }
    }

    /// What comes next stands in this file.
    ///
    /// # Errors
    /// As [`Import::add`].
    pub async fn begin_file(&mut self, name: &str) -> Result<()> {
        self.process_window().await?;
        self.file = Some(name.to_owned());
        Ok(())
    }

    /// Takes what stands at the next place of the source.
    ///
    /// # Errors
    /// The database fails, or the report cannot be written. What is wrong with the entry is told by the report.
    pub async fn add(&mut self, entry: ParsedEntry) -> Result<()> {
        self.entries.push(entry);
        if self.entries.len() < WINDOW { Ok(()) } else { self.process_window().await }
    }

    /// Takes what is left.
    ///
    /// # Errors
    /// As [`Import::add`].
    pub async fn finish(mut self) -> Result<Totals> {
        self.process_window().await?;
        for (mut row, base, words) in std::mem::take(&mut self.pending_rows) {
            if !self.names.has(SubjectType::Model, &base) {
                row.outcome = Outcome::Rejected;
                row.changes.clear();
                row.problems.push(Resolver::unresolved("baseModel", SubjectType::Model, &words));
            }
            self.report_row(row)?;
        }
        let came = self.pending_bases.iter().filter(|(_, base)| self.names.has(SubjectType::Model, base));
        let came = came.map(|(model, base)| (model.clone(), base.clone())).collect::<Vec<_>>();
        for models in came.chunks(WINDOW) {
            self.change.link_base_models(models).await?;
        }
        Ok(self.totals)
    }

    /// Works off the entries that have gathered.
    async fn process_window(&mut self) -> Result<()> {
        let entries = std::mem::take(&mut self.entries);
        for subject in needed_subjects(&entries) {
            self.names.read(self.change.transaction(), subject).await?;
        }
        for subject in SubjectType::referenced_first() {
            with_document!(subject, D => self.read::<D>(&entries).await?);
        }
        for entry in entries {
            match entry {
                Ok(statement) => with_document!(statement.subject, D => self.merge_record::<D>(statement).await?),
                Err(Rejected { beside, place, subject, problems }) => {
                    let (outcome, warnings, problems) = match beside {
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

    /// Reads the subjects of one noun that entries are about.
    async fn read<D: Persist>(&mut self, entries: &[ParsedEntry]) -> Result<()> {
        let statements = entries.iter().flatten().filter(|statement| statement.subject == D::SUBJECT);
        let found = statements.filter_map(|statement| {
            let identity = identify::<D>(&self.names, &statement.fields).ok()?;
            identity.found.then_some(identity.slug)
        });
        let slugs = found.collect::<HashSet<_>>();
        self.load::<D>(&slugs.iter().collect::<Vec<_>>()).await
    }

    async fn load<D: Persist>(&mut self, slugs: &[&Slug]) -> Result<()> {
        let mut known = self.change.load_all::<D>(slugs).await?;
        for (_, document) in known.values_mut() {
            document.set_pending_base(&self.pending_bases);
        }
        self.batches.of::<D>().known.extend(known);
        Ok(())
    }

    /// Merges a statement into the document of its subject.
    async fn merge_record<D: Persist>(&mut self, statement: ImportedRecord) -> Result<()> {
        let ImportedRecord { place, mut fields, warnings, .. } = statement;
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
        let Identity { slug, found, stated } = match identify::<D>(&self.names, &fields) {
            Ok(identity) => identity,
            Err(problem) => {
                row.problems.push(problem);
                return self.report_row(row);
            }
        };
        row.slug = Some(slug.to_string());
        // To compare such a list with another would take too long.
        if row.problems.iter().any(|problem| problem.message == TOO_LONG) {
            return self.report_row(row);
        }
        if self.batches.of::<D>().changed.contains(&slug) {
            // The second that is said of a subject is compared with the first.
            self.save().await?;
        }
        if found && !self.batches.of::<D>().known.contains_key(&slug) {
            self.load::<D>(&[&slug]).await?;
        }
        let before = self.batches.of::<D>().known.get(&slug).cloned();
        if before.is_some() && !stated {
            // The name by which it was found tells nothing new of it.
            fields.remove("name");
        }
        let base_words = fields.get("baseModel").and_then(Json::as_str).map(str::to_owned);
        let mut resolver = Resolver::new(&self.names);
        resolver.resolve::<D>(&mut fields);
        row.problems.append(&mut resolver.problems);
        let old = before.as_ref().map(|(_, before)| object(before)).transpose()?.unwrap_or_default();
        if before.is_some() && !stated {
            let known = self.texts(&old, &fields).await?;
            row.warnings.extend(drop_redundant_summary(&old, &mut fields, &known));
        }
        let mut new = old.clone();
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
        row.outcome = match &before {
            None => Outcome::Created,
            Some((_, before)) if *before == after => Outcome::Unchanged,
            Some(_) => Outcome::Updated,
        };
        if row.outcome != Outcome::Unchanged && self.report.wants_changes(row.outcome) {
            let old = before.as_ref().map(|_| Json::Object(old));
            row.changes = diff(old.as_ref(), Some(&Json::Object(object(&after)?)));
        }
        let waits = after.base().filter(|base| !self.names.has(SubjectType::Model, base)).cloned();
        match &waits {
            Some(base) => self.pending_bases.insert(slug.clone(), base.clone()),
            None if D::SUBJECT == SubjectType::Model => self.pending_bases.remove(&slug),
            None => None,
        };
        if row.outcome != Outcome::Unchanged {
            self.names.rename(before.as_ref().map(|(_, before)| before), &after);
            let batch = self.batches.of::<D>();
            batch.changed.insert(slug);
            batch.edits.push((before, after));
        }
        match waits {
            Some(base) => {
                let words = base_words.unwrap_or_else(|| base.to_string());
                self.pending_rows.push((row, base, words));
            }
            None => self.report_row(row)?,
        }
        Ok(())
    }

    /// The texts in which something may stand already that a statement says: those of its document and of its license.
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

    /// Saves what has gathered.
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
            let steps = before.into_iter().zip(&after).map(|(before, after)| Edit { before, after });
            self.change.apply(&steps.collect::<Vec<_>>()).await?;
        }
        Ok(())
    }

    fn report_row(&mut self, row: Row) -> Result<()> {
        self.totals.add(&row);
        self.report.row(row).map_err(Error::internal)
    }
}

/// The subject types whose names entries need.
fn needed_subjects(entries: &[ParsedEntry]) -> HashSet<SubjectType> {
    let mut subjects = HashSet::new();
    for statement in entries.iter().flatten() {
        subjects.insert(statement.subject);
        let references = with_document!(statement.subject, D => reference_fields::<D>().collect::<Vec<_>>());
        let stated = references.into_iter().filter(|(path, _)| {
            let field = path.split('.').next().unwrap_or_default();
            statement.fields.contains_key(field)
        });
        subjects.extend(stated.map(|(_, subject)| subject));
    }
    subjects
}

/// The fields of a document.
fn object<D: SubjectDocument>(document: &D) -> Result<Map<String, Json>> {
    match serde_json::to_value(document).map_err(Error::internal)? {
        Json::Object(fields) => Ok(fields),
        _ => Ok(Map::new()),
    }
}
