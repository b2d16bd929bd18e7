//! Revisions.

use sea_orm::{QueryOrder, QuerySelect, SelectGetableTuple, Selector, entity::prelude::*};
use serde::Deserialize;

use crate::vocabulary::{RevisionAction, SubjectType};

/// A change of one subject. The highest number is the version of the whole catalog.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "revision")]
pub struct Model {
    /// 1, 2, 3 … in the order of commits, without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// The time of the commit.
    pub created_at: DateTimeUtc,
    /// The actor that made the change: the name of a token, or of a command such as "seed".
    #[sea_orm(column_type = "Text", indexed)]
    pub actor: String,
    /// The reason that the actor gave; null if there is none.
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    /// The proposer of the change, if the actor accepted a proposal: the name of a token, or "anonymous". Otherwise null.
    #[sea_orm(column_type = "Text", nullable)]
    pub proposer: Option<String>,
    /// The kind of change.
    pub action: RevisionAction,
    /// The type of the subject.
    pub subject_type: SubjectType,
    /// The id of the subject's row. Not a foreign key: revisions remain when the row is deleted.
    pub subject_id: i32,
    /// The slug of the subject after the change, or before it if the change deleted the subject.
    #[sea_orm(column_type = "Text")]
    pub subject_slug: String,
    /// The document before the change; null if the change created the subject.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub before: Option<Json>,
    /// The document after the change; null if the change deleted the subject.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub after: Option<Json>,
    /// The normalized name after the change, as in the subject's row; null if the change deleted the subject.
    #[sea_orm(column_type = "Text", nullable)]
    pub name_key: Option<String>,
    /// The text that search matches after the change, without the parts that other subjects contribute; null if the change deleted
    /// the subject.
    #[sea_orm(column_type = "Text", nullable)]
    pub search_text: Option<String>,
    /// The text that the subject contributes to the search text of other subjects: the names of an organization, for the models
    /// that it made. Null if it contributes none.
    #[sea_orm(column_type = "Text", nullable)]
    pub lent_text: Option<String>,
    /// The provenance after the change, as a list: about the subject, then about each of its sizes and of its checkpoints in their order. Null
    /// if the type of subject has no evidence, and in revisions of an earlier release.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub provenance: Option<Json>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// Selects the number and the time of the latest revision, without its documents, which may be large.
    pub fn last() -> Selector<SelectGetableTuple<(i32, DateTimeUtc)>> {
        let last = Self::find().order_by_desc(Column::Number).limit(1);
        last.select_only().column(Column::Number).column(Column::CreatedAt).into_tuple()
    }
}
