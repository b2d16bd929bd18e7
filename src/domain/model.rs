//! Documents of models and their sizes.

use std::collections::HashMap;

use entity::vocabulary::{
    CommercialUse, DataUnit, ModelKind, ParametersBasis, ReleaseStatus, SubjectType, TokensBasis,
};
use macros::Facts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::domain::architecture::ArchitectureDocument;
use crate::domain::base::BaseDocument;
use crate::domain::cache_layers::{self, CacheLayers};
use crate::domain::checkpoint::{CheckpointDocument, checkpoint_facts, part};
use crate::domain::count::Count;
use crate::domain::date::PartialDate;
use crate::domain::document::{NameColumn, Reference, SubjectDocument};
use crate::domain::evidence::document::{EvidenceDocument, EvidenceList};
use crate::domain::facts::{CitableFact, Facts as _, citable};
use crate::domain::license::LicenseDocument;
use crate::domain::limits::{
    MAX_ALIASES, MAX_BASES, MAX_CACHE_LAYERS, MAX_CHECKPOINTS, MAX_DATASETS, MAX_EVIDENCE, MAX_LANGUAGES,
    MAX_MODEL_LINKS, MAX_NAME_CHARACTERS, MAX_NOTE_CHARACTERS, MAX_ORGANIZATIONS, MAX_PURPOSES, MAX_SIZES,
};
use crate::domain::link::LinkDocument;
use crate::domain::modalities::Modalities;
use crate::domain::organization;
use crate::domain::slug::Slug;
use crate::domain::text::{LocalizedText, search_text};
use crate::domain::training::TrainingDocument;
use crate::domain::validation::ValidationErrors;
use crate::error::Problem;

/// A model with everything the catalog knows about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Facts)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Model")]
#[facts(entity = model, name = Model)]
pub struct ModelDocument {
    /// The identifier in addresses and references.
    pub slug: Slug,
    /// The name as its source writes it.
    #[schemars(length(min = 1, max = MAX_NAME_CHARACTERS))]
    pub name: String,
    /// Other names, in any language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_ALIASES))]
    pub aliases: Vec<String>,
    /// Whether the model was trained from scratch or derived from other models.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub kind: Option<ModelKind>,
    /// The position in the source list, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    #[fact]
    pub position: Option<i32>,
    /// A short summary of what the other fields do not cover.
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    #[localized]
    pub summary: LocalizedText,
    /// The date on which the weights were released.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact(column = stated_release_date, no_object, no_filter)]
    pub release_date: Option<PartialDate>,
    /// The slugs of the organizations that made the model, in the order of the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organizations: Vec<Slug>,
    /// The slug of the license of the weights. Sizes may state another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[reference(LicenseDocument)]
    pub license: Option<Slug>,
    /// Whether commercial use is permitted, as a source states it for the model itself. Without it, the license decides. Sizes
    /// may state another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact(column = stated_commercial_use, no_object, no_filter)]
    pub commercial_use: Option<CommercialUse>,
    /// The slug of the architecture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[reference(ArchitectureDocument)]
    pub architecture: Option<Slug>,
    /// The slug of the model that it was derived from, if there is only one and nothing more is known. Otherwise `bases` has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[reference(Self)]
    pub base_model: Option<Slug>,
    /// The models that it was derived from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_BASES))]
    pub bases: Vec<BaseDocument>,
    /// The datasets that it was trained on: the slug of each, or an object if more is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub datasets: Vec<TrainingDocument>,
    /// The amount of training data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_scale: Option<DataScaleDocument>,
    /// The compute of training in floating-point operations, such as 6.67e22.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1.0, max = 1e50))]
    #[fact(no_filter)]
    pub training_flops: Option<f64>,
    /// The languages that its maker names, as tags of BCP 47, such as "en" or "zh-Hant".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_LANGUAGES))]
    #[list]
    pub languages: Vec<String>,
    /// Its purposes, as words in capital letters: CHAT, CODE, MATH, REASONING, TOOL_USE, TRANSLATION, EMBEDDING, RERANKING,
    /// REWARD, SAFETY (classifying what is harmful), OCR, MEDICINE, LAW, FINANCE, SCIENCE, ROLEPLAY, or another word.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_PURPOSES))]
    #[list]
    pub purposes: Vec<String>,
    /// The largest number of tokens that it was trained to process at once, including those that it generates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub context_length: Option<i32>,
    /// The largest number of tokens with a method that extends the context, such as YaRN, as the maker states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub extended_context_length: Option<i32>,
    /// Whether the weights can be had.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub status: Option<ReleaseStatus>,
    /// The date up to which the training data reaches, as the maker states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub knowledge_cutoff: Option<PartialDate>,
    /// The kinds of data that it reads and writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub modalities: Option<Modalities>,
    /// Links to further information.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_MODEL_LINKS))]
    pub links: Vec<LinkDocument>,
    /// The sizes, by parameters and then by label.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sizes: Vec<SizeDocument>,
    /// The checkpoints, by repository, hub, path and revision.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_CHECKPOINTS))]
    pub checkpoints: Vec<CheckpointDocument>,
    /// The statements of sources about the facts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_EVIDENCE))]
    pub evidence: Vec<EvidenceDocument>,
}

/// An amount of training data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "DataScale")]
pub struct DataScaleDocument {
    /// The amount in the words of the source.
    #[schemars(length(max = MAX_NOTE_CHARACTERS))]
    pub text: String,
    /// The largest number in the text, in `unit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Count>,
    /// The unit of the amount.
    pub unit: DataUnit,
}

/// One size of a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Facts)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Size")]
#[facts(entity = model_size, name = ModelSize, parent = ModelDocument)]
pub struct SizeDocument {
    /// The label as its source writes it, such as "7B". It is unique within the model.
    #[schemars(length(min = 1, max = MAX_NAME_CHARACTERS))]
    pub label: String,
    /// The number of parameters. `parametersBasis` says how it is known.
    #[fact]
    pub parameters: Count,
    /// How the number of parameters is known.
    #[serde(default, skip_serializing_if = "ParametersBasis::is_label")]
    #[fact(default = "LABEL")]
    pub parameters_basis: ParametersBasis,
    /// The number of parameters that are used for each token, for a mixture of experts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub active_parameters: Option<Count>,
    /// The number of tokens that this size was trained on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub training_tokens: Option<Count>,
    /// The date on which the weights were released.
    ///
    /// Absent if it is that of the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact(inherited, headings("size release date"))]
    pub release_date: Option<PartialDate>,
    /// The slug of the license, where it differs from that of the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[reference(LicenseDocument)]
    pub license: Option<Slug>,
    /// Whether commercial use is permitted, as a source states it for the size itself. Without it, the license of the size
    /// decides, and without that the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact(column = stated_commercial_use, no_object, no_filter, headings("size commercial use"))]
    pub commercial_use: Option<CommercialUse>,
    /// The meaning of the number of training tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub training_tokens_basis: Option<TokensBasis>,
    /// The largest number of tokens that it was trained to process at once, including those that it generates.
    ///
    /// Absent if it is that of the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact(inherited, headings("size context length"))]
    pub context_length: Option<i32>,
    /// The largest number of tokens with a method that extends the context, such as YaRN, as the maker states it.
    ///
    /// Absent if it is that of the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact(inherited, headings("size extended context length"))]
    pub extended_context_length: Option<i32>,
    /// Whether the weights can be had.
    ///
    /// Absent if it is that of the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact(inherited, headings("size status"))]
    pub status: Option<ReleaseStatus>,
    /// The date up to which the training data reaches, as the maker states it.
    ///
    /// Absent if it is that of the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact(inherited, headings("size knowledge cutoff"))]
    pub knowledge_cutoff: Option<PartialDate>,
    /// The kinds of data that it reads and writes.
    ///
    /// Absent if it is that of the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact(inherited, headings("size modalities"))]
    pub modalities: Option<Modalities>,
    /// The number of layers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    #[fact]
    pub layers: Option<i32>,
    /// The number of dimensions of the vector of a token between layers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    #[fact]
    pub hidden_size: Option<i32>,
    /// The number of query heads of an attention layer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    #[fact]
    pub attention_heads: Option<i32>,
    /// The number of tokens of the vocabulary, as the embedding has rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    #[fact]
    pub vocabulary_size: Option<i32>,
    /// The number of experts of a layer, shared ones not included, for a mixture of experts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    #[fact]
    pub experts: Option<i32>,
    /// The number of experts that a layer uses for each token, shared ones not included, for a mixture of experts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    #[fact]
    pub active_experts: Option<i32>,
    /// The cache of its layers for the tokens before, by groups of equal layers. Empty if unknown. Layers that keep nothing of their own
    /// are left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_CACHE_LAYERS))]
    #[list]
    pub cache_layers: Vec<CacheLayers>,
    /// The statements of sources about the facts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_EVIDENCE))]
    pub evidence: Vec<EvidenceDocument>,
}

impl ModelDocument {
    /// Sorts the sizes by parameters and then by label. Returns the former index of each.
    pub fn sort_sizes(&mut self) -> Vec<usize> {
        let mut sizes = std::mem::take(&mut self.sizes).into_iter().enumerate().collect::<Vec<_>>();
        sizes.sort_by_cached_key(|(_, size)| size.sort_key());
        let (order, sizes) = sizes.into_iter().unzip();
        self.sizes = sizes;
        order
    }
}

impl SizeDocument {
    /// Creates a size of which only the label and the number of parameters are known.
    pub fn new(label: String, parameters: Count) -> Self {
        Self {
            label,
            parameters,
            parameters_basis: ParametersBasis::Label,
            active_parameters: None,
            training_tokens: None,
            release_date: None,
            license: None,
            commercial_use: None,
            training_tokens_basis: None,
            context_length: None,
            extended_context_length: None,
            status: None,
            knowledge_cutoff: None,
            modalities: None,
            layers: None,
            hidden_size: None,
            attention_heads: None,
            vocabulary_size: None,
            experts: None,
            active_experts: None,
            cache_layers: Vec::new(),
            evidence: Vec::new(),
        }
    }

    fn validate_dimensions(
        &self,
        problems: &mut ValidationErrors,
        field: &impl Fn(&str) -> String,
        model: &ModelDocument,
    ) {
        let applying = self.inherit(model);
        if self.context_length.is_some() || self.extended_context_length.is_some() {
            problems.check_contexts(&field(""), applying.context_length, applying.extended_context_length);
        }
        problems.check_modalities(&field("modalities"), self.modalities.as_ref());
        problems.check_positive(&field("layers"), self.layers, cache_layers::MAX_LAYERS);
        problems.check_positive(&field("hiddenSize"), self.hidden_size, MAX_DIMENSION);
        problems.check_positive(&field("attentionHeads"), self.attention_heads, MAX_DIMENSION);
        problems.check_positive(&field("vocabularySize"), self.vocabulary_size, i32::MAX);
        problems.check_positive(&field("experts"), self.experts, MAX_DIMENSION);
        problems.check_positive(
            &field("activeExperts"),
            self.active_experts,
            self.experts.unwrap_or(MAX_DIMENSION).max(1),
        );
        cache_layers::validate(problems, &field("cacheLayers"), &self.cache_layers, self.layers);
    }

    /// Returns the key by which sizes are sorted.
    fn sort_key(&self) -> (Count, String) {
        (self.parameters, self.label.clone())
    }
}

/// Returns the facts of a model that evidence can be about.
fn model_facts() -> Vec<CitableFact> {
    citable::<ModelDocument>(&["languages", "purposes", "bases", "organizations", "datasets", "dataScale"])
}

/// Returns the facts of a size that evidence can be about.
pub fn size_facts() -> Vec<CitableFact> {
    citable::<SizeDocument>(&["cacheLayers"])
}

impl SubjectDocument for ModelDocument {
    const SUBJECT: SubjectType = SubjectType::Model;
    const HAS_LINKS: bool = true;
    const HAS_EVIDENCE: bool = true;
    const OTHER_NAMES: &'static [NameColumn] = &[NameColumn::List("aliases")];
    const OTHER_REFERENCES: &'static [(&'static str, SubjectType)] = &[
        ("bases.model", SubjectType::Model),
        ("organizations", SubjectType::Organization),
        ("datasets", SubjectType::Dataset),
        ("datasets.dataset", SubjectType::Dataset),
        ("sizes.license", SubjectType::License),
        ("sizes.evidence.source", SubjectType::Source),
        ("checkpoints.license", SubjectType::License),
        ("checkpoints.evidence.source", SubjectType::Source),
    ];

    fn new(slug: Slug, name: String) -> Self {
        Self {
            slug,
            name,
            aliases: Vec::new(),
            kind: None,
            position: None,
            summary: LocalizedText::default(),
            release_date: None,
            organizations: Vec::new(),
            license: None,
            commercial_use: None,
            architecture: None,
            base_model: None,
            bases: Vec::new(),
            datasets: Vec::new(),
            data_scale: None,
            training_flops: None,
            languages: Vec::new(),
            purposes: Vec::new(),
            context_length: None,
            extended_context_length: None,
            status: None,
            knowledge_cutoff: None,
            modalities: None,
            links: Vec::new(),
            sizes: Vec::new(),
            checkpoints: Vec::new(),
            evidence: Vec::new(),
        }
    }

    fn slug(&self) -> &Slug {
        &self.slug
    }

    fn validate(&self) -> ValidationErrors {
        let mut problems = ValidationErrors::default();
        problems.check_name("name", &self.name);
        problems.check_aliases(&self.aliases);
        problems.check_summary("summary", &self.summary);
        if let Some(scale) = &self.data_scale {
            problems.check_characters("dataScale.text", &scale.text, MAX_NOTE_CHARACTERS);
        }
        problems.check_distinct("organizations", &self.organizations, MAX_ORGANIZATIONS);
        let datasets = self.datasets.iter().map(|data| &data.dataset).collect::<Vec<_>>();
        problems.check_distinct("datasets", &datasets, MAX_DATASETS);
        for (index, data) in self.datasets.iter().enumerate().take(MAX_DATASETS) {
            data.validate(&mut problems, &format!("datasets.{index}"));
        }
        problems.check(self.position.is_none_or(|position| position > 0), "position", "is below 1");
        problems.check(self.base_model.as_ref() != Some(&self.slug), "baseModel", "is the model itself");
        self.check_bases(&mut problems);
        // SQLite converts numbers of this range to and from JSON without loss.
        problems.check(
            self.training_flops.is_none_or(|flops| (1.0..=1e50).contains(&flops)),
            "trainingFlops",
            "is not a number from 1 to 1e50",
        );
        problems.check_commercial_use("commercialUse", self.commercial_use);
        problems.check_links(&self.links, MAX_MODEL_LINKS);
        problems.check_languages(&self.languages);
        problems.check_distinct("purposes", &self.purposes, MAX_PURPOSES);
        for (index, purpose) in self.purposes.iter().enumerate().take(MAX_PURPOSES) {
            problems.check_word(&format!("purposes.{index}"), purpose);
        }
        problems.check_contexts("", self.context_length, self.extended_context_length);
        problems.check_modalities("modalities", self.modalities.as_ref());
        let labels = self.sizes.iter().map(|size| &size.label).collect::<Vec<_>>();
        problems.check_distinct("sizes", &labels, MAX_SIZES);
        for (index, size) in self.sizes.iter().enumerate() {
            let field = |name: &str| format!("sizes.{index}.{name}");
            problems.check_name(&field("label"), &size.label);
            problems.check(
                size.parameters.get() > 0,
                &field("parameters"),
                "is 0; omit a size with an unknown number of parameters",
            );
            let active = size.active_parameters.is_none_or(|active| active <= size.parameters);
            problems.check(active, &field("activeParameters"), "is greater than the number of parameters");
            problems.check_commercial_use(&field("commercialUse"), size.commercial_use);
            size.validate_dimensions(&mut problems, &field, self);
        }
        self.check_checkpoints(&mut problems);
        let template = Self::new(Slug::placeholder(), String::new());
        problems.check_evidence("evidence", &self.evidence, &model_facts(), &template);
        let template = SizeDocument::new(String::new(), Count::from_column(1));
        let facts = size_facts();
        for (index, size) in self.sizes.iter().take(MAX_SIZES).enumerate() {
            problems.check_evidence(&format!("sizes.{index}.evidence"), &size.evidence, &facts, &template);
        }
        let template = CheckpointDocument::new(String::new(), String::new(), None, None);
        let facts = checkpoint_facts();
        for (index, checkpoint) in self.checkpoints.iter().take(MAX_CHECKPOINTS).enumerate() {
            problems.check_evidence(&format!("checkpoints.{index}.evidence"), &checkpoint.evidence, &facts, &template);
        }
        problems.check(
            self.sizes.is_sorted_by_key(SizeDocument::sort_key),
            "sizes",
            "are not in the order of their parameters",
        );
        problems
    }

    fn references(&self) -> Vec<Reference<'_>> {
        let reference = |field: String, subject, slug| Reference { field, subject, slug };
        let declared = self.referenced_slugs();
        let declared = declared.map(|(field, subject, slug)| reference(field.to_owned(), subject, slug));
        let bases = self.bases.iter().enumerate();
        let bases =
            bases.map(|(index, base)| reference(format!("bases.{index}.model"), SubjectType::Model, &base.model));
        let organizations = self.organizations.iter().enumerate();
        let organizations = organizations
            .map(|(index, slug)| reference(format!("organizations.{index}"), SubjectType::Organization, slug));
        let datasets = self.datasets.iter().enumerate();
        let datasets = datasets.map(|(index, data)| {
            let field = if data.is_bare() { "" } else { ".dataset" };
            reference(format!("datasets.{index}{field}"), SubjectType::Dataset, &data.dataset)
        });
        let sizes = self.sizes.iter().enumerate().flat_map(|(index, size)| {
            let declared = size.referenced_slugs();
            declared.map(move |(field, subject, slug)| reference(format!("sizes.{index}.{field}"), subject, slug))
        });
        let checkpoints = self.checkpoints.iter().enumerate().flat_map(|(index, checkpoint)| {
            let declared = checkpoint.referenced_slugs();
            declared.map(move |(field, subject, slug)| reference(format!("checkpoints.{index}.{field}"), subject, slug))
        });
        let parts = sizes.chain(checkpoints).chain(self.cited_sources());
        declared.chain(bases).chain(organizations).chain(datasets).chain(parts).collect()
    }

    fn links(&self) -> &[LinkDocument] {
        &self.links
    }

    fn set_links(&mut self, links: Vec<LinkDocument>) {
        self.links = links;
    }

    /// A new size that is one that is gone but for its label, or the only new one where only one is gone.
    fn renamed_parts(&self, before: &Self) -> HashMap<String, String> {
        let without = |sizes: &[SizeDocument], others: &[SizeDocument]| {
            let is_gone = |size: &&SizeDocument| others.iter().all(|other| other.label != size.label);
            sizes.iter().filter(is_gone).cloned().collect::<Vec<_>>()
        };
        let (added, gone) = (without(&self.sizes, &before.sizes), without(&before.sizes, &self.sizes));
        let renamed = added.iter().filter_map(|size| {
            let same = |old: &&SizeDocument| SizeDocument { label: size.label.clone(), ..(*old).clone() } == *size;
            let only = (added.len() == 1 && gone.len() == 1).then(|| &gone[0]);
            gone.iter().find(same).or(only).map(|old| (size.label.clone(), old.label.clone()))
        });
        renamed.collect()
    }

    fn makers(&self) -> Vec<&Slug> {
        self.organizations.iter().collect()
    }

    fn evidence(&self) -> Vec<EvidenceList<&Vec<EvidenceDocument>>> {
        let own = EvidenceList::of_subject(model_facts, &self.evidence);
        let sizes = self.sizes.iter().enumerate().map(|(index, size)| EvidenceList {
            path: format!("sizes.{index}.evidence"),
            part: size.label.clone(),
            facts: size_facts,
            list: &size.evidence,
        });
        let checkpoints = self.checkpoints.iter().enumerate().map(|(index, checkpoint)| EvidenceList {
            path: format!("checkpoints.{index}.evidence"),
            part: part(&checkpoint.address()),
            facts: checkpoint_facts,
            list: &checkpoint.evidence,
        });
        [own].into_iter().chain(sizes).chain(checkpoints).collect()
    }

    fn evidence_mut(&mut self) -> Vec<EvidenceList<&mut Vec<EvidenceDocument>>> {
        let own = EvidenceList::of_subject(model_facts, &mut self.evidence);
        let sizes = self.sizes.iter_mut().enumerate().map(|(index, size)| EvidenceList {
            path: format!("sizes.{index}.evidence"),
            part: size.label.clone(),
            facts: size_facts,
            list: &mut size.evidence,
        });
        let checkpoints = self.checkpoints.iter_mut().enumerate().map(|(index, checkpoint)| EvidenceList {
            path: format!("checkpoints.{index}.evidence"),
            part: part(&checkpoint.address()),
            facts: checkpoint_facts,
            list: &mut checkpoint.evidence,
        });
        [own].into_iter().chain(sizes).chain(checkpoints).collect()
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn other_names(&self) -> Vec<&str> {
        self.aliases.iter().map(String::as_str).collect()
    }

    fn set_required(fields: &mut Map<String, Json>) -> Vec<Problem> {
        if let Some(Json::Object(scale)) = fields.get_mut("dataScale") {
            scale.entry("unit").or_insert_with(|| DataUnit::Unknown.word().into());
        }
        Vec::new()
    }

    fn sort(&mut self) {
        self.sort_sizes();
        self.sort_checkpoints();
        if self.base_model.is_none() {
            let bases = std::mem::take(&mut self.bases);
            self.set_bases(bases);
        }
    }

    fn merge_bases(document: &mut Map<String, Json>, stated: &mut Map<String, Json>) {
        let base_model = |fields: &Map<String, Json>| fields.get("baseModel").filter(|base| base.is_string()).cloned();
        let lists = |fields: &Map<String, Json>| {
            fields.get("bases").and_then(Json::as_array).is_some_and(|bases| !bases.is_empty())
        };
        match (base_model(stated), base_model(document)) {
            (Some(base), _) if lists(document) => {
                let bases = document.get("bases").and_then(Json::as_array);
                if bases.into_iter().flatten().any(|known| known.get("model") == Some(&base)) {
                    stated.remove("baseModel");
                } else {
                    document.remove("bases");
                }
            }
            (None, Some(base)) if lists(stated) => {
                document.remove("baseModel");
                document.insert("bases".to_owned(), serde_json::json!([{ "model": base }]));
            }
            _ => {}
        }
    }

    fn bases(&self) -> Vec<BaseDocument> {
        self.base_model.iter().cloned().map(BaseDocument::new).chain(self.bases.iter().cloned()).collect()
    }

    /// A single base of which only the slug is known becomes `base_model`.
    fn set_bases(&mut self, bases: Vec<BaseDocument>) {
        (self.base_model, self.bases) = match &bases[..] {
            [base] if base.is_bare() => (Some(base.model.clone()), Vec::new()),
            _ => (None, bases),
        };
    }

    fn position(&self) -> Option<i32> {
        self.position
    }

    fn search_text(&self) -> String {
        model_search_text(
            [&self.name, self.slug.as_str()],
            &self.aliases,
            &self.summary,
            self.checkpoints.iter().map(|checkpoint| checkpoint.repository.as_str()),
            [].into_iter(),
        )
    }
}

/// The largest number of dimensions, heads and experts.
const MAX_DIMENSION: i32 = 1_000_000;

impl ModelDocument {
    /// Checks the list of bases.
    fn check_bases(&self, problems: &mut ValidationErrors) {
        let both = self.base_model.is_some() && !self.bases.is_empty();
        problems.check(!both, "baseModel", "is given together with `bases`, which has all bases");
        let bare = matches!(&self.bases[..], [base] if base.is_bare());
        problems.check(!bare, "bases", "has one base of which only the model is known; give it as `baseModel`");
        problems.check_distinct("bases", &self.bases, MAX_BASES);
        for (index, base) in self.bases.iter().enumerate() {
            let field = |name: &str| format!("bases.{index}.{name}");
            problems.check(base.model != self.slug, &field("model"), "is the model itself");
            if let Some(size) = &base.size {
                problems.check_name(&field("size"), size);
            }
            let known = base.of.as_ref().is_none_or(|of| self.sizes.iter().any(|size| size.label == *of));
            problems.check(known, &field("of"), "is not the label of a size of the model");
        }
    }
}

/// Builds the text that search matches for a model, with the names of the given organizations and the repositories of its
/// checkpoints in their order.
pub fn model_search_text<'a>(
    names: [&'a str; 2],
    aliases: &'a [String],
    summary: &'a LocalizedText,
    repositories: impl Iterator<Item = &'a str>,
    organizations: impl Iterator<Item = &'a entity::organization::Model>,
) -> String {
    let mut repositories = repositories.collect::<Vec<_>>();
    repositories.dedup();
    let names = names.into_iter().chain(aliases.iter().map(String::as_str)).chain(repositories);
    search_text(names, organizations.flat_map(organization::names).chain(summary.texts()))
}
