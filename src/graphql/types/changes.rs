//! The difference of two states of the catalog.

use std::collections::{BTreeMap, HashSet};

use async_graphql::{Context, Object, OneofObject, SimpleObject};
use entity::{
    revision,
    vocabulary::{RevisionAction, SubjectType},
};
use sea_orm::Condition;

use crate::domain::diff;
use crate::error::{Error, Result};
use crate::graphql::context::ContextExt;
use crate::graphql::filter::{Filter, FilterContext};
use crate::graphql::node::Node;
use crate::graphql::scalars::{DateTime, GlobalId};
use crate::graphql::types::revision::{FieldChange, MAX_CHANGES, RevisionFilter};
use crate::query::as_of::revision_at;
use crate::query::changes::{ChangedSubject, RevisionRange, changed_subjects};

/// The number of subjects in a page.
pub const SUBJECTS_PER_PAGE: usize = 30;
/// The largest number of entries of a summary.
pub const MAX_SUMMARY: usize = 200;
/// The largest number of subjects that are compared for a summary.
const MAX_SUBJECTS: usize = 20_000;
/// The number of subjects that are read at once for a summary.
const SUMMARY_BATCH: u64 = 200;

/// A state of the catalog.
#[derive(Clone, Copy, Debug, OneofObject)]
pub enum CatalogState {
    /// That after the revision with this number; 0: empty.
    Revision(i32),
    /// That at this time.
    Time(DateTime),
}

impl CatalogState {
    /// Returns the number of the last revision of the state.
    async fn revision(self, ctx: &Context<'_>, argument: &str) -> Result<i32> {
        match self {
            Self::Time(time) => Ok(revision_at(ctx.db(), time.0).await?),
            Self::Revision(number) => {
                let last = last_revision(ctx).await?;
                if (0..=last).contains(&number) {
                    return Ok(number);
                }
                let message =
                    format!("`{argument}` has the revision {number}; revisions have numbers from 1 to {last}.");
                Err(Error::InvalidArgument(message))
            }
        }
    }
}

/// The difference of two states of the catalog. Evidence is not compared.
pub struct CatalogChanges {
    range: RevisionRange,
    fields: Option<HashSet<String>>,
}

#[macros::charged_fields]
/// The difference of two states of the catalog. Evidence is not compared.
#[Object]
impl CatalogChanges {
    /// The last revision of the earlier state.
    async fn from(&self) -> i32 {
        self.range.from
    }

    /// The last revision of the later state.
    async fn to(&self) -> i32 {
        self.range.to
    }

    /// The numbers of subjects that changed, by type and fact. INVALID_ARGUMENT above 20000 subjects.
    async fn summary(&self, ctx: &Context<'_>) -> Result<Vec<ChangeSummary>> {
        let mut counts = BTreeMap::<_, (i32, i32)>::new();
        let (mut after, mut compared) = (self.range.from, 0);
        loop {
            let subjects = changed_subjects(ctx.db(), &self.range, after, SUMMARY_BATCH).await?;
            let Some(last) = subjects.last() else { break };
            after = last.last;
            compared += subjects.len();
            if compared > MAX_SUBJECTS {
                let message = format!("More than {MAX_SUBJECTS} subjects changed; choose a shorter range, or filter.");
                return Err(Error::InvalidArgument(message));
            }
            for change in subjects.into_iter().filter_map(|subject| self.change(subject)) {
                change.count(&mut counts);
            }
        }
        let mut summary = counts
            .into_iter()
            .map(|((subject_type, action, field), (subjects, changes))| {
                let action = action_of(action);
                ChangeSummary { subject_type: SubjectType::ALL[subject_type], action, field, subjects, changes }
            })
            .collect::<Vec<_>>();
        summary.truncate(MAX_SUMMARY);
        Ok(summary)
    }

    /// Up to 30 subjects, by their last revision in between.
    async fn subjects(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those after this `revision`.")] after: Option<i32>,
    ) -> Result<Vec<SubjectChange>> {
        let mut page = Vec::new();
        let mut after = after.unwrap_or(self.range.from).max(self.range.from);
        while page.len() < SUBJECTS_PER_PAGE {
            let subjects = changed_subjects(ctx.db(), &self.range, after, SUBJECTS_PER_PAGE as u64).await?;
            let is_last = subjects.len() < SUBJECTS_PER_PAGE;
            after = subjects.last().map_or(after, |subject| subject.last);
            page.extend(subjects.into_iter().filter_map(|subject| self.change(subject)));
            if is_last {
                break;
            }
        }
        page.truncate(SUBJECTS_PER_PAGE);
        Ok(page)
    }
}

impl CatalogChanges {
    /// Returns the changes of a subject in the wanted fields; none if there are none.
    fn change(&self, subject: ChangedSubject) -> Option<SubjectChange> {
        let mut changes = diff::diff(subject.before.as_ref(), subject.after.as_ref());
        if let Some(fields) = &self.fields {
            changes.retain(|change| fields.contains(&change.fact));
        }
        (!changes.is_empty()).then_some(SubjectChange { subject, changes })
    }
}

/// The number of changes of a fact, in subjects of a type.
#[derive(SimpleObject)]
pub struct ChangeSummary {
    /// The type.
    subject_type: SubjectType,
    /// CREATED, UPDATED or DELETED.
    action: RevisionAction,
    /// The fact, such as "sizes.license". Null unless UPDATED.
    field: Option<String>,
    /// The number of subjects.
    subjects: i32,
    /// The number of changes: a fact of several sizes counts for each.
    changes: i32,
}

/// The key of a count: the index of the type, that of the action, and the fact.
type CountKey = (usize, usize, Option<String>);

const ACTIONS: [RevisionAction; 3] = [RevisionAction::Created, RevisionAction::Updated, RevisionAction::Deleted];

fn action_of(index: usize) -> RevisionAction {
    ACTIONS.get(index).copied().unwrap_or(RevisionAction::Updated)
}

/// A subject whose states differ.
pub struct SubjectChange {
    subject: ChangedSubject,
    changes: Vec<diff::FieldChange>,
}

#[macros::charged_fields]
/// A subject whose states differ.
#[Object]
impl SubjectChange {
    /// The number of its last revision in between.
    async fn revision(&self) -> i32 {
        self.subject.last
    }

    /// CREATED, UPDATED or DELETED.
    async fn action(&self) -> RevisionAction {
        action_of(self.action_index())
    }

    /// The type of the subject.
    async fn subject_type(&self) -> SubjectType {
        self.subject.subject
    }

    /// The slug in the later state, or the last one if it is deleted.
    async fn subject_slug(&self) -> &str {
        &self.subject.slug
    }

    /// The current state. Null if it is deleted.
    async fn subject(&self, ctx: &Context<'_>) -> Option<Result<Node>> {
        Node::load(ctx, GlobalId::Subject(self.subject.subject, self.subject.id)).await.transpose()
    }

    /// The fields that differ, by name: the first 200.
    async fn changes(&self) -> Vec<FieldChange> {
        self.changes.iter().take(MAX_CHANGES).cloned().map(FieldChange::from).collect()
    }
}

impl SubjectChange {
    fn action_index(&self) -> usize {
        match (&self.subject.before, &self.subject.after) {
            (None, _) => 0,
            (_, None) => 2,
            _ => 1,
        }
    }

    /// Adds the changes to the numbers of subjects and of changes.
    fn count(self, counts: &mut BTreeMap<CountKey, (i32, i32)>) {
        let subject = SubjectType::ALL.iter().position(|subject| *subject == self.subject.subject).unwrap_or_default();
        let action = self.action_index();
        let mut facts = BTreeMap::<_, i32>::new();
        if action == 1 {
            for change in self.changes {
                *facts.entry(Some(change.fact)).or_default() += 1;
            }
        } else {
            facts.insert(None, 1);
        }
        for (fact, changes) in facts {
            let (subjects, all) = counts.entry((subject, action, fact)).or_default();
            *subjects += 1;
            *all += changes;
        }
    }
}

/// The query of changes.
#[derive(Default)]
pub struct ChangesQuery;

#[Object]
impl ChangesQuery {
    /// The difference of two states. A fact that was changed and changed back is not in it.
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The earlier state.")] from: CatalogState,
        #[graphql(desc = "The later state; null: the present.")] to: Option<CatalogState>,
        #[graphql(name = "where", desc = "Only subjects with a matching revision in between.")] filter: Option<
            RevisionFilter,
        >,
        #[graphql(desc = "Only these facts, as in `ChangeSummary.field`.")] fields: Option<Vec<String>>,
    ) -> Option<Result<CatalogChanges>> {
        Some(read(ctx, from, to, filter, fields).await)
    }
}

/// Returns the number of the last revision; 0 if there is none.
async fn last_revision(ctx: &Context<'_>) -> Result<i32> {
    let last = revision::Entity::last().one(ctx.db()).await?.map_or(0, |(number, _)| number);
    ctx.database().revision_tracker().advance(last);
    Ok(last)
}

async fn read(
    ctx: &Context<'_>,
    from: CatalogState,
    to: Option<CatalogState>,
    filter: Option<RevisionFilter>,
    fields: Option<Vec<String>>,
) -> Result<CatalogChanges> {
    let from = from.revision(ctx, "from").await?;
    let to = match to {
        Some(to) => to.revision(ctx, "to").await?,
        None => last_revision(ctx).await?,
    };
    if from > to {
        let message = format!("`from` is the revision {from}, which is later than `to`, the revision {to}.");
        return Err(Error::InvalidArgument(message));
    }
    let condition = filter.map_or_else(Condition::all, |filter| filter.condition(&FilterContext::of(ctx.loaders())));
    let fields = fields.map(|fields| fields.into_iter().collect());
    Ok(CatalogChanges { range: RevisionRange { from, to, condition }, fields })
}
