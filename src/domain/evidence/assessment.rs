//! The assessment of facts: how many rest on sources, and which are in conflict.

use std::collections::BTreeSet;

use entity::vocabulary::Confidence;

use crate::domain::document::SubjectDocument;
use crate::domain::evidence::authority::Sources;
use crate::domain::evidence::document::Citation;
use crate::domain::evidence::fact_state::{FactState, fact_states};

/// The evidence of the facts of a subject or of one of its parts, in sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Provenance {
    /// The lowest confidence of the statements that the current values rest on. None if no value rests on a statement.
    pub confidence: Option<Confidence>,
    /// The number of sources with statements about the facts. A source and its copies count once.
    pub sources: i32,
    /// The number of facts in conflict.
    pub conflicts: i32,
    /// The number of values without a statement.
    pub unsourced: i32,
}

/// A fact in conflict.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Conflict {
    /// The name of the fact.
    pub field: String,
    /// Whether the value differs from the statement that holds. Otherwise only statements contradict each other.
    pub contradicted: bool,
}

/// The state of the facts of a subject or of one of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartAssessment {
    /// The label of the size; empty for the subject itself.
    pub part: String,
    /// The sum.
    pub provenance: Provenance,
    /// The facts in conflict.
    pub conflicts: Vec<Conflict>,
    /// The statements that the values of their facts do not agree with.
    pub disagreeing: Vec<Citation>,
}

/// Assesses the facts of a document and of each of its parts.
pub fn assess<D: SubjectDocument>(document: &D, sources: &Sources) -> Vec<PartAssessment> {
    let mut states = fact_states(document, sources).into_iter().peekable();
    let parts = document.evidence().into_iter().map(|list| {
        let own = std::iter::from_fn(|| states.next_if(|state| state.part == list.part));
        assess_part(list.part.clone(), own, sources)
    });
    parts.collect()
}

fn assess_part(part: String, facts: impl Iterator<Item = FactState>, sources: &Sources) -> PartAssessment {
    let mut provenance = Provenance::default();
    let (mut conflicts, mut disagreeing, mut cited) = (Vec::new(), Vec::new(), BTreeSet::new());
    for fact in facts {
        if let Some(holding) = fact.holding() {
            let contradicted = !fact.agrees(holding.statement);
            if contradicted || !holding.conflicts.is_empty() {
                conflicts.push(Conflict { field: fact.name.to_owned(), contradicted });
            }
            if fact.value.is_some() && !contradicted && !fact.is_unsourced() {
                provenance.confidence = provenance.confidence.max(Some(holding.statement.confidence));
            }
        }
        provenance.unsourced += i32::from(fact.is_unsourced());
        for (citation, statement) in fact.citations.iter().zip(&fact.statements) {
            let original = sources.get(&citation.source).and_then(|source| source.derived_from.clone());
            cited.insert(original.unwrap_or_else(|| citation.source.clone()));
            if !fact.agrees(statement) {
                disagreeing.push(citation.clone());
            }
        }
    }
    provenance.sources = i32::try_from(cited.len()).unwrap_or(i32::MAX);
    provenance.conflicts = i32::try_from(conflicts.len()).unwrap_or(i32::MAX);
    PartAssessment { part, provenance, conflicts, disagreeing }
}
