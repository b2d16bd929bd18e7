//! Puts the facts of a record at the levels of an existing model that they are about: the model, a size or a checkpoint.
//!
//! A level states only what differs from the level above. A statement that agrees with the value that applies is evidence of the level
//! that has the value; one that does not is a statement about the size or the checkpoint itself. Nothing is stated of a level that the
//! record does not speak of.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use entity::vocabulary::{Confidence, EvidenceRank, LinkKind, ParametersBasis, Stance, SubjectType};
use serde_json::{Map, Value as Json, json};

use crate::domain::checkpoint::{CheckpointDocument, part};
use crate::domain::count::Count;
use crate::domain::document::SubjectDocument as _;
use crate::domain::evidence::document::Citation;
use crate::domain::evidence::fact_state::{Sources, agrees, by_fact, refines, statement};
use crate::domain::evidence::statement::{Comparison, Statement};
use crate::domain::evidence::tier::Tier;
use crate::domain::facts::citable;
use crate::domain::limits::MAX_MODEL_LINKS;
use crate::domain::model::{ModelDocument, SizeDocument};
use crate::domain::slug::Slug;
use crate::domain::text::normalize;
use crate::formats::import::evidence::{CitedSource, is_equal};
use crate::formats::import::merge::is_empty;
use crate::formats::import::name_index::{Lookup, ModelPart, NameIndex, PartLookup, RepositoryText, joined};
use crate::formats::import::resolve::Identity;
use crate::formats::parse::dictionary::hub_id;
use crate::formats::parse::{parameter_count, sizes};
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
    citations: HashMap<(String, &'static str), Vec<Citation>>,
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
    let citations = by_fact(model);
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
        citations,
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
            drop_parameters_of_label(&mut stated, known);
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

    /// Puts the facts of the size of the record.
    fn place_size(&mut self, mut stated: Map<String, Json>, size: &SizeDocument) {
        self.count_of_checkpoint(&stated);
        self.drop_far_parameters(&mut stated, size);
        drop_parameters_of_label(&mut stated, size);
        let is_counted = stated.get("parametersBasis") == Some(&json!("COUNTED"));
        if is_counted && self.checkpoint.is_some() && !self.speaks_for_size() {
            let count = stated.get("parameters").and_then(count);
            let mut others = self.others_of(size).filter_map(|other| other.parameters).peekable();
            let agree = others.peek().is_some() && others.all(|other| Some(other) == count);
            if !agree {
                stated.remove("parameters");
            }
        }
        if !stated.contains_key("parameters") {
            stated.remove("parametersBasis");
        }
        stated.remove("label");
        for fact in citable::<SizeDocument>(&[]) {
            let Some(value) = stated.remove(fact.name).filter(|value| !is_empty(value)) else { continue };
            if OF_SIZES.contains(&fact.name) || OF_CHECKPOINTS.contains(&fact.name) {
                self.place_inherited(fact.name, fact.comparison, value);
                continue;
            }
            self.put(Level::Size, fact.name, value);
        }
        if let Some(layers) = stated.remove("cacheLayers")
            && self.size.is_some_and(|size| size.cache_layers.is_empty())
        {
            self.of_size.insert("cacheLayers".to_owned(), layers);
        }
    }

    /// Removes what may differ between a variant of the model, such as a later version, and the model.
    fn drop_facts_of_variant(&mut self, fields: &mut Map<String, Json>) {
        for fact in
            OF_CHECKPOINTS.into_iter().chain(["trainingFlops", "dataScale", "trainingTokens", "trainingTokensBasis"])
        {
            if let Some(value) = fields.remove(fact) {
                self.warn(fact, &value, "of a variant of the model; left out");
            }
        }
    }

    /// Puts the number of parameters of the files of the checkpoint.
    fn count_of_checkpoint(&mut self, stated: &Map<String, Json>) {
        if stated.get("parametersBasis") == Some(&json!("COUNTED"))
            && self.checkpoint.is_some()
            && let Some(parameters) = stated.get("parameters")
        {
            self.put(Level::Checkpoint, "parameters", parameters.clone());
        }
    }

    /// Removes a number of parameters that is far from the label of its size, or else from its number in the catalog.
    fn drop_far_parameters(&mut self, stated: &mut Map<String, Json>, size: &SizeDocument) {
        let Some(found) = stated.get("parameters").and_then(count) else { return };
        let of_label = sizes::parse_label(&size.label, &mut false).and_then(|label| label.parameters);
        let expected = of_label.unwrap_or(size.parameters).get();
        if (found.get() - expected).abs() * 100 <= expected * 15 {
            return;
        }
        // A label such as "E4B" or "8x7B" is no number of parameters.
        if (found.get() - size.parameters.get()).abs() * 100 <= size.parameters.get() * 15 {
            return;
        }
        let message =
            format!("far from the {expected} parameters of the size {:?}; not stated of the size", size.label);
        self.warnings.push(warning("parameters", &found.to_string(), &message));
        stated.remove("parameters");
        stated.remove("parametersBasis");
        stated.remove("activeParameters");
    }

    /// Replaces the names of subjects by the slugs of those that the catalog has.
    fn place_references(&mut self, fields: &mut Map<String, Json>) {
        let slug = |subject: SubjectType, value: &Json| -> Json {
            let text = value.as_str().unwrap_or_default();
            let known = text.parse::<Slug>().ok().filter(|slug| self.subject.names.has(subject, slug));
            match known.map_or_else(|| self.subject.names.find(subject, text), Lookup::One) {
                Lookup::One(slug) => slug.as_str().into(),
                _ => value.clone(),
            }
        };
        for (field, subject) in [("license", SubjectType::License), ("architecture", SubjectType::Architecture)] {
            if let Some(value) = fields.get_mut(field).filter(|value| value.is_string()) {
                *value = slug(subject, value);
            }
        }
        for (field, subject) in [("organizations", SubjectType::Organization), ("datasets", SubjectType::Dataset)] {
            if let Some(Json::Array(values)) = fields.get_mut(field) {
                for value in values.iter_mut().filter(|value| value.is_string()) {
                    *value = slug(subject, value);
                }
                // Two names of one subject.
                let mut seen = HashSet::new();
                values.retain(|value| seen.insert(value.to_string()));
            }
        }
    }

    /// Puts the facts of a record about the model as a whole.
    fn place_model(&mut self, fields: Map<String, Json>) {
        for (field, value) in fields.into_iter().filter(|(_, value)| !is_empty(value)) {
            match field.as_str() {
                list if LISTS.contains(&list) => self.place_list(&field, value),
                "position" if self.subject.json.contains_key("position") => {}
                "name" | "aliases" => {}
                "links" => self.place_links(value),
                _ => self.put(Level::Model, &field, value),
            }
        }
    }

    /// Puts the facts of a record about a size or a checkpoint.
    fn place_part(&mut self, fields: Map<String, Json>) {
        let comparisons = citable::<CheckpointDocument>(&[]);
        for (field, value) in fields.into_iter().filter(|(_, value)| !is_empty(value)) {
            let comparison = comparisons.iter().find(|fact| fact.name == field).map(|fact| fact.comparison);
            match (field.as_str(), comparison) {
                ("name" | "aliases" | "position", _) => {}
                (list, _) if LISTS.contains(&list) => self.place_list(&field, value),
                ("links", _) => self.place_links(value),
                ("kind", _) => self.place_kind(value),
                ("architecture", _) => self.place_architecture(value),
                (fact, Some(comparison)) if OF_SIZES.contains(&fact) || OF_CHECKPOINTS.contains(&fact) => {
                    self.place_inherited(&field, comparison, value);
                }
                ("format" | "quantization" | "gated" | "bytes", Some(_)) if self.checkpoint.is_some() => {
                    self.put(Level::Checkpoint, &field, value);
                }
                ("trainingFlops" | "dataScale", _) if self.has_one_size() => {
                    self.put(Level::Model, &field, value);
                }
                _ => self.warn(&field, &value, "of one size, but a fact of the model as a whole; left out"),
            }
        }
    }

    /// Puts a fact that applies to the levels below.
    fn place_inherited(&mut self, fact: &str, comparison: Comparison, value: Json) {
        let levels =
            [(Level::Checkpoint, self.checkpoint.is_some()), (Level::Size, self.size.is_some()), (Level::Model, true)];
        let levels = levels.into_iter().filter(|(_, exists)| *exists).map(|(level, _)| level).collect::<Vec<_>>();
        let is_of_checkpoint = OF_CHECKPOINTS.contains(&fact);
        let lowest = levels[0];
        let own = if !is_of_checkpoint && self.size.is_some() { Level::Size } else { lowest };
        let unknown = if is_of_checkpoint && self.size.is_some() && self.speaks_for_size() { Level::Size } else { own };
        let statement = self.statement(&value);
        let holder = levels.iter().find(|level| self.value(**level, fact).is_some()).copied();
        let level = match holder {
            None if unknown == Level::Size && self.has_one_size() => Level::Model,
            None => unknown,
            Some(holder) => {
                let known = self.value(holder, fact).cloned().unwrap_or_default();
                let is_finer = refines(comparison, &statement, &known);
                let is_above =
                    levels.iter().position(|level| *level == holder) > levels.iter().position(|level| *level == own);
                let is_protected = self.best_tier(holder, fact).is_some_and(|tier| tier < statement.tier);
                if agrees(comparison, &statement, Some(&known)) || !is_above {
                    holder
                } else if holder == Level::Model && own == Level::Size && self.has_one_size() {
                    Level::Model
                } else if is_protected && !is_finer {
                    return self.warn(
                        fact,
                        &value,
                        &format!("the catalog has {known}, from a better source; left out"),
                    );
                } else {
                    own
                }
            }
        };
        self.put(level, fact, value);
    }

    /// Puts a list of the model. One that the catalog has is complete, unless the source is a better one.
    fn place_list(&mut self, field: &str, value: Json) {
        if matches!(field, "languages" | "purposes") && self.statement(&value).tier > Tier::MakerText {
            return self.warn(field, &value, "not stated by the maker; left out");
        }
        let known = self.value(Level::Model, field).cloned();
        if let Some(known) = known {
            let plain = |list: &Json| {
                let items = list.as_array().into_iter().flatten();
                items.map(|item| item.get("dataset").unwrap_or(item).to_string()).collect::<HashSet<_>>()
            };
            let is_better = self.best_tier(Level::Model, field).is_some_and(|tier| self.statement(&value).tier < tier);
            if plain(&known) != plain(&value) {
                if !is_better || field == "datasets" {
                    return self.warn(field, &value, &format!("the catalog has {known}; left out"));
                }
                if field == "organizations" && self.has_unknown(&value) {
                    return self.warn(field, &value, &format!("not in the catalog, which has {known}; left out"));
                }
            }
        }
        self.put(Level::Model, field, value);
    }

    /// Whether an organization is not in the catalog.
    fn has_unknown(&self, value: &Json) -> bool {
        let mut names = value.as_array().into_iter().flatten().filter_map(Json::as_str);
        names.any(|name| name.parse().map_or(true, |slug| !self.subject.names.has(SubjectType::Organization, &slug)))
    }

    /// Puts links that are about the model. The weights of a checkpoint have its address.
    fn place_links(&mut self, value: Json) {
        let Json::Array(links) = value else { return };
        let known = self.subject.model.links.iter().map(|link| link.url.clone()).collect::<HashSet<_>>();
        let mut links = links;
        links.retain(|link| {
            let url = link["url"].as_str().unwrap_or_default();
            let repository = hub_id(url).map(|id| RepositoryText::Full(id.to_owned()));
            let mut checkpoints = self.subject.model.checkpoints.iter();
            let is_checkpoint =
                repository.is_some_and(|text| checkpoints.any(|checkpoint| text.is(&checkpoint.repository)));
            let is_weights = link["kind"] == LinkKind::Weights.word();
            !is_checkpoint
                && !(is_weights && (self.size.is_some() || self.checkpoint.is_some()))
                && !known.contains(url)
        });
        links.truncate(MAX_MODEL_LINKS.saturating_sub(known.len()));
        if !links.is_empty() {
            self.of_model.insert("links".to_owned(), links.into());
        }
    }

    fn place_kind(&mut self, value: Json) {
        match self.value(Level::Model, "kind").cloned() {
            None => self.put(Level::Model, "kind", value),
            Some(known) if known == value => {}
            Some(known) => self.warn("kind", &value, &format!("the catalog has {known}; left out")),
        }
    }

    /// Puts the architecture of a size. It is that of the model if all sizes have it.
    fn place_architecture(&mut self, value: Json) {
        let known = self.value(Level::Model, "architecture").cloned();
        if let Some(known) = known.filter(|_| !self.has_one_size()) {
            if known == value {
                self.put(Level::Model, "architecture", value);
            } else {
                self.warn("architecture", &value, &format!("the catalog has {known} for the model; left out"));
            }
            return;
        }
        if !self.has_one_size() {
            let Some(size) = self.size else { return };
            let model = self.subject.model;
            let agreement = self.subject.architectures.entry(model.slug.clone()).or_default();
            let is_first = agreement.sizes.is_empty();
            agreement.sizes.insert(size.label.clone());
            if is_first {
                agreement.value = Some(value.clone());
            } else if agreement.value.as_ref() != Some(&value) {
                agreement.value = None;
            }
            if agreement.value.is_none() || agreement.sizes.len() < model.sizes.len() {
                return;
            }
        }
        self.put(Level::Model, "architecture", value);
    }

    /// Puts the bases. Returns all bases of the model if they change. A checkpoint of the model itself is no base of it.
    fn place_bases(&mut self, fields: &mut Map<String, Json>, is_whole: bool) -> Option<Vec<Json>> {
        let single = fields.remove("baseModel").into_iter().map(|base| json!({ "model": base }));
        let list = match fields.remove("bases") {
            Some(Json::Array(bases)) => bases,
            _ => Vec::new(),
        };
        let stated = single.chain(list).collect::<Vec<_>>();
        if stated.is_empty() {
            return None;
        }
        let model = self.subject.model;
        let mut bases = model.bases().iter().map(|base| json!(base)).collect::<Vec<_>>();
        let known = bases.len();
        let mut has_other = false;
        for mut base in stated {
            let name = base["model"].as_str().unwrap_or_default().to_owned();
            let Some((slug, size)) = find_base(self.subject.names, &name) else {
                let message = "is not in the catalog; left out";
                self.warnings.push(warning("bases", &name, message));
                continue;
            };
            if slug == model.slug {
                continue;
            }
            has_other = true;
            base["model"] = slug.as_str().into();
            if let Some(size) = size {
                base["size"] = size.into();
            }
            if let Some(own) = self.size.filter(|_| !is_whole && !self.has_one_size()) {
                base["of"] = own.label.as_str().into();
            }
            let of = |base: &Json| base.get("of").cloned();
            let is_known =
                |other: &&Json| other["model"] == base["model"] && (of(other).is_none() || of(other) == of(&base));
            if bases.iter().any(|other| is_known(&other)) {
                continue;
            }
            // The bases that the catalog has are complete for the sizes that they name.
            let is_new = bases.iter().take(known).all(|other| of(other).is_some() && of(other) != of(&base))
                && of(&base).is_some();
            if known > 0 && !is_new {
                self.warnings.push(warning("bases", &name, "the catalog has other bases; left out"));
                continue;
            }
            bases.push(base);
        }
        if !has_other {
            fields.remove("kind");
        }
        (bases.len() > known).then_some(bases)
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
        let other = self.citations_of(level, fact).into_iter().find(|citation| {
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
    fn citations_of(&self, level: Level, fact: &str) -> Vec<&Citation> {
        let own = self.part(level);
        let found = self.citations.iter().filter(|((part, name), _)| *part == own && *name == fact);
        found.flat_map(|(_, citations)| citations).collect()
    }

    /// Returns the statements about a fact of a level.
    fn statements(&self, level: Level, fact: &str) -> Vec<Statement> {
        let makers = self.subject.model.makers();
        let citations = self.citations_of(level, fact).into_iter();
        citations.map(|citation| statement(citation, &makers, self.subject.sources)).collect()
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
        }
    }

    fn warn(&mut self, column: &str, raw: &Json, message: &str) {
        let raw = raw.as_str().map_or_else(|| raw.to_string(), str::to_owned);
        self.warnings.push(warning(column, &raw, message));
    }
}

/// Finds the model and the size that the name of a base refers to.
pub fn find_base(names: &NameIndex, name: &str) -> Option<(Slug, Option<String>)> {
    if let Some(slug) = name.parse::<Slug>().ok().filter(|slug| names.has(SubjectType::Model, slug)) {
        return Some((slug, None));
    }
    let is_id = name.contains('/');
    if is_id {
        if let PartLookup::One(slug, part) = names.find_repository(name) {
            return Some((slug, part.size));
        }
        if let Some(slug) = names.find_page(SubjectType::Model, name) {
            return Some((slug, None));
        }
    }
    let short = name.rsplit('/').next().unwrap_or(name);
    let is_own = |slug: &Slug| !is_id || names.has_account(slug, name);
    match names.find(SubjectType::Model, short) {
        Lookup::One(slug) if is_own(&slug) => Some((slug, None)),
        Lookup::None => match names.find_part_by_name(short) {
            PartLookup::One(slug, part) if is_own(&slug) => Some((slug, part.size)),
            _ => None,
        },
        _ => None,
    }
}

/// Finds the checkpoint that a part names: the one on the default hub, or the one without path and revision.
fn find_checkpoint<'m>(model: &'m ModelDocument, part: &ModelPart) -> Option<&'m CheckpointDocument> {
    let text = part.checkpoint.as_ref()?;
    let mut found = model.checkpoints.iter().filter(|checkpoint| text.is(&checkpoint.repository)).collect::<Vec<_>>();
    for is_better in [
        |checkpoint: &CheckpointDocument| checkpoint.hub == crate::domain::checkpoint::DEFAULT_HUB,
        |checkpoint: &CheckpointDocument| checkpoint.path.is_none() && checkpoint.revision.is_none(),
    ] {
        if found.len() > 1 && found.iter().any(|checkpoint| is_better(checkpoint)) {
            found.retain(|checkpoint| is_better(checkpoint));
        }
    }
    if found.len() == 1 { found.pop() } else { None }
}

/// Returns the label of the size of a checkpoint: its own, or that of the one that it was converted from.
fn size_of<'m>(model: &'m ModelDocument, checkpoint: &'m CheckpointDocument) -> Option<&'m str> {
    let original = |checkpoint: &&'m CheckpointDocument| {
        let address = checkpoint.converted_from.as_ref()?;
        model.checkpoints.iter().find(|other| other.address() == *address)
    };
    let chain = std::iter::successors(Some(checkpoint), original);
    chain.take(crate::domain::effective_checkpoints::MAX_CONVERSIONS + 1).find_map(|own| own.size.as_deref())
}

/// Finds the size of a model that a stated size is: the one with its label, else the only one whose parameters are near.
fn find_size<'m>(model: &'m ModelDocument, stated: &Map<String, Json>) -> Option<&'m SizeDocument> {
    let label = normalize(stated.get("label")?.as_str()?);
    if let Some(size) = model.sizes.iter().find(|size| normalize(&size.label) == label) {
        return Some(size);
    }
    let parameters = stated.get("parameters").and_then(count)?.get();
    let near = |percent: i64| {
        model.sizes.iter().filter(move |size| {
            let known = size.parameters.get();
            (known - parameters).abs() * 100 <= known * percent
        })
    };
    // Of sizes that are close to each other, only the closest by far is meant.
    match (near(3).collect::<Vec<_>>().as_slice(), near(10).count()) {
        ([size], 1) => Some(size),
        _ => None,
    }
}

fn count(value: &Json) -> Option<Count> {
    serde_json::from_value(value.clone()).ok()
}

/// Whether the name of a record extends that of the model by other words than the label of a size: a later version of the
/// model, or one for another purpose.
fn is_variant(model: &ModelDocument, name: &str) -> bool {
    let (name, own) = (joined(name), joined(&model.name));
    let rest = name.strip_prefix(&own).filter(|rest| !rest.is_empty());
    rest.is_some_and(|rest| model.sizes.iter().all(|size| joined(&size.label) != rest))
}

/// Removes parameters that only repeat the label that the source gives the size, or its label in the catalog, and those that are less
/// certain than a count.
fn drop_parameters_of_label(stated: &mut Map<String, Json>, size: &SizeDocument) {
    let basis = stated.get("parametersBasis").cloned();
    if basis != Some(json!("COUNTED")) && size.parameters_basis == ParametersBasis::Counted {
        stated.remove("parameters");
        stated.remove("parametersBasis");
    }
    if basis.is_some() {
        return;
    }
    let own = stated.get("label").and_then(Json::as_str).unwrap_or_default().to_owned();
    for label in [own.as_str(), size.label.as_str()] {
        let Some(of_label) = sizes::parse_label(label, &mut false) else { continue };
        if of_label.parameters.is_some() && of_label.parameters == stated.get("parameters").and_then(count) {
            stated.remove("parameters");
        }
        if of_label.active_parameters.is_some()
            && of_label.active_parameters == stated.get("activeParameters").and_then(count)
        {
            stated.remove("activeParameters");
        }
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
