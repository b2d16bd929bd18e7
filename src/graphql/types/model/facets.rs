//! Facets of models: the number of models of a list by license, organization and so on.

use async_graphql::{Context, Object, SimpleObject};
use entity::model;

use crate::domain::facts::response_budget::Charged;
use crate::error::Result;
use crate::graphql::context::ContextExt;
use crate::query::keyset::{Facet, Join, JoinTable};
use crate::query::page_loader::{CountKey, PageKey};

/// Builds two SQL expressions: the lower bound and the label of the range that a column's value is in. The ranges are given by
/// their lower bounds and labels, the highest first; the last label is that of the range from 0. Both are null for null.
macro_rules! ranges {
    ($column:literal, $(($from:literal, $label:literal)),+; $lowest:literal) => {
        (
            concat!("CASE ", $("WHEN ", $column, " >= ", $from, " THEN '", $from, "' ",)+ "WHEN ", $column, " >= 0 THEN '0' END"),
            concat!("CASE ", $("WHEN ", $column, " >= ", $from, " THEN '", $label, "' ",)+ "WHEN ", $column, " >= 0 THEN '", $lowest, "' END"),
        )
    };
}

/// Builds the SQL expressions of the ranges of lengths of contexts. 128k is 128,000 or 131,072, so the bounds are decimal.
macro_rules! context_ranges {
    ($column:literal) => {
        ranges!(
            $column,
            ("1000000", "1M and more"),
            ("256000", "256k to 1M"),
            ("128000", "128k to 256k"),
            ("32000", "32k to 128k"),
            ("16000", "16k to 32k"),
            ("8000", "8k to 16k"),
            ("4000", "4k to 8k"),
            ("2000", "2k to 4k");
            "less than 2k"
        )
    };
}

/// Builds the SQL expression of a word of capital letters in words: `TOOL_USE` becomes `Tool use`.
macro_rules! in_words {
    ($word:literal) => {
        concat!("SUBSTR(", $word, ", 1, 1) || LOWER(REPLACE(SUBSTR(", $word, ", 2), '_', ' '))")
    };
}

/// Builds the SQL condition that `modality.value` is among modalities.
macro_rules! has_modality {
    ($modalities:literal) => {
        concat!("CAST(", $modalities, " AS text) LIKE '%\"' || modality.value || '\"%'")
    };
}

/// All modalities, as the SQL of a JSON array.
pub(super) const MODALITIES: &str = "'[\"TEXT\", \"IMAGE\", \"AUDIO\", \"VIDEO\", \"OTHER\"]'";

/// The purposes of a model.
pub(super) const PURPOSES: Join =
    Join { table: JoinTable::Elements("model.purposes"), alias: "purpose", on: "1 = 1", optional: false };

/// The sizes of a model. A model without sizes counts by its own facts.
const SIZES: Join = Join { optional: true, ..Join::of("model_size", "size", "size.model_id = model.id") };

/// The organizations that made a model. The alias `maker`: the list of an organization already joins the junction table under its
/// own name.
const MAKERS: &[Join] = &[
    Join::of("model_organization", "maker", "maker.model_id = model.id"),
    Join::of("organization", "organization", "organization.id = maker.organization_id"),
];

/// Each model once.
const MODELS: &str = "DISTINCT model.id";

pub(super) use {context_ranges, has_modality, ranges};

/// The fields that `ModelConnection` has in addition to those of all connections.
pub struct FacetsExtension(pub PageKey<model::Entity>);

/// The fields that `ModelConnection` has in addition to those of all connections.
#[Object]
impl FacetsExtension {
    /// The number of models in the whole list by license, organization and so on. Respects `where` and `search`, not pagination.
    async fn facets(&self) -> ModelFacets {
        ModelFacets(self.0.clone())
    }
}

/// The number of models in a list by value, the largest number first: at most 100 values. Models whose value is unknown are
/// not counted.
pub struct ModelFacets(PageKey<model::Entity>);

/// The number of models in a list by value, the largest number first: at most 100 values. Models whose value is unknown are
/// not counted.
#[Object]
impl ModelFacets {
    /// By permission of commercial use; a value is a `CommercialUse`.
    async fn commercial_use(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        const LABEL: &str = "CASE model.commercial_use WHEN 'ALLOWED' THEN 'Allowed' WHEN 'CONDITIONAL' THEN 'Conditional' \
            WHEN 'AUTHORIZATION_REQUIRED' THEN 'Authorization required' WHEN 'PROHIBITED' THEN 'Prohibited' \
            WHEN 'VARIES' THEN 'Varies' ELSE 'Unknown' END";
        self.count(ctx, &Facet { joins: &[], value: "model.commercial_use", label: LABEL, counted: "*" }).await
    }

    /// By license; a value is the slug of a license. A model whose sizes have two licenses counts for both.
    async fn licenses(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        // The alias `terms`: the list of a license already joins the junction table under its own name.
        const JOINS: &[Join] = &[
            Join::of("model_license", "terms", "terms.model_id = model.id"),
            Join::of("license", "license", "license.id = terms.license_id"),
        ];
        self.count(ctx, &Facet { joins: JOINS, value: "license.slug", label: "license.name", counted: "*" }).await
    }

    /// By organization that made the model; a value is the slug of an organization. A model of two organizations counts for both.
    async fn organizations(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        self.count(ctx, &Facet { joins: MAKERS, value: "organization.slug", label: "organization.name", counted: "*" })
            .await
    }

    /// By country of the organizations that made the model; a value is a code of ISO 3166-1 alpha-2. A model of two countries counts
    /// for both.
    async fn countries(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        const COUNTRY: &str = "organization.country";
        self.count(ctx, &Facet { joins: MAKERS, value: COUNTRY, label: COUNTRY, counted: MODELS }).await
    }

    /// By kind of data that the model or one of its sizes reads or writes; a value is a `Modality`.
    async fn modalities(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        const JOINS: &[Join] = &[
            SIZES,
            Join {
                table: JoinTable::Elements(MODALITIES),
                alias: "modality",
                on: has_modality!("COALESCE(size.modalities, model.modalities)"),
                optional: false,
            },
        ];
        self.count(
            ctx,
            &Facet {
                joins: JOINS,
                value: "modality.value{collation}",
                label: in_words!("modality.value"),
                counted: MODELS,
            },
        )
        .await
    }

    /// By purpose; a value is a word such as CHAT. A model with two purposes counts for both.
    async fn purposes(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        const LABEL: &str = in_words!("purpose.value");
        self.count(ctx, &Facet { joins: &[PURPOSES], value: "purpose.value{collation}", label: LABEL, counted: "*" })
            .await
    }

    /// By length of the context of the model or one of its sizes, in ranges; a value is the lower bound of a range, its label names
    /// the range.
    async fn context_lengths(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        const CONTEXT: (&str, &str) = context_ranges!("COALESCE(size.context_length, model.context_length)");
        self.count(ctx, &Facet { joins: &[SIZES], value: CONTEXT.0, label: CONTEXT.1, counted: MODELS }).await
    }

    /// By kind; a value is a `ModelKind`.
    async fn kinds(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        const LABEL: &str = "CASE model.kind WHEN 'FOUNDATION' THEN 'Foundation' ELSE 'Derived' END";
        self.count(ctx, &Facet { joins: &[], value: "model.kind", label: LABEL, counted: "*" }).await
    }

    /// By the year of release; a value is the year.
    async fn release_years(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        const YEAR: &str = "SUBSTR(model.release_date, 1, 4)";
        self.count(ctx, &Facet { joins: &[], value: YEAR, label: YEAR, counted: "*" }).await
    }

    /// By number of parameters, in ranges; a value is the lower bound of a range, its label names the range. Counts sizes instead
    /// of models.
    async fn parameters(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        const JOINS: &[Join] = &[Join::of("model_size", "size", "size.model_id = model.id")];
        self.count(ctx, &Facet { joins: JOINS, value: PARAMETERS.0, label: PARAMETERS.1, counted: "*" }).await
    }

    /// By the largest known number of training tokens, in ranges; a value is the lower
    /// bound of a range, its label names the range.
    async fn training_tokens(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        self.count(ctx, &Facet { joins: &[], value: TOKENS.0, label: TOKENS.1, counted: "*" }).await
    }
}

const PARAMETERS: (&str, &str) = ranges!(
    "size.parameters",
    ("1000000000000", "1T and more"),
    ("300000000000", "300B to 1T"),
    ("100000000000", "100B to 300B"),
    ("30000000000", "30B to 100B"),
    ("10000000000", "10B to 30B"),
    ("3000000000", "3B to 10B"),
    ("1000000000", "1B to 3B"),
    ("300000000", "300M to 1B"),
    ("100000000", "100M to 300M");
    "less than 100M"
);

const TOKENS: (&str, &str) = ranges!(
    "model.max_training_tokens",
    ("30000000000000", "30T and more"),
    ("10000000000000", "10T to 30T"),
    ("3000000000000", "3T to 10T"),
    ("1000000000000", "1T to 3T"),
    ("300000000000", "300B to 1T"),
    ("100000000000", "100B to 300B"),
    ("30000000000", "30B to 100B"),
    ("10000000000", "10B to 30B");
    "less than 10B"
);

impl ModelFacets {
    async fn count(&self, ctx: &Context<'_>, facet: &'static Facet) -> Result<Vec<FacetValue>> {
        let counts = ctx.loaders().load_one(CountKey { list: self.0.clone(), facet: Some(facet) }).await?;
        let values = counts.unwrap_or_default().into_iter();
        Ok(values
            .map(|facet| FacetValue { value: Charged(facet.value), label: Charged(facet.label), count: facet.count })
            .collect())
    }
}

/// A value, and the number of models with it.
#[derive(SimpleObject)]
#[graphql(name = "Facet")]
pub struct FacetValue {
    /// The value, as filters accept it.
    value: Charged<String>,
    /// The display name of the value.
    label: Charged<String>,
    /// The number of models in the list with the value; for `parameters`, the number of their sizes.
    count: i64,
}
