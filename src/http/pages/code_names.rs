//! The names of countries and of languages, in English and Chinese: those of CLDR, and of ISO 639-3 for languages that it lacks.

use std::{collections::HashMap, sync::LazyLock};

use crate::http::pages::shipped;

/// The names of codes, each in English and Chinese.
type Names = LazyLock<HashMap<String, [String; 2]>>;

/// The names of countries by their ISO 3166-1 codes.
pub static COUNTRIES: Names =
    LazyLock::new(|| shipped::parse("data/countries.json", include_str!("data/countries.json")));

/// The names of languages by their BCP 47 tags.
pub static LANGUAGES: Names =
    LazyLock::new(|| shipped::parse("data/languages.json", include_str!("data/languages.json")));

/// Returns the codes of all countries.
pub fn countries() -> impl Iterator<Item = &'static str> {
    COUNTRIES.keys().map(String::as_str)
}

/// Returns the name of a country in a language of the API; its code if it has none.
pub fn country_name<'a>(code: &'a str, language: &str) -> &'a str {
    name(&COUNTRIES, code, language)
}

/// Returns the name of a language in a language of the API; its tag if it has none.
pub fn language_name<'a>(tag: &'a str, language: &str) -> &'a str {
    name(&LANGUAGES, tag, language)
}

fn name<'a>(names: &'static Names, code: &'a str, language: &str) -> &'a str {
    names.get(code).map_or(code, |[english, chinese]| if language == "ZH" { chinese } else { english })
}
