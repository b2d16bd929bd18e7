//! The subjects that subjects of the same type are derived from: the base models of models, the sources of sources.

use std::collections::HashMap;

use entity::vocabulary::SubjectType;
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, ExprTrait,
    sea_query::{CaseStatement, Expr, Query},
};

use crate::db::sql::in_array;
use crate::domain::document::SubjectDocument;
use crate::domain::facts::{Facts, ReferenceColumn};
use crate::domain::subject::with_document;
use crate::error::{Error, Result};
use crate::store::references::ReferenceIds;
use crate::store::write_transaction::WriteTransaction;

/// Returns the column with the subject of the same type that a subject is derived from; none if the type has no such column.
pub fn column(subject: SubjectType) -> Option<&'static ReferenceColumn> {
    with_document!(subject, D => D::REFERENCES.iter().find(|reference| reference.subject == D::SUBJECT))
}

/// Sets the bases that are new in the same batch: they had no ids yet when the rows of the subjects were written.
pub async fn write<D: SubjectDocument>(
    write: &WriteTransaction,
    subjects: &[(i32, &D)],
    references: &ReferenceIds,
) -> Result<()> {
    let new = subjects.iter().map(|(id, document)| (document.slug(), *id)).collect::<HashMap<_, _>>();
    let mut derived = Vec::new();
    for (id, document) in subjects {
        let Some(slug) = document.base() else { continue };
        if references.get(D::SUBJECT, slug).is_some() {
            continue;
        }
        match new.get(slug) {
            Some(base) => derived.push((*id, *base)),
            None if write.imports() => {}
            None => return Err(Error::NotFound { subject: D::SUBJECT.table(), slug: slug.to_string() }),
        }
    }
    set(write.transaction(), D::SUBJECT, &derived).await
}

/// The largest number of subjects whose bases are set by one statement.
const UPDATE_CHUNK: usize = 1000;

/// Sets the bases of subjects of one type, as pairs of the ids of subject and base.
///
/// # Errors
/// The database fails.
pub async fn set(db: &DatabaseTransaction, subject: SubjectType, subjects: &[(i32, i32)]) -> Result<()> {
    let Some(ReferenceColumn { column, .. }) = column(subject) else { return Ok(()) };
    for subjects in subjects.chunks(UPDATE_CHUNK) {
        let case = |case: CaseStatement, (id, base): &(i32, i32)| case.case(Expr::col("id").eq(*id), *base);
        let mut update = Query::update();
        update.table(subject.table()).value(*column, subjects.iter().fold(CaseStatement::new(), case));
        let ids = subjects.iter().map(|(id, _)| *id).collect::<Vec<_>>();
        db.execute(update.and_where(in_array(db.get_database_backend(), Expr::col("id"), &ids))).await?;
    }
    Ok(())
}
