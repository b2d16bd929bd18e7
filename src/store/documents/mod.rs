//! How documents are written to rows and read back, in batches; one document is a batch of one.

pub mod architecture;
pub mod dataset;
pub mod license;
pub mod model;
pub mod organization;

pub mod link;

use std::{collections::HashMap, str::FromStr};

use crate::db::bulk::{distinct, insert, insert_subjects};
use crate::db::sql::one_of;
use crate::domain::document::Document;
use crate::domain::slug::Slug;
use crate::domain::text::normalize;
use crate::error::{Error, Result};
use crate::store::references::References;
use crate::store::write_transaction::WriteTransaction;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable,
    QuerySelect, QueryTrait,
    sea_query::{Expr, OnConflict},
};

/// A document that can be written to rows and read back.
pub trait Persist: Document {
    /// The table that has a row for each subject, with the columns `id`, `slug` and `version`.
    type Entity: EntityTrait;
    /// Who may refer to it: a noun, which is also its table, and SQL that holds there where the id `$1` is referred to.
    const USERS: &'static [(&'static str, &'static str)];

    /// Writes the rows of documents, each where its target says, by a number of statements that does not depend on theirs.
    /// A document may refer to those before it. Returns the subjects' ids, in order.
    fn write(
        write: &WriteTransaction,
        documents: &[(&Self, Target)],
        references: &References,
    ) -> impl Future<Output = Result<Vec<i32>>> + Send;

    /// Reads documents back from their rows, in the order of their ids, by a number of statements that does not depend on
    /// theirs.
    fn load<C: ConnectionTrait>(db: &C, ids: &[i32]) -> impl Future<Output = Result<Vec<Self>>> + Send;
}

/// Where a document is written.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// To new rows.
    New,
    /// Over the rows of a subject.
    Over(Existing),
    /// To new rows with the id and the next version of a subject that was deleted.
    Again(Existing),
}

/// The ids of the documents that are written over the rows of a subject.
pub fn kept<D>(documents: &[(&D, Target)]) -> Vec<i32> {
    let kept = documents.iter().filter_map(|(_, target)| match target {
        Target::Over(subject) => Some(subject.id),
        Target::New | Target::Again(_) => None,
    });
    kept.collect()
}

/// What every subject's row has besides its own columns.
pub struct Common<'a> {
    /// The name that addresses use.
    pub slug: &'a Slug,
    /// The name as its source writes it.
    pub name: &'a str,
    /// The text that search looks in.
    pub search_text: String,
}

/// Writes the rows of subjects, each where its target says. Returns the subjects' ids, in order.
pub async fn store<A>(write: &WriteTransaction, subjects: Vec<(Target, Common<'_>, A)>) -> Result<Vec<i32>>
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
        if let Target::Over(subject) | Target::Again(subject) = target {
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
    insert(write.transaction(), known, Some(&over_subjects::<A::Entity>())).await?;
    let id = |(slug, known): (&str, Option<i32>)| {
        let missing = || Error::internal(DbErr::RecordNotInserted);
        known.or_else(|| ids.get(slug).copied()).ok_or_else(missing)
    };
    places.into_iter().map(id).collect()
}

/// A subject that is there keeps its id and the time at which it came.
fn over_subjects<E: EntityTrait>() -> OnConflict {
    let changes = E::Column::iter().filter(|column| !["id", "created_at"].contains(&column.as_str()));
    OnConflict::column("id").update_columns(changes).to_owned()
}

/// The row of a subject that is in the catalog.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct Existing {
    /// Its key.
    pub id: i32,
    /// The number of its states so far.
    pub version: i32,
}

/// Finds the subjects that slugs call.
pub async fn find<D: Persist>(db: &impl ConnectionTrait, slugs: &[&Slug]) -> Result<HashMap<Slug, Existing>> {
    let slugs = distinct(slugs.to_vec()).into_iter().map(|slug| slug.as_str().to_owned()).collect::<Vec<_>>();
    if slugs.is_empty() {
        return Ok(HashMap::new());
    }
    let columns = ["slug", "id", "version"].map(Expr::col);
    let mut statement = D::Entity::find().select_only().exprs(columns).into_query();
    statement.and_where(one_of(db.get_database_backend(), Expr::col("slug"), &slugs));
    let rows = db.query_all(&statement).await?;
    let found = rows.iter().map(|row| {
        let slug = Slug::from_column(row.try_get::<String>("", "slug")?)?;
        Ok((slug, Existing::from_query_result(row, "")?))
    });
    found.collect()
}

/// The error of a subject that is not where it must be.
pub fn missing<D: Document>(id: i32) -> Error {
    Error::internal(DbErr::RecordNotFound(format!("{} {id}", D::NOUN)))
}
