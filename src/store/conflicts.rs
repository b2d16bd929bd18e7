//! Facts in conflict, as rows: each with the revision since which it is in conflict and the one that ended that.

use std::collections::HashMap;

use entity::{conflict, vocabulary::SubjectType};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, FromQueryResult, QueryTrait, Set,
    sea_query::{Expr, Query},
};

use crate::db::bulk::bulk_insert;
use crate::db::sql::in_array;
use crate::domain::evidence::assessment::PartAssessment;
use crate::error::Result;

/// The facts in conflict of a subject after a revision.
pub struct ConflictEdit<'a> {
    /// The id of the subject.
    pub id: i32,
    /// The number of the revision.
    pub revision: i32,
    /// The assessment of the subject and of its parts.
    pub parts: &'a [PartAssessment],
    /// Whether the revision creates the subject.
    pub is_new: bool,
}

/// Adds the conflicts of subjects of one type that are new, and marks as removed those that are over. The number of statements
/// does not depend on the number of subjects, but on how many end conflicts.
///
/// # Errors
/// The database fails.
pub async fn save(db: &DatabaseTransaction, subject: SubjectType, edits: Vec<ConflictEdit<'_>>) -> Result<()> {
    if edits.is_empty() {
        return Ok(());
    }
    let ids = edits.iter().filter(|edit| !edit.is_new).map(|edit| edit.id).collect::<Vec<_>>();
    let mut current = HashMap::<i32, HashMap<(String, String, bool), i32>>::new();
    if !ids.is_empty() {
        let mut select = conflict::Entity::find().into_query();
        select.and_where(in_array(db.get_database_backend(), Expr::col("subject_id"), &ids));
        select.and_where(Expr::col("subject_type").eq(subject.word()));
        select.and_where(Expr::col("removed_revision").is_null());
        for row in db.query_all(&select).await? {
            let row = conflict::Model::from_query_result(&row, "")?;
            current.entry(row.subject_id).or_default().insert((row.part, row.field, row.contradicted), row.id);
        }
    }
    let mut added = Vec::new();
    for ConflictEdit { id, revision, parts, .. } in edits {
        let mut current = current.remove(&id).unwrap_or_default();
        for part in parts {
            for conflict in &part.conflicts {
                let key = (part.part.clone(), conflict.field.clone(), conflict.contradicted);
                if current.remove(&key).is_none() {
                    added.push(row(subject, id, revision, key));
                }
            }
        }
        end(db, revision, &current.into_values().collect::<Vec<_>>()).await?;
    }
    bulk_insert(db, added, None).await
}

/// Ends all conflicts of a subject.
///
/// # Errors
/// The database fails.
pub async fn end_all(db: &DatabaseTransaction, subject: SubjectType, id: i32, revision: i32) -> Result<()> {
    save(db, subject, vec![ConflictEdit { id, revision, parts: &[], is_new: false }]).await
}

/// Marks conflicts as removed.
async fn end(db: &DatabaseTransaction, revision: i32, ids: &[i32]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut update = Query::update();
    update.table("conflict").value("removed_revision", revision);
    db.execute(update.and_where(in_array(db.get_database_backend(), Expr::col("id"), ids))).await?;
    Ok(())
}

fn row(
    subject: SubjectType,
    id: i32,
    revision: i32,
    (part, field, contradicted): (String, String, bool),
) -> conflict::ActiveModel {
    conflict::ActiveModel {
        subject_type: Set(subject),
        subject_id: Set(id),
        part: Set(part),
        field: Set(field),
        contradicted: Set(contradicted),
        added_revision: Set(revision),
        removed_revision: Set(None),
        ..Default::default()
    }
}
