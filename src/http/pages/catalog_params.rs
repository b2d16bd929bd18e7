//! The query parameters of the catalog page and the GraphQL variables that they become. `web/src/app/catalog/params.ts`
//! does the same; if its variables differ, the script sends the query again.

use serde_json::{Map, Value as Json, json};
use url::form_urlencoded;

/// The number of rows of a page.
const PAGE_SIZE: u32 = 50;
/// The values of `sort` and the `ModelOrderField` of each.
const ORDERS: [(&str, &str); 6] = [
    ("listed", "POSITION"),
    ("name", "NAME"),
    ("size", "MAX_PARAMETERS"),
    ("tokens", "MAX_TRAINING_TOKENS"),
    ("released", "RELEASE_DATE"),
    ("updated", "UPDATED_AT"),
];
/// The values of the filter `use`.
const COMMERCIAL_USES: [&str; 6] =
    ["ALLOWED", "CONDITIONAL", "AUTHORIZATION_REQUIRED", "PROHIBITED", "VARIES", "UNKNOWN"];
/// The bits per parameter of each precision.
const PRECISIONS: [(&str, u64); 3] = [("FP16", 16), ("INT8", 8), ("INT4", 4)];

/// The query parameters of the catalog page.
pub struct CatalogParams {
    params: Vec<(String, String)>,
    /// The cursor after which the page begins, for readers without scripts.
    pub after: Option<String>,
}

impl CatalogParams {
    /// Parses a query string.
    pub fn read(query: &str) -> Self {
        let params = form_urlencoded::parse(query.as_bytes()).into_owned().collect::<Vec<_>>();
        let after = params.iter().find(|(name, value)| name == "after" && !value.is_empty());
        Self { after: after.map(|(_, value)| value.clone()), params }
    }

    /// Returns the search text.
    pub fn search(&self) -> String {
        self.first("q").chars().take(200).collect()
    }

    /// Returns the path and query of the page after a cursor.
    pub fn next(&self, cursor: &str) -> String {
        let rest = self.params.iter().filter(|(name, _)| name != "after");
        let query =
            form_urlencoded::Serializer::new(String::new()).extend_pairs(rest).append_pair("after", cursor).finish();
        format!("/?{query}")
    }

    /// Returns the variables of the GraphQL query.
    pub fn variables(&self, language: &str) -> Json {
        let sort = self.first("sort");
        let (direction, sort) = sort.strip_prefix('-').map_or(("ASC", sort), |sort| ("DESC", sort));
        let field = ORDERS.iter().find(|(name, _)| *name == sort).map(|(_, field)| *field);
        // The newest first; models without a date in the order of the source list.
        let newest =
            || json!([{ "field": "RELEASE_DATE", "direction": "DESC" }, { "field": "POSITION", "direction": "ASC" }]);
        let mut variables = json!({
            "first": PAGE_SIZE,
            "where": self.filter(),
            "search": self.search(),
            "orderBy": field.map_or_else(newest, |field| json!([{ "field": field, "direction": direction }])),
            "language": language,
        });
        if let Some(after) = &self.after {
            variables["after"] = after.as_str().into();
        }
        variables
    }

    fn filter(&self) -> Json {
        let mut filter = Map::new();
        let uses = self.allowed("use", &COMMERCIAL_USES);
        let (licenses, makers) = (self.all("license"), self.all("maker"));
        let kinds = self.allowed("kind", &["FOUNDATION", "DERIVED"]);
        let lists = [
            ("commercialUse", !uses.is_empty(), json!({ "in": uses })),
            ("license", !licenses.is_empty(), json!({ "slug": { "in": licenses } })),
            ("organizations", !makers.is_empty(), json!({ "some": { "slug": { "in": makers } } })),
            ("kind", !kinds.is_empty(), json!({ "in": kinds })),
        ];
        filter
            .extend(lists.into_iter().filter(|(_, is_set, _)| *is_set).map(|(name, _, list)| (name.to_owned(), list)));
        let years =
            self.all("year").into_iter().filter(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()));
        let years = years
            .map(|year| json!({ "releaseDate": { "gte": format!("{year}-01-01"), "lte": format!("{year}-12-31") } }));
        let years = Vec::from_iter(years);
        if !years.is_empty() {
            filter.insert("or".to_owned(), years.into());
        }
        let mut sizes = [self.range("minSize", "maxSize"), self.max_parameters().map(|max| json!({ "lte": max }))];
        // A size with at least n parameters exists exactly if the largest has n, and that column has an index.
        if sizes[1].is_none()
            && let Some(minimum) = sizes[0].take_if(|range| range.get("lte").is_none())
        {
            filter.insert("maxParameters".to_owned(), minimum);
        }
        let sizes = Vec::from_iter(sizes.into_iter().flatten().map(|range| json!({ "parameters": range })));
        if !sizes.is_empty() {
            filter.insert("sizes".to_owned(), json!({ "some": { "and": sizes } }));
        }
        if let Some(tokens) = self.range("minTokens", "maxTokens") {
            filter.insert("maxTrainingTokens".to_owned(), tokens);
        }
        filter.into()
    }

    /// Returns the maximum number of parameters whose weights fit into the requested memory.
    fn max_parameters(&self) -> Option<u64> {
        let gigabytes = self.first("memory");
        let is_number = (1..=5).contains(&gigabytes.len()) && gigabytes.bytes().all(|b| b.is_ascii_digit());
        let gigabytes = gigabytes.parse::<u64>().ok().filter(|_| is_number && !gigabytes.starts_with('0'))?;
        let bits = PRECISIONS.iter().find(|(name, _)| *name == self.first("precision")).map_or(4, |(_, bits)| *bits);
        Some(gigabytes * 8_000_000_000 / bits)
    }

    fn range(&self, min: &str, max: &str) -> Option<Json> {
        let bounds = [("gte", self.first(min)), ("lte", self.first(max))];
        let bounds = bounds.into_iter().filter(|(_, amount)| is_amount(amount));
        let range = Map::from_iter(bounds.map(|(name, amount)| (name.to_owned(), amount.into())));
        (!range.is_empty()).then(|| range.into())
    }

    /// Returns the first value of a parameter; empty without one.
    fn first(&self, name: &str) -> &str {
        self.params.iter().find(|(param, _)| param == name).map_or("", |(_, value)| value.trim())
    }

    /// Returns the first 100 values of a parameter that are not empty.
    fn all(&self, name: &str) -> Vec<&str> {
        let values = self.params.iter().filter(|(param, value)| param == name && !value.is_empty());
        values.map(|(_, value)| value.as_str()).take(100).collect()
    }

    /// Returns the values of a parameter that are allowed.
    fn allowed<'a>(&'a self, name: &str, allowed: &[&str]) -> Vec<&'a str> {
        self.all(name).into_iter().filter(|value| allowed.contains(value)).collect()
    }
}

/// Returns whether a text is an amount such as "7B" or "1.5T".
fn is_amount(text: &str) -> bool {
    let number = text.strip_suffix(['K', 'M', 'B', 'T']).unwrap_or(text);
    let (integer, fraction) =
        number.split_once('.').map_or((number, None), |(integer, fraction)| (integer, Some(fraction)));
    let digits = |text: &str, max| (1..=max).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits(integer, 15) && fraction.is_none_or(|fraction| digits(fraction, 3))
}
