//! Documents: the plain, complete state of one subject.
//!
//! Seed files, imports, mutations and undo all work on documents. A reference is a slug; an absent field is unknown.

use entity::vocabulary::SubjectType;
use serde::{Serialize, de::DeserializeOwned};

use crate::domain::slug::Slug;
use crate::domain::validation::ValidationErrors;

/// The state of one subject.
pub trait SubjectDocument: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The subject's type.
    const SUBJECT: SubjectType;
    /// The name of its table, which is also its name in messages.
    const TABLE_NAME: &'static str;

    /// The name by which other documents refer to it.
    fn slug(&self) -> &Slug;

    /// What is wrong with it by itself, each with the field in question.
    fn validate(&self) -> ValidationErrors;

    /// The other subjects that it refers to.
    fn references(&self) -> Vec<Reference<'_>>;

    /// The name as its source writes it.
    fn name(&self) -> &str;

    /// The position in the source list, from 1, if its type has one.
    fn position(&self) -> Option<i32> {
        None
    }

    /// The text that search looks in, without what others lend to it.
    fn search_text(&self) -> String;

    /// What it lends to the search text of those that refer to it.
    fn contributed_search_text(&self) -> Option<String> {
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
    pub fn to<D: SubjectDocument>(field: impl Into<String>, slug: &'a Slug) -> Self {
        Self { field: field.into(), noun: D::TABLE_NAME, slug }
    }
}
