//! What models of a list have in common.

use async_graphql::{Context, Object, SimpleObject};
use entity::model;

use super::super::context::Reads;
use crate::{
    catalog::{
        list::Facet,
        read::{PageOf, TallyOf},
    },
    error::Result,
};

/// What models of a list have in common.
pub struct FacetsField(pub PageOf<model::Entity>);

/// What models of a list have in common.
/// What models of a list have in common.
#[Object]
impl FacetsField {
    /// How many models of the whole list have which license, maker and so on. Respects `where` and `search`, not the page.
    async fn facets(&self) -> ModelFacets {
        ModelFacets(self.0.clone())
    }
}

/// How many models of a list have which value. A model for which the value is not known is not counted; the value that
/// most models have comes first.
pub struct ModelFacets(PageOf<model::Entity>);

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
}

impl ModelFacets {
    async fn count(&self, ctx: &Context<'_>, facet: &'static Facet) -> Result<Vec<FacetValue>> {
        let tallies = ctx.batches().load_one(TallyOf { list: self.0.clone(), facet: Some(facet) }).await?;
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
