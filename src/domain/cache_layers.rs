//! The caches that the layers of a model keep for the tokens before.

use async_graphql::{InputObject, SimpleObject};
use entity::vocabulary::{AttentionKind, CacheKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::limits::MAX_CACHE_LAYERS;
use crate::domain::validation::ValidationErrors;

/// The largest number of layers.
pub const MAX_LAYERS: i32 = 1000;
/// The largest number of key-value heads.
const MAX_HEADS: i32 = 1000;
/// The largest number of dimensions. With [`MAX_LAYERS`], [`MAX_HEADS`] and [`MAX_CACHE_LAYERS`] it bounds the numbers of a cache
/// for one token to 64 bits.
const MAX_DIMENSION: i32 = 100_000;

/// A group of layers that keep the same of the tokens before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(input_name = "CacheLayersInput")]
pub struct CacheLayers {
    /// The number of layers in the group.
    #[schemars(range(min = 1, max = MAX_LAYERS))]
    pub layers: i32,
    /// The kind of their cache.
    pub kind: CacheKind,
    /// The number of key-value heads of a layer. Null for LATENT. Of STATE, the number of heads with a state of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = MAX_HEADS))]
    pub key_value_heads: Option<i32>,
    /// The dimensions of the key of a head. Null for LATENT. Of STATE, a head keeps keyDimension times valueDimension numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = MAX_DIMENSION))]
    pub key_dimension: Option<i32>,
    /// The dimensions of the value of a head. Null for LATENT.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = MAX_DIMENSION))]
    pub value_dimension: Option<i32>,
    /// The number of tokens that are kept. Null unless WINDOW.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub window: Option<i32>,
    /// The dimensions of the compressed vector. Null unless LATENT.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = MAX_DIMENSION))]
    pub latent_dimension: Option<i32>,
    /// The dimensions of the key with the position, which is kept in addition to the compressed vector: 0 if there is none. Null unless
    /// LATENT.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = MAX_DIMENSION))]
    pub rope_dimension: Option<i32>,
}

/// The size of a cache, as a count of numbers: a linear function of the length of the context, and one with a bend for each window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CacheShape {
    /// The numbers for each token.
    pub per_token: i64,
    /// The numbers that do not depend on the context.
    pub fixed: i64,
    /// The numbers for each token within a window.
    pub per_token_in_windows: i64,
    /// The windows: the number of tokens, and the numbers for each token.
    windows: Vec<(i64, i64)>,
}

impl CacheShape {
    /// Returns the shape of a cache. None if the layers are unknown.
    pub fn of(groups: &[CacheLayers]) -> Option<Self> {
        if groups.is_empty() {
            return None;
        }
        let mut shape = Self::default();
        for group in groups {
            let number = |value: Option<i32>| i64::from(value.unwrap_or_default());
            let (layers, heads) = (i64::from(group.layers), number(group.key_value_heads));
            let (key, value) = (number(group.key_dimension), number(group.value_dimension));
            match group.kind {
                CacheKind::Full => shape.per_token += layers * heads * (key + value),
                CacheKind::Latent => {
                    shape.per_token += layers * (number(group.latent_dimension) + number(group.rope_dimension));
                }
                CacheKind::State => shape.fixed += layers * heads * key * value,
                CacheKind::Window => {
                    let per_token = layers * heads * (key + value);
                    shape.per_token_in_windows += per_token;
                    shape.windows.push((number(group.window), per_token));
                }
            }
        }
        Some(shape)
    }

    /// Returns the numbers that the cache of one sequence of `context` tokens keeps.
    pub fn numbers(&self, context: i64) -> i128 {
        let windows =
            self.windows.iter().map(|(window, per_token)| i128::from(context.min(*window)) * i128::from(*per_token));
        i128::from(self.per_token) * i128::from(context) + i128::from(self.fixed) + windows.sum::<i128>()
    }
}

/// Returns the kind of attention of the layers. None if they are unknown, or if it depends on an unknown number of query heads.
pub fn attention(groups: &[CacheLayers], query_heads: Option<i32>) -> Option<AttentionKind> {
    let has = |kind| groups.iter().any(|group| group.kind == kind);
    match (has(CacheKind::Full), has(CacheKind::Window), has(CacheKind::Latent), has(CacheKind::State)) {
        (false, false, false, false) => None,
        (false, false, false, true) => Some(AttentionKind::Recurrent),
        (false, false, true, false) => Some(AttentionKind::Mla),
        (_, _, true, _) | (_, _, _, true) => Some(AttentionKind::Hybrid),
        (_, true, false, false) => Some(AttentionKind::Windowed),
        (true, false, false, false) => {
            let query_heads = query_heads?;
            let all = |heads: i32| groups.iter().all(|group| group.key_value_heads == Some(heads));
            Some(match () {
                () if all(query_heads) => AttentionKind::Mha,
                () if all(1) => AttentionKind::Mqa,
                () => AttentionKind::Gqa,
            })
        }
    }
}

/// Returns the SQL expression of the kind of attention of a row of `model_size`, as [`attention`] computes it; NULL for none.
pub fn attention_sql() -> String {
    let any = |test: &dyn Fn(&str) -> String| {
        let groups = (0..MAX_CACHE_LAYERS).map(|index| test(&format!("(model_size.cache_layers -> {index})")));
        format!("({})", groups.collect::<Vec<_>>().join(" OR "))
    };
    let has = |kind: CacheKind| any(&|group| format!("COALESCE({group} ->> 'kind', '') = '{}'", kind.word()));
    let other_heads = |heads: &str| {
        any(&|group| format!("COALESCE(CAST({group} ->> 'keyValueHeads' AS INTEGER), {heads}) <> {heads}"))
    };
    let words = |kind: AttentionKind| format!("'{}'", kind.word());
    // Derived columns show whether there are windows and states.
    let (window, state) = ("model_size.cache_per_token_in_windows > 0", "model_size.cache_fixed > 0");
    let (full, latent) = (has(CacheKind::Full), has(CacheKind::Latent));
    let query_heads = "model_size.attention_heads";
    format!(
        "CASE WHEN model_size.cache_per_token IS NULL THEN NULL \
         WHEN {latent} THEN CASE WHEN {full} OR {window} OR {state} THEN {hybrid} ELSE {mla} END \
         WHEN {state} THEN CASE WHEN {full} OR {window} THEN {hybrid} ELSE {recurrent} END \
         WHEN {window} THEN {windowed} WHEN {query_heads} IS NULL THEN NULL \
         WHEN NOT {other_than_query_heads} THEN {mha} WHEN NOT {other_than_one} THEN {mqa} ELSE {gqa} END",
        other_than_query_heads = other_heads(query_heads),
        other_than_one = other_heads("1"),
        hybrid = words(AttentionKind::Hybrid),
        mla = words(AttentionKind::Mla),
        recurrent = words(AttentionKind::Recurrent),
        windowed = words(AttentionKind::Windowed),
        mha = words(AttentionKind::Mha),
        mqa = words(AttentionKind::Mqa),
        gqa = words(AttentionKind::Gqa),
    )
}

/// Checks groups of layers. `all_layers` is the number of layers of the size.
pub fn validate(problems: &mut ValidationErrors, path: &str, groups: &[CacheLayers], all_layers: Option<i32>) {
    problems.check(groups.len() <= MAX_CACHE_LAYERS, path, &format!("has more than {MAX_CACHE_LAYERS} elements"));
    for (index, group) in groups.iter().enumerate().take(MAX_CACHE_LAYERS) {
        let field = |name: &str| format!("{path}.{index}.{name}");
        problems.check_positive(&field("layers"), Some(group.layers), MAX_LAYERS);
        let is = |kinds: &[CacheKind]| kinds.contains(&group.kind);
        let has_heads = !is(&[CacheKind::Latent]);
        let rest = [
            ("keyValueHeads", group.key_value_heads, has_heads, 1, MAX_HEADS),
            ("keyDimension", group.key_dimension, has_heads, 1, MAX_DIMENSION),
            ("valueDimension", group.value_dimension, has_heads, 1, MAX_DIMENSION),
            ("window", group.window, is(&[CacheKind::Window]), 1, i32::MAX),
            ("latentDimension", group.latent_dimension, is(&[CacheKind::Latent]), 1, MAX_DIMENSION),
            ("ropeDimension", group.rope_dimension, is(&[CacheKind::Latent]), 0, MAX_DIMENSION),
        ];
        for (name, number, needed, min, max) in rest {
            problems.check(
                number.is_some() == needed,
                &field(name),
                if needed { "is missing" } else { "does not belong to this kind" },
            );
            problems.check(
                number.is_none_or(|number| (min..=max).contains(&number)),
                &field(name),
                &format!("is not from {min} to {max}"),
            );
        }
    }
    let sum = groups.iter().map(|group| i64::from(group.layers)).sum::<i64>();
    problems.check(all_layers.is_none_or(|layers| sum <= i64::from(layers)), path, "has more layers than the size");
}
