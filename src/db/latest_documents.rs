//! The latest documents of subjects, without evidence, as their last revisions have them.

use std::collections::{BTreeMap, HashMap};

use entity::vocabulary::SubjectType;
use sea_orm::{
    ConnectionTrait, DbErr, ExprTrait,
    sea_query::{Condition, Expr, Query},
};
use serde_json::Value as Json;

use crate::db::sql::in_array;

/// A subject, by its id or by the slug that it has.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DocumentKey {
    /// The subject with this id.
    Id(SubjectType, i32),
    /// The subject that last had this slug.
    Slug(SubjectType, String),
}

/// Reads the latest documents of subjects, by one statement. Those that do not exist, or have been deleted, are left out.
///
/// # Errors
/// The database fails.
pub async fn latest_documents(
    db: &impl ConnectionTrait,
    keys: &[DocumentKey],
) -> Result<HashMap<DocumentKey, Json>, DbErr> {
    let (mut ids, mut slugs) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
    for key in keys {
        match key {
            DocumentKey::Id(subject, id) => ids.entry(*subject).or_default().push(*id),
            DocumentKey::Slug(subject, slug) => slugs.entry(*subject).or_default().push(slug.clone()),
        }
    }
    let backend = db.get_database_backend();
    let last = |subject: SubjectType, column: &'static str, values: Expr| {
        let mut select = Query::select();
        select.expr(Expr::col("number").max()).from("revision").and_where(Expr::col("subject_type").eq(subject.word()));
        select.and_where(values).group_by_col(column).take()
    };
    let ids = ids.into_iter().map(|(subject, ids)| {
        let condition = in_array(backend, Expr::col("subject_id"), &ids);
        last(subject, "subject_id", condition)
    });
    let slugs = slugs.into_iter().map(|(subject, slugs)| {
        let condition = in_array(backend, Expr::col("subject_slug"), &slugs);
        last(subject, "subject_slug", condition)
    });
    let numbers =
        ids.chain(slugs).fold(Condition::any(), |numbers, last| numbers.add(Expr::col("number").in_subquery(last)));
    if numbers.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = Query::select();
    select.columns(["subject_type", "subject_id", "subject_slug", "after"]).from("revision").cond_where(numbers);
    select.and_where(Expr::col("after").is_not_null());
    let mut documents = HashMap::new();
    for row in db.query_all(&select).await? {
        let subject = row.try_get("", "subject_type")?;
        let document = row.try_get::<Json>("", "after")?;
        documents.insert(DocumentKey::Slug(subject, row.try_get("", "subject_slug")?), document.clone());
        documents.insert(DocumentKey::Id(subject, row.try_get("", "subject_id")?), document);
    }
    documents.retain(|key, _| keys.contains(key));
    Ok(documents)
}
