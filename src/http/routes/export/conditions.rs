//! The conditions of the filters of the catalog page, for exports and feeds.

use async_graphql::{InputType, Value};
use sea_orm::{Condition, ConnectionTrait};
use serde_json::Value as Json;

use crate::domain::license::LicenseDocument;
use crate::domain::organization::OrganizationDocument;
use crate::error::Error;
use crate::formats::export::selection::{Selection, exists};
use crate::graphql::filter::{Filter, FilterContext};
use crate::graphql::types::model::filter::ModelFilter;
use crate::graphql::types::model_size::ModelSizeFilter;
use crate::http::pages::catalog_params::CatalogParams;
use crate::query::license_readings::LicenseReadings;

/// Selects the models that match the filters of the catalog page, and with `sizes` only their sizes that match. `is_now` tells
/// whether `db` is a view of the current catalog.
///
/// # Errors
/// A filter names a subject that does not exist, the search is too long, or the database fails.
pub async fn select(
    db: &impl ConnectionTrait,
    selection: &mut Selection,
    filters: &CatalogParams,
    (is_now, sizes): (bool, bool),
) -> Result<(), Error> {
    selection.search = Some(filters.search().to_owned()).filter(|words| !words.is_empty());
    if filters.has_filters() {
        for slug in filters.all("license") {
            exists::<LicenseDocument>(db, slug.parse().ok().as_ref()).await?;
        }
        for slug in filters.all("maker") {
            exists::<OrganizationDocument>(db, slug.parse().ok().as_ref()).await?;
        }
        let context =
            FilterContext::new(db.get_database_backend(), is_now).with_licenses(LicenseReadings::load(db).await?);
        selection.condition = Some(filter_condition::<ModelFilter>(filters.filter(None), &context)?);
        if sizes && filters.filters_sizes() {
            selection.sizes = Some(filter_condition::<ModelSizeFilter>(filters.size_filter(None), &context)?);
        }
    }
    selection.check(db).await
}

/// Returns the condition on current models of the filters of the catalog page.
///
/// # Errors
/// As [`select`].
pub async fn models_condition(db: &impl ConnectionTrait, filters: &CatalogParams) -> Result<Condition, Error> {
    let mut selection = Selection::default();
    select(db, &mut selection, filters, (true, false)).await?;
    Ok(selection.models())
}

/// Returns the condition of a filter of the API.
///
/// # Errors
/// It is not valid.
pub fn filter_condition<F: InputType + Filter>(filter: Json, context: &FilterContext) -> Result<Condition, Error> {
    let filter = Value::from_json(filter).map_err(|error| Error::InvalidArgument(error.to_string()))?;
    let filter = F::parse(Some(filter))
        .map_err(|error| Error::InvalidArgument(error.into_server_error(async_graphql::Pos::default()).message))?;
    Ok(filter.condition(context))
}
