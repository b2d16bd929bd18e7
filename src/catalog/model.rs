//! Models and their sizes, as documents.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{
    license, model, model_dataset, model_organization, model_size, organization,
    vocabulary::{CommercialUse, DataUnit, ModelKind, SubjectType, Words},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, ModelTrait, QueryFilter, QueryOrder, QuerySelect,
    RelationTrait, Set,
};
use serde::{Deserialize, Serialize};

use super::{
    architecture::ArchitectureDocument,
    change::Change,
    count::Count,
    dataset::DatasetDocument,
    document::{Document, Existing, Problems, parse_column, reference, reference_optional, slug_of},
    license::LicenseDocument,
    link::{self, LinkDocument, Owner},
    organization::{self as organizations, OrganizationDocument},
    text::{Localized, Slug, normalize, search_text},
};
use crate::error::{Error, Result};

/// A model with everything the catalog knows about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ModelDocument {
    /// The name that addresses use.
    pub slug: Slug,
    /// The name as its source writes it.
    pub name: String,
    /// Other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Foundation or derived.
    pub kind: ModelKind,
    /// The place in the source list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<i32>,
    /// What else is to say.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub summary: Localized,
    /// When the weights were released.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release_date: Option<NaiveDate>,
    /// Who made it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organizations: Vec<Slug>,
    /// The license.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<Slug>,
    /// Commercial use as the source states it for the model itself, whatever its license says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commercial_use: Option<CommercialUse>,
    /// The architecture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub architecture: Option<Slug>,
    /// The model it was derived from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_model: Option<Slug>,
    /// What it was trained on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub datasets: Vec<Slug>,
    /// How much it was trained on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_scale: Option<DataScaleDocument>,
    /// Training compute in floating-point operations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub training_flops: Option<f64>,
    /// Where to read more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkDocument>,
    /// The sizes it comes in, by parameters and then by label.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sizes: Vec<SizeDocument>,
}

/// An amount of training data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DataScaleDocument {
    /// The source's own words.
    pub text: String,
    /// The largest amount in them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Count>,
    /// What it counts.
    pub unit: DataUnit,
}

/// One size of a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SizeDocument {
    /// The size as its source writes it.
    pub label: String,
    /// The number of parameters.
    pub parameters: Count,
    /// The parameters used for one token, where that is fewer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_parameters: Option<Count>,
    /// The tokens this size was trained on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub training_tokens: Option<Count>,
    /// The license, where it differs from the model's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<Slug>,
}

impl ModelDocument {
    /// The parameters of the largest size.
    fn max_parameters(&self) -> Option<Count> {
        self.sizes.iter().map(|size| size.parameters).max()
    }

    /// The largest token amount known for the model or one of its sizes.
    fn max_training_tokens(&self) -> Option<Count> {
        let whole = self
            .data_scale
            .as_ref()
            .filter(|scale| scale.unit == DataUnit::Tokens)
            .and_then(|scale| scale.amount);
        self.sizes
            .iter()
            .map(|size| size.training_tokens)
            .chain([whole])
            .flatten()
            .max()
    }
}

impl Document for ModelDocument {
    type Entity = model::Entity;
    const SUBJECT: SubjectType = SubjectType::Model;
    const NOUN: &'static str = "model";

    fn slug(&self) -> &Slug {
        &self.slug
    }

    fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        problems.check_name("name", &self.name);
        for (index, alias) in self.aliases.iter().enumerate() {
            problems.check_name(&format!("aliases.{index}"), alias);
        }
        problems.check_distinct("aliases", &self.aliases);
        problems.check_distinct("organizations", &self.organizations);
        problems.check_distinct("datasets", &self.datasets);
        problems.check(
            self.position.is_none_or(|position| position > 0),
            "position",
            "is below 1",
        );
        problems.check(
            self.base_model.as_ref() != Some(&self.slug),
            "baseModel",
            "is the model itself",
        );
        problems.check(
            self.training_flops.is_none_or(|flops| flops.is_finite() && flops > 0.0),
            "trainingFlops",
            "is not a number above 0",
        );
        problems.check_links(&self.links);
        problems.check_distinct("sizes", &self.sizes.iter().map(|size| &size.label).collect::<Vec<_>>());
        for (index, size) in self.sizes.iter().enumerate() {
            let field = |name: &str| format!("sizes.{index}.{name}");
            problems.check_name(&field("label"), &size.label);
            problems.check(
                size.parameters.get() > 0,
                &field("parameters"),
                "is 0; leave out a size that is not known",
            );
            let active = size.active_parameters.is_none_or(|active| active <= size.parameters);
            problems.check(active, &field("activeParameters"), "is above the parameters there are");
        }
        let key = |size: &SizeDocument| (size.parameters, size.label.clone());
        problems.check(
            self.sizes.is_sorted_by_key(key),
            "sizes",
            "are not in the order of their parameters",
        );
        problems
    }

    async fn write(&self, change: &Change, existing: Option<Existing>) -> Result<i32> {
        let db = change.transaction();
        let license = self.license_row(db).await?;
        let organizations = self.organization_rows(db).await?;
        let mut row = model::ActiveModel {
            slug: Set(self.slug.to_string()),
            name: Set(self.name.clone()),
            name_key: Set(normalize(&self.name)),
            aliases: Set(Words(self.aliases.clone())),
            kind: Set(self.kind),
            position: Set(self.position),
            summary_zh: Set(self.summary.zh.clone()),
            summary_en: Set(self.summary.en.clone()),
            release_date: Set(self.release_date),
            license_id: Set(license.as_ref().map(|license| license.id)),
            architecture_id: Set(reference_optional::<ArchitectureDocument>(db, self.architecture.as_ref()).await?),
            base_model_id: Set(reference_optional::<Self>(db, self.base_model.as_ref()).await?),
            stated_commercial_use: Set(self.commercial_use),
            commercial_use: Set(self
                .commercial_use
                .or(license.map(|license| license.commercial_use))
                .unwrap_or(CommercialUse::Unknown)),
            data_scale_text: Set(self.data_scale.as_ref().map(|scale| scale.text.clone())),
            data_scale_amount: Set(self.data_scale.as_ref().and_then(|scale| scale.amount).map(Count::get)),
            data_scale_unit: Set(self.data_scale.as_ref().map(|scale| scale.unit)),
            max_parameters: Set(self.max_parameters().map(Count::get)),
            max_training_tokens: Set(self.max_training_tokens().map(Count::get)),
            training_flops: Set(self.training_flops),
            search_text: Set(model_search_text(
                &self.slug,
                &self.name,
                &self.aliases,
                &self.summary,
                &organizations,
            )),
            version: Set(existing.map_or(1, |existing| existing.version + 1)),
            updated_at: Set(change.time()),
            ..Default::default()
        };
        let id = match existing {
            Some(existing) => {
                row.id = sea_orm::Unchanged(existing.id);
                row.update(db).await?.id
            }
            None => {
                row.created_at = Set(change.time());
                row.insert(db).await?.id
            }
        };
        self.write_sizes(db, id).await?;
        self.write_datasets(db, id).await?;
        write_organizations(db, id, &organizations).await?;
        link::write(db, Owner::Model(id), &self.links).await?;
        Ok(id)
    }

    async fn load(db: &DatabaseTransaction, id: i32) -> Result<Self> {
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
        Ok(Self {
            slug: parse_column(row.slug)?,
            name: row.name,
            aliases: row.aliases.0,
            kind: row.kind,
            position: row.position,
            summary: Localized {
                zh: row.summary_zh,
                en: row.summary_en,
            },
            release_date: row.release_date,
            organizations: organizations
                .into_iter()
                .map(|row| parse_column(row.slug))
                .collect::<Result<_>>()?,
            license: slug_of::<LicenseDocument>(db, row.license_id).await?,
            commercial_use: row.stated_commercial_use,
            architecture: slug_of::<ArchitectureDocument>(db, row.architecture_id).await?,
            base_model: slug_of::<Self>(db, row.base_model_id).await?,
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
}

impl ModelDocument {
    async fn license_row(&self, db: &DatabaseTransaction) -> Result<Option<license::Model>> {
        let Some(slug) = &self.license else { return Ok(None) };
        let row = license::Entity::find()
            .filter(license::Column::Slug.eq(slug.as_str()))
            .one(db)
            .await?;
        let row = row.ok_or_else(|| Error::NotFound {
            noun: LicenseDocument::NOUN,
            slug: slug.to_string(),
        })?;
        Ok(Some(row))
    }

    async fn organization_rows(&self, db: &DatabaseTransaction) -> Result<Vec<organization::Model>> {
        let mut rows = Vec::new();
        for slug in &self.organizations {
            let row = organization::Entity::find()
                .filter(organization::Column::Slug.eq(slug.as_str()))
                .one(db)
                .await?;
            rows.push(row.ok_or_else(|| Error::NotFound {
                noun: OrganizationDocument::NOUN,
                slug: slug.to_string(),
            })?);
        }
        Ok(rows)
    }

    /// Sizes keep their rows, and so their ids, as long as they keep their labels.
    async fn write_sizes(&self, db: &DatabaseTransaction, id: i32) -> Result<()> {
        let rows = model_size::Entity::find()
            .filter(model_size::Column::ModelId.eq(id))
            .all(db)
            .await?;
        let mut rows = rows
            .into_iter()
            .map(|row| (row.label.clone(), row))
            .collect::<HashMap<_, _>>();
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
        model_dataset::Entity::delete_many()
            .filter(model_dataset::Column::ModelId.eq(id))
            .exec(db)
            .await?;
        let mut rows = Vec::new();
        for (slug, position) in self.datasets.iter().zip(0..) {
            let dataset_id = reference::<DatasetDocument>(db, slug).await?;
            rows.push(model_dataset::ActiveModel {
                model_id: Set(id),
                dataset_id: Set(dataset_id),
                position: Set(position),
            });
        }
        model_dataset::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
        Ok(())
    }
}

async fn write_organizations(db: &DatabaseTransaction, id: i32, organizations: &[organization::Model]) -> Result<()> {
    model_organization::Entity::delete_many()
        .filter(model_organization::Column::ModelId.eq(id))
        .exec(db)
        .await?;
    let rows = organizations
        .iter()
        .zip(0..)
        .map(|(organization, position)| model_organization::ActiveModel {
            model_id: Set(id),
            organization_id: Set(organization.id),
            position: Set(position),
        });
    model_organization::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
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

fn model_search_text(
    slug: &Slug,
    name: &str,
    aliases: &[String],
    summary: &Localized,
    organizations: &[organization::Model],
) -> String {
    let names = [name, slug.as_str()]
        .into_iter()
        .chain(aliases.iter().map(String::as_str));
    search_text(
        names
            .chain(organizations.iter().flat_map(organizations::names))
            .chain(summary.texts()),
    )
}

/// What changes with a license in the models under it.
pub(super) async fn follow_license(
    db: &DatabaseTransaction,
    license: i32,
    commercial_use: CommercialUse,
) -> Result<()> {
    model::Entity::update_many()
        .col_expr(
            model::Column::CommercialUse,
            sea_orm::sea_query::Expr::val(commercial_use.word()),
        )
        .filter(model::Column::LicenseId.eq(license))
        .filter(model::Column::StatedCommercialUse.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// What changes with an organization in the models it made: search finds them by its names.
pub(super) async fn follow_organization(db: &DatabaseTransaction, organization: i32) -> Result<()> {
    let models = model::Entity::find()
        .join(
            sea_orm::JoinType::InnerJoin,
            model_organization::Relation::Model.def().rev(),
        )
        .filter(model_organization::Column::OrganizationId.eq(organization))
        .all(db)
        .await?;
    for row in models {
        let slug = parse_column(row.slug.clone())?;
        let summary = Localized {
            zh: row.summary_zh.clone(),
            en: row.summary_en.clone(),
        };
        let organizations = organizations_of(db, row.id).await?;
        let text = model_search_text(&slug, &row.name, &row.aliases.0, &summary, &organizations);
        let mut row: model::ActiveModel = row.into();
        row.search_text = Set(text);
        row.update(db).await?;
    }
    Ok(())
}
