//! Whether licenses permit a use.
//!
//! The circumstances of a use may be unknown, and so may be whether a term applies to it: each circumstance of a term holds,
//! does not hold, or is unknown (three-valued logic, with `Option<bool>` for the values).

use std::collections::BTreeSet;

use async_graphql::{InputObject, InputValueError};
use entity::{
    license, license_term,
    vocabulary::{CommercialUse, Modality, Period, TermEffect, UseVerdict},
};

use crate::domain::count::Count;
use crate::domain::date::PartialDate;
use crate::domain::license_terms::territory::{includes, is_territory};
use crate::domain::license_terms::{TermConditionDocument, TermDocument};

/// A use of a model. What is absent or null is unknown, not zero and not false.
#[derive(Clone, Debug, Default, PartialEq, Eq, InputObject)]
pub struct UseCase {
    /// Whether the use is commercial.
    pub commercial: Option<bool>,
    /// The number of monthly active users of the user's products. Some licenses count them on a date, `countedOn` of a term:
    /// then the number on that date.
    pub monthly_users: Option<Count>,
    /// The number of daily active users of the user's products. It is not above that of monthly active users.
    pub daily_users: Option<Count>,
    /// The revenue of the user in a month, in US dollars.
    pub monthly_revenue_usd: Option<Count>,
    /// The revenue of the user in a year, in US dollars. It is not below that of a month.
    pub annual_revenue_usd: Option<Count>,
    /// Where the user lives or has its principal place of business, and uses the model: a country code of ISO 3166-1 alpha-2
    /// such as "DE", or "EU" for any member of the European Union.
    #[graphql(validator(custom = "check_territory"))]
    pub territory: Option<String>,
    /// Whether the model is offered to others as a hosted service, such as an API.
    pub hosting: Option<bool>,
    /// Whether outputs of the model are used to train other models.
    pub trains_on_outputs: Option<bool>,
    /// The modality of the model, where a license has different terms for models that read or write images, for example.
    /// Without it, each size answers for its `modalities`, if they are known.
    pub modality: Option<Modality>,
    /// The kinds of data that the weights read and write; empty if unknown. `modality` decides before them.
    #[graphql(skip)]
    pub known_modalities: Vec<Modality>,
}

fn check_territory(territory: &String) -> Result<(), InputValueError<String>> {
    let message = || format!("{territory:?} is neither a country code of ISO 3166-1 alpha-2 such as \"DE\" nor \"EU\"");
    if is_territory(territory) { Ok(()) } else { Err(InputValueError::custom(message())) }
}

/// A circumstance of a use that is unknown but matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Circumstance {
    /// Whether the use is commercial.
    Commercial,
    /// The number of monthly active users.
    MonthlyUsers,
    /// The number of daily active users.
    DailyUsers,
    /// The revenue in a month.
    MonthlyRevenueUsd,
    /// The revenue in a year.
    AnnualRevenueUsd,
    /// The territory.
    Territory,
    /// Whether the model is offered as a hosted service.
    Hosting,
    /// Whether outputs are used to train other models.
    TrainsOnOutputs,
    /// The modality of the model.
    Modality,
}

impl Circumstance {
    /// Returns the name of the field of [`UseCase`] in the API.
    pub fn field(self) -> &'static str {
        match self {
            Self::Commercial => "commercial",
            Self::MonthlyUsers => "monthlyUsers",
            Self::DailyUsers => "dailyUsers",
            Self::MonthlyRevenueUsd => "monthlyRevenueUsd",
            Self::AnnualRevenueUsd => "annualRevenueUsd",
            Self::Territory => "territory",
            Self::Hosting => "hosting",
            Self::TrainsOnOutputs => "trainsOnOutputs",
            Self::Modality => "modality",
        }
    }
}

/// The known facts of a license that decide about a use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LicenseReading {
    /// Whether the license permits commercial use, as it is stated.
    pub commercial_use: CommercialUse,
    /// When the whole text was read; none if it was not.
    pub reviewed: Option<PartialDate>,
    /// The terms: all of them if the license was reviewed, otherwise those that are known.
    pub terms: Vec<TermDocument>,
}

/// Whether licenses permit a use, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// The verdict.
    pub verdict: UseVerdict,
    /// The terms that decide: those that apply and have the effect of the verdict; if it is CONDITIONAL, those about permission
    /// that may apply.
    pub decisive: Vec<TermIndex>,
    /// The terms with another effect than on permission that apply or may apply.
    pub obligations: Vec<TermIndex>,
    /// The unknown circumstances that decide, in the order of [`Circumstance`]. Empty unless the verdict is CONDITIONAL.
    pub missing: Vec<Circumstance>,
    /// The date of the earliest review; none if a license is not known or was not reviewed.
    pub reviewed: Option<PartialDate>,
}

/// A term of one of several licenses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TermIndex {
    /// The index of the license.
    pub license: usize,
    /// The index of the term in the license.
    pub term: usize,
}

/// Evaluates the licenses of a model and of the models that it was derived from: all of them must permit the use. An unknown
/// license is none.
///
/// A term applies if all circumstances of its condition hold, does not apply if one does not hold, and otherwise may apply. The
/// verdict is the first of these that is true:
///
/// 1. PROHIBITED: a term with this effect applies. Nothing else can permit the use then.
/// 2. AUTHORIZATION_REQUIRED: a term with this effect applies. A prohibition may apply too: the verdict can still become
///    stricter, but not more permissive.
/// 3. UNKNOWN: a license is not known or was not reviewed, so that terms that have not been read may decide. This comes before
///    the next one, because the circumstances that are missing would not suffice.
/// 4. CONDITIONAL: a prohibition or a need for authorization may apply, depending on the circumstances that are missing.
/// 5. ALLOWED, under the obligations.
///
/// So the verdict for several licenses is the strictest of their verdicts, in this order. A stated prohibition of commercial
/// use, or a need for authorization, counts as a term of a license that was not reviewed. A statement that it is permitted does
/// not: such statements pass over conditions. The terms of a reviewed license contain what is stated.
pub fn evaluate(licenses: &[Option<&LicenseReading>], use_case: &UseCase) -> Evaluation {
    evaluate_weights(licenses, None, use_case)
}

/// Evaluates the licenses of weights as [`evaluate`]. `stated` is the commercial use that a source states for the weights
/// themselves: a prohibition or a need for authorization counts as a term, whether or not the licenses were reviewed.
pub fn evaluate_weights(
    licenses: &[Option<&LicenseReading>],
    stated: Option<CommercialUse>,
    use_case: &UseCase,
) -> Evaluation {
    let mut found = Vec::from_iter(stated.and_then(|stated| stated_term(stated, use_case)));
    for (license, reading) in licenses.iter().enumerate() {
        let Some(reading) = reading else { continue };
        found.extend(reading.terms.iter().enumerate().filter_map(|(term, document)| {
            let application = Application::of(&document.when, use_case)?;
            Some(Found { index: Some(TermIndex { license, term }), effect: document.effect, application })
        }));
        found.extend(reading.stated_term(use_case));
    }
    let applies = |effect| found.iter().any(|term| term.effect == effect && term.applies());
    let is_reviewed = |reading: &Option<&LicenseReading>| reading.is_some_and(|one| one.reviewed.is_some());
    let all_reviewed = !licenses.is_empty() && licenses.iter().all(is_reviewed);
    let may_apply = found.iter().any(|term| term.is_about_permission() && !term.applies());
    let verdict = if applies(TermEffect::Prohibited) {
        UseVerdict::Prohibited
    } else if applies(TermEffect::AuthorizationRequired) {
        UseVerdict::AuthorizationRequired
    } else if !all_reviewed {
        UseVerdict::Unknown
    } else if may_apply {
        UseVerdict::Conditional
    } else {
        UseVerdict::Allowed
    };
    let decisive = found.iter().filter(|term| term.decides(verdict)).collect::<Vec<_>>();
    let missing = decisive.iter().flat_map(|term| term.application.missing()).copied().collect::<BTreeSet<_>>();
    let obligations = found.iter().filter(|term| !term.is_about_permission());
    let reviews = licenses.iter().flatten().filter_map(|reading| reading.reviewed.as_ref());
    Evaluation {
        verdict,
        decisive: decisive.iter().filter_map(|term| term.index).collect(),
        obligations: obligations.filter_map(|term| term.index).collect(),
        missing: missing.into_iter().collect(),
        reviewed: if all_reviewed { reviews.min().cloned() } else { None },
    }
}

/// Returns how strict a verdict is: the verdict for several licenses is the strictest of theirs.
pub fn strictness(verdict: UseVerdict) -> u8 {
    match verdict {
        UseVerdict::Allowed => 0,
        UseVerdict::Conditional => 1,
        UseVerdict::Unknown => 2,
        UseVerdict::AuthorizationRequired => 3,
        UseVerdict::Prohibited => 4,
    }
}

impl LicenseReading {
    /// Returns the facts of the row of a license and the rows of its terms.
    pub fn from_rows<'a>(license: &license::Model, terms: impl Iterator<Item = &'a license_term::Model>) -> Self {
        Self {
            commercial_use: license.commercial_use,
            reviewed: license.terms_reviewed.clone().map(PartialDate::from_column),
            terms: terms.map(TermDocument::from_row).collect(),
        }
    }

    /// Returns whether the terms permit commercial use by any user, anywhere and in any form. Training on outputs is a question of
    /// its own. None if the license was not reviewed.
    pub fn commercial_use(&self) -> Option<CommercialUse> {
        let use_case = UseCase { commercial: Some(true), trains_on_outputs: Some(false), ..UseCase::default() };
        match evaluate(&[Some(self)], &use_case).verdict {
            UseVerdict::Allowed => Some(CommercialUse::Allowed),
            UseVerdict::Conditional => Some(CommercialUse::Conditional),
            UseVerdict::AuthorizationRequired => Some(CommercialUse::AuthorizationRequired),
            UseVerdict::Prohibited => Some(CommercialUse::Prohibited),
            UseVerdict::Unknown => None,
        }
    }

    /// Returns the term that follows from the stated commercial use of a license that was not reviewed, unless it does not apply.
    fn stated_term(&self, use_case: &UseCase) -> Option<Found> {
        if self.reviewed.is_none() { stated_term(self.commercial_use, use_case) } else { None }
    }
}

/// Returns the term that follows from a stated commercial use, unless it does not apply.
fn stated_term(stated: CommercialUse, use_case: &UseCase) -> Option<Found> {
    let effect = match stated {
        CommercialUse::Prohibited => TermEffect::Prohibited,
        CommercialUse::AuthorizationRequired => TermEffect::AuthorizationRequired,
        _ => return None,
    };
    let when = TermConditionDocument { commercial: Some(true), ..TermConditionDocument::default() };
    Some(Found { index: None, effect, application: Application::of(&when, use_case)? })
}

/// A term that applies or may apply.
struct Found {
    /// None for a term that follows from the stated commercial use.
    index: Option<TermIndex>,
    effect: TermEffect,
    application: Application,
}

impl Found {
    fn is_about_permission(&self) -> bool {
        is_about_permission(self.effect)
    }

    /// Returns whether the term is a reason for the verdict.
    fn decides(&self, verdict: UseVerdict) -> bool {
        match verdict {
            UseVerdict::Prohibited => self.effect == TermEffect::Prohibited && self.applies(),
            UseVerdict::AuthorizationRequired => self.effect == TermEffect::AuthorizationRequired && self.applies(),
            UseVerdict::Conditional => self.is_about_permission(),
            UseVerdict::Allowed | UseVerdict::Unknown => false,
        }
    }

    fn applies(&self) -> bool {
        self.application == Application::Applies
    }
}

/// Returns whether terms with an effect are about permission. Other terms are obligations.
fn is_about_permission(effect: TermEffect) -> bool {
    matches!(effect, TermEffect::Prohibited | TermEffect::AuthorizationRequired)
}

/// How a term applies to a use.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Application {
    /// All circumstances of its condition hold.
    Applies,
    /// These circumstances are unknown, and all others hold.
    MayApply(Vec<Circumstance>),
}

impl Application {
    /// Returns how a term with a condition applies; none if it does not.
    fn of(when: &TermConditionDocument, use_case: &UseCase) -> Option<Self> {
        let mut missing = Vec::new();
        for (circumstance, holds) in when.circumstances(use_case) {
            match holds {
                Some(true) => {}
                Some(false) => return None,
                None => missing.push(circumstance),
            }
        }
        Some(if missing.is_empty() { Self::Applies } else { Self::MayApply(missing) })
    }

    fn missing(&self) -> &[Circumstance] {
        match self {
            Self::Applies => &[],
            Self::MayApply(missing) => missing,
        }
    }
}

impl TermConditionDocument {
    /// Returns the given circumstances, each with whether it holds for a use; none if that is unknown.
    fn circumstances(&self, use_case: &UseCase) -> impl Iterator<Item = (Circumstance, Option<bool>)> {
        let same = |wanted: Option<bool>, known: Option<bool>| wanted.map(|wanted| known.map(|known| known == wanted));
        // Users of a day are users of its month, and the revenue of a month is part of that of the year. So the one figure
        // sometimes decides about the other.
        let monthly_users = self.monthly_users_over.map(|limit| {
            exceeds(limit, use_case.monthly_users).or_else(|| exceeds(limit, use_case.daily_users).filter(|over| *over))
        });
        let daily_users = self.daily_users_over.map(|limit| {
            exceeds(limit, use_case.daily_users)
                .or_else(|| exceeds(limit, use_case.monthly_users).filter(|over| !*over))
        });
        let revenue = |period| self.revenue_usd_over.filter(|_| self.revenue_period == Some(period));
        let monthly_revenue = revenue(Period::Month).map(|limit| {
            exceeds(limit, use_case.monthly_revenue_usd)
                .or_else(|| exceeds(limit, use_case.annual_revenue_usd).filter(|over| !*over))
        });
        let annual_revenue = revenue(Period::Year).map(|limit| {
            exceeds(limit, use_case.annual_revenue_usd)
                .or_else(|| exceeds(limit, use_case.monthly_revenue_usd).filter(|over| *over))
        });
        let territory = (!self.territories.is_empty())
            .then(|| use_case.territory.as_deref().and_then(|territory| includes(&self.territories, territory)));
        let modality = self.modality.map(|modality| match use_case.modality {
            Some(known) => Some(known == modality),
            None if use_case.known_modalities.is_empty() => None,
            None => Some(use_case.known_modalities.contains(&modality)),
        });
        let circumstances = [
            (Circumstance::Commercial, same(self.commercial, use_case.commercial)),
            (Circumstance::MonthlyUsers, monthly_users),
            (Circumstance::DailyUsers, daily_users),
            (Circumstance::MonthlyRevenueUsd, monthly_revenue),
            (Circumstance::AnnualRevenueUsd, annual_revenue),
            (Circumstance::Territory, territory),
            (Circumstance::Hosting, same(self.hosting, use_case.hosting)),
            (Circumstance::TrainsOnOutputs, same(self.trains_on_outputs, use_case.trains_on_outputs)),
            (Circumstance::Modality, modality),
        ];
        circumstances.into_iter().filter_map(|(circumstance, holds)| Some((circumstance, holds?)))
    }
}

/// Returns whether a figure is above a limit; none if the figure is unknown.
fn exceeds(limit: Count, known: Option<Count>) -> Option<bool> {
    known.map(|known| known > limit)
}
