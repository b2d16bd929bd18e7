//! Evidence.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::vocabulary::{Confidence, EvidenceRank, Qualifier, Stance, SubjectType};

/// The statement of a source about one fact of a subject, with the revisions that added and removed it. A statement that is
/// changed is removed and added, so its columns never change, but `agrees`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "evidence")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// The type of the subject.
    pub subject_type: SubjectType,
    /// The id of the subject's row. Not a foreign key: removed evidence remains when the row is deleted.
    pub subject_id: i32,
    /// The label of the size that the fact belongs to; empty if it belongs to the subject itself.
    #[sea_orm(column_type = "Text")]
    pub part: String,
    /// The name of the fact.
    #[sea_orm(column_type = "Text")]
    pub field: String,
    /// The value as JSON, as the source writes it; null unless the stance is STATED.
    #[sea_orm(column_type = "Text", nullable)]
    pub value: Option<String>,
    /// The stance of the source.
    pub stance: Stance,
    /// The id of the source's row. Not a foreign key, as `subject_id`.
    pub source_id: i32,
    /// The place in the source; null if unknown.
    #[sea_orm(column_type = "Text", nullable)]
    pub locator: Option<String>,
    /// The words of the source; null if there are none.
    #[sea_orm(column_type = "Text", nullable)]
    pub quote: Option<String>,
    /// The day on which the source was read, if that differs from its snapshots; otherwise null.
    pub accessed: Option<Date>,
    /// How the value is known.
    pub confidence: Confidence,
    /// How the value is to be read; null if it is just the value.
    pub qualifier: Option<Qualifier>,
    /// The rank among the evidence about the same fact.
    pub rank: EvidenceRank,
    /// The reason for the rank; null if there is none.
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    /// Derived: whether the value of the fact is one that the statement allows; null in rows of an earlier release.
    pub agrees: Option<bool>,
    /// Derived: the numbers of the revisions at which `agrees` turned, as JSON; null if it never did.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub turned_revisions: Option<Json>,
    /// The number of the revision that added it.
    pub added_revision: i32,
    /// The number of the revision that removed it; null if it is current.
    pub removed_revision: Option<i32>,
}

impl ActiveModelBehavior for ActiveModel {}
