//! Whether a size may be used: the answer, and the filter by it.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, InputObject, Object};
use entity::{license, license_term, model_size, vocabulary::UseVerdict};
use futures_util::future::try_join_all;
use sea_orm::{
    Condition, ExprTrait, Iterable,
    sea_query::{Expr, Query},
};

use crate::db::sql::in_array;
use crate::domain::date::PartialDate;
use crate::domain::facts::filter::{Column, EnumFilter};
use crate::domain::license_terms::evaluation::{
    Circumstance, Evaluation, LicenseReading, TermIndex, UseCase, evaluate, strictness,
};
use crate::domain::limits::{MAX_TERMS, MAX_USE_LICENSES};
use crate::error::Result;
use crate::graphql::context::ContextExt;
use crate::graphql::filter::{FilterContext, or_true};
use crate::graphql::types::license::License;
use crate::graphql::types::license_term::LicenseTerm;
use crate::query::relation_keys::{InheritedLicensesOf, Shared, TermsOf};

/// Whether a size may be used, by the terms of its license and of those that it inherits.
pub struct UseAnswer {
    evaluation: Evaluation,
    licenses: Vec<Option<LicenseRows>>,
}

/// A license with its terms.
struct LicenseRows {
    license: Arc<license::Model>,
    terms: Shared<license_term::Model>,
}

#[macros::charged_fields]
/// Whether a size may be used, by the terms of its license and of those that it inherits.
#[Object]
impl UseAnswer {
    /// Whether the use is permitted. AUTHORIZATION_REQUIRED and PROHIBITED hold whatever else becomes known, except that a need for
    /// authorization can turn out to be a prohibition. UNKNOWN: a license is not known or was not reviewed.
    async fn verdict(&self) -> UseVerdict {
        self.evaluation.verdict
    }

    /// The terms that decide: those that apply and have the effect of the verdict; if it is CONDITIONAL, those about permission that
    /// may apply. The first 30 of them.
    async fn decisive(&self) -> Vec<LicenseTerm> {
        self.terms(&self.evaluation.decisive)
    }

    /// The terms with another effect than PROHIBITED and AUTHORIZATION_REQUIRED that apply or may apply, such as NOTICE. The
    /// first 30 of them.
    async fn obligations(&self) -> Vec<LicenseTerm> {
        self.terms(&self.evaluation.obligations)
    }

    /// The fields of `UseCase` that are not known and decide. Empty unless the verdict is CONDITIONAL.
    async fn missing(&self) -> Vec<String> {
        self.evaluation.missing.iter().copied().map(Circumstance::field).map(str::to_owned).collect()
    }

    /// The licenses that were considered: that of the size first, then those of the models that it was derived from. The first 10
    /// of them. An unknown license is left out, and the verdict is then UNKNOWN at best.
    async fn licenses(&self) -> Vec<License> {
        let licenses = self.licenses.iter().flatten().take(MAX_USE_LICENSES);
        licenses.map(|rows| License(Arc::clone(&rows.license))).collect()
    }

    /// The date of the earliest review of the licenses. Null if a license is not known or was not reviewed.
    async fn reviewed(&self) -> Option<PartialDate> {
        self.evaluation.reviewed.clone()
    }

    /// A notice to show with the answer.
    async fn notice(&self) -> String {
        let mut notice = "This is a reading of quoted license terms, not legal advice.".to_owned();
        let terms = self.evaluation.decisive.iter().chain(&self.evaluation.obligations);
        if terms.filter_map(|index| self.term(*index)).any(|term| term.counted_on.is_some()) {
            notice += " Terms with a date in `countedOn` are about users or revenue on that date; the given figures were taken as such.";
        }
        notice
    }
}

impl UseAnswer {
    /// Evaluates the licenses of a size.
    ///
    /// # Errors
    /// The database fails.
    pub async fn of(ctx: &Context<'_>, size: &model_size::Model, use_case: &UseCase) -> Result<Self> {
        let inherited = ctx.loaders().related(InheritedLicensesOf(size.model_id)).await?;
        let inherited = inherited.iter().filter(|row| row.model_size_id == size.id);
        let mut ids = vec![size.effective_license_id];
        for id in inherited.map(|row| row.license_id) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let licenses = try_join_all(ids.into_iter().map(|id| LicenseRows::load(ctx, id))).await?;
        let readings = licenses.iter().map(|rows| rows.as_ref().map(LicenseRows::reading)).collect::<Vec<_>>();
        let evaluation = evaluate(&readings.iter().map(Option::as_ref).collect::<Vec<_>>(), use_case);
        Ok(Self { evaluation, licenses })
    }

    fn term(&self, TermIndex { license, term }: TermIndex) -> Option<&Arc<license_term::Model>> {
        self.licenses.get(license)?.as_ref()?.terms.get(term)
    }

    fn terms(&self, indexes: &[TermIndex]) -> Vec<LicenseTerm> {
        let terms = indexes.iter().filter_map(|index| self.term(*index)).take(MAX_TERMS);
        terms.cloned().map(LicenseTerm).collect()
    }
}

impl LicenseRows {
    /// Loads a license; none if the license is unknown.
    async fn load(ctx: &Context<'_>, id: Option<i32>) -> Result<Option<Self>> {
        let Some(id) = id else { return Ok(None) };
        let loaders = ctx.loaders();
        let (license, terms) =
            futures_util::future::try_join(loaders.row::<license::Entity>(id), loaders.related(TermsOf(id))).await?;
        Ok(license.map(|license| Self { license, terms }))
    }

    fn reading(&self) -> LicenseReading {
        LicenseReading::from_rows(&self.license, self.terms.iter().map(Arc::as_ref))
    }
}

/// A condition on the answer about a use.
#[derive(Clone, Debug, InputObject)]
pub struct UseFilter {
    /// The use.
    #[graphql(name = "for")]
    use_case: UseCase,
    /// Whether the use is permitted.
    verdict: EnumFilter<UseVerdict>,
}

impl UseFilter {
    /// Returns the condition on rows of sizes: that the strictest verdict of the licenses of a size is one of the wanted ones.
    pub fn condition(&self, context: &FilterContext) -> Condition {
        let Some(licenses) = context.licenses() else { return Condition::all() };
        let verdicts = Verdicts { licenses: licenses.by_verdict(&self.use_case), context };
        let mut wanted = UseVerdict::iter().filter(|verdict| self.verdict.matches(verdict)).collect::<Vec<_>>();
        wanted.sort_unstable_by_key(|verdict| strictness(*verdict));
        let nothing = Condition::any().add(Expr::cust("1 = 0"));
        // Verdicts that follow each other are one range.
        let ranges = wanted.chunk_by(|one, next| strictness(*one) + 1 == strictness(*next));
        ranges.fold(nothing, |any, range| {
            let (mildest, strictest) = (strictness(range[0]), strictness(range[range.len() - 1]));
            let milder = mildest.checked_sub(1).map(|limit| verdicts.stricter_than(limit));
            any.add(or_true(Condition::all().add(verdicts.at_most(strictest)).add_option(milder)))
        })
    }
}

/// The ids of the licenses with each verdict but UNKNOWN, which all others have.
struct Verdicts<'a> {
    licenses: HashMap<UseVerdict, Vec<i32>>,
    context: &'a FilterContext,
}

impl Verdicts<'_> {
    /// Returns the condition that no license of a size has a stricter verdict than `limit`, a [`strictness`].
    fn at_most(&self, limit: u8) -> Condition {
        if limit == strictness(UseVerdict::Prohibited) {
            return Condition::all();
        }
        let (_, own) = self.compare(("model_size", "effective_license_id"), limit);
        let (stricter, _) = self.compare(("inherited_license", "license_id"), limit);
        Condition::all().add(own).add(self.has_inherited(stricter).not())
    }

    /// Returns the complement: that a license of a size has a stricter verdict than `limit`. PostgreSQL estimates it better than a
    /// negation.
    fn stricter_than(&self, limit: u8) -> Condition {
        let (own, _) = self.compare(("model_size", "effective_license_id"), limit);
        let (stricter, _) = self.compare(("inherited_license", "license_id"), limit);
        Condition::any().add(own).add(self.has_inherited(stricter))
    }

    /// Returns the conditions that the license in a column has a stricter verdict than `limit`, and that it has none. Every license
    /// that is not listed, and every unknown one, has the verdict UNKNOWN.
    fn compare(&self, column: Column, limit: u8) -> (Condition, Condition) {
        let listed = |is_listed: &dyn Fn(u8) -> bool| {
            let ids = self.licenses.iter().filter(|(verdict, _)| is_listed(strictness(**verdict)));
            let ids = ids.flat_map(|(_, ids)| ids.iter().copied()).collect::<Vec<_>>();
            in_array(self.context.backend, Expr::col(column), &ids)
        };
        let or_unknown = |condition: Expr| Condition::any().add(Expr::col(column).is_null()).add(condition);
        if limit >= strictness(UseVerdict::Unknown) {
            let is_stricter = |verdict| verdict > limit;
            (Condition::all().add(listed(&is_stricter)), or_unknown(listed(&is_stricter).not()))
        } else {
            let is_allowed = |verdict| verdict <= limit;
            (or_unknown(listed(&is_allowed).not()), Condition::all().add(listed(&is_allowed)))
        }
    }

    /// Returns the condition that an inherited license of a size satisfies a condition.
    fn has_inherited(&self, condition: Condition) -> Expr {
        let mut select = Query::select();
        select.expr(Expr::val(1)).from("inherited_license").cond_where(condition);
        // In as-of reads only the condition on the model restricts the rows that are computed.
        for (column, of_size) in [("model_size_id", "id"), ("model_id", "model_id")] {
            select.and_where(Expr::col(("inherited_license", column)).eq(Expr::col(("model_size", of_size))));
        }
        Expr::exists(select)
    }
}
