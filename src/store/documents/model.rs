//! Models in their tables.

use std::collections::{HashMap, HashSet};

use entity::{
    license, model, model_dataset, model_organization, model_size, organization,
    vocabulary::{CommercialUse, DataUnit, Words},
};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, IntoActiveModel, QuerySelect,
    QueryTrait, Set,
    sea_query::{CaseStatement, Expr, OnConflict, Query},
};

use crate::db::bulk::{bulk_insert, by_id, delete, distinct, load_children, upsert_conflict};
use crate::db::sql::in_array;
use crate::domain::architecture::ArchitectureDocument;
use crate::domain::count::Count;
use crate::domain::dataset::DatasetDocument;
use crate::domain::document::SubjectDocument;
use crate::domain::license::LicenseDocument;
use crate::domain::link::LinkOwner;
use crate::domain::model::{DataScaleDocument, ModelDocument, SizeDocument, model_search_text};
use crate::domain::organization::OrganizationDocument;
use crate::domain::slug::Slug;
use crate::domain::text::LocalizedText;
use crate::error::{Error, Result};
use crate::store::documents::link;
use crate::store::documents::{Persist, SubjectColumns, WriteMode, existing_ids, row_missing, upsert_subjects};
use crate::store::references::{ReferenceIds, SlugIndex};
use crate::store::write_transaction::WriteTransaction;

impl Persist for ModelDocument {
    type Entity = model::Entity;
    const REFERENCED_BY: &'static [(&'static str, &'static str)] = &[("model", "base_model_id = $1")];

    async fn write(
        write: &WriteTransaction,
        documents: &[(&Self, WriteMode)],
        references: &ReferenceIds,
    ) -> Result<Vec<i32>> {
        write_models(write, documents, references).await
    }

    async fn load<C: ConnectionTrait>(db: &C, ids: &[i32]) -> Result<Vec<Self>> {
        load_models(db, ids).await
    }
}

/// Writes the rows of models. Returns their ids.
async fn write_models(
    write: &WriteTransaction,
    documents: &[(&ModelDocument, WriteMode)],
    references: &ReferenceIds,
) -> Result<Vec<i32>> {
    let db = write.transaction();
    let licenses = documents.iter().filter_map(|(document, _)| document.license.as_ref());
    let licenses = licenses.map(|slug| references.id::<LicenseDocument>(slug)).collect::<Result<Vec<_>>>()?;
    let licenses = by_id::<license::Entity>(db, licenses).await?;
    let makers = documents.iter().map(|(document, _)| document.makers(references)).collect::<Result<Vec<_>>>()?;
    let organizations = by_id::<organization::Entity>(db, makers.iter().flatten().copied().collect()).await?;
    let rows = documents.iter().zip(&makers).map(|((document, target), makers)| {
        let row = document.row(references, &licenses)?;
        let search_text = model_search_text(
            [&document.name, document.slug.as_str()],
            &document.aliases,
            &document.summary,
            makers.iter().filter_map(|id| organizations.get(id)),
        );
        Ok((*target, SubjectColumns { slug: &document.slug, name: &document.name, search_text }, row))
    });
    let ids = upsert_subjects(write, rows.collect::<Result<_>>()?).await?;
    let kept = existing_ids(documents);
    let models = ids.iter().copied().zip(documents.iter().map(|(document, _)| *document)).collect::<Vec<_>>();
    write_base_models(write, &models, references).await?;
    write_sizes(db, &models, &kept, references).await?;
    write_datasets(db, &models, &kept, references).await?;
    write_organizations(db, ids.iter().copied().zip(makers).collect(), &kept).await?;
    let links = models.iter().map(|(id, document)| (*id, &document.links[..])).collect();
    link::write(db, LinkOwner::Model, &kept, links).await?;
    Ok(ids)
}

/// Reads models back from their rows.
async fn load_models(db: &impl ConnectionTrait, ids: &[i32]) -> Result<Vec<ModelDocument>> {
    let mut rows = by_id::<model::Entity>(db, ids.to_vec()).await?;
    let mut sizes = load_children::<model_size::Entity>(db, "model_id", ids, &["parameters", "label"]).await?;
    let mut datasets = load_children::<model_dataset::Entity>(db, "model_id", ids, &["position"]).await?;
    let mut organizations = load_children::<model_organization::Entity>(db, "model_id", ids, &["position"]).await?;
    let mut links = link::load(db, LinkOwner::Model, ids).await?;
    let of_models = rows.values().map(|row| row.license_id);
    let of_sizes = sizes.values().flatten().map(|size| size.license_id);
    let licenses = SlugIndex::read::<LicenseDocument>(db, of_models.chain(of_sizes).collect()).await?;
    let architectures = rows.values().map(|row| row.architecture_id).collect();
    let architectures = SlugIndex::read::<ArchitectureDocument>(db, architectures).await?;
    let base_models = rows.values().map(|row| row.base_model_id).collect();
    let base_models = SlugIndex::read::<ModelDocument>(db, base_models).await?;
    let trained_on = datasets.values().flatten().map(|row| Some(row.dataset_id)).collect();
    let trained_on = SlugIndex::read::<DatasetDocument>(db, trained_on).await?;
    let made_by = organizations.values().flatten().map(|row| Some(row.organization_id)).collect();
    let made_by = SlugIndex::read::<OrganizationDocument>(db, made_by).await?;
    let documents = ids.iter().map(|id| {
        let row = rows.remove(id).ok_or_else(|| row_missing::<ModelDocument>(*id))?;
        let sizes = sizes.remove(id).unwrap_or_default().into_iter();
        let datasets = datasets.remove(id).unwrap_or_default().into_iter();
        let organizations = organizations.remove(id).unwrap_or_default().into_iter();
        Ok(ModelDocument {
            slug: Slug::from_column(row.slug)?,
            name: row.name,
            aliases: row.aliases.0,
            kind: row.kind,
            position: row.position,
            summary: LocalizedText { zh: row.summary_zh, en: row.summary_en },
            release_date: row.release_date,
            organizations: organizations.filter_map(|row| made_by.get(Some(row.organization_id))).collect(),
            license: licenses.get(row.license_id),
            commercial_use: row.stated_commercial_use,
            architecture: architectures.get(row.architecture_id),
            base_model: base_models.get(row.base_model_id),
            datasets: datasets.filter_map(|row| trained_on.get(Some(row.dataset_id))).collect(),
            data_scale: row.data_scale_text.map(|text| DataScaleDocument {
                text,
                amount: row.data_scale_amount.map(Count::from_column),
                unit: row.data_scale_unit.unwrap_or(DataUnit::Unknown),
            }),
            training_flops: row.training_flops,
            links: links.remove(id).unwrap_or_default(),
            sizes: sizes.map(|row| SizeDocument::of(row, &licenses)).collect(),
        })
    });
    documents.collect()
}

impl ModelDocument {
    /// The ids of its makers, in their order.
    fn makers(&self, references: &ReferenceIds) -> Result<Vec<i32>> {
        self.organizations.iter().map(|slug| references.id::<OrganizationDocument>(slug)).collect()
    }

    /// Its own row.
    fn row(&self, references: &ReferenceIds, licenses: &HashMap<i32, license::Model>) -> Result<model::ActiveModel> {
        let license = references.optional::<LicenseDocument>(self.license.as_ref())?;
        let inherited = license.and_then(|id| licenses.get(&id)).map(|license| license.commercial_use);
        Ok(model::ActiveModel {
            aliases: Set(Words(self.aliases.clone())),
            kind: Set(self.kind),
            position: Set(self.position),
            summary_zh: Set(self.summary.zh.clone()),
            summary_en: Set(self.summary.en.clone()),
            release_date: Set(self.release_date),
            license_id: Set(license),
            architecture_id: Set(references.optional::<ArchitectureDocument>(self.architecture.as_ref())?),
            base_model_id: Set(self.base_model.as_ref().and_then(|slug| references.get(Self::TABLE_NAME, slug))),
            stated_commercial_use: Set(self.commercial_use),
            commercial_use: Set(self.commercial_use.or(inherited).unwrap_or(CommercialUse::Unknown)),
            data_scale_text: Set(self.data_scale.as_ref().map(|scale| scale.text.clone())),
            data_scale_amount: Set(self.data_scale.as_ref().and_then(|scale| scale.amount).map(Count::get)),
            data_scale_unit: Set(self.data_scale.as_ref().map(|scale| scale.unit)),
            max_parameters: Set(self.max_parameters().map(Count::get)),
            max_training_tokens: Set(self.max_training_tokens().map(Count::get)),
            training_flops: Set(self.training_flops),
            ..Default::default()
        })
    }
}

impl SizeDocument {
    fn of(row: model_size::Model, licenses: &SlugIndex) -> Self {
        Self {
            label: row.label,
            parameters: Count::from_column(row.parameters),
            active_parameters: row.active_parameters.map(Count::from_column),
            training_tokens: row.training_tokens.map(Count::from_column),
            license: licenses.get(row.license_id),
        }
    }
}

/// Models that are derived from new ones of the same batch: those had no ids yet when the rows were written.
async fn write_base_models(
    write: &WriteTransaction,
    models: &[(i32, &ModelDocument)],
    references: &ReferenceIds,
) -> Result<()> {
    let new = models.iter().map(|(id, document)| (&document.slug, *id)).collect::<HashMap<_, _>>();
    let mut derived = Vec::new();
    for (id, document) in models {
        let Some(slug) = &document.base_model else { continue };
        if references.get(ModelDocument::TABLE_NAME, slug).is_some() {
            continue;
        }
        match new.get(slug) {
            Some(base) => derived.push((*id, *base)),
            None if write.imports() => {}
            None => return Err(Error::NotFound { noun: ModelDocument::TABLE_NAME, slug: slug.to_string() }),
        }
    }
    set_base_models(write.transaction(), &derived).await
}

/// How many models are derived by one statement.
const UPDATE_CHUNK: usize = 1000;

/// Derives models from others, by their ids.
pub async fn set_base_models(db: &DatabaseTransaction, models: &[(i32, i32)]) -> Result<()> {
    for models in models.chunks(UPDATE_CHUNK) {
        let case = |case: CaseStatement, (model, base): &(i32, i32)| case.case(Expr::col("id").eq(*model), *base);
        let mut update = Query::update();
        update.table("model").value("base_model_id", models.iter().fold(CaseStatement::new(), case));
        let ids = models.iter().map(|(model, _)| *model).collect::<Vec<_>>();
        db.execute(update.and_where(in_array(db.get_database_backend(), Expr::col("id"), &ids))).await?;
    }
    Ok(())
}

/// Sizes keep their rows, and so their ids, as long as they keep their labels.
async fn write_sizes(
    db: &DatabaseTransaction,
    models: &[(i32, &ModelDocument)],
    kept: &[i32],
    references: &ReferenceIds,
) -> Result<()> {
    if !kept.is_empty() {
        let labels = models.iter().flat_map(|(id, document)| document.sizes.iter().map(|size| (*id, &size.label)));
        let labels = labels.collect::<HashSet<_>>();
        let rows = load_children::<model_size::Entity>(db, "model_id", kept, &[]).await?;
        let gone = rows.values().flatten().filter(|row| !labels.contains(&(row.model_id, &row.label)));
        delete(db, "model_size", "id", &gone.map(|row| row.id).collect::<Vec<_>>()).await?;
    }
    let mut rows = Vec::new();
    for (id, document) in models {
        for size in &document.sizes {
            rows.push(model_size::ActiveModel {
                model_id: Set(*id),
                label: Set(size.label.clone()),
                parameters: Set(size.parameters.get()),
                active_parameters: Set(size.active_parameters.map(Count::get)),
                training_tokens: Set(size.training_tokens.map(Count::get)),
                license_id: Set(references.optional::<LicenseDocument>(size.license.as_ref())?),
                ..Default::default()
            });
        }
    }
    let unique = [model_size::Column::ModelId, model_size::Column::Label];
    bulk_insert(db, rows, Some(&upsert_conflict::<model_size::Entity>(&unique, &[model_size::Column::Id]))).await
}

async fn write_datasets(
    db: &DatabaseTransaction,
    models: &[(i32, &ModelDocument)],
    kept: &[i32],
    references: &ReferenceIds,
) -> Result<()> {
    delete(db, "model_dataset", "model_id", kept).await?;
    let mut rows = Vec::new();
    for (id, document) in models {
        for (slug, position) in document.datasets.iter().zip(0..) {
            let dataset_id = references.id::<DatasetDocument>(slug)?;
            rows.push(model_dataset::ActiveModel {
                model_id: Set(*id),
                dataset_id: Set(dataset_id),
                position: Set(position),
            });
        }
    }
    bulk_insert(db, rows, None).await
}

async fn write_organizations(db: &DatabaseTransaction, makers: Vec<(i32, Vec<i32>)>, kept: &[i32]) -> Result<()> {
    delete(db, "model_organization", "model_id", kept).await?;
    let rows = makers.into_iter().flat_map(|(id, makers)| {
        makers.into_iter().zip(0..).map(move |(organization, position)| model_organization::ActiveModel {
            model_id: Set(id),
            organization_id: Set(organization),
            position: Set(position),
        })
    });
    bulk_insert(db, rows.collect(), None).await
}

/// What changes with licenses in the models under them.
pub async fn propagate_license_changes(db: &DatabaseTransaction, uses: Vec<(i32, CommercialUse)>) -> Result<()> {
    let mut licenses = HashMap::<_, Vec<_>>::new();
    for (license, uses) in uses {
        licenses.entry(uses).or_default().push(license);
    }
    for (uses, licenses) in licenses {
        let mut update = Query::update();
        update.table("model").value("commercial_use", uses.word());
        update.and_where(in_array(db.get_database_backend(), Expr::col("license_id"), &licenses));
        db.execute(update.and_where(Expr::col("stated_commercial_use").is_null())).await?;
    }
    Ok(())
}

/// How many models follow their organizations at once.
const PROPAGATION_CHUNK: usize = 1000;

/// What changes with organizations in the models they made: search finds them by their names.
pub async fn propagate_organization_names(db: &DatabaseTransaction, changed: &[i32]) -> Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let mut made = model_organization::Entity::find().select_only().expr(Expr::col("model_id")).into_query();
    made.and_where(in_array(db.get_database_backend(), Expr::col("organization_id"), changed));
    let made = db.query_all(&made).await?;
    let models = made.iter().map(|row| row.try_get("", "model_id")).collect::<Result<Vec<i32>, _>>()?;
    for models in distinct(models).chunks(PROPAGATION_CHUNK) {
        let makers = load_children::<model_organization::Entity>(db, "model_id", models, &["position"]).await?;
        let ids = makers.values().flatten().map(|row| row.organization_id).collect();
        let organizations = by_id::<organization::Entity>(db, ids).await?;
        let rows = by_id::<model::Entity>(db, models.to_vec()).await?.into_values().map(|row| {
            let slug = Slug::from_column(row.slug.clone())?;
            let summary = LocalizedText { zh: row.summary_zh.clone(), en: row.summary_en.clone() };
            let makers = makers.get(&row.id).into_iter().flatten();
            let makers = makers.filter_map(|maker| organizations.get(&maker.organization_id));
            let text = model_search_text([&row.name, slug.as_str()], &row.aliases.0, &summary, makers);
            Ok(model::ActiveModel { search_text: Set(text), ..row.into_active_model().reset_all() })
        });
        let over = OnConflict::column("id").update_column("search_text").to_owned();
        bulk_insert(db, rows.collect::<Result<Vec<_>>>()?, Some(&over)).await?;
    }
    Ok(())
}
