//! The state of facts: whether sources state them, contradict them, or contradict each other.

use std::collections::{BTreeSet, HashMap};

use entity::vocabulary::{Confidence, EvidenceRank, SourceKind, Stance};
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
use crate::error::Problem;

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

/// The effect on a value that contradicts the statement that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// The value of the statement replaces it, unless the edit itself says otherwise: it creates the document, or has statements
    /// that contradict its own value.
    Replace,
    /// It stays if the edit changed it and adds a statement that it agrees with, or gives a reason.
    Keep {
        /// Whether the edit gives a reason.
        has_reason: bool,
    },
}

/// A document whose values follow its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Reconciled<D> {
    /// The document; none if no value moved.
    pub document: Option<D>,
    /// The facts whose values were replaced, each with its path, the value before and after, and the source.
    pub moved: Vec<MovedValue>,
}

/// A value that was replaced by that of the statement that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedValue {
    /// The path of the fact in the document.
    pub field: String,
    /// The value that was replaced; null if there was none.
    pub from: Json,
    /// The value of the statement.
    pub to: Json,
    /// The source of the statement.
    pub source: Slug,
}

/// Lets the values of a document follow its evidence.
///
/// A value that agreed with the statement that held, or had none, moves to that of the statement that holds now. A value that an
/// edit changes, and that contradicts the statement, is subject to the policy. A value that contradicted its evidence before
/// stays. A value does not move where the document would not be valid any more.
///
/// # Errors
/// Values that contradict their evidence without a new statement or a reason.
pub fn reconcile<D: SubjectDocument>(
    before: Option<&D>,
    after: &D,
    sources: &Sources,
    policy: Policy,
) -> Result<Reconciled<D>, Vec<Problem>> {
    if after.evidence().iter().all(|list| list.list.is_empty()) {
        return Ok(Reconciled { document: None, moved: Vec::new() });
    }
    let earlier = before.map(Earlier::of);
    let mut json = serde_json::to_value(after).unwrap_or_default();
    let makers = after.makers();
    let mut citations = by_fact(after);
    let (mut moved, mut problems) = (Vec::new(), Vec::new());
    for list in after.evidence() {
        let pointer = list.owner_pointer();
        for CitableFact { name, comparison } in (list.facts)() {
            let Some(citations) = citations.remove(&(list.part.clone(), name)) else { continue };
            let statements = citations.iter().map(|citation| statement(citation, &makers, sources)).collect::<Vec<_>>();
            let Some(Holding { statement: holds, .. }) = holding(comparison, &statements) else { continue };
            let owner = json.pointer(&pointer).unwrap_or(&Json::Null);
            let value = value_of(owner, name);
            if agrees(comparison, holds, value) {
                continue;
            }
            let old = earlier.as_ref().and_then(|earlier| earlier.fact(&list.part, name, comparison, sources));
            let is_changed = value
                .is_some_and(|value| old.as_ref().is_none_or(|old| old.value.as_ref() != Some(value)))
                || value.is_none() && old.as_ref().is_some_and(|old| old.value.is_some());
            let field = format!("{}{name}", list.path.strip_suffix("evidence").unwrap_or_default());
            match policy {
                Policy::Keep { has_reason } if is_changed => {
                    let is_new =
                        |citation: &Citation| !old.as_ref().is_some_and(|old| old.citations.contains(citation));
                    let mut own = citations.iter().zip(&statements);
                    let supported = own.any(|(citation, own)| is_new(citation) && agrees(comparison, own, value));
                    if !has_reason && !supported {
                        problems.push(contradiction(&field, holds));
                    }
                    continue;
                }
                Policy::Replace if is_changed => {
                    let is_new =
                        |citation: &Citation| !old.as_ref().is_some_and(|old| old.citations.contains(citation));
                    let own = citations.iter().zip(&statements).filter(|(citation, _)| is_new(citation));
                    let own = own.map(|(_, statement)| statement.clone()).collect::<Vec<_>>();
                    if holding(comparison, &own).is_some_and(|own| !agrees(comparison, own.statement, value)) {
                        continue;
                    }
                }
                Policy::Replace if before.is_none() => continue,
                _ if !is_changed && old.as_ref().is_some_and(|old| !old.agreed) => continue,
                _ => {}
            }
            let to = if holds.stance == Stance::Stated { holds.value.clone() } else { Json::Null };
            let from = value.cloned().unwrap_or_default();
            if from == to {
                continue;
            }
            if let Some(next) = with_value::<D>(&json, &pointer, name, to.clone()) {
                json = next;
                moved.push(MovedValue { field, from, to, source: holds.source.clone() });
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let document = (!moved.is_empty()).then(|| serde_json::from_value::<D>(json).ok()).flatten();
    let document = document.map(|mut document| {
        document.sort();
        document
    });
    Ok(Reconciled { document, moved })
}

/// Returns a document in which a statement holds: it is PREFERRED for the reason, others about the fact are not any more, and its
/// value is that of the fact.
///
/// # Errors
/// The fact cannot have the value.
pub fn prefer<D: SubjectDocument>(document: &D, preferred: &Citation, reason: &str) -> Result<D, Problem> {
    let mut citations = document.citations();
    for citation in &mut citations {
        if citation == preferred {
            citation.rank = EvidenceRank::Preferred;
            citation.reason = Some(reason.to_owned());
        } else if citation.part == preferred.part
            && citation.field == preferred.field
            && citation.rank == EvidenceRank::Preferred
        {
            citation.rank = EvidenceRank::Normal;
            citation.reason = None;
        }
    }
    citations.sort_by_cached_key(Citation::key);
    let mut after = document.clone();
    after.set_citations(citations);
    let part = after.evidence().into_iter().find(|list| list.part == preferred.part);
    let Some((pointer, path)) = part.map(|list| (list.owner_pointer(), list.path)) else { return Ok(after) };
    let json = serde_json::to_value(&after).unwrap_or_default();
    let value = preferred.value.as_deref().and_then(|value| serde_json::from_str(value).ok());
    let next = with_value::<D>(&json, &pointer, &preferred.field, value.unwrap_or(Json::Null));
    let next = next.and_then(|next| serde_json::from_value::<D>(next).ok()).map(|mut next| {
        next.sort();
        next
    });
    next.ok_or_else(|| Problem {
        field: format!("{}{}", path.strip_suffix("evidence").unwrap_or_default(), preferred.field),
        message: format!("cannot be {}", preferred.value.as_deref().unwrap_or("unknown")),
    })
}

/// Returns the problem of a value that contradicts a statement.
fn contradiction(field: &str, holds: &Statement) -> Problem {
    let says = match holds.stance {
        Stance::Stated => format!("says {}", holds.value),
        Stance::None => "says that there is none".to_owned(),
        Stance::Undisclosed => "does not disclose it".to_owned(),
    };
    let message = format!(
        "contradicts the source {:?}, which {says}; add evidence for the new value, or give a reason",
        holds.source.as_str()
    );
    Problem { field: field.to_owned(), message }
}

/// Returns the document with another value of a fact. None if it is no document any more, or no valid one.
fn with_value<D: SubjectDocument>(json: &Json, pointer: &str, name: &str, value: Json) -> Option<Json> {
    let mut json = json.clone();
    let owner = json.pointer_mut(pointer)?.as_object_mut()?;
    match value {
        Json::Null => owner.remove(name),
        value => owner.insert(name.to_owned(), value),
    };
    let mut document = serde_json::from_value::<D>(json.clone()).ok()?;
    document.sort();
    Vec::<Problem>::from(document.validate()).is_empty().then_some(json)
}

/// A document before an edit.
struct Earlier<'a, D> {
    document: &'a D,
    json: Json,
    pointers: HashMap<String, String>,
    citations: HashMap<(String, &'static str), Vec<Citation>>,
}

/// A fact before an edit.
struct EarlierFact {
    value: Option<Json>,
    citations: Vec<Citation>,
    /// Whether the value agreed with the statement that held, or had none.
    agreed: bool,
}

impl<'a, D: SubjectDocument> Earlier<'a, D> {
    fn of(document: &'a D) -> Self {
        let json = serde_json::to_value(document).unwrap_or_default();
        let pointers = document.evidence().into_iter().map(|list| (list.part.clone(), list.owner_pointer())).collect();
        Self { document, json, pointers, citations: by_fact(document) }
    }

    fn fact(&self, part: &str, name: &'static str, comparison: Comparison, sources: &Sources) -> Option<EarlierFact> {
        let owner = self.json.pointer(self.pointers.get(part)?)?;
        let value = value_of(owner, name);
        let citations = self.citations.get(&(part.to_owned(), name)).cloned().unwrap_or_default();
        let makers = self.document.makers();
        let statements = citations.iter().map(|citation| statement(citation, &makers, sources)).collect::<Vec<_>>();
        let agreed = holding(comparison, &statements).is_none_or(|holds| agrees(comparison, holds.statement, value));
        Some(EarlierFact { value: value.cloned(), citations, agreed })
    }
}
