//! How documents are written to rows and read back, in batches; one document is a batch of one.

pub mod architecture;
pub mod dataset;
pub mod license;
pub mod model;
pub mod organization;

pub mod link;

use std::{collections::HashMap, str::FromStr};

use crate::db::bulk::{bulk_insert, distinct, insert_subjects};
use crate::db::sql::in_array;
use crate::domain::document::SubjectDocument;
use crate::domain::slug::Slug;
use crate::domain::text::normalize;
use crate::error::{Error, Result};
use crate::store::references::ReferenceIds;
use crate::store::write_transaction::WriteTransaction;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable,
    QuerySelect, QueryTrait,
    sea_query::{Expr, OnConflict},
};

/// A document that can be written to rows and read back.
pub trait Persist: SubjectDocument {
    /// The table that has a row for each subject, with the columns `id`, `slug` and `version`.
    type Entity: EntityTrait;
    /// Who may refer to it: a noun, which is also its table, and SQL that holds there where the id `$1` is referred to.
    const REFERENCED_BY: &'static [(&'static str, &'static str)];

    /// Writes the rows of documents, each where its target says, by a number of statements that does not depend on theirs.
    /// A document may refer to those before it. Returns the subjects' ids, in order.
    fn write(
        write: &WriteTransaction,
        documents: &[(&Self, WriteMode)],
        references: &ReferenceIds,
    ) -> impl Future<Output = Result<Vec<i32>>> + Send;

    /// Reads documents back from their rows, in the order of their ids, by a number of statements that does not depend on
    /// theirs.
    fn load<C: ConnectionTrait>(db: &C, ids: &[i32]) -> impl Future<Output = Result<Vec<Self>>> + Send;
}

/// Where a document is written.
#[derive(Clone, Copy, Debug)]
pub enum WriteMode {
    /// To new rows.
    Insert,
    /// Over the rows of a subject.
    Update(SubjectRef),
    /// To new rows with the id and the next version of a subject that was deleted.
    Restore(SubjectRef),
}

/// The ids of the documents that are written over the rows of a subject.
pub fn existing_ids<D>(documents: &[(&D, WriteMode)]) -> Vec<i32> {
    let kept = documents.iter().filter_map(|(_, target)| match target {
        WriteMode::Update(subject) => Some(subject.id),
        WriteMode::Insert | WriteMode::Restore(_) => None,
    });
    kept.collect()
}

/// What every subject's row has besides its own columns.
pub struct SubjectColumns<'a> {
    /// The name that addresses use.
    pub slug: &'a Slug,
    /// The name as its source writes it.
    pub name: &'a str,
    /// The text that search looks in.
    pub search_text: String,
}

/// Writes the rows of subjects, each where its target says. Returns the subjects' ids, in order.
pub async fn upsert_subjects<A>(
    write: &WriteTransaction,
    subjects: Vec<(WriteMode, SubjectColumns<'_>, A)>,
) -> Result<Vec<i32>>
where
    A: ActiveModelTrait + ActiveModelBehavior + Send,
{
    let (mut new, mut known) = (Vec::new(), Vec::new());
    let mut places = Vec::new();
    for (target, common, mut row) in subjects {
        let slug = common.slug.as_str();
        let mut set = |name: &str, value: sea_orm::Value| {
            let column = <A::Entity as EntityTrait>::Column::from_str(name);
            row.try_set(column.map_err(|_| DbErr::Custom(format!("a subject without the column {name}")))?, value)
        };
        set("slug", slug.into())?;
        set("name", common.name.into())?;
        set("name_key", normalize(common.name).into())?;
        set("search_text", common.search_text.into())?;
        set("created_at", write.time().into())?;
        set("updated_at", write.time().into())?;
        if let WriteMode::Update(subject) | WriteMode::Restore(subject) = target {
            set("id", subject.id.into())?;
            set("version", (subject.version + 1).into())?;
            places.push((slug, Some(subject.id)));
            known.push(row);
        } else {
            set("version", 1.into())?;
            places.push((slug, None));
            new.push(row);
        }
    }
    let ids = insert_subjects(write.transaction(), new).await?;
    bulk_insert(write.transaction(), known, Some(&upsert_subject_conflict::<A::Entity>())).await?;
    let id = |(slug, known): (&str, Option<i32>)| {
        let missing = || Error::internal(DbErr::RecordNotInserted);
        known.or_else(|| ids.get(slug).copied()).ok_or_else(missing)
    };
    places.into_iter().map(id).collect()
}

/// A subject that is there keeps its id and the time at which it came.
fn upsert_subject_conflict<E: EntityTrait>() -> OnConflict {
    let changes = E::Column::iter().filter(|column| !["id", "created_at"].contains(&column.as_str()));
    OnConflict::column("id").update_columns(changes).to_owned()
}

/// The row of a subject that is in the catalog.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct SubjectRef {
    /// Its key.
    pub id: i32,
    /// The number of its states so far.
    pub version: i32,
}

/// Finds the subjects that slugs call.
pub async fn find<D: Persist>(db: &impl ConnectionTrait, slugs: &[&Slug]) -> Result<HashMap<Slug, SubjectRef>> {
    let slugs = distinct(slugs.to_vec()).into_iter().map(|slug| slug.as_str().to_owned()).collect::<Vec<_>>();
    if slugs.is_empty() {
        return Ok(HashMap::new());
    }
    let columns = ["slug", "id", "version"].map(Expr::col);
    let mut statement = D::Entity::find().select_only().exprs(columns).into_query();
    statement.and_where(in_array(db.get_database_backend(), Expr::col("slug"), &slugs));
    let rows = db.query_all(&statement).await?;
    let found = rows.iter().map(|row| {
        let slug = Slug::from_column(row.try_get::<String>("", "slug")?)?;
        Ok((slug, SubjectRef::from_query_result(row, "")?))
    });
    found.collect()
}

/// The error of a subject that is not where it must be.
pub fn row_missing<D: SubjectDocument>(id: i32) -> Error {
    Error::internal(DbErr::RecordNotFound(format!("{} {id}", D::TABLE_NAME)))
}
