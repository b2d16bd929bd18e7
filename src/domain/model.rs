//! Models and their sizes, as documents.

use chrono::{Datelike, NaiveDate};
use entity::vocabulary::{CommercialUse, DataUnit, ModelKind, SubjectType};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::architecture::ArchitectureDocument;
use crate::domain::count::Count;
use crate::domain::dataset::DatasetDocument;
use crate::domain::document::{Reference, SubjectDocument};
use crate::domain::license::LicenseDocument;
use crate::domain::link::LinkDocument;
use crate::domain::organization;
use crate::domain::organization::OrganizationDocument;
use crate::domain::slug::Slug;
use crate::domain::text::{LocalizedText, search_text};
use crate::domain::validation::ValidationErrors;

/// A model with everything the catalog knows about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Model")]
pub struct ModelDocument {
    /// The name that addresses use.
    pub slug: Slug,
    /// The name as its source writes it.
    #[schemars(length(min = 1, max = 200))]
    pub name: String,
    /// Other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Foundation or derived.
    pub kind: ModelKind,
    /// The place in the source list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub position: Option<i32>,
    /// What else is to say.
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub summary: LocalizedText,
    /// When the weights were released.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release_date: Option<NaiveDate>,
    /// Who made it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organizations: Vec<Slug>,
    /// The license.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<Slug>,
    /// Commercial use as the source states it for the model itself, whatever its license says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commercial_use: Option<CommercialUse>,
    /// The architecture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub architecture: Option<Slug>,
    /// The model it was derived from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_model: Option<Slug>,
    /// What it was trained on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub datasets: Vec<Slug>,
    /// How much it was trained on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_scale: Option<DataScaleDocument>,
    /// Training compute in floating-point operations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub training_flops: Option<f64>,
    /// Where to read more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkDocument>,
    /// The sizes it comes in, by parameters and then by label.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sizes: Vec<SizeDocument>,
}

/// An amount of training data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "DataScale")]
pub struct DataScaleDocument {
    /// The source's own words.
    pub text: String,
    /// The largest amount in them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Count>,
    /// What it counts.
    pub unit: DataUnit,
}

/// One size of a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Size")]
pub struct SizeDocument {
    /// The size as its source writes it.
    #[schemars(length(min = 1, max = 200))]
    pub label: String,
    /// The number of parameters.
    pub parameters: Count,
    /// The parameters used for one token, where that is fewer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_parameters: Option<Count>,
    /// The tokens this size was trained on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub training_tokens: Option<Count>,
    /// The license, where it differs from the model's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<Slug>,
}

impl ModelDocument {
    /// A model of which nothing else is known.
    pub fn new(slug: Slug, name: String, kind: ModelKind) -> Self {
        Self {
            slug,
            name,
            aliases: Vec::new(),
            kind,
            position: None,
            summary: LocalizedText::default(),
            release_date: None,
            organizations: Vec::new(),
            license: None,
            commercial_use: None,
            architecture: None,
            base_model: None,
            datasets: Vec::new(),
            data_scale: None,
            training_flops: None,
            links: Vec::new(),
            sizes: Vec::new(),
        }
    }

    /// Puts the sizes in their order.
    pub fn sort_sizes(&mut self) {
        self.sizes.sort_by_cached_key(SizeDocument::sort_key);
    }

    /// The parameters of the largest size.
    pub fn max_parameters(&self) -> Option<Count> {
        self.sizes.iter().map(|size| size.parameters).max()
    }

    /// The largest token amount known for the model or one of its sizes.
    pub fn max_training_tokens(&self) -> Option<Count> {
        let whole =
            self.data_scale.as_ref().filter(|scale| scale.unit == DataUnit::Tokens).and_then(|scale| scale.amount);
        self.sizes.iter().map(|size| size.training_tokens).chain([whole]).flatten().max()
    }
}

impl SizeDocument {
    /// What sizes are ordered by.
    fn sort_key(&self) -> (Count, String) {
        (self.parameters, self.label.clone())
    }
}

impl SubjectDocument for ModelDocument {
    const SUBJECT: SubjectType = SubjectType::Model;
    const TABLE_NAME: &'static str = "model";

    fn slug(&self) -> &Slug {
        &self.slug
    }

    fn validate(&self) -> ValidationErrors {
        let mut problems = ValidationErrors::default();
        problems.check_name("name", &self.name);
        for (index, alias) in self.aliases.iter().enumerate() {
            problems.check_name(&format!("aliases.{index}"), alias);
        }
        problems.check_distinct("aliases", &self.aliases);
        problems.check_distinct("organizations", &self.organizations);
        problems.check_distinct("datasets", &self.datasets);
        problems.check(self.position.is_none_or(|position| position > 0), "position", "is below 1");
        // Databases differ in what they take beyond, and the past is read by their arithmetic.
        problems.check(
            self.release_date.is_none_or(|day| (1..=9999).contains(&day.year())),
            "releaseDate",
            "is not in the years 1 to 9999",
        );
        problems.check(self.base_model.as_ref() != Some(&self.slug), "baseModel", "is the model itself");
        problems.check(
            self.training_flops.is_none_or(|flops| flops.is_finite() && flops > 0.0),
            "trainingFlops",
            "is not a number above 0",
        );
        problems.check_links(&self.links);
        problems.check_distinct("sizes", &self.sizes.iter().map(|size| &size.label).collect::<Vec<_>>());
        for (index, size) in self.sizes.iter().enumerate() {
            let field = |name: &str| format!("sizes.{index}.{name}");
            problems.check_name(&field("label"), &size.label);
            problems.check(size.parameters.get() > 0, &field("parameters"), "is 0; leave out a size that is not known");
            let active = size.active_parameters.is_none_or(|active| active <= size.parameters);
            problems.check(active, &field("activeParameters"), "is above the parameters there are");
        }
        problems.check(
            self.sizes.is_sorted_by_key(SizeDocument::sort_key),
            "sizes",
            "are not in the order of their parameters",
        );
        problems
    }

    fn references(&self) -> Vec<Reference<'_>> {
        let license = self.license.iter().map(|slug| Reference::to::<LicenseDocument>("license", slug));
        let architecture =
            self.architecture.iter().map(|slug| Reference::to::<ArchitectureDocument>("architecture", slug));
        let base_model = self.base_model.iter().map(|slug| Reference::to::<Self>("baseModel", slug));
        let organizations = self.organizations.iter().enumerate();
        let organizations = organizations
            .map(|(index, slug)| Reference::to::<OrganizationDocument>(format!("organizations.{index}"), slug));
        let datasets = self.datasets.iter().enumerate();
        let datasets =
            datasets.map(|(index, slug)| Reference::to::<DatasetDocument>(format!("datasets.{index}"), slug));
        let sizes = self.sizes.iter().enumerate().filter_map(|(index, size)| {
            Some(Reference::to::<LicenseDocument>(format!("sizes.{index}.license"), size.license.as_ref()?))
        });
        license.chain(architecture).chain(base_model).chain(organizations).chain(datasets).chain(sizes).collect()
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn position(&self) -> Option<i32> {
        self.position
    }

    fn search_text(&self) -> String {
        model_search_text([&self.name, self.slug.as_str()], &self.aliases, &self.summary, [].into_iter())
    }
}

/// What search looks in for a model, with the names of those makers.
pub fn model_search_text<'a>(
    names: [&'a str; 2],
    aliases: &'a [String],
    summary: &'a LocalizedText,
    organizations: impl Iterator<Item = &'a entity::organization::Model>,
) -> String {
    let names = names.into_iter().chain(aliases.iter().map(String::as_str));
    search_text(names, organizations.flat_map(organization::names).chain(summary.texts()))
}
