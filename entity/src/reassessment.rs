//! Provenance that changed without its subject.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::vocabulary::SubjectType;

/// Derived: the provenance of a subject since a revision of a source that its evidence cites.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "reassessment")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// The type of the subject.
    pub subject_type: SubjectType,
    /// The id of the subject's row. Not a foreign key: the history of a deleted subject remains.
    pub subject_id: i32,
    /// The number of the revision of the source.
    pub revision: i32,
    /// The provenance, as that of revisions.
    #[sea_orm(column_type = "JsonBinary")]
    pub provenance: Json,
}

impl ActiveModelBehavior for ActiveModel {}
