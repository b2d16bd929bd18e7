//! Documents: the plain, complete state of one subject.
//!
//! Files, imports, mutations and undo all speak in documents. References are slugs, an absent field is an unknown one.

use std::str::FromStr;

use entity::vocabulary::SubjectType;
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait,
    FromQueryResult, IntoActiveModel, QuerySelect, QueryTrait, sea_query::Expr, sea_query::ValueTuple,
};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    change::Change,
    problem::Problems,
    text::{Slug, normalize},
};
use crate::error::{Error, Result};

/// A subject's state that can be saved and loaded.
pub trait Document: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync {
    /// The table that has a row for each subject, with the columns `id`, `slug` and `version`.
    type Entity: EntityTrait;
    /// What revisions call it.
    const SUBJECT: SubjectType;
    /// What people call it.
    const NOUN: &'static str;
    /// Who may refer to it: a noun, which is also its table, and SQL that holds there where the id `$1` is referred to.
    const USERS: &'static [(&'static str, &'static str)];

    /// The name by which other documents refer to it.
    fn slug(&self) -> &Slug;

    /// What is wrong with it by itself, each with the field in question.
    fn problems(&self) -> Problems;

    /// The other subjects that it refers to.
    fn references(&self) -> Vec<Reference<'_>>;

    /// The name as its source writes it.
    fn name(&self) -> &str;

    /// The text that search looks in, without what others lend to it.
    fn search_text(&self) -> String;

    /// What it lends to the search text of those that refer to it.
    fn lent_text(&self) -> Option<String> {
        None
    }

    /// Writes its rows where `target` says. Returns the subject's id.
    fn write(&self, change: &Change, target: Target) -> impl Future<Output = Result<i32>> + Send;

    /// Reads it back from its rows.
    fn load(db: &DatabaseTransaction, id: i32) -> impl Future<Output = Result<Self>> + Send;
}

/// A subject that a document refers to.
#[derive(Clone, Debug)]
pub struct Reference<'a> {
    /// The field it stands in.
    pub field: String,
    /// The table that it should be in.
    pub noun: &'static str,
    /// Its slug.
    pub slug: &'a Slug,
}

impl<'a> Reference<'a> {
    /// The subject of type `D` that `field` refers to.
    pub fn to<D: Document>(field: impl Into<String>, slug: &'a Slug) -> Self {
        Self { field: field.into(), noun: D::NOUN, slug }
    }
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

/// What every subject's row has besides its own columns.
pub struct Common<'a> {
    /// The name that addresses use.
    pub slug: &'a Slug,
    /// The name as its source writes it.
    pub name: &'a str,
    /// The text that search looks in.
    pub search_text: String,
}

/// Writes a subject's row. Returns the subject's id.
pub async fn store<A>(change: &Change, target: Target, common: Common<'_>, mut row: A) -> Result<i32>
where
    A: ActiveModelTrait + ActiveModelBehavior + Send,
    <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
{
    let mut set = |name: &str, value: sea_orm::Value| {
        let column = <A::Entity as EntityTrait>::Column::from_str(name);
        row.try_set(column.map_err(|_| DbErr::Custom(format!("a subject without the column {name}")))?, value)
    };
    set("slug", common.slug.as_str().into())?;
    set("name", common.name.into())?;
    set("name_key", normalize(common.name).into())?;
    set("search_text", common.search_text.into())?;
    set("updated_at", change.time().into())?;
    if let Target::Over(subject) | Target::Again(subject) = target {
        set("id", subject.id.into())?;
        set("version", (subject.version + 1).into())?;
    } else {
        set("version", 1.into())?;
    }
    let row = if let Target::Over(_) = target {
        row.update(change.transaction()).await?
    } else {
        set("created_at", change.time().into())?;
        row.insert(change.transaction()).await?
    };
    match row.into_active_model().get_primary_key_value() {
        Some(ValueTuple::One(sea_orm::Value::Int(Some(id)))) => Ok(id),
        key => Err(Error::internal(DbErr::Custom(format!("a subject with the key {key:?}")))),
    }
}

/// The row of a subject that is in the catalog.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct Existing {
    /// Its key.
    pub id: i32,
    /// The number of its states so far.
    pub version: i32,
}

/// Finds the subject that a slug calls.
pub async fn find<D: Document>(db: &impl ConnectionTrait, slug: &Slug) -> Result<Option<Existing>> {
    let select = D::Entity::find().select_only().expr(Expr::col("id")).expr(Expr::col("version"));
    let mut statement = select.into_query();
    statement.and_where(Expr::col("slug").eq(slug.as_str()));
    Ok(Existing::find_by_statement(db.get_database_backend().build(&statement)).one(db).await?)
}

/// The id of the subject that a document refers to.
pub async fn reference<D: Document>(db: &impl ConnectionTrait, slug: &Slug) -> Result<i32> {
    let found = find::<D>(db, slug).await?;
    Ok(found.ok_or_else(|| Error::NotFound { noun: D::NOUN, slug: slug.to_string() })?.id)
}

/// The id of the subject that a document may refer to.
pub async fn reference_optional<D: Document>(db: &impl ConnectionTrait, slug: Option<&Slug>) -> Result<Option<i32>> {
    match slug {
        Some(slug) => Ok(Some(reference::<D>(db, slug).await?)),
        None => Ok(None),
    }
}

/// The slug of the subject that a row refers to.
pub async fn slug_of<D: Document>(db: &impl ConnectionTrait, id: Option<i32>) -> Result<Option<Slug>> {
    let Some(id) = id else { return Ok(None) };
    let mut statement = D::Entity::find().select_only().expr(Expr::col("slug")).into_query();
    statement.and_where(Expr::col("id").eq(id));
    let row = db.query_one(&statement).await?;
    row.map(|row| parse_column(row.try_get::<String>("", "slug")?)).transpose()
}

/// Reads a slug from a column that only ever gets slugs.
pub fn parse_column(text: String) -> Result<Slug> {
    Slug::try_from(text).map_err(Error::internal)
}
