//! Revisions: the history of the catalog.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Json, Object, SimpleObject, connection::EmptyFields};
use entity::{
    revision,
    vocabulary::{RevisionAction, SubjectType},
};
use sea_orm::{Condition, ExprTrait, sea_query::Expr};

use crate::db::database::Database;
use crate::domain::diff;
use crate::domain::facts::filter::{ColumnFilter, ComparisonFilter, EnumFilter, StringFilter};
use crate::domain::facts::response_budget::Charged;
use crate::error::Result;
use crate::graphql::connection::{Connection, ConnectionNode, ConnectionParent, PageArguments};
use crate::graphql::context::ContextExt;
use crate::graphql::filter::{Filter, FilterContext, combine};
use crate::graphql::node::Node;
use crate::graphql::scalars::{DateTime, GlobalId};
use crate::graphql::types::evidence::Evidence;
use crate::graphql::types::proposal::Proposal;
use crate::query::cursor::{SortKey, SortKeyType};
use crate::query::keyset::ParentKey;
use crate::query::page_loader::PageKey;
use crate::query::relation_keys::{EvidenceAddedBy, EvidenceRemovedBy, ProposalOf};

/// The largest number of fields in the list of a revision's changes, and of evidences that it lists as added or removed.
pub const MAX_CHANGES: usize = 200;

/// One change of one subject of the catalog.
pub struct Revision(pub Arc<revision::Model>);

#[macros::charged_fields]
/// One change of one subject of the catalog.
#[Object]
impl Revision {
    /// The global id.
    pub async fn id(&self) -> ID {
        GlobalId::Revision(self.0.number).id()
    }

    /// 1, 2, 3 … in the order of commits, without gaps. The highest number is the version of the whole catalog.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// The time of the commit.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// The actor that made the change: the name of a token, or of a command such as "seed".
    async fn actor(&self) -> &str {
        &self.0.actor
    }

    /// The kind of change.
    async fn action(&self) -> RevisionAction {
        self.0.action
    }

    /// The type of the subject.
    async fn subject_type(&self) -> SubjectType {
        self.0.subject_type
    }

    /// The slug of the subject after the change, or before it if the change deleted the subject.
    async fn subject_slug(&self) -> Option<&str> {
        Some(self.0.subject_slug.as_str())
    }

    /// The current state of the subject, or below `asOf` its state at that time. Null if it is deleted.
    async fn subject(&self, ctx: &Context<'_>) -> Option<Result<Node>> {
        Node::load(ctx, GlobalId::Subject(self.0.subject_type, self.0.subject_id)).await.transpose()
    }

    /// The fields that changed, by name: the first 200 of them.
    async fn changes(&self) -> Vec<FieldChange> {
        let changes = diff::diff(self.0.before.as_ref(), self.0.after.as_ref());
        changes.into_iter().take(MAX_CHANGES).map(FieldChange::from).collect()
    }

    /// The reason that the actor gave. Null if there is none.
    async fn reason(&self) -> Option<&String> {
        self.0.reason.as_ref()
    }

    /// The proposer, if the actor accepted a proposal: the name of a token, or "anonymous". Otherwise null.
    async fn proposer(&self) -> Option<&String> {
        self.0.proposer.as_ref()
    }

    /// The accepted proposal, of the last revision that it made. Otherwise null.
    async fn proposal(&self, ctx: &Context<'_>) -> Option<Result<Proposal>> {
        self.0.proposer.as_ref()?;
        ctx.loaders().related(ProposalOf(self.0.number)).await.map(|row| row.map(Proposal)).transpose()
    }

    /// The evidence that the revision added: the first 200.
    async fn evidence_added(&self, ctx: &Context<'_>) -> Result<Vec<Evidence>> {
        let rows = ctx.loaders().related(EvidenceAddedBy(self.0.number)).await?;
        Ok(rows.iter().take(MAX_CHANGES).cloned().map(Evidence).collect())
    }

    /// The evidence that the revision removed: the first 200.
    async fn evidence_removed(&self, ctx: &Context<'_>) -> Result<Vec<Evidence>> {
        let rows = ctx.loaders().related(EvidenceRemovedBy(self.0.number)).await?;
        Ok(rows.iter().take(MAX_CHANGES).cloned().map(Evidence).collect())
    }
}

/// A change of one field of a document.
#[derive(SimpleObject)]
pub struct FieldChange {
    /// The path of the field in the document, such as "license", "summary.en" or "sizes.7B.trainingTokens".
    field: Charged<String>,
    /// The value before the change. Null if there was none.
    before: Charged<Option<Json<serde_json::Value>>>,
    /// The value after the change. Null if there is none.
    after: Charged<Option<Json<serde_json::Value>>>,
}

impl From<diff::FieldChange> for FieldChange {
    fn from(change: diff::FieldChange) -> Self {
        let value = |value: Option<serde_json::Value>| Charged(value.map(Json));
        Self { field: Charged(change.field), before: value(change.before), after: value(change.after) }
    }
}

/// Conditions on revisions. All given ones must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct RevisionFilter {
    /// All of these filters match.
    and: Option<Vec<RevisionFilter>>,
    /// At least one of these matches.
    or: Option<Vec<RevisionFilter>>,
    /// This filter does not match.
    not: Option<Box<RevisionFilter>>,
    /// The number.
    number: Option<ComparisonFilter<i32>>,
    /// The time of the commit.
    created_at: Option<ComparisonFilter<DateTime>>,
    /// The actor that made the change.
    actor: Option<StringFilter>,
    /// The kind of change.
    action: Option<EnumFilter<RevisionAction>>,
    /// The type of the subject.
    subject_type: Option<EnumFilter<SubjectType>>,
    /// The slug of the subject after the change, or before it if the change deleted the subject.
    subject_slug: Option<StringFilter>,
}

impl Filter for RevisionFilter {
    const TABLE: &'static str = "revision";

    fn condition(&self, context: &FilterContext) -> Condition {
        let own = Condition::all()
            .add_option(self.number.as_ref().map(|number| number.condition(("revision", "number"))))
            .add_option(self.created_at.as_ref().map(|time| time.condition(("revision", "created_at"))))
            .add_option(self.actor.as_ref().map(|actor| actor.condition(("revision", "actor"))))
            .add_option(self.action.as_ref().map(|action| action.condition(("revision", "action"))))
            .add_option(self.subject_type.as_ref().map(|subject| subject.condition(("revision", "subject_type"))))
            .add_option(self.subject_slug.as_ref().map(|slug| slug.condition(("revision", "subject_slug"))));
        combine(own, self.and.as_ref(), self.or.as_ref(), self.not.as_deref(), context)
    }
}

impl ConnectionNode for Revision {
    type Entity = revision::Entity;
    type Row = revision::Model;
    type Extra = EmptyFields;
    const NAME: &'static str = "Revision";

    fn of(row: Arc<revision::Model>) -> Self {
        Self(row)
    }

    fn on_loaded(row: &revision::Model, database: &Database) {
        database.revision_tracker().advance(row.number);
    }

    fn extra(_: &PageKey<revision::Entity>) -> EmptyFields {
        EmptyFields
    }
}

const BY_SUBJECT: ParentKey = ParentKey { junction: None, column: ("revision", "subject_id") };
const ORDER: SortKey =
    SortKey { name: "number", sql: "revision.number", kind: SortKeyType::Integer, descending: false };

/// Reads a page of the revisions of one subject.
pub async fn revisions_of(
    ctx: &Context<'_>,
    subject: SubjectType,
    id: i32,
    page: PageArguments,
    filter: Option<Box<RevisionFilter>>,
) -> Result<Connection<Revision>> {
    let of_type = Expr::col(("revision", "subject_type")).eq(subject.word());
    let condition = Condition::all()
        .add(of_type)
        .add_option(filter.map(|filter| filter.condition(&FilterContext::of(ctx.loaders()))));
    Connection::read(ctx, ConnectionParent::of(BY_SUBJECT, id), page, condition, ORDER.into()).await
}

/// The queries of revisions.
#[derive(Default)]
pub struct RevisionQuery;

#[Object]
impl RevisionQuery {
    /// The revisions of the whole catalog, oldest first. `last: 10` returns the ten newest.
    async fn revisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most 100; 20 by default.")] first: Option<i32>,
        #[graphql(desc = "Rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most 100.")] last: Option<i32>,
        #[graphql(desc = "Rows before this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "Only rows that match.")] filter: Option<RevisionFilter>,
    ) -> Option<Result<Connection<Revision>>> {
        let page = PageArguments { first, after, last, before };
        let condition =
            filter.map_or_else(Condition::all, |filter| filter.condition(&FilterContext::of(ctx.loaders())));
        Some(Connection::read(ctx, ConnectionParent::default(), page, condition, ORDER.into()).await)
    }
}
