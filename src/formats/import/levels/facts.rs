//! Puts each kind of fact at its level.

use std::collections::HashSet;

use entity::vocabulary::{LinkKind, ParametersBasis, SubjectType};
use serde_json::{Map, Value as Json, json};

use crate::domain::checkpoint::checkpoint_facts;
use crate::domain::document::SubjectDocument as _;
use crate::domain::evidence::fact_state::{agrees, refines};
use crate::domain::evidence::statement::Comparison;
use crate::domain::evidence::tier::Tier;
use crate::domain::limits::MAX_MODEL_LINKS;
use crate::domain::model::{SizeDocument, size_facts};
use crate::domain::slug::Slug;
use crate::formats::import::levels::find::find_base;
use crate::formats::import::levels::{LISTS, Level, Levels, OF_CHECKPOINTS, OF_SIZES, warning};
use crate::formats::import::merge::{count, is_empty};
use crate::formats::import::name_index::{Lookup, RepositoryText};
use crate::formats::parse::dictionary::hub_id;
use crate::formats::parse::sizes;

impl Levels<'_> {
    /// Puts the facts of the size of the record.
    pub(super) fn place_size(&mut self, mut stated: Map<String, Json>, size: &SizeDocument) {
        self.count_of_checkpoint(&stated);
        self.drop_far_parameters(&mut stated, size);
        Self::drop_parameters_of_label(&mut stated, size);
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
        for fact in size_facts() {
            let Some(value) = stated.remove(fact.name).filter(|value| !is_empty(value)) else { continue };
            if OF_SIZES.contains(&fact.name) || OF_CHECKPOINTS.contains(&fact.name) {
                self.place_inherited(fact.name, fact.comparison, value);
                continue;
            }
            self.put(Level::Size, fact.name, value);
        }
    }

    /// Removes what may differ between a variant of the model, such as a later version, and the model.
    pub(super) fn drop_facts_of_variant(&mut self, fields: &mut Map<String, Json>) {
        for fact in
            OF_CHECKPOINTS.into_iter().chain(["trainingFlops", "dataScale", "trainingTokens", "trainingTokensBasis"])
        {
            if let Some(value) = fields.remove(fact) {
                self.warn(fact, &value, "of a variant of the model; left out");
            }
        }
    }

    /// Puts the number of parameters of the files of the checkpoint.
    pub(super) fn count_of_checkpoint(&mut self, stated: &Map<String, Json>) {
        if stated.get("parametersBasis") == Some(&json!("COUNTED"))
            && self.checkpoint.is_some()
            && let Some(parameters) = stated.get("parameters")
        {
            self.put(Level::Checkpoint, "parameters", parameters.clone());
        }
    }

    /// Removes a number of parameters that is far from the label of its size, or else from its number in the catalog.
    pub(super) fn drop_far_parameters(&mut self, stated: &mut Map<String, Json>, size: &SizeDocument) {
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
    pub(super) fn place_references(&mut self, fields: &mut Map<String, Json>) {
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
    pub(super) fn place_model(&mut self, fields: Map<String, Json>) {
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
    pub(super) fn place_part(&mut self, fields: Map<String, Json>) {
        let comparisons = checkpoint_facts();
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
    pub(super) fn place_bases(&mut self, fields: &mut Map<String, Json>, is_whole: bool) -> Option<Vec<Json>> {
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

    /// Removes parameters that only repeat the label that the source gives the size, or its label in the catalog, and those that are less
    /// certain than a count.
    pub(super) fn drop_parameters_of_label(stated: &mut Map<String, Json>, size: &SizeDocument) {
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
}
