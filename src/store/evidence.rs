//! The evidence of subjects, as rows: each with the revision that added it and the one that removed it.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::{evidence, vocabulary::SubjectType};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, ExprTrait, FromQueryResult, QueryTrait, Set,
    sea_query::{CaseStatement, Expr, Order, Query, SelectStatement},
};

use crate::db::bulk::bulk_insert;
use crate::db::sql::in_array;
use crate::domain::date::Date;
use crate::domain::document::SubjectDocument;
use crate::domain::evidence::document::Citation;
use crate::error::Result;
use crate::store::references::{ReferenceIds, SlugIndex};

/// The new evidence of a subject.
pub struct EvidenceEdit {
    /// The id of the subject.
    pub id: i32,
    /// The number of the revision that changes it.
    pub revision: i32,
    /// All statements after the revision.
    pub after: Vec<Citation>,
    /// Those of them that the values of the facts do not agree with.
    pub disagreeing: HashSet<Citation>,
    /// Whether the revision creates the subject.
    pub is_new: bool,
}

/// Reads the current evidence of subjects into their documents, which are in the order of `ids`.
///
/// # Errors
/// The database fails.
pub async fn load<D: SubjectDocument>(db: &impl ConnectionTrait, ids: &[i32], documents: &mut [D]) -> Result<()> {
    if !D::HAS_EVIDENCE {
        return Ok(());
    }
    let mut citations = HashMap::<i32, Vec<Citation>>::new();
    for (row, citation) in read(db, current(db, D::SUBJECT, ids)).await? {
        citations.entry(row.subject_id).or_default().push(citation);
    }
    for (id, document) in ids.iter().zip(documents) {
        if let Some(citations) = citations.remove(id) {
            document.set_citations(sorted(citations));
        }
    }
    Ok(())
}

/// Adds the statements of subjects of one type that are new, and marks as removed those that are gone. The number of statements
/// does not depend on the number of subjects.
///
/// # Errors
/// The database fails, or a source does not exist.
pub async fn save(
    db: &DatabaseTransaction,
    subject: SubjectType,
    edits: Vec<EvidenceEdit>,
    references: &ReferenceIds,
) -> Result<()> {
    if edits.is_empty() {
        return Ok(());
    }
    let ids = edits.iter().filter(|edit| !edit.is_new).map(|edit| edit.id).collect::<Vec<_>>();
    let mut rows = HashMap::<i32, HashMap<Citation, evidence::Model>>::new();
    if !ids.is_empty() {
        for (row, citation) in read(db, current(db, subject, &ids)).await? {
            rows.entry(row.subject_id).or_default().insert(citation, row);
        }
    }
    let (mut added, mut removed, mut turned) = (Vec::new(), Vec::new(), BTreeMap::<_, Vec<_>>::new());
    for EvidenceEdit { id, revision, after, disagreeing, .. } in edits {
        let mut rows = rows.remove(&id).unwrap_or_default();
        for citation in after {
            let agrees = !disagreeing.contains(&citation);
            match rows.remove(&citation) {
                Some(row) if row.agrees == Some(agrees) => {}
                Some(row) => turned.entry((agrees, revision)).or_default().push(row.id),
                None => {
                    let source_id = references.id_of(SubjectType::Source, &citation.source)?;
                    added.push(row(subject, id, revision, source_id, citation, agrees));
                }
            }
        }
        removed.extend(rows.into_values().map(|row| (row.id, revision)));
    }
    mark_removed(db, &removed).await?;
    for ((agrees, revision), ids) in turned {
        set_agrees(db, &ids, agrees, revision).await?;
    }
    bulk_insert(db, added, None).await
}

/// Marks all current evidence of a subject as removed.
///
/// # Errors
/// The database fails.
pub async fn remove_all(db: &DatabaseTransaction, subject: SubjectType, id: i32, revision: i32) -> Result<()> {
    let mut update = Query::update();
    update.table("evidence").value("removed_revision", revision);
    update.and_where(Expr::col("subject_type").eq(subject.word())).and_where(Expr::col("subject_id").eq(id));
    db.execute(update.and_where(Expr::col("removed_revision").is_null())).await?;
    Ok(())
}

/// The evidence that a revision added and that it removed.
pub struct EvidenceDiff {
    /// The statements that the revision added and that are still current.
    pub added: HashSet<Citation>,
    /// The statements that it removed, of sources that exist.
    pub removed: Vec<Citation>,
    /// Whether it removed statements of sources that have been deleted since.
    pub has_deleted_sources: bool,
}

/// Reads the evidence that a revision added and removed.
///
/// # Errors
/// The database fails.
pub async fn change_of(db: &impl ConnectionTrait, revision: i32) -> Result<EvidenceDiff> {
    let of = |column: &'static str| {
        let mut select = evidence::Entity::find().into_query();
        select.and_where(Expr::col(column).eq(revision)).take()
    };
    let mut added = of("added_revision");
    let added = read(db, added.and_where(Expr::col("removed_revision").is_null()).take()).await?;
    let removed = of("removed_revision");
    let count = db.query_all(&removed).await?.len();
    let removed = read(db, removed).await?;
    Ok(EvidenceDiff {
        added: added.into_iter().map(|(_, citation)| citation).collect(),
        has_deleted_sources: removed.len() < count,
        removed: removed.into_iter().map(|(_, citation)| citation).collect(),
    })
}

/// Returns at most ten subjects that have current evidence of a source, each as its type and slug.
///
/// # Errors
/// The database fails.
pub async fn citing_subjects(db: &impl ConnectionTrait, source: i32) -> Result<Vec<String>> {
    let mut subjects = Vec::new();
    for subject in SubjectType::ALL {
        let mut citing = Query::select();
        citing.column("subject_id").from("evidence").and_where(Expr::col("source_id").eq(source));
        citing
            .and_where(Expr::col("subject_type").eq(subject.word()))
            .and_where(Expr::col("removed_revision").is_null());
        let mut select = Query::select();
        select.column("slug").from(subject.table()).and_where(Expr::col("id").in_subquery(citing.take()));
        for row in db.query_all(select.order_by("slug", Order::Asc).limit(10)).await? {
            subjects.push(format!("the {} {:?}", subject.table(), row.try_get::<String>("", "slug")?));
        }
    }
    Ok(subjects)
}

/// Reads those of the evidences with these ids that are current and about a subject.
///
/// # Errors
/// The database fails.
pub async fn find(
    db: &impl ConnectionTrait,
    subject: SubjectType,
    id: i32,
    ids: &[i32],
) -> Result<HashMap<i32, Citation>> {
    let rows = read(db, current(db, subject, &[id])).await?.into_iter();
    Ok(rows.filter(|(row, _)| ids.contains(&row.id)).map(|(row, citation)| (row.id, citation)).collect())
}

/// Returns statements in the order of [`SubjectDocument::citations`].
pub fn sorted(mut citations: Vec<Citation>) -> Vec<Citation> {
    citations.sort_by_cached_key(Citation::key);
    citations
}

/// Selects the current evidence of subjects of a type.
fn current(db: &impl ConnectionTrait, subject: SubjectType, ids: &[i32]) -> SelectStatement {
    let mut select = evidence::Entity::find().into_query();
    select.and_where(in_array(db.get_database_backend(), Expr::col("subject_id"), ids));
    select.and_where(Expr::col("subject_type").eq(subject.word())).and_where(Expr::col("removed_revision").is_null());
    select.order_by("id", Order::Asc).take()
}

/// Reads rows, each with its statement. Rows whose source has been deleted are left out: they are not current.
async fn read(db: &impl ConnectionTrait, select: SelectStatement) -> Result<Vec<(evidence::Model, Citation)>> {
    let rows = db.query_all(&select).await?;
    let rows = rows.iter().map(|row| evidence::Model::from_query_result(row, ""));
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    let sources = rows.iter().map(|row| (SubjectType::Source, Some(row.source_id)));
    let slugs = SlugIndex::read(db, sources.collect::<Vec<_>>()).await?;
    let citations = rows.into_iter().filter_map(|row| {
        let citation = Citation {
            part: row.part.clone(),
            field: row.field.clone(),
            value: row.value.clone(),
            source: slugs.get(SubjectType::Source, Some(row.source_id))?,
            locator: row.locator.clone(),
            quote: row.quote.clone(),
            accessed: row.accessed.map(Date),
            confidence: row.confidence,
            qualifier: row.qualifier,
            rank: row.rank,
            reason: row.reason.clone(),
            stance: row.stance,
        };
        Some((row, citation))
    });
    Ok(citations.collect())
}

fn row(
    subject: SubjectType,
    id: i32,
    revision: i32,
    source_id: i32,
    citation: Citation,
    agrees: bool,
) -> evidence::ActiveModel {
    evidence::ActiveModel {
        subject_type: Set(subject),
        subject_id: Set(id),
        part: Set(citation.part),
        field: Set(citation.field),
        value: Set(citation.value),
        stance: Set(citation.stance),
        source_id: Set(source_id),
        locator: Set(citation.locator),
        quote: Set(citation.quote),
        accessed: Set(citation.accessed.map(|day| day.0)),
        confidence: Set(citation.confidence),
        qualifier: Set(citation.qualifier),
        rank: Set(citation.rank),
        reason: Set(citation.reason),
        agrees: Set(Some(agrees)),
        added_revision: Set(revision),
        removed_revision: Set(None),
        ..Default::default()
    }
}

/// The largest number of rows that one statement marks as removed.
const UPDATE_CHUNK: usize = 1000;

/// Marks rows as removed, as pairs of their ids and the numbers of the revisions that remove them.
async fn mark_removed(db: &DatabaseTransaction, rows: &[(i32, i32)]) -> Result<()> {
    for rows in rows.chunks(UPDATE_CHUNK) {
        let case = |case: CaseStatement, (id, revision): &(i32, i32)| case.case(Expr::col("id").eq(*id), *revision);
        let mut update = Query::update();
        update.table("evidence").value("removed_revision", rows.iter().fold(CaseStatement::new(), case));
        let ids = rows.iter().map(|(id, _)| *id).collect::<Vec<_>>();
        db.execute(update.and_where(in_array(db.get_database_backend(), Expr::col("id"), &ids))).await?;
    }
    Ok(())
}

/// Stores whether the values of the facts agree with statements since a revision.
async fn set_agrees(db: &DatabaseTransaction, ids: &[i32], agrees: bool, revision: i32) -> Result<()> {
    let turned = match db.get_database_backend() {
        DbBackend::Postgres => format!("COALESCE(turned_revisions, '[]') || to_jsonb({revision})"),
        _ => format!("json_insert(COALESCE(turned_revisions, '[]'), '$[#]', {revision})"),
    };
    for ids in ids.chunks(UPDATE_CHUNK) {
        let mut update = Query::update();
        update.table("evidence").value("agrees", agrees).value("turned_revisions", Expr::cust(turned.clone()));
        db.execute(update.and_where(in_array(db.get_database_backend(), Expr::col("id"), ids))).await?;
    }
    Ok(())
}
