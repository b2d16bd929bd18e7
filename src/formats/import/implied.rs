//! Records that are kept only if others are: those of existing models, of the pages of a record, and of the subjects that they imply.

use entity::vocabulary::SubjectType;
use serde_json::{Map, Value as Json};

use crate::domain::slug::Slug;
use crate::domain::source::SourceDocument;
use crate::domain::subject::with_document;
use crate::domain::text::normalize;
use crate::error::Result;
use crate::formats::import::Import;
use crate::formats::import::name_index::{Lookup, PartLookup};
use crate::formats::import::report::{Outcome, Row};
use crate::formats::import::resolve::reference_fields;
use crate::formats::parse::dictionary::weights_repositories;
use crate::formats::record::{ImportedRecord, Provenance, Warning};
use crate::store::documents::Persist;

impl Import<'_> {
    /// Merges a record, or its rows if they are about checkpoints of the catalog. With `only_existing` the record of an implied subject
    /// waits until a record that is kept refers to it.
    pub(super) async fn merge_or_keep(&mut self, mut record: ImportedRecord) -> Result<()> {
        let is_known = |row: &ImportedRecord| {
            let mut repositories = weights_repositories(&row.fields);
            repositories.any(|repository| self.names.find_repository(repository) != PartLookup::None)
        };
        if record.rows.iter().any(is_known) {
            for row in std::mem::take(&mut record.rows) {
                with_document!(row.subject, D => Box::pin(self.merge_record::<D>(row)).await?);
            }
            return Ok(());
        }
        if self.only_existing && record.is_implied {
            let name = text(&record.fields, "name").or_else(|| text(&record.fields, "title")).unwrap_or_default();
            if self.names.find(record.subject, name) == Lookup::None {
                let key = (record.subject, normalize(name));
                self.implied.0.entry(key).or_default().push(record);
                return Ok(());
            }
        }
        with_document!(record.subject, D => self.merge_record::<D>(record).await)
    }

    /// Leaves out a record about a model or a license that is not in the catalog.
    pub(super) fn leave_out(&mut self, record: ImportedRecord) -> Result<()> {
        let raw = record.id.unwrap_or_else(|| record.place.row.clone());
        let message = format!("a {} that is not in the catalog; left out", record.subject.word().to_lowercase());
        let warnings = vec![Warning { column: String::new(), raw, message }];
        let row = Row { outcome: Outcome::Unchanged, warnings, ..self.rejected(record.place, Some(record.subject)) };
        self.report_row(row)
    }

    /// With `only_existing`, creates the implied subjects that a record refers to. Other subjects that the catalog does not have are
    /// left out.
    pub(super) async fn add_implied<D: Persist>(
        &mut self,
        fields: &mut Map<String, Json>,
        row: &mut Row,
    ) -> Result<()> {
        if !self.only_existing {
            return Ok(());
        }
        for (path, subject) in reference_fields::<D>() {
            // Bases and sources of evidence are found later.
            if subject == D::SUBJECT || path.ends_with("evidence.source") {
                continue;
            }
            self.names.read(self.change.transaction(), subject).await?;
            let (list, field) = path.split_once('.').map_or((None, path), |(list, field)| (Some(list), field));
            let holders: Vec<&mut Map<String, Json>> = match list {
                None => vec![&mut *fields],
                Some(list) => {
                    let items = fields.get_mut(list).and_then(Json::as_array_mut).into_iter().flatten();
                    items.filter_map(Json::as_object_mut).collect()
                }
            };
            for holder in holders {
                let names = match holder.get(field) {
                    Some(Json::String(name)) => vec![name.clone()],
                    Some(Json::Array(items)) => items.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
                    _ => continue,
                };
                for name in names {
                    if self.is_in_catalog(subject, &name) {
                        continue;
                    }
                    // The catalog has the licenses that it knows the terms of.
                    let records = if subject == SubjectType::License {
                        Vec::new()
                    } else {
                        self.implied.0.remove(&(subject, normalize(&name))).unwrap_or_default()
                    };
                    for record in records {
                        with_document!(record.subject, R => Box::pin(self.merge_record::<R>(record)).await?);
                    }
                    if !self.is_in_catalog(subject, &name) {
                        let message = format!("no {} of the catalog; left out", subject.word().to_lowercase());
                        row.warnings.push(Warning { column: path.to_owned(), raw: name.clone(), message });
                        match holder.get_mut(field) {
                            Some(Json::Array(items)) => items.retain(|item| item.as_str() != Some(&name)),
                            _ => drop(holder.remove(field)),
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Creates the source of a record that is kept, if it waits.
    pub(super) async fn add_source(&mut self, provenance: Option<&Provenance>) -> Result<()> {
        let Some(provenance) = provenance.filter(|_| self.only_existing) else { return Ok(()) };
        let records = self.implied.0.remove(&(SubjectType::Source, normalize(&provenance.source))).unwrap_or_default();
        for record in records {
            Box::pin(self.merge_record::<SourceDocument>(record)).await?;
        }
        Ok(())
    }

    fn is_in_catalog(&self, subject: SubjectType, name: &str) -> bool {
        let by_slug = name.parse::<Slug>().is_ok_and(|slug| self.names.has(subject, &slug));
        by_slug || self.names.find(subject, name) != Lookup::None
    }
}

fn text<'f>(fields: &'f Map<String, Json>, field: &str) -> Option<&'f str> {
    fields.get(field).and_then(Json::as_str)
}
