//! The files of exports.

use crate::formats::export::format::ExportFormat;
use crate::formats::export::tables::table::Table;

/// A file.
#[derive(Clone, Copy, Debug)]
pub struct File {
    /// The name without its extension.
    pub name: &'static str,
    /// The extension.
    pub extension: &'static str,
    /// The format.
    pub format: ExportFormat,
    /// The table; none for models and for the complete catalog.
    pub table: Option<Table>,
}

impl File {
    /// Returns all files.
    pub fn all() -> impl Iterator<Item = Self> {
        let models = |extension, format| Self { name: "models", extension, format, table: None };
        let tables = Table::all().flat_map(|table| {
            let file = move |extension, format| Self { name: table.name(), extension, format, table: Some(table) };
            FORMATS.map(|(extension, format)| file(extension, format))
        });
        let documents = FORMATS.map(|(extension, format)| models(extension, format));
        let catalog = Self { name: CATALOG, extension: "json", format: ExportFormat::Json, table: None };
        documents.into_iter().chain([models("md", ExportFormat::Markdown), catalog]).chain(tables)
    }

    /// Returns the path.
    pub fn path(self) -> String {
        format!("/export/{}.{}", self.name, self.extension)
    }

    /// Returns whether the filters of the catalog page select the rows.
    pub fn has_filters(self) -> bool {
        self.name != CATALOG && matches!(self.table, None | Some(Table::Sizes))
    }

    /// Returns the `Content-Disposition`.
    pub fn disposition(self) -> String {
        let kind = match self.format {
            ExportFormat::Json | ExportFormat::Markdown => "inline",
            _ => "attachment",
        };
        format!("{kind}; filename=\"{}.{}\"", self.name, self.extension)
    }
}

/// The formats of all tables.
const FORMATS: [(&str, ExportFormat); 4] = [
    ("csv", ExportFormat::Csv),
    ("json", ExportFormat::Json),
    ("ndjson", ExportFormat::Ndjson),
    ("parquet", ExportFormat::Parquet),
];

/// The name of the file of the complete catalog, which has no filters.
const CATALOG: &str = "catalog";
