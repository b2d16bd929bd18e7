//! The state of facts: their values, and the statements of sources about them.

use entity::vocabulary::{Confidence, EvidenceRank, SourceKind, Stance, SubjectType};
use serde_json::Value as Json;

use crate::domain::dataset::DatasetDocument;
use crate::domain::date::PartialDate;
use crate::domain::document::SubjectDocument;
use crate::domain::evidence::claim::Claim;
use crate::domain::evidence::document::{EvidenceDocument, EvidenceList};
use crate::domain::evidence::holding::{Holding, holding};
use crate::domain::evidence::statement::{Comparison, Statement};
use crate::domain::evidence::tier::Tier;
use crate::domain::facts::value::Kind;
use crate::domain::facts::{Fact, Facts, citable};
use crate::domain::model::{ModelDocument, SizeDocument};
use crate::domain::slug::Slug;
use crate::domain::source::SourceDocument;

/// A fact that has a value or that sources state something about.
#[derive(Clone, Debug, PartialEq)]
pub struct FactState {
    /// The label of the size that the fact belongs to; empty for the subject itself.
    pub part: String,
    /// The name of the fact.
    pub name: &'static str,
    /// How its values are compared.
    pub comparison: Comparison,
    /// The value. None if it is unknown.
    pub value: Option<Json>,
    /// The statements of sources about it.
    pub statements: Vec<Statement>,
}

impl FactState {
    /// Returns the path of the fact, with the labels of sizes, such as `sizes.7B.trainingTokens`.
    pub fn path(&self) -> String {
        format!("{}{}", part_path(&self.part), self.name)
    }

    /// Returns the statement that holds, and those that contradict it.
    pub fn holding(&self) -> Option<Holding<'_>> {
        holding(self.comparison, &self.statements)
    }

    /// Returns whether the value is one that a statement allows. An unknown value agrees with a statement that there is none.
    pub fn agrees(&self, statement: &Statement) -> bool {
        let Some(value) = &self.value else { return statement.stance != Stance::Stated };
        let exactly = Statement {
            value: value.clone(),
            stance: Stance::Stated,
            confidence: Confidence::Exact,
            qualifier: None,
            ..statement.clone()
        };
        Claim::of(self.comparison, statement).allows(&Claim::of(self.comparison, &exactly))
    }

    /// Returns whether a statement states a value or that there is none, and has not been deprecated.
    pub fn is_sourced(&self) -> bool {
        let sources = |statement: &Statement| {
            statement.rank != EvidenceRank::Deprecated && statement.stance != Stance::Undisclosed
        };
        self.statements.iter().any(sources)
    }
}

/// Returns the beginning of the paths of a part: that of a size with its label, or nothing for the subject itself.
pub fn part_path(part: &str) -> String {
    if part.is_empty() { String::new() } else { format!("sizes.{part}.") }
}

/// Returns the states of the facts of a document and of its parts. Empty for a type of subject without evidence.
pub fn fact_states<'s, D: SubjectDocument>(
    document: &D,
    makers: &[Slug],
    source_of: impl Fn(&Slug) -> Option<&'s SourceDocument>,
) -> Vec<FactState> {
    let json = serde_json::to_value(document).unwrap_or_default();
    let parts = document.evidence().into_iter().map(|EvidenceList { path, part, list }| {
        let owner = path.rsplit_once('.').map_or("", |(owner, _)| owner);
        let pointer = owner.split('.').filter(|key| !key.is_empty()).fold(String::new(), |path, key| path + "/" + key);
        let values = json.pointer(&pointer).cloned().unwrap_or_default();
        let states = facts_of(D::SUBJECT, &part).into_iter().map(|(name, comparison)| {
            let value = values
                .get(name)
                .filter(|value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty()));
            let about = list.iter().filter_map(|evidence| {
                let value = evidence.values.get(name)?;
                Some(statement(evidence, value, makers, source_of(&evidence.source)))
            });
            FactState { part: part.clone(), name, comparison, value: value.cloned(), statements: about.collect() }
        });
        states.filter(|state| state.value.is_some() || !state.statements.is_empty()).collect::<Vec<_>>()
    });
    parts.flatten().collect()
}

/// Returns the facts that evidence of a subject, or of a part of it, can be about.
fn facts_of(subject: SubjectType, part: &str) -> Vec<(&'static str, Comparison)> {
    match subject {
        SubjectType::Model if part.is_empty() => {
            comparisons(ModelDocument::FACTS, citable::<ModelDocument>(&["organizations", "datasets", "dataScale"]))
        }
        SubjectType::Model => comparisons(SizeDocument::FACTS, citable::<SizeDocument>(&[])),
        SubjectType::Dataset => comparisons(DatasetDocument::FACTS, citable::<DatasetDocument>(&[])),
        _ => Vec::new(),
    }
}

fn comparisons(facts: &[Fact], names: Vec<&'static str>) -> Vec<(&'static str, Comparison)> {
    let comparison = |name: &str| match facts.iter().find(|fact| fact.name == name).map(|fact| fact.kind) {
        Some(Kind::Count | Kind::Integer | Kind::Float) => Comparison::Amount,
        Some(Kind::PartialDate) => Comparison::Date,
        _ => Comparison::Exact,
    };
    names.into_iter().map(|name| (name, comparison(name))).collect()
}

fn statement(evidence: &EvidenceDocument, value: &Json, makers: &[Slug], source: Option<&SourceDocument>) -> Statement {
    let by_maker = source.and_then(|source| source.publisher.as_ref()).is_some_and(|by| makers.contains(by));
    let kind = source.map_or(SourceKind::Other, |source| source.kind);
    let (has_locator, has_quote) = (evidence.locator.is_some(), evidence.quote.is_some());
    let published = source.and_then(|source| source.published_at.as_ref()).map(PartialDate::first_day);
    let read = || source.and_then(|source| source.snapshots.iter().map(|snapshot| snapshot.accessed.0).max());
    Statement {
        value: value.clone(),
        stance: evidence.stance,
        source: evidence.source.clone(),
        date: published.or_else(read).or(evidence.accessed.map(|day| day.0)),
        confidence: evidence.confidence,
        qualifier: evidence.qualifier,
        rank: evidence.rank,
        tier: Tier::of(kind, by_maker, has_locator, has_quote, evidence.confidence),
    }
}
