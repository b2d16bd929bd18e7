//! What of the catalog is looked at, as the address of the page tells it. `web/src/app/catalog/view.ts` reads the same
//! addresses and makes the same variables of them; where it makes others, it asks once more.

use serde_json::{Map, Value as Json, json};
use url::form_urlencoded;

/// The rows of a page.
const PAGE: u32 = 50;
/// What the table can be sorted by.
const ORDERS: [(&str, &str); 6] = [
    ("listed", "POSITION"),
    ("name", "NAME"),
    ("size", "MAX_PARAMETERS"),
    ("tokens", "MAX_TRAINING_TOKENS"),
    ("released", "RELEASE_DATE"),
    ("updated", "UPDATED_AT"),
];
/// The bits that a parameter takes.
const PRECISIONS: [(&str, u64); 3] = [("FP16", 16), ("INT8", 8), ("INT4", 4)];

/// The parameters of an address.
pub struct CatalogParams {
    given: Vec<(String, String)>,
    /// The page behind this cursor, for who reads without scripts.
    pub after: Option<String>,
}

impl CatalogParams {
    /// Reads the query of an address.
    pub fn read(query: &str) -> Self {
        let given = form_urlencoded::parse(query.as_bytes()).into_owned().collect::<Vec<_>>();
        let after = given.iter().find(|(name, value)| name == "after" && !value.is_empty());
        Self { after: after.map(|(_, value)| value.clone()), given }
    }

    /// The words that are searched for.
    pub fn search(&self) -> String {
        self.one("q").chars().take(200).collect()
    }

    /// The address of the page behind a cursor.
    pub fn next(&self, cursor: &str) -> String {
        let rest = self.given.iter().filter(|(name, _)| name != "after");
        let query =
            form_urlencoded::Serializer::new(String::new()).extend_pairs(rest).append_pair("after", cursor).finish();
        format!("/?{query}")
    }

    /// The variables of the query.
    pub fn variables(&self, language: &str) -> Json {
        let sort = self.one("sort");
        let (direction, sort) = sort.strip_prefix('-').map_or(("ASC", sort), |sort| ("DESC", sort));
        let field = ORDERS.iter().find(|(name, _)| *name == sort).map(|(_, field)| *field);
        let mut variables = json!({
            "first": PAGE,
            "where": self.filter(),
            "search": self.search(),
            "orderBy": [{ "field": field.unwrap_or("POSITION"), "direction": if field.is_some() { direction } else { "ASC" } }],
            "language": language,
        });
        if let Some(after) = &self.after {
            variables["after"] = after.as_str().into();
        }
        variables
    }

    fn filter(&self) -> Json {
        let mut filter = Map::new();
        let uses = self.known("use", &["ALLOWED", "AUTHORIZATION_REQUIRED", "PROHIBITED", "UNKNOWN"]);
        let (licenses, makers) = (self.all("license"), self.all("maker"));
        let kinds = self.known("kind", &["FOUNDATION", "DERIVED"]);
        let lists = [
            ("commercialUse", !uses.is_empty(), json!({ "in": uses })),
            ("license", !licenses.is_empty(), json!({ "slug": { "in": licenses } })),
            ("organizations", !makers.is_empty(), json!({ "some": { "slug": { "in": makers } } })),
            ("kind", !kinds.is_empty(), json!({ "in": kinds })),
        ];
        filter.extend(lists.into_iter().filter(|(_, given, _)| *given).map(|(name, _, list)| (name.to_owned(), list)));
        let years =
            self.all("year").into_iter().filter(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()));
        let years = years
            .map(|year| json!({ "releaseDate": { "gte": format!("{year}-01-01"), "lte": format!("{year}-12-31") } }));
        let years = Vec::from_iter(years);
        if !years.is_empty() {
            filter.insert("or".to_owned(), years.into());
        }
        let mut sizes = [self.between("minSize", "maxSize"), self.memory().map(|most| json!({ "lte": most }))];
        // Some size is at least as large just when the largest is, which an index tells.
        if sizes[1].is_none()
            && let Some(least) = sizes[0].take_if(|range| range.get("lte").is_none())
        {
            filter.insert("maxParameters".to_owned(), least);
        }
        let sizes = Vec::from_iter(sizes.into_iter().flatten().map(|range| json!({ "parameters": range })));
        if !sizes.is_empty() {
            filter.insert("sizes".to_owned(), json!({ "some": { "and": sizes } }));
        }
        if let Some(tokens) = self.between("minTokens", "maxTokens") {
            filter.insert("maxTrainingTokens".to_owned(), tokens);
        }
        filter.into()
    }

    /// The most parameters whose weights fit into the memory asked for.
    fn memory(&self) -> Option<u64> {
        let gigabytes = self.one("memory");
        let plain = (1..=5).contains(&gigabytes.len()) && gigabytes.bytes().all(|b| b.is_ascii_digit());
        let gigabytes = gigabytes.parse::<u64>().ok().filter(|_| plain && !gigabytes.starts_with('0'))?;
        let bits = PRECISIONS.iter().find(|(name, _)| *name == self.one("precision")).map_or(4, |(_, bits)| *bits);
        Some(gigabytes * 8_000_000_000 / bits)
    }

    fn between(&self, least: &str, most: &str) -> Option<Json> {
        let bounds = [("gte", self.one(least)), ("lte", self.one(most))];
        let bounds = bounds.into_iter().filter(|(_, amount)| is_amount(amount));
        let range = Map::from_iter(bounds.map(|(name, amount)| (name.to_owned(), amount.into())));
        (!range.is_empty()).then(|| range.into())
    }

    fn one(&self, name: &str) -> &str {
        self.given.iter().find(|(given, _)| given == name).map_or("", |(_, value)| value.trim())
    }

    fn all(&self, name: &str) -> Vec<&str> {
        let values = self.given.iter().filter(|(given, value)| given == name && !value.is_empty());
        values.map(|(_, value)| value.as_str()).take(100).collect()
    }

    fn known<'a>(&'a self, name: &str, words: &[&str]) -> Vec<&'a str> {
        self.all(name).into_iter().filter(|value| words.contains(value)).collect()
    }
}

/// Whether a text is an amount such as "7B" or "1.5T".
fn is_amount(text: &str) -> bool {
    let number = text.strip_suffix(['K', 'M', 'B', 'T']).unwrap_or(text);
    let (whole, fraction) = number.split_once('.').map_or((number, None), |(whole, fraction)| (whole, Some(fraction)));
    let digits = |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits(whole, 15) && fraction.is_none_or(|fraction| digits(fraction, 3))
}
