//! The documents that an import has read and not yet written.

use std::{
    any::{Any, TypeId},
    collections::{HashMap, HashSet},
};

use crate::domain::document::SubjectDocument;
use crate::domain::slug::Slug;
use crate::store::documents::SubjectRef;

/// A batch for each document type.
#[derive(Default)]
pub struct Batches(HashMap<TypeId, Box<dyn Any + Send>>);

impl Batches {
    /// The batch of a document type.
    pub(super) fn of<D: SubjectDocument>(&mut self) -> &mut Batch<D> {
        let batch = self.0.entry(TypeId::of::<D>()).or_insert_with(|| Box::new(Batch::<D>::default()));
        batch.downcast_mut().unwrap_or_else(|| unreachable!("the batch of a type is of this type"))
    }
}

/// The documents of one subject type.
pub(super) struct Batch<D> {
    /// Subjects as the catalog holds them.
    pub known: HashMap<Slug, (SubjectRef, D)>,
    /// Subjects that change: the state before, if any, and the state after.
    pub edits: Vec<(Option<(SubjectRef, D)>, D)>,
    /// The slugs of the subjects that change.
    pub changed: HashSet<Slug>,
}

impl<D> Default for Batch<D> {
    fn default() -> Self {
        Self { known: HashMap::new(), edits: Vec::new(), changed: HashSet::new() }
    }
}
