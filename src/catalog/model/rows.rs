//! Models in their tables.

use std::collections::HashMap;

use entity::{
    license, model, model_dataset, model_organization, model_size, organization,
    vocabulary::{CommercialUse, DataUnit, Words},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, ModelTrait, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait, Set,
};

use super::super::{
    architecture::ArchitectureDocument,
    change::Change,
    count::Count,
    dataset::DatasetDocument,
    document::{Common, Document, Target, parse_column, reference, reference_optional, slug_of, store},
    license::LicenseDocument,
    link::{self, Owner},
    organization::{self as organizations, OrganizationDocument},
    text::{Localized, Slug, search_text},
};
use super::{DataScaleDocument, ModelDocument, SizeDocument};
use crate::error::{Error, Result};

/// Writes the rows of a model. Returns its id.
pub async fn write(document: &ModelDocument, change: &Change, target: Target) -> Result<i32> {
    let db = change.transaction();
    let license = document.license_row(db).await?;
    let organizations = document.organization_rows(db).await?;
    let row = model::ActiveModel {
        aliases: Set(Words(document.aliases.clone())),
        kind: Set(document.kind),
        position: Set(document.position),
        summary_zh: Set(document.summary.zh.clone()),
        summary_en: Set(document.summary.en.clone()),
        release_date: Set(document.release_date),
        license_id: Set(license.as_ref().map(|license| license.id)),
        architecture_id: Set(reference_optional::<ArchitectureDocument>(db, document.architecture.as_ref()).await?),
        base_model_id: Set(reference_optional::<ModelDocument>(db, document.base_model.as_ref()).await?),
        stated_commercial_use: Set(document.commercial_use),
        commercial_use: Set(document
            .commercial_use
            .or(license.map(|license| license.commercial_use))
            .unwrap_or(CommercialUse::Unknown)),
        data_scale_text: Set(document.data_scale.as_ref().map(|scale| scale.text.clone())),
        data_scale_amount: Set(document.data_scale.as_ref().and_then(|scale| scale.amount).map(Count::get)),
        data_scale_unit: Set(document.data_scale.as_ref().map(|scale| scale.unit)),
        max_parameters: Set(document.max_parameters().map(Count::get)),
        max_training_tokens: Set(document.max_training_tokens().map(Count::get)),
        training_flops: Set(document.training_flops),
        ..Default::default()
    };
    let search_text =
        search_text_of(&document.slug, &document.name, &document.aliases, &document.summary, &organizations);
    let common = Common { slug: &document.slug, name: &document.name, search_text };
    let id = store(change, target, common, row).await?;
    document.write_sizes(db, id).await?;
    document.write_datasets(db, id).await?;
    write_organizations(db, id, &organizations).await?;
    link::write(db, Owner::Model(id), &document.links).await?;
    Ok(id)
}

/// Reads a model back from its rows.
pub async fn load(db: &DatabaseTransaction, id: i32) -> Result<ModelDocument> {
    let row = model::Entity::find_by_id(id).one(db).await?;
    let row = row.ok_or_else(|| Error::internal(sea_orm::DbErr::RecordNotFound(format!("model {id}"))))?;
    let mut sizes = Vec::new();
    for (size, license) in model_size::Entity::find()
        .filter(model_size::Column::ModelId.eq(id))
        .order_by_asc(model_size::Column::Parameters)
        .order_by_asc(model_size::Column::Label)
        .find_also_related(license::Entity)
        .all(db)
        .await?
    {
        sizes.push(SizeDocument {
            label: size.label,
            parameters: Count::from_column(size.parameters),
            active_parameters: size.active_parameters.map(Count::from_column),
            training_tokens: size.training_tokens.map(Count::from_column),
            license: license.map(|license| parse_column(license.slug)).transpose()?,
        });
    }
    let datasets = model_dataset::Entity::find()
        .filter(model_dataset::Column::ModelId.eq(id))
        .order_by_asc(model_dataset::Column::Position)
        .find_also_related(entity::dataset::Entity)
        .all(db)
        .await?;
    let organizations = organizations_of(db, id).await?;
    Ok(ModelDocument {
        slug: parse_column(row.slug)?,
        name: row.name,
        aliases: row.aliases.0,
        kind: row.kind,
        position: row.position,
        summary: Localized { zh: row.summary_zh, en: row.summary_en },
        release_date: row.release_date,
        organizations: organizations.into_iter().map(|row| parse_column(row.slug)).collect::<Result<_>>()?,
        license: slug_of::<LicenseDocument>(db, row.license_id).await?,
        commercial_use: row.stated_commercial_use,
        architecture: slug_of::<ArchitectureDocument>(db, row.architecture_id).await?,
        base_model: slug_of::<ModelDocument>(db, row.base_model_id).await?,
        datasets: datasets
            .into_iter()
            .filter_map(|(_, dataset)| dataset)
            .map(|dataset| parse_column(dataset.slug))
            .collect::<Result<_>>()?,
        data_scale: row.data_scale_text.map(|text| DataScaleDocument {
            text,
            amount: row.data_scale_amount.map(Count::from_column),
            unit: row.data_scale_unit.unwrap_or(DataUnit::Unknown),
        }),
        training_flops: row.training_flops,
        links: link::load(db, Owner::Model(id)).await?,
        sizes,
    })
}

impl ModelDocument {
    async fn license_row(&self, db: &DatabaseTransaction) -> Result<Option<license::Model>> {
        let Some(slug) = &self.license else { return Ok(None) };
        let row = license::Entity::find().filter(license::Column::Slug.eq(slug.as_str())).one(db).await?;
        let row = row.ok_or_else(|| Error::NotFound { noun: LicenseDocument::NOUN, slug: slug.to_string() })?;
        Ok(Some(row))
    }

    async fn organization_rows(&self, db: &DatabaseTransaction) -> Result<Vec<organization::Model>> {
        let mut rows = Vec::new();
        for slug in &self.organizations {
            let row = organization::Entity::find().filter(organization::Column::Slug.eq(slug.as_str())).one(db).await?;
            rows.push(row.ok_or_else(|| Error::NotFound { noun: OrganizationDocument::NOUN, slug: slug.to_string() })?);
        }
        Ok(rows)
    }

    /// Sizes keep their rows, and so their ids, as long as they keep their labels.
    async fn write_sizes(&self, db: &DatabaseTransaction, id: i32) -> Result<()> {
        let rows = model_size::Entity::find().filter(model_size::Column::ModelId.eq(id)).all(db).await?;
        let mut rows = rows.into_iter().map(|row| (row.label.clone(), row)).collect::<HashMap<_, _>>();
        let mut new = Vec::new();
        for size in &self.sizes {
            let mut row = model_size::ActiveModel {
                model_id: Set(id),
                label: Set(size.label.clone()),
                parameters: Set(size.parameters.get()),
                active_parameters: Set(size.active_parameters.map(Count::get)),
                training_tokens: Set(size.training_tokens.map(Count::get)),
                license_id: Set(reference_optional::<LicenseDocument>(db, size.license.as_ref()).await?),
                ..Default::default()
            };
            match rows.remove(&size.label) {
                Some(existing) => {
                    row.id = sea_orm::Unchanged(existing.id);
                    row.update(db).await?;
                }
                None => new.push(row),
            }
        }
        for (_, row) in rows {
            row.delete(db).await?;
        }
        model_size::Entity::insert_many(new).exec_without_returning(db).await?;
        Ok(())
    }

    async fn write_datasets(&self, db: &DatabaseTransaction, id: i32) -> Result<()> {
        model_dataset::Entity::delete_many().filter(model_dataset::Column::ModelId.eq(id)).exec(db).await?;
        let mut rows = Vec::new();
        for (slug, position) in self.datasets.iter().zip(0..) {
            let dataset_id = reference::<DatasetDocument>(db, slug).await?;
            rows.push(model_dataset::ActiveModel {
                model_id: Set(id),
                dataset_id: Set(dataset_id),
                position: Set(position),
            });
        }
        model_dataset::Entity::insert_many(rows).exec_without_returning(db).await?;
        Ok(())
    }
}

async fn write_organizations(db: &DatabaseTransaction, id: i32, organizations: &[organization::Model]) -> Result<()> {
    model_organization::Entity::delete_many().filter(model_organization::Column::ModelId.eq(id)).exec(db).await?;
    let rows = organizations.iter().zip(0..).map(|(organization, position)| model_organization::ActiveModel {
        model_id: Set(id),
        organization_id: Set(organization.id),
        position: Set(position),
    });
    model_organization::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// The makers of a model, in their order.
async fn organizations_of(db: &DatabaseTransaction, id: i32) -> Result<Vec<organization::Model>> {
    let rows = model_organization::Entity::find()
        .filter(model_organization::Column::ModelId.eq(id))
        .order_by_asc(model_organization::Column::Position)
        .find_also_related(organization::Entity)
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(|(_, organization)| organization).collect())
}

/// What search looks in for a model, with the names of those makers.
pub fn search_text_of(
    slug: &Slug,
    name: &str,
    aliases: &[String],
    summary: &Localized,
    organizations: &[organization::Model],
) -> String {
    let names = [name, slug.as_str()].into_iter().chain(aliases.iter().map(String::as_str));
    search_text(names, organizations.iter().flat_map(organizations::names).chain(summary.texts()))
}

/// What changes with a license in the models under it.
pub async fn follow_license(db: &DatabaseTransaction, license: i32, commercial_use: CommercialUse) -> Result<()> {
    model::Entity::update_many()
        .col_expr(model::Column::CommercialUse, sea_orm::sea_query::Expr::val(commercial_use.word()))
        .filter(model::Column::LicenseId.eq(license))
        .filter(model::Column::StatedCommercialUse.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// What changes with an organization in the models it made: search finds them by its names.
pub async fn follow_organization(db: &DatabaseTransaction, organization: i32) -> Result<()> {
    let models = model::Entity::find()
        .join(sea_orm::JoinType::InnerJoin, model_organization::Relation::Model.def().rev())
        .filter(model_organization::Column::OrganizationId.eq(organization))
        .all(db)
        .await?;
    for row in models {
        let slug = parse_column(row.slug.clone())?;
        let summary = Localized { zh: row.summary_zh.clone(), en: row.summary_en.clone() };
        let organizations = organizations_of(db, row.id).await?;
        let text = search_text_of(&slug, &row.name, &row.aliases.0, &summary, &organizations);
        let mut row: model::ActiveModel = row.into();
        row.search_text = Set(text);
        row.update(db).await?;
    }
    Ok(())
}
