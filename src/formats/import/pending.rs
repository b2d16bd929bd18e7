//! Rows that refer to subjects which come later in the source.

use std::collections::HashMap;

use entity::vocabulary::SubjectType;
use serde_json::{Map, Value as Json};

use crate::domain::base::BaseDocument;
use crate::domain::slug::Slug;
use crate::error::Problem;
use crate::formats::import::name_index::NameIndex;
use crate::formats::import::report::Row;
use crate::formats::import::resolve::Resolver;
use crate::formats::record::{ImportedRecord, Warning};
use crate::store::documents::Persist;
use crate::store::lineage::Lineage;

/// The row of a subject with bases that have not been imported yet or make a cycle, or with sources that have not been imported
/// yet.
pub struct PendingRow {
    /// The row.
    pub row: Row,
    /// The type of the subject.
    pub subject: SubjectType,
    /// The slug of the subject.
    pub slug: Slug,
    /// The bases of the subject.
    pub bases: Vec<PendingReference>,
    /// The sources that its evidence cites and that have not been imported yet.
    pub sources: Vec<PendingReference>,
}

/// Records of implied subjects that no record that is kept has referred to so far, by their normalized names.
#[derive(Default)]
pub struct ImpliedRecords(pub HashMap<(SubjectType, String), Vec<ImportedRecord>>);

/// A reference of a pending row.
pub struct PendingReference {
    /// The path of the field.
    pub column: String,
    /// The slug of the other subject.
    pub slug: Slug,
    /// The name of the other subject in the source.
    pub name: String,
}

impl PendingRow {
    /// Returns the problem of the row after all entries have been merged: a source or a base that does not exist, or a cycle.
    pub fn problem(&self, names: &NameIndex, lineage: Option<&Lineage>) -> Option<Warning> {
        let missing = |subject, references: &[PendingReference]| {
            let missing = references.iter().find(|reference| !names.has(subject, &reference.slug))?;
            Some(Resolver::unresolved(&missing.column, subject, &missing.name))
        };
        let missing = missing(SubjectType::Source, &self.sources).or_else(|| missing(self.subject, &self.bases));
        missing.or_else(|| {
            let Problem { field, message } = lineage?.cycle_of(&self.slug)?.problem(&self.slug);
            let names = self.bases.iter().map(|base| base.name.as_str()).collect::<Vec<_>>();
            Some(Warning { column: field, raw: names.join(", "), message })
        })
    }
}

/// Returns the names of the bases in a record, each with the path of its field.
pub fn base_names<D: Persist>(fields: &Map<String, Json>) -> Vec<(String, String)> {
    let text = |column: String, value: &Json| Some((column, value.as_str()?.to_owned()));
    let base = D::base_field().and_then(|field| text(field.to_owned(), fields.get(field)?));
    let bases = fields.get("bases").and_then(Json::as_array).into_iter().flatten().enumerate();
    let bases = bases.filter_map(|(index, base)| text(format!("bases.{index}.model"), base.get("model")?));
    base.into_iter().chain(bases).collect()
}

/// Returns the bases of a document with their names in the record. A base that another record stated has its slug as its name.
pub fn pending_bases(bases: &[BaseDocument], names: &[(String, String)]) -> Vec<PendingReference> {
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
