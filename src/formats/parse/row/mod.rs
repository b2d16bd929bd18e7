//! Reads a row of a table into a record. The columns determine the meaning of its cells.

pub mod cell;
mod links;
mod mixture_of_experts;

use entity::vocabulary::{ModelKind, SubjectType};
use serde_json::{Map, json};

use crate::domain::facts::Facts;
use crate::domain::model::{ModelDocument, SizeDocument};
use crate::formats::parse::amount::DataScale;
use crate::formats::parse::column::{Column, Heading};
use crate::formats::parse::dictionary::Section;
use crate::formats::parse::inline::Inline;
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::row::cell::Cell;
use crate::formats::parse::source::{MAX_CELL_BYTES, beginning, reject_line};
use crate::formats::parse::{inline, notes, sizes};
use crate::formats::record::Rejected;

/// A row of a source.
pub struct Row<'a> {
    /// The line number, from 1.
    pub line: usize,
    /// The columns.
    pub headings: &'a [Heading],
    /// The contents of the cell in each column.
    pub cells: Vec<Vec<Inline>>,
    /// The contents of the section that the row is in, if a heading names them.
    pub section: Option<Section>,
    /// The separators of the elements of a list in a cell.
    pub separators: &'a [char],
}

impl Row<'_> {
    /// Returns the cell of a column. `None` if there is no such column or the cell is empty.
    fn cell(&self, column: Column) -> Option<Cell<'_>> {
        let index = self.headings.iter().position(|heading| heading.column == Some(column))?;
        let inlines = self.cells.get(index)?;
        let text = inline::plain_text(inlines);
        (!text.is_empty()).then_some(Cell { heading: &self.headings[index].text, inlines, text })
    }

    /// Returns whether there is a column.
    fn has(&self, column: Column) -> bool {
        self.headings.iter().any(|heading| heading.column == Some(column))
    }
}

/// Reads a row.
///
/// # Errors
/// The row has no name, or a cell is too large.
pub fn read(row: &Row<'_>) -> Result<RecordBuilder, Rejected> {
    let all = row.cells.iter().map(|cell| inline::plain_text(cell)).collect::<Vec<_>>();
    if let Some(large) = all.iter().find(|text| text.len() > MAX_CELL_BYTES) {
        let message = format!("a cell has {} bytes; the limit is {MAX_CELL_BYTES}", large.len());
        return Err(reject_line(row.line, &beginning(&all[0]), &beginning(large), &message));
    }
    let subject = match row.section {
        Some(Section::Others(subject)) => subject,
        Some(Section::Models(_)) | None => SubjectType::Model,
    };
    let name = row.cell(Column::Name).or_else(|| row.cell(Column::Slug));
    let Some((name, name_cell)) = name.and_then(|cell| cell::name(&cell)) else {
        let mut rejected = reject_line(row.line, &beginning(&all.join(" ")), &all.join(" | "), "the row has no name");
        rejected.subject = Some(subject);
        return Err(rejected);
    };
    let mut builder = RecordBuilder::new(subject, row.line, &name);
    name_cell.apply(&mut builder);
    if let Some(slug) = row.cell(Column::Slug) {
        builder.set("slug", slug.text);
        if row.cell(Column::Name).is_none() {
            builder.unset("name");
        }
    }
    if subject == SubjectType::Model {
        read_model(&mut builder, row);
    } else {
        read_other_subject(&mut builder, row);
    }
    for (heading, text) in
        row.headings.iter().zip(&all).filter(|(heading, text)| heading.column.is_none() && !text.is_empty())
    {
        builder.warn(&heading.text, text, "unknown column; ignored");
    }
    Ok(builder)
}

/// Reads the columns of a model.
fn read_model(builder: &mut RecordBuilder, row: &Row<'_>) {
    if let Some(Section::Models(kind)) = row.section {
        builder.set("kind", kind.word());
    }
    if let Some(cell) = row.cell(Column::Kind) {
        let known = [ModelKind::Foundation, ModelKind::Derived];
        match known.into_iter().find(|kind| kind.word().eq_ignore_ascii_case(&cell.text)) {
            Some(kind) => builder.set("kind", kind.word()),
            None => builder.warn(cell.heading, &cell.text, "not FOUNDATION or DERIVED; ignored"),
        }
    }
    cell::position(builder, row.cell(Column::Position));
    cell::names(builder, "aliases", row.cell(Column::Aliases), row.separators);
    cell::names(builder, "languages", row.cell(Column::Languages), row.separators);
    cell::names(builder, "purposes", row.cell(Column::Purposes), row.separators);
    cell::names(builder, "organizations", row.cell(Column::Organizations), row.separators);
    cell::license(builder, row.cell(Column::License), row.separators);
    cell::commercial_use(builder, row.cell(Column::CommercialUse));
    cell::release_date(builder, row.cell(Column::ReleaseDate));
    cell::datasets(builder, row.cell(Column::Datasets), row.separators);
    for (field, column) in [("architecture", Column::Architecture), ("baseModel", Column::BaseModel)] {
        if let Some(cell) = row.cell(column) {
            builder.set(field, cell.text);
        }
    }
    cell::training_flops(builder, row.cell(Column::TrainingFlops));
    for fact in ModelDocument::FACTS {
        if let Some(value) = cell::fact(builder, fact, row.cell(Column::ModelFact(fact.name))) {
            builder.set(fact.name, value);
        }
    }
    links::read(builder, row.cell(Column::Links));
    let scale = row.cell(Column::DataScale).map(|cell| {
        let scale = DataScale::of(&cell.text);
        for doubt in &scale.doubts {
            builder.warn(cell.heading, &cell.text, *doubt);
        }
        builder.set("dataScale", scale.json());
        scale
    });
    for (language, column) in [("zh", Column::SummaryZh), ("en", Column::SummaryEn)] {
        if let Some(cell) = row.cell(column) {
            let mut summary = builder.get("summary").cloned().unwrap_or_else(|| json!({}));
            summary[language] = cell.text.into();
            builder.set("summary", summary);
        }
    }
    if let Some(cell) = row.cell(Column::Notes) {
        notes::read(builder, cell.heading, cell.inlines);
    }
    if row.has(Column::Size) {
        read_size(builder, row);
        return;
    }
    if let Some(cell) = row.cell(Column::Parameters) {
        let mut sizes = sizes::read(builder, cell.heading, &cell.text);
        if let (Some(scale), Some(scale_cell)) = (&scale, row.cell(Column::DataScale)) {
            sizes::assign_tokens(builder, scale_cell.heading, &scale_cell.text, &mut sizes, scale);
        }
        mixture_of_experts::complete(builder, row.cell(Column::Notes), &mut sizes);
        sizes::add(builder, cell.heading, sizes);
    }
    warn_without_size(builder, row, size_facts());
}

/// Returns the columns of the facts of a size that have no column of their own.
fn size_facts() -> impl Iterator<Item = Column> {
    SizeDocument::FACTS.iter().map(|fact| Column::SizeFact(fact.name))
}

/// Warns of the values of a size in a row without a size.
fn warn_without_size(builder: &mut RecordBuilder, row: &Row<'_>, columns: impl Iterator<Item = Column>) {
    for cell in columns.filter_map(|column| row.cell(column)) {
        builder.warn(cell.heading, &cell.text, "value of a size in a row without a size; ignored");
    }
}

/// Reads the size in a row with a column for one size.
fn read_size(builder: &mut RecordBuilder, row: &Row<'_>) {
    let Some(label) = row.cell(Column::Size) else {
        let columns = [
            Column::Parameters,
            Column::ActiveParameters,
            Column::TrainingTokens,
            Column::SizeLicense,
            Column::SizeCacheLayers,
        ];
        warn_without_size(builder, row, columns.into_iter().chain(size_facts()));
        return;
    };
    let mut facts = Map::new();
    for fact in SizeDocument::FACTS {
        if let Some(value) = cell::fact(builder, fact, row.cell(Column::SizeFact(fact.name))) {
            facts.insert(fact.name.to_owned(), value);
        }
    }
    if let Some(layers) = cell::json_list(builder, row.cell(Column::SizeCacheLayers)) {
        facts.insert("cacheLayers".to_owned(), layers);
    }
    let size = sizes::Size {
        parameters: cell::count(builder, row.cell(Column::Parameters))
            .or_else(|| sizes::parse_label(&label.text, &mut false).and_then(|size| size.parameters)),
        active_parameters: cell::count(builder, row.cell(Column::ActiveParameters)),
        training_tokens: cell::count(builder, row.cell(Column::TrainingTokens)),
        license: row.cell(Column::SizeLicense).map(|cell| cell.text),
        label: label.text.clone(),
        facts,
    };
    if size.parameters.is_none() {
        builder.warn(
            label.heading,
            &label.text,
            "size without a number of parameters; ignored; expected a label such as 7B or a column of parameters",
        );
        return;
    }
    sizes::add(builder, label.heading, vec![size]);
}

/// Reads the columns of a dataset, organization, license or architecture.
fn read_other_subject(builder: &mut RecordBuilder, row: &Row<'_>) {
    links::read(builder, row.cell(Column::Links));
    let read = [Column::Name, Column::Slug, Column::Position, Column::Links];
    let unread = row.headings.iter().filter(|heading| heading.column.is_some_and(|column| !read.contains(&column)));
    for cell in unread.filter_map(|heading| row.cell(heading.column?)) {
        builder.warn(cell.heading, &cell.text, "this column is not stored for subjects of this type; ignored");
    }
}
