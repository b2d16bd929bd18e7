//! The subjects that subjects of the same type are derived from: the bases of models, the sources of sources. A column of the
//! subject has the first one; the table `model_base` has all bases of models.

use std::collections::{HashMap, HashSet};

use entity::{model_base, vocabulary::SubjectType};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, ExprTrait, Set,
    sea_query::{CaseStatement, Expr, Query},
};

use crate::db::bulk::{bulk_insert, delete};
use crate::db::sql::in_array;
use crate::domain::base::BaseDocument;
use crate::domain::document::SubjectDocument;
use crate::domain::facts::{Facts, ReferenceColumn};
use crate::domain::model::ModelDocument;
use crate::domain::subject::with_document;
use crate::error::{Error, Result};
use crate::store::references::ReferenceIds;
use crate::store::write_transaction::WriteTransaction;

/// Returns the column with the subject of the same type that a subject is derived from; none if the type has no such column.
pub fn column(subject: SubjectType) -> Option<&'static ReferenceColumn> {
    with_document!(subject, D => D::REFERENCES.iter().find(|reference| reference.subject == D::SUBJECT))
}

/// Sets the first bases that are new in the same batch: they had no ids yet when the rows of the subjects were written.
pub async fn write<D: SubjectDocument>(
    write: &WriteTransaction,
    subjects: &[(i32, &D)],
    references: &ReferenceIds,
) -> Result<()> {
    let new = subjects.iter().map(|(id, document)| (document.slug(), *id)).collect::<HashMap<_, _>>();
    let mut derived = Vec::new();
    for (id, document) in subjects {
        let Some(BaseDocument { model: slug, .. }) = document.bases().into_iter().next() else { continue };
        if references.get(D::SUBJECT, &slug).is_some() {
            continue;
        }
        match new.get(&slug) {
            Some(base) => derived.push((*id, *base)),
            None if write.imports() => {}
            None => return Err(Error::NotFound { subject: D::SUBJECT.table(), slug: slug.to_string() }),
        }
    }
    set(write.transaction(), D::SUBJECT, &derived).await
}

/// The largest number of subjects whose bases are set by one statement.
const UPDATE_CHUNK: usize = 1000;

/// Sets the first bases of subjects of one type, as pairs of the ids of subject and base.
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

/// Writes the bases of models to `model_base`, after the models themselves. In an import those that do not exist yet are left out.
///
/// # Errors
/// A base does not exist, or the database fails.
pub async fn write_rows(
    write: &WriteTransaction,
    models: &[(i32, &ModelDocument)],
    existing: &[i32],
    references: &ReferenceIds,
) -> Result<()> {
    let new = models.iter().map(|(id, document)| (&document.slug, *id)).collect::<HashMap<_, _>>();
    let mut rows = Vec::new();
    for (id, document) in models {
        let mut bases = Vec::new();
        for base in document.bases() {
            match references.get(SubjectType::Model, &base.model).or_else(|| new.get(&base.model).copied()) {
                Some(base_id) => bases.push((base_id, base)),
                None if write.imports() => {}
                None => {
                    let slug = base.model.to_string();
                    return Err(Error::NotFound { subject: ModelDocument::SUBJECT.table(), slug });
                }
            }
        }
        rows.extend(base_rows(*id, bases));
    }
    delete(write.transaction(), "model_base", "model_id", existing).await?;
    bulk_insert(write.transaction(), rows, None).await
}

/// Replaces the bases of models in `model_base`: the id of each model, with the id and the document of each base.
///
/// # Errors
/// The database fails.
pub async fn replace_rows(db: &DatabaseTransaction, models: Vec<(i32, Vec<(i32, BaseDocument)>)>) -> Result<()> {
    delete(db, "model_base", "model_id", &models.iter().map(|(model, _)| *model).collect::<Vec<_>>()).await?;
    let rows = models.into_iter().flat_map(|(model, bases)| base_rows(model, bases));
    bulk_insert(db, rows.collect(), None).await
}

fn base_rows(model: i32, bases: Vec<(i32, BaseDocument)>) -> impl Iterator<Item = model_base::ActiveModel> {
    let mut seen = HashSet::new();
    bases.into_iter().zip(0..).map(move |((base_id, base), position)| model_base::ActiveModel {
        model_id: Set(model),
        position: Set(position),
        base_id: Set(base_id),
        first_base_id: Set(seen.insert(base_id).then_some(base_id)),
        relation: Set(base.relation),
        base_size: Set(base.size),
        own_size: Set(base.of),
    })
}
