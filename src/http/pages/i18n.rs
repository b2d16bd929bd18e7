//! The translations of the pages, which the server shares with the scripts.

use std::{collections::HashMap, sync::LazyLock};

use actix_web::{
    HttpRequest,
    http::header::{AcceptLanguage, Header},
};
use serde_json::Value as Json;

use crate::http::pages::shipped;

/// The translated texts of a language.
pub struct Translations {
    /// The language tag for HTML.
    pub language: &'static str,
    /// The value of the enum `Language` of the GraphQL API.
    pub api: &'static str,
    texts: HashMap<String, String>,
}

/// The texts in English.
pub static ENGLISH: LazyLock<Translations> = LazyLock::new(|| Translations {
    language: "en",
    api: "EN",
    texts: shipped::parse("texts/en.json", include_str!("../../../web/src/app/texts/en.json")),
});
/// The texts in Chinese.
pub static CHINESE: LazyLock<Translations> = LazyLock::new(|| Translations {
    language: "zh-Hans",
    api: "ZH",
    texts: shipped::parse("texts/zh.json", include_str!("../../../web/src/app/texts/zh.json")),
});

impl Translations {
    /// Returns the translations of the chosen language, otherwise of the first supported language in `Accept-Language`;
    /// English without one.
    pub fn negotiate(request: &HttpRequest, chosen: Option<&str>) -> &'static Self {
        let accepted = AcceptLanguage::parse(request).map(|accepted| accepted.ranked()).unwrap_or_default();
        let accepted = accepted.iter().map(ToString::to_string);
        let languages = chosen.map(str::to_owned).into_iter().chain(accepted);
        let mut supported =
            languages.filter_map(|language| match language.get(..2).map(str::to_ascii_lowercase).as_deref() {
                Some("zh") => Some(&*CHINESE),
                Some("en") => Some(&*ENGLISH),
                _ => None,
            });
        supported.next().unwrap_or(&ENGLISH)
    }

    /// Returns a text; the key if there is none, which a test detects.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// Returns a text, if there is one.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
    }

    /// Returns a text with its placeholders `{name}` replaced. If `count` is 1, the text with the suffix `.one` is used
    /// if there is one.
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        let singular = format!("{key}.one");
        let key = if values.contains(&("count", "1")) && self.texts.contains_key(&singular) { &singular } else { key };
        values.iter().fold(self.text(key).to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// Returns the text of an enum value or a field of the API; the value itself if there is none.
    pub fn enum_text<'a>(&'a self, kind: &str, value: &'a Json) -> &'a str {
        let value = value.as_str().unwrap_or_default();
        self.texts.get(&format!("{kind}.{value}")).map_or(value, String::as_str)
    }
}
