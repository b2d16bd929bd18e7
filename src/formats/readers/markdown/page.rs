//! Tables of pages about one model: of its sizes, and with facts as rows.

use std::collections::HashSet;

use crate::domain::text::normalize;
use crate::formats::parse::column::{Column, Heading};
use crate::formats::parse::inline::Inline;
use crate::formats::parse::topic::Topic;
use crate::formats::parse::{column, dictionary, inline, sizes};
use crate::formats::readers::markdown::blocks::{Block, Table, TableRow};

/// Words above the facts in a table with facts as rows.
const FACT_HEADINGS: [&str; 30] = [
    "",
    "fact",
    "facts",
    "feature",
    "features",
    "item",
    "items",
    "attribute",
    "attributes",
    "property",
    "properties",
    "parameter",
    "parameters",
    "hyperparameter",
    "hyperparameters",
    "hyper-parameter",
    "hyper-parameters",
    "config",
    "configuration",
    "specification",
    "spec",
    "field",
    "参数",
    "超参数",
    "指标",
    "项目",
    "属性",
    "配置",
    "特性",
    "字段",
];

/// Words above the values in a table with the facts of one model as rows.
const VALUE_HEADINGS: [&str; 14] = [
    "value",
    "values",
    "content",
    "description",
    "detail",
    "details",
    "info",
    "值",
    "内容",
    "数值",
    "取值",
    "说明",
    "详情",
    "描述",
];

/// Titles of pages that name no model.
const NO_NAMES: [&str; 24] = [
    "introduction",
    "overview",
    "readme",
    "about",
    "home",
    "documentation",
    "docs",
    "summary",
    "abstract",
    "contents",
    "table of contents",
    "changelog",
    "quickstart",
    "news",
    "简介",
    "介绍",
    "概述",
    "说明",
    "目录",
    "背景",
    "前言",
    "总结",
    "首页",
    "附录",
];

/// Returns the model that a page is about: its title, if it is a name. `None` if the page has several titles.
pub fn model_of(blocks: &[Block]) -> Option<String> {
    const MAX_CHARACTERS_OF_CHINESE: usize = 12;
    let titles = blocks.iter().filter_map(|block| match block {
        Block::Heading { level: 1, text } => Some(text.as_str()),
        _ => None,
    });
    let titles = titles.collect::<Vec<_>>();
    let (Some(Block::Heading { level: 1, .. }), [title]) = (blocks.first(), &titles[..]) else { return None };
    let name = title.split([':', '：']).next().unwrap_or(title).trim();
    let is_chinese =
        !name.is_ascii() && !name.contains(char::is_whitespace) && name.chars().count() <= MAX_CHARACTERS_OF_CHINESE;
    let is_named = (dictionary::is_name(name) || is_chinese) && !NO_NAMES.contains(&normalize(name).as_str());
    let is_other = Topic::of(name).is_some() || column::from_heading(name).is_some();
    (is_named && !is_other).then(|| name.to_owned())
}

/// Returns a table with facts as rows as one with facts as columns. `None` if it is none.
pub fn transposed(table: &Table) -> Option<Table> {
    let (first, others) = table.head.split_first()?;
    let known = |text: &str| column::from_heading(text);
    let is_above_facts = FACT_HEADINGS.contains(&normalize(first).as_str()) || known(first) == Some(Column::Name);
    let are_values = matches!(others, [only] if VALUE_HEADINGS.contains(&normalize(only).as_str()));
    let is_fact = |text: &str| !matches!(known(text), None | Some(Column::Notes | Column::Links | Column::MoreLinks));
    if !is_above_facts || others.is_empty() || (others.iter().any(|text| is_fact(text)) && !are_values) {
        return None;
    }
    let facts = table.rows.iter().map(|row| row.cells.first().map_or(String::new(), |cell| inline::plain_text(cell)));
    let facts = facts.collect::<Vec<_>>();
    let columns = facts.iter().filter_map(|text| known(text)).collect::<HashSet<_>>();
    let count = facts.iter().filter(|text| is_fact(text)).count();
    // Most rows are facts of models, at least two of them different ones.
    if columns.len() < 2 || count * 2 < facts.len() || table.rows.iter().any(|row| !row.excess.is_empty()) {
        return None;
    }
    let is_size = |text: &String| sizes::parse_label(text, &mut false).is_some_and(|size| size.parameters.is_some());
    // The columns are values of one model, sizes of one, or models.
    let (mut head, has_names) = if are_values {
        (Vec::new(), false)
    } else if others.iter().all(is_size) && !columns.contains(&Column::Parameters) {
        (vec!["parameters".to_owned()], true)
    } else if columns.contains(&Column::Name) {
        return None;
    } else {
        (vec!["name".to_owned()], true)
    };
    head.extend(facts);
    let rows = others.iter().enumerate().map(|(index, name)| {
        let own = has_names.then(|| vec![Inline::Text(name.clone())]);
        let cell = |row: &TableRow| row.cells.get(index + 1).cloned().unwrap_or_default();
        TableRow {
            line: table.line,
            cells: own.into_iter().chain(table.rows.iter().map(cell)).collect(),
            excess: String::new(),
            source_cells: 0,
            range: 0..0,
        }
    });
    Some(Table { line: table.line, rows: rows.collect(), head, spanning: table.spanning.clone() })
}

/// Adds the name of the page's model to a table of its sizes: one without names, or whose names are sizes. Returns whether it is
/// such a table.
pub fn name_rows(headings: &mut Vec<Heading>, table: &mut Table, model: &str) -> bool {
    const FACTS: [&str; 5] = ["layers", "hiddenSize", "attentionHeads", "vocabularySize", "contextLength"];
    let index = |headings: &[Heading], column| headings.iter().position(|heading| heading.column == Some(column));
    let has_facts = headings.iter().any(|heading| match heading.column {
        Some(Column::ModelFact(name) | Column::SizeFact(name)) => FACTS.contains(&name),
        Some(Column::TrainingTokens | Column::DataScale | Column::License) => true,
        _ => false,
    });
    if let Some(name) = index(headings, Column::Name) {
        let names = table.rows.iter().filter_map(|row| row.cells.get(name)).map(|cell| inline::plain_text(cell));
        let names = names.filter(|text| !dictionary::is_blank(text)).collect::<Vec<_>>();
        let are_sizes = names.iter().all(|text| sizes::parse_label(text, &mut false).is_some());
        if names.is_empty() || !are_sizes || !has_facts || index(headings, Column::Size).is_some() {
            return false;
        }
        let has_counts = index(headings, Column::Parameters).is_some();
        headings[name].column = Some(if has_counts { Column::Size } else { Column::Parameters });
    } else if !has_facts
        || ![Column::Parameters, Column::Size].into_iter().any(|column| index(headings, column).is_some())
    {
        return false;
    }
    headings.insert(0, Heading::new("", Some(Column::Name)));
    for row in &mut table.rows {
        row.cells.insert(0, vec![Inline::Text(model.to_owned())]);
    }
    true
}

/// Returns whether the names of all rows of a table are sizes, so that they name no model.
pub fn names_are_sizes(headings: &[Heading], table: &Table) -> bool {
    let Some(name) = headings.iter().position(|heading| heading.column == Some(Column::Name)) else { return false };
    let names = table.rows.iter().filter_map(|row| row.cells.get(name)).map(|cell| inline::plain_text(cell));
    let names = names.filter(|text| !dictionary::is_blank(text)).collect::<Vec<_>>();
    !names.is_empty() && names.iter().all(|text| sizes::parse_label(text, &mut false).is_some())
}
