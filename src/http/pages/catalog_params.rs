//! The query parameters of the catalog page and of exports, and the GraphQL variables that they become.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{Datelike, Days, Months};
use serde_json::{Map, Value as Json, json};
use url::form_urlencoded;

use crate::domain::count::Count;
use crate::domain::date::PartialDate;
use crate::domain::quantization::Quantization;
use crate::domain::slug::Slug;
use crate::http::pages::hardware::{self, DEFAULT_CONTEXT, DEFAULT_QUANTIZATION, Fit, Hardware};

/// The number of rows of a page.
const PAGE_SIZE: u32 = 50;
/// The most values of a parameter that are read.
const MAX_VALUES: usize = 100;
/// The values of `sort` and the `ModelOrderField` of each.
const ORDERS: [(&str, &str); 6] = [
    ("listed", "POSITION"),
    ("name", "NAME"),
    ("size", "MAX_PARAMETERS"),
    ("tokens", "MAX_TRAINING_TOKENS"),
    ("released", "RELEASE_DATE"),
    ("updated", "UPDATED_AT"),
];
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

/// The names and translations of countries by their codes, in English and Chinese.
pub static COUNTRIES: LazyLock<HashMap<String, [String; 2]>> =
    LazyLock::new(|| serde_json::from_str(include_str!("data/countries.json")).unwrap_or_default());

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
    one("minSize", Group::Size, amount),
    one("maxSize", Group::Size, amount),
    one("minContext", Group::Context, tokens_of_context),
    one("minTokens", Group::Tokens, amount),
    one("maxTokens", Group::Tokens, amount),
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

/// Other names of parameters, with their names.
const OTHER_NAMES: [(&str, &str); 3] = [("search", "q"), ("organization", "maker"), ("precision", "quantization")];

/// A parameter that is not one, or whose value is not valid.
#[derive(Debug, PartialEq, Eq)]
pub struct InvalidParameter {
    /// The name.
    pub name: String,
    /// The reason, and the values that would be valid.
    pub reason: String,
}

/// The query parameters of the catalog page, in their normal form.
#[derive(Clone, Debug, Default)]
pub struct CatalogParams {
    values: Vec<(&'static str, String)>,
}

/// A condition on a size, and the same for models without sizes, if they can match.
struct SizeCondition {
    group: Group,
    size: Json,
    model: Option<Json>,
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
                invalid.push(InvalidParameter { name: name.chars().take(50).collect(), reason });
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
        let known = hardware::device(self.first("gpu"));
        let count = self.first("gpus").parse().unwrap_or(1);
        let memory = self.first("memory").parse::<u32>().ok();
        let gib = known.map(|(device, _)| device.gib * count).or(memory)?;
        let reserve = self.first("reserve").parse().ok();
        let unified = known.is_some_and(|(_, unified)| unified);
        Some(Hardware {
            device: known.map(|(device, _)| device),
            count,
            gib,
            quantization: self.quantization().to_owned(),
            context: self.context(),
            reserve: reserve.unwrap_or_else(|| Hardware::default_reserve(unified)),
        })
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

    /// Returns the answers about commercial use that are wanted; all if it is empty. With a case and without a choice: those
    /// that may permit it.
    pub fn uses(&self) -> Vec<&str> {
        let chosen = self.all("use");
        if chosen.is_empty() && self.case().is_some() { vec!["ALLOWED", "CONDITIONAL"] } else { chosen }
    }

    /// Returns the variables of the GraphQL query of the rows.
    pub fn variables(&self, language: &str) -> Json {
        let sort = self.first("sort");
        let (direction, sort) = sort.strip_prefix('-').map_or(("ASC", sort), |sort| ("DESC", sort));
        let field = ORDERS.iter().find(|(name, _)| *name == sort).map(|(_, field)| *field);
        // The newest first; models without a date in the order of the source list. A search has an order of its own.
        let newest =
            json!([{ "field": "RELEASE_DATE", "direction": "DESC" }, { "field": "POSITION", "direction": "ASC" }]);
        let order = match field {
            Some(field) => json!([{ "field": field, "direction": direction }]),
            None if self.search().is_empty() => newest,
            None => Json::Null,
        };
        let case = self.case();
        let mut variables = json!({
            "first": PAGE_SIZE,
            "where": self.filter(None),
            "search": self.search(),
            "orderBy": order,
            "language": language,
            "quantization": self.quantization(),
            "context": self.context(),
            "withMemory": self.hardware().is_some(),
            "withCase": case.is_some(),
            "case": case.unwrap_or_else(|| json!({})),
            "withCheckpoints": self.has_column("checkpoints"),
        });
        if let Some(after) = self.after() {
            variables["after"] = after.into();
        }
        variables
    }

    /// Returns the filter of models, without one of the groups. Conditions on sizes must hold for one and the same size;
    /// a model without sizes matches by its own facts.
    pub fn filter(&self, without: Option<Group>) -> Json {
        let mut filters = Vec::new();
        filters.extend(self.size_part(without));
        let has = |group| without != Some(group);
        let mut organization = Map::new();
        for (name, group, field) in [("maker", Group::Maker, "slug"), ("country", Group::Country, "country")] {
            let values = self.all(name);
            if !values.is_empty() && has(group) {
                organization.insert(field.to_owned(), json!({ "in": values }));
            }
        }
        if !organization.is_empty() {
            filters.push(json!({ "organizations": { "some": organization } }));
        }
        let purposes = self.all("purpose");
        if !purposes.is_empty() && has(Group::Purpose) {
            let purposes = purposes.iter().map(|purpose| json!({ "purposes": { "has": purpose } }));
            filters.push(json!({ "or": purposes.collect::<Vec<_>>() }));
        }
        let kinds = self.all("kind");
        if !kinds.is_empty() && has(Group::Kind) {
            filters.push(json!({ "kind": { "in": kinds } }));
        }
        match filters.len() {
            0 => json!({}),
            1 => filters.remove(0),
            _ => json!({ "and": filters }),
        }
    }

    /// Returns the filter of sizes, without one of the groups.
    pub fn size_filter(&self, without: Option<Group>) -> Json {
        let conditions = self.size_conditions(without).into_iter().map(|condition| condition.size);
        json!({ "and": conditions.collect::<Vec<_>>() })
    }

    /// Returns the filter of models by their sizes.
    fn size_part(&self, without: Option<Group>) -> Option<Json> {
        let conditions = self.size_conditions(without);
        // A single condition on an indexed column of the model is the same as that on its sizes.
        if let [SizeCondition { group, size, model }] = conditions.as_slice() {
            match group {
                Group::License => return model.clone(),
                Group::Size if size["parameters"]["lte"].is_null() => {
                    return Some(json!({ "maxParameters": size["parameters"] }));
                }
                Group::Use if self.case().is_none() => {
                    // Unless they vary, all sizes answer as the model does.
                    let varies = json!({ "commercialUse": { "eq": "VARIES" }, "sizes": { "some": size } });
                    return Some(json!({ "or": [model, varies] }));
                }
                _ => {}
            }
        }
        if conditions.is_empty() {
            return None;
        }
        let sizes = conditions.iter().map(|condition| &condition.size).collect::<Vec<_>>();
        let sizes = json!({ "sizes": { "some": { "and": sizes } } });
        let of_models = conditions.iter().map(|condition| condition.model.as_ref()).collect::<Option<Vec<_>>>();
        Some(match of_models {
            Some(models) => json!({ "or": [sizes, { "sizes": { "none": {} }, "and": models }] }),
            None => sizes,
        })
    }

    fn size_conditions(&self, without: Option<Group>) -> Vec<SizeCondition> {
        let mut conditions = Vec::new();
        let mut add = |group, size, model: Option<Json>| {
            if without != Some(group) {
                conditions.push(SizeCondition { group, size, model });
            }
        };
        let both = |condition: Json| (condition.clone(), Some(condition));
        let uses = self.uses();
        match self.case() {
            Some(case) => add(Group::Use, json!({ "use": { "for": case, "verdict": { "in": uses } } }), None),
            None if uses.is_empty() => {}
            None => {
                let (size, model) = both(json!({ "commercialUse": { "in": uses } }));
                add(Group::Use, size, model);
            }
        }
        if let Some(hardware) = self.hardware() {
            add(Group::Fit, hardware.filter(&self.fits()), None);
        }
        if let Some(range) = self.range("minSize", "maxSize") {
            add(Group::Size, json!({ "parameters": range }), None);
        }
        if let Ok(tokens) = self.first("minContext").parse::<u32>() {
            let (size, model) = both(json!({ "contextLength": { "gte": tokens } }));
            add(Group::Context, size, model);
        }
        if let Some(range) = self.range("minTokens", "maxTokens") {
            let model = json!({ "maxTrainingTokens": range });
            // An amount that is stated for the whole model is that of each of its sizes.
            let of_the_whole = json!({ "trainingTokens": { "isNull": true }, "model": {
                "maxTrainingTokens": range, "sizes": { "every": { "trainingTokens": { "isNull": true } } },
            } });
            add(Group::Tokens, json!({ "or": [{ "trainingTokens": range }, of_the_whole] }), Some(model));
        }
        let mut dates = Map::new();
        for (name, comparison) in [("since", "gte"), ("until", "lt")] {
            let bound = self.first(name).parse::<PartialDate>().ok().and_then(|date| bound(&date, name == "until"));
            dates.extend(bound.map(|bound| (comparison.to_owned(), bound.into())));
        }
        if !dates.is_empty() {
            let (size, model) = both(json!({ "releaseDate": dates }));
            add(Group::Date, size, model);
        }
        let years = self.all("year");
        if !years.is_empty() {
            let range = |year: &&str| json!({ "releaseDate": { "gte": format!("{year}-01-01"), "lte": format!("{year}-12-31") } });
            let (size, model) = both(json!({ "or": years.iter().map(range).collect::<Vec<_>>() }));
            add(Group::Year, size, model);
        }
        let licenses = self.all("license");
        if !licenses.is_empty() {
            let (size, model) = both(json!({ "license": { "slug": { "in": licenses } } }));
            add(Group::License, size, model);
        }
        let modalities = self.all("modality");
        if !modalities.is_empty() {
            let sides = modalities
                .iter()
                .flat_map(|modality| ["input", "output"].map(|side| json!({ "modalities": { side: modality } })));
            let (size, model) = both(json!({ "or": sides.collect::<Vec<_>>() }));
            add(Group::Modality, size, model);
        }
        conditions
    }

    /// Returns whether there is a filter, apart from the search.
    pub fn has_filters(&self) -> bool {
        self.filter(None).as_object().is_some_and(|filter| !filter.is_empty())
    }

    /// Returns whether a filter is about sizes, so that those that match are marked.
    pub fn filters_sizes(&self) -> bool {
        !self.size_conditions(None).is_empty()
    }

    /// Returns whether a size in the response of the query of the rows matches what the filters say about sizes.
    pub fn matches(&self, size: &Json, model: &Json) -> bool {
        let word = |value: &Json| value.as_str().unwrap_or_default().to_owned();
        let uses = self.uses();
        let answer = if self.case().is_some() { word(&size["use"]["verdict"]) } else { word(&size["commercialUse"]) };
        if !uses.is_empty() && !uses.contains(&answer.as_str()) {
            return false;
        }
        if let Some(hardware) = self.hardware()
            && !self.fits().contains(&hardware.fit(&size["memory"]))
        {
            return false;
        }
        let within = |value: &Json, min: &str, max: &str| {
            let bounds = [min, max].map(|name| amount_of(self.first(name)));
            match (bounds, value.as_u64()) {
                ([None, None], _) => true,
                (_, None) => false,
                ([min, max], Some(value)) => min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max),
            }
        };
        let whole =
            model["sizes"].as_array().is_some_and(|sizes| sizes.iter().all(|size| size["trainingTokens"].is_null()));
        let tokens = if whole { &model["maxTrainingTokens"] } else { &size["trainingTokens"] };
        if !within(&size["parameters"], "minSize", "maxSize")
            || !within(&size["contextLength"], "minContext", "")
            || !within(tokens, "minTokens", "maxTokens")
        {
            return false;
        }
        let date = size["releaseDate"].as_str().and_then(|date| date.parse::<PartialDate>().ok());
        let day = date.map(|date| date.first_day());
        let bound_of = |name: &str| {
            let date = self.first(name).parse::<PartialDate>().ok()?;
            bound(&date, name == "until")?.parse::<PartialDate>().ok().map(|date| date.first_day())
        };
        if bound_of("since").is_some_and(|since| day.is_none_or(|day| day < since))
            || bound_of("until").is_some_and(|until| day.is_none_or(|day| day >= until))
        {
            return false;
        }
        let years = self.all("year");
        if !years.is_empty() && !day.is_some_and(|day| years.contains(&day.year().to_string().as_str())) {
            return false;
        }
        let licenses = self.all("license");
        if !licenses.is_empty() && !licenses.contains(&word(&size["license"]["slug"]).as_str()) {
            return false;
        }
        let modalities = self.all("modality");
        let known = ["input", "output"].into_iter().flat_map(|side| size["modalities"][side].as_array());
        modalities.is_empty() || known.flatten().any(|known| modalities.contains(&word(known).as_str()))
    }

    fn range(&self, min: &str, max: &str) -> Option<Json> {
        let bounds = [("gte", self.first(min)), ("lte", self.first(max))];
        let bounds = bounds.into_iter().filter_map(|(name, amount)| Some((name.to_owned(), amount_of(amount)?.into())));
        let range = Map::from_iter(bounds);
        (!range.is_empty()).then(|| range.into())
    }
}

/// Returns the group of a parameter.
fn group_of(name: &str) -> Group {
    PARAMETERS.iter().find(|parameter| parameter.name == name).map_or(Group::View, |parameter| parameter.group)
}

/// Returns the first day of a date, or the first day after it.
fn bound(date: &PartialDate, after: bool) -> Option<String> {
    let first = date.first_day();
    let day = match (after, date.as_str().len()) {
        (false, _) => Some(first),
        (true, 4) => first.checked_add_months(Months::new(12)),
        (true, 7) => first.checked_add_months(Months::new(1)),
        (true, _) => first.checked_add_days(Days::new(1)),
    };
    day.filter(|day| day.year() <= 9999).map(|day| day.to_string())
}

/// Returns the name of a country in a language of the API; its code if it has none.
pub fn country_name<'a>(code: &'a str, language: &str) -> &'a str {
    COUNTRIES.get(code).map_or(code, |[english, chinese]| if language == "ZH" { chinese } else { english })
}

fn text(value: &str) -> Result<String, String> {
    if value.contains('\0') { Err("it contains the character U+0000".to_owned()) } else { Ok(value.to_owned()) }
}

fn choice(values: &[&str], value: &str) -> Result<String, String> {
    let known = values.iter().find(|known| known.eq_ignore_ascii_case(value));
    known.map(|known| (*known).to_owned()).ok_or_else(|| format!("expected one of {}", values.join(", ")))
}

fn yes_or_no(value: &str) -> Result<String, String> {
    choice(&["yes", "no"], value)
}

fn slug(value: &str) -> Result<String, String> {
    value.parse::<Slug>().map(|slug| slug.to_string()).map_err(|error| error.to_string())
}

fn word(value: &str) -> Result<String, String> {
    let valid = value.len() <= 50 && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if valid { Ok(value.to_ascii_uppercase()) } else { Err("expected a word such as CODE".to_owned()) }
}

fn country(value: &str) -> Result<String, String> {
    let code = value.to_ascii_uppercase();
    if COUNTRIES.contains_key(&code) { Ok(code) } else { Err("expected a country code such as FR".to_owned()) }
}

fn territory(value: &str) -> Result<String, String> {
    if value.eq_ignore_ascii_case("EU") { Ok("EU".to_owned()) } else { country(value) }
}

fn device(value: &str) -> Result<String, String> {
    let slug = value.to_ascii_lowercase();
    let known = hardware::device(&slug).is_some();
    if known {
        Ok(slug)
    } else {
        Err("it is not a known device, such as rtx-4090; give its memory in GiB: memory=24".to_owned())
    }
}

fn quantization(value: &str) -> Result<String, String> {
    value.parse::<Quantization>().map(|quantization| quantization.name.to_owned())
}

fn year(value: &str) -> Result<String, String> {
    let valid = value.len() == 4 && value.bytes().all(|b| b.is_ascii_digit()) && value != "0000";
    if valid { Ok(value.to_owned()) } else { Err("expected a year such as 2024".to_owned()) }
}

fn date(value: &str) -> Result<String, String> {
    let date = value.parse::<PartialDate>();
    date.map(|date| date.as_str().to_owned())
        .map_err(|_| "expected a date such as 2024-05-31, 2024-05 or 2024".to_owned())
}

fn sort(value: &str) -> Result<String, String> {
    let names = ORDERS.map(|(name, _)| name);
    let field = value.strip_prefix('-').unwrap_or(value);
    if names.contains(&field) {
        Ok(value.to_owned())
    } else {
        Err(format!("expected one of {}, with - before it for descending", names.join(", ")))
    }
}

/// Reads a whole number. Larger ones become the largest that has a meaning.
fn number(value: &str, min: u64, max: u64) -> Result<String, String> {
    let digits = value.bytes().all(|b| b.is_ascii_digit()) && value.len() <= 30;
    let number = digits.then(|| value.parse::<u64>().unwrap_or(u64::MAX)).filter(|number| *number >= min);
    number
        .map(|number| number.min(max).to_string())
        .ok_or_else(|| format!("expected a whole number from {min} to {max}"))
}

/// Reads a number of tokens such as "32768", "32k" or "1M".
fn tokens_of_context(value: &str) -> Result<String, String> {
    let tokens = amount_of(&value.to_ascii_uppercase()).filter(|tokens| *tokens > 0);
    tokens
        .map(|tokens| tokens.min(1_000_000_000).to_string())
        .ok_or_else(|| "expected a number of tokens such as 32768 or 32K".to_owned())
}

/// Reads an amount such as "7B" or "1.5T". Larger ones than a `Count` can be become the largest.
fn amount(value: &str) -> Result<String, String> {
    let value = value.to_ascii_uppercase();
    match amount_of(&value) {
        Some(amount) if amount >= LARGEST => Ok(LARGEST.to_string()),
        Some(_) => Ok(value),
        None => Err("expected an amount such as 7B or 1.5T".to_owned()),
    }
}

const LARGEST: u64 = Count::MAX as u64;

/// Returns the number of an amount in capital letters, at most 2^53 - 1.
pub fn amount_of(text: &str) -> Option<u64> {
    const UNITS: [(char, u128); 4] = [('K', 1_000), ('M', 1_000_000), ('B', 1_000_000_000), ('T', 1_000_000_000_000)];
    let (number, unit) =
        UNITS.iter().find_map(|(name, unit)| Some((text.strip_suffix(*name)?, *unit))).unwrap_or((text, 1));
    let (integer, fraction) =
        number.split_once('.').map_or((number, None), |(integer, fraction)| (integer, Some(fraction)));
    let digits = |text: &str, max| (1..=max).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(integer, 20) || !fraction.is_none_or(|fraction| digits(fraction, 3)) {
        return None;
    }
    let thousandths = format!("{integer}{:0<3}", fraction.unwrap_or_default()).parse::<u128>().ok()?;
    u64::try_from(thousandths * unit / 1000).ok().map(|amount| amount.min(LARGEST)).or(Some(LARGEST))
}
