//! Puts the facts of a record at the levels of an existing model that they are about: the model, a size or a checkpoint.
//!
//! A level states only what differs from the level above. A statement that agrees with the value that applies is evidence of the level
//! that has the value; one that does not is a statement about the size or the checkpoint itself. Nothing is stated of a level that the
//! record does not speak of.

mod facts;
mod find;

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use entity::vocabulary::{Confidence, EvidenceRank, Stance};
use serde_json::{Map, Value as Json, json};

use crate::domain::checkpoint::{CheckpointDocument, part};
use crate::domain::document::SubjectDocument as _;
use crate::domain::evidence::authority::Sources;
use crate::domain::evidence::document::Citation;
use crate::domain::evidence::statement::Statement;
use crate::domain::evidence::statements::Statements;
use crate::domain::evidence::tier::Tier;
use crate::domain::model::{ModelDocument, SizeDocument};
use crate::domain::slug::Slug;
use crate::domain::text::normalize;
use crate::formats::import::evidence::{CitedSource, is_equal};
use crate::formats::import::levels::find::{find_checkpoint, find_size, is_variant, size_of};
use crate::formats::import::merge::is_empty;
use crate::formats::import::name_index::NameIndex;
use crate::formats::import::resolve::Identity;
use crate::formats::parse::parameter_count;
use crate::formats::record::Warning;

/// Facts of models whose sizes and checkpoints may differ, and that are those of a size even if a checkpoint is named.
const OF_SIZES: [&str; 4] = ["contextLength", "extendedContextLength", "knowledgeCutoff", "modalities"];
/// Such facts in which checkpoints of one size often differ.
const OF_CHECKPOINTS: [&str; 4] = ["license", "commercialUse", "releaseDate", "status"];
/// Lists of a model. One that the catalog has is complete.
const LISTS: [&str; 4] = ["organizations", "languages", "datasets", "purposes"];

/// The warning about facts of a size that the source does not name.
pub const UNKNOWN_SIZE: &str = "facts of a size that is not known; ignored";

/// A fact that sizes of a model have in common, as far as records of this import state it.
#[derive(Default)]
pub struct Agreement {
    /// The value of all sizes so far; none if they differ.
    value: Option<Json>,
    /// The labels of the sizes.
    sizes: HashSet<String>,
}

/// The model that a record is about, and the circumstances.
pub struct Subject<'a> {
    /// The names of the catalog.
    pub names: &'a NameIndex,
    /// The model.
    pub model: &'a ModelDocument,
    /// The model as JSON.
    pub json: &'a Map<String, Json>,
    /// The source of the record, if one is known.
    pub source: Option<&'a CitedSource>,
    /// Whether the record has the words of the source.
    pub has_quote: bool,
    /// The authority of the sources of the model.
    pub sources: &'a Sources,
    /// The architectures of the sizes of models, by the slugs of the models.
    pub architectures: &'a mut HashMap<Slug, Agreement>,
    /// The facts that records of this import have stated, as hashes of the model, the part and the fact.
    pub stated: &'a mut HashSet<u64>,
}

/// A level of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Checkpoint,
    Size,
    Model,
}

/// Facts by levels.
struct Levels<'a> {
    subject: Subject<'a>,
    evidence: Statements<'a>,
    /// The label of the size; none if the record is about the model as a whole, or if the size is unknown.
    size: Option<&'a SizeDocument>,
    size_json: Map<String, Json>,
    checkpoint: Option<&'a CheckpointDocument>,
    checkpoint_json: Map<String, Json>,
    /// The facts that are put at each level.
    of_model: Map<String, Json>,
    of_size: Map<String, Json>,
    of_checkpoint: Map<String, Json>,
    warnings: Vec<Warning>,
}

/// The facts of a record at their levels.
pub struct Placed {
    /// The fields of the model, with those of its sizes and checkpoints.
    pub fields: Map<String, Json>,
    /// All bases of the model, if they change.
    pub bases: Option<Vec<Json>>,
    /// Facts that are not stored.
    pub warnings: Vec<Warning>,
}

/// Puts the fields of a record at the levels that they are about. The references in them are slugs where the catalog has the subject.
/// A size that the model does not have is left out.
///
/// `name` is that of the record: a size in it is the size that the record is about.
/// `unlabelled` are the facts of its size if it does not say which one it is.
pub fn place(
    subject: Subject<'_>,
    identity: &Identity,
    name: &str,
    mut fields: Map<String, Json>,
    mut unlabelled: Map<String, Json>,
) -> Placed {
    let stated = match fields.remove("sizes") {
        Some(Json::Array(sizes)) => sizes.into_iter().filter_map(into_object).collect(),
        _ => Vec::new(),
    };
    let mut warnings = Vec::new();
    let model = subject.model;
    let checkpoint = identity.part.as_ref().and_then(|part| find_checkpoint(model, part));
    let label = checkpoint.and_then(|checkpoint| size_of(model, checkpoint));
    let label = label.or(identity.part.as_ref().and_then(|part| part.size.as_deref()));
    let mut size = label.and_then(|label| model.sizes.iter().find(|size| size.label == label));
    let mut known = stated.iter().map(|stated| find_size(model, stated)).collect::<Vec<_>>();
    if identity.part.is_none() && model.sizes.len() > 1 {
        let in_name = parameter_count::size_in_name(name).map(|size| size.label);
        let of_name = in_name.as_ref().and_then(|label| find_size(model, &Map::from_iter([label_field(label)])));
        // The facts beside one size of several are those of that size.
        size = of_name.or_else(|| known.first().copied().flatten().filter(|_| known.len() == 1));
        if size.is_none() && (stated.len() == 1 || in_name.is_some()) {
            let label = in_name.or_else(|| Some(stated.first()?["label"].as_str()?.to_owned()));
            let raw = label.unwrap_or_default();
            return Placed {
                fields: Map::new(),
                bases: None,
                warnings: vec![warning(
                    "sizes",
                    &raw,
                    "not a size that the model has in the catalog; the row is left out",
                )],
            };
        }
    }
    let mut stated = stated;
    if !unlabelled.is_empty() {
        let only = if model.sizes.len() == 1 { model.sizes.first() } else { None };
        match size.or(only) {
            Some(size) => {
                unlabelled.extend([label_field(&size.label)]);
                stated.push(unlabelled);
                known.push(Some(size));
            }
            None => {
                warnings.push(warning("", &unlabelled.keys().cloned().collect::<Vec<_>>().join(", "), UNKNOWN_SIZE));
            }
        }
    }
    if let Some(size) = size {
        let is_same = |index: usize| known[index].is_some_and(|known| known.label == size.label);
        match (0..stated.len()).find(|index| is_same(*index)) {
            Some(index) => known = (0..stated.len()).map(|other| known[other].filter(|_| other == index)).collect(),
            // A label that the catalog does not have: the name of the record says which size it is.
            None if stated.len() == 1 => known = vec![Some(size)],
            None => {}
        }
    }
    let is_whole = identity.part.is_none() && size.is_none();
    let variant = identity.part.is_none() && is_variant(model, name);
    let evidence = Statements::of(model, subject.sources);
    let object = |field: &str, index: usize| {
        let items = subject.json.get(field).and_then(Json::as_array);
        items.and_then(|items| items.get(index)?.as_object().cloned()).unwrap_or_default()
    };
    let index_of = |label: &str| model.sizes.iter().position(|size| size.label == label).unwrap_or(usize::MAX);
    let size_json = size.map(|size| object("sizes", index_of(&size.label))).unwrap_or_default();
    let at = checkpoint.and_then(|own| model.checkpoints.iter().position(|other| std::ptr::eq(own, other)));
    let checkpoint_json = at.map(|index| object("checkpoints", index)).unwrap_or_default();
    let mut levels = Levels {
        subject,
        evidence,
        size,
        size_json,
        checkpoint,
        checkpoint_json,
        of_model: Map::new(),
        of_size: Map::new(),
        of_checkpoint: Map::new(),
        warnings: Vec::new(),
    };
    if variant {
        levels.drop_facts_of_variant(&mut fields);
    }
    let mut other_sizes = Vec::new();
    for (mut stated, known) in stated.into_iter().zip(known) {
        let label = stated.get("label").and_then(Json::as_str).unwrap_or_default().to_owned();
        let Some(known) = known else {
            let message = if levels.checkpoint.is_some() && levels.size.is_none() {
                "of a checkpoint whose size the catalog does not have; left out"
            } else {
                "not a size that the model has in the catalog, or not that of the row; left out"
            };
            if levels.checkpoint.is_some() {
                levels.count_of_checkpoint(&stated);
            }
            levels.warnings.push(warning("sizes", &label, message));
            continue;
        };
        if variant {
            levels.drop_facts_of_variant(&mut stated);
        }
        if is_whole {
            stated.insert("label".to_owned(), known.label.as_str().into());
            levels.drop_far_parameters(&mut stated, known);
            Levels::drop_parameters_of_label(&mut stated, known);
            other_sizes.push(Json::Object(stated));
        } else {
            levels.place_size(stated, known);
        }
    }
    levels.place_references(&mut fields);
    let bases = levels.place_bases(&mut fields, is_whole);
    if is_whole {
        levels.place_model(fields);
    } else {
        levels.place_part(fields);
    }
    warnings.append(&mut levels.warnings);
    let mut fields = levels.of_model;
    if let Some(size) = levels.size.filter(|_| !levels.of_size.is_empty()) {
        levels.of_size.insert("label".to_owned(), size.label.as_str().into());
        // The label and its parameters are required of a size.
        other_sizes.push(Json::Object(levels.of_size));
    }
    if !other_sizes.is_empty() {
        fields.insert("sizes".to_owned(), other_sizes.into());
    }
    if let Some(checkpoint) = levels.checkpoint.filter(|_| !levels.of_checkpoint.is_empty()) {
        let mut own = levels.of_checkpoint;
        own.insert("hub".to_owned(), checkpoint.hub.as_str().into());
        own.insert("repository".to_owned(), checkpoint.repository.as_str().into());
        for (field, text) in [("revision", &checkpoint.revision), ("path", &checkpoint.path)] {
            if let Some(text) = text {
                own.insert(field.to_owned(), text.as_str().into());
            }
        }
        fields.insert("checkpoints".to_owned(), json!([own]));
    }
    Placed { fields, bases, warnings }
}

impl Levels<'_> {
    /// Whether the model has one size at most: what is true of it is true of the model.
    fn has_one_size(&self) -> bool {
        self.subject.model.sizes.len() <= 1
    }

    /// Whether what is true of the checkpoint is true of its size: it is the base, or the only one.
    fn speaks_for_size(&self) -> bool {
        let Some(checkpoint) = self.checkpoint else { return true };
        if checkpoint.variant.as_deref().is_some_and(|variant| normalize(variant) == "base") {
            return true;
        }
        let Some(size) = self.size else { return false };
        self.others_of(size).next().is_none()
    }

    /// Returns the other checkpoints of a size, without copies on other hubs and converted ones.
    fn others_of(&self, size: &SizeDocument) -> impl Iterator<Item = &CheckpointDocument> {
        let own = self.checkpoint.map(|own| own.repository.to_lowercase());
        let model = self.subject.model;
        model.checkpoints.iter().filter(move |other| {
            size_of(model, other) == Some(size.label.as_str())
                && other.converted_from.is_none()
                && Some(other.repository.to_lowercase()) != own
        })
    }

    /// States a fact of a level, unless the source states another value of it elsewhere.
    fn put(&mut self, level: Level, fact: &str, value: Json) {
        let own = self.statement(&value);
        let key = {
            let mut hasher = DefaultHasher::new();
            (&self.subject.model.slug, self.part(level), fact).hash(&mut hasher);
            hasher.finish()
        };
        let was_stated = self.subject.stated.contains(&key);
        let other = self.citations_of(level, fact).iter().find(|citation| {
            let known = citation.value.as_deref().and_then(|value| serde_json::from_str::<Json>(value).ok());
            citation.source == own.source
                && (was_stated || citation.quote.is_some())
                && known.is_some_and(|known| !is_equal(&known, &value))
        });
        if let Some(known) = other.and_then(|citation| citation.value.clone()) {
            return self.warn(fact, &value, &format!("the source states {known} in another place; left out"));
        }
        if self.subject.source.is_some() {
            self.subject.stated.insert(key);
        }
        let fields = match level {
            Level::Model => &mut self.of_model,
            Level::Size => &mut self.of_size,
            Level::Checkpoint => &mut self.of_checkpoint,
        };
        fields.insert(fact.to_owned(), value);
    }

    /// Returns the value that a level states.
    fn value(&self, level: Level, fact: &str) -> Option<&Json> {
        let fields = match level {
            Level::Model => self.subject.json,
            Level::Size => &self.size_json,
            Level::Checkpoint => &self.checkpoint_json,
        };
        fields.get(fact).filter(|value| !is_empty(value))
    }

    /// Returns the text that identifies a level among the parts of the model.
    fn part(&self, level: Level) -> String {
        match level {
            Level::Model => String::new(),
            Level::Size => self.size.map(|size| size.label.clone()).unwrap_or_default(),
            Level::Checkpoint => self.checkpoint.map(|own| part(&own.address())).unwrap_or_default(),
        }
    }

    /// Returns the citations of a fact of a level.
    fn citations_of(&self, level: Level, fact: &str) -> &[Citation] {
        self.evidence.citations(&self.part(level), fact)
    }

    /// Returns the statements about a fact of a level.
    fn statements(&self, level: Level, fact: &str) -> Vec<Statement> {
        self.evidence.statements(self.citations_of(level, fact))
    }

    /// Returns the best tier of the statements about a fact of a level.
    fn best_tier(&self, level: Level, fact: &str) -> Option<Tier> {
        let statements = self.statements(level, fact);
        statements.iter().filter(|known| known.rank != EvidenceRank::Deprecated).map(|known| known.tier).min()
    }

    /// Returns the statement of the record that a fact has a value.
    fn statement(&self, value: &Json) -> Statement {
        let unknown = || Slug::placeholder();
        let source = self.subject.source.map_or_else(unknown, |source| source.slug.clone());
        let confidence = self.subject.source.map_or(Confidence::Cited, |source| source.confidence);
        let authority = self.subject.sources.get(&source);
        let makers = self.subject.model.makers();
        let by_maker = authority.and_then(|source| source.publisher.as_ref()).is_some_and(|by| makers.contains(&by));
        let tier = authority.map_or(Tier::Aggregator, |source| {
            Tier::of(source.kind, by_maker, true, self.subject.has_quote, confidence)
        });
        Statement {
            value: value.clone(),
            stance: Stance::Stated,
            source,
            date: authority.and_then(|source| source.date),
            confidence,
            qualifier: None,
            rank: EvidenceRank::Normal,
            tier,
            basis: None,
            competes: true,
        }
    }

    fn warn(&mut self, column: &str, raw: &Json, message: &str) {
        let raw = raw.as_str().map_or_else(|| raw.to_string(), str::to_owned);
        self.warnings.push(warning(column, &raw, message));
    }
}

fn label_field(label: &str) -> (String, Json) {
    ("label".to_owned(), label.into())
}

fn into_object(value: Json) -> Option<Map<String, Json>> {
    match value {
        Json::Object(fields) => Some(fields),
        _ => None,
    }
}

fn warning(column: &str, raw: &str, message: &str) -> Warning {
    Warning { column: column.to_owned(), raw: raw.chars().take(200).collect(), message: message.to_owned() }
}
