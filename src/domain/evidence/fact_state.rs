//! The state of facts: their values, and the statements of sources about them.

use serde_json::Value as Json;

use crate::domain::document::SubjectDocument;
use crate::domain::evidence::assessment::{Sources, agrees, by_fact, statement, value_of};
use crate::domain::evidence::holding::{Holding, holding};
use crate::domain::evidence::statement::{Comparison, Statement};

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
        agrees(self.comparison, statement, self.value.as_ref())
    }

    /// Returns whether there is a value, but no statement about it that has not been deprecated.
    pub fn is_unsourced(&self) -> bool {
        self.value.is_some() && self.holding().is_none()
    }
}

/// Returns the beginning of the paths of a part: that of a size with its label, or nothing for the subject itself.
pub fn part_path(part: &str) -> String {
    if part.is_empty() { String::new() } else { format!("sizes.{part}.") }
}

/// Returns the states of the facts of a document and of its parts. Empty for a type of subject without evidence.
pub fn fact_states<D: SubjectDocument>(document: &D, sources: &Sources) -> Vec<FactState> {
    let json = serde_json::to_value(document).unwrap_or_default();
    let makers = document.makers();
    let mut citations = by_fact(document);
    let mut states = Vec::new();
    for list in document.evidence() {
        let owner = json.pointer(&list.owner_pointer()).unwrap_or(&Json::Null);
        for fact in (list.facts)() {
            let about = citations.remove(&(list.part.clone(), fact.name)).unwrap_or_default();
            let state = FactState {
                part: list.part.clone(),
                name: fact.name,
                comparison: fact.comparison,
                value: value_of(owner, fact.name).cloned(),
                statements: about.iter().map(|citation| statement(citation, &makers, sources)).collect(),
            };
            if state.value.is_some() || !state.statements.is_empty() {
                states.push(state);
            }
        }
    }
    states
}
