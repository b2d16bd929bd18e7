//! Bringing facts in by a mutation.

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use entity::vocabulary::Role;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::formats::import::Import;
use crate::formats::import::report::{Outcome, Row, Totals};
use crate::formats::readers::format;
use crate::formats::record::{ParsedEntry, Warning};
use crate::graphql::context::ContextExt;
use crate::graphql::mutation;
use crate::graphql::mutation::MutationResult;
use crate::graphql::types::revision::FieldChange;
use crate::store::change::Change;
use entity::vocabulary::SubjectType;

/// A format that the importer reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "format::ImportFormat")]
pub enum ImportFormat {
    /// A list in Markdown: tables and bullets.
    Markdown,
    /// Documents in JSON: an array of them, or an object with an array under each of models, datasets, licenses, organizations
    /// and architectures.
    Json,
    /// Documents in JSON, one a line; `type` says which noun each is of, a model where there is none.
    Ndjson,
    /// A table with a row for each model.
    Csv,
    /// What the API of Hugging Face answers about models.
    HuggingFace,
    /// Models as models.dev describes them.
    ModelsDev,
}

/// Facts to bring in.
#[derive(Clone, Debug, InputObject)]
pub struct ImportCatalogInput {
    /// What they are written in.
    format: ImportFormat,
    /// The text.
    content: String,
    /// Whether to tell only what would become of each row.
    #[graphql(default)]
    dry_run: bool,
}

/// What an import came to.
#[derive(SimpleObject)]
pub struct ImportCatalogPayload {
    /// Whether the catalog says it now. False for a dry run, and where a row is rejected.
    written: bool,
    /// New subjects.
    created: i32,
    /// Rows that changed facts of a subject.
    updated: i32,
    /// Rows that say what the catalog says already.
    unchanged: i32,
    /// Rows that cannot be taken. Where there is one, nothing is written.
    rejected: i32,
    /// What became of each row.
    rows: Vec<ImportRow>,
    /// The number of the catalog's last revision after it.
    revision: i32,
}

/// What became of one row.
#[derive(SimpleObject)]
pub struct ImportRow {
    /// The line in which it begins, from 1.
    line: i32,
    /// What people call it: a name or slug, or the text it begins with.
    row: String,
    /// What kind of thing it is about. Null where that cannot be told.
    subject_type: Option<SubjectType>,
    /// The slug of the subject. Null where it cannot be told.
    slug: Option<String>,
    /// What became of it.
    outcome: ImportOutcome,
    /// What it changes, field by field.
    changes: Vec<FieldChange>,
    /// What is doubtful, and what was made of it.
    warnings: Vec<ImportRemark>,
    /// Why it is rejected.
    problems: Vec<ImportRemark>,
}

/// What became of a row of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Outcome")]
pub enum ImportOutcome {
    /// It brought a new subject.
    Created,
    /// It changed some facts of a subject.
    Updated,
    /// The catalog says all of it already.
    Unchanged,
    /// It cannot be taken, so nothing of the import is.
    Rejected,
}

/// A remark on a place of an import.
#[derive(SimpleObject)]
pub struct ImportRemark {
    /// The column or field, as the source calls it.
    column: String,
    /// The text as it stands there.
    raw: String,
    /// What is to say about it.
    message: String,
}

/// What an import came to, as it is kept for retries.
#[derive(Serialize, Deserialize)]
struct ImportResult {
    totals: Totals,
    rows: Vec<Row>,
}

/// The mutation of imports.
#[derive(Default)]
pub struct ImportMutation;

#[Object]
impl ImportMutation {
    /// Brings facts in, all or nothing: what a source states is merged into what the catalog says, and what it does not speak
    /// of stays. A row that cannot be taken is no error: it is told, and then nothing is written. ADMIN.
    async fn import_catalog(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The facts.")] input: ImportCatalogInput,
    ) -> Result<ImportCatalogPayload> {
        let actor = ctx.require(Role::Admin)?;
        // Read before anybody has to wait for the change.
        let entries =
            format::ImportFormat::from(input.format).read(input.content.as_bytes()).map_err(Error::internal)?;
        let entries = entries.collect::<std::io::Result<Vec<_>>>().map_err(Error::internal)?;
        let mut change = Change::begin(ctx.database(), actor).await?;
        if let Some(written) = mutation::stored_result::<ImportResult>(ctx, &change).await? {
            return Ok(payload(written, true));
        }
        let before = change.revision();
        let done = import(&mut change, entries).await?;
        if input.dry_run || done.totals.rejected > 0 {
            return Ok(payload(MutationResult { done, revision: before }, false));
        }
        Ok(payload(mutation::commit(ctx, change, done).await?, true))
    }
}

async fn import(change: &mut Change, entries: Vec<ParsedEntry>) -> Result<ImportResult> {
    let mut rows = Vec::new();
    let mut import = Import::new(change, &mut rows);
    for entry in entries {
        import.add(entry).await?;
    }
    let totals = import.finish().await?;
    rows.sort_by_key(|row| row.place.line);
    Ok(ImportResult { totals, rows })
}

fn payload(MutationResult { done, revision }: MutationResult<ImportResult>, written: bool) -> ImportCatalogPayload {
    let count = |count: u64| i32::try_from(count).unwrap_or(i32::MAX);
    let Totals { created, updated, unchanged, rejected, .. } = done.totals;
    ImportCatalogPayload {
        written,
        created: count(created),
        updated: count(updated),
        unchanged: count(unchanged),
        rejected: count(rejected),
        rows: done.rows.into_iter().map(ImportRow::from).collect(),
        revision,
    }
}

impl From<Row> for ImportRow {
    fn from(row: Row) -> Self {
        Self {
            line: i32::try_from(row.place.line).unwrap_or(i32::MAX),
            row: row.place.row,
            subject_type: row.subject,
            slug: row.slug,
            outcome: row.outcome.into(),
            changes: row.changes.into_iter().map(FieldChange::from).collect(),
            warnings: row.warnings.into_iter().map(ImportRemark::from).collect(),
            problems: row.problems.into_iter().map(ImportRemark::from).collect(),
        }
    }
}

impl From<Warning> for ImportRemark {
    fn from(Warning { column, raw, message }: Warning) -> Self {
        Self { column, raw, message }
    }
}
