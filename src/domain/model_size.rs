//! Documents of the sizes of models.

use entity::vocabulary::{CommercialUse, ParametersBasis, ReleaseStatus, TokensBasis};
use macros::Facts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::cache_layers::{self, CacheLayers};
use crate::domain::count::Count;
use crate::domain::date::PartialDate;
use crate::domain::evidence::document::EvidenceDocument;
use crate::domain::facts::{CitableFact, citable};
use crate::domain::license::LicenseDocument;
use crate::domain::limits::{MAX_CACHE_LAYERS, MAX_EVIDENCE, MAX_NAME_CHARACTERS};
use crate::domain::modalities::Modalities;
use crate::domain::model::ModelDocument;
use crate::domain::slug::Slug;
use crate::domain::validation::ValidationErrors;

/// The largest number of dimensions, heads and experts.
const MAX_DIMENSION: i32 = 1_000_000;

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

    /// Checks the facts that need the model: contexts, modalities and dimensions.
    pub(super) fn validate_dimensions(
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
    pub(super) fn sort_key(&self) -> (Count, String) {
        (self.parameters, self.label.clone())
    }
}

/// Returns the facts of a size that evidence can be about.
pub fn size_facts() -> Vec<CitableFact> {
    citable::<SizeDocument>(&["cacheLayers"])
}
