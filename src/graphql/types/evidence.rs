//! Evidence: what sources say about facts.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Json, Object};
use entity::{
    evidence, source,
    vocabulary::{Confidence, EvidenceRank, Qualifier, Stance, SubjectType},
};
use sea_orm::{Condition, ExprTrait, sea_query::Expr};

use crate::domain::date::Date;
use crate::domain::evidence::document::{EvidenceDocument, EvidenceList, citations, documents};
use crate::error::{Error, Result};
use crate::graphql::connection::{Connection, ConnectionParent, PageArguments, connection_node};
use crate::graphql::context::ContextExt;
use crate::graphql::input::{InputContext, Reference};
use crate::graphql::node::Node;
use crate::graphql::scalars::GlobalId;
use crate::graphql::types::source::{CreateSourceInput, Source};
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

    /// The subject or the size that the fact belongs to. Null if it has been deleted.
    async fn about(&self, ctx: &Context<'_>) -> Option<Result<Node>> {
        let about = match self.0.part.as_str() {
            "" => GlobalId::Subject(self.0.subject_type, self.0.subject_id),
            label => GlobalId::ModelSize(self.0.subject_id, label.to_owned()),
        };
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
    /// The source.
    Source(i32),
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
        EvidenceParent::Source(id) => (ConnectionParent::of(BY_SOURCE, id), current),
    };
    Connection::read(ctx, parent, page, condition, vec![ORDER]).await
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
    source: Reference<CreateSourceInput>,
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

/// The changes of the evidence of a subject or a size.
#[derive(Clone, Debug, InputObject)]
pub struct EvidenceChanges {
    /// The evidence to add.
    add: Option<Vec<EvidenceInput>>,
    /// The global ids of the evidences to remove.
    remove: Option<Vec<ID>>,
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

/// Adds evidence before that in the list, so that problems have the indexes of the inputs.
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

/// Removes and adds evidence of a part of the subject that is updated. `part` is the label of a size, or empty.
///
/// # Errors
/// The database fails. Problems of the input are collected in the context.
pub async fn patch_evidence(
    list: &mut Vec<EvidenceDocument>,
    part: &str,
    changes: Option<EvidenceChanges>,
    path: &str,
    context: &mut InputContext<'_>,
) -> Result<()> {
    let Some(EvidenceChanges { add, remove }) = changes else { return Ok(()) };
    let removed = remove.unwrap_or_default();
    if !removed.is_empty() {
        let ids = removed.iter().map(|id| match GlobalId::parse(id) {
            Some(GlobalId::Evidence(id)) => Some(id),
            _ => None,
        });
        let ids = ids.collect::<Vec<_>>();
        let known = context.evidence(&ids.iter().copied().flatten().collect::<Vec<_>>()).await?;
        let own = EvidenceList { path: String::new(), part: part.to_owned(), list: &*list };
        let mut citations = citations([own]);
        for (index, id) in ids.into_iter().enumerate() {
            let place =
                id.and_then(|id| known.get(&id)).and_then(|removed| citations.iter().position(|own| own == removed));
            match place {
                Some(place) => drop(citations.remove(place)),
                None => context.problem(format!("{path}.remove.{index}"), "is no current evidence of this object"),
            }
        }
        *list = documents(citations);
    }
    add_evidence(list, add, &format!("{path}.add"), context).await
}
