//! Turns the facts of a record into evidence that its source states them.

use std::collections::{BTreeMap, BTreeSet};

use entity::vocabulary::{Confidence, Qualifier, SubjectType};
use serde_json::{Map, Value as Json, json};

use crate::domain::checkpoint;
use crate::domain::checkpoint::{DEFAULT_HUB, checkpoint_facts};
use crate::domain::dataset::DatasetDocument;
use crate::domain::facts::{CitableFact, citable};
use crate::domain::license::LicenseDocument;
use crate::domain::model::{ModelDocument, size_facts};
use crate::domain::organization::OrganizationDocument;
use crate::domain::slug::Slug;
use crate::domain::text::normalize;
use crate::formats::import::merge::{count, is_empty};
use crate::formats::record::Provenance;

/// The source of an import.
#[derive(Clone, Debug)]
pub struct CitedSource {
    /// The slug of the source.
    pub slug: Slug,
    /// How its facts are known.
    pub confidence: Confidence,
}

/// The source of the facts of a record and their place in it.
pub struct Circumstances<'a> {
    /// The source and how its facts are known.
    pub source: &'a CitedSource,
    /// The name of the file, if it is one.
    pub file: Option<&'a str>,
    /// The line of the record.
    pub line: usize,
    /// The source as the format of the record states it.
    pub provenance: Option<&'a Provenance>,
    /// How values are to be read, by the label of their size and the name of the fact.
    pub qualifiers: &'a BTreeMap<(String, String), Qualifier>,
    /// The lines of sizes that stand elsewhere, by their labels.
    pub size_lines: &'a BTreeMap<String, usize>,
    /// Whether the facts have been put at the levels of an existing model. Then a statement that the source makes already is not
    /// repeated.
    pub is_placed: bool,
}

/// Adds to the fields of a record the evidence that the source states its facts. Removes from the document the statements of an
/// earlier version of the file about them, unless `keeps` is true for the part: the label of a size, the address of a checkpoint, or
/// nothing for the subject itself.
pub fn add(
    subject: SubjectType,
    document: &mut Map<String, Json>,
    fields: &mut Map<String, Json>,
    circumstances: &Circumstances<'_>,
    mut keeps: impl FnMut(&str) -> bool,
) {
    let Some(facts) = facts_of(subject) else { return };
    let own = circumstances.evidence(document, fields, &facts, "");
    let stated = own.iter().flat_map(values).collect::<Vec<_>>();
    if !keeps("") {
        circumstances.remove_earlier(document, &stated);
    }
    append(fields, own);
    for list in PARTS {
        let facts = facts_of_part(list);
        let parts = fields.get_mut(list).and_then(Json::as_array_mut).into_iter().flatten();
        for stated in parts.filter_map(Json::as_object_mut) {
            let name = part_name(list, stated);
            let known = document.get_mut(list).and_then(Json::as_array_mut).into_iter().flatten();
            let mut known = known.filter_map(Json::as_object_mut).find(|known| part_name(list, known) == name);
            let empty = Map::new();
            let own = circumstances.evidence(known.as_deref().unwrap_or(&empty), stated, &facts, &label_of(stated));
            let names = own.iter().flat_map(values).collect::<Vec<_>>();
            if let Some(known) = known.as_mut().filter(|_| !keeps(&name)) {
                circumstances.remove_earlier(known, &names);
            }
            append(stated, own);
        }
    }
}

/// Adds to the document of a model the evidence of its bases, of which several records of a source state one each. None is added if the
/// catalog has other bases that the source does not state.
pub fn add_bases(document: &mut Map<String, Json>, known: usize, bases: &[Json], circumstances: &Circumstances<'_>) {
    let list = document.entry("evidence").or_insert_with(|| json!([]));
    let Json::Array(list) = list else { return };
    let is_own = |evidence: &&mut Json| {
        evidence["source"].as_str() == Some(circumstances.source.slug.as_str())
            && evidence.get("quote").is_none()
            && stated_bases(&evidence["values"]).is_some_and(|stated| stated[..] == bases[..known])
    };
    let locator = circumstances.locator(circumstances.line);
    let earlier = list.iter_mut().find(is_own).map(|evidence| {
        if let Some(values) = evidence["values"].as_object_mut() {
            values.retain(|fact, _| !matches!(fact.as_str(), "bases" | "baseModel"));
        }
        evidence.clone()
    });
    if known > 0 && earlier.is_none() {
        return;
    }
    list.retain(|evidence| evidence["values"].as_object().is_none_or(|values| !values.is_empty()));
    let earlier = earlier.and_then(|evidence| evidence["locator"].as_str().map(str::to_owned));
    let locator = earlier.map_or(locator.clone(), |earlier| format!("{earlier}, {locator}"));
    // As documents have it: only the model of a single base.
    let values = match bases {
        [base] if base.as_object().is_some_and(|fields| fields.len() == 1) => json!({ "baseModel": base["model"] }),
        _ => json!({ "bases": bases }),
    };
    list.push(json!({
        "values": values,
        "source": circumstances.source.slug,
        "locator": locator,
        "confidence": circumstances.source.confidence,
    }));
}

/// Returns the bases that an evidence states.
fn stated_bases(values: &Json) -> Option<Vec<Json>> {
    let single = || values["baseModel"].as_str().map(|base| vec![json!({ "model": base })]);
    values["bases"].as_array().cloned().or_else(single)
}

/// Removes from the fields of a record the values of facts of which the document has a value: evidence decides which one holds.
pub fn keep_values(subject: SubjectType, document: &Map<String, Json>, fields: &mut Map<String, Json>) {
    let Some(facts) = facts_of(subject) else { return };
    remove_known(document, fields, &facts);
    for list in PARTS {
        let facts = facts_of_part(list);
        let parts = fields.get_mut(list).and_then(Json::as_array_mut).into_iter().flatten();
        for stated in parts.filter_map(Json::as_object_mut) {
            let name = part_name(list, stated);
            let known = document.get(list).and_then(Json::as_array).into_iter().flatten();
            if let Some(known) = known.filter_map(Json::as_object).find(|known| part_name(list, known) == name) {
                remove_known(known, stated, &facts);
            }
        }
    }
}

fn remove_known(document: &Map<String, Json>, fields: &mut Map<String, Json>, facts: &[CitableFact]) {
    for fact in facts {
        // The basis belongs to the number.
        let number = fact.name.strip_suffix("Basis").unwrap_or(fact.name);
        if document.get(number).is_some_and(|value| !is_empty(value)) {
            fields.remove(fact.name);
        }
    }
}

/// The lists of sizes and checkpoints.
const PARTS: [&str; 2] = ["sizes", "checkpoints"];

/// Returns the facts of a subject that evidence can be about.
fn facts_of(subject: SubjectType) -> Option<Vec<CitableFact>> {
    Some(match subject {
        SubjectType::Model => {
            citable::<ModelDocument>(&["languages", "purposes", "organizations", "datasets", "dataScale"])
        }
        SubjectType::Dataset => citable::<DatasetDocument>(&[]),
        // As documents of licenses allow it.
        SubjectType::License => citable::<LicenseDocument>(&[])
            .into_iter()
            .filter(|fact| !matches!(fact.name, "url" | "termsReviewed"))
            .collect(),
        SubjectType::Organization => citable::<OrganizationDocument>(&[]),
        _ => return None,
    })
}

/// Returns the facts of the parts in a list that evidence can be about.
fn facts_of_part(list: &str) -> Vec<CitableFact> {
    if list == "sizes" { size_facts() } else { checkpoint_facts() }
}

/// Returns the label of a size.
fn label_of(part: &Map<String, Json>) -> String {
    part.get("label").and_then(Json::as_str).unwrap_or_default().to_owned()
}

/// Returns the text that identifies a part in a list.
fn part_name(list: &str, part: &Map<String, Json>) -> String {
    if list == "sizes" {
        return normalize(&label_of(part));
    }
    let text = |field: &str| part.get(field).and_then(Json::as_str).filter(|text| !text.is_empty());
    let repository = text("repository").unwrap_or_default().to_ascii_lowercase();
    checkpoint::part(&checkpoint::address(
        text("hub").unwrap_or(DEFAULT_HUB),
        &repository,
        text("revision"),
        text("path"),
    ))
}

/// Returns the names of the facts that an evidence is about.
fn values(evidence: &Json) -> Vec<String> {
    evidence["values"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
}

/// Adds evidence to that of a subject or size.
fn append(fields: &mut Map<String, Json>, evidence: Vec<Json>) {
    if evidence.is_empty() {
        return;
    }
    let list = fields.entry("evidence").or_insert_with(|| json!([]));
    if let Json::Array(list) = list {
        list.extend(evidence);
    }
}

impl Circumstances<'_> {
    /// Returns the evidence for the facts of a subject or of the size with a label.
    /// A statement that the document has is not repeated in a record that has been put at its levels.
    fn evidence(
        &self,
        document: &Map<String, Json>,
        fields: &Map<String, Json>,
        facts: &[CitableFact],
        label: &str,
    ) -> Vec<Json> {
        let mut groups = BTreeMap::<(&str, Option<&str>), Map<String, Json>>::new();
        for (name, value) in fields
            .iter()
            .filter(|(name, value)| facts.iter().any(|fact| fact.name == name.as_str()) && !is_empty(value))
        {
            // The basis says how the number is known, which the confidence says, too.
            let number = name.strip_suffix("Basis");
            if number.is_some_and(|number| !self.is_placed || !fields.contains_key(number)) {
                continue;
            }
            if self.is_placed && self.is_stated(document, name, value) {
                continue;
            }
            // A statement about another fact of a size says no more of its parameters than its label.
            let is_quoted = self.provenance.is_some_and(|provenance| provenance.quote.is_some());
            if name == "parameters" && is_quoted && !fields.contains_key("parametersBasis") {
                continue;
            }
            let is_number = number.unwrap_or(name) == "parameters";
            let is_checkpoint = fields.contains_key("repository");
            let is_counted = is_number && (is_checkpoint || fields.get("parametersBasis") == Some(&json!("COUNTED")));
            let stated = self.provenance.map_or(self.source.confidence, |provenance| provenance.confidence);
            let confidence = if is_counted { Confidence::Exact } else { stated };
            let qualifier = self.qualifiers.get(&(label.to_owned(), name.clone())).map(|qualifier| qualifier.word());
            groups.entry((confidence.word(), qualifier)).or_default().insert(name.clone(), value.clone());
        }
        let line = self.size_lines.get(label).copied().filter(|_| !label.is_empty()).unwrap_or(self.line);
        let evidence = groups.into_iter().map(|((confidence, qualifier), values)| {
            let mut evidence = json!({
                "values": values,
                "source": self.source.slug,
                "locator": self.locator(line),
                "confidence": confidence,
            });
            if let Some(qualifier) = qualifier {
                evidence["qualifier"] = qualifier.into();
            }
            if let Some(quote) = self.provenance.and_then(|provenance| provenance.quote.as_ref()) {
                evidence["quote"] = quote.as_str().into();
            }
            evidence
        });
        evidence.collect()
    }

    /// Returns whether the document has the statement that a fact has a value, of the same source.
    fn is_stated(&self, document: &Map<String, Json>, name: &str, value: &Json) -> bool {
        let list = document.get("evidence").and_then(Json::as_array).into_iter().flatten();
        let mut own = list.filter(|evidence| evidence["source"].as_str() == Some(self.source.slug.as_str()));
        own.any(|evidence| evidence["values"].get(name).is_some_and(|known| is_equal(known, value)))
    }

    /// Returns the place in the source.
    fn locator(&self, line: usize) -> String {
        let stated = self.provenance.and_then(|provenance| provenance.locator.clone());
        stated.unwrap_or_else(|| self.file.map_or_else(|| format!("line {line}"), |file| format!("{file}#L{line}")))
    }

    /// Removes the statements of the source about facts that it states again, from an earlier import of the file or page. Evidence with words of the source or a rank was edited, and stays.
    fn remove_earlier(&self, document: &mut Map<String, Json>, stated: &[String]) {
        let lines = self.file.map(|file| format!("{file}#L"));
        let own = self.locator(self.line);
        let Some(Json::Array(list)) = document.get_mut("evidence") else { return };
        for evidence in list.iter_mut().filter_map(Json::as_object_mut) {
            let locator = evidence.get("locator").and_then(Json::as_str);
            let is_earlier = locator.is_some_and(|locator| {
                locator == own || lines.as_ref().is_some_and(|lines| locator.starts_with(lines))
            }) && evidence.get("source").and_then(Json::as_str) == Some(self.source.slug.as_str())
                && ["quote", "rank", "reason", "stance"].iter().all(|field| !evidence.contains_key(*field));
            if let Some(Json::Object(values)) = evidence.get_mut("values").filter(|_| is_earlier) {
                values.retain(|name, _| !stated.contains(name));
            }
        }
        list.retain(|evidence| evidence["values"].as_object().is_none_or(|values| !values.is_empty()));
    }
}

/// Whether two values are equal: numbers may be written as texts, such as "7B".
pub fn is_equal(one: &Json, other: &Json) -> bool {
    one == other || count(one).is_some_and(|one| Some(one) == count(other))
}

/// Returns the slugs of the sources that the evidence of a record cites.
pub fn cited_sources(fields: &Map<String, Json>) -> BTreeSet<Slug> {
    let list =
        |fields: &Map<String, Json>| fields.get("evidence").and_then(Json::as_array).cloned().unwrap_or_default();
    let parts = fields.values().filter_map(Json::as_array).flatten().filter_map(Json::as_object);
    let evidence = parts.flat_map(list).chain(list(fields));
    evidence.filter_map(|evidence| evidence.get("source")?.as_str()?.parse().ok()).collect()
}
