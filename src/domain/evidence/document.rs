//! Evidence in documents.

use std::collections::BTreeMap;

use chrono::Datelike;
use entity::vocabulary::{Confidence, EvidenceRank, Qualifier, Stance};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value as Json};

use crate::domain::date::Date;
use crate::domain::facts::CitableFact;
use crate::domain::limits::{MAX_EVIDENCE, MAX_NOTE_CHARACTERS, MAX_QUOTE_CHARACTERS, MAX_VALUE_CHARACTERS};
use crate::domain::slug::Slug;
use crate::domain::validation::ValidationErrors;

/// The statement of one source about one or several facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Evidence")]
pub struct EvidenceDocument {
    /// The values that the source states, by the names of the facts; they may differ from the values of the facts. With a stance
    /// other than STATED, null for each fact, or an empty text where there is no null.
    pub values: Map<String, Json>,
    /// The slug of the source.
    pub source: Slug,
    /// The place in the source, such as a file with a line, a page or a table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_NOTE_CHARACTERS))]
    pub locator: Option<String>,
    /// The words of the source: at most 25 words and 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_QUOTE_CHARACTERS))]
    pub quote: Option<String>,
    /// The day on which the source was read, if that differs from its snapshots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accessed: Option<Date>,
    /// How the values are known.
    pub confidence: Confidence,
    /// How the values are to be read, if they are not just the values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qualifier: Option<Qualifier>,
    /// The rank among the evidence about the same fact; NORMAL if absent.
    #[serde(default = "normal", skip_serializing_if = "is_normal")]
    pub rank: EvidenceRank,
    /// The reason for the rank, which a DEPRECATED evidence needs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_NOTE_CHARACTERS))]
    pub reason: Option<String>,
    /// The stance of the source; STATED if absent.
    #[serde(default = "stated", skip_serializing_if = "is_stated")]
    pub stance: Stance,
}

fn normal() -> EvidenceRank {
    EvidenceRank::Normal
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_normal(rank: &EvidenceRank) -> bool {
    *rank == EvidenceRank::Normal
}

fn stated() -> Stance {
    Stance::Stated
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_stated(stance: &Stance) -> bool {
    *stance == Stance::Stated
}

/// The evidence of a subject or of one of its parts, in a document.
pub struct EvidenceList<L> {
    /// The path of the list in the document, such as `sizes.0.evidence`.
    pub path: String,
    /// The label of the size that the facts belong to; empty for the subject itself.
    pub part: String,
    /// Returns the facts that it can be about.
    pub facts: fn() -> Vec<CitableFact>,
    /// The list.
    pub list: L,
}

impl<L> EvidenceList<L> {
    /// Creates the list of a subject itself.
    pub fn of_subject(facts: fn() -> Vec<CitableFact>, list: L) -> Self {
        Self { path: "evidence".to_owned(), part: String::new(), facts, list }
    }

    /// Returns the JSON pointer to the object that the facts belong to.
    pub fn owner_pointer(&self) -> String {
        let owner = self.path.rsplit_once('.').map_or("", |(owner, _)| owner);
        owner.split('.').filter(|key| !key.is_empty()).fold(String::new(), |pointer, key| format!("{pointer}/{key}"))
    }
}

/// The statement of one source about one fact of a subject.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Citation {
    /// The label of the size that the fact belongs to; empty for the subject itself.
    pub part: String,
    /// The name of the fact.
    pub field: String,
    /// The value as JSON; none unless the stance is STATED.
    pub value: Option<String>,
    /// The slug of the source.
    pub source: Slug,
    /// The place in the source.
    pub locator: Option<String>,
    /// The words of the source.
    pub quote: Option<String>,
    /// The day on which the source was read.
    pub accessed: Option<Date>,
    /// How the value is known.
    pub confidence: Confidence,
    /// How the value is to be read.
    pub qualifier: Option<Qualifier>,
    /// The rank among the evidence about the same fact.
    pub rank: EvidenceRank,
    /// The reason for the rank.
    pub reason: Option<String>,
    /// The stance of the source.
    pub stance: Stance,
}

/// Returns the statements of lists of evidence, without repetitions, in a fixed order.
pub fn citations<'a>(lists: impl IntoIterator<Item = EvidenceList<&'a Vec<EvidenceDocument>>>) -> Vec<Citation> {
    let mut citations = BTreeMap::new();
    for EvidenceList { part, list, .. } in lists {
        for evidence in list {
            for (field, value) in &evidence.values {
                let value = (evidence.stance == Stance::Stated).then(|| value.to_string());
                let citation = Citation {
                    part: part.clone(),
                    field: field.clone(),
                    value,
                    source: evidence.source.clone(),
                    locator: evidence.locator.clone(),
                    quote: evidence.quote.clone(),
                    accessed: evidence.accessed,
                    confidence: evidence.confidence,
                    qualifier: evidence.qualifier,
                    rank: evidence.rank,
                    reason: evidence.reason.clone(),
                    stance: evidence.stance,
                };
                citations.insert(citation.key(), citation);
            }
        }
    }
    citations.into_values().collect()
}

impl Citation {
    /// Returns a text that orders statements; only those of equal statements are equal.
    pub fn key(&self) -> String {
        let Self { part, field, value, source, .. } = self;
        format!("{source}\n{}\n{part:?}{field:?}{value:?}", self.attributes())
    }

    /// Returns all but fact, value and source as text.
    fn attributes(&self) -> String {
        let Self { locator, quote, accessed, confidence, qualifier, rank, reason, stance, .. } = self;
        format!("{locator:?}{quote:?}{accessed:?}{confidence:?}{qualifier:?}{rank:?}{reason:?}{stance:?}")
    }
}

/// Joins statements about one part, which are in the order of [`citations`], to evidence about several facts.
pub fn documents(citations: Vec<Citation>) -> Vec<EvidenceDocument> {
    let mut documents = Vec::<(String, EvidenceDocument)>::new();
    for citation in citations {
        let key = format!("{}\n{}", citation.source, citation.attributes());
        let value = citation.value.as_deref().and_then(|value| serde_json::from_str(value).ok()).unwrap_or(Json::Null);
        let same = documents.iter_mut().rev().take_while(|(other, _)| *other == key);
        // A source may state two values of one fact.
        let free = same.filter(|(_, document)| !document.values.contains_key(&citation.field)).last();
        if let Some((_, document)) = free {
            document.values.insert(citation.field, value);
            continue;
        }
        let document = EvidenceDocument {
            values: Map::from_iter([(citation.field, value)]),
            source: citation.source,
            locator: citation.locator,
            quote: citation.quote,
            accessed: citation.accessed,
            confidence: citation.confidence,
            qualifier: citation.qualifier,
            rank: citation.rank,
            reason: citation.reason,
            stance: citation.stance,
        };
        documents.push((key, document));
    }
    documents.into_iter().map(|(_, document)| document).collect()
}

impl ValidationErrors {
    /// Checks evidence of a part of a document. `template` is a part of that type: a value must be one that its fact may have.
    pub fn check_evidence<T: Serialize + DeserializeOwned>(
        &mut self,
        path: &str,
        list: &[EvidenceDocument],
        facts: &[CitableFact],
        template: &T,
    ) {
        if list.is_empty() || !self.check_length(path, list, MAX_EVIDENCE) {
            return;
        }
        let Ok(Json::Object(template)) = serde_json::to_value(template) else { return };
        for (index, evidence) in list.iter().enumerate() {
            let field = |name: &str| format!("{path}.{index}.{name}");
            self.check(!evidence.values.is_empty(), &field("values"), "names no fact");
            for (name, value) in &evidence.values {
                let field = field(&format!("values.{name}"));
                if !facts.iter().any(|fact| fact.name == name) {
                    let names = facts.iter().map(|fact| fact.name).collect::<Vec<_>>();
                    self.check(false, &field, &format!("is no fact here; expected {}", names.join(", ")));
                } else if evidence.stance != Stance::Stated {
                    let is_absent = value.is_null() || value.as_str() == Some("");
                    self.check(is_absent, &field, "has a value, but the stance is that there is none");
                } else if let Err(message) = check_value::<T>(&template, name, value) {
                    self.check(false, &field, &message);
                }
            }
            for (name, text, max) in
                [("locator", &evidence.locator, MAX_NOTE_CHARACTERS), ("reason", &evidence.reason, MAX_NOTE_CHARACTERS)]
            {
                if let Some(text) = text {
                    self.check(!text.trim().is_empty(), &field(name), "is empty");
                    self.check_characters(&field(name), text, max);
                }
            }
            if let Some(quote) = &evidence.quote {
                self.check_quote(&field("quote"), quote);
            }
            let has_reason = evidence.rank != EvidenceRank::Deprecated || evidence.reason.is_some();
            self.check(has_reason, &field("reason"), "is absent, but DEPRECATED evidence needs one");
            let in_range = evidence.accessed.is_none_or(|day| (1..=9999).contains(&day.0.year()));
            self.check(in_range, &field("accessed"), "is not in the years 1 to 9999");
        }
    }
}

/// Checks that a value is one that the fact may have.
fn check_value<T: DeserializeOwned>(template: &Map<String, Json>, name: &str, value: &Json) -> Result<(), String> {
    if value.is_null() {
        return Err("is null; use the stance NONE or UNDISCLOSED".to_owned());
    }
    if value.to_string().len() > MAX_VALUE_CHARACTERS {
        return Err(format!("has more than {MAX_VALUE_CHARACTERS} characters"));
    }
    let mut fields = template.clone();
    fields.insert(name.to_owned(), value.clone());
    serde_json::from_value::<T>(Json::Object(fields)).map(drop).map_err(|error| error.to_string())
}
