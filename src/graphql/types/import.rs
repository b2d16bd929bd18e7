//! The mutation that imports a source.

use std::str::FromStr;

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use entity::vocabulary::{Role, SubjectType};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::formats::import::Import;
use crate::formats::import::report::{Outcome, RejectedRows, Report, Row, SkippedRows, Totals};
use crate::formats::readers::format;
use crate::formats::readers::format::ReadOptions;
use crate::formats::readers::records::map::FieldMap;
use crate::formats::record::{ParsedEntry, Warning};
use crate::graphql::context::ContextExt;
use crate::graphql::mutation;
use crate::graphql::mutation::MutationResult;
use crate::graphql::types::revision::FieldChange;
use crate::store::change::Change;

/// A format that the importer reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ImportFormat {
    /// A list in Markdown: tables and list items.
    Markdown,
    /// Documents in JSON: an array of documents, or an object with an array for each subject type, such as `models`
    /// and `licenses`.
    Json,
    /// Documents in JSON, one per line. The field `type` contains the type of the subject; without it, the subject is a model.
    Ndjson,
    /// A table with a row for each model or size.
    Csv,
    /// Responses of the Hugging Face Hub API about models.
    HuggingFace,
    /// Model files of models.dev, in TOML.
    ModelsDev,
    /// Records in JSON or JSON Lines whose fields `map` names.
    Records,
    /// Records in YAML whose fields `map` names.
    Yaml,
}

impl From<ImportFormat> for format::ImportFormat {
    fn from(format: ImportFormat) -> Self {
        match format {
            ImportFormat::Markdown => Self::Markdown,
            ImportFormat::Json => Self::Json,
            ImportFormat::Ndjson => Self::Ndjson,
            ImportFormat::Csv => Self::Csv,
            ImportFormat::HuggingFace => Self::HuggingFace,
            ImportFormat::ModelsDev => Self::ModelsDev,
            ImportFormat::Records => Self::Records,
            ImportFormat::Yaml => Self::Yaml,
        }
    }
}

/// The source to import.
#[derive(Clone, Debug, InputObject)]
pub struct ImportCatalogInput {
    /// The format of the source.
    format: ImportFormat,
    /// The text of the source.
    content: String,
    /// Where the facts come from: the slug of a source, or an address. Each fact gets evidence with its line.
    source: Option<String>,
    /// Which fields have which facts, for CSV, JSON and YAML: `COLUMN=FACT` pairs separated by commas, or the name of a map that ships with the
    /// program.
    map: Option<String>,
    /// Whether to leave out rejected rows and write the others.
    #[graphql(default)]
    skip_rejected: bool,
    /// Whether to report the result of each row without writing anything.
    #[graphql(default)]
    dry_run: bool,
}

/// The result of an import.
#[derive(SimpleObject)]
pub struct ImportCatalogPayload {
    /// Whether the import was written.
    written: bool,
    /// The number of rows that created a subject.
    created: i32,
    /// The number of rows that changed a subject.
    updated: i32,
    /// The number of rows without a change.
    unchanged: i32,
    /// The number of rows that cannot be imported. If there is one, nothing is written without `skipRejected`.
    rejected: i32,
    /// The result of each row, by line.
    rows: Vec<ImportRow>,
    /// The latest revision of the catalog.
    revision: i32,
}

/// The result of one row of a source.
#[derive(SimpleObject)]
pub struct ImportRow {
    /// The number of the line in which the row begins, from 1.
    line: i32,
    /// The name or slug of the row's subject, or the beginning of the row's text.
    row: String,
    /// The type of the subject. Null if it cannot be determined.
    subject_type: Option<SubjectType>,
    /// The slug of the subject. Null if it cannot be determined.
    slug: Option<String>,
    /// The result of the row.
    outcome: ImportOutcome,
    /// The fields of the subject that the row changes.
    changes: Vec<FieldChange>,
    /// Doubtful texts of the row, each with the value that was read.
    warnings: Vec<ImportRemark>,
    /// The reasons of the rejection. Empty if the row was not rejected.
    problems: Vec<ImportRemark>,
}

/// The result of a row of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "Outcome")]
pub enum ImportOutcome {
    /// The row created a subject.
    Created,
    /// The row changed a subject.
    Updated,
    /// The catalog already contains all facts of the row, or the row was skipped.
    Unchanged,
    /// The row cannot be imported.
    Rejected,
}

/// A warning or problem of a row of an import.
#[derive(SimpleObject)]
pub struct ImportRemark {
    /// The column or field, as named in the source.
    column: String,
    /// The original text.
    raw: String,
    /// The reason and the expected value; for a warning also the effect: ignored, stored as text, or stored as another value.
    message: String,
}

/// The result of an import, as stored for retries with the same idempotency key.
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
    /// Imports a source in one transaction. Facts that the source states are merged into the catalog; other facts keep their
    /// values. A row that cannot be imported is not a GraphQL error: it is reported in `rows`. Requires ADMIN.
    async fn import_catalog(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The source.")] input: ImportCatalogInput,
        #[graphql(desc = "Why.")] reason: Option<String>,
    ) -> Option<Result<ImportCatalogPayload>> {
        Some(import_source(ctx, input, reason).await)
    }
}

async fn import_source(
    ctx: &Context<'_>,
    input: ImportCatalogInput,
    reason: Option<String>,
) -> Result<ImportCatalogPayload> {
    let actor = ctx.require(Role::Admin)?;
    mutation::check_reason(reason.as_deref())?;
    let map = input.map.as_deref().map(FieldMap::from_str).transpose();
    let map = map.map_err(|message| Error::InvalidArgument(format!("map: {message}")))?;
    let format = format::ImportFormat::from(input.format).with_map(map.is_some()).map_err(Error::InvalidArgument)?;
    // Parsed before the transaction begins, because other changes wait for its end.
    let options = ReadOptions { path: None, map: map.as_ref() };
    let entries = format.read(input.content.as_bytes(), options).map_err(Error::internal)?;
    let entries = entries.collect::<std::io::Result<Vec<_>>>().map_err(Error::internal)?;
    let source = input.source.as_deref().map(|source| (source, format));
    let mut change = Change::begin(ctx.database(), actor).await?;
    if let Some(written) = mutation::stored_result::<ImportResult>(ctx, &change).await? {
        return Ok(payload(written, true));
    }
    change.set_reason(reason);
    let before = change.revision();
    let mut skipped = SkippedRows::new();
    let mut complete = !input.skip_rejected;
    while !complete {
        let savepoint = change.savepoint().await?;
        let mut report = RejectedRows::default();
        import(&mut change, &mut report, entries.clone(), source, skipped.clone()).await?;
        change.restart(savepoint).await?;
        complete = !report.add_to(&mut skipped);
    }
    let mut rows = Vec::new();
    let totals = import(&mut change, &mut rows, entries, source, skipped).await?;
    rows.sort_by_key(|row| row.place.line);
    let done = ImportResult { totals, rows };
    if input.dry_run || (totals.rejected > 0 && !input.skip_rejected) {
        return Ok(payload(MutationResult { done, revision: before }, false));
    }
    Ok(payload(mutation::commit(ctx, change, done).await?, true))
}

async fn import(
    change: &mut Change,
    report: &mut dyn Report,
    entries: Vec<ParsedEntry>,
    source: Option<(&str, format::ImportFormat)>,
    skipped: SkippedRows,
) -> Result<Totals> {
    let mut import = Import::new(change, report);
    import.skip(skipped);
    if let Some((source, format)) = source {
        let (kind, confidence) = format.citation();
        import.cite(source, kind, confidence).await?;
    }
    for entry in entries {
        import.add(entry).await?;
    }
    import.finish().await
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
