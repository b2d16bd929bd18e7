//! The rows of tables, read from documents in batches.

use std::{
    collections::{HashMap, HashSet},
    pin::pin,
};

use entity::vocabulary::{CommercialUse, SubjectType};
use futures_util::TryStreamExt;
use sea_orm::{
    Condition, ConnectionTrait,
    sea_query::{Expr, Query},
};
use serde::Serialize;
use serde_json::{Map, Value as Json, json};

use crate::db::sql::in_array;
use crate::domain::checkpoint::{page_url, part_address};
use crate::domain::document::SubjectDocument;
use crate::domain::evidence::document::Citation;
use crate::domain::license::LicenseDocument;
use crate::domain::model::ModelDocument;
use crate::domain::slug::Slug;
use crate::domain::subject::with_document;
use crate::error::{Error, Result};
use crate::formats::export::Sink;
use crate::formats::export::iterate::{ByPosition, load, load_by_slug};
use crate::formats::export::json::earlier_slugs;
use crate::formats::export::selection::Selection;
use crate::formats::export::tables::TableWriter;
use crate::formats::export::tables::columns::{Column, ValuePath};
use crate::query::as_of::snapshot_view::SnapshotView;
use crate::store::documents::Persist;
use crate::store::reassess::EarlierSlugs;
use crate::store::scan::scan_all;

/// A row.
#[derive(Default)]
pub struct Row {
    /// The document that it is about.
    pub document: Json,
    /// Values by the names of their columns. They stand for those of the document.
    pub own: Map<String, Json>,
    /// The subject whose page shows the row: the plural of its type, and its slug.
    pub page: Option<(&'static str, String)>,
}

impl Row {
    /// Returns the cell of a column; null if the value is unknown.
    pub fn cell(&self, column: &Column) -> Json {
        if let Some(own) = self.own.get(&column.name) {
            return own.clone();
        }
        match column.place {
            ValuePath::Field(name, default) => match &self.document[name] {
                Json::Null => default.into(),
                value => value.clone(),
            },
            ValuePath::Localized(name, language) => self.document[name][language].clone(),
            ValuePath::Row => Json::Null,
        }
    }
}

fn to_json(document: &impl Serialize) -> Result<Json> {
    serde_json::to_value(document).map_err(Error::internal)
}

fn page<D: SubjectDocument>(document: &D) -> Option<(&'static str, String)> {
    Some((D::SUBJECT.plural(), document.slug().to_string()))
}

/// Writes the subjects of a type, by slug.
pub(super) async fn subjects<D: Persist, S: Sink>(
    snapshot: &SnapshotView,
    writer: &mut TableWriter<'_, '_, S>,
) -> Result<(), S::Error> {
    let mut documents = pin!(scan_all::<D, _>(snapshot));
    while let Some(document) = documents.try_next().await? {
        writer.write(Row { document: to_json(&document)?, page: page(&document), ..Row::default() }).await?;
    }
    Ok(())
}

/// Writes the sizes of the selected models that match the condition on sizes, in the order of the list.
pub(super) async fn sizes<S: Sink>(
    snapshot: &SnapshotView,
    selection: &Selection,
    writer: &mut TableWriter<'_, '_, S>,
) -> Result<(), S::Error> {
    let mut models = ByPosition::new(snapshot, selection.models());
    loop {
        let ids = models.next().await?;
        if ids.is_empty() {
            return Ok(());
        }
        let matching = match &selection.sizes {
            Some(condition) => Some(labels(snapshot, &ids, condition).await?),
            None => None,
        };
        let models = load(snapshot, &ids).await?;
        let uses = LicenseUses::load(snapshot, &models).await?;
        for (id, model) in ids.iter().zip(&models) {
            for (size, commercial_use) in model.sizes.iter().zip(model.effective_uses(|slug| uses.of(slug)).1) {
                if matching.as_ref().is_some_and(|matching| !matching.contains(&(*id, size.label.clone()))) {
                    continue;
                }
                let own = [
                    ("model", json!(model.slug)),
                    ("model_name", json!(model.name)),
                    ("organizations", json!(model.organizations)),
                    ("license", json!(size.license.as_ref().or(model.license.as_ref()))),
                    ("commercial_use", json!(commercial_use.word())),
                ];
                let document = to_json(&size.inherit(model))?;
                writer.write(Row { document, own: owned(own), page: page(model) }).await?;
            }
        }
    }
}

/// Returns the ids of models with the labels of those of their sizes that match a condition.
async fn labels(snapshot: &SnapshotView, ids: &[i32], condition: &Condition) -> Result<HashSet<(i32, String)>> {
    let mut select = Query::select();
    select.columns(["model_id", "label"]).from("model_size").cond_where(condition.clone());
    let of_models = in_array(snapshot.get_database_backend(), Expr::col(("model_size", "model_id")), ids);
    let rows = snapshot.query_all(select.and_where(of_models)).await?;
    rows.iter().map(|row| Ok((row.try_get("", "model_id")?, row.try_get("", "label")?))).collect()
}

/// Writes the checkpoints, by model and address.
pub(super) async fn checkpoints<S: Sink>(
    snapshot: &SnapshotView,
    writer: &mut TableWriter<'_, '_, S>,
) -> Result<(), S::Error> {
    /// The number of models whose licenses are read at once.
    const MODELS: usize = 200;
    let mut batches = pin!(scan_all::<ModelDocument, _>(snapshot).try_chunks(MODELS));
    while let Some(models) = batches.try_next().await.map_err(|error| error.1)? {
        let uses = LicenseUses::load(snapshot, &models).await?;
        for model in &models {
            for checkpoint in model.effective_checkpoints() {
                let by_license = || checkpoint.use_license.map(|slug| uses.of(slug));
                let commercial_use = checkpoint.stated_use.or_else(by_license).unwrap_or(CommercialUse::Unknown);
                let document = &checkpoint.document;
                let (revision, path) = (document.revision.as_deref(), document.path.as_deref());
                let (revision, path) = (revision.unwrap_or_default(), path.unwrap_or_default());
                let url = page_url(&document.hub, &document.repository, revision, path);
                let own = [
                    ("model", json!(model.slug)),
                    ("size", json!(checkpoint.size)),
                    ("license", json!(checkpoint.license)),
                    ("commercial_use", json!(commercial_use.word())),
                    ("url", json!(url.as_ref().map(url::Url::as_str))),
                    // Written where it is not that of a repository of the default hub, too.
                    ("hub", json!(document.hub)),
                ];
                let document = to_json(document)?;
                writer.write(Row { document, own: owned(own), page: page(model) }).await?;
            }
        }
    }
    Ok(())
}

/// Writes the statements of sources, by the type and the slug of their subjects.
pub(super) async fn evidence<S: Sink>(
    snapshot: &SnapshotView,
    writer: &mut TableWriter<'_, '_, S>,
) -> Result<(), S::Error> {
    let slugs = earlier_slugs(snapshot).await?;
    for subject in SubjectType::ALL {
        with_document!(*subject, D => evidence_about::<D, _>(snapshot, &slugs, writer).await?);
    }
    Ok(())
}

async fn evidence_about<D: Persist, S: Sink>(
    snapshot: &SnapshotView,
    slugs: &EarlierSlugs,
    writer: &mut TableWriter<'_, '_, S>,
) -> Result<(), S::Error> {
    if !D::HAS_EVIDENCE {
        return Ok(());
    }
    let mut documents = pin!(scan_all::<D, _>(snapshot));
    while let Some(mut document) = documents.try_next().await? {
        slugs.restore(&mut document);
        for citation in document.citations() {
            let own = statement::<D>(&document, &citation)?;
            writer.write(Row { document: Json::Null, own, page: page(&document) }).await?;
        }
    }
    Ok(())
}

fn statement<D: SubjectDocument>(document: &D, citation: &Citation) -> Result<Map<String, Json>> {
    let value = citation.value.as_deref().map(serde_json::from_str::<Json>).transpose().map_err(Error::internal)?;
    let part = part_address(&citation.part).unwrap_or(&citation.part);
    Ok(owned([
        ("subject_type", json!(D::SUBJECT.word())),
        ("subject", json!(document.slug())),
        ("part", json!(Some(part).filter(|part| !part.is_empty()))),
        ("field", json!(citation.field)),
        ("value", value.unwrap_or_default()),
        ("stance", to_json(&citation.stance)?),
        ("source", json!(citation.source)),
        ("locator", json!(citation.locator)),
        ("quote", json!(citation.quote)),
        ("accessed", to_json(&citation.accessed)?),
        ("confidence", to_json(&citation.confidence)?),
        ("qualifier", to_json(&citation.qualifier)?),
        ("rank", to_json(&citation.rank)?),
        ("reason", json!(citation.reason)),
    ]))
}

fn owned<const N: usize>(values: [(&'static str, Json); N]) -> Map<String, Json> {
    values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The commercial use that the licenses of a batch of models permit.
struct LicenseUses(HashMap<Slug, LicenseDocument>);

impl LicenseUses {
    async fn load(snapshot: &SnapshotView, models: &[ModelDocument]) -> Result<Self> {
        let licenses = models.iter().flat_map(|model| model.licenses().into_iter().chain(&model.license));
        Ok(Self(load_by_slug(snapshot, licenses).await?))
    }

    fn of(&self, slug: &Slug) -> CommercialUse {
        self.0.get(slug).map_or(CommercialUse::Unknown, |license| license.commercial_use)
    }
}
