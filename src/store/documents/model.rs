//! Models as rows of their tables, with sizes, datasets, organizations and links.

use std::collections::{HashMap, HashSet};

use entity::{
    checkpoint as checkpoint_row, license, model, model_base, model_dataset, model_license, model_organization,
    model_size, organization,
    vocabulary::{CommercialUse, DataUnit, StringList, SubjectType},
};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, IntoActiveModel, QuerySelect,
    QueryTrait, Set,
    sea_query::{Expr, OnConflict, Query},
};

use crate::db::bulk::{bulk_insert, by_id, delete, distinct, load_children, upsert_conflict};
use crate::db::sql::in_array;
use crate::domain::base::BaseDocument;
use crate::domain::cache_layers::CacheShape;
use crate::domain::checkpoint::CheckpointDocument;
use crate::domain::count::Count;
use crate::domain::date::PartialDate;
use crate::domain::document::SubjectDocument;
use crate::domain::evidence::assessment::PartAssessment;
use crate::domain::facts::Facts;
use crate::domain::model::{DataScaleDocument, ModelDocument, SizeDocument, model_search_text};
use crate::domain::slug::Slug;
use crate::domain::text::LocalizedText;
use crate::domain::training::TrainingDocument;
use crate::error::Result;
use crate::store::documents::inherited_license::update_inherited_licenses;
use crate::store::documents::{
    DocumentWrite, ForeignKey, Persist, SubjectColumns, base, checkpoint, existing_ids, link, provenance_of,
    subject_rows, upsert_subjects,
};
use crate::store::evidence;
use crate::store::references::{ReferenceIds, SlugIndex};
use crate::store::write_transaction::WriteTransaction;

impl Persist for ModelDocument {
    type Entity = model::Entity;
    const FOREIGN_KEYS: &'static [ForeignKey] =
        &[ForeignKey { table: "model_base", column: "base_id", referrer: SubjectType::Model, referrer_id: "model_id" }];

    async fn write(
        write: &WriteTransaction,
        documents: &[DocumentWrite<'_, Self>],
        references: &ReferenceIds,
    ) -> Result<Vec<i32>> {
        write_models(write, documents, references).await
    }

    async fn load<C: ConnectionTrait>(db: &C, ids: &[i32]) -> Result<Vec<Self>> {
        load_models(db, ids).await
    }
}

/// Writes models with their child rows. Returns their ids, in order.
async fn write_models(
    write: &WriteTransaction,
    documents: &[DocumentWrite<'_, ModelDocument>],
    references: &ReferenceIds,
) -> Result<Vec<i32>> {
    let db = write.transaction();
    let licenses = documents
        .iter()
        .flat_map(|DocumentWrite { document, .. }| document.licenses().into_iter().chain(&document.license));
    let licenses = licenses.map(|slug| references.id_of(SubjectType::License, slug)).collect::<Result<Vec<_>>>()?;
    let licenses = by_id::<license::Entity>(db, licenses).await?;
    let uses = documents.iter().map(|written| effective_uses(written.document, references, &licenses));
    let uses = uses.collect::<Vec<_>>();
    let organization_ids = documents.iter().map(|written| written.document.organization_ids(references));
    let organization_ids = organization_ids.collect::<Result<Vec<_>>>()?;
    let organizations = by_id::<organization::Entity>(db, organization_ids.iter().flatten().copied().collect()).await?;
    let rows = documents.iter().zip(&organization_ids).zip(&uses).map(|((written, organization_ids), uses)| {
        let DocumentWrite { document, mode, parts } = written;
        let row = document.row(references, uses.0)?;
        let search_text = model_search_text(
            [&document.name, document.slug.as_str()],
            &document.aliases,
            &document.summary,
            document.checkpoints.iter().map(|checkpoint| checkpoint.repository.as_str()),
            organization_ids.iter().filter_map(|id| organizations.get(id)),
        );
        let provenance = provenance_of(parts, "");
        Ok((*mode, SubjectColumns { slug: &document.slug, name: &document.name, search_text, provenance }, row))
    });
    let ids = upsert_subjects(write, rows.collect::<Result<_>>()?).await?;
    let existing = existing_ids(documents);
    let models = ids.iter().copied().zip(documents.iter().map(|written| written.document)).collect::<Vec<_>>();
    base::write(write, &models, references).await?;
    base::write_rows(write, &models, &existing, references).await?;
    let size_uses = uses.iter().map(|(_, sizes)| &sizes[..]).collect::<Vec<_>>();
    let parts = documents.iter().map(|written| written.parts).collect::<Vec<_>>();
    write_sizes(db, &models, &size_uses, &parts, &existing, references).await?;
    checkpoint::write(db, &models, &parts, &existing, &licenses, references).await?;
    write_licenses(db, &models, &existing, references).await?;
    update_inherited_licenses(db, &ids).await?;
    write_datasets(db, &models, &existing, references).await?;
    write_organizations(db, ids.iter().copied().zip(organization_ids).collect(), &existing).await?;
    let links = models.iter().map(|(id, document)| (*id, &document.links[..])).collect();
    link::write(db, SubjectType::Model, &existing, links).await?;
    Ok(ids)
}

/// Reads models from their rows, in the order of `ids`.
async fn load_models(db: &impl ConnectionTrait, ids: &[i32]) -> Result<Vec<ModelDocument>> {
    let rows = subject_rows::<ModelDocument>(db, ids).await?;
    let mut sizes = load_children::<model_size::Entity>(db, "model_id", ids, &["parameters", "label"]).await?;
    let mut checkpoints = load_children::<checkpoint_row::Entity>(db, "model_id", ids, &checkpoint::ORDER).await?;
    let mut bases = load_children::<model_base::Entity>(db, "model_id", ids, &["position"]).await?;
    let mut datasets = load_children::<model_dataset::Entity>(db, "model_id", ids, &["position"]).await?;
    let mut organizations = load_children::<model_organization::Entity>(db, "model_id", ids, &["position"]).await?;
    let mut links = link::load(db, SubjectType::Model, ids).await?;
    let model_references = rows.iter().flat_map(|(_, row)| ModelDocument::referenced_ids(row));
    let base_ids = bases.values().flatten().map(|row| (SubjectType::Model, Some(row.base_id)));
    let size_references = sizes.values().flatten().flat_map(SizeDocument::referenced_ids);
    let size_references =
        size_references.chain(checkpoints.values().flatten().flat_map(CheckpointDocument::referenced_ids));
    let dataset_ids = datasets.values().flatten().map(|row| (SubjectType::Dataset, Some(row.dataset_id)));
    let organization_ids = organizations.values().flatten();
    let organization_ids = organization_ids.map(|row| (SubjectType::Organization, Some(row.organization_id)));
    let references = model_references.chain(base_ids).chain(size_references).chain(dataset_ids).chain(organization_ids);
    let slugs = SlugIndex::read(db, references.collect::<Vec<_>>()).await?;
    let slug_of = |subject, id| slugs.get(subject, Some(id));
    let documents = rows.into_iter().zip(ids).map(|((columns, row), id)| {
        let mut document = ModelDocument::new(columns.slug, columns.name);
        document.read_row(&row, &slug_of);
        let bases = bases.remove(id).unwrap_or_default().into_iter();
        let bases = bases.filter_map(|row| {
            let model = slug_of(SubjectType::Model, row.base_id)?;
            Some(BaseDocument { model, relation: row.relation, size: row.base_size, of: row.own_size })
        });
        document.set_bases(bases.collect());
        document.aliases = row.aliases.0;
        document.data_scale = row.data_scale_text.map(|text| DataScaleDocument {
            text,
            amount: row.data_scale_amount.map(Count::from_column),
            unit: row.data_scale_unit.unwrap_or(DataUnit::Unknown),
        });
        let organizations = organizations.remove(id).unwrap_or_default().into_iter();
        document.organizations =
            organizations.filter_map(|row| slug_of(SubjectType::Organization, row.organization_id)).collect();
        let datasets = datasets.remove(id).unwrap_or_default().into_iter();
        let datasets = datasets.filter_map(|row| {
            let dataset = slug_of(SubjectType::Dataset, row.dataset_id)?;
            let tokens = row.tokens.map(Count::from_column);
            Some(TrainingDocument { dataset, share: row.share, tokens, epochs: row.epochs })
        });
        document.datasets = datasets.collect();
        document.links = links.remove(id).unwrap_or_default();
        document.sizes = sizes
            .remove(id)
            .unwrap_or_default()
            .into_iter()
            .map(|row| {
                let mut size = SizeDocument::new(row.label.clone(), Count::from_column(row.parameters));
                size.read_row(&row, &slug_of);
                size
            })
            .collect();
        let checkpoints = checkpoints.remove(id).unwrap_or_default();
        document.checkpoints = checkpoints.iter().map(|row| checkpoint::document(row, &slug_of)).collect();
        document
    });
    let mut documents = documents.collect::<Vec<_>>();
    evidence::load(db, ids, &mut documents).await?;
    Ok(documents)
}

impl ModelDocument {
    /// Returns the ids of the organizations that made the model, in order.
    fn organization_ids(&self, references: &ReferenceIds) -> Result<Vec<i32>> {
        self.organizations.iter().map(|slug| references.id_of(SubjectType::Organization, slug)).collect()
    }

    /// Returns the row of the model itself, without the columns that all types of subjects have.
    fn row(&self, references: &ReferenceIds, commercial_use: CommercialUse) -> Result<model::ActiveModel> {
        let mut row = model::ActiveModel {
            aliases: Set(StringList(self.aliases.clone())),
            commercial_use: Set(commercial_use),
            data_scale_text: Set(self.data_scale.as_ref().map(|scale| scale.text.clone())),
            data_scale_amount: Set(self.data_scale.as_ref().and_then(|scale| scale.amount).map(Count::get)),
            data_scale_unit: Set(self.data_scale.as_ref().map(|scale| scale.unit)),
            release_date: Set(self.first_release_date().map(PartialDate::to_string)),
            max_context_length: Set(self.max_context_length()),
            max_parameters: Set(self.max_parameters().map(Count::get)),
            max_training_tokens: Set(self.max_training_tokens().map(Count::get)),
            ..Default::default()
        };
        self.write_row(&mut row, &|subject, slug| references.column_of::<Self>(subject, slug))?;
        if let Some(first) = self.bases.first() {
            row.base_model_id = Set(references.get(SubjectType::Model, &first.model));
        }
        Ok(row)
    }
}

/// Writes the sizes of models. A size keeps its row and its id as long as its label does not change.
async fn write_sizes(
    db: &DatabaseTransaction,
    models: &[(i32, &ModelDocument)],
    uses: &[&[CommercialUse]],
    parts: &[&[PartAssessment]],
    existing: &[i32],
    references: &ReferenceIds,
) -> Result<()> {
    if !existing.is_empty() {
        let labels = models.iter().flat_map(|(id, document)| document.sizes.iter().map(|size| (*id, &size.label)));
        let labels = labels.collect::<HashSet<_>>();
        let rows = load_children::<model_size::Entity>(db, "model_id", existing, &[]).await?;
        let removed = rows.values().flatten().filter(|row| !labels.contains(&(row.model_id, &row.label)));
        delete(db, "model_size", "id", &removed.map(|row| row.id).collect::<Vec<_>>()).await?;
    }
    let mut rows = Vec::new();
    for (((id, document), uses), parts) in models.iter().zip(uses).zip(parts) {
        for (size, commercial_use) in document.sizes.iter().zip(*uses) {
            let license = size.license.as_ref().or(document.license.as_ref());
            let license = license.map(|slug| references.id_of(SubjectType::License, slug)).transpose()?;
            let cache = CacheShape::of(&size.cache_layers);
            let provenance = provenance_of(parts, &size.label);
            let mut row = model_size::ActiveModel {
                model_id: Set(*id),
                label: Set(size.label.clone()),
                effective_license_id: Set(license),
                commercial_use: Set(*commercial_use),
                cache_per_token: Set(cache.as_ref().map(|cache| cache.per_token)),
                cache_fixed: Set(cache.as_ref().map(|cache| cache.fixed)),
                cache_per_token_in_windows: Set(cache.as_ref().map(|cache| cache.per_token_in_windows)),
                lowest_confidence: Set(provenance.and_then(|provenance| provenance.confidence)),
                source_count: Set(provenance.map(|provenance| provenance.sources)),
                conflict_count: Set(provenance.map(|provenance| provenance.conflicts)),
                unsourced_count: Set(provenance.map(|provenance| provenance.unsourced)),
                ..Default::default()
            };
            size.write_row(&mut row, &|subject, slug| references.id_of(subject, slug).map(Some))?;
            size.inherit(*document).write_effective(&mut row);
            rows.push(row);
        }
    }
    let unique = [model_size::Column::ModelId, model_size::Column::Label];
    bulk_insert(db, rows, Some(&upsert_conflict::<model_size::Entity>(&unique, &[model_size::Column::Id]))).await
}

/// Returns the commercial use of a model, and that of each size.
fn effective_uses(
    document: &ModelDocument,
    references: &ReferenceIds,
    licenses: &HashMap<i32, license::Model>,
) -> (CommercialUse, Vec<CommercialUse>) {
    document.effective_uses(|slug| {
        let license = references.get(SubjectType::License, slug).and_then(|id| licenses.get(&id));
        license.map_or(CommercialUse::Unknown, |license| license.commercial_use)
    })
}

/// Writes the licenses that apply to models.
async fn write_licenses(
    db: &DatabaseTransaction,
    models: &[(i32, &ModelDocument)],
    existing: &[i32],
    references: &ReferenceIds,
) -> Result<()> {
    delete(db, "model_license", "model_id", existing).await?;
    let mut rows = Vec::new();
    for (id, document) in models {
        for (slug, position) in document.licenses().into_iter().zip(0..) {
            let license_id = references.id_of(SubjectType::License, slug)?;
            rows.push(model_license::ActiveModel {
                model_id: Set(*id),
                license_id: Set(license_id),
                position: Set(position),
            });
        }
    }
    bulk_insert(db, rows, None).await
}

async fn write_datasets(
    db: &DatabaseTransaction,
    models: &[(i32, &ModelDocument)],
    existing: &[i32],
    references: &ReferenceIds,
) -> Result<()> {
    delete(db, "model_dataset", "model_id", existing).await?;
    let mut rows = Vec::new();
    for (id, document) in models {
        for (data, position) in document.datasets.iter().zip(0..) {
            let dataset_id = references.id_of(SubjectType::Dataset, &data.dataset)?;
            rows.push(model_dataset::ActiveModel {
                model_id: Set(*id),
                dataset_id: Set(dataset_id),
                position: Set(position),
                share: Set(data.share),
                tokens: Set(data.tokens.map(Count::get)),
                epochs: Set(data.epochs),
            });
        }
    }
    bulk_insert(db, rows, None).await
}

async fn write_organizations(db: &DatabaseTransaction, models: Vec<(i32, Vec<i32>)>, existing: &[i32]) -> Result<()> {
    delete(db, "model_organization", "model_id", existing).await?;
    let rows = models.into_iter().flat_map(|(id, organizations)| {
        organizations.into_iter().zip(0..).map(move |(organization, position)| model_organization::ActiveModel {
            model_id: Set(id),
            organization_id: Set(organization),
            position: Set(position),
        })
    });
    bulk_insert(db, rows.collect(), None).await
}

/// Updates the commercial use of the checkpoints, sizes and models to which changed licenses apply.
///
/// # Errors
/// The database fails.
pub async fn propagate_license_changes(db: &DatabaseTransaction, changed: &[i32]) -> Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let backend = db.get_database_backend();
    let changed = |column| in_array(backend, Expr::col(column), changed);
    let mut checkpoints = Query::update();
    let license_use = "(SELECT l.commercial_use FROM license l WHERE l.id = use_license_id)";
    checkpoints.table("checkpoint").value("commercial_use", Expr::cust(license_use));
    checkpoints.and_where(changed("use_license_id"));
    checkpoints.and_where(Expr::col("commercial_use").ne(Expr::cust(license_use)));
    db.execute(&checkpoints).await?;
    let mut sizes = Query::update();
    sizes.table("model_size").value("commercial_use", Expr::cust(SIZE_USE));
    let of_checkpoints =
        Query::select().column("size_id").from("checkpoint").and_where(changed("use_license_id")).take();
    sizes.and_where(changed("effective_license_id").or(Expr::col("id").in_subquery(of_checkpoints)));
    db.execute(sizes.and_where(Expr::col("commercial_use").ne(Expr::cust(SIZE_USE)))).await?;
    let mut models = Query::update();
    models.table("model").value("commercial_use", Expr::cust(MODEL_USE));
    let affected = Query::select().column("model_id").from("model_license").and_where(changed("license_id")).take();
    models.and_where(Expr::col("commercial_use").ne(Expr::cust(MODEL_USE)));
    db.execute(models.and_where(Expr::col("id").in_subquery(affected))).await?;
    Ok(())
}

/// The SQL expression of the commercial use of a size, by the rule of `ModelDocument::effective_uses`: of its own, which is what is stated
/// for it, or follows from its license, or is stated for the model, and of its checkpoints.
const SIZE_USE: &str = "(
    SELECT COALESCE(CASE WHEN MIN(part) = MAX(part) THEN MIN(part) WHEN COUNT(part) > 0 THEN 'VARIES' END, 'UNKNOWN')
    FROM (
        SELECT c.commercial_use AS part FROM checkpoint c WHERE c.size_id = model_size.id
        UNION ALL
        SELECT NULLIF(COALESCE(
            model_size.stated_commercial_use,
            CASE WHEN model_size.license_id IS NULL THEN
                (SELECT m.stated_commercial_use FROM model m WHERE m.id = model_size.model_id) END,
            (SELECT l.commercial_use FROM license l WHERE l.id = model_size.effective_license_id)
        ), 'UNKNOWN')
    ) parts
)";

/// The SQL expression of the commercial use of a model, by the same rule: of its sizes, or its own without sizes, and of its
/// checkpoints that belong to no size.
const MODEL_USE: &str = "(
    SELECT COALESCE(CASE WHEN MIN(part) = MAX(part) THEN MIN(part) WHEN COUNT(part) > 0 THEN 'VARIES' END, 'UNKNOWN')
    FROM (
        SELECT s.commercial_use AS part FROM model_size s WHERE s.model_id = model.id
        UNION ALL
        SELECT c.commercial_use FROM checkpoint c WHERE c.model_id = model.id AND c.size_id IS NULL AND (
            c.license_id IS NOT NULL OR c.stated_commercial_use IS NOT NULL
            OR NOT EXISTS (SELECT 1 FROM model_size s WHERE s.model_id = model.id)
        )
        UNION ALL
        SELECT NULLIF(COALESCE(
            model.stated_commercial_use,
            (SELECT l.commercial_use FROM license l WHERE l.id = model.license_id)
        ), 'UNKNOWN') WHERE NOT EXISTS (SELECT 1 FROM model_size s WHERE s.model_id = model.id)
    ) parts
)";

/// The number of models that are updated at once after their organizations changed.
const PROPAGATION_CHUNK: usize = 1000;

/// Updates the search texts of the models that changed organizations made: search finds models by the names of their makers.
///
/// # Errors
/// The database fails.
pub async fn propagate_organization_names(db: &DatabaseTransaction, changed: &[i32]) -> Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    let mut select = model_organization::Entity::find().select_only().expr(Expr::col("model_id")).into_query();
    select.and_where(in_array(db.get_database_backend(), Expr::col("organization_id"), changed));
    let rows = db.query_all(&select).await?;
    let models = rows.iter().map(|row| row.try_get("", "model_id")).collect::<Result<Vec<i32>, _>>()?;
    for models in distinct(models).chunks(PROPAGATION_CHUNK) {
        let made_by = load_children::<model_organization::Entity>(db, "model_id", models, &["position"]).await?;
        let ids = made_by.values().flatten().map(|row| row.organization_id).collect();
        let organizations = by_id::<organization::Entity>(db, ids).await?;
        let checkpoints = load_children::<checkpoint_row::Entity>(db, "model_id", models, &checkpoint::ORDER).await?;
        let rows = by_id::<model::Entity>(db, models.to_vec()).await?.into_values().map(|row| {
            let slug = Slug::from_column(row.slug.clone())?;
            let summary = LocalizedText { zh: row.summary_zh.clone(), en: row.summary_en.clone() };
            let makers = made_by.get(&row.id).into_iter().flatten();
            let makers = makers.filter_map(|maker| organizations.get(&maker.organization_id));
            let repositories = checkpoints.get(&row.id).into_iter().flatten().map(|row| row.repository.as_str());
            let names = [&row.name, slug.as_str()];
            let text = model_search_text(names, &row.aliases.0, &summary, repositories, makers);
            Ok(model::ActiveModel { search_text: Set(text), ..row.into_active_model().reset_all() })
        });
        let update = OnConflict::column("id").update_column("search_text").to_owned();
        bulk_insert(db, rows.collect::<Result<Vec<_>>>()?, Some(&update)).await?;
    }
    Ok(())
}
