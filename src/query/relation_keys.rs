//! The relations that resolvers load, each a type of DataLoader key.

use std::{marker::PhantomData, sync::Arc};

use derive_where::derive_where;
use entity::{
    dataset, evidence, inherited_license, license, license_term, link, model_base, model_dataset, model_size,
    organization, proposal, revision,
};
use sea_orm::EntityTrait;
use serde::de::DeserializeOwned;

use crate::domain::link::{LinkOwner, ResolvedLink};
use crate::query::cache::CacheWeight;
use crate::query::dependencies::id_of;
use crate::query::relation::Relation;
use crate::query::relation_loader::RelationQuery;

/// Rows that several requests may share.
pub type Shared<M> = Arc<[Arc<M>]>;

/// The key of the row with an id.
#[derive_where(Clone, Debug)]
pub struct ById<E> {
    id: i32,
    entity: PhantomData<fn() -> E>,
}

impl<E> ById<E> {
    /// Creates the key of the row with this id.
    pub fn new(id: i32) -> Self {
        Self { id, entity: PhantomData }
    }
}

impl<E> RelationQuery for ById<E>
where
    E: EntityTrait<Model: DeserializeOwned + CacheWeight + Send + Sync>,
{
    type Entity = E;
    type Value = Option<Arc<E::Model>>;

    fn relation(&self) -> Relation {
        let table = E::default().table_name();
        Relation { table, by: (table, "id"), row: None, order: &[] }
    }

    fn id(&self) -> i32 {
        self.id
    }

    fn value(rows: Vec<Arc<E::Model>>) -> Self::Value {
        rows.into_iter().next()
    }
}

/// The key of the revision with a number.
#[derive(Clone, Copy, Debug)]
pub struct RevisionOf(pub i32);

impl RelationQuery for RevisionOf {
    type Entity = revision::Entity;
    type Value = Option<Arc<revision::Model>>;

    fn relation(&self) -> Relation {
        Relation { table: "revision", by: ("revision", "number"), row: None, order: &[] }
    }

    fn id(&self) -> i32 {
        self.0
    }

    fn value(rows: Vec<Arc<revision::Model>>) -> Self::Value {
        rows.into_iter().next()
    }
}

/// The key of the accepted proposal whose last revision has a number.
#[derive(Clone, Copy, Debug)]
pub struct ProposalOf(pub i32);

impl RelationQuery for ProposalOf {
    type Entity = proposal::Entity;
    type Value = Option<Arc<proposal::Model>>;

    fn relation(&self) -> Relation {
        Relation { table: "proposal", by: ("proposal", "revision"), row: None, order: &[] }
    }

    fn id(&self) -> i32 {
        self.0
    }

    fn value(rows: Vec<Arc<proposal::Model>>) -> Self::Value {
        rows.into_iter().next()
    }
}

/// Declares a to-many relation: its key type, its table, the column `by` of which rows are loaded, the column of the row's id
/// if that is in a junction table, and the order.
macro_rules! relation_key {
    ($(#[$meta:meta])* $name:ident, $table:ident, $by:literal . $column:literal, $row:expr, $order:expr) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name(pub i32);

        impl RelationQuery for $name {
            type Entity = $table::Entity;
            type Value = Shared<$table::Model>;

            fn relation(&self) -> Relation {
                Relation { table: stringify!($table), by: ($by, $column), row: $row, order: $order }
            }

            fn id(&self) -> i32 {
                self.0
            }

            fn row_ids(rows: &Self::Value) -> Vec<i32> {
                rows.iter().filter_map(|row| id_of(&**row)).collect()
            }

            fn value(rows: Vec<Arc<$table::Model>>) -> Self::Value {
                rows.into()
            }
        }
    };
}

relation_key! {
    /// The key of the sizes of a model, ordered by parameters.
    SizesOf, model_size, "model_size"."model_id", None, &[("model_size", "parameters"), ("model_size", "label")]
}

relation_key! {
    /// The key of the terms of a license, in its order.
    TermsOf, license_term, "license_term"."license_id", None, &[("license_term", "position")]
}

relation_key! {
    /// The key of the licenses that the sizes of a model inherit.
    InheritedLicensesOf, inherited_license, "inherited_license"."model_id", None,
    &[("inherited_license", "license_id")]
}

relation_key! {
    /// The key of the bases of a model, in the model's order.
    BasesOf, model_base, "model_base"."model_id", None, &[("model_base", "position")]
}

relation_key! {
    /// The key of the datasets of a model, in the model's order.
    DatasetsOf, dataset, "model_dataset"."model_id", Some("dataset_id"), &[("model_dataset", "position")]
}

relation_key! {
    /// The key of the training data of a model, in the model's order.
    TrainingOf, model_dataset, "model_dataset"."model_id", None, &[("model_dataset", "position")]
}

relation_key! {
    /// The key of the organizations that made a model, in the model's order.
    OrganizationsOf, organization, "model_organization"."model_id", Some("organization_id"),
    &[("model_organization", "position")]
}

relation_key! {
    /// The key of the licenses that apply to a model, in the order of its sizes.
    LicensesOf, license, "model_license"."model_id", Some("license_id"), &[("model_license", "position")]
}

relation_key! {
    /// The key of the evidence that a revision added.
    EvidenceAddedBy, evidence, "evidence"."added_revision", None, &[("evidence", "id")]
}

relation_key! {
    /// The key of the evidence that a revision removed.
    EvidenceRemovedBy, evidence, "evidence"."removed_revision", None, &[("evidence", "id")]
}

/// The key of the links of a subject, in the subject's order. Links with an unsafe URL are left out.
#[derive(Clone, Copy, Debug)]
pub struct LinksOf(pub LinkOwner);

impl RelationQuery for LinksOf {
    type Entity = link::Entity;
    type Value = Shared<ResolvedLink>;

    fn relation(&self) -> Relation {
        Relation { table: "link", by: ("link", self.0.column()), row: None, order: &[("link", "position")] }
    }

    fn id(&self) -> i32 {
        self.0.id
    }

    fn value(rows: Vec<Arc<link::Model>>) -> Self::Value {
        rows.into_iter().map(Arc::unwrap_or_clone).filter_map(ResolvedLink::of).map(Arc::new).collect()
    }
}
