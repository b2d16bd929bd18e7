//! Models and sizes as inputs.

use async_graphql::{InputObject, MaybeUndefined};

use crate::domain::model::{DataScaleDocument, ModelDocument, SizeDocument};
use crate::domain::slug;
use crate::domain::text::LocalizedText;
use crate::error::Result;
use crate::graphql::input::{
    CreateInput, InputContext, LocalizedInput, Reference, UpdateInput, patch, patch_list, to_maybe,
};
use crate::graphql::scalars::{Count, Date, Slug};
use crate::graphql::types::architecture::CreateArchitectureInput;
use crate::graphql::types::dataset::CreateDatasetInput;
use crate::graphql::types::license::CreateLicenseInput;
use crate::graphql::types::link::{LinkInput, patch_links};
use crate::graphql::types::organization::CreateOrganizationInput;
use entity::vocabulary::{CommercialUse, DataUnit, ModelKind};

/// A model with everything that belongs to it. What is absent or null is unknown.
#[derive(Clone, Debug, InputObject)]
pub struct CreateModelInput {
    /// The name that addresses use. Without: made of the name.
    slug: Option<Slug>,
    /// The name as its source writes it.
    name: String,
    /// Other names, in any language.
    aliases: Option<Vec<String>>,
    /// What it was built from.
    kind: ModelKind,
    /// Its place in the source list, from 1.
    position: Option<i32>,
    /// What the source says beyond the other fields, in short.
    summary: Option<LocalizedInput>,
    /// The day its weights were released.
    release_date: Option<Date>,
    /// Who made it.
    organizations: Option<Vec<Reference<CreateOrganizationInput>>>,
    /// The license of its weights.
    license: Option<Reference<CreateLicenseInput>>,
    /// Commercial use as the source states it for the model itself. Absent where it follows from the license.
    commercial_use: Option<CommercialUse>,
    /// The architecture.
    architecture: Option<Reference<CreateArchitectureInput>>,
    /// The slug of the model it was derived from.
    base_model: Option<Slug>,
    /// The datasets it was trained on.
    datasets: Option<Vec<Reference<CreateDatasetInput>>>,
    /// How much data it was trained on.
    data_scale: Option<DataScaleInput>,
    /// Training compute in floating-point operations.
    training_flops: Option<f64>,
    /// Where to read more.
    links: Option<Vec<LinkInput>>,
    /// The sizes it comes in.
    sizes: Option<Vec<ModelSizeInput>>,
}

/// An amount of training data.
#[derive(Clone, Debug, InputObject)]
pub struct DataScaleInput {
    /// The source's own words.
    text: String,
    /// The largest amount in them.
    amount: Option<Count>,
    /// What the amount counts.
    unit: DataUnit,
}

/// One size of a model.
#[derive(Clone, Debug, InputObject)]
pub struct ModelSizeInput {
    /// The size as its source writes it, such as "7B". No two sizes of a model have the same.
    label: String,
    /// The number of parameters.
    parameters: Count,
    /// The parameters used for one token, for a mixture of experts.
    active_parameters: Option<Count>,
    /// The tokens that this size was trained on.
    training_tokens: Option<Count>,
    /// The license, where it differs from the model's.
    license: Option<Reference<CreateLicenseInput>>,
}

/// What changes of a model. What is absent stays, null clears; a list that is given replaces the one before.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateModelInput {
    /// Which model.
    slug: Slug,
    /// The version that you believe it to be at. Another is a CONFLICT. Without: whatever it is at.
    expected_version: Option<i32>,
    /// Another name for addresses.
    new_slug: Option<Slug>,
    /// The name as its source writes it.
    name: Option<String>,
    /// Other names, in any language.
    aliases: MaybeUndefined<Vec<String>>,
    /// What it was built from.
    kind: Option<ModelKind>,
    /// Its place in the source list, from 1.
    position: MaybeUndefined<i32>,
    /// What the source says beyond the other fields, in short.
    summary: MaybeUndefined<LocalizedInput>,
    /// The day its weights were released.
    release_date: MaybeUndefined<Date>,
    /// Who made it.
    organizations: MaybeUndefined<Vec<Reference<CreateOrganizationInput>>>,
    /// The license of its weights.
    license: MaybeUndefined<Reference<CreateLicenseInput>>,
    /// Commercial use as the source states it for the model itself; null where it follows from the license.
    commercial_use: MaybeUndefined<CommercialUse>,
    /// The architecture.
    architecture: MaybeUndefined<Reference<CreateArchitectureInput>>,
    /// The slug of the model it was derived from.
    base_model: MaybeUndefined<Slug>,
    /// The datasets it was trained on.
    datasets: MaybeUndefined<Vec<Reference<CreateDatasetInput>>>,
    /// How much data it was trained on.
    data_scale: MaybeUndefined<DataScaleInput>,
    /// Training compute in floating-point operations.
    training_flops: MaybeUndefined<f64>,
    /// Where to read more.
    links: MaybeUndefined<Vec<LinkInput>>,
    /// The sizes it comes in. A size keeps its id as long as it keeps its label.
    sizes: MaybeUndefined<Vec<ModelSizeInput>>,
}

impl CreateInput for CreateModelInput {
    type Document = ModelDocument;

    async fn document(self, path: &str, draft: &mut InputContext<'_>) -> Result<ModelDocument> {
        let update = UpdateModelInput {
            slug: Slug(draft.slug(path, self.slug, &self.name)),
            expected_version: None,
            new_slug: None,
            name: None,
            aliases: to_maybe(self.aliases),
            kind: None,
            position: to_maybe(self.position),
            summary: to_maybe(self.summary),
            release_date: to_maybe(self.release_date),
            organizations: to_maybe(self.organizations),
            license: to_maybe(self.license),
            commercial_use: to_maybe(self.commercial_use),
            architecture: to_maybe(self.architecture),
            base_model: to_maybe(self.base_model),
            datasets: to_maybe(self.datasets),
            data_scale: to_maybe(self.data_scale),
            training_flops: to_maybe(self.training_flops),
            links: to_maybe(self.links),
            sizes: to_maybe(self.sizes),
        };
        let document = ModelDocument::new(update.slug.0.clone(), self.name, self.kind);
        update.apply(path, document, draft).await
    }
}

impl UpdateInput for UpdateModelInput {
    type Document = ModelDocument;

    fn subject(&self) -> (slug::Slug, Option<i32>) {
        (self.slug.0.clone(), self.expected_version)
    }

    async fn apply(self, path: &str, mut model: ModelDocument, draft: &mut InputContext<'_>) -> Result<ModelDocument> {
        let at = |field: &str| format!("{path}.{field}");
        if let Some(slug) = self.new_slug {
            model.slug = slug.0;
        }
        model.name = self.name.unwrap_or(model.name);
        model.kind = self.kind.map_or(model.kind, Into::into);
        patch_list(&mut model.aliases, self.aliases);
        patch(&mut model.position, self.position);
        patch(&mut model.release_date, self.release_date.map_value(|date| date.0));
        patch(&mut model.commercial_use, self.commercial_use);
        patch(&mut model.base_model, self.base_model.map_value(|slug| slug.0));
        patch(&mut model.training_flops, self.training_flops);
        patch(&mut model.data_scale, self.data_scale);
        patch_links(&mut model.links, self.links);
        if !self.summary.is_undefined() {
            model.summary = self.summary.take().map_or_else(LocalizedText::default, LocalizedText::from);
        }
        if !self.organizations.is_undefined() {
            let makers = self.organizations.take().unwrap_or_default();
            model.organizations = Reference::resolve_all(makers, &at("organizations"), draft).await?;
        }
        if !self.datasets.is_undefined() {
            let datasets = self.datasets.take().unwrap_or_default();
            model.datasets = Reference::resolve_all(datasets, &at("datasets"), draft).await?;
        }
        if !self.license.is_undefined() {
            model.license = Reference::resolve_optional(self.license.take(), &at("license"), draft).await?;
        }
        if !self.architecture.is_undefined() {
            model.architecture =
                Reference::resolve_optional(self.architecture.take(), &at("architecture"), draft).await?;
        }
        if !self.sizes.is_undefined() {
            model.sizes.clear();
            for (index, size) in self.sizes.take().into_iter().flatten().enumerate() {
                let size = size.document(&at(&format!("sizes.{index}")), draft).await?;
                model.sizes.push(size);
            }
            model.sort_sizes();
        }
        Ok(model)
    }
}

impl ModelSizeInput {
    /// The size that it describes.
    pub async fn document(self, path: &str, draft: &mut InputContext<'_>) -> Result<SizeDocument> {
        Ok(SizeDocument {
            label: self.label,
            parameters: self.parameters.0,
            active_parameters: self.active_parameters.map(|count| count.0),
            training_tokens: self.training_tokens.map(|count| count.0),
            license: Reference::resolve_optional(self.license, &format!("{path}.license"), draft).await?,
        })
    }
}

impl From<DataScaleInput> for DataScaleDocument {
    fn from(input: DataScaleInput) -> Self {
        Self { text: input.text, amount: input.amount.map(|count| count.0), unit: input.unit }
    }
}
