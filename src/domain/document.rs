//! Documents: the plain, complete state of one subject.
//!
//! Seed files, imports, mutations and undo all work on documents. A reference is a slug; an absent field is unknown.

use entity::vocabulary::SubjectType;
use serde::{Serialize, de::DeserializeOwned};

use crate::domain::slug::Slug;
use crate::domain::validation::Problems;

/// The state of one subject.
pub trait Document: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync {
    /// The subject's type.
    const SUBJECT: SubjectType;
    /// The name of its table, which is also its name in messages.
    const NOUN: &'static str;

    /// The name by which other documents refer to it.
    fn slug(&self) -> &Slug;

    /// What is wrong with it by itself, each with the field in question.
    fn problems(&self) -> Problems;

    /// The other subjects that it refers to.
    fn references(&self) -> Vec<Reference<'_>>;

    /// The name as its source writes it.
    fn name(&self) -> &str;

    /// The text that search looks in, without what others lend to it.
    fn search_text(&self) -> String;

    /// What it lends to the search text of those that refer to it.
    fn lent_text(&self) -> Option<String> {
        None
    }
}

/// A subject that a document refers to.
#[derive(Clone, Debug)]
pub struct Reference<'a> {
    /// The field it stands in.
    pub field: String,
    /// The table that it should be in.
    pub noun: &'static str,
    /// Its slug.
    pub slug: &'a Slug,
}

impl<'a> Reference<'a> {
    /// The subject of type `D` that `field` refers to.
    pub fn to<D: Document>(field: impl Into<String>, slug: &'a Slug) -> Self {
        Self { field: field.into(), noun: D::NOUN, slug }
    }
}
