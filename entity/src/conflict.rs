//! Facts in conflict.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::vocabulary::SubjectType;

/// Derived: a fact whose value or statements contradict each other, with the revisions since and until which they do.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "conflict")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// The type of the subject.
    pub subject_type: SubjectType,
    /// The id of the subject's row. Not a foreign key: the conflicts of a deleted subject remain.
    pub subject_id: i32,
    /// The label of the size that the fact belongs to; empty if it belongs to the subject itself.
    #[sea_orm(column_type = "Text")]
    pub part: String,
    /// The name of the fact.
    #[sea_orm(column_type = "Text")]
    pub field: String,
    /// Whether the value differs from the statement that holds.
    pub contradicted: bool,
    /// The number of the revision since which it is in conflict.
    pub added_revision: i32,
    /// The number of the revision that ended the conflict; null if it goes on.
    pub removed_revision: Option<i32>,
}

impl ActiveModelBehavior for ActiveModel {}
