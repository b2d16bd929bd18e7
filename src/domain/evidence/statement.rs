//! Statements of sources about facts.

use chrono::NaiveDate;
use entity::vocabulary::{Confidence, EvidenceRank, ParametersBasis, Qualifier, Stance, TokensBasis};
use serde_json::Value as Json;

use crate::domain::evidence::tier::Tier;
use crate::domain::slug::Slug;

/// How the values of a fact are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// As amounts: an integer, a number, or a text such as "0.6B".
    Amount,
    /// As dates: "2023", "2023-07" or "2023-07-18".
    Date,
    /// As equal or different: texts, names of enums, booleans, lists. The order of a list does not matter.
    Exact,
}

/// A statement of one source about one fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The value, as the source writes it. Without meaning unless the stance is STATED.
    pub value: Json,
    /// Whether the source states a value, that there is none, or that it is not disclosed.
    pub stance: Stance,
    /// The source.
    pub source: Slug,
    /// The first day of the date of the source: of its publication, or else of the access to it. None if neither is known.
    pub date: Option<NaiveDate>,
    /// How the source knows the value. A whole number that is EXACT is precise to its last digit.
    pub confidence: Confidence,
    /// Whether the value is a bound. APPROXIMATE does not lower the precision that the value is written with.
    pub qualifier: Option<Qualifier>,
    /// The rank that an editor gave the statement.
    pub rank: EvidenceRank,
    /// How close the source is to the one who knows.
    pub tier: Tier,
    /// For a number: what it counts according to the same source, such as COUNTED or DATASET. None if the source does not say.
    pub basis: Option<String>,
    /// False for a statement about the basis of a number that does not hold.
    pub competes: bool,
}

impl Statement {
    /// Returns whether this statement is about another number than one that holds, so that they cannot contradict each other:
    /// the tokens of a dataset are not those that training processed, and the label of a size is a name, not a count.
    pub fn counts_other_than(&self, holds: &Self) -> bool {
        let (Some(own), Some(holds)) = (self.basis.as_deref(), holds.basis.as_deref()) else { return false };
        let (seen, dataset) = (TokensBasis::Seen.word(), TokensBasis::Dataset.word());
        let is_name = own == ParametersBasis::Label.word() && holds != own;
        is_name || (own == seen && holds == dataset) || (own == dataset && holds == seen)
    }
}
