//! Validation of documents.

use entity::vocabulary::CommercialUse;

use crate::domain::limits::{
    MAX_ALIASES, MAX_LANGUAGES, MAX_NAME_CHARACTERS, MAX_NOTE_CHARACTERS, MAX_QUOTE_CHARACTERS, MAX_QUOTE_WORDS,
    MAX_SUMMARY_CHARACTERS, MAX_URL_CHARACTERS, MAX_WORD_CHARACTERS,
};
use crate::domain::link::{LinkDocument, resolve_url};
use crate::domain::modalities::Modalities;
use crate::domain::slug::Slug;
use crate::domain::text::{LocalizedText, normalize};
use crate::error::{Error, Problem, Result};

/// All problems of a document, each with its field.
#[derive(Debug, Default)]
pub struct ValidationErrors(Vec<Problem>);

impl ValidationErrors {
    /// Adds a problem of `field` unless it is valid.
    pub fn check(&mut self, valid: bool, field: &str, message: &str) {
        if !valid {
            self.0.push(Problem { field: field.to_owned(), message: message.to_owned() });
        }
    }

    /// Checks that a name is not empty, has one line, no white space at its ends, and at most [`MAX_NAME_CHARACTERS`].
    pub fn check_name(&mut self, field: &str, name: &str) {
        self.check(!normalize(name).is_empty(), field, "is empty");
        self.check(!name.chars().any(char::is_control), field, "has a line break or another control character");
        self.check(name.trim() == name, field, "starts or ends with white space");
        self.check_characters(field, name, MAX_NAME_CHARACTERS);
    }

    /// Checks a word from a list that grows: capital letters, digits and underscores, a letter first, and at most
    /// [`MAX_WORD_CHARACTERS`].
    pub fn check_word(&mut self, field: &str, word: &str) {
        let valid = word.starts_with(|first: char| first.is_ascii_uppercase())
            && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
        self.check(valid, field, "is not a word of capital letters, digits and underscores");
        self.check_characters(field, word, MAX_WORD_CHARACTERS);
    }

    /// Checks that a number, if it is known, is from 1 to `max`.
    pub fn check_positive(&mut self, field: &str, number: Option<i32>, max: i32) {
        self.check(number.is_none_or(|number| (1..=max).contains(&number)), field, &format!("is not from 1 to {max}"));
    }

    /// Checks lengths of context. `path` is that of their object, with a point at its end.
    pub fn check_contexts(&mut self, path: &str, native: Option<i32>, extended: Option<i32>) {
        self.check_positive(&format!("{path}contextLength"), native, i32::MAX);
        let extended_field = format!("{path}extendedContextLength");
        self.check_positive(&extended_field, extended, i32::MAX);
        let ordered = native.zip(extended).is_none_or(|(native, extended)| native <= extended);
        self.check(ordered, &extended_field, "is less than contextLength");
    }

    /// Checks the kinds of data that a model reads and writes.
    pub fn check_modalities(&mut self, field: &str, modalities: Option<&Modalities>) {
        let valid = modalities.is_none_or(Modalities::is_valid);
        self.check(valid, field, "needs at least one kind of data to read and one to write, each once");
    }

    /// Checks the tags of languages: BCP 47 with a language, and a script and a region if needed, such as "zh-Hant" or "pt-BR".
    pub fn check_languages(&mut self, languages: &[String]) {
        for (index, tag) in languages.iter().enumerate().take(MAX_LANGUAGES) {
            self.check(
                is_language(tag),
                &format!("languages.{index}"),
                "is not a language tag of BCP 47 such as en or pt-BR",
            );
        }
        self.check_distinct("languages", languages, MAX_LANGUAGES);
    }

    /// Checks that a text has at most `max` characters.
    pub fn check_characters(&mut self, field: &str, text: &str, max: usize) {
        // Every character has at least one byte, so most texts need no counting.
        if text.len() > max && text.chars().count() > max {
            self.check(false, field, &format!("has more than {max} characters"));
        }
    }

    /// Checks that a quote has words, at most [`MAX_QUOTE_WORDS`] of them and [`MAX_QUOTE_CHARACTERS`].
    pub fn check_quote(&mut self, field: &str, quote: &str) {
        self.check_characters(field, quote, MAX_QUOTE_CHARACTERS);
        let words = quote.split_whitespace().count();
        self.check(words > 0, field, "is empty");
        self.check(words <= MAX_QUOTE_WORDS, field, &format!("has more than {MAX_QUOTE_WORDS} words"));
    }

    /// Checks that a summary has at most [`MAX_SUMMARY_CHARACTERS`] in each language.
    pub fn check_summary(&mut self, field: &str, summary: &LocalizedText) {
        for (language, text) in [("zh", &summary.zh), ("en", &summary.en)] {
            if let Some(text) = text {
                self.check_characters(&format!("{field}.{language}"), text, MAX_SUMMARY_CHARACTERS);
            }
        }
    }

    /// Checks the names in `aliases`, which are distinct and at most [`MAX_ALIASES`].
    pub fn check_aliases(&mut self, aliases: &[String]) {
        if !self.check_length("aliases", aliases, MAX_ALIASES) {
            return;
        }
        for (index, alias) in aliases.iter().enumerate() {
            self.check_name(&format!("aliases.{index}"), alias);
        }
        self.check_distinct("aliases", aliases, MAX_ALIASES);
    }

    /// Checks that a list has at most `max` elements and no duplicates. Comparing longer lists would block other requests.
    pub fn check_distinct<T: PartialEq>(&mut self, field: &str, items: &[T], max: usize) {
        if !self.check_length(field, items, max) {
            return;
        }
        let duplicate = items.iter().enumerate().any(|(index, item)| items[..index].contains(item));
        self.check(!duplicate, field, "has the same element twice");
    }

    /// Checks that a list has at most `max` elements: comparing longer lists would block other requests. Returns whether it has.
    pub fn check_length<T>(&mut self, field: &str, items: &[T], max: usize) -> bool {
        let valid = items.len() <= max;
        self.check(valid, field, &format!("has more than {max} elements"));
        valid
    }

    /// Checks the number of links, their titles and their URLs.
    pub fn check_links(&mut self, links: &[LinkDocument], max: usize) {
        if !self.check_length("links", links, max) {
            return;
        }
        for (index, link) in links.iter().enumerate() {
            self.check_url(&format!("links.{index}.url"), &link.url);
            if let Some(title) = &link.title {
                self.check_characters(&format!("links.{index}.title"), title, MAX_NOTE_CHARACTERS);
            }
        }
    }

    /// Checks that a stated commercial use is not [`CommercialUse::Varies`], which is derived from the sizes of a model.
    pub fn check_commercial_use(&mut self, field: &str, commercial_use: Option<CommercialUse>) {
        let valid = commercial_use != Some(CommercialUse::Varies);
        self.check(valid, field, "is VARIES, which is derived; state the commercial use of each size instead");
    }

    /// Checks that a URL is absolute with the scheme http or https, or a relative path inside the source repository, and has at
    /// most [`MAX_URL_CHARACTERS`].
    pub fn check_url(&mut self, field: &str, url: &str) {
        self.check_characters(field, url, MAX_URL_CHARACTERS);
        self.check(resolve_url(url).is_some(), field, "is neither an http(s) URL nor a relative path");
    }

    /// Converts the problems to an error about the subject with `slug` in `table`.
    ///
    /// # Errors
    /// There is at least one problem.
    pub fn into_result(self, table: &str, slug: &Slug) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        Err(Error::InvalidDocument { subject: format!("The {table} {slug:?}", slug = slug.as_str()), problems: self.0 })
    }
}

impl From<ValidationErrors> for Vec<Problem> {
    fn from(errors: ValidationErrors) -> Self {
        errors.0
    }
}

/// Returns whether a text is a language tag of BCP 47 in its usual spelling, of at most a language, a script and a region.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let all = |part: &str, test: fn(&u8) -> bool| part.bytes().all(|byte| test(&byte));
    let language = |part: &str| matches!(part.len(), 2 | 3) && all(part, u8::is_ascii_lowercase);
    let script = |part: &str| {
        part.len() == 4 && part.starts_with(|c: char| c.is_ascii_uppercase()) && all(&part[1..], u8::is_ascii_lowercase)
    };
    let region = |part: &str| {
        (part.len() == 2 && all(part, u8::is_ascii_uppercase)) || (part.len() == 3 && all(part, u8::is_ascii_digit))
    };
    let Some(true) = parts.next().map(language) else { return false };
    let (second, third, rest) = (parts.next(), parts.next(), parts.next());
    rest.is_none()
        && match (second, third) {
            (None, _) => true,
            (Some(one), None) => script(one) || region(one),
            (Some(one), Some(other)) => script(one) && region(other),
        }
}
