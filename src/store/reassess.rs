//! Assesses facts anew when sources change that their evidence cites, and follows the slugs of subjects that evidence names.

use std::{any::Any, collections::HashMap};

use entity::{
    checkpoint as checkpoint_row, model_size, reassessment,
    vocabulary::{Confidence, SubjectType},
};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, ExprTrait, Set,
    sea_query::{Expr, JoinType, Query},
};
use serde_json::Value as Json;

use crate::db::bulk::{bulk_insert, distinct, load_children};
use crate::db::sql::in_array;
use crate::domain::checkpoint::part;
use crate::domain::document::SubjectDocument;
use crate::domain::evidence::assessment::{PartAssessment, Provenance};
use crate::domain::evidence::authority::SourceAuthority;
use crate::domain::slug::Slug;
use crate::domain::source::SourceDocument;
use crate::domain::subject::with_document;
use crate::error::Result;
use crate::store::conflicts;
use crate::store::conflicts::ConflictEdit;
use crate::store::documents::{Persist, checkpoint};
use crate::store::evidence::sorted;
use crate::store::reconciliation::{Reconciliation, provenance_json, write_provenance};

/// The number of subjects that are assessed at once.
const CHUNK: usize = 500;

/// Returns whether statements of a source count otherwise after an edit. False for other subjects.
pub fn changes_authority<D: SubjectDocument>(before: Option<&D>, after: &D) -> bool {
    let source = |document: &D| {
        let document = (document as &dyn Any).downcast_ref::<SourceDocument>();
        document.map(SourceAuthority::of)
    };
    before.is_some_and(|before| source(before) != source(after))
}

/// Stores the provenance and the conflicts of all subjects whose current evidence cites sources, after these changed. Values stay: they
/// move when their subject is saved.
///
/// # Errors
/// The database fails.
pub async fn reassess(
    db: &DatabaseTransaction,
    reconciliation: &mut Reconciliation,
    sources: &[i32],
    revision: i32,
) -> Result<()> {
    if sources.is_empty() {
        return Ok(());
    }
    let mut select = Query::select();
    select.distinct().columns(["subject_type", "subject_id"]).from("evidence");
    select.and_where(in_array(db.get_database_backend(), Expr::col("source_id"), sources));
    select.and_where(Expr::col("removed_revision").is_null());
    let mut citing = HashMap::<String, Vec<i32>>::new();
    for row in db.query_all(&select).await? {
        citing.entry(row.try_get("", "subject_type")?).or_default().push(row.try_get("", "subject_id")?);
    }
    for subject in SubjectType::ALL {
        let mut ids = citing.remove(subject.word()).unwrap_or_default();
        ids.sort_unstable();
        for ids in ids.chunks(CHUNK) {
            with_document!(*subject, D => reassess_all::<D>(db, reconciliation, ids, revision).await?);
        }
    }
    Ok(())
}

async fn reassess_all<D: Persist>(
    db: &DatabaseTransaction,
    reconciliation: &mut Reconciliation,
    ids: &[i32],
    revision: i32,
) -> Result<()> {
    let documents = D::load(db, ids).await?;
    let assessed = reconciliation.assess_all(db, &documents.iter().collect::<Vec<_>>()).await?;
    let stored = stored_provenance::<D>(db, ids).await?;
    let mut history = Vec::new();
    for (id, parts) in ids.iter().zip(&assessed) {
        let changed = parts.iter().filter_map(|part| {
            let (table, row, known) = stored.get(&(*id, part.part.clone()))?;
            (*known != Some(part.provenance)).then_some((*table, *row, part.provenance))
        });
        let changed = changed.collect::<Vec<_>>();
        for (table, row, provenance) in &changed {
            write_provenance(db, table, *row, provenance).await?;
        }
        if let Some(provenance) = provenance_json(parts).filter(|_| !changed.is_empty()) {
            history.push(reassessment::ActiveModel {
                subject_type: Set(D::SUBJECT),
                subject_id: Set(*id),
                revision: Set(revision),
                provenance: Set(provenance),
                ..Default::default()
            });
        }
    }
    bulk_insert(db, history, None).await?;
    let edits = ids.iter().zip(&assessed).map(|(id, parts): (&i32, &Vec<PartAssessment>)| ConflictEdit {
        id: *id,
        revision,
        parts,
        is_new: false,
    });
    conflicts::save(db, D::SUBJECT, edits.collect()).await
}

/// A row with the columns of the provenance: the table, the id, and what the columns have.
type StoredProvenance = (&'static str, i32, Option<Provenance>);

/// Reads the stored provenance of subjects and their parts, by the ids of the subjects and the parts.
async fn stored_provenance<D: Persist>(
    db: &DatabaseTransaction,
    ids: &[i32],
) -> Result<HashMap<(i32, String), StoredProvenance>> {
    let mut stored = HashMap::new();
    let mut select = Query::select();
    select.columns(["id", "lowest_confidence", "source_count", "conflict_count", "unsourced_count"]);
    select.from(D::SUBJECT.table()).and_where(in_array(db.get_database_backend(), Expr::col("id"), ids));
    for row in db.query_all(&select).await? {
        let id = row.try_get("", "id")?;
        let count = |column: &str| row.try_get::<Option<i32>>("", column);
        let confidence = row.try_get::<Option<Confidence>>("", "lowest_confidence")?;
        let counts = (count("source_count")?, count("conflict_count")?, count("unsourced_count")?);
        stored.insert((id, String::new()), (D::SUBJECT.table(), id, provenance(confidence, counts)));
    }
    if D::SUBJECT != SubjectType::Model {
        return Ok(stored);
    }
    for row in load_children::<model_size::Entity>(db, "model_id", ids, &[]).await?.into_values().flatten() {
        let counts = (row.source_count, row.conflict_count, row.unsourced_count);
        let known = provenance(row.lowest_confidence, counts);
        stored.insert((row.model_id, row.label), ("model_size", row.id, known));
    }
    for row in load_children::<checkpoint_row::Entity>(db, "model_id", ids, &[]).await?.into_values().flatten() {
        let counts = (row.source_count, row.conflict_count, row.unsourced_count);
        let known = provenance(row.lowest_confidence, counts);
        let address = checkpoint::document(&row, &|_, _| None).address();
        stored.insert((row.model_id, part(&address)), ("checkpoint", row.id, known));
    }
    Ok(stored)
}

fn provenance(
    confidence: Option<Confidence>,
    (sources, conflicts, unsourced): (Option<i32>, Option<i32>, Option<i32>),
) -> Option<Provenance> {
    Some(Provenance { confidence, sources: sources?, conflicts: conflicts?, unsourced: unsourced? })
}

/// Replaces the former slug of a subject in the values of evidence, as its row is what documents refer to.
///
/// # Errors
/// The database fails.
pub async fn rename_in_evidence(db: &DatabaseTransaction, renamed: SubjectType, old: &Slug, new: &Slug) -> Result<()> {
    for subject in SubjectType::ALL {
        let fields = with_document!(*subject, D => referring_facts::<D>(renamed));
        if fields.is_empty() {
            continue;
        }
        let of_fields = Expr::col("subject_type").eq(subject.word()).and(Expr::col("field").is_in(fields));
        let mut select = Query::select();
        select.distinct().column("value").from("evidence").and_where(of_fields.clone());
        select.and_where(Expr::col("value").like(format!("%\"{old}\"%")));
        for row in db.query_all(&select).await? {
            let value = row.try_get::<String>("", "value")?;
            let Ok(mut json) = serde_json::from_str::<Json>(&value) else { continue };
            replace_slugs(&mut json, &|slug| (slug == old.as_str()).then_some(new));
            let mut update = Query::update();
            update.table("evidence").value("value", json.to_string()).and_where(of_fields.clone());
            db.execute(update.and_where(Expr::col("value").eq(value))).await?;
        }
    }
    Ok(())
}

/// Returns the facts of documents and their parts whose values are slugs of a type of subject.
fn referring_facts<D: SubjectDocument>(subject: SubjectType) -> Vec<&'static str> {
    if !D::HAS_EVIDENCE {
        return Vec::new();
    }
    let declared = D::REFERENCES.iter().map(|reference| (reference.name, reference.subject));
    let others = D::OTHER_REFERENCES.iter().filter_map(|(path, subject)| {
        let path = ["sizes.", "checkpoints."].iter().find_map(|parts| path.strip_prefix(parts)).unwrap_or(path);
        let field = path.split('.').next()?;
        (field != "evidence").then_some((field, *subject))
    });
    distinct(declared.chain(others).filter(|(_, other)| *other == subject).map(|(field, _)| field).collect())
}

/// Replaces slugs in the value of a fact: the slug itself, an element of a list, or the subject of an object.
fn replace_slugs<'a>(value: &mut Json, new: &impl Fn(&str) -> Option<&'a Slug>) {
    match value {
        Json::String(slug) => {
            if let Some(new) = new(slug) {
                new.as_str().clone_into(slug);
            }
        }
        Json::Array(elements) => elements.iter_mut().for_each(|element| replace_slugs(element, new)),
        Json::Object(fields) => {
            for field in ["model", "dataset"] {
                if let Some(subject) = fields.get_mut(field) {
                    replace_slugs(subject, new);
                }
            }
        }
        _ => {}
    }
}

/// The slugs that subjects had after an earlier revision, by their types and the slugs that they had last. The values of evidence
/// have the latter.
#[derive(Debug, Default)]
pub struct EarlierSlugs(HashMap<SubjectType, HashMap<String, Slug>>);

impl EarlierSlugs {
    /// Reads the slugs that have changed since a revision.
    ///
    /// # Errors
    /// The database fails.
    pub async fn read(db: &impl ConnectionTrait, revision: i32) -> Result<Self> {
        let same_subject = |one: &'static str, other: &'static str| {
            let same = |column: &'static str| Expr::col((one, column)).equals((other, column));
            same("subject_type").and(same("subject_id"))
        };
        let number = |table: &'static str| Expr::col((table, "number"));
        // The last revision of the subject, up to a revision.
        let last = |alias: &'static str, of: &'static str, up_to: Option<i32>| {
            let mut last = Query::select();
            last.expr(number(alias).max()).from_as("revision", alias).and_where(same_subject(alias, of));
            last.and_where_option(up_to.map(|revision| number(alias).lte(revision)));
            Expr::from(last.take())
        };
        let mut select = Query::select();
        select.columns([("latest", "subject_type"), ("latest", "subject_slug")]);
        select.expr_as(Expr::col(("earlier", "subject_slug")), "earlier_slug").from_as("revision", "latest");
        select.join_as(JoinType::InnerJoin, "revision", "earlier", same_subject("earlier", "latest"));
        select.and_where(number("latest").gt(revision)).and_where(number("latest").eq(last("one", "latest", None)));
        select.and_where(number("earlier").eq(last("other", "latest", Some(revision))));
        select.and_where(Expr::col(("latest", "subject_slug")).not_equals(("earlier", "subject_slug")));
        let mut slugs = HashMap::<_, HashMap<_, _>>::new();
        for row in db.query_all(&select).await? {
            let earlier = Slug::from_column(row.try_get("", "earlier_slug")?)?;
            let of_type = slugs.entry(row.try_get("", "subject_type")?).or_default();
            of_type.insert(row.try_get("", "subject_slug")?, earlier);
        }
        Ok(Self(slugs))
    }

    /// Replaces the slugs in the values of the evidence of a document by the earlier ones.
    pub fn restore<D: SubjectDocument>(&self, document: &mut D) {
        if self.0.is_empty() || !D::HAS_EVIDENCE {
            return;
        }
        let mut citations = document.citations();
        for (subject, slugs) in &self.0 {
            let fields = referring_facts::<D>(*subject);
            for citation in citations.iter_mut().filter(|citation| fields.contains(&citation.field.as_str())) {
                let Some(mut value) = citation.value.as_deref().and_then(|value| serde_json::from_str(value).ok())
                else {
                    continue;
                };
                replace_slugs(&mut value, &|slug| slugs.get(slug));
                citation.value = Some(value.to_string());
            }
        }
        document.set_citations(sorted(citations));
    }
}
