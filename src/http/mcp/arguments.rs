//! The arguments of the tools, and the GraphQL inputs that they become.

use rmcp::schemars::{self, JsonSchema, Schema};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

/// The order of models.
#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
enum Order {
    #[default]
    Newest,
    Largest,
    MostTrained,
}

/// The most results of a tool.
const MAX_RESULTS: u32 = 20;

fn limit(asked: Option<u32>) -> u32 {
    asked.unwrap_or(10).clamp(1, MAX_RESULTS)
}

/// Adds a field to an input object, unless there is no value.
fn set(input: &mut Map<String, Json>, field: &str, value: Option<Json>) {
    if let Some(value) = value {
        input.insert(field.to_owned(), value);
    }
}

/// Describes an argument that may be left out by its one type, without null: clients that know one type for an argument send a
/// text otherwise.
fn without_null(schema: &mut Schema) {
    let properties = schema.get_mut("properties").and_then(Json::as_object_mut);
    for property in properties.into_iter().flat_map(Map::values_mut).filter_map(Json::as_object_mut) {
        property.retain(|name, value| name != "default" || !value.is_null());
        if let Some(Json::Array(types)) = property.get_mut("anyOf") {
            types.retain(|one| one["type"] != "null");
            if let [Json::Object(one)] = types.as_mut_slice() {
                let one = std::mem::take(one);
                property.remove("anyOf");
                property.extend(one);
            }
        }
        if let Some(Json::Array(types)) = property.get_mut("type") {
            types.retain(|one| one != "null");
            if let [one] = types.as_slice() {
                property["type"] = one.clone();
            }
        }
    }
}

/// The arguments of `find_models`.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(transform = without_null)]
pub struct FindModels {
    /// Words of the name, an alias or the maker, in English or Chinese.
    search: Option<String>,
    /// The most parameters of a size, such as "13B".
    max_parameters: Option<String>,
    /// The fewest parameters of a size, such as "70B".
    min_parameters: Option<String>,
    /// The fewest tokens of context.
    min_context: Option<u32>,
    /// The fewest training tokens of a size, such as "1T".
    min_training_tokens: Option<String>,
    /// Whether a size may be used commercially: ALLOWED, CONDITIONAL, AUTHORIZATION_REQUIRED, PROHIBITED, UNKNOWN.
    commercial_use: Option<String>,
    /// The slug of a license, such as "apache-2-0".
    license: Option<String>,
    /// The slug or name of a maker.
    maker: Option<String>,
    /// The country of a maker: ISO 3166-1, such as "FR".
    country: Option<String>,
    /// Released then or later: "2025", "2025-06" or "2025-06-30".
    released_since: Option<String>,
    /// A purpose: CHAT, CODE, MATH, REASONING, EMBEDDING …
    purpose: Option<String>,
    /// The kind of input: TEXT, IMAGE, AUDIO, VIDEO.
    reads: Option<String>,
    /// The order; newest first without it.
    order: Order,
    /// The number of models, at most 20.
    limit: Option<u32>,
}

impl FindModels {
    pub fn variables(self) -> Json {
        let (mut size, mut model) = (Map::new(), Map::new());
        let mut parameters = Map::new();
        set(&mut parameters, "lte", self.max_parameters.map(Json::from));
        set(&mut parameters, "gte", self.min_parameters.map(Json::from));
        set(&mut size, "parameters", (!parameters.is_empty()).then_some(Json::Object(parameters)));
        set(&mut size, "contextLength", self.min_context.map(|least| json!({ "gte": least })));
        set(&mut size, "trainingTokens", self.min_training_tokens.map(|least| json!({ "gte": least })));
        set(&mut size, "commercialUse", self.commercial_use.map(|answer| json!({ "eq": answer })));
        set(&mut size, "license", self.license.map(|slug| json!({ "slug": { "eq": slug } })));
        set(&mut size, "releaseDate", self.released_since.map(|date| json!({ "gte": date })));
        set(&mut size, "modalities", self.reads.map(|kind| json!({ "input": kind })));
        set(&mut model, "sizes", (!size.is_empty()).then(|| json!({ "some": size })));
        set(&mut model, "purposes", self.purpose.map(|purpose| json!({ "has": purpose })));
        let mut maker = Map::new();
        set(&mut maker, "country", self.country.map(|code| json!({ "eq": code })));
        let named = self.maker.map(|name| {
            json!([{ "slug": { "eq": name } }, { "name": { "contains": name } }, { "aliases": { "has": name } }])
        });
        set(&mut maker, "or", named);
        set(&mut model, "organizations", (!maker.is_empty()).then(|| json!({ "some": maker })));
        let order = match self.order {
            Order::Newest => "RELEASE_DATE",
            Order::Largest => "MAX_PARAMETERS",
            Order::MostTrained => "MAX_TRAINING_TOKENS",
        };
        json!({
            "search": self.search,
            "where": model,
            "orderBy": [{ "field": order, "direction": "DESC" }],
            "first": limit(self.limit),
        })
    }
}

/// The arguments of `get_model`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = without_null)]
pub struct GetModel {
    /// A slug such as "llama-2", a name, or a repository such as "Qwen/Qwen2.5-7B-Instruct".
    pub model: String,
    /// Whether to return the statements of the sources with quotes and addresses. True without it.
    pub evidence: Option<bool>,
}

/// How a model is used. Leave out unknown facts: the answer then names those that it needs.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(transform = without_null)]
pub struct UseCase {
    /// Whether the use is commercial. True without it.
    commercial: Option<bool>,
    /// Monthly active users of the user's products.
    monthly_users: Option<u64>,
    /// Revenue of a year in US dollars.
    annual_revenue_usd: Option<u64>,
    /// Where the user is: ISO 3166-1, such as "DE", or "EU".
    territory: Option<String>,
    /// Whether others get the model as a hosted service.
    hosting: Option<bool>,
    /// Whether its outputs train other models.
    trains_on_outputs: Option<bool>,
}

impl UseCase {
    pub fn input(&self) -> Json {
        let mut input = Map::new();
        set(&mut input, "commercial", Some(self.commercial.unwrap_or(true).into()));
        set(&mut input, "monthlyUsers", self.monthly_users.map(Json::from));
        set(&mut input, "annualRevenueUsd", self.annual_revenue_usd.map(Json::from));
        set(&mut input, "territory", self.territory.clone().map(Json::from));
        set(&mut input, "hosting", self.hosting.map(Json::from));
        set(&mut input, "trainsOnOutputs", self.trains_on_outputs.map(Json::from));
        Json::Object(input)
    }
}

/// The arguments of `what_fits`.
#[derive(Deserialize, JsonSchema)]
#[schemars(transform = without_null)]
pub struct WhatFits {
    /// The memory in GiB (2^30 bytes), such as 24.
    memory_gib: f64,
    /// The format of the weights, such as "Q4_K_M", "INT8" or "BF16". Q4_K_M without it.
    quantization: Option<String>,
    /// The tokens of the sequence, input and output together. 8192 without it.
    context: Option<u32>,
    /// Leave out sizes that may not be used so, or of which this is unknown.
    use_case: Option<UseCase>,
    /// The fewest training tokens, such as "1T".
    min_training_tokens: Option<String>,
    /// Released then or later: "2025" or "2025-06".
    released_since: Option<String>,
    /// The number of sizes, at most 20.
    limit: Option<u32>,
}

impl WhatFits {
    pub fn variables(self) -> Json {
        let quantization = self.quantization.unwrap_or_else(|| "Q4_K_M".to_owned());
        let context = self.context.unwrap_or(8192);
        // A memory that is no positive number is refused by the API.
        let bytes = (self.memory_gib * f64::from(1 << 30)).floor();
        let mut size = Map::new();
        let fits = json!({ "memory": bytes, "quantization": quantization, "context": context });
        set(&mut size, "fits", Some(fits));
        let allowed = |case: UseCase| json!({ "for": case.input(), "verdict": { "in": ["ALLOWED", "CONDITIONAL"] } });
        set(&mut size, "use", self.use_case.map(allowed));
        set(&mut size, "trainingTokens", self.min_training_tokens.map(|least| json!({ "gte": least })));
        set(&mut size, "releaseDate", self.released_since.map(|date| json!({ "gte": date })));
        json!({ "where": size, "quantization": quantization, "context": context, "first": limit(self.limit) })
    }
}

/// The arguments of `license_terms`.
#[derive(Deserialize, JsonSchema)]
#[schemars(transform = without_null)]
pub struct LicenseTerms {
    /// A license: slug, SPDX id or name, for all its terms. Or give `model`.
    pub license: Option<String>,
    /// A model: slug, name or repository. Each of its sizes is answered by its license and those of its bases.
    pub model: Option<String>,
    #[serde(flatten)]
    pub case: UseCase,
}

/// The arguments of `compare_models`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = without_null)]
pub struct CompareModels {
    /// Two to five models: slugs, names or repositories.
    #[schemars(length(min = 2, max = 5))]
    pub models: Vec<String>,
}

/// The arguments of `what_changed`.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(transform = without_null)]
pub struct WhatChanged {
    /// Changes after this time, such as "2026-11-01T00:00:00Z".
    since: Option<String>,
    /// Changes of one subject, by its slug.
    slug: Option<String>,
    /// The number of changes, the latest; at most 20.
    limit: Option<u32>,
}

impl WhatChanged {
    pub fn variables(self) -> Json {
        let mut revision = Map::new();
        set(&mut revision, "createdAt", self.since.map(|time| json!({ "gt": time })));
        set(&mut revision, "subjectSlug", self.slug.map(|slug| json!({ "eq": slug })));
        json!({ "where": revision, "last": limit(self.limit) })
    }
}
