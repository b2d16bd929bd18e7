//! The terms of licenses.

use std::sync::Arc;

use async_graphql::{ID, InputObject, Object};
use entity::{license_term, vocabulary::TermEffect};
use sea_orm::Condition;

use crate::domain::facts::filter::{ColumnFilter, StringListFilter};
use crate::domain::license_terms::{
    LicenseTermFacts, LicenseTermFactsFilter, LicenseTermFactsInput, TermConditionDocument, TermConditionFacts,
    TermConditionFactsFilter, TermConditionFactsInput, TermDocument,
};
use crate::graphql::enums::Language;
use crate::graphql::filter::{Filter, FilterContext, combine};
use crate::graphql::input::LocalizedInput;
use crate::graphql::scalars::GlobalId;

/// A term of a license: an effect, and the circumstances in which it applies.
pub struct LicenseTerm(pub Arc<license_term::Model>);

#[macros::charged_fields]
/// A term of a license: an effect, and the circumstances in which it applies.
#[Object]
impl LicenseTerm {
    /// The global id: that of the term at this position of the license.
    pub async fn id(&self) -> ID {
        GlobalId::LicenseTerm(self.0.license_id, self.0.position).id()
    }

    #[graphql(flatten)]
    async fn facts(&self) -> LicenseTermFacts {
        LicenseTermFacts(Arc::clone(&self.0))
    }

    /// The circumstances in which the term applies. Without any, it always applies.
    async fn when(&self) -> TermCondition {
        TermCondition(Arc::clone(&self.0))
    }

    /// An explanation. Null if there is none.
    #[graphql(name = "note")]
    async fn explanation(
        &self,
        #[graphql(desc = "The language; null if there is no text in it. Without it: English, or else Chinese.")]
        language: Option<Language>,
    ) -> Option<&String> {
        Language::pick(language, self.0.note_zh.as_ref(), self.0.note_en.as_ref())
    }
}

/// The circumstances in which a term of a license applies: those that are not null, and the territories unless there are
/// none. All of them must hold together.
pub struct TermCondition(Arc<license_term::Model>);

#[macros::charged_fields]
/// The circumstances in which a term of a license applies: those that are not null, and the territories unless there are
/// none. All of them must hold together.
#[Object]
impl TermCondition {
    #[graphql(flatten)]
    async fn facts(&self) -> TermConditionFacts {
        TermConditionFacts(Arc::clone(&self.0))
    }

    /// The territories: codes of ISO 3166-1 alpha-2, such as "DE", or "EU" for all members of the European Union. Empty if
    /// the term applies everywhere.
    async fn territories(&self) -> &Vec<String> {
        &self.0.territories.0
    }
}

/// A term of a license.
#[derive(Clone, Debug, InputObject)]
pub struct LicenseTermInput {
    #[graphql(flatten)]
    facts: LicenseTermFactsInput,
    /// The circumstances in which the term applies. Without any, it always applies.
    when: Option<TermConditionInput>,
    /// An explanation.
    note: Option<LocalizedInput>,
}

/// The circumstances in which a term of a license applies. All that are given must hold together.
#[derive(Clone, Debug, InputObject)]
pub struct TermConditionInput {
    #[graphql(flatten)]
    facts: TermConditionFactsInput,
    /// The territories: codes of ISO 3166-1 alpha-2, such as "DE", or "EU" for all members of the European Union. Without
    /// any, the term applies everywhere.
    territories: Option<Vec<String>>,
}

impl From<LicenseTermInput> for TermDocument {
    fn from(input: LicenseTermInput) -> Self {
        let mut term = Self::new(TermEffect::Prohibited);
        input.facts.set(&mut term);
        term.when = input.when.map(Into::into).unwrap_or_default();
        term.note = input.note.map(Into::into).unwrap_or_default();
        term
    }
}

impl From<TermConditionInput> for TermConditionDocument {
    fn from(input: TermConditionInput) -> Self {
        let mut condition = Self { territories: input.territories.unwrap_or_default(), ..Self::default() };
        input.facts.set(&mut condition);
        condition
    }
}

/// Conditions on terms of licenses. All given ones must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct LicenseTermFilter {
    /// All of these filters match.
    and: Option<Vec<LicenseTermFilter>>,
    /// At least one of these matches.
    or: Option<Vec<LicenseTermFilter>>,
    /// This filter does not match.
    not: Option<Box<LicenseTermFilter>>,
    #[graphql(flatten)]
    facts: LicenseTermFactsFilter,
    /// The circumstances in which the term applies.
    when: Option<TermConditionFilter>,
}

/// Conditions on the circumstances of a term. All given ones must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct TermConditionFilter {
    #[graphql(flatten)]
    facts: TermConditionFactsFilter,
    /// The territories.
    territories: Option<StringListFilter>,
}

impl Filter for LicenseTermFilter {
    const TABLE: &'static str = "license_term";

    fn condition(&self, context: &FilterContext) -> Condition {
        let own = Condition::all()
            .add_option(self.facts.condition())
            .add_option(self.when.as_ref().map(TermConditionFilter::condition));
        combine(own, self.and.as_ref(), self.or.as_ref(), self.not.as_deref(), context)
    }
}

impl TermConditionFilter {
    /// Returns the condition on rows of the table of terms.
    fn condition(&self) -> Condition {
        let territories = self.territories.as_ref();
        let territories = territories.map(|filter| filter.condition(("license_term", "territories")));
        Condition::all().add_option(self.facts.condition()).add_option(territories)
    }
}
