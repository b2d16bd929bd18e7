//! Licenses.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use entity::{license, vocabulary::SubjectType};
use sea_orm::{Condition, sea_query::Expr};

use crate::domain::document::SubjectDocument;
use crate::domain::facts::filter::{ColumnFilter, StringFilter, StringListFilter};
use crate::domain::license::{LicenseDocument, LicenseFacts, LicenseFactsFilter, LicenseFactsInput, LicenseFactsPatch};
use crate::domain::link::{LinkOwner, resolve_url};
use crate::domain::slug;
use crate::error::Result;
use crate::graphql::connection::connection_node;
use crate::graphql::context::ContextExt;
use crate::graphql::enums::Language;
use crate::graphql::filter::{Filter, FilterContext, ListFilter, combine};
use crate::graphql::input::{CreateInput, InputContext, LocalizedInput, UpdateInput, patch_list, patch_localized};
use crate::graphql::order::name_order;
use crate::graphql::resource_macros::{subject_mutations, subject_queries};
use crate::graphql::scalars::{GlobalId, Slug, Url};
use crate::graphql::types::evidence::{
    EvidenceChanges, EvidenceInput, EvidenceParent, ProvenanceFilter, add_evidence, patch_evidence,
};
use crate::graphql::types::license_term::{LicenseTerm, LicenseTermFilter, LicenseTermInput};
use crate::graphql::types::link::{Link, LinkInput, patch_links};
use crate::graphql::types::model::filter::{ModelFilter, ModelOrderField};
use crate::graphql::types::model::{BY_LICENSE, Model};
use crate::graphql::types::model_size::{ModelSize, ModelSizeFilter, ModelSizeOrderField, SIZES_BY_LICENSE};
use crate::query::relation_keys::{LinksOf, TermsOf};

/// The terms under which weights or data may be used.
pub struct License(pub Arc<license::Model>);

#[macros::connection_field(
    name = models, node = Model, filter = ModelFilter, order = ModelOrderField, parent = BY_LICENSE,
    doc = "The models with at least one size under the license. Without `orderBy`, in the order of the source list, with models that are not in it last."
)]
#[macros::connection_field(
    name = sizes, node = ModelSize, filter = ModelSizeFilter, order = ModelSizeOrderField, parent = SIZES_BY_LICENSE, no_search,
    doc = "The sizes under the license: those that state it, and the others of models that do. Without `orderBy`, the smallest first."
)]
#[macros::evidence_field(
    parent = EvidenceParent::Subject(SubjectType::License, self.0.id),
    doc = "The current evidence about its facts, oldest first.",
    provenance
)]
#[macros::subject_fields]
/// The terms under which weights or data may be used.
#[Object]
impl License {
    /// The global id.
    pub async fn id(&self) -> ID {
        GlobalId::Subject(SubjectType::License, self.0.id).id()
    }

    /// The identifier in URLs and references: lower-case words joined by hyphens, such as "llama-2-community-license".
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The name as its source writes it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Other names, such as those that model hubs use.
    async fn aliases(&self) -> &Vec<String> {
        &self.0.aliases.0
    }

    #[graphql(flatten)]
    async fn facts(&self) -> LicenseFacts {
        LicenseFacts(Arc::clone(&self.0))
    }

    /// The absolute URL of its text. Null if unknown.
    async fn url(&self) -> Option<Url> {
        resolve_url(self.0.url.as_deref()?).map(Url)
    }

    /// A summary of its conditions. Null if there is none.
    async fn conditions(
        &self,
        #[graphql(desc = "The language; null if there is no text in it. Without it: English, or else Chinese.")]
        language: Option<Language>,
    ) -> Option<&String> {
        Language::pick(language, self.0.conditions_zh.as_ref(), self.0.conditions_en.as_ref())
    }

    /// The terms, each with the circumstances in which it applies. They stand side by side. Complete if `termsReviewed` is not
    /// null.
    async fn terms(&self, ctx: &Context<'_>) -> Result<Vec<LicenseTerm>> {
        let rows = ctx.loaders().related(TermsOf(self.0.id)).await?;
        Ok(rows.iter().cloned().map(LicenseTerm).collect())
    }

    /// Links to further information.
    async fn links(&self, ctx: &Context<'_>) -> Result<Vec<Link>> {
        let owner = LinkOwner { subject: SubjectType::License, id: self.0.id };
        let rows = ctx.loaders().related(LinksOf(owner)).await?;
        Ok(rows.iter().cloned().map(Link).collect())
    }
}

/// A license to create. A field that is absent or null is unknown.
#[derive(Clone, Debug, InputObject)]
pub struct CreateLicenseInput {
    /// The slug. Without it, one is derived from the name.
    slug: Option<Slug>,
    /// The name as its source writes it.
    name: String,
    /// Other names, such as those that model hubs use.
    aliases: Option<Vec<String>>,
    #[graphql(flatten)]
    facts: LicenseFactsInput,
    /// A summary of its conditions.
    conditions: Option<LocalizedInput>,
    /// The terms, each with the circumstances in which it applies.
    terms: Option<Vec<LicenseTermInput>>,
    /// Links to further information.
    links: Option<Vec<LinkInput>>,
    /// The evidence about its facts.
    evidence: Option<Vec<EvidenceInput>>,
}

/// The changes of a license. An absent field keeps its value, null clears it; lists are replaced.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateLicenseInput {
    /// The slug of the license.
    slug: Slug,
    /// The version that was read: CONFLICT if another is current. Null: not checked.
    expected_version: Option<i32>,
    /// The new slug.
    new_slug: MaybeUndefined<Slug>,
    /// The name as its source writes it.
    name: MaybeUndefined<String>,
    /// Other names, such as those that model hubs use.
    aliases: MaybeUndefined<Vec<String>>,
    #[graphql(flatten)]
    facts: LicenseFactsPatch,
    /// A summary of its conditions.
    conditions: MaybeUndefined<LocalizedInput>,
    /// The terms, each with the circumstances in which it applies.
    terms: MaybeUndefined<Vec<LicenseTermInput>>,
    /// Links to further information.
    links: MaybeUndefined<Vec<LinkInput>>,
    /// The changes of the evidence about its facts.
    evidence: Option<EvidenceChanges>,
}

impl CreateInput for CreateLicenseInput {
    type Document = LicenseDocument;

    async fn document(self, path: &str, context: &mut InputContext<'_>) -> Result<LicenseDocument> {
        let slug = context.slug(path, self.slug, &self.name);
        let mut document = LicenseDocument::new(slug, self.name);
        self.facts.set(&mut document);
        document.aliases = self.aliases.unwrap_or_default();
        document.terms = self.terms.into_iter().flatten().map(Into::into).collect();
        document.conditions = self.conditions.map(Into::into).unwrap_or_default();
        document.links = self.links.into_iter().flatten().map(Into::into).collect();
        add_evidence(&mut document.evidence, self.evidence, &format!("{path}.evidence"), context).await?;
        Ok(document)
    }
}

impl UpdateInput for UpdateLicenseInput {
    type Document = LicenseDocument;

    fn subject(&self) -> (slug::Slug, Option<i32>) {
        (self.slug.0.clone(), self.expected_version)
    }

    async fn apply(
        self,
        path: &str,
        mut document: LicenseDocument,
        context: &mut InputContext<'_>,
    ) -> Result<LicenseDocument> {
        context.patch_slug(path, &mut document.slug, self.new_slug);
        context.patch_required(path, "name", &mut document.name, self.name);
        context.reject_nulls(path, self.facts.apply(&mut document));
        patch_list(&mut document.aliases, self.aliases);
        patch_localized(&mut document.conditions, self.conditions);
        patch_list(&mut document.terms, self.terms);
        patch_links(&mut document.links, self.links);
        patch_evidence(&mut document.evidence, "", self.evidence, (path, "evidence"), context).await?;
        Ok(document)
    }
}

/// Conditions on licenses. All given ones must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct LicenseFilter {
    /// All of these filters match.
    and: Option<Vec<LicenseFilter>>,
    /// At least one of these matches.
    or: Option<Vec<LicenseFilter>>,
    /// This filter does not match.
    not: Option<Box<LicenseFilter>>,
    /// The slug.
    slug: Option<StringFilter>,
    /// The name.
    name: Option<StringFilter>,
    /// The other names.
    aliases: Option<StringListFilter>,
    #[graphql(flatten)]
    facts: LicenseFactsFilter,
    #[graphql(flatten)]
    provenance: ProvenanceFilter,
    /// The terms.
    terms: Option<ListFilter<LicenseTermFilter>>,
    /// The models with at least one size under the license.
    models: Option<Box<ListFilter<ModelFilter>>>,
}

impl Filter for LicenseFilter {
    const TABLE: &'static str = "license";

    fn condition(&self, context: &FilterContext) -> Condition {
        let name_key = Expr::col(("license", "name_key"));
        let own = Condition::all()
            .add_option(self.slug.as_ref().map(|slug| slug.condition(("license", "slug"))))
            .add_option(self.name.as_ref().map(|name| name.condition_normalized(("license", "name"), &name_key)))
            .add_option(self.aliases.as_ref().map(|aliases| aliases.condition(("license", "aliases"))))
            .add_option(self.facts.condition())
            .add_option(self.provenance.condition("license"))
            .add_option(self.terms.as_ref().map(|terms| {
                let (owner, related) = (("license_term", "license_id"), ("license_term", "id"));
                terms.condition(("license", "id"), owner, related, context)
            }))
            .add_option(self.models.as_ref().map(|models| {
                let (owner, related) = (("model_license", "license_id"), ("model_license", "model_id"));
                models.condition(("license", "id"), owner, related, context)
            }));
        combine(own, self.and.as_ref(), self.or.as_ref(), self.not.as_deref(), context)
    }
}

name_order! {
    /// A sort key of licenses.
    LicenseOrderField of "license", models by "model_license"."license_id"
}

connection_node!(License, license);

subject_queries! {
    LicenseQuery for License;
    /// The license with a slug. Null with the error NOT_FOUND if there is none.
    license;
    /// All licenses. Without `orderBy`, ordered by name.
    licenses(LicenseFilter, LicenseOrderField);
}

subject_mutations! {
    impl LicenseMutation for License as license: LicenseDocument
    create_license(CreateLicenseInput) -> CreateLicensePayload
    update_license(UpdateLicenseInput) -> UpdateLicensePayload
    delete_license
    upsert_licenses(UpsertLicensesInput { licenses }) -> UpsertLicensesPayload { UpsertLicenseResult }
}
