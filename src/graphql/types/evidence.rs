//! Evidence: what sources say about facts.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Json, Object, SimpleObject};
use entity::{
    evidence, source,
    vocabulary::{Confidence, EvidenceRank, Qualifier, Stance, SubjectType},
};
use sea_orm::{
    Condition, ExprTrait,
    sea_query::{Expr, Func},
};
use serde::Deserialize as _;

use crate::domain::date::Date;
use crate::domain::evidence::document::{Citation, EvidenceDocument, EvidenceList, citations, documents};
use crate::domain::evidence::locator::{Locator, revision_on};
use crate::domain::facts::filter::{ColumnFilter, EnumFilter};
use crate::domain::limits::MAX_EVIDENCE;
use crate::domain::source::SnapshotDocument;
use crate::error::{Error, Result};
use crate::graphql::connection::{Connection, ConnectionParent, PageArguments, connection_node};
use crate::graphql::context::ContextExt;
use crate::graphql::input::InputContext;
use crate::graphql::node::Node;
use crate::graphql::scalars::GlobalId;
use crate::graphql::types::source::{Source, SourceReference};
use crate::query::cursor::{SortKey, SortKeyType};
use crate::query::keyset::{Junction, ParentKey};

/// The statement of a source about one fact. It never changes: a correction removes it and adds another one.
pub struct Evidence(pub Arc<evidence::Model>);

#[macros::charged_fields]
/// The statement of a source about one fact. It never changes: a correction removes it and adds another one.
#[Object]
impl Evidence {
    /// The global id.
    pub async fn id(&self) -> ID {
        GlobalId::Evidence(self.0.id).id()
    }

    /// The subject, the size or the checkpoint that the fact belongs to. Null if it has been deleted.
    async fn about(&self, ctx: &Context<'_>) -> Option<Result<Node>> {
        let about = GlobalId::of_part(self.0.subject_type, self.0.subject_id, &self.0.part);
        Box::pin(Node::load(ctx, about)).await.transpose()
    }

    /// The name of the fact, as that of its field.
    async fn field(&self) -> &str {
        &self.0.field
    }

    /// The value that the source states, as it writes it: a number of parameters may be "0.6B". It may differ from the value of
    /// the fact. Null unless the stance is STATED.
    async fn value(&self) -> Result<Option<Json<serde_json::Value>>> {
        let value = self.0.value.as_deref().map(serde_json::from_str).transpose().map_err(Error::internal)?;
        Ok(value.map(Json))
    }

    /// Whether the value of the fact is one that the statement allows. Null if the evidence was last saved before this was recorded.
    async fn agrees(&self) -> Option<bool> {
        self.0.agrees
    }

    /// The stance of the source.
    async fn stance(&self) -> Stance {
        self.0.stance
    }

    /// The source. Null if it has been deleted, which is possible once no current evidence rests on it.
    async fn source(&self, ctx: &Context<'_>) -> Option<Result<Source>> {
        let row = ctx.loaders().row::<source::Entity>(self.0.source_id).await;
        row.map(|row| row.map(Source)).transpose()
    }

    /// The place in the source, such as a file with a line, a page or a table. Null if unknown.
    async fn locator(&self) -> Option<&String> {
        self.0.locator.as_ref()
    }

    /// The address of the place: the line of a file in a repository on GitHub at the revision that was read. Null elsewhere.
    async fn url(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let Some(source) = ctx.loaders().row::<source::Entity>(self.0.source_id).await? else { return Ok(None) };
        let snapshots = Vec::<SnapshotDocument>::deserialize(&source.snapshots).map_err(Error::internal)?;
        let url = source.url.as_deref();
        let locator = Locator::of(self.0.locator.as_deref(), url);
        Ok(locator.url(url, revision_on(&snapshots, self.0.accessed)).map(String::from))
    }

    /// The words of the source: at most 25 words and 200 characters. Null if there are none.
    async fn quote(&self) -> Option<&String> {
        self.0.quote.as_ref()
    }

    /// The day on which the source was read, if that differs from its snapshots. Otherwise null.
    async fn accessed(&self) -> Option<Date> {
        self.0.accessed.map(Date)
    }

    /// How the value is known.
    async fn confidence(&self) -> Confidence {
        self.0.confidence
    }

    /// How the value is to be read. Null if it is just the value.
    async fn qualifier(&self) -> Option<Qualifier> {
        self.0.qualifier
    }

    /// The rank among the evidence about the same fact.
    async fn rank(&self) -> EvidenceRank {
        self.0.rank
    }

    /// The reason for the rank. Null if there is none.
    async fn reason(&self) -> Option<&String> {
        self.0.reason.as_ref()
    }
}

connection_node!(Evidence, evidence);

/// The object whose evidence a connection contains.
#[derive(Clone, Copy, Debug)]
pub enum EvidenceParent {
    /// The subject that the facts belong to, without its parts.
    Subject(SubjectType, i32),
    /// The size that the facts belong to.
    Size(i32),
    /// The checkpoint that the facts belong to.
    Checkpoint(i32),
    /// The source.
    Source(i32),
    /// The conflict about whose fact the evidence is.
    Conflict(i32),
}

const BY_SUBJECT: ParentKey = ParentKey { junction: None, column: ("evidence", "subject_id") };
const BY_SOURCE: ParentKey = ParentKey { junction: None, column: ("evidence", "source_id") };
const BY_SIZE: ParentKey = ParentKey {
    junction: Some(Junction::On(
        "model_size",
        "model_size.model_id = evidence.subject_id AND model_size.label = evidence.part",
    )),
    column: ("model_size", "id"),
};
/// The part of a checkpoint is its address as text, after a space.
const BY_CHECKPOINT: ParentKey = ParentKey {
    junction: Some(Junction::On(
        "checkpoint",
        "checkpoint.model_id = evidence.subject_id AND evidence.part = ' ' \
         || CASE checkpoint.hub WHEN 'huggingface' THEN '' ELSE checkpoint.hub || ':' END || checkpoint.repository \
         || CASE checkpoint.revision WHEN '' THEN '' ELSE '@' || checkpoint.revision END \
         || CASE checkpoint.path WHEN '' THEN '' ELSE '#' || checkpoint.path END",
    )),
    column: ("checkpoint", "id"),
};
const BY_CONFLICT: ParentKey = ParentKey {
    junction: Some(Junction::On(
        "conflict",
        "conflict.subject_id = evidence.subject_id AND conflict.subject_type = evidence.subject_type \
         AND conflict.part = evidence.part AND conflict.field = evidence.field",
    )),
    column: ("conflict", "id"),
};
const ORDER: SortKey = SortKey { name: "id", sql: "evidence.id", kind: SortKeyType::Integer, descending: false };

/// Reads a page of the current evidence of an object.
///
/// # Errors
/// A pagination argument is invalid, or the database fails.
pub async fn evidence_of(
    ctx: &Context<'_>,
    parent: EvidenceParent,
    fields: Option<Vec<String>>,
    rank: Option<EvidenceRank>,
    page: PageArguments,
) -> Result<Connection<Evidence>> {
    let column = |name: &'static str| Expr::col(("evidence", name));
    let of = |subject: SubjectType| column("subject_type").eq(subject.word());
    let current = Condition::all()
        .add(column("removed_revision").is_null())
        .add_option(fields.map(|fields| column("field").is_in(fields)))
        .add_option(rank.map(|rank| column("rank").eq(rank.word())));
    let (parent, condition) = match parent {
        EvidenceParent::Subject(subject, id) => {
            (ConnectionParent::of(BY_SUBJECT, id), current.add(of(subject)).add(column("part").eq("")))
        }
        EvidenceParent::Size(id) => (ConnectionParent::of(BY_SIZE, id), current.add(of(SubjectType::Model))),
        EvidenceParent::Checkpoint(id) => {
            (ConnectionParent::of(BY_CHECKPOINT, id), current.add(of(SubjectType::Model)))
        }
        EvidenceParent::Source(id) => (ConnectionParent::of(BY_SOURCE, id), current),
        EvidenceParent::Conflict(id) => (ConnectionParent::of(BY_CONFLICT, id), current),
    };
    Connection::read(ctx, parent, page, condition, ORDER.into()).await
}

/// A summary of the evidence about the facts of an object.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct Provenance {
    /// The lowest confidence of the statements that the values rest on. Null if no value rests on one.
    confidence: Option<Confidence>,
    /// The number of sources. A source and its copies count once.
    source_count: i32,
    /// The number of facts in conflict.
    conflict_count: i32,
    /// The number of values without evidence.
    unsourced_count: i32,
}

impl Provenance {
    /// Creates it from the columns of a row. None if they are unknown.
    pub fn of(
        confidence: Option<Confidence>,
        sources: Option<i32>,
        conflicts: Option<i32>,
        unsourced: Option<i32>,
    ) -> Option<Self> {
        let ((source_count, conflict_count), unsourced_count) = sources.zip(conflicts).zip(unsourced)?;
        Some(Self { confidence, source_count, conflict_count, unsourced_count })
    }
}

/// Conditions on provenance.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ProvenanceFilter {
    /// Whether there is a value without evidence.
    unsourced: Option<bool>,
    /// Whether a fact is in conflict.
    conflicting: Option<bool>,
    /// The lowest confidence of the statements that the values rest on.
    confidence: Option<EnumFilter<Confidence>>,
}

impl ProvenanceFilter {
    /// Returns the condition on the columns of a table. None if there is none.
    pub fn condition(&self, table: &'static str) -> Option<Condition> {
        let count = |column: &'static str, unknown: i32, expected: bool| {
            let count = Expr::from(Func::coalesce([Expr::col((table, column)), Expr::val(unknown)]));
            if expected { count.gt(0) } else { count.eq(0) }
        };
        let Self { unsourced, conflicting, confidence } = self;
        if unsourced.is_none() && conflicting.is_none() && confidence.is_none() {
            return None;
        }
        Some(
            Condition::all()
                // Rows that were last saved before there was evidence have no count.
                .add_option(unsourced.map(|expected| count("unsourced_count", 1, expected)))
                .add_option(conflicting.map(|expected| match expected {
                    true => Expr::col((table, "conflict_count")).gt(0),
                    false => count("conflict_count", 0, false),
                }))
                .add_option(confidence.as_ref().map(|filter| filter.condition((table, "lowest_confidence")))),
        )
    }
}

/// The statement of a source about one or several facts.
#[derive(Clone, Debug, InputObject)]
pub struct EvidenceInput {
    /// The values that the source states, as an object: the names of the facts with their values, such as
    /// `{ trainingTokens: "2T", contextLength: 4096 }`. With another stance than STATED, null for each fact.
    values: Json<serde_json::Value>,
    /// The stance of the source.
    #[graphql(default_with = "Stance::Stated")]
    stance: Stance,
    /// The source.
    source: SourceReference,
    /// The place in the source, such as a file with a line, a page or a table.
    locator: Option<String>,
    /// The words of the source: at most 25 words and 200 characters.
    quote: Option<String>,
    /// The day on which the source was read, if that differs from its snapshots.
    accessed: Option<Date>,
    /// How the values are known.
    confidence: Confidence,
    /// How the values are to be read, if they are not just the values.
    qualifier: Option<Qualifier>,
    /// The rank among the evidence about the same facts.
    #[graphql(default_with = "EvidenceRank::Normal")]
    rank: EvidenceRank,
    /// The reason for the rank, which DEPRECATED needs.
    reason: Option<String>,
}

/// The changes of the evidence of a subject, a size or a checkpoint.
#[derive(Clone, Debug, InputObject)]
pub struct EvidenceChanges {
    /// The evidence to add.
    add: Option<Vec<EvidenceInput>>,
    /// The global ids of the evidences to remove; with a model also those of its sizes.
    remove: Option<Vec<ID>>,
}

impl EvidenceChanges {
    /// Takes the ids of the evidence to remove.
    pub fn take_removed(&mut self) -> Option<Vec<ID>> {
        self.remove.take()
    }
}

impl EvidenceInput {
    /// Converts the input, and creates its source if that is new. A problem of the input is added to the context.
    async fn document(self, path: &str, context: &mut InputContext<'_>) -> Result<EvidenceDocument> {
        let values = match self.values.0 {
            serde_json::Value::Object(values) => values,
            _ => {
                context.problem(format!("{path}.values"), "is not an object with the names of facts and their values");
                serde_json::Map::new()
            }
        };
        Ok(EvidenceDocument {
            values,
            source: self.source.resolve(&format!("{path}.source"), context).await?,
            locator: self.locator,
            quote: self.quote,
            accessed: self.accessed,
            confidence: self.confidence,
            qualifier: self.qualifier,
            rank: self.rank,
            reason: self.reason,
            stance: self.stance,
        })
    }
}

/// Adds evidence before that in the list, so that problems have the indexes of the inputs. `path` is that of the inputs.
///
/// # Errors
/// The database fails. Problems of the input are collected in the context.
pub async fn add_evidence(
    list: &mut Vec<EvidenceDocument>,
    inputs: Option<Vec<EvidenceInput>>,
    path: &str,
    context: &mut InputContext<'_>,
) -> Result<()> {
    let mut added = Vec::new();
    for (index, input) in inputs.into_iter().flatten().enumerate() {
        added.push(input.document(&format!("{path}.{index}"), context).await?);
    }
    list.splice(0..0, added);
    Ok(())
}

/// Removes and adds evidence of a part of the subject that is updated. `part` is the label of a size, or empty. `input` is the path
/// of the input, whose field `evidence` has the changes, and `document` the path of the list in the document.
///
/// # Errors
/// The database fails. Problems of the input are collected in the context.
pub async fn patch_evidence(
    list: &mut Vec<EvidenceDocument>,
    part: &str,
    changes: Option<EvidenceChanges>,
    (input, document): (&str, &str),
    context: &mut InputContext<'_>,
) -> Result<()> {
    let Some(EvidenceChanges { add, remove }) = changes else { return Ok(()) };
    for index in 0..add.as_ref().map_or(0, Vec::len).min(MAX_EVIDENCE) {
        context.moved(input, format!("{document}.{index}"), &format!("evidence.add.{index}"));
    }
    remove_evidence([(part.to_owned(), &mut *list)], remove, input, context).await?;
    add_evidence(list, add, &format!("{input}.evidence.add"), context).await
}

/// Removes evidence of parts of the subject that is updated. A part is the label of a size, or empty. `input` is the path of the input,
/// whose field `evidence` has the ids.
///
/// # Errors
/// The database fails. Problems of the input are collected in the context.
pub async fn remove_evidence<'a>(
    lists: impl IntoIterator<Item = (String, &'a mut Vec<EvidenceDocument>)>,
    ids: Option<Vec<ID>>,
    input: &str,
    context: &mut InputContext<'_>,
) -> Result<()> {
    let ids = ids.unwrap_or_default();
    if ids.is_empty() {
        return Ok(());
    }
    let ids = ids.iter().map(|id| match GlobalId::parse(id) {
        Some(GlobalId::Evidence(id)) => Some(id),
        _ => None,
    });
    let ids = ids.collect::<Vec<_>>();
    let known = context.evidence(&ids.iter().copied().flatten().collect::<Vec<_>>()).await?;
    let mut lists = lists.into_iter().collect::<Vec<_>>();
    for (index, id) in ids.into_iter().enumerate() {
        let removed = id.and_then(|id| known.get(&id)).is_some_and(|removed| {
            lists.iter_mut().filter(|(part, _)| *part == removed.part).any(|(part, list)| remove(list, part, removed))
        });
        if !removed {
            context.problem(format!("{input}.evidence.remove.{index}"), "is no current evidence of this object");
        }
    }
    Ok(())
}

/// Removes a statement from the evidence of a part. Returns whether it was there.
fn remove(list: &mut Vec<EvidenceDocument>, part: &str, removed: &Citation) -> bool {
    let own = EvidenceList { path: String::new(), part: part.to_owned(), facts: Vec::new, list: &*list };
    let mut citations = citations([own]);
    let known = citations.len();
    citations.retain(|own| own != removed);
    let found = citations.len() < known;
    if found {
        *list = documents(citations);
    }
    found
}
