//! How documents are written to rows and read back, in batches; one document is a batch of one.

pub mod link;
pub mod model;
pub mod plain;

use std::{collections::HashMap, str::FromStr};

use entity::vocabulary::SubjectType;

use crate::db::bulk::{bulk_insert, distinct, insert_subjects};
use crate::db::sql::in_array;
use crate::domain::document::SubjectDocument;
use crate::domain::facts::Facts;
use crate::domain::slug::Slug;
use crate::domain::text::normalize;
use crate::error::{Error, Result};
use crate::store::references::{ReferenceIds, SlugIndex};
use crate::store::write_transaction::WriteTransaction;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable,
    QuerySelect, QueryTrait,
    sea_query::{Expr, OnConflict},
};

/// A column with the id of a subject.
#[derive(Clone, Copy, Debug)]
pub struct ForeignKey {
    /// The table of the column.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The type of the subject that refers by it.
    pub referrer: SubjectType,
    /// The column of the table with the id of that subject: `id`, or another column of a junction or child table.
    pub referrer_id: &'static str,
}

/// A document that can be written to rows and read back.
///
/// The provided methods suffice for a document whose row has nothing but the columns of every subject and declared columns
/// ([`Facts`]), with its links.
pub trait Persist:
    SubjectDocument
    + Facts<Row = <Self::Entity as EntityTrait>::Model, ActiveRow = <Self::Entity as EntityTrait>::ActiveModel>
{
    /// The entity of its table, which has the columns of every subject.
    type Entity: EntityTrait<
            Model: FromQueryResult + Send + Sync,
            ActiveModel: ActiveModelBehavior + ActiveModelTrait<Entity = Self::Entity> + Default + Send,
        >;
    /// The columns of other tables that refer to it.
    const FOREIGN_KEYS: &'static [ForeignKey];

    /// Writes the rows of documents with a number of statements that does not depend on theirs. A document may refer to
    /// those before it. Returns the subjects' ids, in order.
    fn write(
        write: &WriteTransaction,
        documents: &[(&Self, WriteMode)],
        references: &ReferenceIds,
    ) -> impl Future<Output = Result<Vec<i32>>> + Send {
        async move {
            let id_of = |subject, slug: &Slug| references.id_of(subject, slug);
            let rows = documents.iter().map(|(document, mode)| {
                let mut row = <Self::ActiveRow as Default>::default();
                document.write_row(&mut row, &id_of)?;
                let columns = SubjectColumns {
                    slug: document.slug(),
                    name: document.name(),
                    search_text: document.search_text(),
                };
                Ok((*mode, columns, row))
            });
            let ids = upsert_subjects(write, rows.collect::<Result<_>>()?).await?;
            let existing = existing_ids(documents);
            if Self::HAS_LINKS {
                let links = ids.iter().zip(documents).map(|(id, (document, _))| (*id, document.links())).collect();
                link::write(write.transaction(), Self::SUBJECT, &existing, links).await?;
            }
            let updated = ids.iter().zip(documents).filter(|(id, _)| existing.contains(id));
            let updated = updated.map(|(id, (document, _))| (*id, *document)).collect::<Vec<_>>();
            Self::propagate(write, &updated).await?;
            Ok(ids)
        }
    }

    /// Updates the columns of other tables that are derived from updated documents, given with their ids.
    fn propagate(_: &WriteTransaction, _: &[(i32, &Self)]) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// Reads documents back from their rows, in the order of their ids, with a number of statements that does not depend on
    /// theirs.
    fn load<C: ConnectionTrait>(db: &C, ids: &[i32]) -> impl Future<Output = Result<Vec<Self>>> + Send {
        async move {
            let rows = subject_rows::<Self>(db, ids).await?;
            let slugs = SlugIndex::read(db, rows.iter().flat_map(|(_, row)| Self::referenced_ids(row))).await?;
            let slug_of = |subject, id| slugs.get(subject, Some(id));
            let mut documents = Vec::new();
            for (columns, row) in &rows {
                let mut document = Self::new(columns.slug.clone(), columns.name.clone());
                document.read_row(row, &slug_of);
                documents.push(document);
            }
            if Self::HAS_LINKS {
                let mut links = link::load(db, Self::SUBJECT, ids).await?;
                for (id, document) in ids.iter().zip(&mut documents) {
                    document.set_links(links.remove(id).unwrap_or_default());
                }
            }
            Ok(documents)
        }
    }
}

/// The name and slug of a row.
pub struct NameColumns {
    /// The slug.
    pub slug: Slug,
    /// The name.
    pub name: String,
}

/// The rows of subjects, in the order of their ids.
///
/// # Errors
/// The database fails, or has no such row.
pub async fn subject_rows<D: Persist>(
    db: &impl ConnectionTrait,
    ids: &[i32],
) -> Result<Vec<(NameColumns, <D::Entity as EntityTrait>::Model)>> {
    let mut select = D::Entity::find().into_query();
    select.and_where(in_array(db.get_database_backend(), Expr::col("id"), ids));
    let mut rows = HashMap::<i32, _>::new();
    for row in db.query_all(&select).await? {
        let columns =
            NameColumns { slug: Slug::from_column(row.try_get("", "slug")?)?, name: row.try_get("", "name")? };
        rows.insert(row.try_get("", "id")?, (columns, FromQueryResult::from_query_result(&row, "")?));
    }
    ids.iter().map(|id| rows.remove(id).ok_or_else(|| row_missing::<D>(*id))).collect()
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
