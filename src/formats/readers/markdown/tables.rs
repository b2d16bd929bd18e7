//! Reads tables: which of them are about models, and their rows.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::text::{normalize, static_regex};
use crate::formats::parse::column::{Column, Heading};
use crate::formats::parse::inline::Inline;
use crate::formats::parse::row::Row;
use crate::formats::parse::source::{MAX_COLUMNS, beginning, reject_all, reject_line, skip_part};
use crate::formats::parse::topic::Topic;
use crate::formats::parse::{column, inline, row, sizes};
use crate::formats::readers::markdown::blocks::{Table, TableRow, source_cells};
use crate::formats::readers::markdown::clean::Clean;
use crate::formats::readers::markdown::{SEPARATORS, Sections, page};
use crate::formats::record::{ParsedEntry, Warning};

/// Reads the rows of a table.
pub fn read_table(mut table: Table, sections: &Sections, clean: &Clean) -> Vec<ParsedEntry> {
    let title = table.head.join(" | ");
    if table.head.len() > MAX_COLUMNS {
        let message = format!("the table has {} columns; the limit is {MAX_COLUMNS}", table.head.len());
        return reject_all(reject_line(table.line, &beginning(&title), &beginning(&title), &message));
    }
    if let Some(transposed) = page::transposed(&table) {
        table = transposed;
    }
    let mut headings = column::headings(table.head.iter().cloned());
    let nearest = sections.nearest();
    name_first_column(&mut headings, &table, nearest);
    let model = sections.model().filter(|_| !matches!(nearest, Some(Topic::Else | Topic::Others(_))));
    let is_of_page = model.is_some_and(|model| page::name_rows(&mut headings, &mut table, model));
    let topic = match topic_of_table(&headings, &table, nearest) {
        _ if sections.excludes_models() || (!is_of_page && page::names_are_sizes(&headings, &table)) => None,
        _ if is_of_page => Some(Topic::Models(None)),
        topic => topic,
    };
    let Some(topic) = topic else {
        let message = format!(
            "table under {:?} ignored: it needs a name column, and a heading such as \"Foundation models\" or a column such as sizes",
            sections.title()
        );
        return skip_part(table.line, &title, &message);
    };
    let mut entries = Vec::new();
    for (line, text) in &table.spanning {
        entries.extend(skip_part(*line, &beginning(text), "a row with cells that span columns or rows; left out"));
    }
    let name = headings.iter().position(|heading| heading.column == Some(Column::Name));
    let is_bold = |row: &TableRow| {
        let cells = clean.text.get(row.range.clone()).map(source_cells).unwrap_or_default();
        name.and_then(|index| cells.get(index))
            .is_some_and(|cell| cell.starts_with(['*', '_']) || cell.starts_with("<b>"))
    };
    let all_are_bold = table.rows.iter().all(is_bold);
    for table_row in &table.rows {
        let texts = table_row.cells.iter().map(|cell| inline::plain_text(cell)).collect::<Vec<_>>();
        if texts.iter().all(String::is_empty) && table_row.excess.is_empty() {
            continue;
        }
        let named = name.and_then(|index| texts.get(index)).map(String::as_str).unwrap_or_default();
        let skip = |message: &str| skip_part(table_row.line, &beginning(named), message);
        let has_only_name = texts.iter().enumerate().all(|(index, text)| Some(index) == name || text.is_empty());
        if has_only_name && headings.len() > 1 && is_bold(table_row) && !all_are_bold {
            entries.extend(skip("a heading inside the table, not a model; left out"));
            continue;
        }
        let mut row = Row {
            line: table_row.line,
            headings: &headings,
            cells: table_row.cells.clone(),
            topic,
            separators: &SEPARATORS,
        };
        if let Some(reason) = row::reason_to_leave_out(&row) {
            entries.extend(skip(reason));
            continue;
        }
        let struck = texts.iter().filter(|text| row::is_struck(text)).cloned().collect::<Vec<_>>();
        row.cells = table_row.cells.iter().map(|cell| without_struck(cell)).collect();
        if !table_row.excess.is_empty() && !row::fits(&row) {
            entries.extend(skip("the row has more cells than columns, and they do not fit the columns; left out"));
            continue;
        }
        match row::read(&row) {
            Ok(mut builder) => {
                for text in struck {
                    builder.warn("", &text, "struck out; ignored");
                }
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

/// Returns the contents of a cell without text that is struck out.
fn without_struck(cell: &[Inline]) -> Vec<Inline> {
    static STRUCK: LazyLock<Regex> = LazyLock::new(|| static_regex(r"~~[^~]*~~"));
    let cell = cell.iter().map(|inline| match inline {
        Inline::Text(text) => Inline::Text(STRUCK.replace_all(text, "").into_owned()),
        other => other.clone(),
    });
    cell.collect()
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
