//! The terms of licenses, and whether they permit a use.

pub mod evaluation;
pub mod territory;

use entity::{
    license_term,
    vocabulary::{Modality, Period, TermEffect, TerritoryBasis},
};
use macros::Facts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::count::Count;
use crate::domain::date::PartialDate;
use crate::domain::facts::Facts as _;
use crate::domain::license_terms::territory::is_territory;
use crate::domain::limits::{MAX_QUOTE_CHARACTERS, MAX_TERMS, MAX_TERRITORIES};
use crate::domain::text::LocalizedText;
use crate::domain::validation::ValidationErrors;

/// A term of a license: an effect, and the circumstances in which it applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Facts)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "LicenseTerm")]
#[facts(entity = license_term, name = LicenseTerm)]
pub struct TermDocument {
    /// The effect of the term on the uses that it applies to.
    #[fact]
    pub effect: TermEffect,
    /// The circumstances in which the term applies. Without any, it always applies.
    #[serde(default, skip_serializing_if = "TermConditionDocument::is_empty")]
    pub when: TermConditionDocument,
    /// An explanation.
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    #[localized]
    pub note: LocalizedText,
    /// The words of the license: at most 25 words and 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = MAX_QUOTE_CHARACTERS))]
    #[fact(no_filter)]
    pub quote: Option<String>,
}

/// The circumstances in which a term of a license applies. All that are given must hold together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Facts)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "TermCondition")]
#[facts(entity = license_term, name = TermCondition, null = "Null if the term applies in either case.")]
pub struct TermConditionDocument {
    /// Whether the use is commercial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub commercial: Option<bool>,
    /// The number of monthly active users that the use must exceed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub monthly_users_over: Option<Count>,
    /// The number of daily active users that the use must exceed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub daily_users_over: Option<Count>,
    /// The revenue in US dollars that the user must exceed, in a period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub revenue_usd_over: Option<Count>,
    /// The period of the revenue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub revenue_period: Option<Period>,
    /// The date on which users or revenue are counted, if the license names one, such as the day of the model's release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub counted_on: Option<PartialDate>,
    /// The territories: codes of ISO 3166-1 alpha-2, such as "DE", or "EU" for all members of the European Union. Empty if
    /// the term applies everywhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_TERRITORIES))]
    pub territories: Vec<String>,
    /// How the use is related to the territories, if the license says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub territory_basis: Option<TerritoryBasis>,
    /// Whether the model is offered to others as a hosted service, such as an API.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub hosting: Option<bool>,
    /// Whether outputs of the model are used to train other models.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub trains_on_outputs: Option<bool>,
    /// The modality of the model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub modality: Option<Modality>,
}

impl TermDocument {
    /// Creates a term that always applies, without note and quote.
    pub fn new(effect: TermEffect) -> Self {
        Self { effect, when: TermConditionDocument::default(), note: LocalizedText::default(), quote: None }
    }

    /// Returns the document of a row.
    pub fn from_row(row: &license_term::Model) -> Self {
        let no_reference = |_, _| None;
        let mut term = Self::new(row.effect);
        term.read_row(row, &no_reference);
        term.when.read_row(row, &no_reference);
        term.when.territories.clone_from(&row.territories.0);
        term
    }

    /// Checks a term whose path is `field`.
    fn check(&self, field: &str, problems: &mut ValidationErrors) {
        problems.check_summary(&format!("{field}.note"), &self.note);
        if let Some(quote) = &self.quote {
            problems.check_quote(&format!("{field}.quote"), quote);
        }
        self.when.check(&format!("{field}.when"), problems);
    }
}

impl TermConditionDocument {
    /// Returns whether there are no circumstances, so that the term always applies.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Checks the circumstances, whose path is `field`.
    fn check(&self, field: &str, problems: &mut ValidationErrors) {
        let at = |name: &str| format!("{field}.{name}");
        problems.check(
            self.revenue_usd_over.is_none() || self.revenue_period.is_some(),
            &at("revenuePeriod"),
            "is absent: the period of revenueUsdOver, MONTH or YEAR, must be given",
        );
        problems.check(
            self.revenue_period.is_none() || self.revenue_usd_over.is_some(),
            &at("revenueUsdOver"),
            "is absent: revenuePeriod is the period of this amount",
        );
        let counts = [self.monthly_users_over, self.daily_users_over, self.revenue_usd_over];
        problems.check(
            self.counted_on.is_none() || counts.iter().any(Option::is_some),
            &at("countedOn"),
            "is given without users or revenue that are counted on that date",
        );
        problems.check(
            self.territory_basis.is_none() || !self.territories.is_empty(),
            &at("territories"),
            "are absent: territoryBasis is about them",
        );
        problems.check_distinct(&at("territories"), &self.territories, MAX_TERRITORIES);
        for (index, territory) in self.territories.iter().take(MAX_TERRITORIES).enumerate() {
            problems.check(
                is_territory(territory),
                &at(&format!("territories.{index}")),
                "is neither a country code of ISO 3166-1 alpha-2 such as \"DE\" nor \"EU\"",
            );
        }
    }
}

/// Checks the terms of a license.
pub fn check_terms(terms: &[TermDocument], problems: &mut ValidationErrors) {
    problems.check_distinct("terms", terms, MAX_TERMS);
    for (index, term) in terms.iter().take(MAX_TERMS).enumerate() {
        term.check(&format!("terms.{index}"), problems);
    }
}
