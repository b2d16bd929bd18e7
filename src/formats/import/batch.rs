//! What an import has read and not yet written.

use std::collections::{HashMap, HashSet};

use crate::domain::architecture::ArchitectureDocument;
use crate::domain::dataset::DatasetDocument;
use crate::domain::license::LicenseDocument;
use crate::domain::model::ModelDocument;
use crate::domain::organization::OrganizationDocument;
use crate::domain::slug::Slug;
use crate::store::documents::SubjectRef;

/// What is read and not yet written, of every noun.
#[derive(Default)]
pub struct Batches {
    pub(super) organizations: Batch<OrganizationDocument>,
    pub(super) licenses: Batch<LicenseDocument>,
    pub(super) architectures: Batch<ArchitectureDocument>,
    pub(super) datasets: Batch<DatasetDocument>,
    pub(super) models: Batch<ModelDocument>,
}

/// The same of one noun.
pub struct Batch<D> {
    /// Subjects as the catalog has them.
    pub(super) known: HashMap<Slug, (SubjectRef, D)>,
    /// Subjects that change, before and after.
    pub(super) steps: Vec<(Option<(SubjectRef, D)>, D)>,
    /// The slugs of those.
    pub(super) changed: HashSet<Slug>,
}

impl<D> Default for Batch<D> {
    fn default() -> Self {
        Self { known: HashMap::new(), steps: Vec::new(), changed: HashSet::new() }
    }
}
