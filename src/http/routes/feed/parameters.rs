//! The query parameters of feeds: those of the page of changes, and the filters of the catalog page for changes of models.

use entity::vocabulary::SubjectType;
use sea_orm::{
    Condition, ConnectionTrait, DatabaseTransaction, ExprTrait,
    sea_query::{Expr, Query},
};
use url::form_urlencoded;

use crate::error::Result;
use crate::graphql::filter::FilterContext;
use crate::graphql::types::revision::RevisionFilter;
use crate::http::middleware::error::HttpError;
use crate::http::pages::catalog_params::{CatalogParams, InvalidParameter};
use crate::http::pages::revision_params::RevisionParams;
use crate::http::routes::export::conditions::{filter_condition, models_condition};
use crate::http::routes::export::parameters::invalid;

/// The cost of a feed with filters for the rate limit.
const FILTER_COST: u32 = 100;

/// The filters of a feed. All given ones must hold.
#[derive(Debug, Default)]
pub struct FeedParameters {
    /// Only these revisions.
    revisions: RevisionParams,
    /// Only models that match now.
    models: CatalogParams,
}

impl FeedParameters {
    /// Parses a query string.
    ///
    /// # Errors
    /// A parameter is unknown or invalid.
    pub fn parse(query: &str) -> Result<Self, HttpError> {
        let mut parameters = Self::default();
        let mut filters = form_urlencoded::Serializer::new(String::new());
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "type" | "subject" | "actor" if value.contains('\0') => {
                    return Err(invalid(&name, "it contains the character U+0000"));
                }
                // A form sends what is not chosen as an empty text.
                "type" | "subject" | "actor" if value.is_empty() => {}
                "type" => {
                    let kind = SubjectType::ALL.iter().copied().find(|subject| subject.word() == value);
                    let words = || SubjectType::ALL.iter().map(|subject| subject.word()).collect::<Vec<_>>().join(", ");
                    parameters.revisions.kind =
                        Some(kind.ok_or_else(|| invalid(&name, &format!("expected one of {}", words())))?);
                }
                "subject" => parameters.revisions.subject = value.into_owned(),
                "actor" => parameters.revisions.actor = value.into_owned(),
                _ => drop(filters.append_pair(&name, &value)),
            }
        }
        let (models, wrong) = CatalogParams::parse(&filters.finish());
        if let Some(InvalidParameter { name, reason, .. }) = wrong.first() {
            return Err(invalid(name, &format!("{reason}; a feed also has `type`, `subject` and `actor`")));
        }
        if let Some(name) = models.of_the_view() {
            return Err(invalid(name, "a feed has the latest changes, the newest first"));
        }
        parameters.models = models;
        Ok(parameters)
    }

    /// Returns the parameters in their normal form; empty without filters.
    pub fn query(&self) -> String {
        let own = self.revisions.pairs().into_iter().filter(|(_, value)| !value.is_empty());
        let own = form_urlencoded::Serializer::new(String::new()).extend_pairs(own).finish();
        let models = self.models.query();
        let models = models.trim_start_matches('?');
        let separator = if own.is_empty() || models.is_empty() { "" } else { "&" };
        format!("{own}{separator}{models}")
    }

    /// Returns the cost for the rate limit, besides that of a request.
    pub fn cost(&self) -> u32 {
        if self.query().is_empty() { 0 } else { FILTER_COST }
    }

    /// Returns the condition on revisions.
    ///
    /// # Errors
    /// A filter names a subject that does not exist, or the database fails.
    pub async fn condition(&self, db: &DatabaseTransaction) -> Result<Condition> {
        let context = FilterContext::new(db.get_database_backend(), true);
        let mut condition = filter_condition::<RevisionFilter>(self.revisions.filter(), &context)?;
        if !self.models.query().is_empty() {
            let column = |name: &'static str| Expr::col(("revision", name));
            let matching = models_condition(db, &self.models).await?;
            let matching = Query::select().column(("model", "id")).from("model").cond_where(matching).take();
            condition = condition
                .add(column("subject_type").eq(SubjectType::Model.word()))
                .add(column("subject_id").in_subquery(matching));
        }
        Ok(condition)
    }
}
