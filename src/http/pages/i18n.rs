//! The texts of the pages, which they share with their scripts.

use std::{collections::HashMap, sync::LazyLock};

use actix_web::{
    HttpRequest,
    http::header::{AcceptLanguage, Header},
};
use serde_json::Value as Json;

/// The texts of a language.
pub struct Translations {
    /// The language as HTML calls it.
    pub language: &'static str,
    /// The language as the API calls it.
    pub api: &'static str,
    texts: HashMap<String, String>,
}

static ENGLISH: LazyLock<Translations> =
    LazyLock::new(|| Translations::read("en", "EN", include_str!("../../../web/src/app/texts/en.json")));
static CHINESE: LazyLock<Translations> =
    LazyLock::new(|| Translations::read("zh-Hans", "ZH", include_str!("../../../web/src/app/texts/zh.json")));

impl Translations {
    fn read(language: &'static str, api: &'static str, texts: &str) -> Self {
        Self { language, api, texts: serde_json::from_str(texts).unwrap_or_default() }
    }

    /// Those that were chosen before, else those that the browser likes best; English if it likes neither.
    pub fn negotiate(request: &HttpRequest, chosen: Option<&str>) -> &'static Self {
        let accepted = AcceptLanguage::parse(request).map(|accepted| accepted.ranked()).unwrap_or_default();
        let accepted = accepted.iter().map(ToString::to_string);
        let wanted = chosen.map(str::to_owned).into_iter().chain(accepted);
        let known = wanted.filter_map(|language| match language.get(..2).map(str::to_ascii_lowercase).as_deref() {
            Some("zh") => Some(&*CHINESE),
            Some("en") => Some(&*ENGLISH),
            _ => None,
        });
        known.into_iter().next().unwrap_or(&ENGLISH)
    }

    /// A text; its key where there is none, which the tests would show.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// A text with values where it has `{name}`; that for one, if there is one, where `count` is 1.
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        let one = format!("{key}.one");
        let key = if values.contains(&("count", "1")) && self.texts.contains_key(&one) { &one } else { key };
        values.iter().fold(self.text(key).to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// The text for a word of the API; the word itself where there is none.
    pub fn word<'a>(&'a self, kind: &str, word: &'a Json) -> &'a str {
        let word = word.as_str().unwrap_or_default();
        self.texts.get(&format!("{kind}.{word}")).map_or(word, String::as_str)
    }
}
