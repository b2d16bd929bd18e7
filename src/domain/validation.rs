//! What is wrong with a document.

use crate::domain::link::{LinkDocument, resolve_url};
use crate::domain::slug::Slug;
use crate::domain::text::normalize;
use crate::error::{Error, Problem, Result};

/// The most elements of a list of a document.
pub const MAX_LIST: usize = 1000;
/// What is wrong with a list that is longer.
pub const TOO_LONG: &str = "has more than 1000 elements";

/// What is wrong with a document: all of it, not only what is found first.
#[derive(Debug, Default)]
pub struct ValidationErrors(Vec<Problem>);

impl ValidationErrors {
    /// Adds what is wrong with `field` unless `right` holds.
    pub fn check(&mut self, right: bool, field: &str, wrong: &str) {
        if !right {
            self.0.push(Problem { field: field.to_owned(), message: wrong.to_owned() });
        }
    }

    /// A name must say something, on one line.
    pub fn check_name(&mut self, field: &str, name: &str) {
        self.check(!normalize(name).is_empty(), field, "is empty");
        self.check(!name.chars().any(char::is_control), field, "has a line break or another control character");
        self.check(name.trim() == name, field, "begins or ends with a blank");
        self.check(name.chars().count() <= 200, field, "has more than 200 characters");
    }

    /// No two of `items` may be equal, and there may be no more than people could have written.
    pub fn check_distinct<T: PartialEq>(&mut self, field: &str, items: &[T]) {
        if !self.check_length(field, items) {
            return;
        }
        let twice = items.iter().enumerate().any(|(index, item)| items[..index].contains(item));
        self.check(!twice, field, "names the same thing twice");
    }

    /// What is longer is no list of facts, and would hold everybody up whenever it is compared. Returns whether it is not.
    fn check_length<T>(&mut self, field: &str, items: &[T]) -> bool {
        let right = items.len() <= MAX_LIST;
        self.check(right, field, TOO_LONG);
        right
    }

    /// Every address must be one that a browser can follow.
    pub fn check_links(&mut self, links: &[LinkDocument]) {
        self.check_length("links", links);
        for (index, link) in links.iter().enumerate() {
            self.check_url(&format!("links.{index}.url"), &link.url);
        }
    }

    /// An address is absolute with http or https, or a path inside the source's repository.
    pub fn check_url(&mut self, field: &str, url: &str) {
        self.check(resolve_url(url).is_some(), field, "is neither an http(s) address nor a relative path");
    }

    /// # Errors
    /// There is a problem.
    pub fn into_result(self, noun: &str, slug: &Slug) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        Err(Error::InvalidDocument { subject: format!("The {noun} {slug:?}", slug = slug.as_str()), problems: self.0 })
    }
}

impl From<ValidationErrors> for Vec<Problem> {
    fn from(problems: ValidationErrors) -> Self {
        problems.0
    }
}
