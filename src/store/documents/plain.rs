//! The documents that the provided methods of [`Persist`] write and read.

use entity::{architecture, dataset, organization, source, vocabulary::SubjectType};

use crate::domain::architecture::ArchitectureDocument;
use crate::domain::dataset::DatasetDocument;
use crate::domain::organization::OrganizationDocument;
use crate::domain::source::SourceDocument;
use crate::error::Result;
use crate::store::documents::model::propagate_organization_names;
use crate::store::documents::{ForeignKey, Persist};
use crate::store::write_transaction::WriteTransaction;

impl Persist for OrganizationDocument {
    type Entity = organization::Entity;
    const FOREIGN_KEYS: &'static [ForeignKey] = &[
        ForeignKey {
            table: "model_organization",
            column: "organization_id",
            referrer: SubjectType::Model,
            referrer_id: "model_id",
        },
        ForeignKey { table: "source", column: "publisher_id", referrer: SubjectType::Source, referrer_id: "id" },
    ];

    async fn propagate(write: &WriteTransaction, updated: &[(i32, &Self)]) -> Result<()> {
        let ids = updated.iter().map(|(id, _)| *id).collect::<Vec<_>>();
        propagate_organization_names(write.transaction(), &ids).await
    }
}

impl Persist for SourceDocument {
    type Entity = source::Entity;
    const FOREIGN_KEYS: &'static [ForeignKey] =
        &[ForeignKey { table: "source", column: "derived_from_id", referrer: SubjectType::Source, referrer_id: "id" }];
}

impl Persist for ArchitectureDocument {
    type Entity = architecture::Entity;
    const FOREIGN_KEYS: &'static [ForeignKey] =
        &[ForeignKey { table: "model", column: "architecture_id", referrer: SubjectType::Model, referrer_id: "id" }];
}

impl Persist for DatasetDocument {
    type Entity = dataset::Entity;
    const FOREIGN_KEYS: &'static [ForeignKey] = &[ForeignKey {
        table: "model_dataset",
        column: "dataset_id",
        referrer: SubjectType::Model,
        referrer_id: "model_id",
    }];
}
