//! Organizations.

use std::sync::Arc;

use async_graphql::{ID, InputObject, MaybeUndefined, Object};
use entity::{organization, vocabulary::SubjectType};
use sea_orm::{Condition, sea_query::Expr};

use crate::domain::document::SubjectDocument;
use crate::domain::facts::filter::{ColumnFilter, StringFilter, StringListFilter};
use crate::domain::link::resolve_url;
use crate::domain::organization::{
    OrganizationDocument, OrganizationFacts, OrganizationFactsFilter, OrganizationFactsInput, OrganizationFactsPatch,
};
use crate::domain::slug;
use crate::domain::text::texts;
use crate::error::Result;
use crate::graphql::connection::connection_node;
use crate::graphql::enums::Language;
use crate::graphql::filter::{Filter, FilterContext, ListFilter, combine};
use crate::graphql::input::{CreateInput, InputContext, LocalizedInput, UpdateInput, patch_list, patch_localized};
use crate::graphql::order::name_order;
use crate::graphql::resource_macros::{subject_mutations, subject_queries};
use crate::graphql::scalars::{GlobalId, Slug, Url};
use crate::graphql::types::evidence::{
    EvidenceChanges, EvidenceInput, EvidenceParent, ProvenanceFilter, add_evidence, patch_evidence,
};
use crate::graphql::types::model::filter::{ModelFilter, ModelOrderField};
use crate::graphql::types::model::{BY_ORGANIZATION, Model};

/// A company, institute or community that makes models.
pub struct Organization(pub Arc<organization::Model>);

#[macros::connection_field(
    name = models, node = Model, filter = ModelFilter, order = ModelOrderField, parent = BY_ORGANIZATION,
    doc = "The models that the organization made. Without `orderBy`, in the order of the source list, with models that are not in it last."
)]
#[macros::evidence_field(
    parent = EvidenceParent::Subject(SubjectType::Organization, self.0.id),
    doc = "The current evidence about its facts, oldest first.",
    provenance
)]
#[macros::subject_fields]
/// A company, institute or community that makes models.
#[Object]
impl Organization {
    /// The global id.
    pub async fn id(&self) -> ID {
        GlobalId::Subject(SubjectType::Organization, self.0.id).id()
    }

    /// The identifier in URLs and references: lower-case words joined by hyphens, such as "meta".
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The name in a language, if there is one in it; otherwise the name as its source writes it.
    async fn name(&self, #[graphql(desc = "The language.")] language: Option<Language>) -> &str {
        let name = language.and_then(|_| Language::pick(language, self.0.name_zh.as_ref(), self.0.name_en.as_ref()));
        name.unwrap_or(&self.0.name)
    }

    /// Other names, in any language.
    async fn aliases(&self) -> Vec<&str> {
        texts(&self.0.aliases).collect()
    }

    #[graphql(flatten)]
    async fn facts(&self) -> OrganizationFacts {
        OrganizationFacts(Arc::clone(&self.0))
    }

    /// The absolute URL of its website. Null if unknown.
    async fn homepage(&self) -> Option<Url> {
        resolve_url(self.0.homepage.as_deref()?).map(Url)
    }
}

/// An organization to create. A field that is absent or null is unknown.
#[derive(Clone, Debug, InputObject)]
pub struct CreateOrganizationInput {
    /// The slug. Without it, one is derived from the name.
    slug: Option<Slug>,
    /// The name as its source writes it.
    name: String,
    /// The name in Chinese and in English, if it differs from the name.
    localized_name: Option<LocalizedInput>,
    /// Other names, in any language.
    aliases: Option<Vec<String>>,
    #[graphql(flatten)]
    facts: OrganizationFactsInput,
    /// The evidence about its facts.
    evidence: Option<Vec<EvidenceInput>>,
}

/// The changes of an organization. An absent field keeps its value, null clears it; lists are replaced.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateOrganizationInput {
    /// The slug of the organization.
    slug: Slug,
    /// The version that was read: CONFLICT if another is current. Null: not checked.
    expected_version: Option<i32>,
    /// The new slug.
    new_slug: MaybeUndefined<Slug>,
    /// The name as its source writes it.
    name: MaybeUndefined<String>,
    /// The name in Chinese and in English, if it differs from the name.
    localized_name: MaybeUndefined<LocalizedInput>,
    /// Other names, in any language.
    aliases: MaybeUndefined<Vec<String>>,
    #[graphql(flatten)]
    facts: OrganizationFactsPatch,
    /// The changes of the evidence about its facts.
    evidence: Option<EvidenceChanges>,
}

impl CreateInput for CreateOrganizationInput {
    type Document = OrganizationDocument;

    async fn document(self, path: &str, context: &mut InputContext<'_>) -> Result<OrganizationDocument> {
        let slug = context.slug(path, self.slug, &self.name);
        let mut document = OrganizationDocument::new(slug, self.name);
        self.facts.set(&mut document);
        document.localized_name = self.localized_name.map(Into::into).unwrap_or_default();
        document.aliases = self.aliases.unwrap_or_default();
        add_evidence(&mut document.evidence, self.evidence, &format!("{path}.evidence"), context).await?;
        Ok(document)
    }
}

impl UpdateInput for UpdateOrganizationInput {
    type Document = OrganizationDocument;

    fn subject(&self) -> (slug::Slug, Option<i32>) {
        (self.slug.0.clone(), self.expected_version)
    }

    async fn apply(
        self,
        path: &str,
        mut document: OrganizationDocument,
        context: &mut InputContext<'_>,
    ) -> Result<OrganizationDocument> {
        context.patch_slug(path, &mut document.slug, self.new_slug);
        context.patch_required(path, "name", &mut document.name, self.name);
        context.reject_nulls(path, self.facts.apply(&mut document));
        patch_localized(&mut document.localized_name, self.localized_name);
        patch_list(&mut document.aliases, self.aliases);
        patch_evidence(&mut document.evidence, "", self.evidence, (path, "evidence"), context).await?;
        Ok(document)
    }
}

/// Conditions on organizations. All given ones must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct OrganizationFilter {
    /// All of these filters match.
    and: Option<Vec<OrganizationFilter>>,
    /// At least one of these matches.
    or: Option<Vec<OrganizationFilter>>,
    /// This filter does not match.
    not: Option<Box<OrganizationFilter>>,
    /// The slug.
    slug: Option<StringFilter>,
    /// The name.
    name: Option<StringFilter>,
    /// The other names.
    aliases: Option<StringListFilter>,
    #[graphql(flatten)]
    facts: OrganizationFactsFilter,
    #[graphql(flatten)]
    provenance: ProvenanceFilter,
    /// The models that the organization made.
    models: Option<Box<ListFilter<ModelFilter>>>,
}

impl Filter for OrganizationFilter {
    const TABLE: &'static str = "organization";

    fn condition(&self, context: &FilterContext) -> Condition {
        let name_key = Expr::col(("organization", "name_key"));
        let own = Condition::all()
            .add_option(self.slug.as_ref().map(|slug| slug.condition(("organization", "slug"))))
            .add_option(self.name.as_ref().map(|name| name.condition_normalized(("organization", "name"), &name_key)))
            .add_option(self.aliases.as_ref().map(|aliases| aliases.condition(("organization", "aliases"))))
            .add_option(self.facts.condition())
            .add_option(self.provenance.condition("organization"))
            .add_option(self.models.as_ref().map(|models| {
                let (owner, related) = (("model_organization", "organization_id"), ("model_organization", "model_id"));
                models.condition(("organization", "id"), owner, related, context)
            }));
        combine(own, self.and.as_ref(), self.or.as_ref(), self.not.as_deref(), context)
    }
}

name_order! {
    /// A sort key of organizations.
    OrganizationOrderField of "organization", models by "model_organization"."organization_id"
}

connection_node!(Organization, organization);

subject_queries! {
    OrganizationQuery for Organization;
    /// The organization with a slug. Null with the error NOT_FOUND if there is none.
    organization;
    /// All organizations. Without `orderBy`, ordered by name.
    organizations(OrganizationFilter, OrganizationOrderField);
}

subject_mutations! {
    impl OrganizationMutation for Organization as organization: OrganizationDocument
    create_organization(CreateOrganizationInput) -> CreateOrganizationPayload
    update_organization(UpdateOrganizationInput) -> UpdateOrganizationPayload
    delete_organization
    upsert_organizations(UpsertOrganizationsInput { organizations }) -> UpsertOrganizationsPayload { UpsertOrganizationResult }
}
