//! Licenses as rows of their tables, with terms and links.

use std::collections::HashMap;

use entity::{
    license, license_term,
    vocabulary::{StringList, SubjectType},
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, Set};

use crate::db::bulk::{bulk_insert, delete, load_children, upsert_conflict};
use crate::domain::facts::Facts;
use crate::domain::license::LicenseDocument;
use crate::domain::license_terms::TermDocument;
use crate::domain::slug::Slug;
use crate::error::{Error, Result};
use crate::store::documents::model::propagate_license_changes;
use crate::store::documents::{ForeignKey, Persist};
use crate::store::write_transaction::WriteTransaction;

impl Persist for LicenseDocument {
    type Entity = license::Entity;
    const FOREIGN_KEYS: &'static [ForeignKey] = &[
        ForeignKey { table: "model", column: "license_id", referrer: SubjectType::Model, referrer_id: "id" },
        ForeignKey { table: "model_size", column: "license_id", referrer: SubjectType::Model, referrer_id: "model_id" },
        ForeignKey { table: "checkpoint", column: "license_id", referrer: SubjectType::Model, referrer_id: "model_id" },
        ForeignKey { table: "dataset", column: "license_id", referrer: SubjectType::Dataset, referrer_id: "id" },
        ForeignKey { table: "source", column: "license_id", referrer: SubjectType::Source, referrer_id: "id" },
    ];

    fn write_other_columns(&self, row: &mut license::ActiveModel) {
        row.aliases = Set(StringList(self.aliases.clone()));
    }

    fn read_other_columns(&mut self, row: &license::Model) {
        self.aliases.clone_from(&row.aliases.0);
    }

    async fn write_parts(db: &DatabaseTransaction, documents: &[(i32, &Self)], existing: &[i32]) -> Result<()> {
        write_terms(db, documents, existing).await
    }

    async fn load_parts<C: ConnectionTrait>(db: &C, ids: &[i32], documents: &mut [Self]) -> Result<()> {
        let mut terms = load_children::<license_term::Entity>(db, "license_id", ids, &["position"]).await?;
        for (id, document) in ids.iter().zip(documents) {
            document.terms = terms.remove(id).unwrap_or_default().iter().map(TermDocument::from_row).collect();
        }
        Ok(())
    }

    async fn propagate(write: &WriteTransaction, updated: &[(i32, &Self)]) -> Result<()> {
        let ids = updated.iter().map(|(id, _)| *id).collect::<Vec<_>>();
        propagate_license_changes(write.transaction(), &ids).await
    }
}

/// Writes the terms of licenses. The term at a position keeps its row.
async fn write_terms(db: &DatabaseTransaction, licenses: &[(i32, &LicenseDocument)], existing: &[i32]) -> Result<()> {
    if !existing.is_empty() {
        let counts = licenses.iter().map(|(id, document)| (*id, document.terms.len())).collect::<HashMap<_, _>>();
        let rows = load_children::<license_term::Entity>(db, "license_id", existing, &["position"]).await?;
        let removed = rows.iter().flat_map(|(license, rows)| rows.iter().skip(counts[license]));
        delete(db, "license_term", "id", &removed.map(|row| row.id).collect::<Vec<_>>()).await?;
    }
    let no_reference = |subject: SubjectType, _: &Slug| -> Result<Option<i32>> {
        Err(Error::internal(sea_orm::DbErr::Custom(format!("a term refers to no {}", subject.table()))))
    };
    let mut rows = Vec::new();
    for (id, document) in licenses {
        for (term, position) in document.terms.iter().zip(0..) {
            let mut row = license_term::ActiveModel {
                license_id: Set(*id),
                position: Set(position),
                territories: Set(StringList(term.when.territories.clone())),
                ..Default::default()
            };
            term.write_row(&mut row, &no_reference)?;
            term.when.write_row(&mut row, &no_reference)?;
            rows.push(row);
        }
    }
    let unique = [license_term::Column::LicenseId, license_term::Column::Position];
    bulk_insert(db, rows, Some(&upsert_conflict::<license_term::Entity>(&unique, &[license_term::Column::Id]))).await
}
