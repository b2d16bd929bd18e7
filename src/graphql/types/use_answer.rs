//! Whether a size may be used: the answer, and the filter by it.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, InputObject, Object};
use entity::{
    checkpoint, license, license_term, model, model_size,
    vocabulary::{CommercialUse, Modality, UseVerdict},
};
use futures_util::future::try_join_all;
use sea_orm::{
    Condition, ExprTrait, Iterable,
    sea_query::{Expr, Query},
};

use crate::db::bulk::distinct;
use crate::db::sql::in_array;
use crate::domain::base::passes_weights;
use crate::domain::date::PartialDate;
use crate::domain::facts::filter::{Column, EnumFilter};
use crate::domain::facts::value::Value;
use crate::domain::license_terms::evaluation::{
    Circumstance, Evaluation, LicenseReading, TermIndex, UseCase, evaluate_weights, strictness,
};
use crate::domain::limits::{MAX_TERMS, MAX_USE_LICENSES};
use crate::domain::modalities::Modalities;
use crate::error::Result;
use crate::graphql::context::ContextExt;
use crate::graphql::filter::{FilterContext, or_true};
use crate::graphql::types::license::License;
use crate::graphql::types::license_term::LicenseTerm;
use crate::query::license_readings::LicenseReadings;
use crate::query::relation_keys::{BasesOf, InheritedLicensesOf, Shared, TermsOf};

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
    /// Evaluates the licenses of weights.
    ///
    /// # Errors
    /// The database fails.
    pub async fn of(ctx: &Context<'_>, weights: &LicensedWeights<'_>, use_case: &UseCase) -> Result<Self> {
        let loaders = ctx.loaders();
        let model = async {
            if weights.stated_by_model { loaders.row::<model::Entity>(weights.model_id).await } else { Ok(None) }
        };
        let inherited = loaders.related(InheritedLicensesOf(weights.model_id));
        let bases = async {
            if weights.size_id.is_none() {
                loaders.related(BasesOf(weights.model_id)).await
            } else {
                Ok(Arc::default())
            }
        };
        let (inherited, model, bases) = futures_util::future::try_join3(inherited, model, bases).await?;
        let of_size = inherited.iter().filter(|row| weights.size_id.is_none_or(|size| row.model_size_id == size));
        let mut ids = vec![weights.license_id];
        for id in of_size.map(|row| row.license_id) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        // A model without sizes has no inherited licenses. Those of its bases are then as good as unknown.
        if inherited.is_empty() && bases.iter().any(|base| passes_weights(base.relation)) {
            ids.push(None);
        }
        let licenses = try_join_all(ids.into_iter().map(|id| LicenseRows::load(ctx, id))).await?;
        let readings = licenses.iter().map(|rows| rows.as_ref().map(LicenseRows::reading)).collect::<Vec<_>>();
        let stated = weights.stated_use.or_else(|| model.and_then(|model| model.stated_commercial_use));
        let modalities = weights.modalities.cloned().map(Modalities::from_column).unwrap_or_default();
        let known_modalities = modalities.input.into_iter().chain(modalities.output).collect();
        let use_case = UseCase { known_modalities, ..use_case.clone() };
        let evaluation = evaluate_weights(&readings.iter().map(Option::as_ref).collect::<Vec<_>>(), stated, &use_case);
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

/// The weights of a size or a checkpoint, with what decides about their use.
pub struct LicensedWeights<'a> {
    model_id: i32,
    /// The size; none if unknown: then the inherited licenses of all sizes count.
    size_id: Option<i32>,
    license_id: Option<i32>,
    /// The commercial use that a source states for the weights.
    stated_use: Option<CommercialUse>,
    /// Whether what is stated for the model applies to the weights.
    stated_by_model: bool,
    modalities: Option<&'a serde_json::Value>,
}

impl<'a> LicensedWeights<'a> {
    /// Returns the weights of a size.
    pub fn of_size(size: &'a model_size::Model) -> Self {
        Self {
            model_id: size.model_id,
            size_id: Some(size.id),
            license_id: size.effective_license_id,
            stated_use: size.stated_commercial_use,
            stated_by_model: size.stated_commercial_use.is_none() && size.license_id.is_none(),
            modalities: size.modalities.as_ref(),
        }
    }

    /// Returns the weights of a checkpoint.
    pub fn of_checkpoint(checkpoint: &'a checkpoint::Model) -> Self {
        Self {
            model_id: checkpoint.model_id,
            size_id: checkpoint.size_id,
            license_id: checkpoint.effective_license_id,
            stated_use: Some(checkpoint.commercial_use).filter(|_| checkpoint.use_license_id.is_none()),
            stated_by_model: false,
            modalities: checkpoint.modalities.as_ref(),
        }
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
        let verdicts = Verdicts::of(licenses, &self.use_case, context);
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

/// The verdicts of licenses about a use.
struct Verdicts<'a> {
    use_case: &'a UseCase,
    /// The ids of the licenses with each verdict but UNKNOWN, which all others have: for weights with unknown modalities, or a use
    /// with a given one.
    licenses: HashMap<UseVerdict, Vec<i32>>,
    /// Those for weights with one modality. Empty if that makes no difference. The verdict for several modalities is the strictest.
    by_modality: Vec<(Modality, HashMap<UseVerdict, Vec<i32>>)>,
    context: &'a FilterContext,
}

impl<'a> Verdicts<'a> {
    fn of(licenses: &LicenseReadings, use_case: &'a UseCase, context: &'a FilterContext) -> Self {
        let depends = use_case.modality.is_none() && licenses.depend_on_modality();
        let by_modality = Modality::iter().filter(|_| depends).map(|modality| {
            let use_case = UseCase { known_modalities: vec![modality], ..use_case.clone() };
            (modality, licenses.by_verdict(&use_case))
        });
        Self { use_case, licenses: licenses.by_verdict(use_case), by_modality: by_modality.collect(), context }
    }

    /// Returns the condition that neither a license of a size nor what is stated for it has a stricter verdict than `limit`, a
    /// [`strictness`].
    fn at_most(&self, limit: u8) -> Condition {
        if limit == strictness(UseVerdict::Prohibited) {
            return Condition::all();
        }
        let (_, own) = self.compare(("model_size", "effective_license_id"), limit);
        let (stricter, _) = self.compare(("inherited_license", "license_id"), limit);
        let stated = self.stated_stricter_than(limit).map(ExprTrait::not);
        Condition::all().add(own).add(self.has_inherited(stricter).not()).add_option(stated)
    }

    /// Returns the complement: that a license of a size, or what is stated for it, has a stricter verdict than `limit`. PostgreSQL
    /// estimates it better than a negation.
    fn stricter_than(&self, limit: u8) -> Condition {
        let (own, _) = self.compare(("model_size", "effective_license_id"), limit);
        let (stricter, _) = self.compare(("inherited_license", "license_id"), limit);
        Condition::any().add(own).add(self.has_inherited(stricter)).add_option(self.stated_stricter_than(limit))
    }

    /// Returns the condition that the commercial use that is stated for a size, or for its model if the size has no license, has a
    /// stricter verdict than `limit`. None if no statement has.
    fn stated_stricter_than(&self, limit: u8) -> Option<Expr> {
        let stricter = CommercialUse::iter().filter(|stated| {
            let reading = LicenseReading { commercial_use: *stated, reviewed: None, terms: Vec::new() };
            let reviewed = LicenseReading { reviewed: Some(PartialDate::from_column("2020".to_owned())), ..reading };
            strictness(evaluate_weights(&[Some(&reviewed)], Some(*stated), self.use_case).verdict) > limit
        });
        let stricter = stricter.map(|stated| format!("'{}'", stated.word())).collect::<Vec<_>>();
        (!stricter.is_empty()).then(|| {
            Expr::cust(format!(
                "COALESCE(model_size.stated_commercial_use, CASE WHEN model_size.license_id IS NULL THEN \
                 (SELECT stating.stated_commercial_use FROM model stating WHERE stating.id = model_size.model_id) END, '') \
                 IN ({})",
                stricter.join(", ")
            ))
        })
    }

    /// Returns the conditions that the license in a column has a stricter verdict than `limit`, and that it has none. Every license
    /// that is not listed, and every unknown one, has the verdict UNKNOWN.
    fn compare(&self, column: Column, limit: u8) -> (Condition, Condition) {
        let or_unknown = |condition: Condition| Condition::any().add(Expr::col(column).is_null()).add(condition);
        if limit >= strictness(UseVerdict::Unknown) {
            let stricter = self.listed(column, Quantifier::Any, &|verdict| verdict > limit);
            (stricter.clone(), or_unknown(stricter.not()))
        } else {
            let allowed = self.listed(column, Quantifier::All, &|verdict| verdict <= limit);
            (or_unknown(allowed.clone().not()), allowed)
        }
    }

    /// Returns the condition that the license in a column has one of the verdicts: for the unknown modalities of the weights, or for
    /// any or all of the known ones.
    fn listed(&self, column: Column, quantifier: Quantifier, is_listed: &dyn Fn(u8) -> bool) -> Condition {
        let ids = |licenses: &HashMap<UseVerdict, Vec<i32>>| {
            let ids = licenses.iter().filter(|(verdict, _)| is_listed(strictness(**verdict)));
            distinct(ids.flat_map(|(_, ids)| ids.iter().copied()).collect::<Vec<_>>())
        };
        let is_in = |ids: &[i32]| in_array(self.context.backend, Expr::col(column), ids);
        let of_unknown = ids(&self.licenses);
        let by_modality = self.by_modality.iter().map(|(modality, licenses)| (modality, ids(licenses)));
        let by_modality = by_modality.collect::<Vec<_>>();
        if by_modality.iter().all(|(_, ids)| *ids == of_unknown) {
            return Condition::all().add(is_in(&of_unknown));
        }
        let known = Expr::cust("model_size.modalities IS NOT NULL");
        let has = |modality: &Modality| {
            let word = modality.word();
            Expr::cust(format!("COALESCE(CAST(model_size.modalities AS TEXT), '') LIKE '%\"{word}\"%'"))
        };
        let unknown = Condition::all().add(known.clone().not()).add(is_in(&of_unknown));
        let of_known = match quantifier {
            Quantifier::Any => by_modality.iter().fold(Condition::any(), |any, (modality, ids)| {
                any.add(Condition::all().add(has(modality)).add(is_in(ids)))
            }),
            Quantifier::All => by_modality.iter().fold(Condition::all().add(known), |all, (modality, ids)| {
                all.add(Condition::any().add(has(modality).not()).add(is_in(ids)))
            }),
        };
        Condition::any().add(unknown).add(of_known)
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

/// Whether any or all of the modalities of weights must have a verdict.
#[derive(Clone, Copy, Debug)]
enum Quantifier {
    Any,
    All,
}
