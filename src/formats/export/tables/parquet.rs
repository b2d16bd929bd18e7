//! Tables as Parquet: a column has a type, and a reader takes only the columns that it needs.

use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use serde_json::Value as Json;

use crate::formats::export::Origin;
use crate::formats::export::tables::cells::text;
use crate::formats::export::tables::columns::{Column, ColumnKind};

/// The rows of a row group. They are in memory until it is written.
const GROUP_ROWS: usize = 8192;

/// Writes a file into memory, from where [`ParquetWriter::take`] takes what is complete.
pub struct ParquetWriter {
    columns: Vec<Column>,
    file: SerializedFileWriter<Vec<u8>>,
    rows: Vec<Vec<Json>>,
}

impl ParquetWriter {
    /// Begins a file. Its metadata have the revision, and the license of the data if it is known.
    pub fn new(columns: Vec<Column>, revision: i32, origin: Option<&Origin>) -> Result<Self> {
        let fields = columns.iter().map(field).collect::<Result<Vec<_>>>()?;
        let schema = Type::group_type_builder("table").with_fields(fields).build()?;
        let mut metadata = vec![KeyValue::new("revision".to_owned(), revision.to_string())];
        if let Some(license) = origin.and_then(|origin| origin.license.as_ref()) {
            metadata.push(KeyValue::new("license".to_owned(), license.to_string()));
        }
        let properties = WriterProperties::builder()
            .set_created_by(concat!("open-llm-catalog ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_key_value_metadata(Some(metadata))
            .build();
        let file = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
        Ok(Self { columns, file, rows: Vec::new() })
    }

    /// Adds a row, with a cell for each column.
    pub fn add(&mut self, cells: Vec<Json>) -> Result<()> {
        self.rows.push(cells);
        if self.rows.len() < GROUP_ROWS { Ok(()) } else { self.write_group() }
    }

    /// Takes the bytes that are complete.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(self.file.inner_mut())
    }

    /// Ends the file, and returns the bytes that were not taken.
    pub fn finish(mut self) -> Result<Vec<u8>> {
        self.write_group()?;
        self.file.into_inner()
    }

    fn write_group(&mut self) -> Result<()> {
        let rows = std::mem::take(&mut self.rows);
        if rows.is_empty() {
            return Ok(());
        }
        let mut group = self.file.next_row_group()?;
        for (index, column) in self.columns.iter().enumerate() {
            let writer = group.next_column()?;
            let writer = writer.ok_or_else(|| ParquetError::General("the schema has fewer columns".to_owned()))?;
            write_column(writer, column, rows.iter().map(|row| row.get(index).unwrap_or(&Json::Null)))?;
        }
        group.close()?;
        Ok(self.file.flush()?)
    }
}

/// Returns the type of a column. Lists, and values of the type of their fact, are JSON.
fn field(column: &Column) -> Result<TypePtr> {
    let (physical, logical) = match column.kind {
        ColumnKind::Text | ColumnKind::Url | ColumnKind::Modalities => {
            (PhysicalType::BYTE_ARRAY, Some(LogicalType::String))
        }
        ColumnKind::List | ColumnKind::Any => (PhysicalType::BYTE_ARRAY, Some(LogicalType::Json)),
        ColumnKind::Integer => (PhysicalType::INT64, None),
        ColumnKind::Number => (PhysicalType::DOUBLE, None),
        ColumnKind::Boolean => (PhysicalType::BOOLEAN, None),
    };
    let field = Type::primitive_type_builder(&column.name, physical).with_repetition(Repetition::OPTIONAL);
    Ok(Arc::new(field.with_logical_type(logical).build()?))
}

fn write_column<'a>(
    writer: SerializedColumnWriter<'_>,
    column: &Column,
    cells: impl Iterator<Item = &'a Json>,
) -> Result<()> {
    let bytes = |text: String| ByteArray::from(text.into_bytes());
    match column.kind {
        ColumnKind::Text | ColumnKind::Url | ColumnKind::Modalities => {
            write::<ByteArrayType>(writer, column, cells, |cell| Some(bytes(text(column, cell))))
        }
        ColumnKind::List | ColumnKind::Any => {
            write::<ByteArrayType>(writer, column, cells, |cell| Some(bytes(cell.to_string())))
        }
        ColumnKind::Integer => write::<Int64Type>(writer, column, cells, Json::as_i64),
        ColumnKind::Number => write::<DoubleType>(writer, column, cells, Json::as_f64),
        ColumnKind::Boolean => write::<BoolType>(writer, column, cells, Json::as_bool),
    }
}

/// Writes the cells of a column. `value` returns `None` for a cell of another type, which is an error.
fn write<'a, T: DataType>(
    mut writer: SerializedColumnWriter<'_>,
    column: &Column,
    cells: impl Iterator<Item = &'a Json>,
    value: impl Fn(&Json) -> Option<T::T>,
) -> Result<()> {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    for cell in cells {
        levels.push(i16::from(!cell.is_null()));
        if !cell.is_null() {
            let wrong = || ParquetError::General(format!("{cell} is not a value of the column {}", column.name));
            values.push(value(cell).ok_or_else(wrong)?);
        }
    }
    writer.typed::<T>().write_batch(&values, Some(&levels), None)?;
    writer.close()
}
