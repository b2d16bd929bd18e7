//! The statements of a document's evidence about its facts.

use std::collections::HashMap;

use entity::vocabulary::{EvidenceRank, SourceKind};
use serde_json::Value as Json;

use crate::domain::document::SubjectDocument;
use crate::domain::evidence::authority::Sources;
use crate::domain::evidence::claim::Claim;
use crate::domain::evidence::document::Citation;
use crate::domain::evidence::holding::holding;
use crate::domain::evidence::statement::{Comparison, Statement};
use crate::domain::evidence::tier::Tier;
use crate::domain::facts::CitableFact;
use crate::domain::slug::Slug;

/// The statements of a document's evidence.
pub struct Statements<'a> {
    /// The citations, by the part and the name of the fact.
    citations: HashMap<String, HashMap<&'static str, Vec<Citation>>>,
    makers: Vec<&'a Slug>,
    sources: &'a Sources,
}

impl<'a> Statements<'a> {
    /// Reads the evidence of a document.
    pub fn of<D: SubjectDocument>(document: &'a D, sources: &'a Sources) -> Self {
        let facts = document.evidence().into_iter().filter(|list| !list.list.is_empty());
        let facts = facts.map(|list| (list.part, (list.facts)())).collect::<HashMap<_, _>>();
        let mut citations = HashMap::<_, HashMap<_, Vec<_>>>::new();
        for citation in document.citations() {
            let facts = facts.get(&citation.part).map_or(&[][..], Vec::as_slice);
            if let Some(fact) = facts.iter().find(|fact| fact.name == citation.field) {
                let of_part = citations.entry(citation.part.clone()).or_default();
                of_part.entry(fact.name).or_default().push(citation);
            }
        }
        Self { citations, makers: document.makers(), sources }
    }

    /// Returns the citations of a fact of a part.
    pub fn citations(&self, part: &str, fact: &str) -> &[Citation] {
        self.citations.get(part).and_then(|of_part| of_part.get(fact)).map_or(&[], Vec::as_slice)
    }

    /// Returns the statements about a fact of a part, in the order of its citations.
    pub fn about(&self, part: &str, fact: &CitableFact) -> Vec<Statement> {
        let citations = self.citations(part, fact.name);
        let mut statements = self.statements(citations);
        if let Some(basis) = fact.basis {
            let bases = self.citations(part, basis);
            for (citation, statement) in citations.iter().zip(&mut statements) {
                let basis = bases.iter().find(|basis| is_same_place(basis, citation));
                let basis = basis.and_then(|basis| serde_json::from_str::<String>(basis.value.as_deref()?).ok());
                statement.basis = basis;
            }
        }
        if let Some(number) = fact.basis_of {
            self.follow_number(self.citations(part, number), citations, &mut statements);
        }
        statements
    }

    /// Lets only one statement about the basis of a number compete: that of the best source that states the number that holds, or
    /// else one that it refines. Bases of different numbers do not contradict each other. An editor's preference stands.
    fn follow_number(&self, numbers: &[Citation], bases: &[Citation], statements: &mut [Statement]) {
        let is_preferred = |statement: &Statement| statement.rank == EvidenceRank::Preferred;
        if statements.len() < 2 || statements.iter().any(is_preferred) {
            return;
        }
        let of_numbers = self.statements(numbers);
        let Some(holds) = holding(Comparison::Amount, &of_numbers) else { return };
        let basis_of = |number: &Statement| {
            let at = of_numbers.iter().position(|other| std::ptr::eq(other, number))?;
            bases.iter().zip(&*statements).position(|(basis, statement)| {
                statement.rank != EvidenceRank::Deprecated && is_same_place(basis, &numbers[at])
            })
        };
        let number = Claim::of(Comparison::Amount, holds.statement);
        let is_same = |other: &&Statement| number.allows(&Claim::of(Comparison::Amount, other));
        let (same, coarser) = holds.supporters.into_iter().partition::<Vec<_>, _>(is_same);
        let Some(follows) = same.into_iter().chain(coarser).find_map(basis_of) else { return };
        for (index, statement) in statements.iter_mut().enumerate() {
            statement.competes = index == follows;
        }
    }

    /// Returns the statement that each citation is.
    pub fn statements(&self, citations: &[Citation]) -> Vec<Statement> {
        citations.iter().map(|citation| statement(citation, &self.makers, self.sources)).collect()
    }
}

/// Returns whether two citations are of the same place of the same source.
fn is_same_place(one: &Citation, other: &Citation) -> bool {
    one.source == other.source && one.locator == other.locator
}

/// Returns the statement that a citation of a document with these makers is. A source that is absent counts as one of unknown kind.
fn statement(citation: &Citation, makers: &[&Slug], sources: &Sources) -> Statement {
    let source = sources.get(&citation.source);
    let kind = source.map_or(SourceKind::Other, |source| source.kind);
    let by_maker = source.and_then(|source| source.publisher.as_ref()).is_some_and(|by| makers.contains(&by));
    let (has_locator, has_quote) = (citation.locator.is_some(), citation.quote.is_some());
    let value = citation.value.as_deref().and_then(|value| serde_json::from_str(value).ok());
    Statement {
        value: value.unwrap_or(Json::Null),
        stance: citation.stance,
        source: citation.source.clone(),
        date: source.and_then(|source| source.date).or(citation.accessed.map(|day| day.0)),
        confidence: citation.confidence,
        qualifier: citation.qualifier,
        rank: citation.rank,
        tier: Tier::of(kind, by_maker, has_locator, has_quote, citation.confidence),
        basis: None,
        competes: true,
    }
}
