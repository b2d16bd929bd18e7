//! Checkpoints of models as rows of their table.

use std::collections::{HashMap, HashSet};

use entity::{
    checkpoint, license, model_size,
    vocabulary::{CommercialUse, SubjectType},
};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, ExprTrait, Set,
    sea_query::{Expr, Query},
};

use crate::db::bulk::{bulk_insert, delete, distinct, load_children, upsert_conflict};
use crate::db::sql::in_array;
use crate::domain::checkpoint::{CheckpointDocument, CheckpointKey, part};
use crate::domain::document::SubjectDocument;
use crate::domain::evidence::assessment::PartAssessment;
use crate::domain::facts::Facts;
use crate::domain::model::ModelDocument;
use crate::domain::slug::Slug;
use crate::domain::validation::ValidationErrors;
use crate::error::{Error, Result};
use crate::store::documents::provenance_of;
use crate::store::references::ReferenceIds;

/// The columns by which the checkpoints of a model are ordered.
pub const ORDER: [&str; 4] = ["repository_key", "hub", "path", "revision"];

/// Writes the checkpoints of models, after their sizes. A checkpoint keeps its row as long as its address does not change.
/// `licenses` are all licenses that the models refer to.
///
/// # Errors
/// Another model has a checkpoint with the same address, or the database fails.
pub async fn write(
    db: &DatabaseTransaction,
    models: &[(i32, &ModelDocument)],
    parts: &[&[PartAssessment]],
    existing: &[i32],
    licenses: &HashMap<i32, license::Model>,
    references: &ReferenceIds,
) -> Result<()> {
    if !existing.is_empty() {
        let keys = models
            .iter()
            .flat_map(|(id, document)| document.checkpoints.iter().map(|checkpoint| (*id, checkpoint.key())));
        let keys = keys.collect::<HashSet<_>>();
        let rows = load_children::<checkpoint::Entity>(db, "model_id", existing, &[]).await?;
        let removed = rows.values().flatten().filter(|row| !keys.contains(&(row.model_id, key_of(row))));
        delete(db, "checkpoint", "id", &removed.map(|row| row.id).collect::<Vec<_>>()).await?;
    }
    let models = models.iter().copied().zip(parts);
    let (models, parts) =
        models.filter(|((_, document), _)| !document.checkpoints.is_empty()).unzip::<_, _, Vec<_>, Vec<_>>();
    if models.is_empty() {
        return Ok(());
    }
    check_addresses(db, &models).await?;
    let ids = models.iter().map(|(id, _)| *id).collect::<Vec<_>>();
    let sizes = load_children::<model_size::Entity>(db, "model_id", &ids, &[]).await?;
    let sizes = sizes.into_values().flatten().map(|size| ((size.model_id, size.label), size.id));
    let sizes = sizes.collect::<HashMap<_, _>>();
    let mut rows = Vec::new();
    let license_id = |slug: Option<&Slug>| slug.map(|slug| references.id_of(SubjectType::License, slug)).transpose();
    for ((id, model), parts) in models.into_iter().zip(parts) {
        for (stated, effective) in model.checkpoints.iter().zip(model.effective_checkpoints()) {
            let provenance = provenance_of(parts, &part(&stated.address()));
            let use_license = license_id(effective.use_license)?;
            let license_use = use_license.and_then(|id| licenses.get(&id)).map(|license| license.commercial_use);
            let key = stated.key();
            let mut row = checkpoint::ActiveModel {
                model_id: Set(id),
                size_id: Set(effective.size.and_then(|label| sizes.get(&(id, label.to_owned())).copied())),
                repository_key: Set(key.repository),
                hub: Set(key.hub),
                path: Set(key.path),
                revision: Set(key.revision),
                repository: Set(stated.repository.clone()),
                size_label: Set(stated.size.clone()),
                effective_license_id: Set(license_id(effective.license)?),
                use_license_id: Set(use_license),
                commercial_use: Set(effective.stated_use.or(license_use).unwrap_or(CommercialUse::Unknown)),
                lowest_confidence: Set(provenance.and_then(|provenance| provenance.confidence)),
                source_count: Set(provenance.map(|provenance| provenance.sources)),
                conflict_count: Set(provenance.map(|provenance| provenance.conflicts)),
                unsourced_count: Set(provenance.map(|provenance| provenance.unsourced)),
                ..Default::default()
            };
            stated.write_row(&mut row, &|subject, slug| references.id_of(subject, slug).map(Some))?;
            effective.document.write_effective(&mut row);
            rows.push(row);
        }
    }
    let unique = [
        checkpoint::Column::RepositoryKey,
        checkpoint::Column::Hub,
        checkpoint::Column::Path,
        checkpoint::Column::Revision,
    ];
    bulk_insert(db, rows, Some(&upsert_conflict::<checkpoint::Entity>(&unique, &[checkpoint::Column::Id]))).await
}

/// Checks that no two models have a checkpoint with the same address.
async fn check_addresses(db: &DatabaseTransaction, models: &[(i32, &ModelDocument)]) -> Result<()> {
    let mut owners = HashMap::new();
    for (id, model) in models {
        for (index, checkpoint) in model.checkpoints.iter().enumerate() {
            if let Some((_, other, _)) = owners.insert(checkpoint.key(), (*id, *model, index)) {
                return Err(taken(model, index, other.slug.as_str()));
            }
        }
    }
    let repositories = distinct(owners.keys().map(|key| key.repository.clone()).collect::<Vec<_>>());
    let mut select = Query::select();
    select.columns(ORDER.map(|column| ("checkpoint", column))).column(("checkpoint", "model_id"));
    select.expr_as(Expr::col(("model", "slug")), "slug").from("checkpoint");
    select.inner_join("model", Expr::col(("model", "id")).equals(("checkpoint", "model_id")));
    let column = Expr::col(("checkpoint", "repository_key"));
    select.and_where(in_array(db.get_database_backend(), column, &repositories));
    for row in db.query_all(&select).await? {
        let text = |column| row.try_get::<String>("", column);
        let key = CheckpointKey {
            repository: text("repository_key")?,
            hub: text("hub")?,
            path: text("path")?,
            revision: text("revision")?,
        };
        if let Some((id, model, index)) = owners.get(&key)
            && *id != row.try_get::<i32>("", "model_id")?
        {
            return Err(taken(model, *index, &text("slug")?));
        }
    }
    Ok(())
}

/// Returns the error that a checkpoint of a model is one of another model.
fn taken(model: &ModelDocument, index: usize, other: &str) -> Error {
    let mut problems = ValidationErrors::default();
    let address = model.checkpoints[index].address();
    let message = format!("{address:?} is a checkpoint of the model {other:?}; a checkpoint belongs to one model");
    problems.check(false, &format!("checkpoints.{index}.repository"), &message);
    let subject = format!("The {} {:?}", ModelDocument::SUBJECT.table(), model.slug.as_str());
    Error::InvalidDocument { subject, problems: problems.into() }
}

fn key_of(row: &checkpoint::Model) -> CheckpointKey {
    CheckpointKey::new(&row.hub, &row.repository, &row.revision, &row.path)
}

/// Returns the document of a row.
pub fn document(row: &checkpoint::Model, slug_of: &dyn Fn(SubjectType, i32) -> Option<Slug>) -> CheckpointDocument {
    let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let (revision, path) = (text(&row.revision), text(&row.path));
    let mut checkpoint = CheckpointDocument::new(row.hub.clone(), row.repository.clone(), revision, path);
    checkpoint.read_row(row, slug_of);
    checkpoint.size.clone_from(&row.size_label);
    checkpoint
}
