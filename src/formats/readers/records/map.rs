//! Field maps: which fields of the records of a source have which facts.

use std::{collections::BTreeMap, str::FromStr};

use entity::vocabulary::{ParametersBasis, SubjectType, TokensBasis};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use crate::domain::count::Count;
use crate::formats::parse::amount;

/// The maps that ship with the program, by name.
const SHIPPED: [(&str, &str); 11] = [
    ("epoch", include_str!("maps/epoch.toml")),
    ("gpustack", include_str!("maps/gpustack.toml")),
    ("litgpt", include_str!("maps/litgpt.toml")),
    ("llmfit", include_str!("maps/llmfit.toml")),
    ("llmstats", include_str!("maps/llmstats.toml")),
    ("makers", include_str!("maps/makers.toml")),
    ("ms-swift", include_str!("maps/ms-swift.toml")),
    ("os-ai-map", include_str!("maps/os-ai-map.toml")),
    ("osai", include_str!("maps/osai.toml")),
    ("spdx", include_str!("maps/spdx.toml")),
    ("xinference", include_str!("maps/xinference.toml")),
];

/// Which fields of the records of a source have which facts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldMap {
    /// The path of the id of a page on the Hugging Face Hub. Without it, the name identifies a model.
    #[serde(default)]
    pub id: Option<String>,
    /// The type of the subjects that the records are about: models, unless it is stated.
    #[serde(default)]
    pub subject: Option<SubjectType>,
    /// The field of the source with the list of records, if that is an object.
    #[serde(default)]
    pub list: Option<String>,
    /// The path of a list in each record whose elements are rows, such as sizes.
    #[serde(default)]
    pub rows: Option<String>,
    /// Fields that a record gets from a list in it, if it does not have them: the ids of pages at a path in the elements of the list.
    #[serde(default)]
    pub pages: BTreeMap<String, PagesMap>,
    /// How the numbers of parameters are known.
    #[serde(default)]
    pub basis: ParametersBasis,
    /// Paths with the values that records about models have. Other records are left out.
    #[serde(default)]
    pub only: BTreeMap<String, Vec<String>>,
    /// The fields, by what they have.
    #[serde(default)]
    pub fields: BTreeMap<String, Field>,
    /// The dimensions of the cache of the layers.
    #[serde(default)]
    pub cache: Option<CacheMap>,
    /// The number of training tokens, of which a record says what it means.
    #[serde(default)]
    pub tokens: Option<TokensMap>,
    /// Instead of fields: each record states one fact.
    #[serde(default)]
    pub statement: Option<StatementMap>,
}

/// A field of a record.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Field {
    /// Its path. `a.b|c` is `b` of `a`, or else `c`.
    Path(String),
    /// Its path, and how it is to be read.
    Detailed {
        /// The path.
        path: String,
        /// The unit of its numbers.
        #[serde(default)]
        unit: Option<String>,
        /// The path of the unit of its numbers, if a record states another.
        #[serde(default)]
        unit_from: Option<String>,
        /// Paths of fields that say that the field is not to be read, if they are true.
        #[serde(default)]
        unless: Vec<String>,
        /// Paths with beginnings of texts, ignoring case. The field of a record with one of them is not to be read.
        #[serde(default)]
        except: BTreeMap<String, Vec<String>>,
        /// The largest number that is to be read.
        #[serde(default)]
        at_most: Option<i64>,
    },
}

/// The ids of pages in the elements of a list.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PagesMap {
    /// The field with the list.
    pub list: String,
    /// The path of the id in each element.
    pub path: String,
}

/// The paths of the dimensions of the cache of layers that are all alike and keep all tokens.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CacheMap {
    /// The architecture.
    pub architecture: String,
    /// The architectures whose layers do so. Records about others state no cache.
    pub full: Vec<String>,
    /// The number of layers.
    pub layers: String,
    /// The number of key-value heads.
    pub heads: String,
    /// The dimensions of a head.
    pub dimension: String,
}

impl CacheMap {
    /// Returns the groups of layers of a record as in a document. None if they are not certain.
    pub fn read(&self, record: &Map<String, Json>) -> Option<Json> {
        let architecture = value_at(record, &self.architecture)?.as_str()?;
        let number = |path: &str| value_at(record, path)?.as_i64().filter(|number| *number > 0);
        let dimension = number(&self.dimension)?;
        self.full.iter().any(|full| full == architecture).then_some(json!([{
            "layers": number(&self.layers)?,
            "kind": "FULL",
            "keyValueHeads": number(&self.heads)?,
            "keyDimension": dimension,
            "valueDimension": dimension,
        }]))
    }
}

/// The paths of a number of training tokens.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokensMap {
    /// The number.
    pub path: String,
    /// Its meaning.
    pub meaning: String,
    /// The meanings of the words in `meaning`. The number is left out beside other words.
    pub basis: BTreeMap<String, TokensBasis>,
    /// The words on it, which must state the number as tokens, unless the basis is SEEN.
    pub words: String,
    /// Words that say that the number is not that of the model alone.
    pub unless: Vec<String>,
}

/// The paths of a record that states one fact of a model or a size.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementMap {
    /// The name of the model.
    pub name: String,
    /// The label of the size.
    pub size: String,
    /// The fact.
    pub fact: String,
    /// The value.
    pub value: String,
    /// How the value is to be read.
    pub qualifier: String,
    /// The words of the source.
    pub quote: String,
    /// The address of the source, with paths in braces.
    pub source: String,
    /// The path of the publisher of the source, whose first part counts.
    pub publisher: String,
    /// The place in the source, with paths in braces.
    pub locator: String,
    /// The names of facts in the records, and in the catalog.
    pub facts: BTreeMap<String, String>,
}

impl FieldMap {
    /// Returns a map that ships with the program.
    ///
    /// # Errors
    /// No map has that name.
    pub fn named(name: &str) -> Result<Self, String> {
        let text = SHIPPED.iter().find(|(known, _)| *known == name).map(|(_, text)| *text);
        let known = || SHIPPED.map(|(name, _)| name).join(", ");
        let text =
            text.ok_or_else(|| format!("{name:?} is neither a map nor COLUMN=FIELD; the maps are {}", known()))?;
        toml::from_str(text).map_err(|error| error.to_string())
    }

    /// Returns the number of training tokens that a row states, and what it means. `cell` returns the text at a path.
    ///
    /// # Errors
    /// The text and why it is left out.
    pub fn tokens(
        &self,
        cell: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<(Count, TokensBasis)>, (String, String)> {
        let Some(map) = &self.tokens else { return Ok(None) };
        let Some(text) = cell(&map.path).filter(|text| !text.trim().is_empty()) else { return Ok(None) };
        let left_out = |message: &str| Err((text.clone(), format!("{message}; left out")));
        let Some(count) = amount::bare_number(text.trim()).filter(|count| count.get() > 0) else {
            return left_out("not a number of training tokens");
        };
        let meaning = cell(&map.meaning).unwrap_or_default();
        let Some(basis) = map.basis.get(meaning.trim()).copied() else {
            return left_out(&format!("{:?} does not say that it is a number of tokens", meaning.trim()));
        };
        let words = cell(&map.words).unwrap_or_default().to_lowercase();
        if map.unless.iter().any(|other| words.contains(other)) {
            return left_out("not the number of the model alone");
        }
        if basis != TokensBasis::Seen && !(words.contains("token") && amount::states(&words, count.get())) {
            return left_out("the words on it do not state it as tokens");
        }
        Ok(Some((count, basis)))
    }

    /// Returns what the fields have, with their paths.
    pub fn paths(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(target, field)| match field {
            Field::Path(path) | Field::Detailed { path, .. } => (target.as_str(), path.as_str()),
        })
    }

    /// Adds a field, `column=fact`, or where the ids or the records are: `model_id=id`, `models=list`.
    ///
    /// # Errors
    /// The text has no equals sign.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        let (path, target) = text.split_once('=').ok_or_else(|| format!("{text:?} is not COLUMN=FIELD"))?;
        let (path, target) = (path.trim().to_owned(), target.trim());
        match target {
            "id" => self.id = Some(path),
            "list" => self.list = Some(path),
            target => drop(self.fields.insert(target.to_owned(), Field::Path(path))),
        }
        Ok(())
    }
}

impl FromStr for FieldMap {
    type Err = String;

    /// Reads the name of a map, or fields separated by commas: `llmfit`, `title=name,params_b=parameters`.
    fn from_str(text: &str) -> Result<Self, String> {
        if !text.contains('=') {
            return Self::named(text);
        }
        let mut map = Self::default();
        for field in text.split(',') {
            map.add(field)?;
        }
        Ok(map)
    }
}

impl Field {
    /// Returns the value in a record, with its path and the unit of its numbers. `None` if it is absent or not to be read.
    pub fn value<'r>(&self, record: &'r Map<String, Json>) -> Option<(&str, &'r Json, Option<String>)> {
        match self {
            Self::Path(path) => Some((path, value_at(record, path)?, None)),
            Self::Detailed { path, unit, unit_from, unless, except, at_most } => {
                let is_true = |path: &String| value_at(record, path) == Some(&Json::Bool(true));
                let is_excepted = |(path, beginnings): (&String, &Vec<String>)| {
                    let text = value_at(record, path).and_then(Json::as_str).unwrap_or_default().to_lowercase();
                    beginnings.iter().any(|beginning| text.starts_with(&beginning.to_lowercase()))
                };
                let value = value_at(record, path)?;
                let is_above = at_most.is_some_and(|most| value.as_i64().is_none_or(|number| number > most));
                if is_above || unless.iter().any(is_true) || except.iter().any(is_excepted) {
                    return None;
                }
                let stated = unit_from.as_ref().and_then(|path| value_at(record, path)?.as_str());
                Some((path, value, stated.map(str::to_owned).or_else(|| unit.clone())))
            }
        }
    }
}

/// Returns the value at a path such as `system.name|name`. `None` if it is absent or null.
pub fn value_at<'r>(record: &'r Map<String, Json>, path: &str) -> Option<&'r Json> {
    path.split('|').find_map(|path| {
        // A key may contain a point.
        let mut value = record.get(path);
        if value.is_none() {
            let mut parts = path.split('.');
            value = record.get(parts.next()?);
            for part in parts {
                value = value?.get(part);
            }
        }
        value.filter(|value| !value.is_null())
    })
}
