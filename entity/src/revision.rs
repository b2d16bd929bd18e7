//! A revision.

use sea_orm::{QueryOrder, QuerySelect, SelectGetableTuple, Selector, entity::prelude::*};

use crate::vocabulary::{RevisionAction, SubjectType};

/// One change of one subject. The highest number is the version of the whole catalog.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revision")]
pub struct Model {
    /// 1, 2, 3 … in the order of commits, without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// When it was committed.
    pub created_at: DateTimeUtc,
    /// Who made it: the name of a token, or of a command.
    #[sea_orm(column_type = "Text", indexed)]
    pub actor: String,
    /// What it did.
    pub action: RevisionAction,
    /// What kind of thing it is about.
    pub subject_type: SubjectType,
    /// The row it is about; gone once that is deleted.
    pub subject_id: i32,
    /// The subject's slug after the change, or before it where the change deleted the subject.
    #[sea_orm(column_type = "Text")]
    pub subject_slug: String,
    /// The document before; null where the change created the subject.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub before: Option<Json>,
    /// The document after; null where the change deleted the subject.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub after: Option<Json>,
    /// The name normalised, as in the subject's row after the change; null where the change deleted the subject.
    #[sea_orm(column_type = "Text", nullable)]
    pub name_key: Option<String>,
    /// The text that search looked in after the change, without what others lend to it; null as `name_key`.
    #[sea_orm(column_type = "Text", nullable)]
    pub search_text: Option<String>,
    /// What the subject lends to the search text of others: an organization its names to the models it made. Null where
    /// it lends nothing.
    #[sea_orm(column_type = "Text", nullable)]
    pub lent_text: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Entity {
    /// The number and the time of the last revision, without its documents, which may be large.
    pub fn last() -> Selector<SelectGetableTuple<(i32, DateTimeUtc)>> {
        let last = Self::find().order_by_desc(Column::Number).limit(1);
        last.select_only().column(Column::Number).column(Column::CreatedAt).into_tuple()
    }
}
