//! Documents that an import has loaded or changed, until it saves them.

use std::{
    any::{Any, TypeId},
    collections::{HashMap, HashSet},
};

use crate::domain::document::SubjectDocument;
use crate::domain::slug::Slug;
use crate::store::documents::SubjectRef;

/// A batch for each document type.
#[derive(Default)]
pub struct DocumentBatches(HashMap<TypeId, Box<dyn Any + Send>>);

impl DocumentBatches {
    /// Returns the batch of a document type.
    pub(super) fn of<D: SubjectDocument>(&mut self) -> &mut Batch<D> {
        let batch = self.0.entry(TypeId::of::<D>()).or_insert_with(|| Box::new(Batch::<D>::default()));
        batch.downcast_mut().unwrap_or_else(|| unreachable!("the batch of a type is of this type"))
    }
}

/// The documents of one subject type.
pub(super) struct Batch<D> {
    /// Subjects in their current state in the catalog, by slug.
    pub known: HashMap<Slug, (SubjectRef, D)>,
    /// Changed subjects: the state before, `None` for a new subject, and the state after.
    pub edits: Vec<(Option<(SubjectRef, D)>, D)>,
    /// The slugs of the changed subjects.
    pub changed: HashSet<Slug>,
}

impl<D> Default for Batch<D> {
    fn default() -> Self {
        Self { known: HashMap::new(), edits: Vec::new(), changed: HashSet::new() }
    }
}
