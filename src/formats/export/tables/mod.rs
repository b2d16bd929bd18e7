//! Tables of subjects, and of what belongs to them: sizes, checkpoints and evidence. Their cells have types, and they have
//! what applies: a size also has the license and the dates that it inherits. As CSV, or as JSON objects.

pub mod columns;
pub mod table;

mod rows;

use serde_json::Value as Json;

use crate::domain::modalities::Modalities;
use crate::domain::subject::with_document;
use crate::error::{Error, Result};
use crate::formats::export::csv::{BYTE_ORDER_MARK, LIST_SEPARATOR, element, write_rows};
use crate::formats::export::format::ExportFormat;
use crate::formats::export::json::{List, begin_object};
use crate::formats::export::selection::Selection;
use crate::formats::export::tables::columns::{Column, ColumnKind};
use crate::formats::export::tables::table::Table;
use crate::formats::export::{ChunkWriter, Origin, Sink};
use crate::query::as_of::snapshot_view::SnapshotView;

/// Returns the columns of a table.
pub fn columns_of(table: Table) -> Vec<Column> {
    match table {
        Table::Subjects(subject) => with_document!(subject, D => columns::of_subjects::<D>()),
        Table::Sizes => columns::of_sizes(),
        Table::Checkpoints => columns::of_checkpoints(),
        Table::Evidence => columns::of_evidence(),
    }
}

/// Writes a table as CSV, as one JSON object with a list, or as one JSON object per line.
pub(super) async fn write<S: Sink>(
    snapshot: &SnapshotView,
    table: Table,
    format: ExportFormat,
    selection: &Selection,
    origin: Option<&Origin>,
    output: &mut ChunkWriter<'_, S>,
) -> Result<(), S::Error> {
    let mut writer = TableWriter { columns: columns_of(table), format, list: List::default(), origin, output };
    writer.begin(table, snapshot.revision).await?;
    match table {
        Table::Subjects(subject) => with_document!(subject, D => rows::subjects::<D, _>(snapshot, &mut writer).await?),
        Table::Sizes => rows::sizes(snapshot, selection, &mut writer).await?,
        Table::Checkpoints => rows::checkpoints(snapshot, &mut writer).await?,
        Table::Evidence => rows::evidence(snapshot, &mut writer).await?,
    }
    writer.end().await
}

struct TableWriter<'a, 'b, S> {
    columns: Vec<Column>,
    format: ExportFormat,
    list: List,
    origin: Option<&'a Origin>,
    output: &'a mut ChunkWriter<'b, S>,
}

impl<S: Sink> TableWriter<'_, '_, S> {
    async fn begin(&mut self, table: Table, revision: i32) -> Result<(), S::Error> {
        match self.format {
            ExportFormat::Csv => {
                self.output.write(BYTE_ORDER_MARK.as_bytes()).await?;
                let headings = self.columns.iter().map(|column| column.name.clone()).collect();
                self.output.write(&write_rows([headings])?).await
            }
            ExportFormat::Json => {
                self.output.write(&begin_object(revision, self.origin)).await?;
                self.list.begin(table.name(), self.output).await
            }
            ExportFormat::Ndjson => Ok(()),
            ExportFormat::Markdown | ExportFormat::Sqlite | ExportFormat::Toml => {
                Err(Error::InvalidArgument("A table is written as CSV, JSON or NDJSON.".to_owned()).into())
            }
        }
    }

    async fn write(&mut self, mut row: rows::Row) -> Result<(), S::Error> {
        if let (Some(origin), Some((plural, slug))) = (self.origin, &row.page) {
            row.own.insert("catalog_page".to_owned(), origin.page(plural, slug).into());
        }
        let cells = self.columns.iter().map(|column| row.cell(column)).collect::<Vec<_>>();
        if self.format == ExportFormat::Csv {
            let cells = self.columns.iter().zip(&cells).map(|(column, cell)| text(column, cell)).collect();
            return self.output.write(&write_rows([cells])?).await;
        }
        let object = object(&self.columns, &cells)?;
        if self.format == ExportFormat::Json {
            return self.list.write(&object, self.output).await;
        }
        self.output.write(&object).await?;
        self.output.write(b"\n").await
    }

    async fn end(self) -> Result<(), S::Error> {
        if self.format == ExportFormat::Json {
            self.list.end(self.output).await?;
            self.output.write(b"}\n").await?;
        }
        Ok(())
    }
}

/// Returns a row as a JSON object, with its columns in their order.
fn object(columns: &[Column], cells: &[Json]) -> Result<Vec<u8>> {
    let mut object = Vec::new();
    for (column, cell) in columns.iter().zip(cells) {
        object.push(if object.is_empty() { b'{' } else { b',' });
        serde_json::to_writer(&mut object, &column.name).map_err(Error::internal)?;
        object.push(b':');
        serde_json::to_writer(&mut object, cell).map_err(Error::internal)?;
    }
    object.push(b'}');
    Ok(object)
}

/// Returns a cell as text. Empty for null and for an empty list.
fn text(column: &Column, cell: &Json) -> String {
    match cell {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Array(elements) if elements.iter().all(Json::is_string) => {
            let elements = elements.iter().filter_map(Json::as_str).map(element).collect::<Vec<_>>();
            elements.join(LIST_SEPARATOR)
        }
        Json::Object(_) if column.kind == ColumnKind::Modalities => serde_json::from_value::<Modalities>(cell.clone())
            .map(|modalities| modalities.to_string())
            .unwrap_or_default(),
        other => other.to_string(),
    }
}
