//! Lineage: the bases of models, and their ancestors and descendants.

use std::sync::Arc;

use async_graphql::{Context, InputObject, MaybeUndefined, Object, SimpleObject};
use entity::{model, model_base, vocabulary::LineageRelation};
use sea_orm::{Condition, DbErr};

use crate::domain::base::BaseDocument;
use crate::domain::document::SubjectDocument;
use crate::domain::facts::filter::{ColumnFilter, EnumFilter};
use crate::domain::model::ModelDocument;
use crate::domain::slug;
use crate::error::{Error, Result};
use crate::graphql::context::ContextExt;
use crate::graphql::filter::{Filter, FilterContext, combine, refers_to};
use crate::graphql::scalars::Slug;
use crate::graphql::types::model::Model;
use crate::graphql::types::model::filter::ModelFilter;
use crate::graphql::types::model_size::ModelSize;
use crate::query::lineage_loader::{LineageDirection, LineageKey, MAX_LINEAGE_DEPTH};
use crate::query::relation_keys::SizesOf;

/// A model that another model was derived from.
pub struct ModelBase(pub Arc<model_base::Model>);

#[macros::charged_fields]
/// A model that another model was derived from. A model with several sizes may have one of these for each size.
#[Object]
impl ModelBase {
    /// The base.
    async fn model(&self, ctx: &Context<'_>) -> Result<Model> {
        let row = ctx.loaders().row::<model::Entity>(self.0.base_id).await?;
        // Another request deleted the base after this one had read the row.
        let missing = || DbErr::RecordNotFound(format!("model {}", self.0.base_id));
        row.map(Model).ok_or_else(|| Error::internal(missing()))
    }

    /// How the model was derived from it. Null if unknown.
    async fn relation(&self) -> Option<LineageRelation> {
        self.0.relation
    }

    /// The size of the base. Null if `sizeLabel` is, or if the base has no size with that label.
    async fn size(&self, ctx: &Context<'_>) -> Result<Option<ModelSize>> {
        find_size(ctx, self.0.base_id, self.0.base_size.as_ref()).await
    }

    /// The label of the size of the base, such as "7B". Null if it is not one size.
    async fn size_label(&self) -> Option<&String> {
        self.0.base_size.as_ref()
    }

    /// The size of the model itself that was derived from it. Null if it is not one size.
    async fn of(&self, ctx: &Context<'_>) -> Result<Option<ModelSize>> {
        find_size(ctx, self.0.model_id, self.0.own_size.as_ref()).await
    }
}

/// Finds the size of a model with a label.
async fn find_size(ctx: &Context<'_>, model: i32, label: Option<&String>) -> Result<Option<ModelSize>> {
    let Some(label) = label else { return Ok(None) };
    let sizes = ctx.loaders().related(SizesOf(model)).await?;
    Ok(sizes.iter().find(|size| size.label == *label).cloned().map(ModelSize))
}

/// A model that another was derived from, or the reverse, directly or through others.
#[derive(SimpleObject)]
pub struct LineageModel {
    /// The model.
    model: Model,
    /// The number of steps to it, by the shortest path: 1 for a base, 2 for a base of a base.
    depth: i32,
}

/// Loads the ancestors or descendants of a model.
///
/// # Errors
/// `depth` is out of range, or the database fails.
pub async fn lineage(ctx: &Context<'_>, id: i32, direction: LineageDirection, depth: i32) -> Result<Vec<LineageModel>> {
    if !(1..=MAX_LINEAGE_DEPTH).contains(&depth) {
        return Err(Error::InvalidArgument(format!("`depth` is {depth}; it is from 1 to {MAX_LINEAGE_DEPTH}.")));
    }
    let rows = ctx.loaders().load_one(LineageKey { id, direction, depth }).await?;
    let rows = rows.iter().flat_map(|rows| rows.iter());
    Ok(rows.map(|row| LineageModel { model: Model(Arc::clone(&row.model)), depth: row.depth }).collect())
}

/// Conditions on a base of a model. All given ones must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ModelBaseFilter {
    /// All of these filters match.
    and: Option<Vec<ModelBaseFilter>>,
    /// At least one of these matches.
    or: Option<Vec<ModelBaseFilter>>,
    /// This filter does not match.
    not: Option<Box<ModelBaseFilter>>,
    /// How the model was derived from the base.
    relation: Option<EnumFilter<LineageRelation>>,
    /// The base.
    model: Option<Box<ModelFilter>>,
}

impl Filter for ModelBaseFilter {
    const TABLE: &'static str = "model_base";

    fn condition(&self, context: &FilterContext) -> Condition {
        let own = Condition::all()
            .add_option(self.relation.as_ref().map(|filter| filter.condition(("model_base", "relation"))))
            .add_option(self.model.as_deref().map(|model| refers_to(("model_base", "base_id"), model, context)));
        combine(own, self.and.as_ref(), self.or.as_ref(), self.not.as_deref(), context)
    }
}

/// A model that another model was derived from.
#[derive(Clone, Debug, InputObject)]
pub struct ModelBaseInput {
    /// The slug of the base.
    model: Slug,
    /// How the model was derived from it.
    relation: Option<LineageRelation>,
    /// The label of the size of the base, if it is one size.
    size: Option<String>,
    /// The label of the size of the model itself that was derived from it, if it is one size.
    of: Option<String>,
}

impl From<ModelBaseInput> for BaseDocument {
    fn from(input: ModelBaseInput) -> Self {
        Self { model: input.model.0, relation: input.relation, size: input.size, of: input.of }
    }
}

/// Sets the bases of a new model. A base model together with a list of bases stays in the document, which is then not valid.
pub fn set_bases(model: &mut ModelDocument, base_model: Option<Slug>, bases: Option<Vec<ModelBaseInput>>) {
    let bases = bases.into_iter().flatten().map(Into::into).collect::<Vec<_>>();
    match base_model {
        Some(base_model) => (model.base_model, model.bases) = (Some(base_model.0), bases),
        None => model.set_bases(bases),
    }
}

/// Updates the bases of a model. A base model that is the first of its bases changes nothing; another replaces them.
pub fn patch_bases(
    model: &mut ModelDocument,
    base_model: MaybeUndefined<Slug>,
    bases: MaybeUndefined<Vec<ModelBaseInput>>,
) {
    let keeps_first = |slug: &slug::Slug| model.bases().first().is_some_and(|base| base.model == *slug);
    match (base_model, bases) {
        (MaybeUndefined::Undefined, MaybeUndefined::Undefined) => {}
        (MaybeUndefined::Value(slug), MaybeUndefined::Undefined) if keeps_first(&slug.0) => {}
        (base_model, bases) => set_bases(model, base_model.take(), bases.take()),
    }
}
