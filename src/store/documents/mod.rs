//! Documents in the database: writes them to rows and reads them back, in batches. A single document is a batch of one.

pub mod base;
pub mod checkpoint;
pub mod inherited_license;
pub mod license;
pub mod link;
pub mod model;
pub mod plain;

use std::{collections::HashMap, str::FromStr};

use entity::vocabulary::{Confidence, SubjectType};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult,
    IdenStatic, Iterable, QuerySelect, QueryTrait,
    sea_query::{Expr, OnConflict},
};

use crate::db::bulk::{bulk_insert, distinct, insert_subjects};
use crate::db::sql::in_array;
use crate::domain::document::SubjectDocument;
use crate::domain::evidence::assessment::{PartAssessment, Provenance};
use crate::domain::facts::Facts;
use crate::domain::slug::Slug;
use crate::domain::text::normalize;
use crate::error::{Error, Result};
use crate::store::evidence;
use crate::store::references::{ReferenceIds, SlugIndex};
use crate::store::write_transaction::WriteTransaction;

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
/// ([`Facts`]), with its links. A document with other columns overrides [`Persist::write_other_columns`] and
/// [`Persist::read_other_columns`], one with rows of its own in another table [`Persist::write_parts`] and
/// [`Persist::load_parts`].
pub trait Persist:
    SubjectDocument
    + Facts<Row = <Self::Entity as EntityTrait>::Model, ActiveRow = <Self::Entity as EntityTrait>::ActiveModel>
{
    /// The entity of the table, which has the columns of [`SubjectColumns`], `id` and `version`.
    type Entity: EntityTrait<
            Model: FromQueryResult + Send + Sync,
            ActiveModel: ActiveModelBehavior + ActiveModelTrait<Entity = Self::Entity> + Default + Send,
        >;
    /// The columns of all tables that refer to the subject.
    const FOREIGN_KEYS: &'static [ForeignKey];

    /// Writes the rows of documents, each in its [`WriteMode`]. The number of statements does not depend on the number of
    /// documents. A document may refer to earlier ones of the batch. Returns the ids of the subjects, in order.
    fn write(
        write: &WriteTransaction,
        documents: &[DocumentWrite<'_, Self>],
        references: &ReferenceIds,
    ) -> impl Future<Output = Result<Vec<i32>>> + Send {
        async move {
            let id_of = |subject, slug: &Slug| references.column_of::<Self>(subject, slug);
            let rows = documents.iter().map(|DocumentWrite { document, mode, parts }| {
                let mut row = <Self::ActiveRow as Default>::default();
                document.write_row(&mut row, &id_of)?;
                document.write_other_columns(&mut row);
                let columns = SubjectColumns {
                    slug: document.slug(),
                    name: document.name(),
                    search_text: document.search_text(),
                    provenance: provenance_of(parts, ""),
                };
                Ok((*mode, columns, row))
            });
            let ids = upsert_subjects(write, rows.collect::<Result<_>>()?).await?;
            let existing = existing_ids(documents);
            let written = ids.iter().copied().zip(documents.iter().map(|written| written.document));
            let written = written.collect::<Vec<_>>();
            base::write(write, &written, references).await?;
            Self::write_parts(write.transaction(), &written, &existing).await?;
            if Self::HAS_LINKS {
                let links = written.iter().map(|(id, document)| (*id, document.links())).collect();
                link::write(write.transaction(), Self::SUBJECT, &existing, links).await?;
            }
            let updated = written.into_iter().filter(|(id, _)| existing.contains(id)).collect::<Vec<_>>();
            Self::propagate(write, &updated).await?;
            Ok(ids)
        }
    }

    /// Sets the columns that are neither those of every subject nor declared.
    fn write_other_columns(&self, _: &mut Self::ActiveRow) {}

    /// Sets the fields of [`Persist::write_other_columns`] from a row.
    fn read_other_columns(&mut self, _: &Self::Row) {}

    /// Writes the rows that documents, given with their ids, have in other tables besides their links. `existing` are the ids
    /// of those that may have rows already.
    fn write_parts(
        _: &DatabaseTransaction,
        _documents: &[(i32, &Self)],
        _existing: &[i32],
    ) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// Reads the rows of [`Persist::write_parts`] into the documents of the subjects with these ids.
    fn load_parts<C: ConnectionTrait>(
        _: &C,
        _ids: &[i32],
        _documents: &mut [Self],
    ) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// Updates the columns of other tables that are derived from updated documents, given with their ids.
    fn propagate(_: &WriteTransaction, _: &[(i32, &Self)]) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// Reads the documents of the subjects with these ids, in the order of `ids`. The number of statements does not depend on
    /// the number of documents.
    fn load<C: ConnectionTrait>(db: &C, ids: &[i32]) -> impl Future<Output = Result<Vec<Self>>> + Send {
        async move {
            let rows = subject_rows::<Self>(db, ids).await?;
            let slugs = SlugIndex::read(db, rows.iter().flat_map(|(_, row)| Self::referenced_ids(row))).await?;
            let slug_of = |subject, id| slugs.get(subject, Some(id));
            let mut documents = Vec::new();
            for (columns, row) in &rows {
                let mut document = Self::new(columns.slug.clone(), columns.name.clone());
                document.read_row(row, &slug_of);
                document.read_other_columns(row);
                documents.push(document);
            }
            Self::load_parts(db, ids, &mut documents).await?;
            if Self::HAS_LINKS {
                let mut links = link::load(db, Self::SUBJECT, ids).await?;
                for (id, document) in ids.iter().zip(&mut documents) {
                    document.set_links(links.remove(id).unwrap_or_default());
                }
            }
            evidence::load(db, ids, &mut documents).await?;
            Ok(documents)
        }
    }
}

/// The slug and the name of a row.
pub struct NameColumns {
    /// The slug.
    pub slug: Slug,
    /// The name.
    pub name: String,
}

/// Reads the rows of subjects, in the order of `ids`.
///
/// # Errors
/// The database fails, or a row is missing.
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

/// A document to write.
pub struct DocumentWrite<'a, D> {
    /// The document.
    pub document: &'a D,
    /// How it is written.
    pub mode: WriteMode,
    /// The state of its facts and of those of its parts; empty if documents of the type have no evidence.
    pub parts: &'a [PartAssessment],
}

/// Returns the provenance of the facts of a part; an empty label is that of the subject itself.
pub fn provenance_of(parts: &[PartAssessment], label: &str) -> Option<Provenance> {
    parts.iter().find(|part| part.part == label).map(|part| part.provenance)
}

/// How a document is written.
#[derive(Clone, Copy, Debug)]
pub enum WriteMode {
    /// As the rows of a new subject.
    Insert,
    /// Over the rows of an existing subject.
    Update(SubjectRef),
    /// As new rows with the old id and the next version of a deleted subject.
    Restore(SubjectRef),
}

/// Returns the ids of the subjects that are updated, which may have child rows already.
pub fn existing_ids<D>(documents: &[DocumentWrite<'_, D>]) -> Vec<i32> {
    let ids = documents.iter().filter_map(|written| match written.mode {
        WriteMode::Update(subject) => Some(subject.id),
        WriteMode::Insert | WriteMode::Restore(_) => None,
    });
    ids.collect()
}

/// The columns that the tables of all types of subjects have.
pub struct SubjectColumns<'a> {
    /// The slug.
    pub slug: &'a Slug,
    /// The name as the source writes it.
    pub name: &'a str,
    /// The text that search matches.
    pub search_text: String,
    /// The provenance of its facts; none if the type of subject has no evidence.
    pub provenance: Option<Provenance>,
}

/// Writes the rows of subjects, each in its [`WriteMode`]. Returns the ids of the subjects, in order.
pub async fn upsert_subjects<A>(
    write: &WriteTransaction,
    subjects: Vec<(WriteMode, SubjectColumns<'_>, A)>,
) -> Result<Vec<i32>>
where
    A: ActiveModelTrait + ActiveModelBehavior + Send,
{
    let (mut new_rows, mut rows_with_id) = (Vec::new(), Vec::new());
    let mut slugs_and_ids = Vec::new();
    for (mode, common, mut row) in subjects {
        let slug = common.slug.as_str();
        let mut set = |name: &str, value: sea_orm::Value| {
            let column = <A::Entity as EntityTrait>::Column::from_str(name);
            let missing = |_| DbErr::Custom(format!("the table of a subject has no column {name}"));
            row.try_set(column.map_err(missing)?, value)
        };
        set("slug", slug.into())?;
        set("name", common.name.into())?;
        set("name_key", normalize(common.name).into())?;
        set("search_text", common.search_text.into())?;
        set("created_at", write.time().into())?;
        set("updated_at", write.time().into())?;
        if let Some(Provenance { confidence, sources, conflicts, unsourced }) = common.provenance {
            set("lowest_confidence", confidence.map(Confidence::word).into())?;
            set("source_count", sources.into())?;
            set("conflict_count", conflicts.into())?;
            set("unsourced_count", unsourced.into())?;
        }
        if let WriteMode::Update(subject) | WriteMode::Restore(subject) = mode {
            set("id", subject.id.into())?;
            set("version", (subject.version + 1).into())?;
            slugs_and_ids.push((slug, Some(subject.id)));
            rows_with_id.push(row);
        } else {
            set("version", 1.into())?;
            slugs_and_ids.push((slug, None));
            new_rows.push(row);
        }
    }
    let new_ids = insert_subjects(write.transaction(), new_rows).await?;
    bulk_insert(write.transaction(), rows_with_id, Some(&upsert_subject_conflict::<A::Entity>())).await?;
    let id = |(slug, id): (&str, Option<i32>)| {
        let missing = || Error::internal(DbErr::RecordNotInserted);
        id.or_else(|| new_ids.get(slug).copied()).ok_or_else(missing)
    };
    slugs_and_ids.into_iter().map(id).collect()
}

/// Returns the ON CONFLICT clause that updates all columns of an existing subject but its id and its time of creation.
fn upsert_subject_conflict<E: EntityTrait>() -> OnConflict {
    let changes = E::Column::iter().filter(|column| !["id", "created_at"].contains(&column.as_str()));
    OnConflict::column("id").update_columns(changes).to_owned()
}

/// A reference to the row of a subject in the catalog.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct SubjectRef {
    /// The primary key.
    pub id: i32,
    /// The version, for optimistic concurrency control: 1 for a new subject, and 1 more with each change.
    pub version: i32,
}

/// Finds the subjects with these slugs, by one statement. Those that do not exist are left out.
///
/// # Errors
/// The database fails.
pub async fn find<D: Persist>(db: &impl ConnectionTrait, slugs: &[&Slug]) -> Result<HashMap<Slug, SubjectRef>> {
    let slugs = distinct(slugs.to_vec()).into_iter().map(|slug| slug.as_str().to_owned()).collect::<Vec<_>>();
    if slugs.is_empty() {
        return Ok(HashMap::new());
    }
    let columns = ["slug", "id", "version"].map(Expr::col);
    let mut statement = D::Entity::find().select_only().exprs(columns).into_query();
    statement.and_where(in_array(db.get_database_backend(), Expr::col("slug"), &slugs));
    let rows = db.query_all(&statement).await?;
    let subjects = rows.iter().map(|row| {
        let slug = Slug::from_column(row.try_get::<String>("", "slug")?)?;
        Ok((slug, SubjectRef::from_query_result(row, "")?))
    });
    subjects.collect()
}

/// Returns the internal error for a subject whose row is missing.
pub fn row_missing<D: SubjectDocument>(id: i32) -> Error {
    Error::internal(DbErr::RecordNotFound(format!("{} {id}", D::SUBJECT.table())))
}
