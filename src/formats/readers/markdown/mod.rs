//! Reads Markdown: tables of models, and lists of derived models and architectures.

mod blocks;
mod clean;
mod line_index;
mod list_items;

use entity::vocabulary::ModelKind;

use crate::domain::text::normalize;
use crate::formats::parse::column::{Column, Heading};
use crate::formats::parse::group_by_model::Groups;
use crate::formats::parse::row::Row;
use crate::formats::parse::source::{MAX_COLUMNS, beginning, reject_all, reject_line, skip_part};
use crate::formats::parse::topic::Topic;
use crate::formats::parse::{column, inline, row, sizes, source};
use crate::formats::readers::markdown::blocks::{Block, Table};
use crate::formats::readers::markdown::clean::Clean;
use crate::formats::readers::markdown::line_index::LineIndex;
use crate::formats::record::{ParsedEntry, Warning};

/// The maximum size of a text, in bytes.
pub const MAX_BYTES: usize = 16 << 20;
/// The maximum size of a line, in bytes.
pub const MAX_LINE_BYTES: usize = 1 << 20;

/// The separators of a list in a cell.
const SEPARATORS: [char; 8] = [',', '，', '、', ';', '；', '/', '+', '＋'];

/// Reads a text. Records of organizations, licenses, architectures and datasets come before the records that refer to them.
pub fn read(bytes: &[u8]) -> Vec<ParsedEntry> {
    let text = match source::text(bytes, MAX_BYTES) {
        Ok(text) => text,
        Err(rejected) => return reject_all(rejected),
    };
    if let Some((line, long)) = (1..).zip(text.lines()).find(|(_, line)| line.len() > MAX_LINE_BYTES) {
        let message = format!("the line has {} bytes; the limit is {MAX_LINE_BYTES}", long.len());
        return reject_all(reject_line(line, &beginning(long), &beginning(long), &message));
    }
    let clean = clean::clean(text);
    let lines = LineIndex::new(&clean.text);
    let blocks = blocks::read_blocks(&clean.text, &lines);
    let mut sections = Sections::new(&blocks);
    let mut groups = Groups::default();
    let mut rejected = Vec::new();
    for block in blocks {
        let entries = match block {
            Block::Heading { level, text } => {
                sections.enter(level, &text);
                continue;
            }
            Block::Table(table) => read_table(&table, &sections, &clean),
            Block::List(items) => list_items::read_list(&items, &sections, &clean),
            Block::Html { line, text } => {
                skip_part(line, &text, "HTML tables are not supported; write the table in Markdown; ignored")
            }
            Block::Bars { line, text } => skip_part(
                line,
                &beginning(&text),
                "lines with bars that are no table: the row of dashes below the headings is missing; ignored",
            ),
        };
        for entry in entries {
            match entry {
                Ok(record) => groups.add(record),
                Err(rejection) => rejected.push(rejection),
            }
        }
    }
    groups.finish(rejected)
}

/// The headings of the current section, the innermost last.
pub struct Sections {
    headings: Vec<(usize, String)>,
    /// The number of the current section.
    section: usize,
    /// Whether the first heading is the title of the text: the others are below it.
    has_title: bool,
    /// Whether a heading is about foundation models: then the other models are derived ones.
    has_foundation: bool,
}

impl Sections {
    fn new(blocks: &[Block]) -> Self {
        let mut levels = Vec::new();
        let mut has_foundation = false;
        for block in blocks {
            if let Block::Heading { level, text } = block {
                has_foundation |= Topic::of(text) == Some(Topic::Models(Some(ModelKind::Foundation)));
                levels.push(*level);
            }
        }
        let has_title = levels
            .split_first()
            .is_some_and(|(first, others)| !others.is_empty() && others.iter().all(|level| level > first));
        Self { headings: Vec::new(), section: 0, has_title, has_foundation }
    }

    fn enter(&mut self, level: usize, heading: &str) {
        self.section += 1;
        self.headings.retain(|(outer, _)| *outer < level);
        self.headings.push((level, heading.to_owned()));
    }

    fn title(&self) -> String {
        self.headings.last().map(|(_, title)| title.clone()).unwrap_or_default()
    }

    /// Returns the topic of the innermost heading.
    fn innermost(&self) -> Option<Topic> {
        self.topic(&self.headings.last()?.1)
    }

    fn topic(&self, heading: &str) -> Option<Topic> {
        let is_other = self.has_foundation && normalize(heading) == "other models";
        if is_other { Some(Topic::Models(Some(ModelKind::Derived))) } else { Topic::of(heading) }
    }

    /// Returns the topic of the nearest heading that has one, from the innermost outwards. A kind that an outer heading states
    /// holds for the models below it.
    fn nearest(&self) -> Option<Topic> {
        let mut topics = self.headings.iter().rev().filter_map(|(_, heading)| self.topic(heading));
        match topics.next()? {
            Topic::Models(None) => {
                let kinds = topics.take_while(|topic| matches!(topic, Topic::Models(_)));
                let kind = kinds.filter_map(|topic| if let Topic::Models(kind) = topic { kind } else { None }).next();
                Some(Topic::Models(kind))
            }
            topic => Some(topic),
        }
    }

    /// Returns whether list items here are likely to be remarks: before the first section.
    fn has_remarks(&self) -> bool {
        self.has_title && self.section <= 1
    }
}

/// Reads the rows of a table.
fn read_table(table: &Table, sections: &Sections, clean: &Clean) -> Vec<ParsedEntry> {
    let title = table.head.join(" | ");
    if table.head.len() > MAX_COLUMNS {
        let message = format!("the table has {} columns; the limit is {MAX_COLUMNS}", table.head.len());
        return reject_all(reject_line(table.line, &beginning(&title), &beginning(&title), &message));
    }
    let mut headings = column::headings(table.head.iter().cloned());
    let nearest = sections.nearest();
    name_first_column(&mut headings, table, nearest);
    let Some(topic) = topic_of_table(&headings, table, nearest) else {
        let message = format!(
            "table under {:?} ignored: it needs a name column, and a heading such as \"Foundation models\" or a column such as sizes",
            sections.title()
        );
        return skip_part(table.line, &title, &message);
    };
    let mut entries = Vec::new();
    for table_row in &table.rows {
        let is_blank = table_row.cells.iter().all(|cell| inline::plain_text(cell).is_empty());
        if is_blank && table_row.excess.is_empty() {
            continue;
        }
        let row = Row {
            line: table_row.line,
            headings: &headings,
            cells: table_row.cells.clone(),
            topic,
            separators: &SEPARATORS,
        };
        match row::read(&row) {
            Ok(mut builder) => {
                for Warning { column, raw, message } in table_row.cell_count_warnings(&headings) {
                    builder.warn(&column, &raw, message);
                }
                for (mark, text) in clean.footnotes(&table_row.range) {
                    builder.warn("", &mark, format!("footnote {text:?}; ignored"));
                }
                entries.extend(builder.finish());
            }
            Err(mut rejected) => {
                rejected.problems.extend(table_row.cell_count_warnings(&headings));
                entries.push(Err(rejected));
            }
        }
    }
    entries
}

/// Makes a first column without a heading that of the names, in a table of models that has no other.
fn name_first_column(headings: &mut [Heading], table: &Table, topic: Option<Topic>) {
    let has_name = headings.iter().any(|heading| heading.column == Some(Column::Name));
    let Some(first) = headings.first_mut().filter(|first| !has_name && first.text.trim().is_empty()) else { return };
    let cells = table.rows.iter().filter_map(|row| row.cells.first()).map(|cell| inline::plain_text(cell));
    let is_name = |text: &String| text.chars().any(char::is_alphabetic);
    let (names, others) = cells.filter(|text| !text.is_empty()).partition::<Vec<_>, _>(is_name);
    if matches!(topic, Some(Topic::Models(_))) && names.len() > others.len() {
        first.column = Some(Column::Name);
    }
}

/// Returns what the rows of a table are about, by its columns and by the heading of its section. `None` if neither tells that they
/// are subjects of the catalog.
fn topic_of_table(headings: &[Heading], table: &Table, nearest: Option<Topic>) -> Option<Topic> {
    let index = |column| headings.iter().position(|heading| heading.column == Some(column));
    let name = index(Column::Name)?;
    let kind = nearest.filter(|topic| matches!(topic, Topic::Models(_)));
    // A number of parameters in one row tells that the column of parameters is about models.
    let has_sizes = [Column::Parameters, Column::ActiveParameters].into_iter().filter_map(index).any(|index| {
        let is_size = |text: &str| {
            let text = headings[index].with_unit(text);
            sizes::has_size(&text)
        };
        table.rows.iter().filter_map(|row| row.cells.get(index)).any(|cell| is_size(&inline::plain_text(cell)))
    });
    let is_stated = headings.iter().any(|heading| {
        matches!(heading.column, Some(Column::Parameters | Column::ActiveParameters))
            && normalize(&heading.text) != "size"
    });
    if has_sizes && is_stated {
        return Some(kind.unwrap_or(Topic::Models(None)));
    }
    if let Some(topic) = nearest {
        return (topic != Topic::Else).then_some(topic);
    }
    let of_models = [
        Column::Parameters,
        Column::DataScale,
        Column::TrainingTokens,
        Column::License,
        Column::BaseModel,
        Column::Architecture,
        Column::ModelFact("contextLength"),
    ];
    let says_model = !matches!(normalize(&headings[name].text).as_str(), "name" | "名称" | "名字" | "");
    (says_model && of_models.into_iter().any(|column| index(column).is_some())).then_some(Topic::Models(None))
}
