//! The query parameters of the catalog page and of exports, and the GraphQL variables that they become.

mod filter;
mod values;

use serde_json::{Map, Value as Json};
use url::form_urlencoded;

use crate::http::pages::catalog_params::values::{
    amount, choice, country, date, device, number, parameters, quantization, slug, sort, territory, text,
    tokens_of_context, training_tokens, word, year, yes_or_no,
};
use crate::http::pages::hardware::{self, DEFAULT_CONTEXT, DEFAULT_GIB, DEFAULT_QUANTIZATION, Fit, Hardware};

pub use crate::http::pages::catalog_params::values::{amount_of, column_text};

/// The most values of a parameter that are read.
const MAX_VALUES: usize = 100;
/// The values of the filter `use`, which are values of `CommercialUse` and of `UseVerdict`.
pub const USES: [&str; 5] = ["ALLOWED", "CONDITIONAL", "AUTHORIZATION_REQUIRED", "PROHIBITED", "UNKNOWN"];
/// The values of the filter `modality`.
pub const MODALITIES: [&str; 5] = ["TEXT", "IMAGE", "AUDIO", "VIDEO", "OTHER"];
/// The values of the filter `kind`.
pub const KINDS: [&str; 2] = ["FOUNDATION", "DERIVED"];
/// The columns that a reader can choose, and whether they are there without a choice. Name and sizes always are.
pub const COLUMNS: [(&str, bool); 10] = [
    ("maker", true),
    ("active", false),
    ("context", true),
    ("tokens", true),
    ("license", true),
    ("released", true),
    ("country", false),
    ("modality", false),
    ("checkpoints", false),
    ("links", false),
];

/// A filter of the page. Its counts ignore its own choice, so that the other values have counts too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// The words of the search.
    Search,
    /// The order, the columns and the page: what does not filter.
    View,
    /// Commercial use, by the license or for the case of the reader.
    Use,
    /// The case of the reader.
    Case,
    /// The device, the format of the weights and the context.
    Hardware,
    /// How a size fits in the memory of the device.
    Fit,
    /// The number of parameters.
    Size,
    /// The length of the context that a model was trained for.
    Context,
    /// The number of training tokens.
    Tokens,
    /// The date of the release.
    Date,
    /// The year of the release.
    Year,
    /// The license.
    License,
    /// The maker.
    Maker,
    /// The country of the maker.
    Country,
    /// The modalities of the model.
    Modality,
    /// The purpose.
    Purpose,
    /// Foundation models or derived ones.
    Kind,
}

/// A parameter. Its value is brought into its normal form, or the reason is given why it is not valid.
struct Parameter {
    name: &'static str,
    group: Group,
    /// Whether it may occur several times.
    many: bool,
    read: fn(&str) -> Result<String, String>,
}

const fn one(name: &'static str, group: Group, read: fn(&str) -> Result<String, String>) -> Parameter {
    Parameter { name, group, many: false, read }
}

const fn many(name: &'static str, group: Group, read: fn(&str) -> Result<String, String>) -> Parameter {
    Parameter { name, group, many: true, read }
}

/// All parameters, in the order of the page.
const PARAMETERS: [Parameter; 32] = [
    one("q", Group::Search, text),
    many("use", Group::Use, |value| choice(&USES, value)),
    one("users", Group::Case, amount),
    one("revenue", Group::Case, amount),
    one("territory", Group::Case, territory),
    one("hosting", Group::Case, yes_or_no),
    one("outputs", Group::Case, yes_or_no),
    one("gpu", Group::Hardware, device),
    one("gpus", Group::Hardware, |value| number(value, 1, 64)),
    one("memory", Group::Hardware, |value| number(value, 1, 99_999)),
    one("quantization", Group::Hardware, quantization),
    one("context", Group::Hardware, tokens_of_context),
    one("reserve", Group::Hardware, |value| number(value, 0, 90)),
    many("fit", Group::Fit, |value| choice(&Fit::ALL.map(Fit::word), value)),
    one("minSize", Group::Size, parameters),
    one("maxSize", Group::Size, parameters),
    one("minContext", Group::Context, tokens_of_context),
    one("minTokens", Group::Tokens, training_tokens),
    one("maxTokens", Group::Tokens, training_tokens),
    one("since", Group::Date, date),
    one("until", Group::Date, date),
    many("year", Group::Year, year),
    many("license", Group::License, slug),
    many("maker", Group::Maker, slug),
    many("country", Group::Country, country),
    many("modality", Group::Modality, |value| choice(&MODALITIES, value)),
    many("purpose", Group::Purpose, word),
    many("kind", Group::Kind, |value| choice(&KINDS, value)),
    one("sort", Group::View, sort),
    many("columns", Group::View, |value| choice(&COLUMNS.map(|(name, _)| name), value)),
    one("dense", Group::View, |value| choice(&["1"], value)),
    one("after", Group::View, text),
];

/// The parameters that give a memory.
const MEMORY: [&str; 2] = ["gpu", "memory"];
/// Other names of parameters, with their names.
const OTHER_NAMES: [(&str, &str); 3] = [("search", "q"), ("organization", "maker"), ("precision", "quantization")];

/// A parameter that is not one, or whose value is not valid.
#[derive(Debug, PartialEq, Eq)]
pub struct InvalidParameter {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
    /// The reason, and the values that would be valid.
    pub reason: String,
}

impl InvalidParameter {
    /// Returns whether the value is not valid. The others are unknown parameters, empty fields of forms, and cursors.
    pub fn is_invalid_value(&self) -> bool {
        !self.value.is_empty() && PARAMETERS.iter().any(|parameter| parameter.name == self.name && self.name != "after")
    }
}

/// The query parameters of the catalog page, in their normal form.
#[derive(Clone, Debug, Default)]
pub struct CatalogParams {
    values: Vec<(&'static str, String)>,
}

impl CatalogParams {
    /// Parses the query string of a page, leaving aside what is not valid, so that every address shows something.
    pub fn read(query: &str) -> Self {
        Self::parse(query).0
    }

    /// Parses a query string. Also returns what is not valid.
    pub fn parse(query: &str) -> (Self, Vec<InvalidParameter>) {
        let (mut params, mut invalid) = (Self::default(), Vec::new());
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if let Err(reason) = params.add(&name, value.trim()) {
                let start = |text: &str| text.chars().take(50).collect::<String>();
                invalid.push(InvalidParameter { name: start(&name), value: start(value.trim()), reason });
            }
        }
        (params, invalid)
    }

    fn add(&mut self, name: &str, value: &str) -> Result<(), String> {
        let name = OTHER_NAMES.iter().find(|(other, _)| *other == name).map_or(name, |(_, name)| *name);
        let parameter = PARAMETERS.iter().find(|parameter| parameter.name == name).ok_or_else(|| {
            let names = PARAMETERS.iter().map(|parameter| parameter.name);
            format!("it is none of {}", names.collect::<Vec<_>>().join(", "))
        })?;
        if value.is_empty() {
            return Err("it has no value".to_owned());
        }
        let value = (parameter.read)(value)?;
        let known = self.values.iter().filter(|(known, _)| *known == parameter.name).count();
        if self.values.contains(&(parameter.name, value.clone())) {
            return Ok(());
        }
        match known {
            0 => {}
            _ if !parameter.many => return Err("it is given twice".to_owned()),
            MAX_VALUES.. => return Err(format!("it has more than {MAX_VALUES} values")),
            _ => {}
        }
        self.values.push((parameter.name, value));
        Ok(())
    }

    /// Returns the value of a parameter; empty without one.
    pub fn first(&self, name: &str) -> &str {
        self.values.iter().find(|(param, _)| *param == name).map_or("", |(_, value)| value)
    }

    /// Returns the values of a parameter.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.values.iter().filter(|(param, _)| *param == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Returns the words of the search.
    pub fn search(&self) -> &str {
        self.first("q")
    }

    /// Returns the cursor after which the rows begin.
    pub fn after(&self) -> Option<&str> {
        Some(self.first("after")).filter(|cursor| !cursor.is_empty())
    }

    /// Returns the same parameters without the cursor.
    pub fn at_the_start(&self) -> Self {
        self.with("after", None)
    }

    /// Returns the same parameters with another value of one of them, or without it.
    pub fn with(&self, name: &'static str, value: Option<&str>) -> Self {
        let mut values = self.values.clone();
        values.retain(|(param, _)| *param != name);
        values.extend(value.map(|value| (name, value.to_owned())));
        Self { values }
    }

    /// Returns the same parameters with these values of one of them.
    pub fn with_all(&self, name: &'static str, values: &[&str]) -> Self {
        let mut params = self.with(name, None);
        params.values.extend(values.iter().map(|value| (name, (*value).to_owned())));
        params
    }

    /// Returns only the words of the search and what does not filter.
    pub fn only_view(&self) -> Self {
        let kept = |name: &str| *name != *"after" && [Group::View, Group::Search].contains(&group_of(name));
        Self { values: self.values.iter().filter(|(name, _)| kept(name)).cloned().collect() }
    }

    /// Returns only the parameters that say which models there are: those that exports have.
    pub fn selecting(&self) -> Self {
        let values = self.values.iter().filter(|(name, _)| group_of(name) != Group::View);
        Self { values: values.cloned().collect() }
    }

    /// Returns the first parameter that selects no models.
    pub fn of_the_view(&self) -> Option<&'static str> {
        self.values.iter().map(|(name, _)| *name).find(|name| group_of(name) == Group::View)
    }

    /// Returns the query of an address, with its question mark; empty without parameters.
    pub fn query(&self) -> String {
        let order = |(name, _): &&(&str, String)| PARAMETERS.iter().position(|parameter| parameter.name == *name);
        let mut values = self.values.iter().collect::<Vec<_>>();
        values.sort_by_key(order);
        let pairs = values.iter().map(|(name, value)| (name, value));
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }

    /// Returns the number of filters that are set, without the search. One with several values counts once.
    pub fn count(&self) -> usize {
        let mut counted = Vec::new();
        for (name, _) in &self.values {
            let group = match group_of(name) {
                Group::Search | Group::View => continue,
                Group::Hardware | Group::Fit if self.hardware().is_none() => continue,
                Group::Hardware | Group::Fit => Group::Hardware,
                Group::Use | Group::Case => Group::Use,
                group => group,
            };
            if !counted.contains(&group) {
                counted.push(group);
            }
        }
        counted.len()
    }

    /// Returns whether a column is shown.
    pub fn has_column(&self, name: &str) -> bool {
        let chosen = self.all("columns");
        if chosen.is_empty() {
            return COLUMNS.iter().any(|(column, by_default)| *column == name && *by_default);
        }
        chosen.contains(&name)
    }

    /// Returns the hardware; `None` if neither a device nor a memory is given.
    pub fn hardware(&self) -> Option<Hardware> {
        let given = MEMORY.iter().any(|name| !self.first(name).is_empty());
        given.then(|| self.hardware_or_usual())
    }

    /// Returns the hardware of the query string of a page, otherwise what the reader chose before, otherwise a usual card.
    /// `remembered` has the form of a query string.
    pub fn hardware_of(query: &str, remembered: &str) -> Hardware {
        let mut params = Self::read(query);
        let own_memory = MEMORY.iter().any(|name| !params.first(name).is_empty());
        for (name, value) in Self::read(remembered).values {
            // A device of before does not replace the memory of the address.
            let of_memory = !["quantization", "context"].contains(&name);
            if group_of(name) == Group::Hardware && params.first(name).is_empty() && !(own_memory && of_memory) {
                params.values.push((name, value));
            }
        }
        params.hardware_or_usual()
    }

    fn hardware_or_usual(&self) -> Hardware {
        let known = hardware::device(self.first("gpu"));
        let count = self.first("gpus").parse().unwrap_or(1);
        let memory = || self.first("memory").parse().unwrap_or(DEFAULT_GIB);
        let reserve = self.first("reserve").parse().ok();
        let unified = known.is_some_and(|(_, unified)| unified);
        Hardware {
            device: known.map(|(device, _)| device),
            count,
            gib: known.map_or_else(memory, |(device, _)| device.gib * count),
            quantization: self.quantization().to_owned(),
            context: self.context(),
            reserve: reserve.unwrap_or_else(|| Hardware::default_reserve(unified)),
        }
    }

    /// Returns the format of the weights.
    pub fn quantization(&self) -> &str {
        Some(self.first("quantization")).filter(|name| !name.is_empty()).unwrap_or(DEFAULT_QUANTIZATION)
    }

    /// Returns the length of the context that needs memory.
    pub fn context(&self) -> u32 {
        self.first("context").parse().unwrap_or(DEFAULT_CONTEXT)
    }

    /// Returns the ways to fit that are wanted: without a choice, those in which a size may run.
    pub fn fits(&self) -> Vec<Fit> {
        let chosen = self.all("fit");
        Fit::ALL
            .into_iter()
            .filter(|fit| if chosen.is_empty() { *fit != Fit::No } else { chosen.contains(&fit.word()) })
            .collect()
    }

    /// Returns the case of the reader as a `UseCase`; `None` if nothing is said about it.
    pub fn case(&self) -> Option<Json> {
        if !self.values.iter().any(|(name, _)| group_of(name) == Group::Case) {
            return None;
        }
        let mut case = Map::from_iter([("commercial".to_owned(), true.into())]);
        for (name, field) in [("users", "monthlyUsers"), ("revenue", "annualRevenueUsd"), ("territory", "territory")] {
            let value = self.first(name);
            if !value.is_empty() {
                let value = if name == "territory" { value.into() } else { amount_of(value).into() };
                case.insert(field.to_owned(), value);
            }
        }
        for (name, field) in [("hosting", "hosting"), ("outputs", "trainsOnOutputs")] {
            match self.first(name) {
                "" => {}
                value => drop(case.insert(field.to_owned(), (value == "yes").into())),
            }
        }
        Some(case.into())
    }

    /// Returns the questions of a case that have no answer: a license whose terms ask for it permits the use under conditions.
    pub fn open_questions(&self) -> Vec<&'static str> {
        let questions = PARAMETERS.iter().filter(|parameter| parameter.group == Group::Case);
        questions.map(|parameter| parameter.name).filter(|name| self.first(name).is_empty()).collect()
    }

    /// Returns the answers about commercial use that are wanted; all if it is empty. With a case and without a choice: those
    /// that may permit it.
    pub fn uses(&self) -> Vec<&str> {
        let chosen = self.all("use");
        if chosen.is_empty() && self.case().is_some() { vec!["ALLOWED", "CONDITIONAL"] } else { chosen }
    }
}

/// Returns the group of a parameter.
fn group_of(name: &str) -> Group {
    PARAMETERS.iter().find(|parameter| parameter.name == name).map_or(Group::View, |parameter| parameter.group)
}
