//! All licenses that say something about permission, for filters that evaluate them.

use std::{collections::HashMap, sync::Arc};

use entity::{
    license, license_term,
    vocabulary::{CommercialUse, SubjectType, UseVerdict},
};
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, QueryTrait,
    sea_query::{Expr, Order, Query},
};

use crate::domain::license_terms::evaluation::{LicenseReading, UseCase, evaluate};
use crate::domain::text::LocalizedText;
use crate::error::Result;
use crate::query::batch::{Loader, Values};
use crate::query::cache::{CacheQuery, CacheWeight, Cacheable, Dependent};
use crate::query::db_loader::DbLoader;
use crate::query::dependencies::Dependencies;

/// The key of [`LicenseReadings`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AllLicenses;

impl Cacheable for AllLicenses {
    fn cache_query(&self) -> CacheQuery {
        CacheQuery::Licenses
    }
}

/// The licenses that were reviewed, have terms, or for which a restriction of commercial use is stated. All others answer
/// UNKNOWN to every use.
#[derive(Clone, Debug)]
pub struct LicenseReadings(Arc<[(i32, LicenseReading)]>);

impl LicenseReadings {
    /// Returns whether terms depend on the modality of the weights.
    pub fn depend_on_modality(&self) -> bool {
        self.0.iter().flat_map(|(_, reading)| &reading.terms).any(|term| term.when.modality.is_some())
    }

    /// Evaluates each license on its own for a use. Returns the ids of the licenses with each verdict but UNKNOWN.
    pub fn by_verdict(&self, use_case: &UseCase) -> HashMap<UseVerdict, Vec<i32>> {
        let mut ids = HashMap::<_, Vec<_>>::new();
        for (id, reading) in &*self.0 {
            let verdict = evaluate(&[Some(reading)], use_case).verdict;
            if verdict != UseVerdict::Unknown {
                ids.entry(verdict).or_default().push(*id);
            }
        }
        ids
    }
}

impl CacheWeight for LicenseReadings {
    fn bytes(&self) -> usize {
        let terms = |(_, reading): &(i32, LicenseReading)| size_of_val(&*reading.terms);
        size_of_val(&*self.0) + self.0.iter().map(terms).sum::<usize>()
    }
}

impl<V> Dependent<V> for AllLicenses {
    fn add_dependencies(&self, _: Option<&V>, dependencies: &mut Dependencies) {
        dependencies.add_type(SubjectType::License);
    }
}

impl Loader<AllLicenses> for DbLoader {
    type Value = LicenseReadings;

    async fn load(&self, _: &[AllLicenses]) -> Result<Values<AllLicenses, LicenseReadings>> {
        let readings = LicenseReadings::load(&self.view).await?;
        Ok([(AllLicenses, readings)].into_iter().collect())
    }
}

impl LicenseReadings {
    /// Loads them.
    ///
    /// # Errors
    /// The database fails.
    pub async fn load(db: &impl ConnectionTrait) -> Result<Self> {
        let restricted = [CommercialUse::Prohibited, CommercialUse::AuthorizationRequired].map(CommercialUse::word);
        let with_terms = Query::select().column("license_id").from("license_term").take();
        let relevant = Condition::any()
            .add(Expr::col("terms_reviewed").is_not_null())
            .add(Expr::col("commercial_use").is_in(restricted))
            .add(Expr::col("id").in_subquery(with_terms));
        let mut licenses = license::Entity::find().into_query();
        let licenses = db.query_all(licenses.cond_where(relevant).order_by("id", Order::Asc)).await?;
        let mut terms = license_term::Entity::find().into_query();
        terms.order_by("license_id", Order::Asc).order_by("position", Order::Asc);
        let mut terms_by_license = HashMap::<_, Vec<_>>::new();
        for row in db.query_all(&terms).await? {
            let term = license_term::Model::from_query_result(&row, "")?;
            terms_by_license.entry(term.license_id).or_default().push(term);
        }
        let readings = licenses.iter().map(|row| {
            let license = license::Model::from_query_result(row, "")?;
            let terms = terms_by_license.get(&license.id).into_iter().flatten();
            let mut reading = LicenseReading::from_rows(&license, terms);
            for term in &mut reading.terms {
                // They decide nothing, and would take memory.
                (term.note, term.quote) = (LocalizedText::default(), None);
            }
            Ok((license.id, reading))
        });
        Ok(Self(readings.collect::<Result<_>>()?))
    }
}
