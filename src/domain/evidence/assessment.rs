//! The state of facts: whether sources state them, contradict them, or contradict each other.

use std::collections::{BTreeSet, HashMap};

use entity::vocabulary::{Confidence, SourceKind, Stance};
use serde_json::Value as Json;

use crate::domain::date::PartialDate;
use crate::domain::document::SubjectDocument;
use crate::domain::evidence::claim::Claim;
use crate::domain::evidence::document::Citation;
use crate::domain::evidence::holding::{Holding, holding};
use crate::domain::evidence::statement::{Comparison, Statement};
use crate::domain::evidence::tier::Tier;
use crate::domain::facts::CitableFact;
use crate::domain::slug::Slug;
use crate::domain::source::SourceDocument;

/// The properties of a source by which its statements are preferred.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceAuthority {
    /// The kind of source.
    pub kind: SourceKind,
    /// The organization that published it.
    pub publisher: Option<Slug>,
    /// The source that it copies.
    pub derived_from: Option<Slug>,
    /// The first day of the date of its publication, or else the last day on which it was read.
    pub date: Option<chrono::NaiveDate>,
}

impl SourceAuthority {
    /// Returns the authority of a source.
    pub fn of(source: &SourceDocument) -> Self {
        let read = || source.snapshots.iter().map(|snapshot| snapshot.accessed.0).max();
        Self {
            kind: source.kind,
            publisher: source.publisher.clone(),
            derived_from: source.derived_from.clone(),
            date: source.published_at.as_ref().map(PartialDate::first_day).or_else(read),
        }
    }
}

/// The authority of sources, by their slugs. A source that is absent counts as one of unknown kind and publisher.
pub type Sources = HashMap<Slug, SourceAuthority>;

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
    let json = serde_json::to_value(document).unwrap_or_default();
    let makers = document.makers();
    let mut citations = by_fact(document);
    let parts = document.evidence().into_iter().map(|list| {
        let owner = json.pointer(&list.owner_pointer()).unwrap_or(&Json::Null);
        let facts = (list.facts)().into_iter().map(|fact| {
            let citations = citations.remove(&(list.part.clone(), fact.name)).unwrap_or_default();
            (fact, value_of(owner, fact.name), citations)
        });
        assess_part(list.part.clone(), facts, &makers, sources)
    });
    parts.collect()
}

/// Returns the statements of a document about each fact, by the part and the name of the fact.
pub fn by_fact<D: SubjectDocument>(document: &D) -> HashMap<(String, &'static str), Vec<Citation>> {
    let names = document.evidence().into_iter().filter(|list| !list.list.is_empty());
    let names = names.map(|list| (list.part, (list.facts)())).collect::<HashMap<_, _>>();
    let mut by_fact = HashMap::<_, Vec<_>>::new();
    for citation in document.citations() {
        let fact = names.get(&citation.part).and_then(|facts| facts.iter().find(|fact| fact.name == citation.field));
        if let Some(fact) = fact {
            by_fact.entry((citation.part.clone(), fact.name)).or_default().push(citation);
        }
    }
    by_fact
}

fn assess_part<'a>(
    part: String,
    facts: impl Iterator<Item = (CitableFact, Option<&'a Json>, Vec<Citation>)>,
    makers: &[&Slug],
    sources: &Sources,
) -> PartAssessment {
    let mut provenance = Provenance::default();
    let (mut conflicts, mut disagreeing, mut cited) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (CitableFact { name, comparison }, value, citations) in facts {
        let statements = citations.iter().map(|citation| statement(citation, makers, sources)).collect::<Vec<_>>();
        match holding(comparison, &statements) {
            Some(Holding { statement, conflicts: others }) => {
                let contradicted = !agrees(comparison, statement, value);
                if contradicted || !others.is_empty() {
                    conflicts.push(Conflict { field: name.to_owned(), contradicted });
                }
                if value.is_some() && !contradicted {
                    provenance.confidence = provenance.confidence.max(Some(statement.confidence));
                }
            }
            None => provenance.unsourced += i32::from(value.is_some()),
        }
        for (citation, statement) in citations.into_iter().zip(&statements) {
            let original = sources.get(&citation.source).and_then(|source| source.derived_from.clone());
            cited.insert(original.unwrap_or_else(|| citation.source.clone()));
            if !agrees(comparison, statement, value) {
                disagreeing.push(citation);
            }
        }
    }
    provenance.sources = i32::try_from(cited.len()).unwrap_or(i32::MAX);
    provenance.conflicts = i32::try_from(conflicts.len()).unwrap_or(i32::MAX);
    PartAssessment { part, provenance, conflicts, disagreeing }
}

/// Returns the value of a fact in the object that it belongs to. None if it is unknown.
pub fn value_of<'a>(owner: &'a Json, fact: &str) -> Option<&'a Json> {
    owner.get(fact).filter(|value| !value.is_null() && !value.as_array().is_some_and(Vec::is_empty))
}

/// Returns the statement that a citation of a document with these makers is. A source that is absent counts as one of unknown kind.
pub fn statement(citation: &Citation, makers: &[&Slug], sources: &Sources) -> Statement {
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
    }
}

/// Returns whether the value of a fact, none if it is unknown, is one that a statement allows.
pub fn agrees(comparison: Comparison, statement: &Statement, value: Option<&Json>) -> bool {
    let Some(value) = value else { return statement.stance != Stance::Stated };
    let exactly = Statement {
        value: value.clone(),
        stance: Stance::Stated,
        confidence: Confidence::Exact,
        qualifier: None,
        ..statement.clone()
    };
    Claim::of(comparison, statement).allows(&Claim::of(comparison, &exactly))
}
