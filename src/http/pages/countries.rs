//! The names of countries.

use std::{collections::HashMap, sync::LazyLock};

use crate::http::pages::shipped;

/// The names and translations of countries by their codes, in English and Chinese.
pub static COUNTRIES: LazyLock<HashMap<String, [String; 2]>> =
    LazyLock::new(|| shipped::parse("data/countries.json", include_str!("data/countries.json")));

/// Returns the codes of all countries.
pub fn countries() -> impl Iterator<Item = &'static str> {
    COUNTRIES.keys().map(String::as_str)
}

/// Returns the name of a country in a language of the API; its code if it has none.
pub fn country_name<'a>(code: &'a str, language: &str) -> &'a str {
    COUNTRIES.get(code).map_or(code, |[english, chinese]| if language == "ZH" { chinese } else { english })
}
