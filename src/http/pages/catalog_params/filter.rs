//! The GraphQL variables that the parameters become, and which sizes match them.

use std::ops::Bound;

use chrono::{Datelike, Days, Months};
use serde_json::{Map, Value as Json, json};

use crate::domain::date::PartialDate;
use crate::domain::search_query::{Range, Reading, SearchQuery, Term};
use crate::http::pages::catalog_params::values::{ORDERS, amount_of};
use crate::http::pages::catalog_params::{CatalogParams, Group};

/// The number of rows of a page.
const PAGE_SIZE: u32 = 50;

/// A condition on a size, and the same for models without sizes, if they can match.
struct SizeCondition {
    group: Group,
    size: Json,
    model: Option<Json>,
}

impl CatalogParams {
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
            "sizes": self.size_filter(None),
            "withSizes": self.filters_sizes(),
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

    /// Returns the filter of sizes, without one of the groups, and with what the search asks of sizes.
    pub fn size_filter(&self, without: Option<Group>) -> Json {
        let conditions = self.size_conditions(without).into_iter().map(|condition| condition.size);
        json!({ "and": conditions.chain(self.searched_sizes()).collect::<Vec<_>>() })
    }

    /// Returns the conditions on sizes that are read from the search.
    fn searched_sizes(&self) -> Vec<Json> {
        let of_term = |term: Term| match term.reading {
            Reading::Size { parameters, .. } => Some(json!({ "parameters": bounds(&parameters?) })),
            Reading::Parameters(range) => Some(json!({ "parameters": bounds(&range) })),
            Reading::TrainingTokens(range) => Some(json!({ "trainingTokens": bounds(&range) })),
            Reading::ContextLength(range) => Some(json!({ "contextLength": bounds(&range) })),
            Reading::Memory(memory) => Some(json!({ "parameters": { "lte": Reading::parameters_in(memory) } })),
            Reading::Released { .. } => None,
        };
        SearchQuery::parse(self.search()).terms.into_iter().filter_map(of_term).collect()
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
        !self.size_conditions(None).is_empty() || !self.searched_sizes().is_empty()
    }

    fn range(&self, min: &str, max: &str) -> Option<Json> {
        let bounds = [("gte", self.first(min)), ("lte", self.first(max))];
        let bounds = bounds.into_iter().filter_map(|(name, amount)| Some((name.to_owned(), amount_of(amount)?.into())));
        let range = Map::from_iter(bounds);
        (!range.is_empty()).then(|| range.into())
    }
}

/// Returns a range as a filter of numbers.
fn bounds(range: &Range) -> Json {
    let sides = [(range.from, "gte", "gt"), (range.to, "lte", "lt")];
    let sides = sides.into_iter().filter_map(|(bound, included, excluded)| match bound {
        Bound::Included(amount) => Some((included.to_owned(), amount.into())),
        Bound::Excluded(amount) => Some((excluded.to_owned(), amount.into())),
        Bound::Unbounded => None,
    });
    Map::from_iter(sides).into()
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
