//! Checkpoints of models.

pub mod mutation;

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Json, Object};
use entity::{checkpoint, license, model, model_size, vocabulary::CommercialUse};
use sea_orm::{Condition, DbErr, sea_query::Expr};

use crate::domain::checkpoint::{
    CheckpointFacts, CheckpointFactsFilter, CheckpointKey, address, page_url, parse_address,
};
use crate::domain::facts::filter::{ColumnFilter, EnumFilter, StringFilter};
use crate::domain::license_terms::evaluation::UseCase;
use crate::error::{Error, Result};
use crate::graphql::connection::connection_node;
use crate::graphql::context::ContextExt;
use crate::graphql::filter::{Filter, FilterContext, combine, refers_to};
use crate::graphql::order::OrderField;
use crate::graphql::scalars::{DateTime, GlobalId, Url};
use crate::graphql::types::evidence::{EvidenceParent, ProvenanceFilter};
use crate::graphql::types::license::{License, LicenseFilter};
use crate::graphql::types::model::Model;
use crate::graphql::types::model::filter::ModelFilter;
use crate::graphql::types::model_size::ModelSize;
use crate::graphql::types::use_answer::{LicensedWeights, UseAnswer};
use crate::query::checkpoint_loader::{CheckpointsAt, with_key};
use crate::query::cursor::{SortKey, SortKeyType};
use crate::query::keyset::ParentKey;
use crate::store::documents::checkpoint::document;

/// One set of weights at one address. What no source states for it is that of the checkpoint that it was converted from, of its size, or
/// of its model, in this order.
pub struct Checkpoint(pub Arc<checkpoint::Model>);

#[macros::evidence_field(
    parent = EvidenceParent::Checkpoint(self.0.id),
    doc = "The current evidence about its facts, oldest first.",
    provenance
)]
#[macros::charged_fields]
/// One set of weights at one address. What no source states for it is that of the checkpoint that it was converted from, of its size, or
/// of its model, in this order.
#[Object]
impl Checkpoint {
    /// The global id. It stays the same as long as the address does.
    pub async fn id(&self) -> ID {
        GlobalId::Checkpoint(self.address()).id()
    }

    /// The model.
    async fn model(&self, ctx: &Context<'_>) -> Result<Model> {
        let row = ctx.loaders().row::<model::Entity>(self.0.model_id).await?;
        // Another request deleted the model after this one had read the checkpoint.
        let missing = || DbErr::RecordNotFound(format!("model {}", self.0.model_id));
        row.map(Model).ok_or_else(|| Error::internal(missing()))
    }

    /// The size. Null if unknown.
    async fn size(&self, ctx: &Context<'_>) -> Option<Result<ModelSize>> {
        let row = ctx.loaders().row::<model_size::Entity>(self.0.size_id?).await;
        row.map(|row| row.map(ModelSize)).transpose()
    }

    /// The hub, such as "huggingface".
    async fn hub(&self) -> &str {
        &self.0.hub
    }

    /// The repository, such as "Qwen/Qwen2.5-7B-Instruct".
    async fn repository(&self) -> &str {
        &self.0.repository
    }

    /// The commit, branch or tag. Null if the address has none.
    async fn revision(&self) -> Option<&str> {
        Some(self.0.revision.as_str()).filter(|revision| !revision.is_empty())
    }

    /// The file or folder in the repository. Null if the address has none.
    async fn path(&self) -> Option<&str> {
        Some(self.0.path.as_str()).filter(|path| !path.is_empty())
    }

    /// The page of it. Null for other hubs than huggingface, modelscope and github.
    async fn url(&self) -> Option<Url> {
        page_url(&self.0.hub, &self.0.repository, &self.0.revision, &self.0.path).map(Url)
    }

    /// The checkpoint of the model that it was converted from. Null if unknown or if it was not.
    async fn converted_from(&self, ctx: &Context<'_>) -> Option<Result<Checkpoint>> {
        find(ctx, &parse_address(self.0.converted_from.as_ref()?)).await.transpose()
    }

    #[graphql(flatten)]
    async fn facts(&self) -> CheckpointFacts {
        CheckpointFacts(Arc::clone(&self.0))
    }

    /// The license. Null if unknown.
    async fn license(&self, ctx: &Context<'_>) -> Option<Result<License>> {
        let row = ctx.loaders().row::<license::Entity>(self.0.effective_license_id?).await;
        row.map(|row| row.map(License)).transpose()
    }

    /// Whether commercial use is permitted.
    async fn commercial_use(&self) -> CommercialUse {
        self.0.commercial_use
    }

    /// The facts that are stated for it, as in its input. All others are inherited.
    async fn stated(&self, ctx: &Context<'_>) -> Result<Json<serde_json::Value>> {
        let license = match self.0.license_id {
            Some(id) => ctx.loaders().row::<license::Entity>(id).await?,
            None => None,
        };
        let license = license.and_then(|license| license.slug.parse().ok());
        let stated = document(&self.0, &|_, _| license.clone());
        Ok(Json(serde_json::to_value(stated).map_err(Error::internal)?))
    }

    /// Whether it may be used, as `ModelSize.use` says, by its own license.
    #[graphql(name = "use")]
    async fn permission(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "for", desc = "The use.")] use_case: UseCase,
    ) -> Result<UseAnswer> {
        Box::pin(UseAnswer::of(ctx, &LicensedWeights::of_checkpoint(&self.0), &use_case)).await
    }
}

impl Checkpoint {
    /// Returns the address as text.
    pub fn address(&self) -> String {
        let part = |part: &'_ str| Some(part.to_owned()).filter(|part| !part.is_empty());
        let (revision, path) = (part(&self.0.revision), part(&self.0.path));
        address(&self.0.hub, &self.0.repository, revision.as_deref(), path.as_deref())
    }
}

/// Finds the checkpoint with a key.
///
/// # Errors
/// The database fails.
pub async fn find(ctx: &Context<'_>, key: &CheckpointKey) -> Result<Option<Checkpoint>> {
    let rows = ctx.loaders().load_one(CheckpointsAt(key.repository.clone())).await?;
    Ok(rows.and_then(|rows| with_key(&rows, key).cloned()).map(Checkpoint))
}

/// The checkpoints of a model.
pub const BY_MODEL: ParentKey = ParentKey { junction: None, column: ("checkpoint", "model_id") };
/// The checkpoints of a size.
pub const BY_SIZE: ParentKey = ParentKey { junction: None, column: ("checkpoint", "size_id") };

/// Conditions on checkpoints. All given ones must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct CheckpointFilter {
    /// All of these filters match.
    and: Option<Vec<CheckpointFilter>>,
    /// At least one of these matches.
    or: Option<Vec<CheckpointFilter>>,
    /// This filter does not match.
    not: Option<Box<CheckpointFilter>>,
    /// The hub.
    hub: Option<StringFilter>,
    /// The repository.
    repository: Option<StringFilter>,
    #[graphql(flatten)]
    facts: CheckpointFactsFilter,
    #[graphql(flatten)]
    provenance: ProvenanceFilter,
    /// The license.
    license: Option<LicenseFilter>,
    /// Whether commercial use is permitted.
    commercial_use: Option<EnumFilter<CommercialUse>>,
    /// The model.
    model: Option<Box<ModelFilter>>,
}

impl Filter for CheckpointFilter {
    const TABLE: &'static str = "checkpoint";

    fn condition(&self, context: &FilterContext) -> Condition {
        let column = |name: &'static str| ("checkpoint", name);
        let repository_key = Expr::col(column("repository_key"));
        let own = Condition::all()
            .add_option(self.hub.as_ref().map(|hub| hub.condition(column("hub"))))
            .add_option(
                self.repository
                    .as_ref()
                    .map(|repository| repository.condition_normalized(column("repository"), &repository_key)),
            )
            .add_option(self.facts.condition())
            .add_option(self.provenance.condition("checkpoint"))
            .add_option(self.license.as_ref().map(|filter| refers_to(column("effective_license_id"), filter, context)))
            .add_option(self.commercial_use.as_ref().map(|filter| filter.condition(column("commercial_use"))))
            .add_option(self.model.as_deref().map(|model| refers_to(column("model_id"), model, context)));
        combine(own, self.and.as_ref(), self.or.as_ref(), self.not.as_deref(), context)
    }
}

/// A sort key of checkpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum CheckpointOrderField {
    /// The repository, ignoring case.
    Repository,
    /// The bytes.
    Bytes,
    /// The date of the release, by its first day.
    ReleaseDate,
}

impl OrderField for CheckpointOrderField {
    const DEFAULT: (Self, SortKey) =
        (Self::Repository, SortKey { name: "id", sql: "checkpoint.id", kind: SortKeyType::Integer, descending: false });

    fn key(self, low: bool) -> SortKey {
        let (name, sql, kind) = match (self, low) {
            (Self::Repository, _) => ("repository", "checkpoint.repository_key", SortKeyType::Text),
            (Self::Bytes, true) => ("bytes", "COALESCE(checkpoint.bytes, -1)", SortKeyType::BigInteger),
            (Self::Bytes, false) => {
                ("bytes~", "COALESCE(checkpoint.bytes, 9223372036854775807)", SortKeyType::BigInteger)
            }
            (Self::ReleaseDate, true) => ("date", "COALESCE(checkpoint.release_date, '')", SortKeyType::Text),
            (Self::ReleaseDate, false) => ("date~", "COALESCE(checkpoint.release_date, '~')", SortKeyType::Text),
        };
        SortKey { name, sql, kind, descending: false }
    }
}

connection_node!(Checkpoint, checkpoint);

/// The queries of checkpoints.
#[derive(Default)]
pub struct CheckpointQuery;

#[macros::connection_field(
    name = checkpoints, node = Checkpoint, filter = CheckpointFilter, order = CheckpointOrderField, as_of, no_search,
    doc = "The checkpoints of all models. Without `orderBy`, by repository."
)]
#[Object]
impl CheckpointQuery {
    /// The checkpoint at an address: which model is Qwen/Qwen2.5-7B-Instruct? Null with the error NOT_FOUND if there is none.
    async fn checkpoint(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = "huggingface", desc = "The hub.")] hub: String,
        #[graphql(desc = "The repository, ignoring case.")] repository: String,
        #[graphql(desc = "The commit, branch or tag. Null: any, the one without first.")] revision: Option<String>,
        #[graphql(desc = "The file or folder. Null: any, the one without first.")] path: Option<String>,
        #[graphql(desc = "The time to read everything below at; null: now.")] as_of: Option<DateTime>,
    ) -> Option<Result<Checkpoint>> {
        let time = as_of.map(|time| time.0);
        if let Err(error) = ctx.read_as_of(time).await {
            return Some(Err(error));
        }
        let rows = ctx.loaders().load_one(CheckpointsAt(repository.to_ascii_lowercase())).await;
        let matches = |row: &&Arc<checkpoint::Model>| {
            let same = |given: &Option<String>, text: &String| given.as_ref().is_none_or(|given| given == text);
            row.hub == hub && same(&revision, &row.revision) && same(&path, &row.path)
        };
        let not_found = || {
            let address = address(&hub, &repository, revision.as_deref(), path.as_deref());
            Error::CheckpointNotFound { address, time }
        };
        Some(rows.and_then(|rows| {
            let row = rows.iter().flat_map(|rows| rows.iter()).find(matches).cloned();
            row.map(Checkpoint).ok_or_else(not_found)
        }))
    }
}
