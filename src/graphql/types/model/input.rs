//! The inputs of models and sizes.

use async_graphql::{InputObject, MaybeUndefined};
use entity::vocabulary::DataUnit;

use crate::domain::cache_layers::CacheLayers;
use crate::domain::count::Count;
use crate::domain::document::SubjectDocument;
use crate::domain::model::{
    DataScaleDocument, ModelDocument, ModelFactsInput, ModelFactsPatch, ModelSizeFactsInput, SizeDocument,
};
use crate::domain::slug;
use crate::error::Result;
use crate::graphql::input::{
    CreateInput, InputContext, LocalizedInput, Reference, UpdateInput, patch, patch_list, patch_localized,
};
use crate::graphql::scalars::Slug;
use crate::graphql::types::architecture::CreateArchitectureInput;
use crate::graphql::types::checkpoint::mutation::{CheckpointInput, put};
use crate::graphql::types::dataset::CreateDatasetInput;
use crate::graphql::types::evidence::{EvidenceChanges, EvidenceInput, add_evidence, patch_evidence, remove_evidence};
use crate::graphql::types::license::CreateLicenseInput;
use crate::graphql::types::link::{LinkInput, patch_links};
use crate::graphql::types::model::bases::{ModelBaseInput, patch_bases, set_bases};
use crate::graphql::types::model::training::{TrainingDataInput, patch_training};
use crate::graphql::types::organization::CreateOrganizationInput;

/// A model to create, with everything that belongs to it. A field that is absent or null is unknown.
#[derive(Clone, Debug, InputObject)]
pub struct CreateModelInput {
    /// The slug. Without it, one is derived from the name.
    slug: Option<Slug>,
    /// The name as its source writes it.
    name: String,
    /// Other names, in any language.
    aliases: Option<Vec<String>>,
    /// The languages that its maker names, as tags of BCP 47, such as "en" or "zh-Hant".
    languages: Option<Vec<String>>,
    /// Its purposes, as words in capital letters, such as CHAT or CODE.
    purposes: Option<Vec<String>>,
    #[graphql(flatten)]
    facts: ModelFactsInput,
    /// A short summary of what the other fields do not cover.
    summary: Option<LocalizedInput>,
    /// The organizations that made the model.
    organizations: Option<Vec<Reference<CreateOrganizationInput>>>,
    /// The license of the weights.
    license: Option<Reference<CreateLicenseInput>>,
    /// The architecture.
    architecture: Option<Reference<CreateArchitectureInput>>,
    /// The slug of the model that it was derived from, if it is the only one. Not together with `bases`.
    base_model: Option<Slug>,
    /// The models that it was derived from.
    bases: Option<Vec<ModelBaseInput>>,
    /// The datasets that it was trained on.
    datasets: Option<Vec<Reference<CreateDatasetInput>>>,
    /// The datasets, if more is known about them. Not together with `datasets`.
    training: Option<Vec<TrainingDataInput>>,
    /// The amount of training data.
    data_scale: Option<DataScaleInput>,
    /// Links to further information.
    links: Option<Vec<LinkInput>>,
    /// The sizes.
    sizes: Option<Vec<ModelSizeInput>>,
    /// The checkpoints.
    checkpoints: Option<Vec<CheckpointInput>>,
    /// The statements of sources about the facts of the model itself.
    evidence: Option<Vec<EvidenceInput>>,
}

/// An amount of training data.
#[derive(Clone, Debug, InputObject)]
pub struct DataScaleInput {
    /// The amount in the words of the source.
    text: String,
    /// The largest number in the text, in `unit`.
    amount: Option<Count>,
    /// The unit of the amount.
    unit: DataUnit,
}

/// A size of a model.
#[derive(Clone, Debug, InputObject)]
pub struct ModelSizeInput {
    /// The label as its source writes it, such as "7B". It is unique within the model.
    label: String,
    #[graphql(flatten)]
    facts: ModelSizeFactsInput,
    /// The cache of its layers for the tokens before, by groups of equal layers. Layers that keep nothing of their own are left out.
    cache_layers: Option<Vec<CacheLayers>>,
    /// The license, if it differs from that of the model.
    license: Option<Reference<CreateLicenseInput>>,
    /// Statements of sources about the facts of the size, in addition to those of the size of the model with the same label.
    evidence: Option<Vec<EvidenceInput>>,
}

/// The changes of a model. An absent field keeps its value, null clears it; lists are replaced.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateModelInput {
    /// The slug of the model.
    slug: Slug,
    /// The version that was read: CONFLICT if another is current. Null: not checked.
    expected_version: Option<i32>,
    /// The new slug.
    new_slug: MaybeUndefined<Slug>,
    /// The name as its source writes it.
    name: MaybeUndefined<String>,
    /// Other names, in any language.
    aliases: MaybeUndefined<Vec<String>>,
    /// The languages that its maker names, as tags of BCP 47, such as "en" or "zh-Hant".
    languages: MaybeUndefined<Vec<String>>,
    /// Its purposes, as words in capital letters, such as CHAT or CODE.
    purposes: MaybeUndefined<Vec<String>>,
    #[graphql(flatten)]
    facts: ModelFactsPatch,
    /// A short summary of what the other fields do not cover.
    summary: MaybeUndefined<LocalizedInput>,
    /// The organizations that made the model.
    organizations: MaybeUndefined<Vec<Reference<CreateOrganizationInput>>>,
    /// The license of the weights.
    license: MaybeUndefined<Reference<CreateLicenseInput>>,
    /// The architecture.
    architecture: MaybeUndefined<Reference<CreateArchitectureInput>>,
    /// The slug of the model that it was derived from. If it is the first of the bases, they keep their values; another one
    /// replaces all of them. Not together with `bases`.
    base_model: MaybeUndefined<Slug>,
    /// The models that it was derived from.
    bases: MaybeUndefined<Vec<ModelBaseInput>>,
    /// The datasets that it was trained on.
    datasets: MaybeUndefined<Vec<Reference<CreateDatasetInput>>>,
    /// The datasets with all that is known about them. Not together with `datasets`, which keeps it.
    training: MaybeUndefined<Vec<TrainingDataInput>>,
    /// The amount of training data.
    data_scale: MaybeUndefined<DataScaleInput>,
    /// Links to further information.
    links: MaybeUndefined<Vec<LinkInput>>,
    /// The sizes. A size keeps its id and its evidence as long as it keeps its label.
    sizes: MaybeUndefined<Vec<ModelSizeInput>>,
    /// The changes of the evidence about the facts of the model itself.
    evidence: Option<EvidenceChanges>,
}

impl CreateInput for CreateModelInput {
    type Document = ModelDocument;

    async fn document(self, path: &str, context: &mut InputContext<'_>) -> Result<ModelDocument> {
        let at = |field: &str| format!("{path}.{field}");
        let slug = context.slug(path, self.slug, &self.name);
        let mut model = ModelDocument::new(slug, self.name);
        self.facts.set(&mut model);
        model.aliases = self.aliases.unwrap_or_default();
        model.languages = self.languages.unwrap_or_default();
        model.purposes = self.purposes.unwrap_or_default();
        model.summary = self.summary.map(Into::into).unwrap_or_default();
        set_bases(&mut model, self.base_model, self.bases);
        model.data_scale = self.data_scale.map(Into::into);
        model.links = self.links.into_iter().flatten().map(Into::into).collect();
        let organizations = self.organizations.unwrap_or_default();
        model.organizations = Reference::resolve_all(organizations, &at("organizations"), context).await?;
        let datasets = self.datasets.map_or(MaybeUndefined::Undefined, MaybeUndefined::Value);
        let training = self.training.map_or(MaybeUndefined::Undefined, MaybeUndefined::Value);
        patch_training(&mut model.datasets, datasets, training, path, context).await?;
        model.license = Reference::resolve_optional(self.license, &at("license"), context).await?;
        model.architecture = Reference::resolve_optional(self.architecture, &at("architecture"), context).await?;
        model.sizes = sizes(self.sizes.unwrap_or_default(), &at("sizes"), context).await?;
        context.sort_sizes(path, &mut model, |former| format!("sizes.{former}"));
        put(&mut model, self.checkpoints.unwrap_or_default(), path, "checkpoints", context).await?;
        add_evidence(&mut model.evidence, self.evidence, &at("evidence"), context).await?;
        Ok(model)
    }
}

impl UpdateInput for UpdateModelInput {
    type Document = ModelDocument;

    fn subject(&self) -> (slug::Slug, Option<i32>) {
        (self.slug.0.clone(), self.expected_version)
    }

    async fn apply(
        mut self,
        path: &str,
        mut model: ModelDocument,
        context: &mut InputContext<'_>,
    ) -> Result<ModelDocument> {
        let at = |field: &str| format!("{path}.{field}");
        if let Some(ids) = self.evidence.as_mut().map(EvidenceChanges::take_removed) {
            let sizes = model.sizes.iter_mut().map(|size| (size.label.clone(), &mut size.evidence));
            let lists = [(String::new(), &mut model.evidence)].into_iter().chain(sizes);
            remove_evidence(lists, ids, path, context).await?;
        }
        context.patch_slug(path, &mut model.slug, self.new_slug);
        context.patch_required(path, "name", &mut model.name, self.name);
        context.reject_nulls(path, self.facts.apply(&mut model));
        patch_list(&mut model.aliases, self.aliases);
        patch_list(&mut model.languages, self.languages);
        patch_list(&mut model.purposes, self.purposes);
        patch_localized(&mut model.summary, self.summary);
        patch_bases(&mut model, self.base_model, self.bases);
        patch(&mut model.data_scale, self.data_scale);
        patch_links(&mut model.links, self.links);
        Reference::patch_all(&mut model.organizations, self.organizations, &at("organizations"), context).await?;
        patch_training(&mut model.datasets, self.datasets, self.training, path, context).await?;
        Reference::patch(&mut model.license, self.license, &at("license"), context).await?;
        Reference::patch(&mut model.architecture, self.architecture, &at("architecture"), context).await?;
        if !self.sizes.is_undefined() {
            let sizes = sizes(self.sizes.take().unwrap_or_default(), &at("sizes"), context).await?;
            let before = std::mem::replace(&mut model.sizes, sizes);
            for size in &mut model.sizes {
                let same = before.iter().filter(|before| before.label == size.label);
                size.evidence.extend(same.flat_map(|before| before.evidence.iter().cloned()));
            }
            context.sort_sizes(path, &mut model, |former| format!("sizes.{former}"));
        }
        patch_evidence(&mut model.evidence, "", self.evidence, (path, "evidence"), context).await?;
        Ok(model)
    }
}

async fn sizes(inputs: Vec<ModelSizeInput>, path: &str, context: &mut InputContext<'_>) -> Result<Vec<SizeDocument>> {
    let mut sizes = Vec::new();
    for (index, input) in inputs.into_iter().enumerate() {
        sizes.push(input.document(&format!("{path}.{index}"), context).await?);
    }
    Ok(sizes)
}

impl ModelSizeInput {
    /// The document of the size.
    pub async fn document(self, path: &str, context: &mut InputContext<'_>) -> Result<SizeDocument> {
        let mut size = SizeDocument::new(self.label, self.facts.parameters);
        self.facts.set(&mut size);
        size.cache_layers = self.cache_layers.unwrap_or_default();
        size.license = Reference::resolve_optional(self.license, &format!("{path}.license"), context).await?;
        add_evidence(&mut size.evidence, self.evidence, &format!("{path}.evidence"), context).await?;
        Ok(size)
    }
}

impl From<DataScaleInput> for DataScaleDocument {
    fn from(input: DataScaleInput) -> Self {
        Self { text: input.text, amount: input.amount, unit: input.unit }
    }
}
