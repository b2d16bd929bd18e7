//! Conflicts: facts whose value or statements contradict each other.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::{
    conflict, evidence,
    vocabulary::{Role, SubjectType},
};
use sea_orm::{Condition, EntityTrait, ExprTrait, sea_query::Expr};

use crate::domain::evidence::reconcile::prefer;
use crate::domain::facts::filter::{BooleanFilter, ColumnFilter, EnumFilter, StringFilter};
use crate::domain::subject::with_document;
use crate::error::{Error, Result};
use crate::graphql::connection::{Connection, ConnectionParent, PageArguments, connection_node};
use crate::graphql::context::ContextExt;
use crate::graphql::mutation::{MutationResult, Outcome, run_mutation};
use crate::graphql::node::Node;
use crate::graphql::scalars::{DateTime, GlobalId};
use crate::graphql::types::evidence::EvidenceParent;
use crate::query::cursor::{SortKey, SortKeyType};
use crate::store::change::{Change, Saved};
use crate::store::documents::Persist;
use crate::store::evidence::find;
use crate::store::references::SlugIndex;

/// A fact whose statements contradict each other, or whose value contradicts the statement that holds.
pub struct Conflict(pub Arc<conflict::Model>);

#[macros::evidence_field(parent = EvidenceParent::Conflict(self.0.id), doc = "The evidence about the fact, oldest first.")]
#[macros::charged_fields]
/// A fact whose statements contradict each other, or whose value contradicts the statement that holds.
#[Object]
impl Conflict {
    /// The subject, the size or the checkpoint that the fact belongs to. Null if it has been deleted.
    async fn about(&self, ctx: &Context<'_>) -> Option<Result<Node>> {
        let about = GlobalId::of_part(self.0.subject_type, self.0.subject_id, &self.0.part);
        Box::pin(Node::load(ctx, about)).await.transpose()
    }

    /// The name of the fact.
    async fn field(&self) -> &str {
        &self.0.field
    }

    /// Whether the value contradicts the statement that holds. Otherwise only statements contradict each other.
    async fn contradicted(&self) -> bool {
        self.0.contradicted
    }

    /// The number of the revision since which it is in conflict.
    async fn since(&self) -> i32 {
        self.0.added_revision
    }
}

connection_node!(Conflict, conflict);

/// Conditions on conflicts. All given conditions must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ConflictFilter {
    /// The type of the subject.
    subject_type: Option<EnumFilter<SubjectType>>,
    /// The name of the fact.
    field: Option<StringFilter>,
    /// Whether the value contradicts the statement that holds.
    contradicted: Option<BooleanFilter>,
}

impl ConflictFilter {
    fn condition(&self) -> Condition {
        Condition::all()
            .add_option(self.subject_type.as_ref().map(|subject| subject.condition(("conflict", "subject_type"))))
            .add_option(self.field.as_ref().map(|field| field.condition(("conflict", "field"))))
            .add_option(self.contradicted.as_ref().map(|filter| filter.condition(("conflict", "contradicted"))))
    }
}

const ORDER: SortKey = SortKey { name: "id", sql: "conflict.id", kind: SortKeyType::Integer, descending: false };

/// The queries of conflicts.
#[derive(Default)]
pub struct ConflictQuery;

#[Object]
impl ConflictQuery {
    /// The facts in conflict, the oldest conflicts first.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the GraphQL field")]
    async fn conflicts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most 100; 20 by default.")] first: Option<i32>,
        #[graphql(desc = "Rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most 100.")] last: Option<i32>,
        #[graphql(desc = "Rows before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Only rows that match.")] filter: Option<ConflictFilter>,
        #[graphql(desc = "The time to read everything below at; null: now.")] as_of: Option<DateTime>,
    ) -> Option<Result<Connection<Conflict>>> {
        let page = PageArguments { first, after, last, before };
        Some(conflicts(ctx, filter, as_of, page).await)
    }
}

async fn conflicts(
    ctx: &Context<'_>,
    filter: Option<ConflictFilter>,
    as_of: Option<DateTime>,
    page: PageArguments,
) -> Result<Connection<Conflict>> {
    ctx.read_as_of(as_of.map(|time| time.0)).await?;
    let current = Condition::all().add(Expr::col(("conflict", "removed_revision")).is_null());
    let condition = current.add_option(filter.map(|filter| filter.condition()));
    Connection::read(ctx, ConnectionParent::default(), page, condition, ORDER.into()).await
}

/// The decision of a conflict.
#[derive(Clone, Debug, InputObject)]
pub struct SettleConflictInput {
    /// The global id of the evidence that holds from now on: it becomes PREFERRED, and its value the value of the fact.
    evidence: ID,
    /// Why; kept in the evidence and in the revision.
    reason: String,
}

/// A decided conflict.
#[derive(SimpleObject)]
pub struct SettleConflictPayload {
    /// The subject.
    subject: Option<Node>,
    /// UPDATED, or UNCHANGED if the evidence held already for the same reason.
    outcome: Outcome,
    /// The number of the latest revision of the catalog after the mutation.
    revision: i32,
}

/// The mutation that decides conflicts.
#[derive(Default)]
pub struct ConflictMutation;

#[Object]
impl ConflictMutation {
    /// Decides a conflict. All evidence stays; undoing the revision brings the conflict back. Requires EDITOR. Errors: INVALID_ID
    /// if there is no such current evidence; INVALID_DOCUMENT if the fact cannot have its value.
    async fn settle_conflict(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The decision.")] input: SettleConflictInput,
    ) -> Option<Result<SettleConflictPayload>> {
        Some(Box::pin(decide(ctx, input)).await)
    }
}

async fn decide(
    ctx: &Context<'_>,
    SettleConflictInput { evidence, reason }: SettleConflictInput,
) -> Result<SettleConflictPayload> {
    let result = run_mutation(ctx, Role::Editor, Some(reason.clone()), async |change| {
        let not_found = || Error::InvalidId(evidence.chars().take(100).collect());
        let Some(GlobalId::Evidence(id)) = GlobalId::parse(&evidence) else { return Err(not_found()) };
        let row = evidence::Entity::find_by_id(id).one(change.transaction()).await?;
        let row = row.filter(|row| row.removed_revision.is_none()).ok_or_else(not_found)?;
        let saved = with_document!(row.subject_type, D => prefer_evidence::<D>(change, &row, &reason).await?);
        Ok((row.subject_type, saved.ok_or_else(not_found)?))
    });
    let MutationResult { done: (subject, saved), revision } = result.await?;
    let subject = Node::load(ctx, GlobalId::Subject(subject, saved.id)).await?;
    Ok(SettleConflictPayload { subject, outcome: saved.outcome.into(), revision })
}

/// Lets a statement hold. None if it is not current.
async fn prefer_evidence<D: Persist>(
    change: &mut Change,
    row: &evidence::Model,
    reason: &str,
) -> Result<Option<Saved>> {
    let found = find(change.transaction(), D::SUBJECT, row.subject_id, &[row.id]).await?.remove(&row.id);
    let slugs = SlugIndex::read(change.transaction(), [(D::SUBJECT, Some(row.subject_id))]).await?;
    let Some((citation, slug)) = found.zip(slugs.get(D::SUBJECT, Some(row.subject_id))) else { return Ok(None) };
    let (subject, before) = change.load::<D>(&slug, None).await?;
    let after = prefer(&before, &citation, reason).map_err(|problem| Error::InvalidDocument {
        subject: format!("The {} {:?}", D::SUBJECT.table(), slug.as_str()),
        problems: vec![problem],
    })?;
    change.update(subject, &before, &after).await.map(Some)
}
