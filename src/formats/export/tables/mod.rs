//! Tables of subjects, and of what belongs to them: sizes, checkpoints and evidence. Their cells have types, and they have
//! what applies: a size also has the license and the dates that it inherits. As CSV, as JSON objects, or as Parquet.

pub mod columns;
pub mod table;

mod cells;
mod parquet;
mod rows;

use serde_json::Value as Json;

use crate::domain::subject::with_document;
use crate::error::{Error, Result};
use crate::formats::export::csv::{self, BYTE_ORDER_MARK, write_rows};
use crate::formats::export::format::ExportFormat;
use crate::formats::export::json::{List, begin_object};
use crate::formats::export::selection::Selection;
use crate::formats::export::tables::cells::{text, typed};
use crate::formats::export::tables::columns::Column;
use crate::formats::export::tables::parquet::ParquetWriter;
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

/// Writes a table as CSV, as one JSON object with a list, as one JSON object per line, or as Parquet.
pub(super) async fn write<S: Sink>(
    snapshot: &SnapshotView,
    table: Table,
    format: ExportFormat,
    selection: &Selection,
    origin: Option<&Origin>,
    output: &mut ChunkWriter<'_, S>,
) -> Result<(), S::Error> {
    let columns = columns_of(table);
    let encoding = match format {
        ExportFormat::Csv => Encoding::Csv,
        ExportFormat::Json => Encoding::Json(List::default()),
        ExportFormat::Ndjson => Encoding::Ndjson,
        ExportFormat::Parquet => {
            let writer = ParquetWriter::new(columns.clone(), snapshot.revision, origin).map_err(Error::internal)?;
            Encoding::Parquet(Box::new(writer))
        }
        ExportFormat::Markdown | ExportFormat::Sqlite | ExportFormat::Toml => {
            let message = "A table is written as CSV, JSON, NDJSON or Parquet.".to_owned();
            return Err(Error::InvalidArgument(message).into());
        }
    };
    let mut writer = TableWriter { columns, encoding, origin, output };
    writer.begin(table, snapshot.revision).await?;
    match table {
        Table::Subjects(subject) => with_document!(subject, D => rows::subjects::<D, _>(snapshot, &mut writer).await?),
        Table::Sizes => rows::sizes(snapshot, selection, &mut writer).await?,
        Table::Checkpoints => rows::checkpoints(snapshot, &mut writer).await?,
        Table::Evidence => rows::evidence(snapshot, &mut writer).await?,
    }
    writer.end().await
}

/// Writes the selected models as Parquet: the table of their CSV, with types.
pub(super) async fn models_as_parquet<S: Sink>(
    snapshot: &SnapshotView,
    selection: &Selection,
    origin: Option<&Origin>,
    output: &mut ChunkWriter<'_, S>,
) -> Result<(), S::Error> {
    let columns = csv::typed_columns();
    let mut writer = ParquetWriter::new(columns.clone(), snapshot.revision, origin).map_err(Error::internal)?;
    csv::for_each_model(snapshot, selection, async |rows| {
        for cells in rows {
            let cells = columns.iter().zip(cells).map(|(column, text)| typed(column, text)).collect();
            writer.add(cells).map_err(Error::internal)?;
        }
        output.write(&writer.take()).await
    })
    .await?;
    output.write(&writer.finish().map_err(Error::internal)?).await
}

/// How rows are written.
enum Encoding {
    Csv,
    Json(List),
    Ndjson,
    Parquet(Box<ParquetWriter>),
}

struct TableWriter<'a, 'b, S> {
    columns: Vec<Column>,
    encoding: Encoding,
    origin: Option<&'a Origin>,
    output: &'a mut ChunkWriter<'b, S>,
}

impl<S: Sink> TableWriter<'_, '_, S> {
    async fn begin(&mut self, table: Table, revision: i32) -> Result<(), S::Error> {
        match &mut self.encoding {
            Encoding::Csv => {
                self.output.write(BYTE_ORDER_MARK.as_bytes()).await?;
                let headings = self.columns.iter().map(|column| column.name.clone()).collect();
                self.output.write(&write_rows([headings])?).await
            }
            Encoding::Json(list) => {
                self.output.write(&begin_object(revision, self.origin)).await?;
                list.begin(table.name(), self.output).await
            }
            Encoding::Ndjson | Encoding::Parquet(_) => Ok(()),
        }
    }

    async fn write(&mut self, mut row: rows::Row) -> Result<(), S::Error> {
        if let (Some(origin), Some((plural, slug))) = (self.origin, &row.page) {
            row.own.insert("catalog_page".to_owned(), origin.page(plural, slug).into());
        }
        let cells = self.columns.iter().map(|column| row.cell(column)).collect::<Vec<_>>();
        match &mut self.encoding {
            Encoding::Csv => {
                let cells = self.columns.iter().zip(&cells).map(|(column, cell)| text(column, cell)).collect();
                self.output.write(&write_rows([cells])?).await
            }
            Encoding::Json(list) => list.write(&object(&self.columns, &cells)?, self.output).await,
            Encoding::Ndjson => {
                self.output.write(&object(&self.columns, &cells)?).await?;
                self.output.write(b"\n").await
            }
            Encoding::Parquet(writer) => {
                writer.add(cells).map_err(Error::internal)?;
                self.output.write(&writer.take()).await
            }
        }
    }

    async fn end(self) -> Result<(), S::Error> {
        match self.encoding {
            Encoding::Csv | Encoding::Ndjson => Ok(()),
            Encoding::Json(list) => {
                list.end(self.output).await?;
                self.output.write(b"}\n").await
            }
            Encoding::Parquet(writer) => self.output.write(&writer.finish().map_err(Error::internal)?).await,
        }
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
