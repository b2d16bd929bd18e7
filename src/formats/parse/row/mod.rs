//! Reads a row of a table into a record. The columns determine the meaning of its cells.

pub mod cell;
mod links;
mod mixture_of_experts;

use std::sync::LazyLock;

use entity::vocabulary::{DataUnit, ModelKind, SubjectType};
use regex::Regex;
use serde_json::{Map, Value as Json, json};

use crate::domain::country;
use crate::domain::facts::Facts;
use crate::domain::model::{ModelDocument, SizeDocument};
use crate::domain::slug::Slug;
use crate::domain::text::normalize;
use crate::domain::text::static_regex;
use crate::formats::parse::amount::{Amount, DataScale};
use crate::formats::parse::column::{Column, Heading};
use crate::formats::parse::inline::Inline;
use crate::formats::parse::record_builder::RecordBuilder;
use crate::formats::parse::row::cell::Cell;
use crate::formats::parse::sizes::CellSizes;
use crate::formats::parse::source::{MAX_CELL_BYTES, beginning, reject_line};
use crate::formats::parse::topic::Topic;
use crate::formats::parse::{amount, date, dictionary, inline, notes, sizes};
use crate::formats::record::Rejected;

/// A row of a source.
pub struct Row<'a> {
    /// The line number, from 1.
    pub line: usize,
    /// The columns.
    pub headings: &'a [Heading],
    /// The contents of the cell in each column.
    pub cells: Vec<Vec<Inline>>,
    /// The topic of the row.
    pub topic: Topic,
    /// The separators of the elements of a list in a cell.
    pub separators: &'a [char],
}

impl Row<'_> {
    /// Returns the cell of a column. `None` if there is no such column or the cell is empty.
    fn cell(&self, column: Column) -> Option<Cell<'_>> {
        let index = self.headings.iter().position(|heading| heading.column == Some(column))?;
        let inlines = self.cells.get(index)?;
        let heading = &self.headings[index];
        let text = heading.with_unit(&inline::plain_text(inlines));
        // A mark is no name. Elsewhere it may be an answer.
        let is_name = matches!(
            column,
            Column::Name
                | Column::Aliases
                | Column::Organizations
                | Column::Datasets
                | Column::Architecture
                | Column::BaseModel
                | Column::ReleaseDate
        );
        let has_link = inlines.iter().any(|inline| matches!(inline, Inline::Link { .. }));
        let is_mark = is_name && !has_link && dictionary::is_mark(&text);
        (!dictionary::is_blank(&text) && !is_mark).then_some(Cell { heading: &heading.text, column, inlines, text })
    }

    /// Replaces commas without a blank after them by semicolons, where only semicolons separate and the list has none:
    /// "Meta AI,Google" are two, and "University of California, Berkeley" is one.
    fn with_commas(&self, text: &str) -> String {
        static COMMA: LazyLock<Regex> = LazyLock::new(|| static_regex(r",(?P<next>[^\s0-9])"));
        if self.separators.contains(&',') || text.contains([';', '；']) {
            return text.to_owned();
        }
        COMMA.replace_all(text, ";$next").into_owned()
    }

    /// Returns the cells of further columns with links.
    fn more_links(&self) -> impl Iterator<Item = Cell<'_>> {
        let columns =
            self.headings.iter().zip(&self.cells).filter(|(heading, _)| heading.column == Some(Column::MoreLinks));
        columns.filter_map(|(heading, inlines)| {
            let text = inline::plain_text(inlines);
            (!dictionary::is_blank(&text)).then_some(Cell {
                heading: &heading.text,
                column: Column::MoreLinks,
                inlines,
                text,
            })
        })
    }

    /// Returns whether there is a column.
    fn has(&self, column: Column) -> bool {
        self.headings.iter().any(|heading| heading.column == Some(column))
    }
}

/// Returns why a row is not about a subject: it repeats the headings, has the sum of others, or its name is struck out.
pub fn reason_to_leave_out(row: &Row<'_>) -> Option<&'static str> {
    let text = |cell: &Vec<Inline>| inline::plain_text(cell).trim().to_owned();
    let mut cells = row.headings.iter().zip(row.cells.iter().map(text)).filter(|(_, text)| !text.is_empty()).peekable();
    if cells.peek().is_some() && cells.all(|(heading, text)| text == heading.text.trim()) {
        return Some("repeats the headings; left out");
    }
    let name = row.cell(Column::Name)?.text;
    if is_struck(&name) {
        return Some("struck out; left out");
    }
    dictionary::is_total(&name).then_some("a total, not a model; left out")
}

/// Whether a text has a part that is struck out.
pub fn is_struck(text: &str) -> bool {
    text.split("~~").nth(2).is_some()
}

/// Whether the cells of a row fit their columns: none that is to have an amount or a date has something else, and at least one has
/// one, or there is no other column than that of names.
pub fn fits(row: &Row<'_>) -> bool {
    let mut fits = false;
    let mut has_others = false;
    for heading in row.headings {
        let Some(column) = heading.column else { continue };
        has_others |= column != Column::Name;
        let Some(cell) = row.cell(column) else { continue };
        let is_right = match column {
            Column::Parameters | Column::Size | Column::ActiveParameters => sizes::has_size(&cell.text),
            Column::ReleaseDate => date::parse_date(&cell.text).is_ok(),
            Column::DataScale | Column::TrainingTokens => {
                amount::split(&cell.text).iter().all(|part| amount::parse(part).is_some())
            }
            Column::Position => cell.text.trim_end_matches('.').parse::<u32>().is_ok(),
            _ => continue,
        };
        if !is_right {
            return false;
        }
        fits |= column != Column::Position;
    }
    fits || !has_others
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
    let subject = match (row.topic, stated_type(row)) {
        (_, Some(Topic::Else)) => {
            let name = row.cell(Column::Name).map_or_else(|| beginning(&all.join(" ")), |cell| beginning(&cell.text));
            let kind = row.cell(Column::Kind).map(|cell| cell.text).unwrap_or_default();
            let message = "no model and no dataset, as its type says; left out";
            return Err(Rejected { ignorable: true, ..reject_line(row.line, &name, &kind, message) });
        }
        (_, Some(Topic::Others(subject))) | (Topic::Others(subject), None) => subject,
        _ => SubjectType::Model,
    };
    let name = row.cell(Column::Name).or_else(|| row.cell(Column::Slug));
    let Some((name, name_cell)) = name.and_then(|cell| cell::name(&cell)) else {
        let mut rejected = reject_line(row.line, &beginning(&all.join(" ")), &all.join(" | "), "the row has no name");
        rejected.subject = Some(subject);
        // A dash instead of a name is no mistake.
        let columns = row.headings.iter().zip(&all);
        rejected.ignorable =
            columns.into_iter().any(|(heading, text)| heading.column == Some(Column::Name) && !text.is_empty());
        return Err(rejected);
    };
    if subject == SubjectType::Model && sizes::parse_label(&name, &mut false).is_some_and(|size| size.label == name) {
        let message = "the name is a size, not that of a model; left out";
        return Err(Rejected { ignorable: true, ..reject_line(row.line, &name, &name, message) });
    }
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

/// Returns the topic of a row by its column of types: "model", "dataset", "application".
fn stated_type(row: &Row<'_>) -> Option<Topic> {
    const ELSE: [&str; 17] = [
        "application",
        "app",
        "product",
        "service",
        "tool",
        "library",
        "framework",
        "benchmark",
        "paper",
        "gpu",
        "hardware",
        "platform",
        "api",
        "demo",
        "space",
        "adapter",
        "lora",
    ];
    match normalize(&row.cell(Column::Kind)?.text).as_str() {
        "model" | "models" | "llm" | "language model" | "模型" | "大模型" => Some(Topic::Models(None)),
        "dataset" | "datasets" | "data" | "数据集" => Some(Topic::Others(SubjectType::Dataset)),
        "应用" | "产品" | "工具" | "评测" => Some(Topic::Else),
        word if ELSE.contains(&word) => Some(Topic::Else),
        _ => None,
    }
}

/// Reads the columns of a model.
fn read_model(builder: &mut RecordBuilder, row: &Row<'_>) {
    if let Topic::Models(Some(kind)) = row.topic {
        builder.set("kind", kind.word());
    }
    if let Some(cell) = row.cell(Column::Kind).filter(|_| stated_type(row).is_none()) {
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
    let organizations = row.cell(Column::Organizations);
    let organizations = organizations.map(|cell| Cell { text: row.with_commas(&cell.text), ..cell });
    cell::names(builder, "organizations", organizations, row.separators);
    cell::license(builder, row.cell(Column::License), row.separators);
    cell::commercial_use(builder, row.cell(Column::CommercialUse));
    cell::release_date(builder, row.cell(Column::ReleaseDate));
    cell::datasets(builder, row.cell(Column::Datasets), row.separators, |text| row.with_commas(text));
    let mut brackets = String::new();
    for (field, column) in [("architecture", Column::Architecture), ("baseModel", Column::BaseModel)] {
        if let Some(cell) = row.cell(column) {
            let rest = cell::reference(builder, field, &cell);
            // Lists name models that are in no catalog. A slug is meant to be one of this.
            if column == Column::BaseModel && cell.text.parse::<Slug>().is_err() {
                builder.allow_unknown_base();
            }
            let has_sizes = row.has(Column::Parameters) || row.has(Column::Size);
            match column {
                Column::Architecture if has_sizes && !rest.is_empty() => {
                    builder.warn(cell.heading, rest, "text next to the architecture; ignored");
                }
                Column::Architecture => brackets.push_str(rest),
                _ if !rest.is_empty() => builder.warn(cell.heading, rest, "text next to the base model; ignored"),
                _ => {}
            }
        }
    }
    read_countries(builder, row);
    cell::training_flops(builder, row.cell(Column::TrainingFlops));
    for fact in ModelDocument::FACTS {
        if let Some(value) = cell::fact(builder, fact, row.cell(Column::ModelFact(fact.name))) {
            builder.set(fact.name, value);
        }
    }
    links::read(builder, row.cell(Column::Links));
    for cell in row.more_links() {
        links::read_links_only(builder, &cell);
    }
    let scale = row.cell(Column::DataScale).and_then(|cell| data_scale(builder, &cell));
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
    let size = row.cell(Column::Size);
    // Bytes are the size of a file.
    if let Some(file) =
        size.as_ref().filter(|cell| amount::parse(&cell.text).is_some_and(|amount| amount.unit.is_some()))
    {
        builder.warn(file.heading, &file.text, "the size of a file, not a number of parameters; ignored");
    } else if row.has(Column::Size) && (size.is_some() || row.cell(Column::Parameters).is_none()) {
        read_size(builder, row);
        return;
    }
    let Some(cell) = row.cell(Column::Parameters) else {
        if !row.has(Column::Parameters) && !row.has(Column::Size) {
            read_sizes_in_brackets(builder, &brackets);
        }
        let columns = [Column::ActiveParameters, Column::SizeLicense];
        return warn_without_size(builder, row, columns.into_iter().chain(size_facts()));
    };
    let mut parsed = sizes::read(builder, cell.heading, &cell.text);
    links::read_weights(builder, &cell);
    if let (Some(scale), Some(scale_cell)) = (&scale, row.cell(Column::DataScale)) {
        sizes::assign_tokens(builder, scale_cell.heading, &scale_cell.text, &mut parsed, scale);
    }
    mixture_of_experts::complete(builder, row.cell(Column::Notes), &mut parsed.sizes);
    read_active(builder, row, &mut parsed);
    match (&mut parsed.sizes[..], parsed.parts) {
        ([size], 1) => {
            size.facts.extend(facts_of_size(builder, row));
            size.license = row.cell(Column::SizeLicense).map(|cell| cell.text);
            if row
                .cell(Column::DataScale)
                .is_none_or(|cell| row.cell(Column::TrainingTokens).is_some_and(|other| other.text != cell.text))
            {
                size.training_tokens = cell::count(builder, row.cell(Column::TrainingTokens)).or(size.training_tokens);
            }
        }
        _ => warn_without_size(builder, row, [Column::SizeLicense].into_iter().chain(size_facts())),
    }
    sizes::add(builder, cell.heading, parsed.sizes);
}

/// Reads sizes in brackets after the architecture, as in `Llama (8b, 70b-instruct)`.
fn read_sizes_in_brackets(builder: &mut RecordBuilder, text: &str) {
    let inner = text.trim_start_matches(['(', '（']).trim();
    let is_balanced = inner.matches('(').count() == inner.matches(')').count();
    let inner = if is_balanced { inner } else { inner.strip_suffix([')', '）']).unwrap_or(inner) };
    let (sizes, others) = sizes::in_brackets(inner);
    if !others.is_empty() {
        builder.warn("", &others.join(", "), "text next to the architecture; ignored");
    }
    sizes::add(builder, "", sizes);
}

/// Reads the countries of the organizations: one for all, or one for each.
fn read_countries(builder: &mut RecordBuilder, row: &Row<'_>) {
    let Some(cell) = row.cell(Column::Country) else { return };
    let organizations = builder.get("organizations").and_then(Json::as_array).cloned().unwrap_or_default();
    let names = cell.text.split([',', '，', '、', ';', '；', '\n']).map(str::trim).collect::<Vec<_>>();
    let codes = names.iter().map(|name| country::code_of(name)).collect::<Vec<_>>();
    let same = names.iter().all(|name| *name == names[0]);
    if codes.contains(&None) || (!same && codes.len() != organizations.len()) {
        builder.warn(
            cell.heading,
            &cell.text,
            "not one country for each organization; those that are not clear were ignored",
        );
    }
    for (index, organization) in organizations.iter().filter_map(Json::as_str).enumerate() {
        let code = if same {
            codes[0]
        } else {
            codes.get(index).copied().flatten().filter(|_| codes.len() == organizations.len())
        };
        if let Some(code) = code {
            let fields = Map::from_iter([("country".to_owned(), code.into())]);
            builder.add_related(SubjectType::Organization, organization, fields);
        }
    }
}

/// Reads the amount of training data. Other text is kept, unless it is a day or describes the data.
fn data_scale(builder: &mut RecordBuilder, cell: &Cell<'_>) -> Option<DataScale> {
    const MAX_CHARACTERS: usize = 200;
    const MAX_CHARACTERS_OF_DESCRIBED: usize = 20;
    let scale = DataScale::of(&cell.text);
    let heading = normalize(cell.heading);
    let is_described = heading.contains("training") || heading.contains("训练");
    let characters = cell.text.chars().count();
    let is_word =
        cell.text.chars().any(|c| c.is_uppercase() || c == ' ') && !cell.text.chars().any(|c| c.is_ascii_digit());
    let is_long = characters > MAX_CHARACTERS_OF_DESCRIBED || cell.inlines.len() > 1;
    let is_description = characters > MAX_CHARACTERS || (is_described && (is_word || is_long));
    let is_amounts = amount::split(&cell.text).iter().all(|part| amount::parse(part).is_some());
    let has_amount = scale.json().get("amount").is_some() || is_amounts;
    if !has_amount && (date::parse_date(&cell.text).is_ok() || is_description) {
        builder.warn(cell.heading, &beginning(&cell.text), "not an amount of data such as 1.4T; ignored");
        return None;
    }
    for doubt in &scale.doubts {
        builder.warn(cell.heading, &cell.text, *doubt);
    }
    if let Some(qualifier) = scale.qualifier {
        builder.qualify("", "dataScale", qualifier);
    }
    builder.set("dataScale", scale.json());
    Some(scale)
}

/// Sets the active parameters of sizes from their column, which has one number for each size.
fn read_active(builder: &mut RecordBuilder, row: &Row<'_>, cell: &mut CellSizes) {
    let Some(active_cell) = row.cell(Column::ActiveParameters) else { return };
    let parts = amount::split(&active_cell.text);
    let counts = parts.iter().map(|part| sizes::parse_label(part, &mut false)?.parameters).collect::<Option<Vec<_>>>();
    let matching = counts.filter(|counts| counts.len() == cell.parts && cell.sizes.len() == cell.parts);
    let Some(counts) = matching else {
        let message = "active parameters that cannot be assigned to the sizes; ignored";
        return builder.warn(active_cell.heading, &active_cell.text, message);
    };
    for (size, active) in cell.sizes.iter_mut().zip(counts) {
        match size.parameters {
            Some(total) if active < total => size.active_parameters = Some(active),
            Some(total) if active == total => {}
            _ => {
                builder.warn(active_cell.heading, &active_cell.text, "more active parameters than parameters; ignored");
            }
        }
    }
}

/// Reads the facts of the row's size that have no column of their own.
fn facts_of_size(builder: &mut RecordBuilder, row: &Row<'_>) -> Map<String, Json> {
    let mut facts = Map::new();
    for fact in SizeDocument::FACTS {
        if let Some(value) = cell::fact(builder, fact, row.cell(Column::SizeFact(fact.name))) {
            facts.insert(fact.name.to_owned(), value);
        }
    }
    if let Some(layers) = cell::json_list(builder, row.cell(Column::SizeCacheLayers)) {
        facts.insert("cacheLayers".to_owned(), layers);
    }
    facts
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
    let in_label = sizes::parse_label(&label.text, &mut false);
    let is_label = in_label.as_ref().is_some_and(|size| label.text.starts_with(&size.label));
    let facts = facts_of_size(builder, row);
    let stated = cell::count(builder, row.cell(Column::Parameters));
    let expected = in_label.as_ref().and_then(|size| size.parameters);
    let is_counted = facts.get("parametersBasis").is_some();
    let parameters = match (stated, expected) {
        (Some(stated), Some(expected)) if sizes::is_far(expected, stated) && !is_counted => {
            let message = format!("{stated} is far from the size {}; stored as {expected}", label.text);
            builder.warn(label.heading, &label.text, message);
            Some(expected)
        }
        _ => stated.or(expected),
    };
    let size = sizes::Size {
        parameters,
        active_parameters: cell::count(builder, row.cell(Column::ActiveParameters))
            .or_else(|| in_label.as_ref().and_then(|size| size.active_parameters)),
        training_tokens: cell::count(builder, row.cell(Column::TrainingTokens)),
        license: row.cell(Column::SizeLicense).map(|cell| cell.text),
        label: in_label.filter(|_| !is_label || stated.is_none()).map_or_else(|| label.text.clone(), |size| size.label),
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
    for cell in row.more_links() {
        links::read_links_only(builder, &cell);
    }
    let mut read = vec![Column::Name, Column::Slug, Column::Kind, Column::Position, Column::Links, Column::MoreLinks];
    if builder.is_dataset() {
        let amounts = [Column::Size, Column::Parameters, Column::DataScale, Column::TrainingTokens];
        read.extend(amounts);
        read.push(Column::License);
        for cell in amounts.into_iter().filter_map(|column| row.cell(column)) {
            match amount::parse(&cell.text).filter(|amount| !amount.rough) {
                Some(Amount { count, unit: Some(DataUnit::Bytes), .. }) => builder.set("bytes", json!(count)),
                Some(Amount { count, unit: Some(DataUnit::Tokens), .. }) => builder.set("tokens", json!(count)),
                Some(Amount { count, unit: None, .. }) if cell.column == Column::TrainingTokens => {
                    builder.set("tokens", json!(count));
                }
                _ => builder.warn(cell.heading, &cell.text, "not an amount in tokens or bytes; ignored"),
            }
        }
        cell::license(builder, row.cell(Column::License), row.separators);
        builder.unset("commercialUse");
        builder.unset("summary");
    }
    let unread = row.headings.iter().filter(|heading| heading.column.is_some_and(|column| !read.contains(&column)));
    for cell in unread.filter_map(|heading| row.cell(heading.column?)) {
        builder.warn(cell.heading, &cell.text, "this column is not stored for subjects of this type; ignored");
    }
}
