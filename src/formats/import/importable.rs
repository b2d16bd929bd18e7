//! What the importer must know of each noun.

use std::collections::HashMap;

use entity::vocabulary::{CommercialUse, DataUnit, ModelKind, SubjectType, Words};
use sea_orm::QueryResult;
use serde_json::{Map, Value as Json};

use crate::domain::architecture::ArchitectureDocument;
use crate::domain::dataset::DatasetDocument;
use crate::domain::license::LicenseDocument;
use crate::domain::model::ModelDocument;
use crate::domain::organization::OrganizationDocument;
use crate::domain::slug::Slug;
use crate::error::Result;
use crate::formats::record::Warning;
use crate::store::documents::Persist;

/// A document that can be imported.
pub trait Importable: Persist {
    /// The fields that refer to other subjects. In a list of objects it is one of their fields: `sizes.license`.
    const REFERENCES: &'static [(&'static str, SubjectType)];
    /// The columns that hold names besides `name`.
    const OTHER_NAMES: &'static [&'static str];

    /// Its name and its other names.
    fn names(&self) -> (&str, Vec<&str>);

    /// The other names of a row.
    fn other_names(row: &QueryResult) -> Result<Vec<String>> {
        let names = Self::OTHER_NAMES.iter().map(|column| row.try_get::<Option<String>>("", column));
        Ok(names.filter_map(Result::transpose).collect::<Result<_, _>>()?)
    }

    /// Puts in what a document must have and a source need not say. Tells what nobody said.
    fn complete(_: &mut Map<String, Json>) -> Vec<Warning> {
        Vec::new()
    }

    /// Puts what has an order into it.
    fn sort(&mut self) {}

    /// The model that it was derived from.
    fn base(&self) -> Option<&Slug> {
        None
    }

    /// Tells a model that was loaded of the base model that it waits for.
    fn set_pending_base(&mut self, _: &HashMap<Slug, Slug>) {}
}

impl Importable for ModelDocument {
    const REFERENCES: &'static [(&'static str, SubjectType)] = &[
        ("license", SubjectType::License),
        ("architecture", SubjectType::Architecture),
        ("baseModel", SubjectType::Model),
        ("organizations", SubjectType::Organization),
        ("datasets", SubjectType::Dataset),
        ("sizes.license", SubjectType::License),
    ];
    const OTHER_NAMES: &'static [&'static str] = &["aliases"];

    fn names(&self) -> (&str, Vec<&str>) {
        (&self.name, self.aliases.iter().map(String::as_str).collect())
    }

    fn other_names(row: &QueryResult) -> Result<Vec<String>> {
        Ok(row.try_get::<Words>("", "aliases")?.0)
    }

    fn complete(fields: &mut Map<String, Json>) -> Vec<Warning> {
        if let Some(Json::Object(scale)) = fields.get_mut("dataScale") {
            scale.entry("unit").or_insert_with(|| DataUnit::Unknown.word().into());
        }
        if fields.contains_key("kind") {
            return Vec::new();
        }
        let kind = if fields.contains_key("baseModel") { ModelKind::Derived } else { ModelKind::Foundation };
        fields.insert("kind".to_owned(), kind.word().into());
        let message = format!("is not stated for a new model; taken as {}", kind.word());
        vec![Warning { column: "kind".to_owned(), raw: String::new(), message }]
    }

    fn sort(&mut self) {
        self.sort_sizes();
    }

    fn base(&self) -> Option<&Slug> {
        self.base_model.as_ref()
    }

    fn set_pending_base(&mut self, waiting: &HashMap<Slug, Slug>) {
        if let Some(base) = waiting.get(&self.slug) {
            self.base_model = Some(base.clone());
        }
    }
}

impl Importable for DatasetDocument {
    const REFERENCES: &'static [(&'static str, SubjectType)] = &[("license", SubjectType::License)];
    const OTHER_NAMES: &'static [&'static str] = &[];

    fn names(&self) -> (&str, Vec<&str>) {
        (&self.name, Vec::new())
    }
}

impl Importable for LicenseDocument {
    const REFERENCES: &'static [(&'static str, SubjectType)] = &[];
    const OTHER_NAMES: &'static [&'static str] = &["spdx_id"];

    fn complete(fields: &mut Map<String, Json>) -> Vec<Warning> {
        // The word for what no source says.
        fields.entry("commercialUse").or_insert_with(|| CommercialUse::Unknown.word().into());
        Vec::new()
    }

    fn names(&self) -> (&str, Vec<&str>) {
        (&self.name, self.spdx_id.iter().map(String::as_str).collect())
    }
}

impl Importable for OrganizationDocument {
    const REFERENCES: &'static [(&'static str, SubjectType)] = &[];
    const OTHER_NAMES: &'static [&'static str] = &["name_zh", "name_en"];

    fn names(&self) -> (&str, Vec<&str>) {
        (&self.name, self.localized_name.texts().collect())
    }
}

impl Importable for ArchitectureDocument {
    const REFERENCES: &'static [(&'static str, SubjectType)] = &[];
    const OTHER_NAMES: &'static [&'static str] = &[];

    fn names(&self) -> (&str, Vec<&str>) {
        (&self.name, Vec::new())
    }
}
