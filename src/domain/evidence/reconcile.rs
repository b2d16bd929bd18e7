//! Reconciles the values of a document with its evidence.

use std::collections::HashMap;

use entity::vocabulary::{EvidenceRank, Stance};
use serde_json::Value as Json;

use crate::domain::document::SubjectDocument;
use crate::domain::evidence::authority::Sources;
use crate::domain::evidence::document::Citation;
use crate::domain::evidence::fact_state::{agrees, cited_value};
use crate::domain::evidence::holding::{Holding, holding};
use crate::domain::evidence::statement::{Comparison, Statement};
use crate::domain::evidence::statements::Statements;
use crate::domain::facts::CitableFact;
use crate::domain::slug::Slug;
use crate::error::Problem;

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
    let earlier = before.map(|before| Earlier::of(before, after, sources));
    let mut json = serde_json::to_value(after).unwrap_or_default();
    let evidence = Statements::of(after, sources);
    let (mut moved, mut problems) = (Vec::new(), Vec::new());
    for list in after.evidence() {
        let pointer = list.owner_pointer();
        for fact in (list.facts)() {
            let CitableFact { name, comparison, .. } = fact;
            let citations = evidence.citations(&list.part, name);
            let statements = evidence.about(&list.part, &fact);
            let Some(Holding { statement: holds, .. }) = holding(comparison, &statements) else { continue };
            let owner = json.pointer(&pointer).unwrap_or(&Json::Null);
            let value = cited_value(owner, &fact);
            let value = value.as_ref();
            if agrees(comparison, holds, value) {
                continue;
            }
            let old = earlier.as_ref().and_then(|earlier| earlier.fact(&list.part, &fact));
            let field = format!("{}{name}", list.path.strip_suffix("evidence").unwrap_or_default());
            let contradiction =
                Contradiction { comparison, value, old: old.as_ref(), citations, statements: &statements };
            match contradiction.effect(policy, before.is_none()) {
                Effect::Stays => continue,
                Effect::Refused => {
                    problems.push(problem(&field, holds));
                    continue;
                }
                Effect::Moves => {}
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

/// A fact whose value after an edit contradicts the statement that holds.
struct Contradiction<'a> {
    comparison: Comparison,
    value: Option<&'a Json>,
    /// The fact before the edit; none if the document or the part is new.
    old: Option<&'a EarlierFact>,
    citations: &'a [Citation],
    /// The statements, in the order of the citations.
    statements: &'a [Statement],
}

/// The effect of an edit on a value that contradicts the statement that holds.
enum Effect {
    /// The value stays.
    Stays,
    /// The edit is refused.
    Refused,
    /// The value of the statement replaces it.
    Moves,
}

impl Contradiction<'_> {
    /// Returns the effect of the edit. `is_new`: it creates the document.
    fn effect(&self, policy: Policy, is_new: bool) -> Effect {
        if !self.is_changed() {
            let stays = self.old.is_some_and(|old| !old.agreed) || is_new && policy == Policy::Replace;
            return if stays { Effect::Stays } else { Effect::Moves };
        }
        match policy {
            Policy::Keep { has_reason } => {
                let supported = self.new_statements().any(|new| agrees(self.comparison, new, self.value));
                if has_reason || supported { Effect::Stays } else { Effect::Refused }
            }
            Policy::Replace => {
                let own = self.new_statements().cloned().collect::<Vec<_>>();
                let holds = holding(self.comparison, &own);
                let contradicts_itself = holds.is_some_and(|own| !agrees(self.comparison, own.statement, self.value));
                if contradicts_itself { Effect::Stays } else { Effect::Moves }
            }
        }
    }

    /// Returns whether the edit changes the value. A value of a new part is changed; an unknown one is not.
    fn is_changed(&self) -> bool {
        self.value != self.old.and_then(|old| old.value.as_ref())
    }

    /// Returns the statements that the edit adds.
    fn new_statements(&self) -> impl Iterator<Item = &Statement> {
        let is_new = |citation: &Citation| self.old.is_none_or(|old| !old.citations.contains(citation));
        self.citations.iter().zip(self.statements).filter(move |(citation, _)| is_new(citation)).map(|(_, new)| new)
    }
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
fn problem(field: &str, holds: &Statement) -> Problem {
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
struct Earlier<'a> {
    json: Json,
    /// The labels of parts that the edit renamed: the new one of each with the old one.
    renamed: HashMap<String, String>,
    pointers: HashMap<String, String>,
    evidence: Statements<'a>,
}

/// A fact before an edit.
struct EarlierFact {
    value: Option<Json>,
    citations: Vec<Citation>,
    /// Whether the value agreed with the statement that held, or had none.
    agreed: bool,
}

impl<'a> Earlier<'a> {
    fn of<D: SubjectDocument>(document: &'a D, after: &D, sources: &'a Sources) -> Self {
        let json = serde_json::to_value(document).unwrap_or_default();
        let pointers = document.evidence().into_iter().map(|list| (list.part.clone(), list.owner_pointer())).collect();
        let evidence = Statements::of(document, sources);
        Self { json, renamed: after.renamed_parts(document), pointers, evidence }
    }

    fn fact(&self, part: &str, fact: &CitableFact) -> Option<EarlierFact> {
        let old = self.renamed.get(part).map_or(part, String::as_str);
        let owner = self.json.pointer(self.pointers.get(old)?)?;
        let value = cited_value(owner, fact);
        let citations = self.evidence.citations(old, fact.name).iter();
        let citations = citations.map(|citation| Citation { part: part.to_owned(), ..citation.clone() }).collect();
        let agrees = |holds: Holding<'_>| agrees(fact.comparison, holds.statement, value.as_ref());
        let agreed = holding(fact.comparison, &self.evidence.about(old, fact)).is_none_or(agrees);
        Some(EarlierFact { value, citations, agreed })
    }
}
