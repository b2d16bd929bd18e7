//! The state of facts: their values, and the statements of sources about them.

use entity::vocabulary::{CommercialUse, Confidence, Stance};
use serde_json::Value as Json;

use crate::domain::checkpoint::part_address;
use crate::domain::document::SubjectDocument;
use crate::domain::evidence::authority::Sources;
use crate::domain::evidence::claim::Claim;
use crate::domain::evidence::document::Citation;
use crate::domain::evidence::holding::{Holding, holding};
use crate::domain::evidence::statement::{Comparison, Statement};
use crate::domain::evidence::statements::Statements;
use crate::domain::facts::CitableFact;

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
    /// The citations of sources about it.
    pub citations: Vec<Citation>,
    /// The statements in them, in the same order.
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
        agrees(self.comparison, statement, self.value.as_ref())
    }

    /// Returns whether there is a value, but no statement of one that has not been deprecated. A source that does not disclose a
    /// value allows every value, but states none. That a license is not known to permit something needs no source.
    pub fn is_unsourced(&self) -> bool {
        let stance = self.holding().map(|holding| holding.statement.stance);
        let is_known = self.value.as_ref().is_some_and(|value| value != CommercialUse::Unknown.word());
        is_known && stance.is_none_or(|stance| stance == Stance::Undisclosed)
    }
}

/// Returns the beginning of the paths of a part: that of a size with its label, that of a checkpoint with its address, or nothing for
/// the subject itself.
pub fn part_path(part: &str) -> String {
    match (part, part_address(part)) {
        ("", _) => String::new(),
        (_, Some(address)) => format!("checkpoints.{address}."),
        (label, None) => format!("sizes.{label}."),
    }
}

/// Returns the states of the facts of a document and of its parts, in the order of the parts. Empty for a type of subject without evidence.
pub fn fact_states<D: SubjectDocument>(document: &D, sources: &Sources) -> Vec<FactState> {
    let json = serde_json::to_value(document).unwrap_or_default();
    let statements = Statements::of(document, sources);
    let mut states = Vec::new();
    for list in document.evidence() {
        let owner = json.pointer(&list.owner_pointer()).unwrap_or(&Json::Null);
        for fact in (list.facts)() {
            let citations = statements.citations(&list.part, fact.name).to_vec();
            let state = FactState {
                part: list.part.clone(),
                name: fact.name,
                comparison: fact.comparison,
                value: if citations.is_empty() {
                    value_of(owner, fact.name).cloned()
                } else {
                    cited_value(owner, &fact)
                },
                statements: statements.about(&list.part, &fact),
                citations,
            };
            if state.value.is_some() || !state.statements.is_empty() {
                states.push(state);
            }
        }
    }
    states
}

/// Returns the value of a fact in the object that it belongs to. None if it is unknown.
pub fn value_of<'a>(owner: &'a Json, fact: &str) -> Option<&'a Json> {
    owner.get(fact).filter(|value| !value.is_null() && !value.as_array().is_some_and(Vec::is_empty))
}

/// Returns the value of a fact that sources state something about: also a default that documents leave out, and for `baseModel` the
/// only base in `bases`.
pub fn cited_value(owner: &Json, fact: &CitableFact) -> Option<Json> {
    let value = value_of(owner, fact.name).cloned().or_else(|| fact.default.map(Json::from));
    value.or_else(|| {
        let bases = owner.get("bases").filter(|_| fact.name == "baseModel")?.as_array()?;
        let model = bases.first()?.get("model")?;
        bases.iter().all(|other| other.get("model") == Some(model)).then(|| model.clone())
    })
}

/// Returns whether a statement says the same as the value of a fact, and more precisely.
pub fn refines(comparison: Comparison, statement: &Statement, value: &Json) -> bool {
    Claim::of(comparison, statement).refines(&Claim::of(comparison, &exactly(statement, value)))
}

/// Returns the statement that a fact has exactly a value.
fn exactly(statement: &Statement, value: &Json) -> Statement {
    Statement {
        value: value.clone(),
        stance: Stance::Stated,
        confidence: Confidence::Exact,
        qualifier: None,
        ..statement.clone()
    }
}

/// Returns whether the value of a fact, none if it is unknown, is one that a statement allows.
pub fn agrees(comparison: Comparison, statement: &Statement, value: Option<&Json>) -> bool {
    let Some(value) = value else { return statement.stance != Stance::Stated };
    Claim::of(comparison, statement).allows(&Claim::of(comparison, &exactly(statement, value)))
}
