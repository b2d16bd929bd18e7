//! Validation of documents.

use crate::domain::link::{LinkDocument, resolve_url};
use crate::domain::slug::Slug;
use crate::domain::text::normalize;
use crate::error::{Error, Problem, Result};

/// The largest number of elements of a list in a document.
pub const MAX_LIST: usize = 1000;
/// The message about a longer list.
pub const TOO_LONG: &str = "has more than 1000 elements";

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

    /// Checks that a name is not empty, has one line, no white space at its ends, and at most 200 characters.
    pub fn check_name(&mut self, field: &str, name: &str) {
        self.check(!normalize(name).is_empty(), field, "is empty");
        self.check(!name.chars().any(char::is_control), field, "has a line break or another control character");
        self.check(name.trim() == name, field, "starts or ends with white space");
        self.check(name.chars().count() <= 200, field, "has more than 200 characters");
    }

    /// Checks that a list has at most [`MAX_LIST`] elements and no duplicates.
    pub fn check_distinct<T: PartialEq>(&mut self, field: &str, items: &[T]) {
        if !self.check_length(field, items) {
            return;
        }
        let duplicate = items.iter().enumerate().any(|(index, item)| items[..index].contains(item));
        self.check(!duplicate, field, "has the same element twice");
    }

    /// Checks that a list has at most [`MAX_LIST`] elements: comparing longer lists would block other requests. Returns whether
    /// it has.
    fn check_length<T>(&mut self, field: &str, items: &[T]) -> bool {
        let valid = items.len() <= MAX_LIST;
        self.check(valid, field, TOO_LONG);
        valid
    }

    /// Checks the number of links and their URLs.
    pub fn check_links(&mut self, links: &[LinkDocument]) {
        self.check_length("links", links);
        for (index, link) in links.iter().enumerate() {
            self.check_url(&format!("links.{index}.url"), &link.url);
        }
    }

    /// Checks that a URL is absolute with the scheme http or https, or a relative path inside the source repository.
    pub fn check_url(&mut self, field: &str, url: &str) {
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
