//! The models that a model was derived from, and the sources that a source was copied from.

use entity::vocabulary::LineageRelation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::limits::MAX_NAME_CHARACTERS;
use crate::domain::slug::Slug;

/// A model that another was derived from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Base")]
pub struct BaseDocument {
    /// The slug of the base.
    pub model: Slug,
    /// How the model was derived from it. Absent if unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<LineageRelation>,
    /// The label of the size of the base. Absent if it is not one size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_NAME_CHARACTERS))]
    pub size: Option<String>,
    /// The label of the size of the model that was derived from it. Absent if it is not one size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_NAME_CHARACTERS))]
    pub of: Option<String>,
}

impl BaseDocument {
    /// Creates a base of which only the slug is known.
    pub fn new(model: Slug) -> Self {
        Self { model, relation: None, size: None, of: None }
    }

    /// Returns whether the weights of the model contain those of the base.
    pub fn passes_weights(&self) -> bool {
        passes_weights(self.relation)
    }

    /// Returns whether the size with a label was derived from the base.
    pub fn is_of(&self, label: &str) -> bool {
        self.of.as_ref().is_none_or(|of| of == label)
    }

    /// Returns the label that the size of the base has which the size with a label was derived from: the one that is stated, or else
    /// the same.
    pub fn size_for<'a>(&'a self, label: &'a str) -> &'a str {
        self.size.as_deref().unwrap_or(label)
    }

    /// Returns whether only the slug is known.
    pub fn is_bare(&self) -> bool {
        self.relation.is_none() && self.size.is_none() && self.of.is_none()
    }
}

/// Returns whether the weights of a model contain those of a base in this relation, so that the licenses of the base apply to them.
pub fn passes_weights(relation: Option<LineageRelation>) -> bool {
    !matches!(relation, Some(LineageRelation::Distilled | LineageRelation::Succeeds))
}
