//! What models of a list have in common.

use async_graphql::{Context, Object, SimpleObject};
use entity::model;

use crate::error::Result;
use crate::graphql::context::ContextExt;
use crate::query::keyset::Facet;
use crate::query::page_loader::{CountKey, PageKey};

/// What models of a list have in common.
pub struct FacetsExtension(pub PageKey<model::Entity>);

/// What models of a list have in common.
/// What models of a list have in common.
#[Object]
impl FacetsExtension {
    /// How many models of the whole list have which license, maker and so on. Respects `where` and `search`, not the page.
    async fn facets(&self) -> ModelFacets {
        ModelFacets(self.0.clone())
    }
}

/// How many models of a list have which value. A model for which the value is not known is not counted; the value that
/// most models have comes first.
pub struct ModelFacets(PageKey<model::Entity>);

/// How many models of a list have which value. A model for which the value is not known is not counted; the value that
/// most models have comes first.
#[Object]
impl ModelFacets {
    /// By whether they may be used commercially; a value is a `CommercialUse`.
    async fn commercial_use(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        const LABEL: &str = "CASE model.commercial_use WHEN 'ALLOWED' THEN 'Allowed' \
            WHEN 'AUTHORIZATION_REQUIRED' THEN 'Authorization required' WHEN 'PROHIBITED' THEN 'Prohibited' ELSE 'Unknown' END";
        self.count(ctx, &Facet { joins: &[], value: "model.commercial_use", label: LABEL }).await
    }

    /// By license; a value is its slug.
    async fn licenses(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        const JOINS: &[(&str, &str, &str)] = &[("license", "license", "license.id = model.license_id")];
        self.count(ctx, &Facet { joins: JOINS, value: "license.slug", label: "license.name" }).await
    }

    /// By maker; a value is its slug. A model of two makers counts for both.
    async fn organizations(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        // The list may come from an organization itself, and so have joined the junction already.
        const JOINS: &[(&str, &str, &str)] = &[
            ("model_organization", "maker", "maker.model_id = model.id"),
            ("organization", "organization", "organization.id = maker.organization_id"),
        ];
        self.count(ctx, &Facet { joins: JOINS, value: "organization.slug", label: "organization.name" }).await
    }

    /// By what they were built from; a value is a `ModelKind`.
    async fn kinds(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        const LABEL: &str = "CASE model.kind WHEN 'FOUNDATION' THEN 'Foundation' ELSE 'Derived' END";
        self.count(ctx, &Facet { joins: &[], value: "model.kind", label: LABEL }).await
    }

    /// By the year of release; a value is the year.
    async fn release_years(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        const YEAR: &str = "SUBSTR(CAST(model.release_date AS TEXT), 1, 4)";
        self.count(ctx, &Facet { joins: &[], value: YEAR, label: YEAR }).await
    }

    /// By the parameters of their sizes, in ranges; a value is where its range begins, the label names the range. Each size of
    /// a model counts.
    async fn parameters(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        const JOINS: &[(&str, &str, &str)] = &[("model_size", "size", "size.model_id = model.id")];
        self.count(ctx, &Facet { joins: JOINS, value: PARAMETERS.0, label: PARAMETERS.1 }).await
    }

    /// By the most tokens that they or their sizes were trained on, in ranges; a value is where its range begins, the label
    /// names the range.
    async fn training_tokens(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        self.count(ctx, &Facet { joins: &[], value: TOKENS.0, label: TOKENS.1 }).await
    }
}

/// Where the range of a number begins, and what the range is called, for ranges that begin at the numbers given and at 0.
macro_rules! ranges {
    ($column:literal, $(($from:literal, $label:literal)),+; $least:literal) => {
        (
            concat!("CASE ", $("WHEN ", $column, " >= ", $from, " THEN '", $from, "' ",)+ "WHEN ", $column, " >= 0 THEN '0' END"),
            concat!("CASE ", $("WHEN ", $column, " >= ", $from, " THEN '", $label, "' ",)+ "WHEN ", $column, " >= 0 THEN '", $least, "' END"),
        )
    };
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
        let tallies = ctx.loaders().load_one(CountKey { list: self.0.clone(), facet: Some(facet) }).await?;
        let values = tallies.unwrap_or_default().into_iter();
        Ok(values.map(|tally| FacetValue { value: tally.value, label: tally.label, count: tally.count }).collect())
    }
}

/// A value and how many models have it.
#[derive(SimpleObject)]
#[graphql(name = "Facet")]
pub struct FacetValue {
    /// The value, as filters take it.
    value: String,
    /// What people call it.
    label: String,
    /// How many models of the list have it.
    count: i64,
}
