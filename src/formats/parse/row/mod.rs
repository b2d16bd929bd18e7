//! A row of a table: its cells, by what their columns say.

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
    /// The line it stands in.
    pub line: usize,
    /// The columns.
    pub headings: &'a [Heading],
    /// What stands in each.
    pub cells: Vec<Vec<Inline>>,
    /// What the part of the source says that it stands in.
    pub section: Option<Section>,
    /// What parts a list in a cell.
    pub separators: &'a [char],
}

impl Row<'_> {
    fn cell(&self, column: Column) -> Option<Cell<'_>> {
        let index = self.headings.iter().position(|heading| heading.column == Some(column))?;
        let inlines = self.cells.get(index)?;
        let text = inline::words(inlines);
        (!text.is_empty()).then_some(Cell { heading: &self.headings[index].text, inlines, text })
    }

    fn has(&self, column: Column) -> bool {
        self.headings.iter().any(|heading| heading.column == Some(column))
    }
}

/// Reads a row.
///
/// # Errors
/// It has no name.
pub fn read(row: &Row<'_>) -> Result<RecordBuilder, Rejected> {
    let all = row.cells.iter().map(|cell| inline::words(cell)).collect::<Vec<_>>();
    if let Some(large) = all.iter().find(|text| text.len() > MAX_CELL_BYTES) {
        let message = format!("a cell has {} bytes; the limit is {MAX_CELL_BYTES}", large.len());
        return Err(reject_line(row.line, &beginning(&all[0]), &beginning(large), &message));
    }
    let subject = match row.section {
        Some(Section::Others(subject)) => subject,
        Some(Section::Models(_)) | None => SubjectType::Model,
    };
    let name = row.cell(Column::Name).or_else(|| row.cell(Column::Slug));
    let Some((name, own)) = name.and_then(|cell| cell::name(&cell)) else {
        let mut rejected = reject_line(row.line, &beginning(&all.join(" ")), &all.join(" | "), "the row has no name");
        rejected.subject = Some(subject);
        return Err(rejected);
    };
    let mut draft = RecordBuilder::new(subject, row.line, &name);
    own.apply(&mut draft);
    if let Some(slug) = row.cell(Column::Slug) {
        draft.set("slug", slug.text);
        if row.cell(Column::Name).is_none() {
            draft.unset("name");
        }
    }
    if subject == SubjectType::Model {
        model(&mut draft, row);
    } else {
        read_other_subject(&mut draft, row);
    }
    for (heading, text) in
        row.headings.iter().zip(&all).filter(|(heading, text)| heading.column.is_none() && !text.is_empty())
    {
        draft.warn(&heading.text, text, "unknown column; ignored");
    }
    Ok(draft)
}

fn model(draft: &mut RecordBuilder, row: &Row<'_>) {
    if let Some(Section::Models(kind)) = row.section {
        draft.set("kind", kind.word());
    }
    if let Some(cell) = row.cell(Column::Kind) {
        let known = [ModelKind::Foundation, ModelKind::Derived];
        match known.into_iter().find(|kind| kind.word().eq_ignore_ascii_case(&cell.text)) {
            Some(kind) => draft.set("kind", kind.word()),
            None => draft.warn(cell.heading, &cell.text, "not FOUNDATION or DERIVED; ignored"),
        }
    }
    cell::position(draft, row.cell(Column::Position));
    cell::names(draft, "aliases", row.cell(Column::Aliases), row.separators);
    cell::names(draft, "organizations", row.cell(Column::Organizations), row.separators);
    cell::license(draft, row.cell(Column::License), row.separators);
    cell::commercial_use(draft, row.cell(Column::CommercialUse));
    cell::release_date(draft, row.cell(Column::ReleaseDate));
    cell::datasets(draft, row.cell(Column::Datasets), row.separators);
    for (field, column) in [("architecture", Column::Architecture), ("baseModel", Column::BaseModel)] {
        if let Some(cell) = row.cell(column) {
            draft.set(field, cell.text);
        }
    }
    cell::training_flops(draft, row.cell(Column::TrainingFlops));
    for fact in ModelDocument::FACTS {
        if let Some(value) = cell::fact(draft, fact, row.cell(Column::ModelFact(fact.name))) {
            draft.set(fact.name, value);
        }
    }
    links::read(draft, row.cell(Column::Links));
    let scale = row.cell(Column::DataScale).map(|cell| {
        let scale = DataScale::of(&cell.text);
        for doubt in &scale.doubts {
            draft.warn(cell.heading, &cell.text, *doubt);
        }
        draft.set("dataScale", scale.json());
        scale
    });
    for (language, column) in [("zh", Column::SummaryZh), ("en", Column::SummaryEn)] {
        if let Some(cell) = row.cell(column) {
            let mut summary = draft.get("summary").cloned().unwrap_or_else(|| json!({}));
            summary[language] = cell.text.into();
            draft.set("summary", summary);
        }
    }
    if let Some(cell) = row.cell(Column::Notes) {
        notes::read(draft, cell.heading, cell.inlines);
    }
    if row.has(Column::Size) {
        one_size(draft, row);
    } else if let Some(cell) = row.cell(Column::Parameters) {
        let mut all = sizes::read(draft, cell.heading, &cell.text);
        if let (Some(scale), Some(amounts)) = (&scale, row.cell(Column::DataScale)) {
            sizes::assign_tokens(draft, amounts.heading, &amounts.text, &mut all, scale);
        }
        mixture_of_experts::complete(draft, row.cell(Column::Notes), &mut all);
        sizes::state(draft, cell.heading, all);
    }
}

/// The size of a row that is about one.
fn one_size(draft: &mut RecordBuilder, row: &Row<'_>) {
    let Some(label) = row.cell(Column::Size) else {
        for column in [Column::Parameters, Column::ActiveParameters, Column::TrainingTokens, Column::SizeLicense] {
            if let Some(cell) = row.cell(column) {
                draft.warn(cell.heading, &cell.text, "value of a size in a row without a size; ignored");
            }
        }
        return;
    };
    let mut facts = Map::new();
    for fact in SizeDocument::FACTS {
        if let Some(value) = cell::fact(draft, fact, row.cell(Column::SizeFact(fact.name))) {
            facts.insert(fact.name.to_owned(), value);
        }
    }
    let size = sizes::Size {
        parameters: cell::count(draft, row.cell(Column::Parameters))
            .or_else(|| sizes::parse_label(&label.text, &mut false).and_then(|size| size.parameters)),
        active_parameters: cell::count(draft, row.cell(Column::ActiveParameters)),
        training_tokens: cell::count(draft, row.cell(Column::TrainingTokens)),
        license: row.cell(Column::SizeLicense).map(|cell| cell.text),
        label: label.text.clone(),
        facts,
    };
    if size.parameters.is_none() {
        draft.warn(
            label.heading,
            &label.text,
            "size without a number of parameters; ignored; expected a label such as 7B or a column of parameters",
        );
        return;
    }
    sizes::state(draft, label.heading, vec![size]);
}

/// A dataset, organization, license or architecture.
fn read_other_subject(draft: &mut RecordBuilder, row: &Row<'_>) {
    links::read(draft, row.cell(Column::Links));
    let read = [Column::Name, Column::Slug, Column::Position, Column::Links];
    let unread = row.headings.iter().filter(|heading| heading.column.is_some_and(|column| !read.contains(&column)));
    for cell in unread.filter_map(|heading| row.cell(heading.column?)) {
        draft.warn(cell.heading, &cell.text, "this column is not stored for subjects of this type; ignored");
    }
}
