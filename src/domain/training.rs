//! Training data: the datasets that a model was trained on.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor, value::MapAccessDeserializer},
};

use crate::domain::count::Count;
use crate::domain::slug::Slug;
use crate::domain::validation::ValidationErrors;

/// A dataset that a model was trained on. In documents the slug alone if nothing more is known.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainingDocument {
    /// The slug of the dataset.
    pub dataset: Slug,
    /// The share of the training tokens, from 0 to 1.
    pub share: Option<f64>,
    /// The number of its tokens that the model was trained on, each counted as often as it was read.
    pub tokens: Option<Count>,
    /// How many times the model was trained on it.
    pub epochs: Option<f64>,
}

/// A dataset that a model was trained on, with its share, tokens and epochs.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "TrainingData")]
struct Fields {
    /// The slug of the dataset.
    dataset: Slug,
    /// The share of the training tokens, from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    share: Option<f64>,
    /// The number of its tokens that the model was trained on, each counted as often as it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tokens: Option<Count>,
    /// How many times the model was trained on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = MAX_EPOCHS))]
    epochs: Option<f64>,
}

/// The largest number of epochs.
const MAX_EPOCHS: f64 = 1_000_000.0;

impl TrainingDocument {
    /// Creates training data of which only the dataset is known.
    pub fn new(dataset: Slug) -> Self {
        Self { dataset, share: None, tokens: None, epochs: None }
    }

    /// Returns whether only the dataset is known. Then the document has its slug alone.
    pub fn is_bare(&self) -> bool {
        self.share.is_none() && self.tokens.is_none() && self.epochs.is_none()
    }

    /// Checks the numbers. `path` is the path of the training data.
    pub fn validate(&self, problems: &mut ValidationErrors, path: &str) {
        let share = self.share.is_none_or(|share| share > 0.0 && share <= 1.0);
        problems.check(share, &format!("{path}.share"), "is not above 0 and at most 1");
        let tokens = self.tokens.is_none_or(|tokens| tokens.get() > 0);
        problems.check(tokens, &format!("{path}.tokens"), "is 0; omit an unknown number");
        let epochs = self.epochs.is_none_or(|epochs| epochs > 0.0 && epochs <= MAX_EPOCHS);
        problems.check(epochs, &format!("{path}.epochs"), "is not above 0 and at most a million");
    }
}

impl Serialize for TrainingDocument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_bare() {
            return self.dataset.serialize(serializer);
        }
        let Self { dataset, share, tokens, epochs } = self.clone();
        Fields { dataset, share, tokens, epochs }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for TrainingDocument {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SlugOrFields;
        impl<'de> Visitor<'de> for SlugOrFields {
            type Value = TrainingDocument;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the slug of a dataset, or an object with dataset, share, tokens and epochs")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<TrainingDocument, E> {
                text.parse().map(TrainingDocument::new).map_err(E::custom)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<TrainingDocument, A::Error> {
                let fields = Fields::deserialize(MapAccessDeserializer::new(map))?;
                let Fields { dataset, share, tokens, epochs } = fields;
                Ok(TrainingDocument { dataset, share, tokens, epochs })
            }
        }
        deserializer.deserialize_any(SlugOrFields)
    }
}

impl JsonSchema for TrainingDocument {
    fn schema_name() -> Cow<'static, str> {
        "TrainingDataset".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A dataset that a model was trained on: its slug, or an object if more is known.",
            "anyOf": [generator.subschema_for::<Slug>(), generator.subschema_for::<Fields>()],
        })
    }
}
