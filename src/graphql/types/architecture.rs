//! Architectures.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::{architecture, vocabulary::SubjectType};
use sea_orm::{Condition, sea_query::Expr};

use crate::domain::architecture::ArchitectureDocument;
use crate::domain::document::SubjectDocument;
use crate::domain::facts::filter::{ColumnFilter, StringFilter};
use crate::domain::link::LinkOwner;
use crate::domain::slug;
use crate::error::Result;
use crate::graphql::connection::connection_node;
use crate::graphql::context::ContextExt;
use crate::graphql::filter::{Filter, FilterContext, ListFilter, combine};
use crate::graphql::input::{CreateInput, InputContext, UpdateInput};
use crate::graphql::order::name_order;
use crate::graphql::resource_macros::{subject_mutations, subject_queries};
use crate::graphql::scalars::{GlobalId, Slug};
use crate::graphql::types::link::{Link, LinkInput, patch_links};
use crate::graphql::types::model::filter::{ModelFilter, ModelOrderField};
use crate::graphql::types::model::{BY_ARCHITECTURE, Model};
use crate::query::relation_keys::LinksOf;

/// The architecture of a model, such as GPTQ or LLaMA.
pub struct Architecture(pub Arc<architecture::Model>);

#[macros::connection_field(
    name = models, node = Model, filter = ModelFilter, order = ModelOrderField, parent = BY_ARCHITECTURE,
    doc = "The models of the architecture. Without `orderBy`, in the order of the source list, with models that are not in it last."
)]
#[macros::subject_fields]
/// The architecture of a model, such as GPTQ or LLaMA.
#[Object]
impl Architecture {
    /// The global id.
    pub async fn id(&self) -> ID {
        GlobalId::Subject(SubjectType::Architecture, self.0.id).id()
    }

    /// The identifier in URLs and references: lower-case words joined by hyphens, such as "llama".
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The name as its source writes it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Links to further information.
    async fn links(&self, ctx: &Context<'_>) -> Result<Vec<Link>> {
        let owner = LinkOwner { subject: SubjectType::Architecture, id: self.0.id };
        let rows = ctx.loaders().related(LinksOf(owner)).await?;
        Ok(rows.iter().cloned().map(Link).collect())
    }
}

/// An architecture to create. A field that is absent or null is unknown.
#[derive(Clone, Debug, InputObject)]
pub struct CreateArchitectureInput {
    /// The slug. Without it, one is derived from the name.
    slug: Option<Slug>,
    /// The name as its source writes it.
    name: String,
    /// Links to further information.
    links: Option<Vec<LinkInput>>,
}

/// The changes of an architecture. An absent field keeps its value, null clears it; lists are replaced.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateArchitectureInput {
    /// The slug of the architecture.
    slug: Slug,
    /// The version that was read: CONFLICT if another is current. Null: not checked.
    expected_version: Option<i32>,
    /// The new slug.
    new_slug: MaybeUndefined<Slug>,
    /// The name as its source writes it.
    name: MaybeUndefined<String>,
    /// Links to further information.
    links: MaybeUndefined<Vec<LinkInput>>,
}

impl CreateInput for CreateArchitectureInput {
    type Document = ArchitectureDocument;

    async fn document(self, path: &str, context: &mut InputContext<'_>) -> Result<ArchitectureDocument> {
        let slug = context.slug(path, self.slug, &self.name);
        let mut document = ArchitectureDocument::new(slug, self.name);
        document.links = self.links.into_iter().flatten().map(Into::into).collect();
        Ok(document)
    }
}

impl UpdateInput for UpdateArchitectureInput {
    type Document = ArchitectureDocument;

    fn subject(&self) -> (slug::Slug, Option<i32>) {
        (self.slug.0.clone(), self.expected_version)
    }

    async fn apply(
        self,
        path: &str,
        mut document: ArchitectureDocument,
        context: &mut InputContext<'_>,
    ) -> Result<ArchitectureDocument> {
        context.patch_slug(path, &mut document.slug, self.new_slug);
        context.patch_required(path, "name", &mut document.name, self.name);
        patch_links(&mut document.links, self.links);
        Ok(document)
    }
}

/// Conditions on architectures. All given ones must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ArchitectureFilter {
    /// All of these filters match.
    and: Option<Vec<ArchitectureFilter>>,
    /// At least one of these matches.
    or: Option<Vec<ArchitectureFilter>>,
    /// This filter does not match.
    not: Option<Box<ArchitectureFilter>>,
    /// The slug.
    slug: Option<StringFilter>,
    /// The name.
    name: Option<StringFilter>,
    /// The models of the architecture.
    models: Option<Box<ListFilter<ModelFilter>>>,
}

impl Filter for ArchitectureFilter {
    const TABLE: &'static str = "architecture";

    fn condition(&self, context: &FilterContext) -> Condition {
        let name_key = Expr::col(("architecture", "name_key"));
        let own = Condition::all()
            .add_option(self.slug.as_ref().map(|slug| slug.condition(("architecture", "slug"))))
            .add_option(self.name.as_ref().map(|name| name.condition_normalized(("architecture", "name"), &name_key)))
            .add_option(self.models.as_ref().map(|models| {
                models.condition(("architecture", "id"), ("model", "architecture_id"), ("model", "id"), context)
            }));
        combine(own, self.and.as_ref(), self.or.as_ref(), self.not.as_deref(), context)
    }
}

name_order! {
    /// A sort key of architectures.
    ArchitectureOrderField of "architecture", models by "model"."architecture_id"
}

connection_node!(Architecture, architecture);

subject_queries! {
    ArchitectureQuery for Architecture;
    /// The architecture with a slug. Null with the error NOT_FOUND if there is none.
    architecture;
    /// All architectures. Without `orderBy`, ordered by name.
    architectures(ArchitectureFilter, ArchitectureOrderField);
}

subject_mutations! {
    impl ArchitectureMutation for Architecture as architecture: ArchitectureDocument
    create_architecture(CreateArchitectureInput) -> CreateArchitecturePayload
    update_architecture(UpdateArchitectureInput) -> UpdateArchitecturePayload
    delete_architecture
    upsert_architectures(UpsertArchitecturesInput { architectures }) -> UpsertArchitecturesPayload { UpsertArchitectureResult }
}
