//! The query parameters of exports: the state of the catalog, the language, and the filters of the catalog page.

use chrono::{DateTime, Utc};
use url::form_urlencoded;

use crate::formats::export::format::Language;
use crate::http::middleware::error::HttpError;
use crate::http::pages::catalog_params::{CatalogParams, InvalidParameter};
use crate::http::routes::export::file::File;

/// The language without the parameter `language`.
pub const DEFAULT_LANGUAGE: Language = Language::Zh;

/// A state of the catalog.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StateOfCatalog {
    /// The current one.
    #[default]
    Current,
    /// That after a revision.
    After(i32),
    /// That at a time.
    At(DateTime<Utc>),
}

impl StateOfCatalog {
    /// Reads a parameter, if it is about the state.
    ///
    /// # Errors
    /// The value is invalid, or another parameter was given before.
    pub fn read(&mut self, name: &str, value: &str) -> Result<bool, HttpError> {
        let state = match name {
            "revision" => {
                let number = value.parse::<i32>().ok().filter(|number| *number >= 0);
                Self::After(number.ok_or_else(|| invalid(name, "expected the number of a revision, such as 42"))?)
            }
            "asOf" => {
                let time = DateTime::parse_from_rfc3339(value);
                let time = time.map_err(|_| invalid(name, "expected a time such as 2026-01-31T00:00:00Z"))?;
                Self::At(time.to_utc())
            }
            _ => return Ok(false),
        };
        if *self != Self::Current {
            return Err(invalid(name, "only one of `revision` and `asOf` can be given, and once"));
        }
        *self = state;
        Ok(true)
    }
}

/// The parameters of an export.
#[derive(Clone, Debug, Default)]
pub struct Parameters {
    /// The state of the catalog.
    pub at: StateOfCatalog,
    /// The language of a list.
    pub language: Language,
    /// The filters.
    pub filters: CatalogParams,
}

impl Parameters {
    /// Parses a query string. An unknown parameter or value is an error, because ignoring a misspelled filter would export
    /// everything.
    ///
    /// # Errors
    /// A parameter is unknown or invalid.
    pub fn parse(query: &str, file: File) -> Result<Self, HttpError> {
        let mut parameters = Self::default();
        let mut filters = form_urlencoded::Serializer::new(String::new());
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if parameters.at.read(&name, &value)? {
                continue;
            }
            if name == "language" && file.table.is_none() {
                parameters.language = value.parse().map_err(|reason: String| invalid(&name, &reason))?;
            } else if file.has_filters() {
                filters.append_pair(&name, &value);
            } else {
                let reason = "this file has no filters, only `revision` or `asOf`; /export/models.json and /export/sizes.csv have filters";
                return Err(invalid(&name, reason));
            }
        }
        let (params, wrong) = CatalogParams::parse(&filters.finish());
        if let Some(InvalidParameter { name, reason, .. }) = wrong.first() {
            return Err(invalid(name, reason));
        }
        if let Some(name) = params.of_the_view() {
            return Err(invalid(name, "an export has all rows that match, in the order of the source list"));
        }
        parameters.filters = params;
        Ok(parameters)
    }
}

/// Returns the error for a parameter.
pub fn invalid(name: &str, reason: &str) -> HttpError {
    let name = name.chars().take(50).collect::<String>();
    HttpError::bad_request(format!("The parameter `{name}` is invalid: {reason}."))
}

/// Parses the query string of a resource that has no filters.
///
/// # Errors
/// A parameter is unknown or invalid.
pub fn only_state(query: &str) -> Result<StateOfCatalog, HttpError> {
    let mut at = StateOfCatalog::default();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if !at.read(&name, &value)? {
            return Err(invalid(&name, "expected `revision` or `asOf`"));
        }
    }
    Ok(at)
}
